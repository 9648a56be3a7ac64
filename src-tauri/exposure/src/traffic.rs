//! Traffic: deliveries of one address counted by civil day, each delivery once.

use crate::{Auth, Provenance, Verdict, VerdictSource};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One delivery with its current verdict, as the ledger knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Arrival, UTC seconds; deliveries are counted in this order.
    pub arrived_at: i64,
    /// The civil day of the arrival in the ledger's zone.
    pub day: Date,
    /// The current verdict.
    pub verdict: Verdict,
    /// Who gave it.
    pub source: VerdictSource,
    /// The ledger's number of the organisational domain of From; 0 where there is none.
    pub from_org: i64,
    /// What the user's own receiver says of From.
    pub auth: Auth,
    /// The campaign key (30-day rule applied here, not in the key).
    pub campaign: i64,
    /// It came from one of the user's own addresses.
    pub from_self: bool,
    /// The user knows this sender ("I know this sender").
    pub accepted: bool,
}

/// The domains from which an address's holders write: organisational domain → service, and
/// whether it is a processor of that service.
pub type HolderDomains = BTreeMap<i64, Vec<(i64, bool)>>;

/// Counts of one civil day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCount {
    /// Junk messages (not from a holder).
    pub junk: u32,
    /// Messages from strangers that nobody called junk or wanted.
    pub stranger: u32,
    /// Wanted messages: a holder's own, and the rest.
    pub wanted: u32,
    /// A holder's own authenticated mail that was judged junk.
    pub own_junk: u32,
    /// Junk campaigns counted for the first time in 30 days.
    pub new_junk_campaigns: u32,
    /// Campaigns of junk and strangers together, counted for the first time in 30 days.
    pub new_stranger_campaigns: u32,
}

/// Who sent a delivery, as seen from the holders of its address today.
pub fn provenance(_delivery: &Delivery, _holders: &HolderDomains) -> Provenance {
    Provenance::Stranger
}
