//! Addresses meant for people that services have.

use super::types::{AddressLink, ExceptionRow};
use crate::ledger::Picture;
use crate::store::AddressRecord;
use crate::words::Words;
use exposure::Purpose;
use exposure::assess::AddressFacts;
use exposure::exceptions::{self, Meant};
use std::collections::BTreeSet;

/// How many services are named.
const NAMED: usize = 4;

/// The addresses whose services are exceptions to the user's own rule, by number.
pub(super) fn made_at(picture: &Picture) -> BTreeSet<i64> {
    let meant: Vec<Meant> = sides(picture)
        .map(|(record, facts)| Meant {
            kind: record.kind,
            status: record.status,
            purpose: record.purpose,
            dedicated: record.dedicated,
            services: facts.holders.len(),
            people: facts.contacts as usize,
        })
        .collect();
    let made = picture.addresses.iter().zip(exceptions::exceptions(&meant));
    made.filter(|(_, made)| *made)
        .map(|(record, _)| record.id)
        .collect()
}

/// A row for each of them, the one that most services have first.
pub fn exceptions(picture: &Picture, words: &Words) -> Vec<ExceptionRow> {
    let made = made_at(picture);
    let mut rows: Vec<(usize, ExceptionRow)> = sides(picture)
        .filter(|(record, _)| made.contains(&record.id))
        .filter_map(|(record, facts)| {
            let key = match record.purpose? {
                Purpose::Work => "exception.work",
                Purpose::Personal => "exception.personal",
                Purpose::Shopping | Purpose::Throwaway => return None,
            };
            let mut names: Vec<String> = facts.holders.iter().map(|h| h.name.clone()).collect();
            let count = names.len();
            names.sort();
            if count > NAMED {
                let more = words.count("list.more", (count - NAMED) as u64, &[]);
                names.truncate(NAMED);
                names.push(more);
            }
            let row = ExceptionRow {
                address: AddressLink {
                    id: record.id,
                    address: record.spec.to_string(),
                },
                sentence: words.count(key, count as u64, &[]),
                services: names.join(&words.say("list.comma")),
            };
            Some((count, row))
        })
        .collect();
    rows.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Every address as recorded, beside its facts.
fn sides(picture: &Picture) -> impl Iterator<Item = (&AddressRecord, &AddressFacts)> {
    picture.addresses.iter().zip(&picture.ledger.addresses)
}
