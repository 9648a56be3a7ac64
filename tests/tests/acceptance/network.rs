//! A day of the program, with all that it may do over the network: what it asks goes through a
//! peer that notes every host and lets nothing out, and every connection of its process is looked
//! at. It asks exactly the hosts of the network page, and nothing that is the user's stands in
//! what others could read.

use acceptance::dovecot::{Abilities, Dovecot, LOGIN, PASSWORD};
use acceptance::letter::Letter;
use acceptance::listed::{carrying, workbook};
use acceptance::terminal::Terminal;
use anyhow::{Context, Result};
use monitor::web::hosts::{self, Purpose};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const NOW: &str = "2026-06-20T20:00:00Z";
const OWN: &str = "ada.sample@example.org";
const SOON: Duration = Duration::from_secs(60);

/// A proxy that notes what it is asked and refuses it.
struct Refusing {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Refusing {
    fn start() -> Result<Refusing> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(&stream);
                let mut said = String::new();
                loop {
                    let mut line = String::new();
                    match reader.read_line(&mut line) {
                        Ok(length) if length > 0 && !line.trim().is_empty() => said += &line,
                        _ => break,
                    }
                }
                notes.lock().unwrap().push(said);
                let _ = (&stream).write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
            }
        });
        Ok(Refusing { port, heard })
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// The hosts that were asked for.
    fn hosts(&self) -> BTreeSet<String> {
        let host = |said: String| {
            let place = said.split_whitespace().nth(1)?.to_owned();
            Some(place.rsplit_once(':')?.0.to_owned())
        };
        self.heard().into_iter().filter_map(host).collect()
    }
}

/// Where the sockets of a process lead that do not stay on this PC.
fn leads_away(process: u32) -> Vec<String> {
    let mut sockets = BTreeSet::new();
    let Ok(open) = std::fs::read_dir(format!("/proc/{process}/fd")) else {
        return Vec::new();
    };
    for file in open.flatten() {
        if let Ok(target) = std::fs::read_link(file.path()) {
            let target = target.to_string_lossy().into_owned();
            let inode = target
                .strip_prefix("socket:[")
                .map(|t| t.trim_end_matches(']'));
            sockets.extend(inode.map(str::to_owned));
        }
    }
    let mut away = Vec::new();
    for table in ["tcp", "tcp6", "udp", "udp6"] {
        let lines = std::fs::read_to_string(format!("/proc/{process}/net/{table}"));
        for line in lines.unwrap_or_default().lines().skip(1) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (Some(remote), Some(inode)) = (fields.get(2), fields.get(9)) else {
                continue;
            };
            let address = remote.split(':').next().unwrap_or_default();
            let nowhere = address.chars().all(|c| c == '0');
            let here = address == "0100007F"
                || address == "00000000000000000000000001000000"
                || address == "0000000000000000FFFF00000100007F";
            if sockets.contains(*inode) && !nowhere && !here {
                away.push(format!("{table} {remote}"));
            }
        }
    }
    away
}

async fn recorded(home: &Path, server: &Dovecot, proxy: &Refusing) -> Result<Terminal> {
    let mut terminal = Terminal::with_keychain(&home.join("data"));
    terminal.now = Some(NOW);
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
        let place = format!("http://127.0.0.1:{}", proxy.port);
        terminal.variables.push((name, place));
    }
    let password = home.join("password");
    std::fs::write(&password, PASSWORD)?;
    let command = format!("cat '{}'", password.display());
    let host = format!("localhost:{}", server.port());
    let ca = server.ca_file();
    let add = [
        &["account", "add", OWN, "--server", &host][..],
        &["--login", LOGIN, "--password-command", &command],
        &["--ca-file", ca.to_str().context("a path")?],
    ];
    for args in [
        add.concat(),
        vec!["give", OWN, "Example Shop", "--domain", "shop.example"],
        vec!["attachments", "on"],
    ] {
        let run = terminal.run(&args, "").await?;
        anyhow::ensure!(run.status == Some(0), "{args:?}: {}", run.err);
    }
    Ok(terminal)
}

