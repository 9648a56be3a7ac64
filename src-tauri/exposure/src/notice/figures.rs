//! Figures in a notice: how many, when, until when, how much.

use super::folded::place;
use super::{any, each, words};
use std::ops::Range;

/// A figure in a folded text: where it stands, and its value with thousands, decimals and the
/// words for ten thousand, thousand, million and billion.
struct Figure {
    place: Range<usize>,
    value: f64,
}

fn figures(bare: &str) -> Vec<Figure> {
    const SCALES: [(&str, f64); 9] = [
        ("億", 1e8),
        ("百万", 1e6),
        ("万", 1e4),
        ("千", 1e3),
        (" million", 1e6),
        (" billion", 1e9),
        (" thousand", 1e3),
        ("m ", 1e6),
        ("k ", 1e3),
    ];
    let bytes = bare.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // `at` is below the length wherever a byte is asked for.
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let mut digits = String::new();
        while at < bytes.len() {
            let next_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            match bytes[at] {
                b if b.is_ascii_digit() => digits.push(char::from(b)),
                b',' if next_digit => {}
                b'.' if next_digit => digits.push('.'),
                _ => break,
            }
            at += 1;
        }
        let Ok(mut value) = digits.parse::<f64>() else {
            continue;
        };
        let rest = bare.get(at..).unwrap_or_default();
        if let Some((word, scale)) = SCALES.iter().find(|(word, _)| rest.starts_with(word)) {
            value *= scale;
            at += word.trim_end().len();
            // 1万2,345 is one figure.
            let tail: String = bare
                .get(at..)
                .unwrap_or_default()
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == ',')
                .collect();
            if word.starts_with(['万', '億', '千']) && !tail.is_empty() {
                let small = tail.replace(',', "").parse::<f64>().unwrap_or(0.0);
                at += tail.len();
                let thousands = bare.get(at..).is_some_and(|rest| rest.starts_with('千'));
                at += if thousands { "千".len() } else { 0 };
                value += small * if thousands { 1e3 } else { 1.0 };
            }
        }
        found.push(Figure {
            place: start..at,
            value,
        });
    }
    found
}

/// The most people or records that a sentence counts.
pub(super) fn people(bare: &str) -> Option<(u32, Range<usize>)> {
    let counted = |figure: &&Figure| {
        let rest = bare.get(figure.place.end..).unwrap_or_default();
        let before = bare.get(..figure.place.start).unwrap_or_default();
        let ordinal = before.ends_with(['第', '$', '¥', '€', '£']);
        let share = rest.starts_with(" of its");
        !ordinal && !share && each(words::COUNTED).any(|word| counts(rest, word))
    };
    let all = figures(bare);
    let best = all.iter().filter(counted);
    let best = best.max_by(|a, b| a.value.total_cmp(&b.value))?;
    (best.value >= 1.0 && best.value <= f64::from(u32::MAX))
        .then(|| (best.value as u32, best.place.clone()))
}

/// Whether what stands behind a figure makes it one of people or records.
fn counts(rest: &str, word: &str) -> bool {
    /// How many characters may stand between: "2,259 of our customers".
    const BETWEEN: usize = 22;
    if !word.is_ascii() {
        let near: String = rest.chars().take(12).collect();
        return rest.trim_start_matches([' ', '余', '約']).starts_with(word)
            && !any(&near, words::SAW);
    }
    let Some(at) = place(rest, word) else {
        return false;
    };
    let between = rest.get(..at.start).unwrap_or_default();
    let other = |c: char| !(c.is_ascii_alphabetic() || matches!(c, ' ' | '+' | '-' | '\''));
    let dated = MONTHS
        .iter()
        .any(|month| place(between, &format!("{month}$")).is_some());
    between.chars().count() <= BETWEEN
        && !between.contains(other)
        && !dated
        && between.starts_with([' ', '+'])
}

const MONTHS: [&str; 23] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
];

/// A date or an hour that stands in a sentence.
pub(super) fn date(bare: &str) -> Option<Range<usize>> {
    for figure in figures(bare) {
        let rest = bare.get(figure.place.end..).unwrap_or_default();
        let before = bare.get(..figure.place.start).unwrap_or_default();
        let japanese = rest.starts_with(['年', '月', '日', '時'])
            && !rest.starts_with("日間")
            && !rest.starts_with("時間")
            && !rest.starts_with("年間");
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let parted = rest.starts_with(['/', '-', ':']) && digit(rest.chars().nth(1))
            || rest.starts_with('.') && digit(rest.chars().nth(1));
        let after = rest
            .trim_start_matches("st")
            .trim_start_matches("nd")
            .trim_start_matches("rd")
            .trim_start_matches("th")
            .trim_start_matches(" of")
            .trim_start();
        let month = MONTHS.iter().any(|month| {
            let word =
                |text: &str| place(text, &format!("{month}$")).is_some_and(|at| at.start == 0);
            let last = before
                .trim_end_matches([' ', '.', ','])
                .rsplit(' ')
                .next()
                .unwrap_or_default();
            word(after) || last == *month
        });
        if japanese || parted || month {
            return Some(figure.place);
        }
    }
    None
}

/// A date until which the reader is to do something.
pub(super) fn deadline(bare: &str) -> Option<Range<usize>> {
    /// How far before a date its word may stand, in bytes.
    const NEAR: usize = 12;
    let at = date(bare)?;
    let lead = bare.get(..at.start).unwrap_or_default();
    let near = lead
        .char_indices()
        .rev()
        .map(|(at, _)| at)
        .take(NEAR)
        .last();
    let near = lead.get(near.unwrap_or(0)..).unwrap_or_default();
    let rest = bare.get(at.end..).unwrap_or_default();
    let until = rest.find("まで").filter(|until| {
        // "1日から3日まで" is a time, and no deadline.
        rest.get(..*until)
            .is_some_and(|between| !between.contains("から"))
            && !lead.ends_with("から")
    });
    let due = until.is_some() || any(near, words::DEADLINE);
    (due && any(bare, words::DUE)).then_some(at)
}

/// A sum of money.
pub(super) fn amount(bare: &str) -> Option<Range<usize>> {
    figures(bare).into_iter().find_map(|figure| {
        let rest = bare.get(figure.place.end..).unwrap_or_default();
        let before = bare.get(..figure.place.start).unwrap_or_default();
        let behind = [
            "円",
            "ポイント",
            "ドル",
            "ユーロ",
            " yen",
            " dollars",
            " euros",
            " usd",
            " eur",
            " gbp",
        ];
        let behind = behind.iter().find(|unit| rest.starts_with(**unit));
        let ahead = ['$', '€', '£', '¥']
            .into_iter()
            .find(|sign| before.ends_with(*sign));
        match (ahead, behind) {
            (Some(sign), _) => Some(figure.place.start - sign.len_utf8()..figure.place.end),
            (None, Some(unit)) => Some(figure.place.start..figure.place.end + unit.len()),
            (None, None) => None,
        }
    })
}
