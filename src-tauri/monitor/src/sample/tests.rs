//! The sample held against what it promises, read back from its bytes. Everything in it is made
//! up.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod reading;

use super::encode::Charset;
use super::table::addresses::{ADDRESSES, DISCLOSURES, WORK};
use super::table::people::CLIENTS;
use super::table::services::SERVICES;
use super::*;
use jiff::civil::date;
use reading::{Read, day_of, domain, read};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const TODAY: Date = date(2026, 6, 20);

#[test]
fn the_same_seed_and_day_give_the_same_bytes() {
    let one = plan(7, TODAY);
    assert_eq!(
        one,
        plan(7, TODAY),
        "nothing but the seed and the day may enter"
    );
    assert_ne!(one, plan(8, TODAY), "another seed is another year");
}

#[test]
fn the_default_sample_is_the_same_on_every_machine() {
    let sample = plan(DEFAULT_SEED, TODAY);
    // FNV-1a, 64 bits. A change of the sample changes this number; a change of the machine must not.
    let sum = sample
        .messages
        .iter()
        .flat_map(|message| &message.bytes)
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    assert_eq!(
        sum, 14_801_064_815_489_013_751,
        "the default sample changed; if on purpose, write its new sum here"
    );
}

#[test]
fn the_sample_has_the_size_it_promises_for_every_seed() {
    assert_eq!(ADDRESSES.len(), 14, "fourteen addresses");
    assert_eq!(SERVICES.len(), 18, "eighteen services");
    let work: BTreeSet<&str> = DISCLOSURES
        .iter()
        .filter(|given| given.address == WORK)
        .map(|given| given.service)
        .collect();
    assert_eq!(work.len(), 11, "eleven services have the work address");
    assert_eq!(CLIENTS.len(), 43, "43 people have the work address");
    for seed in (1..=5).chain([DEFAULT_SEED]) {
        let sample = plan(seed, TODAY);
        let messages = sample.messages.len();
        assert!(
            (2_200..=3_000).contains(&messages),
            "seed {seed} has {messages} messages"
        );
        let strong = sample
            .truth
            .leaks
            .iter()
            .filter(|leak| leak.strength == Strength::Strong)
            .count();
        assert!(
            (2..=4).contains(&strong),
            "seed {seed} has {strong} strong leaks"
        );
    }
}

#[test]
fn a_year_can_end_on_any_day() {
    for today in [
        date(2026, 1, 1),
        date(2026, 1, 10),
        date(2026, 8, 1),
        date(2028, 2, 29),
        date(2026, 12, 31),
    ] {
        let sample = plan(DEFAULT_SEED, today);
        let last = sample.messages.last().expect("there is mail").arrived_at;
        let midnight = today.duration_since(date(1970, 1, 1)).as_secs() - 9 * 3600;
        assert!(
            last < midnight,
            "{today}: no mail from a day that has not been"
        );
        assert!(
            last > midnight - 4 * 3600,
            "{today}: the mail ends on the evening before"
        );
    }
}

#[test]
fn every_strong_leak_is_loud_late_enough_and_preceded_by_quiet() {
    for seed in [1, DEFAULT_SEED] {
        let sample = plan(seed, TODAY);
        let mail = read(&sample);
        for leak in &sample.truth.leaks {
            let onset = day_of(leak.onset);
            let domains = &SERVICES
                .iter()
                .find(|sheet| sheet.name == leak.service)
                .unwrap()
                .domains;
            let foreign: Vec<&Read> = mail
                .iter()
                .filter(|one| one.folder != Folder::Sent && one.at.contains(&leak.address))
                .filter(|one| !domains.contains(&domain(&one.from)))
                .collect();
            let after: BTreeSet<(&str, i64, &str)> = foreign
                .iter()
                .filter(|one| one.day >= onset && (one.folder == Folder::Junk || one.marked))
                .map(|one| (one.header.as_str(), one.day, one.subject.as_str()))
                .collect();
            let what = format!("seed {seed}, {}", leak.address);
            assert_eq!(
                after.len() as u32,
                leak.junk,
                "{what}: junk counted from the mail"
            );
            let rate = f64::from(leak.junk) / (calendar::DAYS - onset) as f64;
            assert!(
                (rate - leak.rate_per_day).abs() < 0.006,
                "{what}: its rate follows from it"
            );
            if leak.strength == Strength::Strong {
                assert!(rate >= 1.0, "{what}: strong means one a day");
                assert!(
                    calendar::DAYS - onset >= 21,
                    "{what}: 21 days are left to find it"
                );
                let last_before = foreign
                    .iter()
                    .map(|one| one.day)
                    .filter(|day| *day < onset)
                    .max();
                assert!(
                    last_before.is_none_or(|day| onset - day >= 60),
                    "{what}: nothing foreign came in the sixty days before"
                );
            }
        }
    }
}

