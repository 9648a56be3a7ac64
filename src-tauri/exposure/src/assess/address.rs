//! What is said of one address: levels, states and figures (detection.md 2.4 and 4.5).

use super::common::Common;
use super::detect::{self, Feed, Listened, Spoken};
use super::{AddressAssessment, AddressFacts, Day, ExposureKind, Flag, Ledger};
use crate::attribution::{self, Attribution, Began, Beginning};
use crate::onset::Dated;
use crate::{AddressKind, AddressState, Confidence, FlagKind, Level, State, SuspectKind};
use jiff::civil::Date;

/// Observed days below which nothing is said.
const TOO_EARLY: usize = 30;
/// The probability from which a service is named.
const LIKELY: f64 = 0.60;
/// An interval wider than this is a growth, not a date, in days.
const WIDE: i32 = 30;
/// Days before an onset to which a growth is compared.
const COMPARED: i64 = 60;
/// Own mail called junk this often within this many days is `own_mail`.
const OWN_MAIL: usize = 3;
const OWN_MAIL_WITHIN: i32 = 30;
/// Observed days that a rate before needs.
const RATE_NEEDS: usize = 7;
/// Observed days over which a rate after is taken at most.
const RATE_AFTER: usize = 90;
/// Campaigns at a lookout address that are news.
const LOOKOUT_JUNK: u32 = 3;
/// For so many days it is shown that a mail revealed an address.
const REVEALED: i64 = 365;
/// M_sup from which a rise is no chance: once in 100 years of one address (detection.md 2.4).
const PROVED: f64 = 36_525.0;
/// No more than once in so many years is ever said.
const MOST_YEARS: f64 = 100_000.0;

/// What the detectors say of one address, before anything is said about its origin.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    /// What an unleaked address of its kind gets at most, campaigns per day.
    pub(super) background: f64,
    since: Option<Date>,
    observed_days: usize,
    missing_days: usize,
    unusual: bool,
    /// The flags of its streams, by time, each with when that junk began.
    leaks: Vec<(Flag, Began)>,
    /// Other flags.
    beside: Vec<Flag>,
}

impl Heard {
    pub(super) fn of(
        address: &AddressFacts,
        ledger: &Ledger,
        starts: &[Date],
        background: f64,
        common: &Common,
    ) -> Heard {
        let lookout = address.kind == AddressKind::Control;
        let listened = |feed: Feed| {
            let factors = common.factors(address, feed);
            detect::run(
                address,
                feed,
                ledger,
                starts,
                background,
                factors.as_deref(),
            )
        };
        let junk = listened(Feed::Junk);
        let strangers = listened(Feed::Strangers);
        let since = junk.as_ref().map(|s| s.start);
        let segment: Vec<&Day> = address
            .days
            .iter()
            .filter(|d| since.is_some_and(|s| d.day >= s))
            .collect();
        let observed_days = segment.iter().filter(|d| d.junk_observed).count();
        let mut leaks = Vec::new();
        if let Some((of, feed)) = first_to_speak(junk.as_ref(), strangers.as_ref()) {
            leaks.push(began(address, ledger, (of.start, &of.first), feed));
            leaks.extend(again(address, ledger, of, feed));
        } else if lookout && campaigns(&segment) >= LOOKOUT_JUNK {
            leaks.extend(since.map(|since| at_lookout(address, since, &segment)));
        }
        let mut beside: Vec<Flag> = own_mail(address, since).into_iter().collect();
        if leaks.is_empty() && beside.is_empty() && detect::listens(address, Feed::Strangers) {
            beside.extend(since.and_then(|since| unexpected(address, since)));
        }
        Heard {
            background,
            since,
            observed_days,
            missing_days: segment.len() - observed_days,
            unusual: junk.as_ref().is_some_and(|s| s.first.unusual),
            leaks,
            beside,
        }
    }

    /// When junk began, each time that it did.
    pub(super) fn began(&self) -> Vec<&Began> {
        self.leaks.iter().map(|(_, began)| began).collect()
    }

    /// The whole, with what is known about the origin of each beginning.
    pub(super) fn assessment(
        &self,
        address: &AddressFacts,
        attributions: &[Attribution],
        ledger: &Ledger,
    ) -> AddressAssessment {
        let mut flags: Vec<Flag> = self
            .leaks
            .iter()
            .zip(attributions)
            .map(|((flag, _), attribution)| attributed(flag.clone(), attribution.clone(), address))
            .collect();
        // Strongest first; of two that say as much, the later one is news.
        flags.sort_by_key(|flag| std::cmp::Reverse((flag.level, flag.segment)));
        flags.extend(self.beside.iter().cloned());
        let said = state(address, &flags, self.observed_days, self.unusual);
        let state = match said {
            AddressState::LikelySource | AddressState::VeryLikelySource => said,
            _ => revealed(address, ledger).unwrap_or(said),
        };
        AddressAssessment {
            id: address.id,
            state,
            observed_days: u32::try_from(self.observed_days).unwrap_or(u32::MAX),
            missing_days: u32::try_from(self.missing_days).unwrap_or(u32::MAX),
            since: self.since,
            flags,
        }
    }
}

