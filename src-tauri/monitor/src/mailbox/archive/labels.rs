//! Takeout's mbox files: everything lies in one file, and labels say where each message lay. Such
//! a file is listed as one mailbox for each of those places, so that what holds for folders (junk
//! lies in Junk, what the user sent is no delivery) holds for it too.

use super::lines::{Bytes, Lines};
use super::mbox;
use crate::mailbox::{Cursor, Fetched, Mark, roles};
use exposure::{Role, mail};
use std::io;

/// The places of a labelled file, with what stands behind its name; the last takes all other mail.
const PLACES: [(&str, Role); 6] = [
    ("Inbox", Role::Inbox),
    ("Spam", Role::Junk),
    ("Sent", Role::Sent),
    ("Drafts", Role::Drafts),
    ("Trash", Role::Trash),
    ("Archived", Role::Archive),
];
/// Which of several labels says where a message lay: what lies in Spam or Trash lies nowhere else,
/// and what the user wrote to themselves has arrived.
const FIRST: [Role; 5] = [
    Role::Junk,
    Role::Drafts,
    Role::Inbox,
    Role::Sent,
    Role::Trash,
];
/// So many messages are looked at for labels.
const LOOKED_AT: usize = 10;

/// Whether the first messages of an mbox have labels.
pub(super) fn are_there<B: Bytes>(mut lines: Lines<B>) -> io::Result<bool> {
    lines.begin()?;
    let page = mbox::Pages::new(lines, 0, Cursor::default()).next(LOOKED_AT)?;
    let labelled = |message: &Fetched| !mail::labels(&message.header).is_empty();
    Ok(page.messages.iter().any(labelled))
}

/// The mailboxes of a labelled file. Only one whose name says that it holds junk promises a Junk
/// mailbox: an export of single labels has none, and an empty one would be taken for "no junk".
pub(super) fn mailboxes(name: &str, role: Role) -> Vec<(String, Role)> {
    let with_junk = role == Role::All || roles::mentions_junk(name);
    PLACES
        .iter()
        .filter(|(_, role)| *role != Role::Junk || with_junk)
        .map(|(place, role)| (format!("{name} · {place}"), *role))
        .collect()
}

/// Where a message of a labelled file lay.
pub(super) fn place_of(header: &[u8]) -> Role {
    let labels = mail::labels(header);
    let roles: Vec<Role> = labels.iter().map(|label| roles::by_name(label)).collect();
    FIRST
        .into_iter()
        .find(|role| roles.contains(role))
        .unwrap_or(Role::Archive)
}

/// What the labels say of a message, wherever it is counted.
pub(super) const fn mark_of(place: Role) -> Mark {
    match place {
        Role::Junk => Mark::Junk,
        Role::Inbox
        | Role::Sent
        | Role::Drafts
        | Role::Trash
        | Role::Archive
        | Role::All
        | Role::Other => Mark::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_where_a_message_lay_in_every_language() {
        let check = |labels: &str, want: Role| {
            let header = format!("Subject: made up\nX-Gmail-Labels: {labels}\n\n");
            assert_eq!(place_of(header.as_bytes()), want, "{labels}");
        };
        check("Spam,Unread", Role::Junk);
        check("Inbox,Important,Opened,Category personal", Role::Inbox);
        check("Sent,Opened", Role::Sent);
        check("Inbox,Sent,Opened", Role::Inbox);
        check("Trash,Category promotions", Role::Trash);
        check("Bin", Role::Trash);
        check("Trash,Sent", Role::Sent);
        check("Drafts", Role::Drafts);
        check("Archived,Opened", Role::Archive);
        check("My own label", Role::Archive);
        check("Not spam at all", Role::Archive);
        check("Posteingang,Ungelesen", Role::Inbox);
        check("Gesendet", Role::Sent);
        check("=?UTF-8?Q?Entw=C3=BCrfe?=", Role::Drafts);
        check("Papierkorb", Role::Trash);
        check("=?UTF-8?Q?Bo=C3=AEte_de_r=C3=A9ception?=", Role::Inbox);
        check("Recibidos", Role::Inbox);
        check("迷惑メール,未読", Role::Junk);
        check("=?UTF-8?B?6L+35oOR44Oh44O844Or?=", Role::Junk);
        check("受信トレイ,開封済み", Role::Inbox);
        check("送信済み", Role::Sent);
        check("ゴミ箱", Role::Trash);
        check("下書き", Role::Drafts);
    }

    #[test]
    fn promises_a_junk_mailbox_only_where_junk_was_exported() {
        let roles = |name: &str, role: Role| {
            mailboxes(name, role)
                .into_iter()
                .map(|(_, role)| role)
                .collect::<Vec<_>>()
        };
        assert!(roles("All mail Including Spam and Trash", Role::All).contains(&Role::Junk));
        assert!(
            roles("Alle Nachrichten einschließlich Spam", Role::Other).contains(&Role::Junk),
            "the name says so in many languages"
        );
        assert!(!roles("Work", Role::Other).contains(&Role::Junk));
    }
}
