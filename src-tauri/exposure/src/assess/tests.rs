#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::onset::Random;
use crate::traffic::DayCount;
use crate::{AddrSpec, SuspectKind};
use jiff::ToSpan;
use jiff::civil::date;

/// An address whose days are `series`, the last one being yesterday; today is empty.
struct Case {
    facts: AddressFacts,
    today: Date,
}

impl Case {
    fn of(kind: AddressKind, spec: &str, holders: usize, junk: &[u32]) -> Case {
        let today = date(2026, 6, 20);
        let first = today.saturating_sub((junk.len() as i64).days());
        let day = |at: usize, x: u32| Day {
            day: first.saturating_add((at as i64).days()),
            count: DayCount {
                junk: x * 2,
                new_junk_campaigns: x,
                new_stranger_campaigns: x,
                ..DayCount::default()
            },
            junk_observed: true,
            all_observed: true,
        };
        let mut days: Vec<Day> = junk.iter().enumerate().map(|(at, x)| day(at, *x)).collect();
        days.push(day(junk.len(), 0));
        let holders = (0..holders)
            .map(|n| Holder {
                service: n as i64 + 1,
                name: format!("Example {n}"),
                given_from: Some(first),
                given_to: Some(first),
                local_is_brand: false,
                kind: HolderKind::Service,
                name_given: None,
            })
            .collect();
        let facts = AddressFacts {
            id: 1,
            spec: AddrSpec::parse(spec).unwrap(),
            kind,
            dedicated_by_user: false,
            holders,
            contacts: 0,
            campaigns: Vec::new(),
            days,
            junk_unseen: false,
            settled: Vec::new(),
            first_delivery: Some(first),
            stranger_days: Vec::new(),
            own_junk: Vec::new(),
            account: None,
            greetings: Default::default(),
            mentions: Default::default(),
        };
        Case { facts, today }
    }

    fn assess(&self) -> AddressAssessment {
        let ledger = Ledger {
            today: self.today,
            today_fraction: 0.5,
            addresses: vec![self.facts.clone()],
            pools: Vec::new(),
            exposures: Vec::new(),
        };
        super::assess(&ledger).addresses.remove(0)
    }
}

fn quiet_then(quiet: usize, after: &[u32]) -> Vec<u32> {
    let mut series = vec![0; quiet];
    series.extend(after);
    series
}

#[test]
fn says_what_each_kind_of_history_bears() {
    let burst = [2, 1, 3, 2, 0, 4, 2, 3, 1, 2, 2, 3, 1, 2];
    let check = |case: Case, state: AddressState, level: Option<Level>, why: &str| {
        let said = case.assess();
        assert_eq!(said.state, state, "{why}: {:?}", said.flags);
        assert_eq!(said.flags.first().map(|f| f.level), level, "{why}");
    };
    let alias = |series: &[u32]| Case::of(AddressKind::CatchAll, "kumo.k7f2@me.example", 1, series);
    check(
        alias(&quiet_then(90, &burst)),
        AddressState::VeryLikelySource,
        Some(Level::LikelySource),
        "a leak at a dedicated alias",
    );
    let shared = Case::of(
        AddressKind::Plain,
        "me@me.example",
        3,
        &quiet_then(90, &burst),
    );
    check(
        shared,
        AddressState::JunkBegan,
        Some(Level::JunkBegan),
        "several holders",
    );
    let nobody = Case::of(
        AddressKind::Plain,
        "me@me.example",
        0,
        &quiet_then(90, &burst),
    );
    check(
        nobody,
        AddressState::JunkBegan,
        Some(Level::JunkBegan),
        "no holder at all",
    );
    check(
        Case::of(
            AddressKind::Plain,
            "me@me.example",
            2,
            &[2, 3, 1, 2].repeat(8),
        ),
        AddressState::Already,
        Some(Level::JunkBegan),
        "30 days full of junk",
    );
    check(
        alias(&[0; 12]),
        AddressState::TooEarly,
        None,
        "an emptied folder",
    );
    check(alias(&[0; 90]), AddressState::NoChange, None, "quiet");
    let mut unseen = alias(&[0; 90]);
    unseen.facts.junk_unseen = true;
    check(
        unseen,
        AddressState::Unseen,
        None,
        "a hidden junk folder never reads as no change",
    );
    let mut stranger = alias(&[0; 90]);
    stranger.facts.stranger_days = vec![date(2026, 6, 1)];
    check(
        stranger,
        AddressState::UnexpectedSender,
        Some(Level::UnexpectedSender),
        "one stranger",
    );
    let mut own = alias(&[0; 90]);
    own.facts.own_junk = [1, 9, 20].map(|d| (date(2026, 5, d), 1)).into();
    check(
        own,
        AddressState::OwnMail,
        Some(Level::JunkBegan),
        "the service's own mail",
    );
    let mut settled = alias(&quiet_then(90, &burst));
    settled.facts.settled = vec![date(2026, 6, 20)];
    check(
        settled,
        AddressState::TooEarly,
        None,
        "the user said this is fine",
    );
}

