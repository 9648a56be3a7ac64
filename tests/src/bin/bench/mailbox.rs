//! Reading a large mailbox, against a raw socket that sends the same FETCH and throws the answer
//! away, on the same server in the same run.

use crate::{NOW, Table, bytes_of, figure, letters, median, scan};
use acceptance::dovecot::{Abilities, Dovecot, LOGIN, PASSWORD};
use acceptance::letter::Letter;
use acceptance::place::program;
use anyhow::{Context, Result, ensure};
use exposure::mail::{self, HEADER_FIELDS, Receiver};
use monitor::mailbox::{self, Batch, Cursor, Known, Login, Report};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, StreamOwned,
};
use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};

/// How often each way is measured; they take turns.
const ROUNDS: usize = 3;
/// Messages of the large mailbox, and of the larger one by which memory is judged.
const MESSAGES: u64 = 100_000;
const LARGER: u64 = 400_000;

/// Everything about one large mailbox.
pub async fn large(table: &Table) -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    fill(&server, 0..MESSAGES)?;
    // The server's own index is built by whoever comes first.
    let bytes = raw(&server)?.1;
    let (mut raws, mut reads, mut parsed, mut stored) = (vec![], vec![], vec![], vec![]);
    let (mut protocol, mut per_message) = (vec![], 0.0);
    for _ in 0..ROUNDS {
        raws.push(raw(&server)?.0);
        protocol.push(through(&server.login(), false).await?);
        parsed.push(through(&server.login(), true).await?);
        let home = tempfile::tempdir()?;
        let handle = crate::connected(&server, home.path()).await?;
        stored.push(scan(&handle).await?.0);
        handle.close();
        per_message = bytes_of(home.path())? / MESSAGES as f64;
        reads.push(python(&server)?);
    }
    let reference = MESSAGES as f64 / median(&mut raws);
    let against_raw = |name, what, times: &mut Vec<f64>| {
        let rate = MESSAGES as f64 / median(times);
        table.add(figure(
            name,
            (what, "a raw socket that forgets them"),
            "msg/s",
            rate,
            reference,
        ))
    };
    against_raw(
        "large-protocol",
        "100,000 messages fetched by the program",
        &mut protocol,
    )?;
    against_raw(
        "large-parsed",
        "fetched, and their headers read into facts",
        &mut parsed,
    )?;
    against_raw(
        "large-stored",
        "fetched, read, stored and judged",
        &mut stored,
    )?;
    let mut python: Vec<f64> = reads.into_iter().flatten().collect();
    if !python.is_empty() {
        against_raw(
            "large-imaplib",
            "fetched by Python's imaplib and forgotten",
            &mut python,
        )?;
    }
    table.add(figure(
        "large-tls",
        ("TLS alone for as many bytes", "the raw socket"),
        "s",
        tls_alone(&server, bytes)?,
        median(&mut raws),
    ))?;
    table.add(figure(
        "store-bytes",
        (
            "bytes of the ledger for a message",
            "bytes of it on the wire",
        ),
        "B",
        per_message,
        bytes as f64 / MESSAGES as f64,
    ))?;
    let small = peak(&server)?;
    fill(&server, MESSAGES..LARGER)?;
    raw(&server)?;
    let large = peak(&server)?;
    table.add(figure(
        "memory",
        ("peak memory at 400,000 messages", "at 100,000"),
        "MiB",
        large,
        small,
    ))
}

/// A scan of sixty mailboxes without news, against their first scan.
pub async fn sixty(table: &Table) -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    let mail = letters(600)?;
    for (n, letter) in mail.iter().enumerate() {
        server.post(&format!("Customer {}", n % 55), n as u64, letter);
    }
    let home = tempfile::tempdir()?;
    let handle = crate::connected(&server, home.path()).await?;
    let mut costs = Vec::new();
    for _ in 0..3 {
        let results = handle.scan(&[], &|_, _| {}).await?;
        costs.push(results.first().context("one account")?.cost);
    }
    handle.close();
    let (first, quiet) = (costs[0], costs[2]);
    let of = ("sixty mailboxes without news", "their first reading");
    let trips = (quiet.round_trips as f64, first.round_trips as f64);
    table.add(figure("sixty-trips", of, "", trips.0, trips.1))?;
    let bytes = (quiet.bytes_in as f64, first.bytes_in as f64);
    table.add(figure("sixty-bytes", of, "B", bytes.0, bytes.1))
}

