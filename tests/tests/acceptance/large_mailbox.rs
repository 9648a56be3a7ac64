//! Twenty thousand messages (or more, in the long run) with everything that makes counting hard, against a count made from
//! the files alone.

use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use acceptance::letter::Letter;
use acceptance::watcher::Heard;
use anyhow::{Context, Result};
use exposure::AddrSpec;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use monitor::actor::{Change, Give};
use monitor::mailbox::Secret;
use monitor::store::Store;
use monitor::vault::Memory;
use monitor::{Clock, Handle, Keep, Lang, Start, view};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::{Duration, Instant};

/// Messages on the server; `ATESAKI_MESSAGES` asks for more.
static MESSAGES: LazyLock<u64> = LazyLock::new(|| {
    let asked = std::env::var("ATESAKI_MESSAGES").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(20_000)
});
const ADDRESSES: u64 = 20;
/// The address that leaks, and when.
const LEAKED: u64 = 7;
const LEAKED_FROM: &str = "2026-05-20T00:00:00Z";
/// Clocks change twice in this time: on 26 October 2025 and on 29 March 2026.
const ZONE: &str = "Europe/Berlin";
const BEGIN: &str = "2025-10-01T00:00:00Z";
const NOW: &str = "2026-06-20T20:00:00Z";
/// How long a person waits for the first sentence.
const FIRST_SENTENCE: Duration = Duration::from_secs(30);

