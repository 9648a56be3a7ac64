//! Traffic: deliveries of one address counted by civil day, each delivery once.

use crate::{Auth, Provenance, Verdict, VerdictSource};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One delivery with its current verdict, as the ledger knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Arrival, UTC seconds; deliveries are counted in this order.
    pub arrived_at: i64,
    /// The civil day of the arrival in the ledger's zone.
    pub day: Date,
    /// The current verdict.
    pub verdict: Verdict,
    /// Who gave it.
    pub source: VerdictSource,
    /// The ledger's number of the organisational domain of From; 0 where there is none.
    pub from_org: i64,
    /// What the user's own receiver says of From.
    pub auth: Auth,
    /// The campaign key (30-day rule applied here, not in the key).
    pub campaign: i64,
    /// It came from one of the user's own addresses.
    pub from_self: bool,
    /// The user knows this sender ("I know this sender").
    pub accepted: bool,
    /// It can be unsubscribed from (List-Unsubscribe).
    pub subscribed: bool,
}

/// The domains from which an address's holders write: organisational domain → service, and
/// whether it is a processor of that service.
pub type HolderDomains = BTreeMap<i64, Vec<(i64, bool)>>;

/// Counts of one civil day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCount {
    /// Junk messages (not from a holder).
    pub junk: u32,
    /// Messages from strangers that nobody called junk or wanted.
    pub stranger: u32,
    /// Wanted messages: a holder's own, and the rest.
    pub wanted: u32,
    /// A holder's own authenticated mail that was judged junk.
    pub own_junk: u32,
    /// Junk campaigns counted for the first time in 30 days.
    pub new_junk_campaigns: u32,
    /// Campaigns of junk and strangers together, counted for the first time in 30 days.
    pub new_stranger_campaigns: u32,
}

/// Who sent a delivery, as seen from the holders of its address today, and which of them.
///
/// From is believed only when the user's own receiver verified it.
pub fn provenance(delivery: &Delivery, holders: &HolderDomains) -> (Provenance, Option<i64>) {
    if !delivery.auth.passed() {
        return (Provenance::Stranger, None);
    }
    match holders.get(&delivery.from_org).and_then(|of| of.first()) {
        Some((service, false)) => (Provenance::Service, Some(*service)),
        Some((service, true)) => (Provenance::Processor, Some(*service)),
        None => (Provenance::Stranger, None),
    }
}

/// How long a campaign that was counted is not counted again, in days.
const COUNTED_AGAIN_AFTER: i32 = 30;

/// The traffic of one address: a pure function of its deliveries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    counts: BTreeMap<Date, DayCount>,
    /// Days on which strangers wrote whom nobody judged or accepted, one per message, ascending.
    pub stranger_days: Vec<Date>,
    /// A holder's own mail judged junk by user, keyword or folder: day and service, ascending.
    pub own_junk: Vec<(Date, i64)>,
    /// Holders of whose own mail the user, or a mark, called something junk.
    pub unwanted: BTreeSet<i64>,
    /// Junk campaigns as counted: day and key, ascending.
    pub campaigns: Vec<(Date, i64)>,
}

impl Traffic {
    /// Counts deliveries, given in the order of their arrival, each once (detection.md section 1):
    /// a holder's own, else junk, else a stranger's, else wanted.
    ///
    /// Where the server checks nothing ([`Auth::None`]) a From of a holder cannot be verified:
    /// judged junk it is junk; otherwise it counts as wanted, so that an archive without such
    /// headers does not turn every newsletter into a stranger. [`Auth::Fail`] is a stranger.
    pub fn of(deliveries: &[Delivery], holders: &HolderDomains) -> Traffic {
        let mut traffic = Traffic::default();
        let mut junk_seen: BTreeMap<i64, Date> = BTreeMap::new();
        let mut stranger_seen: BTreeMap<i64, Date> = BTreeMap::new();
        let counts_again = |seen: &mut BTreeMap<i64, Date>, key: i64, day: Date| {
            let fresh = seen
                .get(&key)
                .is_none_or(|last| (day - *last).get_days() >= COUNTED_AGAIN_AFTER);
            if fresh {
                seen.insert(key, day);
            }
            fresh
        };
        for delivery in deliveries {
            let day = delivery.day;
            let count = traffic.counts.entry(day).or_default();
            let junk = delivery.verdict == Verdict::Junk;
            let (by, service) = provenance(delivery, holders);
            match (by, service) {
                (Provenance::Service | Provenance::Processor, Some(service)) => {
                    if !junk {
                        count.wanted += 1;
                        continue;
                    }
                    count.own_junk += 1;
                    match delivery.source {
                        VerdictSource::User | VerdictSource::Keyword => {
                            traffic.own_junk.push((day, service));
                            traffic.unwanted.insert(service);
                        }
                        VerdictSource::Folder => traffic.own_junk.push((day, service)),
                        VerdictSource::Header | VerdictSource::Nobody => {}
                    }
                    continue;
                }
                (Provenance::Service | Provenance::Processor | Provenance::Stranger, _) => {}
            }
            let unverified_holder =
                delivery.auth == Auth::None && holders.contains_key(&delivery.from_org);
            let wanted_by_user = delivery.verdict == Verdict::Wanted;
            if junk {
                count.junk += 1;
                if counts_again(&mut junk_seen, delivery.campaign, day) {
                    count.new_junk_campaigns += 1;
                    traffic.campaigns.push((day, delivery.campaign));
                }
            } else if wanted_by_user || delivery.from_self || delivery.accepted || unverified_holder
            {
                count.wanted += 1;
                continue;
            } else {
                count.stranger += 1;
                traffic.stranger_days.push(day);
            }
            if counts_again(&mut stranger_seen, delivery.campaign, day) {
                count.new_stranger_campaigns += 1;
            }
        }
        traffic
    }

