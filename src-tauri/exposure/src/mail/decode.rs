//! Header values as text: encoded words of every charset, raw 8-bit values, addresses.

use crate::AddrSpec;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::parsers::MessageStream;
use mail_parser::{Address, HeaderValue};
use std::borrow::Cow;

/// A decoded value.
pub(super) struct Text {
    pub(super) text: String,
    /// Some bytes were no text in any charset that could be meant.
    pub(super) broken: bool,
}

/// A value whose characters stand for themselves (dates, identifiers).
pub(super) fn plain(value: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(value) {
        Ok(text) => text.into(),
        Err(_) => String::from_utf8_lossy(value),
    }
}

/// An unstructured value such as Subject.
pub(super) fn text(value: &[u8]) -> Text {
    let (value, broken) = utf8(value);
    let value = join_words(&value);
    if !value.contains("=?") {
        return Text {
            text: value.into_owned(),
            broken,
        };
    }
    let line = format!(" {value}\r\n\r\n");
    let text = match MessageStream::new(line.as_bytes()).parse_unstructured() {
        HeaderValue::Text(text) => text.into_owned(),
        _ => value.into_owned(),
    };
    Text {
        broken: broken || text.contains('\u{FFFD}'),
        text,
    }
}

/// Bytes of a text that names no charset.
pub(super) fn text_of(value: &[u8]) -> String {
    utf8(value).0.into_owned()
}

/// The addresses of a From, To or Cc value with their display names; groups are opened, what is
/// no address is left out.
pub(super) fn addresses(value: &[u8]) -> Vec<(AddrSpec, String)> {
    if let Some(one) = simple_address(value) {
        return vec![one];
    }
    parsed_addresses(value)
}

/// The address of a value that is nothing but one address with a name of plain words, as most
/// are; `None` for everything else.
fn simple_address(value: &[u8]) -> Option<(AddrSpec, String)> {
    let value = std::str::from_utf8(value).ok()?;
    let (name, spec) = match value.strip_suffix('>') {
        Some(value) => value.split_once('<')?,
        None => ("", value),
    };
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric());
    let name = name.strip_suffix(' ').unwrap_or(name);
    if !name.is_empty() && !name.split(' ').all(word) {
        return None;
    }
    let (local, domain) = spec.split_once('@')?;
    let atom = |text: &str| {
        let parts = |b: u8| matches!(b, b'.' | b'-' | b'_' | b'+');
        let mut before = b'.';
        let whole = text.bytes().all(|b| {
            let fits = match parts(b) {
                true => !parts(before),
                false => b.is_ascii_alphanumeric(),
            };
            before = b;
            fits
        });
        whole && !parts(before)
    };
    if !atom(local) || !atom(domain) {
        return None;
    }
    Some((AddrSpec::from_parts(local, domain).ok()?, name.to_owned()))
}

fn parsed_addresses(value: &[u8]) -> Vec<(AddrSpec, String)> {
    let (value, _) = utf8(value);
    let line = format!(" {}\r\n\r\n", join_words(&value));
    let HeaderValue::Address(address) = MessageStream::new(line.as_bytes()).parse_address() else {
        return Vec::new();
    };
    let members = match &address {
        Address::List(list) => list.iter().collect::<Vec<_>>(),
        Address::Group(groups) => groups.iter().flat_map(|g| &g.addresses).collect(),
    };
    members
        .into_iter()
        .filter_map(|addr| {
            let spec =
                AddrSpec::parse(addr.address.as_deref()?.trim_matches(['<', '>', '\'', ' ']))
                    .ok()?;
            Some((spec, addr.name.as_deref().unwrap_or_default().to_owned()))
        })
        .collect()
}

/// Raw bytes as text: UTF-8, else ISO-2022-JP by its escapes, else Shift_JIS or EUC-JP when that
/// reads without a fault as Japanese, else windows-1252. The flag says that it was a guess.
fn utf8(value: &[u8]) -> (Cow<'_, str>, bool) {
    let escapes = value.contains(&b'\x1b')
        && value
            .windows(3)
            .any(|w| matches!(w, b"\x1b$B" | b"\x1b$@" | b"\x1b(I"));
    if escapes && let Some(text) = decoded("iso-2022-jp", value) {
        return (text.into(), false);
    }
    if let Ok(text) = std::str::from_utf8(value) {
        return (text.into(), false);
    }
    for charset in ["shift_jis", "euc-jp"] {
        let japanese = |c: char| matches!(c, '\u{3041}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}');
        let half_width = |c: char| matches!(c, '\u{FF61}'..='\u{FF9F}');
        if let Some(text) = decoded(charset, value)
            && !text.contains('\u{FFFD}')
            && text.chars().any(japanese)
            && !text.chars().any(half_width)
        {
            return (text.into(), false);
        }
    }
    (
        decoded("windows-1252", value).map_or_else(|| plain(value), Cow::Owned),
        true,
    )
}

