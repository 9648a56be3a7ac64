//! BSR: a Shiryaev-Roberts mixture over onset rates, divided by a predict-then-update forecast of
//! "nothing changed", and the level test beside it (detection.md 2.2, 2.3).

use super::rates::{RATES, first_rate};
use super::recursion::{Changed, Factors, Null, Seen};

/// Dispersions of the no-change forecast.
const DS0: [f64; 2] = [1.0, 2.0];
/// Gamma prior of the old rate.
pub(super) const A0: f64 = 0.1;
pub(super) const B0: f64 = 0.2;
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
    null: Null<2>,
    changed: Changed,
    /// The part of `changed` that the first [`START`] observed days began, on its scale.
    started: [f64; RATES],
    /// The level test, where it is asked for.
    level: Option<Level>,
}

/// The same recursion with the forecast capped.
#[derive(Clone, Debug)]
struct Level {
    null: Null<2>,
    changed: Changed,
    lambda_bg: f64,
    first: usize,
}

impl Bsr {
    /// A new segment. `lambda_bg`: what an unleaked address gets at most, campaigns per day.
    pub fn new(lambda_bg: f64) -> Bsr {
        Bsr {
            sx: 0.0,
            su: 0.0,
            observed: 0,
            null: Null::default(),
            changed: Changed::default(),
            started: [0.0; RATES],
            level: Some(Level {
                null: Null::default(),
                changed: Changed::default(),
                lambda_bg,
                first: first_rate(lambda_bg),
            }),
        }
    }

    /// A new segment that is only asked whether it changed.
    pub fn without_level() -> Bsr {
        Bsr {
            level: None,
            ..Bsr::new(LAMBDA_BG)
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
        let factors = Factors::of(x, forecast, DS0, widened, u);
        let times = seen.over(self.null.day(factors));
        if self.observed < START {
            self.changed.start(&mut self.started, first);
        }
        let scale = self.changed.day(&times, first);
        for (started, times) in self.started.iter_mut().zip(&times) {
            *started *= times * scale;
        }
        if let Some(level) = &mut self.level {
            let rate = forecast.min(level.lambda_bg);
            let factors = if rate < forecast {
                Factors::of(x, rate, DS0, widened, u)
            } else {
                factors
            };
            let times = seen.over(level.null.day(factors));
            level.changed.day(&times, level.first);
        }
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
            ln_level: match &self.level {
                Some(level) => level.changed.ln_total(),
                None => f64::NEG_INFINITY,
            },
            ln_pi,
            forecast,
        }
    }
}

/// M above which learning does not slow down any more: exp 50.
const MOST_LEARNING: f64 = 5.184_705_528_587_072e21;
