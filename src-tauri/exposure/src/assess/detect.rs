//! Detectors over the segments of an address: when one would have spoken, and what it says now.

use super::{AddressFacts, Day, Ledger, Pool};
use crate::AddressKind;
use crate::attribution;
use crate::onset::{Bsr, BsrSup, LAMBDA_BG, Posterior, Step, threshold};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Distinct campaigns since the lower end of the onset interval that a flag needs.
const GUARD: u32 = 3;
/// The watch threshold: expected up to once a year per address.
const WATCH: f64 = 365.0;
/// Mass of the usual interval, and of the one for faint onsets.
const MASS: f64 = 0.90;
const MASS_FAINT: f64 = 0.98;
/// An onset is faint below this ratio of rates, or below this rate, campaigns per day.
const FAINT_RATIO: f64 = 3.0;
const FAINT_RATE: f64 = 0.3;
/// Junk was there from the start where its onset lies in the first observed days with at least
/// this probability: then the 90 % interval reaches into them.
const FROM_THE_START: f64 = 0.10;
/// Observed days before "junk was there from the start" is said of an address that is older than
/// the watch: a junk folder that was emptied two weeks ago tells what its owner emptied, and an
/// old address has its usual junk.
const SETTLING_IN: usize = 21;

/// Days after a flag within which a further rise belongs to the same leak: junk from a leak often
/// doubles in its first weeks (FTC 2005 and 2007).
const SAME_LEAK: i32 = 30;

/// Days for which never-given parts of a domain must have been watched before they say what an
/// unleaked address gets.
const WATCHED: f64 = 60.0;

/// Which counts a detector runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Feed {
    /// Junk campaigns.
    Junk,
    /// Campaigns of junk and strangers.
    Strangers,
}

impl Feed {
    pub(super) fn campaigns(self, day: &Day) -> u32 {
        match self {
            Feed::Junk => day.count.new_junk_campaigns,
            Feed::Strangers => day.count.new_stranger_campaigns,
        }
    }

    pub(super) fn observed(self, day: &Day) -> bool {
        match self {
            Feed::Junk => day.junk_observed,
            Feed::Strangers => day.all_observed,
        }
    }
}

/// Whether a detector runs on this feed of an address: everybody may get mail from strangers but
/// those addresses that one service has, or nobody.
pub(super) fn listens(address: &AddressFacts, feed: Feed) -> bool {
    match feed {
        Feed::Junk => true,
        Feed::Strangers => {
            attribution::is_dedicated(address) || address.kind == AddressKind::Control
        }
    }
}

/// First day of the current segment of an address; `None` when nothing was ever observed.
///
/// The latest of: first observed day, earliest disclosure, the day after the first delivery of a
/// never-disclosed catch-all part or tag, and what the user settled (detection.md section 1).
pub(super) fn start(address: &AddressFacts) -> Option<Date> {
    let observed = address
        .days
        .iter()
        .find(|d| d.junk_observed || d.all_observed)?
        .day;
    let given = address.holders.iter().filter_map(|h| h.given_from).min();
    let undisclosed = match address.kind {
        AddressKind::CatchAll | AddressKind::Subaddress if address.holders.is_empty() => address
            .first_delivery
            .map(|day| day.saturating_add(jiff::Span::new().days(1))),
        AddressKind::CatchAll
        | AddressKind::Subaddress
        | AddressKind::Plain
        | AddressKind::Relay
        | AddressKind::Control => None,
    };
    [Some(observed), given, undisclosed]
        .into_iter()
        .chain(address.settled.iter().map(|d| Some(*d)))
        .flatten()
        .max()
}

/// First days of all segments, ascending: N of a day is how many of them lie before it.
pub(super) fn starts(ledger: &Ledger) -> Vec<Date> {
    let mut starts: Vec<Date> = ledger.addresses.iter().filter_map(start).collect();
    starts.sort_unstable();
    starts
}

/// What unleaked addresses get at most, campaigns per day.
pub(super) struct Backgrounds<'a> {
    /// Of catch-all domains that were watched long enough.
    by_domain: BTreeMap<&'a str, f64>,
}

