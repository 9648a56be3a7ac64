//! Parts of messages that a rule asks for: they come as they were written, nothing else comes with
//! them, and whatever goes wrong costs no fact.

use acceptance::collector::Collector;
use acceptance::dovecot::{Abilities, Dovecot};
use acceptance::letter::Letter;
use acceptance::listed::carrying;
use acceptance::scripted_imap::{ScriptedImap, Step};
use exposure::{Security, Wanted, mail};
use monitor::mailbox::{Found, Want};
use std::fs;
use std::io::Write;
use std::path::Path;

const LIST: &[u8] = b"name,address\r\nAda,ada@example.org\r\n";
const TEXT: &str = "\u{65e5}\u{672c}\u{8a9e} and English.";

fn letter(day: i64) -> Letter {
    let begin: jiff::Timestamp = "2026-06-01T09:00:00Z".parse().unwrap();
    let at = begin + jiff::SignedDuration::from_hours(24 * day);
    Letter::new(
        at,
        "news@shop.example",
        "ada@example.org",
        &format!("Mail {day}"),
    )
}

/// A mail with a text, a large picture that nobody asks for, and a list.
fn mixed() -> String {
    let picture = vec![0x42; 2 << 20];
    let whole = carrying(&letter(1), TEXT, Some(("picture.png", &picture)));
    let list = format!(
        "--cut\nContent-Type: text/csv; name=\"list.csv\"\n\
         Content-Disposition: attachment; filename=\"list.csv\"\n\
         Content-Transfer-Encoding: quoted-printable\n\n{}--cut--\n",
        String::from_utf8_lossy(LIST).replace("\r\n", "\n")
    );
    whole.replace("--cut--\n", &list)
}

fn want(uid: u32, what: Wanted, mailbox: &str) -> Want {
    Want {
        message: i64::from(uid),
        mailbox: mailbox.into(),
        uid,
        what,
        subject: String::new(),
    }
}

/// What came of wants for the text and the lists of the first message and for one that is not
/// there.
fn check(ledger: &Collector, of: &str) {
    let found = |message: i64, what: Wanted| {
        let mut all = ledger.bodies.iter();
        let body = all.find(|body| body.want.message == message && body.want.what == what);
        body.unwrap_or_else(|| panic!("{of}: nothing came of {message}"))
            .found
            .clone()
    };
    match found(1, Wanted::Text) {
        Found::Text(entity) => assert_eq!(mail::body_text(&entity).trim(), TEXT, "{of}"),
        other => panic!("{of}: {other:?}"),
    }
    match found(1, Wanted::Lists) {
        Found::Lists(lists) => {
            let read: Vec<String> = lists
                .iter()
                .map(|list| String::from_utf8_lossy(list).replace("\r\n", "\n"))
                .collect();
            let list = String::from_utf8_lossy(LIST).replace("\r\n", "\n");
            assert_eq!(read.len(), 1, "{of}: the picture is none");
            assert_eq!(read[0].trim_end(), list.trim_end(), "{of}");
        }
        other => panic!("{of}: {other:?}"),
    }
    assert_eq!(found(99, Wanted::Text), Found::Gone, "{of}");
}

fn wants(mailbox: &str) -> Vec<Want> {
    vec![
        want(99, Wanted::Text, mailbox),
        want(1, Wanted::Lists, mailbox),
        want(1, Wanted::Text, mailbox),
    ]
}

#[tokio::test]
async fn only_the_part_that_is_wanted_leaves_the_server() {
    let server = Dovecot::start(Abilities::All);
    server.deliver("INBOX", letter(1).second(), 1, &mixed());
    server.post("INBOX", 2, &letter(2));
    let before = server.snapshot().await;
    let mut ledger = Collector {
        wants: wants("INBOX"),
        ..Collector::default()
    };
    let cost = ledger.read(&server.login()).await.unwrap();
    check(&ledger, "Dovecot");
    assert!(
        cost.bytes_in < 100_000,
        "the picture stays where it is: {} bytes",
        cost.bytes_in
    );
    let changes = before.differences(&server.snapshot().await);
    assert_eq!(changes, Vec::<String>::new(), "nothing has changed");
}

