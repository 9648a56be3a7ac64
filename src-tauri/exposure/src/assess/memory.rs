//! What one assessment leaves for the next on the same day.

use super::address::Heard;
use super::common::Common;
use super::detect::{self, Backgrounds};
use super::{Assessment, Exposure, Ledger, Pool};
use crate::attribution::{Attribution, Began, OneLeak, Overlaps, Question};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What the detectors said of each address when they last looked. Derived: whoever drops it pays
/// with time only. It grows with the addresses, not with their days; an address whose junk began
/// keeps the probabilities of its days.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    today: Option<Date>,
    /// First days of all segments.
    starts: Vec<Date>,
    common: Common,
    heard: BTreeMap<i64, Heard>,
    overlaps: Overlaps,
    attributed: Option<Attributed>,
}

/// What was said of the origins, and what it rests on beside the addresses whose junk began.
#[derive(Clone, Debug)]
struct Attributed {
    beside: u64,
    question: Question,
    pools: Vec<Pool>,
    exposures: Vec<Exposure>,
    origins: Vec<Vec<Attribution>>,
    leaks: Vec<OneLeak>,
}

/// A fingerprint of what attribution sees of the addresses, but for when junk began.
fn seen_beside(ledger: &Ledger, heard: &[Heard]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (address, heard) in ledger.addresses.iter().zip(heard) {
        (address.id, address.kind, address.account).hash(&mut hasher);
        (
            heard.began().len(),
            address.days.is_empty() || address.junk_unseen,
        )
            .hash(&mut hasher);
        for holder in &address.holders {
            (holder.kind, holder.service, holder.local_is_brand).hash(&mut hasher);
            (holder.given_from, holder.given_to, &holder.name_given).hash(&mut hasher);
            holder.standing.hash(&mut hasher);
        }
    }
    hasher.finish()
}

impl Memory {
    /// Says what [`super::assess`] says, but looks only at addresses that are new or `changed`,
    /// by the ledger's numbers: those with another delivery, verdict, holder, day observed or
    /// setting than last time. The rest is as it was when it was last looked at today; on another
    /// day, and when an address or a segment is new, everything is looked at. What never-given
    /// local parts received counts at once, and so does what all addresses of an account have in
    /// common.
    pub fn assess(&mut self, ledger: &Ledger, changed: &[i64]) -> Assessment {
        let starts = detect::starts(ledger);
        if self.today != Some(ledger.today) || self.starts != starts {
            self.heard.clear();
            self.attributed = None;
            self.overlaps = Overlaps::default();
            self.today = Some(ledger.today);
            self.starts = starts;
            self.common = Common::default();
        }
        for id in changed {
            self.heard.remove(id);
        }
        for account in self.common.update(ledger, changed) {
            let of = ledger
                .addresses
                .iter()
                .filter(|a| a.account == Some(account));
            for address in of {
                self.heard.remove(&address.id);
            }
        }
        self.overlaps.forget(&changed.iter().copied().collect());
        let backgrounds = Backgrounds::of(ledger);
        let mut renewed = Vec::new();
        let heard: Vec<Heard> = ledger
            .addresses
            .iter()
            .map(|address| {
                let background = backgrounds.at(address);
                match self.heard.remove(&address.id) {
                    Some(known) if known.background == background => known,
                    Some(_) | None => {
                        renewed.push(address.id);
                        Heard::of(address, ledger, &self.starts, background, &self.common)
                    }
                }
            })
            .collect();
        let (origins, leaks) = self.origins(ledger, &renewed, &heard);
        let addresses = ledger
            .addresses
            .iter()
            .zip(&heard)
            .zip(origins)
            .map(|((address, heard), attributions)| heard.assessment(address, attributions, ledger))
            .collect();
        let leaks = leaks.to_vec();
        self.heard = ledger.addresses.iter().map(|a| a.id).zip(heard).collect();
        Assessment { addresses, leaks }
    }

    /// Where the junk of every address comes from, each time that it began. A delivery to an
    /// address whose junk has not begun changes nothing of it. `renewed`: those that were looked
    /// at again.
    fn origins(
        &mut self,
        ledger: &Ledger,
        renewed: &[i64],
        heard: &[Heard],
    ) -> (&[Vec<Attribution>], &[OneLeak]) {
        let flagged: BTreeSet<i64> = ledger
            .addresses
            .iter()
            .zip(heard)
            .filter(|(_, heard)| !heard.began().is_empty())
            .map(|(address, _)| address.id)
            .collect();
        let beside = seen_beside(ledger, heard);
        let fresh = |known: &Attributed| {
            known.beside == beside
                && !renewed.iter().any(|id| flagged.contains(id))
                && known.pools == ledger.pools
                && known.exposures == ledger.exposures
        };
        if !self.attributed.as_ref().is_some_and(fresh) {
            let began: Vec<Vec<&Began>> = heard.iter().map(Heard::began).collect();
            let question = Question::of(ledger, &began, &mut self.overlaps);
            let asked_before =
                |known: &Attributed| known.beside == beside && known.question == question;
            let known = self.attributed.take().filter(asked_before);
            let (origins, leaks) = match known {
                Some(known) => (known.origins, known.leaks),
                None => question.answer(ledger),
            };
            self.attributed = Some(Attributed {
                beside,
                question,
                pools: ledger.pools.clone(),
                exposures: ledger.exposures.clone(),
                origins,
                leaks,
            });
        }
        match &self.attributed {
            Some(known) => (&known.origins, &known.leaks),
            None => (&[], &[]),
        }
    }
}
