//! Everything that can go wrong between a person, the terminal program, a server and a disk: a
//! sentence that says what to do, exit status 1, and nothing stored is lost.

use acceptance::certificates::{Authority, Validity};
use acceptance::child::wait_until;
use acceptance::dovecot::{Abilities, Dovecot, LOGIN, PASSWORD};
use acceptance::keyring::Keyring;
use acceptance::letter::Letter;
use acceptance::notification_recorder::NotificationRecorder;
use acceptance::scripted_imap::{ScriptedImap, Step};
use acceptance::terminal::{Run, Terminal};
use anyhow::{Context, Result};
use exposure::Security;
use monitor::fault::Code;
use monitor::{Lang, Words};
use std::path::Path;
use std::time::Duration;

const NOW: &str = "2026-06-20T20:00:00Z";

/// A ledger in which something is recorded already, and its facts, which no fault may change.
struct Recorded {
    home: tempfile::TempDir,
    terminal: Terminal,
    facts: String,
}

impl Recorded {
    async fn start() -> Result<Recorded> {
        let home = tempfile::tempdir()?;
        let mut terminal = Terminal::new(home.path());
        terminal.now = Some(NOW);
        let give = ["give", "shop-k7f2@example.org", "Example Shop"];
        anyhow::ensure!(terminal.run(&give, "").await?.status == Some(0), "recorded");
        let mut recorded = Recorded {
            home,
            terminal,
            facts: String::new(),
        };
        recorded.facts = recorded.now_recorded().await?;
        Ok(recorded)
    }

    async fn now_recorded(&self) -> Result<String> {
        let mut facts = String::new();
        for list in ["addresses", "services", "flags", "incidents"] {
            let run = self.terminal.run(&[list, "--json"], "").await?;
            anyhow::ensure!(run.status == Some(0), "{list}: {}", run.err);
            facts.push_str(&run.out);
        }
        Ok(facts)
    }

    /// Holds that a run could not be done, said so in the words of this code, and lost nothing.
    async fn refused(&self, case: &str, run: &Run, code: Code) -> Result<()> {
        said(case, run, code);
        assert_eq!(
            self.now_recorded().await?,
            self.facts,
            "{case}: what was recorded stays"
        );
        Ok(())
    }
}

/// Holds that a run ended with 1 and with the sentence of this code and what to do.
fn said(case: &str, run: &Run, code: Code) {
    assert_eq!(run.status, Some(1), "{case}: {}", run.err);
    let texts = Words::of(Lang::En).texts();
    for key in ["", ".action"] {
        let text = &texts[&format!("fault.{}{key}", code.word())];
        // What a sentence is filled with differs; the longest piece between is its own.
        let pieces = text.split(['{', '}']);
        let own = pieces.max_by_key(|piece| piece.len()).unwrap_or_default();
        assert!(run.err.contains(own), "{case} says {own:?}: {}", run.err);
    }
}

fn say(text: &str) -> Step {
    Step::Say(text.to_owned())
}

/// A server without encryption that has one mailbox, up to the first FETCH.
fn until_fetch() -> Vec<Step> {
    vec![
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
        say("* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n{tag} OK\r\n"),
        Step::Hear("UID SEARCH"),
        say("* SEARCH 3\r\n{tag} OK\r\n"),
        Step::Hear("UID FETCH"),
    ]
}

/// `account add` for a server on this PC.
async fn add(
    terminal: &Terminal,
    server: &str,
    security: &str,
    more: &[&str],
    password: &str,
) -> Result<Run> {
    let args = [
        &["account", "add", "ada@example.org", "--server", server],
        &["--security", security, "--login", LOGIN, "--password-stdin"][..],
        more,
    ]
    .concat();
    terminal.run(&args, &format!("{password}\n")).await
}

