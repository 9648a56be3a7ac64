//! What the program says as shipped, through the one function that it calls: false alarms with
//! guard and settling in, both streams and the level test together, the interval that is shown,
//! and what the promise means for a person.

use super::onset::alarms;
use super::random::Random;
use super::series::{BASELINES, Baseline, LEAKS, series};
use super::table::{Report, median};
use exposure::assess::{
    AddressFacts, Assessment, Day, Flag, Holder, HolderKind, Ledger, Standing, assess,
};
use exposure::onset::threshold;
use exposure::traffic::DayCount;
use exposure::{AddrSpec, AddressKind, State};
use jiff::ToSpan;
use jiff::civil::{Date, date};

pub const FIRST: Date = date(2020, 1, 1);
const YEARS: f64 = 4.0;
const STEADY_DAYS: usize = 1461;
/// Series per cell at full size.
const STEADY: usize = 2_500;
const LEAKING: usize = 1_000;
/// Days before the leak, and after it.
const BEFORE: usize = 180;
const AFTER: usize = 365;

pub fn report(report: &mut Report, part: usize) {
    false_alarms(report, part);
    dedicated(report, part);
    already(report, part);
    intervals(report, part);
    persons(report, part);
}

/// One address of a ledger whose days are given: junk campaigns and strangers' campaigns.
pub fn ledger(kind: AddressKind, holders: i64, junk: &[u32], strangers: &[u32]) -> Ledger {
    let day = |at: usize| FIRST.saturating_add((at as i64).days());
    let mut days: Vec<Day> = (0..junk.len())
        .map(|at| Day {
            day: day(at),
            count: DayCount {
                junk: junk[at],
                stranger: strangers[at],
                new_junk_campaigns: junk[at],
                new_stranger_campaigns: junk[at] + strangers[at],
                ..DayCount::default()
            },
            junk_observed: true,
            all_observed: true,
        })
        .collect();
    let today = day(junk.len());
    days.push(Day {
        day: today,
        count: DayCount::default(),
        junk_observed: true,
        all_observed: true,
    });
    let holder = |service: i64| Holder {
        kind: HolderKind::Service,
        service,
        name: format!("Example {service}"),
        given_from: Some(FIRST),
        given_to: Some(FIRST),
        local_is_brand: false,
        name_given: None,
        standing: Standing::Recorded,
    };
    let spec = AddrSpec::parse("made.k7f2up@user.example")
        .unwrap_or_else(|_| unreachable!("a valid address"));
    Ledger {
        today,
        today_fraction: 0.5,
        addresses: vec![AddressFacts {
            id: 1,
            spec,
            kind,
            dedicated_by_user: false,
            holders: (1..=holders).map(holder).collect(),
            contacts: 0,
            days,
            junk_unseen: false,
            settled: Vec::new(),
            first_delivery: Some(FIRST),
            stranger_days: Vec::new(),
            own_junk: Vec::new(),
            campaigns: Vec::new(),
            account: None,
            greetings: Default::default(),
            mentions: Default::default(),
        }],
        pools: Vec::new(),
        exposures: Vec::new(),
    }
}

/// The flag of junk that began, and the index of the day on which it would have been said.
pub fn said(of: &Assessment) -> Option<(&Flag, usize)> {
    let flag = of
        .addresses
        .first()?
        .flags
        .iter()
        .find(|f| f.state.is_some())?;
    let on = (flag.flagged_on? - FIRST).get_days();
    Some((flag, usize::try_from(on).ok()?))
}

/// Years until the flag, and whether there was one.
fn watched(of: &Assessment) -> (f64, f64) {
    match said(of) {
        Some((_, on)) => ((on + 1) as f64 / 365.25, 1.0),
        None => (YEARS, 0.0),
    }
}

