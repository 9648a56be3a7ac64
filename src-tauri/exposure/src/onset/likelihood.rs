//! The model of a day (detection.md 2.1): a negative binomial with mean `lam u` and variance
//! `D lam u`, or a Poisson where `D` is 1.

/// Counts above this are taken as this: no statistic is about how large a flood is.
pub(super) const MOST: u32 = 400;

/// log f(x | lam, D, u). `lam` in campaigns per day, `u` the observed share of the day.
pub(super) fn log_day(x: u32, lam: f64, dispersion: f64, u: f64) -> f64 {
    let x = f64::from(x.min(MOST));
    let mean = lam * u;
    if mean <= 0.0 {
        return if x == 0.0 { 0.0 } else { f64::NEG_INFINITY };
    }
    if dispersion <= 1.0 + 1e-9 {
        return x * mean.ln() - mean - ln_gamma(x + 1.0);
    }
    let r = mean / (dispersion - 1.0);
    if x == 0.0 {
        return -r * dispersion.ln();
    }
    ln_rising(r, x) - ln_gamma(x + 1.0) - r * dispersion.ln()
        + x * ((dispersion - 1.0) / dispersion).ln()
}

/// log Γ(r + x) − log Γ(r): for the few of an ordinary day the logarithm of a product.
fn ln_rising(r: f64, x: f64) -> f64 {
    const FEW: f64 = 12.0;
    if x > FEW || r > 1e20 {
        return ln_gamma(x + r) - ln_gamma(r);
    }
    let mut product = 1.0;
    let mut i = 0.0;
    while i < x {
        product *= r + i;
        i += 1.0;
    }
    product.ln()
}

/// log Γ(x) for x > 0: the Lanczos approximation with g = 7 and nine coefficients
/// (C. Lanczos, SIAM J. Numer. Anal. 1, 1964), about 15 digits.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    const FIRST: f64 = 0.999_999_999_999_809_9;
    const REST: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        // Reflection: Γ(x) Γ(1-x) = π / sin πx.
        return (std::f64::consts::PI / (std::f64::consts::PI * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let sum = REST
        .iter()
        .enumerate()
        .fold(FIRST, |sum, (i, c)| sum + c / (x + i as f64 + 1.0));
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// log Σ exp.
pub(super) fn log_sum(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    // What is smaller by e^40 does not change the sum.
    let near = values.iter().map(|v| v - most).filter(|v| *v > -40.0);
    most + near.map(f64::exp).sum::<f64>().ln()
}
