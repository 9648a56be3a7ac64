//! One consistent look at the ledger: its facts, counted by day, and what they say today.

mod breaches;
mod cases;
mod exposures;
mod found;
mod look;
mod misfiled;
mod pools;
mod texts;

use crate::clock::{civil_day, day_number, day_of_number};
use crate::store::{
    AccountFacts, AddressRecord, DeliveryRecord, DisclosureRecord, Entry, MailboxRecord,
    ServiceRecord, Store,
};
use anyhow::Result;
pub use breaches::Breach;
use exposure::assess::{self, AddressFacts, Assessment, Ledger};
use exposure::cousins::Cousin;
use exposure::misfiled::Misfiled;
use exposure::traffic::HolderDomains;
use exposure::{AddrSpec, Basis, JunkFolder, Role};
pub use exposures::Exposed;
pub use found::{Found, standing};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use look::{Coverage, Look};
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
    /// Recorded services by name.
    pub services: Vec<ServiceRecord>,
    /// Services that the mail shows and nobody recorded or dismissed, strongest first.
    pub found: Vec<Found>,
    /// Who has which address; by its mail alone where the service's number is below 0.
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
    /// Domains that write like the one service of an address: that service, and who they are.
    pub cousins: BTreeMap<i64, (i64, Vec<Cousin>)>,
    /// What each service wrote to the addresses that it has, by its number.
    pub heard: BTreeMap<i64, Heard>,
    /// Addresses that the user called fine, with the day.
    pub fine_since: BTreeMap<i64, Date>,
    /// What lies in Junk and is perhaps none.
    pub misfiled: Misfiled,
    /// Mail that revealed addresses or says so, oldest first.
    pub exposures: Vec<Exposed>,
    /// Published breaches of the services, in their order, the latest of each first.
    pub breaches: Vec<Breach>,
    /// What was assessed, in the order of `addresses`.
    pub ledger: Ledger,
    /// What it says, in the order of `addresses`.
    pub assessment: Assessment,
}

/// What a service wrote to the addresses that it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Messages from its own domains that nobody called junk.
    pub wanted: u64,
    /// Arrival of the first message, UTC seconds; 0: none with a believable date.
    pub first: i64,
    /// Arrival of the last one.
    pub last: i64,
}

