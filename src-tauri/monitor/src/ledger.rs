//! One consistent look at the ledger: its facts, counted by day, and what they say today.

use crate::clock::{civil_day, day_of_number};
use crate::store::{
    AccountFacts, AddressRecord, DeliveryRecord, DisclosureRecord, Entry, MailboxRecord,
    ServiceRecord, Store,
};
use anyhow::Result;
use exposure::assess::{self, AddressFacts, Assessment, Day, Holder, Ledger, Pool};
use exposure::coverage::{self, MailboxFacts, Scan, Stream};
use exposure::traffic::{self, Delivery, HolderDomains};
use exposure::{AddrSpec, JunkFolder, Role};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// What is in the ledger and what it says at one instant.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The instant.
    pub now: Timestamp,
    /// The ledger's zone.
    pub zone: TimeZone,
    /// The civil day of `now`.
    pub today: Date,
    /// The user's addresses.
    pub addresses: Vec<AddressRecord>,
    /// Services by name.
    pub services: Vec<ServiceRecord>,
    /// Who has which address.
    pub disclosures: Vec<DisclosureRecord>,
    /// Accounts in the order recorded.
    pub accounts: Vec<AccountFacts>,
    /// Mailboxes with their complete scans.
    pub mailboxes: Vec<MailboxRecord>,
    /// Whether each account's junk can be seen.
    pub junk_folders: BTreeMap<i64, JunkFolder>,
    /// Which accounts brought mail for which address.
    pub reached: BTreeMap<i64, BTreeSet<i64>>,
    /// People written with, by own address; services left out.
    pub contacts: BTreeMap<i64, BTreeSet<String>>,
    /// Domains where every local part is the user's.
    pub own_domains: BTreeSet<String>,
    /// The domains from which each address's holders write.
    pub holder_domains: BTreeMap<i64, HolderDomains>,
    /// Addresses that the user called fine, with the day.
    pub fine_since: BTreeMap<i64, Date>,
    /// What was assessed, in the order of `addresses`.
    pub ledger: Ledger,
    /// What it says, in the order of `addresses`.
    pub assessment: Assessment,
}

/// The zone in which the ledger counts days; UTC for one that names no known zone.
pub fn zone_of(store: &Store) -> TimeZone {
    let name = match store.setting("zone") {
        Ok(Some(name)) => name,
        Ok(None) | Err(_) => return TimeZone::UTC,
    };
    TimeZone::get(&name).unwrap_or(TimeZone::UTC)
}

impl Picture {
    /// Reads the ledger and assesses it.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn of(store: &Store, now: Timestamp) -> Result<Picture> {
        let zone = zone_of(store);
        let here = zone.to_datetime(now);
        let today = here.date();
        let addresses = store.addresses()?;
        let services = store.services()?;
        let disclosures = store.disclosures()?;
        let accounts = store.accounts()?;
        let mailboxes = store.mailboxes()?;
        let reached = store.reached()?;
        let own_domains: BTreeSet<String> = store.own_domains()?.into_values().collect();
        let mut junk_folders = BTreeMap::new();
        for account in &accounts {
            junk_folders.insert(account.id, junk_folder(store, account, &mailboxes)?);
        }
        let contacts = contacts(store, &services)?;
        let holder_domains = holder_domains(&addresses, &services, &disclosures);
        let settled = store.settled()?;
        let fine_since = settled
            .iter()
            .filter_map(|(address, days)| {
                let fine = days.iter().rev().find(|(_, why)| why == "fine")?;
                Some((*address, day_of_number(fine.0)))
            })
            .collect();
        let mut look = Look {
            zone: &zone,
            today,
            deliveries: deliveries_by_address(store, &addresses)?,
            coverage: Coverage::of(&accounts, &mailboxes, &zone),
            services: &services,
            disclosures: &disclosures,
            reached: &reached,
            junk_folders: &junk_folders,
            holder_domains: &holder_domains,
            accounts: &accounts,
        };
        let midnight = here
            .date()
            .to_zoned(zone.clone())
            .map_or(now, |z| z.timestamp());
        let today_fraction =
            ((now.as_second() - midnight.as_second()) as f64 / 86_400.0).clamp(1.0 / 24.0, 1.0);
        let mut facts: Vec<AddressFacts> = Vec::with_capacity(addresses.len());
        for address in &addresses {
            let mut one = look.facts(address);
            one.contacts = contacts
                .get(&address.id)
                .map_or(0, |people| u32::try_from(people.len()).unwrap_or(u32::MAX));
            one.settled = settled
                .get(&address.id)
                .into_iter()
                .flatten()
                .map(|(day, _)| day_of_number(*day))
                .collect();
            facts.push(one);
        }
        let pools = pools(store, &own_domains, &look.coverage, today)?;
        let ledger = Ledger {
            today,
            today_fraction,
            addresses: facts,
            pools,
        };
        let assessment = assess::assess(&ledger);
        Ok(Picture {
            now,
            today,
            addresses,
            services,
            disclosures,
            mailboxes,
            junk_folders,
            contacts,
            own_domains,
            fine_since,
            ledger,
            assessment,
            reached: reached.clone(),
            holder_domains: holder_domains.clone(),
            accounts,
            zone,
        })
    }

    /// The name of a service.
    pub fn service_name(&self, id: i64) -> Option<&str> {
        self.services
            .iter()
            .find(|s| s.id == id)
            .map(|s| s.name.as_str())
    }
}

