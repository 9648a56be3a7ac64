//! What an import of our own export would do. What is on record stays as it is; what is not is added
//! as it stands there, with nothing guessed.

use super::{
    Disclosed, Given, Known, NewAddress, NewService, Outcome, Plan, Row, Which, Whose, Why,
};
use crate::clock::day_number;
use crate::exported::{Exported, ExportedAddress, ExportedDisclosure, ExportedService};
use crate::intake::entry::is_domain;
use exposure::show::shown;
use exposure::{AddrSpec, org_domain};
use std::collections::{BTreeMap, BTreeSet};

/// Longest name of a service, in characters.
const LONGEST_NAME: usize = 200;
/// What else can be given with an address.
const ALSO: [&str; 3] = ["name", "phone", "postal"];

/// What this export would do to a ledger.
pub fn own(exported: &Exported, known: &Known) -> Plan {
    let mut planning = Planning::new(exported, known);
    for domain in domains_of(&exported.own_domains) {
        planning.own_domain(domain);
    }
    for domain in orgs_of(&exported.dismissed_domains) {
        if planning.dismissed.insert(domain.clone()) {
            planning.plan.dismissed.push(domain);
        }
    }
    for service in &exported.services {
        planning.service(service);
    }
    for address in &exported.addresses {
        planning.address(address);
    }
    for given in &exported.disclosures {
        planning.disclosure(given);
    }
    planning.ended()
}

/// Something of the export beside its disclosures: whether it brings anything, and whether a row
/// says so.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    left_alone: Option<Why>,
    adds: bool,
    in_a_row: bool,
    in_an_added_row: bool,
}

impl Part {
    fn row(&mut self, outcome: Outcome) {
        self.in_a_row = true;
        self.in_an_added_row |= outcome == Outcome::Added;
    }

    /// What a row of its own would say, where no other says it.
    fn outcome(self) -> Option<Outcome> {
        let outcome = match (self.left_alone, self.adds) {
            (Some(why), _) => Outcome::LeftAlone(why),
            (None, true) => Outcome::Added,
            (None, false) => Outcome::Merged(Why::Known),
        };
        (!self.in_a_row || self.adds && !self.in_an_added_row).then_some(outcome)
    }
}

struct Planning<'a> {
    known: &'a Known,
    plan: Plan,
    by_name: BTreeMap<String, Which>,
    by_key: BTreeMap<String, Which>,
    /// Services of the ledger of which the export has no name.
    by_org: BTreeMap<String, Which>,
    names: BTreeMap<Which, String>,
    taken: BTreeMap<Which, BTreeSet<String>>,
    refused: BTreeMap<Which, BTreeSet<String>>,
    own_domains: BTreeSet<String>,
    dismissed: BTreeSet<String>,
    disclosed: BTreeSet<(AddrSpec, Which)>,
    services: BTreeMap<Which, Part>,
    addresses: BTreeMap<AddrSpec, Part>,
}

