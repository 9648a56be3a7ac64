//! Servers that lie, break off or have somebody in between.

use acceptance::certificates::{Authority, Identity, Validity};
use acceptance::collector::Collector;
use acceptance::scripted_imap::{ScriptedImap, Step};
use exposure::Security;
use flate2::{Compress, Compression, FlushCompress};
use monitor::fault::{self, Code, Fault};
use monitor::mailbox::{self, Credential, Login, Secret, Trust};
use std::time::Duration;

fn say(text: &str) -> Step {
    Step::Say(text.to_owned())
}

/// A server without encryption that lets the user in and has one mailbox, up to the first FETCH.
fn until_fetch() -> Vec<Step> {
    vec![
        say("* OK ready\r\n"),
        Step::Hear("CAPABILITY"),
        say("* CAPABILITY IMAP4rev1\r\n{tag} OK\r\n"),
        Step::Hear("LOGIN \"ada@example.org\""),
        say("{tag} OK\r\n"),
        Step::Hear("CAPABILITY"),
        say("* CAPABILITY IMAP4rev1\r\n{tag} OK\r\n"),
        Step::Hear("LIST"),
        say("* LIST () \"/\" INBOX\r\n* LIST () \"/\" Work\r\n{tag} OK\r\n"),
        Step::Hear("EXAMINE \"INBOX\""),
        say("* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n{tag} OK\r\n"),
        Step::Hear("UID SEARCH 1:1"),
        say("* SEARCH 3\r\n{tag} OK\r\n"),
        Step::Hear("UID FETCH 3:3"),
    ]
}

/// The whole of a short message, as an answer to FETCH.
const MESSAGE: &str = "* 1 FETCH (UID 3 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" RFC822.SIZE 900 FLAGS () \
                       BODY[HEADER.FIELDS (SUBJECT)] {17}\r\nSubject: made up\n)\r\n{tag} OK\r\n";

async fn fault_of_check(login: &Login) -> Fault {
    let error = mailbox::imap::check(login)
        .await
        .expect_err("this server is not to be trusted");
    assert!(
        !format!("{error:?}").contains("made-up-secret"),
        "no error holds the password"
    );
    fault::of(&error)
}

/// What an account on a plain loopback server with this script ends in.
async fn fault_of_read(script: Vec<Step>) -> (Code, Collector) {
    let server = ScriptedImap::start(Security::None, None, script).await;
    let login = server.login("127.0.0.1", Security::None, None);
    let mut ledger = Collector::default();
    let error = ledger
        .read(&login)
        .await
        .expect_err("this server does not get to its end");
    (fault::of(&error).code, ledger)
}

#[tokio::test]
async fn sends_nothing_where_encryption_is_stripped() {
    let authority = Authority::new();
    let identity = authority.identity(&["localhost"], Validity::Now);
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, &authority.pem).unwrap();
    let offer = || {
        vec![
            say("* OK ready\r\n"),
            Step::Hear("CAPABILITY"),
            say("* CAPABILITY IMAP4rev1 STARTTLS\r\n{tag} OK\r\n"),
            Step::Hear("STARTTLS"),
        ]
    };
    let not_offered = vec![
        say("* OK ready\r\n"),
        Step::Hear("CAPABILITY"),
        say("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK\r\n"),
    ];
    let injected = [
        offer(),
        vec![
            say("{tag} OK begin\r\n* PREAUTH come in\r\n"),
            Step::Handshake,
        ],
    ]
    .concat();
    let text_for_handshake = [
        offer(),
        vec![say("{tag} OK begin\r\n"), say("* CAPABILITY IMAP4rev1\r\n")],
    ]
    .concat();
    let refused = [offer(), vec![say("{tag} NO not today\r\n")]].concat();
    for (case, script) in [
        ("STARTTLS is not offered", not_offered),
        (
            "the server claims to know us",
            vec![say("* PREAUTH come in\r\n")],
        ),
        ("bytes come before the handshake", injected),
        (
            "text comes in the place of the handshake",
            text_for_handshake,
        ),
        ("STARTTLS is refused", refused),
    ] {
        let server = ScriptedImap::start(Security::Starttls, Some(&identity), script).await;
        let login = server.login("localhost", Security::Starttls, Some(ca.clone()));
        assert_eq!(
            fault_of_check(&login).await.code,
            Code::EncryptionStripped,
            "{case}"
        );
        let heard = server.heard().join("\n");
        assert!(
            !heard.contains("ada") && !heard.contains("made-up-secret"),
            "{case}: nothing was sent, but {heard:?}"
        );
    }
}

