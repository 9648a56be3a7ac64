#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use proptest::prelude::*;

/// Series A of detection.md 2.7.
fn series() -> Vec<(u32, f64)> {
    let mut x = vec![0; 60];
    x.extend([1, 0, 0, 2, 1, 0, 3, 1, 2, 2, 0, 1, 4, 2]);
    x.into_iter().map(|x| (x, 1.0)).collect()
}

fn run(days: &[(u32, f64)]) -> Vec<Step> {
    let mut bsr = Bsr::new(LAMBDA_BG);
    days.iter().map(|(x, u)| bsr.day(*x, *u)).collect()
}

#[test]
fn agrees_with_the_reference_vectors() {
    let steps = run(&series());
    let check = |day: usize, forecast: f64, log10_m: f64, log10_level: f64| {
        let step = steps[day];
        let close = |a: f64, b: f64, within: f64, what: &str| {
            assert!(
                (a - b).abs() < within,
                "day {day}: {what} is {a}, the reference says {b}"
            );
        };
        close(step.forecast, forecast, 1e-6, "forecast");
        close(
            step.ln_m / std::f64::consts::LN_10,
            log10_m,
            1e-4,
            "log10 M",
        );
        close(
            step.ln_level / std::f64::consts::LN_10,
            log10_level,
            1e-4,
            "log10 M_level",
        );
    };
    check(0, 0.500000, -0.9354, -0.4241);
    check(30, 0.003328, 0.4656, 0.4757);
    check(59, 0.001701, 0.5102, 0.5123);
    check(60, 0.001673, 2.5328, 2.5309);
    check(61, 0.017953, 2.3893, 2.3878);
    check(62, 0.017802, 2.2999, 2.2985);
    check(63, 0.017629, 3.7594, 3.7641);
    check(64, 0.038130, 4.7699, 5.0467);
    check(65, 0.039048, 4.5481, 4.8184);
    check(66, 0.039044, 5.8952, 6.4696);
    check(67, 0.039528, 7.0859, 7.9515);
    check(68, 0.039535, 8.5523, 9.7143);
    check(69, 0.039536, 10.0733, 11.5331);
    check(70, 0.039536, 9.6477, 11.1016);
    check(71, 0.039536, 10.8699, 12.6141);
    check(72, 0.039536, 12.4831, 14.5321);
    check(73, 0.039536, 14.0733, 16.4205);
}

#[test]
fn the_proved_statistic_agrees_with_the_reference_vectors() {
    let mut sup = BsrSup::default();
    let reference = [
        (0, -1.0094),
        (30, 0.3112),
        (59, 0.3425),
        (60, 1.6652),
        (61, 1.5213),
        (62, 1.4313),
        (63, 2.3975),
        (64, 3.3076),
        (65, 3.0939),
        (66, 3.9740),
        (67, 4.7749),
        (68, 5.7360),
        (69, 6.6794),
        (70, 6.2906),
        (71, 6.9295),
        (72, 7.7602),
        (73, 8.6209),
    ];
    for (day, (x, u)) in series().into_iter().enumerate() {
        sup.day(x, u);
        let Some((_, log10_sup)) = reference.iter().find(|(at, _)| *at == day) else {
            continue;
        };
        let ours = sup.ln_m() / std::f64::consts::LN_10;
        assert!(
            (ours - log10_sup).abs() < 1e-4,
            "day {day}: log10 M_sup is {ours}, the reference says {log10_sup}"
        );
    }
}

#[test]
fn dates_as_the_reference_does() {
    let days = series();
    let steps = run(&days);
    let alarm = steps
        .iter()
        .position(|s| s.ln_m >= threshold(1).ln())
        .unwrap();
    assert_eq!(alarm, 64, "the reference alarms on this day");
    let then = Posterior::of(&days[..=alarm], &steps, 0).unwrap();
    assert_eq!((then.median(), then.interval(0.9)), (59, (53, 60)));
    let now = Posterior::of(&days, &steps, 0).unwrap();
    assert_eq!((now.median(), now.interval(0.9)), (60, (58, 60)));
    assert!(
        (now.days[60] - 0.6510).abs() < 1e-4,
        "p(60) is {}",
        now.days[60]
    );
}

#[test]
fn the_threshold_grows_with_the_number_of_detectors() {
    assert_eq!(threshold(1), 36_525.0);
    assert_eq!(threshold(20), 73_050.0);
    assert_eq!(threshold(500), 109_575.0);
}

/// A small generator of our own for simulations: splitmix64 (Steele, Lea, Flood, OOPSLA 2014).
pub(crate) struct Random(pub u64);

impl Random {
    pub(crate) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        let limit = (-mean).exp();
        let (mut count, mut product) = (0, self.unit());
        while product > limit {
            count += 1;
            product *= self.unit();
        }
        count
    }
}

#[test]
fn raises_few_false_alarms_on_steady_addresses() {
    let mut alarms = 0;
    for (case, rate) in [0.0, 0.02, 0.05, 0.5, 3.0].into_iter().enumerate() {
        let mut random = Random(case as u64 + 1);
        for _ in 0..40 {
            let days: Vec<(u32, f64)> = (0..365).map(|_| (random.poisson(rate), 1.0)).collect();
            alarms += usize::from(run(&days).iter().any(|s| s.ln_m >= threshold(1).ln()));
        }
    }
    assert!(
        alarms <= 4,
        "200 address-years may have 2 false alarms, and had {alarms}"
    );
}

proptest! {
    #[test]
    fn unobserved_days_change_nothing(xs in proptest::collection::vec(0_u32..6, 1..80), gap in 0_usize..80, length in 1_usize..30) {
        let days: Vec<(u32, f64)> = xs.iter().map(|x| (*x, 1.0)).collect();
        let gap = gap.min(days.len());
        let mut holed = days.clone();
        holed.splice(gap..gap, vec![(0, 0.0); length]);
        let (plain, holed) = (run(&days), run(&holed));
        prop_assert_eq!(plain.last().unwrap().ln_m, holed.iter().rev().find(|s| s.ln_m.is_finite()).map_or(f64::NEG_INFINITY, |s| s.ln_m));
    }

    #[test]
    fn a_posterior_sums_to_one(xs in proptest::collection::vec(0_u32..9, 2..90)) {
        let days: Vec<(u32, f64)> = xs.iter().map(|x| (*x, 1.0)).collect();
        let posterior = Posterior::of(&days, &run(&days), 0).unwrap();
        prop_assert!((posterior.days.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        let (first, last) = posterior.interval(0.9);
        prop_assert!(first <= posterior.median() + 1 && posterior.median() <= last + 1);
    }
}
