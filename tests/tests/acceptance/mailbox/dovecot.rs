//! Reading an account on a real server.

use acceptance::collector::{Collector, field_of};
use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use exposure::Role;
use monitor::fault::{self, Code};
use monitor::mailbox::{self, Credential, Mark, Secret, Trust};
use std::collections::BTreeSet;

/// 2026-01-01T00:00:00Z, where the made-up mail begins; one message an hour.
const BEGIN: u64 = 1_767_225_600;

/// A made-up message.
fn letter(number: u64) -> String {
    format!(
        "Return-Path: <shop@example.net>\nReceived: from mx.example.net by mx.example.org; Thu, 1 Jan 2026 00:00:00 +0000\n\
         Message-ID: <{number}@example.net>\nDate: Thu, 1 Jan 2026 00:00:00 +0000\nFrom: Made-up Shop <shop@example.net>\n\
         To: <shop-{}@example.org>\nSubject: Letter {number}\nX-Unasked: never fetched\n\n{}\n",
        number % 20,
        "This mail is made up. ".repeat(40)
    )
}

fn fill(server: &Dovecot, mailbox: &str, numbers: std::ops::Range<u64>) {
    for number in numbers {
        server.deliver(mailbox, BEGIN + number * 3600, number, &letter(number));
    }
}

/// Holds that exactly these letters lie in a mailbox.
fn check(ledger: &Collector, mailbox: &str, numbers: std::ops::Range<u64>, why: &str) {
    let found: BTreeSet<String> = ledger.field(mailbox, "Subject").into_iter().collect();
    let expected: BTreeSet<String> = numbers.map(|number| format!("Letter {number}")).collect();
    let wrong: Vec<&String> = found.symmetric_difference(&expected).take(10).collect();
    assert!(
        wrong.is_empty(),
        "{why}: {wrong:?} are missing or too many in {mailbox}"
    );
    assert_eq!(
        ledger.mailbox(mailbox).messages.len(),
        expected.len(),
        "{why}: each once"
    );
}

fn code(outcome: anyhow::Result<mailbox::Cost>) -> Option<Code> {
    outcome.err().map(|error| {
        assert!(
            !format!("{error:?}").contains(PASSWORD),
            "no error holds the password"
        );
        fault::of(&error).code
    })
}

#[tokio::test]
async fn reads_every_message_once_and_changes_nothing() {
    let server = Dovecot::start(Abilities::All);
    fill(&server, "INBOX", 0..1400);
    fill(&server, "Spam", 1400..1900);
    fill(&server, "Archive", 1900..2000);
    let before = server.snapshot().await;
    let mut ledger = Collector::default();
    let first = ledger.read(&server.login()).await.unwrap();

    check(
        &ledger,
        "INBOX",
        0..1400,
        "every message of the inbox is there",
    );
    check(&ledger, "Spam", 1400..1900, "and of Junk");
    check(&ledger, "Archive", 1900..2000, "and of the rest");
    assert_eq!(first.messages_seen, 2000, "each was fetched once");
    assert_eq!(ledger.progress.read, 2000, "the progress ends at the end");
    assert_eq!(ledger.progress.total, 2000, "and knows where that is");
    assert_eq!(
        ledger.mailbox("Spam").role,
        Some(Role::Junk),
        "the server says so"
    );
    for (name, kept) in &ledger.mailboxes {
        let expected = (name != "Drafts").then_some(kept.messages.len() as u64);
        assert_eq!(
            kept.complete, expected,
            "{name} was read to its end, and drafts are no deliveries"
        );
    }
    let message = ledger.mailbox("INBOX").messages.values().next().unwrap();
    assert_eq!(
        message.internal_date,
        Some(BEGIN.cast_signed()),
        "arrival is what the server says"
    );
    assert!(message.size > 900, "the size is that of the whole message");
    assert_eq!(
        field_of(&message.header, "X-Unasked"),
        None,
        "only named fields leave the server"
    );

    let order: Vec<&str> = ledger
        .batches
        .iter()
        .map(|(name, _)| name.as_str())
        .take(3)
        .collect();
    assert_eq!(
        order,
        ["Spam", "INBOX", "Archive"],
        "the newest of each comes before anything old, Junk first"
    );
    assert!(
        ledger.batches[0].1.len() <= 200,
        "the first sentence does not wait for a long batch"
    );

    let batches = ledger.batches.len();
    let second = ledger.read(&server.login()).await.unwrap();
    assert_eq!(second.messages_seen, 0, "nothing is fetched again");
    assert_eq!(ledger.batches.len(), batches, "nothing is reported again");
    assert!(
        second.bytes_in * 100 < first.bytes_in,
        "{} of {} bytes is under 1 %",
        second.bytes_in,
        first.bytes_in
    );
    let changes = before.differences(&server.snapshot().await);
    assert_eq!(
        changes,
        Vec::<String>::new(),
        "nothing on the server has changed"
    );
}

