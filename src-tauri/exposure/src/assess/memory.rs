//! What one assessment leaves for the next on the same day.

use super::address::Heard;
use super::detect::{self, Backgrounds};
use super::{Assessment, Ledger};
use crate::attribution::{self, Began, Overlaps};
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
    heard: BTreeMap<i64, Heard>,
    overlaps: Overlaps,
}

impl Memory {
    /// Says what [`super::assess`] says, but looks only at addresses that are new or `changed`,
    /// by the ledger's numbers: those with another delivery, verdict, holder, day observed or
    /// setting than last time. The rest is as it was when it was last looked at today; on another
    /// day, and when an address or a segment is new, everything is looked at. What never-given
    /// local parts received counts at once.
    pub fn assess(&mut self, ledger: &Ledger, changed: &[i64]) -> Assessment {
        let starts = detect::starts(ledger);
        if self.today != Some(ledger.today) || self.starts != starts {
            self.heard.clear();
            self.overlaps = Overlaps::default();
            self.today = Some(ledger.today);
            self.starts = starts;
        }
        for id in changed {
            self.heard.remove(id);
        }
        self.overlaps.forget(&changed.iter().copied().collect());
        let backgrounds = Backgrounds::of(ledger);
        let heard: Vec<Heard> = ledger
            .addresses
            .iter()
            .map(|address| {
                let background = backgrounds.at(address);
                match self.heard.remove(&address.id) {
                    Some(known) if known.background == background => known,
                    Some(_) | None => Heard::of(address, ledger, &self.starts, background),
                }
            })
            .collect();
        let began: Vec<Option<&Began>> = heard.iter().map(Heard::began).collect();
        let (attributions, leaks) = attribution::attribute(ledger, &began, &mut self.overlaps);
        let addresses = ledger
            .addresses
            .iter()
            .zip(&heard)
            .zip(attributions)
            .map(|((address, heard), attribution)| heard.assessment(address, attribution))
            .collect();
        self.heard = ledger.addresses.iter().map(|a| a.id).zip(heard).collect();
        Assessment { addresses, leaks }
    }
}
