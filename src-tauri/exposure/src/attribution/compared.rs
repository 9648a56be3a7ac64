//! Which campaigns reached two addresses since both onsets.

use super::facts::Subject;
use super::graph::Overlap;
use super::model::COMPARED;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A beginning of junk: the ledger's number of its address, and which of its beginnings it is.
type Rise = (i64, usize);

/// Comparisons that were made, by both beginnings, the smaller first. Derived: whoever drops it
/// pays with time only.
#[derive(Clone, Debug, Default)]
pub struct Overlaps {
    /// `None` where nothing could be compared.
    known: BTreeMap<(Rise, Rise), Option<Overlap>>,
    /// The day that stands for each beginning that was compared.
    days: BTreeMap<Rise, Date>,
}

/// One beginning of junk.
struct Seen<'a> {
    /// Its node of the graph.
    at: usize,
    rise: Rise,
    day: Date,
    campaigns: &'a [(Date, i64)],
    /// Campaigns by key with the last day of each, made when first asked for.
    last: Option<Vec<(i64, Date)>>,
}

impl Overlaps {
    /// Forgets what was compared with addresses that changed.
    pub fn forget(&mut self, changed: &BTreeSet<i64>) {
        self.known
            .retain(|((a, _), (b, _)), _| !changed.contains(a) && !changed.contains(b));
    }

    /// The overlaps of all beginnings of junk, by their nodes of the graph. What reached an
    /// address after each of two beginnings there is the same mail, and says nothing.
    pub(super) fn of(&mut self, subjects: &[Subject<'_>]) -> BTreeMap<(usize, usize), Overlap> {
        let mut seen: Vec<Seen<'_>> = subjects
            .iter()
            .enumerate()
            .filter_map(|(at, subject)| {
                Some(Seen {
                    at,
                    rise: (subject.address.id, subject.number),
                    day: subject.began?.day,
                    campaigns: &subject.address.campaigns,
                    last: None,
                })
            })
            .collect();
        let days: BTreeMap<Rise, Date> = seen.iter().map(|s| (s.rise, s.day)).collect();
        let moved: BTreeSet<i64> = days
            .iter()
            .filter(|(rise, day)| self.days.get(rise) != Some(day))
            .map(|((id, _), _)| *id)
            .collect();
        self.forget(&moved);
        self.known
            .retain(|(a, b), _| days.contains_key(a) && days.contains_key(b));
        self.days = days;
        let mut all = BTreeMap::new();
        for k in 1..seen.len() {
            let (before, after) = seen.split_at_mut(k);
            let Some(b) = after.first_mut() else { continue };
            let (here, _) = b.rise;
            for a in before.iter_mut().filter(|a| a.rise.0 != here) {
                let rises = (a.rise.min(b.rise), a.rise.max(b.rise));
                let overlap = *self.known.entry(rises).or_insert_with(|| compared(a, b));
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
    // Of two that have as many the smaller number comes first, in whatever order they were met.
    let (fewer, other) = if (left(b), b.rise) < (left(a), a.rise) {
        (b, a)
    } else {
        (a, b)
    };
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
