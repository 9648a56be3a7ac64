//! Letters never say more than their case bears, in either language. All mail, people and firms
//! here are made up.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use exposure::assess;
use exposure::case::authorities::{Authority, Firm, authorities};
use exposure::case::letter::{Case, answer_by, letter};
use exposure::case::statement::{
    Began, Facts, Ground, Holders, Junk, Mail, Offers, Published, Shows, statements,
};
use exposure::case::{
    Answer, Channel, Entry, Law, LetterKind, Promise, Question, Rests, Says, Statement, Topic, Way,
};
use exposure::notice::{Claim, Item, Standing};
use exposure::{Confidence, Level};
use jiff::civil::{Date, date};
use monitor::words::{Because, Moving, Names, Written};
use monitor::{Lang, Words};
use proptest::prelude::*;
use std::path::Path;

const ASKED: Date = date(2026, 6, 19);
const REMINDED: Date = date(2026, 6, 29);
const COMPLAINED: Date = date(2026, 7, 13);
const LANGS: [Lang; 2] = [Lang::En, Lang::Ja];

fn names(lang: Lang, authority: Option<&'static Authority>) -> Names<'static> {
    let (service, user) = match lang {
        Lang::En => ("Example Telecom", "Hanako Yamada"),
        Lang::Ja => ("株式会社例示通信", "山田 花子"),
    };
    Names {
        service,
        address: "hanako@work.example",
        user: Some(user),
        authority,
    }
}

fn questions(answers: [Answer; 4]) -> Vec<Question> {
    let all = Topic::ALL.iter().zip(answers);
    all.map(|(topic, answer)| Question {
        topic: *topic,
        asked_on: Some(ASKED),
        answer,
    })
    .collect()
}

/// Asked, and called back once.
fn log(promises: Vec<Promise>) -> Vec<Entry> {
    let entry = |on: Date, channel, way, promises| Entry {
        on,
        channel,
        way,
        who: String::new(),
        said: String::new(),
        promises,
        offer: None,
    };
    vec![
        entry(ASKED, Channel::Mail, Way::Went, Vec::new()),
        entry(date(2026, 6, 22), Channel::Call, Way::Came, promises),
    ]
}

/// The cases of the golden files: the story of product.md, a notice alone, an address made for one
/// service, and an address that many have.
fn golden(kind: &str) -> (Facts, Law, &'static str) {
    let alone = Holders {
        others: 0,
        dedicated: true,
        standing: assess::Standing::Recorded,
    };
    let shared = Holders {
        others: 53,
        dedicated: false,
        ..alone
    };
    let mail = |id, shows| Mail {
        id,
        on: date(2026, 6, 18),
        standing: Some(Standing::Genuine),
        shows,
    };
    let junk = |level, confidence| {
        Some(Junk {
            level,
            confidence: Some(confidence),
            began: Began::On(date(2026, 5, 14)),
            names_it: level == Level::LikelySource,
        })
    };
    let nothing = Facts {
        given: Some(date(2026, 2, 3)),
        holders: shared,
        junk: None,
        mails: Vec::new(),
        breach: None,
    };
    match kind {
        "found" => {
            let list = Shows::List {
                name: true,
                address: true,
                people: Some(3_385),
            };
            let notice = Shows::Notice {
                claim: Claim::GotOut,
                leaves_out: vec![Item::How, Item::People, Item::Consequences, Item::Authority],
                offers: Offers::NoSum,
            };
            let mails = vec![mail(1, list), mail(2, notice)];
            (Facts { mails, ..nothing }, Law::Appi, "JP")
        }
        "told" => {
            let notice = Shows::Notice {
                claim: Claim::MayHave,
                leaves_out: vec![Item::When, Item::People],
                offers: Offers::Nothing,
            };
            let mails = vec![mail(1, notice)];
            (Facts { mails, ..nothing }, Law::Gdpr, "IE")
        }
        "likely" => {
            let junk = junk(Level::LikelySource, Confidence::VeryLikely);
            let facts = Facts {
                holders: alone,
                junk,
                ..nothing
            };
            (facts, Law::UkGdpr, "GB")
        }
        _ => {
            let junk = junk(Level::JunkBegan, Confidence::CannotTell);
            (Facts { junk, ..nothing }, Law::Unnamed, "US")
        }
    }
}

fn text(title: &str, written: &Written) -> String {
    format!("=== {title}\n{}\n\n{}\n", written.subject, written.body)
}

fn all_letters(kind: &str, lang: Lang) -> String {
    let (facts, law, country) = golden(kind);
    let firm = match kind {
        "found" => Firm::Telecom,
        _ => Firm::Other,
    };
    let words = Words::of(lang);
    let log = log(vec![Promise {
        what: match lang {
            Lang::En => "to call back".into(),
            Lang::Ja => "担当部署から折り返しの電話をする".into(),
        },
        by: Some(date(2026, 6, 24)),
        kept: false,
    }]);
    let open = questions([Answer::Evaded, Answer::Open, Answer::Answered, Answer::Open]);
    let mut out = String::new();
    for letter_kind in LetterKind::ALL {
        let (today, questions, log) = match letter_kind {
            LetterKind::Questions | LetterKind::Access | LetterKind::InBreach => {
                (ASKED, &[][..], &[][..])
            }
            LetterKind::Reminder => (REMINDED, &open[..], &log[..]),
            LetterKind::Complaint => (COMPLAINED, &open[..], &log[..]),
        };
        let case = Case {
            facts: &facts,
            questions,
            log,
        };
        let by = answer_by(*letter_kind, law, today);
        let made = letter(*letter_kind, &case, law, today, by).unwrap();
        let to: Vec<Option<&Authority>> = match letter_kind {
            LetterKind::Complaint => authorities(country, firm).map(Some).collect(),
            LetterKind::Questions
            | LetterKind::Reminder
            | LetterKind::Access
            | LetterKind::InBreach => vec![None],
        };
        for authority in to {
            let written = words.letter(&made, &names(lang, authority));
            out.push_str(&text(letter_kind.word(), &written));
            assert_eq!(
                written.note,
                words.say("letter.note"),
                "every letter has it"
            );
            assert!(
                !written.body.contains(&written.note),
                "it is no part of one"
            );
        }
    }
    let moving = |told_before| Moving {
        new: "hanako@new.example",
        old: "hanako@work.example",
        user: names(lang, None).user,
        told_before,
        old_until: Some(date(2026, 12, 31)),
        because: match facts.junk {
            Some(_) => Because::Junk,
            None => Because::Unsaid,
        },
    };
    out.push_str(&text("new address", &words.moved(&moving(None))));
    let again = moving(Some(date(2026, 3, 9)));
    out.push_str(&text("new address, again", &words.moved(&again)));
    out
}

/// Set `ATESAKI_GOLDEN=write` to write the files anew, and read what changed.
#[test]
fn every_letter_reads_as_it_was_approved() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/letters");
    let write = std::env::var("ATESAKI_GOLDEN").is_ok_and(|value| value == "write");
    for kind in ["found", "told", "likely", "cannot_tell"] {
        for lang in LANGS {
            let path = folder.join(format!("{kind}.{}.txt", lang.code()));
            let now = all_letters(kind, lang);
            if write {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &now).unwrap();
            }
            let approved = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(now, approved, "{}", path.display());
        }
    }
}

