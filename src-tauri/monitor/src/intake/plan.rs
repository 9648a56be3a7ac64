//! What an import would do to a ledger: what it adds, what is there already, and what it leaves
//! alone and why. Pure: the ledger's facts come in as [`Known`].

mod known;
mod own;

pub use known::{Known, KnownService};
pub(super) use own::own;

use super::entry::{Alias, Entry, Place};
use exposure::{AddrSpec, AddressKind, AddressStatus, Basis, Purpose, org_domain};
use std::collections::{BTreeMap, BTreeSet};

/// From so many dated entries on, most of which were made on one day, that day is taken for the one
/// on which they moved from one program to another, and for nothing else.
const MOVED: usize = 5;

/// A service: of the ledger by its number, or new by its place in [`Plan::services`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// Of the ledger.
    Known(i64),
    /// New.
    New(usize),
}

/// A service that is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewService {
    /// Its name.
    pub name: String,
}

/// Whose an organisational domain is, as a service has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The service's own.
    Own,
    /// That of a company that mails for it.
    Processor,
    /// Somebody else's, by the user's word.
    Stranger,
}

/// An address that is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddress {
    /// The address.
    pub spec: AddrSpec,
    /// Its kind; `None`: what its form suggests.
    pub kind: Option<AddressKind>,
    /// Where it is in its life.
    pub status: AddressStatus,
    /// What it is for.
    pub purpose: Option<Purpose>,
    /// The user said "only for this service".
    pub dedicated: bool,
}

/// When an address was given, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// As another program has it: an instant in UTC seconds; `None`: not known.
    At(Option<i64>),
    /// As it was recorded before.
    Recorded {
        /// First civil day number.
        from: Option<i64>,
        /// Last civil day number.
        to: Option<i64>,
        /// How it is known.
        basis: Basis,
        /// What else was given: `name`, `phone`, `postal`.
        also: Vec<String>,
    },
}

/// That a service was given an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// The address.
    pub address: AddrSpec,
    /// The service.
    pub service: Which,
    /// When.
    pub given: Given,
}

/// Why something is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is on record already.
    Known,
    /// It stands in the file more than once.
    Twice,
    /// There is no e-mail address in it.
    NoAddress,
    /// Neither a name nor a site says whose it is.
    NoService,
    /// It is a device in the user's own network.
    Device,
    /// The user said that the address is somebody else's.
    NotYours,
    /// It is a lookout address.
    Lookout,
}

impl Why {
    /// The word of its text in the catalogue (`intake.why.<word>`).
    pub const fn word(self) -> &'static str {
        match self {
            Why::Known => "known",
            Why::Twice => "twice",
            Why::NoAddress => "no_address",
            Why::NoService => "no_service",
            Why::Device => "device",
            Why::NotYours => "not_yours",
            Why::Lookout => "lookout",
        }
    }
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is added.
    Added,
    /// It is there already.
    Merged(Why),
    /// It is left alone.
    LeftAlone(Why),
}

impl Outcome {
    /// The word in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Added => "added",
            Outcome::Merged(_) => "merged",
            Outcome::LeftAlone(_) => "left_alone",
        }
    }

    /// Why it is not added.
    pub const fn why(self) -> Option<Why> {
        match self {
            Outcome::Added => None,
            Outcome::Merged(why) | Outcome::LeftAlone(why) => Some(why),
        }
    }
}

/// One row of a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The service's name; empty where there is none.
    pub service: String,
    /// The address; empty where there is none.
    pub address: String,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Services to add.
    pub services: Vec<NewService>,
    /// Organisational domains to add to services.
    pub domains: Vec<(Which, String, Whose)>,
    /// Domains to make the user's own.
    pub own_domains: Vec<String>,
    /// Domains that are no service of the user's.
    pub dismissed: Vec<String>,
    /// Addresses to add.
    pub addresses: Vec<NewAddress>,
    /// What addresses of the ledger are for.
    pub purposes: Vec<(AddrSpec, Purpose)>,
    /// Disclosures to add.
    pub disclosures: Vec<Disclosed>,
    /// Every row with what becomes of it.
    pub rows: Vec<Row>,
}

impl Plan {
    /// Whether the ledger stays as it is.
    pub const fn adds_nothing(&self) -> bool {
        self.services.is_empty()
            && self.domains.is_empty()
            && self.own_domains.is_empty()
            && self.dismissed.is_empty()
            && self.addresses.is_empty()
            && self.purposes.is_empty()
            && self.disclosures.is_empty()
    }

    /// How many rows are added, merged, left alone; a domain that is dismissed is as good as a row.
    pub fn counts(&self) -> (u64, u64, u64) {
        self.rows.iter().fold(
            (self.dismissed.len() as u64, 0, 0),
            |(a, m, l), row| match row.outcome {
                Outcome::Added => (a + 1, m, l),
                Outcome::Merged(_) => (a, m + 1, l),
                Outcome::LeftAlone(_) => (a, m, l + 1),
            },
        )
    }
}