/// What comes on the day: news, junk, a list of people, a notice.
fn day(server: &Dovecot) {
    let at = |minute: i64| -> jiff::Timestamp {
        let begin: jiff::Timestamp = "2026-06-20T09:00:00Z".parse().unwrap();
        begin + jiff::SignedDuration::from_mins(minute)
    };
    let letter =
        |minute: i64, from: &str, subject: &str| Letter::new(at(minute), from, OWN, subject);
    server.post("INBOX", 1, &letter(0, "news@shop.example", "News"));
    server.post(
        "Spam",
        2,
        &letter(1, "win@prize.example", "Prize").unsigned(),
    );
    let list = letter(2, "news@shop.example", "Our new prices");
    let book = workbook(40, ("Ada Sample", OWN));
    let text = carrying(&list, "See the file.", Some(("prices.xlsx", &book)));
    server.deliver("INBOX", list.second(), 3, &text);
    let notice = letter(3, "news@shop.example", "Notice of a data breach");
    let said = "On 12 June somebody got into our systems. Your name and your e-mail address were taken.\nWe are sorry. Pictures: https://pictures.tracking.example/x.png\n";
    let text = carrying(&notice, said, None);
    server.deliver("INBOX", notice.second(), 4, &text);
}

/// Watches until list and notice are known and `done`, and looks at every connection meanwhile.
async fn watched(terminal: &Terminal, done: impl Fn() -> bool) -> Result<Vec<String>> {
    let mut watching = terminal.command(&["watch"])?;
    let mut watching = watching
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()?;
    let process = watching.id().context("it runs")?;
    let mut away = Vec::new();
    let end = std::time::Instant::now() + SOON;
    loop {
        away.extend(leads_away(process));
        let run = terminal.run(&["exposures", "--json"], "").await?;
        let all: serde_json::Value = serde_json::from_str(&run.out)?;
        if all.as_array().is_some_and(|all| all.len() == 2) && done() {
            break;
        }
        anyhow::ensure!(
            std::time::Instant::now() < end,
            "not within a minute: {}",
            run.out
        );
    }
    for _ in 0..100 {
        away.extend(leads_away(process));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    watching.kill().await?;
    Ok(away)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_asks_the_hosts_of_the_network_page_and_no_other() -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    day(&server);
    let home = tempfile::tempdir()?;
    let proxy = Refusing::start()?;
    let terminal = recorded(home.path(), &server, &proxy).await?;
    let away = watched(&terminal, || true).await?;
    assert_eq!(
        proxy.heard(),
        Vec::<String>::new(),
        "nothing is asked unasked"
    );
    assert_eq!(away, Vec::<String>::new());

    let run = terminal.run(&["breaches", "on"], "").await?;
    assert_eq!(run.status, Some(0), "{}", run.err);
    let listed: BTreeSet<String> = hosts::of(Purpose::Breaches).map(str::to_owned).collect();
    let away = watched(&terminal, || proxy.hosts() == listed).await?;
    assert_eq!(away, Vec::<String>::new());
    assert_eq!(proxy.hosts(), listed, "exactly those of the page");
    let heard = proxy.heard();
    println!("{heard:#?}");
    for personal in ["ada", "sample", "example", "shop", LOGIN, PASSWORD] {
        for said in &heard {
            let said = said.to_lowercase();
            assert!(
                !said.contains(&personal.to_lowercase()),
                "{personal}: {said}"
            );
        }
    }
    // The page is made from the same table; the README is written by hand.
    let page = std::fs::read_to_string(acceptance::place::checkout().join("README.md"))?;
    for host in &listed {
        assert!(page.contains(host.as_str()), "the README names {host}");
    }
    Ok(())
}
