//! Mailbox names: modified UTF-7 (RFC 3501 section 5.1.3) for people.

/// The name as people read it. What is no proper modified UTF-7 stays as it is.
pub(super) fn decoded(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((code, tail)) = after.split_once('-') else { return name.to_owned() };
        if code.is_empty() {
            out.push('&');
        } else {
            match utf16(code) {
                Some(text) => out.push_str(&text),
                None => return name.to_owned(),
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn utf16(code: &str) -> Option<String> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0_u32, Vec::new());
    for c in code.bytes() {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b',' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?))).collect();
    if bytes.len() % 2 != 0 {
        return None;
    }
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn names_are_read_as_people_wrote_them() {
        let check = |raw: &str, want: &str| assert_eq!(decoded(raw), want, "{raw}");
        check("&j,dg0TDhMPww6w-", "迷惑メール");
        check("Entw&APw-rfe", "Entwürfe");
        check("A&-B", "A&B");
        check("plain", "plain");
        check("broken&name", "broken&name");
        check("bad&!!-", "bad&!!-");
    }
}
