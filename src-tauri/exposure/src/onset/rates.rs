//! The onset rates and the likelihood of a day under each of them (detection.md 2.2).

use super::likelihood::log_day;
use std::sync::LazyLock;

/// How many onset rates there are.
pub(super) const RATES: usize = 21;
/// Dispersion after the onset.
const D1: f64 = 1.2;
/// A new rate is at least this many times the old estimate.
const RHO: f64 = 1.5;
/// Counts of a whole day that are looked up.
const LOOKED_UP: usize = 64;

/// Onset rate j: 0.05 · 2^(j/2) campaigns per day, 0.05 to 51.2.
fn onset_rate(j: usize) -> f64 {
    0.05 * (0.5 * j as f64).exp2()
}

static ONSET_RATES: LazyLock<[f64; RATES]> = LazyLock::new(|| std::array::from_fn(onset_rate));

/// A pure function of nothing, kept because ten years of a thousand addresses ask it millions of
/// times.
static WHOLE_DAYS: LazyLock<Vec<[f64; RATES]>> =
    LazyLock::new(|| (0..LOOKED_UP as u32).map(|x| computed(x, 1.0)).collect());

/// f(0) of a whole day under each onset rate.
static QUIET_DAY: LazyLock<[f64; RATES]> = LazyLock::new(|| computed(0, 1.0).map(f64::exp));

/// Likelihood of a day without anything, of which the share `u` was observed, under each onset
/// rate. Rates double every other step, so it squares.
pub(super) fn quiet_day(u: f64) -> [f64; RATES] {
    if u == 1.0 {
        return *QUIET_DAY;
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
    if u == 1.0
        && let Some(known) = WHOLE_DAYS.get(x as usize)
    {
        return *known;
    }
    computed(x, u)
}

fn computed(x: u32, u: f64) -> [f64; RATES] {
    std::array::from_fn(|j| log_day(x, onset_rate(j), D1, u))
}
