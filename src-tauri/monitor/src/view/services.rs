//! The Services screen.

use super::common::{badge, shown_state};
use super::types::{GivenAddress, ServiceRow};
use crate::clock::{civil_day, day_of_number};
use crate::ledger::Picture;
use crate::store::Store;
use crate::words::Words;
use anyhow::Result;
use std::collections::BTreeSet;

/// Services by name with the addresses that they have.
///
/// # Errors
/// Those of SQLite.
pub fn services(picture: &Picture, store: &Store, words: &Words) -> Result<Vec<ServiceRow>> {
    let mut rows = Vec::with_capacity(picture.services.len());
    for service in &picture.services {
        let own: BTreeSet<i64> = service
            .domains
            .iter()
            .filter(|(_, _, processor)| !processor)
            .map(|(org, _, _)| *org)
            .collect();
        let (mut wanted, mut last) = (0, 0);
        let mut addresses = Vec::new();
        for disclosure in picture
            .disclosures
            .iter()
            .filter(|d| d.service == service.id)
        {
            for sender in store.senders_of(disclosure.address)? {
                if own.contains(&sender.org) {
                    wanted += sender.count - sender.junk;
                    last = last.max(sender.last);
                }
            }
            let Some(record) = picture
                .addresses
                .iter()
                .find(|a| a.id == disclosure.address)
            else {
                continue;
            };
            let Some(said) = picture
                .assessment
                .addresses
                .iter()
                .find(|a| a.id == record.id)
            else {
                continue;
            };
            let given = match disclosure.given_from {
                Some(day) => words.fill(
                    "address.purpose_given",
                    &[("day", &words.day(day_of_number(day), picture.today))],
                ),
                None => words.say("address.given_unknown"),
            };
            addresses.push(GivenAddress {
                id: record.id,
                address: record.spec.to_string(),
                given,
                badge: badge(words, shown_state(picture, said)),
            });
        }
        let last_mail = match civil_day(last, &picture.zone).filter(|_| last != 0) {
            Some(day) => words.fill(
                "service.last_mail",
                &[("day", &words.day(day, picture.today))],
            ),
            None => words.say("service.no_mail"),
        };
        rows.push(ServiceRow {
            id: service.id,
            service: service.name.clone(),
            domains: service
                .domains
                .iter()
                .map(|(_, name, _)| name.clone())
                .collect(),
            addresses,
            wanted_total: wanted,
            last_mail,
        });
    }
    Ok(rows)
}
