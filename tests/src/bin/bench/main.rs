//! The benchmarks, each as a ratio against a reference that is measured in the same run on the
//! same mail, so that a figure means the same on every machine. `make bench` prints the table;
//! `FOLDER/NAME.json` has each.

mod mailbox;

use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use acceptance::letter::Letter;
use acceptance::watcher::{Heard, open};
use anyhow::{Context, Result};
use exposure::AddrSpec;
use exposure::mail::{self, HEADER_FIELDS, Receiver};
use jiff::{SignedDuration, Timestamp};
use monitor::Handle;
use monitor::actor::{Change, Give};
use monitor::ledger::Picture;
use monitor::mailbox::Secret;
use monitor::store::Store;
use monitor::vault::Memory;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

const MESSAGES: u64 = 20_000;
const ADDRESSES: u64 = 40;
const NOW: &str = "2026-06-20T20:00:00Z";
/// How often each side is measured; the median counts.
const ROUNDS: usize = 5;

/// One row of the table.
#[derive(Debug, Serialize)]
struct Figure {
    name: &'static str,
    /// What was measured, and what the reference is.
    what: &'static str,
    reference: &'static str,
    unit: &'static str,
    value: f64,
    reference_value: f64,
    ratio: f64,
}

fn figure(
    name: &'static str,
    (what, reference): (&'static str, &'static str),
    unit: &'static str,
    value: f64,
    reference_value: f64,
) -> Figure {
    Figure {
        name,
        what,
        reference,
        unit,
        value,
        reference_value,
        ratio: value / reference_value,
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().map(PathBuf::from);
    let folder = folder.context("usage: bench FOLDER [large]")?;
    std::fs::create_dir_all(&folder)?;
    let only_large = arguments.next().is_some_and(|part| part == "large");
    let table = Table::new(folder);
    if only_large {
        return mailbox::large(&table).await;
    }
    let letters = letters(MESSAGES)?;
    let server = Dovecot::start(Abilities::All);
    for (n, letter) in letters.iter().enumerate() {
        let junk = !letter.signed;
        server.post(if junk { "Spam" } else { "INBOX" }, n as u64, letter);
    }
    table.add(headers(&letters))?;
    table.add(archive(&letters)?)?;
    table.add(first_scan(&server).await?)?;
    table.add(second_scan(&server).await?)?;
    table.add(flags(&server).await?)?;
    drop(server);
    mailbox::archive(&table, &letters).await?;
    mailbox::sixty(&table).await?;
    mailbox::large(&table).await
}

/// The figures, each printed and written as soon as it is known.
struct Table(PathBuf);

impl Table {
    fn new(folder: PathBuf) -> Table {
        println!(
            "{:<15} {:>16} {:>16} {:>8}  measured / reference",
            "", "measured", "reference", "ratio"
        );
        Table(folder)
    }

    fn add(&self, figure: Figure) -> Result<()> {
        println!(
            "{:<15} {:>10.3} {:<5} {:>10.3} {:<5} {:>7.4}x  {} / {}",
            figure.name,
            figure.value,
            figure.unit,
            figure.reference_value,
            figure.unit,
            figure.ratio,
            figure.what,
            figure.reference
        );
        let file = self.0.join(format!("{}.json", figure.name));
        std::fs::write(file, serde_json::to_string_pretty(&figure)? + "\n")?;
        Ok(())
    }
}

/// A year of mail to forty addresses, one message in ten of them junk.
fn letters(count: u64) -> Result<Vec<Letter>> {
    let begin: Timestamp = "2025-06-20T20:00:00Z".parse()?;
    let step = SignedDuration::from_secs(365 * 86_400 / count.cast_signed());
    let arrivals = std::iter::successors(Some(begin), |arrived| arrived.checked_add(step).ok());
    let letters = (0..count).zip(arrivals).map(|(n, arrived)| {
        let to = own(n % ADDRESSES);
        if n % 10 == 3 {
            let from = format!("win@prize{}.example", n % 997);
            Letter::new(arrived, &from, &to, &format!("Prize {n}")).unsigned()
        } else {
            let from = format!("news@shop{}.example", n % ADDRESSES);
            Letter::new(arrived, &from, &to, &format!("Letter {n}"))
        }
    });
    Ok(letters.collect())
}

fn own(n: u64) -> String {
    format!("shop{n}-q{n}z@example.org")
}

/// The median of figures.
fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Bytes of a ledger on the disk.
fn bytes_of(home: &Path) -> Result<f64> {
    Ok(std::fs::metadata(home.join("ledger.sqlite"))?.len() as f64)
}

/// The median of several times, in seconds.
fn timed(mut work: impl FnMut()) -> f64 {
    let mut times = [0.0; ROUNDS];
    for time in &mut times {
        let began = Instant::now();
        work();
        *time = began.elapsed().as_secs_f64();
    }
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

/// Reading headers into facts, against cutting the same bytes into fields and nothing more.
fn headers(letters: &[Letter]) -> Figure {
    let texts: Vec<String> = letters.iter().map(Letter::text).collect();
    let receiver = Receiver {
        orgs: BTreeSet::from(["example.org".to_owned()]),
    };
    let facts = timed(|| {
        for text in &texts {
            black_box(mail::read(text.as_bytes(), &receiver));
        }
    });
    let cut = timed(|| {
        for text in &texts {
            let header = text.split("\n\n").next().unwrap_or_default();
            let fields: BTreeMap<String, &str> = header
                .lines()
                .filter_map(|line| line.split_once(':'))
                .map(|(name, value)| (name.to_ascii_lowercase(), value))
                .collect();
            black_box(fields);
        }
    });
    figure(
        "headers",
        ("headers into facts", "the same bytes into fields"),
        "s",
        facts,
        cut,
    )
}

/// A ledger with the forty disclosures, and one account or archive that was not read yet.
async fn ledger(home: &Path) -> Result<Handle> {
    let handle = open(
        home,
        NOW,
        Arc::new(Memory::default()),
        Arc::new(Heard::default()),
    )?;
    for n in 0..ADDRESSES {
        let give = Give {
            address: AddrSpec::parse(&own(n))?,
            service: format!("Example Shop {n}"),
            processors: Vec::new(),
            domains: vec![format!("shop{n}.example")],
            on: Some("2025-06-01".parse()?),
            also: vec![],
        };
        handle.change(Change::Give(give)).await?;
    }
    Ok(handle)
}

async fn scan(handle: &Handle) -> Result<(f64, u64)> {
    let began = Instant::now();
    let read = handle.scan(&[], &|_, _| {}).await?;
    let first = read.first().context("one account")?;
    anyhow::ensure!(first.fault.is_none(), "{:?}", first.fault);
    Ok((began.elapsed().as_secs_f64(), first.cost.bytes_in))
}

async fn connected(server: &Dovecot, home: &Path) -> Result<Handle> {
    let handle = ledger(home).await?;
    let secret = (Secret(PASSWORD.into()), monitor::Keep::Memory);
    let account = server.account("ada@example.org");
    handle
        .add_account(account, Some(secret), vec!["example.org".into()])
        .await?;
    Ok(handle)
}

/// Reading an mbox into a ledger, against reading the file and finding where messages begin.
fn archive(letters: &[Letter]) -> Result<Figure> {
    let home = tempfile::tempdir()?;
    let file = home.path().join("mbox");
    let mut text = String::new();
    for letter in letters {
        text.push_str("From news@shop.example Sat Jun 20 20:00:00 2026\n");
        text.push_str(&letter.text());
        text.push('\n');
    }
    std::fs::write(&file, text)?;
    let mut times = Vec::new();
    for round in 0..3 {
        let data = home.path().join(round.to_string());
        let time = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async {
                let handle = ledger(&data).await?;
                handle
                    .add_archive(&file, vec![], vec!["example.org".into()])
                    .await?;
                let (time, _) = scan(&handle).await?;
                handle.close();
                anyhow::Ok(time)
            })
        })?;
        times.push(time);
    }
    times.sort_by(f64::total_cmp);
    let found = timed(|| {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        black_box(
            text.lines()
                .filter(|line| line.starts_with("From "))
                .count(),
        );
    });
    Ok(figure(
        "archive",
        ("an mbox into the ledger", "its separator lines found"),
        "s",
        times[1],
        found,
    ))
}