/// Whether the junk of an account can be seen: by role, by the user's word, or, for mail on this
/// PC, by marks and headers that came with it.
fn junk_folder(
    store: &Store,
    account: &AccountFacts,
    mailboxes: &[MailboxRecord],
) -> Result<JunkFolder> {
    let junk = mailboxes
        .iter()
        .find(|m| m.account == account.id && m.listed && m.role == Role::Junk);
    Ok(match (junk, &account.entry) {
        (Some(mailbox), _) if mailbox.role_by_user => JunkFolder::Chosen,
        (Some(_), _) => JunkFolder::Seen,
        (None, Entry::Archive { .. }) if store.has_junk_verdicts(account.id)? => JunkFolder::Seen,
        (None, Entry::Archive { .. } | Entry::Imap { .. }) => JunkFolder::NotVisible,
    })
}

/// People written with, by own address: everyone written to who is not of a recorded service.
fn contacts(store: &Store, services: &[ServiceRecord]) -> Result<BTreeMap<i64, BTreeSet<String>>> {
    let orgs: BTreeSet<&str> = services
        .iter()
        .flat_map(|s| &s.domains)
        .map(|(_, name, _)| name.as_str())
        .collect();
    let mut contacts = store.correspondents()?;
    for people in contacts.values_mut() {
        people.retain(|spec| {
            AddrSpec::parse(spec)
                .is_ok_and(|s| !orgs.contains(exposure::org_domain(s.domain()).as_str()))
        });
    }
    Ok(contacts)
}

fn holder_domains(
    addresses: &[AddressRecord],
    services: &[ServiceRecord],
    disclosures: &[DisclosureRecord],
) -> BTreeMap<i64, HolderDomains> {
    let by_id: BTreeMap<i64, &ServiceRecord> = services.iter().map(|s| (s.id, s)).collect();
    let mut all: BTreeMap<i64, HolderDomains> = addresses
        .iter()
        .map(|a| (a.id, HolderDomains::new()))
        .collect();
    for disclosure in disclosures {
        let Some(service) = by_id.get(&disclosure.service) else {
            continue;
        };
        let domains = all.entry(disclosure.address).or_default();
        for (org, _, processor) in &service.domains {
            domains
                .entry(*org)
                .or_default()
                .push((service.id, *processor));
        }
    }
    all
}

fn deliveries_by_address(
    store: &Store,
    addresses: &[AddressRecord],
) -> Result<BTreeMap<i64, Vec<DeliveryRecord>>> {
    let mut own = BTreeSet::new();
    for address in addresses {
        if let Some(domain) = store.known_domain(address.spec.domain())? {
            own.insert(domain);
        }
    }
    let selves: BTreeSet<(i64, &str)> = addresses
        .iter()
        .filter_map(|a| {
            Some((
                store.known_domain(a.spec.domain()).ok().flatten()?,
                a.spec.local(),
            ))
        })
        .collect();
    let mut by_address: BTreeMap<i64, Vec<DeliveryRecord>> = BTreeMap::new();
    for mut delivery in store.deliveries(&own)? {
        // What is left in `from_local` afterwards says "one of the user's own addresses".
        if !selves.contains(&(delivery.from_domain, delivery.from_local.as_str())) {
            delivery.from_local.clear();
        }
        by_address
            .entry(delivery.address)
            .or_default()
            .push(delivery);
    }
    Ok(by_address)
}

