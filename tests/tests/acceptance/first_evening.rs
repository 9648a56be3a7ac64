//! The first evening with a mailbox that does not tell everything: nothing is claimed of what was
//! not seen.

use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use acceptance::letter::Letter;
use acceptance::watcher::{Heard, open};
use anyhow::{Context, Result};
use exposure::{AddrSpec, Role};
use jiff::{Timestamp, ToSpan};
use monitor::actor::{Change, Give};
use monitor::mailbox::Secret;
use monitor::vault::Memory;
use monitor::{Handle, Keep, view};
use serde_json::Value;
use std::sync::Arc;

const NOW: &str = "2026-06-20T20:00:00Z";
const SHOP: &str = "shop-k7f2@example.org";

fn days_ago(days: i64, hour: i64) -> Timestamp {
    let now: Timestamp = NOW.parse().expect("an instant");
    now - (days * 24 + 20 - hour).hours()
}

/// Half a year of a shop's letters in the inbox, and junk in a folder for so many days back.
fn fill(server: &Dovecot, junk_folder: &str, junk_days: i64, junk_a_day: i64) {
    let mut number = 0;
    let mut post = |mailbox: &str, letter: &Letter| {
        number += 1;
        server.post(mailbox, number, letter);
    };
    for day in (0..200).step_by(4) {
        let letter = Letter::new(days_ago(day, 9), "news@shop.example", SHOP, "News");
        post("INBOX", &letter);
    }
    for day in 0..junk_days {
        for n in 0..junk_a_day {
            let from = format!("win@prize-{day}-{n}.example");
            let letter = Letter::new(days_ago(day, 10 + n), &from, SHOP, "You win").unsigned();
            post(junk_folder, &letter);
        }
    }
}

/// The ledger after one reading.
async fn read(server: &Dovecot, home: &tempfile::TempDir) -> Result<Handle> {
    let shell = Arc::new(Heard::default());
    let handle = open(home.path(), NOW, Arc::new(Memory::default()), shell)?;
    let secret = (Secret(PASSWORD.into()), Keep::Memory);
    let account = server.account("ada@example.org");
    handle
        .add_account(account, Some(secret), vec!["example.org".into()])
        .await?;
    let give = Give {
        address: AddrSpec::parse(SHOP)?,
        service: "Example Shop".into(),
        processors: Vec::new(),
        domains: vec!["shop.example".into()],
        on: Some("2025-11-01".parse()?),
        also: vec![],
    };
    handle.change(Change::Give(give)).await?;
    let result = handle.scan(&[], &|_, _| {}).await?;
    anyhow::ensure!(result[0].fault.is_none(), "{:?}", result[0].fault);
    Ok(handle)
}

fn flags(handle: &Handle) -> Result<Vec<Value>> {
    let flags = view::flags_json(&*handle.picture()?, handle.words());
    let flags = flags.as_array().context("flags")?.iter();
    let leaks = flags.filter(|flag| flag["level"] != "unexpected_sender");
    Ok(leaks.cloned().collect())
}

fn overview(handle: &Handle) -> Result<view::types::Overview> {
    let picture = handle.picture()?;
    handle.read(|store| view::overview(&picture, store, handle.words(), false))
}

fn state(handle: &Handle) -> Result<Value> {
    let all = view::addresses_json(&*handle.picture()?);
    let mut all = all.as_array().context("addresses")?.iter();
    let shop = all.find(|a| a["address"] == SHOP).context("the shop's")?;
    Ok(shop.clone())
}

#[tokio::test]
async fn junk_older_than_the_junk_folder_gets_no_date() -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    fill(&server, "Spam", 31, 5);
    let home = tempfile::tempdir()?;
    let handle = read(&server, &home).await?;
    let flags = flags(&handle)?;
    assert_eq!(flags.len(), 1, "{flags:#?}");
    let flag = &flags[0];
    assert_eq!(flag["state"], "already", "{flag:#}");
    for key in ["earliest", "estimate", "latest"] {
        assert_eq!(flag["onset"][key], Value::Null, "{key}: {flag:#}");
    }
    let since = days_ago(29, 10).to_string();
    assert_eq!(
        flag["seen_since"],
        since[..10],
        "the day that the folder is just emptying is not a whole one"
    );
    let shown = overview(&handle)?;
    let sentence = shown.first_evening.context("the first evening")?.sentence;
    assert!(sentence.contains("30 days"), "{sentence}");
    assert!(sentence.contains("too early"), "{sentence}");
    Ok(())
}

#[tokio::test]
async fn a_junk_folder_that_was_emptied_raises_no_flag() -> Result<()> {
    for a_day in [1, 3] {
        let server = Dovecot::start(Abilities::All);
        fill(&server, "Spam", 12, a_day);
        let home = tempfile::tempdir()?;
        let handle = read(&server, &home).await?;
        assert_eq!(flags(&handle)?, Vec::<Value>::new(), "{a_day} a day");
        assert_eq!(
            state(&handle)?["state"],
            "unexpected_sender",
            "what is seen is said, and nothing is made of it"
        );
        let shown = overview(&handle)?;
        assert!(shown.first_evening.is_some(), "the screen says why");
    }
    Ok(())
}

#[tokio::test]
async fn a_mailbox_without_a_junk_folder_never_reads_as_no_change() -> Result<()> {
    let server = Dovecot::start(Abilities::Hidden);
    fill(&server, "INBOX", 0, 0);
    server.make("Odds and ends");
    let home = tempfile::tempdir()?;
    let handle = read(&server, &home).await?;
    let shop = state(&handle)?;
    assert_eq!(shop["coverage"]["junk_folder"], "not_visible");
    assert_eq!(shop["state"], "unseen");
    let shown = overview(&handle)?;
    assert_eq!(shown.headline, handle.words().say("overview.unseen"));
    let hidden = handle.words().say("overview.junk_hidden");
    let said = shown.coverage.join(" ");
    assert!(said.contains(&hidden), "it is said: {said}");

    // The user knows better which folder it is, and is believed.
    let mailbox = handle.picture()?.mailboxes.iter().find_map(|m| {
        let wanted = m.name == "Odds and ends";
        wanted.then_some(m.id)
    });
    let mailbox = mailbox.context("the folder is listed")?;
    let role = Role::Junk;
    fill(&server, "Odds and ends", 100, 2);
    handle.change(Change::ChooseRole { mailbox, role }).await?;
    handle.scan(&[], &|_, _| {}).await?;
    let shop = state(&handle)?;
    assert_eq!(shop["coverage"]["junk_folder"], "chosen");
    assert_eq!(shop["junk_total"], 200, "what lies there is junk");
    Ok(())
}