#[test]
fn a_leak_is_dated_and_its_figures_are_those_of_the_days() {
    let flag = Case::of(
        AddressKind::CatchAll,
        "kumo.k7f2@me.example",
        1,
        &quiet_then(90, &[3; 20]),
    )
    .assess()
    .flags
    .remove(0);
    assert_eq!(
        flag.onset.estimate,
        Some(date(2026, 5, 31)),
        "the first day with junk"
    );
    assert_eq!(flag.rate_before, Some(0.0));
    assert_eq!(flag.rate_after, Some(6.0), "messages, not campaigns");
    assert_eq!(flag.junk_since_onset, 120);
    assert_eq!(
        flag.suspects.first().map(|s| (s.kind, s.service)),
        Some((SuspectKind::Service, Some(1)))
    );
    assert!(
        flag.probability.is_some_and(|p| p <= 0.95),
        "nothing is shown above the cap"
    );
}

#[test]
fn junk_that_ends_keeps_the_day_on_which_it_began() {
    let burst = [2, 1, 3, 2, 0, 4, 2, 3, 1, 2, 2, 3, 1, 2, 3, 1, 2, 0, 3, 2];
    let onset = |quiet_after: usize| {
        let mut series = quiet_then(90, &burst);
        series.extend(std::iter::repeat_n(0, quiet_after));
        let case = Case::of(AddressKind::CatchAll, "kumo.k7f2@me.example", 1, &series);
        let flag = case.assess().flags.remove(0);
        let ago = |day: Option<Date>| day.map(|d| (case.today - d).get_days() - quiet_after as i32);
        (
            flag.state,
            ago(flag.onset.estimate),
            ago(flag.onset.earliest),
            flag.rate_height,
        )
    };
    let (state, estimate, earliest, height) = onset(0);
    assert_eq!((state, estimate), (Some(State::Flagged), Some(20)));
    for days in [30, 90, 200, 400] {
        assert_eq!(
            onset(days),
            (state, estimate, earliest, height),
            "{days} quiet days later"
        );
    }
}

#[test]
fn what_was_there_from_the_start_has_no_date() {
    let flag = Case::of(AddressKind::Plain, "me@me.example", 2, &[2; 30])
        .assess()
        .flags
        .remove(0);
    assert_eq!(
        (flag.onset, flag.state),
        (Dated::default(), Some(State::Already))
    );
    assert_eq!(flag.rate_before, None);
    assert!(flag.seen_since.is_some(), "it says from when it was seen");
}

#[test]
fn a_later_day_never_takes_back_an_earlier_flag() {
    let mut random = Random(42);
    for _ in 0..20 {
        let mut series: Vec<u32> = (0..70).map(|_| random.poisson(0.05)).collect();
        series.extend((0..40).map(|_| random.poisson(1.0)));
        let full = Case::of(AddressKind::CatchAll, "kumo.k7f2@me.example", 1, &series).assess();
        let Some(said) = full.flags.first().and_then(|f| f.flagged_on) else {
            continue;
        };
        let mut early = Case::of(AddressKind::CatchAll, "kumo.k7f2@me.example", 1, &series);
        early.facts.days.retain(|d| d.day <= said);
        early.today = said.saturating_add(1.days());
        assert_eq!(
            early.assess().flags.first().and_then(|f| f.flagged_on),
            Some(said),
            "day by day is the whole"
        );
    }
}

#[test]
fn leaks_of_one_a_day_are_named_soon() {
    let mut delays = Vec::new();
    for seed in 0..300 {
        let mut random = Random(seed);
        let mut series = vec![0; 60];
        series.extend((0..30).map(|_| random.poisson(1.0)));
        let said = Case::of(AddressKind::CatchAll, "kumo.k7f2@me.example", 1, &series).assess();
        let flag = said
            .flags
            .first()
            .filter(|f| f.level == Level::LikelySource);
        let start = date(2026, 6, 20).saturating_sub(30.days());
        delays.push(
            flag.and_then(|f| f.flagged_on)
                .map_or(99, |day| (day - start).get_days()),
        );
    }
    delays.sort_unstable();
    assert!(delays[150] <= 5, "median {}", delays[150]);
    assert!(
        delays[269] <= 11,
        "nine in ten within 11 days, as the reference measured: {}",
        delays[269]
    );
    assert!(
        delays[296] <= 14,
        "99 in 100 within 14 days: {}",
        delays[296]
    );
}
