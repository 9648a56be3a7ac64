//! How a message came: Received lines and the instant of arrival.

use super::decode;
use super::fields::Fields;
use crate::AddrSpec;

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
pub(super) fn hops(fields: &Fields) -> Vec<Hop> {
    fields
        .all("received")
        .map(|value| hop(&decode::plain(value)))
        .collect()
}

fn hop(value: &str) -> Hop {
    let value = without_comments(value);
    let (tokens, date) = value.rsplit_once(';').unwrap_or((&value, ""));
    let words: Vec<&str> = tokens.split_whitespace().collect();
    let after = |keyword: &str| {
        let place = words.iter().position(|w| w.eq_ignore_ascii_case(keyword))?;
        words.get(place + 1).copied()
    };
    Hop {
        by: after("by").map(|host| {
            host.trim_matches(['(', ')', ';', ',', '[', ']'])
                .to_lowercase()
        }),
        recipient: after("for")
            .and_then(|text| AddrSpec::parse(text.trim_matches(['<', '>', ';', ','])).ok()),
        at: instant(date),
    }
}

/// A value without its comments in parentheses, which may nest.
pub(super) fn without_comments(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut depth = 0_usize;
    let mut quoted = false;
    for c in value.chars() {
        match c {
            '"' if depth == 0 => {
                quoted = !quoted;
                out.push(c);
            }
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => {
                depth -= 1;
                out.push(' ');
            }
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    // A comment that never ends hides nothing.
    if depth > 0 { value.to_owned() } else { out }
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
