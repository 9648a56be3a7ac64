//! Which mail counts as an exposure, and for whom. All mail here is made up.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod house;

use exposure::AddrSpec;
use house::House;
use monitor::actor::{ATTACHMENTS, Change, Give};
use monitor::view;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;

const ME: &str = "me@example.org";
const LEAK: &str = "On 12 June an unauthorised person accessed our systems. Your name and your e-mail address were stolen in this data breach.\nWe are sorry.\n";
const ASKS: &str = "Because of a data breach your name and e-mail address were stolen. Verify your account now and sign in here: https://login.shop-example.example/x\nWe are sorry.\n";

/// One message in a file of its own.
struct Mail {
    from: &'static str,
    to: String,
    subject: &'static str,
    /// What the user's own server says of the sender.
    check: &'static str,
    text: String,
    more: &'static str,
}

fn mail(from: &'static str, subject: &'static str, text: &str) -> Mail {
    Mail {
        from,
        to: ME.into(),
        subject,
        check: "pass",
        text: text.into(),
        more: "",
    }
}

fn others(count: usize) -> String {
    let mut to = ME.to_owned();
    for n in 0..count {
        let _ = write!(to, ",\r\n person{n}@company{n}.example");
    }
    to
}

fn house_with(mails: &[Mail]) -> House {
    let house = House::new();
    let folder = house.path("mail/Inbox");
    let sent = house.path("mail/Sent");
    fs::create_dir_all(&folder).unwrap();
    fs::create_dir_all(&sent).unwrap();
    for (n, one) in mails.iter().enumerate() {
        let domain = one.from.rsplit_once('@').unwrap().1.trim_end_matches('>');
        let text = format!(
            "Received: from mx.{domain} by mx.example.org; {} Jun 2026 09:00:00 +0000\r\n\
             Authentication-Results: mx.example.org; dkim={check} header.d={domain}; dmarc={check} header.from={domain}\r\n\
             Message-ID: <{n}@{domain}>\r\nFrom: {}\r\nTo: {}\r\nSubject: {}\r\n{}\r\n{}",
            n + 1,
            one.from,
            one.to,
            one.subject,
            one.more,
            one.text,
            check = one.check,
        );
        fs::write(folder.join(format!("{n:03}.eml")), text).unwrap();
    }
    let letter = format!(
        "Message-ID: <s@example.org>\r\nDate: 1 Jun 2026 09:00:00 +0000\r\nFrom: Mio Sample <{ME}>\r\nTo: friend@friends.example\r\nSubject: Hello\r\n\r\nHello\r\n"
    );
    fs::write(sent.join("1.eml"), letter).unwrap();
    let own = vec![AddrSpec::parse(ME).unwrap()];
    let path = house.path("mail");
    house
        .runtime
        .block_on(house.handle.add_archive(&path, own, vec![]))
        .unwrap();
    house.change(Change::Give(Give {
        address: AddrSpec::parse(ME).unwrap(),
        service: "Example Shop".into(),
        domains: vec!["shop.example".into()],
        processors: vec!["sender.example".into()],
        on: Some("2025-01-02".parse().unwrap()),
        also: Vec::new(),
    }));
    scan(&house);
    house
}

fn scan(house: &House) {
    let read = house.runtime.block_on(house.handle.scan(&[], &|_, _| {}));
    assert_eq!(read.unwrap()[0].fault, None);
}

fn exposures(house: &House) -> Vec<Value> {
    let picture = house.handle.picture().unwrap();
    let all = view::exposures_json(&picture).unwrap();
    all.as_array().unwrap().clone()
}

/// How the mails are understood: way and standing, or nothing.
fn check(mails: &[Mail], expected: &[(&str, Option<&str>)]) -> House {
    let house = house_with(mails);
    let mut found = exposures(&house);
    found.reverse();
    let found: Vec<(&str, Option<&str>)> = found
        .iter()
        .map(|one| (one["way"].as_str().unwrap(), one["standing"].as_str()))
        .collect();
    assert_eq!(found, expected);
    house
}

#[test]
fn shown_to_strangers_or_among_friends() {
    let to = |from, count| Mail {
        to: others(count),
        ..mail(from, "Summer", "Hello")
    };
    let house = check(
        &[
            to("news@shop.example", 214),
            to("news@shop.example", 4),
            to("friend@friends.example", 90),
            to("somebody@elsewhere.example", 29),
            to("somebody@elsewhere.example", 30),
            Mail {
                check: "fail",
                ..to("news@shop.example", 99)
            },
            Mail {
                more: "List-Id: <club.elsewhere.example>\r\n",
                ..to("club@elsewhere.example", 99)
            },
        ],
        &[("recipients", None), ("recipients", None)],
    );
    let all = exposures(&house);
    assert_eq!(all[1]["people"], 214);
    assert_eq!(all[1]["service"], "Example Shop");
    assert_eq!(all[1]["addresses"][0], ME);
    assert_eq!(all[0]["service"], Value::Null, "nobody on record");
}

