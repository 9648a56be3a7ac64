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
                standing: Standing::Recorded,
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
    assert_eq!((state, estimate), (Some(State::Confirmed), Some(20)));
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

#[test]
fn a_second_leak_at_an_address_is_seen_as_one_of_its_own() {
    let first = [1, 0, 1, 2, 0, 1, 1, 0, 2, 1];
    let second = [9, 12, 8, 10, 11, 9, 12, 10, 8, 11];
    let series: Vec<u32> = std::iter::repeat_n(0, 90)
        .chain(first.into_iter().cycle().take(120))
        .chain(second.into_iter().cycle().take(20))
        .collect();
    let said = Case::of(AddressKind::CatchAll, "kumo.k7f2@me.example", 1, &series).assess();
    let began: Vec<Date> = said
        .flags
        .iter()
        .filter_map(|flag| flag.onset.estimate)
        .collect();
    let day = |at: i64| date(2026, 6, 20).saturating_sub((230 - at).days());
    assert_eq!(began, [day(210), day(90)], "{:?}", said.flags);
    let [later, earlier] = said.flags.as_slice() else {
        panic!("two flags: {:?}", said.flags);
    };
    assert!(later.segment > earlier.segment, "each has its own incident");
    assert!(
        later.rate_before > Some(1.0) && later.rate_before < Some(3.0),
        "the second is measured against the first: {later:?}"
    );
}

#[test]
fn a_leak_that_doubles_in_its_first_weeks_is_one_leak() {
    let series: Vec<u32> = std::iter::repeat_n(0, 90)
        .chain([1, 0, 1, 1, 2, 0, 1, 1].into_iter().cycle().take(14))
        .chain([3, 2, 4, 3, 2, 3].into_iter().cycle().take(60))
        .collect();
    let said = Case::of(AddressKind::CatchAll, "kumo.k7f2@me.example", 1, &series).assess();
    assert_eq!(said.flags.len(), 1, "{:?}", said.flags);
}

#[test]
fn a_clear_rise_is_said_to_be_no_chance_and_a_faint_one_is_not() {
    let check = |series: &[u32], want: Option<u32>, state: State, why: &str| {
        let said = Case::of(AddressKind::CatchAll, "kumo.k7f2@me.example", 1, series).assess();
        let flag = said.flags.first().unwrap();
        assert_eq!(
            (flag.chance_years, flag.state),
            (want, Some(state)),
            "{why}"
        );
    };
    let reference = [1, 0, 0, 2, 1, 0, 3, 1, 2, 2, 0, 1, 4, 2];
    check(
        &quiet_then(60, &reference[..9]),
        Some(1_000),
        State::Confirmed,
        "10^5.7360 / 365.25 is 1,491",
    );
    check(
        &quiet_then(60, &reference[..7]),
        None,
        State::Flagged,
        "10^3.9740 is not enough",
    );
    check(
        &quiet_then(60, &reference),
        Some(100_000),
        State::Confirmed,
        "more is never said",
    );
}

/// Twelve addresses of one account with a message every other day, and one more.
fn account(one: &[u32], others: impl Fn(usize) -> f64) -> (Assessment, Ledger) {
    let mut random = Random(7);
    let mut first = Case::of(AddressKind::Plain, "me@me.example", 3, one);
    first.facts.account = Some(1);
    let mut addresses = vec![first.facts];
    for id in 2..14 {
        let series: Vec<u32> = (0..one.len())
            .map(|day| random.poisson(others(day)))
            .collect();
        let mut case = Case::of(
            AddressKind::Plain,
            &format!("me{id}@me.example"),
            3,
            &series,
        );
        case.facts.id = id;
        case.facts.account = Some(1);
        addresses.push(case.facts);
    }
    let ledger = Ledger {
        today: first.today,
        today_fraction: 0.5,
        addresses,
        pools: Vec::new(),
        exposures: Vec::new(),
    };
    (super::assess(&ledger), ledger)
}

#[test]
fn what_rises_everywhere_at_once_is_no_leak() {
    let mut random = Random(3);
    let rate = |day: usize| if day < 200 { 0.5 } else { 1.5 };
    let one: Vec<u32> = (0..300).map(|day| random.poisson(rate(day))).collect();
    let (everywhere, _) = account(&one, rate);
    let rose = |of: &AddressAssessment| of.flags.iter().any(|f| f.state != Some(State::Already));
    assert!(
        !everywhere.addresses.iter().any(rose),
        "a filter that changed"
    );
    let (here, _) = account(&one, |_| 0.5);
    let of: Vec<i64> = here
        .addresses
        .iter()
        .filter(|a| rose(a))
        .map(|a| a.id)
        .collect();
    assert_eq!(of, [1], "a leak at one address");
}

#[test]
fn mail_of_today_changes_no_factor_of_today() {
    let mut random = Random(5);
    let one: Vec<u32> = (0..120).map(|_| random.poisson(0.5)).collect();
    let mut ledger = account(&one, |_| 0.5).1;
    let mut memory = Memory::default();
    memory.assess(&ledger, &[]);
    let more = |ledger: &mut Ledger, at: usize, ago: usize| {
        let days = &mut ledger.addresses[at].days;
        let day = days.len() - 1 - ago;
        days[day].count.junk += 1;
        days[day].count.new_junk_campaigns += 1;
    };
    for (at, ago) in [(3, 0), (3, 1), (0, 0), (5, 40), (2, 7)] {
        more(&mut ledger, at, ago);
        let id = ledger.addresses[at].id;
        assert_eq!(
            memory.assess(&ledger, &[id]),
            super::assess(&ledger),
            "one more message at {id}, {ago} days ago"
        );
    }
}
