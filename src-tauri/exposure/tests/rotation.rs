//! The figures of the rotation decision: those of the reference to the printed digits, and how
//! each input moves them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use exposure::rotation::advice::{advised, one_service, told_before};
use exposure::rotation::decay::fit;
use exposure::rotation::figures::{break_even, burden, cost, filter_break_even};
use exposure::rotation::money::{Offer, spent};
use exposure::rotation::{
    Advice, Decision, Future, Holding, Input, Inputs, NewAddress, Told, decide,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// What `rotation.py` of the design printed.
const REFERENCE: &str = include_str!("rotation/reference.md");
/// Services, contacts and public pages of the reference's tables.
const CASES: [(u32, u32, u32); 4] = [(5, 5, 0), (20, 30, 1), (60, 100, 3), (150, 300, 5)];

/// The tables behind what the reference says of the CDT's study.
fn tables(text: &str) -> &str {
    &text[text.find("Burden (minutes").expect("the first table")..]
}

#[test]
fn the_tables_are_those_of_the_reference_to_the_printed_digits() {
    for (ours, want) in printed().lines().zip(tables(REFERENCE).lines()) {
        assert_eq!(ours, want, "the formulas are those of detection.md 5");
    }
    assert_eq!(printed().trim_end(), tables(REFERENCE).trim_end());
}

#[test]
fn the_reference_prints_what_was_recorded_where_it_is_at_hand() {
    let reference =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/detect/rotation.py");
    if !reference.is_file() {
        return;
    }
    let Ok(run) = Command::new("python3").arg(&reference).output() else {
        return;
    };
    assert_eq!(
        String::from_utf8_lossy(&run.stdout),
        REFERENCE,
        "tests/rotation/reference.md is its output"
    );
}

/// The reference's tables, from our figures.
fn printed() -> String {
    let mut out = String::new();
    let mut line = |text: String| writeln!(out, "{text}").unwrap();
    line(
        "Burden (minutes per month) with the defaults\n\n\
         | junk/day | handling | overlooked genuine mail | together |\n|---|---|---|---|"
            .into(),
    );
    let usual = Inputs::default();
    for junk in [0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0] {
        let it = burden(&usual, junk);
        let (handling, overlooked) = (it.handling, it.overlooked);
        line(format!(
            "| {junk} | {handling:.1} | {overlooked:.1} | {:.1} |",
            it.together()
        ));
    }
    let heads = CASES.map(|case| {
        let (n, c, q) = case;
        let minutes = cost(&several(0.0, case)).together();
        format!("{n} services, {c} contacts, {q} pages ({minutes:.0} min)")
    });
    line(format!(
        "\nBreak-even of a rotation in months: junk stays / junk halves every 6 months (one alias \
         per service afterwards)\n\n| junk/day | alias held by 1 service (4 min) | {} |\n\
         |---|---|---|---|---|---|",
        heads.join(" | ")
    ));
    let both = |inputs: Inputs| {
        let halves = Inputs {
            future: Future::HALVES,
            ..inputs.clone()
        };
        format!(
            "{} / {}",
            months(break_even(&inputs)),
            months(break_even(&halves))
        )
    };
    for junk in [0.3, 1.0, 3.0, 10.0, 30.0, 100.0] {
        let cells = CASES.map(|case| both(several(junk, case)));
        line(format!(
            "| {junk} | {} | {} |",
            both(alias(junk)),
            cells.join(" | ")
        ));
    }
    let counts = CASES.map(|(n, _, _)| format!("{n} services")).join(" | ");
    line(format!(
        "\nSame, like for like (the new address is given to all services again; it leaks again at \
         1 % per service-year)\n\n| junk/day | {counts} |\n|---|---|---|---|---|"
    ));
    for junk in [10.0, 30.0, 100.0] {
        let cells = CASES.map(|case| {
            months(break_even(&Inputs {
                new_address: NewAddress::Same,
                ..several(junk, case)
            }))
        });
        line(format!("| {junk} | {} |", cells.join(" | ")));
    }
    line(format!(
        "\nAdvice at a 12-month horizon (junk stays)\n\n| junk/day | alias, 1 service | {counts} |\n\
         |---|---|---|---|---|---|"
    ));
    let said = |inputs: &Inputs| decide(inputs).advice.word();
    for junk in [0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0] {
        let cells = CASES.map(|case| said(&several(junk, case)));
        line(format!(
            "| {junk} | {} | {} |",
            said(&alias(junk)),
            cells.join(" | ")
        ));
    }
    line(format!(
        "\nSame horizon, address not used by new clients (genuine = 0): a strict allow-list rule \
         (10 min) becomes possible\n\n| junk/day | alias, 1 service | {counts} |\n\
         |---|---|---|---|---|---|"
    ));
    let nobody_new = |inputs: Inputs| Inputs {
        new_people_per_day: 0.0,
        ..inputs
    };
    for junk in [1.0, 3.0, 10.0, 30.0, 100.0] {
        let cells = CASES.map(|case| said(&nobody_new(several(junk, case))));
        let first = said(&nobody_new(alias(junk)));
        line(format!("| {junk} | {first} | {} |", cells.join(" | ")));
    }
    line(
        "\nHow sure is the break-even? 30 junk/day, 20 services, 30 contacts, 1 page (months; \
         never = more than 10 years)\n\n| changed assumption | months |\n|---|---|"
            .into(),
    );
    let base = several(30.0, (20, 30, 1));
    let rows = [
        ("defaults", None),
        (
            "5 s per inbox junk (Rao & Reiley)",
            Some((Input::SecondsInbox, 5.0)),
        ),
        (
            "1 s per inbox junk (Gans)",
            Some((Input::SecondsInbox, 1.0)),
        ),
        (
            "never opens the junk folder",
            Some((Input::SecondsFolder, 0.0)),
        ),
        (
            "14% reaches the inbox (FTC 2005, worse ISP)",
            Some((Input::InboxShare, 0.136)),
        ),
        ("1% reaches the inbox", Some((Input::InboxShare, 0.01))),
        (
            "an overlooked lead costs 4 h",
            Some((Input::OverlookedMinutes, 240.0)),
        ),
        (
            "5 new-client mails a day",
            Some((Input::NewPeoplePerDay, 5.0)),
        ),
        (
            "no new clients by mail",
            Some((Input::NewPeoplePerDay, 0.0)),
        ),
        ("2 min per service", Some((Input::MinutesService, 2.0))),
        ("8 min per service", Some((Input::MinutesService, 8.0))),
    ];
    for (name, change) in rows {
        let inputs = change.map_or(base.clone(), |(input, value)| input.with(&base, value));
        line(format!("| {name} | {} |", months(break_even(&inputs))));
    }
    out
}

fn months(value: Option<f64>) -> String {
    match value {
        Some(months) if months > 120.0 => "never".into(),
        Some(months) if months < 10.0 => format!("{months:.1}"),
        Some(months) => format!("{months:.0}"),
        None => "never".into(),
    }
}

fn several(junk_per_day: f64, (services, contacts, pages): (u32, u32, u32)) -> Inputs {
    Inputs {
        junk_per_day,
        services,
        contacts,
        pages,
        ..Inputs::default()
    }
}

fn alias(junk_per_day: f64) -> Inputs {
    Inputs {
        junk_per_day,
        holding: Holding::One,
        services: 1,
        ..Inputs::default()
    }
}

/// Inputs as they occur, of several holders.
fn occurring() -> impl Strategy<Value = Inputs> {
    let junk = (0.1_f64..200.0, 0.0_f64..0.3, 1.0_f64..5.0, 0.0_f64..1.0);
    let missed = (0.0_f64..8.0, 0.0_f64..0.02, 5.0_f64..400.0);
    let holders = (0_u32..200, 0_u32..500, 0_u32..10, 0_u32..500);
    let minutes = (1.0_f64..12.0, 0.1_f64..3.0, 1.0_f64..4.0, 2.0_f64..40.0);
    let later = (
        0.001_f64..0.05,
        3.0_f64..36.0,
        proptest::option::of(1.0_f64..48.0),
        any::<bool>(),
    );
    (junk, missed, holders, minutes, later).prop_map(|(junk, missed, holders, minutes, later)| {
        Inputs {
            junk_per_day: junk.0,
            inbox_share: junk.1,
            seconds_inbox: junk.2,
            seconds_folder: junk.3,
            new_people_per_day: missed.0,
            overlooked_share: missed.1,
            overlooked_minutes: missed.2,
            services: holders.0,
            contacts: holders.1,
            pages: holders.2,
            told: Some(Told::new(holders.3, date(2026, 3, 1), date(2026, 6, 20))),
            minutes_service: minutes.0,
            minutes_contact: minutes.1,
            again_factor: minutes.2,
            filter_minutes: minutes.3,
            leaks_per_service: later.0,
            horizon_months: later.1,
            future: later
                .2
                .map_or(Future::Stays, |months| Future::Halves { months }),
            new_address: match later.3 {
                true => NewAddress::OneEach,
                false => NewAddress::Same,
            },
            ..Inputs::default()
        }
    })
}

/// Inputs with one of `which` raised, and which.
fn raised(which: &'static [Input]) -> impl Strategy<Value = (Input, Inputs, Inputs)> {
    (occurring(), 0..which.len(), 0.01_f64..3.0).prop_map(move |(inputs, at, more)| {
        let input = which[at];
        let (_, high) = input.bounds().sensible;
        let value = input.of(&inputs).unwrap_or(high);
        let step = if input.is_whole() {
            1.0 + (more * 30.0).round()
        } else {
            value * more + 0.001 * high
        };
        let inputs = input.with(&inputs, value);
        let more = input.with(&inputs, value + step);
        (input, inputs, more)
    })
}

/// Whether a break-even is not later than another; never is the latest.
fn not_later(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a <= b * (1.0 + 1e-9),
        (None, Some(_)) => false,
        (_, None) => true,
    }
}

