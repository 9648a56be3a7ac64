//! What moving only the services saves: nothing of the junk that is here, but the next leak.
//!
//! The address stays with the people and so does its junk. What ends is that each service can let
//! it out once more, at 1 % a year. A further leak is taken to bring as much junk again as there is
//! now, and to fade as this one does; at most one is counted. The model is ours.

use super::figures::{burden, cost_of_services, hazard_per_month, sum, upkeep};
use super::inputs::Inputs;

/// Longer than ten years is never.
const MOST_MONTHS: u32 = 120;

/// What moving the services costs and saves.
pub(super) struct NextLeak {
    /// Minutes a month that the junk of one more leak costs at first.
    again: f64,
    hazard: f64,
    decay: f64,
    upkeep: f64,
    cost: f64,
}

impl NextLeak {
    pub(super) fn of(inputs: &Inputs) -> NextLeak {
        let junk = inputs.junk_per_day;
        NextLeak {
            again: burden(inputs, 2.0 * junk).together() - burden(inputs, junk).together(),
            hazard: hazard_per_month(inputs),
            decay: inputs.future.decay_per_month(),
            upkeep: upkeep(inputs),
            cost: cost_of_services(inputs).together(),
        }
    }

    /// What it saves in so many months, in minutes, after what it costs.
    pub(super) fn net(&self, months: f64) -> f64 {
        let exposed = exposed_months(self.hazard, self.decay, months);
        self.again * exposed - self.upkeep * months - self.cost
    }

    /// After how many months it has paid for itself.
    pub(super) fn break_even(&self) -> Option<f64> {
        let month = (1..=MOST_MONTHS).find(|month| self.net(f64::from(*month)) >= 0.0)?;
        let (mut early, mut late) = (f64::from(month - 1), f64::from(month));
        for _ in 0..30 {
            let middle = 0.5 * (early + late);
            if self.net(middle) >= 0.0 {
                late = middle;
            } else {
                early = middle;
            }
        }
        Some(late)
    }
}

/// Expected months, within the next so many, that bear the junk of one more leak; a month in which
/// it has faded to a half counts as half: `∫ h exp(-h τ) (1 - exp(-d (T - τ))) / d dτ`.
fn exposed_months(hazard: f64, decay: f64, months: f64) -> f64 {
    if hazard <= 0.0 || months <= 0.0 {
        return 0.0;
    }
    if decay * months < 1e-6 {
        return months - sum(1.0, hazard, months);
    }
    // (exp(-h T) - exp(-d T)) / (d - h), which stays finite where they are equal.
    let between = (-hazard.min(decay) * months).exp() * sum(1.0, (decay - hazard).abs(), months);
    let leaked = -(-hazard * months).exp_m1();
    ((leaked - hazard * between) / decay).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closed_form_is_the_integral() {
        for (hazard, decay, months) in [
            (0.05, 0.0, 12.0),
            (0.05, 0.115, 12.0),
            (0.2, 0.2, 30.0),
            (0.001, 2.0, 120.0),
            (3.0, 0.01, 6.0),
        ] {
            let steps = 200_000;
            let step = months / f64::from(steps);
            let integral: f64 = (0..steps)
                .map(|n| {
                    let at = (f64::from(n) + 0.5) * step;
                    hazard * (-hazard * at).exp() * sum(1.0, decay, months - at) * step
                })
                .sum();
            let closed = exposed_months(hazard, decay, months);
            assert!(
                (closed - integral).abs() < 1e-6 * (1.0 + integral),
                "hazard {hazard}, decay {decay}: {closed} is not {integral}"
            );
        }
    }
}
