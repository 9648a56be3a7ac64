//! The story: a list of customers in the mailbox, the apology of the same evening, and junk four
//! weeks later. What the mail itself shows decides what junk alone cannot.

use acceptance::child::wait_until;
use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use acceptance::letter::Letter;
use acceptance::listed::{carrying, workbook};
use acceptance::place::program;
use acceptance::watcher::{Heard, open};
use anyhow::{Context, Result};
use exposure::AddrSpec;
use jiff::{SignedDuration, Timestamp};
use monitor::actor::{ATTACHMENTS, Change, Give};
use monitor::attachment::{self, Own};
use monitor::confined::Worker;
use monitor::mailbox::Secret;
use monitor::vault::Memory;
use monitor::{Handle, Keep, view};
use serde_json::Value;
use std::sync::Arc;
use std::time::{Duration, Instant};

const WORK: &str = "mio@example.org";
const NAME: &str = "見本 ミオ";
const FIRM: &str = "Hoshimachi Denwa";
const SERVICES: i64 = 11;
const PEOPLE: i64 = 43;
const ON_THE_LIST: usize = 3_385;
/// The day of the list; junk begins four weeks later.
const LISTED: i64 = 120;
const JUNK: i64 = LISTED + 28;
const DAYS: i64 = JUNK + 21;
/// What is noticed must be noticed within this time.
const NOTICED: Duration = Duration::from_secs(60);

fn at(day: i64, hour: i64, minute: i64) -> Timestamp {
    let begin: Timestamp = "2026-01-01T00:00:00Z".parse().expect("an instant");
    begin + SignedDuration::from_mins((day * 24 + hour) * 60 + minute)
}

/// Whether the two mails of the story come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Story {
    Happens,
    DoesNot,
}

struct House {
    server: Dovecot,
    home: tempfile::TempDir,
    vault: Arc<Memory>,
    heard: Arc<Heard>,
    letters: u64,
}

impl House {
    fn new() -> Result<House> {
        Ok(House {
            server: Dovecot::start(Abilities::All),
            home: tempfile::tempdir()?,
            vault: Arc::new(Memory::default()),
            heard: Arc::new(Heard::default()),
            letters: 0,
        })
    }

    fn open(&self, now: Timestamp) -> Result<Handle> {
        let vault = self.vault.clone();
        open(
            self.home.path(),
            &now.to_string(),
            vault,
            self.heard.clone(),
        )
    }

    fn post(&mut self, mailbox: &str, letter: &Letter) {
        self.letters += 1;
        self.server.post(mailbox, self.letters, letter);
    }

    fn post_text(&mut self, letter: &Letter, text: &str) {
        self.letters += 1;
        self.server
            .deliver("INBOX", letter.second(), self.letters, text);
    }

    /// What comes on an ordinary day.
    fn ordinary(&mut self, day: i64) {
        if day % 3 == 0 {
            let from = format!("news@service{}.example", day / 3 % (SERVICES - 1));
            let news = Letter::new(at(day, 7, 0), &from, WORK, "News for you").subscribed();
            self.post("INBOX", &news);
        }
        // Addresses that are shown get a little junk whoever has them.
        if day % 12 == 5 {
            let from = format!("offer@stray-{day}.example");
            let stray = Letter::new(at(day, 8, 0), &from, WORK, "An offer").unsigned();
            self.post("Spam", &stray);
        }
        for k in 0..if day >= JUNK { 3 } else { 0 } {
            let from = format!("win@prize-{day}-{k}.example");
            let subject = format!("Prize {day} {k}");
            let junk = Letter::new(at(day, 9 + k, 0), &from, WORK, &subject).unsigned();
            self.post("Spam", &junk);
        }
    }

    /// Whom the user wrote to, under which name.
    fn written(&mut self) {
        for person in 0..PEOPLE {
            let to = format!("person{person}@friends.example");
            let letter = Letter::new(at(0, 6, person), WORK, &to, "Hello");
            let text = letter.text().replace(
                &format!("From: <{WORK}>"),
                &format!("From: {NAME} <{WORK}>"),
            );
            self.letters += 1;
            self.server
                .deliver("Sent", letter.second(), self.letters, &text);
        }
    }

    async fn record(&self, handle: &Handle) -> Result<()> {
        let secret = (Secret(PASSWORD.into()), Keep::Memory);
        handle
            .add_account(self.server.account(WORK), Some(secret), vec![])
            .await?;
        for service in 0..SERVICES {
            let (name, domain) = match service {
                10 => (FIRM.to_owned(), "hoshimachi.example".to_owned()),
                n => (format!("Service {n}"), format!("service{n}.example")),
            };
            let give = Give {
                address: AddrSpec::parse(WORK)?,
                service: name,
                processors: Vec::new(),
                domains: vec![domain],
                on: Some(format!("2025-{:02}-11", service % 9 + 2).parse()?),
                also: vec![],
            };
            handle.change(Change::Give(give)).await?;
        }
        let yes = Change::Setting(ATTACHMENTS, Some("yes".to_owned()));
        handle.change(yes).await?;
        Ok(())
    }