fn decoded(charset: &str, value: &[u8]) -> Option<String> {
    charset_decoder(charset.as_bytes()).map(|decode| decode(value))
}

/// An encoded word (RFC 2047): charset, encoding, payload.
struct Word<'a> {
    charset: &'a str,
    encoding: char,
    payload: &'a str,
    /// Bytes of the value up to its end.
    end: usize,
}

/// The encoded word that begins at `start`, if one does.
fn word(value: &str, start: usize) -> Option<Word<'_>> {
    let rest = value.get(start..)?.strip_prefix("=?")?;
    let (charset, rest) = rest.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let mut letters = encoding.chars();
    let (encoding, None) = (letters.next()?.to_ascii_uppercase(), letters.next()) else {
        return None;
    };
    let (payload, after) = rest.split_once("?=")?;
    let plain = |text: &str| !text.is_empty() && !text.contains([' ', '\t']);
    if !matches!(encoding, 'B' | 'Q') || !plain(charset) || payload.contains([' ', '\t']) {
        return None;
    }
    Some(Word {
        charset,
        encoding,
        payload,
        end: value.len() - after.len(),
    })
}

/// Joins neighbouring words of one charset and encoding, so that a character that was split over
/// two of them is whole again (mail-parser 0.11 decodes each word alone).
fn join_words(value: &str) -> Cow<'_, str> {
    if !value.contains("=?") {
        return value.into();
    }
    let mut out = String::with_capacity(value.len());
    let mut at = 0;
    while let Some(found) = value.get(at..).and_then(|rest| rest.find("=?")) {
        let start = at + found;
        out.push_str(value.get(at..start).unwrap_or_default());
        let Some(first) = word(value, start) else {
            out.push_str("=?");
            at = start + 2;
            continue;
        };
        let mut run = vec![first.payload];
        let mut end = first.end;
        // ISO-2022 words each end in their own escape and are whole by themselves (RFC 1468).
        let whole = first.charset.to_ascii_lowercase().starts_with("iso-2022");
        while let Some(next) = next_word(value, end).filter(|_| !whole)
            && next.charset.eq_ignore_ascii_case(first.charset)
            && next.encoding == first.encoding
        {
            run.push(next.payload);
            end = next.end;
        }
        let payload = if first.encoding == 'B' {
            join_base64(&run)
        } else {
            run.concat()
        };
        out.push_str(&format!(
            "=?{}?{}?{}?=",
            first.charset, first.encoding, payload
        ));
        at = end;
    }
    out.push_str(value.get(at..).unwrap_or_default());
    out.into()
}

/// The encoded word behind white space alone.
fn next_word(value: &str, end: usize) -> Option<Word<'_>> {
    let rest = value.get(end..)?;
    let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if space == 0 {
        return None;
    }
    word(value, end + space)
}

fn join_base64(run: &[&str]) -> String {
    if run.len() == 1 {
        return run.concat();
    }
    let mut bytes = Vec::new();
    for payload in run {
        match base64_decode(payload.as_bytes()) {
            Some(part) => bytes.extend(part),
            None => return run.concat(),
        }
    }
    base64(&bytes)
}

/// Base64 (RFC 4648 section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_u32, |group, b| (group << 8) | u32::from(*b))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            // Six bits always index the alphabet.
            let six = ((group >> (18 - 6 * place)) & 0x3f) as usize;
            out.push(if place <= chunk.len() {
                char::from(ALPHABET[six])
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn most_addresses_are_simple() {
        for (value, simple) in [
            ("<news@shop.example>", true),
            ("shop-7+tag@example.org", true),
            ("Example Shop 7 <news@shop.example>", true),
            ("\"Shop, Example\" <news@shop.example>", false),
            ("a@example.org, b@example.org", false),
            ("Shop  7 <news@shop.example>", false),
            ("Ex. Shop <news@shop.example>", false),
            ("=?utf-8?Q?Shop?= <news@shop.example>", false),
            ("undisclosed-recipients:;", false),
            ("a..b@example.org", false),
            ("", false),
        ] {
            let found = simple_address(value.as_bytes());
            assert_eq!(found.is_some(), simple, "{value}");
        }
    }

    proptest! {
        #[test]
        fn a_simple_address_is_what_the_parser_reads(pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "a", "Shop", "7", " ", "<", ">", "@", "@example.org", "shop.example", ".", "-", "+", "_", ",",
                "\"", "(", ")", ":", ";", "=?", "\\", "\t", "é",
            ]), 0..9))
        {
            let value = pieces.concat();
            if let Some(simple) = simple_address(value.as_bytes()) {
                prop_assert_eq!(vec![simple], parsed_addresses(value.as_bytes()), "{}", value);
            }
        }
    }
}
