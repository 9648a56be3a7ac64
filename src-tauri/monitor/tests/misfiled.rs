//! Mail in Junk that is perhaps none, from raw mail to what is listed and notified. All mail here
//! is made up.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use exposure::{AddrSpec, Verdict};
use monitor::actor::{Change, Give};
use monitor::vault::Memory;
use monitor::{Clock, Handle, Lang, Notice, Shell, Start, Topic, view};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

const ME: &str = "me@example.org";

/// Hears what is notified.
#[derive(Default)]
struct Heard(Mutex<Vec<Notice>>);

impl Heard {
    fn take(&self) -> Vec<Notice> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl Shell for Heard {
    fn changed(&self, _topics: &[Topic]) {}
    fn notify(&self, notice: Notice) {
        self.0.lock().unwrap().push(notice);
    }
}

/// One message: who wrote it, when in 2026, and what else its header says.
#[derive(Clone, Copy)]
struct Letter {
    from: &'static str,
    to: &'static str,
    month: i8,
    day: i8,
    hour: i8,
    check: &'static str,
    answers: &'static str,
}

const LETTER: Letter = Letter {
    from: "Ada Lovely <ada@friend.example>",
    to: ME,
    month: 6,
    day: 1,
    hour: 9,
    check: "pass",
    answers: "",
};

/// What the user wrote to somebody.
const fn sent(to: &'static str, day: i8) -> Letter {
    Letter {
        from: ME,
        to,
        day,
        ..LETTER
    }
}

fn mailbox(folder: &Path, name: &str, letters: &[Letter]) {
    let mut text = String::new();
    for letter in letters {
        let at = jiff::civil::date(2026, letter.month, letter.day)
            .at(letter.hour, 41, 0, 0)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .unwrap();
        let date = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
        let domain = letter
            .from
            .rsplit('@')
            .next()
            .unwrap()
            .trim_end_matches('>');
        if letter.from != ME {
            writeln!(text, "From x {}", at.strftime("%a %b %e %H:%M:%S %Y")).unwrap();
            writeln!(
                text,
                "Received: from mx by mx.example.org for <{ME}>; {date}"
            )
            .unwrap();
            let check = letter.check;
            writeln!(
                text,
                "Authentication-Results: mx.example.org; dkim={check} header.d={domain}"
            )
            .unwrap();
        } else {
            writeln!(text, "From x {}", at.strftime("%a %b %e %H:%M:%S %Y")).unwrap();
        }
        if !letter.answers.is_empty() {
            writeln!(text, "In-Reply-To: <{}>", letter.answers).unwrap();
        }
        writeln!(
            text,
            "Message-ID: <{}.{}.{}.{}@{domain}>\nDate: {date}\nFrom: {}\nTo: {}\nSubject: made up\n\nMade up.\n",
            letter.month, letter.day, letter.hour, letter.to, letter.from, letter.to
        )
        .unwrap();
    }
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join(name), text).unwrap();
}

struct Home {
    folder: tempfile::TempDir,
    shell: Arc<Heard>,
}

impl Home {
    fn new() -> Home {
        Home {
            folder: tempfile::tempdir().unwrap(),
            shell: Arc::default(),
        }
    }

    fn lay(&self, name: &str, letters: &[Letter]) {
        mailbox(&self.folder.path().join("mail"), name, letters);
    }

    fn open(&self, now: &str) -> Handle {
        Handle::open(Start {
            data: self.folder.path().join("data"),
            clock: Clock::Fixed(now.parse().unwrap()),
            lang: Lang::En,
            vault: Arc::new(Memory::default()),
            shell: Arc::clone(&self.shell) as Arc<dyn Shell>,
            zone: Some("UTC".into()),
        })
        .unwrap()
    }

    /// The ledger on an evening, with the mail read once; everything so far was said.
    async fn begun(&self, now: &str) -> Handle {
        let handle = self.open(now);
        let own = vec![AddrSpec::parse(ME).unwrap()];
        let mail = self.folder.path().join("mail");
        handle.add_archive(&mail, own, vec![]).await.unwrap();
        handle.scan(&[], &|_, _| {}).await.unwrap();
        handle
    }
}

