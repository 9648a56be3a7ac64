#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::fault::Code;
use exposure::assess::{Flag, Standing, Suspect};
use exposure::case::cost::{Currency, Money, Spent};
use exposure::case::{Offer, Refusal};
use exposure::misfiled::Why;
use exposure::onset::Dated;
use exposure::{AddressState, Confidence, FlagKind, IncidentStatus, Level, State, SuspectKind};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::path::Path;

const TODAY: Date = date(2026, 6, 20);

fn flag() -> Flag {
    Flag {
        segment: date(2026, 3, 1),
        level: Level::JunkBegan,
        state: Some(State::Flagged),
        confidence: Some(Confidence::CannotTell),
        kind: FlagKind::Leak,
        service: None,
        probability: None,
        onset: Dated {
            earliest: Some(date(2026, 5, 12)),
            estimate: Some(date(2026, 5, 14)),
            latest: Some(date(2026, 5, 15)),
        },
        seen_since: None,
        flagged_on: Some(date(2026, 5, 17)),
        rate_before: Some(0.02),
        rate_after: Some(5.8),
        rate_height: Some(5.8),
        chance_years: None,
        junk_since_onset: 211,
        suspects: Vec::new(),
        shortest: 0,
        turns: Vec::new(),
    }
}

#[test]
fn says_the_sentence_under_the_chart() {
    let check = |flag: &Flag, en: &str, ja: &str| {
        assert_eq!(
            Words::of(Lang::En).sentence(flag, Some("Example Shop"), TODAY),
            en
        );
        assert_eq!(
            Words::of(Lang::Ja).sentence(flag, Some("Example Shop"), TODAY),
            ja
        );
    };
    check(
        &flag(),
        "Since about 14 May (between 12 and 15 May) this address gets 5.8 junk messages a day. Before, fewer than one a month.",
        "5月14日ごろ（12日から15日の間）から、このアドレスに迷惑メールが1日あたり5.8通届いています。それまでは月に1通未満でした。",
    );
    let growing = Flag {
        state: Some(State::Growing),
        onset: Dated {
            earliest: Some(date(2025, 12, 30)),
            estimate: None,
            latest: Some(date(2026, 4, 2)),
        },
        ..flag()
    };
    check(
        &growing,
        "Junk at this address has been growing since between 30 December 2025 and 2 April. It now gets 5.8 junk messages a day.",
        "2025年12月30日から4月2日の間から、このアドレスの迷惑メールが徐々に増えています。現在は1日あたり5.8通です。",
    );
    check(
        &Flag {
            rate_after: Some(0.02),
            ..flag()
        },
        "From about 14 May (between 12 and 15 May) this address got 5.8 junk messages a day. Lately it is less: fewer than one a month.",
        "5月14日ごろ（12日から15日の間）から、このアドレスに迷惑メールが1日あたり5.8通届いていました。最近は減り、月に1通未満です。",
    );
    check(
        &Flag {
            rate_before: None,
            ..flag()
        },
        "Since about 14 May (between 12 and 15 May) this address gets 5.8 junk messages a day.",
        "5月14日ごろ（12日から15日の間）から、このアドレスに迷惑メールが1日あたり5.8通届いています。",
    );
    check(
        &Flag {
            rate_after: Some(0.06),
            rate_height: Some(0.06),
            chance_years: None,
            rate_before: Some(0.0),
            ..flag()
        },
        "Since about 14 May (between 12 and 15 May) this address gets fewer than 2 junk messages a month. Before, fewer than one a month.",
        "5月14日ごろ（12日から15日の間）から、このアドレスに迷惑メールが月に2通未満届いています。それまでは月に1通未満でした。",
    );
    check(
        &Flag {
            rate_after: None,
            rate_before: None,
            ..flag()
        },
        "Since 14 May senders that are not on record write to this address.",
        "5月14日から、記録にない差出人のメールがこのアドレスに届いています。",
    );
    let one_day = Dated {
        earliest: flag().onset.estimate,
        latest: flag().onset.estimate,
        ..flag().onset
    };
    check(
        &Flag {
            onset: one_day,
            ..flag()
        },
        "Since about 14 May this address gets 5.8 junk messages a day. Before, fewer than one a month.",
        "5月14日ごろから、このアドレスに迷惑メールが1日あたり5.8通届いています。それまでは月に1通未満でした。",
    );
    let over_the_month = Dated {
        latest: Some(date(2026, 6, 2)),
        ..flag().onset
    };
    check(
        &Flag {
            onset: over_the_month,
            ..flag()
        },
        "Since about 14 May (between 12 May and 2 June) this address gets 5.8 junk messages a day. Before, fewer than one a month.",
        "5月14日ごろ（5月12日から6月2日の間）から、このアドレスに迷惑メールが1日あたり5.8通届いています。それまでは月に1通未満でした。",
    );
    let already = Flag {
        state: Some(State::Already),
        onset: Dated::default(),
        seen_since: Some(date(2026, 3, 3)),
        rate_before: None,
        ..flag()
    };
    check(
        &already,
        "This address was already getting junk when watching began (3 March): 5.8 junk messages a day. When it began cannot be told.",
        "確認を始めた3月3日の時点で、このアドレスにはすでに迷惑メールが届いていました（1日あたり5.8通）。いつ増えたかは分かりません。",
    );
    let own = Flag {
        kind: FlagKind::OwnMail,
        state: None,
        junk_since_onset: 4,
        ..flag()
    };
    check(
        &own,
        "Since 14 May Example Shop itself sends mail to this address that you call junk: 4 messages.",
        "5月14日から、Example Shop 自身のメールが迷惑メールとして扱われています（4通）。",
    );
}

