//! What many messages say together of the day of a leak.

use super::messages::Link;
use super::model::{KAPPA, STEP};

/// A product of messages over the steps, scaled so that hundreds of them neither overflow nor
/// vanish.
pub(super) struct Product {
    pub(super) values: Vec<f64>,
    pub(super) ln_scale: f64,
}

impl Product {
    /// An empty `silence` says nothing.
    pub(super) fn of(measure: &[f64], silence: &[f64]) -> Product {
        let mut values = measure.to_vec();
        for (value, silence) in values.iter_mut().zip(silence) {
            *value *= silence;
        }
        Product {
            values,
            ln_scale: 0.0,
        }
    }

    pub(super) fn multiply(&mut self, message: &[f64]) {
        let mut most = 0.0_f64;
        for (value, factor) in self.values.iter_mut().zip(message) {
            *value *= factor;
            most = most.max(*value);
        }
        if most > 1e100 {
            for value in &mut self.values {
                *value /= most;
            }
            self.ln_scale += most.ln();
        }
    }

    /// ∫ m κ L over the steps in which the link is possible, over 1 + ∫ m, where m leaves out the
    /// link's own `message`.
    pub(super) fn weight(&self, message: Option<&[f64]>, at: Link, density: &[f64]) -> f64 {
        let left: Vec<f64>;
        let values = match message {
            Some(own) => {
                left = self
                    .values
                    .iter()
                    .zip(own)
                    .map(|(v, own)| v / own)
                    .collect();
                &left
            }
            None => &self.values,
        };
        let possible = values.iter().zip(density).skip(at.from);
        let mass = in_parts(values.iter().copied());
        let reached = in_parts(possible.map(|(m, l)| m * l));
        KAPPA * at.reach * reached * STEP / ((-self.ln_scale).exp() + mass * STEP)
    }
}

/// A sum in four parts that do not wait for one another.
fn in_parts(mut values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let mut parts = [0.0; 4];
    for _ in 0..values.len() / 4 {
        for part in &mut parts {
            *part += values.next().unwrap_or(0.0);
        }
    }
    parts.iter().sum::<f64>() + values.sum::<f64>()
}
