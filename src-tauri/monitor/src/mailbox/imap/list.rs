//! The mailboxes of an account and their roles.

use super::command::{Besides, Command};
use super::namespaces::Namespaces;
use super::session::{Ending, Examined, Session};
use crate::fault::{Code, Fault};
use crate::mailbox::{Listed, roles, utf7};
use anyhow::Result;
use exposure::Role;
use imap_proto::{MailboxDatum, MailboxListData, NameAttribute, Response, StatusAttribute};
use std::collections::{BTreeMap, BTreeSet};

/// Most mailboxes of an account: far beyond those of any person.
const MOST: usize = 20_000;

/// A mailbox with the name that the server understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mailbox {
    /// The name as listed, still encoded.
    pub(super) wire: String,
    /// What people and the ledger see.
    pub(super) listed: Listed,
    /// What it holds, where the server said so at once.
    pub(super) stated: Option<Examined>,
}

/// Every mailbox that can be opened, each once. A server that can says in the same answer what each
/// of them holds.
///
/// # Errors
/// [`Code::ServerRefused`] and those of the session.
pub(super) async fn list(session: &mut Session) -> Result<Vec<Mailbox>> {
    let spaces = Namespaces::ask(session).await?;
    let mut besides = Vec::new();
    if session.can("LIST-EXTENDED") {
        if session.can("SPECIAL-USE") {
            besides.push(Besides::SpecialUse);
        }
        // Without change numbers nothing could be told from it.
        if session.can("LIST-STATUS") && session.can("CONDSTORE") {
            besides.push(Besides::Status);
        }
    }
    let plainly = besides.is_empty();
    let listed = match list_with(session, besides).await? {
        None if !plainly => list_with(session, Vec::new()).await?,
        listed => listed,
    };
    let mut mailboxes = listed.ok_or_else(|| Fault::new(Code::ServerRefused))?;
    mailboxes.retain(|mailbox| spaces.is_own(&mailbox.wire));
    if session.can("X-GM-EXT-1") {
        leave_out_labels(&mut mailboxes);
    }
    Ok(mailboxes)
}

/// Gmail shows each label as a mailbox, and everything outside Spam and Trash in All Mail once
/// more. Where All Mail is shown, labels of the user's own bring nothing new.
fn leave_out_labels(mailboxes: &mut Vec<Mailbox>) {
    let shows_all = mailboxes
        .iter()
        .any(|mailbox| mailbox.listed.role == Role::All);
    if shows_all {
        mailboxes.retain(|mailbox| mailbox.listed.role != Role::Other);
    }
}

async fn list_with(session: &mut Session, besides: Vec<Besides>) -> Result<Option<Vec<Mailbox>>> {
    let mut mailboxes = Vec::new();
    let mut names = BTreeSet::new();
    let mut stated = BTreeMap::new();
    let ending = session
        .exchange(&Command::List(besides), |response| match response {
            Response::MailboxData(MailboxDatum::List(data)) => {
                if names.len() > MOST {
                    return;
                }
                if let Some(mailbox) = mailbox(data)
                    && names.insert(mailbox.listed.name.clone())
                {
                    mailboxes.push(mailbox);
                }
            }
            Response::MailboxData(MailboxDatum::Status { mailbox, status }) => {
                stated.insert(unescaped(mailbox), state(status));
            }
            _ => {}
        })
        .await?;
    if names.len() > MOST {
        return Err(Fault::new(Code::ServerNonsense).into());
    }
    for mailbox in &mut mailboxes {
        mailbox.stated = stated.get(&mailbox.wire).copied().flatten();
    }
    Ok((ending == Ending::Ok).then_some(mailboxes))
}

/// What a STATUS answer says; `None` when part of it is missing.
fn state(attributes: &[StatusAttribute]) -> Option<Examined> {
    let (mut messages, mut state) = (None, Examined::default());
    for attribute in attributes {
        match attribute {
            StatusAttribute::Messages(count) => messages = Some(*count),
            StatusAttribute::UidNext(uid) => state.uidnext = Some((*uid).max(1)),
            StatusAttribute::UidValidity(value) => state.uidvalidity = *value,
            StatusAttribute::HighestModSeq(value) => state.modseq = Some(*value).filter(|m| *m > 0),
            _ => {}
        }
    }
    state.exists = messages?;
    (state.uidvalidity > 0 && state.uidnext.is_some() && state.modseq.is_some()).then_some(state)
}

