//! What happens at all addresses of an account at once (detection-measured.md 3.5, common shocks),
//! how far the statement about chance can be believed (3.4), and second leaks at one address.

use super::random::Random;
use super::series::{BASELINES, Baseline, counts, drifting, ramp, series};
use super::shipped::{FIRST, ledger};
use super::table::{Better, Report, median, rate};
use exposure::assess::{Flag, Ledger, assess};
use exposure::onset::BsrSup;
use exposure::{AddressKind, State};

/// The other addresses of the account and what each gets a day: 6 together, as in the reference.
const OTHERS: i64 = 12;
const EACH: f64 = 0.5;
/// Series per cell at full size; the reference has 125.
const ACCOUNTS: usize = 500;
const REFERENCE_YEARS: f64 = 500.0;
const DAYS: usize = 1460;
/// Series per cell at full size for the statement about chance, as the reference has.
const STEADY: usize = 2_500;
/// Series per row at full size for second leaks.
const LEAKING: usize = 1_000;

pub fn report(report: &mut Report, part: usize) {
    surges(report, part);
    cost(report, part);
    chance(report, part);
    second(report, part);
}

fn steady(name: &'static str, rate: f64) -> Baseline {
    Baseline {
        name,
        rate,
        copies: 1.0,
    }
}

/// One address and, where they are `together`, the others of its account.
fn account(
    random: &mut Random,
    one: &[u32],
    together: bool,
    times: impl Fn(usize) -> f64,
) -> Ledger {
    let quiet = vec![0; one.len()];
    let mut of = ledger(AddressKind::Plain, 3, one, &quiet);
    if !together {
        return of;
    }
    for number in 1..=OTHERS {
        let other = drifting(random, steady("", EACH), one.len(), &times);
        for mut address in ledger(AddressKind::Plain, 3, &other.campaigns, &quiet).addresses {
            address.id += number;
            of.addresses.push(address);
        }
    }
    for address in &mut of.addresses {
        address.account = Some(1);
    }
    of
}

/// The rises that were said of the first address, by time; the index of the day of each.
fn rises(of: &Ledger) -> Vec<(Flag, usize)> {
    let said = assess(of).addresses.swap_remove(0).flags;
    let mut all: Vec<(Flag, usize)> = said
        .into_iter()
        .filter(|f| f.state.is_some_and(|state| state != State::Already))
        .filter_map(|flag| {
            let on = usize::try_from((flag.flagged_on? - FIRST).get_days()).ok()?;
            Some((flag, on))
        })
        .collect();
    all.sort_by_key(|(_, on)| *on);
    all
}

fn surges(report: &mut Report, part: usize) {
    let n = (ACCOUNTS / part).max(20);
    report.title(
        &format!("Everything rises together, no leak: addresses flagged in four years, per 100 address-years ({n} accounts of {} addresses; the reference counts every alarm and begins anew after it)", OTHERS + 1),
        &["baseline", "what happens", "one address alone", "with the others of its account (reference)"],
    );
    for (base, surge, what, reference) in [
        (0.5, true, "x2 for 30 days a year", 0.8),
        (3.0, true, "x2 for 30 days a year", 8.6),
        (0.5, false, "x3 from the second year on", 3.4),
        (3.0, false, "x3 from the second year on", 16.8),
    ] {
        let per = |together: bool| {
            let mut random = Random::seeded(1414);
            let (mut events, mut years) = (0.0, 0.0);
            for _ in 0..n {
                let starts: Vec<usize> =
                    (0..4).map(|y| 365 * y + 200 + random.index(100)).collect();
                let times = |day: usize| match surge {
                    true if starts.iter().any(|s| (*s..s + 30).contains(&day)) => 2.0,
                    true => 1.0,
                    false => {
                        if day < 365 {
                            1.0
                        } else {
                            3.0
                        }
                    }
                };
                let one = drifting(&mut random, steady("", base), DAYS, times);
                let of = account(&mut random, &one.campaigns, together, times);
                events += f64::from(u8::from(!rises(&of).is_empty()));
                years += DAYS as f64 / 365.25;
            }
            rate(events, years / 100.0)
        };
        let (alone, together) = (per(false), per(true));
        let theirs = rate(reference * REFERENCE_YEARS / 100.0, REFERENCE_YEARS / 100.0);
        let cell = report.cell(
            &format!("flags at {base} a day, {what}"),
            together,
            theirs,
            Better::Lower,
            1,
        );
        report.row(&[
            format!("{base}"),
            what.to_owned(),
            format!("{:.1}", alone.value),
            cell,
        ]);
    }
}

/// Median days until the first rise is said, counted from the leak.
fn delay(all: &mut [f64]) -> String {
    format!("{}", median(all).value)
}