fn some_date() -> impl Strategy<Value = Date> {
    (0_i32..500).prop_map(|days| {
        use jiff::ToSpan;
        date(2025, 1, 1).saturating_add(days.days())
    })
}

fn some_junk() -> impl Strategy<Value = Junk> {
    let began = prop_oneof![
        some_date().prop_map(Began::On),
        some_date().prop_map(Began::Growing),
        some_date().prop_map(Began::Already),
    ];
    let level = proptest::sample::select(Level::ALL);
    let confidence = proptest::option::of(proptest::sample::select(Confidence::ALL));
    (level, confidence, began, any::<bool>()).prop_map(|(level, confidence, began, names_it)| {
        Junk {
            level,
            confidence,
            began,
            names_it,
        }
    })
}

fn some_mail() -> impl Strategy<Value = Mail> {
    let list = (
        any::<bool>(),
        any::<bool>(),
        proptest::option::of(1_u32..5_000),
    );
    let list = list.prop_map(|(name, address, people)| Shows::List {
        name,
        address,
        people,
    });
    let offers = prop_oneof![
        Just(Offers::Nothing),
        Just(Offers::NoSum),
        Just(Offers::Sum("525円".into())),
    ];
    let notice = (
        proptest::sample::select(Claim::ALL),
        proptest::sample::subsequence(Item::ALL.to_vec(), 0..Item::ALL.len()),
        offers,
    );
    let notice = notice.prop_map(|(claim, leaves_out, offers)| Shows::Notice {
        claim,
        leaves_out,
        offers,
    });
    let recipients = (1_u32..300).prop_map(|people| Shows::Recipients { people });
    let standing = proptest::option::of(proptest::sample::select(Standing::ALL));
    let shows = prop_oneof![list, notice, recipients];
    (0_i64..9, some_date(), standing, shows).prop_map(|(id, on, standing, shows)| Mail {
        id,
        on,
        standing,
        shows,
    })
}