/// A flag with what is known about the origin, and the level and words that this bears
/// (detection.md 4.5).
fn attributed(mut flag: Flag, attribution: Attribution, address: &AddressFacts) -> Flag {
    let nameable = match flag.state {
        Some(State::Flagged | State::Confirmed) => Nameable::Always,
        Some(State::Growing | State::Already) if attribution::is_dedicated(address) => {
            Nameable::Always
        }
        Some(State::Growing | State::Already) | None => Nameable::Never,
    };
    let named = attribution
        .suspects
        .first()
        .filter(|s| s.kind == SuspectKind::Service && nameable == Nameable::Always)
        .filter(|_| attribution.leading >= LIKELY);
    flag.confidence = match (named, attribution.confidence) {
        (Some(_), Some(sure @ (Confidence::VeryLikely | Confidence::Likely))) => Some(sure),
        (None, Some(Confidence::OneOfThese)) if nameable == Nameable::Always => {
            Some(Confidence::OneOfThese)
        }
        (_, _) => Some(Confidence::CannotTell),
    };
    if let Some(suspect) = named {
        flag.level = Level::LikelySource;
        flag.service = suspect.service;
        flag.probability = suspect.probability;
    }
    flag.shortest = attribution.shortest;
    flag.turns = attribution.turns;
    flag.suspects = attribution.suspects;
    flag
}

/// Whether a service may be named at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nameable {
    Always,
    Never,
}

/// Both streams flagged are one flag, dated by the one that was flagged first.
fn first_to_speak<'a>(
    junk: Option<&'a Listened>,
    strangers: Option<&'a Listened>,
) -> Option<(&'a Listened, Feed)> {
    let all = [
        junk.map(|s| (s, Feed::Junk)),
        strangers.map(|s| (s, Feed::Strangers)),
    ];
    let when = |of: &Listened| {
        let spoken = &of.first;
        spoken
            .flagged_on
            .map(|day| (0, day))
            .or(spoken.already_on.map(|day| (1, day)))
    };
    all.into_iter()
        .flatten()
        .filter_map(|(s, feed)| Some((when(s)?, s, feed)))
        .min_by_key(|(at, _, _)| *at)
        .map(|(_, s, feed)| (s, feed))
}

/// Further rises at an address whose junk began: a second leak. Only one with a date is said; what
/// grows slowly belongs to the first.
fn again<'a>(
    address: &'a AddressFacts,
    ledger: &'a Ledger,
    of: &'a Listened,
    feed: Feed,
) -> impl Iterator<Item = (Flag, Began)> + 'a {
    let rises = of
        .later
        .iter()
        .map(move |(begin, spoken)| began(address, ledger, (*begin, spoken), feed));
    rises
        .filter(|(flag, _)| matches!(flag.state, Some(State::Flagged | State::Confirmed)))
        .zip(1_i64..)
        .map(|((mut flag, began), number)| {
            // The day after the first flag moves when older mail is read; this one stands still.
            flag.segment = of.start.saturating_add(jiff::Span::new().days(number));
            (flag, began)
        })
}

