//! The program as a process: exit status, words and JSON, on made-up mail in folders of its own.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use monitor::sample::{Duty, Truth};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The instant at which every clock here stands still.
const NOW: &str = "2026-06-20T12:00:00Z";

/// Runs the program with nothing of the tester's own: no home, no language, no terminal.
fn atesaki(data: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atesaki"))
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", data)
        .env("ATESAKI_DATA", data)
        .env("ATESAKI_NOW", NOW)
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(data: &Path, args: &[&str]) -> Value {
    let output = atesaki(data, &[args, &["--json"]].concat());
    assert_eq!(
        output.status.code(),
        Some(0),
        "{args:?}: {}",
        text(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn what_cannot_be_done_ends_with_one_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let check = |args: &[&str], happened: &str, todo: &str| {
        let output = atesaki(&data, args);
        let said = text(&output.stderr);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{args:?} cannot be done: {said}"
        );
        assert!(output.stdout.is_empty(), "{args:?}: a fault is no fact");
        assert!(
            said.contains(happened),
            "{args:?} says what happened: {said}"
        );
        assert!(said.contains(todo), "{args:?} says what to do: {said}");
    };
    let server = [
        "account",
        "add",
        "me@example.org",
        "--password-command",
        "echo x",
        "--server",
    ];
    let at = |rest: &[&'static str]| [&server[..], rest].concat();
    check(
        &["account", "add", "nobody", "--server", "x"],
        "no e-mail address",
        "name@domain",
    );
    check(
        &["account", "add", "me@example.org"],
        "of example.org is not known",
        "--server",
    );
    check(
        &at(&["127.0.0.1:1", "--security", "none"]),
        "No connection",
        "Check",
    );
    check(
        &at(&["192.0.2.1", "--security", "none"]),
        "is refused",
        "--security tls",
    );
    check(
        &["account", "test", "x@example.org"],
        "no account x@example.org",
        "account list",
    );
    check(
        &["account", "remove", "x@example.org"],
        "no account x@example.org",
        "account list",
    );
    check(
        &["scan", "x@example.org"],
        "no account x@example.org",
        "account list",
    );
    check(
        &["address", "x@example.org", "--purpose", "work"],
        "x@example.org is not one of your recorded addresses",
        "atesaki give",
    );
    check(
        &["archive", "add", "/no/such/file"],
        "cannot be read",
        "Check",
    );
    check(
        &["archive", "add", empty.to_str().unwrap()],
        "no mail in",
        "Maildir",
    );
    check(
        &["give", "shop@example.org", "Shop", "--on", "2026-13-01"],
        "no date",
        "2026-06-20",
    );
    check(
        &["give", "shop", "Shop"],
        "no e-mail address",
        "name@domain",
    );
    check(
        &["explain", "shop@example.org"],
        "not one of your recorded",
        "atesaki give",
    );
    check(
        &["--lang", "ja", "explain", "shop@example.org"],
        "記録されたアドレスにありません",
        "「atesaki give」",
    );
}

#[test]
fn wrong_usage_ends_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let check = |args: &[&str]| {
        let output = atesaki(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?} is wrong usage");
        assert!(
            output.stdout.is_empty(),
            "{args:?}: usage is said on stderr"
        );
    };
    check(&[]);
    check(&["frobnicate"]);
    check(&["give", "shop@example.org"]);
    check(&["give", "shop@example.org", "Shop", "--also", "shoes"]);
    check(&["flags", "--lang", "fr"]);
}

#[test]
fn a_file_that_is_no_ledger_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.sqlite");
    std::fs::write(&ledger, "a shopping list").unwrap();
    for args in [&["flags"][..], &["scan"], &["doctor"], &["reset", "--yes"]] {
        let output = atesaki(folder.path(), args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(
            text(&output.stderr).contains("left untouched"),
            "{args:?}: {}",
            text(&output.stderr)
        );
    }
    assert_eq!(std::fs::read_to_string(&ledger).unwrap(), "a shopping list");
}

#[test]
fn a_disclosure_says_its_day_and_how_it_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let check = |args: &[&str], want: &str| {
        let output = atesaki(folder.path(), args);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{args:?}: {}",
            text(&output.stderr)
        );
        assert_eq!(text(&output.stdout).trim_end(), want, "{args:?}");
    };
    check(
        &[
            "give",
            "shop@example.org",
            "Example Shop",
            "--on",
            "2026-01-02",
            "--also",
            "name,phone",
        ],
        "shop@example.org was given to Example Shop on 2 January (You recorded it).",
    );
    check(
        &["give", "news@example.org", "Example News", "--lang", "ja"],
        "6月20日に news@example.org を Example News に渡したことを記録しました（自分で記録）。",
    );
    let services = json(folder.path(), &["services"]);
    let shop = services
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["service"] == "Example Shop")
        .unwrap();
    assert_eq!(
        keys(shop),
        BTreeSet::from([
            "service",
            "domains",
            "addresses",
            "wanted_total",
            "last_mail"
        ])
    );
    assert_eq!(shop["addresses"][0]["given_from"], "2026-01-02");
    assert_eq!(shop["addresses"][0]["basis"], "declared");
}

