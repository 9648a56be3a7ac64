//! A table of text: its encoding, its delimiter and its rows.

use super::MOST_ENTRIES;
use crate::charset::{TELLING, is_broken_utf8, unmarked};
use crate::fault::{Code, Fault};
use anyhow::Result;
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::Encoding;
use zeroize::Zeroizing;

/// Most columns.
const MOST_COLUMNS: usize = 500;
/// Longest row, in bytes: notes may be long, an unclosed quotation mark swallows the whole file.
const LONGEST_ROW: usize = 4 * 1024 * 1024;

/// Whether more rows are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Go {
    /// They are.
    On,
    /// This was the last.
    Stop,
}

/// The text of a file: by its byte order mark, as UTF-8, as UTF-16 without a mark, as Shift_JIS or
/// EUC-JP where it reads as Japanese, else as windows-1252.
///
/// # Errors
/// [`Code::ImportDamaged`] for what is no text.
pub(super) fn decoded(bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>> {
    let start = bytes.get(..bytes.len().min(TELLING)).unwrap_or_default();
    let encoding = match Encoding::for_bom(start) {
        Some((encoding, _)) => encoding,
        None if is_broken_utf8(&bytes) => return Err(Fault::new(Code::ImportDamaged).into()),
        None => match unmarked(start, &bytes) {
            Some(encoding) => encoding,
            None => return plain(bytes),
        },
    };
    let (text, _, wrong) = encoding.decode(&bytes);
    if wrong || text.contains('\0') {
        return Err(Fault::new(Code::ImportDamaged).into());
    }
    Ok(Zeroizing::new(text.into_owned()))
}

/// A file in UTF-8 is not copied.
fn plain(mut bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>> {
    let damaged = || Fault::new(Code::ImportDamaged);
    if bytes.contains(&0) {
        return Err(damaged().into());
    }
    let text = String::from_utf8(std::mem::take(&mut *bytes)).map_err(|_| damaged())?;
    Ok(Zeroizing::new(text))
}

/// What stands between the cells of a table, by its first line: the sign that stands there most
/// often outside quotation marks.
fn delimiter(text: &str) -> u8 {
    let (mut quoted, mut counts) = (false, [(b',', 0_u32), (b';', 0), (b'\t', 0)]);
    for byte in text.bytes().take(TELLING) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ => {
                for (sign, count) in &mut counts {
                    *count += u32::from(byte == *sign && !quoted);
                }
            }
        }
    }
    // The first of equals: a comma, unless another sign stands there more often.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(b',', |(sign, _)| *sign)
}

/// Whether a table ends inside quotation marks: it was cut off there.
pub(super) fn ends_in_a_cell(text: &str) -> bool {
    let marks = text.bytes().filter(|byte| *byte == b'"').count();
    marks % 2 == 1 && !text.ends_with(['\n', '\r'])
}

/// Calls `row` with each row of a table that is not empty.
///
/// # Errors
/// [`Code::ImportTooMany`], [`Code::ImportDamaged`], and those of `row`.
pub(super) fn rows(text: &str, mut row: impl FnMut(&StringRecord) -> Result<Go>) -> Result<()> {
    let text = text.trim_start_matches('\u{feff}');
    // Spreadsheets say in a line of its own what stands between the cells.
    let said = ["sep=,", "sep=;", "sep=\t"]
        .into_iter()
        .find_map(|line| Some((line, text.strip_prefix(line)?)))
        .filter(|(_, rest)| rest.starts_with(['\r', '\n']));
    let (delimiter, text) = match said {
        Some((line, rest)) => (line.bytes().last().unwrap_or(b','), rest.trim_start()),
        None => (delimiter(text), text),
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut count = 0_usize;
    loop {
        let there = reader.read_record(&mut record);
        if !there.map_err(|_| Fault::new(Code::ImportDamaged))? {
            return Ok(());
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() > MOST_COLUMNS || record.as_slice().len() > LONGEST_ROW {
            return Err(Fault::new(Code::ImportDamaged).into());
        }
        count += 1;
        // The header is a row as well.
        if count > MOST_ENTRIES + 1 {
            return Err(Fault::new(Code::ImportTooMany).into());
        }
        match row(&record)? {
            Go::On => {}
            Go::Stop => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_JP, SHIFT_JIS, WINDOWS_1252};

    #[test]
    fn reads_every_encoding_that_programs_write() {
        let japanese = "サービス名,メールアドレス\r\n例の店,ada@example.org\r\n";
        let kanji = "名称,住所\r\n東京電力,大阪府\r\n";
        let german = "Dienst;Straße\r\nMänner für Köln;Österreich\r\n";
        let french = "Société,Prénom\r\nCrédit généralisé,Hélène\r\n";
        let check = |encoding: &'static Encoding, text: &str| {
            let (bytes, _, _) = encoding.encode(text);
            let read = decoded(Zeroizing::new(bytes.into_owned())).unwrap();
            assert_eq!(read.as_str(), text, "{}", encoding.name());
        };
        check(SHIFT_JIS, japanese);
        check(SHIFT_JIS, kanji);
        check(EUC_JP, japanese);
        check(WINDOWS_1252, german);
        check(WINDOWS_1252, french);
        check(encoding_rs::UTF_8, japanese);
        for (mark, big) in [(true, true), (true, false), (false, true), (false, false)] {
            let text = "a,b\r\nservice,ada@example.org\r\n";
            let marked = if mark {
                format!("\u{feff}{text}")
            } else {
                text.to_owned()
            };
            let bytes = marked.encode_utf16().flat_map(|unit| match big {
                true => unit.to_be_bytes(),
                false => unit.to_le_bytes(),
            });
            let read = decoded(Zeroizing::new(bytes.collect())).unwrap();
            assert_eq!(read.as_str(), text, "UTF-16, marked {mark}, big {big}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let check = |bytes: &[u8]| {
            let read = decoded(Zeroizing::new(bytes.to_vec()));
            assert!(read.is_err(), "{bytes:?}");
        };
        check(b"a,b\0c");
        check("サービス,店\r\n例".as_bytes().split_last().unwrap().1);
        check(
            &[
                b"Dienst,\xff".as_slice(),
                "Straße,Köln,Österreich,Länder,Größe\n".as_bytes(),
            ]
            .concat(),
        );
        check(b"\xff\xfe\x00\xd8\x00");
        check(&[0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn splits_rows_as_the_programs_do() {
        let check = |text: &str, want: &[&[&str]]| {
            let mut found = Vec::new();
            rows(text, |row| {
                found.push(row.iter().map(str::to_owned).collect::<Vec<_>>());
                Ok(Go::On)
            })
            .unwrap();
            assert_eq!(found, want, "{text:?}");
        };
        check(
            "a,b\r\n\"1\n2\",\"x\"\"y\"\r\n",
            &[&["a", "b"], &["1\n2", "x\"y"]],
        );
        check("a;b\n1,5;2\n\n", &[&["a", "b"], &["1,5", "2"]]);
        check("a\tb\n1\t2", &[&["a", "b"], &["1", "2"]]);
        check("sep=;\r\na;b,c\r\n", &[&["a", "b,c"]]);
        check("\"a;b;c\",d\n", &[&["a;b;c", "d"]]);
        check("\u{feff}a,b\n", &[&["a", "b"]]);
        check("", &[]);
    }
}
