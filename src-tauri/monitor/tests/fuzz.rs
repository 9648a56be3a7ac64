//! Mail on this PC, descriptions of mail servers and attachments as nobody writes them: mutated for as long as
//! `ATESAKI_FUZZ_SECONDS` says (3 unless told) from made-up ones. Nothing panics, nothing takes
//! longer than its length explains, and no more is held than was there. A failure names its round;
//! the same rounds come again.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod lists;

use monitor::attachment::{Own, count};
use monitor::confined::Worker;
use monitor::discovery::autoconfig;
use monitor::fault::{self, Code};
use monitor::mailbox::{Cursor, Known, Report, archive, thunderbird};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor as Bytes, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Longest input, in bytes.
const LONGEST: usize = 128 * 1024;
/// Longest time for one input: many times what the longest takes.
const PATIENCE: Duration = Duration::from_secs(20);
/// Most memory that the whole of it may take, in KiB.
const MEMORY: u64 = 512 * 1024;

const MBOXES: &[&str] = &[
    "From 1801234@xxx Mon Mar 02 09:08:07 +0000 2026\r\nX-GM-THRID: 1\r\nX-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe,Spam?=\r\n =?UTF-8?B?6L+35oOR?=\r\nMessage-ID: <1@shop.example>\r\nSubject: one\r\n\r\nmade up\r\n\r\nFrom 2@xxx Mon Mar 02 09:08:07 +0000 2026\r\nX-Gmail-Labels: \"a, b\",Sent,Inbox\r\nSubject: two\r\n\r\n>From here\r\nFrom there\r\n\r\n",
    "From \r\nX-Mozilla-Status: 0008\r\nX-Mozilla-Keys: Junk\r\nSubject: one\r\n\r\nmade up\r\n\r\nFrom \r\nSubject: two\r\n\r\nFrom \r\n",
    "From - Thu Jan  1 00:00:00 1970\nContent-Length: 61\nSubject: one\n\nmade up\n\nFrom x@example.org Thu Jan  1 00:00:00 1970\nmade up\n\nFrom - Thu Jan  1 00:00:00 1970\ncontent-length:0\nSubject: two\n\n",
    "From x Thu Jan  1 00:00:00 1970\nSubject: header\n only\nFrom x Thu Jan  1 00:00:00 1970\n\n\n\n",
];
const PREFS: &[&str] = &[
    "user_pref(\"mail.accountmanager.accounts\", \"account1,account2\");\nuser_pref(\"mail.account.account1.server\", \"server1\");\nuser_pref(\"mail.account.account1.identities\", \"id1\");\nuser_pref(\"mail.identity.id1.useremail\", \"ada@example.org\");\nuser_pref(\"mail.server.server1.type\", \"imap\");\nuser_pref(\"mail.server.server1.hostname\", \"imap.example.org\");\nuser_pref(\"mail.server.server1.port\", 993);\nuser_pref(\"mail.server.server1.socketType\", 3);\nuser_pref(\"mail.server.server1.userName\", \"a\\u0064\\x61\");\nuser_pref(\"mail.server.server1.directory-rel\", \"[ProfD]Mail/a\");\n",
    "user_pref(\"mail.account.account2.server\", \"server2\");\nuser_pref(\"mail.server.server2.type\", \"none\");\nuser_pref(\"mail.server.server2.name\", 'Local \\'Folders\\'');\nuser_pref(\"mail.server.server2.directory-rel\", \"[ProfD]Mail\");\n",
];
const DESCRIPTIONS: &[&str] = &[
    "<?xml version=\"1.0\"?>\n<clientConfig version=\"1.1\"><emailProvider id=\"example.org\"><domain>example.org</domain><displayName>Made up</displayName><incomingServer type=\"imap\"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILADDRESS%</username><authentication>OAuth2</authentication></incomingServer><incomingServer type=\"pop3\"><hostname>pop.example.org</hostname><port>995</port><socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>",
    "<!DOCTYPE c [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><clientConfig><emailProvider><displayShortName>&b;&lt;&#x41;</displayShortName><incomingServer type='imap'><hostname><![CDATA[imap.example.org]]></hostname><port>143</port><socketType>STARTTLS</socketType></incomingServer></emailProvider></clientConfig>",
];
/// What breaks parsers.
const PIECES: &[&[u8]] = &[
    b"From ",
    b"\nFrom \n",
    b"\n\nFrom x Thu Jan  1 00:00:00 1970\n",
    b"From ",
    b"X-Gmail-Labels: ",
    b"=?UTF-8?B?",
    b"=?UTF-8?Q?",
    b"?=",
    b"Content-Length: 99\n",
    b"Content-Length: 18446744073709551615\n",
    b"\r\n ",
    b"\r\n\r\n",
    b"\n\n",
    b"\n",
    b"\r",
    b"\0",
    b"\xff\xfe",
    b"\xe3\x81",
    b"\"",
    b"\\",
    b"\\u",
    b"\\x",
    b",",
    b":",
    b"user_pref(\"mail.server.",
    b"[ProfD]",
    b"../",
    b"/",
    b"<incomingServer type=\"imap\">",
    b"</incomingServer>",
    b"<![CDATA[",
    b"]]>",
    b"<!ENTITY a \"&b;&b;\">",
    b"&b;",
    b"&#x110000;",
    b"<!--",
    b"PK\x01\x02",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"<si><t>",
    b"<c r=\"ZZZ9\" t=\"s\"><v>9</v></c>",
    b"<row>",
    b"</row>",
    b"<table:table-row table:number-rows-repeated=\"4294967295\">",
    b"\xfc\x00\x20\x20",
    b"\x3c\x00\x00\x00",
    b"\x06\x02\x16\x00",
    b"a@b.example,",
    b"\x1b$B",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
];

struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).expect("it fits")
    }
}

fn mutated(chance: &mut Chance, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut text = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(8) {
        let at = chance.below(text.len() + 1);
        let end = (at + chance.below(60)).min(text.len());
        match chance.below(6) {
            0 => text.truncate(at),
            1 => drop(text.drain(at..end)),
            2 => drop(text.splice(at..at, PIECES[chance.below(PIECES.len())].iter().copied())),
            3 if at < text.len() => text[at] = u8::try_from(chance.below(256)).expect("a byte"),
            4 => {
                let piece = text[at..end].repeat(1 + chance.below(400));
                drop(text.splice(at..at, piece));
            }
            _ => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len() + 1);
                text.extend_from_slice(&other[from..]);
            }
        }
        text.truncate(LONGEST);
    }
    text
}

/// Reads an archive as a ledger would that knows of it what `cursors` say. What is not read is
/// refused for a reason that a person can be told.
fn read(path: &Path, cursors: &mut BTreeMap<String, Cursor>, longest: usize) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let (out, mut inbox) = mpsc::channel(4);
    let (_stop, stopped) = watch::channel(false);
    let mut held = 0;
    let answering = async {
        while let Some(report) = inbox.recv().await {
            match report {
                Report::Listed(listed, answer) => {
                    let known = listed.into_iter().map(|listed| Known {
                        cursor: cursors.get(&listed.name).copied().unwrap_or_default(),
                        name: listed.name,
                        role: listed.role,
                        sightings: 0,
                        backfill: true,
                    });
                    answer.send(known.collect()).unwrap();
                }
                Report::Batch(batch, answer) => {
                    let uids: Vec<u32> = batch.messages.iter().map(|m| m.uid).collect();
                    assert!(uids.is_sorted_by(|a, b| a > b), "newest first: {uids:?}");
                    held += batch.messages.iter().map(|m| m.header.len()).sum::<usize>();
                    cursors.insert(batch.mailbox, batch.cursor);
                    // A source that met a fault no longer waits.
                    let _ = answer.send(Ok(0));
                }
                Report::Complete(complete, answer) => {
                    cursors.insert(complete.mailbox, complete.cursor);
                    answer.send(Ok(())).unwrap();
                }
                Report::Wanted(answer) => answer.send(None).unwrap(),
                Report::Body(_, answer) => answer.send(Ok(())).unwrap(),
                Report::Progress(_) => {}
            }
        }
    };
    let reading = archive::read(path, out, stopped);
    let (outcome, ()) = runtime.block_on(async { tokio::join!(reading, answering) });
    assert!(held <= longest, "headers of {held} bytes are not there");
    match outcome {
        Ok(cost) => cost.messages_seen,
        Err(error) => {
            let code = fault::of(&error).code;
            let said = [
                Code::NoMailThere,
                Code::CannotRead,
                Code::ArchiveLocked,
                Code::ArchiveTooMuch,
            ];
            assert!(said.contains(&code), "{error:#}");
            0
        }
    }
}

fn fuzz(name: &str, seed: u64, seeds: &[Vec<u8>], look: impl Fn(&[u8]) -> u64) {
    let seconds = std::env::var("ATESAKI_FUZZ_SECONDS").ok();
    let seconds = seconds.and_then(|s| s.parse().ok()).unwrap_or(3);
    let mut chance = Chance(seed);
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut round, mut found) = (0_u64, 0_u64);
    while Instant::now() < end {
        let text = mutated(&mut chance, seeds);
        let began = Instant::now();
        let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| look(&text)));
        let Ok(more) = looked else {
            panic!(
                "{name}, round {round}: {:?}",
                String::from_utf8_lossy(&text)
            );
        };
        found += more;
        let took = began.elapsed();
        assert!(
            took < PATIENCE,
            "{name}, round {round}: {took:?} for {} bytes",
            text.len()
        );
        round += 1;
    }
    println!("{name}: {round} rounds, {found} found");
    assert!(round > 100, "{name}: only {round} rounds");
    assert!(found > 0, "{name}: a test that reads nothing holds nothing");
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak: u64 = peak
            .unwrap()
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .unwrap();
        assert!(peak < MEMORY, "{name}: {peak} KiB at once");
    }
}

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