/// Observed days by set of accounts and stream, each computed once.
struct Coverage {
    mailboxes: Vec<MailboxFacts>,
    known: BTreeMap<(Vec<i64>, bool), coverage::DaySet>,
}

impl Coverage {
    fn of(accounts: &[AccountFacts], mailboxes: &[MailboxRecord], zone: &TimeZone) -> Coverage {
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
struct Look<'a> {
    zone: &'a TimeZone,
    today: Date,
    deliveries: BTreeMap<i64, Vec<DeliveryRecord>>,
    coverage: Coverage,
    services: &'a [ServiceRecord],
    disclosures: &'a [DisclosureRecord],
    reached: &'a BTreeMap<i64, BTreeSet<i64>>,
    junk_folders: &'a BTreeMap<i64, JunkFolder>,
    holder_domains: &'a BTreeMap<i64, HolderDomains>,
    accounts: &'a [AccountFacts],
}

impl Look<'_> {
    fn facts(&mut self, address: &AddressRecord) -> AddressFacts {
        let deliveries: Vec<Delivery> = self
            .deliveries
            .remove(&address.id)
            .unwrap_or_default()
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
                })
            })
            .collect();
        let accounts = self.accounts_of(address);
        let junk_days = self.coverage.days(&accounts, Stream::Junk, self.today);
        let all_days = self.coverage.days(&accounts, Stream::All, self.today);
        let empty = HolderDomains::new();
        let holders_write_from = self.holder_domains.get(&address.id).unwrap_or(&empty);
        let first_delivery = deliveries
            .first()
            .map(|d| d.day)
            .filter(|d| *d <= self.today);
        let first = [first_delivery, junk_days.first(), all_days.first()]
            .into_iter()
            .flatten()
            .min();
        let traffic = traffic::Traffic::of(&deliveries, holders_write_from);
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
            holders: self.holders(address),
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

    fn holders(&self, address: &AddressRecord) -> Vec<Holder> {
        self.disclosures
            .iter()
            .filter(|d| d.address == address.id)
            .filter_map(|d| {
                let service = self.services.iter().find(|s| s.id == d.service)?;
                Some(Holder {
                    service: service.id,
                    name: service.name.clone(),
                    given_from: d.given_from.map(day_of_number),
                    given_to: d.given_to.map(day_of_number),
                    local_is_brand: is_brand(&address.spec, service),
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

fn pools(
    store: &Store,
    own_domains: &BTreeSet<String>,
    coverage: &Coverage,
    today: Date,
) -> Result<Vec<Pool>> {
    let zone = zone_of(store);
    let mut pools: BTreeMap<String, Pool> = BTreeMap::new();
    let mut locals: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let observed_since = coverage::observed(&coverage.mailboxes, Stream::Junk, today).first();
    let new = |domain: &str| Pool {
        domain: domain.to_owned(),
        catch_all: own_domains.contains(domain),
        local_parts: 0,
        hits: Vec::new(),
        campaigns: BTreeSet::new(),
        observed_since,
    };
    for domain in own_domains {
        pools.insert(domain.clone(), new(domain));
    }
    for (domain, local, at, campaign) in store.never_given()? {
        let pool = pools.entry(domain.clone()).or_insert_with(|| new(&domain));
        pool.hits
            .extend(civil_day(at, &zone).filter(|day| at != 0 && *day <= today));
        pool.campaigns.insert(campaign);
        locals.entry(domain).or_default().insert(local);
    }
    for (domain, locals) in locals {
        if let Some(pool) = pools.get_mut(&domain) {
            pool.local_parts = u32::try_from(locals.len()).unwrap_or(u32::MAX);
        }
    }
    Ok(pools.into_values().collect())
}