impl Heard {
    fn add(&mut self, arrived_at: i64, junk: bool) {
        self.wanted += u64::from(!junk);
        if arrived_at != 0 {
            self.last = self.last.max(arrived_at);
            self.first = match self.first {
                0 => arrived_at,
                first => first.min(arrived_at),
            };
        }
    }
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
        let mut disclosures = store.disclosures()?;
        let found = found::of(store, &addresses, &services, &disclosures, &zone)?;
        let mut holding = services.clone();
        holding.extend(found.iter().map(Found::record));
        disclosures.extend(found.iter().flat_map(Found::disclosures));
        let accounts = store.accounts()?;
        let mailboxes = store.mailboxes()?;
        let reached = store.reached()?;
        let own_domains: BTreeSet<String> = store.own_domains()?.into_values().collect();
        let mut junk_folders = BTreeMap::new();
        for account in &accounts {
            junk_folders.insert(account.id, junk_folder(store, account, &mailboxes)?);
        }
        let by_id: BTreeMap<i64, &ServiceRecord> = holding.iter().map(|s| (s.id, s)).collect();
        let contacts = contacts(store, &holding)?;
        let holder_domains = holder_domains(&addresses, &by_id, &disclosures);
        // An address's deliveries are read when they are needed and then forgotten: there are
        // as many as messages.
        let selves = Selves::of(store, &addresses)?;
        for address in &addresses {
            let undated = |d: &DisclosureRecord| d.address == address.id && d.given_from.is_none();
            if disclosures.iter().any(undated) {
                let deliveries = selves.deliveries(store, address.id)?;
                let undated = disclosures.iter_mut().filter(|d| undated(d));
                find_days(undated, &deliveries, holder_domains.get(&address.id), &zone);
            }
        }
        let settled = store.settled()?;
        let refused = store.refused_domains()?;
        let fine_since = settled
            .iter()
            .filter_map(|(address, days)| {
                let fine = days.iter().rev().find(|(_, why)| why == "fine")?;
                Some((*address, day_of_number(fine.0)))
            })
            .collect();
        let mut by_address: BTreeMap<i64, Vec<&DisclosureRecord>> = BTreeMap::new();
        for disclosure in &disclosures {
            by_address
                .entry(disclosure.address)
                .or_default()
                .push(disclosure);
        }
        let mut look = Look {
            zone: &zone,
            today,
            coverage: Coverage::of(&accounts, &mailboxes, &zone),
            services: &by_id,
            disclosures: by_address,
            reached: &reached,
            junk_folders: &junk_folders,
            holder_domains: &holder_domains,
            accounts: &accounts,
            refused: &refused,
            cousins: BTreeMap::new(),
            unwanted: BTreeSet::new(),
        };
        let midnight = here
            .date()
            .to_zoned(zone.clone())
            .map_or(now, |z| z.timestamp());
        let today_fraction =
            ((now.as_second() - midnight.as_second()) as f64 / 86_400.0).clamp(1.0 / 24.0, 1.0);
        let mut facts: Vec<AddressFacts> = Vec::with_capacity(addresses.len());
        let mut heard = BTreeMap::new();
        for address in &addresses {
            let deliveries = selves.deliveries(store, address.id)?;
            let mut one = look.facts(address, &deliveries);
            if let Some(writing) = holder_domains.get(&address.id) {
                hear(&mut heard, &deliveries, writing);
            }
            drop(deliveries);
            if let Some(writing) = holder_domains.get(&address.id) {
                texts::read(store, &mut one, writing, &holding)?;
            }
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
        let mut pools = pools::of(store, &own_domains, &look.coverage, today)?;
        pools::with_lookouts(&mut pools, &facts);
        let (cousins, mut unwanted) = (look.cousins, look.unwanted);
        let exposures = exposures::of(store, &holding, &disclosures, &zone)?;
        let breaches = breaches::of(store, &holding, &disclosures)?;
        let mut evident = exposures::evidence(&exposures, &zone);
        evident.extend(breaches::exposures(&breaches));
        let ledger = Ledger {
            today,
            today_fraction,
            addresses: facts,
            pools,
            exposures: evident,
        };
        let assessment = assess::assess(&ledger);
        unwanted.extend(misfiled::own_mail(&assessment));
        let known = misfiled::Known {
            addresses: &addresses,
            own_domains: &own_domains,
            accounts: &accounts,
            contacts: &contacts,
            services: &services,
            unwanted: &unwanted,
        };
        let misfiled = misfiled::of(store, &known, now)?;
        Ok(Picture {
            cousins,
            now,
            today,
            addresses,
            services,
            found,
            disclosures,
            mailboxes,
            junk_folders,
            contacts,
            own_domains,
            heard,
            fine_since,
            misfiled,
            exposures,
            breaches,
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
        let recorded = self.services.iter().find(|s| s.id == id);
        let found = || self.found.iter().find(|f| f.service() == id);
        recorded
            .map(|s| s.name.as_str())
            .or_else(|| found().map(|f| f.proposal.name.as_str()))
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
    services: &BTreeMap<i64, &ServiceRecord>,
    disclosures: &[DisclosureRecord],
) -> BTreeMap<i64, HolderDomains> {
    let mut all: BTreeMap<i64, HolderDomains> = addresses
        .iter()
        .map(|a| (a.id, HolderDomains::new()))
        .collect();
    for disclosure in disclosures {
        let Some(service) = services.get(&disclosure.service) else {
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

/// Counts what the holders of an address wrote to it from their own domains.
fn hear(heard: &mut BTreeMap<i64, Heard>, deliveries: &[DeliveryRecord], writing: &HolderDomains) {
    for delivery in deliveries {
        let of = writing.get(&delivery.from_org).into_iter().flatten();
        for (service, _) in of.filter(|(_, processor)| !processor) {
            let junk = delivery.verdict == exposure::Verdict::Junk;
            let heard: &mut Heard = heard.entry(*service).or_default();
            heard.add(delivery.arrived_at, junk);
        }
    }
}

/// The user's own addresses, as senders.
struct Selves<'a> {
    domains: BTreeSet<i64>,
    specs: BTreeSet<(i64, &'a str)>,
}

impl<'a> Selves<'a> {
    fn of(store: &Store, addresses: &'a [AddressRecord]) -> Result<Selves<'a>> {
        let mut specs = BTreeSet::new();
        for address in addresses {
            if let Some(domain) = store.known_domain(address.spec.domain())? {
                specs.insert((domain, address.spec.local()));
            }
        }
        let domains = specs.iter().map(|(domain, _)| *domain).collect();
        Ok(Selves { domains, specs })
    }

    /// Deliveries to an address. What is left in `from_local` says "one of the user's own
    /// addresses".
    fn deliveries(&self, store: &Store, address: i64) -> Result<Vec<DeliveryRecord>> {
        let mut deliveries = store.deliveries_to(address, &self.domains)?;
        for delivery in &mut deliveries {
            let from = (delivery.from_domain, delivery.from_local.as_str());
            if !self.specs.contains(&from) {
                delivery.from_local = String::new();
            }
        }
        Ok(deliveries)
    }
}

/// Finds the day of disclosures of one address that were recorded without one (`give`): that of
/// the first authenticated mail from one of the service's domains to the address, else of the
/// address's first mail, else the day on which it was recorded.
fn find_days<'a>(
    disclosures: impl Iterator<Item = &'a mut DisclosureRecord>,
    deliveries: &[DeliveryRecord],
    domains: Option<&HolderDomains>,
    zone: &TimeZone,
) {
    for disclosure in disclosures {
        let dated = || {
            deliveries
                .iter()
                .filter(|delivery| delivery.arrived_at != 0)
        };
        let own = |delivery: &&DeliveryRecord| {
            let services = domains.and_then(|domains| domains.get(&delivery.from_org));
            delivery.auth.passed()
                && services.is_some_and(|s| s.contains(&(disclosure.service, false)))
        };
        let first = dated().find(own).or_else(|| dated().next());
        let day = first.and_then(|delivery| civil_day(delivery.arrived_at, zone));
        if let Some(day) = day.map(day_number) {
            disclosure.given_from = Some(day);
            disclosure.given_to = Some(day);
            disclosure.basis = Basis::Inferred;
        } else {
            disclosure.given_from = disclosure.given_to;
        }
    }
}
