//! What never-given local parts received, pooled by own domain.

use super::look::Coverage;
use super::zone_of;
use crate::clock::civil_day;
use crate::store::Store;
use anyhow::Result;
use exposure::assess::Pool;
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
