//! How fast the junk of an address fades, from its own days.
//!
//! Poisson regression `log E x_t = a - d t` on the days that were observed, with a flat prior for
//! `a` and `d ~ N(0, (ln 2 / 180)^2)`: half a year is one standard deviation (detection.md 5).

use super::inputs::Future;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Days since the onset before anything is fitted.
pub const LEAST_DAYS: i32 = 90;
/// Standard deviation of the prior, per day.
const PRIOR: f64 = std::f64::consts::LN_2 / 180.0;
/// No junk fades or grows faster than this, per day.
const MOST: f64 = 2.0;

/// A fit of the junk since its onset.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Fit {
    /// Natural logarithm by which it fades in a day; below 0: it grows.
    pub per_day: f64,
    /// Standard deviation of that. Junk comes in campaigns, so the truth is wider.
    pub deviation: f64,
    /// Observed days that it rests on.
    pub days: u32,
    /// Junk messages that it rests on.
    pub junk: u64,
}

impl Fit {
    /// In how many days it halves; `None` where it does not fade.
    pub fn half_life_days(&self) -> Option<f64> {
        (self.per_day > 0.0).then(|| std::f64::consts::LN_2 / self.per_day)
    }

    /// As the future of the junk.
    pub const fn future(&self) -> Future {
        Future::Fitted {
            per_day: self.per_day,
        }
    }
}

/// Fits the junk of the observed days since the onset, given as day and count; days before the
/// onset and from `today` on (the day is not over) are left out.
///
/// `None` before 90 days have passed, and where no junk came or fewer than two days were observed.
pub fn fit(observed: &[(Date, u32)], onset: Date, today: Date) -> Option<Fit> {
    if (today - onset).get_days() < LEAST_DAYS {
        return None;
    }
    let days: Vec<(f64, f64)> = observed
        .iter()
        .filter(|(day, _)| (onset..today).contains(day))
        .map(|(day, junk)| (f64::from((*day - onset).get_days()), f64::from(*junk)))
        .collect();
    let junk: f64 = days.iter().map(|(_, x)| x).sum();
    if days.len() < 2 || junk <= 0.0 {
        return None;
    }
    let moment: f64 = days.iter().map(|(t, x)| t * x).sum();
    // With `a` at its best, the derivative of the log posterior in `d` falls everywhere.
    let slope = |d: f64| {
        let (mean, _) = spread(&days, d);
        junk * mean - moment - d / (PRIOR * PRIOR)
    };
    let (mut low, mut high) = (-MOST, MOST);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if slope(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let per_day = 0.5 * (low + high);
    let (_, variance) = spread(&days, per_day);
    Some(Fit {
        per_day,
        deviation: (junk * variance + 1.0 / (PRIOR * PRIOR)).sqrt().recip(),
        days: u32::try_from(days.len()).unwrap_or(u32::MAX),
        junk: days.iter().map(|(_, x)| *x as u64).sum(),
    })
}

/// Mean and variance of the days, each weighed by `exp(-d t)`.
fn spread(days: &[(f64, f64)], d: f64) -> (f64, f64) {
    let most = days
        .iter()
        .map(|(t, _)| -d * t)
        .fold(f64::NEG_INFINITY, f64::max);
    let (mut weight, mut first, mut second) = (0.0, 0.0, 0.0);
    for (t, _) in days {
        let w = (-d * t - most).exp();
        weight += w;
        first += w * t;
        second += w * t * t;
    }
    let mean = first / weight;
    (mean, (second / weight - mean * mean).max(0.0))
}
