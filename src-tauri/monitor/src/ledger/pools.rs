//! What never-given local parts received, pooled by own domain.

use super::look::Coverage;
use super::zone_of;
use crate::clock::civil_day;
use crate::store::Store;
use anyhow::Result;
use exposure::AddressKind;
use exposure::assess::{AddressFacts, Pool};
use exposure::attribution::Guessable;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One pool for every own domain, and for every domain where a never-given part was hit.
///
/// # Errors
/// Those of SQLite.
pub(super) fn of(
    store: &Store,
    own_domains: &BTreeSet<String>,
    coverage: &Coverage,
    today: Date,
) -> Result<Vec<Pool>> {
    let zone = zone_of(store);
    let mut pools: BTreeMap<String, Pool> = BTreeMap::new();
    let mut locals: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let observed_since = coverage.junk_since(today);
    let new = |domain: &str| Pool {
        domain: domain.to_owned(),
        catch_all: own_domains.contains(domain),
        lookout: false,
        local_parts: 0,
        hits: Vec::new(),
        campaigns: BTreeSet::new(),
        observed_since,
    };
    for domain in own_domains {
        pools.insert(domain.clone(), new(domain));
    }
    store.never_given(|domain, local, at, campaign| {
        // There may be as many hits as messages: nothing is copied that is known.
        let pool = match pools.get_mut(domain) {
            Some(pool) => pool,
            None => pools
                .entry(domain.to_owned())
                .or_insert_with(|| new(domain)),
        };
        pool.hits
            .extend(civil_day(at, &zone).filter(|day| at != 0 && *day <= today));
        pool.campaigns.insert(campaign);
        if !locals
            .get(domain)
            .is_some_and(|known| known.contains(local))
        {
            let known = locals.entry(domain.to_owned()).or_default();
            known.insert(local.to_owned());
        }
    })?;
    for (domain, locals) in locals {
        if let Some(pool) = pools.get_mut(&domain) {
            pool.local_parts = u32::try_from(locals.len()).unwrap_or(u32::MAX);
        }
    }
    Ok(pools.into_values().collect())
}

/// Adds what lookout addresses received: nobody was given them, so it was guessed as well. Only
/// one that who guesses would try says something.
pub(super) fn with_lookouts(pools: &mut Vec<Pool>, addresses: &[AddressFacts]) {
    let lookouts = addresses.iter().filter(|address| {
        address.kind == AddressKind::Control
            && matches!(
                Guessable::of(address),
                Guessable::Easily | Guessable::Somewhat
            )
    });
    for address in lookouts {
        let Some(first) = address.days.iter().find(|d| d.junk_observed) else {
            continue;
        };
        let domain = address.spec.domain();
        if !pools.iter().any(|pool| pool.domain == domain) {
            pools.push(Pool {
                domain: domain.to_owned(),
                catch_all: false,
                lookout: true,
                local_parts: 0,
                hits: Vec::new(),
                campaigns: BTreeSet::new(),
                observed_since: Some(first.day),
            });
        }
        let Some(pool) = pools.iter_mut().find(|pool| pool.domain == domain) else {
            continue;
        };
        pool.lookout = true;
        let hit = address
            .days
            .iter()
            .filter(|d| d.count.junk + d.count.stranger > 0)
            .map(|d| d.day);
        let before = pool.hits.len();
        pool.hits.extend(hit);
        if pool.hits.len() > before {
            pool.local_parts += 1;
            pool.hits.sort_unstable();
        }
        pool.campaigns
            .extend(address.campaigns.iter().map(|(_, key)| *key));
    }
}
