//! Mail in a zip: read as if it were unpacked, and refused with words where it cannot be. All mail
//! here is made up.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use exposure::{AddrSpec, Role};
use monitor::fault::{self, Code};
use monitor::mailbox::archive;
use monitor::scan::ScanResult;
use monitor::store::Store;
use monitor::vault::Memory;
use monitor::{Clock, Handle, Lang, Notice, Shell, Start, Topic};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

struct Quiet;

impl Shell for Quiet {
    fn changed(&self, _topics: &[Topic]) {}
    fn notify(&self, _notice: Notice) {}
}

fn open(folder: &Path) -> Handle {
    Handle::open(Start {
        data: folder.join("data"),
        clock: Clock::Fixed("2026-06-20T03:00:00Z".parse().unwrap()),
        lang: Lang::En,
        vault: Arc::new(Memory::default()),
        shell: Arc::new(Quiet),
        zone: Some("Asia/Tokyo".into()),
    })
    .unwrap()
}

async fn scan(handle: &Handle) -> ScanResult {
    let result = handle.scan(&[], &|_, _| {}).await.unwrap().remove(0);
    assert_eq!(result.fault, None);
    result
}

fn letter(number: usize) -> String {
    format!(
        "Received: from mx.example.net by mx.example.org for <ada@example.org>; Thu, 1 Jan 2026 00:00:{:02} +0000\n\
         Message-ID: <{number}@shop.example>\nFrom: Shop <news@shop.example>\nTo: ada@example.org\nSubject: Letter {number}\n\nThis mail is made up.\n\n",
        number % 60
    )
}

fn mbox(count: usize) -> String {
    let labels = ["Inbox", "Spam", "Archived"];
    (0..count)
        .map(|number| {
            let label = labels[number % labels.len()];
            format!(
                "From 1@xxx Thu Jan 01 00:00:00 +0000 2026\nX-Gmail-Labels: {label}\n{}",
                letter(number)
            )
        })
        .collect()
}

fn zip_of(method: CompressionMethod, files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, text) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn put(folder: &Path, bytes: &[u8]) -> PathBuf {
    let path = folder.join("takeout.zip");
    fs::write(&path, bytes).unwrap();
    path
}

const EVERYTHING: &str = "Takeout/Mail/All mail Including Spam and Trash.mbox";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_takeout_is_read_out_of_its_zip() {
    let folder = tempfile::tempdir().unwrap();
    let text = mbox(1500);
    let files = [
        (EVERYTHING, text.as_str()),
        ("Takeout/archive_browser.html", "<html>made up</html>"),
    ];
    let path = put(folder.path(), &zip_of(CompressionMethod::Deflated, &files));
    let handle = open(folder.path());
    let own = vec![AddrSpec::parse("ada@example.org").unwrap()];
    handle.add_archive(&path, own, vec![]).await.unwrap();
    let first = scan(&handle).await;
    assert_eq!(
        (first.recorded.messages_new, first.recorded.junk_new),
        (1500, 500)
    );
    let lie: u64 = handle
        .read(Store::mailboxes)
        .unwrap()
        .iter()
        .map(|m| m.sightings)
        .sum();
    assert_eq!(lie, 1500);
    let again = scan(&handle).await;
    assert_eq!(
        again.cost.bytes_in, 0,
        "what was read is not unpacked again"
    );

    // The next export has more in it.
    let more = mbox(1600);
    put(
        folder.path(),
        &zip_of(CompressionMethod::Deflated, &[(EVERYTHING, &more)]),
    );
    assert_eq!(
        scan(&handle).await.recorded.messages_new,
        100,
        "each counts once"
    );
    handle.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn single_messages_in_a_zip_are_read_by_their_folder() {
    let folder = tempfile::tempdir().unwrap();
    let letters: Vec<String> = (0..8).map(letter).collect();
    let mbox = format!("From \n{}", letters[7]);
    let files = [
        ("Maildir/cur/1000.a:2,S", letters[0].as_str()),
        ("Maildir/new/1001.b", &letters[1]),
        ("Maildir/.Junk/cur/1002.c:2,", &letters[2]),
        ("kept/one.eml", &letters[3]),
        ("kept/two.EML", &letters[4]),
        ("profile/ImapMail/imap.example.org/Work.sbd/Sent", &mbox),
        (
            "profile/ImapMail/imap.example.org/Work.sbd/Sent.msf",
            "an index",
        ),
        ("__MACOSX/kept/._one.eml", "not mail"),
        ("notes.txt", "not mail"),
    ];
    for method in [CompressionMethod::Deflated, CompressionMethod::Stored] {
        let path = put(folder.path(), &zip_of(method, &files));
        let listed: Vec<(String, Role)> = archive::check(&path)
            .unwrap()
            .into_iter()
            .map(|listed| (listed.name, listed.role))
            .collect();
        let want = [
            ("Maildir", Role::Other),
            ("Maildir/Junk", Role::Junk),
            ("kept", Role::Other),
            ("profile/ImapMail/imap.example.org/Work/Sent", Role::Sent),
        ];
        assert_eq!(listed, want.map(|(name, role)| (name.to_owned(), role)));
    }
    let handle = open(folder.path());
    let path = folder.path().join("takeout.zip");
    let own = vec![AddrSpec::parse("ada@example.org").unwrap()];
    handle.add_archive(&path, own, vec![]).await.unwrap();
    let first = scan(&handle).await;
    assert_eq!(
        (first.recorded.messages_new, first.recorded.junk_new),
        (5, 1)
    );
    assert_eq!(scan(&handle).await.cost.messages_seen, 0);
    handle.close();
}

#[test]
fn the_zips_of_a_folder_are_read_like_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let text = mbox(3);
    for (name, file) in [("takeout-001", "Inbox.mbox"), ("takeout-002", "Spam.mbox")] {
        let zip = zip_of(CompressionMethod::Deflated, &[(file, &text)]);
        fs::write(folder.path().join(format!("{name}.zip")), zip).unwrap();
    }
    fs::write(folder.path().join("broken.ZIP"), "PK\x03\x04").unwrap();
    let listed: Vec<(String, Role)> = archive::check(folder.path())
        .unwrap()
        .into_iter()
        .map(|listed| (listed.name, listed.role))
        .collect();
    let want = [
        ("takeout-001/Inbox", Role::Inbox),
        ("takeout-002/Spam", Role::Junk),
    ];
    assert_eq!(listed, want.map(|(name, role)| (name.to_owned(), role)));
}