#[test]
fn what_addresses_are_for_makes_the_rule_and_shows_the_exceptions() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let run = |args: &[&str]| {
        let output = atesaki(data, args);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    run(&["give", "me@example.org", "Made-up Phones"]);
    run(&["give", "shops@example.org", "Made-up Books"]);
    run(&["address", "me@example.org", "--purpose", "work"]);
    let said = "1 service has your work address.";
    assert!(!run(&["services"]).contains(said), "there is no rule yet");
    let done = run(&["address", "shops@example.org", "--purpose", "shopping"]);
    assert_eq!(done.trim(), "shops@example.org: Shopping.");
    assert!(run(&["services"]).contains(said));
    let services = json(data, &["services"]);
    let exceptions: Vec<bool> = services
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["addresses"][0]["exception"].as_bool().unwrap())
        .collect();
    assert_eq!(exceptions, [false, true], "books, phones");
    assert_eq!(json(data, &["addresses"])[0]["purpose"], "work");
    run(&["address", "me@example.org", "--purpose", "none"]);
    assert!(!run(&["services"]).contains(said));
    assert_eq!(json(data, &["addresses"])[0]["purpose"], Value::Null);
}

#[test]
fn nothing_in_junk_is_said_in_words_and_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let output = atesaki(folder.path(), &["misfiled"]);
    assert!(text(&output.stdout).starts_with("No verified mail of a known sender"));
    let misfiled = json(folder.path(), &["misfiled"]);
    assert_eq!(
        misfiled,
        serde_json::json!({"messages": [], "unverified": 0})
    );
}

/// A day that nobody gave is found in the mail, whichever came first: the record or the mail.
#[test]
fn the_day_of_a_disclosure_is_found_in_the_mail() {
    let folder = tempfile::tempdir().unwrap();
    let mail = folder.path().join("mail.mbox");
    let letter = |day: u32, from: &str| {
        format!(
            "From {from} Mon Mar {day:02} 09:00:00 2026\n\
             Received: from mx.example by mx.me.example; Mon, {day:02} Mar 2026 09:00:00 +0000\n\
             Authentication-Results: mx.me.example; dkim=pass header.d=shop.example\n\
             From: <{from}>\nTo: <shop@me.example>\nSubject: A letter\n\
             Message-ID: <{day}@shop.example>\n\nMade up.\n\n"
        )
    };
    let letters = [
        letter(2, "somebody@else.example"),
        letter(9, "news@shop.example"),
        letter(16, "news@shop.example"),
    ];
    std::fs::write(&mail, letters.concat()).unwrap();
    let add = ["archive", "add", mail.to_str().unwrap()];
    let add = [&add[..], &["--own-domain", "me.example"]].concat();
    let give = [
        "give",
        "shop@me.example",
        "Shop",
        "--domain",
        "shop.example",
    ];
    for (order, steps) in [
        ("recorded first", [&give[..], &add, &["scan"]]),
        ("read first", [&add, &["scan"], &give]),
    ] {
        let data = folder.path().join(order);
        for step in steps {
            assert_eq!(atesaki(&data, step).status.code(), Some(0), "{order}");
        }
        let given = &json(&data, &["services"])[0]["addresses"][0];
        assert_eq!(given["given_from"], "2026-03-09", "{order}: {given}");
        assert_eq!(given["basis"], "inferred", "{order}");
    }
}

#[test]
fn nothing_is_removed_unless_somebody_says_yes() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert_eq!(
        atesaki(&data, &["give", "shop@example.org", "Shop"])
            .status
            .code(),
        Some(0)
    );
    let foreign = data.join("letter.txt");
    std::fs::write(&foreign, "not ours").unwrap();
    let asked = atesaki(&data, &["reset"]);
    assert_eq!(asked.status.code(), Some(1), "nobody is there to answer");
    assert!(data.join("ledger.sqlite").exists(), "nothing was removed");
    assert_eq!(atesaki(&data, &["reset", "--yes"]).status.code(), Some(0));
    let left: Vec<_> = std::fs::read_dir(&data)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(left, ["letter.txt"], "what is not Atesaki's stays");
    std::fs::remove_file(&foreign).unwrap();
    assert_eq!(atesaki(&data, &["reset", "--yes"]).status.code(), Some(0));
    assert!(!data.exists(), "an empty folder is no trace to leave");
}

