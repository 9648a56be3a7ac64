//! Mail of known senders in a server's junk folder: listed, notified once, and gone from the list
//! when it is moved out. Everything in it is made up.

use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use acceptance::letter::Letter;
use acceptance::watcher::{Heard, open};
use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use monitor::mailbox::Secret;
use monitor::vault::Memory;
use monitor::{Handle, Keep, Notice, view};
use std::sync::Arc;

const ADA: &str = "ada@example.org";
const BOB: &str = "bob@friend.example";
const NOW: &str = "2026-06-20T12:00:00Z";

fn before(hours: i64) -> Result<Timestamp> {
    let now: Timestamp = NOW.parse()?;
    Ok(now - SignedDuration::from_hours(hours))
}

/// Sender and reason of each message that is listed, and how many could not be verified.
fn listed(handle: &Handle) -> Result<(Vec<(String, String)>, u32)> {
    let picture = handle.picture()?;
    let card = view::misfiled(&picture, handle.words());
    let rows = card.rows.into_iter().map(|row| (row.sender, row.why));
    Ok((rows.collect(), picture.misfiled.unverified))
}

#[tokio::test]
async fn a_person_in_junk_is_listed_notified_once_and_gone_when_moved() -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    let written = Letter::new(before(240)?, ADA, BOB, "Lunch");
    server.post("Sent", 1, &written);
    server.post(
        "INBOX",
        2,
        &Letter::new(before(230)?, BOB, ADA, "Re: Lunch"),
    );
    server.post("Spam", 3, &Letter::new(before(200)?, BOB, ADA, "Before"));
    let home = tempfile::tempdir()?;
    let shell = Arc::new(Heard::default());
    let vault = Arc::new(Memory::default());
    let at = |now: &str| open(home.path(), now, vault.clone(), shell.clone());
    let handle = at("2026-06-18T12:00:00Z")?;
    let secret = (Secret(PASSWORD.into()), Keep::Memory);
    handle
        .add_account(server.account(ADA), Some(secret), vec![])
        .await?;
    handle.scan(&[], &|_, _| {}).await?;
    let told = shell.take();
    let [summary] = told.as_slice() else {
        anyhow::bail!("one summary: {told:?}");
    };
    let sentence = "1 message from someone you write with is in the junk folder.";
    assert!(summary.text.ends_with(sentence), "{summary:?}");
    handle.close();

    // Two in his name, one of them forged, and an answer from where he was never written to.
    server.post("Spam", 4, &Letter::new(before(3)?, BOB, ADA, "Tomorrow?"));
    server.post(
        "Spam",
        5,
        &Letter::new(before(2)?, BOB, ADA, "A prize").unsigned(),
    );
    let elsewhere = Letter::new(before(4)?, "bob@home.example", ADA, "Re: Lunch");
    server.post("Spam", 6, &elsewhere.answering(&written));
    let handle = at(NOW)?;
    handle.scan(&[], &|_, _| {}).await?;
    let person = (BOB.to_owned(), "Someone you write with".to_owned());
    let answer = (
        "bob@home.example".to_owned(),
        "An answer to your mail".to_owned(),
    );
    assert_eq!(
        listed(&handle)?,
        (vec![person.clone(), answer.clone(), person.clone()], 1),
        "the newest first, and the forged one counted apart"
    );
    let told = shell.take();
    assert_eq!(
        told,
        [Notice {
            title: "2 messages in your junk folder may not be junk".into(),
            text: "bob@friend.example, today 9:00, and 1 more.".into(),
            address: None,
        }]
    );
    handle.scan(&[], &|_, _| {}).await?;
    handle.assess().await?;
    assert_eq!(shell.take(), [], "told once");

    let mut program = server.mail_program().await;
    program.say("SELECT Spam").await;
    let from_bob = program.say(&format!("UID SEARCH FROM {BOB}")).await;
    let mut found = from_bob.iter();
    let uids = found.find_map(|line| line.strip_prefix("* SEARCH "));
    let uids = uids.context("his lie there")?.replace(' ', ",");
    program.say(&format!("UID MOVE {uids} INBOX")).await;
    handle.scan(&[], &|_, _| {}).await?;
    assert_eq!(
        listed(&handle)?,
        (vec![answer], 0),
        "what was moved is gone"
    );
    assert_eq!(shell.take(), []);
    handle.close();
    Ok(())
}
