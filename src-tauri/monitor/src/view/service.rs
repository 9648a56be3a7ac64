//! The Service screen: what one service knows, sends and is called.

use super::breaches::breaches;
use super::common::{badge, card, each, shown_state};
use super::exposures;
use super::services::services;
use super::types::{GivenAddress, ServiceDomain, ServiceLink, ServicePage, ServiceRow};
use crate::clock::{civil_day, day_of_number};
use crate::fault::{Code, Fault};
use crate::ledger::{Found, Picture};
use crate::store::{DisclosureRecord, Store};
use crate::words::Words;
use anyhow::Result;
use exposure::directory::same_company;

/// So many services that may be the same company are named.
const ALIKE: usize = 5;

/// The Service screen of the service with this number; below 0: one that only the mail shows.
///
/// # Errors
/// [`Code::NoSuchService`], and those of SQLite.
pub fn service(picture: &Picture, store: &Store, words: &Words, id: i64) -> Result<ServicePage> {
    let (mut own, others): (Vec<ServiceRow>, Vec<ServiceRow>) = services(picture, words)
        .into_iter()
        .partition(|row| row.id == id);
    let row = own
        .pop()
        .ok_or_else(|| Fault::new(Code::NoSuchService).with("service", id.to_string()))?;
    let record = picture.services.iter().find(|s| s.id == id).cloned();
    let found = picture.found.iter().find(|f| f.service() == id);
    let domains = record.or_else(|| found.map(Found::record));
    let given = picture.disclosures.iter().filter(|d| d.service == id);
    let flags = each(picture).flat_map(|one| {
        let flags = one.said.flags.iter().filter(|f| f.service == Some(id));
        flags
            .map(move |flag| card(picture, words, &one, flag))
            .collect::<Vec<_>>()
    });
    let former = store.former_names()?;
    Ok(ServicePage {
        mail: mail(picture, words, id),
        domains: domains
            .into_iter()
            .flat_map(|s| s.domains)
            .map(|(id, domain, processor)| ServiceDomain {
                id,
                domain,
                detail: words.say(if processor {
                    "provenance.processor"
                } else {
                    "provenance.service"
                }),
            })
            .collect(),
        addresses: given.filter_map(|d| address(picture, words, d)).collect(),
        former: former
            .into_iter()
            .filter(|(name, of)| *of == id && *name != row.service)
            .map(|(name, _)| name)
            .collect(),
        alike: others
            .into_iter()
            .filter(|other| {
                same_company(
                    (&row.service, &row.domains),
                    (&other.service, &other.domains),
                )
            })
            .take(ALIKE)
            .map(|other| ServiceLink {
                id: other.id,
                service: other.service,
            })
            .collect(),
        flags: flags.collect(),
        exposures: exposures::of_service(picture, words, id),
        breaches: breaches(picture, words, Some(id), None),
        row,
    })
}

/// An address that a service has, with when and how that is known.
fn address(picture: &Picture, words: &Words, of: &DisclosureRecord) -> Option<GivenAddress> {
    let one = each(picture).find(|one| one.facts.id == of.address)?;
    let given = match of.given_from {
        Some(day) => words.fill(
            "address.purpose_given",
            &[("day", &words.day(day_of_number(day), picture.today))],
        ),
        None => words.say("address.given_unknown"),
    };
    let basis = words.say(&format!("basis.{}", of.basis.word()));
    let mut known = words.fill("sender.detail", &[("who", &given), ("count", &basis)]);
    if !of.also.is_empty() {
        let also: Vec<String> = of
            .also
            .iter()
            .map(|what| words.say(&format!("also.{what}")))
            .collect();
        let also = words.fill("service.also", &[("list", &words.list(&also))]);
        known = words.fill("sender.detail", &[("who", &known), ("count", &also)]);
    }
    Some(GivenAddress {
        id: of.address,
        address: one.facts.spec.to_string(),
        given: known,
        badge: badge(words, shown_state(picture, one.said)),
    })
}

/// What it sends: "412 messages, the first on 3 May 2021, the last yesterday."
fn mail(picture: &Picture, words: &Words, id: i64) -> String {
    let heard = picture.heard.get(&id).copied().unwrap_or_default();
    let day = |at: i64| {
        civil_day(at, &picture.zone)
            .filter(|_| at != 0)
            .map(|day| words.day(day, picture.today))
    };
    match (day(heard.first), day(heard.last)) {
        (Some(first), Some(last)) => words.fill(
            "service.mail",
            &[
                ("count", &words.count("count.messages", heard.wanted, &[])),
                ("first", &first),
                ("last", &last),
            ],
        ),
        _ => words.say("service.no_mail"),
    }
}