#[tokio::test]
async fn sees_what_was_moved_marked_deleted_and_delivered() {
    let server = Dovecot::start(Abilities::All);
    fill(&server, "INBOX", 0..30);
    let mut ledger = Collector::default();
    ledger.read(&server.login()).await.unwrap();
    let mut program = server.mail_program().await;
    program.say("SELECT INBOX").await;
    program.say("UID MOVE 5 Spam").await;
    program.say("UID STORE 7 +FLAGS ($Junk)").await;
    program.say("UID STORE 8 +FLAGS (NonJunk \\Seen)").await;
    program.say("UID STORE 9 +FLAGS (\\Deleted)").await;
    program.say("UID EXPUNGE 9").await;
    fill(&server, "INBOX", 30..32);
    let second = ledger.read(&server.login()).await.unwrap();
    assert_eq!(second.messages_seen, 3, "two that came and one that moved");
    check(&ledger, "Spam", 4..5, "what was moved lies in Junk now");
    let uids = ledger.uids("INBOX");
    assert_eq!(uids.len(), 30, "two went away, two came");
    assert!(
        !uids.contains(&5) && !uids.contains(&9),
        "what went away is known to be gone"
    );
    let mark = |ledger: &Collector, uid| ledger.mailbox("INBOX").messages[&uid].mark;
    assert_eq!(
        (mark(&ledger, 7), mark(&ledger, 8), mark(&ledger, 6)),
        (Mark::Junk, Mark::NotJunk, Mark::None)
    );

    program.say("UID STORE 7 -FLAGS ($Junk)").await;
    ledger.read(&server.login()).await.unwrap();
    assert_eq!(mark(&ledger, 7), Mark::None, "a verdict may be taken back");
}

#[tokio::test]
async fn sixty_mailboxes_without_news_cost_one_login_and_three_questions() {
    let server = Dovecot::start(Abilities::All);
    fill(&server, "INBOX", 0..50);
    for n in 0..55_u64 {
        fill(
            &server,
            &format!("Customer {n}"),
            100 + n * 10..103 + n * 10,
        );
    }
    let mut ledger = Collector::default();
    ledger.read(&server.login()).await.unwrap();
    assert_eq!(ledger.mailboxes.len(), 60, "every folder is listed");
    // The server counts changes from the first time that it is asked on.
    ledger.read(&server.login()).await.unwrap();
    let batches = ledger.batches.len();
    let quiet = ledger.read(&server.login()).await.unwrap();
    assert_eq!(ledger.batches.len(), batches, "there is no news");
    assert!(
        quiet.round_trips <= 1 + 3,
        "{} round trips, with the login",
        quiet.round_trips
    );
    eprintln!("sixty mailboxes without news: {quiet:?}");

    // News in one of them is found all the same, and so is a mark.
    fill(&server, "Customer 7", 900..901);
    let mut program = server.mail_program().await;
    program.say("SELECT \"Customer 9\"").await;
    program.say("STORE 1 +FLAGS ($Junk)").await;
    let busy = ledger.read(&server.login()).await.unwrap();
    assert_eq!(busy.messages_seen, 1, "what arrived");
    let marked = ledger.mailbox("Customer 9").messages.values();
    assert_eq!(
        marked.filter(|m| m.mark == Mark::Junk).count(),
        1,
        "what was marked"
    );
}