#[tokio::test]
async fn enters_by_starttls_where_all_is_well() {
    let authority = Authority::new();
    let identity = authority.identity(&["localhost"], Validity::Now);
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, &authority.pem).unwrap();
    let script = vec![
        say("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n"),
        Step::Hear("CAPABILITY"),
        say("* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\n{tag} OK\r\n"),
        Step::Hear("STARTTLS"),
        say("{tag} OK begin\r\n"),
        Step::Handshake,
        Step::Hear("CAPABILITY"),
        say("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK\r\n"),
        Step::Hear("AUTHENTICATE PLAIN"),
        say("+ go ahead, this is no base64\r\n"),
        Step::Hear("AGFkYUBleGFtcGxlLm9yZwBtYWRlLXVwLXNlY3JldA=="),
        say("a2 OK in\r\n"),
        Step::Hear("CAPABILITY"),
        say("* CAPABILITY IMAP4rev1 SPECIAL-USE\r\n{tag} OK\r\n"),
        Step::Hear("LIST"),
        say("* LIST (\\Noselect) \"/\" x\r\n* LIST () \"/\" INBOX\r\n{tag} OK\r\n"),
    ];
    let server = ScriptedImap::start(Security::Starttls, Some(&identity), script).await;
    let login = server.login("localhost", Security::Starttls, Some(ca));
    let listed = mailbox::imap::check(&login).await.unwrap();
    assert_eq!(
        listed.len(),
        1,
        "capabilities of before the handshake no longer count"
    );
}

#[tokio::test]
async fn sends_what_no_quoted_string_can_hold_as_a_literal() {
    let script = vec![
        say("* OK ready\r\n"),
        Step::Hear("CAPABILITY"),
        say("* CAPABILITY IMAP4rev1\r\n{tag} OK\r\n"),
        Step::Hear(r#"LOGIN "a \"q\" \\ da" {10}"#),
        say("+ \r\n"),
        Step::Hear("pässwörd"),
        say("a2 OK in\r\n"),
        Step::Nod(1),
        Step::Hear("LIST"),
        say("* LIST () \"/\" INBOX\r\n{tag} OK\r\n"),
    ];
    let server = ScriptedImap::start(Security::None, None, script).await;
    let mut login = server.login("localhost", Security::None, None);
    login.login = r#"a "q" \ da"#.into();
    login.credential = Credential::Password(Secret("pässwörd".into()));
    assert_eq!(mailbox::imap::check(&login).await.unwrap().len(), 1);
}

#[tokio::test]
async fn sends_nothing_to_a_server_whose_certificate_is_wrong() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, &authority.pem).unwrap();
    for (case, identity) in [
        (
            "expired",
            authority.identity(&["localhost"], Validity::Expired),
        ),
        (
            "signed by a stranger",
            stranger.identity(&["localhost"], Validity::Now),
        ),
        (
            "for another host",
            authority.identity(&["mail.example.org"], Validity::Now),
        ),
    ] {
        let server =
            ScriptedImap::start(Security::Tls, Some(&identity), vec![say("* OK ready\r\n")]).await;
        let login = server.login("localhost", Security::Tls, Some(ca.clone()));
        let fault = fault_of_check(&login).await;
        assert_eq!(fault.code, Code::Certificate, "{case}");
        assert_eq!(
            fault.values()[0],
            ("host", "localhost"),
            "{case}: the sentence names the host"
        );
        assert!(server.heard().is_empty(), "{case}: nothing was sent");
    }
}

/// The one certificate of a small server, which signed it itself and gave it to its users.
#[tokio::test]
async fn believes_a_self_signed_server_whose_certificate_was_given() {
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    let greeting = || vec![say("* OK ready\r\n"), Step::Nod(4)];
    let check = async |given: &Authority, shown: &Identity| {
        std::fs::write(&ca, &given.pem).unwrap();
        let server = ScriptedImap::start(Security::Tls, Some(shown), greeting()).await;
        let login = server.login("localhost", Security::Tls, Some(ca.clone()));
        let listed = mailbox::imap::check(&login).await;
        listed.map_err(|error| fault::of(&error).code)
    };
    let (own, shown) = Authority::of_a_server(&["localhost"], Validity::Now);
    assert!(check(&own, &shown).await.is_ok(), "the one that was given");
    let (_, another) = Authority::of_a_server(&["localhost"], Validity::Now);
    let (expired, old) = Authority::of_a_server(&["localhost"], Validity::Expired);
    let (elsewhere, other) = Authority::of_a_server(&["mail.example.org"], Validity::Now);
    for (case, given, shown) in [
        ("another that looks alike", &own, &another),
        ("one that has expired", &expired, &old),
        ("one for another host", &elsewhere, &other),
    ] {
        let refused = check(given, shown).await.err();
        assert_eq!(refused, Some(Code::Certificate), "{case}");
    }
}

