//! A backup on another PC: the ledger goes on where it was, and asks for what was left out of it.

use acceptance::dovecot::{Abilities, Dovecot, LOGIN, PASSWORD};
use acceptance::letter::Letter;
use acceptance::terminal::Terminal;
use anyhow::{Context, Result};
use serde_json::Value;

const NOW: &str = "2026-06-20T20:00:00Z";
const PASSPHRASE: &str = "made up horse battery\n";
const ACCOUNT: &str = "ada@example.org";

#[tokio::test]
async fn a_restored_ledger_reads_on_once_its_password_is_given_again() -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    let letter = |day: &str| -> Result<Letter> {
        let arrived = format!("2026-06-{day}T00:00:00Z").parse()?;
        Ok(Letter::new(
            arrived,
            "news@shop.example.net",
            ACCOUNT,
            "News",
        ))
    };
    server.post("INBOX", 1, &letter("01")?);
    let home = tempfile::tempdir()?;
    let file = |name: &str| home.path().join(name).to_string_lossy().into_owned();
    let secret = file("password");
    std::fs::write(&secret, PASSWORD)?;
    let command = format!("cat '{secret}'");
    let (host, ca, backup) = (
        format!("localhost:{}", server.port()),
        server.ca_file().to_string_lossy().into_owned(),
        file("ledger.age"),
    );
    let pc = |name: &str| {
        let mut terminal = Terminal::new(&home.path().join(name));
        terminal.now = Some(NOW);
        terminal
    };
    let (before, after) = (pc("before"), pc("after"));
    let add = [
        &["account", "add", ACCOUNT, "--server", &host][..],
        &["--login", LOGIN, "--ca-file", &ca],
        &["--password-command", &command],
    ];
    for args in [
        add.concat(),
        vec!["scan"],
        vec!["backup", "--to", &backup, "--passphrase-stdin"],
    ] {
        let run = before.run(&args, PASSPHRASE).await?;
        assert_eq!(run.status, Some(0), "{args:?}: {}", run.err);
    }

    let restore = ["restore", &backup, "--passphrase-stdin"];
    let run = after.run(&restore, PASSPHRASE).await?;
    assert_eq!(run.status, Some(0), "{}", run.err);
    for there in [ACCOUNT, "atesaki account password"] {
        assert!(run.out.contains(there), "{there}: {}", run.out);
    }
    server.post("INBOX", 2, &letter("02")?);
    let scan = after.run(&["scan"], "").await?;
    assert_eq!(
        scan.status,
        Some(1),
        "nobody's command is run: {}",
        scan.err
    );

    let enter = async |command: &str| {
        let args = [
            "account",
            "password",
            ACCOUNT,
            "--password-command",
            command,
        ];
        after.run(&args, "").await
    };
    let wrong = enter("echo made up").await?;
    assert_eq!(wrong.status, Some(1), "{}", wrong.err);
    let right = enter(&command).await?;
    assert_eq!(right.status, Some(0), "{}", right.err);
    let scan = after.run(&["scan", "--json"], "").await?;
    assert_eq!(scan.status, Some(0), "{}", scan.err);
    let found: Value = serde_json::from_str(&scan.out)?;
    let new = found.pointer("/accounts/0/messages_new");
    assert_eq!(
        new.and_then(Value::as_u64).context("a scan counts")?,
        1,
        "what was read before the backup is not read again: {found}"
    );
    Ok(())
}