#[tokio::test]
async fn a_server_that_cannot_be_trusted_is_given_nothing() -> Result<()> {
    let ledger = Recorded::start().await?;
    let (authority, stranger) = (Authority::new(), Authority::new());
    let ca = ledger.home.path().join("ca.pem");
    std::fs::write(&ca, &authority.pem)?;
    let ca = ["--ca-file", ca.to_str().context("a path")?];

    let run = add(&ledger.terminal, "no-such-host.invalid", "tls", &[], "x").await?;
    ledger
        .refused("an unknown host", &run, Code::UnknownHost)
        .await?;
    for (case, identity) in [
        (
            "expired",
            authority.identity(&["localhost"], Validity::Expired),
        ),
        ("foreign", stranger.identity(&["localhost"], Validity::Now)),
    ] {
        let greeting = vec![say("* OK ready\r\n")];
        let peer = ScriptedImap::start(Security::Tls, Some(&identity), greeting).await;
        let run = add(&ledger.terminal, &peer.host(), "tls", &ca, "x").await?;
        ledger.refused(case, &run, Code::Certificate).await?;
        assert!(peer.heard().is_empty(), "{case}: nothing was sent");
    }
    let identity = authority.identity(&["localhost"], Validity::Now);
    let hello = |capability: &str| {
        vec![
            say("* OK ready\r\n"),
            Step::Hear("CAPABILITY"),
            say(&format!("* CAPABILITY {capability}\r\n{{tag}} OK\r\n")),
        ]
    };
    let early = vec![
        Step::Hear("STARTTLS"),
        say("{tag} OK begin\r\n* OK before the handshake\r\n"),
        Step::Handshake,
    ];
    for (case, script) in [
        ("STARTTLS is not offered", hello("IMAP4rev1")),
        (
            "bytes come before the handshake",
            [hello("IMAP4rev1 STARTTLS"), early].concat(),
        ),
    ] {
        let peer = ScriptedImap::start(Security::Starttls, Some(&identity), script).await;
        let run = add(&ledger.terminal, &peer.host(), "starttls", &ca, "x").await?;
        ledger.refused(case, &run, Code::EncryptionStripped).await?;
        let heard = peer.heard().join("\n");
        assert!(!heard.contains("LOGIN"), "{case}: {heard:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_server_that_breaks_off_or_never_ends_loses_nothing() -> Result<()> {
    for (case, answer, code) in [
        (
            "it closes in the middle of a message",
            vec![
                say("* 1 FETCH (UID 3 RFC822.SIZE 900 BODY[HEADER.FIELDS (SUBJECT)] {500}\r\nSub"),
                Step::HangUp,
            ],
            Code::ConnectionLost,
        ),
        (
            "a line without an end",
            vec![Step::Repeat("a".repeat(65_536))],
            Code::ServerNonsense,
        ),
    ] {
        let mut ledger = Recorded::start().await?;
        let script = [until_fetch(), answer].concat();
        let peer = ScriptedImap::start(Security::None, None, script).await;
        let host = peer.host();
        let args = [
            &["account", "add", "ada@example.org", "--security", "none"],
            &["--login", LOGIN, "--server", &host][..],
            &["--password-command", "echo made-up"],
        ]
        .concat();
        let added = ledger.terminal.run(&args, "").await?;
        assert_eq!(added.status, Some(0), "{case}: {}", added.err);
        ledger.facts = ledger.now_recorded().await?;
        let run = ledger.terminal.run(&["scan"], "").await?;
        ledger.refused(case, &run, code).await?;
    }
    Ok(())
}

/// One account on a real server: the wrong password and the right one, without a keychain and
/// with one, a full disk, two readers; and the password stands nowhere afterwards.
#[tokio::test]
async fn the_password_is_nowhere_and_two_do_not_read_at_once() -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    let begin: jiff::Timestamp = "2026-01-01T00:00:00Z".parse()?;
    for n in 0..400_u32 {
        let arrived = begin + jiff::SignedDuration::from_hours(i64::from(n));
        let letter = Letter::new(
            arrived,
            "news@shop.example.net",
            "shop-k7f2@example.org",
            "News",
        );
        server.post("INBOX", u64::from(n), &letter);
    }
    let host = format!("localhost:{}", server.port());
    let ca = server.ca_file();
    let ca = ["--ca-file", ca.to_str().context("a path")?];
    let ledger = Recorded::start().await?;
    let mut heard = String::new();
    let mut hear = |run: &Run| {
        heard.push_str(&run.out);
        heard.push_str(&run.err);
    };

    let wrong = add(&ledger.terminal, &host, "tls", &ca, "wr0ng-qx7zv").await?;
    ledger
        .refused("a wrong password", &wrong, Code::PasswordRefused)
        .await?;
    hear(&wrong);

    // Without a keychain the account is recorded, and its password lives as long as the program.
    let added = add(&ledger.terminal, &host, "tls", &ca, PASSWORD).await?;
    assert_eq!(added.status, Some(0), "{}", added.err);
    let words = Words::of(Lang::En);
    assert!(
        added.err.contains(&words.say("terminal.typed_each_start")),
        "it says that it keeps no password: {}",
        added.err
    );
    hear(&added);
    let scan = ledger.terminal.run(&["scan"], "").await?;
    said("nobody is there to type it", &scan, Code::NoKeychain);
    hear(&scan);
    let removed = ledger
        .terminal
        .run(&["account", "remove", "ada@example.org"], "")
        .await?;
    assert_eq!(removed.status, Some(0), "{}", removed.err);

    // With a keychain it is found there. What the program notifies is recorded, and not read.
    let _bus = NotificationRecorder::start()?;
    let _keyring = Keyring::start()?;
    let mut terminal = Terminal::with_keychain(ledger.home.path());
    terminal.now = Some(NOW);
    let added = add(&terminal, &host, "tls", &ca, PASSWORD).await?;
    assert_eq!(added.status, Some(0), "{}", added.err);
    hear(&added);

    // A disk that is full in the middle of the reading, and then is not.
    let file = ledger.home.path().join("ledger.sqlite");
    terminal.file_limit = Some(std::fs::metadata(&file)?.len() + 8192);
    let full = terminal.run(&["scan"], "").await?;
    said("a full disk", &full, Code::DiskFull);
    hear(&full);
    terminal.file_limit = None;
    let scan = terminal.run(&["scan"], "").await?;
    assert_eq!(scan.status, Some(0), "{}", scan.err);
    hear(&scan);
    let why = ["explain", "shop-k7f2@example.org", "--json"];
    let why: serde_json::Value = serde_json::from_str(&terminal.run(&why, "").await?.out)?;
    assert_eq!(
        why["services"][0], "Example Shop",
        "what was recorded stays"
    );
    let days = why["traffic"].as_array().context("days")?.iter();
    let number = |day: &serde_json::Value, key: &str| day[key].as_u64().unwrap_or_default();
    let counted: u64 = days
        .map(|d| number(d, "stranger") + number(d, "wanted"))
        .sum();
    assert_eq!(counted, 400, "it went on, and counted each message once");

    // One reads, another is told to wait.
    let mut watching = terminal.command(&["watch"])?.spawn()?;
    let lock = ledger.home.path().join("ledger.lock");
    wait_until("somebody watches", Duration::from_secs(20), || {
        let file = std::fs::File::options().write(true).open(&lock).ok()?;
        file.try_lock().is_err().then_some(())
    })?;
    for second in ["scan", "watch"] {
        let run = terminal.run(&[second], "").await?;
        said(second, &run, Code::AlreadyReading);
        hear(&run);
    }
    watching.kill().await?;
    let output = watching.wait_with_output().await?;
    heard.push_str(&String::from_utf8_lossy(&output.stdout));
    heard.push_str(&String::from_utf8_lossy(&output.stderr));

    assert!(heard.contains("ada@example.org"), "something was heard");
    for secret in [PASSWORD, "qx7zv", "\\\"t\\\\ pass", "pass wörd"] {
        assert!(!heard.contains(secret), "no output and no log holds it");
        let found = holding(ledger.home.path(), secret.as_bytes())?;
        assert!(found.is_empty(), "{found:?} hold the password");
    }
    Ok(())
}

/// Files below a folder that hold these bytes.
fn holding(folder: &Path, bytes: &[u8]) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(holding(&path, bytes)?);
        } else if std::fs::read(&path)?
            .windows(bytes.len())
            .any(|w| w == bytes)
        {
            found.push(path);
        }
    }
    Ok(found)
}

#[tokio::test]
async fn a_foreign_or_newer_file_is_left_as_it_is() -> Result<()> {
    let ledger = Recorded::start().await?;
    let file = ledger.home.path().join("ledger.sqlite");
    let good = std::fs::read(&file)?;
    let mut newer = good.clone();
    // SQLite keeps the version of the user's tables at byte 60 of the file.
    newer[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    for (case, bytes, code) in [
        ("a newer ledger", newer, Code::NewerLedger),
        (
            "no database",
            b"a shopping list\n".repeat(300),
            Code::NotALedger,
        ),
    ] {
        std::fs::write(&file, &bytes)?;
        for command in ["flags", "scan", "doctor"] {
            let run = ledger.terminal.run(&[command], "").await?;
            said(&format!("{case}: {command}"), &run, code);
        }
        assert_eq!(std::fs::read(&file)?, bytes, "{case}: not one byte changed");
    }
    std::fs::write(&file, good)?;
    assert_eq!(
        ledger.now_recorded().await?,
        ledger.facts,
        "nothing is lost"
    );
    Ok(())
}