/// The first reading of an account, against a bare client that fetches the same fields and
/// forgets them.
async fn first_scan(server: &Dovecot) -> Result<Figure> {
    let (mut scans, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let home = tempfile::tempdir()?;
        let handle = connected(server, home.path()).await?;
        scans.push(scan(&handle).await?.0);
        handle.close();
        let began = Instant::now();
        let mut client = server.mail_program().await;
        for mailbox in ["INBOX", "Spam"] {
            client.say(&format!("EXAMINE {mailbox}")).await;
            let fields = HEADER_FIELDS.join(" ");
            let what =
                format!("(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({fields})])");
            black_box(client.say(&format!("UID FETCH 1:* {what}")).await);
        }
        bare.push(began.elapsed().as_secs_f64());
    }
    scans.sort_by(f64::total_cmp);
    bare.sort_by(f64::total_cmp);
    Ok(figure(
        "first-scan",
        (
            "20,000 messages into the ledger",
            "the same fields fetched and forgotten",
        ),
        "s",
        scans[1],
        bare[1],
    ))
}

/// Bytes of a second reading, against those of the first.
async fn second_scan(server: &Dovecot) -> Result<Figure> {
    let home = tempfile::tempdir()?;
    let handle = connected(server, home.path()).await?;
    let (_, first) = scan(&handle).await?;
    let (_, second) = scan(&handle).await?;
    handle.close();
    Ok(figure(
        "second-scan",
        ("bytes of a second reading", "bytes of the first"),
        "B",
        second as f64,
        first as f64,
    ))
}

/// Everything that a ledger says, from its facts, against reading those facts alone.
async fn flags(server: &Dovecot) -> Result<Figure> {
    let home = tempfile::tempdir()?;
    let handle = connected(server, home.path()).await?;
    scan(&handle).await?;
    handle.close();
    let store = Store::reader(home.path())?;
    let now = NOW.parse()?;
    let said = timed(|| {
        black_box(Picture::of(&store, now).is_ok());
    });
    let addresses = store.addresses()?;
    let own = store.known_domain("example.org")?.into_iter().collect();
    let read = timed(|| {
        for address in &addresses {
            black_box(store.deliveries_to(address.id, &own).is_ok());
        }
    });
    Ok(figure(
        "flags",
        ("all flags from the facts", "reading the facts"),
        "s",
        said,
        read,
    ))
}