/// What these entries would do to a ledger, whatever their order. `now` is in UTC seconds: nothing
/// was given after it.
pub fn plan(entries: &[Entry], known: &Known, now: i64) -> Plan {
    let moved = moved_on(entries);
    let mut sorted: Vec<(String, String, &Entry)> = entries
        .iter()
        .map(|entry| {
            let org = entry.sites().next().map(org_domain).unwrap_or_default();
            (org, entry.title.to_lowercase(), entry)
        })
        .collect();
    sorted.sort();
    let mut planning = Planning::new(known);
    for (_, _, entry) in sorted {
        let given_at = entry
            .given_at
            .filter(|at| *at <= now && Some(at.div_euclid(86_400)) != moved);
        planning.take(entry, given_at);
    }
    planning.plan
}

/// The day (UTC) on which most of the entries were made at once, if there is one.
fn moved_on(entries: &[Entry]) -> Option<i64> {
    let mut days: BTreeMap<i64, usize> = BTreeMap::new();
    for at in entries.iter().filter_map(|entry| entry.given_at) {
        *days.entry(at.div_euclid(86_400)).or_default() += 1;
    }
    let dated: usize = days.values().sum();
    let (day, most) = days.into_iter().max_by_key(|(_, count)| *count)?;
    (dated >= MOVED && most * 2 >= dated).then_some(day)
}

struct Planning<'a> {
    known: &'a Known,
    plan: Plan,
    by_org: BTreeMap<String, Which>,
    by_name: BTreeMap<String, Which>,
    orgs: BTreeMap<Which, BTreeSet<String>>,
    refused: BTreeMap<Which, &'a BTreeSet<String>>,
    names: BTreeMap<Which, String>,
    addresses: BTreeSet<AddrSpec>,
    /// Where each new disclosure stands in the plan.
    disclosed: BTreeMap<(AddrSpec, Which), usize>,
}

