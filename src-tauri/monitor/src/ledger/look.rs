//! What the facts of one address are made of: its deliveries counted by day, and the days on which
//! they could be seen.

use super::found::standing;
use crate::clock::{civil_day, day_of_number};
use crate::store::{
    AccountFacts, AddressRecord, DeliveryRecord, DisclosureRecord, Entry, MailboxRecord,
    ServiceRecord,
};
use exposure::assess::{AddressFacts, Day, Holder, HolderKind};
use exposure::attribution;
use exposure::cousins::{Cousin, cousins};
use exposure::coverage::{self, MailboxFacts, Scan, Stream};
use exposure::traffic::{self, Delivery, HolderDomains};
use exposure::{AddrSpec, JunkFolder};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// Observed days by set of accounts and stream, each computed once.
pub(super) struct Coverage {
    mailboxes: Vec<MailboxFacts>,
    known: BTreeMap<(Vec<i64>, bool), coverage::DaySet>,
}

impl Coverage {
    pub(super) fn of(
        accounts: &[AccountFacts],
        mailboxes: &[MailboxRecord],
        zone: &TimeZone,
    ) -> Coverage {
        let archives: BTreeSet<i64> = accounts
            .iter()
            .filter(|a| match a.entry {
                Entry::Archive { .. } => true,
                Entry::Imap { .. } => false,
            })
            .map(|a| a.id)
            .collect();
        let day = |at: Option<i64>| at.and_then(|at| civil_day(at, zone));
        let mailboxes = mailboxes
            .iter()
            .filter(|m| m.listed)
            .map(|m| MailboxFacts {
                id: m.id,
                account: m.account,
                role: m.role,
                retention_days: m.retention_days,
                scans: m
                    .scans
                    .iter()
                    .map(|(scanned, oldest, newest, messages)| Scan {
                        day: day_of_number(*scanned),
                        oldest: day(*oldest),
                        newest: day(*newest),
                        messages: *messages,
                    })
                    .collect(),
                archive: archives.contains(&m.account),
            })
            .collect();
        Coverage {
            mailboxes,
            known: BTreeMap::new(),
        }
    }

    /// First observed day of all accounts together.
    pub(super) fn junk_since(&self, today: Date) -> Option<Date> {
        coverage::observed(&self.mailboxes, Stream::Junk, today).first()
    }

    fn days(&mut self, accounts: &BTreeSet<i64>, stream: Stream, today: Date) -> coverage::DaySet {
        let key = (
            accounts.iter().copied().collect::<Vec<_>>(),
            stream == Stream::Junk,
        );
        let mailboxes = &self.mailboxes;
        self.known
            .entry(key)
            .or_insert_with(|| {
                let of: Vec<MailboxFacts> = mailboxes
                    .iter()
                    .filter(|m| accounts.contains(&m.account))
                    .cloned()
                    .collect();
                coverage::observed(&of, stream, today)
            })
            .clone()
    }
}

/// What the facts of every address are read from.
pub(super) struct Look<'a> {
    pub(super) zone: &'a TimeZone,
    pub(super) today: Date,
    pub(super) coverage: Coverage,
    /// Services by number.
    pub(super) services: &'a BTreeMap<i64, &'a ServiceRecord>,
    /// Disclosures by address.
    pub(super) disclosures: BTreeMap<i64, Vec<&'a DisclosureRecord>>,
    pub(super) reached: &'a BTreeMap<i64, BTreeSet<i64>>,
    pub(super) junk_folders: &'a BTreeMap<i64, JunkFolder>,
    pub(super) holder_domains: &'a BTreeMap<i64, HolderDomains>,
    pub(super) accounts: &'a [AccountFacts],
    pub(super) refused: &'a BTreeMap<i64, BTreeSet<i64>>,
    /// Domains that write like the one service of an address, with that service, as found.
    pub(super) cousins: BTreeMap<i64, (i64, Vec<Cousin>)>,
    /// Services of whose own mail something was called junk, as found.
    pub(super) unwanted: BTreeSet<i64>,
}

