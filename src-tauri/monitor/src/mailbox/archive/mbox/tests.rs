#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;
use std::io::Write;

fn check(line: &str, expected: bool) {
    assert_eq!(is_separator(line.as_bytes()), expected, "{line:?}");
}

#[test]
fn knows_a_separator_by_its_date() {
    check("From ada@example.org Thu Jan  1 00:00:00 1970\n", true);
    check("From - Tue, 03 Feb 2026 10:20:30\r\n", true);
    check("From 1801234567@xxx Mon Mar 02 09:08:07 +0000 2026\n", true);
    check("From MAILER-DAEMON Fri Jul  8 12:08 2011\n", true);
    check("From \r\n", true);
    check("From \n", true);
    check(
        "From ada@example.org  Sat Jan  3 01:05:34 CET 1996 remote from x\n",
        true,
    );
    check("From here on it is easy\n", false);
    check(
        "From Monday at 10:30 we are closed, Jan 2026 or not\n",
        false,
    );
    check(">From ada@example.org Thu Jan  1 00:00:00 1970\n", false);
    check("From: ada@example.org\n", false);
}

/// The whole file, from a cursor on: subjects of the messages, places, the cursor afterwards.
fn read(path: &Path, known: Cursor) -> (Vec<(u32, String)>, Cursor) {
    let super::super::Pages::Mbox(mut pages) = open(path, known).unwrap().pages else {
        panic!("an mbox opens as an mbox")
    };
    let mut messages = Vec::new();
    loop {
        let page = pages.next_of_file(2).unwrap();
        if page.messages.is_empty() {
            return (messages, page.cursor);
        }
        messages.extend(page.messages.into_iter().map(|m| {
            let header = String::from_utf8(m.header).unwrap();
            (
                m.uid,
                header
                    .lines()
                    .find_map(|line| line.strip_prefix("Subject: "))
                    .unwrap_or_default()
                    .to_owned(),
            )
        }));
    }
}

fn message(subject: &str) -> String {
    format!("From x@example.org Thu Jan  1 00:00:00 1970\nSubject: {subject}\n\nmade up\n\n")
}

