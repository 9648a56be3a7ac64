//! When it began: the posterior of the onset day (detection.md 2.6).

use super::bsr::Step;
use super::likelihood::log_sum;
use super::rates::{RATES, first_rate, log_onset_day};

/// No day is less probable than exp of this: it is far below what any sum can show.
const LEAST: f64 = -700.0;

/// Probability of each day of a segment to be the first one after the change.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// One probability per day, summing to 1.
    pub days: Vec<f64>,
}

impl Posterior {
    /// The posterior given every day `(x, u)` of a segment with its [`Step`]s; no day before
    /// `from` (an index) can be the onset. `None` when no observed day is left.
    pub fn of(days: &[(u32, f64)], steps: &[Step], from: usize) -> Option<Posterior> {
        let mut ln = vec![f64::NEG_INFINITY; days.len()];
        let mut suffix = [0.0; RATES];
        for (at, ((x, u), step)) in days.iter().zip(steps).enumerate().rev() {
            if at < from {
                break;
            }
            if *u <= 0.0 {
                continue;
            }
            for (sum, f) in suffix.iter_mut().zip(log_onset_day(*x, *u)) {
                *sum += f;
            }
            let first = first_rate(step.forecast);
            if let (Some(open), Some(slot)) = (
                suffix.get(first..).filter(|s| !s.is_empty()),
                ln.get_mut(at),
            ) {
                *slot = step.ln_pi + log_sum(open) - (open.len() as f64).ln();
            }
        }
        let total = log_sum(&ln);
        if total == f64::NEG_INFINITY {
            return None;
        }
        Some(Posterior {
            days: ln.iter().map(|v| (v - total).max(LEAST).exp()).collect(),
        })
    }

    /// Index of the median day.
    pub fn median(&self) -> usize {
        let mut sum = 0.0;
        self.days
            .iter()
            .position(|p| {
                sum += p;
                sum >= 0.5
            })
            .unwrap_or(self.days.len().saturating_sub(1))
    }

    /// First and last index of the shortest interval that holds `mass` of the probability.
    pub fn interval(&self, mass: f64) -> (usize, usize) {
        let sums: Vec<f64> = std::iter::once(0.0)
            .chain(self.days.iter().scan(0.0, |sum, p| {
                *sum += p;
                Some(*sum)
            }))
            .collect();
        let mut best = (0, self.days.len().saturating_sub(1));
        let mut shortest = usize::MAX;
        let mut end = 0;
        for (start, before) in sums.iter().enumerate().take(self.days.len()) {
            end = end.max(start);
            while sums.get(end + 1).is_some_and(|sum| sum - before < mass) {
                end += 1;
            }
            if end >= self.days.len() {
                break;
            }
            if end - start < shortest {
                shortest = end - start;
                best = (start, end);
            }
        }
        best
    }
}
