//! Tables of text, in any encoding that programs write them in. Text that is no table is one of a
//! single column.

use super::budget::{Bounded, Budget};
use crate::charset::{TELLING, is_broken_utf8, unmarked};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8};
use exposure::attachment::{Row, Tally};
use std::borrow::Cow;

/// Counts the rows of a table.
pub(super) fn read(bytes: &[u8], budget: &Budget, tally: &mut Tally) {
    let text = decoded(bytes);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(Bounded {
            inner: text.as_bytes(),
            budget,
        });
    let (mut record, mut row) = (StringRecord::new(), Row::default());
    tally.table();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return,
            Err(_) => return tally.cut(),
        }
        row.clear();
        for cell in &record {
            row.push(cell);
        }
        if budget.is_spent() || !tally.row(&row) {
            return;
        }
    }
}

/// The text of a file. What is broken in it is replaced: an address stands between other signs.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let (text, _, _) = encoding(bytes).decode(bytes);
    text
}

fn encoding(bytes: &[u8]) -> &'static Encoding {
    let start = bytes.get(..TELLING).unwrap_or(bytes);
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding;
    }
    let switches: [&[u8]; 3] = [b"\x1b$B", b"\x1b$@", b"\x1b(J"];
    if switches
        .iter()
        .any(|s| memchr::memmem::find(start, s).is_some())
    {
        return ISO_2022_JP;
    }
    // What is not ASCII may begin far below; cut at the end of a line, no character is halved.
    let first = bytes.iter().position(|byte| !byte.is_ascii());
    let rest = first.and_then(|at| bytes.get(at..)).unwrap_or_default();
    let sample = rest.get(..TELLING).unwrap_or(rest);
    let end = memchr::memrchr(b'\n', sample).filter(|_| sample.len() < rest.len());
    let sample = end.and_then(|end| sample.get(..end)).unwrap_or(sample);
    if is_broken_utf8(sample) {
        return UTF_8;
    }
    unmarked(start, sample).unwrap_or(UTF_8)
}

/// What stands between the cells: a tab where most lines have one, else what there is more of.
fn delimiter(text: &str) -> u8 {
    let (mut quoted, mut lines) = (false, 1);
    let [mut commas, mut semicolons, mut tabs] = [0_usize; 3];
    for byte in text.bytes().take(TELLING) {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'\n' => lines += 1,
            b',' => commas += 1,
            b';' => semicolons += 1,
            b'\t' => tabs += 1,
            _ => {}
        }
    }
    if tabs > 0 && tabs * 2 >= lines {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_JP, SHIFT_JIS, WINDOWS_1252};

    #[test]
    fn reads_every_encoding_of_a_list() {
        let japanese = "氏名,住所\r\n山田 太郎,東京都千代田区\r\n";
        let check = |encoding: &'static Encoding, text: &str| {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(decoded(&bytes), text, "{}", encoding.name());
            let long = format!("{}{}", "number,word\r\n".repeat(20_000), text.repeat(9_000));
            let (bytes, _, _) = encoding.encode(&long);
            assert!(decoded(&bytes) == long, "{}, a long one", encoding.name());
        };
        check(UTF_8, japanese);
        check(SHIFT_JIS, japanese);
        check(EUC_JP, japanese);
        check(WINDOWS_1252, "Name;Straße\r\nJörg Möller;Köln\r\n");
        let (jis, _, _) = ISO_2022_JP.encode(japanese);
        assert_eq!(decoded(&jis), japanese);
        let marked = format!("\u{feff}{japanese}");
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&wide), japanese);
        let plain = "name,address\r\nada,example\r\n";
        let wide: Vec<u8> = plain.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&wide), plain, "UTF-16 without a mark");
    }

    #[test]
    fn knows_what_stands_between_cells() {
        let check = |text: &str, want: u8| assert_eq!(delimiter(text), want, "{text:?}");
        check("List of members\nname\taddress\na, b\tc\n", b'\t');
        check("name;price\nx;1,5\n", b';');
        check("a,b\n\"x;y;z;\",1\n", b',');
        check("", b',');
    }
}