impl<'a> Backgrounds<'a> {
    /// For a catch-all domain the 95 % upper bound of what its never-given parts get, per given
    /// address (detection.md 4.5).
    pub(super) fn of(ledger: &'a Ledger) -> Backgrounds<'a> {
        let mut given: BTreeMap<&str, u32> = BTreeMap::new();
        for address in &ledger.addresses {
            *given.entry(address.spec.domain()).or_default() += 1;
        }
        let bound = |pool: &Pool| {
            let days = f64::from((ledger.today - pool.observed_since?).get_days());
            if days < WATCHED {
                return None;
            }
            let hits = pool.hits.len() as f64;
            // Normal approximation of the Poisson bound, exact (2.996) for no hit.
            let bound = hits + 1.645 * (hits + 1.0).sqrt() + 1.351;
            let given = given
                .get(pool.domain.as_str())
                .map_or(1.0, |n| f64::from(*n));
            Some((bound / days / given).max(0.005))
        };
        Backgrounds {
            by_domain: ledger
                .pools
                .iter()
                .filter(|pool| pool.catch_all)
                .filter_map(|pool| Some((pool.domain.as_str(), bound(pool)?)))
                .collect(),
        }
    }

    /// At this address.
    pub(super) fn at(&self, address: &AddressFacts) -> f64 {
        match address.kind {
            AddressKind::CatchAll => self
                .by_domain
                .get(address.spec.domain())
                .copied()
                .unwrap_or(LAMBDA_BG),
            AddressKind::Plain
            | AddressKind::Subaddress
            | AddressKind::Relay
            | AddressKind::Control => LAMBDA_BG,
        }
    }
}

/// What a detector says on the last of its days.
#[derive(Default)]
pub(super) struct Spoken {
    /// First day on which it would have said "it changed".
    pub(super) flagged_on: Option<Date>,
    /// Junk was there from the start.
    pub(super) already_on: Option<Date>,
    /// Above the watch threshold today.
    pub(super) unusual: bool,
    /// What is known of the beginning, where one was seen.
    pub(super) dating: Option<Dating>,
}

/// When it began.
pub(super) struct Dating {
    /// Posterior of the onset over the days listened to.
    pub(super) posterior: Posterior,
    /// Lower end, median and upper end of the interval.
    pub(super) interval: (Date, Date, Date),
    /// The lower end touches the first observed day.
    pub(super) open_below: bool,
    /// The day on which it was plainest.
    pub(super) height: Date,
    /// The highest ln M_sup since the flag; `None` for junk from the start.
    pub(super) ln_sup: Option<f64>,
}

/// Days in a row with what a detector is fed on each: campaigns, and the observed share of the
/// day times the common factor.
struct Stretch<'a> {
    days: Vec<&'a Day>,
    fed: Vec<(u32, f64)>,
}

/// One feed of an address over its current segment.
pub(super) struct Listened {
    /// First day of the segment.
    pub(super) start: Date,
    /// What was said of it.
    pub(super) first: Spoken,
    /// Further rises after the first, each with the day from which it was listened for.
    pub(super) later: Vec<(Date, Spoken)>,
}

/// Runs one feed of an address over its current segment. `factors` are the common factors of its
/// days, 1 where there are none.
pub(super) fn run(
    address: &AddressFacts,
    feed: Feed,
    ledger: &Ledger,
    starts: &[Date],
    lambda_bg: f64,
    factors: Option<&[f64]>,
) -> Option<Listened> {
    if !listens(address, feed) {
        return None;
    }
    let start = start(address)?;
    let from = address.days.partition_point(|day| day.day < start);
    let days: Vec<&Day> = address.days.iter().skip(from).collect();
    let fed = days.iter().enumerate().map(|(at, day)| {
        let whole = if day.day == ledger.today {
            ledger.today_fraction
        } else {
            1.0
        };
        let factor = factors.and_then(|all| all.get(from + at)).unwrap_or(&1.0);
        let observed = if feed.observed(day) { whole } else { 0.0 };
        (feed.campaigns(day), observed * factor)
    });
    let mut stretch = Stretch {
        fed: fed.collect(),
        days,
    };
    // An address that was given while its junk could be seen has no past that was missed.
    let settling_in = match address.days.iter().find(|d| feed.observed(d)) {
        Some(first) if first.day < start => 0,
        Some(_) | None => SETTLING_IN,
    };
    let first = stretch.listen(starts, settling_in, lambda_bg);
    let mut later = Vec::new();
    let mut flagged_on = first.flagged_on;
    while let Some(on) = flagged_on {
        // A second detector begins on the day after a flag, so that a second leak is seen.
        let after = stretch.days.partition_point(|day| day.day <= on);
        stretch.days.drain(..after);
        stretch.fed.drain(..after);
        let again = stretch.listen(starts, usize::MAX, lambda_bg);
        flagged_on = again.flagged_on;
        let (Some(dating), Some(begin)) = (&again.dating, stretch.days.first()) else {
            break;
        };
        if flagged_on.is_some() && (dating.interval.0 - on).get_days() > SAME_LEAK {
            later.push((begin.day, again));
        }
    }
    Some(Listened {
        start,
        first,
        later,
    })
}