/// The flag of a stream that was listened to from a day on, without an origin, and when its junk
/// began.
fn began(
    address: &AddressFacts,
    ledger: &Ledger,
    (start, spoken): (Date, &Spoken),
    feed: Feed,
) -> (Flag, Began) {
    let counted = |day: &Day| match feed {
        Feed::Junk => u64::from(day.count.junk),
        Feed::Strangers => u64::from(day.count.junk) + u64::from(day.count.stranger),
    };
    let from = address.days.partition_point(|day| day.day < start);
    let days = address.days.get(from..).unwrap_or_default();
    let complete = |from: Date, to: Date| -> Vec<u64> {
        days.iter()
            .filter(|d| d.day >= from && d.day < to && d.day < ledger.today && feed.observed(d))
            .map(counted)
            .collect()
    };
    let dating = spoken.dating.as_ref();
    let (earliest, estimate, latest) =
        dating.map_or((start, start, ledger.today), |dating| dating.interval);
    let open_below = dating.is_some_and(|dating| dating.open_below);
    let rate_after = mean(
        complete(estimate, ledger.today)
            .iter()
            .rev()
            .take(RATE_AFTER),
    );
    let height = dating.map_or(ledger.today, |dating| dating.height);
    let rate_height =
        mean(complete(estimate, height.saturating_add(jiff::Span::new().days(1))).iter());
    let before = complete(start, earliest);
    let ln_sup = dating.and_then(|dating| dating.ln_sup);
    let state = if spoken.flagged_on.is_none() {
        State::Already
    } else {
        let near = complete(
            earliest.saturating_sub(jiff::Span::new().days(COMPARED)),
            earliest,
        );
        let doubled = match (rate_height, mean(near.iter())) {
            (Some(after), Some(before)) => after >= 2.0 * before,
            (Some(_), None) | (None, _) => true,
        };
        if (latest - earliest).get_days() > WIDE || !doubled {
            State::Growing
        } else if ln_sup.is_some_and(|ln_sup| ln_sup >= PROVED.ln()) {
            State::Confirmed
        } else {
            State::Flagged
        }
    };
    let onset = match state {
        State::Flagged | State::Confirmed => Dated {
            earliest: (!open_below).then_some(earliest),
            estimate: Some(estimate),
            latest: Some(latest),
        },
        // No date of a leak is claimed for a slow rise, nor for what was there from the start.
        State::Growing => Dated {
            earliest: (!open_below).then_some(earliest),
            estimate: None,
            latest: Some(latest),
        },
        State::Already => Dated::default(),
    };
    let from = match state {
        State::Flagged | State::Confirmed => estimate,
        State::Growing => earliest,
        State::Already => start,
    };
    let began = Began {
        seen: match state {
            State::Flagged | State::Confirmed | State::Growing => Beginning::Seen,
            State::Already => Beginning::Missed,
        },
        first: start,
        posterior: dating.map_or_else(|| vec![1.0], |dating| dating.posterior.days.clone()),
        day: from,
    };
    let flag = Flag {
        segment: start,
        level: Level::JunkBegan,
        state: Some(state),
        confidence: Some(Confidence::CannotTell),
        kind: FlagKind::Leak,
        service: None,
        probability: None,
        seen_since: onset.estimate.is_none().then_some(start),
        onset,
        flagged_on: spoken.flagged_on.or(spoken.already_on),
        rate_height: rate_height.filter(|_| state != State::Already),
        rate_before: (state != State::Already && before.len() >= RATE_NEEDS)
            .then(|| mean(before.iter()))
            .flatten(),
        rate_after: if state == State::Already {
            mean(complete(start, ledger.today).iter().rev().take(RATE_AFTER))
        } else {
            rate_after
        },
        chance_years: ln_sup
            .filter(|_| state == State::Confirmed)
            .map(chance_years),
        junk_since_onset: days.iter().filter(|d| d.day >= from).map(counted).sum(),
        suspects: Vec::new(),
        shortest: 0,
        turns: Vec::new(),
    };
    (flag, began)
}

/// Once in how many years of an unchanged address at most: M_sup / 365.25, rounded down to 1, 2 or
/// 5 times a power of ten (detection.md 2.4).
fn chance_years(ln_sup: f64) -> u32 {
    let years = (ln_sup - 365.25_f64.ln()).exp().min(MOST_YEARS);
    let power = 10_f64.powf(years.log10().floor());
    let digit = [5.0, 2.0, 1.0].into_iter().find(|d| d * power <= years);
    (digit.unwrap_or(1.0) * power).round() as u32
}

fn mean<'a>(counts: impl Iterator<Item = &'a u64>) -> Option<f64> {
    let (sum, days) = counts.fold((0, 0_u32), |(sum, days), count| (sum + count, days + 1));
    (days > 0).then(|| sum as f64 / f64::from(days))
}

/// The service itself sends what the user calls junk.
fn own_mail(address: &AddressFacts, since: Option<Date>) -> Option<Flag> {
    let of: Vec<(Date, i64)> = address
        .own_junk
        .iter()
        .copied()
        .filter(|(day, _)| since.is_none_or(|s| *day >= s))
        .collect();
    let (first, service, said) = of.iter().enumerate().find_map(|(at, (first, service))| {
        let near = of
            .get(at..)?
            .iter()
            .filter(|(day, s)| s == service && (*day - *first).get_days() <= OWN_MAIL_WITHIN);
        let days: Vec<Date> = near.map(|(day, _)| *day).collect();
        Some((*first, *service, *days.get(OWN_MAIL - 1)?))
    })?;
    let day = Some(first);
    Some(Flag {
        segment: since.unwrap_or(first),
        level: Level::JunkBegan,
        state: None,
        confidence: None,
        kind: FlagKind::OwnMail,
        service: Some(service),
        probability: None,
        onset: Dated {
            earliest: day,
            estimate: day,
            latest: day,
        },
        seen_since: None,
        flagged_on: Some(said),
        rate_before: None,
        rate_after: None,
        rate_height: None,
        chance_years: None,
        junk_since_onset: of
            .iter()
            .filter(|(day, s)| *s == service && *day >= first)
            .count() as u64,
        suspects: Vec::new(),
        shortest: 0,
        turns: Vec::new(),
    })
}

