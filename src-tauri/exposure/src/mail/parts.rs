//! The parts of a message, as far as a rule may look into one of them: what a part is called and
//! how it is written. Nothing is opened here.

use super::{decode, fields::Fields};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{MessageParser, MimeHeaders, PartType};
use std::ops::Range;

/// Types of a whole message that say that it may carry a file.
const CARRYING: &[&str] = &[
    "multipart/mixed",
    "multipart/related",
    "application/",
    "text/csv",
    "text/tab-separated-values",
];

/// One part that holds no further parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// `type/subtype`, lower case.
    pub content_type: String,
    /// The name of the file, decoded; empty where it has none.
    pub name: String,
    /// It is sent as a file, not to be read in place.
    pub attached: bool,
    /// How its bytes are written.
    pub encoding: Encoding,
}

/// How the bytes of a part are written (RFC 2045, 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// As they are.
    #[default]
    Plain,
    /// base64.
    Base64,
    /// quoted-printable.
    QuotedPrintable,
}

impl Encoding {
    /// The bytes behind what is written; those before the first fault.
    pub fn decoded(self, written: &[u8]) -> Vec<u8> {
        match self {
            Encoding::Plain => written.to_vec(),
            // A piece that was cut off may end within a group of four.
            Encoding::Base64 => {
                let whole: Vec<u8> = written
                    .iter()
                    .copied()
                    .filter(|b| !b.is_ascii_whitespace())
                    .collect();
                let end = whole.len() - whole.len() % 4;
                base64_decode(whole.get(..end).unwrap_or_default()).unwrap_or_default()
            }
            Encoding::QuotedPrintable => quoted_printable_decode(written).unwrap_or_default(),
        }
    }

    /// The word of a Content-Transfer-Encoding.
    pub const fn word(self) -> &'static str {
        match self {
            Encoding::Plain => "8bit",
            Encoding::Base64 => "base64",
            Encoding::QuotedPrintable => "quoted-printable",
        }
    }
}

/// Whether a message may carry a file, by its own header.
pub(super) fn carries(fields: &Fields<'_>) -> bool {
    let Some(value) = fields.first("content-type") else {
        return false;
    };
    let value = decode::plain(value).trim_start().to_ascii_lowercase();
    CARRYING.iter().any(|carrying| value.starts_with(carrying))
}

/// The name of a file as it stands in a header: encoded words and percent signs are read.
pub fn file_name(written: &str) -> String {
    let text = decode::text(written.as_bytes()).text;
    // RFC 2231: charset'language'percent-encoded.
    match text.rsplit_once("''") {
        Some((charset, encoded)) if charset.len() < 20 && encoded.contains('%') => percent(encoded),
        _ => text,
    }
}

fn percent(encoded: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(encoded.len()), encoded.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = hex.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match byte.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The parts of a whole message and where their bytes stand; those of messages inside it are left
/// out. Never fails: what cannot be read has no parts.
pub fn parts(message: &[u8]) -> Vec<(Part, Range<usize>)> {
    let Some(parsed) = MessageParser::default().parse(message) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for part in &parsed.parts {
        match part.body {
            PartType::Text(_)
            | PartType::Html(_)
            | PartType::Binary(_)
            | PartType::InlineBinary(_) => {}
            PartType::Message(_) | PartType::Multipart(_) => continue,
        }
        let kind = part.content_type();
        let content_type = kind.map_or_else(
            || "text/plain".to_owned(),
            |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()),
        );
        let encoding = match part.encoding {
            mail_parser::Encoding::None => Encoding::Plain,
            mail_parser::Encoding::Base64 => Encoding::Base64,
            mail_parser::Encoding::QuotedPrintable => Encoding::QuotedPrintable,
        };
        let disposition = part.content_disposition();
        all.push((
            Part {
                content_type: content_type.to_ascii_lowercase(),
                name: part.attachment_name().unwrap_or_default().to_owned(),
                attached: disposition.is_some_and(|d| d.is_attachment()),
                encoding,
            },
            part.raw_body_offset() as usize..part.raw_end_offset() as usize,
        ));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_files_with_their_names_and_bytes() {
        let message = b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n--x\r\nContent-Type: text/csv; name=\"=?UTF-8?B?5ZCN57C/LmNzdg==?=\"\r\nContent-Disposition: attachment; filename*=UTF-8''%E5%90%8D%E7%B0%BF.csv\r\nContent-Transfer-Encoding: base64\r\n\r\nYSxiCjEs\r\nMgo=\r\n--x--\r\n";
        let found = parts(message);
        assert_eq!(found.len(), 2, "{found:?}");
        let (part, range) = &found[1];
        assert_eq!(part.name, "名簿.csv");
        assert!(part.attached);
        assert_eq!(part.content_type, "text/csv");
        assert_eq!(
            part.encoding.decoded(&message[range.clone()]),
            b"a,b\n1,2\n"
        );
    }

    #[test]
    fn reads_names_however_they_are_written() {
        for (written, name) in [
            ("list.xlsx", "list.xlsx"),
            ("=?UTF-8?B?5ZCN57C/LmNzdg==?=", "名簿.csv"),
            ("UTF-8''%E5%90%8D%E7%B0%BF.csv", "名簿.csv"),
            ("UTF-8'ja'%zz.csv", "UTF-8'ja'%zz.csv"),
            ("don''t.csv", "don''t.csv"),
        ] {
            assert_eq!(file_name(written), name);
        }
    }

    #[test]
    fn a_cut_piece_is_read_as_far_as_it_goes() {
        assert_eq!(Encoding::Base64.decoded(b"YSxiCjEs\r\nMg"), b"a,b\n1,");
        assert_eq!(Encoding::QuotedPrintable.decoded(b"a=3Db"), b"a=b");
        assert_eq!(Encoding::Plain.decoded(b"a=3Db"), b"a=3Db");
    }
}
