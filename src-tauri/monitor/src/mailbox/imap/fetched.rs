//! From an answer to FETCH to a message.

use crate::mailbox::{Fetched, Mark};
use imap_proto::AttributeValue;

/// How many bytes of a header are kept: one more than are read, so that reading sees the cut.
const HEADER_LIMIT: usize = 256 * 1024 + 1;

/// The message in an answer; `None` for answers that bring no header, such as news of flags.
pub(super) fn message(attributes: &[AttributeValue<'_>]) -> Option<Fetched> {
    let mut header = None;
    let mut message = Fetched {
        uid: uid(attributes)?,
        internal_date: None,
        size: 0,
        mark: Mark::None,
        header: Vec::new(),
    };
    for attribute in attributes {
        match attribute {
            AttributeValue::BodySection { data, .. } => {
                header = Some(data.as_deref().unwrap_or_default())
            }
            AttributeValue::InternalDate(text) => message.internal_date = instant(text),
            AttributeValue::Rfc822Size(size) => message.size = *size,
            AttributeValue::Flags(flags) => message.mark = mark_of(flags.iter().map(AsRef::as_ref)),
            _ => {}
        }
    }
    let header = header?;
    message.header = header.get(..HEADER_LIMIT).unwrap_or(header).to_vec();
    Some(message)
}

/// The message in a whole response to our own FETCH, read without the parser where it is written
/// as nearly every server writes it; `None` for everything else, which is the parser's.
pub(super) fn quick(response: &[u8]) -> Option<Fetched> {
    let (_, mut rest) = number(response.strip_prefix(b"* ")?)?;
    rest = rest.strip_prefix(b" FETCH (")?;
    let (mut uid, mut date, mut size, mut mark, mut header) = (None, None, None, None, None);
    loop {
        let once = if let Some(value) = rest.strip_prefix(b"UID ") {
            let (value, after) = number(value)?;
            rest = after;
            uid.replace(value).is_none()
        } else if let Some(value) = rest.strip_prefix(b"RFC822.SIZE ") {
            let (value, after) = number(value)?;
            rest = after;
            size.replace(value).is_none()
        } else if let Some(value) = rest.strip_prefix(b"INTERNALDATE \"") {
            let (value, after) = until(value, b'"')?;
            rest = after;
            date.replace(instant(value)).is_none()
        } else if let Some(value) = rest.strip_prefix(b"FLAGS (") {
            let (value, after) = until(value, b')')?;
            rest = after;
            mark.replace(mark_of(value.split(' '))).is_none()
        } else if let Some(value) = rest.strip_prefix(b"BODY[HEADER.FIELDS (") {
            let (_, after) = until(value, b')')?;
            let (length, after) = number(after.strip_prefix(b"] {")?)?;
            let after = after.strip_prefix(b"}\r\n")?;
            let (value, after) = after.split_at_checked(usize::try_from(length).ok()?)?;
            rest = after;
            header.replace(value).is_none()
        } else {
            return None;
        };
        if !once {
            return None;
        }
        match rest.strip_prefix(b" ") {
            Some(next) => rest = next,
            None => break,
        }
    }
    if rest != b")\r\n" {
        return None;
    }
    let header = header?;
    Some(Fetched {
        uid: uid.filter(|uid| *uid > 0)?,
        internal_date: date.unwrap_or_default(),
        size: size.unwrap_or_default(),
        mark: mark.unwrap_or_default(),
        header: header.get(..HEADER_LIMIT).unwrap_or(header).to_vec(),
    })
}

/// A number and what follows it.
fn number(text: &[u8]) -> Option<(u32, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at_checked(digits)?;
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// What stands before a byte and what follows it; nothing that could hide that byte stands before.
fn until(text: &[u8], end: u8) -> Option<(&str, &[u8])> {
    let at = text.iter().position(|byte| *byte == end)?;
    let (before, rest) = text.split_at_checked(at)?;
    let hides = |byte: &u8| matches!(byte, b'"' | b'\\' | b'{' | b'(' | b'\r' | b'\n');
    let flag = end == b')';
    if before
        .iter()
        .any(|byte| hides(byte) && !(flag && *byte == b'\\'))
    {
        return None;
    }
    Some((std::str::from_utf8(before).ok()?, rest.get(1..)?))
}

/// UID and mark in an answer; `None` for answers without either.
pub(super) fn mark(attributes: &[AttributeValue<'_>]) -> Option<(u32, Mark)> {
    let uid = uid(attributes)?;
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::Flags(flags) => Some((uid, mark_of(flags.iter().map(AsRef::as_ref)))),
        _ => None,
    })
}

fn uid(attributes: &[AttributeValue<'_>]) -> Option<u32> {
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::Uid(uid) if *uid > 0 => Some(*uid),
        _ => None,
    })
}

/// The verdict in a list of flags; where they contradict one another there is none.
fn mark_of<'a>(flags: impl Iterator<Item = &'a str>) -> Mark {
    let (mut junk, mut not_junk) = (false, false);
    for flag in flags {
        let is = |names: &[&str]| names.iter().any(|name| flag.eq_ignore_ascii_case(name));
        junk |= is(&["$Junk", "Junk"]);
        not_junk |= is(&["$NotJunk", "NotJunk", "NonJunk"]);
    }
    match (junk, not_junk) {
        (true, false) => Mark::Junk,
        (false, true) => Mark::NotJunk,
        (true, true) | (false, false) => Mark::None,
    }
}