/// What makes junk dearer.
const BURDENS: &[Input] = &[
    Input::JunkPerDay,
    Input::InboxShare,
    Input::SecondsInbox,
    Input::SecondsFolder,
    Input::NewPeoplePerDay,
    Input::OverlookedShare,
    Input::OverlookedMinutes,
];
/// What makes replacing dearer.
const COSTS: &[Input] = &[
    Input::Services,
    Input::Contacts,
    Input::Pages,
    Input::MinutesService,
    Input::MinutesContact,
    Input::MinutesPage,
    Input::MinutesFixed,
    Input::AgainFactor,
];

proptest! {
    #[test]
    fn more_of_what_makes_junk_dear_never_makes_it_cheaper((input, less, more) in raised(BURDENS)) {
        let before = burden(&less, less.junk_per_day).together();
        let after = burden(&more, more.junk_per_day).together();
        prop_assert!(after >= before - 1e-9, "{input:?}: {before} to {after}");
        prop_assert_eq!(cost(&less), cost(&more), "it is no part of the cost");
    }

    #[test]
    fn more_to_do_never_costs_less((input, less, more) in raised(COSTS)) {
        let (before, after) = (cost(&less).together(), cost(&more).together());
        prop_assert!(after >= before, "{input:?}: {before} to {after}");
        prop_assert_eq!(
            burden(&less, less.junk_per_day),
            burden(&more, more.junk_per_day),
            "it is no part of the burden"
        );
    }

    #[test]
    fn dearer_or_longer_junk_pays_a_replacement_sooner(
        (input, less, more) in raised(&[
            Input::JunkPerDay, Input::InboxShare, Input::SecondsInbox, Input::SecondsFolder,
            Input::NewPeoplePerDay, Input::OverlookedShare, Input::OverlookedMinutes,
            Input::HalfLifeMonths,
        ])
    ) {
        prop_assert!(not_later(break_even(&more), break_even(&less)), "{input:?}");
    }

    #[test]
    fn more_to_do_and_more_leaks_pay_a_replacement_later(
        (input, less, more) in raised(&[
            Input::Services, Input::Contacts, Input::Pages, Input::MinutesService,
            Input::MinutesContact, Input::MinutesPage, Input::MinutesFixed, Input::AgainFactor,
            Input::LeaksPerService,
        ])
    ) {
        prop_assert!(not_later(break_even(&less), break_even(&more)), "{input:?}");
    }

    #[test]
    fn the_horizon_and_the_filter_do_not_move_the_break_even(
        (input, less, more) in raised(&[Input::HorizonMonths, Input::FilterMinutes])
    ) {
        prop_assert_eq!(break_even(&less), break_even(&more), "{:?}", input);
        prop_assert!(not_later(filter_break_even(&less), filter_break_even(&more)));
    }

    #[test]
    fn dearer_or_longer_junk_never_argues_against_replacing(
        (input, less, more) in raised(&[
            Input::JunkPerDay, Input::InboxShare, Input::SecondsInbox, Input::SecondsFolder,
            Input::NewPeoplePerDay, Input::OverlookedShare, Input::OverlookedMinutes,
            Input::HalfLifeMonths,
        ])
    ) {
        let after = advised(&more);
        if advised(&less) == Advice::Rotate {
            // An address that everybody gets again leaks again, and that gets dearer too.
            let moved = more.new_address == NewAddress::Same && after == Advice::MoveServices;
            prop_assert!(after == Advice::Rotate || moved, "{input:?} to {after:?}");
        }
    }

    #[test]
    fn more_junk_a_day_or_in_the_inbox_and_a_longer_horizon_never_argue_for_doing_nothing(
        (input, less, more) in raised(&[
            Input::InboxShare, Input::SecondsInbox, Input::HorizonMonths,
        ])
    ) {
        if advised(&less) != Advice::Keep {
            prop_assert_ne!(advised(&more), Advice::Keep, "{:?}", input);
        }
    }

    #[test]
    fn more_to_do_never_argues_for_replacing((input, less, more) in raised(COSTS)) {
        if advised(&less) != Advice::Rotate {
            prop_assert_ne!(advised(&more), Advice::Rotate, "{:?}", input);
        }
    }

    #[test]
    fn more_people_pages_and_trust_never_argue_against_moving_only_the_services(
        (input, less, more) in raised(&[
            Input::Contacts, Input::Pages, Input::MinutesContact, Input::MinutesPage,
            Input::AgainFactor,
        ])
    ) {
        if advised(&less) == Advice::MoveServices {
            prop_assert_eq!(advised(&more), Advice::MoveServices, "{:?}", input);
        }
    }

    #[test]
    fn a_dearer_filter_is_never_advised_where_a_cheaper_one_was_not(
        (_, less, more) in raised(&[Input::FilterMinutes])
    ) {
        if advised(&less) != Advice::Filter {
            prop_assert_eq!(advised(&more), advised(&less));
        }
    }

    #[test]
    fn like_for_like_never_pays_sooner_where_changes_are_cheap(inputs in occurring()) {
        let each = Inputs { new_address: NewAddress::OneEach, minutes_service: 0.0, ..inputs.clone() };
        let same = Inputs { new_address: NewAddress::Same, minutes_service: 0.0, ..inputs };
        prop_assert!(not_later(break_even(&each), break_even(&same)));
    }

    #[test]
    fn what_would_change_the_advice_does(inputs in occurring()) {
        let decision = decide(&inputs);
        for turn in &decision.turns {
            let (low, high) = turn.input.bounds().sensible;
            prop_assert!((low..=high).contains(&turn.to), "{:?} makes sense", turn);
            prop_assert_ne!(turn.advice, decision.advice);
            prop_assert_eq!(advised(&turn.input.with(&inputs, turn.to)), turn.advice, "{:?}", turn);
        }
    }

    #[test]
    fn people_told_before_count_and_are_never_hidden(inputs in occurring(), months in 0_i32..40) {
        let today = date(2026, 6, 20);
        let told = Told::new(7, today.saturating_sub(months.months()), today);
        let inputs = Inputs { told: Some(told), contacts: 7 + inputs.contacts, ..inputs };
        let decision = decide(&inputs);
        let trust = decision.trust.expect("it is shown whatever its age");
        prop_assert_eq!((trust.told.people, trust.told.months_ago), (7, months as u32));
        prop_assert_eq!(trust.minutes > 0.0, months < 12 && inputs.again_factor > 1.0);
        if decision.advice == Advice::Rotate {
            prop_assert_eq!(trust.without, Advice::Rotate, "it weighs against replacing");
        }
    }

    #[test]
    fn no_number_makes_it_fail(
        values in proptest::collection::vec(
            prop_oneof![
                Just(f64::NAN), Just(f64::INFINITY), Just(f64::NEG_INFINITY), Just(-1.0), Just(0.0),
                Just(f64::MAX), Just(f64::MIN_POSITIVE), any::<f64>(),
            ],
            Input::ALL.len() + 9,
        ),
        counts in proptest::array::uniform4(any::<u32>()),
        one in any::<bool>(),
    ) {
        let mut inputs = Inputs {
            quiet_per_day: values[0],
            overlooked_at: values[1],
            late_share: values[2],
            late_minutes: values[3],
            filter_inbox: values[4],
            filter_overlooked: values[5],
            hourly_rate: Some(values[6]),
            told: Some(Told { people: counts[3], on: date(2026, 3, 1), months_ago: 3 }),
            holding: if one { Holding::One } else { Holding::Several },
            ..Inputs::default()
        };
        for (input, value) in Input::ALL.iter().zip(&values[9..]) {
            inputs = input.with(&inputs, *value);
        }
        if one {
            inputs.future = Future::Fitted { per_day: values[7] };
        }
        (inputs.services, inputs.contacts, inputs.pages) = (counts[0], counts[1], counts[2]);
        let decision = decide(&inputs);
        let spent = spent(&inputs, values[7], values[8], Offer::Amount { amount: values[0] });
        for number in decision.choices.iter().flat_map(|c| [c.cost, c.burden_after, c.net])
            .chain([decision.burden.together(), decision.cost.together()])
            .chain([spent.minutes_so_far, spent.minutes_expected])
            .chain(decision.choices.iter().filter_map(|c| c.months))
        {
            prop_assert!(number.is_finite(), "{:?}", decision);
        }
        let json = serde_json::to_string(&decision).expect("it crosses to the window");
        prop_assert_eq!(serde_json::from_str::<Decision>(&json).expect("and back").advice, decision.advice);
        let once = inputs.within_bounds();
        prop_assert_eq!(once.within_bounds(), once);
    }

    #[test]
    fn only_observed_days_count(observed in proptest::collection::vec(any::<bool>(), 200)) {
        let onset = date(2026, 1, 1);
        let today = date(2026, 7, 20);
        let days: Vec<(Date, u32)> = (0..200_i64)
            .map(|n| (onset.saturating_add(n.days()), (4000.0 * (-0.02 * n as f64).exp()).round() as u32))
            .zip(observed)
            .filter_map(|(day, seen)| seen.then_some(day))
            .collect();
        if let Some(fit) = fit(&days, onset, today) && days.len() > 20 {
            prop_assert!((fit.per_day - 0.02).abs() < 0.002, "{:?}", fit);
        }
    }
}