/// Reading an mbox without storing it, against `cat` of the same file.
pub async fn archive(table: &Table, letters: &[Letter]) -> Result<()> {
    let home = tempfile::tempdir()?;
    let file = home.path().join("All mail.mbox");
    let mut out = BufWriter::new(File::create(&file)?);
    for letter in std::iter::repeat_n(letters, 20).flatten() {
        writeln!(
            out,
            "From news@shop.example Sat Jun 20 20:00:00 2026\n{}",
            letter.text()
        )?;
    }
    out.flush()?;
    let megabytes = std::fs::metadata(&file)?.len() as f64 / 1e6;
    let (mut reads, mut cats) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let (sender, inbox) = mpsc::channel(4);
        let (_stop, stopped) = watch::channel(false);
        let read = mailbox::archive::read(&file, sender, stopped);
        let (outcome, ()) = tokio::join!(read, answer(inbox, false));
        outcome?;
        reads.push(began.elapsed().as_secs_f64());
        let began = Instant::now();
        let cat = Command::new("cat")
            .arg(&file)
            .stdout(Stdio::null())
            .status()?;
        ensure!(cat.success(), "cat reads the file");
        cats.push(began.elapsed().as_secs_f64());
    }
    table.add(figure(
        "archive-rate",
        ("an mbox cut into messages", "cat of the same file"),
        "MB/s",
        megabytes / median(&mut reads),
        megabytes / median(&mut cats),
    ))
}

fn fill(server: &Dovecot, numbers: std::ops::Range<u64>) -> Result<()> {
    let mail = letters(numbers.end)?;
    for (n, letter) in mail
        .iter()
        .enumerate()
        .skip(usize::try_from(numbers.start)?)
    {
        server.post("INBOX", n as u64, letter);
    }
    Ok(())
}

fn fetch() -> String {
    let fields = HEADER_FIELDS.join(" ");
    format!(
        "UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({fields})])"
    )
}

/// Seconds and bytes of a FETCH of everything whose answer is thrown away.
fn raw(server: &Dovecot) -> Result<(f64, u64)> {
    let config = client(server)?;
    let connection = ClientConnection::new(config, ServerName::try_from("localhost")?)?;
    let tcp = TcpStream::connect(("127.0.0.1", server.port()))?;
    tcp.set_nodelay(true)?;
    let mut stream = StreamOwned::new(connection, tcp);
    let mut buffer = vec![0; 64 << 10];
    let _greeting = stream.read(&mut buffer)?;
    let secret = PASSWORD.len();
    said(
        &mut stream,
        &format!("a LOGIN {LOGIN} {{{secret}+}}\r\n{PASSWORD}"),
        &mut buffer,
    )?;
    said(&mut stream, "b EXAMINE INBOX", &mut buffer)?;
    let began = Instant::now();
    let bytes = said(&mut stream, &format!("c {}", fetch()), &mut buffer)?;
    Ok((began.elapsed().as_secs_f64(), bytes))
}

/// Says a command and reads to the end of its answer; the tag is its first letter.
fn said(stream: &mut (impl Read + Write), command: &str, buffer: &mut [u8]) -> Result<u64> {
    stream.write_all(format!("{command}\r\n").as_bytes())?;
    stream.flush()?;
    let end = format!("{} OK", &command[..1]);
    let (mut bytes, mut tail) = (0, Vec::new());
    loop {
        let read = stream.read(buffer)?;
        ensure!(read > 0, "the server hung up");
        bytes += read as u64;
        tail.extend_from_slice(&buffer[read.saturating_sub(600)..read]);
        tail.drain(..tail.len().saturating_sub(600));
        let text = String::from_utf8_lossy(&tail);
        let last = text.trim_end().rsplit("\r\n").next().unwrap_or_default();
        if text.ends_with("\r\n") && last.starts_with(&end) {
            return Ok(bytes);
        }
    }
}

fn client(server: &Dovecot) -> Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(server.ca_file())?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Seconds for the program's own source, its headers read or not, and nothing stored.
async fn through(login: &Login, reads: bool) -> Result<f64> {
    let (out, inbox) = mpsc::channel(4);
    let (_stop, stopped) = watch::channel(false);
    let began = Instant::now();
    let (outcome, ()) = tokio::join!(
        mailbox::imap::read(login, out, stopped),
        answer(inbox, reads)
    );
    outcome?;
    Ok(began.elapsed().as_secs_f64())
}

async fn answer(mut inbox: mpsc::Receiver<Report>, reads: bool) {
    let receiver = Arc::new(Receiver {
        orgs: ["example.org".to_owned()].into(),
    });
    while let Some(report) = inbox.recv().await {
        match report {
            Report::Listed(listed, answer) => {
                let known = listed.into_iter().map(|listed| Known {
                    name: listed.name,
                    role: listed.role,
                    cursor: Cursor::default(),
                    sightings: 0,
                    backfill: true,
                });
                let _ = answer.send(known.collect());
            }
            Report::Batch(batch, answer) => {
                if reads {
                    let receiver = Arc::clone(&receiver);
                    let read = move || facts(&batch, &receiver);
                    let _ = tokio::task::spawn_blocking(read).await;
                }
                let _ = answer.send(Ok(0));
            }
            Report::Complete(_, answer) => {
                let _ = answer.send(Ok(()));
            }
            Report::Wanted(answer) => {
                let _ = answer.send(None);
            }
            Report::Body(_, answer) => {
                let _ = answer.send(Ok(()));
            }
            Report::Progress(_) => {}
        }
    }
}

