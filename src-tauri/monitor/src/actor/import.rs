//! Bringing the entries of an export into the ledger.

use super::change::claim_shown;
use super::kind::Kinds;
use crate::clock::{civil_day, day_number};
use crate::intake::{self, Alias, Entry, Format, Known, KnownService, Role, Which};
use crate::store::{Made, NewImport, Store};
use anyhow::{Context, Result};
use exposure::{AddressKind, AddressStatus};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// The entries of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its format.
    pub format: Format,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// Its entries.
    pub entries: Vec<Entry>,
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
        ..Known::default()
    };
    for service in store.services()? {
        let own = service
            .domains
            .into_iter()
            .filter(|(_, _, processor)| !processor);
        let mut refused_names = BTreeSet::new();
        for domain in refused.get(&service.id).into_iter().flatten() {
            refused_names.extend(store.domain_name(*domain)?);
        }
        known.services.push(KnownService {
            id: service.id,
            name: service.name,
            domains: own.map(|(_, name, _)| name).collect(),
            refused: refused_names,
        });
    }
    for address in store.addresses()? {
        if address.kind == AddressKind::Control {
            known.lookouts.insert(address.spec.clone());
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
    let plan = intake::plan(&import.entries, &known(store)?, now);
    if plan.adds_nothing() {
        return Ok(0);
    }
    let record = NewImport {
        format: import.format.word(),
        sha256: &import.sha256,
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
    for (which, domain) in &plan.domains {
        let service = number(*which)?;
        if let Some(domain) = store.import_domain(service, domain)? {
            store.import_made(id, Made::Domain(service, domain))?;
        }
    }
    let mut kinds = Kinds::of(store)?;
    for address in &plan.addresses {
        let made = kinds.claim(store, &address.spec, now)?;
        store.import_made(id, Made::Address(made))?;
        if let Some(alias) = address.alias {
            store.set_kind(made, AddressKind::Relay)?;
            match alias {
                Alias::On => {}
                Alias::Off => store.set_status(made, AddressStatus::Retired)?,
            }
        }
    }
    let mut touched = BTreeSet::new();
    for (which, _) in &plan.domains {
        touched.insert(number(*which)?);
    }
    for given in &plan.disclosures {
        let address = store
            .address(&given.address)?
            .context("an address of no plan")?;
        let service = number(given.service)?;
        let day = given
            .given_at
            .and_then(|at| civil_day(at, zone))
            .map(day_number);
        if store.import_disclosure(address, service, day)? {
            store.import_made(id, Made::Disclosure(address, service))?;
        }
        touched.insert(service);
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
