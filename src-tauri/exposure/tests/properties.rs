//! Properties of onset and attribution, over made-up ledgers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use exposure::assess::{
    AddressFacts, Assessment, Day, Exposure, ExposureKind, Flag, Holder, HolderKind, Ledger,
    Memory, Pool, Standing, assess,
};
use exposure::attribution::graph::Listing;
use exposure::onset::{Bsr, LAMBDA_BG, Posterior, Step};
use exposure::traffic::{DayCount, Delivery, HolderDomains, Traffic};
use exposure::{AddrSpec, AddressKind, Auth, State, SuspectKind, Verdict, VerdictSource};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::BTreeMap;

const FIRST: Date = date(2025, 1, 1);
const DAYS: usize = 150;

/// One address: its kind, its holders with the day each was given it, a leak and its campaigns.
#[derive(Clone, Debug)]
struct Made {
    kind: u8,
    holders: Vec<(i64, i32)>,
    usual: Vec<u32>,
    leak: Option<(usize, Vec<u32>)>,
    contacts: u32,
    seed: i64,
}

fn made() -> impl Strategy<Value = Made> {
    let leak = (60_usize..140, proptest::collection::vec(0_u32..4, 90));
    (
        0_u8..5,
        proptest::collection::vec((1_i64..6, -200_i32..140), 0..5),
        proptest::collection::vec(prop_oneof![12 => Just(0_u32), 1 => 1_u32..3], DAYS),
        proptest::option::of(leak),
        0_u32..40,
        0_i64..3,
    )
        .prop_map(|(kind, holders, usual, leak, contacts, seed)| Made {
            kind,
            holders,
            usual,
            leak,
            contacts,
            seed,
        })
}

fn day(number: i64) -> Date {
    FIRST.saturating_add(number.days())
}

impl Made {
    fn facts(&self, at: usize) -> AddressFacts {
        let mut campaigns = Vec::new();
        let mut days: Vec<Day> = Vec::new();
        for number in 0..DAYS {
            let leaked = match &self.leak {
                Some((from, counts)) if number >= *from => counts[number - from],
                Some(_) | None => 0,
            };
            let junk = self.usual[number] + leaked;
            for n in 0..junk {
                campaigns.push((
                    day(number as i64),
                    self.seed * 1_000 + number as i64 * 10 + i64::from(n),
                ));
            }
            days.push(Day {
                day: day(number as i64),
                count: DayCount {
                    junk,
                    new_junk_campaigns: junk,
                    new_stranger_campaigns: junk,
                    ..DayCount::default()
                },
                junk_observed: true,
                all_observed: true,
            });
        }
        let (kind, spec) = match self.kind {
            0 => (AddressKind::Plain, format!("harumi{at}@user.example")),
            1 => (
                AddressKind::Subaddress,
                format!("harumi0+tag{at}@user.example"),
            ),
            2 => (AddressKind::CatchAll, format!("shop{at}@user.example")),
            3 => (AddressKind::Relay, format!("q{at}w7e3@relay.example")),
            _ => (AddressKind::Control, format!("watch{at}@user.example")),
        };
        let given: BTreeMap<i64, i32> = self.holders.iter().copied().collect();
        let holders = given.into_iter().filter(|_| kind != AddressKind::Control);
        AddressFacts {
            id: at as i64 + 1,
            spec: AddrSpec::parse(&spec).unwrap(),
            kind,
            dedicated_by_user: false,
            holders: holders
                .map(|(service, given)| Holder {
                    kind: HolderKind::Service,
                    service,
                    name: format!("Example {service}"),
                    given_from: Some(day(i64::from(given))),
                    given_to: Some(day(i64::from(given) + 3)),
                    local_is_brand: false,
                    name_given: None,
                    standing: Standing::Recorded,
                })
                .collect(),
            contacts: self.contacts,
            days,
            junk_unseen: false,
            settled: Vec::new(),
            first_delivery: Some(FIRST),
            stranger_days: Vec::new(),
            own_junk: Vec::new(),
            campaigns,
            account: Some(1),
            greetings: Default::default(),
            mentions: Default::default(),
        }
    }
}

fn ledger(made: &[Made], exposures: &[(i64, i64, bool)]) -> Ledger {
    Ledger {
        today: day(DAYS as i64 - 1),
        today_fraction: 0.5,
        addresses: made
            .iter()
            .enumerate()
            .map(|(at, one)| one.facts(at))
            .collect(),
        pools: vec![Pool {
            domain: "user.example".into(),
            catch_all: true,
            lookout: false,
            local_parts: 0,
            hits: Vec::new(),
            campaigns: Default::default(),
            observed_since: Some(FIRST),
        }],
        exposures: exposures
            .iter()
            .map(|(service, number, notice)| Exposure {
                service: *service,
                day: day(*number),
                kind: if *notice {
                    ExposureKind::Notice
                } else {
                    ExposureKind::Entry(Listing::DomainOnly)
                },
                addresses: Default::default(),
            })
            .collect(),
    }
}

