//! The leak measure of a source over time (detection.md 4.1, h_z).

use super::graph::{Listing, Mailed, Source, SourceKind};
use super::model::{
    ENTRY_SD, H_BREACH, H_PAGE, H_PROVIDER, MAILED_SD, MU_ABSENT, MU_DOMAIN, MU_LISTED,
    MU_MAILED_LIST, MU_NOTICE, MU_SHOWN, NOTICE_BACK, P_SHARE, SHARE_MEAN, STEP, Steps,
};

/// What is left out of a leak measure, to see what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Without {
    /// Nothing.
    Nothing,
    /// Every notice.
    Notices,
    /// Every entry in a catalogue.
    Entries,
    /// Every list that it mailed out.
    Lists,
    /// Every mail that showed an address to its other recipients.
    Recipients,
}

/// The leak measure of a source per day in each step; zero before its first address was given.
pub(super) fn hazard(source: &Source, steps: Steps, without: Without) -> Vec<f64> {
    let mut measure = vec![0.0; steps.count];
    let Some(given) = source.edges.values().map(|e| e.from).reduce(f64::min) else {
        return measure;
    };
    let first = steps.from(given);
    let always = match source.kind {
        SourceKind::Service => H_BREACH,
        SourceKind::Page => H_PAGE,
        SourceKind::Provider => H_PROVIDER,
    };
    for slot in measure.iter_mut().skip(first) {
        *slot = always;
    }
    if source.kind == SourceKind::Service {
        for edge in source.edges.values() {
            pass_on(&mut measure, edge.until.max(edge.from), steps);
        }
    }
    if without != Without::Notices {
        for day in &source.notices {
            add_event(&mut measure, MU_NOTICE, first, steps, told_by(*day));
        }
    }
    if without != Without::Entries {
        for (day, listing) in &source.entries {
            let mu = match listing {
                Listing::ThisAddress => MU_LISTED,
                Listing::DomainOnly => MU_DOMAIN,
                Listing::Absent => MU_ABSENT,
            };
            add_event(&mut measure, mu, first, steps, around(*day, ENTRY_SD));
        }
    }
    for (day, mailed) in &source.mails {
        let (mu, left_out) = match mailed {
            Mailed::List => (MU_MAILED_LIST, Without::Lists),
            Mailed::Recipients => (MU_SHOWN, Without::Recipients),
        };
        if without != left_out {
            add_event(&mut measure, mu, first, steps, around(*day, MAILED_SD));
        }
    }
    measure
}

/// A normal kernel around a day.
fn around(day: f64, sd: f64) -> impl Fn(f64) -> f64 {
    move |middle: f64| (-0.5 * ((middle - day) / sd).powi(2)).exp()
}

/// When the leak was that a notice of a day tells of.
pub(super) fn told_by(day: f64) -> impl Fn(f64) -> f64 {
    move |middle: f64| {
        if middle <= day {
            (-(day - middle) / NOTICE_BACK).exp()
        } else {
            0.0
        }
    }
}

/// How many times [`told_by`] a day a notice of that day adds to the measure of a source that has
/// an address since the step `first`.
pub(super) fn told_times(told: &[f64], first: usize) -> f64 {
    let total: f64 = told.iter().skip(first).sum::<f64>() * STEP;
    if total > 0.0 {
        MU_NOTICE / (1.0 - MU_NOTICE) / total
    } else {
        0.0
    }
}

/// What the passing on of one address adds to the measure of a service, from a step on, as long as
/// it is worth counting.
pub(super) fn passed_on(source: &Source, steps: Steps, node: usize) -> (usize, Vec<f64>) {
    let (SourceKind::Service, Some(edge)) = (source.kind, source.edges.get(&node)) else {
        return (0, Vec::new());
    };
    let shares = shares(edge.until.max(edge.from), steps);
    (
        shares.0,
        shares.1.take_while(|share| *share > 1e-16).collect(),
    )
}

/// Passing on soon after `given`.
fn pass_on(measure: &mut [f64], given: f64, steps: Steps) {
    let (first, shares) = shares(given, steps);
    for (slot, share) in measure.iter_mut().skip(first).zip(shares) {
        *slot += share;
    }
}

/// Its first step, and its measure in each step from there on.
fn shares(given: f64, steps: Steps) -> (usize, impl Iterator<Item = f64>) {
    let first = ((given - STEP / 2.0) / STEP).ceil().max(0.0) as usize;
    let share = P_SHARE / SHARE_MEAN * (-(steps.middle(first) - given) / SHARE_MEAN).exp();
    let decay = (-STEP / SHARE_MEAN).exp();
    let all = std::iter::successors(Some(share), move |share| Some(share * decay));
    (first, all.take(steps.count.saturating_sub(first)))
}

/// An event that was caused by a leak with probability `mu`: odds mu/(1 − mu), spread over the
/// steps from `first` on by `kernel` of their middle day.
fn add_event(
    measure: &mut [f64],
    mu: f64,
    first: usize,
    steps: Steps,
    kernel: impl Fn(f64) -> f64,
) {
    let weights: Vec<f64> = (first..steps.count)
        .map(|s| kernel(steps.middle(s)))
        .collect();
    let total: f64 = weights.iter().sum::<f64>() * STEP;
    if total <= 0.0 {
        return;
    }
    for (slot, weight) in measure.iter_mut().skip(first).zip(weights) {
        *slot += mu / (1.0 - mu) * weight / total;
    }
}
