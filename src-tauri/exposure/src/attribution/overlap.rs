//! What shared campaigns say: were two addresses reached by one source (detection.md 4.2, LR_ab)?

use super::model::{COMPARED, MIX, OVERLAP_CAP};
use crate::onset::ln_gamma;

/// Probability, up to a factor that depends on `n` and `k` alone, of `k` hits among `n` when the
/// share of hits is Beta(a, b).
pub(super) fn beta_binomial(k: f64, n: f64, a: f64, b: f64) -> f64 {
    let ln_beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    (ln_beta(k + a, n - k + b) - ln_beta(a, b)).exp()
}

/// How many times likelier `common` shared campaigns of `of` compared ones are when both addresses
/// have one source than when they have two; between 1/20 and 20, and at most 1/[`MIX`].
pub(super) fn same_source(common: u32, of: u32) -> f64 {
    let of = of.min(COMPARED);
    if of == 0 {
        return 1.0;
    }
    let (k, n) = (f64::from(common.min(of)), f64::from(of));
    let same = beta_binomial(k, n, 2.0, 2.0);
    let other = (1.0 - MIX) * beta_binomial(k, n, 0.3, 9.0) + MIX * same;
    (same / other).clamp(1.0 / OVERLAP_CAP, OVERLAP_CAP)
}