#[test]
fn a_notice_is_whose_it_is() {
    check(
        &[
            mail("security@shop.example", "Notice of data breach", LEAK),
            mail("claims@agent.example", "Notice of data breach", LEAK),
            Mail {
                check: "fail",
                ..mail("security@shop.example", "Notice of data breach", LEAK)
            },
            mail(
                "Example Shop <help@shop-example.example>",
                "Notice of data breach",
                ASKS,
            ),
            mail(
                "security@shop.example",
                "Please choose a new password",
                "To keep your account safe, choose a new password. No data of ours has leaked.\n",
            ),
            Mail {
                check: "none",
                ..mail("hello@nobody.example", "Notice of data breach", LEAK)
            },
            mail(
                "help@wallet-of-nobody.example",
                "Notice of data breach",
                ASKS,
            ),
        ],
        &[
            ("notice", Some("genuine")),
            ("notice", Some("third_party")),
            ("notice", Some("fake")),
            ("notice", Some("fake")),
        ],
    );
}

#[test]
fn what_a_service_becomes_changes_what_its_mail_is() {
    let house = check(
        &[mail("security@bank.example", "Notice of data breach", LEAK)],
        &[("notice", Some("third_party"))],
    );
    house.change(Change::Give(Give {
        address: AddrSpec::parse(ME).unwrap(),
        service: "Example Bank".into(),
        domains: vec!["bank.example".into()],
        processors: Vec::new(),
        on: Some("2025-01-02".parse().unwrap()),
        also: Vec::new(),
    }));
    house.runtime.block_on(house.handle.assess()).unwrap();
    let all = exposures(&house);
    assert_eq!(all[0]["standing"], "genuine");
    assert_eq!(all[0]["service"], "Example Bank");
    let picture = house.handle.picture().unwrap();
    assert_eq!(view::addresses_json(&picture)[0]["state"], "told");
    let incidents = house
        .handle
        .read(|store| view::incidents_json(&picture, store))
        .unwrap();
    assert_eq!(incidents[0]["kind"], "exposure", "{incidents:#}");
}

#[test]
fn attachments_are_left_alone_until_the_user_says_so() {
    let mut list = String::from("name,email,address\r\n");
    for n in 0..40 {
        let _ = write!(
            list,
            "Somebody {n},somebody{n}@customers.example,{n} Example Street\r\n"
        );
    }
    let _ = write!(list, "Mio Sample,{ME},1 Example Street\r\n");
    let text = format!(
        "--x\r\nContent-Type: text/plain\r\n\r\nOur prices\r\n--x\r\nContent-Type: text/csv; name=\"list.csv\"\r\n\
         Content-Disposition: attachment; filename=\"list.csv\"\r\n\r\n{list}--x--\r\n"
    );
    let carrying = |from| Mail {
        more: "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n",
        ..mail(from, "Our prices", &text)
    };
    let house = check(
        &[
            carrying("news@shop.example"),
            carrying("friend@friends.example"),
            carrying("somebody@elsewhere.example"),
        ],
        &[],
    );
    let yes = Change::Setting(ATTACHMENTS, Some("yes".to_owned()));
    house.change(yes);
    scan(&house);
    let all = exposures(&house);
    assert_eq!(all.len(), 1, "only of a recorded service: {all:#?}");
    assert_eq!(all[0]["way"], "list");
    assert_eq!(all[0]["people"], 41);
    assert_eq!(all[0]["own_name"], true, "by the name in Sent");
    assert_eq!(all[0]["addresses"][0], ME);
    let ledger = fs::read(house.data().join("ledger.sqlite")).unwrap();
    let wal = fs::read(house.data().join("ledger.sqlite-wal")).unwrap_or_default();
    for kept in [ledger, wal] {
        let holds = |text: &str| kept.windows(text.len()).any(|w| w == text.as_bytes());
        assert!(!holds("somebody7@customers.example"), "nobody else is kept");
        assert!(!holds("Our prices\r\n--x"), "no body is kept");
    }
}

#[test]
fn subjects_of_before_are_looked_at_once() {
    let house = check(
        &[mail("security@shop.example", "Notice of data breach", LEAK)],
        &[("notice", Some("genuine"))],
    );
    // As a version wrote it that knew of no notices.
    let ledger = rusqlite::Connection::open(house.data().join("ledger.sqlite")).unwrap();
    ledger
        .execute_batch("DELETE FROM exposure; DELETE FROM wanted; DELETE FROM setting WHERE key = 'notice_rule';")
        .unwrap();
    assert_eq!(exposures(&house).len(), 0);
    let house = house.again();
    scan(&house);
    assert_eq!(exposures(&house).len(), 1, "its subject was kept");
}