#[tokio::test]
async fn mail_on_this_pc_gives_the_same_parts() {
    let home = tempfile::tempdir().unwrap();
    let separator = "From made.up@example.net Mon Jun  1 09:00:00 2026\n";
    let mbox = format!("{separator}{}\n{separator}{}\n", mixed(), letter(2).text());
    let put = |path: &str, text: &str| {
        let path = home.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("mbox/Inbox.mbox", &mbox);
    put("maildir/cur/1000.a", &mixed());
    put("maildir/cur/2000.b", &letter(2).text());
    put("maildir/new/.keep", "");
    put("eml/1.eml", &mixed());
    put("eml/2.eml", &letter(2).text());
    let mut zip = zip::ZipWriter::new(fs::File::create(home.path().join("all.zip")).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("Inbox.mbox", options).unwrap();
    zip.write_all(mbox.as_bytes()).unwrap();
    zip.finish().unwrap();
    for path in ["mbox", "maildir", "eml", "all.zip"] {
        let path = home.path().join(path);
        let name = name_of(&path);
        let mut ledger = Collector {
            wants: wants(&name),
            ..Collector::default()
        };
        ledger.read_archive(&path).await.unwrap();
        check(&ledger, &path.display().to_string());
    }
}

/// The name of the one mailbox at a path.
fn name_of(path: &Path) -> String {
    let mut listed = monitor::mailbox::archive::check(path).unwrap();
    assert_eq!(listed.len(), 1, "{listed:?}");
    listed.remove(0).name
}

#[tokio::test]
async fn a_server_that_cannot_show_a_part_costs_no_fact() {
    let say = |text: &str| Step::Say(text.to_owned());
    let open = "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n{tag} OK\r\n";
    let answers = [
        ("no such message", vec![say("{tag} OK\r\n")]),
        ("it refuses", vec![say("{tag} NO not now\r\n")]),
        (
            "nonsense",
            vec![say(
                "* 1 FETCH (UID 3 BODYSTRUCTURE (\"TEXT\"))\r\n{tag} OK\r\n",
            )],
        ),
        ("it hangs up", vec![Step::HangUp]),
        (
            "a part that is empty",
            vec![
                say(
                    "* 1 FETCH (UID 3 BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 4000000000 1))\r\n{tag} OK\r\n",
                ),
                Step::Hear("BODY.PEEK[1]<0.262144>"),
                say("* 1 FETCH (UID 3 BODY[1]<0> NIL)\r\n{tag} OK\r\n"),
            ],
        ),
    ];
    for (what, answer) in answers {
        let mut script = vec![
            say("* OK ready\r\n"),
            Step::Hear("CAPABILITY"),
            say("* CAPABILITY IMAP4rev1\r\n{tag} OK\r\n"),
            Step::Hear("LOGIN"),
            say("{tag} OK\r\n"),
            Step::Hear("CAPABILITY"),
            say("* CAPABILITY IMAP4rev1\r\n{tag} OK\r\n"),
            Step::Hear("LIST"),
            say("* LIST () \"/\" INBOX\r\n{tag} OK\r\n"),
            Step::Hear("EXAMINE"),
            say(open),
            Step::Hear("UID SEARCH 1:1"),
            say("* SEARCH 3\r\n{tag} OK\r\n"),
            Step::Hear("UID FETCH 3:3"),
            say(
                "* 1 FETCH (UID 3 RFC822.SIZE 900 FLAGS () BODY[HEADER.FIELDS (SUBJECT)] {17}\r\nSubject: made up\n)\r\n{tag} OK\r\n",
            ),
            Step::Hear("EXAMINE"),
            say(open),
            Step::Hear("UID FETCH 3 (UID BODYSTRUCTURE)"),
        ];
        script.extend(answer);
        script.extend([Step::Hear("LOGOUT"), say("{tag} OK\r\n")]);
        let server = ScriptedImap::start(Security::None, None, script).await;
        let mut ledger = Collector {
            wants: vec![want(3, Wanted::Text, "INBOX")],
            ..Collector::default()
        };
        let read = ledger
            .read(&server.login("127.0.0.1", Security::None, None))
            .await;
        assert!(read.is_ok(), "{what}: {read:?}");
        assert_eq!(ledger.field("INBOX", "Subject"), ["made up"], "{what}");
        assert_eq!(ledger.mailbox("INBOX").complete, Some(1), "{what}");
    }
}
