//! What one assessment leaves for the next on the same day.

use super::address::Heard;
use super::common::Common;
use super::detect::{self, Backgrounds};
use super::{AddressFacts, Assessment, Exposure, Holder, Ledger, Pool};
use crate::AddressKind;
use crate::attribution::{self, Attribution, Began, OneLeak, Overlaps};
use jiff::civil::Date;
use std::collections::BTreeMap;

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
    silent: Vec<(i64, Option<Silent>)>,
    pools: Vec<Pool>,
    exposures: Vec<Exposure>,
    origins: Vec<Vec<Attribution>>,
    leaks: Vec<OneLeak>,
}

/// What attribution sees of an address whose junk did not begin.
#[derive(Clone, Debug, PartialEq)]
struct Silent {
    kind: AddressKind,
    holders: Vec<Holder>,
    account: Option<i64>,
    watched: bool,
}

impl Silent {
    fn of(address: &AddressFacts) -> Silent {
        Silent {
            kind: address.kind,
            holders: address.holders.clone(),
            account: address.account,
            watched: !address.days.is_empty() && !address.junk_unseen,
        }
    }
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
            .map(|((address, heard), attributions)| heard.assessment(address, attributions))
            .collect();
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
    ) -> (Vec<Vec<Attribution>>, Vec<OneLeak>) {
        let began: Vec<Vec<&Began>> = heard.iter().map(Heard::began).collect();
        let silent: Vec<(i64, Option<Silent>)> = ledger
            .addresses
            .iter()
            .zip(&began)
            .map(|(address, began)| (address.id, began.is_empty().then(|| Silent::of(address))))
            .collect();
        let flagged = |id: i64| {
            silent
                .iter()
                .any(|(of, silent)| *of == id && silent.is_none())
        };
        if let Some(known) = &self.attributed
            && known.silent == silent
            && !renewed.iter().any(|id| flagged(*id))
            && known.pools == ledger.pools
            && known.exposures == ledger.exposures
        {
            return (known.origins.clone(), known.leaks.clone());
        }
        let (origins, leaks) = attribution::attribute(ledger, &began, &mut self.overlaps);
        self.attributed = Some(Attributed {
            silent,
            pools: ledger.pools.clone(),
            exposures: ledger.exposures.clone(),
            origins: origins.clone(),
            leaks: leaks.clone(),
        });
        (origins, leaks)
    }
}
