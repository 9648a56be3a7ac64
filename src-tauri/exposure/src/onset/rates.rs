//! The onset rates and the likelihood of a day under each of them (detection.md 2.2).

use super::likelihood::log_day;
use std::sync::LazyLock;

/// How many onset rates there are.
pub(super) const RATES: usize = 21;
/// Dispersion after the onset.
const D1: f64 = 1.2;
/// A new rate is at least this many times the old estimate.
const RHO: f64 = 1.5;
/// Counts of a day that are looked up.
const LOOKED_UP: usize = 64;
/// Common factors are 2^(k/8), k from −13 to 13: a third to three times a whole day.
const MOST_STEPS: usize = 13;
const STEPS: usize = 2 * MOST_STEPS + 1;

/// Onset rate j: 0.05 · 2^(j/2) campaigns per day, 0.05 to 51.2.
fn onset_rate(j: usize) -> f64 {
    0.05 * (0.5 * j as f64).exp2()
}

static ONSET_RATES: LazyLock<[f64; RATES]> = LazyLock::new(|| std::array::from_fn(onset_rate));

/// The common factors, ascending.
static FACTORS: LazyLock<[f64; STEPS]> =
    LazyLock::new(|| std::array::from_fn(|k| ((k as f64 - MOST_STEPS as f64) / 8.0).exp2()));

/// Halfway between two common factors, by their logarithms.
static BETWEEN: LazyLock<[f64; STEPS - 1]> =
    LazyLock::new(|| std::array::from_fn(|k| ((k as f64 - MOST_STEPS as f64 + 0.5) / 8.0).exp2()));

/// The nearest common factor.
pub fn nearest_factor(factor: f64) -> f64 {
    let at = BETWEEN.partition_point(|between| *between <= factor);
    FACTORS.get(at).copied().unwrap_or(1.0)
}

/// What is known of whole days with one common factor: pure functions of nothing, kept because
/// ten years of a thousand addresses ask them millions of times.
struct Known {
    /// Log-likelihoods by count.
    days: Vec<[f64; RATES]>,
    /// Likelihood of a day without anything.
    quiet: [f64; RATES],
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let known = |u: &f64| Known {
        days: (0..LOOKED_UP as u32).map(|x| computed(x, *u)).collect(),
        quiet: computed(0, *u).map(f64::exp),
    };
    FACTORS.iter().map(known).collect()
});

fn known(u: f64) -> Option<&'static Known> {
    let at = if u == 1.0 {
        MOST_STEPS
    } else {
        let at = FACTORS.partition_point(|factor| *factor < u);
        FACTORS.get(at).filter(|factor| **factor == u).map(|_| at)?
    };
    KNOWN.get(at)
}

/// Likelihood of a day without anything, of which the share `u` was observed, under each onset
/// rate. Rates double every other step, so it squares.
pub(super) fn quiet_day(u: f64) -> [f64; RATES] {
    if let Some(known) = known(u) {
        return known.quiet;
    }
    let mut all = [0.0; RATES];
    let mut f = [0, 1].map(|j| log_day(0, onset_rate(j), D1, u).exp());
    for pair in all.chunks_mut(2) {
        for (slot, f) in pair.iter_mut().zip(f) {
            *slot = f;
        }
        f = f.map(|f| f * f);
    }
    all
}

/// The first rate that is at least [`RHO`] times `lam`; [`RATES`] where none is.
pub(super) fn first_rate(lam: f64) -> usize {
    ONSET_RATES.partition_point(|rate| *rate < RHO * lam)
}

/// log-likelihood of a day with `x` campaigns, of which the share `u` was observed, under each
/// onset rate.
pub(super) fn log_onset_day(x: u32, u: f64) -> [f64; RATES] {
    if let Some(day) = known(u).and_then(|known| known.days.get(x as usize)) {
        return *day;
    }
    computed(x, u)
}

fn computed(x: u32, u: f64) -> [f64; RATES] {
    std::array::from_fn(|j| log_day(x, onset_rate(j), D1, u))
}