/// The mailbox of one line of LIST; `None` where there is nothing to open.
fn mailbox(data: &MailboxListData<'_>) -> Option<Mailbox> {
    let closed = data
        .name_attributes
        .iter()
        .any(|attribute| match attribute {
            NameAttribute::NoSelect => true,
            NameAttribute::Extension(name) => name.eq_ignore_ascii_case("\\NonExistent"),
            _ => false,
        });
    if closed {
        return None;
    }
    let wire = unescaped(&data.name);
    let name = utf7::decoded(&wire).unwrap_or_else(|| wire.clone());
    let role = by_special_use(&data.name_attributes).unwrap_or_else(|| roles::by_name(&name));
    Some(Mailbox {
        wire,
        listed: Listed { name, role },
        stated: None,
    })
}

/// A name without the backslashes of a quoted string, which the parser leaves in. A name that came
/// as a literal has none; it is told by quotes and backslashes that no quoted string could hold.
fn unescaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name.chars();
    while let Some(character) = rest.next() {
        match character {
            '"' => return name.to_owned(),
            '\\' => match rest.next() {
                Some(escaped @ ('"' | '\\')) => out.push(escaped),
                Some(_) | None => return name.to_owned(),
            },
            other => out.push(other),
        }
    }
    out
}

/// The role that the server gives (RFC 6154), the most telling first.
fn by_special_use(attributes: &[NameAttribute<'_>]) -> Option<Role> {
    let mut roles: Vec<Role> = attributes
        .iter()
        .filter_map(|attribute| match attribute {
            NameAttribute::Junk => Some(Role::Junk),
            NameAttribute::Sent => Some(Role::Sent),
            NameAttribute::Drafts => Some(Role::Drafts),
            NameAttribute::Trash => Some(Role::Trash),
            NameAttribute::Archive => Some(Role::Archive),
            NameAttribute::All => Some(Role::All),
            NameAttribute::Extension(name) if name.eq_ignore_ascii_case("\\Inbox") => {
                Some(Role::Inbox)
            }
            _ => None,
        })
        .collect();
    roles.sort_by_key(|role| roles::rank(*role));
    roles.first().copied()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn takes_a_name_out_of_its_quotes() {
        for (listed, name) in [
            ("Work", "Work"),
            (r#"\"a\" and \\"#, r#""a" and \"#),
            (r"as a literal \ here", r"as a literal \ here"),
            (r#"a literal with ""#, r#"a literal with ""#),
            ("\\", "\\"),
        ] {
            assert_eq!(unescaped(listed), name, "{listed}");
        }
    }

    fn check(line: &str, expected: Option<(&str, Role)>) {
        let (_, response) = Response::parse(line.as_bytes()).unwrap();
        let found = match &response {
            Response::MailboxData(MailboxDatum::List(data)) => mailbox(data),
            other => panic!("{line:?} is no LIST line: {other:?}"),
        };
        let found = found
            .as_ref()
            .map(|m| (m.listed.name.as_str(), m.listed.role));
        assert_eq!(found, expected, "{line:?}");
    }

    #[test]
    fn takes_the_server_s_word_before_the_name_s() {
        check(
            "* LIST (\\HasNoChildren \\Junk) \"/\" Rubbish\r\n",
            Some(("Rubbish", Role::Junk)),
        );
        check(
            "* LIST (\\hasnochildren \\JUNK) \"/\" x\r\n",
            Some(("x", Role::Junk)),
        );
        check("* LIST (\\Sent) \"/\" Spam\r\n", Some(("Spam", Role::Sent)));
        check(
            "* LIST () \".\" INBOX.Spam\r\n",
            Some(("INBOX.Spam", Role::Junk)),
        );
        check(
            "* LIST () \"/\" \"&j,dg0TDhMPww6w-\"\r\n",
            Some(("迷惑メール", Role::Junk)),
        );
        check(
            "* LIST () \"/\" \"Junk mail rules\"\r\n",
            Some(("Junk mail rules", Role::Other)),
        );
        check(
            "* LIST (\\All \\HasNoChildren) \"/\" \"[Gmail]/All Mail\"\r\n",
            Some(("[Gmail]/All Mail", Role::All)),
        );
        check("* LIST () NIL inbox\r\n", Some(("INBOX", Role::Inbox)));
    }

    #[test]
    fn leaves_out_what_cannot_be_opened() {
        check("* LIST (\\Noselect) \"/\" \"[Gmail]\"\r\n", None);
        check("* LIST (\\NoSelect \\HasChildren) \"/\" Work\r\n", None);
        check("* LIST (\\nonexistent) \"/\" Old\r\n", None);
    }
}
