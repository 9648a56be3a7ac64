//! False alarms, delays and dating of the onset statistic (detection-measured.md 3.1 and 3.2),
//! with the rivals that the reference simulation measured.

use super::random::Random;
use super::series::{BASELINES, Baseline, LEAKS, Series, series};
use super::table::{Better, Figure, Report, median, number, rate, rows, share};
use exposure::onset::{Bsr, LAMBDA_BG, Posterior, Step, threshold};
use std::collections::BTreeMap;

const FALSE_ALARMS: &str = include_str!("reference/false-alarms.txt");
const DELAYS: &str = include_str!("reference/delays.txt");
const DATING: &str = include_str!("reference/dating.txt");
/// The name of our method in the reference tables.
const OURS: &str = "BSR (recommended)";
/// Rivals whose figures are printed beside.
const RIVALS: [&str; 4] = [
    "EARS C2 (default)",
    "Poisson CUSUM, tuned",
    "GLR scan, tuned",
    "BOCPD, tuned",
];
/// Days before the leak, and after it.
const BEFORE: usize = 180;
const AFTER: usize = 365;
/// Days that no method is judged on.
const TRAINING: usize = 60;
/// Series per cell at full size: false alarms (four years each), delays and dating.
const STEADY: usize = 2_500;
const LEAKING: usize = 1_000;
/// A median of fewer values is printed and not judged.
const FEWEST: usize = 20;

/// ln M after each day.
fn run(campaigns: &[u32]) -> Vec<Step> {
    let mut bsr = Bsr::new(LAMBDA_BG);
    campaigns.iter().map(|x| bsr.day(*x, 1.0)).collect()
}

fn days(campaigns: &[u32]) -> Vec<(u32, f64)> {
    campaigns.iter().map(|x| (*x, 1.0)).collect()
}

/// Alarms after the training days, with a new detector after each.
pub fn alarms(campaigns: &[u32], threshold: f64) -> usize {
    let mut bsr = Bsr::new(LAMBDA_BG);
    let mut count = 0;
    for (day, x) in campaigns.iter().enumerate() {
        if bsr.day(*x, 1.0).ln_m >= threshold.ln() {
            bsr = Bsr::new(LAMBDA_BG);
            count += usize::from(day >= TRAINING);
        }
    }
    count
}

pub fn report(report: &mut Report, part: usize) {
    false_alarms(report, part);
    delays(report, part);
    dating(report, part);
}

fn steady(base: Baseline, seed: u64, n: usize) -> impl Iterator<Item = Series> {
    let mut random = Random::seeded(seed);
    (0..n).map(move |_| series(&mut random, base, 0.0, 1460 + TRAINING, 0))
}

fn false_alarms(report: &mut Report, part: usize) {
    let n = (STEADY / part).max(20);
    let years = 4.0 * n as f64;
    let mut reference: BTreeMap<(&str, &str), (f64, f64)> = BTreeMap::new();
    for row in rows(FALSE_ALARMS) {
        reference.insert((row[0], row[1]), (number(row.get(3)), number(row.get(4))));
    }
    let columns: Vec<&str> = ["method"]
        .into_iter()
        .chain(BASELINES.map(|b| b.name))
        .collect();
    report.title(
        &format!("False alarms per 100 address-years ({years:.0} address-years per cell, reference 1,000)"),
        &columns,
    );
    for feed in ["campaigns", "messages"] {
        let mut cells = vec![format!("BSR, {feed}: ours (reference)")];
        for base in BASELINES {
            let events: usize = steady(base, 101, n)
                .map(|s| match feed {
                    "campaigns" => alarms(&s.campaigns, threshold(1)),
                    _ => alarms(&s.messages, threshold(1)),
                })
                .sum();
            let ours = rate(100.0 * events as f64, years);
            let ours = Figure {
                error: 100.0 * (events as f64 + 1.0).sqrt() / years,
                ..ours
            };
            let (campaigns, messages) = reference[&(OURS, base.name)];
            let value = if feed == "campaigns" {
                campaigns
            } else {
                messages
            };
            let theirs = Figure {
                value,
                error: 100.0 * (value * 10.0 + 1.0).sqrt() / 1000.0,
            };
            let what = format!("false alarms, {feed}, {}", base.name);
            cells.push(report.cell(&what, ours, theirs, Better::Lower, 2));
            if feed == "campaigns" {
                report.promise(
                    &format!("{what}: at most 1 per 100 address-years"),
                    events as f64,
                    years / 100.0,
                    part,
                );
            }
        }
        report.row(&cells);
    }
    for rival in RIVALS {
        let mut cells = vec![format!("{rival} (reference, campaigns)")];
        for base in BASELINES {
            cells.push(format!("{:.1}", reference[&(rival, base.name)].0));
        }
        report.row(&cells);
    }
}

/// What one series with a leak showed.
struct Flagged {
    delay: f64,
    messages: f64,
    error: Option<f64>,
}

/// `None` where it alarmed before the leak.
fn flagged(of: &Series) -> Option<Flagged> {
    let steps = run(&of.campaigns);
    let high = |step: &Step| step.ln_m >= threshold(1).ln();
    if steps[TRAINING..BEFORE].iter().any(high) {
        return None;
    }
    let Some(delay) = steps[BEFORE..].iter().position(high) else {
        return Some(Flagged {
            delay: f64::INFINITY,
            messages: f64::INFINITY,
            error: None,
        });
    };
    let at = BEFORE + delay;
    let posterior = Posterior::of(&days(&of.campaigns[..=at]), &steps[..=at], 0);
    Some(Flagged {
        delay: delay as f64,
        messages: f64::from(of.leaked[..=at].iter().sum::<u32>()),
        error: posterior.map(|p| (p.median() as f64 - BEFORE as f64).abs()),
    })
}

