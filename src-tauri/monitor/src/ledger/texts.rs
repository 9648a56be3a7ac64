//! What the junk of an address says of who was given it: personal names and brands.

use crate::store::{ServiceRecord, Store};
use anyhow::Result;
use exposure::assess::AddressFacts;
use exposure::text::{PersonalName, Shown, brand, said};
use exposure::traffic::HolderDomains;
use std::collections::{BTreeMap, BTreeSet};

/// So many of the newest junk messages are read.
const READ: usize = 400;
/// With less junk nothing could be said.
const LEAST: u32 = 3;

/// Fills in the names and mentions of an address that gets junk.
///
/// # Errors
/// Those of SQLite.
pub(super) fn read(
    store: &Store,
    facts: &mut AddressFacts,
    writing: &HolderDomains,
    services: &[ServiceRecord],
) -> Result<()> {
    let junk: u32 = facts.days.iter().map(|d| d.count.junk).sum();
    if facts.holders.is_empty() || junk < LEAST {
        return Ok(());
    }
    let mut given: BTreeSet<PersonalName> = BTreeSet::new();
    for (org, shown) in store.names_used(facts.id)? {
        let Some(name) = PersonalName::of(&shown, &facts.spec) else {
            continue;
        };
        for (service, _) in writing.get(&org).into_iter().flatten() {
            let mut holders = facts.holders.iter_mut();
            if let Some(holder) = holders.find(|h| h.service == *service)
                && holder.name_given.is_none()
            {
                holder.name_given = Some(name.text());
                given.insert(name.clone());
            }
        }
    }
    let brands: BTreeMap<i64, BTreeSet<String>> = services
        .iter()
        .filter(|s| facts.holders.iter().any(|h| h.service == s.id))
        .map(|s| {
            let own = s.domains.iter().filter(|(_, _, processor)| !processor);
            let domains: Vec<&str> = own.map(|(_, domain, _)| domain.as_str()).collect();
            let mut words = brand(&s.name, &domains);
            // Junk greets by the local part too: what stands there is no mention.
            words.retain(|word| !facts.spec.local().contains(word.as_str()));
            (s.id, words)
        })
        .collect();
    let texts = store.junk_texts(facts.id, READ)?;
    let shown = texts.iter().map(|[to_name, from_name, subject]| Shown {
        to_name,
        from_name,
        subject,
    });
    let told = said(shown, &facts.spec, &given, &brands);
    facts.greetings = told.names.iter().map(PersonalName::text).collect();
    facts.mentions = told.mentions;
    Ok(())
}