#[test]
fn a_notification_claims_no_rate_that_is_not_known() {
    let check = |flag: &Flag, en: &str, ja: &str| {
        for (lang, want) in [(Lang::En, en), (Lang::Ja, ja)] {
            let (_, text) = Words::of(lang).notice(flag, "shop@example.org", None, TODAY);
            assert_eq!(text, want);
        }
    };
    check(
        &flag(),
        "Since about 14 May: 5.8 a day, before fewer than one a month. The source cannot be told yet.",
        "5月14日ごろから1日あたり5.8通（以前は月に1通未満）。流出元はまだ特定できません。",
    );
    check(
        &Flag {
            rate_before: None,
            ..flag()
        },
        "Since about 14 May: 5.8 a day. The source cannot be told yet.",
        "5月14日ごろから1日あたり5.8通。流出元はまだ特定できません。",
    );
    check(
        &Flag {
            rate_after: None,
            rate_before: None,
            ..flag()
        },
        "Since 14 May senders that are not on record write there. The source cannot be told yet.",
        "5月14日から、記録にない差出人のメールが届いています。流出元はまだ特定できません。",
    );
    let growing = Flag {
        state: Some(State::Growing),
        ..flag()
    };
    check(
        &growing,
        "Now 5.8 a day. The source cannot be told yet.",
        "現在は1日あたり5.8通。流出元はまだ特定できません。",
    );
    let likely = Flag {
        level: Level::LikelySource,
        service: Some(1),
        ..flag()
    };
    let (title, text) =
        Words::of(Lang::En).notice(&likely, "shop@example.org", Some("Example Shop"), TODAY);
    assert_eq!(title, "Junk began at shop@example.org");
    assert_eq!(
        text,
        "Likely source: Example Shop. See why, and what else could explain it."
    );
}

#[test]
fn no_service_is_named_below_likely_source() {
    for level in [Level::UnexpectedSender, Level::JunkBegan] {
        for state in [
            None,
            Some(State::Flagged),
            Some(State::Growing),
            Some(State::Already),
        ] {
            let flag = Flag {
                level,
                state,
                ..flag()
            };
            for lang in [Lang::En, Lang::Ja] {
                let words = Words::of(lang);
                let holders = Holders {
                    services: 3,
                    people: 0,
                    standing: Standing::Recorded,
                };
                let (title, text) =
                    words.notice(&flag, "shop@example.org", Some("Example Shop"), TODAY);
                let card = words.why(&flag, Some("Example Shop"), holders, false);
                let said = [
                    title,
                    text,
                    card,
                    words.sentence(&flag, Some("Example Shop"), TODAY),
                ];
                assert!(
                    said.iter().all(|s| !s.contains("Example Shop")),
                    "{level:?} {state:?}: {said:?}"
                );
            }
        }
    }
}

#[test]
fn says_how_many_hold_an_address_that_cannot_be_told() {
    let check = |services: u64, people: u64, en: &str, ja: &str| {
        let standing = Standing::Recorded;
        let holders = Holders {
            services,
            people,
            standing,
        };
        assert_eq!(Words::of(Lang::En).why(&flag(), None, holders, false), en);
        assert_eq!(Words::of(Lang::Ja).why(&flag(), None, holders, false), ja);
    };
    check(
        11,
        43,
        "11 services and 43 people have this address. The mail seen so far does not show where it got out.",
        "このアドレスは11のサービスと43人に渡っています。これまでのメールからは、どこから広まったかを特定できません。",
    );
    check(
        0,
        0,
        "Nobody is on record for this address. Record who has it, and the source can be looked for.",
        "このアドレスを渡した記録がありません。渡した先を記録すると、流出元を調べられます。",
    );
}