impl<'a> Planning<'a> {
    fn new(exported: &Exported, known: &'a Known) -> Planning<'a> {
        let mut planning = Planning {
            known,
            plan: Plan::default(),
            by_name: BTreeMap::new(),
            by_key: BTreeMap::new(),
            by_org: BTreeMap::new(),
            names: BTreeMap::new(),
            taken: BTreeMap::new(),
            refused: BTreeMap::new(),
            own_domains: known.own_domains.clone(),
            dismissed: known.dismissed.clone(),
            disclosed: BTreeSet::new(),
            services: BTreeMap::new(),
            addresses: BTreeMap::new(),
        };
        let named: BTreeSet<String> = exported.services.iter().map(|s| key(&s.service)).collect();
        for service in &known.services {
            let which = Which::Known(service.id);
            planning.by_name.insert(service.name.clone(), which);
            planning.by_key.entry(key(&service.name)).or_insert(which);
            planning.names.insert(which, service.name.clone());
            planning.refused.insert(which, service.refused.clone());
            let taken = service.domains.union(&service.processors).cloned();
            planning.taken.insert(which, taken.collect());
            if !named.contains(&key(&service.name)) {
                for org in &service.domains {
                    planning.by_org.entry(org.clone()).or_insert(which);
                }
            }
        }
        planning
    }

    fn own_domain(&mut self, domain: String) {
        let outcome = match self.own_domains.insert(domain.clone()) {
            true => Outcome::Added,
            false => Outcome::Merged(Why::Known),
        };
        self.row(String::new(), format!("*@{domain}"), outcome);
        if outcome == Outcome::Added {
            self.plan.own_domains.push(domain);
        }
    }

    fn service(&mut self, service: &ExportedService) {
        let Some(which) = self.which(&service.service, &service.domains) else {
            return;
        };
        let of_ledger = match which {
            Which::Known(_) => self.taken.get(&which).cloned().unwrap_or_default(),
            Which::New(_) => BTreeSet::new(),
        };
        let taken = self.taken.entry(which).or_default();
        let refused = self.refused.entry(which).or_default();
        let refused_before = refused.clone();
        let mut add = |domains: &[String], whose: Whose| {
            for org in orgs_of(domains) {
                // The word of the ledger comes before that of the export.
                let is_new = match whose {
                    Whose::Own | Whose::Processor => {
                        !refused_before.contains(&org) && taken.insert(org.clone())
                    }
                    Whose::Stranger => !of_ledger.contains(&org) && refused.insert(org.clone()),
                };
                if is_new {
                    self.services.entry(which).or_default().adds = true;
                    self.plan.domains.push((which, org, whose));
                }
            }
        };
        add(&service.domains, Whose::Own);
        add(&service.processors, Whose::Processor);
        add(&service.refused_domains, Whose::Stranger);
    }

    /// The service of a name, made where it is new: the ledger's of that name, else the ledger's
    /// with one of its domains. `None` for a name of nothing.
    fn which(&mut self, name: &str, domains: &[String]) -> Option<Which> {
        let key = key(name);
        if key.is_empty() {
            return None;
        }
        let named = || self.by_name.get(name).or_else(|| self.by_key.get(&key));
        let orgs = || orgs_of(domains);
        let found = named().or_else(|| orgs().find_map(|org| self.by_org.get(&org)));
        let which = match found.copied() {
            Some(which) => which,
            None => {
                let which = Which::New(self.plan.services.len());
                let name = shown(name, LONGEST_NAME);
                self.names.insert(which, name.clone());
                self.plan.services.push(NewService { name });
                self.services.entry(which).or_default().adds = true;
                which
            }
        };
        self.by_key.entry(key).or_insert(which);
        self.services.entry(which).or_default();
        Some(which)
    }

    fn address(&mut self, address: &ExportedAddress) {
        let spec = &address.address;
        let part = self.addresses.entry(spec.clone()).or_default();
        if self.known.refused.contains(&spec.to_string()) {
            part.left_alone = Some(Why::NotYours);
            return;
        }
        if part.adds {
            return;
        }
        if !self.known.addresses.contains_key(spec) {
            part.adds = true;
            self.plan.addresses.push(NewAddress {
                spec: spec.clone(),
                kind: address.kind,
                status: address.status,
                purpose: address.purpose,
                dedicated: address.dedicated,
            });
        } else if let Some(purpose) = address.purpose
            && self.known.unsaid.contains(spec)
        {
            part.adds = true;
            self.plan.purposes.push((spec.clone(), purpose));
        }
    }

    fn disclosure(&mut self, given: &ExportedDisclosure) {
        let Some(which) = self.which(&given.service, &[]) else {
            return;
        };
        let spec = &given.address;
        let outcome = self.outcome(spec, which);
        if outcome == Outcome::Added {
            self.address(&ExportedAddress::new(spec.clone()));
            self.plan.disclosures.push(Disclosed {
                address: spec.clone(),
                service: which,
                given: recorded(given),
            });
        }
        self.services.entry(which).or_default().row(outcome);
        self.addresses.entry(spec.clone()).or_default().row(outcome);
        let service = self.names.get(&which).cloned().unwrap_or_default();
        self.row(service, spec.to_string(), outcome);
    }

    fn outcome(&mut self, spec: &AddrSpec, which: Which) -> Outcome {
        let on_record = match (which, self.known.addresses.get(spec)) {
            (Which::Known(service), Some(address)) => {
                self.known.disclosed.contains(&(*address, service))
            }
            (Which::Known(_) | Which::New(_), _) => false,
        };
        if on_record {
            Outcome::Merged(Why::Known)
        } else if self.known.refused.contains(&spec.to_string()) {
            Outcome::LeftAlone(Why::NotYours)
        } else if self.known.lookouts.contains(spec) {
            Outcome::LeftAlone(Why::Lookout)
        } else if self.disclosed.insert((spec.clone(), which)) {
            Outcome::Added
        } else {
            Outcome::Merged(Why::Twice)
        }
    }

    fn row(&mut self, service: String, address: String, outcome: Outcome) {
        self.plan.rows.push(Row {
            service,
            address,
            outcome,
        });
    }

    /// The plan, in which every addition but that of dismissed domains is in a row.
    fn ended(mut self) -> Plan {
        for (which, part) in std::mem::take(&mut self.services) {
            if let Some(outcome) = part.outcome() {
                let name = self.names.get(&which).cloned().unwrap_or_default();
                self.row(name, String::new(), outcome);
            }
        }
        for (spec, part) in std::mem::take(&mut self.addresses) {
            if let Some(outcome) = part.outcome() {
                self.row(String::new(), spec.to_string(), outcome);
            }
        }
        self.plan
    }
}

/// What one name is compared by: the ledger has no two services whose names differ in the case of
/// their letters only.
fn key(name: &str) -> String {
    shown(name, LONGEST_NAME).to_ascii_lowercase()
}

/// Domains in lower case; what has not their form is none.
fn domains_of(texts: &[String]) -> impl Iterator<Item = String> {
    let domains = texts.iter().map(|text| text.trim().to_lowercase());
    domains.filter(|domain| is_domain(domain))
}

/// Organisational domains.
fn orgs_of(texts: &[String]) -> impl Iterator<Item = String> {
    domains_of(texts).map(|domain| org_domain(&domain))
}

fn recorded(given: &ExportedDisclosure) -> Given {
    let (from, to) = (given.given_from, given.given_to);
    let (from, to) = match (from, to) {
        (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
        days => days,
    };
    let mut also: Vec<String> = Vec::new();
    for part in &given.also {
        if ALSO.contains(&part.as_str()) && !also.contains(part) {
            also.push(part.clone());
        }
    }
    Given::Recorded {
        from: from.map(day_number),
        to: to.map(day_number),
        basis: given.basis,
        also,
    }
}
