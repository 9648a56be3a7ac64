//! Text as it travels in mail: encoded words (RFC 2047), base64 (RFC 4648) and the charsets that
//! Japanese mail still comes in.

use encoding_rs::{Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};

/// How the sender's program writes what is not ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// The old standard of Japanese mail (RFC 1468).
    Iso2022Jp,
    /// Mobile carriers, and programs that never changed.
    ShiftJis,
    /// Everyone else.
    Utf8,
}

impl Charset {
    /// The name in a Content-Type line.
    pub(super) fn name(self) -> &'static str {
        match self {
            Charset::Iso2022Jp => "ISO-2022-JP",
            Charset::ShiftJis => "Shift_JIS",
            Charset::Utf8 => "UTF-8",
        }
    }

    /// The Content-Transfer-Encoding that goes with it.
    pub(super) fn transfer(self) -> &'static str {
        match self {
            Charset::Iso2022Jp => "7bit",
            Charset::ShiftJis | Charset::Utf8 => "base64",
        }
    }

    /// A text of the body, ready to be written under [`Charset::transfer`].
    pub(super) fn body(self, text: &str) -> Vec<u8> {
        let bytes = self.bytes(&text.replace('\n', "\r\n"));
        match self {
            Charset::Iso2022Jp => bytes,
            Charset::ShiftJis | Charset::Utf8 => folded_base64(&bytes).into_bytes(),
        }
    }

    fn bytes(self, text: &str) -> Vec<u8> {
        let (bytes, _, _) = self.encoding().encode(text);
        bytes.into_owned()
    }

    fn encoding(self) -> &'static Encoding {
        match self {
            Charset::Iso2022Jp => ISO_2022_JP,
            Charset::ShiftJis => SHIFT_JIS,
            Charset::Utf8 => UTF_8,
        }
    }

    /// Whether every sign of the text has a place in this charset.
    #[cfg(test)]
    pub(super) fn holds(self, text: &str) -> bool {
        !self.encoding().encode(text).2
    }
}

/// A header value: as it is when it is ASCII, else as encoded words of at most 75 signs, one a line.
pub(super) fn words(text: &str, charset: Charset) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    // Ten signs of three bytes, with the escapes of ISO-2022-JP, stay below 75.
    const SIGNS_IN_A_WORD: usize = 10;
    let signs: Vec<char> = text.chars().collect();
    let words: Vec<String> = signs
        .chunks(SIGNS_IN_A_WORD)
        .map(|part| {
            let part: String = part.iter().collect();
            format!("=?{}?B?{}?=", charset.name(), base64(&charset.bytes(&part)))
        })
        .collect();
    words.join("\r\n ")
}

/// Bytes as base64 in lines of 76 signs, each ended.
pub(super) fn folded_base64(bytes: &[u8]) -> String {
    let whole = base64(bytes);
    let mut lines = String::with_capacity(whole.len() + whole.len() / 38 + 2);
    let mut rest = whole.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(76));
        lines.push_str(line);
        lines.push_str("\r\n");
        rest = after;
    }
    lines
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |place: usize| u32::from(group.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            if place <= group.len() {
                let sign = SIGNS[(bits >> (18 - 6 * place)) as usize & 63];
                text.push(char::from(sign));
            } else {
                text.push('=');
            }
        }
    }
    text
}