fn ledgers() -> impl Strategy<Value = Ledger> {
    (
        proptest::collection::vec(made(), 1..6),
        proptest::collection::vec((1_i64..6, 0_i64..140, any::<bool>()), 0..3),
    )
        .prop_map(|(made, exposures)| ledger(&made, &exposures))
}

fn flags(of: &Assessment) -> impl Iterator<Item = &Flag> {
    of.addresses.iter().flat_map(|a| &a.flags)
}

/// Suspects of every address by kind and service, with rounded-off figures.
fn shares(of: &Assessment, name: impl Fn(i64) -> i64) -> BTreeMap<(i64, SuspectKind, i64), i64> {
    let mut all = BTreeMap::new();
    for address in &of.addresses {
        for suspect in address.flags.iter().flat_map(|f| &f.suspects) {
            let key = (address.id, suspect.kind, suspect.service.map_or(0, &name));
            all.insert(key, (suspect.probability.unwrap() * 1e3).round() as i64);
        }
    }
    all
}

/// The same figures but for the last digit that is shown.
fn alike(
    a: &BTreeMap<(i64, SuspectKind, i64), i64>,
    b: &BTreeMap<(i64, SuspectKind, i64), i64>,
) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|((ka, va), (kb, vb))| ka == kb && (va - vb).abs() <= 1)
}

/// The ledger as it was on the morning of a day.
fn until_day(whole: &Ledger, until: usize) -> Ledger {
    let mut then = whole.clone();
    then.today = day(until as i64);
    for address in &mut then.addresses {
        address.days.truncate(until);
        address.days.push(Day {
            day: then.today,
            count: DayCount::default(),
            junk_observed: true,
            all_observed: true,
        });
        address.campaigns.retain(|(d, _)| *d < then.today);
    }
    then
}

/// The day on which the first rise of each address would have been said.
fn first_said(of: &Ledger) -> Vec<Option<Date>> {
    let all = assess(of).addresses.into_iter();
    all.map(|address| {
        let rose = |f: &&Flag| f.state.is_some_and(|s| s != State::Already);
        let first = address
            .flags
            .iter()
            .filter(rose)
            .min_by_key(|f| f.segment)?;
        first.flagged_on
    })
    .collect()
}

