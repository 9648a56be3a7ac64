//! How well notices are read, in every coding that real mail has: real texts and titles where they
//! lie beside the checkout, and made-up ones. `make bench` prints the figures.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "notices/mod.rs"]
mod notices;

use exposure::mail::{Receiver, TEXT_LIMIT, body_text, read as header};
use exposure::notice::{is_candidate, read};
use notices::everyday::everyday;
use notices::wrapped::{WRAPPINGS, wrapped};
use notices::{
    FAKES, HELD_OUT, HELD_OUT_2, HELD_OUT_3, Letter, NEAR_MISSES, NEAR_MISSES_2, NEAR_MISSES_3,
    letters, real_texts, real_titles,
};
use proptest::prelude::*;

/// The subject and text of a letter that came in some coding.
fn arrived(letter: &Letter, wrapping: notices::wrapped::Wrapping) -> (String, String) {
    let mail = wrapped(letter, wrapping);
    (
        header(&mail, &Receiver::default()).subject,
        body_text(&mail),
    )
}

/// Holds that at least nine in ten of the letters are found, as they came in every coding.
fn check_found(name: &str, letters: &[Letter]) {
    let mut missed = Vec::new();
    for letter in letters {
        for wrapping in WRAPPINGS {
            let (subject, text) = arrived(letter, wrapping);
            if !is_candidate(&subject) || read(&subject, &text).is_none() {
                missed.push(format!("{wrapping:?}: {}", letter.name));
            }
        }
    }
    let all = letters.len() * WRAPPINGS.len();
    println!("{name}: {} of {all}", all - missed.len());
    assert!(
        missed.len() * 10 <= all,
        "{name}: nine in ten are found: {missed:#?}"
    );
}

/// Holds that none of the letters is taken for a notice, whatever its subject.
fn check_silent(letters: &[Letter]) {
    for letter in letters {
        for wrapping in WRAPPINGS {
            let (subject, text) = arrived(letter, wrapping);
            assert_eq!(
                read(&subject, &text),
                None,
                "{wrapping:?}: {} is no notice",
                letter.name
            );
        }
    }
}

#[test]
fn finds_real_notices_and_no_near_misses() {
    let texts = real_texts();
    if texts.is_empty() {
        println!("no corpus beside the checkout: nothing to read");
        return;
    }
    let of = |wanted: bool| -> Vec<Letter> {
        let all = texts.iter().filter(|(_, notice)| *notice == wanted);
        all.map(|(letter, _)| letter.clone()).collect()
    };
    check_found("texts", &of(true));
    check_found("titles", &real_titles());
    check_silent(&of(false));
}

#[test]
fn finds_made_up_notices_and_no_near_misses() {
    for file in [HELD_OUT, HELD_OUT_2, HELD_OUT_3] {
        check_found("made up", &letters(file));
    }
    for file in [NEAR_MISSES, NEAR_MISSES_2, NEAR_MISSES_3] {
        check_silent(&letters(file));
    }
}

#[test]
fn everyday_mail_is_no_notice() {
    let false_ones: Vec<String> = everyday(5_000)
        .into_iter()
        .filter(|letter| is_candidate(&letter.subject))
        .filter(|letter| read(&letter.subject, &letter.text).is_some())
        .map(|letter| letter.name)
        .collect();
    assert!(
        false_ones.len() <= 1,
        "at most one in 5,000: {false_ones:#?}"
    );
}

#[test]
fn a_bait_in_the_form_of_a_notice_is_read_as_bait() {
    for letter in letters(FAKES) {
        let reading = read(&letter.subject, &letter.text).expect("it claims a leak");
        assert!(reading.bait, "{}", letter.name);
    }
    for file in [HELD_OUT, HELD_OUT_2, HELD_OUT_3] {
        for letter in letters(file) {
            let reading = read(&letter.subject, &letter.text);
            assert!(
                reading.is_none_or(|reading| !reading.bait),
                "{} asks for nothing that a bait does",
                letter.name
            );
        }
    }
}

#[test]
fn the_text_is_the_same_in_every_coding() {
    for letter in letters(HELD_OUT_3)
        .iter()
        .filter(|letter| !letter.text.is_ascii())
    {
        let bare = |text: &str| {
            text.chars()
                .filter(|c| !c.is_whitespace() && *c != '-')
                .collect::<String>()
        };
        for wrapping in WRAPPINGS {
            // Signs that a Japanese charset has not are written as references there.
            let (_, text) = arrived(letter, wrapping);
            let whole = bare(&text) == bare(&letter.text) || text.contains("&#");
            assert!(whole, "{wrapping:?}: {text}");
        }
    }
}

#[test]
fn the_text_of_a_mail_is_what_a_person_reads() {
    let check = |raw: &str, want: &str| {
        assert_eq!(
            body_text(raw.replace('\n', "\r\n").as_bytes()),
            want,
            "{raw}"
        );
    };
    check("", "");
    check("Subject: x\n\nHello\nthere\n", "Hello\nthere");
    let parts = |plain: &str, html: &str| {
        format!(
            "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n\
             --b\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b--\n"
        )
    };
    check(&parts("Plain text", "<p>HTML</p>"), "Plain text");
    check(
        &parts("", "<p>One &amp; two</p><p>Three</p>"),
        "One & two\nThree",
    );
    let long = "word ".repeat(40);
    check(
        &parts("Use HTML.", &format!("<p>{long}</p>")),
        long.trim_end(),
    );
    check(
        "Content-Type: text/html\n\n<head><title>no</title></head><style>p{}</style><script>if (a<b) x()</script>\
         <ul><li>A<li>B</ul><table><tr><td>C</td><td>D<br>E</td></tr></table><a title=\"a>b\" href='x'>F</a> 1 < 2",
        "- A\n- B\nC\nD\nE\nF 1 < 2",
    );
    check(
        "Content-Type: text/plain; format=flowed\n\nsoft \nwrapped\nhard\n",
        "soft wrapped\nhard",
    );
    check(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nlist\n\
         --b\nContent-Type: text/plain\n\nletter\n--b--\n",
        "letter",
    );
    let huge = format!(
        "Content-Type: text/plain; charset=utf-8\n\n{}",
        "漏".repeat(TEXT_LIMIT)
    );
    let text = body_text(huge.as_bytes());
    assert!(
        text.len() <= TEXT_LIMIT && text.len() > TEXT_LIMIT - 8,
        "{}",
        text.len()
    );
    let unnamed = encoding_rs::SHIFT_JIS
        .encode("Subject: x\r\n\r\n個人情報の流出について\r\n")
        .0;
    assert_eq!(
        body_text(&unnamed),
        "個人情報の流出について",
        "a charset that nobody named is guessed"
    );
}

proptest! {
    #[test]
    fn any_bytes_have_a_text(bytes in proptest::collection::vec(any::<u8>(), 0..600), pieces in proptest::collection::vec(proptest::sample::select(vec![
        "Content-Type: text/html\r\n", "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Transfer-Encoding: base64\r\n", "\r\n\r\n", "--b\r\n", "--b--",
        "<", ">", "<!--", "-->", "<script", "</script>", "<p a=\"", "&#x1F600;", "&", ";", "漏えい", "\u{1b}$B", "=?",
    ]), 0..20)) {
        body_text(&bytes);
        let mut mixed = pieces.concat().into_bytes();
        mixed.extend(&bytes);
        prop_assert!(body_text(&mixed).len() <= TEXT_LIMIT);
        body_text(pieces.concat().as_bytes());
    }
}
