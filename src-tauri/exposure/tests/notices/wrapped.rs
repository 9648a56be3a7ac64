//! A letter as the bytes of a mail, in the codings that real mail has.

use super::Letter;
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    Utf8,
    Iso2022Jp,
    ShiftJis,
    EucJp,
    QuotedPrintable,
    Base64,
    HtmlOnly,
    Flowed,
    Unnamed,
}

pub const WRAPPINGS: [Wrapping; 9] = [
    Wrapping::Utf8,
    Wrapping::Iso2022Jp,
    Wrapping::ShiftJis,
    Wrapping::EucJp,
    Wrapping::QuotedPrintable,
    Wrapping::Base64,
    Wrapping::HtmlOnly,
    Wrapping::Flowed,
    Wrapping::Unnamed,
];

/// The bytes of a mail with this letter.
pub fn wrapped(letter: &Letter, wrapping: Wrapping) -> Vec<u8> {
    let text = broken(&letter.text, 36).replace('\n', "\r\n");
    let (charset, kind, coding, body) = match wrapping {
        Wrapping::Utf8 => (UTF_8, "plain", "8bit", text.into_bytes()),
        Wrapping::Iso2022Jp => (ISO_2022_JP, "plain", "7bit", bytes(&text, ISO_2022_JP)),
        Wrapping::ShiftJis => (SHIFT_JIS, "plain", "8bit", bytes(&text, SHIFT_JIS)),
        Wrapping::EucJp => (EUC_JP, "plain", "8bit", bytes(&text, EUC_JP)),
        Wrapping::QuotedPrintable => (UTF_8, "plain", "quoted-printable", quoted(&text)),
        Wrapping::Base64 => (
            UTF_8,
            "plain",
            "base64",
            base64(text.as_bytes()).into_bytes(),
        ),
        Wrapping::HtmlOnly => (
            UTF_8,
            "html",
            "base64",
            base64(html(&letter.text).as_bytes()).into_bytes(),
        ),
        Wrapping::Flowed => (
            UTF_8,
            "plain; format=flowed; delsp=yes",
            "8bit",
            flowed(&letter.text),
        ),
        Wrapping::Unnamed => (ISO_2022_JP, "plain", "7bit", bytes(&text, ISO_2022_JP)),
    };
    let charset = match wrapping {
        Wrapping::Unnamed => String::new(),
        _ => format!("; charset={}", charset.name()),
    };
    let mut mail = format!(
        "From: Example <news@shop.example>\r\nTo: jun@example.org\r\nSubject: {}\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/{kind}{charset}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n",
        words(&letter.subject)
    )
    .into_bytes();
    mail.extend(body);
    mail
}

/// Lines as many Japanese mails have them, broken inside words; spaces stay whole elsewhere.
fn broken(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let limit = if line.is_ascii() { 2 * limit } else { limit };
        let mut length = 0;
        for c in line.chars() {
            let may = if line.is_ascii() { c == ' ' } else { true };
            if length >= limit && may {
                out.push('\n');
                length = 0;
                if c == ' ' {
                    continue;
                }
            }
            out.push(c);
            length += 1;
        }
        out.push('\n');
    }
    out
}

fn bytes(text: &str, charset: &'static Encoding) -> Vec<u8> {
    charset.encode(text).0.into_owned()
}

fn words(subject: &str) -> String {
    let pieces: Vec<char> = subject.chars().collect();
    let words = pieces.chunks(12).map(|piece| {
        let piece: String = piece.iter().collect();
        format!("=?UTF-8?B?{}?=", base64(piece.as_bytes()).trim())
    });
    words.collect::<Vec<_>>().join("\r\n ")
}

fn quoted(text: &str) -> Vec<u8> {
    let mut out = String::new();
    let mut length = 0;
    for byte in text.bytes() {
        let plain = byte == b'\r' || byte == b'\n' || (b' '..=b'~').contains(&byte) && byte != b'=';
        let piece = if plain {
            char::from(byte).to_string()
        } else {
            format!("={byte:02X}")
        };
        if length + piece.len() > 72 {
            out.push_str("=\r\n");
            length = 0;
        }
        length = if byte == b'\n' {
            0
        } else {
            length + piece.len()
        };
        out.push_str(&piece);
    }
    out.into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (n, chunk) in bytes.chunks(3).enumerate() {
        if n > 0 && n % 19 == 0 {
            out.push_str("\r\n");
        }
        let group = chunk
            .iter()
            .fold(0_u32, |group, b| (group << 8) | u32::from(*b))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let six = ((group >> (18 - 6 * place)) & 0x3f) as usize;
            out.push(if place <= chunk.len() {
                char::from(ALPHABET[six])
            } else {
                '='
            });
        }
    }
    out + "\r\n"
}

fn html(text: &str) -> String {
    let mut out = String::from(
        "<!DOCTYPE html><html><head><title>x</title><style>p { color: #333 }</style></head><body>\
         <!-- made --><table><tr><td>",
    );
    for line in text.lines() {
        let escaped = line
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        out.push_str(&format!("<span>{escaped}</span><br/>\n"));
    }
    out + "</td></tr></table><script>if (1 < 2) { leak() }</script></body></html>"
}

fn flowed(text: &str) -> Vec<u8> {
    let mut out = String::new();
    for line in text.lines() {
        let chars: Vec<char> = line.trim_end().chars().collect();
        let pieces: Vec<String> = chars
            .chunks(34)
            .map(|piece| piece.iter().collect())
            .collect();
        out.push_str(&pieces.join(" \r\n"));
        out.push_str("\r\n");
    }
    out.into_bytes()
}
