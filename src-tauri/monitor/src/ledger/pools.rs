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
    for (domain, local, at, campaign) in store.never_given()? {
        let pool = pools.entry(domain.clone()).or_insert_with(|| new(&domain));
        pool.hits
            .extend(civil_day(at, &zone).filter(|day| at != 0 && *day <= today));
        pool.campaigns.insert(campaign);
        locals.entry(domain).or_default().insert(local);
    }
    for (domain, locals) in locals {
        if let Some(pool) = pools.get_mut(&domain) {
            pool.local_parts = u32::try_from(locals.len()).unwrap_or(u32::MAX);
        }
    }
    Ok(pools.into_values().collect())
}