#[test]
fn addresses_that_did_not_get_out_hear_next_to_nothing_from_strangers() {
    for seed in 1..=4 {
        let sample = plan(seed, TODAY);
        let leaked: BTreeSet<&str> = sample
            .truth
            .leaks
            .iter()
            .map(|leak| leak.address.as_str())
            .collect();
        for (address, junk) in &sample.truth.junk {
            let known_to_spammers = address == "jun.morino@example.org";
            if !leaked.contains(address.as_str()) && !known_to_spammers {
                assert!(
                    *junk <= 3,
                    "seed {seed}: {address} got {junk}, background is 0 to 2"
                );
            }
        }
    }
}

#[test]
fn every_name_on_the_wire_is_reserved_for_examples() {
    let sample = plan(DEFAULT_SEED, TODAY);
    for one in read(&sample) {
        let ends = |text: &str, mark: &str| -> Vec<String> {
            text.split(mark)
                .skip(1)
                .map(|rest| {
                    rest.chars()
                        .take_while(|sign| sign.is_ascii_alphanumeric() || "-.".contains(*sign))
                        .collect::<String>()
                })
                .collect()
        };
        let hosts = ["@", "from ", "by ", "header.d=", "https://"]
            .iter()
            .flat_map(|mark| [ends(&one.header, mark), ends(&one.text, "https://")].concat())
            .filter(|host| host.contains('.'));
        for host in hosts {
            let host = host.trim_end_matches('.');
            assert!(
                host.ends_with(".example")
                    || host.ends_with("example.org")
                    || host.ends_with("example.net"),
                "{host} may belong to somebody"
            );
        }
        let received = one
            .header
            .lines()
            .filter(|line| line.starts_with("Received: "));
        for block in received
            .filter_map(|line| line.split_once(" ["))
            .map(|(_, block)| block)
        {
            assert!(
                ["192.0.2.", "198.51.100.", "203.0.113.", "127.0.0.1"]
                    .iter()
                    .any(|reserved| block.starts_with(reserved)),
                "a network address outside the documentation blocks: {}",
                block
            );
        }
    }
}

#[test]
fn no_real_company_is_named() {
    const REAL: &[&str] = &[
        "google",
        "gmail",
        "amazon",
        "アマゾン",
        "rakuten",
        "楽天",
        "docomo",
        "ドコモ",
        "softbank",
        "ソフトバンク",
        "kddi",
        "yahoo",
        "ヤフー",
        "paypay",
        "paypal",
        "mercari",
        "メルカリ",
        "ヤマト運輸",
        "佐川",
        "日本郵便",
        "microsoft",
        "netflix",
        "jcb",
        "mastercard",
        "三井住友",
        "三菱",
        "みずほ",
        "りそな",
        "ゆうちょ",
        "えきねっと",
        "国税庁",
        "東京電力",
        "ntt",
        "facebook",
        "instagram",
        "adobe",
        "fedex",
        "dhl",
        "ups.",
        "bitcoin",
        "binance",
        "rolex",
        "ロレックス",
        "ヴィトン",
        "ledger",
    ];
    let sample = plan(DEFAULT_SEED, TODAY);
    for one in read(&sample) {
        let shown = format!("{} {} {}", one.from, one.subject, one.text).to_lowercase();
        for name in REAL {
            assert!(!shown.contains(name), "{name} in {}", one.subject);
        }
    }
}

#[test]
fn the_mail_is_as_untidy_as_real_mail() {
    let sample = plan(DEFAULT_SEED, TODAY);
    let mail = read(&sample);
    let count = |test: &dyn Fn(&Read) -> bool| mail.iter().filter(|one| test(one)).count();
    let share = |some: usize| some as f64 / mail.len() as f64;

    let nameless = share(count(&|one| one.id.is_none()));
    assert!(
        (0.02..0.08).contains(&nameless),
        "about one in twenty has no Message-ID: {nameless}"
    );
    for charset in ["=?ISO-2022-JP?B?", "=?Shift_JIS?B?", "=?UTF-8?B?"] {
        assert!(
            count(&|one| one.header.contains(charset)) > 60,
            "{charset} is common in Japan"
        );
    }
    let hidden = |one: &Read| one.folder != Folder::Sent && one.at.is_disjoint(&one.written_to);
    assert!(
        count(&hidden) > 40,
        "some mail names its recipient in no field of its own"
    );
    assert!(
        count(&|one| one.at.len() > 1) > 3,
        "some mail goes to two own addresses"
    );
    assert!(
        count(&|one| one.header.contains("List-Id: ")) > 300,
        "newsletters and lists"
    );
    let far = |one: &Read| {
        ["1970", "1980", "2038", "2031", "3609"].iter().any(|year| {
            one.header.contains(&format!(" {year} ")) && one.header.contains("\r\nDate: ")
        })
    };
    assert!(
        count(&far) > 2,
        "some junk was sent at times that never were"
    );
    let mut seen: BTreeMap<&[u8], BTreeSet<Folder>> = BTreeMap::new();
    for message in &sample.messages {
        seen.entry(&message.bytes)
            .or_default()
            .insert(message.folder);
    }
    let twice = seen.values().filter(|folders| folders.len() > 1).count();
    assert!(twice > 15, "some mail lies in two folders: {twice}");
    let folders: Vec<Folder> = Folder::ALL.to_vec();
    for folder in folders.into_iter().filter(|folder| *folder != Folder::Sent) {
        for day in [0, calendar::DAYS - 1] {
            assert!(
                mail.iter()
                    .any(|one| one.folder == folder && one.day == day),
                "{folder:?} covers day {day}: an archive is known from first to last message"
            );
        }
    }
}