#[test]
fn moving_only_the_services_is_for_many_people_and_a_longer_view() {
    let inputs = Inputs {
        horizon_months: 24.0,
        ..several(150.0, (60, 500, 3))
    };
    let decision = decide(&inputs);
    assert_eq!(decision.advice, Advice::MoveServices, "{decision:?}");
    let few = Inputs {
        contacts: 20,
        ..inputs.clone()
    };
    assert_eq!(decide(&few).advice, Advice::Rotate, "few people to tell");
    let moved = decision
        .choices
        .iter()
        .find(|choice| choice.advice == Advice::MoveServices)
        .unwrap();
    assert_eq!(moved.cost, 270.0, "30 minutes, and 4 for each service");
    assert_eq!(
        moved.burden_after,
        decision.burden.together(),
        "it takes no junk away, and that is said"
    );
    let eleven = decide(&several(5.0, (11, 43, 0)));
    let moved = eleven
        .choices
        .iter()
        .find(|choice| choice.advice == Advice::MoveServices)
        .unwrap();
    assert_eq!(moved.cost, 74.0, "sentence 16: about 75 minutes");
    let one = one_service(&several(5.0, (11, 43, 0)));
    assert_eq!(one.cost, 4.0, "one service gets its own address");
}

#[test]
fn the_span_holds_the_break_even_and_both_ends() {
    let decision = decide(&Inputs {
        future: Future::Fitted { per_day: 0.001 },
        ..several(100.0, (20, 30, 1))
    });
    let futures: Vec<Future> = decision.spans.iter().map(|span| span.future).collect();
    assert_eq!(
        futures,
        [
            Future::Stays,
            Future::HALVES,
            Future::Fitted { per_day: 0.001 }
        ]
    );
    for span in &decision.spans {
        assert!(not_later(span.earliest, span.months), "{span:?}");
        assert!(not_later(span.months, span.latest), "{span:?}");
    }
}