#[test]
fn rates_below_one_in_ten_days_are_said_by_month() {
    let check = |rate: f64, want: &str| assert_eq!(Words::of(Lang::En).rate(rate), want);
    check(5.84, "5.8 a day");
    check(0.1, "0.1 a day");
    check(0.05, "fewer than 2 a month");
    check(0.0, "fewer than one a month");
}

#[test]
fn likelihoods_have_words_and_no_bare_percentage() {
    let words = Words::of(Lang::En);
    assert_eq!(
        words.likelihood(SuspectKind::Service, 0.93),
        "very likely (more than 9 in 10)"
    );
    assert_eq!(
        words.likelihood(SuspectKind::Service, 0.6),
        "likely (6 to 9 in 10)"
    );
    assert_eq!(
        words.likelihood(SuspectKind::Guessed, 0.04),
        "very unlikely"
    );
}

#[test]
fn under_a_likely_source_stands_what_else_could_explain_it() {
    let suspect = |kind: SuspectKind, service: Option<i64>| Suspect {
        kind,
        service,
        probability: Some(0.3),
        evidence: Vec::new(),
    };
    let suspects = vec![
        suspect(SuspectKind::Service, Some(1)),
        suspect(SuspectKind::Unrecorded, None),
        suspect(SuspectKind::Guessed, None),
    ];
    let likely = Flag {
        level: Level::LikelySource,
        service: Some(1),
        suspects,
        ..flag()
    };
    assert_eq!(
        Words::of(Lang::En).caveat(&likely),
        "This is a likelihood, not proof. What else could explain it: someone not in your records, or the address was guessed.",
    );
    assert_eq!(
        Words::of(Lang::Ja).caveat(&likely),
        "これは可能性の高さであり、証拠ではありません。ほかに考えられる原因：記録にない相手、アドレスを推測された。",
    );
    assert_eq!(
        Words::of(Lang::En).caveat(&flag()),
        "",
        "below likely source nothing needs a caveat"
    );
}

#[test]
fn finds_the_language_of_the_system() {
    let check = |set: &[(&str, &str)], want: Lang| {
        let variable = |name: &str| {
            set.iter()
                .find(|(n, _)| *n == name)
                .map(|(_, v)| (*v).to_owned())
        };
        assert_eq!(Lang::of_system(variable), want, "{set:?}");
    };
    check(&[("LANG", "ja_JP.UTF-8")], Lang::Ja);
    check(&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "en_US")], Lang::En);
    check(&[("ATESAKI_LANG", "ja"), ("LC_ALL", "C")], Lang::Ja);
    check(&[("LANG", "C.UTF-8")], Lang::En);
    check(&[], Lang::En);
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn every_key_exists_in_every_language_with_the_same_placeholders() {
    let (en, ja) = (Words::of(Lang::En).texts(), Words::of(Lang::Ja).texts());
    assert!(en.len() > 300, "the catalogue is read");
    assert_eq!(en.keys().collect::<Vec<_>>(), ja.keys().collect::<Vec<_>>());
    // Counted texts may say a number in words in one language only, and dates drop what is clear.
    let free = [
        "overview.",
        "date.",
        "count.",
        "evidence.",
        "candidate.",
        "time.",
    ];
    for (key, text) in en {
        if !key.ends_with(".one") && !free.iter().any(|prefix| key.starts_with(prefix)) {
            assert_eq!(placeholders(text), placeholders(&ja[key]), "{key}");
        }
    }
}

#[test]
fn every_fault_has_its_text_and_its_action() {
    for lang in [Lang::En, Lang::Ja] {
        for code in Code::ALL {
            for key in [
                format!("fault.{}", code.word()),
                format!("fault.{}.action", code.word()),
            ] {
                assert!(
                    Words::of(lang)
                        .texts()
                        .get(&key)
                        .is_some_and(|text| !text.is_empty()),
                    "{key} in {lang:?}"
                );
            }
        }
    }
    for state in AddressState::ALL {
        assert!(
            Words::of(Lang::En)
                .texts()
                .contains_key(&format!("state.{}", state.word())),
            "{state:?}"
        );
    }
}

#[test]
fn the_words_that_never_appear_do_not() {
    let never = [
        "leaked by",
        "culprit",
        "to blame",
        "guilty",
        "hacked",
        "innocent",
        "漏らした",
        "流出させた",
        "犯人",
        "クロ",
        "ハッキングされた",
        "安全",
        "問題なし",
        "!",
        "！",
    ];
    for lang in [Lang::En, Lang::Ja] {
        for (key, text) in Words::of(lang).texts() {
            for word in never {
                let text = text.to_lowercase().replace("クロック", "");
                assert!(!text.contains(word), "{key} says “{word}”: {text}");
            }
            let whole: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
            for word in ["safe", "clean"] {
                assert!(
                    !whole.iter().any(|w| w.eq_ignore_ascii_case(word)),
                    "{key} says “{word}”: {text}"
                );
            }
        }
    }
}

