//! Everything that Atesaki can say to a server. What has no name here cannot be sent: no command
//! that changes a mailbox, a flag or a message exists in this layer.

use exposure::mail::HEADER_FIELDS;
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// A command, except for logging in (see `login`), which carries a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// What the server can do.
    Capability,
    /// The program's name, for servers that let nobody in without one.
    Id,
    /// Whether the server shall say which messages went away (RFC 5161, RFC 7162).
    EnableQresync,
    /// From its answer on both directions are compressed (RFC 4978).
    Compress,
    /// Whose mailboxes lie below which prefix (RFC 2342).
    Namespace,
    /// Every mailbox, with what is asked of each besides its name.
    List(Vec<Besides>),
    /// Opens a mailbox for reading only, by its name as listed.
    Examine(String, Modseq),
    /// UIDs of messages.
    Search(Search),
    /// Something of messages.
    Fetch(Fetch),
    /// Nothing, so that the server may mention what is new.
    Noop,
    /// Waits for news of the open mailbox (RFC 2177); ended by DONE.
    Idle,
    /// Says goodbye.
    Logout,
}

/// What LIST may be asked for besides names (RFC 5258). The answer to a plain LIST may hold roles
/// all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Besides {
    /// Roles (RFC 6154).
    SpecialUse,
    /// What the mailboxes hold (RFC 5819), with their change numbers (RFC 7162).
    Status,
}

/// Whether change numbers are asked for (CONDSTORE, RFC 7162).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modseq {
    /// The mailbox shall say its highest change number.
    Asked,
    /// The server knows none.
    NotAsked,
}

/// Which UIDs are asked for. Never `RETURN`: an ESEARCH answer cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Search {
    /// Of the messages at these places (sequence numbers).
    Places(RangeInclusive<u32>),
    /// From a UID on. The answer may hold one lower UID, by the rule for `*`.
    From(u32),
    /// Of the messages at these places that arrived on a day or later.
    Since(RangeInclusive<u32>, Date),
}

/// What is fetched, for a range of UIDs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fetch {
    /// Arrival, size, flags and the named header fields.
    Headers(RangeInclusive<u32>),
    /// Flags.
    Flags(RangeInclusive<u32>),
    /// Flags that changed since a change number.
    ChangedFlags(RangeInclusive<u32>, u64),
    /// The same, and which messages went away since (QRESYNC, RFC 7162).
    ChangedOrGone(RangeInclusive<u32>, u64),
    /// How one message is made up.
    Structure(u32),
    /// A piece of one part of a message.
    Part {
        /// The message.
        uid: u32,
        /// The part: numbers with dots between.
        section: String,
        /// The first byte.
        from: u32,
        /// How many bytes at most.
        length: u32,
    },
}

impl Command {
    /// The line without tag and end. A mailbox name that cannot stand in a quoted string gives
    /// `None`.
    pub(super) fn line(&self) -> Option<String> {
        Some(match self {
            Command::Capability => "CAPABILITY".to_owned(),
            Command::Id => r#"ID ("name" "Atesaki")"#.to_owned(),
            Command::List(besides) if besides.is_empty() => r#"LIST "" "*""#.to_owned(),
            Command::List(besides) => {
                let options: Vec<&str> = besides.iter().map(|b| b.option()).collect();
                format!(r#"LIST "" "*" RETURN ({})"#, options.join(" "))
            }
            Command::Examine(name, Modseq::Asked) => {
                format!("EXAMINE {} (CONDSTORE)", named(name)?)
            }
            Command::Examine(name, Modseq::NotAsked) => format!("EXAMINE {}", named(name)?),
            Command::Search(Search::Places(places)) => {
                format!("UID SEARCH {}:{}", places.start(), places.end())
            }
            Command::Search(Search::From(uid)) => format!("UID SEARCH UID {uid}:*"),
            Command::Search(Search::Since(places, day)) => {
                let day = day.strftime("%-d-%b-%Y");
                format!("UID SEARCH {}:{} SINCE {day}", places.start(), places.end())
            }
            Command::Fetch(Fetch::Headers(uids)) => {
                let fields = HEADER_FIELDS.join(" ");
                format!(
                    "UID FETCH {}:{} (UID INTERNALDATE RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS ({fields})])",
                    uids.start(),
                    uids.end()
                )
            }
            Command::Fetch(Fetch::Flags(uids)) => {
                format!("UID FETCH {}:{} (UID FLAGS)", uids.start(), uids.end())
            }
            Command::Fetch(Fetch::ChangedFlags(uids, modseq)) => {
                format!(
                    "UID FETCH {}:{} (UID FLAGS) (CHANGEDSINCE {modseq})",
                    uids.start(),
                    uids.end()
                )
            }
            Command::Fetch(Fetch::ChangedOrGone(uids, modseq)) => {
                format!(
                    "UID FETCH {}:{} (UID FLAGS) (CHANGEDSINCE {modseq} VANISHED)",
                    uids.start(),
                    uids.end()
                )
            }
            Command::Fetch(Fetch::Structure(uid)) => {
                format!("UID FETCH {uid} (UID BODYSTRUCTURE)")
            }
            Command::Fetch(Fetch::Part {
                uid,
                section,
                from,
                length,
            }) => {
                let is_place = |c: char| c.is_ascii_digit() || c == '.';
                if section.is_empty() || !section.chars().all(is_place) {
                    return None;
                }
                format!("UID FETCH {uid} (UID BODY.PEEK[{section}]<{from}.{length}>)")
            }
            Command::EnableQresync => "ENABLE QRESYNC".to_owned(),
            Command::Compress => "COMPRESS DEFLATE".to_owned(),
            Command::Namespace => "NAMESPACE".to_owned(),
            Command::Noop => "NOOP".to_owned(),
            Command::Idle => "IDLE".to_owned(),
            Command::Logout => "LOGOUT".to_owned(),
        })
    }
}

impl Besides {
    const fn option(self) -> &'static str {
        match self {
            Besides::SpecialUse => "SPECIAL-USE",
            Besides::Status => "STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ)",
        }
    }
}

