//! The main job in one piece, on a real server and a real session bus: from the bytes of a mail
//! to the sentence that a person reads.

use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use acceptance::letter::Letter;
use acceptance::notification_recorder::NotificationRecorder;
use acceptance::watcher::{OnBus, open};
use exposure::{AddrSpec, Verdict};
use jiff::{Span, Timestamp, ToSpan};
use monitor::actor::{Change, Give};
use monitor::mailbox::Secret;
use monitor::vault::Memory;
use monitor::{Handle, Keep, view};
use serde_json::Value;
use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

const LEAKED: &str = "shop-k7f2@example.org";
const SOON: Duration = Duration::from_secs(20);

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Letters from one sender to one address, one every so often.
fn regular(
    from: &str,
    to: &str,
    subject: &str,
    begin: Timestamp,
    every: Span,
    end: Timestamp,
) -> Vec<Letter> {
    begin
        .series(every)
        .take_while(|arrived| *arrived < end)
        .map(|arrived| Letter::new(arrived, from, to, subject))
        .collect()
}

/// `atesaki explain`, as JSON.
fn explained(handle: &Handle, address: &str) -> anyhow::Result<Value> {
    let picture = handle.picture()?;
    let of = picture
        .addresses
        .iter()
        .find(|a| a.spec.to_string() == address);
    let id = of.expect("the address is recorded").id;
    handle.read(|store| view::explain_json(&picture, store, handle.words(), id))
}

