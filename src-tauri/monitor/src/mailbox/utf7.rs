//! Names of mailboxes as they travel: modified UTF-7 (RFC 3501, 5.1.3).

/// The name for people; `None` where the bytes are no modified UTF-7, such as a raw UTF-8 name or
/// a lone `&`.
pub(super) fn decoded(name: &str) -> Option<String> {
    if !name.is_ascii() {
        return None;
    }
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((plain, shifted)) = rest.split_once('&') {
        let (encoded, tail) = shifted.split_once('-')?;
        text.push_str(plain);
        if encoded.is_empty() {
            text.push('&');
        } else {
            text.push_str(&utf16(encoded)?);
        }
        rest = tail;
    }
    text.push_str(rest);
    Some(text)
}

/// Big-endian UTF-16 from base64 with `,` in the place of `/` and no padding.
fn utf16(encoded: &str) -> Option<String> {
    let (mut bits, mut held) = (0u32, 0u32);
    let mut units = Vec::with_capacity(encoded.len() / 2);
    for byte in encoded.bytes() {
        bits = (bits << 6) | u32::from(sextet(byte)?);
        held += 6;
        if held >= 16 {
            held -= 16;
            units.push(u16::try_from((bits >> held) & 0xffff).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    // What is left over is padding: less than one sextet, all zero.
    if held >= 6 || bits != 0 {
        return None;
    }
    String::from_utf16(&units).ok()
}

const fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b',' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(decoded(name).as_deref(), expected, "the name {name:?}");
    }

    #[test]
    fn decodes_the_examples_of_the_rfc_and_of_mail_programs() {
        check("INBOX", Some("INBOX"));
        check("Tom &- Jerry", Some("Tom & Jerry"));
        check(
            "~peter/mail/&U,BTFw-/&ZeVnLIqe-",
            Some("~peter/mail/台北/日本語"),
        );
        check("&j,dg0TDhMPww6w-", Some("迷惑メール"));
        check("Entw&APw-rfe", Some("Entwürfe"));
        check("&2D3eAA-", Some("\u{1f600}"));
    }

    #[test]
    fn leaves_names_alone_that_are_not_encoded() {
        check("Entwürfe", None);
        check("a & b", None);
        check("&Jjo!-", None);
        check("&2D0-", None);
    }

    /// The encoding that servers do, to hold the decoding against.
    fn encoded(text: &str) -> String {
        const ALPHABET: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
        let mut name = String::new();
        for part in text.split_inclusive(|_| true) {
            match part {
                "&" => name.push_str("&-"),
                ascii if ascii.is_ascii() => name.push_str(ascii),
                other => {
                    name.push('&');
                    let bits: String = other
                        .encode_utf16()
                        .map(|unit| format!("{unit:016b}"))
                        .collect();
                    for sextet in bits.as_bytes().chunks(6) {
                        let padded =
                            format!("{:0<6}", std::str::from_utf8(sextet).unwrap_or_default());
                        let index = usize::from_str_radix(&padded, 2).unwrap_or_default();
                        name.push(char::from(ALPHABET[index]));
                    }
                    name.push('-');
                }
            }
        }
        name
    }

    proptest! {
        #[test]
        fn gives_back_every_encoded_name(text in "[^\\x00-\\x1f]{0,20}") {
            prop_assert_eq!(decoded(&encoded(&text)), Some(text));
        }

        #[test]
        fn never_panics(name in ".{0,60}") {
            decoded(&name);
        }
    }
}
