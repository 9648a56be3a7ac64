//! The constants of the attribution model (detection.md 4.1) and its law of the lag between a
//! leak and the first junk.

/// Days of a year, for the hazards below.
pub(super) const YEAR: f64 = 365.0;
/// Width of a step of time, in days: a leak is placed no finer than this.
pub(super) const STEP: f64 = 5.0;
/// Leak hazard of a service per day: 1 % a year (Tripwire, IMC 2017: 0.4–0.55 % a year at least).
pub(super) const H_BREACH: f64 = 0.010 / YEAR;
/// Hazard of being collected from a public page, per day.
pub(super) const H_PAGE: f64 = 0.5 / YEAR;
/// Hazard of a mail or alias provider, per day.
pub(super) const H_PROVIDER: f64 = 0.001 / YEAR;
/// Hazard of the PC and the accounts of a person written with, per person and day.
pub(super) const H_CONTACT: f64 = 0.001 / YEAR;
/// A service passes an address on soon after it got it: this often, within so many days on
/// average (Schryen 2007: 4 % of newsletter addresses were abused).
pub(super) const P_SHARE: f64 = 0.02;
pub(super) const SHARE_MEAN: f64 = 30.0;
/// Chance that a leaked address ever gets junk.
pub(super) const KAPPA: f64 = 0.85;
/// Share of services that are missing in a ledger.
pub(super) const MISS: f64 = 0.15;
/// What an unrecorded service weighs at a dedicated address, in usual services.
pub(super) const DEDICATED: f64 = 0.05;
/// Chance that a leak of a tagged form reaches the address without its tag.
pub(super) const STRIPPED: f64 = 0.3;
/// A notice was preceded by a leak of this very data with this probability, so many days before
/// on average.
pub(super) const MU_NOTICE: f64 = 0.85;
pub(super) const NOTICE_BACK: f64 = 200.0;
/// A catalogue entry means a leak of this address: it is listed, only its domain is known, or it
/// is known to be absent. The recorded day is uncertain by so many days (standard deviation).
pub(super) const MU_LISTED: f64 = 0.95;
pub(super) const MU_DOMAIN: f64 = 0.30;
pub(super) const MU_ABSENT: f64 = 0.03;
pub(super) const ENTRY_SD: f64 = 45.0;
/// A list of people with this very address was mailed out: it got out for certain, and as with a
/// listed entry the junk comes from there this often. Shown to the other recipients of a mail it
/// got out to so many people as a hobby needs; ours. The day is known (standard deviation: one
/// step).
pub(super) const MU_MAILED_LIST: f64 = MU_LISTED;
pub(super) const MU_SHOWN: f64 = 0.30;
pub(super) const MAILED_SD: f64 = STEP;
/// Two different leaks are mailed together this often: shared campaigns are never worth more than
/// one over it.
pub(super) const MIX: f64 = 0.25;
/// Campaigns that are compared at most.
pub(super) const COMPARED: u32 = 40;
/// No overlap of campaigns is worth more than this, for or against.
pub(super) const OVERLAP_CAP: f64 = 20.0;
/// Two sources that are not in the records are the same one this often.
pub(super) const SAME_UNRECORDED: f64 = 0.3;
/// Likelihood of a personal name under a holder that was given another one, under guessing, and
/// under an unrecorded service.
pub(super) const NAME_DIFFERS: f64 = 0.05;
pub(super) const NAME_UNRECORDED: f64 = 0.3;
/// A mention of a holder's brand in its own leak's junk, against the brand's usual share of junk.
pub(super) const MENTION: f64 = (0.10_f64 / 0.005).min(15.0);
/// Likelihoods are tempered with this exponent before anything is said.
pub const TEMPER: f64 = 0.9;
/// No shown likelihood is above this; what the cap takes away is given to nobody.
pub const CAP: f64 = 0.95;
/// The same for an explanation above 0.90 that is said to be likely and no more.
pub(super) const CAP_LIKELY: f64 = 0.89;

/// Lag from leak to first junk: mixture of exponentials (weight, mean in days).
const LAG: [(f64, f64); 2] = [(0.6, 14.0), (0.4, 150.0)];

/// Usual hazard of one service per day, with its share of passing on spread over three years.
pub(super) fn usual_hazard() -> f64 {
    H_BREACH + P_SHARE / 1095.0
}

/// The days of a ledger in steps of [`STEP`] days, from its day 0 to `days`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    /// How many steps there are.
    pub(super) count: usize,
    /// The day it is now.
    pub(super) now: f64,
}

impl Steps {
    pub(super) fn until(now: f64) -> Steps {
        // A ledger of a thousand years is taken as one of a hundred: its dates are wrong.
        let count = ((now.clamp(0.0, 36_525.0) + STEP) / STEP).ceil();
        Steps {
            count: count as usize,
            now,
        }
    }

    /// The day in the middle of a step.
    pub(super) fn middle(self, step: usize) -> f64 {
        step as f64 * STEP + STEP / 2.0
    }

    /// The first step in which something that is possible from `day` on is possible.
    pub(super) fn from(self, day: f64) -> usize {
        let step = (day / STEP - 1.0).ceil().max(0.0);
        (step as usize).min(self.count)
    }
}

/// What an onset says about a leak in each step of time: L(τ) = Σ p(k) f(k − τ) per day, and
/// F(τ) = Σ p(k) F(k − τ), the chance that junk would have begun before (detection.md 4.2).
#[derive(Clone, Debug)]
pub(super) struct Lagged {
    pub(super) density: Vec<f64>,
    pub(super) reached: Vec<f64>,
    /// The first step from which on both are 0.
    pub(super) until: usize,
}

impl Lagged {
    /// From the probability of each day of an onset, `(day, probability)`, ascending by day.
    ///
    /// Both are sums of exponentials, so one pass from the last step to the first gives them all.
    pub(super) fn of(onset: &[(f64, f64)], steps: Steps) -> Lagged {
        let mut density = vec![0.0; steps.count];
        let mut reached = vec![0.0; steps.count];
        let decay = LAG.map(|(_, mean)| (-STEP / mean).exp());
        let mut sums = [0.0; 2];
        let mut later = 0.0;
        let mut days = onset.iter().rev().peekable();
        let slots = density.iter_mut().zip(reached.iter_mut()).enumerate().rev();
        for (step, (density, reached)) in slots {
            let middle = steps.middle(step);
            for (sum, decay) in sums.iter_mut().zip(decay) {
                *sum *= decay;
            }
            while let Some((day, p)) = days.next_if(|(day, _)| *day >= middle) {
                later += p;
                for (sum, (_, mean)) in sums.iter_mut().zip(LAG) {
                    *sum += p * (-(day - middle) / mean).exp();
                }
            }
            let mut still = 0.0;
            for (sum, (weight, mean)) in sums.iter().zip(LAG) {
                *density += weight / mean * sum;
                still += weight * sum;
            }
            *reached = (later - still).max(0.0);
        }
        let last = onset.last().map_or(0.0, |(day, _)| *day);
        Lagged {
            density,
            reached,
            until: (((last - STEP / 2.0) / STEP).floor() + 1.0).max(0.0) as usize,
        }
    }

    /// F(now − τ) in each step: the chance that a leak would have brought junk by now.
    pub(super) fn by_now(steps: Steps) -> Vec<f64> {
        Lagged::of(&[(steps.now, 1.0)], steps).reached
    }
}