impl<'a> Planning<'a> {
    fn new(known: &'a Known) -> Planning<'a> {
        let mut planning = Planning {
            known,
            plan: Plan::default(),
            by_org: BTreeMap::new(),
            by_name: BTreeMap::new(),
            orgs: BTreeMap::new(),
            refused: BTreeMap::new(),
            names: BTreeMap::new(),
            addresses: BTreeSet::new(),
            disclosed: BTreeMap::new(),
        };
        for service in &known.services {
            let which = Which::Known(service.id);
            for org in &service.domains {
                planning.by_org.entry(org.clone()).or_insert(which);
            }
            planning.by_name.insert(service.name.to_lowercase(), which);
            planning.orgs.insert(which, service.domains.clone());
            planning.refused.insert(which, &service.refused);
            planning.names.insert(which, service.name.clone());
        }
        planning
    }

    fn take(&mut self, entry: &Entry, given_at: Option<i64>) {
        if entry.addresses.is_empty() {
            let service = self.called(entry);
            return self.row(service, String::new(), Outcome::LeftAlone(Why::NoAddress));
        }
        for spec in &entry.addresses {
            let outcome = self.address(entry, spec, given_at);
            let service = self.called(entry);
            self.row(service, spec.to_string(), outcome);
        }
    }

    fn row(&mut self, service: String, address: String, outcome: Outcome) {
        self.plan.rows.push(Row {
            service,
            address,
            outcome,
        });
    }

    /// What the service of an entry is called in the ledger, or will be.
    fn called(&self, entry: &Entry) -> String {
        let found = self.found(entry).and_then(|which| self.names.get(&which));
        found
            .cloned()
            .or_else(|| name_of(entry))
            .unwrap_or_default()
    }

    fn address(&mut self, entry: &Entry, spec: &AddrSpec, given_at: Option<i64>) -> Outcome {
        if self.known.refused.contains(&spec.to_string()) {
            return Outcome::LeftAlone(Why::NotYours);
        }
        if self.known.lookouts.contains(spec) {
            return Outcome::LeftAlone(Why::Lookout);
        }
        let service = match self.service(entry) {
            Ok(service) => service,
            // An alias is the user's, whoever has it.
            Err(_) if entry.alias.is_some() => return self.own(spec, entry.alias),
            Err(why) => return Outcome::LeftAlone(why),
        };
        self.own(spec, entry.alias);
        let on_record = match (service, self.known.addresses.get(spec)) {
            (Which::Known(service), Some(address)) => {
                self.known.disclosed.contains(&(*address, service))
            }
            (Which::Known(_) | Which::New(_), _) => false,
        };
        if on_record {
            return Outcome::Merged(Why::Known);
        }
        match self.disclosed.get(&(spec.clone(), service)) {
            Some(at) => {
                if let Some(first) = self.plan.disclosures.get_mut(*at)
                    && let Given::At(at) = &mut first.given
                {
                    *at = match (*at, given_at) {
                        (Some(a), Some(b)) => Some(a.min(b)),
                        (a, b) => a.or(b),
                    };
                }
                Outcome::Merged(Why::Twice)
            }
            None => {
                let at = self.plan.disclosures.len();
                self.disclosed.insert((spec.clone(), service), at);
                self.plan.disclosures.push(Disclosed {
                    address: spec.clone(),
                    service,
                    given: Given::At(given_at),
                });
                Outcome::Added
            }
        }
    }

    /// Makes an address the user's.
    fn own(&mut self, spec: &AddrSpec, alias: Option<Alias>) -> Outcome {
        if self.known.addresses.contains_key(spec) {
            return Outcome::Merged(Why::Known);
        }
        if !self.addresses.insert(spec.clone()) {
            return Outcome::Merged(Why::Twice);
        }
        self.plan.addresses.push(NewAddress {
            spec: spec.clone(),
            kind: alias.map(|_| AddressKind::Relay),
            status: match alias {
                Some(Alias::Off) => AddressStatus::Retired,
                Some(Alias::On) | None => AddressStatus::Active,
            },
            purpose: None,
            dedicated: false,
        });
        Outcome::Added
    }

    /// The service of an entry, made where it is new, with the domains that nobody else has.
    fn service(&mut self, entry: &Entry) -> Result<Which, Why> {
        let which = match self.found(entry) {
            Some(which) => which,
            None => {
                let orgs = orgs_of(entry);
                let is_device = entry.places.contains(&Place::Device);
                if is_device && orgs.is_empty() {
                    return Err(Why::Device);
                }
                let mut name = name_of(entry).ok_or(Why::NoService)?;
                if self.by_name.contains_key(&name.to_lowercase()) {
                    // Another service has the name: the domain tells them apart.
                    name = match orgs.first() {
                        Some(org) if entry.title.is_empty() => org.clone(),
                        Some(org) => format!("{name} ({org})"),
                        None => name,
                    };
                }
                // A name with its domain in it can only be that service.
                match self.by_name.get(&name.to_lowercase()) {
                    Some(which) => *which,
                    None => self.new_service(name),
                }
            }
        };
        for org in orgs_of(entry) {
            let refused = self
                .refused
                .get(&which)
                .is_some_and(|refused| refused.contains(&org));
            if !refused && !self.by_org.contains_key(&org) {
                self.by_org.insert(org.clone(), which);
                self.orgs.entry(which).or_default().insert(org.clone());
                self.plan.domains.push((which, org, Whose::Own));
            }
        }
        Ok(which)
    }

    fn new_service(&mut self, name: String) -> Which {
        let which = Which::New(self.plan.services.len());
        self.by_name.insert(name.to_lowercase(), which);
        self.names.insert(which, name.clone());
        self.plan.services.push(NewService { name });
        which
    }

    /// The service that an entry belongs to, by its domains first, then by its name.
    fn found(&self, entry: &Entry) -> Option<Which> {
        let orgs = orgs_of(entry);
        if let Some(which) = orgs.iter().find_map(|org| self.by_org.get(org)) {
            return Some(*which);
        }
        let name = name_of(entry)?;
        let which = *self.by_name.get(&name.to_lowercase())?;
        // Two companies may have one name. Where both have domains, one of them must be called alike.
        let others = self.orgs.get(&which);
        let alike =
            |org: &String| others.is_some_and(|o| o.iter().any(|other| label(other) == label(org)));
        let same = orgs.is_empty()
            || others.is_none_or(BTreeSet::is_empty)
            || (!entry.title.is_empty() && orgs.iter().any(alike));
        same.then_some(which)
    }
}

/// The organisational domains of an entry's sites, in their order.
fn orgs_of(entry: &Entry) -> Vec<String> {
    let mut orgs: Vec<String> = Vec::new();
    for org in entry.sites().map(org_domain) {
        if org.contains('.') && !orgs.contains(&org) {
            orgs.push(org);
        }
    }
    orgs
}

/// The name of an entry's service: its title, else what its domain is called, else its app.
fn name_of(entry: &Entry) -> Option<String> {
    if !entry.title.is_empty() {
        return Some(entry.title.clone());
    }
    if let Some(org) = orgs_of(entry).first() {
        let label = label(org);
        let mut letters = label.chars();
        let first = letters.next()?;
        return Some(first.to_uppercase().chain(letters).collect());
    }
    entry.places.iter().find_map(|place| match place {
        Place::App(app) => Some(app.clone()),
        Place::Site(_) | Place::Device => None,
    })
}

fn label(org: &str) -> &str {
    org.split('.').next().unwrap_or(org)
}

#[cfg(test)]
mod tests;
