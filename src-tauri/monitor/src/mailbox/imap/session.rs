//! The commands that can be expressed at all: LOGIN or AUTHENTICATE, LIST, EXAMINE, UID FETCH with
//! BODY.PEEK, UID SEARCH, LOGOUT. Nothing here can change a mailbox.

use super::connect::{Connection, Greeting, connect};
use super::names;
use crate::fault::{Code, Fault};
use crate::mailbox::{Fetched, Listed, Login, Mark, roles};
use anyhow::{Context, Result};
use async_imap::types::{Fetch, Flag};
use exposure::Role;
use futures::TryStreamExt;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::timeout;

/// How long a server may take for one answer or one message of it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A mailbox as EXAMINE found it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opened {
    pub(super) exists: u64,
    pub(super) uidvalidity: u32,
    pub(super) uidnext: u32,
    /// 0 where the server offers no CONDSTORE.
    pub(super) modseq: u64,
}

/// A logged-in session.
pub(super) struct Session {
    inner: async_imap::Session<Connection>,
    bytes_in: Arc<AtomicU64>,
    round_trips: u64,
    /// Names as the server writes them, by the names shown.
    raw_names: BTreeMap<String, String>,
}

/// What an error of the protocol library means for the user.
fn meant(error: async_imap::error::Error) -> anyhow::Error {
    use async_imap::error::Error;
    let fault = match &error {
        Error::Io(io) if io.kind() == io::ErrorKind::InvalidData => Fault::new(Code::ServerNonsense),
        Error::Io(io) if io.kind() == io::ErrorKind::Other => Fault::new(Code::ServerNonsense),
        Error::Io(_) | Error::ConnectionLost => Fault::new(Code::ConnectionLost),
        Error::Bad(text) | Error::No(text) => {
            Fault::new(Code::ServerRefused).with("detail", exposure::show::shown(text, 200))
        }
        Error::Parse(_) => Fault::new(Code::ServerNonsense),
        _ => Fault::new(Code::ServerRefused).with("detail", "…"),
    };
    anyhow::Error::new(error).context(fault)
}

/// Waits for an answer, but not for ever.
async fn patiently<T>(answer: impl Future<Output = async_imap::error::Result<T>>) -> Result<T> {
    timeout(PATIENCE, answer).await.with_context(|| Fault::new(Code::ConnectionLost))?.map_err(meant)
}

/// AUTHENTICATE PLAIN (RFC 4616), for what no quoted string can carry.
struct Plain(Option<String>);

impl async_imap::Authenticator for Plain {
    type Response = String;
    fn process(&mut self, _challenge: &[u8]) -> String {
        self.0.take().unwrap_or_default()
    }
}

impl Session {
    /// Connects and logs in.
    pub(super) async fn open(login: &Login) -> Result<Session> {
        let bytes_in = Arc::new(AtomicU64::new(0));
        let (connection, greeting) = connect(login, Arc::clone(&bytes_in)).await?;
        let mut client = async_imap::Client::new(connection);
        if greeting == Greeting::Coming {
            let greeted = timeout(PATIENCE, client.read_response()).await.with_context(|| Fault::new(Code::ConnectionLost))?;
            let greeted = greeted.map_err(|e| meant(async_imap::error::Error::Io(e)))?;
            greeted.ok_or_else(|| Fault::new(Code::ConnectionLost))?;
        }
        let password = &login.password.0;
        let quotable = login.login.is_ascii() && password.is_ascii();
        let entered = if quotable {
            timeout(PATIENCE, client.login(&login.login, password)).await
        } else {
            let plain = Plain(Some(format!("\0{}\0{password}", login.login)));
            timeout(PATIENCE, client.authenticate("PLAIN", plain)).await
        };
        let entered = entered.with_context(|| Fault::new(Code::ConnectionLost))?;
        // The server's own words are left out: some repeat what was sent.
        let inner = entered.map_err(|(error, _)| match error {
            async_imap::error::Error::No(_) | async_imap::error::Error::Bad(_) | async_imap::error::Error::Validate(_) => {
                anyhow::Error::new(Fault::new(Code::PasswordRefused))
            }
            other => meant(other),
        })?;
        Ok(Session { inner, bytes_in, round_trips: 2, raw_names: BTreeMap::new() })
    }

    /// Mailboxes that can be opened, with their roles.
    pub(super) async fn list(&mut self) -> Result<Vec<Listed>> {
        self.round_trips += 1;
        let names: Vec<_> = patiently(async {
            let names = self.inner.list(Some(""), Some("*")).await?;
            names.try_collect().await
        })
        .await?;
        let mut listed = Vec::new();
        for name in names {
            let attributes: Vec<String> = name.attributes().iter().map(|a| word_of(&format!("{a:?}"))).collect();
            let closed = |a: &String| a.eq_ignore_ascii_case("noselect") || a.eq_ignore_ascii_case("nonexistent");
            if attributes.iter().any(closed) {
                continue;
            }
            let shown = names::decoded(name.name());
            let role = match roles::by_attribute(attributes.iter().map(String::as_str)) {
                Some(role) => role,
                None => roles::by_name(&shown, name.delimiter()),
            };
            self.raw_names.insert(shown.clone(), name.name().to_owned());
            listed.push(Listed { name: shown, role });
        }
        // A server that names no role for its junk folder may have two that look like one: the
        // first by name order stands, so that the choice is stable.
        listed.sort_by(|a, b| a.name.cmp(&b.name));
        if !listed.iter().any(|l| l.role == Role::Inbox) {
            listed.insert(0, Listed { name: "INBOX".into(), role: Role::Inbox });
            self.raw_names.insert("INBOX".into(), "INBOX".into());
        }
        Ok(listed)
    }

