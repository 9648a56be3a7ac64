//! How a message came: Received lines and the instant of arrival.

use super::decode;
use super::fields::Fields;
use crate::AddrSpec;
use crate::address::lower;
use std::borrow::Cow;

/// INTERNALDATE is believed unless the topmost Received line is earlier than this, in seconds
/// (48 hours): mail that was imported later.
const IMPORTED_LATER: i64 = 48 * 3600;

/// One Received line.
pub(super) struct Hop {
    /// The host that wrote it, lower case.
    pub(super) by: Option<String>,
    /// Whom it was for.
    pub(super) recipient: Option<AddrSpec>,
    /// When, UTC seconds.
    pub(super) at: Option<i64>,
}

/// Received lines from the top, nearest the user's mailbox first.
pub(super) fn hops(fields: &Fields<'_>) -> Vec<Hop> {
    fields
        .all("received")
        .map(|value| hop(&decode::plain(value)))
        .collect()
}

fn hop(value: &str) -> Hop {
    let value = without_comments(value);
    let (tokens, date) = value.rsplit_once(';').unwrap_or((&value, ""));
    let after = |keyword: &str| {
        let mut words = tokens.split_whitespace();
        words.find(|word| word.eq_ignore_ascii_case(keyword))?;
        words.next()
    };
    Hop {
        by: after("by")
            .map(|host| lower(host.trim_matches(['(', ')', ';', ',', '[', ']'])).into_owned()),
        recipient: after("for")
            .and_then(|text| AddrSpec::parse(text.trim_matches(['<', '>', ';', ','])).ok()),
        at: instant(date),
    }
}

/// A value without its comments in parentheses, which may nest; each leaves a space.
pub(super) fn without_comments(value: &str) -> Cow<'_, str> {
    if !value.contains('(') {
        return value.into();
    }
    let mut out = String::with_capacity(value.len());
    let (mut depth, mut quoted, mut kept) = (0_usize, false, 0);
    for (at, byte) in value.bytes().enumerate() {
        match byte {
            b'"' if depth == 0 => quoted = !quoted,
            b'(' if !quoted => {
                if depth == 0 {
                    out.push_str(value.get(kept..at).unwrap_or_default());
                }
                depth += 1;
            }
            b')' if !quoted && depth > 0 => {
                depth -= 1;
                out.push(' ');
                kept = at + 1;
            }
            _ => {}
        }
    }
    // A comment that never ends hides nothing.
    if depth > 0 {
        return value.into();
    }
    out.push_str(value.get(kept..).unwrap_or_default());
    out.into()
}

/// The instant of an RFC 5322 date, UTC seconds.
pub(super) fn instant(value: &str) -> Option<i64> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let date =
        mail_parser::DateTime::parse_rfc822(value).filter(mail_parser::DateTime::is_valid)?;
    // Civil dates of the ledger cover these years; real mail claims 1980, 3606 and 102 too.
    (1970..=9000)
        .contains(&date.year)
        .then(|| date.to_timestamp())
}

/// When a message arrived, UTC seconds: INTERNALDATE, but the topmost Received line where it is
/// more than 48 h earlier (imported mail). Without INTERNALDATE (archives) that line, else `Date`
/// within `file_range`, else `None`: not counted by day (detection.md section 1, Day).
pub fn arrival(
    internal: Option<i64>,
    received: Option<i64>,
    date: Option<i64>,
    file_range: Option<(i64, i64)>,
) -> Option<i64> {
    match (internal, received) {
        (Some(internal), Some(received)) if received < internal - IMPORTED_LATER => Some(received),
        (Some(internal), _) => Some(internal),
        (None, Some(received)) => Some(received),
        (None, None) => {
            let (first, last) = file_range?;
            date.filter(|date| (first..=last).contains(date))
        }
    }
}
