//! When the junk or the strangers of an address began (detection.md section 2).
//!
//! [`Bsr`] is the recursion of 2.3 and [`BsrSup`] the one that bears a statement about chance, both
//! made of `recursion`; `likelihood` is the model of a day of 2.1, [`Posterior`] the dating of 2.6.

mod bsr;
mod dating;
mod likelihood;
mod rates;
mod recursion;
mod sup;

pub use bsr::{Bsr, LAMBDA_BG, START, Step, threshold};
pub use dating::Posterior;
pub(crate) use likelihood::ln_gamma;
pub use rates::nearest_factor;
pub use sup::BsrSup;
#[cfg(test)]
pub(crate) use tests::Random;

use jiff::civil::Date;

/// The interval in which an onset lies. Every date may be missing: no date is claimed that the
/// observed days do not bear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dated {
    /// Lower end of the interval.
    pub earliest: Option<Date>,
    /// The median day.
    pub estimate: Option<Date>,
    /// Upper end of the interval.
    pub latest: Option<Date>,
}

#[cfg(test)]
mod tests;
