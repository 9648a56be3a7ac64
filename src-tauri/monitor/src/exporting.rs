//! Exporting what the user said and recorded.

use crate::clock::day_of_number;
use crate::exported::{
    Exported, ExportedAddress, ExportedDisclosure, ExportedService, json, sheet,
};
use crate::handle::Handle;
use crate::store::Store;
use crate::whole::{self, Place};
use anyhow::Result;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use ts_rs::TS;

/// What an export is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Everything, to be read by programs; comes back without loss.
    Json,
    /// Disclosures, as a table for spreadsheets.
    Csv,
}

impl ExportFormat {
    /// The format that the ending of a file's name says.
    pub fn of(path: &Path) -> Option<ExportFormat> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "json" => Some(ExportFormat::Json),
            "csv" => Some(ExportFormat::Csv),
            _other => None,
        }
    }
}

impl Handle {
    /// Writes what the user said and recorded into a file, and says what that was.
    ///
    /// # Errors
    /// Those of [`whole::write`] and of SQLite.
    pub fn export(&self, path: &Path, format: ExportFormat, place: Place) -> Result<Exported> {
        let exported = self.read(exported)?;
        let bytes = match format {
            ExportFormat::Json => json(&exported)?.into_bytes(),
            ExportFormat::Csv => sheet::csv(&exported)?,
        };
        whole::write(path, place, |file| Ok(file.write_all(&bytes)?))?;
        Ok(exported)
    }
}

/// What the user said and recorded, in an order that the ledger's numbers do not change.
fn exported(store: &Store) -> Result<Exported> {
    let mut refused = store.refused_domains()?;
    let mut services = Vec::new();
    let mut named = BTreeMap::new();
    for service in store.services()? {
        let domains = |as_processor: bool| {
            let of = service.domains.iter().filter(|d| d.2 == as_processor);
            of.map(|(_, name, _)| name.clone()).collect()
        };
        services.push(ExportedService {
            service: service.name.clone(),
            domains: domains(false),
            processors: domains(true),
            refused_domains: names(store, refused.remove(&service.id).unwrap_or_default())?,
        });
        named.insert(service.id, service.name);
    }
    let mut addresses = Vec::new();
    let mut specs = BTreeMap::new();
    for address in store.addresses()? {
        specs.insert(address.id, address.spec.clone());
        addresses.push(ExportedAddress {
            address: address.spec,
            kind: Some(address.kind),
            status: address.status,
            purpose: address.purpose,
            dedicated: address.dedicated,
        });
    }
    addresses.sort_by(|a, b| a.address.cmp(&b.address));
    let mut disclosures = Vec::new();
    for given in store.disclosures()? {
        let (Some(address), Some(service)) = (specs.get(&given.address), named.get(&given.service))
        else {
            continue;
        };
        disclosures.push(ExportedDisclosure {
            address: address.clone(),
            service: service.clone(),
            given_from: given.given_from.map(day_of_number),
            given_to: given.given_to.map(day_of_number),
            basis: given.basis,
            also: given.also,
        });
    }
    disclosures.sort_by(|a, b| (&a.address, &a.service).cmp(&(&b.address, &b.service)));
    Ok(Exported {
        services,
        addresses,
        disclosures,
        own_domains: names(store, store.own_domains()?.into_keys())?,
        dismissed_domains: names(store, store.dismissed()?)?,
    })
}

/// The names of domains, in their order.
fn names(store: &Store, domains: impl IntoIterator<Item = i64>) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for domain in domains {
        names.extend(store.domain_name(domain)?);
    }
    names.sort();
    Ok(names)
}
