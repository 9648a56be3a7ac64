//! What the statistics of 2.3 and 2.5 are made of: the likelihood of "nothing changed", and the
//! evidence for a change to each onset rate over it, in linear space with a common log-scale
//! (detection.md 2.3).

use super::likelihood::log_day;
use super::rates::{RATES, log_onset_day, quiet_day};

/// What a day says about each onset rate.
pub(super) enum Seen {
    /// Nothing came: likelihoods.
    Quiet([f64; RATES]),
    /// Something came: log-likelihoods.
    Some([f64; RATES]),
}

impl Seen {
    pub(super) fn of(x: u32, u: f64) -> Seen {
        if x == 0 {
            Seen::Quiet(quiet_day(u))
        } else {
            Seen::Some(log_onset_day(x, u))
        }
    }

    /// Each likelihood over the forecast probability `g` times exp of its log-scale.
    pub(super) fn over(&self, (g, ln_scale): (f64, f64)) -> [f64; RATES] {
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

/// The forecast probability of a day under each dispersion, times exp(−ln_scale).
#[derive(Clone, Copy, Debug)]
pub(super) struct Factors<const D: usize> {
    each: [f64; D],
    ln_scale: f64,
}

impl<const D: usize> Factors<D> {
    /// `rate` in campaigns per day; each dispersion is `widened` by what is not known about it.
    pub(super) fn of(x: u32, rate: f64, dispersions: [f64; D], widened: f64, u: f64) -> Factors<D> {
        let ln = dispersions.map(|dispersion| log_day(x, rate, dispersion + widened, u));
        let ln_scale = if x == 0 {
            0.0
        } else {
            ln.iter().copied().fold(IMPOSSIBLE, f64::max)
        };
        Factors {
            each: ln.map(|ln| (ln - ln_scale).exp()),
            ln_scale,
        }
    }
}

/// Π: the likelihood of the days so far if nothing changed, a mean over the dispersions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Null<const D: usize> {
    pub(super) ln_pi: f64,
    /// The part of each dispersion in Π.
    parts: [f64; D],
}

impl<const D: usize> Default for Null<D> {
    fn default() -> Null<D> {
        Null {
            ln_pi: 0.0,
            parts: [1.0 / D as f64; D],
        }
    }
}

impl<const D: usize> Null<D> {
    /// Takes a day and returns its forecast probability, Π over Π before, with its log-scale.
    pub(super) fn day(&mut self, factors: Factors<D>) -> (f64, f64) {
        let mut parts = self.parts;
        for (part, factor) in parts.iter_mut().zip(factors.each) {
            *part *= factor;
        }
        let sum: f64 = parts.iter().sum();
        if sum.is_nan() || sum <= 0.0 {
            // A day that no dispersion thinks possible tells them not apart.
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
pub(super) struct Changed {
    ratios: [f64; RATES],
    pub(super) total: f64,
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
    pub(super) fn day(&mut self, times: &[f64; RATES], first: usize) -> f64 {
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
    pub(super) fn start(&self, part: &mut [f64; RATES], first: usize) {
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

    pub(super) fn ln_total(&self) -> f64 {
        self.total.ln() + self.ln_scale
    }

    /// The sum itself, infinite where it is beyond any number.
    pub(super) fn value(&self) -> f64 {
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