#[tokio::test]
async fn tells_hosts_that_cannot_be_reached_apart() {
    let server = ScriptedImap::start(Security::None, None, vec![]).await;
    let free = std::net::TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let mut login = server.login("127.0.0.1", Security::Tls, None);
    login.port = free;
    assert_eq!(
        fault_of_check(&login).await.code,
        Code::NoConnection,
        "nothing listens there"
    );
    login.host = "no-such-host.invalid".into();
    assert_eq!(fault_of_check(&login).await.code, Code::UnknownHost);
    for host in ["mail.example.org", "192.0.2.1", "localhost.example.org"] {
        let login = server.login(host, Security::None, None);
        assert_eq!(
            fault_of_check(&login).await.code,
            Code::PlainRefused,
            "{host} is not this PC"
        );
    }
    let mut login = server.login(
        "localhost",
        Security::Tls,
        Some("/nonexistent/ca.pem".into()),
    );
    assert_eq!(
        fault_of_check(&login).await.code,
        Code::CannotRead,
        "the certificate file is not there"
    );
    login.trust = Trust::System;
}

#[tokio::test]
async fn keeps_what_was_reported_when_the_server_hangs_up_in_a_fetch() {
    let whole = [
        until_fetch(),
        vec![
            say(MESSAGE),
            Step::Hear("EXAMINE \"Work\""),
            say("* 2 EXISTS\r\n* OK [UIDVALIDITY 8] x\r\n* OK [UIDNEXT 3] x\r\n{tag} OK\r\n"),
            Step::Hear("UID SEARCH 1:2"),
            say("* SEARCH 1 2\r\n{tag} OK\r\n"),
            Step::Hear("UID FETCH 1:2"),
            say("* 1 FETCH (UID 1 RFC822.SIZE 900 BODY[HEADER.FIELDS (SUBJECT)] {500}\r\nSubject: cut"),
            Step::HangUp,
        ],
    ]
    .concat();
    let (code, ledger) = fault_of_read(whole).await;
    assert_eq!(code, Code::ConnectionLost);
    assert_eq!(
        ledger.field("INBOX", "Subject"),
        ["made up"],
        "what was whole is kept"
    );
    assert_eq!(
        ledger.mailbox("Work").cursor.uidvalidity,
        0,
        "what was cut is read again next time"
    );
}

#[tokio::test]
async fn is_not_filled_up_by_a_server_that_never_ends() {
    let endless_line = [until_fetch(), vec![Step::Repeat("a".repeat(65_536))]].concat();
    let huge_literal = [
        until_fetch(),
        vec![
            say("* 1 FETCH (UID 3 BODY[HEADER.FIELDS (SUBJECT)] {4000000000}\r\n"),
            Step::Repeat("a".repeat(65_536)),
        ],
    ]
    .concat();
    let endless_greeting = vec![Step::Repeat("* OK ".repeat(1000))];
    let no_imap = vec![say("HTTP/1.1 400 Bad Request\r\n\r\n")];
    let null_date = [
        until_fetch(),
        vec![say(
            "* 1 FETCH (UID 3 INTERNALDATE NIL RFC822.SIZE 1)\r\n{tag} OK\r\n",
        )],
    ]
    .concat();
    for (case, script) in [
        ("an endless line", endless_line),
        ("a huge literal", huge_literal),
        ("an endless greeting", endless_greeting),
        ("no IMAP at all", no_imap),
        ("a date that breaks the parser", null_date),
    ] {
        assert_eq!(
            fault_of_read(script).await.0,
            Code::ServerNonsense,
            "{case}"
        );
    }
}

#[tokio::test]
async fn tells_a_wrong_password_from_a_server_in_trouble() {
    let answered = |answer: &str| {
        vec![
            say("* OK ready\r\n"),
            Step::Hear("CAPABILITY"),
            say("* CAPABILITY IMAP4rev1\r\n{tag} OK\r\n"),
            Step::Hear("LOGIN"),
            say(answer),
        ]
    };
    for (answer, expected) in [
        (
            "{tag} NO [AUTHENTICATIONFAILED] no\r\n",
            Code::PasswordRefused,
        ),
        ("{tag} NO wrong\r\n", Code::PasswordRefused),
        ("{tag} NO [UNAVAILABLE] later\r\n", Code::ServerRefused),
        ("{tag} BAD what\r\n", Code::ServerRefused),
    ] {
        assert_eq!(
            fault_of_read(answered(answer)).await.0,
            expected,
            "{answer}"
        );
    }
    let full = vec![say("* BYE too many of you\r\n")];
    assert_eq!(
        fault_of_read(full).await.0,
        Code::ServerRefused,
        "a goodbye is no lost connection"
    );
    assert_eq!(
        fault_of_read(vec![Step::HangUp]).await.0,
        Code::ConnectionLost
    );
}