impl Stretch<'_> {
    /// What one detector says of all the days. `settling_in`: observed days before junk can be
    /// said to have been there from the start.
    fn listen(&self, starts: &[Date], settling_in: usize, lambda_bg: f64) -> Spoken {
        // Without any campaign there is no evidence of anything: M stays near 4.
        if self.fed.iter().all(|(x, _)| *x == 0) {
            return Spoken::default();
        }
        let mut observed = 0;
        let mut bsr = Bsr::new(lambda_bg);
        let mut steps: Vec<Step> = Vec::with_capacity(self.fed.len());
        let (mut flagged_on, mut already_on) = (None, None);
        let lowest = threshold(0).ln();
        for (at, (day, (x, u))) in self.days.iter().zip(&self.fed).enumerate() {
            let step = bsr.day(*x, *u);
            steps.push(step);
            if *u <= 0.0 || flagged_on.is_some() {
                continue;
            }
            observed += 1;
            if step.ln_m < lowest && step.ln_level < lowest {
                continue;
            }
            let open = starts.partition_point(|s| *s <= day.day);
            let alarm = threshold(open).ln();
            if step.ln_m < alarm && (step.ln_level < alarm || already_on.is_some()) {
                continue;
            }
            let so_far = self.fed.get(..=at).unwrap_or_default();
            if bsr.from_start() >= FROM_THE_START {
                let campaigns: u32 = so_far.iter().map(|(x, _)| *x).sum();
                if step.ln_level >= alarm && campaigns >= GUARD && observed >= settling_in {
                    already_on = already_on.or(Some(at));
                }
                continue;
            }
            if step.ln_m < alarm {
                continue;
            }
            let Some(posterior) = Posterior::of(so_far, &steps, 0) else {
                continue;
            };
            let (first, _) = posterior.interval(MASS);
            let campaigns: u32 = so_far.iter().skip(first).map(|(x, _)| *x).sum();
            if campaigns >= GUARD {
                flagged_on = Some(at);
            }
        }
        // Only what is said needs a date.
        let dating = match (flagged_on, already_on) {
            (Some(on), _) => self
                .dating(&steps, on, |step| step.ln_m)
                .map(|dating| Dating {
                    ln_sup: Some(self.ln_sup(on)),
                    ..dating
                }),
            (None, Some(on)) => self.dating(&steps, on, |step| step.ln_level),
            (None, None) => None,
        };
        let day = |at: usize| self.days.get(at).map(|day| day.day);
        Spoken {
            flagged_on: flagged_on.and_then(day),
            already_on: already_on.filter(|_| flagged_on.is_none()).and_then(day),
            unusual: steps.last().is_some_and(|s| s.ln_m >= WATCH.ln()),
            dating,
        }
    }

    /// Dates it from the days up to the one, from `on` on, on which it was plainest: junk that
    /// ends later makes no later beginning likelier.
    fn dating(&self, steps: &[Step], on: usize, strength: impl Fn(&Step) -> f64) -> Option<Dating> {
        let mut height = (on, f64::NEG_INFINITY);
        for (at, step) in steps.iter().enumerate().skip(on) {
            if strength(step) >= height.1 {
                height = (at, strength(step));
            }
        }
        let (height, _) = height;
        let mut posterior = Posterior::of(self.fed.get(..=height)?, steps, 0)?;
        posterior.days.resize(self.fed.len(), 0.0);
        let median = posterior.median();
        let rate = |range: &[(u32, f64)]| {
            let (sum, seen) = range.iter().fold((0.0, 0.0), |(sum, seen), (x, u)| {
                (sum + f64::from(*x), seen + u)
            });
            if seen > 0.0 { sum / seen } else { 0.0 }
        };
        let before = rate(self.fed.get(..median).unwrap_or_default());
        let after = rate(self.fed.get(median..=height).unwrap_or_default());
        let faint = after < FAINT_RATE || after < FAINT_RATIO * before;
        let (first, last) = posterior.interval(if faint { MASS_FAINT } else { MASS });
        let first_observed = self.fed.iter().position(|(_, u)| *u > 0.0).unwrap_or(0);
        let day = |at: usize| self.days.get(at).map(|day| day.day);
        Some(Dating {
            interval: (day(first)?, day(median)?, day(last)?),
            open_below: first <= first_observed,
            height: day(height)?,
            ln_sup: None,
            posterior,
        })
    }

    /// The highest ln M_sup from a day on: what was reached once needs no second proof.
    fn ln_sup(&self, on: usize) -> f64 {
        let mut sup = BsrSup::default();
        let mut highest = f64::NEG_INFINITY;
        for (at, (x, u)) in self.fed.iter().enumerate() {
            sup.day(*x, *u);
            // It rises on days only on which something came.
            if at >= on && (*x > 0 || at == on) {
                highest = highest.max(sup.ln_m());
            }
        }
        highest
    }
}
