//! First-party cousins: a domain that is not on record for a service and yet writes like it. It is
//! proposed ("also Example Shop?") and counts neither as a stranger nor as the service until the
//! user says.

use crate::Verdict;
use crate::traffic::{Delivery, HolderDomains};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer messages, on fewer days, over fewer days than these are not regular.
const MESSAGES: usize = 3;
const DAYS: usize = 3;
const SPAN: i32 = 14;

/// A domain that may be the service's too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cousin {
    /// The ledger's number of the organisational domain.
    pub org: i64,
    /// Messages from it.
    pub messages: u32,
    /// The day of the first.
    pub first: Date,
    /// The day of the last.
    pub last: Date,
}

/// The cousins among those who write to an address that one service has: mail of a domain that is
/// not on record, every message verified by the user's own receiver and none judged junk, at least
/// half of them with List-Unsubscribe, and at least three on three days over two weeks. `refused`
/// are domains of which the user said that they are not this service's.
pub fn cousins(
    deliveries: &[Delivery],
    holders: &HolderDomains,
    refused: &BTreeSet<i64>,
) -> Vec<Cousin> {
    let mut by_org: BTreeMap<i64, Vec<&Delivery>> = BTreeMap::new();
    for delivery in deliveries {
        let known = delivery.from_org == 0
            || delivery.from_self
            || holders.contains_key(&delivery.from_org)
            || refused.contains(&delivery.from_org);
        if !known {
            by_org.entry(delivery.from_org).or_default().push(delivery);
        }
    }
    by_org
        .into_iter()
        .filter_map(|(org, of)| {
            let clean = of
                .iter()
                .all(|d| d.auth.passed() && d.verdict != Verdict::Junk);
            let subscribed = of.iter().filter(|d| d.subscribed).count();
            let days: BTreeSet<Date> = of.iter().map(|d| d.day).collect();
            let (first, last) = (*days.first()?, *days.last()?);
            let regular =
                of.len() >= MESSAGES && days.len() >= DAYS && (last - first).get_days() >= SPAN;
            (clean && regular && 2 * subscribed >= of.len()).then_some(Cousin {
                org,
                messages: u32::try_from(of.len()).unwrap_or(u32::MAX),
                first,
                last,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Auth, VerdictSource};
    use jiff::civil::date;

    const SHOP: i64 = 7;
    const OTHER: i64 = 9;

    fn mail(days: &[i8]) -> Vec<Delivery> {
        days.iter()
            .map(|day| Delivery {
                arrived_at: i64::from(*day) * 86_400,
                day: date(2026, 6, *day),
                verdict: Verdict::Unjudged,
                source: VerdictSource::Nobody,
                from_org: OTHER,
                auth: Auth::Dkim,
                campaign: i64::from(*day),
                from_self: false,
                accepted: false,
                subscribed: true,
            })
            .collect()
    }

    #[test]
    fn proposes_only_who_writes_like_a_service() {
        let holders: HolderDomains = [(SHOP, vec![(1, false)])].into();
        let found = |deliveries: &[Delivery], refused: &[i64]| {
            let refused = refused.iter().copied().collect();
            !cousins(deliveries, &holders, &refused).is_empty()
        };
        let check = |name: &str, change: &dyn Fn(&mut Vec<Delivery>), want: bool| {
            let mut deliveries = mail(&[1, 9, 20]);
            change(&mut deliveries);
            assert_eq!(found(&deliveries, &[]), want, "{name}");
        };
        check("regular, verified, subscribed", &|_| {}, true);
        check(
            "one without List-Unsubscribe",
            &|d| d[0].subscribed = false,
            true,
        );
        check(
            "two of three without",
            &|d| d[..2].iter_mut().for_each(|d| d.subscribed = false),
            false,
        );
        check("one judged junk", &|d| d[1].verdict = Verdict::Junk, false);
        check("one not verified", &|d| d[1].auth = Auth::None, false);
        check("two messages", &|d| d.truncate(2), false);
        check("within a week", &|d| *d = mail(&[1, 3, 7]), false);
        check(
            "from oneself",
            &|d| d.iter_mut().for_each(|d| d.from_self = true),
            false,
        );
        check(
            "on record",
            &|d| d.iter_mut().for_each(|d| d.from_org = SHOP),
            false,
        );
        assert!(!found(&mail(&[1, 9, 20]), &[OTHER]), "refused");
    }
}