fn own(n: u64) -> String {
    format!("shop{n}-q{n}z@example.org")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Message `n` of the mailbox and where it lies.
fn letter(n: u64, arrived: Timestamp) -> (&'static str, Letter) {
    let to = own(n % ADDRESSES);
    let leaking = n % ADDRESSES == LEAKED && arrived >= at(LEAKED_FROM);
    let stray = n.is_multiple_of(401);
    let mut letter = if leaking || stray {
        let from = format!("win{n}@prize{}.example", n % 97);
        Letter::new(arrived, &from, &to, &format!("Prize {n}")).unsigned()
    } else {
        let from = format!("news@shop{}.example", n % ADDRESSES);
        Letter::new(arrived, &from, &to, &format!("Letter {n}"))
    };
    if n.is_multiple_of(20) {
        letter.message_id = None;
    }
    match n % 50 {
        11 => letter.to = format!("<{to}>, Ada <{}>", own((n + 3) % ADDRESSES)),
        12 => letter.to = "undisclosed-recipients:;".into(),
        13 => letter.subject = format!("=?ISO-2022-JP?B?GyRCJCpDTiRpJDsbKEI=?= {n}"),
        _ => {}
    }
    let mailbox = match (leaking || stray, n % 9) {
        (true, _) => "Spam",
        (false, 4) => "Archive",
        (false, _) => "INBOX",
    };
    (mailbox, letter)
}

/// Fills the server. Arrivals are spread evenly, so that some fall into the hour that a clock
/// change repeats or leaves out; every 30th message lies in two mailboxes.
fn fill(server: &Dovecot) {
    let (begin, end) = (at(BEGIN), at("2026-06-20T18:00:00Z"));
    let step = (end.as_second() - begin.as_second()) / MESSAGES.cast_signed();
    let mut files = 0;
    for n in 0..*MESSAGES {
        let arrived = begin + (step * n.cast_signed()).seconds();
        let (mailbox, letter) = letter(n, arrived);
        server.post(mailbox, files, &letter);
        files += 1;
        if n.is_multiple_of(30) && mailbox == "INBOX" {
            server.post("Archive", files, &letter);
            files += 1;
        }
    }
}

/// Messages by address and civil day: all, and junk.
type Counts = BTreeMap<(String, String), (u64, u64)>;

/// What the files of a Maildir say, counted without any code of the program: one message is one
/// Message-ID, Date, From and Subject; it counts at each of the user's addresses in To, else at
/// the one it was delivered to, on the day on which its file says that it arrived.
fn counted(store: &Path) -> Result<Counts> {
    let zone = TimeZone::get(ZONE)?;
    let mut messages: BTreeMap<[String; 4], (Vec<String>, Timestamp, bool)> = BTreeMap::new();
    for (folder, junk) in [("", false), (".Archive", false), (".Spam", true)] {
        for part in ["new", "cur"] {
            for entry in std::fs::read_dir(store.join(folder).join(part))? {
                let entry = entry?;
                let text = std::fs::read_to_string(entry.path())?;
                let header = text.split_once("\n\n").context("a header")?.0;
                let field = |name: &str| {
                    let mut lines = header.lines();
                    lines.find_map(|line| line.strip_prefix(&format!("{name}: ")))
                };
                let whom = |name: &str| -> Vec<String> {
                    let text = field(name).unwrap_or_default();
                    let words = text.split(['<', '>', ' ', ',']);
                    let own = words.filter(|word| word.ends_with("@example.org"));
                    own.map(str::to_owned).collect()
                };
                let mut recipients = whom("To");
                if recipients.is_empty() {
                    recipients = whom("Delivered-To");
                }
                let key = ["Message-ID", "Date", "From", "Subject"]
                    .map(|name| field(name).unwrap_or_default().to_owned());
                let arrived = Timestamp::try_from(entry.metadata()?.modified()?)?;
                let known = messages.entry(key).or_insert((recipients, arrived, junk));
                known.1 = known.1.min(arrived);
                known.2 |= junk;
            }
        }
    }
    let mut counts = Counts::new();
    for (recipients, arrived, junk) in messages.into_values() {
        let day = arrived.to_zoned(zone.clone()).date().to_string();
        for recipient in recipients {
            let (all, bad) = counts.entry((recipient, day.clone())).or_default();
            *all += 1;
            *bad += u64::from(junk);
        }
    }
    Ok(counts)
}

/// What the program counted, day by day.
fn shown(handle: &Handle) -> Result<Counts> {
    let picture = handle.picture()?;
    let mut counts = Counts::new();
    for address in &picture.addresses {
        let page =
            handle.read(|store| view::explain_json(&picture, store, handle.words(), address.id))?;
        for day in page["traffic"].as_array().context("days")? {
            let number = |key: &str| day[key].as_u64().unwrap_or_default();
            let all = number("junk") + number("stranger") + number("wanted");
            if all > 0 {
                let key = (
                    address.spec.to_string(),
                    day["day"].as_str().unwrap_or_default().to_owned(),
                );
                counts.insert(key, (all, number("junk")));
            }
        }
    }
    Ok(counts)
}

async fn start(data: &Path, server: &Dovecot) -> Result<Handle> {
    let handle = Handle::open(Start {
        data: data.to_owned(),
        clock: Clock::Fixed(at(NOW)),
        lang: Lang::En,
        vault: Arc::new(Memory::default()),
        shell: Arc::new(Heard::default()),
        zone: Some(ZONE.to_owned()),
    })?;
    let secret = (Secret(PASSWORD.into()), Keep::Memory);
    let account = server.account("ada@example.org");
    handle
        .add_account(account, Some(secret), vec!["example.org".into()])
        .await?;
    for n in 0..ADDRESSES {
        let give = Give {
            address: AddrSpec::parse(&own(n))?,
            service: format!("Example Shop {n}"),
            processors: Vec::new(),
            domains: vec![format!("shop{n}.example")],
            on: Some("2025-09-20".parse()?),
            also: vec![],
        };
        handle.change(Change::Give(give)).await?;
    }
    Ok(handle)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_thousand_messages_are_counted_to_the_message() -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    fill(&server);
    let before = server.snapshot().await;
    let home = tempfile::tempdir()?;
    let handle = start(home.path(), &server).await?;

    // The first sentence, with today's mail in it, comes long before the end: looked for at each
    // step of the reading, which waits meanwhile.
    let began = Instant::now();
    let today = at(NOW).to_zoned(TimeZone::get(ZONE)?).date();
    let sentence: OnceLock<(Duration, monitor::mailbox::Progress, String)> = OnceLock::new();
    let first = handle
        .scan(&[], &|_, step| {
            if sentence.get().is_some() {
                return;
            }
            let picture = handle.picture().expect("a picture");
            let mut days = picture.ledger.addresses.iter().flat_map(|a| &a.days);
            if days.any(|day| day.day == today && day.count != Default::default()) {
                let overview =
                    |store: &Store| view::overview(&picture, store, handle.words(), true);
                let overview = handle.read(overview).expect("an overview");
                let _ = sentence.set((began.elapsed(), step, overview.headline));
            }
        })
        .await?;
    let (waited, step, headline) = sentence.get().context("today is shown at no step")?;
    assert!(
        *waited < FIRST_SENTENCE,
        "{waited:?} until a first sentence"
    );
    assert!(
        step.read < *MESSAGES / 2,
        "shown before all is read: {step:?}"
    );
    assert!(
        step.total >= *MESSAGES,
        "how much is left is known: {step:?}"
    );
    assert!(!headline.is_empty(), "the screen opens with a sentence");
    assert_eq!(first[0].fault, None, "the reading comes to its end");

    // Right to the message: at every address on every day.
    let (expected, found) = (counted(&server.store())?, shown(&handle)?);
    let total: u64 = expected.values().map(|(all, _)| all).sum();
    assert_eq!(
        total,
        *MESSAGES + *MESSAGES / 50,
        "every 50th message is for two addresses"
    );
    let wrong: Vec<_> = expected
        .keys()
        .chain(found.keys())
        .filter(|key| expected.get(key) != found.get(key))
        .map(|key| (key, expected.get(key), found.get(key)))
        .take(5)
        .collect();
    assert!(wrong.is_empty(), "counted from files, and shown: {wrong:?}");

    // The one leak, and nothing else.
    let picture = handle.picture()?;
    let flags = view::flags_json(&picture, handle.words());
    let flags = flags.as_array().context("flags")?.iter();
    let flags: Vec<&Value> = flags
        .filter(|f| f["level"] != "unexpected_sender")
        .collect();
    assert_eq!(flags.len(), 1, "one address leaks: {flags:#?}");
    assert_eq!(flags[0]["address"], own(LEAKED));
    assert_eq!(
        flags[0]["service"],
        format!("Example Shop {LEAKED}"),
        "{:#}",
        flags[0]
    );

    // A second reading: next to nothing, and nothing new.
    let second = handle.scan(&[], &|_, _| {}).await?;
    let (first, second) = (first[0].cost, second[0].cost);
    eprintln!(
        "first sentence after {waited:?}; first {} bytes in {} round trips, second {} in {}",
        first.bytes_in, first.round_trips, second.bytes_in, second.round_trips
    );
    assert_eq!(second.messages_seen, 0, "nothing is fetched again");
    assert!(
        second.bytes_in * 100 < first.bytes_in,
        "{} of {} bytes is under 1 %",
        second.bytes_in,
        first.bytes_in
    );
    assert_eq!(shown(&handle)?, found, "and nothing is counted again");
    assert_eq!(
        before.differences(&server.snapshot().await),
        Vec::<String>::new(),
        "nothing on the server has changed"
    );
    handle.close();
    Ok(())
}
