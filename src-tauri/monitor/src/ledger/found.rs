//! Services that the mail shows and that nobody recorded yet. They count as holders of the
//! addresses that they write to, and are named with less certainty than recorded ones
//! ([`Standing::Inferred`]), until the user accepts or dismisses them.

use crate::clock::{civil_day, day_number};
use crate::store::{AddressRecord, DisclosureRecord, ServiceRecord, Store};
use anyhow::Result;
use exposure::assess::Standing;
use exposure::attribution::made_for_one;
use exposure::proposals::{Proposal, Writers};
use exposure::{AddrSpec, AddressKind, Basis};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// A service that the mail shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is and whom it wrote to.
    pub proposal: Proposal,
    /// The addresses of its contacts, in their order. One that is not on record yet, a local part
    /// or tag that was only ever seen in mail, has a negative number there.
    pub specs: Vec<AddrSpec>,
}

impl Found {
    /// The number under which it is a holder: below 0, where no recorded service has its number.
    pub fn service(&self) -> i64 {
        self.proposal.domains.first().map_or(0, |(org, _)| -org)
    }

    /// The same as a service of the ledger.
    pub fn record(&self) -> ServiceRecord {
        let domains = self.proposal.domains.iter();
        ServiceRecord {
            id: self.service(),
            name: exposure::show::shown(&self.proposal.name, 80),
            domains: domains
                .map(|(org, name)| (*org, name.clone(), false))
                .collect(),
        }
    }

    /// What it says of the addresses on record.
    pub(super) fn disclosures(&self) -> impl Iterator<Item = DisclosureRecord> {
        let service = self.service();
        let known = self.proposal.contacts.iter().filter(|c| c.address > 0);
        known.map(move |contact| DisclosureRecord {
            address: contact.address,
            service,
            given_from: Some(day_number(contact.first)),
            given_to: Some(day_number(contact.first)),
            basis: Basis::Inferred,
            also: Vec::new(),
        })
    }
}

/// Who says that the service of this number has an address.
pub const fn standing(service: i64) -> Standing {
    if service < 0 {
        Standing::Inferred
    } else {
        Standing::Recorded
    }
}

/// The services that the mail shows, strongest first, without those that are on record or were
/// dismissed. An address that was made for one recorded service is left to that service: who else
/// writes there is a cousin or a stranger; of an address that looks made for one, whoever wrote
/// first has it. A lookout address has no services.
///
/// # Errors
/// Those of SQLite.
pub(super) fn of(
    store: &Store,
    addresses: &[AddressRecord],
    services: &[ServiceRecord],
    disclosures: &[DisclosureRecord],
    zone: &TimeZone,
) -> Result<Vec<Found>> {
    let mut recorded: BTreeMap<i64, usize> = BTreeMap::new();
    for disclosure in disclosures {
        *recorded.entry(disclosure.address).or_default() += 1;
    }
    let holders = |address: &AddressRecord| recorded.get(&address.id).copied().unwrap_or(0);
    let by_id: BTreeMap<i64, &AddressRecord> = addresses.iter().map(|a| (a.id, a)).collect();
    let left_alone = |address: &AddressRecord| {
        address.kind == AddressKind::Control
            || made_for_one(address.kind, address.dedicated, holders(address))
    };
    let read = addresses.iter().filter(|a| !left_alone(a)).map(|a| a.id);
    let mut known = store.dismissed()?;
    known.extend(services.iter().flat_map(|s| &s.domains).map(|d| d.0));
    for address in addresses {
        let own = exposure::org_domain(address.spec.domain());
        known.extend(store.known_domain(&own)?);
    }
    let mut writers = Writers::default();
    for spec in store.correspondents()?.values().flatten() {
        if let Ok(spec) = AddrSpec::parse(spec) {
            writers.written_to(&spec);
        }
    }
    let day = |at: i64| civil_day(at, zone);
    let unclaimed = store.letters(day, &known, read, &mut writers)?;
    let mut proposals = writers.proposals();
    let of_first = |address: i64| {
        let record = by_id.get(&address);
        record.is_none_or(|a| made_for_one(a.kind, a.dedicated, 1) && holders(a) == 0)
    };
    leave_to_the_first(&mut proposals, of_first);
    let spec = |address: i64| match usize::try_from(-1 - address) {
        Ok(at) => unclaimed.get(at).cloned(),
        Err(_) => by_id.get(&address).map(|a| a.spec.clone()),
    };
    let found = proposals.into_iter().map(|mut proposal| {
        proposal.contacts.retain(|c| spec(c.address).is_some());
        let contacts = proposal.contacts.iter();
        Found {
            specs: contacts.filter_map(|c| spec(c.address)).collect(),
            proposal,
        }
    });
    Ok(found.filter(|found| !found.specs.is_empty()).collect())
}

/// Of those who write to an address `of_first` only the one who wrote first, and most, keeps it.
fn leave_to_the_first(proposals: &mut [Proposal], of_first: impl Fn(i64) -> bool) {
    let mut first: BTreeMap<i64, (Date, std::cmp::Reverse<u32>, usize)> = BTreeMap::new();
    for (at, proposal) in proposals.iter().enumerate() {
        for contact in proposal.contacts.iter().filter(|c| of_first(c.address)) {
            let rank = (contact.first, std::cmp::Reverse(contact.messages), at);
            let known = first.entry(contact.address).or_insert(rank);
            *known = rank.min(*known);
        }
    }
    for (at, proposal) in proposals.iter_mut().enumerate() {
        let keeps = |address| first.get(&address).is_none_or(|(_, _, who)| *who == at);
        proposal.contacts.retain(|c| keeps(c.address));
    }
}
