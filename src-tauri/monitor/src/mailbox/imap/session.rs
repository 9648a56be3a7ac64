//! A conversation with a server that can only look. The parser and its buffer are async-imap's;
//! what is said comes from the closed list in [`Command`], and nothing hands out the client
//! inside.

use super::command::{Command, Fetch, Modseq, Search};
use super::connect::{self, Greeting};
use super::fetched;
use super::wire::{Meter, Nonsense, Wire};
use crate::fault::{Code, Fault};
use crate::mailbox::{Fetched, Login, Mark};
use anyhow::Result;
use async_imap::imap_proto::{Capability, MailboxDatum, Response, ResponseCode, Status};
use std::collections::BTreeSet;
use std::io;
use std::ops::RangeInclusive;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::watch;

/// Most bytes of one answer. A batch of 1,000 ordinary headers is 4 MB.
const ANSWER_LIMIT: u64 = 256 << 20;
/// Most bytes of an answer that is heard line by line.
const LINES_LIMIT: usize = 64 << 10;
/// How long the server's goodbye is waited for.
const GOODBYE: Duration = Duration::from_secs(3);

/// A connection, logged in or about to be.
pub(super) struct Session {
    client: async_imap::Client<Wire>,
    meter: Meter,
    stop: watch::Receiver<bool>,
    commands: u64,
    capabilities: BTreeSet<String>,
    /// Whether the server told them without being asked, since they were last forgotten.
    told: bool,
    /// The server says which messages went away.
    resyncs: bool,
    /// Messages in the open mailbox, kept up with what the server mentions.
    exists: u32,
    arrivals: Arrivals,
    /// How often the server said that messages went away.
    expunges: u64,
}

/// Whether the server mentioned new messages in the open mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrivals {
    /// Nothing new was mentioned.
    None,
    /// The mailbox has grown since it was last asked.
    Some,
}

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It was done.
    Ok,
    /// It was refused; the server's words, for a machine to look at.
    No(String),
    /// It was not understood.
    Bad,
}

/// What the server says when a mailbox is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Examined {
    /// UIDVALIDITY, never 0.
    pub(super) uidvalidity: u32,
    /// The UID that the next message will have, where the server says so.
    pub(super) uidnext: Option<u32>,
    /// Messages in it.
    pub(super) exists: u32,
    /// The highest change number, where the server counts changes.
    pub(super) modseq: Option<u64>,
}

