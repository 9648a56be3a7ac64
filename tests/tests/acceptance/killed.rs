//! A reading that is killed at any moment, and then one to its end: the ledger is that of a
//! reading that nobody disturbed.

use acceptance::dovecot::{Abilities, Dovecot, LOGIN, PASSWORD};
use acceptance::letter::Letter;
use acceptance::terminal::Terminal;
use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use std::path::Path;
use std::time::{Duration, Instant};

const MESSAGES: u32 = 1_500;
const ADDRESSES: u32 = 6;
/// Kills in `make test`; `ATESAKI_KILLS` asks for more.
const KILLS: u64 = 10;

fn fill(server: &Dovecot) -> Result<()> {
    let begin: Timestamp = "2026-01-01T00:00:00Z".parse()?;
    for n in 0..MESSAGES {
        let arrived = begin + SignedDuration::from_mins(i64::from(n) * 150);
        let to = format!("shop{}-k7f2@example.org", n % ADDRESSES);
        let junk = n % ADDRESSES == 1 && n > MESSAGES / 2;
        let (mailbox, letter) = if junk {
            let from = format!("win@prize{n}.example");
            let letter = Letter::new(arrived, &from, &to, &format!("Prize {n}"));
            ("Spam", letter.unsigned())
        } else {
            let from = format!("news@shop{}.example", n % ADDRESSES);
            let letter = Letter::new(arrived, &from, &to, &format!("Letter {n}"));
            (if n % 7 == 3 { "Archive" } else { "INBOX" }, letter)
        };
        server.post(mailbox, u64::from(n), &letter);
        if n % 50 == 0 && !junk {
            server.post("Archive", u64::from(MESSAGES + n), &letter);
        }
    }
    Ok(())
}

/// A ledger with the account and its disclosures, not read yet.
async fn recorded(home: &Path, server: &Dovecot) -> Result<Terminal> {
    let mut terminal = Terminal::new(&home.join("data"));
    terminal.now = Some("2026-06-20T20:00:00Z");
    let password = home.join("password");
    std::fs::write(&password, PASSWORD)?;
    let command = format!("cat '{}'", password.display());
    let host = format!("localhost:{}", server.port());
    let ca = server.ca_file();
    let add = [
        &["account", "add", "ada@example.org", "--server", &host][..],
        &["--login", LOGIN, "--password-command", &command],
        &["--ca-file", ca.to_str().context("a path")?],
        &["--own-domain", "example.org"],
    ];
    let added = terminal.run(&add.concat(), "").await?;
    anyhow::ensure!(added.status == Some(0), "{}", added.err);
    for n in 0..ADDRESSES {
        let (address, domain) = (
            format!("shop{n}-k7f2@example.org"),
            format!("shop{n}.example"),
        );
        let service = format!("Example Shop {n}");
        let give = ["give", &address, &service, "--domain", &domain];
        let given = terminal.run(&give, "").await?;
        anyhow::ensure!(given.status == Some(0), "{}", given.err);
    }
    Ok(terminal)
}

/// Everything that a ledger says.
async fn said(terminal: &Terminal) -> Result<String> {
    let mut all = String::new();
    for list in ["addresses", "services", "flags"] {
        all += &terminal.run(&[list, "--json"], "").await?.out;
    }
    for n in 0..ADDRESSES {
        let address = format!("shop{n}-k7f2@example.org");
        all += &terminal
            .run(&["explain", &address, "--json"], "")
            .await?
            .out;
    }
    Ok(all)
}

#[tokio::test]
async fn a_reading_that_was_killed_leaves_no_trace_in_the_counts() -> Result<()> {
    let kills = std::env::var("ATESAKI_KILLS").ok();
    let kills = kills.and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let server = Dovecot::start(Abilities::All);
    fill(&server)?;
    let home = tempfile::tempdir()?;
    let terminal = recorded(home.path(), &server).await?;
    let began = Instant::now();
    let read = terminal.run(&["scan"], "").await?;
    assert_eq!(read.status, Some(0), "{}", read.err);
    let mut whole = began.elapsed();
    let expected = said(&terminal).await?;
    assert!(expected.contains("likely_source"), "the leak is found");

    let (mut moment, mut cut) = (0x9e37_79b9_7f4a_7c15_u64, 0);
    for kill in 0..kills {
        let home = tempfile::tempdir()?;
        let terminal = recorded(home.path(), &server).await?;
        // Moments spread over the whole reading, the same in every run (xorshift).
        moment ^= moment << 13;
        moment ^= moment >> 7;
        moment ^= moment << 17;
        let after = whole.mul_f64((moment % 1000) as f64 / 1000.0);
        let mut child = terminal.command(&["scan"])?.spawn()?;
        tokio::time::sleep(after).await;
        match child.try_wait()? {
            None => cut += 1,
            // The first reading was slower than this one, on a machine that is less busy now.
            Some(_) => whole = whole.mul_f64(0.7),
        }
        child.kill().await?;
        let rest = tokio::time::timeout(Duration::from_secs(120), terminal.run(&["scan"], ""));
        let rest = rest.await.context("it comes to an end")??;
        assert_eq!(rest.status, Some(0), "kill {kill}: {}", rest.err);
        assert_eq!(
            said(&terminal).await?,
            expected,
            "kill {kill}, after {after:?}"
        );
    }
    assert!(cut * 2 > kills, "only {cut} of {kills} hit a reading");
    Ok(())
}