/// A sender that is not on record wrote to an address that only one service has, or nobody.
fn unexpected(address: &AddressFacts, since: Date) -> Option<Flag> {
    let junk_day = address.campaigns.iter().map(|(day, _)| *day);
    let first = address
        .stranger_days
        .iter()
        .copied()
        .chain(junk_day)
        .filter(|day| *day >= since)
        .min()?;
    let mut flag = plain(since, Level::UnexpectedSender, first);
    flag.junk_since_onset = address
        .days
        .iter()
        .filter(|d| d.day >= first)
        .map(|d| u64::from(d.count.junk))
        .sum();
    Some(flag)
}

fn campaigns(days: &[&Day]) -> u32 {
    days.iter().map(|d| d.count.new_stranger_campaigns).sum()
}

/// Three campaigns at an address that nobody ever got.
fn at_lookout(address: &AddressFacts, since: Date, days: &[&Day]) -> (Flag, Began) {
    let first = days
        .iter()
        .find(|d| d.count.new_stranger_campaigns > 0)
        .map_or(since, |d| d.day);
    let mut flag = plain(since, Level::JunkBegan, first);
    flag.state = Some(State::Flagged);
    flag.confidence = Some(Confidence::CannotTell);
    flag.junk_since_onset = address.days.iter().map(|d| u64::from(d.count.junk)).sum();
    let began = Began {
        seen: Beginning::Seen,
        first,
        posterior: vec![1.0],
        day: first,
    };
    (flag, began)
}

fn plain(segment: Date, level: Level, first: Date) -> Flag {
    let day = Some(first);
    Flag {
        segment,
        level,
        state: None,
        confidence: None,
        kind: FlagKind::Leak,
        service: None,
        probability: None,
        onset: Dated {
            earliest: day,
            estimate: day,
            latest: day,
        },
        seen_since: None,
        flagged_on: day,
        rate_before: None,
        rate_after: None,
        rate_height: None,
        chance_years: None,
        junk_since_onset: 0,
        suspects: Vec::new(),
        shortest: 0,
        turns: Vec::new(),
    }
}

/// What mail itself says about an address, within the last year and since the user last called it
/// fine: a list that lies in the mailbox, or a notice of a service.
fn revealed(address: &AddressFacts, ledger: &Ledger) -> Option<AddressState> {
    let fine = address.settled.iter().max();
    let since = ledger
        .today
        .saturating_sub(jiff::Span::new().days(REVEALED));
    let recent = |exposure: &&super::Exposure| {
        exposure.addresses.contains(&address.id)
            && exposure.day >= since
            && fine.is_none_or(|fine| exposure.day > *fine)
    };
    let states = ledger.exposures.iter().filter(recent);
    let states = states.filter_map(|exposure| match exposure.kind {
        ExposureKind::List => Some(AddressState::Found),
        ExposureKind::Notice => Some(AddressState::Told),
        ExposureKind::Recipients | ExposureKind::Entry(_) => None,
    });
    states.max()
}

/// What the address shows on screen: the strongest flag, else what can be said without one.
fn state(
    address: &AddressFacts,
    flags: &[Flag],
    observed_days: usize,
    unusual: bool,
) -> AddressState {
    if let Some(flag) = flags.first() {
        return match (flag.level, flag.kind, flag.state) {
            (Level::LikelySource, _, _) if flag.confidence == Some(Confidence::VeryLikely) => {
                AddressState::VeryLikelySource
            }
            (Level::LikelySource, _, _) => AddressState::LikelySource,
            (_, FlagKind::OwnMail, _) => AddressState::OwnMail,
            (Level::UnexpectedSender, FlagKind::Leak, _) => AddressState::UnexpectedSender,
            (Level::JunkBegan, FlagKind::Leak, Some(State::Already)) => AddressState::Already,
            (Level::JunkBegan, FlagKind::Leak, Some(State::Growing)) => AddressState::Growing,
            (Level::JunkBegan, FlagKind::Leak, Some(State::Flagged | State::Confirmed) | None) => {
                AddressState::JunkBegan
            }
        };
    }
    if address.junk_unseen {
        return AddressState::Unseen;
    }
    if unusual {
        return AddressState::Unusual;
    }
    if observed_days < TOO_EARLY {
        AddressState::TooEarly
    } else {
        AddressState::NoChange
    }
}