impl Session {
    /// Connects and hears the greeting and what the server can do.
    ///
    /// # Errors
    /// Those of [`connect::connect`]; [`Code::ServerRefused`] when the server says goodbye at
    /// once; [`Code::Stopped`].
    pub(super) async fn greet(
        login: &Login,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(Session, Entered)> {
        let meter = Meter::default();
        let (wire, greeting) = tokio::select! {
            connected = connect::connect(login, &meter) => connected?,
            () = stopped(&mut stop) => return Err(Fault::new(Code::Stopped).into()),
        };
        let mut session = Session {
            client: async_imap::Client::new(wire),
            meter,
            stop,
            commands: 0,
            capabilities: BTreeSet::new(),
            told: false,
            resyncs: false,
            exists: 0,
            arrivals: Arrivals::None,
            expunges: 0,
        };
        let entered = match greeting {
            Greeting::Spoken => Entered::No,
            Greeting::Ahead => session.greeting().await?,
        };
        session.learn_capabilities().await?;
        Ok((session, entered))
    }

    async fn greeting(&mut self) -> Result<Entered> {
        self.response(|response| match response {
            Response::Data { status, .. } => match status {
                Status::Ok => Ok(Entered::No),
                Status::PreAuth => Ok(Entered::Already),
                Status::Bye => Err(Fault::new(Code::ServerRefused)),
                Status::No | Status::Bad => Err(Fault::new(Code::ServerNonsense)),
            },
            _ => Err(Fault::new(Code::ServerNonsense)),
        })
        .await?
        .map_err(Into::into)
    }

    /// Whether the server announced a capability, in upper case.
    pub(super) fn can(&self, capability: &str) -> bool {
        self.capabilities.contains(capability)
    }

    /// Commands sent and answered.
    pub(super) const fn round_trips(&self) -> u64 {
        self.commands
    }

    /// Bytes received.
    pub(super) fn bytes_in(&self) -> u64 {
        self.meter.bytes()
    }

    /// Messages in the open mailbox, as last mentioned.
    pub(super) const fn exists(&self) -> u32 {
        self.exists
    }

    /// How often messages went away from the open mailbox.
    pub(super) const fn expunges(&self) -> u64 {
        self.expunges
    }

    /// Whether new messages were mentioned since this was last asked.
    pub(super) const fn arrivals(&mut self) -> Arrivals {
        std::mem::replace(&mut self.arrivals, Arrivals::None)
    }

    /// Gives the server an occasion to mention what is new: not every one does so in an answer
    /// to FETCH.
    pub(super) async fn listen(&mut self) -> Result<()> {
        self.ask(&Command::Noop, |_| {}).await
    }

    /// Ends with [`Code::Stopped`] when the user wants it.
    pub(super) fn go_on(&self) -> Result<()> {
        if *self.stop.borrow() {
            return Err(Fault::new(Code::Stopped).into());
        }
        Ok(())
    }

    /// Forgets what the server can do: it may be more after logging in.
    pub(super) fn forget_capabilities(&mut self) {
        self.told = false;
    }

    /// Asks what the server can do, unless it has said so by itself.
    pub(super) async fn learn_capabilities(&mut self) -> Result<()> {
        if self.told {
            return Ok(());
        }
        self.capabilities.clear();
        self.ask(&Command::Capability, |_| {}).await
    }

    /// Keeps up with what the server says that it can do; the last word counts.
    fn hear_capabilities(&mut self, response: &Response<'_>) {
        let list = match response {
            Response::Capabilities(list) => list,
            Response::Data { outcome, .. } | Response::Done { outcome, .. } => {
                match &outcome.code {
                    Some(ResponseCode::Capabilities(list)) => list,
                    Some(_) | None => return,
                }
            }
            _ => return,
        };
        self.capabilities = list.iter().map(capability).collect();
        self.told = true;
    }

    /// Opens a mailbox for reading; `None` when the server does not let us.
    pub(super) async fn examine(&mut self, name: &str) -> Result<Option<Examined>> {
        let modseq = if self.can("CONDSTORE") || self.can("QRESYNC") {
            Modseq::Asked
        } else {
            Modseq::NotAsked
        };
        let opened = self.examine_as(name, modseq).await?;
        if opened.is_none() && modseq == Modseq::Asked {
            return self.examine_as(name, Modseq::NotAsked).await;
        }
        Ok(opened)
    }

    async fn examine_as(&mut self, name: &str, modseq: Modseq) -> Result<Option<Examined>> {
        self.exists = 0;
        let command = Command::Examine(name.to_owned(), modseq);
        let mut examined = Examined {
            uidvalidity: 1,
            ..Examined::default()
        };
        let ending = self
            .exchange(&command, |response| {
                let (Response::Data { outcome, .. } | Response::Done { outcome, .. }) = response
                else {
                    return;
                };
                match &outcome.code {
                    Some(ResponseCode::UidValidity(value)) => {
                        examined.uidvalidity = (*value).max(1)
                    }
                    Some(ResponseCode::UidNext(uid)) => examined.uidnext = Some((*uid).max(1)),
                    Some(ResponseCode::HighestModSeq(value)) if *value > 0 => {
                        examined.modseq = Some(*value)
                    }
                    Some(_) | None => {}
                }
            })
            .await?;
        self.arrivals = Arrivals::None;
        examined.exists = self.exists;
        if modseq == Modseq::NotAsked {
            examined.modseq = None;
        }
        Ok((ending == Ending::Ok).then_some(examined))
    }

    /// UIDs, ascending, each once.
    pub(super) async fn search(&mut self, search: Search) -> Result<Vec<u32>> {
        let mut uids = BTreeSet::new();
        self.ask(&Command::Search(search), |response| {
            if let Response::MailboxData(MailboxDatum::Search(found)) = response {
                uids.extend(found.iter().copied().filter(|uid| *uid > 0));
            }
        })
        .await?;
        Ok(uids.into_iter().collect())
    }

    /// Messages in a range of UIDs, newest first; `None` when the server refuses some of them.
    pub(super) async fn headers(
        &mut self,
        uids: RangeInclusive<u32>,
    ) -> Result<Option<Vec<Fetched>>> {
        let mut messages = Vec::new();
        let ending = self
            .exchange(&Command::Fetch(Fetch::Headers(uids.clone())), |response| {
                if let Response::Fetch(_, attributes) = response {
                    messages.extend(fetched::message(attributes).filter(|m| uids.contains(&m.uid)));
                }
            })
            .await?;
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

    /// Marks in a range of UIDs.
    pub(super) async fn marks(&mut self, uids: RangeInclusive<u32>) -> Result<Vec<(u32, Mark)>> {
        let fetch = Fetch::Flags(uids.clone());
        Ok(self.changes(fetch, &uids).await?.marks)
    }

    /// What changed in a range of UIDs since a change number; also what went away, where the
    /// server says so and `gone` is asked for.
    pub(super) async fn changed(
        &mut self,
        uids: RangeInclusive<u32>,
        since: u64,
        gone: bool,
    ) -> Result<Changes> {
        let fetch = if gone && self.resyncs {
            Fetch::ChangedOrGone(uids.clone(), since)
        } else {
            Fetch::ChangedFlags(uids.clone(), since)
        };
        self.changes(fetch, &uids).await
    }

    async fn changes(&mut self, fetch: Fetch, uids: &RangeInclusive<u32>) -> Result<Changes> {
        let mut changes = Changes::default();
        self.ask(&Command::Fetch(fetch), |response| match response {
            Response::Fetch(_, attributes) => {
                let marks = fetched::mark(attributes).filter(|(uid, _)| uids.contains(uid));
                changes.marks.extend(marks);
            }
            Response::Vanished {
                earlier: true,
                uids,
            } => changes.gone.extend(uids.iter().cloned()),
            _ => {}
        })
        .await?;
        Ok(changes)
    }

    /// Lets the server compress what it sends, where it can.
    pub(super) async fn compress(&mut self) -> Result<()> {
        if self.can("COMPRESS=DEFLATE")
            && self.exchange(&Command::Compress, |_| {}).await? == Ending::Ok
        {
            self.client.get_mut().deflate();
        }
        Ok(())
    }

    /// Lets the server say which messages went away, where it can.
    pub(super) async fn enable_resync(&mut self) -> Result<()> {
        if self.can("QRESYNC") {
            // To the parser `* ENABLED` looks like a list of everything that the server can do.
            let capabilities = self.capabilities.clone();
            let enabled = self.exchange(&Command::EnableQresync, |_| {}).await?;
            self.capabilities = capabilities;
            self.resyncs = enabled == Ending::Ok;
        }
        Ok(())
    }

    /// Sends a command whose answer the parser does not understand and hears its lines up to the
    /// tagged one. Literals are not understood here: a line ends at its end.
    pub(super) async fn lines(&mut self, command: &Command) -> Result<Vec<String>> {
        let Some(line) = command.line() else {
            return Ok(Vec::new());
        };
        let tag = self.tag();
        self.send(format!("{tag} {line}\r\n").as_bytes()).await?;
        let (mut lines, mut line) = (Vec::new(), Vec::new());
        let wire = self.client.get_mut();
        for _ in 0..LINES_LIMIT {
            let byte = tokio::select! {
                byte = wire.read_u8() => byte.map_err(|error| fault_of(&error))?,
                () = stopped(&mut self.stop) => return Err(Fault::new(Code::Stopped).into()),
            };
            if byte != b'\n' {
                line.push(byte);
                continue;
            }
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            let rest = text.strip_prefix(&tag);
            if rest.is_some_and(|rest| rest.starts_with(' ')) {
                return Ok(lines);
            }
            lines.push(text);
        }
        Err(Fault::new(Code::ServerNonsense).into())
    }

    /// Says goodbye; a server that does not answer is left alone.
    pub(super) async fn log_out(mut self) {
        let goodbye = self.exchange(&Command::Logout, |_| {});
        if let Ok(Err(error)) = tokio::time::timeout(GOODBYE, goodbye).await {
            tracing::debug!("no goodbye: {error:#}");
        }
    }

    /// A command that has to succeed.
    pub(super) async fn ask(
        &mut self,
        command: &Command,
        each: impl FnMut(&Response<'_>) + Send,
    ) -> Result<()> {
        match self.exchange(command, each).await? {
            Ending::Ok => Ok(()),
            Ending::No(_) | Ending::Bad => Err(Fault::new(Code::ServerRefused).into()),
        }
    }

    /// Sends a command and hears its answer to the end.
    pub(super) async fn exchange(
        &mut self,
        command: &Command,
        each: impl FnMut(&Response<'_>) + Send,
    ) -> Result<Ending> {
        let Some(line) = command.line() else {
            return Ok(Ending::Bad);
        };
        let tag = self.tag();
        self.send(format!("{tag} {line}\r\n").as_bytes()).await?;
        self.answer(&tag, each).await
    }

    /// The tag of the next command.
    pub(super) fn tag(&mut self) -> String {
        self.commands += 1;
        format!("a{}", self.commands)
    }

    /// How long the server may be silent while it is waited for.
    pub(super) fn wait_for(&mut self, patience: Duration) {
        self.client.get_mut().wait_for(patience);
    }

    /// Sends bytes past the parser's own encoder, which would write them to a trace log.
    pub(super) async fn send(&mut self, bytes: &[u8]) -> Result<()> {
        let wire = self.client.get_mut();
        wire.write_all(bytes)
            .await
            .map_err(|error| fault_of(&error))?;
        wire.flush().await.map_err(|error| fault_of(&error))?;
        Ok(())
    }

    /// Hears everything up to the answer to a tag.
    pub(super) async fn answer(
        &mut self,
        tag: &str,
        mut each: impl FnMut(&Response<'_>) + Send,
    ) -> Result<Ending> {
        let before = self.meter.bytes();
        loop {
            let ending = self
                .response(|response| {
                    each(response);
                    match response {
                        Response::Done {
                            tag: of,
                            status,
                            outcome,
                        } if of.0 == tag => Some(match status {
                            Status::Ok | Status::PreAuth => Ending::Ok,
                            Status::No | Status::Bye => Ending::No(
                                outcome
                                    .information
                                    .as_deref()
                                    .unwrap_or_default()
                                    .to_owned(),
                            ),
                            Status::Bad => Ending::Bad,
                        }),
                        _ => None,
                    }
                })
                .await?;
            if let Some(ending) = ending {
                return Ok(ending);
            }
            if self.meter.bytes() - before > ANSWER_LIMIT {
                return Err(Fault::new(Code::ServerNonsense).into());
            }
        }
    }

    /// Hears one response and keeps up with what it says of the open mailbox.
    pub(super) async fn response<T>(
        &mut self,
        look: impl FnOnce(&Response<'_>) -> T + Send,
    ) -> Result<T> {
        let heard = tokio::select! {
            heard = self.client.read_response() => heard,
            () = stopped(&mut self.stop) => return Err(Fault::new(Code::Stopped).into()),
        };
        let heard = heard.map_err(|error| fault_of(&error))?;
        let Some(heard) = heard else {
            return Err(Fault::new(Code::ConnectionLost).into());
        };
        let response = heard.parsed();
        self.hear_capabilities(response);
        match response {
            Response::MailboxData(MailboxDatum::Exists(count)) => {
                if *count > self.exists {
                    self.arrivals = Arrivals::Some;
                }
                self.exists = *count;
            }
            Response::Expunge(_) => {
                self.exists = self.exists.saturating_sub(1);
                self.expunges += 1;
            }
            Response::Vanished {
                earlier: false,
                uids,
            } => {
                let gone: usize = uids.iter().map(|range| range.clone().count()).sum();
                self.exists = self
                    .exists
                    .saturating_sub(u32::try_from(gone).unwrap_or(u32::MAX));
                self.expunges += 1;
            }
            _ => {}
        }
        Ok(look(response))
    }
}

/// What changed in a mailbox.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Marks now, by UID.
    pub(super) marks: Vec<(u32, Mark)>,
    /// UIDs that went away.
    pub(super) gone: Vec<RangeInclusive<u32>>,
}

/// Whether the connection is already inside an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entered {
    /// Logging in is still to come.
    No,
    /// The server let us in by other means (PREAUTH).
    Already,
}

fn capability(capability: &Capability<'_>) -> String {
    match capability {
        Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
        Capability::Auth(mechanism) => format!("AUTH={}", mechanism.to_ascii_uppercase()),
        Capability::Atom(atom) => atom.to_ascii_uppercase(),
    }
}

/// Ends when the user wants the reading to stop; never, when nobody can want it any more.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// The fault behind a failed read or write. What the parser quotes in its message may be mail and
/// is dropped here.
fn fault_of(error: &io::Error) -> Fault {
    let beyond_limits = error.get_ref().is_some_and(|inner| inner.is::<Nonsense>());
    // The parser reports what it cannot read as an error of no kind.
    if beyond_limits || error.kind() == io::ErrorKind::Other {
        return Fault::new(Code::ServerNonsense);
    }
    Fault::new(Code::ConnectionLost)
}