fn file_of(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn subjects(found: &[(u32, String)]) -> Vec<&str> {
    found.iter().map(|(_, subject)| subject.as_str()).collect()
}

#[test]
fn splits_at_separators_and_nowhere_else() {
    let text = [
        message("one"),
        "From x@example.org Thu Jan  1 00:00:00 1970\r\nSubject: two\r\n\r\nbody\r\nFrom y Thu Jan  1 00:00:00 1970 in a paragraph\r\n\r\n\
         From now on\r\n>From z Thu Jan  1 00:00:00 1970\r\n\r\n"
            .to_owned(),
        message("three"),
    ]
    .concat();
    let file = file_of(&text);
    let (found, _) = read(file.path(), Cursor::default());
    assert_eq!(
        found,
        [
            (1, "one".to_owned()),
            (2, "two".to_owned()),
            (3, "three".to_owned())
        ]
    );
}

/// What stands in the body of each message of [`reads_every_dialect`], unquoted.
const BODY: &str = "made up\n\nFrom here on it is text\n>From there too\n\nFrom y@example.org Thu Jan  1 00:00:00 1970\nSubject: not a message\n\nend\n";

/// `From ` at the beginning of lines, quoted as a dialect does.
fn quoted(body: &str, is_quoted: impl Fn(&str) -> bool) -> String {
    body.lines()
        .map(|line| match is_quoted(line) {
            true => format!(">{line}\n"),
            false => format!("{line}\n"),
        })
        .collect()
}

#[test]
fn reads_every_dialect() {
    let mboxo = quoted(BODY, |line| line.starts_with("From "));
    let mboxrd = quoted(BODY, |line| {
        line.trim_start_matches('>').starts_with("From ")
    });
    let plain = BODY.to_owned();
    // Dialect, its body, whether it says its length.
    let dialects = [
        ("mboxo", &mboxo, false),
        ("mboxrd", &mboxrd, false),
        ("mboxcl", &mboxo, true),
        ("mboxcl2", &plain, true),
    ];
    for (dialect, body, says_length) in dialects {
        for crlf in [false, true] {
            for separator in ["From - Thu Jan  1 00:00:00 1970", "From "] {
                for ending in ["\n", ""] {
                    let body = if crlf {
                        body.replace('\n', "\r\n")
                    } else {
                        body.clone()
                    };
                    let length = match says_length {
                        true => format!("Content-Length: {}\n", body.len()),
                        false => String::new(),
                    };
                    let mut text = String::new();
                    for subject in ["one", "two", "three"] {
                        let header = format!("{separator}\n{length}Subject: {subject}\n\n");
                        let header = if crlf {
                            header.replace('\n', "\r\n")
                        } else {
                            header
                        };
                        text.push_str(&format!("{header}{body}"));
                        text.push_str(if crlf { "\r\n" } else { "\n" });
                    }
                    let text = format!("{}{ending}", text.trim_end());
                    let file = file_of(&text);
                    let (found, cursor) = read(file.path(), Cursor::default());
                    let case = format!("{dialect}, CRLF {crlf}, {separator:?}, ending {ending:?}");
                    assert_eq!(subjects(&found), ["one", "two", "three"], "{case}");
                    assert!(
                        read(file.path(), cursor).0.is_empty(),
                        "{case}: read to its end"
                    );
                }
            }
        }
    }
}

#[test]
fn reads_messages_without_bodies() {
    let check = |text: &str, want: &[&str]| {
        let file = file_of(text);
        assert_eq!(
            subjects(&read(file.path(), Cursor::default()).0),
            want,
            "{text:?}"
        );
    };
    let separator = "From x@example.org Thu Jan  1 00:00:00 1970\n";
    let header = |subject: &str, end: &str| format!("{separator}Subject: {subject}\n{end}");
    let both = |end: &str| format!("{}{}", header("one", end), header("two", end));
    check(&both("\n"), &["one", "two"]);
    check(&both("\n\n"), &["one", "two"]);
    check(&both(""), &["one", "two"]);
    check(both("").trim_end(), &["one", "two"]);
    check(separator, &[""]);
    check("", &[]);
    check("\n\n", &[]);
}

#[test]
fn reads_on_in_a_file_that_has_grown() {
    let mut file = file_of(&[message("one"), message("two")].concat());
    let (_, cursor) = read(file.path(), Cursor::default());
    assert_eq!(
        read(file.path(), cursor),
        (vec![], cursor),
        "nothing is new"
    );
    file.write_all(message("three").as_bytes()).unwrap();
    let (found, grown) = read(file.path(), cursor);
    assert_eq!(
        found,
        [(3, "three".to_owned())],
        "what was read is not read again"
    );
    assert_eq!(grown.uidvalidity, cursor.uidvalidity);
}

#[test]
fn begins_anew_in_a_file_that_was_packed() {
    let long = "made up\n".repeat(50);
    let file = file_of(&[message("one"), message("two"), long, message("three")].concat());
    let (_, cursor) = read(file.path(), Cursor::default());
    std::fs::write(file.path(), [message("one"), message("three")].concat()).unwrap();
    let (found, packed) = read(file.path(), cursor);
    assert_eq!(subjects(&found), ["one", "three"]);
    assert_ne!(
        packed.uidvalidity, cursor.uidvalidity,
        "the old places mean nothing any more"
    );
    let (again, _) = read(file.path(), packed);
    assert!(again.is_empty(), "and afterwards it is known again");
}

#[test]
fn begins_anew_where_a_packed_file_has_grown_to_the_same_places() {
    let text = |numbers: std::ops::Range<u32>| -> String {
        numbers
            .map(|number| message(&format!("{number:04}")))
            .collect()
    };
    let file = file_of(&text(0..10));
    let (_, cursor) = read(file.path(), Cursor::default());
    // Three are gone, five have come: a message begins where the tenth ended before.
    std::fs::write(file.path(), format!("{}{}", text(0..1), text(4..15))).unwrap();
    let (found, packed) = read(file.path(), cursor);
    assert_eq!(
        found.len(),
        12,
        "the new ones before that place are not missed"
    );
    assert_ne!(packed.uidvalidity, cursor.uidvalidity);
}

#[test]
fn counts_deleted_messages_that_are_not_packed_away_yet() {
    let text = format!(
        "From - Thu Jan  1 00:00:00 1970\nX-Mozilla-Status: 0008\nX-Mozilla-Status2: 00000000\nSubject: gone\n\nmade up\n\n{}",
        message("there")
    );
    let file = file_of(&text);
    assert_eq!(
        subjects(&read(file.path(), Cursor::default()).0),
        ["gone", "there"],
        "mail that was deleted had arrived"
    );
}

#[test]
fn takes_no_status_line_for_another_file() {
    let with = |status: &str| {
        format!(
            "From - Thu Jan  1 00:00:00 1970\nX-Mozilla-Status: {status}\nSubject: one\n\nmade up\n\n"
        )
    };
    let file = file_of(&with("0000"));
    let (_, cursor) = read(file.path(), Cursor::default());
    std::fs::write(file.path(), with("0001")).unwrap();
    assert!(
        read(file.path(), cursor).0.is_empty(),
        "reading a message in Thunderbird changes that line in place"
    );
}

#[test]
fn lengths_that_never_fit_are_not_followed_for_ever() {
    let length = 2_000 * 80;
    let text: String = (0..2_000)
        .map(|number| format!("From \nContent-Length: {length}\nSubject: {number}\n\nmade up\n\n"))
        .collect();
    let file = file_of(&text);
    assert_eq!(read(file.path(), Cursor::default()).0.len(), 2_000);
}

#[test]
fn survives_lines_longer_than_its_memory() {
    let long = "x".repeat(200_000);
    let text = format!(
        "From - Thu Jan  1 00:00:00 1970\nX-Long: {long}\nSubject: one\n\n{long}\n\n{}",
        message("two")
    );
    let file = file_of(&text);
    assert_eq!(
        subjects(&read(file.path(), Cursor::default()).0),
        ["one", "two"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn finds_every_message_whatever_its_body(bodies in proptest::collection::vec("([ -~]{0,30}\n){0,4}", 1..6)) {
        let mut text = String::new();
        for (number, body) in bodies.iter().enumerate() {
            let quoted: String = body.lines().map(|line| match line.starts_with("From ") {
                true => format!(">{line}\n"),
                false => format!("{line}\n"),
            }).collect();
            text.push_str(&format!("From - Thu Jan  1 00:00:00 1970\nSubject: s{number}\n\n{quoted}\n"));
        }
        let file = file_of(&text);
        let expected: Vec<String> = (0..bodies.len()).map(|number| format!("s{number}")).collect();
        let (found, _) = read(file.path(), Cursor::default());
        prop_assert_eq!(subjects(&found), expected);
    }

    #[test]
    fn never_panics(text in "(From [ -~]{0,20}\n|\n|[ -~]{0,40}\n|From - Thu Jan  1 00:00:00 1970\n){0,30}", modseq in 0u64..2000) {
        let file = file_of(&text);
        read(file.path(), Cursor { uidvalidity: 2, oldest_uid: 1, newest_uid: 3, modseq });
    }
}

#[test]
fn believes_a_length_only_where_a_message_ends() {
    let body =
        "\nFrom x@example.org Thu Jan  1 00:00:00 1970\nSubject: inside\n\nquoted by nobody\n";
    let with = |length: usize| {
        format!(
            "From x@example.org Thu Jan  1 00:00:00 1970\nContent-Length: {length}\n\
             Subject: one\n\n{body}\n{}",
            message("two")
        )
    };
    let read_with = |length: usize| read(file_of(&with(length)).path(), Cursor::default()).0;
    let right = read_with(body.len());
    assert_eq!(subjects(&right), ["one", "two"], "a body is left out whole");
    for wrong in [0, 7, body.len() - 9, body.len() + 9, usize::MAX] {
        let split = read_with(wrong);
        assert_eq!(
            subjects(&split),
            ["one", "inside", "two"],
            "a length of {wrong} fits nowhere, and lines decide"
        );
    }
}