#[test]
fn the_story_s_people_weigh_against_telling_them_again() {
    let today = date(2026, 6, 20);
    let march = date(2026, 3, 10);
    let told = told_before([march; 43], today);
    assert_eq!(
        told,
        Some(Told {
            people: 43,
            on: march,
            months_ago: 3
        })
    );
    let old = date(2020, 1, 1);
    assert_eq!(
        told_before([old, old, march, date(2027, 1, 1)], today).map(|told| told.people),
        Some(1),
        "those of the last twelve months"
    );
    assert_eq!(
        told_before([old, old], today).map(|told| (told.people, told.fresh())),
        Some((2, 0)),
        "shown, and no longer weighed"
    );
    assert_eq!(told_before([], today), None);
    let inputs = Inputs {
        told,
        ..several(35.0, (11, 43, 0))
    };
    let decision = decide(&inputs);
    let trust = decision.trust.unwrap();
    assert!((trust.minutes - 43.0 * 1.1).abs() < 1e-9, "{trust:?}");
    assert_eq!(
        (decision.advice, trust.without),
        (Advice::Keep, Advice::Rotate),
        "{decision:?}"
    );
}

#[test]
fn junk_is_fitted_from_90_days_on() {
    let onset = date(2026, 1, 1);
    let fading = |half_life: f64, scale: f64| -> Vec<(Date, u32)> {
        (0..200_i64)
            .map(|n| {
                let left = (-std::f64::consts::LN_2 * n as f64 / half_life).exp();
                (
                    onset.saturating_add(n.days()),
                    (scale * left).round() as u32,
                )
            })
            .collect()
    };
    let at =
        |days: &[(Date, u32)], passed: i64| fit(days, onset, onset.saturating_add(passed.days()));
    let days = fading(60.0, 500.0);
    assert_eq!(at(&days, 89), None, "too early");
    let early = at(&days, 90).unwrap();
    assert_eq!(early.days, 90, "the days from today on are not over");
    let half = early.half_life_days().unwrap();
    assert!((half - 60.0).abs() < 1.0, "{half} days");
    let few: Vec<(Date, u32)> = days
        .iter()
        .enumerate()
        .map(|(n, (day, _))| (*day, u32::from([0, 5, 20].contains(&n))))
        .collect();
    let few = at(&few, 90).unwrap();
    assert!(
        few.per_day > 0.0 && few.per_day < 0.2 * early.per_day,
        "three messages hardly move the prior: {few:?}"
    );
    assert!(few.deviation > 5.0 * early.deviation, "{few:?}");
    let level: Vec<(Date, u32)> = days.iter().map(|(day, _)| (*day, 5)).collect();
    let level = at(&level, 150).unwrap();
    assert!(level.per_day.abs() < 1e-6, "{level:?}");
    let growing: Vec<(Date, u32)> = (0..150_i64)
        .map(|n| (onset.saturating_add(n.days()), n as u32))
        .collect();
    let growing = at(&growing, 150).unwrap();
    assert_eq!(growing.half_life_days(), None);
    assert_eq!(
        growing.future().decay_per_month(),
        0.0,
        "growth is not carried on"
    );
    assert_eq!(at(&[(onset, 4)], 100), None, "one day says nothing");
    let none: Vec<(Date, u32)> = days.iter().map(|(day, _)| (*day, 0)).collect();
    assert_eq!(at(&none, 100), None, "no junk says nothing");
}

