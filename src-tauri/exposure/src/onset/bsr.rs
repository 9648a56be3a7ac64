//! BSR: a Shiryaev-Roberts mixture over onset rates, divided by a predict-then-update forecast of
//! "nothing changed", and the level test beside it (detection.md 2.2, 2.3).

use super::likelihood::log_day;
use super::rates::{RATES, first_rate, log_onset_day};

/// Dispersions of the no-change forecast.
const DS0: [f64; 2] = [1.0, 2.0];
/// Gamma prior of the old rate.
const A0: f64 = 0.1;
const B0: f64 = 0.2;
/// Learning is halved when the statistic reaches one per address and year.
const WH: f64 = 365.25;
/// What an unleaked alias gets at most, campaigns per day.
pub const LAMBDA_BG: f64 = 0.02;
/// Observed days that are the start of a segment.
pub const START: u32 = 7;

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
    /// Probability that a change, if there was one, lies in the first [`START`] observed days:
    /// the share of M that those days began.
    pub from_start: f64,
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
    observed: u32,
    null: Null,
    null_level: Null,
    changed: Changed,
    from_start: Changed,
    changed_level: Changed,
    lambda_bg: f64,
    first_level: usize,
}

impl Bsr {
    /// A new segment. `lambda_bg`: what an unleaked address gets at most, campaigns per day.
    pub fn new(lambda_bg: f64) -> Bsr {
        Bsr {
            sx: 0.0,
            su: 0.0,
            observed: 0,
            null: Null::default(),
            null_level: Null::default(),
            changed: Changed::default(),
            from_start: Changed::default(),
            changed_level: Changed::default(),
            lambda_bg,
            first_level: first_rate(lambda_bg),
        }
    }

    /// One day: `x` new campaigns, `u` the observed share of the day. A day that was not observed
    /// (`u` = 0) changes nothing.
    pub fn day(&mut self, x: u32, u: f64) -> Step {
        let ln_pi = self.null.ln_pi;
        let forecast = (A0 + self.sx) / (B0 + self.su);
        if u <= 0.0 || u.is_nan() {
            return self.step(ln_pi, forecast);
        }
        let widened = u / (B0 + self.su);
        let m = self.changed.ln_total().min(50.0).exp();
        let after = log_onset_day(x, u);
        let ln_g = self.null.day(x, forecast, widened, u);
        self.changed.day(x, &after, ln_g, first_rate(forecast));
        let starts = if self.observed < START {
            first_rate(forecast)
        } else {
            RATES
        };
        self.from_start.day(x, &after, ln_g, starts);
        let level_rate = forecast.min(self.lambda_bg);
        let ln_g_level = self.null_level.day(x, level_rate, widened, u);
        self.changed_level
            .day(x, &after, ln_g_level, self.first_level);
        self.observed += 1;
        let learning = 1.0 / (1.0 + m / WH);
        self.sx += learning * f64::from(x);
        self.su += learning * u;
        self.step(ln_pi, forecast)
    }

    fn step(&self, ln_pi: f64, forecast: f64) -> Step {
        let ln_m = self.changed.ln_total();
        let from_start = (self.from_start.ln_total() - ln_m).exp();
        Step {
            ln_m,
            ln_level: self.changed_level.ln_total(),
            from_start: if from_start.is_nan() { 0.0 } else { from_start },
            ln_pi,
            forecast,
        }
    }
}

/// Π: the likelihood of the days so far if nothing changed, a mean over [`DS0`].
#[derive(Clone, Copy, Debug)]
struct Null {
    ln_pi: f64,
    /// The part of each dispersion in Π.
    parts: [f64; 2],
}

impl Default for Null {
    fn default() -> Null {
        Null {
            ln_pi: 0.0,
            parts: [0.5; 2],
        }
    }
}

impl Null {
    /// Takes a day and returns the log of its forecast probability, ln (Π / Π before).
    fn day(&mut self, x: u32, rate: f64, widened: f64, u: f64) -> f64 {
        let ln = DS0.map(|dispersion| log_day(x, rate, dispersion + widened, u));
        let most = ln[0].max(ln[1]);
        let mut parts = self.parts;
        for (part, ln) in parts.iter_mut().zip(ln) {
            *part *= (ln - most).exp();
        }
        let sum = parts[0] + parts[1];
        if !(sum > 0.0 && most.is_finite()) {
            // A day that neither dispersion thinks possible tells them not apart.
            self.ln_pi += most.max(IMPOSSIBLE);
            return most.max(IMPOSSIBLE);
        }
        self.parts = parts.map(|part| part / sum);
        self.ln_pi += most + sum.ln();
        most + sum.ln()
    }
}

/// Log-probability of what cannot be.
const IMPOSSIBLE: f64 = -1e6;
/// The sum is rescaled above this, and no day adds more than exp of that.
const LARGE: f64 = 1e150;
const MOST: f64 = 350.0;

/// Σ N_j / Π: the evidence for a change to each onset rate, over Π, times exp(−ln_scale).
#[derive(Clone, Debug)]
struct Changed {
    ratios: [f64; RATES],
    total: f64,
    ln_scale: f64,
}

impl Default for Changed {
    fn default() -> Changed {
        Changed {
            ratios: [0.0; RATES],
            total: 0.0,
            ln_scale: 0.0,
        }
    }
}

impl Changed {
    /// A change may start today to each rate from `first` on; then the day is taken, whose
    /// log-likelihoods are `after`, and `ln_g` if nothing changed.
    fn day(&mut self, x: u32, after: &[f64; RATES], ln_g: f64, first: usize) {
        if first >= RATES && self.total == 0.0 {
            return;
        }
        let weight = (-self.ln_scale).exp() / (RATES - first.min(RATES)).max(1) as f64;
        for ratio in self.ratios.iter_mut().skip(first) {
            *ratio += weight;
        }
        if x == 0 {
            self.quiet(after, ln_g);
        } else {
            for (ratio, ln) in self.ratios.iter_mut().zip(after) {
                *ratio *= (ln - ln_g).min(MOST).exp();
            }
        }
        self.total = self.ratios.iter().sum();
        if self.total > LARGE {
            self.rescale();
        }
    }

    /// A day without anything: rates double every other step, so f(0) squares.
    fn quiet(&mut self, after: &[f64; RATES], ln_g: f64) {
        let over_g = (-ln_g).exp();
        let mut f = [after[0].exp(), after[1].exp()];
        for pair in self.ratios.chunks_mut(2) {
            for (ratio, f) in pair.iter_mut().zip(f) {
                *ratio *= f * over_g;
            }
            f = f.map(|f| f * f);
        }
    }

    fn rescale(&mut self) {
        // What a flood takes beyond any number is taken as the largest one.
        let most = if self.total.is_finite() {
            self.total
        } else {
            f64::MAX
        };
        for ratio in &mut self.ratios {
            *ratio = ratio.min(most) / most;
        }
        self.total = self.ratios.iter().sum();
        self.ln_scale += most.ln();
    }

    fn ln_total(&self) -> f64 {
        self.total.ln() + self.ln_scale
    }
}