#[tokio::test]
async fn goes_on_where_it_was_stopped() {
    let server = Dovecot::start(Abilities::All);
    fill(&server, "INBOX", 0..900);
    let mut ledger = Collector {
        stop_after: Some(2),
        ..Collector::default()
    };
    assert_eq!(
        code(ledger.read(&server.login()).await),
        Some(Code::Stopped)
    );
    let read = ledger.mailbox("INBOX").messages.len();
    assert!(
        (200..900).contains(&read),
        "what was reported is kept, and not all was: {read}"
    );
    assert_eq!(
        ledger.mailbox("INBOX").complete,
        None,
        "it was not read to its end"
    );
    fill(&server, "INBOX", 900..910);
    ledger.stop_after = None;
    let rest = ledger.read(&server.login()).await.unwrap();
    check(&ledger, "INBOX", 0..910, "every message is there");
    assert_eq!(
        rest.messages_seen,
        910 - read as u64,
        "nothing was fetched twice"
    );
}

#[tokio::test]
async fn reads_new_mail_before_old_mail() {
    let server = Dovecot::start(Abilities::All);
    fill(&server, "INBOX", 0..2500);
    let mut ledger = Collector::default();
    let mut batches = 0;
    let arriving = |_: &mailbox::Batch| {
        batches += 1;
        if batches == 2 {
            fill(&server, "INBOX", 2500..2501);
        }
    };
    ledger.read_while(&server.login(), arriving).await.unwrap();
    check(
        &ledger,
        "INBOX",
        0..2501,
        "nothing is lost that came meanwhile",
    );
    let newest = ledger.uids("INBOX").last().copied().unwrap();
    let place = ledger
        .batches
        .iter()
        .position(|(_, uids)| uids.contains(&newest))
        .unwrap();
    assert!(
        place + 1 < ledger.batches.len(),
        "new mail does not wait for the oldest: {place} of {}",
        ledger.batches.len()
    );
}

#[tokio::test]
async fn begins_anew_when_the_uids_mean_nothing_any_more() {
    let server = Dovecot::start(Abilities::All);
    let mut program = server.mail_program().await;
    program.say("CREATE Work").await;
    program.append("Work", &letter(1)).await;
    program.append("Work", &letter(2)).await;
    let mut ledger = Collector::default();
    ledger.read(&server.login()).await.unwrap();
    let before = ledger.mailbox("Work").cursor.uidvalidity;
    program.say("DELETE Work").await;
    program.say("CREATE Work").await;
    program.append("Work", &letter(3)).await;
    program.say("STATUS Work (UIDVALIDITY)").await;
    ledger.read(&server.login()).await.unwrap();
    assert_ne!(
        ledger.mailbox("Work").cursor.uidvalidity,
        before,
        "the server gave new UIDs"
    );
    check(&ledger, "Work", 3..4, "old sightings are void");
    program.say("DELETE Work").await;
    program.say("CREATE Work").await;
    ledger.read(&server.login()).await.unwrap();
    check(
        &ledger,
        "Work",
        0..0,
        "an emptied mailbox is known to be empty",
    );
}

#[tokio::test]
async fn reads_a_server_that_can_do_nothing_special() {
    let server = Dovecot::start(Abilities::Bare);
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    fill(&server, "INBOX", 0..250);
    server.deliver("INBOX", now, 250, &letter(250));
    fill(&server, "Junk", 251..260);
    fill(&server, "&j,dg0TDhMPww6w-", 260..265);
    let before = server.snapshot().await;
    let mut ledger = Collector::default();
    ledger.read(&server.login()).await.unwrap();
    check(&ledger, "INBOX", 0..251, "every message is there");
    assert_eq!(
        ledger.mailbox("Junk").role,
        Some(Role::Junk),
        "a role by name where the server has none"
    );
    assert_eq!(
        ledger.mailbox("迷惑メール").role,
        Some(Role::Junk),
        "in Japanese too"
    );
    check(&ledger, "迷惑メール", 260..265, "every message is there");
    assert_eq!(
        ledger.mailbox("INBOX").cursor.modseq,
        0,
        "it counts no changes"
    );
    let changes = before.differences(&server.snapshot().await);
    assert_eq!(
        changes,
        Vec::<String>::new(),
        "nothing on the server has changed"
    );

    let mut program = server.mail_program().await;
    program.say("SELECT INBOX").await;
    let newest = ledger.uids("INBOX").last().copied().unwrap();
    program
        .say(&format!("UID STORE {newest} +FLAGS (Junk)"))
        .await;
    program.say("UID STORE 1 +FLAGS (\\Deleted)").await;
    program.say("EXPUNGE").await;
    let second = ledger.read(&server.login()).await.unwrap();
    assert_eq!(second.messages_seen, 0, "headers are not fetched again");
    assert_eq!(
        ledger.mailbox("INBOX").messages[&newest].mark,
        Mark::Junk,
        "recent flags are asked for"
    );
    assert!(
        !ledger.uids("INBOX").contains(&1),
        "what vanished is seen without CONDSTORE"
    );
}