#[test]
fn mbox_files_of_every_shape_are_read_and_read_on() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["All mail Including Spam and Trash.mbox", "Inbox"] {
        let path = folder.path().join(name);
        fuzz(name, 0x9e37_79b9_7f4a_7c15, &bytes(MBOXES), |text| {
            let mut cursors = BTreeMap::new();
            let half = text.len() / 2;
            fs::write(&path, &text[..half]).unwrap();
            read(&path, &mut cursors, half);
            fs::write(&path, text).unwrap();
            let found = read(&path, &mut cursors, text.len());
            assert_eq!(read(&path, &mut cursors, 0), 0, "nothing is new");
            found
        });
    }
}

#[test]
fn zips_of_every_shape_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("takeout.zip");
    let mut seeds = Vec::new();
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        for text in MBOXES {
            let mut zip = ZipWriter::new(Bytes::new(Vec::new()));
            let options = SimpleFileOptions::default().compression_method(method);
            for name in ["Takeout/Mail/Spam.mbox", "Maildir/cur/1.a:2,S", "a/b.eml"] {
                zip.start_file(name, options).unwrap();
                zip.write_all(text.as_bytes()).unwrap();
            }
            seeds.push(zip.finish().unwrap().into_inner());
        }
    }
    fuzz("zips", 0xbf58_476d_1ce4_e5b9, &seeds, |text| {
        fs::write(&path, text).unwrap();
        read(&path, &mut BTreeMap::new(), usize::MAX)
    });
}

#[test]
fn profiles_of_every_shape_are_read() {
    let home = tempfile::tempdir().unwrap();
    let profile = home.path().join(".thunderbird/p");
    fs::create_dir_all(profile.join("Mail/a")).unwrap();
    fs::write(profile.join("Mail/a/Inbox"), "From \n\n").unwrap();
    let list = home.path().join(".thunderbird/profiles.ini");
    let prefs = profile.join("prefs.js");
    let whole = "[Profile0]\nIsRelative=1\nPath=p\n";
    fuzz("prefs.js", 0x94d0_49bb_1331_11eb, &bytes(PREFS), |text| {
        fs::write(&list, whole).unwrap();
        fs::write(&prefs, text).unwrap();
        thunderbird::accounts(home.path(), None).len() as u64
    });
    fs::write(&prefs, PREFS.concat()).unwrap();
    fuzz(
        "profiles.ini",
        0xd6e8_feb8_6659_fd93,
        &bytes(&[whole]),
        |text| {
            fs::write(&list, text).unwrap();
            thunderbird::accounts(home.path(), None).len() as u64
        },
    );
}

#[test]
fn descriptions_of_servers_of_every_shape_are_read() {
    let seeds = bytes(DESCRIPTIONS);
    fuzz("autoconfig", 0xa076_1d64_78bd_642f, &seeds, |text| {
        let (name, servers) = autoconfig::read(text);
        let longest = servers.iter().map(|server| server.host.len()).max();
        assert!(name.len() <= 255 && longest.unwrap_or(0) <= 255);
        servers.len() as u64
    });
}

#[test]
fn attachments_of_every_shape_are_counted() {
    let rows = lists::people(12);
    let text = lists::csv(&rows);
    let stored = CompressionMethod::Stored;
    let seeds = [
        lists::pack(stored, &lists::workbook(&[&rows, &rows])),
        lists::pack(stored, &lists::document(&[&rows])),
        lists::xlsx(&[&rows]),
        lists::xls(&[&rows, &rows]),
        lists::zip(
            stored,
            &[("a.csv", text.as_bytes()), ("b.xls", &lists::xls(&[&rows]))],
        ),
        encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(),
        encoding_rs::ISO_2022_JP.encode(&text).0.into_owned(),
    ];
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.build().unwrap();
    let own = Own {
        addresses: vec![lists::ADDRESS.to_owned()],
        names: vec![lists::NAME.to_owned()],
    };
    fuzz("attachments", 0x8ebc_6af0_9c88_c6e3, &seeds, |bytes| {
        let counting = count(&Worker::Here, bytes, &own);
        let found = runtime.block_on(counting).unwrap().unwrap();
        assert!(found.others <= found.people && found.people <= 1_000_000);
        assert!(
            found
                .own_addresses
                .iter()
                .chain(&found.own_names)
                .all(|at| *at == 0)
        );
        u64::from(found.people)
    });
}
