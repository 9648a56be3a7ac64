//! What real mailboxes do, through the one function that the program calls (detection-measured.md
//! 3.5): junk that grows without a leak, a background that is higher than assumed, little history,
//! and leaks that grow over weeks (FTC 2005: twice the junk of weeks 1-2 by week 5).

use super::random::Random;
use super::series::{BASELINES, Baseline, drifting, ramp, series};
use super::shipped::{FIRST, ledger, said};
use super::table::{Report, median};
use exposure::assess::{Assessment, Ledger, assess};
use exposure::{AddrSpec, AddressKind, State};
use jiff::civil::Date;

const YEARS: f64 = 4.0;
const STEADY_DAYS: usize = 1461;
/// Series per cell at full size, and users with [`OWNED`] dedicated addresses.
const STEADY: usize = 1_000;
const LEAKING: usize = 1_000;
const USERS: usize = 200;
const OWNED: usize = 10;
/// Days before a leak, and after it.
const BEFORE: usize = 180;
const AFTER: usize = 365;

pub fn report(report: &mut Report, part: usize) {
    drift(report, part);
    sharp(report, part);
    background(report, part);
    behind(report, part);
    short(report, part);
    short_false_alarms(report, part);
    ramps(report, part);
}

/// What was said first of an address, on the day on which it was said; days are indices.
struct Said {
    on: usize,
    state: State,
    earliest: Option<usize>,
    estimate: Option<usize>,
    latest: Option<usize>,
}

impl Said {
    /// In the words that people see.
    fn word(&self) -> &'static str {
        match self.state {
            State::Flagged | State::Confirmed => "junk began",
            State::Growing => "growing",
            State::Already => "from the start",
        }
    }

    fn covers(&self, day: usize) -> bool {
        self.earliest.is_none_or(|d| d <= day) && self.latest.is_none_or(|d| d >= day)
    }
}

/// What is said of a shared address when these are its days.
fn at_end(campaigns: &[u32]) -> Option<Said> {
    let quiet = vec![0; campaigns.len()];
    let of = assess(&ledger(AddressKind::Plain, 3, campaigns, &quiet));
    let (flag, on) = said(&of)?;
    let index = |day: Date| usize::try_from((day - FIRST).get_days()).unwrap_or(0);
    Some(Said {
        on,
        state: flag.state?,
        earliest: flag.onset.earliest.map(index),
        estimate: flag.onset.estimate.map(index),
        latest: flag.onset.latest.map(index),
    })
}

/// What was said of a shared address on the day of its flag, read day by day; "from the start"
/// where no flag followed.
fn spoken(campaigns: &[u32]) -> Option<Said> {
    let on = at_end(campaigns)?.on;
    at_end(&campaigns[..=on])
}

/// Share of `all` that was said in this word, in per cent.
fn per_cent(all: &[Option<Said>], word: &str) -> String {
    let said = all.iter().flatten().filter(|s| s.word() == word).count();
    format!("{:.0} %", 100.0 * said as f64 / all.len() as f64)
}

const WORDS: [&str; 3] = ["junk began", "growing", "from the start"];

/// Junk that grows evenly, nothing leaks.
fn drift(report: &mut Report, part: usize) {
    let n = (LEAKING / part).max(30);
    report.title(
        &format!("Drift without a leak, 180 steady days before it: what is said of a shared address by its end ({n} series per row)"),
        &["baseline", "grows to", "within days", "junk began", "growing", "from the start", "median day of the drift", "said a year later: junk began"],
    );
    for base in [BASELINES[2], BASELINES[3], BASELINES[5]] {
        for times in [2.0_f64, 3.0] {
            for days in [365, 3 * 365] {
                let mut random = Random::seeded(911);
                let grown = |day: usize| {
                    let part = day.saturating_sub(BEFORE) as f64 / days as f64;
                    times.powf(part.min(1.0))
                };
                let mut later = 0;
                let all: Vec<Option<Said>> = (0..n)
                    .map(|_| {
                        let one = drifting(&mut random, base, BEFORE + days + AFTER, grown);
                        let end = at_end(&one.campaigns);
                        later += usize::from(end.is_some_and(|s| s.estimate.is_some()));
                        spoken(&one.campaigns[..BEFORE + days])
                    })
                    .collect();
                let mut on: Vec<f64> = all
                    .iter()
                    .flatten()
                    .map(|s| s.on as f64 - BEFORE as f64)
                    .collect();
                let mut cells = vec![base.name.to_owned(), format!("x{times}"), format!("{days}")];
                cells.extend(WORDS.map(|word| per_cent(&all, word)));
                cells.push(format!("{}", median(&mut on).value));
                cells.push(format!("{:.0} %", 100.0 * later as f64 / n as f64));
                report.row(&cells);
            }
        }
    }
}