#[test]
fn completions_are_for_the_shell_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "fish", "zsh"] {
        let output = atesaki(folder.path(), &["completions", shell]);
        assert!(
            text(&output.stdout).contains("explain"),
            "{shell} completes the commands"
        );
    }
    assert!(
        !folder.path().join("ledger.sqlite").exists(),
        "completions need no ledger"
    );
}

/// The whole sample: what is said of it, and in which shapes. One run, because it reads a year.
#[test]
fn the_sample_is_read_and_reported_as_its_truth_says() {
    let folder = tempfile::tempdir().unwrap();
    let (data, sample) = (folder.path().join("data"), folder.path().join("sample"));
    let report = atesaki(&data, &["demo", "--to", sample.to_str().unwrap()]);
    assert_eq!(report.status.code(), Some(0), "{}", text(&report.stderr));
    assert!(text(&report.stderr).contains(NOW), "a fixed clock is said");
    let truth: Truth =
        serde_json::from_slice(&std::fs::read(sample.join("truth.json")).unwrap()).unwrap();

    let flags = json(&sample, &["flags"]);
    let named = |level: &str| -> BTreeMap<String, Option<String>> {
        let of = flags
            .as_array()
            .unwrap()
            .iter()
            .filter(|flag| flag["level"] == level && flag["kind"] == "leak");
        of.map(|flag| {
            (
                flag["address"].as_str().unwrap().to_owned(),
                flag["service"].as_str().map(str::to_owned),
            )
        })
        .collect()
    };
    let likely = named("likely_source");
    for expected in truth
        .expected
        .iter()
        .filter(|e| e.duty == Duty::Must && e.level.word() == "likely_source")
    {
        assert_eq!(
            likely.get(&expected.address),
            Some(&expected.service),
            "{} must be named",
            expected.address
        );
    }
    for (address, service) in &likely {
        let leaked = truth
            .leaks
            .iter()
            .any(|l| l.address == *address && Some(&l.service) == service.as_ref());
        assert!(leaked, "{service:?} did not leak {address}");
        assert!(
            text(&report.stdout).contains(service.as_ref().unwrap()),
            "the report names {service:?}"
        );
    }
    assert!(
        named("junk_began").values().all(Option::is_none),
        "below likely source nobody is named"
    );
    for flag in flags.as_array().unwrap() {
        let there = keys(flag);
        for key in [
            "address",
            "level",
            "state",
            "confidence",
            "kind",
            "service",
            "probability",
            "onset",
            "flagged_on",
            "rate_before_per_day",
            "rate_after_per_day",
            "junk_since_onset",
            "suspects",
        ] {
            assert!(there.contains(key), "flags keep their key {key}");
        }
    }

    let addresses = json(&sample, &["addresses"]);
    let known: BTreeSet<&str> = truth.addresses.iter().map(|a| a.address.as_str()).collect();
    let listed: BTreeSet<&str> = addresses
        .as_array()
        .unwrap()
        .iter()
        .filter(|a| a["kind"] != "never_given")
        .map(|a| a["address"].as_str().unwrap())
        .collect();
    assert_eq!(
        listed, known,
        "every address of the sample is listed, and no other"
    );
    let (leaked, _) = likely.first_key_value().unwrap();
    let why = json(&sample, &["explain", leaked]);
    for key in [
        "address",
        "state",
        "coverage",
        "junk_total",
        "services",
        "traffic",
        "flags",
        "senders",
    ] {
        assert!(keys(&why).contains(key), "explain keeps its key {key}");
    }
    let counted: u64 = why["traffic"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["junk"].as_u64().unwrap())
        .sum();
    assert_eq!(
        why["junk_total"], counted,
        "the total is the sum of the days"
    );
    let again = json(&sample, &["scan"]);
    assert_eq!(
        again["accounts"][0]["messages_new"], 0,
        "a second scan finds nothing new"
    );
    let incidents = json(&sample, &["incidents"]);
    assert!(
        incidents
            .as_array()
            .unwrap()
            .iter()
            .all(|i| i["status"] == "noticed")
    );
}
