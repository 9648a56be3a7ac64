//! What many messages say together of the day of a leak.

use super::messages::Link;
use super::model::{KAPPA, STEP};

/// What an address tells a source, in the steps in which it says anything: before the source had
/// the address and after its junk began it is 1.
pub(super) struct Message {
    /// Its first step.
    pub(super) from: usize,
    pub(super) values: Vec<f64>,
}

/// So many messages are multiplied before the product is scaled: none is above 1e20.
const UNSCALED: usize = 8;

/// A product of messages over the steps, scaled so that hundreds of them neither overflow nor
/// vanish.
pub(super) struct Product {
    values: Vec<f64>,
    ln_scale: f64,
    /// Σ of the values.
    mass: f64,
}

impl Product {
    /// A product of a single factor.
    pub(super) fn of(values: Vec<f64>) -> Product {
        Product {
            mass: in_parts(values.iter().copied()),
            values,
            ln_scale: 0.0,
        }
    }

    /// Times messages.
    pub(super) fn heard<'m>(mut self, messages: impl Iterator<Item = &'m Message>) -> Product {
        for (number, message) in messages.enumerate() {
            let values = self.values.get_mut(message.from..).unwrap_or_default();
            for (value, factor) in values.iter_mut().zip(&message.values) {
                *value *= factor;
            }
            if number % UNSCALED == UNSCALED - 1 {
                self.scale();
            }
        }
        self.mass = in_parts(self.values.iter().copied());
        self
    }

    fn scale(&mut self) {
        let most = self.values.iter().copied().fold(0.0, f64::max);
        if most > 1e100 {
            for value in &mut self.values {
                *value /= most;
            }
            self.ln_scale += most.ln();
        }
    }

    /// Times another factor in every step.
    pub(super) fn times(&self, factor: &[f64]) -> Product {
        let values: Vec<f64> = self.values.iter().zip(factor).map(|(v, f)| v * f).collect();
        Product {
            ln_scale: self.ln_scale,
            ..Product::of(values)
        }
    }

    /// ∫ m κ L over the steps in which the link is possible, over 1 + ∫ m, where m leaves out the
    /// link's own `message`.
    pub(super) fn weight(&self, own: Option<&Message>, at: Link, density: &[f64]) -> f64 {
        self.weigh(self.integrals(own, at, density), at)
    }

    /// The same from its integrals.
    pub(super) fn weigh(&self, of: Integrals, at: Link) -> f64 {
        KAPPA * at.reach * of.reached * STEP / ((-self.ln_scale).exp() + of.mass * STEP)
    }

    /// ∫ m L and ∫ m, per step.
    pub(super) fn integrals(&self, own: Option<&Message>, at: Link, density: &[f64]) -> Integrals {
        let from = at.from.min(self.values.len());
        let until = at.until.clamp(from, self.values.len());
        let (Some(values), Some(density)) =
            (self.values.get(from..until), density.get(from..until))
        else {
            return Integrals::default();
        };
        let Some(own) = own else {
            let reached = in_parts(values.iter().zip(density).map(|(m, l)| m * l));
            return Integrals {
                reached,
                mass: self.mass,
            };
        };
        let left: Vec<f64> = values.iter().zip(&own.values).map(|(v, o)| v / o).collect();
        let rest = in_parts(self.values.iter().take(from).copied())
            + in_parts(self.values.iter().skip(until).copied());
        Integrals {
            reached: in_parts(left.iter().zip(density).map(|(m, l)| m * l)),
            mass: rest + in_parts(left.iter().copied()),
        }
    }

    /// What a part of the measure, from the step `start` on, adds to the integrals.
    pub(super) fn integrals_of(
        &self,
        (start, part): (usize, &[f64]),
        own: Option<&Message>,
        at: Link,
        density: &[f64],
    ) -> Integrals {
        let mut all = Integrals::default();
        let values = self.values.iter().enumerate().skip(start);
        for ((step, value), part) in values.zip(part) {
            let possible = (at.from..at.until).contains(&step);
            let own = own.and_then(|own| own.values.get(step.checked_sub(own.from)?));
            let value = value * part / own.unwrap_or(&1.0);
            all.mass += value;
            if possible {
                all.reached += value * density.get(step).unwrap_or(&0.0);
            }
        }
        all
    }
}

/// ∫ m L over the steps in which a link is possible, and ∫ m.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Integrals {
    reached: f64,
    mass: f64,
}

impl Integrals {
    /// With so many times another part of the measure.
    pub(super) fn plus(self, times: f64, part: Integrals) -> Integrals {
        Integrals {
            reached: (self.reached + times * part.reached).max(0.0),
            mass: (self.mass + times * part.mass).max(0.0),
        }
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
