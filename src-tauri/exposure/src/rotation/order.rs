//! The order of the work: which service and which person first, who still writes to the old
//! address, and when nobody will miss it.

use crate::coverage::DaySet;
use crate::vocab::coded;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use ts_rs::TS;

/// A person is among the first if the last mail either way is not older than this, in days …
pub const FIRST_DAYS: i32 = 180;
/// … there were at least so many mails …
pub const FIRST_MAILS: u32 = 3;
/// Mail to the old address within so many days of the change was on its way already.
pub const GRACE_DAYS: i32 = 7;
/// For how many days nobody known may have written before the address can be retired.
pub const QUIET_DAYS: u32 = 60;
/// For how many days after the work began the old address is kept and forwarded at least.
pub const KEPT_DAYS: i32 = 180;

coded! {
    /// How much hangs on a service.
    Importance {
        /// Signing in somewhere, or money, goes through it.
        Key = 0 => "key",
        /// It knows more than the address: a name, a phone number, a postal address.
        Known = 1 => "known",
        /// Neither.
        Ordinary = 2 => "ordinary",
    }
}

/// A service that has the old address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFacts {
    /// The ledger's number of it.
    pub id: i64,
    /// It sends codes or links for signing in.
    pub sends_codes: bool,
    /// It sends receipts, invoices or bookings.
    pub sends_receipts: bool,
    /// How many kinds of facts besides the address it was given.
    pub also: u32,
    /// A change, there or elsewhere, is confirmed through the old address.
    pub confirms_through_old: bool,
    /// Its last mail.
    pub last: Option<Date>,
}

impl ServiceFacts {
    /// How much hangs on it.
    pub const fn importance(&self) -> Importance {
        if self.sends_codes || self.sends_receipts {
            Importance::Key
        } else if self.also > 0 {
            Importance::Known
        } else {
            Importance::Ordinary
        }
    }
}

coded! {
    /// In which half of the work a service comes.
    Place {
        /// Change first.
        First = 0 => "first",
        /// Change last: it confirms through the old address, which must be alive for the others.
        Last = 1 => "last",
    }
}

/// A step of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServiceStep {
    /// The ledger's number of the service.
    pub id: i64,
    /// First or last.
    pub place: Place,
    /// How much hangs on it.
    pub importance: Importance,
}

/// The services in the order in which they are changed: those that confirm through the old address
/// last; within each half by importance, then those that know more, then those that wrote last,
/// then by number.
pub fn services(mut facts: Vec<ServiceFacts>) -> Vec<ServiceStep> {
    facts.sort_by_key(|of| {
        (
            of.confirms_through_old,
            of.importance(),
            Reverse(of.also),
            Reverse(of.last),
            of.id,
        )
    });
    facts
        .iter()
        .map(|of| ServiceStep {
            id: of.id,
            place: match of.confirms_through_old {
                true => Place::Last,
                false => Place::First,
            },
            importance: of.importance(),
        })
        .collect()
}

/// A person who wrote to the old address or was written to from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactFacts {
    /// The ledger's number.
    pub id: i64,
    /// The last mail either way.
    pub last: Date,
    /// Mails from them.
    pub received: u32,
    /// Mails to them.
    pub written: u32,
}

/// A person to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContactStep {
    /// The ledger's number.
    pub id: i64,
    /// Among those to tell first.
    pub first: bool,
}

/// The people in the order in which they are told: "these first", then the others; both by last
/// mail, then by number of mails.
///
/// First is who was written to at all, had a mail either way within 180 days, and at least three.
pub fn contacts(mut facts: Vec<ContactFacts>, today: Date) -> Vec<ContactStep> {
    let is_first = |of: &ContactFacts| {
        of.written > 0
            && of.received.saturating_add(of.written) >= FIRST_MAILS
            && (today - of.last).get_days() <= FIRST_DAYS
    };
    facts.sort_by_key(|of| {
        (
            !is_first(of),
            Reverse(of.last),
            Reverse(of.received.saturating_add(of.written)),
            of.id,
        )
    });
    facts
        .iter()
        .map(|of| ContactStep {
            id: of.id,
            first: is_first(of),
        })
        .collect()
}

/// What the mail shows of a service or person since the work began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// When the address was changed there, or they were told.
    pub changed: Option<Date>,
    /// Their first mail to the new address.
    pub first_at_new: Option<Date>,
    /// Their last mail to the old address.
    pub last_at_old: Option<Date>,
}