    /// Opens a mailbox for reading only.
    pub(super) async fn examine(&mut self, name: &str) -> Result<Opened> {
        self.round_trips += 1;
        let raw = self.raw_names.get(name).cloned().unwrap_or_else(|| name.to_owned());
        let opened = patiently(self.inner.examine(raw)).await?;
        Ok(Opened {
            exists: u64::from(opened.exists),
            uidvalidity: opened.uid_validity.unwrap_or(1),
            uidnext: opened.uid_next.unwrap_or(u32::MAX),
            modseq: opened.highest_modseq.unwrap_or(0),
        })
    }

    /// Existing UIDs that match a search, ascending.
    pub(super) async fn search(&mut self, query: &str) -> Result<Vec<u32>> {
        self.round_trips += 1;
        let found = patiently(self.inner.uid_search(query)).await?;
        let mut uids: Vec<u32> = found.into_iter().collect();
        uids.sort_unstable();
        Ok(uids)
    }

    /// Header lines and marks of messages, newest first.
    pub(super) async fn headers(&mut self, uids: &[u32]) -> Result<Vec<Fetched>> {
        let fields = exposure::mail::HEADER_FIELDS.join(" ");
        let query = format!("(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({fields})])");
        let mut messages = Vec::with_capacity(uids.len());
        self.each(&set_of(uids), &query, |fetch| {
            if let (Some(uid), Some(header)) = (fetch.uid, fetch.header()) {
                messages.push(Fetched {
                    uid,
                    internal_date: fetch.internal_date().map(|date| date.timestamp()),
                    size: fetch.size.unwrap_or(0),
                    mark: mark_of(fetch),
                    header: header.to_vec(),
                });
            }
        })
        .await?;
        messages.sort_by_key(|m| std::cmp::Reverse(m.uid));
        Ok(messages)
    }

    /// Marks of messages, of those that changed since `modseq` where it is not 0.
    pub(super) async fn marks(&mut self, set: &str, modseq: u64) -> Result<Vec<(u32, Mark)>> {
        let query = if modseq > 0 { format!("(UID FLAGS) (CHANGEDSINCE {modseq})") } else { "(UID FLAGS)".to_owned() };
        let mut marks = Vec::new();
        self.each(set, &query, |fetch| marks.extend(fetch.uid.map(|uid| (uid, mark_of(fetch))))).await?;
        Ok(marks)
    }

    async fn each(&mut self, set: &str, query: &str, mut take: impl FnMut(&Fetch)) -> Result<()> {
        self.round_trips += 1;
        let mut answers = patiently(self.inner.uid_fetch(set, query)).await?;
        while let Some(fetch) = patiently(answers.try_next()).await? {
            take(&fetch);
        }
        drop(answers);
        // What the server said on the side fills a bounded channel.
        while self.inner.unsolicited_responses.try_recv().is_ok() {}
        Ok(())
    }

    /// Says goodbye; a server that does not answer is left.
    pub(super) async fn close(mut self) {
        if let Err(error) = patiently(self.inner.logout()).await {
            tracing::debug!("logout: {error:#}");
        }
    }

    /// Bytes received so far.
    pub(super) fn bytes_in(&self) -> u64 {
        self.bytes_in.load(Ordering::Relaxed)
    }

    /// Commands sent and answered so far.
    pub(super) const fn round_trips(&self) -> u64 {
        self.round_trips
    }
}

/// The word of an attribute, whether the library knows it (`Junk`) or not (`Extension("\\Junk")`).
fn word_of(debug: &str) -> String {
    let inner = debug.split_once('"').map_or(debug, |(_, rest)| rest.trim_end_matches([')', '"']));
    inner.trim_start_matches('\\').to_owned()
}

fn mark_of(fetch: &Fetch) -> Mark {
    let mut mark = Mark::None;
    for flag in fetch.flags() {
        let Flag::Custom(word) = flag else { continue };
        match word.trim_start_matches('$').to_ascii_lowercase().as_str() {
            "junk" => mark = Mark::Junk,
            "notjunk" | "nonjunk" => return Mark::NotJunk,
            _ => {}
        }
    }
    mark
}

/// A UID set (RFC 3501): ascending UIDs as ranges.
fn set_of(uids: &[u32]) -> String {
    let mut sorted = uids.to_vec();
    sorted.sort_unstable();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for uid in sorted {
        match ranges.last_mut() {
            Some((_, end)) if uid == *end + 1 => *end = uid,
            Some(_) | None => ranges.push((uid, uid)),
        }
    }
    let text = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}:{last}") };
    ranges.iter().map(text).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uids_become_ranges() {
        assert_eq!(set_of(&[5, 1, 2, 3, 9, 8]), "1:3,5,8:9");
        assert_eq!(set_of(&[7]), "7");
    }

    #[test]
    fn attributes_are_read_whether_known_or_not() {
        assert_eq!(word_of("Junk"), "Junk");
        assert_eq!(word_of("Extension(\"\\\\Junk\")"), "Junk");
    }
}