fn some_facts() -> impl Strategy<Value = Facts> {
    let holders = (0_u32..3, any::<bool>(), any::<bool>());
    let holders = holders.prop_map(|(others, dedicated, recorded)| Holders {
        others,
        dedicated,
        standing: match recorded {
            true => assess::Standing::Recorded,
            false => assess::Standing::Inferred,
        },
    });
    let breach = proptest::option::of(some_date()).prop_map(|happened| Published {
        name: "Example".into(),
        happened,
        source: "Have I Been Pwned".into(),
    });
    (
        proptest::option::of(some_date()),
        holders,
        proptest::option::weighted(0.8, some_junk()),
        proptest::collection::vec(some_mail(), 0..3),
        proptest::option::weighted(0.2, breach),
    )
        .prop_map(|(given, holders, junk, mails, breach)| Facts {
            given,
            holders,
            junk,
            mails,
            breach,
        })
}

/// The mail of the service itself, verified, in which something holds.
fn own_mail(facts: &Facts, holds: impl Fn(&Mail) -> bool) -> bool {
    let mut all = facts.mails.iter();
    all.any(|mail| mail.standing == Some(Standing::Genuine) && holds(mail))
}

fn carried(facts: &Facts) -> bool {
    own_mail(facts, |mail| matches!(mail.shows, Shows::List { .. }))
}

fn likely(facts: &Facts) -> bool {
    facts.junk.is_some_and(|junk| {
        let sure = matches!(
            junk.confidence,
            Some(Confidence::Likely | Confidence::VeryLikely)
        );
        junk.level == Level::LikelySource && junk.names_it && sure
    })
}

fn only_one(facts: &Facts) -> bool {
    let holders = facts.holders;
    holders.dedicated && holders.others == 0 && holders.standing == assess::Standing::Recorded
}

/// Whether the facts bear what a statement says.
fn bears(facts: &Facts, statement: &Statement) -> bool {
    let level = facts.junk.map(|junk| junk.level);
    let rests = match statement.rests() {
        Rests::Exposure(id) => own_mail(facts, |mail| mail.id == *id),
        Rests::Flag => facts.junk.is_some(),
        Rests::Catalogue => facts.breach.is_some(),
        Rests::Records | Rests::Log => true,
    };
    let notice = |want: &dyn Fn(&Claim, &[Item], &Offers) -> bool| {
        own_mail(facts, |mail| match &mail.shows {
            Shows::Notice {
                claim,
                leaves_out,
                offers,
            } => want(claim, leaves_out, offers),
            Shows::List { .. } | Shows::Recipients { .. } => false,
        })
    };
    let says = match statement.says() {
        Says::Carried { on, .. } => own_mail(facts, |mail| {
            mail.on == *on && matches!(mail.shows, Shows::List { .. })
        }),
        Says::Showed { people, .. } => own_mail(facts, |mail| {
            mail.shows == Shows::Recipients { people: *people }
        }),
        Says::Wrote { claim, .. } => notice(&|told, _, _| told == claim),
        Says::LeftOut { items, .. } => {
            notice(&|_, left_out, _| items.iter().all(|item| left_out.contains(item)))
        }
        Says::OfferedNoSum { .. } => notice(&|_, _, offers| *offers == Offers::NoSum),
        Says::Offered { .. } => notice(&|_, _, offers| matches!(offers, Offers::Sum(_))),
        Says::Published { .. } => facts.breach.is_some(),
        Says::Stranger { .. } => level == Some(Level::UnexpectedSender),
        Says::Junk { .. } => level.is_some_and(|level| level >= Level::JunkBegan),
        Says::Given { on } => facts.given == Some(*on),
        Says::OnlyYou => only_one(facts),
        Says::AmongOthers => facts.holders.others > 0,
        Says::PointsToYou { confidence } => {
            likely(facts) && facts.junk.unwrap().confidence == Some(*confidence)
        }
        Says::CannotTell => !likely(facts),
        Says::NoClaim
        | Says::Asked { .. }
        | Says::RepliedOpen { .. }
        | Says::Silence { .. }
        | Says::Promised { .. } => true,
    };
    rests && says
}

