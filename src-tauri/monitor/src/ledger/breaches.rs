//! Published breaches of the services in the ledger, and what they are worth as evidence.

use super::day_of_number;
use crate::store::{DisclosureRecord, ServiceRecord, Store};
use crate::{breaches, catalogue};
use anyhow::Result;
use exposure::assess::{Exposure, ExposureKind};
use exposure::attribution::graph::Listing;
use exposure::catalogue::{Blame, Entry, Given, SAME_WITHIN, touching};
use std::collections::{BTreeMap, BTreeSet};

/// A published breach of a service that has addresses of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The ledger's number of the service.
    pub service: i64,
    /// What the catalogue says.
    pub entry: Entry,
    /// The addresses that the service has, each with whether it was given before that.
    pub addresses: Vec<(i64, Given)>,
}

/// The breaches of these services that are known from the catalogues that the user switched on,
/// in the services' order, the latest of each first.
///
/// # Errors
/// Those of SQLite.
pub(super) fn of(
    store: &Store,
    services: &[ServiceRecord],
    disclosures: &[DisclosureRecord],
) -> Result<Vec<Breach>> {
    let on = breaches::switched_on(store)?;
    let Some(data) = store.folder().filter(|_| !on.is_empty()) else {
        return Ok(Vec::new());
    };
    let mut given: BTreeMap<i64, Vec<&DisclosureRecord>> = BTreeMap::new();
    for disclosure in disclosures {
        given
            .entry(disclosure.service)
            .or_default()
            .push(disclosure);
    }
    let own: Vec<(i64, Vec<&str>)> = services
        .iter()
        .map(|service| {
            let own = service
                .domains
                .iter()
                .filter(|(_, _, processor)| !processor);
            (
                service.id,
                own.map(|(_, domain, _)| domain.as_str()).collect(),
            )
        })
        .collect();
    let shelf = catalogue::shelf(&data, &on);
    let touches = touching(&own, &shelf.index).into_iter();
    Ok(touches
        .map(|touch| Breach {
            service: touch.service,
            entry: touch.entry.clone(),
            addresses: given
                .get(&touch.service)
                .into_iter()
                .flatten()
                .map(|disclosure| {
                    let day = |number: Option<i64>| number.map(day_of_number);
                    let (from, to) = (day(disclosure.given_from), day(disclosure.given_to));
                    let happened = touch.entry.happened;
                    (disclosure.address, Given::of(from, to, happened))
                })
                .collect(),
        })
        .collect())
}

/// What breaches are worth as evidence. One that the catalogue could not verify weighs nothing,
/// nor does one before which no address was given; what two catalogues say of the same breach
/// counts once.
pub(super) fn exposures(breaches: &[Breach]) -> Vec<Exposure> {
    let mut exposures: Vec<(Exposure, &Entry)> = Vec::new();
    for breach in breaches {
        let day = breach.entry.happened;
        let may_be_in_it = breach
            .addresses
            .iter()
            .any(|(_, given)| *given != Given::After);
        let told = exposures.iter().any(|(known, entry)| {
            known.service == breach.service
                && entry.source != breach.entry.source
                && (known.day - day).get_days().abs() <= SAME_WITHIN
        });
        if breach.entry.blame == Blame::Service && may_be_in_it && !told {
            let exposure = Exposure {
                service: breach.service,
                day,
                kind: ExposureKind::Entry(Listing::DomainOnly),
                // Whether an address is in it is not known.
                addresses: BTreeSet::new(),
            };
            exposures.push((exposure, &breach.entry));
        }
    }
    exposures
        .into_iter()
        .map(|(exposure, _)| exposure)
        .collect()
}