fn false_alarms(report: &mut Report, part: usize) {
    let n = (STEADY / part).max(20);
    report.title(
        &format!("Shipped: flags per 100 address-years of a shared address, first flag of each series ({n} series of four years per cell)"),
        &["baseline", "flagged", "series said to have junk from the start", "upper limit 95 %"],
    );
    for base in BASELINES {
        let mut random = Random::seeded(404);
        let (mut years, mut flagged, mut already) = (0.0, 0.0, 0.0);
        for _ in 0..n {
            let one = series(&mut random, base, 0.0, STEADY_DAYS, 0);
            let quiet = vec![0; one.campaigns.len()];
            let of = assess(&ledger(AddressKind::Plain, 3, &one.campaigns, &quiet));
            // Junk that was there from the start is rightly said to be; it ends no watch.
            if said(&of).is_some_and(|(f, _)| f.state == Some(State::Already)) {
                already += 1.0;
                years += YEARS;
            } else {
                let (time, any) = watched(&of);
                years += time;
                flagged += any;
            }
        }
        let per = 100.0 / years;
        report.row(&[
            base.name.to_owned(),
            format!("{:.2}", flagged * per),
            format!("{:.2}", already * per),
            format!(
                "{:.2}",
                (flagged + 1.645 * (flagged + 1.0).sqrt() + 1.35) * per
            ),
        ]);
        report.promise(
            &format!(
                "at most 1 false alarm per 100 address-years, baseline {}",
                base.name
            ),
            flagged,
            years / 100.0,
            part,
        );
    }
}

fn dedicated(report: &mut Report, part: usize) {
    let n = (STEADY / part).max(20);
    report.title(
        &format!("Shipped: flags per 100 address-years of a dedicated address, both streams and the level test together ({n} series of four years per cell)"),
        &["junk per day", "strangers per day", "flags", "of these already"],
    );
    for rate in [0.003, 0.005, 0.01, 0.02, 0.05] {
        let mut random = Random::seeded(505);
        let (mut years, mut flags, mut already) = (0.0, 0.0, 0.0);
        let base = Baseline {
            name: "",
            rate: rate / 2.0,
            copies: 1.0,
        };
        for _ in 0..n {
            let junk = series(&mut random, base, 0.0, STEADY_DAYS, 0);
            let strangers = series(&mut random, base, 0.0, STEADY_DAYS, 0);
            let of = assess(&ledger(
                AddressKind::CatchAll,
                1,
                &junk.campaigns,
                &strangers.campaigns,
            ));
            let (time, any) = watched(&of);
            years += time;
            flags += any;
            if said(&of).is_some_and(|(f, _)| f.state == Some(State::Already)) {
                already += any;
            }
        }
        let per = 100.0 / years;
        let half = format!("{}", rate / 2.0);
        report.row(&[
            half.clone(),
            half,
            format!("{:.2}", flags * per),
            format!("{:.2}", already * per),
        ]);
        if rate <= 0.02 {
            report.promise(
                &format!("at most 2 flags per 100 address-years of a dedicated address at {rate} a day in all"),
                flags,
                years / 50.0,
                part,
            );
        }
    }
}

/// Junk that was there when watching began, and junk that only seems to be.
fn already(report: &mut Report, part: usize) {
    let n = (LEAKING / part).max(40);
    report.title(
        &format!("Shipped: already leaking when first seen, a shared address ({n} series per row)"),
        &[
            "leak per day",
            "said within a year",
            "median days (reference, level test alone)",
            "90 % by, days (reference)",
        ],
    );
    let reference = [
        (0.1, ">365", ">365"),
        (0.3, "50", "100"),
        (1.0, "10", "18"),
        (3.0, "3", "6"),
        (10.0, "2", "2"),
    ];
    for (leak, theirs, theirs_late) in reference {
        let mut random = Random::seeded(808);
        let mut days: Vec<f64> = (0..n)
            .map(|_| {
                let one = series(&mut random, BASELINES[0], leak, 0, AFTER);
                let quiet = vec![0; one.campaigns.len()];
                let of = assess(&ledger(AddressKind::Plain, 3, &one.campaigns, &quiet));
                said(&of).map_or(f64::INFINITY, |(_, on)| on as f64)
            })
            .collect();
        let middle = median(&mut days).value;
        let late = days[(days.len() * 9) / 10];
        let within = days.iter().filter(|d| d.is_finite()).count();
        report.row(&[
            format!("{leak}"),
            format!("{:.2}", within as f64 / n as f64),
            format!("{middle} ({theirs})"),
            format!("{late} ({theirs_late})"),
        ]);
    }
}