#[tokio::test]
async fn a_mail_is_followed_from_its_bytes_to_the_flag() -> anyhow::Result<()> {
    let bus = NotificationRecorder::start()?;
    let server = Dovecot::start(Abilities::All);
    let posted = Cell::new(0);
    let post = |mailbox: &str, letter: &Letter| {
        posted.set(posted.get() + 1);
        server.post(mailbox, posted.get(), letter);
    };

    // Four months of ordinary mail: a shop, a forum, and a stray junk message now and then.
    let (begin, end) = (at("2026-02-01T09:00:00Z"), at("2026-06-01T09:00:00Z"));
    for letter in regular(
        "news@shop.example",
        LEAKED,
        "News of the shop",
        begin,
        120.hours(),
        end,
    ) {
        post("INBOX", &letter);
    }
    for letter in regular(
        "team@forum.example",
        "forum-a1@example.org",
        "New answers",
        begin,
        72.hours(),
        end,
    ) {
        post("INBOX", &letter);
    }
    for arrived in begin.series(960.hours()).take_while(|t| *t < end) {
        let from = format!("offer@stray-{}.example", arrived.as_second());
        let letter = Letter::new(arrived, &from, "forum-a1@example.org", "An offer");
        post("Spam", &letter.unsigned());
    }

    // The first evening: the account, who has which address, and one reading.
    let home = tempfile::tempdir()?;
    let vault = Arc::new(Memory::default());
    let (shell, _clicked) = OnBus::new();
    let evening = |day: i8| {
        let now = format!("2026-06-{day:02}T21:00:00Z");
        open(home.path(), &now, vault.clone(), shell.clone())
    };
    let handle = evening(1)?;
    let secret = (Secret(PASSWORD.into()), Keep::Memory);
    let listed = handle
        .add_account(
            server.account("ada@example.org"),
            Some(secret),
            vec!["example.org".into()],
        )
        .await?;
    assert_eq!(listed.len(), 5, "every mailbox of the server is listed");
    for (address, service, domain) in [
        (LEAKED, "Example Shop", "shop.example"),
        ("forum-a1@example.org", "Example Forum", "forum.example"),
    ] {
        let give = Give {
            address: AddrSpec::parse(address)?,
            service: service.into(),
            processors: Vec::new(),
            domains: vec![domain.into()],
            on: Some("2026-02-01".parse()?),
            also: vec![],
        };
        handle.change(Change::Give(give)).await?;
    }
    let before = server.snapshot().await;
    let first = handle.scan(&[], &|_, _| {}).await?;
    assert_eq!(first[0].fault, None, "the reading comes to its end");
    assert_eq!(
        first[0].recorded.messages_new,
        posted.get(),
        "every letter once"
    );
    let flags = view::flags_json(&*handle.picture()?, handle.words());
    let mut levels = flags.as_array().into_iter().flatten();
    assert!(
        levels.all(|flag| flag["level"] == "unexpected_sender"),
        "three strangers in four months are no leak: {flags}"
    );
    let summary = bus.next(SOON)?;
    assert_eq!(
        summary.title,
        handle.words().say("notice.first_reading.title")
    );
    let second = handle.scan(&[], &|_, _| {}).await?;
    assert_eq!(second[0].recorded.messages_new, 0, "nothing is read twice");
    assert!(
        second[0].cost.bytes_in * 10 < first[0].cost.bytes_in,
        "a second reading costs next to nothing"
    );
    assert_eq!(
        before.differences(&server.snapshot().await),
        Vec::<String>::new(),
        "reading changes nothing on the server"
    );
    handle.close();

    // From 2 June strangers write to the shop's address. The server puts two of four into Junk;
    // the user moves a third there; the fourth stays where it is.
    let mut program = server.mail_program().await;
    program.say("SELECT INBOX").await;
    let mut named = None;
    for day in 2..=12_i8 {
        for n in 0..4_i8 {
            let arrived = at(&format!("2026-06-{day:02}T{:02}:30:00Z", 8 + n));
            let from = format!("win@prize-{day}-{n}.example");
            let subject = format!(
                "You win {}",
                ["gold", "a car", "a house", "it all"][n as usize]
            );
            let letter = Letter::new(arrived, &from, LEAKED, &subject).unsigned();
            post(if n < 2 { "Spam" } else { "INBOX" }, &letter);
        }
        program.say("NOOP").await;
        let found = program
            .say("UID SEARCH UNDELETED SUBJECT \"a house\"")
            .await;
        let uid = found[0]
            .strip_prefix("* SEARCH ")
            .expect("the letter is there");
        program.say(&format!("UID MOVE {uid} Spam")).await;

        let handle = evening(day)?;
        let before = server.snapshot().await;
        let read = handle.scan(&[], &|_, _| {}).await?;
        assert_eq!(read[0].recorded.messages_new, 4, "{day} June: each once");
        assert_eq!(
            before.differences(&server.snapshot().await),
            Vec::<String>::new(),
            "{day} June: nothing changes on the server"
        );
        let why = explained(&handle, LEAKED)?;
        let counted = 3 * (u64::try_from(day)? - 1);
        assert_eq!(
            why["junk_total"], counted,
            "{day} June: moved is counted once"
        );
        let flag = why["flags"][0].clone();
        if flag["level"] == "likely_source" && named.is_none() {
            named = Some((day, flag, bus.next(SOON)?));
        }
        handle.close();
    }

    // It was said in time, with the right name and date, once.
    let (day, flag, asked) = named.expect("the leak is found");
    assert!(
        day <= 8,
        "it is said on {day} June, six days after it began"
    );
    assert_eq!(flag["service"], "Example Shop");
    assert_eq!(flag["kind"], "leak");
    let onset = |key: &str| flag["onset"][key].as_str().expect("a date").to_owned();
    assert!(
        onset("earliest").as_str() <= "2026-06-02" && onset("latest").as_str() >= "2026-06-02",
        "the true day lies within {}",
        flag["onset"]
    );
    assert!(
        flag["probability"].as_f64().expect("a share") > 0.8,
        "one holder of an address that nobody can guess: {flag}"
    );
    assert!(asked.title.contains(LEAKED), "the notice names the address");
    assert_eq!(bus.rest(), [], "one leak is told once");

    // The user's word stands above every other, and can be taken back.
    let handle = evening(12)?;
    let picture = handle.picture()?;
    let id = (picture.addresses.iter())
        .find(|a| a.spec.to_string() == LEAKED)
        .expect("the address is recorded")
        .id;
    let page = handle.read(|store| view::address(&picture, store, handle.words(), id))?;
    let message = (page.messages.iter())
        .find(|m| m.verdict == Verdict::Junk)
        .expect("junk is listed")
        .id;
    for (verdict, expected) in [(Verdict::Wanted, 32), (Verdict::Unjudged, 33)] {
        handle.change(Change::Correct { message, verdict }).await?;
        let total = explained(&handle, LEAKED)?["junk_total"].clone();
        assert_eq!(total, expected, "after {verdict:?}");
    }
    assert!(
        page.sentence.contains("Since") && !page.caveat.is_empty(),
        "the page says since when, and what else it could be: {} {}",
        page.sentence,
        page.caveat
    );
    handle.close();
    Ok(())
}