fn facts(batch: &Batch, receiver: &Receiver) {
    for message in &batch.messages {
        black_box(mail::read(&message.header, receiver));
    }
}

/// Seconds that Python's own client takes to fetch the same; `None` where there is no Python.
fn python(server: &Dovecot) -> Result<Option<f64>> {
    let script = format!(
        "import imaplib,ssl,sys,time\n\
         imaplib._MAXLINE=1<<30\n\
         c=ssl._create_unverified_context()\n\
         m=imaplib.IMAP4_SSL('localhost',int(sys.argv[1]),ssl_context=c)\n\
         m._encoding='utf-8'\n\
         m.login('{LOGIN}',sys.stdin.read())\n\
         m.select('INBOX',readonly=True)\n\
         t=time.perf_counter()\n\
         r=m.uid('FETCH','1:*','{}')\n\
         assert r[0]=='OK'\n\
         print(time.perf_counter()-t)\n",
        fetch().trim_start_matches("UID FETCH 1:* ")
    );
    let spawned = Command::new("python3")
        .args(["-c", &script, &server.port().to_string()])
        .arg(server.ca_file())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = spawned else {
        return Ok(None);
    };
    child
        .stdin
        .take()
        .context("its input")?
        .write_all(PASSWORD.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "Python does not read the mailbox");
    Ok(Some(String::from_utf8(output.stdout)?.trim().parse()?))
}

/// Seconds to take this many bytes out of TLS, without a network.
fn tls_alone(server: &Dovecot, bytes: u64) -> Result<f64> {
    let folder = server.ca_file();
    let folder = folder.parent().context("the server's folder")?;
    let certificate = CertificateDer::from_pem_file(folder.join("server.pem"))?;
    let key = PrivateKeyDer::from_pem_file(folder.join("server.key"))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)?;
    let mut near = ClientConnection::new(client(server)?, ServerName::try_from("localhost")?)?;
    let mut far = ServerConnection::new(Arc::new(config))?;
    let mut wire = Vec::new();
    while near.is_handshaking() || far.is_handshaking() {
        wire.clear();
        near.write_tls(&mut wire)?;
        far.read_tls(&mut wire.as_slice())?;
        far.process_new_packets()?;
        wire.clear();
        far.write_tls(&mut wire)?;
        near.read_tls(&mut wire.as_slice())?;
        near.process_new_packets()?;
    }
    let (piece, mut plain) = (vec![b'x'; 16 << 10], vec![0; 16 << 10]);
    let mut took = Duration::ZERO;
    for _ in 0..bytes / piece.len() as u64 {
        far.writer().write_all(&piece)?;
        wire.clear();
        while far.wants_write() {
            far.write_tls(&mut wire)?;
        }
        let began = Instant::now();
        let mut rest = wire.as_slice();
        while !rest.is_empty() {
            near.read_tls(&mut rest)?;
            near.process_new_packets()?;
            while near.reader().read(&mut plain).is_ok_and(|read| read > 0) {}
        }
        took += began.elapsed();
    }
    Ok(took.as_secs_f64())
}

/// Peak memory of the terminal program over a first scan, in MiB.
fn peak(server: &Dovecot) -> Result<f64> {
    let home = tempfile::tempdir()?;
    let program = program("atesaki")?;
    let run = |args: &[&str]| {
        let mut command = Command::new(&program);
        command
            .args(args)
            .env("ATESAKI_DATA", home.path())
            .env("ATESAKI_NOW", NOW)
            .stdout(Stdio::null());
        command
    };
    let secret = home.path().join("secret");
    std::fs::write(&secret, PASSWORD)?;
    let (host, ca) = (format!("localhost:{}", server.port()), server.ca_file());
    let added = run(&[
        "account",
        "add",
        "ada@example.org",
        "--own-domain",
        "example.org",
    ])
    .args(["--login", LOGIN, "--server", &host, "--password-command"])
    .arg(format!("cat {}", secret.display()))
    .arg("--ca-file")
    .arg(ca)
    .status()?;
    ensure!(added.success(), "the account is not added");
    let mut child = run(&["scan"]).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0_f64;
    while child.try_wait()?.is_none() {
        peak = peak.max(high_water(Path::new(&status)).unwrap_or(0.0));
        std::thread::sleep(Duration::from_millis(20));
    }
    ensure!(child.wait()?.success(), "the mailbox is not read");
    Ok(peak)
}

/// The most memory that a process has held, in MiB.
fn high_water(status: &Path) -> Option<f64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}