    /// A reading on an evening.
    async fn evening(&self, day: i64) -> Result<()> {
        let handle = self.open(at(day, 22, 0))?;
        let read = handle.scan(&[], &|_, _| {}).await?;
        assert_eq!(read[0].fault, None, "day {day}");
        handle.close();
        Ok(())
    }

    fn exposures(&self, handle: &Handle) -> Result<Vec<Value>> {
        let all = view::exposures_json(&*handle.picture()?)?;
        all.as_array().cloned().context("a list")
    }
}

/// The list, and the apology seven and a half hours later.
fn letters() -> (Letter, String, Letter, String) {
    let from = "info@hoshimachi.example";
    let list = Letter::new(
        at(LISTED, 13, 43),
        from,
        WORK,
        "=?UTF-8?B?44CQ6YeN6KaB44CR5paZ6YeR5pS55a6a77yIMeWGhuOBruWApOS4i+OBku+8ieOBq+OBpOOBhOOBpg==?=",
    );
    let text = "平素よりご利用いただき、誠にありがとうございます。\n来月ご利用分より月額料金を1円値下げいたします。\n詳しくは添付の資料をご覧ください。\n";
    let book = workbook(ON_THE_LIST, (NAME, WORK));
    let list_text = carrying(&list, text, Some(("ichiran.xlsx", &book)));
    let apology = Letter::new(
        at(LISTED, 21, 18),
        from,
        WORK,
        "=?UTF-8?B?44CQ44GK6Kmr44Gz44CR5pys5pel44GK6YCB44KK44GX44Gf44Oh44O844Or44Gr44Gk44GE44Gm?=",
    );
    let text = "本日13時43分ごろにお送りしたメールに、他のお客様の情報が含まれておりました。\nお手数ですが、当該メールと添付ファイルの削除をお願いいたします。\nご不安な場合は、メールアドレスの変更をご検討ください。\n来月分の月額料金を減額させていただきます。\nご迷惑をおかけし、深くお詫び申し上げます。\n";
    let apology_text = carrying(&apology, text, None);
    (list, list_text, apology, apology_text)
}

/// 13:43: the list lies in the mailbox. It is noticed while the program watches.
async fn the_list_comes(house: &mut House) -> Result<()> {
    let (list, text, ..) = letters();
    let handle = house.open(at(LISTED, 13, 44))?;
    let watching = tokio::spawn({
        let handle = handle.clone();
        async move { handle.watch(&|_, _| {}, &|_| {}).await }
    });
    let listens = || {
        let rows = view::accounts(&*handle.picture().ok()?, handle.words(), &handle.activity());
        rows.first()?.state.contains("counts at once").then_some(())
    };
    wait_until("the program listens", NOTICED, listens)?;
    // The server has to be asked to listen, which nothing shows from outside.
    tokio::time::sleep(Duration::from_secs(3)).await;
    house.heard.take();
    house.post_text(&list, &text);
    let came = Instant::now();
    let notice = wait_until("the list is noticed", NOTICED, || house.heard.take().pop())?;
    println!("the list is noticed after {:.1?}", came.elapsed());
    assert_eq!(notice.title, "A list of people was mailed to you");
    assert!(
        notice.text.contains(FIRM) && notice.text.contains("3,385 people, you among them"),
        "{notice:?}"
    );
    watching.abort();
    let all = house.exposures(&handle)?;
    assert_eq!(all.len(), 1, "{all:#?}");
    assert_eq!(all[0]["way"], "list");
    assert_eq!(all[0]["service"], FIRM);
    assert_eq!(all[0]["people"], ON_THE_LIST);
    assert_eq!(all[0]["addresses"][0], WORK);
    assert_eq!(all[0]["own_name"], true);
    assert_eq!(all[0]["corrected_by"], Value::Null, "hours before a word");
    let picture = handle.picture()?;
    let incidents = handle.read(|store| view::incidents_json(&picture, store))?;
    assert_eq!(incidents[0]["kind"], "exposure", "{incidents:#}");
    assert_eq!(incidents[0]["service"], FIRM);
    assert_eq!(incidents[0]["level"], Value::Null, "no junk has begun");
    let state = &view::addresses_json(&picture)[0]["state"];
    assert_eq!(state, "found");
    handle.close();
    Ok(())
}

