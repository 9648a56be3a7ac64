//! Keeping up with a mailbox: what arrives is counted within seconds, what goes wrong passes, and
//! who is away for a while misses nothing that the server still has.

use acceptance::child::wait_until;
use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use acceptance::letter::Letter;
use acceptance::watcher::{Heard, open};
use anyhow::Result;
use exposure::AddrSpec;
use jiff::Timestamp;
use monitor::actor::{Change, Give};
use monitor::mailbox::Secret;
use monitor::scan::ScanResult;
use monitor::vault::Memory;
use monitor::{Handle, Keep, view};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const SHOP: &str = "shop-k7f2@example.org";
/// Far below the five minutes after which everything is read anyway.
const SOON: Duration = Duration::from_secs(40);

fn letter(hour: i64, from: &str) -> Letter {
    let begin: Timestamp = "2026-06-01T00:00:00Z".parse().expect("an instant");
    let arrived = begin + jiff::SignedDuration::from_hours(hour);
    Letter::new(arrived, from, SHOP, &format!("Letter {hour}"))
}

fn counted(handle: &Handle) -> Option<(u64, u64)> {
    let all = view::addresses_json(&*handle.picture().ok()?);
    let shop = all
        .as_array()?
        .iter()
        .find(|a| a["address"] == SHOP)?
        .clone();
    Some((shop["junk_total"].as_u64()?, shop["wanted_total"].as_u64()?))
}

async fn watched(server: &Dovecot, home: &tempfile::TempDir) -> Result<Handle> {
    let shell = Arc::new(Heard::default());
    let now = "2026-06-20T20:00:00Z";
    let handle = open(home.path(), now, Arc::new(Memory::default()), shell)?;
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
        on: None,
        also: vec![],
    };
    handle.change(Change::Give(give)).await?;
    Ok(handle)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_arrives_is_counted_at_once() -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    server.post("INBOX", 1, &letter(1, "news@shop.example"));
    let home = tempfile::tempdir()?;
    let handle = watched(&server, &home).await?;
    let readings = Arc::new(AtomicUsize::new(0));
    let watching = tokio::spawn({
        let (handle, readings) = (handle.clone(), Arc::clone(&readings));
        async move {
            let read = |_: &[ScanResult]| {
                readings.fetch_add(1, Ordering::SeqCst);
            };
            handle.watch(&|_, _| {}, &read).await
        }
    });
    wait_until("the first reading", SOON, || {
        (counted(&handle)? == (0, 1)).then_some(())
    })?;
    // Listening begins after the reading.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let state = || {
        let rows = view::accounts(&*handle.picture()?, handle.words(), &handle.activity());
        anyhow::Ok(
            rows.first()
                .map(|row| row.state.clone())
                .unwrap_or_default(),
        )
    };
    let said = state()?;
    assert!(
        said.contains("counts at once"),
        "it is said that it listens: {said}"
    );
    server.post("INBOX", 2, &letter(2, "news@shop.example"));
    wait_until("a letter in the inbox", SOON, || {
        (counted(&handle)? == (0, 2)).then_some(())
    })?;
    server.post("Spam", 3, &letter(3, "win@prize.example").unsigned());
    wait_until("a message in Junk", SOON, || {
        (counted(&handle)? == (1, 2)).then_some(())
    })?;
    let before = readings.load(Ordering::SeqCst);
    tokio::time::sleep(Duration::from_secs(8)).await;
    let idle = readings.load(Ordering::SeqCst) - before;
    assert!(idle <= 1, "without news nothing is read, but {idle} times");
    watching.abort();
    handle.close();
    Ok(())
}
