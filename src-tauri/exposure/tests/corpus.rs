//! Real mail that nobody here wrote, where it is present beside the checkout; it is never copied in.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use exposure::mail::{Oddity, Receiver, read};
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn has_from_line(bytes: &[u8]) -> bool {
    let header = bytes
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .map_or(bytes, |end| &bytes[..end]);
    let header = header
        .windows(2)
        .skip(2)
        .position(|w| w == b"\n\n")
        .map_or(header, |end| &header[..end + 2]);
    header
        .split(|b| matches!(b, b'\r' | b'\n'))
        .any(|line| line.len() > 5 && line[..5].eq_ignore_ascii_case(b"from:"))
}

#[test]
fn reads_real_and_hostile_mail_without_fail() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/mail");
    let mut all = Vec::new();
    files(&root, &mut all);
    if all.is_empty() {
        println!("no corpus beside the checkout: nothing to read");
        return;
    }
    let (mut mails, mut with_from, mut broken, mut japanese) = (0, 0, 0, 0);
    for path in &all {
        let bytes = std::fs::read(path).unwrap();
        let head = &bytes[..bytes.len().min(200)];
        if !head.windows(2).any(|w| w == b": ") {
            continue;
        }
        let facts = read(&bytes, &Receiver::default());
        // MIME parts and test drivers without a sender are no mails.
        if !has_from_line(&bytes) {
            continue;
        }
        if facts.oddities.contains(&Oddity::NoFrom) && std::env::var_os("ATESAKI_CORPUS").is_some()
        {
            println!("no From: {}", path.display());
        }
        mails += 1;
        with_from += usize::from(!facts.oddities.contains(&Oddity::NoFrom));
        broken += usize::from(facts.subject.contains('\u{FFFD}'));
        japanese += usize::from(
            facts
                .subject
                .chars()
                .any(|c| ('\u{3041}'..='\u{30ff}').contains(&c)),
        );
        assert!(
            !facts.subject.contains('\u{1b}'),
            "an escape must not reach a screen: {}",
            path.display()
        );
    }
    println!(
        "{mails} mails, {with_from} with a readable From, {broken} subjects with U+FFFD, {japanese} with kana"
    );
    assert!(
        with_from * 100 >= mails * 90,
        "nine in ten have a readable From: {with_from} of {mails}"
    );
    assert!(
        broken * 100 <= mails,
        "at most one in a hundred subjects may have an unreadable character: {broken}"
    );
}
