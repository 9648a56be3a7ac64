//! What is proposed of addresses: whose a domain is that writes like a recorded service, which
//! address to give, and which could become lookout addresses.

use super::types::{AddressLink, AliasRow, CousinRow, LookoutRow};
use crate::aliases::{self, AliasKind};
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

/// Local parts and tags that were only ever seen in mail.
fn seen(store: &Store) -> Result<BTreeSet<AddrSpec>> {
    let mut seen = BTreeSet::new();
    store.never_given(|domain, local, _, _| {
        seen.extend(AddrSpec::from_parts(local, domain).ok());
    })?;
    Ok(seen)
}

/// Addresses that could be given to a service, and what each means.
///
/// # Errors
/// Those of SQLite, and when the system has no randomness to give.
pub fn aliases(
    picture: &Picture,
    store: &Store,
    words: &Words,
    service: &str,
    domains: &[String],
) -> Result<Vec<AliasRow>> {
    let all = aliases::aliases(picture, &seen(store)?, service, domains)?;
    let tells = |kind: &AliasKind| match kind {
        AliasKind::OwnDomain => words.say("alias.own_domain"),
        AliasKind::Tag(base) => words.fill("alias.tag", &[("base", &base.to_string())]),
        AliasKind::Shared(purpose, services) => {
            let purpose = words.say(&format!("purpose.{}", purpose.word()));
            let services = words.count("count.services", *services as u64, &[]);
            words.fill(
                "alias.shared",
                &[("purpose", &purpose), ("services", &services)],
            )
        }
    };
    let rows = all.iter().map(|alias| AliasRow {
        address: alias.spec.to_string(),
        tells: tells(&alias.kind),
    });
    Ok(rows.collect())
}

/// Addresses that could become lookout addresses, and what each would tell.
///
/// # Errors
/// Those of SQLite, and when the system has no randomness to give.
pub fn lookouts(picture: &Picture, store: &Store, words: &Words) -> Result<Vec<LookoutRow>> {
    let tried = seen(store)?;
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