coded! {
    /// Where a service or person is.
    Progress {
        /// Not changed yet.
        Open = 0 => "open",
        /// Changed or told, and not heard from since.
        Changed = 1 => "changed",
        /// Still writes to the old address.
        Straggler = 2 => "straggler",
        /// Writes to the new one: ticked off.
        Moved = 3 => "moved",
    }
}

/// Where a service or person is. Mail at the new address ticks off by itself, also what nobody
/// marked as changed; mail at the old one more than a week after that is a straggler's.
pub fn progress(seen: Seen) -> Progress {
    let Some(changed) = seen.changed.into_iter().chain(seen.first_at_new).min() else {
        return Progress::Open;
    };
    let since = seen.first_at_new.unwrap_or(changed);
    let late = seen
        .last_at_old
        .is_some_and(|last| last > since.saturating_add(GRACE_DAYS.days()));
    match (late, seen.first_at_new) {
        (true, _) => Progress::Straggler,
        (false, Some(_)) => Progress::Moved,
        (false, None) => Progress::Changed,
    }
}

/// Everyone who still writes to the old address, the last mail first, with their place in `seen`.
pub fn stragglers(seen: &[Seen]) -> Vec<usize> {
    let mut found: Vec<(Reverse<Option<Date>>, usize)> = seen
        .iter()
        .enumerate()
        .filter(|(_, one)| progress(**one) == Progress::Straggler)
        .map(|(at, one)| (Reverse(one.last_at_old), at))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, at)| at).collect()
}

/// What stands between the old address and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Retirement {
    /// Nothing does.
    pub ready: bool,
    /// Watched days in a row, up to yesterday, on which nobody known wrote here; days that were
    /// not watched are neither counted nor do they break the row.
    pub quiet_days: u32,
    /// Services that were not changed or still write here.
    pub services_left: u32,
    /// Days until it has been kept for half a year.
    pub days_to_keep: u32,
}

/// Whether the old address can be retired.
///
/// It can when no service is left at it (each is marked as changed or writes to the new address,
/// and none writes to the old one), when nobody known has written to it for 60 days that were
/// watched, and when it has been kept for 180 days since the work began.
pub fn retirement(
    services: &[Seen],
    people: &[Seen],
    began: Date,
    observed: &DaySet,
    today: Date,
) -> Retirement {
    let last = services
        .iter()
        .chain(people)
        .filter_map(|one| one.last_at_old)
        .chain([began])
        .max()
        .unwrap_or(began);
    let quiet_days = days_in(observed, last.saturating_add(1.day()), today);
    let left = services.iter().filter(|one| match progress(**one) {
        Progress::Open | Progress::Straggler => true,
        Progress::Changed | Progress::Moved => false,
    });
    let services_left = u32::try_from(left.count()).unwrap_or(u32::MAX);
    let kept = (today - began).get_days();
    let days_to_keep = u32::try_from(KEPT_DAYS.saturating_sub(kept)).unwrap_or(0);
    Retirement {
        ready: services_left == 0 && quiet_days >= QUIET_DAYS && days_to_keep == 0,
        quiet_days,
        services_left,
        days_to_keep,
    }
}