/// What the rule that keeps drift from being dated costs real leaks.
fn sharp(report: &mut Report, part: usize) {
    let n = (LEAKING / part).max(30);
    report.title(
        &format!("Leaks that are steps: what is said at the flag ({n} series per row)"),
        &[
            "baseline",
            "leak per day",
            "junk began",
            "growing",
            "from the start",
            "median days",
        ],
    );
    for (base, leak) in [
        (BASELINES[1], 1.0),
        (BASELINES[2], 1.0),
        (BASELINES[2], 3.0),
        (BASELINES[3], 3.0),
        (BASELINES[3], 10.0),
        (BASELINES[5], 3.0),
        (BASELINES[5], 10.0),
    ] {
        let mut random = Random::seeded(912);
        let all: Vec<Option<Said>> = (0..n)
            .map(|_| spoken(&series(&mut random, base, leak, BEFORE, AFTER).campaigns))
            .collect();
        let mut cells = vec![base.name.to_owned(), format!("+{leak}")];
        cells.extend(WORDS.map(|word| per_cent(&all, word)));
        cells.push(days_after(&all, BEFORE));
        report.row(&cells);
    }
}

/// Median days from `day` until the word, where it was said after that day or never.
fn days_after(all: &[Option<Said>], day: usize) -> String {
    let mut days: Vec<f64> = all
        .iter()
        .filter(|s| s.as_ref().is_none_or(|s| s.on >= day))
        .map(|s| s.as_ref().map_or(f64::INFINITY, |s| (s.on - day) as f64))
        .collect();
    let middle = median(&mut days).value;
    if middle.is_finite() {
        format!("{middle}")
    } else {
        "not in a year".to_owned()
    }
}

/// The dedicated addresses of one user, each with its junk and strangers by day.
fn owned(kind: AddressKind, all: &[(Vec<u32>, Vec<u32>)]) -> Ledger {
    let mut of = ledger(kind, 1, &[], &[]);
    of.addresses.clear();
    for (at, (junk, strangers)) in all.iter().enumerate() {
        let one = ledger(kind, 1, junk, strangers);
        of.today = one.today;
        for mut address in one.addresses {
            address.id = at as i64 + 1;
            address.spec = AddrSpec::parse(&format!("made{at}.k7f2up@user.example"))
                .unwrap_or_else(|_| unreachable!("a valid address"));
            address
                .holders
                .iter_mut()
                .for_each(|h| h.service = address.id);
            of.addresses.push(address);
        }
    }
    of
}

/// What is said of each address of one user's ledger at its end, and since which day.
fn words(of: &Ledger) -> Vec<Option<(State, usize)>> {
    let flag = |at: usize, of: &Assessment| {
        let flag = of.addresses[at].flags.iter().find(|f| f.state.is_some())?;
        let on = (flag.flagged_on? - FIRST).get_days();
        Some((flag.state?, usize::try_from(on).ok()?))
    };
    let all = assess(of);
    (0..of.addresses.len()).map(|at| flag(at, &all)).collect()
}

