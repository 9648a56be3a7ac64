//! A year of weekly readings of a server that deletes junk after thirty days: what was counted
//! stays counted, and weeks without a reading are marked as not observed.

use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use acceptance::letter::Letter;
use acceptance::watcher::{Heard, open};
use anyhow::{Context, Result};
use exposure::AddrSpec;
use jiff::{SignedDuration, Timestamp};
use monitor::actor::{Change, Give};
use monitor::mailbox::Secret;
use monitor::vault::Memory;
use monitor::{Handle, Keep, view};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

const SHOP: &str = "shop-k7f2@example.org";
const DAYS: i64 = 364;
/// How long the server keeps junk.
const KEPT: i64 = 30;
/// The person is away from this day to that one: nothing is read.
const AWAY: std::ops::Range<i64> = 200..256;

fn begin() -> Timestamp {
    "2025-06-01T00:00:00Z".parse().expect("an instant")
}

fn day(n: i64, hour: i64) -> Timestamp {
    begin() + SignedDuration::from_hours(n * 24 + hour)
}

fn text(n: i64) -> String {
    day(n, 0).to_string()[..10].to_owned()
}

/// Junk that arrives on a day: little in the first half of the year, much in the second.
fn junk_on(n: i64) -> i64 {
    if n < 182 { i64::from(n % 40 == 5) } else { 2 }
}

struct Week {
    home: tempfile::TempDir,
    vault: Arc<Memory>,
}

impl Week {
    fn evening(&self, n: i64) -> Result<Handle> {
        let now = day(n, 22).to_string();
        let shell = Arc::new(Heard::default());
        open(self.home.path(), &now, self.vault.clone(), shell)
    }
}

async fn record(handle: &Handle, server: &Dovecot) -> Result<()> {
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
        on: Some("2025-05-01".parse()?),
        also: vec![],
    };
    handle.change(Change::Give(give)).await?;
    Ok(())
}

fn explained(handle: &Handle) -> Result<Value> {
    let picture = handle.picture()?;
    let mut all = picture.addresses.iter();
    let shop = all.find(|a| a.spec.to_string() == SHOP);
    let id = shop.context("the address is recorded")?.id;
    handle.read(|store| view::explain_json(&picture, store, handle.words(), id))
}

#[tokio::test]
async fn what_the_server_deletes_stays_counted_and_what_was_not_seen_is_marked() -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    let week = Week {
        home: tempfile::tempdir()?,
        vault: Arc::new(Memory::default()),
    };
    let mut number = 0;
    for n in 0..DAYS {
        let letter = Letter::new(day(n, 9), "news@shop.example", SHOP, "News of the shop");
        if n % 5 == 0 {
            number += 1;
            server.post("INBOX", number, &letter);
        }
        for k in 0..junk_on(n) {
            number += 1;
            let from = format!("win@prize-{n}-{k}.example");
            let letter = Letter::new(day(n, 10 + k), &from, SHOP, "A prize").unsigned();
            server.post("Spam", number, &letter);
        }
        server.expire("Spam", day(n - KEPT, 0))?;
        if n % 7 == 6 && !AWAY.contains(&n) {
            let handle = week.evening(n)?;
            if n == 6 {
                record(&handle, &server).await?;
            }
            let read = handle.scan(&[], &|_, _| {}).await?;
            assert_eq!(read[0].fault, None, "day {n}");
            handle.close();
        }
    }

    let handle = week.evening(DAYS - 1)?;
    let why = explained(&handle)?;
    let days: BTreeMap<&str, &Value> = (why["traffic"].as_array().context("days")?.iter())
        .map(|d| (d["day"].as_str().unwrap_or_default(), d))
        .collect();
    // The last reading before the absence was on day 195, the first after it on day 258, when the
    // server still had the thirty days before: the days between were never seen.
    let unseen = 196..(258 - KEPT);
    for n in 0..DAYS {
        let (day, expected) = (text(n), junk_on(n));
        let shown = days.get(day.as_str()).context(day.clone())?;
        if unseen.contains(&n) {
            assert_eq!(shown["observed"], false, "{day} was never seen");
            assert_eq!(shown["junk"], 0, "{day}: and nothing is made up");
        } else if n > 0 && !(258 - KEPT..258 - KEPT + 2).contains(&n) {
            assert_eq!(shown["junk"], expected, "{day} stays counted");
        }
    }
    let seen: i64 = (0..DAYS).filter(|n| !unseen.contains(n)).map(junk_on).sum();
    assert_eq!(
        why["junk_total"], seen,
        "each message that was seen counts once"
    );
    let missing = why["coverage"]["missing_days"].as_i64();
    let (least, most) = (unseen.end - unseen.start, unseen.end - unseen.start + 4);
    assert!(
        missing.is_some_and(|missing| (least..=most).contains(&missing)),
        "the days away are left out, not counted as zero: {missing:?}"
    );
    let flag = &why["flags"][0];
    assert_eq!(flag["service"], "Example Shop", "{flag:#}");
    let earliest = flag["onset"]["earliest"].as_str().context("a date")?;
    let latest = flag["onset"]["latest"].as_str().context("a date")?;
    let begun = text(182);
    assert!(
        earliest <= begun.as_str() && latest >= begun.as_str(),
        "the day on which it began, half a year ago, is still known: {}",
        flag["onset"]
    );
    handle.close();
    Ok(())
}
