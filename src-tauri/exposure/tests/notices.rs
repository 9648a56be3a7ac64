//! How well notices are read: real texts beside the checkout, made-up ones, near misses.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "notices/mod.rs"]
mod notices;

use exposure::mail::{Receiver, body_text, read as header};
use exposure::notice::{is_candidate, read};
use notices::wrapped::{WRAPPINGS, wrapped};
use notices::{FAKES, HELD_OUT, Letter, NEAR_MISSES, letters, real_texts, real_titles};

/// In how many wrappings a letter is read as a notice.
fn found(letter: &Letter) -> usize {
    let read = |wrapping| {
        let mail = wrapped(letter, wrapping);
        let subject = header(&mail, &Receiver::default()).subject;
        is_candidate(&subject) && read(&subject, &body_text(&mail)).is_some()
    };
    WRAPPINGS
        .into_iter()
        .filter(|wrapping| read(*wrapping))
        .count()
}

#[test]
fn look() {
    for (letter, notice) in real_texts() {
        println!(
            "{} {notice} {} {}",
            letter.name,
            is_candidate(&letter.subject),
            found(&letter)
        );
        if std::env::var_os("SHOW").is_some() {
            println!("{:#?}", read(&letter.subject, &letter.text));
        }
    }
    for letter in real_titles() {
        println!(
            "title {} {} {}",
            is_candidate(&letter.subject),
            found(&letter),
            letter.name
        );
    }
    for (name, file) in [("held", HELD_OUT), ("near", NEAR_MISSES), ("fake", FAKES)] {
        for letter in letters(file) {
            println!(
                "{name} {} {} {:?} {}",
                is_candidate(&letter.subject),
                found(&letter),
                read(&letter.subject, &letter.text).map(|r| (r.claim, r.bait)),
                letter.name
            );
        }
    }
}
