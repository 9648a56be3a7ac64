//! Made-up junk by day (detection-measured.md section 3): a baseline, and a leak that is added.

use super::random::Random;

/// Monday to Sunday: the order from Project Honey Pot 2009, the sizes made up. The detector does
/// not know them.
const WEEK: [f64; 7] = [1.15, 1.10, 1.05, 1.05, 1.00, 0.75, 0.90];

/// The usual junk of an address.
#[derive(Clone, Copy)]
pub struct Baseline {
    pub name: &'static str,
    /// Messages per day.
    pub rate: f64,
    /// Messages per campaign, on average.
    pub copies: f64,
}

const fn baseline(name: &'static str, rate: f64, copies: f64) -> Baseline {
    Baseline { name, rate, copies }
}

/// The six baselines of the benchmark; OD is overdispersed and dependent from day to day.
pub const BASELINES: [Baseline; 6] = [
    baseline("0", 0.0, 1.0),
    baseline("0.05", 0.05, 1.0),
    baseline("0.5", 0.5, 1.0),
    baseline("3", 3.0, 1.0),
    baseline("0.5 OD", 0.5, 4.0),
    baseline("3 OD", 3.0, 4.0),
];

/// Addresses of other rates than those of the benchmark, most of them busier.
pub const BUSIER: [Baseline; 5] = [
    baseline("1.7", 1.7, 1.0),
    baseline("5", 5.0, 1.0),
    baseline("10", 10.0, 1.0),
    baseline("30", 30.0, 1.0),
    baseline("30 OD", 30.0, 4.0),
];

/// Leaks, messages per day.
pub const LEAKS: [f64; 5] = [0.1, 0.3, 1.0, 3.0, 10.0];

/// Messages per campaign of a leak, on average.
const LEAK_COPIES: f64 = 2.0;

/// One address over some days.
pub struct Series {
    /// New campaigns by day: what the detector is fed.
    pub campaigns: Vec<u32>,
    /// All messages by day.
    pub messages: Vec<u32>,
    /// Messages of the leak by day.
    pub leaked: Vec<u32>,
}

/// `before` days of a baseline, then `after` days of it with a leak of `leak` messages a day.
pub fn series(
    random: &mut Random,
    base: Baseline,
    leak: f64,
    before: usize,
    after: usize,
) -> Series {
    let days = before + after;
    let monday = random.index(7);
    let usual = |_| base.rate;
    let (mut messages, mut campaigns) = counts(random, days, usual, base.copies, monday);
    let mut leaked = vec![0; days];
    if leak > 0.0 {
        let (of_leak, new) = counts(random, after, |_| leak, LEAK_COPIES, monday + before);
        for (at, (more, new)) in of_leak.iter().zip(new).enumerate() {
            leaked[before + at] = *more;
            messages[before + at] += more;
            campaigns[before + at] += new;
        }
    }
    Series {
        campaigns,
        messages,
        leaked,
    }
}

/// `days` days of a baseline whose rate on a day is `times` that of `base`, and no leak.
pub fn drifting(
    random: &mut Random,
    base: Baseline,
    days: usize,
    times: impl Fn(usize) -> f64,
) -> Series {
    let monday = random.index(7);
    let rate = |day| base.rate * times(day);
    let (messages, campaigns) = counts(random, days, rate, base.copies, monday);
    Series {
        campaigns,
        messages,
        leaked: vec![0; days],
    }
}

/// `before` days of a baseline, then `after` days of it with a leak that grows in a straight line
/// over `growing` days to `leak` messages a day.
pub fn ramp(
    random: &mut Random,
    base: Baseline,
    leak: f64,
    before: usize,
    growing: usize,
    after: usize,
) -> Series {
    let mut of = series(random, base, 0.0, before + after, 0);
    let rate = |day: usize| leak * ((day + 1) as f64 / growing as f64).min(1.0);
    let monday = random.index(7);
    let (leaked, new) = counts(random, after, rate, LEAK_COPIES, monday);
    for (at, (more, new)) in leaked.iter().zip(new).enumerate() {
        of.leaked[before + at] = *more;
        of.messages[before + at] += more;
        of.campaigns[before + at] += new;
    }
    of
}

/// Messages and campaigns by day: campaigns arrive as a Poisson process; one sends 1 + Poisson
/// messages, each some days after the first.
pub fn counts(
    random: &mut Random,
    days: usize,
    rate: impl Fn(usize) -> f64,
    copies: f64,
    weekday: usize,
) -> (Vec<u32>, Vec<u32>) {
    let mean = WEEK.iter().sum::<f64>() / 7.0;
    let mut messages = vec![0; days];
    let mut campaigns = vec![0; days];
    for day in 0..days {
        let new = random.poisson(rate(day) / copies * WEEK[(day + weekday) % 7] / mean);
        campaigns[day] = new;
        messages[day] += new;
        if copies <= 1.0 {
            continue;
        }
        for _ in 0..new {
            for _ in 0..random.poisson(copies - 1.0) {
                let later = day + random.days_later(1.0);
                if let Some(slot) = messages.get_mut(later) {
                    *slot += 1;
                }
            }
        }
    }
    (messages, campaigns)
}