/// Addresses of one user that never leaked and get more than [`exposure::onset::LAMBDA_BG`].
fn background(report: &mut Report, part: usize) {
    let users = (USERS / part).max(6);
    report.title(
        &format!("Dedicated addresses that never leaked, {OWNED} of one user, over four years: share of addresses with a word, and per 100 address-years ({} addresses per row)", users * OWNED),
        &["kind", "true background per day, half of it junk", "from the start", "junk began or growing", "both per 100 address-years"],
    );
    for (kind, name) in [
        (AddressKind::Relay, "relay"),
        (AddressKind::CatchAll, "catch-all"),
    ] {
        for rate in [0.01, 0.025, 0.05, 0.1] {
            let mut random = Random::seeded(913);
            let base = Baseline {
                name: "",
                rate: rate / 2.0,
                copies: 1.0,
            };
            let (mut already, mut flagged, mut years) = (0.0, 0.0, 0.0);
            for _ in 0..users {
                let all: Vec<_> = (0..OWNED)
                    .map(|_| quiet_pair(&mut random, base, STEADY_DAYS))
                    .collect();
                for word in words(&owned(kind, &all)) {
                    match word {
                        None => years += YEARS,
                        Some((state, on)) => {
                            years += (on + 1) as f64 / 365.25;
                            match state {
                                State::Already => already += 1.0,
                                State::Flagged | State::Confirmed | State::Growing => {
                                    flagged += 1.0
                                }
                            }
                        }
                    }
                }
            }
            let of = (users * OWNED) as f64;
            report.row(&[
                name.to_owned(),
                format!("{rate}"),
                format!("{:.1} %", 100.0 * already / of),
                format!("{:.1} %", 100.0 * flagged / of),
                format!("{:.2}", 100.0 * (already + flagged) / years),
            ]);
        }
    }
}

fn quiet_pair(random: &mut Random, base: Baseline, days: usize) -> (Vec<u32>, Vec<u32>) {
    let junk = series(random, base, 0.0, days, 0).campaigns;
    let strangers = series(random, base, 0.0, days, 0).campaigns;
    (junk, strangers)
}

/// Addresses that had leaked before watching began, among others that had not.
fn behind(report: &mut Report, part: usize) {
    let users = (USERS / part).max(6);
    report.title(
        &format!("Dedicated addresses that had leaked before watching began, some of {OWNED} of one user: share with a word within a year, median days ({users} users per row)"),
        &["background per day", "leaked", "+0.1", "+0.3", "+1", "+3"],
    );
    for rate in [0.01, 0.05] {
        for leaked in [1, 3, 6] {
            let mut cells = vec![format!("{rate}"), format!("{leaked}")];
            for leak in [0.1, 0.3, 1.0, 3.0] {
                let mut random = Random::seeded(914);
                let base = Baseline {
                    name: "",
                    rate: rate / 2.0,
                    copies: 1.0,
                };
                let mut days = Vec::new();
                for _ in 0..users {
                    let all: Vec<_> = (0..OWNED)
                        .map(|at| {
                            let (junk, strangers) = quiet_pair(&mut random, base, AFTER);
                            let leak = if at < leaked { leak } else { 0.0 };
                            let of = series(&mut random, BASELINES[0], leak, 0, AFTER);
                            let junk = junk.iter().zip(of.campaigns).map(|(a, b)| a + b).collect();
                            (junk, strangers)
                        })
                        .collect();
                    let all = words(&owned(AddressKind::Relay, &all));
                    days.extend(
                        all[..leaked]
                            .iter()
                            .map(|w| w.map_or(f64::INFINITY, |(_, on)| on as f64)),
                    );
                }
                let within = days.iter().filter(|d| d.is_finite()).count() as f64;
                cells.push(format!(
                    "{:.2}, {}",
                    within / days.len() as f64,
                    median(&mut days).value
                ));
            }
            report.row(&cells);
        }
    }
}

/// A junk folder that shows a week or a month when watching begins.
fn short(report: &mut Report, part: usize) {
    let n = (LEAKING / part).max(30) / 2;
    report.title(
        &format!("Little history: what is said within a year of a leak, and median days from the leak or from the first watched day, whichever is later ({n} series per row)"),
        &["baseline", "days of history", "leak begins", "leak per day", "junk began", "growing", "from the start", "median days", "date covers the leak, of those with one"],
    );
    for base in [BASELINES[0], BASELINES[1], BASELINES[2]] {
        for history in [7_usize, 30] {
            let begins = [
                ("before all of it", 0),
                ("3 days before watching", history - 3),
                ("30 days after", history + 30),
            ];
            for (when, before) in begins {
                for leak in [0.3, 1.0, 3.0] {
                    let mut random = Random::seeded(915);
                    let all: Vec<Option<Said>> = (0..n)
                        .map(|_| spoken(&series(&mut random, base, leak, before, AFTER).campaigns))
                        .map(|said| {
                            said.map(|s| Said {
                                on: s.on.max(history),
                                ..s
                            })
                        })
                        .collect();
                    let dated: Vec<&Said> = all
                        .iter()
                        .flatten()
                        .filter(|s| s.estimate.is_some())
                        .collect();
                    let covers = dated.iter().filter(|s| s.covers(before)).count();
                    let mut cells = vec![
                        base.name.to_owned(),
                        format!("{history}"),
                        when.to_owned(),
                        format!("+{leak}"),
                    ];
                    cells.extend(WORDS.map(|word| per_cent(&all, word)));
                    cells.push(days_after(&all, before.max(history)));
                    cells.push(format!("{covers} of {}", dated.len()));
                    report.row(&cells);
                }
            }
        }
    }
}

