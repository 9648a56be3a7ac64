//! BSR-sup: the same statistic over the best constant rate instead of the forecast
//! (detection.md 2.3, 2.5). For every constant rate and dispersion of the family the chance that
//! it ever reaches A within m days is at most m/A, so that it bears a statement about chance.

use super::bsr::{A0, B0};
use super::likelihood::log_day;
use super::rates::first_rate;
use super::recursion::{Changed, Factors, Null, Seen};
use std::sync::LazyLock;

/// Dispersions of the constant null.
const DS0: [f64; 4] = [1.0, 2.0, 4.0, 8.0];
/// How many constant rates there are: 0.0005 · 2^g campaigns per day, 0.0005 to 65.5.
const RATES0: usize = 18;
/// Counts of a whole day that are looked up.
const LOOKED_UP: u32 = 64;

/// Log-likelihoods under each dispersion and constant rate.
type Constants = [[f64; RATES0]; 4];

static CONSTANT_RATES: LazyLock<[f64; RATES0]> =
    LazyLock::new(|| std::array::from_fn(|g| 0.0005 * (g as f64).exp2()));

static WHOLE_DAYS: LazyLock<Vec<Constants>> =
    LazyLock::new(|| (0..LOOKED_UP).map(|x| constants(x, 1.0)).collect());

fn constants(x: u32, u: f64) -> Constants {
    DS0.map(|dispersion| CONSTANT_RATES.map(|rate| log_day(x, rate, dispersion, u)))
}

/// The state of the recursion for one segment of one address.
#[derive(Clone, Debug, Default)]
pub struct BsrSup {
    sx: f64,
    su: f64,
    null: Null<4>,
    changed: Changed,
    constant: Constants,
}

impl BsrSup {
    /// One day: `x` new campaigns, `u` the observed share of the day. A day that was not observed
    /// (`u` = 0) changes nothing.
    pub fn day(&mut self, x: u32, u: f64) {
        if u <= 0.0 || u.is_nan() {
            return;
        }
        let forecast = (A0 + self.sx) / (B0 + self.su);
        let widened = u / (B0 + self.su);
        let factors = Factors::of(x, forecast, DS0, widened, u);
        let times = Seen::of(x, u).over(self.null.day(factors));
        self.changed.day(&times, first_rate(forecast));
        self.sx += f64::from(x);
        self.su += u;
        let known = WHOLE_DAYS.get(x as usize).filter(|_| u == 1.0);
        let of_day = known.copied().unwrap_or_else(|| constants(x, u));
        for (sums, of_day) in self.constant.iter_mut().zip(of_day) {
            for (sum, one) in sums.iter_mut().zip(of_day) {
                *sum += one;
            }
        }
    }

    /// ln M_sup: how much likelier a change makes the days so far than the best constant rate.
    pub fn ln_m(&self) -> f64 {
        let best = self.constant.iter().map(peak).fold(f64::MIN, f64::max);
        self.changed.ln_total() + self.null.ln_pi - best
    }
}

/// The highest value over all rates of a log-likelihood known at [`CONSTANT_RATES`]: the peak of
/// a θ − b e^θ + c (θ the logarithm of the rate) through the best of them and its neighbours,
/// which is exact for a Poisson.
fn peak(known: &[f64; RATES0]) -> f64 {
    let rates = &*CONSTANT_RATES;
    let highest = |best: usize, at: usize| {
        if known.get(at) > known.get(best) {
            at
        } else {
            best
        }
    };
    let best = (0..RATES0).fold(0, highest);
    let around = |values: &[f64; RATES0]| {
        let below = best.checked_sub(1)?;
        Some([
            *values.get(below)?,
            *values.get(best)?,
            *values.get(best + 1)?,
        ])
    };
    let at_best = known.get(best).copied().unwrap_or(f64::MIN);
    let (Some([before, top, after]), Some([lower, rate, upper])) = (around(known), around(rates))
    else {
        return at_best;
    };
    let (rise, fall) = (top - before, after - top);
    let b = (rise - fall) / ((upper - rate) - (rate - lower));
    let a = (rise + b * (rate - lower)) / std::f64::consts::LN_2;
    if b <= 0.0 || a <= 0.0 {
        return at_best;
    }
    let turn = a / b;
    at_best.max(top + a * (turn / rate).ln() - b * (turn - rate))
}
