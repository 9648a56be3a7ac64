//! Commands that were sent before the answers to earlier ones were heard. A server may answer
//! them in any order, or in turns (RFC 3501, 5.5): messages are told apart by their UIDs.

use super::command::{Command, Fetch};
use super::fetched;
use super::session::{Ending, Session};
use crate::fault::{Code, Fault};
use crate::mailbox::Fetched;
use anyhow::Result;
use imap_proto::{Response, Status};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A command whose answer is still to be heard.
#[derive(Debug)]
#[must_use]
pub(super) struct Asked {
    tag: String,
}

/// What came so far for each command, by its tag.
#[derive(Debug, Default)]
pub(super) struct Outstanding(BTreeMap<String, Came>);

/// What came for a command.
#[derive(Debug)]
struct Came {
    /// The messages that it asked for.
    uids: Option<RangeInclusive<u32>>,
    messages: Vec<Fetched>,
    ending: Option<Ending>,
}

impl Outstanding {
    /// From now on what comes for a command is kept. No two may ask for the same messages.
    pub(super) fn expect(&mut self, asked: &Asked, uids: Option<RangeInclusive<u32>>) {
        let came = Came {
            uids,
            messages: Vec::new(),
            ending: None,
        };
        self.0.insert(asked.tag.clone(), came);
    }

    /// Keeps what a response brings for any of them.
    pub(super) fn hear(&mut self, response: &Response<'_>) {
        match response {
            Response::Fetch(_, attributes) => {
                if let Some(message) = fetched::message(attributes) {
                    self.keep(message);
                }
            }
            Response::Done { tag, .. } => {
                if let Some(came) = self.0.get_mut(&tag.0) {
                    came.ending = ending(response, &tag.0);
                }
            }
            _ => {}
        }
    }

    /// Keeps a message for the command that asked for it.
    fn keep(&mut self, message: Fetched) {
        let asks = |came: &&mut Came| {
            let uids = came.uids.as_ref();
            uids.is_some_and(|uids| uids.contains(&message.uid))
        };
        if let Some(came) = self.0.values_mut().find(asks) {
            came.messages.push(message);
        }
    }

    /// How a command ended and which messages came for it, once it has ended.
    pub(super) fn take(&mut self, asked: &Asked) -> Option<(Ending, Vec<Fetched>)> {
        let ending = self.0.get(&asked.tag)?.ending.clone()?;
        let came = self.0.remove(&asked.tag)?;
        Some((ending, came.messages))
    }
}

impl Session {
    /// Asks for messages in a range of UIDs, to be heard by [`Session::headers`]. Other messages
    /// may be asked for before they are.
    pub(super) async fn ask_headers(&mut self, uids: RangeInclusive<u32>) -> Result<Asked> {
        let fetch = Command::Fetch(Fetch::Headers(uids.clone()));
        self.begin(&fetch, Some(uids)).await
    }

    /// Messages that were asked for, newest first; `None` when the server refuses some of them.
    pub(super) async fn headers(&mut self, asked: Asked) -> Result<Option<Vec<Fetched>>> {
        let (ending, mut messages) = self.end(asked).await?;
        match ending {
            Ending::Ok => {
                messages.sort_by_key(|m: &Fetched| std::cmp::Reverse(m.uid));
                messages.dedup_by_key(|m| m.uid);
                Ok(Some(messages))
            }
            Ending::No(_) => Ok(None),
            Ending::Bad => Err(Fault::new(Code::ServerRefused).into()),
        }
    }

    /// Gives the server an occasion to mention what is new, to be heard by [`Session::listen`]:
    /// not every one does so in an answer to FETCH.
    pub(super) async fn ask_news(&mut self) -> Result<Asked> {
        self.begin(&Command::Noop, None).await
    }

    /// Hears what is new.
    pub(super) async fn listen(&mut self, asked: Asked) -> Result<()> {
        match self.end(asked).await? {
            (Ending::Ok, _) => Ok(()),
            (Ending::No(_) | Ending::Bad, _) => Err(Fault::new(Code::ServerRefused).into()),
        }
    }

    /// Sends a command whose answer may come among those to others.
    async fn begin(
        &mut self,
        command: &Command,
        uids: Option<RangeInclusive<u32>>,
    ) -> Result<Asked> {
        let line = command.line().unwrap_or_default();
        let tag = self.tag();
        self.send(format!("{tag} {line}\r\n").as_bytes()).await?;
        let asked = Asked { tag };
        self.outstanding.expect(&asked, uids);
        Ok(asked)
    }

    /// Hears until a command has ended.
    async fn end(&mut self, asked: Asked) -> Result<(Ending, Vec<Fetched>)> {
        let before = self.bytes_in();
        loop {
            if let Some(ended) = self.outstanding.take(&asked) {
                return Ok(ended);
            }
            let length = self.whole().await?;
            match fetched::quick(self.inbound.first(length)) {
                Some(message) => {
                    self.inbound.forget(length);
                    self.outstanding.keep(message);
                }
                None => self.response(|_| ()).await?,
            }
            self.bound(before)?;
        }
    }
}

/// How the command with this tag ended, if this is the response that says so.
pub(super) fn ending(response: &Response<'_>, tag: &str) -> Option<Ending> {
    let Response::Done {
        tag: of,
        status,
        outcome,
    } = response
    else {
        return None;
    };
    let words = || outcome.information.as_deref().unwrap_or_default();
    (of.0 == tag).then(|| match status {
        Status::Ok | Status::PreAuth => Ending::Ok,
        Status::No | Status::Bye => Ending::No(words().to_owned()),
        Status::Bad => Ending::Bad,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn tells_apart_what_was_asked_for_at_the_same_time() {
        let asked = ["a1", "a2", "a3"].map(|tag| Asked { tag: tag.into() });
        let mut outstanding = Outstanding::default();
        outstanding.expect(&asked[0], Some(11..=20));
        outstanding.expect(&asked[1], None);
        outstanding.expect(&asked[2], Some(1..=10));
        let fetch = |uid: u32| format!("* {uid} FETCH (UID {uid} BODY[] {{1}}\r\nx)\r\n");
        for line in [
            fetch(12),
            fetch(3),
            "a2 OK done\r\n".to_owned(),
            fetch(21),
            "* 4 FETCH (UID 4 FLAGS ())\r\n".to_owned(),
            "a3 NO one cannot be read\r\n".to_owned(),
            fetch(11),
        ] {
            let (_, response) = Response::parse(line.as_bytes()).unwrap();
            outstanding.hear(&response);
        }
        let mut took = |asked: &Asked| {
            let (ending, messages) = outstanding.take(asked)?;
            let uids: Vec<u32> = messages.iter().map(|message| message.uid).collect();
            Some((ending, uids))
        };
        assert_eq!(took(&asked[0]), None, "it has not ended");
        assert_eq!(took(&asked[1]), Some((Ending::Ok, vec![])));
        let refused = Ending::No("one cannot be read".into());
        assert_eq!(took(&asked[2]), Some((refused, vec![3])));
        assert_eq!(took(&asked[2]), None, "it is taken once");
    }
}
