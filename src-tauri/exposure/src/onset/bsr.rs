//! BSR: a Shiryaev-Roberts mixture over onset rates, divided by a predict-then-update forecast of
//! "nothing changed", and the level test beside it (detection.md 2.2, 2.3).

use super::likelihood::{log_add, log_day, log_sum};

/// Dispersions of the no-change forecast.
const DS0: [f64; 2] = [1.0, 2.0];
/// How many onset rates there are.
pub(super) const RATES: usize = 21;
/// Dispersion after the onset.
const D1: f64 = 1.2;
/// A new rate is at least this many times the old estimate.
const RHO: f64 = 1.5;
/// Gamma prior of the old rate.
const A0: f64 = 0.1;
const B0: f64 = 0.2;
/// Learning is halved when the statistic reaches one per address and year.
const WH: f64 = 365.25;
/// What an unleaked alias gets at most, campaigns per day.
pub const LAMBDA_BG: f64 = 0.02;

/// Onset rate j: 0.05 · 2^(j/2) campaigns per day, 0.05 to 51.2.
pub(super) fn onset_rate(j: usize) -> f64 {
    0.05 * (0.5 * j as f64).exp2()
}

/// The first rate that is at least RHO times `lam`; [`RATES`] where none is.
pub(super) fn first_rate(lam: f64) -> usize {
    (0..RATES)
        .find(|j| onset_rate(*j) >= RHO * lam)
        .unwrap_or(RATES)
}

/// log-likelihood of a day under each onset rate.
pub(super) fn log_onset_day(x: u32, u: f64) -> [f64; RATES] {
    std::array::from_fn(|j| log_day(x, onset_rate(j), D1, u))
}

/// The alarm threshold with `segments` open detectors (detection.md 2.4): at most one false flag
/// in ten years for the whole ledger up to 30 of them.
pub fn threshold(segments: usize) -> f64 {
    (3_652.5 * segments as f64).clamp(36_525.0, 109_575.0)
}

/// What one day did to the statistics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// ln M after the day: did it change?
    pub ln_m: f64,
    /// ln M_level after the day: does it get more than an unleaked address ever would?
    pub ln_level: f64,
    /// ln Π before the day.
    pub(super) ln_pi: f64,
    /// Forecast rate before the day, campaigns per day.
    pub(super) forecast: f64,
}

/// The state of the recursion for one segment of one address.
#[derive(Clone, Debug)]
pub struct Bsr {
    sx: f64,
    su: f64,
    ln_pi: [f64; 2],
    ln_pi_level: [f64; 2],
    ln_n: [f64; RATES],
    ln_n_level: [f64; RATES],
    ln_m: f64,
    ln_level: f64,
    lambda_bg: f64,
}

impl Bsr {
    /// A new segment. `lambda_bg`: what an unleaked address gets at most, campaigns per day.
    pub fn new(lambda_bg: f64) -> Bsr {
        Bsr {
            sx: 0.0,
            su: 0.0,
            ln_pi: [0.0; 2],
            ln_pi_level: [0.0; 2],
            ln_n: [f64::NEG_INFINITY; RATES],
            ln_n_level: [f64::NEG_INFINITY; RATES],
            ln_m: f64::NEG_INFINITY,
            ln_level: f64::NEG_INFINITY,
            lambda_bg,
        }
    }

    /// One day: `x` new campaigns, `u` the observed share of the day. A day that was not observed
    /// (`u` = 0) changes nothing.
    pub fn day(&mut self, x: u32, u: f64) -> Step {
        let ln_pi = log_sum(&self.ln_pi) - (DS0.len() as f64).ln();
        let forecast = (A0 + self.sx) / (B0 + self.su);
        if u <= 0.0 {
            return Step {
                ln_m: self.ln_m,
                ln_level: self.ln_level,
                ln_pi,
                forecast,
            };
        }
        let after = log_onset_day(x, u);
        let first = first_rate(forecast);
        let ln_w = if first < RATES {
            ln_pi - ((RATES - first) as f64).ln()
        } else {
            f64::NEG_INFINITY
        };
        for (j, (n, f)) in self.ln_n.iter_mut().zip(&after).enumerate() {
            *n = f + if j >= first { log_add(*n, ln_w) } else { *n };
        }
        let first_level = first_rate(self.lambda_bg);
        let ln_pi_level = log_sum(&self.ln_pi_level) - (DS0.len() as f64).ln();
        let ln_w_level = ln_pi_level - ((RATES - first_level) as f64).ln();
        for (j, (n, f)) in self.ln_n_level.iter_mut().zip(&after).enumerate() {
            if j >= first_level {
                *n = f + log_add(*n, ln_w_level);
            }
        }
        let level_rate = forecast.min(self.lambda_bg);
        let widened = u / (B0 + self.su);
        for ((pi, level), dispersion) in self.ln_pi.iter_mut().zip(&mut self.ln_pi_level).zip(DS0) {
            *pi += log_day(x, forecast, dispersion + widened, u);
            *level += log_day(x, level_rate, dispersion + widened, u);
        }
        let learning = 1.0 / (1.0 + self.ln_m.min(50.0).exp() / WH);
        self.sx += learning * f64::from(x);
        self.su += learning * u;
        let ln_d = (DS0.len() as f64).ln();
        self.ln_m = log_sum(&self.ln_n) - (log_sum(&self.ln_pi) - ln_d);
        self.ln_level = log_sum(&self.ln_n_level) - (log_sum(&self.ln_pi_level) - ln_d);
        Step {
            ln_m: self.ln_m,
            ln_level: self.ln_level,
            ln_pi,
            forecast,
        }
    }
}