/// The first year of watching after so little history, without a leak.
fn short_false_alarms(report: &mut Report, part: usize) {
    let n = (STEADY * 4 / part).max(100);
    report.title(
        &format!("Little history, no leak: words per 100 address-years in the first year of watching ({n} series per row)"),
        &["baseline", "days of history", "junk began or growing", "from the start (rightly, from 0.05 on)"],
    );
    for base in BASELINES {
        for history in [7, 30] {
            let mut random = Random::seeded(916);
            let (mut years, mut flagged, mut already) = (0.0, 0.0, 0.0);
            for _ in 0..n {
                let one = series(&mut random, base, 0.0, history + 365, 0);
                let quiet = vec![0; one.campaigns.len()];
                let of = assess(&ledger(AddressKind::Plain, 3, &one.campaigns, &quiet));
                match said(&of) {
                    Some((flag, _)) if flag.state == Some(State::Already) => {
                        already += 1.0;
                        years += 1.0;
                    }
                    Some((_, on)) => {
                        flagged += 1.0;
                        years += on.saturating_sub(history) as f64 / 365.0;
                    }
                    None => years += 1.0,
                }
            }
            report.row(&[
                base.name.to_owned(),
                format!("{history}"),
                format!("{:.2}", 100.0 * flagged / years),
                format!("{:.2}", 100.0 * already / years),
            ]);
        }
    }
}

/// Leaks that grow in a straight line.
fn ramps(report: &mut Report, part: usize) {
    let n = (LEAKING / part).max(30);
    report.title(
        &format!("Leaks that grow over weeks: the word, days until it, and how far the date is from the first leaked message ({n} series per row, 180 days of history)"),
        &["baseline", "grows over days", "to per day", "junk began", "growing", "median days after the first leaked message", "after the full rate", "median date error (date minus first message)", "interval covers the first message, at the word", "30 days later"],
    );
    for base in [BASELINES[0], BASELINES[1], BASELINES[2]] {
        for growing in [1, 21, 42] {
            for leak in [1.0, 3.0] {
                let mut random = Random::seeded(917);
                let (mut days, mut full, mut errors) = (Vec::new(), Vec::new(), Vec::new());
                let mut covered = [0; 2];
                let mut all = Vec::new();
                for _ in 0..n {
                    let one = ramp(&mut random, base, leak, BEFORE, growing, AFTER);
                    let first = one.leaked.iter().position(|x| *x > 0).unwrap_or(BEFORE);
                    let said = spoken(&one.campaigns).filter(|s| s.on >= BEFORE);
                    let Some(said) = said else {
                        continue;
                    };
                    days.push(said.on as f64 - first as f64);
                    full.push(said.on as f64 - (BEFORE + growing - 1) as f64);
                    errors.extend(said.estimate.map(|day| day as f64 - first as f64));
                    covered[0] += usize::from(said.covers(first));
                    let later = (said.on + 31).min(one.campaigns.len());
                    let later = at_end(&one.campaigns[..later]);
                    covered[1] += usize::from(later.is_none_or(|s| s.covers(first)));
                    all.push(Some(said));
                }
                let of = all.len() as f64;
                report.row(&[
                    base.name.to_owned(),
                    format!("{growing}"),
                    format!("{leak}"),
                    per_cent(&all, "junk began"),
                    per_cent(&all, "growing"),
                    format!("{}", median(&mut days).value),
                    format!("{}", median(&mut full).value),
                    format!("{} (n = {})", median(&mut errors).value, errors.len()),
                    format!("{:.2}", covered[0] as f64 / of),
                    format!("{:.2}", covered[1] as f64 / of),
                ]);
            }
        }
    }
}