#[test]
fn the_story_is_in_the_mailbox() {
    let sample = plan(DEFAULT_SEED, TODAY);
    let mail = read(&sample);
    let list: Vec<&Read> = mail
        .iter()
        .filter(|one| one.subject.starts_with("【重要】") && one.from == "info@hoshimachi.example")
        .collect();
    assert_eq!(
        list.len(),
        2,
        "the dedicated and the work address get the list"
    );
    for one in &list {
        assert!(one.header.contains(" 13:43:"), "at 13:43");
        assert!(one.header.contains("dkim=pass"), "from the firm itself");
    }
    let apology: Vec<&Read> = mail
        .iter()
        .filter(|one| one.subject.starts_with("【お詫び】"))
        .collect();
    assert_eq!(apology.len(), 2, "and the apology");
    for one in apology {
        assert!(
            one.header.contains(" 21:18:"),
            "seven and a half hours later"
        );
        assert!(
            one.text.contains("メールアドレスの変更"),
            "if you worry, change your address"
        );
        assert!(!one.text.contains("3,385"), "it gives no number");
    }
    let told: BTreeSet<&String> = mail
        .iter()
        .filter(|one| one.folder == Folder::Sent && one.from == WORK)
        .flat_map(|one| &one.written_to)
        .collect();
    assert_eq!(
        told.len(),
        43,
        "the work address writes to 43 people and to nobody else"
    );
    let misplaced = mail
        .iter()
        .filter(|one| one.folder == Folder::Junk && told.contains(&one.from))
        .count();
    assert_eq!(
        misplaced as u32, sample.truth.perhaps_not_junk,
        "two letters lie in Junk by mistake"
    );
}

#[test]
fn every_text_can_be_written_in_its_charset() {
    for sheet in SERVICES {
        let own = [sheet.own_name, sheet.welcome];
        for text in own
            .iter()
            .chain(sheet.items)
            .chain(sheet.news)
            .chain(sheet.notes)
        {
            assert!(
                sheet.charset.holds(text),
                "{text} has no place in {:?}",
                sheet.charset
            );
        }
    }
    use super::table::junk::{DICTIONARY_LURES, LURES};
    use super::table::services::Language;
    let lures = LURES.iter().chain(DICTIONARY_LURES);
    for lure in lures.filter(|lure| lure.language == Language::Japanese) {
        for charset in [Charset::Iso2022Jp, Charset::ShiftJis] {
            assert!(
                charset.holds(lure.subject),
                "{} has no place in {charset:?}",
                lure.subject
            );
        }
    }
}

#[test]
fn a_sample_replaces_a_sample_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let sample = plan(3, TODAY);
    let files = |sub: &str| {
        fs::read_dir(mail_dir(dir.path()).join(sub))
            .unwrap()
            .count()
    };

    write(dir.path(), &plan(4, TODAY)).unwrap();
    write(dir.path(), &sample).unwrap();
    for folder in Folder::ALL {
        let sub = match folder {
            Folder::Inbox => "cur".to_owned(),
            Folder::Junk | Folder::Sent | Folder::Archive | Folder::Trash => {
                format!(".{}/cur", folder.name())
            }
        };
        let laid = sample
            .messages
            .iter()
            .filter(|message| message.folder == folder)
            .count();
        assert_eq!(
            files(&sub),
            laid,
            "{folder:?} holds this sample and nothing of the last"
        );
    }
    let text = fs::read(truth_file(dir.path())).unwrap();
    let truth: Truth = serde_json::from_slice(&text).unwrap();
    assert_eq!(truth, sample.truth, "the truth can be read back");

    fs::write(truth_file(dir.path()), "{}").unwrap();
    write(dir.path(), &sample).expect_err("a tree without a truth may be somebody's mail");
    assert!(files("cur") > 0, "and it is left alone");
}