/// How many days from `first` to the day before `end` are in the set.
fn days_in(days: &DaySet, first: Date, end: Date) -> u32 {
    let counted: i32 = days
        .runs()
        .iter()
        .map(|(from, to)| {
            let from = (*from).max(first);
            let end = to.saturating_add(1.day()).min(end);
            (end - from).get_days().max(0)
        })
        .sum();
    u32::try_from(counted).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 6, 20);

    #[test]
    fn what_confirms_through_the_old_address_comes_last_and_what_matters_first() {
        let plain = ServiceFacts {
            id: 1,
            sends_codes: false,
            sends_receipts: false,
            also: 0,
            confirms_through_old: false,
            last: Some(date(2026, 1, 1)),
        };
        let facts = vec![
            plain.clone(),
            ServiceFacts {
                id: 2,
                last: Some(date(2026, 5, 1)),
                ..plain.clone()
            },
            ServiceFacts {
                id: 3,
                last: None,
                also: 2,
                ..plain.clone()
            },
            ServiceFacts {
                id: 4,
                sends_receipts: true,
                ..plain.clone()
            },
            ServiceFacts {
                id: 5,
                sends_codes: true,
                confirms_through_old: true,
                ..plain.clone()
            },
            ServiceFacts {
                id: 6,
                confirms_through_old: true,
                ..plain
            },
        ];
        let mut turned = facts.clone();
        turned.reverse();
        let steps = services(facts);
        let ids: Vec<i64> = steps.iter().map(|step| step.id).collect();
        assert_eq!(ids, [4, 3, 2, 1, 5, 6]);
        assert_eq!(
            services(turned),
            steps,
            "the order does not depend on the ledger's"
        );
        assert_eq!(steps[0].importance, Importance::Key);
        assert_eq!(
            steps
                .iter()
                .filter(|step| step.place == Place::Last)
                .count(),
            2
        );
    }

    #[test]
    fn people_in_touch_come_first() {
        let person = |id: i64, last: Date, received: u32, written: u32| ContactFacts {
            id,
            last,
            received,
            written,
        };
        let steps = contacts(
            vec![
                person(1, date(2026, 6, 1), 1, 1),
                person(2, date(2026, 5, 1), 9, 2),
                person(3, date(2026, 5, 1), 9, 4),
                person(4, date(2025, 1, 1), 90, 90),
                person(5, date(2026, 6, 19), 40, 0),
                person(6, date(2025, 12, 22), 2, 1),
            ],
            TODAY,
        );
        let ids: Vec<(i64, bool)> = steps.iter().map(|step| (step.id, step.first)).collect();
        assert_eq!(
            ids,
            [
                (3, true),
                (2, true),
                (6, true),
                (5, false),
                (1, false),
                (4, false)
            ],
            "who was never written to, hardly wrote, or not for long, can wait"
        );
    }

    #[test]
    fn mail_at_the_new_address_ticks_off_and_mail_at_the_old_one_does_not() {
        let check = |name: &str, days: [Option<i8>; 3], want: Progress| {
            let [changed, first_at_new, last_at_old] =
                days.map(|day| day.map(|day| date(2026, 5, day)));
            let seen = Seen {
                changed,
                first_at_new,
                last_at_old,
            };
            assert_eq!(progress(seen), want, "{name}");
        };
        check("nothing", [None, None, Some(1)], Progress::Open);
        check("told", [Some(2), None, Some(1)], Progress::Changed);
        check(
            "on its way already",
            [Some(2), None, Some(9)],
            Progress::Changed,
        );
        check("still", [Some(2), None, Some(10)], Progress::Straggler);
        check("by itself", [None, Some(3), Some(3)], Progress::Moved);
        check("ticked off", [Some(2), Some(3), Some(8)], Progress::Moved);
        check(
            "slow to change",
            [Some(1), Some(20), Some(22)],
            Progress::Moved,
        );
        check("both", [Some(2), Some(3), Some(20)], Progress::Straggler);
    }

    #[test]
    fn stragglers_stand_in_the_order_of_their_last_mail() {
        let late = |day: i8| Seen {
            changed: Some(date(2026, 5, 1)),
            last_at_old: Some(date(2026, 5, day)),
            ..Seen::default()
        };
        assert_eq!(stragglers(&[late(12), late(2), late(30)]), [2, 0]);
    }

    #[test]
    fn an_address_is_retired_when_nobody_will_miss_it() {
        let began = date(2025, 12, 1);
        let all = DaySet::of_runs(vec![(began, TODAY)]);
        let moved = Seen {
            changed: Some(date(2025, 12, 2)),
            first_at_new: Some(date(2025, 12, 5)),
            last_at_old: Some(date(2025, 12, 1)),
        };
        let of = |services: &[Seen], people: &[Seen], began: Date, observed: &DaySet| {
            retirement(services, people, began, observed, TODAY)
        };
        let ready = of(&[moved], &[moved], began, &all);
        assert_eq!(
            (
                ready.ready,
                ready.quiet_days,
                ready.services_left,
                ready.days_to_keep
            ),
            (true, 200, 0, 0)
        );
        let open = Seen::default();
        assert_eq!(of(&[moved, open], &[], began, &all).services_left, 1);
        assert!(
            !of(&[moved, open], &[], began, &all).ready,
            "a service is left"
        );
        assert!(
            of(&[moved], &[open], began, &all).ready,
            "a person who was not told and does not write is no reason to wait"
        );
        let wrote = Seen {
            last_at_old: Some(date(2026, 5, 1)),
            ..open
        };
        let waits = of(&[moved], &[wrote], began, &all);
        assert_eq!((waits.ready, waits.quiet_days), (false, 49));
        let unseen = DaySet::of_runs(vec![(began, date(2025, 12, 31))]);
        let blind = of(&[moved], &[], began, &unseen);
        assert_eq!(
            (blind.ready, blind.quiet_days),
            (false, 30),
            "what was not watched is not called quiet"
        );
        let young = of(&[moved], &[], date(2026, 3, 1), &all);
        assert_eq!((young.ready, young.days_to_keep), (false, 69));
    }
}