fn delays(report: &mut Report, part: usize) {
    let n = (LEAKING / part).max(30);
    let mut reference: BTreeMap<(&str, &str, String), Vec<&str>> = BTreeMap::new();
    for row in rows(DELAYS) {
        let leak: f64 = row[2].parse().unwrap_or(0.0);
        reference.insert((row[0], row[1], format!("{leak}")), row);
    }
    report.title(
        &format!("Until the flag, by baseline and leak ({n} series per cell, reference 200): ours (reference)"),
        &[
            "baseline", "leak per day", "median days", "90 % by, days", "median leaked messages",
            "flagged within a year", "median date error, days", "median days of EARS C2 / CUSUM tuned / GLR tuned / BOCPD tuned (reference)",
        ],
    );
    for base in BASELINES {
        for leak in LEAKS {
            let mut random = Random::seeded(202);
            let seen: Vec<Flagged> = (0..n)
                .filter_map(|_| flagged(&series(&mut random, base, leak, BEFORE, AFTER)))
                .collect();
            let mut delay: Vec<f64> = seen.iter().map(|f| f.delay).collect();
            let mut messages: Vec<f64> = seen.iter().map(|f| f.messages).collect();
            let mut errors: Vec<f64> = seen.iter().filter_map(|f| f.error).collect();
            let year = delay.iter().filter(|d| d.is_finite()).count() as f64 / delay.len() as f64;
            let row = &reference[&(OURS, base.name, format!("{leak}"))];
            let what = format!("{} +{leak}", base.name);
            let mut cells = vec![base.name.to_owned(), format!("+{leak}")];
            let figure = |report: &mut Report, name: &str, values: &mut Vec<f64>, field: usize| {
                let ours = median(values);
                if values.len() < FEWEST {
                    return format!("{:.1} ({})", ours.value, row[field]);
                }
                let theirs = Figure {
                    value: number(row.get(field)),
                    error: (ours.error * (values.len() as f64 / 200.0).sqrt()).max(0.29),
                };
                report.cell(&format!("{name}, {what}"), ours, theirs, Better::Lower, 1)
            };
            cells.push(figure(report, "delay", &mut delay, 4));
            let late = delay[((0.9 * delay.len() as f64).ceil() as usize - 1).min(delay.len() - 1)];
            cells.push(format!("{late} ({})", row[5]));
            cells.push(figure(report, "messages", &mut messages, 6));
            let theirs = share(number(row.get(7)), 200.0);
            let ours = share(year, delay.len() as f64);
            cells.push(report.cell(&format!("flagged, {what}"), ours, theirs, Better::Higher, 2));
            cells.push(figure(report, "date error", &mut errors, 8));
            let rivals =
                RIVALS.map(|r| reference[&(r, base.name, format!("{leak}"))][4].to_owned());
            cells.push(rivals.join(" / "));
            report.row(&cells);
        }
    }
}

fn dating(report: &mut Report, part: usize) {
    let n = (LEAKING / part).max(30);
    report.title(
        "Dating: coverage and median width of the intervals of 90 % and 98 %: ours (reference)",
        &[
            "baseline",
            "leak per day",
            "when",
            "onsets",
            "90 % covers",
            "days wide",
            "98 % covers",
            "days wide",
        ],
    );
    for row in rows(DATING) {
        let Some(base) = BASELINES.into_iter().find(|b| b.name == row[0]) else {
            continue;
        };
        let leak: f64 = row[1].parse().unwrap_or(0.0);
        let later = if row[2] == "at alarm" { 0 } else { 30 };
        let mut random = Random::seeded(303);
        let mut covered = [0.0; 2];
        let mut widths = [Vec::new(), Vec::new()];
        for _ in 0..n {
            let one = series(&mut random, base, leak, BEFORE, AFTER);
            let steps = run(&one.campaigns);
            let alarm = steps.iter().position(|s| s.ln_m >= threshold(1).ln());
            let Some(alarm) = alarm.filter(|a| *a >= BEFORE) else {
                continue;
            };
            let at = (alarm + later).min(one.campaigns.len() - 1);
            let Some(posterior) = Posterior::of(&days(&one.campaigns[..=at]), &steps[..=at], 0)
            else {
                continue;
            };
            for (k, mass) in [0.90, 0.98].into_iter().enumerate() {
                let (first, last) = posterior.interval(mass);
                covered[k] += f64::from(u8::from((first..=last).contains(&BEFORE)));
                widths[k].push((last - first + 1) as f64);
            }
        }
        let of = widths[0].len() as f64;
        let of_reference = number(row.get(3));
        let what = format!("{} +{leak}, {}", base.name, row[2]);
        let mut cells = vec![
            row[0].to_owned(),
            format!("+{leak}"),
            row[2].to_owned(),
            format!("{of} ({of_reference})"),
        ];
        for (k, field) in [(0, 5), (1, 7)] {
            let ours = share(covered[k] / of, of);
            let theirs = share(number(row.get(field)), of_reference);
            cells.push(report.cell(
                &format!("coverage, {what}"),
                ours,
                theirs,
                Better::Higher,
                2,
            ));
            cells.push(format!(
                "{} ({})",
                median(&mut widths[k]).value,
                row[field + 1]
            ));
        }
        report.row(&cells);
    }
}