    /// Every day from `first` to `last`, also those without mail.
    pub fn days(&self, first: Date, last: Date) -> Vec<(Date, DayCount)> {
        first
            .series(jiff::Span::new().days(1))
            .take_while(|day| *day <= last)
            .map(|day| (day, self.counts.get(&day).copied().unwrap_or_default()))
            .collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SHOP: i64 = 7;

    fn delivery(day: i8, verdict: Verdict, from_org: i64, auth: Auth, campaign: i64) -> Delivery {
        Delivery {
            arrived_at: i64::from(day) * 86_400,
            day: date(2026, 6, day),
            verdict,
            source: VerdictSource::Folder,
            from_org,
            auth,
            campaign,
            from_self: false,
            accepted: false,
            subscribed: false,
        }
    }

    #[test]
    fn each_delivery_counts_once() {
        let holders: HolderDomains = [(SHOP, vec![(1, false)])].into();
        let check = |one: Delivery, want: &str, why: &str| {
            let traffic = Traffic::of(&[one], &holders);
            let (_, count) = traffic.days(one.day, one.day)[0];
            let got = [
                ("own_junk", count.own_junk),
                ("junk", count.junk),
                ("stranger", count.stranger),
                ("wanted", count.wanted),
            ];
            let counted: Vec<&str> = got
                .iter()
                .filter(|(_, n)| *n == 1)
                .map(|(name, _)| *name)
                .collect();
            assert_eq!(counted, [want], "{why}");
        };
        check(
            delivery(1, Verdict::Unjudged, SHOP, Auth::Dkim, 1),
            "wanted",
            "a holder's own mail",
        );
        check(
            delivery(1, Verdict::Junk, SHOP, Auth::Both, 1),
            "own_junk",
            "a holder's own mail called junk",
        );
        check(
            delivery(1, Verdict::Junk, 99, Auth::Dkim, 1),
            "junk",
            "junk",
        );
        check(
            delivery(1, Verdict::Junk, SHOP, Auth::Fail, 1),
            "junk",
            "spoofed junk is not the holder's",
        );
        check(
            delivery(1, Verdict::Unjudged, SHOP, Auth::Fail, 1),
            "stranger",
            "a spoofed holder is a stranger",
        );
        check(
            delivery(1, Verdict::Unjudged, SHOP, Auth::None, 1),
            "wanted",
            "nothing was checked",
        );
        check(
            delivery(1, Verdict::Unjudged, 99, Auth::Dkim, 1),
            "stranger",
            "a stranger, verified or not",
        );
        check(
            delivery(1, Verdict::Wanted, 99, Auth::None, 1),
            "wanted",
            "wanted by word",
        );
    }

    #[test]
    fn a_campaign_counts_again_after_thirty_days_from_the_counted_copy() {
        let junk = |day| delivery(day, Verdict::Junk, 99, Auth::None, 5);
        let mut later = junk(1);
        later.day = date(2026, 7, 1);
        let traffic = Traffic::of(&[junk(1), junk(2), junk(29), later], &HolderDomains::new());
        let counted: Vec<_> = traffic
            .campaigns
            .iter()
            .map(|(day, _)| day.to_string())
            .collect();
        assert_eq!(counted, ["2026-06-01", "2026-07-01"]);
        let messages: u32 = traffic
            .days(date(2026, 6, 1), date(2026, 7, 1))
            .iter()
            .map(|(_, c)| c.junk)
            .sum();
        assert_eq!(messages, 4, "messages are counted all the same");
    }
}