#[test]
fn money_is_minutes_at_the_users_rate_against_the_offer() {
    let inputs = Inputs {
        hourly_rate: Some(3000.0),
        ..several(30.0, (11, 43, 0))
    };
    let unclear = Offer::Unclear {
        at_most: Some(525.0),
    };
    let month = spent(&inputs, 30.4, 45.0, unclear);
    let more = burden(&inputs, 30.0).together() - burden(&inputs, 0.05).together();
    assert!((month.minutes_so_far - (more + 45.0)).abs() < 1e-9);
    assert!((month.minutes_expected - 12.0 * more).abs() < 1e-9);
    let money = month.money_so_far.unwrap();
    assert!((money - month.minutes_so_far * 50.0).abs() < 1e-9);
    assert!((month.missing_so_far.unwrap() - (money - 525.0)).abs() < 1e-9);
    let nothing = spent(&inputs, 30.4, 45.0, Offer::Nothing);
    assert_eq!(nothing.missing_so_far, Some(money));
    let open = spent(&inputs, 30.4, 45.0, Offer::Unclear { at_most: None });
    assert_eq!(open.missing_so_far, None, "nothing bounds the offer");
    let enough = spent(&inputs, 30.4, 0.0, Offer::Amount { amount: 1e6 });
    assert_eq!(enough.missing_so_far, Some(0.0));
    let free = Inputs {
        hourly_rate: None,
        ..inputs.clone()
    };
    assert_eq!(spent(&free, 30.4, 45.0, unclear).money_so_far, None);
    let fades = Inputs {
        future: Future::HALVES,
        ..inputs
    };
    assert!(spent(&fades, 30.4, 45.0, unclear).minutes_expected < month.minutes_expected);
}