fn intervals(report: &mut Report, part: usize) {
    let n = (LEAKING / part).max(40);
    report.title(
        &format!("Shipped: the interval that is shown ({n} series per cell; 98 % where the ratio of rates is below 3 or the leak below 0.3 a day)"),
        &["baseline", "leak per day", "flagged", "covers at the flag", "30 days later", "clear date at the flag", "median days"],
    );
    for base in BASELINES {
        for leak in LEAKS {
            let mut random = Random::seeded(606);
            let mut covered = [(0.0, 0.0); 2];
            let mut clear = 0.0;
            let mut delays = Vec::new();
            for _ in 0..n {
                let one = series(&mut random, base, leak, BEFORE, AFTER);
                let quiet = vec![0; one.campaigns.len()];
                let whole = assess(&ledger(AddressKind::Plain, 3, &one.campaigns, &quiet));
                let Some((_, on)) =
                    said(&whole).filter(|(f, on)| *on >= BEFORE && f.state != Some(State::Already))
                else {
                    delays.push(f64::INFINITY);
                    continue;
                };
                delays.push((on - BEFORE) as f64);
                for (later, slot) in [0, 30].into_iter().zip(&mut covered) {
                    let until = (on + 1 + later).min(one.campaigns.len());
                    let then = assess(&ledger(
                        AddressKind::Plain,
                        3,
                        &one.campaigns[..until],
                        &quiet[..until],
                    ));
                    let Some((flag, _)) = said(&then) else {
                        continue;
                    };
                    let leaked = FIRST.saturating_add((BEFORE as i64).days());
                    let inside = flag.onset.earliest.is_none_or(|d| d <= leaked)
                        && flag.onset.latest.is_none_or(|d| d >= leaked);
                    *slot = (slot.0 + 1.0, slot.1 + f64::from(u8::from(inside)));
                    if later == 0 && flag.onset.estimate.is_some() {
                        clear += 1.0;
                    }
                }
            }
            let times = covered[0].0;
            if times < 20.0 {
                continue;
            }
            let cover = covered.map(|(of, inside)| inside / of);
            report.row(&[
                base.name.to_owned(),
                format!("+{leak}"),
                format!("{times}"),
                format!("{:.2}", cover[0]),
                format!("{:.2}", cover[1]),
                format!("{:.2}", clear / times),
                format!("{}", median(&mut delays).value),
            ]);
            let judged = leak >= 0.3 && base.rate + leak >= 3.0 * base.rate;
            for (when, (of, inside)) in ["at the flag", "30 days later"].iter().zip(covered) {
                if judged {
                    report.promise(
                        &format!(
                            "the shown interval misses at most 14 %: {} +{leak}, {when}",
                            base.name
                        ),
                        of - inside,
                        0.14 * of,
                        part,
                    );
                }
            }
        }
    }
}

fn persons(report: &mut Report, part: usize) {
    let n = (STEADY / part).max(20);
    report.title(
        &format!("What the promise means for a person: false \"junk began\" a year ({n} series of four years per baseline, the statistic alone)"),
        &["addresses", "threshold", "if all had the average of the six baselines", "if all had the worst baseline"],
    );
    for addresses in [5_usize, 30, 300] {
        let at = threshold(addresses);
        let rates = BASELINES.map(|base| {
            let mut random = Random::seeded(707);
            let events: usize = (0..n)
                .map(|_| alarms(&series(&mut random, base, 0.0, 1460 + 60, 0).campaigns, at))
                .sum();
            events as f64 / (YEARS * n as f64)
        });
        let of = addresses as f64;
        let mean = rates.iter().sum::<f64>() / rates.len() as f64;
        let worst = rates.iter().copied().fold(0.0, f64::max);
        report.row(&[
            format!("{addresses}"),
            format!("{at}"),
            format!("{:.3}", of * mean),
            format!("{:.3}", of * worst),
        ]);
    }
}