/// A date-time (RFC 3501, 9: ` 7-Feb-1994 21:52:25 -0800`) in UTC seconds.
fn instant(text: &str) -> Option<i64> {
    let parsed = jiff::fmt::strtime::parse("%d-%b-%Y %H:%M:%S %z", text.trim()).ok()?;
    Some(parsed.to_timestamp().ok()?.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_internal_dates() {
        for (text, expected) in [
            ("17-Jul-1996 02:44:25 -0700", Some(837_596_665)),
            (" 7-Feb-1994 21:52:25 -0800", Some(760_686_745)),
            ("01-Jan-1970 00:00:00 +0000", Some(0)),
            ("31-Feb-2020 00:00:00 +0000", None),
            ("yesterday", None),
        ] {
            assert_eq!(instant(text), expected, "{text:?}");
        }
    }

    #[test]
    fn takes_a_contradiction_for_no_verdict() {
        for (flags, expected) in [
            (&["\\Seen"][..], Mark::None),
            (&["$Junk"], Mark::Junk),
            (&["JUNK", "\\Seen"], Mark::Junk),
            (&["$NotJunk"], Mark::NotJunk),
            (&["NonJunk"], Mark::NotJunk),
            (&["Junk", "NonJunk"], Mark::None),
        ] {
            let mark = mark_of(flags.iter().copied());
            assert_eq!(mark, expected, "{flags:?}");
        }
    }

    /// What the parser makes of the same bytes; `None` for what it does not understand either.
    fn parsed(response: &[u8]) -> Option<Fetched> {
        match imap_proto::Response::parse(response).ok()? {
            (b"", imap_proto::Response::Fetch(_, attributes)) => message(&attributes),
            _ => None,
        }
    }

    #[test]
    fn reads_quickly_what_most_servers_write_and_leaves_the_rest() {
        for (response, is_quick) in [
            (
                "* 7 FETCH (UID 9 RFC822.SIZE 100 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" FLAGS (\\Seen $Junk) BODY[HEADER.FIELDS (FROM TO)] {3}\r\nA:b)\r\n",
                true,
            ),
            (
                "* 7 FETCH (BODY[HEADER.FIELDS (FROM TO)] {3}\r\n)\r\n UID 9)\r\n",
                true,
            ),
            (
                "* 7 FETCH (FLAGS () UID 9 BODY[HEADER.FIELDS (FROM)] {0}\r\n)\r\n",
                true,
            ),
            ("* 7 FETCH (UID 9 FLAGS (\\Seen))\r\n", false),
            (
                "* 7 FETCH (UID 0 BODY[HEADER.FIELDS (FROM)] {0}\r\n)\r\n",
                false,
            ),
            (
                "* 7 FETCH (UID 9 UID 8 BODY[HEADER.FIELDS (FROM)] {0}\r\n)\r\n",
                false,
            ),
            (
                "* 7 FETCH (UID 9 MODSEQ (12) BODY[HEADER.FIELDS (FROM)] {0}\r\n)\r\n",
                false,
            ),
            (
                "* 7 FETCH (UID 9 BODY[HEADER.FIELDS (\"FROM\")] {0}\r\n)\r\n",
                false,
            ),
            (
                "* 7 FETCH (UID 9 BODY[HEADER.FIELDS (FROM)] \"x\")\r\n",
                false,
            ),
            (
                "* 7 FETCH (UID 9 BODY[HEADER.FIELDS (FROM)] {2}\r\n)\r\n",
                false,
            ),
            (
                "* 7 FETCH (UID 4294967296 BODY[HEADER.FIELDS (FROM)] {0}\r\n)\r\n",
                false,
            ),
        ] {
            let quick = quick(response.as_bytes());
            assert_eq!(quick.is_some(), is_quick, "{response}");
            if is_quick {
                assert_eq!(quick, parsed(response.as_bytes()), "{response}");
            }
        }
    }

    proptest! {
        #[test]
        fn reads_quickly_only_what_the_parser_reads_the_same(pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "UID 9", "UID 12", " ", " ", " ", "RFC822.SIZE 100", "FLAGS (\\Seen Junk)", "FLAGS ()",
                "FLAGS (NonJunk)", "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\"", "INTERNALDATE NIL",
                "BODY[HEADER.FIELDS (FROM TO)] {3}\r\nabc", "BODY[HEADER.FIELDS (FROM)] {5}\r\n)\r\n* ",
                "BODY[HEADER.FIELDS (FROM)] NIL", "BODY[] {1}\r\nx", "(", ")", "X-GM-MSGID 1", "MODSEQ (5)",
            ]), 0..12))
        {
            let response = format!("* 3 FETCH ({})\r\n", pieces.concat());
            if let Some(quick) = quick(response.as_bytes()) {
                prop_assert_eq!(Some(quick), parsed(response.as_bytes()), "{}", response);
            }
        }
    }
}