/// The bytes of a zip with those of its first central entry changed at a place.
fn changed(zip: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip.to_vec();
    let entry = zip.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    zip[entry + at..entry + at + bytes.len()].copy_from_slice(bytes);
    zip
}

#[test]
fn says_why_a_zip_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let check = |zip: &[u8], want: Code, why: &str| {
        let path = put(folder.path(), zip);
        let error = archive::check(&path).unwrap_err();
        let fault = fault::of(&error);
        assert_eq!(fault.code, want, "{why}: {error:#}");
        assert_eq!(fault.params[0].1, path.display().to_string(), "{why}");
    };
    let text = mbox(10);
    let good = zip_of(CompressionMethod::Deflated, &[("a.mbox", &text)]);
    assert!(archive::check(&put(folder.path(), &good)).is_ok());
    check(
        &changed(&good, 8, &[1, 0]),
        Code::ArchiveLocked,
        "a password",
    );
    let size = 0x7fff_ffff_u32.to_le_bytes();
    check(&changed(&good, 24, &size), Code::ArchiveTooMuch, "a bomb");
    let out = zip_of(
        CompressionMethod::Stored,
        &[("../../a.mbox", &text), ("/etc/b.mbox", "x")],
    );
    check(&out, Code::NoMailThere, "names that lead out of it");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is written"
    );
    check(
        &zip_of(CompressionMethod::Stored, &[]),
        Code::NoMailThere,
        "an empty one",
    );
    check(&good[..good.len() - 30], Code::CannotRead, "half of one");
    check(&good[..6], Code::CannotRead, "its beginning");
}

#[test]
fn a_zip_with_too_many_files_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for number in 0..100_001 {
        zip.start_file(format!("{number}.eml"), options).unwrap();
    }
    let path = put(folder.path(), &zip.finish().unwrap().into_inner());
    let error = archive::check(&path).unwrap_err();
    assert_eq!(fault::of(&error).code, Code::ArchiveTooMuch);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_zip_that_says_less_than_it_holds_gives_no_more_than_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let text = mbox(10);
    let good = zip_of(CompressionMethod::Deflated, &[("a.mbox", &text)]);
    let half = u32::try_from(text.len() / 2).unwrap().to_le_bytes();
    let path = put(folder.path(), &changed(&good, 24, &half));
    let handle = open(folder.path());
    let own = vec![AddrSpec::parse("ada@example.org").unwrap()];
    handle.add_archive(&path, own, vec![]).await.unwrap();
    assert_eq!(scan(&handle).await.recorded.messages_new, 5);
    handle.close();
}
