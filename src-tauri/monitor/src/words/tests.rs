#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::fault::Code;
use exposure::assess::Flag;
use exposure::onset::Dated;
use exposure::{AddressState, Confidence, FlagKind, Level, State, SuspectKind};
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
        junk_since_onset: 211,
        suspects: Vec::new(),
    }
}

#[test]
fn says_the_sentence_under_the_chart() {
    let check = |flag: &Flag, en: &str, ja: &str| {
        assert_eq!(Words::of(Lang::En).sentence(flag, Some("Example Shop"), TODAY), en);
        assert_eq!(Words::of(Lang::Ja).sentence(flag, Some("Example Shop"), TODAY), ja);
    };
    check(
        &flag(),
        "Since about 14 May (between 12 and 15 May) this address gets 5.8 junk messages a day. Before, fewer than one a month.",
        "5月14日ごろ（5月12日から15日の間）から、このアドレスに迷惑メールが1日あたり5.8通届いています。それまでは月に1通未満でした。",
    );
    let growing = Flag {
        state: Some(State::Growing),
        onset: Dated { earliest: Some(date(2025, 12, 30)), estimate: None, latest: Some(date(2026, 4, 2)) },
        ..flag()
    };
    check(
        &growing,
        "Junk at this address has been growing since between 30 December 2025 and 2 April. It now gets 5.8 a day.",
        "2025年12月30日から4月2日の間から、このアドレスの迷惑メールが徐々に増えています。現在は1日あたり5.8通です。",
    );
    let own = Flag { kind: FlagKind::OwnMail, state: None, junk_since_onset: 4, ..flag() };
    check(
        &own,
        "Since 14 May Example Shop itself sends mail to this address that you call junk: 4 messages.",
        "5月14日から、Example Shop 自身のメールが迷惑メールとして扱われています（4通）。",
    );
}

#[test]
fn says_how_many_hold_an_address_that_cannot_be_told() {
    let check = |services: u64, people: u64, en: &str, ja: &str| {
        let holders = Holders { services, people };
        assert_eq!(Words::of(Lang::En).why(&flag(), None, holders, false), en);
        assert_eq!(Words::of(Lang::Ja).why(&flag(), None, holders, false), ja);
    };
    check(
        11,
        43,
        "11 services and 43 people have this address. The mail seen so far does not show where it got out.",
        "このアドレスは11件のサービスと43人に渡っています。これまでのメールからは、どこから広まったかを特定できません。",
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
    assert_eq!(words.likelihood(SuspectKind::Service, 0.93), "very likely (more than 9 in 10)");
    assert_eq!(words.likelihood(SuspectKind::Service, 0.6), "likely (6 to 9 in 10)");
    assert_eq!(words.likelihood(SuspectKind::Guessed, 0.04), "very unlikely");
}

#[test]
fn finds_the_language_of_the_system() {
    let check = |set: &[(&str, &str)], want: Lang| {
        let variable = |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        assert_eq!(Lang::of_system(variable), want, "{set:?}");
    };
    check(&[("LANG", "ja_JP.UTF-8")], Lang::Ja);
    check(&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "en_US")], Lang::En);
    check(&[("ATESAKI_LANG", "ja"), ("LC_ALL", "C")], Lang::Ja);
    check(&[("LANG", "C.UTF-8")], Lang::En);
    check(&[], Lang::En);
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_key_exists_in_every_language_with_the_same_placeholders() {
    let (en, ja) = (Words::of(Lang::En).texts(), Words::of(Lang::Ja).texts());
    assert!(en.len() > 300, "the catalogue is read");
    assert_eq!(en.keys().collect::<Vec<_>>(), ja.keys().collect::<Vec<_>>());
    // Counted texts may say a number in words in one language only, and dates drop what is clear.
    let free = ["overview.", "date.", "count.", "evidence.", "candidate.", "time."];
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
            for key in [format!("fault.{}", code.word()), format!("fault.{}.action", code.word())] {
                assert!(Words::of(lang).texts().get(&key).is_some_and(|text| !text.is_empty()), "{key} in {lang:?}");
            }
        }
    }
    for state in AddressState::ALL {
        assert!(Words::of(Lang::En).texts().contains_key(&format!("state.{}", state.word())), "{state:?}");
    }
}

#[test]
fn the_words_that_never_appear_do_not() {
    let never = [
        "leaked by", "culprit", "to blame", "guilty", "hacked", "innocent", "漏らした", "流出させた", "犯人", "クロ",
        "ハッキングされた", "安全", "問題なし", "!", "！",
    ];
    for lang in [Lang::En, Lang::Ja] {
        for (key, text) in Words::of(lang).texts() {
            for word in never {
                let text = text.to_lowercase().replace("クロック", "");
                assert!(!text.contains(word), "{key} says “{word}”: {text}");
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
            for call in ["say(\"", ".fill(\"", ".count(\""] {
                found.extend(text.split(call).skip(1).filter_map(|rest| rest.split_once('"')).map(|(key, _)| {
                    if call == ".count(\"" { format!("{key}.other") } else { key.to_owned() }
                }));
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
    let missing: Vec<&String> =
        keys.iter().filter(|key| key.contains('.') && !key.contains(['{', '(', ' ']) && !Words::of(Lang::En).texts().contains_key(*key)).collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
}