impl Look<'_> {
    /// The facts of an address, from its deliveries by arrival.
    pub(super) fn facts(
        &mut self,
        address: &AddressRecord,
        deliveries: &[DeliveryRecord],
    ) -> AddressFacts {
        let mut deliveries: Vec<Delivery> = deliveries
            .iter()
            .filter_map(|d| {
                Some(Delivery {
                    arrived_at: d.arrived_at,
                    day: civil_day(d.arrived_at, self.zone).filter(|_| d.arrived_at != 0)?,
                    verdict: d.verdict,
                    source: d.source,
                    from_org: d.from_org,
                    auth: d.auth,
                    campaign: d.campaign,
                    from_self: !d.from_local.is_empty(),
                    accepted: false,
                    subscribed: d.subscribed,
                })
            })
            .collect();
        let accounts = self.accounts_of(address);
        let junk_days = self.coverage.days(&accounts, Stream::Junk, self.today);
        let all_days = self.coverage.days(&accounts, Stream::All, self.today);
        let empty = HolderDomains::new();
        let holders_write_from = self.holder_domains.get(&address.id).unwrap_or(&empty);
        let holders = self.holders(address);
        if let Some(only) = holders.first()
            && attribution::made_for_one(address.kind, address.dedicated, holders.len())
        {
            let none = BTreeSet::new();
            let refused = self.refused.get(&only.service).unwrap_or(&none);
            let found = cousins(&deliveries, holders_write_from, refused);
            for delivery in &mut deliveries {
                delivery.accepted = found.iter().any(|c| c.org == delivery.from_org);
            }
            if !found.is_empty() {
                self.cousins.insert(address.id, (only.service, found));
            }
        }
        let first_delivery = deliveries
            .first()
            .map(|d| d.day)
            .filter(|d| *d <= self.today);
        let first = [first_delivery, junk_days.first(), all_days.first()]
            .into_iter()
            .flatten()
            .min();
        let traffic = traffic::Traffic::of(&deliveries, holders_write_from);
        self.unwanted.extend(&traffic.unwanted);
        let days = match first {
            None => Vec::new(),
            Some(first) => traffic
                .days(first, self.today)
                .into_iter()
                .map(|(day, count)| Day {
                    day,
                    count,
                    junk_observed: junk_days.contains(day),
                    all_observed: all_days.contains(day),
                })
                .collect(),
        };
        AddressFacts {
            id: address.id,
            spec: address.spec.clone(),
            kind: address.kind,
            dedicated_by_user: address.dedicated,
            holders,
            contacts: 0,
            days,
            junk_unseen: !accounts.is_empty()
                && accounts
                    .iter()
                    .any(|a| self.junk_folders.get(a) == Some(&JunkFolder::NotVisible)),
            settled: Vec::new(),
            first_delivery,
            stranger_days: traffic.stranger_days,
            own_junk: traffic.own_junk,
            campaigns: traffic.campaigns,
            account: self.account_of(address),
            greetings: BTreeSet::new(),
            mentions: BTreeSet::new(),
        }
    }

    /// Accounts that brought mail for an address; before any came, the account of that name, else all.
    fn accounts_of(&self, address: &AddressRecord) -> BTreeSet<i64> {
        let living: BTreeSet<i64> = self.accounts.iter().map(|a| a.id).collect();
        let reached: BTreeSet<i64> = self
            .reached
            .get(&address.id)
            .into_iter()
            .flatten()
            .copied()
            .collect();
        let reached: BTreeSet<i64> = reached.intersection(&living).copied().collect();
        if !reached.is_empty() {
            return reached;
        }
        let named = self
            .accounts
            .iter()
            .find(|a| a.name.eq_ignore_ascii_case(&address.spec.to_string()));
        named.map_or(living, |a| BTreeSet::from([a.id]))
    }

    /// The account that mail for an address lies in, where it is a single one.
    fn account_of(&self, address: &AddressRecord) -> Option<i64> {
        let reached = self.reached.get(&address.id)?;
        reached.first().filter(|_| reached.len() == 1).copied()
    }

    fn holders(&self, address: &AddressRecord) -> Vec<Holder> {
        let given = self.disclosures.get(&address.id).into_iter().flatten();
        given
            .filter_map(|d| {
                let service = self.services.get(&d.service)?;
                Some(Holder {
                    kind: HolderKind::Service,
                    service: service.id,
                    name: service.name.clone(),
                    given_from: d.given_from.map(day_of_number),
                    given_to: d.given_to.map(day_of_number),
                    local_is_brand: is_brand(&address.spec, service),
                    name_given: None,
                    standing: standing(service.id),
                })
            })
            .collect()
    }
}

/// Whether the local part (or its tag) is a word of the service's own name or domain.
fn is_brand(spec: &AddrSpec, service: &ServiceRecord) -> bool {
    let local = spec.local();
    let part = local.rsplit(['+', '-', '.']).next().unwrap_or(local);
    let name = service.name.to_lowercase();
    let in_name =
        |word: &str| word.chars().count() >= 3 && name.split_whitespace().any(|w| w == word);
    let in_domain = |word: &str| {
        word.chars().count() >= 3
            && service
                .domains
                .iter()
                .any(|(_, domain, _)| domain.split('.').next().is_some_and(|label| label == word))
    };
    [local, part]
        .into_iter()
        .any(|word| in_name(word) || in_domain(word) || name.replace(' ', "") == word)
}