/// The keys that Rust sources name, by looking for them as whole string literals.
fn keys_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            keys_in(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            for call in ["say(", ".fill(", ".count("] {
                let literals = text
                    .split(call)
                    .skip(1)
                    .filter_map(|rest| rest.trim_start().strip_prefix('"'));
                found.extend(
                    literals
                        .filter_map(|rest| rest.split_once('"'))
                        .map(|(key, _)| {
                            if call == ".count(" {
                                format!("{key}.other")
                            } else {
                                key.to_owned()
                            }
                        }),
                );
            }
        }
    }
}

#[test]
fn every_key_that_the_program_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut keys = BTreeSet::new();
    for folder in [root.join("src"), root.join("../cli/src")] {
        keys_in(&folder, &mut keys);
    }
    let missing: Vec<&String> = keys
        .iter()
        .filter(|key| {
            key.contains('.')
                && !key.contains(['{', '(', ' '])
                && !Words::of(Lang::En).texts().contains_key(*key)
        })
        .collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
}

#[test]
fn says_who_lies_in_junk_and_since_when() {
    let zone = jiff::tz::TimeZone::get("Asia/Tokyo").unwrap();
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second();
    let check = |lang: Lang, others: u64, when: &str, title: &str, text: &str| {
        let words = Words::of(lang);
        let when = words.moment(at(when), &zone, TODAY);
        let said = words.notice_of_misfiled(Why::Person, "Ada", &when, others);
        assert_eq!(said, (title.to_owned(), text.to_owned()));
    };
    let (en, ja) = (
        "A known sender is in your junk folder",
        "知っている相手のメールが迷惑メールに入っています",
    );
    let today = "2026-06-20T00:41:00Z";
    check(Lang::En, 0, today, en, "Ada, today 9:41.");
    check(Lang::Ja, 0, today, ja, "Ada（今日 9:41）");
    let yesterday = "2026-06-19T14:05:00Z";
    check(Lang::En, 0, yesterday, en, "Ada, yesterday 23:05.");
    check(
        Lang::Ja,
        2,
        "2025-06-17T15:00:00Z",
        "迷惑メールではないかもしれないメールが3通あります",
        "Ada（2025年6月18日 0:00）、ほか2通",
    );
    let answer = Words::of(Lang::En).notice_of_misfiled(Why::Answer, "bob@home.example", "", 0);
    assert_eq!(answer.0, "An answer to your mail is in your junk folder");

    let of = |lang: Lang| Words::of(lang).misfiled([Why::Person; 2].into_iter());
    assert_eq!(
        of(Lang::En),
        ["2 messages from people you write with are in the junk folder."]
    );
    assert_eq!(
        of(Lang::Ja),
        ["やり取りのある人からのメールが2通、迷惑メールに入っています。"]
    );
}

#[test]
fn says_what_a_case_cost_against_what_was_offered() {
    let yen = |minor| Money {
        minor,
        currency: Currency::parse("JPY").unwrap(),
    };
    let spent = Spent {
        minutes: 75,
        hourly: Some(yen(3_000)),
    };
    let offer = Offer::Unclear {
        at_most: Some(yen(525)),
    };
    let check = |lang: Lang, offered: &str, cost: &str| {
        let words = Words::of(lang);
        assert_eq!(words.offer(offer), offered);
        assert_eq!(words.cost_against(&spent, Some(offer)), cost);
    };
    check(
        Lang::En,
        "Offered, amount unclear, at most 525 yen",
        "So far: 75 minutes, 3,750 yen. How much is offered is unclear; it is at least 3,225 yen short.",
    );
    check(
        Lang::Ja,
        "提示あり（金額不明、最大525円）",
        "これまでに約75分、3,750円相当。提示額は不明ですが、少なくとも3,225円足りません。",
    );
}

#[test]
fn every_state_and_refusal_of_a_case_has_its_words() {
    for lang in [Lang::En, Lang::Ja] {
        let words = Words::of(lang);
        let states = IncidentStatus::ALL
            .iter()
            .map(|status| words.incident_status(*status, None));
        let refusals = Refusal::ALL.iter().map(|why| words.refused_move(*why));
        for text in states.chain(refusals) {
            assert!(!text.contains('_') && !text.starts_with("case."), "{text}");
            assert!(!text.starts_with("incident."), "{text}");
        }
    }
    let silent = Words::of(Lang::En).incident_status(IncidentStatus::Silent, Some(7));
    assert_eq!(silent, "No answer for 7 days");
}
