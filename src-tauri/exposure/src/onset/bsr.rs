//! BSR: a Shiryaev-Roberts mixture over onset rates, divided by a predict-then-update forecast of
//! "nothing changed", and the level test beside it (detection.md 2.2, 2.3).

use super::likelihood::log_day;
use super::rates::{RATES, first_rate, log_onset_day, quiet_day};

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
    /// The part of `changed` that the first [`START`] observed days began, on its scale.
    started: [f64; RATES],
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
            started: [0.0; RATES],
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
        let learning = 1.0 / (1.0 + self.changed.value().min(MOST_LEARNING) / WH);
        let seen = Seen::of(x, u);
        let first = first_rate(forecast);
        let factors = Factors::of(x, forecast, widened, u);
        let times = seen.over(self.null.day(factors));
        if self.observed < START {
            self.changed.start(&mut self.started, first);
        }
        let scale = self.changed.day(&times, first);
        for (started, times) in self.started.iter_mut().zip(&times) {
            *started *= times * scale;
        }
        let level_rate = forecast.min(self.lambda_bg);
        let factors_level = if level_rate < forecast {
            Factors::of(x, level_rate, widened, u)
        } else {
            factors
        };
        let times = seen.over(self.null_level.day(factors_level));
        self.changed_level.day(&times, self.first_level);
        self.observed = self.observed.saturating_add(1);
        self.sx += learning * f64::from(x);
        self.su += learning * u;
        self.step(ln_pi, forecast)
    }

    /// Probability that a change, if there was one, lies in the first [`START`] observed days:
    /// the share of M that those days began.
    pub fn from_start(&self) -> f64 {
        if self.changed.total > 0.0 {
            self.started.iter().sum::<f64>() / self.changed.total
        } else {
            0.0
        }
    }

    fn step(&self, ln_pi: f64, forecast: f64) -> Step {
        Step {
            ln_m: self.changed.ln_total(),
            ln_level: self.changed_level.ln_total(),
            ln_pi,
            forecast,
        }
    }
}

/// M above which learning does not slow down any more: exp 50.
const MOST_LEARNING: f64 = 5.184_705_528_587_072e21;

/// What a day says about each onset rate.
enum Seen {
    /// Nothing came: likelihoods.
    Quiet([f64; RATES]),
    /// Something came: log-likelihoods.
    Some([f64; RATES]),
}

impl Seen {
    fn of(x: u32, u: f64) -> Seen {
        if x == 0 {
            Seen::Quiet(quiet_day(u))
        } else {
            Seen::Some(log_onset_day(x, u))
        }
    }

    /// Each likelihood over the forecast probability `g` times exp of its log-scale.
    fn over(&self, (g, ln_scale): (f64, f64)) -> [f64; RATES] {
        match self {
            Seen::Quiet(f) => {
                let over_g = 1.0 / g;
                f.map(|f| f * over_g)
            }
            Seen::Some(ln) => {
                let ln_g = g.ln() + ln_scale;
                ln.map(|ln| (ln - ln_g).min(MOST).exp())
            }
        }
    }
}

/// The forecast probability of a day under each of [`DS0`], times exp(−ln_scale).
#[derive(Clone, Copy, Debug)]
struct Factors {
    each: [f64; 2],
    ln_scale: f64,
}

impl Factors {
    fn of(x: u32, rate: f64, widened: f64, u: f64) -> Factors {
        let ln = DS0.map(|dispersion| log_day(x, rate, dispersion + widened, u));
        let ln_scale = if x == 0 {
            0.0
        } else {
            ln[0].max(ln[1]).max(IMPOSSIBLE)
        };
        Factors {
            each: ln.map(|ln| (ln - ln_scale).exp()),
            ln_scale,
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
    /// Takes a day and returns its forecast probability, Π over Π before, with its log-scale.
    fn day(&mut self, factors: Factors) -> (f64, f64) {
        let mut parts = self.parts;
        for (part, factor) in parts.iter_mut().zip(factors.each) {
            *part *= factor;
        }
        let sum = parts[0] + parts[1];
        if sum.is_nan() || sum <= 0.0 {
            // A day that neither dispersion thinks possible tells them not apart.
            self.ln_pi += factors.ln_scale;
            return (1.0, factors.ln_scale);
        }
        self.parts = parts.map(|part| part / sum);
        self.ln_pi += factors.ln_scale + sum.ln();
        (sum, factors.ln_scale)
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
    /// A change may start today to each rate from `first` on; then the day is taken, which is
    /// `times` as likely under each as if nothing had changed. Returns what everything on this
    /// scale is to be multiplied with.
    fn day(&mut self, times: &[f64; RATES], first: usize) -> f64 {
        let weight = self.weight(first);
        for ratio in self.ratios.iter_mut().skip(first) {
            *ratio += weight;
        }
        for (ratio, times) in self.ratios.iter_mut().zip(times) {
            *ratio *= times;
        }
        self.total = sum(&self.ratios);
        if self.total <= LARGE {
            return 1.0;
        }
        let scale = 1.0 / self.total;
        for ratio in &mut self.ratios {
            *ratio *= scale;
        }
        self.ln_scale += self.total.ln();
        self.total = 1.0;
        scale
    }

    /// Adds to `part` what a change that starts today adds.
    fn start(&self, part: &mut [f64; RATES], first: usize) {
        let weight = self.weight(first);
        for ratio in part.iter_mut().skip(first) {
            *ratio += weight;
        }
    }

    /// What a change to one rate that starts today adds.
    fn weight(&self, first: usize) -> f64 {
        let rates = (RATES - first.min(RATES)).max(1) as f64;
        if self.ln_scale > 0.0 {
            (-self.ln_scale).exp() / rates
        } else {
            1.0 / rates
        }
    }

    fn ln_total(&self) -> f64 {
        self.total.ln() + self.ln_scale
    }

    /// The sum itself, infinite where it is beyond any number.
    fn value(&self) -> f64 {
        if self.ln_scale > 0.0 {
            self.ln_total().exp()
        } else {
            self.total
        }
    }
}

/// The sum, in four parts that do not wait for one another.
fn sum(values: &[f64; RATES]) -> f64 {
    let mut parts = [0.0; 4];
    for four in values.chunks(4) {
        for (part, value) in parts.iter_mut().zip(four) {
            *part += value;
        }
    }
    parts.iter().sum()
}
