//! From an answer to FETCH to a message.

use crate::mailbox::{Fetched, Mark};
use imap_proto::AttributeValue;
use std::borrow::Cow;

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
            AttributeValue::Flags(flags) => message.mark = mark_of(flags),
            _ => {}
        }
    }
    let header = header?;
    message.header = header.get(..HEADER_LIMIT).unwrap_or(header).to_vec();
    Some(message)
}

/// UID and mark in an answer; `None` for answers without either.
pub(super) fn mark(attributes: &[AttributeValue<'_>]) -> Option<(u32, Mark)> {
    let uid = uid(attributes)?;
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::Flags(flags) => Some((uid, mark_of(flags))),
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
fn mark_of(flags: &[Cow<'_, str>]) -> Mark {
    let has = |names: &[&str]| {
        flags
            .iter()
            .any(|flag| names.iter().any(|name| flag.eq_ignore_ascii_case(name)))
    };
    match (
        has(&["$Junk", "Junk"]),
        has(&["$NotJunk", "NotJunk", "NonJunk"]),
    ) {
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
            let flags: Vec<Cow<'_, str>> = flags.iter().map(|flag| Cow::Borrowed(*flag)).collect();
            assert_eq!(mark_of(&flags), expected, "{flags:?}");
        }
    }
}