fn steps(counts: &[u32]) -> Vec<Step> {
    let mut bsr = Bsr::new(LAMBDA_BG);
    counts.iter().map(|x| bsr.day(*x, 1.0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn probabilities_sum_to_one_and_nothing_is_ever_not_a_number(ledger in ledgers()) {
        let of = assess(&ledger);
        for flag in flags(&of).filter(|f| f.state.is_some()) {
            let shown: f64 = flag.suspects.iter().filter_map(|s| s.probability).sum();
            // 0.89: a notice that nothing else bears out.
            let capped = flag.suspects.first().is_some_and(|s| s.probability.is_some_and(|p| p >= 0.95 || p == 0.89));
            prop_assert!(capped || (shown - 1.0).abs() < 0.01, "shares sum to {}", shown);
            for suspect in &flag.suspects {
                prop_assert!(suspect.probability.is_some_and(|p| (0.0..=0.95).contains(&p)));
                let weights: Vec<f64> = suspect.evidence.iter().map(|e| e.log10_bayes_factor).collect();
                prop_assert!(weights.iter().all(|w| w.is_finite()), "{:?}", suspect);
                prop_assert!(weights.windows(2).all(|w| w[0].abs() >= w[1].abs()), "strongest first: {:?}", suspect);
            }
        }
    }

    #[test]
    fn the_order_in_which_facts_came_does_not_matter(ledger in ledgers()) {
        let mut turned = ledger.clone();
        turned.addresses.reverse();
        turned.exposures.reverse();
        turned.pools.reverse();
        for address in &mut turned.addresses {
            address.holders.reverse();
        }
        let (one, other) = (assess(&ledger), assess(&turned));
        prop_assert!(alike(&shares(&one, |s| s), &shares(&other, |s| s)), "{:?}\n{:?}", shares(&one, |s| s), shares(&other, |s| s));
        let levels = |of: &Assessment| of.addresses.iter().map(|a| (a.id, a.state)).collect::<BTreeMap<_, _>>();
        prop_assert_eq!(levels(&one), levels(&other));
    }

    #[test]
    fn relabelling_services_permutes_the_result(ledger in ledgers()) {
        let renamed = |service: i64| 1_000 - 7 * service;
        let mut other = ledger.clone();
        for holder in other.addresses.iter_mut().flat_map(|a| &mut a.holders) {
            holder.service = renamed(holder.service);
        }
        for exposure in &mut other.exposures {
            exposure.service = renamed(exposure.service);
        }
        prop_assert!(alike(&shares(&assess(&ledger), renamed), &shares(&assess(&other), |s| s)));
    }

    #[test]
    fn a_memory_says_what_a_first_look_says(ledger in ledgers(), more in 1_u32..6, at in 0_usize..6) {
        let mut memory = Memory::default();
        prop_assert_eq!(memory.assess(&ledger, &[]), assess(&ledger));
        let mut later = ledger.clone();
        let at = at % later.addresses.len();
        let address = &mut later.addresses[at];
        let today = address.days.last_mut().unwrap();
        today.count.junk += more;
        today.count.new_junk_campaigns += more;
        today.count.new_stranger_campaigns += more;
        address.campaigns.push((today.day, 99_999));
        let id = address.id;
        prop_assert_eq!(memory.assess(&later, &[id]), assess(&later), "after more junk today");
        later.today = later.today.saturating_add(1.days());
        for address in &mut later.addresses {
            let mut next = *address.days.last().unwrap();
            next.day = later.today;
            next.count = DayCount::default();
            address.days.push(next);
        }
        prop_assert_eq!(memory.assess(&later, &[]), assess(&later), "a day later");
    }

    #[test]
    fn reading_day_by_day_says_it_on_the_day_the_whole_says(mut one in made()) {
        one.kind = 0;
        let whole = ledger(&[one], &[]);
        let first = (8..DAYS).find_map(|until| first_said(&until_day(&whole, until))[0]);
        let complete = day(DAYS as i64 - 2);
        prop_assert_eq!(first, first_said(&whole)[0].filter(|on| *on <= complete));
    }

    #[test]
    fn addresses_of_one_account_are_told_apart_day_by_day_as_well(
        mut all in proptest::collection::vec(made(), 8..10),
        until in 70..DAYS,
    ) {
        for one in &mut all {
            one.kind = 0;
        }
        let whole = ledger(&all, &[]);
        let last = day(until as i64 - 1);
        let want: Vec<Option<Date>> = first_said(&whole).into_iter().map(|on| on.filter(|on| *on <= last)).collect();
        prop_assert_eq!(first_said(&until_day(&whole, until)), want);
    }

    #[test]
    fn strength_does_not_depend_on_later_days(counts in proptest::collection::vec(0_u32..6, 2..200), cut in 1_usize..200) {
        let cut = cut.min(counts.len());
        prop_assert_eq!(&steps(&counts)[..cut], &steps(&counts[..cut])[..]);
    }

    #[test]
    fn removing_the_junk_from_the_onset_on_never_raises_the_strength(
        quiet in proptest::collection::vec(prop_oneof![9 => Just(0_u32), 1 => 1_u32..3], 40..120),
        leak in proptest::collection::vec(0_u32..5, 5..40),
    ) {
        let onset = quiet.len();
        let with: Vec<u32> = quiet.iter().chain(&leak).copied().collect();
        let without: Vec<u32> = quiet.into_iter().chain(leak.iter().map(|_| 0)).collect();
        let began = leak.iter().filter(|x| **x > 0).count() > 3;
        prop_assume!(began);
        let (with, without) = (steps(&with), steps(&without));
        prop_assert!(without.last().unwrap().ln_m <= with.last().unwrap().ln_m.max(with[onset - 1].ln_m) + 1e-9);
    }

    #[test]
    fn any_counts_give_numbers(counts in proptest::collection::vec((prop_oneof![0_u32..5, 0_u32..1_000_000, Just(u32::MAX)], prop_oneof![Just(0.0), Just(1.0), 0.04_f64..3.0]), 1..150)) {
        let mut bsr = Bsr::new(LAMBDA_BG);
        let steps: Vec<Step> = counts.iter().map(|(x, u)| bsr.day(*x, *u)).collect();
        for step in &steps {
            prop_assert!(!step.ln_m.is_nan() && !step.ln_level.is_nan(), "{:?}", step);
        }
        prop_assert!((0.0..=1.0 + 1e-9).contains(&bsr.from_start()), "{}", bsr.from_start());
        if let Some(posterior) = Posterior::of(&counts, &steps, 0) {
            prop_assert!((posterior.days.iter().sum::<f64>() - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn deliveries_of_one_instant_may_come_in_any_order(kinds in proptest::collection::vec((0_u8..4, 1_i64..5, 0_i8..3), 1..40)) {
        let holders: HolderDomains = [(7, vec![(1, false)])].into();
        let deliveries: Vec<Delivery> = kinds
            .iter()
            .map(|(kind, campaign, at)| Delivery {
                arrived_at: i64::from(*at) * 86_400,
                day: day(i64::from(*at)),
                verdict: if kind % 2 == 0 { Verdict::Junk } else { Verdict::Unjudged },
                source: VerdictSource::Folder,
                from_org: if kind / 2 == 0 { 7 } else { 9 },
                auth: Auth::Dkim,
                campaign: *campaign,
                from_self: false,
                accepted: false,
                subscribed: false,
            })
            .collect();
        let mut sorted = deliveries.clone();
        sorted.sort_by_key(|d| d.day);
        let mut other: Vec<Delivery> = deliveries.into_iter().rev().collect();
        other.sort_by_key(|d| d.day);
        let days = |of: &[Delivery]| Traffic::of(of, &holders).days(FIRST, day(3));
        prop_assert_eq!(days(&sorted), days(&other));
    }
}
