//! How well breach notices are read: how many of real and made-up ones are found in how many
//! codings, how many near misses are taken for one, and how much everyday mail is. Prints the
//! figures and writes them as `FOLDER/notices.json`.
//!
//! `cargo bench -p exposure --bench notices -- [FOLDER [SPAM_ASSASSIN]]`, absolute or from the root
//! of the checkout; with `--list` the mails that are wrong stand above.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../tests/notices/mod.rs"]
mod notices;

use exposure::mail::{Receiver, body_text, read as header};
use exposure::notice::{RULE, is_candidate, read};
use notices::everyday::everyday;
use notices::wrapped::{WRAPPINGS, wrapped};
use notices::{
    FAKES, HELD_OUT, HELD_OUT_2, HELD_OUT_3, Letter, NEAR_MISSES, NEAR_MISSES_2, NEAR_MISSES_3,
    letters, real_texts, real_titles,
};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let list = arguments.iter().any(|argument| argument == "--list");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let places = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"));
    let mut places = places.map(|place| root.join(place));
    let folder = places.next();
    let texts = real_texts();
    let of = |wanted: bool| -> Vec<Letter> {
        let all = texts.iter().filter(|(_, notice)| *notice == wanted);
        all.map(|(letter, _)| letter.clone()).collect()
    };
    let made_up = letters(NEAR_MISSES);
    let mut rows = vec![
        wrapped_row("real notices", &of(true), true, list),
        wrapped_row("real titles", &real_titles(), true, list),
        wrapped_row("made-up notices", &letters(HELD_OUT), true, list),
        wrapped_row("made-up, second", &letters(HELD_OUT_2), true, list),
        wrapped_row("made-up, third", &letters(HELD_OUT_3), true, list),
        wrapped_row("made-up baits", &letters(FAKES), true, list),
        wrapped_row("real near misses", &of(false), false, list),
        wrapped_row("made-up near misses", &made_up, false, list),
        wrapped_row("near misses, second", &letters(NEAR_MISSES_2), false, list),
        wrapped_row("near misses, third", &letters(NEAR_MISSES_3), false, list),
    ];
    let mails: Vec<(String, Vec<u8>)> = everyday(5_000)
        .iter()
        .enumerate()
        .map(|(n, letter)| {
            (
                letter.name.clone(),
                wrapped(letter, WRAPPINGS[n % WRAPPINGS.len()]),
            )
        })
        .collect();
    rows.push(mail_row("everyday mail", &mails, list));
    if let Some(place) = places.next() {
        for (name, groups) in [
            (
                "SpamAssassin, wanted",
                &["easy-ham-1", "easy-ham-2", "hard-ham-1"][..],
            ),
            ("SpamAssassin, spam", &["spam-1", "spam-2"]),
        ] {
            rows.push(mail_row(name, &mails_in(&place, groups), list));
        }
    }
    if let Some(folder) = folder {
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("notices.json");
        let text = serde_json::to_string_pretty(&json!({ "rule": RULE, "rows": rows })).unwrap();
        std::fs::write(file, text + "\n").unwrap();
    }
}

/// Letters in every coding: how many are candidates and read as notices.
fn wrapped_row(name: &str, letters: &[Letter], notices: bool, list: bool) -> serde_json::Value {
    let mails = letters.len() * WRAPPINGS.len();
    let (mut candidates, mut found) = (0, 0);
    for letter in letters {
        for wrapping in WRAPPINGS {
            let mail = wrapped(letter, wrapping);
            let subject = header(&mail, &Receiver::default()).subject;
            let candidate = is_candidate(&subject);
            candidates += usize::from(candidate);
            let read = read(&subject, &body_text(&mail)).is_some();
            // A near miss must not be read as a notice, candidate or not.
            let is = read && (candidate || !notices);
            found += usize::from(is);
            if list && is != notices {
                println!("  {wrapping:?} candidate {candidate}: {}", letter.name);
            }
        }
    }
    println!(
        "{name:<22} {:>5} texts {mails:>6} mails {candidates:>6} candidates {found:>6} notices {:>6.1} %",
        letters.len(),
        100.0 * found as f64 / mails.max(1) as f64
    );
    json!({ "what": name, "texts": letters.len(), "mails": mails, "candidates": candidates, "notices": found })
}

/// Mail that holds no notice: how much is a candidate, how much of all is read as one whether it
/// is a candidate or not, and how much is both.
fn mail_row(name: &str, mails: &[(String, Vec<u8>)], list: bool) -> serde_json::Value {
    let begun = Instant::now();
    let (mut candidates, mut read_as, mut both) = (0, 0, 0);
    for (name, mail) in mails {
        let subject = header(mail, &Receiver::default()).subject;
        let candidate = is_candidate(&subject);
        let reading = read(&subject, &body_text(mail));
        candidates += usize::from(candidate);
        read_as += usize::from(reading.is_some());
        both += usize::from(candidate && reading.is_some());
        if list && reading.is_some() {
            println!("  candidate {candidate}: {name}: {subject}");
        }
    }
    let per = |count: usize| 5_000.0 * count as f64 / mails.len().max(1) as f64;
    println!(
        "{name:<22} {:>6} mails {:>5.1} % candidates; false notices per 5,000: {:.1} (texts alone {:.1}); {:.0} us a mail",
        mails.len(),
        100.0 * candidates as f64 / mails.len().max(1) as f64,
        per(both),
        per(read_as),
        begun.elapsed().as_micros() as f64 / mails.len().max(1) as f64,
    );
    json!({
        "what": name, "mails": mails.len(), "candidates": candidates,
        "false_notices": both, "false_notices_per_5000": per(both), "texts_read_as_notices": read_as,
    })
}

/// The raw mails of some groups.
fn mails_in(place: &Path, groups: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for group in groups {
        let folder = place.join("package/data").join(group);
        let entries = std::fs::read_dir(&folder).expect("scripts/spam-assassin lays it there");
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
        paths.sort();
        for path in paths {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}