/// 21:18: what the apology says, and what it leaves out.
async fn the_apology_comes(house: &mut House) -> Result<()> {
    let (_, _, apology, text) = letters();
    house.post_text(&apology, &text);
    house.heard.take();
    let handle = house.open(at(LISTED, 21, 20))?;
    let read = handle.scan(&[], &|_, _| {}).await?;
    assert_eq!(read[0].fault, None);
    let all = house.exposures(&handle)?;
    assert_eq!(all.len(), 2, "{all:#?}");
    let (notice, list) = (&all[0], &all[1]);
    assert_eq!(notice["standing"], "genuine", "{notice:#}");
    assert_eq!(notice["corrects"], list["exposure"]);
    assert_eq!(list["corrected_by"], notice["exposure"]);
    let quotes: Vec<&str> = (notice["says"].as_array().context("facts")?.iter())
        .filter_map(|said| said["quote"].as_str())
        .collect();
    for (what, words) in [
        ("when", "13時43分"),
        ("what it asks", "メールアドレスの変更をご検討ください"),
        ("what it offers", "月額料金を減額"),
    ] {
        let said = quotes.iter().any(|quote| quote.contains(words));
        assert!(said, "it says {what}: {quotes:#?}");
        assert!(
            quotes
                .iter()
                .all(|quote| text_of_apology().contains(quote.trim_matches('…'))),
            "nothing is said that it does not say: {quotes:#?}"
        );
    }
    let left_out: Vec<&str> = (notice["leaves_out"].as_array().context("items")?.iter())
        .filter_map(Value::as_str)
        .collect();
    for item in ["how", "people", "authority", "contact"] {
        assert!(
            left_out.contains(&item),
            "it leaves out {item}: {left_out:?}"
        );
    }
    let told = house.heard.take();
    assert!(
        told.iter()
            .any(|notice| notice.title == format!("A notice from {FIRM}")),
        "{told:?}"
    );
    let picture = handle.picture()?;
    let incidents = handle.read(|store| view::incidents_json(&picture, store))?;
    let cases = incidents.as_array().context("a list")?.len();
    assert_eq!(cases, 1, "the apology belongs to the case: {incidents:#}");
    handle.close();
    Ok(())
}

fn text_of_apology() -> String {
    let (.., text) = letters();
    exposure::mail::body_text(text.as_bytes())
}

/// The whole time, and what is said of the work address at its end.
async fn replayed(story: Story) -> Result<(Value, Value)> {
    let mut house = House::new()?;
    house.written();
    for day in 0..DAYS {
        house.ordinary(day);
        if day == 6 {
            let handle = house.open(at(day, 21, 0))?;
            house.record(&handle).await?;
            handle.close();
        }
        if day == LISTED && story == Story::Happens {
            house.evening(day - 1).await?;
            the_list_comes(&mut house).await?;
            the_apology_comes(&mut house).await?;
        } else if day % 7 == 6 {
            house.evening(day).await?;
        }
    }
    house.evening(DAYS - 1).await?;
    let handle = house.open(at(DAYS - 1, 23, 0))?;
    let picture = handle.picture()?;
    let flags = view::flags_json(&picture, handle.words());
    let incidents = handle.read(|store| view::incidents_json(&picture, store))?;
    let rows = view::exposures(&picture, handle.words());
    for row in &rows {
        println!("{}: {} {:?}", row.when, row.title, row.afterwards);
    }
    handle.close();
    let flag = flags.as_array().and_then(|all| all.first());
    Ok((flag.cloned().context("junk began")?, incidents))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_in_the_mailbox_decides_what_junk_cannot() -> Result<()> {
    let (without, _) = replayed(Story::DoesNot).await?;
    assert_eq!(without["address"], WORK);
    assert_eq!(without["level"], "junk_began", "{without:#}");
    assert_eq!(without["confidence"], "cannot_tell", "{without:#}");
    assert_eq!(without["service"], Value::Null);

    let (with, incidents) = replayed(Story::Happens).await?;
    assert_eq!(with["address"], WORK);
    assert_eq!(with["confidence"], "very_likely", "{with:#}");
    assert_eq!(with["service"], FIRM);
    let evidence = with["suspects"][0]["evidence"].as_array().context("why")?;
    let list = evidence.iter().find(|item| item["kind"] == "list_mailed");
    let list = list.with_context(|| format!("the list is named: {evidence:#?}"))?;
    println!("{} ({})", list["text"], list["log10_bayes_factor"]);
    assert!(
        list["log10_bayes_factor"].as_f64() > Some(1.0),
        "and speaks strongly: {list:#}"
    );
    let cases = incidents.as_array().context("a list")?;
    assert_eq!(cases.len(), 1, "junk belongs to the case: {incidents:#}");
    assert_eq!(cases[0]["level"], "likely_source", "{incidents:#}");
    Ok(())
}

/// Window and terminal are different programs: the window's libraries alone take more address
/// space than the child may use.
#[tokio::test]
async fn both_programs_count_the_list() -> Result<()> {
    let book = workbook(ON_THE_LIST, (NAME, WORK));
    let own = Own {
        addresses: vec![WORK.into()],
        names: vec![NAME.into()],
    };
    for name in ["atesaki", "atesaki-desktop"] {
        let worker = Worker::Child(program(name)?);
        let counted = attachment::count(&worker, &book, &own).await?;
        let counted = counted.with_context(|| format!("{name} comes to its end"))?;
        assert_eq!(counted.people as usize, ON_THE_LIST, "{name}");
        assert!(
            counted.complete && counted.holds_own(),
            "{name}: {counted:?}"
        );
    }
    Ok(())
}