/// Logs in, up to the list of mailboxes, on a server that can do this besides.
fn until_list(capability: &str) -> Vec<Step> {
    vec![
        Step::Say(format!("* OK [CAPABILITY IMAP4rev1{capability}] ready\r\n")),
        Step::Hear("LOGIN"),
        Step::Say(format!(
            "{{tag}} OK [CAPABILITY IMAP4rev1{capability}] in\r\n"
        )),
    ]
}

#[tokio::test]
async fn is_not_filled_up_by_a_million_mailboxes() {
    let mut many = String::new();
    for number in 0..1_000_000 {
        many.push_str(&format!("* LIST () \"/\" n{number}\r\n"));
    }
    many.push_str("{tag} OK\r\n");
    let script = [until_list(""), vec![Step::Hear("LIST"), Step::Say(many)]].concat();
    let (code, ledger) = fault_of_read(script).await;
    assert_eq!(code, Code::ServerNonsense);
    assert!(ledger.mailboxes.is_empty(), "nothing of it is kept");
}

#[tokio::test]
async fn is_not_filled_up_by_an_answer_that_unfolds_without_end() {
    let mut folding = Compress::new(Compression::best(), false);
    let mut bomb = Vec::with_capacity(2 << 20);
    let piece = vec![b'a'; 1 << 20];
    // A gigabyte in a megabyte.
    for _ in 0..1024 {
        folding
            .compress_vec(&piece, &mut bomb, FlushCompress::None)
            .unwrap();
    }
    assert!(bomb.len() < 2 << 20, "it is small on the way");
    let script = [
        until_list(" COMPRESS=DEFLATE"),
        vec![
            Step::Hear("COMPRESS DEFLATE"),
            say("{tag} OK\r\n"),
            Step::Bytes(bomb),
        ],
    ]
    .concat();
    let server = ScriptedImap::start(Security::None, None, script).await;
    let mut login = server.login("127.0.0.1", Security::None, None);
    login.compress = true;
    let fault = fault_of_check(&login).await;
    assert_eq!(fault.code, Code::ServerNonsense);
}

#[tokio::test]
async fn shows_no_control_characters_of_a_mailbox_name() {
    // "&AAo-" is a line feed and "&ABs-" an escape in modified UTF-7.
    let script = [
        until_list(""),
        vec![
            Step::Hear("LIST"),
            say("* LIST () \"/\" \"&ABs-[2Jclear&AAo-line\"\r\n* LIST () \"/\" INBOX\r\n{tag} OK\r\n"),
        ],
    ]
    .concat();
    let server = ScriptedImap::start(Security::None, None, script).await;
    let login = server.login("127.0.0.1", Security::None, None);
    let listed = mailbox::imap::check(&login).await.unwrap();
    assert_eq!(listed.len(), 2, "both can be opened");
    for mailbox in listed {
        let shown = exposure::show::shown(&mailbox.name, 100);
        assert!(
            !shown.chars().any(char::is_control),
            "{shown:?} reaches no screen as it is"
        );
    }
}

#[tokio::test]
async fn hears_a_server_that_floods_as_seldom_as_any_other() {
    let script = [
        until_list(" IDLE"),
        vec![
            Step::Hear("EXAMINE"),
            say("* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n{tag} OK\r\n"),
            Step::Hear("IDLE"),
            say("+ idling\r\n"),
            Step::Repeat("* 2 EXISTS\r\n* 1 EXPUNGE\r\n".repeat(1000)),
        ],
    ]
    .concat();
    let server = ScriptedImap::start(Security::None, None, script).await;
    let login = server.login("127.0.0.1", Security::None, None);
    let told = std::sync::atomic::AtomicU64::new(0);
    let tell = || {
        told.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    };
    let listening = mailbox::imap::listen(&login, "INBOX", &tell);
    // It ends by itself when the answer to DONE never comes, or is ended by the clock here.
    let outcome = tokio::time::timeout(Duration::from_secs(8), listening).await;
    assert!(
        !matches!(outcome, Ok(Ok(()))),
        "a flood is no orderly end: {outcome:?}"
    );
    assert!(
        told.into_inner() <= 4,
        "news is told at most every two seconds"
    );
}
