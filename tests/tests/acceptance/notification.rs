//! Notifications on a real session bus: from mail that arrives to the click.

use acceptance::child::wait_until;
use acceptance::notification_recorder::NotificationRecorder;
use acceptance::watcher::{OnBus, open};
use exposure::AddrSpec;
use monitor::vault::Memory;
use monitor::{Lang, Notice, Words, notification};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(20);

/// Made-up mail to one address of one made-up shop: a letter of the shop every six days from
/// January on, and six junk messages a day on the days given.
fn mbox(path: &Path, junk: &[jiff::civil::Date]) -> anyhow::Result<()> {
    let mut inbox = String::new();
    let mut spam = String::new();
    let mut day = jiff::civil::date(2026, 1, 3);
    while day < jiff::civil::date(2026, 6, 1) {
        message(
            &mut inbox,
            day,
            0,
            "news@shop.example.net",
            "Example Shop",
            "shop.example.net",
            "",
        )?;
        day = day.checked_add(jiff::Span::new().days(6))?;
        message(
            &mut spam,
            day,
            0,
            &format!("old{}@other.example", day.day()),
            "An old friend",
            "other.example",
            "other",
        )?;
    }
    for day in junk {
        for n in 1..=6 {
            let from = format!("win{n}@prize{}.example", day.day());
            message(
                &mut spam,
                *day,
                n,
                &from,
                "Prize office",
                "prize.example",
                "",
            )?;
        }
    }
    std::fs::create_dir_all(path)?;
    std::fs::write(path.join("Inbox"), inbox)?;
    std::fs::write(path.join("Junk"), spam)?;
    Ok(())
}

fn message(
    to: &mut String,
    day: jiff::civil::Date,
    n: i8,
    from: &str,
    name: &str,
    signed: &str,
    tag: &str,
) -> anyhow::Result<()> {
    let at = day.at(6 + n, 10, 0, 0).to_zoned(jiff::tz::TimeZone::UTC)?;
    let date = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
    let rcpt = if tag.is_empty() {
        "shop-k7f2@me.example"
    } else {
        "other-q1@me.example"
    };
    write!(
        to,
        "From {from} {}\n\
         Return-Path: <{from}>\n\
         Delivered-To: {rcpt}\n\
         Received: from mx.{signed} by mx.me.example with ESMTPS; {date}\n\
         Authentication-Results: mx.me.example; dkim=pass header.d={signed}; dmarc=pass header.from={signed}\n\
         From: {name} <{from}>\n\
         To: {rcpt}\n\
         Subject: A made-up message\n\
         Date: {date}\n\
         Message-ID: <{}-{n}-{signed}@made-up.example>\n\
         \n\
         Made up for a test.\n\
         \n",
        at.strftime("%a %b %e %H:%M:%S %Y"),
        day,
    )?;
    Ok(())
}

#[tokio::test]
async fn junk_that_begins_raises_one_notification_and_a_click_opens_its_address()
-> anyhow::Result<()> {
    let bus = NotificationRecorder::start()?;
    let home = tempfile::tempdir()?;
    let (data, mail) = (home.path().join("data"), home.path().join("mail"));
    let (shell, clicked) = OnBus::new();
    let start = |now: &str| open(&data, now, Arc::new(Memory::default()), shell.clone());

    mbox(&mail, &[])?;
    let first = start("2026-06-01T12:00:00Z")?;
    let own = vec![AddrSpec::parse("shop-k7f2@me.example")?];
    first
        .add_archive(&mail, own, vec!["me.example".to_owned()])
        .await?;
    first.scan(&[], &|_, _| {}).await?;
    let summary = bus.next(SOON)?;
    assert_eq!(
        summary.program, "Atesaki",
        "the notification says who speaks"
    );
    assert_eq!(
        summary.title,
        Words::of(Lang::En).say("notice.first_reading.title"),
        "the first reading ends in one summary"
    );
    first.close();
    drop(first);

    let days: Vec<_> = (2..=20)
        .map(|day| jiff::civil::date(2026, 6, day))
        .collect();
    mbox(&mail, &days)?;
    let later = start("2026-06-20T23:00:00Z")?;
    later.scan(&[], &|_, _| {}).await?;
    later.assess().await?;
    let asked = bus.next(SOON)?;
    assert!(
        asked.title.contains("shop-k7f2@me.example"),
        "the title names the address: {asked:?}"
    );
    assert_eq!(
        asked.actions.first().map(String::as_str),
        Some("default"),
        "a click on the notification is an answer"
    );
    assert!(
        !asked.text.contains("made-up"),
        "a notification never shows a subject"
    );

    // The program begins to listen a moment after its question was answered.
    let opened = wait_until("the click is heard", SOON, || {
        bus.click(&asked).ok()?;
        clicked.try_recv().ok()
    })?;
    let id = later
        .picture()?
        .addresses
        .iter()
        .find(|a| a.spec.to_string() == "shop-k7f2@me.example")
        .map(|a| a.id);
    assert_eq!(
        opened, id,
        "the click opens the address that the notification speaks of"
    );

    later.scan(&[], &|_, _| {}).await?;
    later.assess().await?;
    assert_eq!(bus.rest(), [], "one incident is told once");
    later.close();
    Ok(())
}

#[test]
fn what_looks_like_markup_is_shown_as_text() -> anyhow::Result<()> {
    let bus = NotificationRecorder::start()?;
    let notice = Notice {
        title: "A title".into(),
        text: "<b>Shop</b> & Co".into(),
        address: None,
    };
    notification::show(notice, "Open".into(), |_| {});
    assert_eq!(
        bus.next(SOON)?.text,
        "&lt;b&gt;Shop&lt;/b&gt; &amp; Co",
        "the recorder says that it reads markup"
    );
    Ok(())
}