/// A mailbox by its name as listed. Some servers list names beyond ASCII as they are, which is
/// how they understand them too; control characters stand in none.
fn named(name: &str) -> Option<String> {
    let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
    (!name.chars().any(char::is_control)).then(|| format!("\"{escaped}\""))
}

/// A quoted string (RFC 3501, 4.3); `None` for text that needs a literal.
pub(super) fn quoted(text: &str) -> Option<String> {
    if text.bytes().any(|byte| !(b' '..=b'~').contains(&byte)) {
        return None;
    }
    Some(format!(
        "\"{}\"",
        text.replace('\\', "\\\\").replace('"', "\\\"")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(command: &Command, expected: Option<&str>) {
        assert_eq!(command.line().as_deref(), expected, "{command:?}");
    }

    #[test]
    fn says_what_the_server_understands() {
        check(
            &Command::Examine("INBOX".into(), Modseq::Asked),
            Some(r#"EXAMINE "INBOX" (CONDSTORE)"#),
        );
        check(
            &Command::Examine(r#"a"b\c"#.into(), Modseq::NotAsked),
            Some(r#"EXAMINE "a\"b\\c""#),
        );
        check(
            &Command::Examine("迷惑メール".into(), Modseq::NotAsked),
            Some("EXAMINE \"迷惑メール\""),
        );
        check(
            &Command::Examine("a\r\nA1 DELETE b".into(), Modseq::NotAsked),
            None,
        );
        check(
            &Command::Search(Search::Since(1..=9, date(2026, 6, 2))),
            Some("UID SEARCH 1:9 SINCE 2-Jun-2026"),
        );
        check(
            &Command::Search(Search::From(7)),
            Some("UID SEARCH UID 7:*"),
        );
        check(
            &Command::Fetch(Fetch::ChangedFlags(1..=9, 77)),
            Some("UID FETCH 1:9 (UID FLAGS) (CHANGEDSINCE 77)"),
        );
    }

    #[test]
    fn leaves_no_trace_when_it_fetches() {
        let line = Command::Fetch(Fetch::Headers(1..=2))
            .line()
            .unwrap_or_default();
        assert!(
            line.contains("BODY.PEEK[HEADER.FIELDS ("),
            "BODY without PEEK would set \\Seen: {line}"
        );
        assert_eq!(
            line.matches("BODY").count(),
            1,
            "nothing else of a message is fetched"
        );
        let part = |section: &str| {
            Command::Fetch(Fetch::Part {
                uid: 7,
                section: section.into(),
                from: 0,
                length: 9,
            })
        };
        check(&part("2.1"), Some("UID FETCH 7 (UID BODY.PEEK[2.1]<0.9>)"));
        check(&part("HEADER"), None);
        check(&part(""), None);
    }
}