/// Sender, reason and number of each message that is found.
fn found(handle: &Handle) -> Vec<(String, String)> {
    let json = view::misfiled_json(&handle.picture().unwrap()).unwrap();
    let messages = json["messages"].as_array().unwrap();
    let text = |message: &serde_json::Value, key: &str| message[key].as_str().unwrap().to_owned();
    messages
        .iter()
        .map(|message| (text(message, "sender"), text(message, "why")))
        .collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

async fn give(handle: &Handle, service: &str, domain: &str) {
    let give = Give {
        address: AddrSpec::parse(ME).unwrap(),
        service: service.into(),
        domains: vec![domain.into()],
        processors: Vec::new(),
        on: None,
        also: Vec::new(),
    };
    handle.change(Change::Give(give)).await.unwrap();
}

fn sentences(handle: &Handle) -> Vec<String> {
    let picture = handle.picture().unwrap();
    view::misfiled(&picture, handle.words()).sentences
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn known_senders_in_junk_are_listed_until_the_user_has_said() {
    let home = Home::new();
    home.lay(
        "Inbox",
        &[Letter {
            from: "Shop <news@shop.example>",
            ..LETTER
        }],
    );
    home.lay(
        "Sent",
        &[sent("ada@friend.example", 2), sent("team@firm.example", 3)],
    );
    home.lay(
        "Junk",
        &[
            Letter { day: 18, ..LETTER },
            // In her name, and from somewhere else.
            Letter {
                day: 19,
                check: "fail",
                ..LETTER
            },
            Letter {
                day: 17,
                from: "Shop <news@shop.example>",
                ..LETTER
            },
            // In answer to what was sent, from another address.
            Letter {
                day: 16,
                from: "Bob <bob@home.example>",
                answers: "6.3.9.team@firm.example@example.org",
                ..LETTER
            },
            Letter {
                day: 15,
                from: "Win <win@prize.example>",
                answers: "never.sent@example.org",
                ..LETTER
            },
            Letter {
                day: 14,
                from: "Me <me@example.org>",
                ..LETTER
            },
        ],
    );
    let handle = home.begun("2026-06-20T12:00:00Z").await;
    give(&handle, "Example Shop", "shop.example").await;
    let ada = ("ada@friend.example", "person");
    let all = [
        ada,
        ("news@shop.example", "service"),
        ("bob@home.example", "answer"),
    ];
    assert_eq!(found(&handle), pairs(&all));
    assert_eq!(
        sentences(&handle),
        [
            "1 message from someone you write with is in the junk folder.",
            "1 answer to your mail is in the junk folder.",
            "1 message from a recorded service is in the junk folder.",
        ]
    );
    let picture = handle.picture().unwrap();
    assert_eq!(
        picture.misfiled.unverified, 1,
        "the forged one is counted apart"
    );
    let card = view::misfiled(&picture, handle.words());
    let who: Vec<&str> = card.rows.iter().map(|row| row.who.as_str()).collect();
    assert_eq!(
        who,
        ["Ada Lovely", "Example Shop", "bob@home.example"],
        "who only answers is shown by the address"
    );
    assert_eq!(card.rows[0].when, "18 June 9:41");

    // What the user says of it stands, and of a service it stands for all its mail.
    let say = |message, verdict| handle.change(Change::Correct { message, verdict });
    say(card.rows[0].message, Verdict::Wanted).await.unwrap();
    assert_eq!(found(&handle), pairs(&all[1..]));
    say(card.rows[1].message, Verdict::Junk).await.unwrap();
    assert_eq!(found(&handle), pairs(&all[2..]));
    handle.close();

    let later = home.open("2026-07-17T12:00:00Z");
    assert_eq!(found(&later), [], "junk folders empty themselves");
    later.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_known_sender_in_junk_is_notified_once_and_a_first_reading_only_in_its_summary() {
    let home = Home::new();
    home.lay("Inbox", &[LETTER]);
    home.lay(
        "Sent",
        &[sent("ada@friend.example", 2), sent("bob@home.example", 2)],
    );
    home.lay("Junk", &[Letter { day: 10, ..LETTER }]);
    let handle = home.begun("2026-06-18T12:00:00Z").await;
    let texts = |notices: &[Notice]| -> Vec<(String, String)> {
        let notices = notices.iter();
        notices.map(|n| (n.title.clone(), n.text.clone())).collect()
    };
    assert_eq!(
        texts(&home.shell.take()),
        pairs(&[(
            "First reading finished",
            "1 address, 0 services. 0 are worth a look. 1 message from someone you write with is in the junk folder."
        )])
    );
    handle.close();

    let first = Letter { day: 10, ..LETTER };
    let second = Letter { day: 19, ..LETTER };
    home.lay("Junk", &[first, second]);
    let handle = home.open("2026-06-19T20:00:00Z");
    handle.scan(&[], &|_, _| {}).await.unwrap();
    handle.assess().await.unwrap();
    assert_eq!(
        texts(&home.shell.take()),
        pairs(&[(
            "A known sender is in your junk folder",
            "Ada Lovely, today 9:41."
        )]),
        "once, and the first reading's is not told again"
    );

    // On the same day nothing more; the next day what came since, together.
    let third = Letter {
        day: 19,
        hour: 15,
        from: "<bob@home.example>",
        ..LETTER
    };
    let fourth = Letter {
        day: 19,
        hour: 16,
        ..LETTER
    };
    home.lay("Junk", &[first, second, third, fourth]);
    handle.scan(&[], &|_, _| {}).await.unwrap();
    assert_eq!(home.shell.take(), [], "at most one a day");
    handle.close();
    let handle = home.open("2026-06-20T08:00:00Z");
    handle.scan(&[], &|_, _| {}).await.unwrap();
    let told = home.shell.take();
    assert_eq!(
        texts(&told),
        pairs(&[(
            "2 messages in your junk folder may not be junk",
            "Ada Lovely, yesterday 16:41, and 1 more."
        )])
    );
    assert_eq!(told[0].address, None, "a click opens Overview");
    handle.close();

    // With addresses hidden nobody is named.
    let hide = Change::Setting("hide_addresses", Some("yes".into()));
    let handle = home.open("2026-06-21T08:00:00Z");
    handle.change(hide).await.unwrap();
    let fifth = Letter {
        day: 20,
        hour: 10,
        ..LETTER
    };
    home.lay("Junk", &[first, second, third, fourth, fifth]);
    handle.scan(&[], &|_, _| {}).await.unwrap();
    assert_eq!(
        texts(&home.shell.take()),
        pairs(&[("Atesaki", "There is something new.")])
    );
    handle.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_moved_out_of_junk_is_gone_from_the_list_and_its_subject_from_the_ledger() {
    let home = Home::new();
    home.lay("Inbox", &[LETTER]);
    home.lay("Sent", &[sent("ada@friend.example", 2)]);
    let misjudged = Letter { day: 18, ..LETTER };
    home.lay("Junk", &[misjudged]);
    let handle = home.begun("2026-06-20T12:00:00Z").await;
    assert_eq!(found(&handle).len(), 1);
    home.lay("Junk", &[]);
    home.lay("Inbox", &[LETTER, misjudged]);
    handle.scan(&[], &|_, _| {}).await.unwrap();
    assert_eq!(found(&handle), []);
    let address = handle.picture().unwrap().addresses[0].id;
    let messages = handle.read(|store| store.messages_of(address, 9)).unwrap();
    assert_eq!(messages.len(), 2);
    assert!(
        messages
            .iter()
            .all(|m| m.subject.is_empty() && m.verdict != Verdict::Junk),
        "wanted mail between people: {messages:?}"
    );
    handle.close();
}

/// Half a year of a shop's letters and old junk, and six junk messages a day from 2 June on.
fn leak() -> (Vec<Letter>, Vec<Letter>) {
    let (mut inbox, mut junk) = (Vec::new(), Vec::new());
    for month in 1..=5 {
        for day in (1..28).step_by(6) {
            let at = Letter {
                month,
                day,
                ..LETTER
            };
            inbox.push(Letter {
                from: "Shop <news@shop.example>",
                ..at
            });
            junk.push(Letter {
                from: "Old <old@other.example>",
                to: "other@example.org",
                ..at
            });
        }
    }
    for day in 2..=20 {
        for hour in 1..=6 {
            let from: &'static str = format!("Win <win{hour}@prize{day}.example>").leak();
            junk.push(Letter {
                from,
                day,
                hour,
                ..LETTER
            });
        }
    }
    (inbox, junk)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_a_first_reading_finds_stands_in_one_notification() {
    let home = Home::new();
    let (inbox, mut junk) = leak();
    home.lay("Inbox", &inbox);
    home.lay("Sent", &[sent("ada@friend.example", 2)]);
    junk.push(Letter { day: 19, ..LETTER });
    home.lay("Junk", &junk);
    let handle = home.begun("2026-06-20T12:00:00Z").await;
    let told = home.shell.take();
    let [summary] = told.as_slice() else {
        panic!("one summary: {told:?}");
    };
    assert!(
        summary
            .text
            .contains("1 is worth a look. 1 message from someone you write with"),
        "{summary:?}"
    );
    handle.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn junk_that_began_and_a_known_sender_in_junk_are_one_notification() {
    let home = Home::new();
    let (inbox, mut junk) = leak();
    home.lay("Inbox", &inbox);
    home.lay("Sent", &[sent("ada@friend.example", 2)]);
    let before: Vec<Letter> = junk.iter().filter(|l| l.month < 6).copied().collect();
    home.lay("Junk", &before);
    let handle = home.begun("2026-06-01T12:00:00Z").await;
    home.shell.take();
    handle.close();

    junk.push(Letter { day: 19, ..LETTER });
    home.lay("Junk", &junk);
    let handle = home.open("2026-06-20T23:00:00Z");
    handle.scan(&[], &|_, _| {}).await.unwrap();
    handle.assess().await.unwrap();
    let told = home.shell.take();
    let [both] = told.as_slice() else {
        panic!("one for both: {told:?}");
    };
    assert_eq!(both.title, "Junk began at me@example.org");
    assert!(
        both.text.ends_with("The source cannot be told yet. 1 message from someone you write with is in the junk folder."),
        "{both:?}"
    );
    assert_eq!(
        both.address, None,
        "a click opens Overview, where both stand"
    );
    handle.close();
}