#[tokio::test]
async fn leaves_out_a_mailbox_that_cannot_be_opened_and_goes_on() {
    let server = Dovecot::start(Abilities::All);
    fill(&server, "INBOX", 0..3);
    fill(&server, "Archive", 3..5);
    server.lock("Archive");
    let mut ledger = Collector::default();
    ledger.read(&server.login()).await.unwrap();
    check(&ledger, "INBOX", 0..3, "every message is there");
    assert_eq!(
        ledger.mailbox("Archive").complete,
        None,
        "nothing is claimed of what was not seen"
    );
}

#[tokio::test]
async fn lists_mailboxes_and_refuses_a_wrong_password() {
    let server = Dovecot::start(Abilities::All);
    let listed = mailbox::imap::check(&server.login()).await.unwrap();
    let roles: BTreeSet<(&str, Role)> = listed.iter().map(|l| (l.name.as_str(), l.role)).collect();
    let expected = [
        ("INBOX", Role::Inbox),
        ("Spam", Role::Junk),
        ("Sent", Role::Sent),
        ("Drafts", Role::Drafts),
        ("Archive", Role::Archive),
    ];
    assert_eq!(roles, BTreeSet::from(expected));
    for abilities in [Abilities::All, Abilities::Bare] {
        let server = Dovecot::start(abilities);
        let mut login = server.login();
        login.credential = Credential::Password(Secret("päss \"qx7zv\\".into()));
        let error = mailbox::imap::check(&login).await.unwrap_err();
        assert_eq!(
            fault::of(&error).code,
            Code::PasswordRefused,
            "{abilities:?}"
        );
        assert!(
            !format!("{error:?}{:?}", fault::of(&error)).contains("qx7zv"),
            "no error holds a password"
        );
    }
}

#[tokio::test]
async fn believes_no_certificate_that_only_the_test_has_signed() {
    let server = Dovecot::start(Abilities::All);
    let mut login = server.login();
    login.trust = Trust::System;
    let fault = fault::of(&mailbox::imap::check(&login).await.unwrap_err());
    assert_eq!(fault.code, Code::Certificate);
    assert_eq!(fault.values()[0], ("host", "localhost"));
}

#[tokio::test]
async fn reads_older_mail_on_two_connections_where_the_server_allows_it() {
    for (abilities, logins) in [(Abilities::All, 2), (Abilities::Narrow, 1)] {
        let server = Dovecot::start(abilities);
        fill(&server, "INBOX", 0..2600);
        fill(&server, "Archive", 2600..5000);
        let mut ledger = Collector::default();
        let cost = ledger.read(&server.login()).await.unwrap();
        check(&ledger, "INBOX", 0..2600, "all of the inbox is there");
        check(&ledger, "Archive", 2600..5000, "and of the archive");
        assert_eq!(cost.messages_seen, 5000, "{abilities:?}");
        assert_eq!(server.logins(), logins, "{abilities:?}");
        let again = ledger.read(&server.login()).await.unwrap();
        assert_eq!(again.messages_seen, 0, "{abilities:?}");
        assert_eq!(server.logins(), logins + 1, "one is enough for little");
    }
}
