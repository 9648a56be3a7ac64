//! The same mailbox through every combination of what a server can do: whatever it lacks costs
//! more round trips and never a count.

use acceptance::collector::Collector;
use acceptance::dovecot::{Abilities, Dovecot, Format, LetsIn, MailProgram};
use monitor::mailbox::{Cost, Mark};
use std::collections::BTreeSet;

/// Capabilities that are taken away, one at a time; the first is none.
const WITHOUT: [&str; 9] = [
    "",
    "CONDSTORE",
    "QRESYNC",
    "LIST-STATUS",
    "SPECIAL-USE",
    "IDLE",
    "COMPRESS=DEFLATE",
    "LIST-EXTENDED",
    "NAMESPACE",
];
/// A folder called "Rechnungen für 2026", as its name travels.
const INVOICES: &str = "\"Rechnungen f&APw-r 2026\"";

fn letter(number: u64) -> String {
    format!(
        "Message-ID: <{number}@example.net>\r\nFrom: Made-up Shop <shop@example.net>\r\n\
         To: <shop-{}@example.org>\r\nSubject: Letter {number}\r\n\r\nMade up.\r\n",
        number % 7
    )
}

async fn append(program: &mut MailProgram, mailbox: &str, numbers: std::ops::Range<u64>) {
    for number in numbers {
        program.append(mailbox, &letter(number)).await;
    }
}

/// What the server itself says lies in a mailbox.
async fn truth(program: &mut MailProgram, mailbox: &str) -> BTreeSet<String> {
    program.say(&format!("EXAMINE {mailbox}")).await;
    let lines = program
        .say("UID FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        .await;
    let subjects = lines
        .iter()
        .filter_map(|line| line.split("Subject: ").nth(1));
    subjects
        .map(|rest| {
            rest.split_whitespace()
                .take(2)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

async fn holds_the_truth(ledger: &Collector, program: &mut MailProgram, case: &str) {
    for (wire, name) in [
        ("INBOX", "INBOX"),
        ("Spam", "Spam"),
        (INVOICES, "Rechnungen für 2026"),
    ] {
        let kept: BTreeSet<String> = ledger.field(name, "Subject").into_iter().collect();
        assert_eq!(kept, truth(program, wire).await, "{case}: {name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_with_maildir_lacks_never_costs_a_count() {
    every_walk(Format::Maildir).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_with_mdbox_lacks_never_costs_a_count() {
    every_walk(Format::Mdbox).await;
}

async fn every_walk(format: Format) {
    let mut costs = Vec::new();
    for without in WITHOUT {
        let case = format!("{format:?} without {without:?}");
        let trips = walk(format, without, &case).await.round_trips;
        println!("{case}: a quiet scan takes {trips} round trips");
        costs.push((without, trips));
    }
    let whole = costs[0].1;
    for (without, trips) in costs {
        let asks_each = ["CONDSTORE", "LIST-STATUS", "LIST-EXTENDED"].contains(&without);
        assert_eq!(
            trips > whole,
            asks_each,
            "{format:?}: without {without:?} every mailbox is asked about"
        );
    }
}

/// Reads, lets everything happen to the mailbox that can, and reads again; returns what a last
/// scan without news costs.
async fn walk(format: Format, without: &'static str, case: &str) -> Cost {
    let server = Dovecot::keeping(format, Abilities::Without(without), &LetsIn::Password);
    let mut program = server.mail_program().await;
    program.say(&format!("CREATE {INVOICES}")).await;
    program.say("CREATE Public/News").await;
    append(&mut program, "INBOX", 0..40).await;
    append(&mut program, "Spam", 40..60).await;
    append(&mut program, INVOICES, 60..65).await;
    append(&mut program, "Public/News", 65..70).await;
    let mut login = server.login();
    login.compress = true;
    let mut ledger = Collector::default();
    let first = ledger.read(&login).await.unwrap();
    holds_the_truth(&ledger, &mut program, case).await;
    let shared = !ledger.mailboxes.contains_key("Public/News");
    assert_eq!(
        shared,
        without != "NAMESPACE",
        "{case}: a shared folder is left out where it is known to be one"
    );
    assert_eq!(
        first.messages_seen,
        if shared { 65 } else { 70 },
        "{case}: each once"
    );

    program.say("SELECT INBOX").await;
    program.say("UID MOVE 5,7 Spam").await;
    program.say("UID STORE 9 +FLAGS ($Junk)").await;
    program.say("UID STORE 11:13 +FLAGS (\\Deleted)").await;
    program.say("UID EXPUNGE 11:13").await;
    program.say("SELECT Spam").await;
    program.say("UID MOVE 3 INBOX").await;
    append(&mut program, "INBOX", 70..72).await;
    let second = ledger.read(&login).await.unwrap();
    holds_the_truth(&ledger, &mut program, case).await;
    assert_eq!(second.messages_seen, 5, "{case}: two came and three moved");
    let mark = ledger.mailbox("INBOX").messages[&9].mark;
    assert_eq!(mark, Mark::Junk, "{case}: the keyword is known");

    // Nothing but a message that goes away.
    program.say("SELECT INBOX").await;
    program.say("UID STORE 20 +FLAGS (\\Deleted)").await;
    program.say("EXPUNGE").await;
    ledger.read(&login).await.unwrap();
    holds_the_truth(&ledger, &mut program, case).await;
    ledger.read(&login).await.unwrap()
}