fn cost(report: &mut Report, part: usize) {
    let n = (ACCOUNTS / part).max(20);
    report.title(
        &format!("What the common factor costs a leak: median days until it is said ({n} accounts; reference 14 and 14, 8 and 7)"),
        &["baseline", "leak per day", "one address alone", "with the others of its account"],
    );
    for (base, leak) in [(BASELINES[1], 1.0), (BASELINES[2], 3.0)] {
        let days = |together: bool| {
            let mut random = Random::seeded(1515);
            let mut days: Vec<f64> = (0..n)
                .filter_map(|_| {
                    let one = series(&mut random, base, leak, 180, 365);
                    let of = account(&mut random, &one.campaigns, together, |_| 1.0);
                    match rises(&of).first() {
                        Some((_, on)) => on.checked_sub(180).map(|days| days as f64),
                        None => Some(f64::INFINITY),
                    }
                })
                .collect();
            delay(&mut days)
        };
        report.row(&[
            base.name.to_owned(),
            format!("+{leak}"),
            days(false),
            days(true),
        ]);
    }
}

/// Series in which the statement about chance would have been wrong.
fn chance(report: &mut Report, part: usize) {
    let n = (STEADY / part).max(50);
    let address_years = n as f64 * 4.0;
    report.title(
        &format!("Is \"less than once in Y years\" honest? Series of four steady years that ever reached it, in {address_years} address-years, and how many may"),
        &["baseline", "Y = 100", "Y = 1000", "Y = 10000"],
    );
    for base in [BASELINES[1], BASELINES[2], BASELINES[3], BASELINES[4]] {
        let mut random = Random::seeded(2121);
        let mut seen = [0.0; 3];
        for _ in 0..n {
            let one = series(&mut random, base, 0.0, DAYS, 0);
            let mut sup = BsrSup::default();
            let mut highest = f64::NEG_INFINITY;
            for x in one.campaigns {
                sup.day(x, 1.0);
                highest = highest.max(sup.ln_m());
            }
            for (slot, years) in seen.iter_mut().zip([100.0_f64, 1e3, 1e4]) {
                *slot += f64::from(u8::from(highest >= (365.25 * years).ln()));
            }
        }
        let allowed = [100.0, 1e3, 1e4].map(|years| address_years / years);
        let mut cells = vec![base.name.to_owned()];
        for ((seen, allowed), years) in seen.iter().zip(allowed).zip([100, 1_000, 10_000]) {
            cells.push(format!("{seen} ({allowed:.0})"));
            report.promise(
                &format!("once in {years} years at most, baseline {}", base.name),
                *seen,
                allowed,
                part,
            );
        }
        report.row(&cells);
    }
}

/// What is said of an address after its first leak was said.
fn second(report: &mut Report, part: usize) {
    let n = (LEAKING / part).max(30);
    report.title(
        &format!("After a leak at a quiet address (180 days before, a year after): a second rise that is said ({n} series per row)"),
        &["first leak", "what follows", "second rise said", "median days until it", "median error of its date"],
    );
    for (first, second) in [
        (1.0, 0.0),
        (3.0, 0.0),
        (0.3, 3.0),
        (1.0, 3.0),
        (1.0, 10.0),
        (3.0, 10.0),
    ] {
        let mut random = Random::seeded(3131);
        let mut found = Vec::new();
        for _ in 0..n {
            let mut one = series(&mut random, BASELINES[0], first, 180, 365).campaigns;
            if second > 0.0 {
                let (_, more) = counts(&mut random, 165, |_| second, 2.0, 0);
                for (slot, more) in one.iter_mut().skip(380).zip(more) {
                    *slot += more;
                }
            }
            found.push(one);
        }
        let what = if second > 0.0 {
            format!("+{second} after 200 days")
        } else {
            "nothing".to_owned()
        };
        let wrong = row(report, &format!("+{first}"), &what, &found, 380);
        if second == 0.0 {
            // One detector more is open a year for each address with a leak.
            report.promise(
                &format!("at most 1 false second rise per 100 address-years after a leak of {first} a day"),
                wrong,
                n as f64 / 100.0,
                part,
            );
        }
    }
    for growing in [21, 42] {
        let mut random = Random::seeded(3232);
        let found: Vec<Vec<u32>> = (0..n)
            .map(|_| ramp(&mut random, BASELINES[0], 3.0, 180, growing, 365).campaigns)
            .collect();
        row(
            report,
            &format!("grows to 3 over {growing} days"),
            "nothing",
            &found,
            0,
        );
    }
}

/// One row; returns how many series had a second rise.
fn row(report: &mut Report, first: &str, what: &str, all: &[Vec<u32>], leaked: usize) -> f64 {
    let (mut days, mut errors) = (Vec::new(), Vec::new());
    for one in all {
        let of = ledger(AddressKind::Plain, 3, one, &vec![0; one.len()]);
        let said = rises(&of);
        let Some((flag, on)) = said.get(1) else {
            continue;
        };
        days.push(*on as f64 - leaked as f64);
        if let Some(estimate) = flag.onset.estimate {
            errors.push((f64::from((estimate - FIRST).get_days()) - leaked as f64).abs());
        }
    }
    let share = format!("{:.1} %", 100.0 * days.len() as f64 / all.len() as f64);
    let seen = days.len() as f64;
    let shown = |values: &mut Vec<f64>| {
        if leaked == 0 || values.is_empty() {
            "-".to_owned()
        } else {
            format!("{}", median(values).value)
        }
    };
    report.row(&[
        first.to_owned(),
        what.to_owned(),
        share,
        shown(&mut days),
        shown(&mut errors),
    ]);
    seen
}
