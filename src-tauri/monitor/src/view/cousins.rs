//! Domains that write like a recorded service, for the user to say whose they are, and addresses
//! that could become lookout addresses.

use super::types::{AddressLink, CousinRow, LookoutRow};
use crate::ledger::Picture;
use crate::lookout;
use crate::store::Store;
use crate::words::Words;
use anyhow::Result;
use exposure::AddrSpec;
use std::collections::BTreeSet;

/// Every proposal, or those at one address.
///
/// # Errors
/// Those of SQLite.
pub(super) fn cousins(
    picture: &Picture,
    store: &Store,
    words: &Words,
    only: Option<i64>,
) -> Result<Vec<CousinRow>> {
    let mut rows = Vec::new();
    for (address, (service, found)) in &picture.cousins {
        if only.is_some_and(|id| id != *address) {
            continue;
        }
        let Some(record) = picture.addresses.iter().find(|a| a.id == *address) else {
            continue;
        };
        let name = picture.service_name(*service).unwrap_or_default();
        for cousin in found {
            let Some(domain) = store.domain_name(cousin.org)? else {
                continue;
            };
            let count = words.count("count.messages", u64::from(cousin.messages), &[]);
            let span = words.from_to(cousin.first, cousin.last, picture.today);
            rows.push(CousinRow {
                address: AddressLink {
                    id: *address,
                    address: record.spec.to_string(),
                },
                service_id: *service,
                question: words.fill("cousin.question", &[("service", name)]),
                domain,
                detail: words.fill("cousin.detail", &[("count", &count), ("span", &span)]),
            });
        }
    }
    Ok(rows)
}

/// Addresses that could become lookout addresses, and what each would tell.
///
/// # Errors
/// Those of SQLite, and when the system has no randomness to give.
pub fn lookouts(picture: &Picture, store: &Store, words: &Words) -> Result<Vec<LookoutRow>> {
    let mut tried = BTreeSet::new();
    store.never_given(|domain, local, _, _| {
        tried.extend(AddrSpec::from_parts(local, domain).ok());
    })?;
    let all = lookout::suggestions(picture, &tried)?.into_iter();
    Ok(all
        .map(|suggestion| LookoutRow {
            address: suggestion.spec.to_string(),
            tells: words.say(match suggestion.guessable {
                true => "lookout.guessable",
                false => "lookout.random",
            }),
        })
        .collect())
}
