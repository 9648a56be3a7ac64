//! Which campaigns reached two addresses since both onsets.

use super::facts::Began;
use super::graph::Overlap;
use super::model::COMPARED;
use crate::assess::Ledger;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Comparisons that were made, by the ledger's numbers of both addresses, the smaller first.
/// Derived: whoever drops it pays with time only.
#[derive(Clone, Debug, Default)]
pub struct Overlaps {
    /// `None` where nothing could be compared.
    known: BTreeMap<(i64, i64), Option<Overlap>>,
    /// The day that stands for the onset of each address that was compared.
    days: BTreeMap<i64, Date>,
}

/// One address whose junk began.
struct Seen<'a> {
    at: usize,
    id: i64,
    day: Date,
    campaigns: &'a [(Date, i64)],
    /// Campaigns by key with the last day of each, made when first asked for.
    last: Option<Vec<(i64, Date)>>,
}

impl Overlaps {
    /// Forgets what was compared with addresses that changed.
    pub fn forget(&mut self, changed: &BTreeSet<i64>) {
        self.known
            .retain(|(a, b), _| !changed.contains(a) && !changed.contains(b));
    }

    /// The overlaps of all addresses whose junk began, by their index in the ledger.
    pub(super) fn of(
        &mut self,
        ledger: &Ledger,
        began: &[Option<&Began>],
    ) -> BTreeMap<(usize, usize), Overlap> {
        let mut seen: Vec<Seen<'_>> = ledger
            .addresses
            .iter()
            .zip(began)
            .enumerate()
            .filter_map(|(at, (address, began))| {
                Some(Seen {
                    at,
                    id: address.id,
                    day: (*began)?.day,
                    campaigns: &address.campaigns,
                    last: None,
                })
            })
            .collect();
        let days: BTreeMap<i64, Date> = seen.iter().map(|s| (s.id, s.day)).collect();
        let moved: BTreeSet<i64> = days
            .iter()
            .filter(|(id, day)| self.days.get(id) != Some(day))
            .map(|(id, _)| *id)
            .collect();
        self.forget(&moved);
        self.known
            .retain(|(a, b), _| days.contains_key(a) && days.contains_key(b));
        self.days = days;
        let mut all = BTreeMap::new();
        for k in 1..seen.len() {
            let (before, after) = seen.split_at_mut(k);
            let Some(b) = after.first_mut() else { continue };
            for a in before {
                let ids = (a.id.min(b.id), a.id.max(b.id));
                let overlap = *self.known.entry(ids).or_insert_with(|| compared(a, b));
                if let Some(overlap) = overlap {
                    all.insert((a.at, b.at), overlap);
                }
            }
        }
        all
    }
}

/// Of the address that has fewer campaigns since both onsets the first [`COMPARED`] at most, and
/// how many of these reached the other too.
fn compared<'a>(a: &mut Seen<'a>, b: &mut Seen<'a>) -> Option<Overlap> {
    let from = a.day.max(b.day);
    let since = |of: &Seen<'_>| of.campaigns.partition_point(|(day, _)| *day < from);
    let left = |of: &Seen<'_>| of.campaigns.len() - since(of);
    let (fewer, other) = if left(b) < left(a) { (b, a) } else { (a, b) };
    let mut keys: Vec<i64> = Vec::with_capacity(COMPARED as usize);
    for (_, key) in fewer.campaigns.iter().skip(since(fewer)) {
        if keys.len() >= COMPARED as usize {
            break;
        }
        if !keys.contains(key) {
            keys.push(*key);
        }
    }
    if keys.is_empty() || left(other) == 0 {
        return None;
    }
    let last = other.last.get_or_insert_with(|| last_days(other.campaigns));
    let reached = |key: &i64| {
        let found = last.binary_search_by_key(key, |(known, _)| *known);
        found
            .ok()
            .and_then(|at| last.get(at))
            .is_some_and(|(_, day)| *day >= from)
    };
    Some(Overlap {
        common: keys.iter().filter(|key| reached(key)).count() as u32,
        of: keys.len() as u32,
    })
}

/// Every campaign once, with its last day, by key.
fn last_days(campaigns: &[(Date, i64)]) -> Vec<(i64, Date)> {
    let mut last: Vec<(i64, Date)> = campaigns.iter().map(|(day, key)| (*key, *day)).collect();
    last.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    last.dedup_by_key(|(key, _)| *key);
    last
}
