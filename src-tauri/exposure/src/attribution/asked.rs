//! One link, asked what each thing on record is worth: its weight without it.

use super::hazard::{Without, hazard, passed_on, told_times};
use super::messages::{Link, Network, Told};
use super::product::{Integrals, Message, Product};

/// What of everything on record a weight leaves out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum LeavingOut {
    /// Nothing.
    Nothing,
    /// The source's addresses that stay silent.
    Silent,
    /// The source's other addresses whose junk began.
    Flagged,
    /// Part of its leak measure.
    Measure(Without),
    /// That it passed this very address on soon after it was given.
    Giving,
    /// Nothing, but with a notice of today.
    PlusNotice,
}

impl Network<'_> {
    /// A link with the messages that were kept, to ask what each thing on record is worth.
    pub(super) fn asked(&self, link: usize) -> Option<Asked<'_>> {
        let (at, density) = self.density(link)?;
        let told = self.told.get(at.source)?;
        let own = self.message(link);
        Some(Asked {
            network: self,
            at,
            density,
            told,
            whole: told.all.integrals(own.as_ref(), at, density),
            own,
        })
    }
}

/// One link, asked what its weight would be without some of what is on record.
pub(super) struct Asked<'a> {
    network: &'a Network<'a>,
    at: Link,
    density: &'a [f64],
    told: &'a Told,
    own: Option<Message>,
    whole: Integrals,
}

impl Asked<'_> {
    /// φ of the link, leaving something out.
    pub(super) fn weight(&self, leaving_out: LeavingOut) -> f64 {
        let network = self.network;
        let (Some(source), Some(measure), Some(silence)) = (
            network.graph.sources.get(self.at.source),
            network.measures.get(self.at.source),
            network.silence.get(self.at.source),
        ) else {
            return 0.0;
        };
        let own = self.own.as_ref();
        let weight = |all: &Product| all.weight(own, self.at, self.density);
        let with = |times: f64, part: (usize, &[f64])| {
            let part = self
                .told
                .beside
                .integrals_of(part, own, self.at, self.density);
            self.told.all.weigh(self.whole.plus(times, part), self.at)
        };
        match leaving_out {
            LeavingOut::Nothing => self.told.all.weigh(self.whole, self.at),
            LeavingOut::Silent => weight(&self.told.flagged.times(measure)),
            LeavingOut::Flagged => {
                Product::of(measure.clone())
                    .times(silence)
                    .weight(None, self.at, self.density)
            }
            LeavingOut::Measure(without) => weight(&self.told.beside.times(&hazard(
                source,
                network.steps,
                without,
            ))),
            LeavingOut::Giving => {
                let (start, passed) = passed_on(source, network.steps, self.at.node);
                with(-1.0, (start, &passed))
            }
            LeavingOut::PlusNotice => {
                let given = source.edges.values().map(|e| e.from).reduce(f64::min);
                let first = given.map_or(0, |day| network.steps.from(day));
                let told = network.told_today.get(first..).unwrap_or_default();
                with(told_times(&network.told_today, first), (first, told))
            }
        }
    }
}
