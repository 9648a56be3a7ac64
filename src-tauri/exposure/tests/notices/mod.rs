//! Texts and mails by which the reading of notices is measured: those beside the checkout, where
//! they are present, and made-up ones. Tests and the bench share them.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code)]

pub mod everyday;
pub mod wrapped;

use std::path::{Path, PathBuf};

/// A subject and a text.
#[derive(Clone, Debug)]
pub struct Letter {
    pub name: String,
    pub subject: String,
    pub text: String,
}

pub const HELD_OUT: &str = include_str!("held-out.txt");
pub const HELD_OUT_2: &str = include_str!("held-out-2.txt");
pub const NEAR_MISSES_2: &str = include_str!("near-misses-2.txt");
pub const HELD_OUT_3: &str = include_str!("held-out-3.txt");
pub const NEAR_MISSES_3: &str = include_str!("near-misses-3.txt");
pub const NEAR_MISSES: &str = include_str!("near-misses.txt");
pub const FAKES: &str = include_str!("fakes.txt");

/// The letters of a file in which `=== subject` begins one.
pub fn letters(file: &str) -> Vec<Letter> {
    let parts = file.split("=== ").skip(1);
    parts
        .map(|part| {
            let (subject, text) = part.split_once('\n').expect("a subject and a text");
            Letter {
                name: subject.to_owned(),
                subject: subject.to_owned(),
                text: text.to_owned(),
            }
        })
        .collect()
}

/// What lies beside the checkout and is not copied in.
pub fn beside() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/notices")
}

/// The real texts beside the checkout, each with whether it is a notice.
pub fn real_texts() -> Vec<(Letter, bool)> {
    let mut found = Vec::new();
    for folder in ["en", "ja"] {
        let Ok(entries) = std::fs::read_dir(beside().join(folder)) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let whole = std::fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let lines = || whole.lines().skip_while(|line| line.starts_with('#'));
            let subject = lines().find_map(|line| line.strip_prefix("Subject: "));
            let text: Vec<&str> = lines()
                .filter(|line| !line.starts_with("Subject: "))
                .collect();
            let letter = Letter {
                subject: subject.unwrap().to_owned(),
                text: text.join("\n"),
                name: name.clone(),
            };
            found.push((letter, !name.starts_with("90")));
        }
    }
    found.sort_by(|a, b| a.0.name.cmp(&b.0.name));
    found
}

/// The real titles beside the checkout, over a text that says nothing.
pub fn real_titles() -> Vec<Letter> {
    let file = std::fs::read_to_string(beside().join("ja-titles-half.tsv")).unwrap_or_default();
    let titles = file
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').nth(2));
    titles
        .map(|title| Letter {
            name: title.to_owned(),
            subject: title.to_owned(),
            text: "お客様各位\n\n平素は格別のご高配を賜り、厚く御礼申し上げます。\n標記の件につきまして、\
                   詳しくは当社のウェブサイトに掲載しておりますので、ご覧くださいますようお願いいたします。\n\n\
                   https://www.example.org/news/\n"
                .to_owned(),
        })
        .collect()
}
