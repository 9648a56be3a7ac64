//! The encoding of a text that does not say it.

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file tells its encoding, in bytes.
pub(crate) const TELLING: usize = 64 * 1024;

/// The encoding of a file without a mark; `None`: UTF-8.
pub(crate) fn unmarked(start: &[u8], whole: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| {
        start
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let most = start.len() / 4;
    if start.len() > 3 && zeros(1) > most && zeros(0) == 0 {
        return Some(UTF_16LE);
    }
    if start.len() > 3 && zeros(0) > most && zeros(1) == 0 {
        return Some(UTF_16BE);
    }
    if std::str::from_utf8(whole).is_ok() {
        return None;
    }
    let reads_japanese = |encoding: &&'static Encoding| {
        let (text, _, wrong) = encoding.decode(whole);
        !wrong && is_japanese(&text)
    };
    let found = [SHIFT_JIS, EUC_JP].into_iter().find(reads_japanese);
    Some(found.unwrap_or(WINDOWS_1252))
}

/// Whether a file is UTF-8 for the most part, and broken: read as anything else it would be noise.
pub(crate) fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_u64, 0_u64);
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_ascii() {
            whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count() as u64;
        }
        broken += u64::from(!chunk.invalid().is_empty());
    }
    broken > 0 && whole > 4 * broken
}

/// Whether what is not ASCII in a text is Japanese as people write it. Western text that is read as
/// Shift_JIS becomes half-width kana, private signs and rare characters, one at a time.
fn is_japanese(text: &str) -> bool {
    let (mut usual, mut odd) = (0_u32, 0_u32);
    let mut before = false;
    for c in text.chars() {
        let (is_usual, is_odd) = match c {
            '\u{3001}'..='\u{30ff}' | '\u{ff01}'..='\u{ff60}' => (true, false),
            // A character alone between letters is an accident.
            '\u{4e00}'..='\u{9fff}' => (before, !before),
            '\u{ff61}'..='\u{ff9f}' | '\u{e000}'..='\u{f8ff}' => (false, true),
            _ => (false, false),
        };
        usual += u32::from(is_usual);
        odd += u32::from(is_odd);
        before = is_usual || matches!(c, '\u{4e00}'..='\u{9fff}');
    }
    usual > odd
}
