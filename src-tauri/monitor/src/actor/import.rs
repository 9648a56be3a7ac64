//! Bringing what an export holds into the ledger.

use super::change::claim_shown;
use super::kind::Kinds;
use crate::clock::{civil_day, day_number};
use crate::intake::{Given, Known, KnownService, NewAddress, Parsed, Role, Which, Whose};
use crate::store::{AddressRecord, DisclosureRecord, Made, NewImport, Store};
use anyhow::{Context, Result};
use exposure::{AddressKind, Basis};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// An export to be brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// What stands in it.
    pub parsed: Parsed,
    /// What a table's columns are, by the setting under which that is kept; `None`: not kept.
    pub columns: Option<(String, BTreeMap<String, Role>)>,
}

/// What an import has to know of the ledger.
///
/// # Errors
/// Those of SQLite.
pub fn known(store: &Store) -> Result<Known> {
    let refused = store.refused_domains()?;
    let mut known = Known {
        refused: store.refused()?,
        disclosed: store.disclosed_ever()?,
        own_domains: store.own_domains()?.into_values().collect(),
        ..Known::default()
    };
    for domain in store.dismissed()? {
        known.dismissed.extend(store.domain_name(domain)?);
    }
    for service in store.services()? {
        let mut now = KnownService {
            id: service.id,
            name: service.name,
            ..KnownService::default()
        };
        for domain in refused.get(&service.id).into_iter().flatten() {
            now.refused.extend(store.domain_name(*domain)?);
        }
        for (_, name, as_processor) in service.domains {
            match as_processor {
                true => now.processors.insert(name),
                false => now.domains.insert(name),
            };
        }
        known.services.push(now);
    }
    for address in store.addresses()? {
        if address.kind == AddressKind::Control {
            known.lookouts.insert(address.spec.clone());
        }
        if address.purpose.is_none() {
            known.unsaid.insert(address.spec.clone());
        }
        known.addresses.insert(address.spec, address.id);
    }
    Ok(known)
}

/// Adds what is new, and notes what it made; returns the import's number, or 0 where nothing is.
pub(super) fn import(
    store: &mut Store,
    import: &Import,
    now: i64,
    today: i64,
    zone: &TimeZone,
) -> Result<i64> {
    let parsed = &import.parsed;
    let plan = parsed.plan(&known(store)?, now);
    if plan.adds_nothing() {
        return Ok(0);
    }
    let record = NewImport {
        format: parsed.format.word(),
        sha256: &parsed.sha256,
        counts: plan.counts(),
    };
    let id = store.add_import(&record, now)?;
    let mut services = Vec::with_capacity(plan.services.len());
    for service in &plan.services {
        let made = store.new_service(&service.name, now)?;
        store.import_made(id, Made::Service(made))?;
        services.push(made);
    }
    let number = |which: Which| match which {
        Which::Known(id) => Ok(id),
        Which::New(at) => services.get(at).copied().context("a service of no plan"),
    };
    let mut touched = BTreeSet::new();
    for (which, domain, whose) in &plan.domains {
        let service = number(*which)?;
        touched.insert(service);
        let made = match whose {
            Whose::Own => store.import_domain(service, domain, false)?,
            Whose::Processor => store.import_domain(service, domain, true)?,
            Whose::Stranger => store.refuse_domain(service, domain)?,
        };
        if let Some(domain) = made {
            let made = match whose {
                Whose::Own | Whose::Processor => Made::Domain(service, domain),
                Whose::Stranger => Made::RefusedDomain(service, domain),
            };
            store.import_made(id, made)?;
        }
    }
    for domain in &plan.own_domains {
        if let Some(domain) = store.own_domain(domain)? {
            store.import_made(id, Made::OwnDomain(domain))?;
        }
    }
    for domain in &plan.dismissed {
        let domain = store.domain(domain)?;
        if store.dismiss(domain, true)? {
            store.import_made(id, Made::Dismissed(domain))?;
        }
    }
    for (spec, purpose) in &plan.purposes {
        let address = store.address(spec)?.context("an address of no ledger")?;
        store.set_purpose(address, Some(*purpose))?;
        store.import_made(id, Made::Purpose(address))?;
    }
    addresses(store, id, import, &plan.addresses, now)?;
    for given in &plan.disclosures {
        let address = store.address(&given.address)?;
        let mut disclosure = DisclosureRecord {
            address: address.context("an address of no plan")?,
            service: number(given.service)?,
            given_from: None,
            given_to: None,
            basis: Basis::Imported,
            also: Vec::new(),
        };
        match &given.given {
            Given::At(at) => {
                let day = at.and_then(|at| civil_day(at, zone)).map(day_number);
                (disclosure.given_from, disclosure.given_to) = (day, day);
            }
            Given::Recorded {
                from,
                to,
                basis,
                also,
            } => {
                (disclosure.given_from, disclosure.given_to) = (*from, *to);
                (disclosure.basis, disclosure.also) = (*basis, also.clone());
            }
        }
        if store.import_disclosure(&disclosure)? {
            let (address, service) = (disclosure.address, disclosure.service);
            let made = match parsed.exported {
                Some(_) => Made::RecordedDisclosure(address, service),
                None => Made::Disclosure(address, service),
            };
            store.import_made(id, made)?;
        }
        touched.insert(disclosure.service);
    }
    for (address, service) in claim_shown(store, &touched, now, today, zone)? {
        store.import_made(id, Made::Address(address))?;
        store.import_made(id, Made::Disclosure(address, service))?;
    }
    if let Some((key, columns)) = &import.columns {
        store.keep_setting(key, Some(&serde_json::to_string(columns)?))?;
    }
    Ok(id)
}

fn addresses(
    store: &mut Store,
    id: i64,
    import: &Import,
    new: &[NewAddress],
    now: i64,
) -> Result<()> {
    let mut kinds = Kinds::of(store)?;
    for address in new {
        let kind = address.kind.unwrap_or_else(|| kinds.kind(&address.spec));
        let made = store.import_address(
            &AddressRecord {
                id: 0,
                spec: address.spec.clone(),
                kind,
                status: address.status,
                purpose: address.purpose,
                dedicated: address.dedicated,
            },
            now,
        )?;
        kinds.add(&address.spec);
        let made = match import.parsed.exported {
            Some(_) => Made::RecordedAddress(made),
            None => Made::Address(made),
        };
        store.import_made(id, made)?;
    }
    Ok(())
}