/// Words, and when a letter may have them.
type Guarded = (&'static [&'static str], fn(&Facts) -> bool);

fn guarded() -> [Guarded; 6] {
    let told = |facts: &Facts| Ground::of(facts) >= Ground::Told;
    let got_out = |facts: &Facts| {
        own_mail(facts, |mail| match mail.shows {
            Shows::Notice { claim, .. } => claim == Claim::GotOut,
            Shows::List { .. } | Shows::Recipients { .. } => true,
        })
    };
    [
        (
            &["recorded as given only to", "のみお渡しした", "のみ渡した"],
            only_one,
        ),
        (&["file attached", "data attached", "添付"], carried),
        (&["recorded points to", "広まった可能性が"], likely),
        (&["How did this happen", "事故"], told),
        (
            &["data got out", "アドレスの流出により", "外部に渡ったとの"],
            got_out,
        ),
        (&["published breaches", "公表され"], |facts| {
            facts.breach.is_some()
        }),
    ]
}

const NEVER: &[&str] = &[
    "leaked",
    "you leak",
    "culprit",
    "to blame",
    "guilty",
    "hacked",
    "at fault",
    "lost my",
    "sold my",
    "!",
    "{",
    "letter.",
    "漏らし",
    "流出させ",
    "漏えいした",
    "犯人",
    "ハッキング",
    "売った",
    "安全",
    "あなた",
    "しか知らない",
    "！",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn letters_never_say_more_than_their_case_bears(
        facts in some_facts(),
        answer in proptest::sample::select(Answer::ALL),
        law in proptest::sample::select(Law::ALL),
        called in any::<bool>(),
    ) {
        let all = statements(&facts);
        for statement in &all {
            prop_assert!(bears(&facts, statement), "{statement:?}");
        }
        let of_junk = |s: &Statement| matches!(s.says(), Says::Junk { .. } | Says::Stranger { .. });
        let no_claim = |s: &Statement| *s.says() == Says::NoClaim;
        prop_assert_eq!(all.iter().any(of_junk), all.iter().any(no_claim));

        let (questions, log) = (questions([answer, Answer::Open, answer, answer]), log(Vec::new()));
        let case = Case {
            facts: &facts,
            questions: &questions,
            log: if called { &log } else { &[] },
        };
        for kind in LetterKind::ALL {
            let Ok(made) = letter(*kind, &case, law, COMPLAINED, COMPLAINED) else {
                continue;
            };
            for statement in made.statements() {
                prop_assert!(bears(&facts, statement), "{kind:?}: {statement:?}");
            }
            for lang in LANGS {
                let written = Words::of(lang).letter(&made, &names(lang, None));
                let text = format!("{}\n{}", written.subject, written.body);
                for word in NEVER {
                    prop_assert!(!text.contains(word), "{kind:?} says “{word}”:\n{text}");
                }
                for (words, may) in guarded() {
                    for word in words {
                        let said = text.contains(word);
                        prop_assert!(!said || may(&facts), "{kind:?} says “{word}”:\n{text}");
                    }
                }
            }
        }
    }
}
