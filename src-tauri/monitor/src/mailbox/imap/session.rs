//! A conversation with a server that can only look. The parser is imap-proto's; what is said
//! comes from the closed list in [`Command`], and nothing hands out the stream inside.

use super::command::{Command, Fetch, Modseq, Search};
use super::connect::{self, Greeting};
use super::fetched;
use super::inbound::{Inbound, Nonsense};
use super::news::News;
use super::outstanding::{Outstanding, ending};
use super::wire::{Meter, Wire};
use crate::fault::{Code, Fault};
use crate::mailbox::{Login, Mark};
use anyhow::Result;
use imap_proto::{MailboxDatum, Response, ResponseCode, Status};
use std::collections::BTreeSet;
use std::io;
use std::ops::RangeInclusive;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::sync::watch;

/// Most bytes of one answer. A batch of 1,000 ordinary headers is 4 MB.
const ANSWER_LIMIT: u64 = 256 << 20;
/// Most bytes of an answer that is heard line by line.
const LINES_LIMIT: usize = 64 << 10;
/// How long the server's goodbye is waited for.
const GOODBYE: Duration = Duration::from_secs(3);

/// A connection, logged in or about to be.
pub(super) struct Session {
    wire: Wire,
    pub(super) inbound: Inbound,
    meter: Meter,
    stop: watch::Receiver<bool>,
    commands: u64,
    /// The server says which messages went away.
    resyncs: bool,
    news: News,
    pub(super) outstanding: Outstanding,
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
            wire,
            inbound: Inbound::default(),
            meter,
            stop,
            commands: 0,
            resyncs: false,
            news: News::default(),
            outstanding: Outstanding::default(),
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
        self.news.capabilities.contains(capability)
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
        self.news.exists
    }

    /// How often messages went away from the open mailbox.
    pub(super) const fn expunges(&self) -> u64 {
        self.news.expunges
    }

    /// Whether new messages were mentioned since [`Session::forget_growth`].
    pub(super) const fn has_grown(&self) -> bool {
        self.news.grown
    }

    /// What has come so far is about to be looked for.
    pub(super) const fn forget_growth(&mut self) {
        self.news.grown = false;
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
        self.news.told = false;
    }

    /// Asks what the server can do, unless it has said so by itself.
    pub(super) async fn learn_capabilities(&mut self) -> Result<()> {
        if self.news.told {
            return Ok(());
        }
        self.news.capabilities.clear();
        self.ask(&Command::Capability, |_| {}).await
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
        self.news.exists = 0;
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
        self.forget_growth();
        examined.exists = self.news.exists;
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
            let ahead = self.inbound.take_rest();
            self.wire.deflate(ahead);
        }
        Ok(())
    }

    /// Lets the server say which messages went away, where it can.
    pub(super) async fn enable_resync(&mut self) -> Result<()> {
        if self.can("QRESYNC") {
            // To the parser `* ENABLED` looks like a list of everything that the server can do.
            let capabilities = self.news.capabilities.clone();
            let enabled = self.exchange(&Command::EnableQresync, |_| {}).await?;
            self.news.capabilities = capabilities;
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
        let mut lines = Vec::new();
        for _ in 0..LINES_LIMIT {
            let length = loop {
                match self.inbound.first_line() {
                    Ok(Some(length)) => break length,
                    Ok(None) => self.read().await?,
                    Err(nonsense) => return Err(beyond(nonsense).into()),
                }
            };
            let line = String::from_utf8_lossy(self.inbound.first(length));
            let line = line.trim_end().to_owned();
            self.inbound.forget(length);
            if line
                .strip_prefix(&tag)
                .is_some_and(|rest| rest.starts_with(' '))
            {
                return Ok(lines);
            }
            lines.push(line);
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
        self.wire.wait_for(patience);
    }

    /// Sends bytes; nothing logs them.
    pub(super) async fn send(&mut self, bytes: &[u8]) -> Result<()> {
        let sending = async {
            self.wire.write_all(bytes).await?;
            self.wire.flush().await
        };
        Ok(sending.await.map_err(|error| lost(&error))?)
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
                    ending(response, tag)
                })
                .await?;
            if let Some(ending) = ending {
                return Ok(ending);
            }
            self.bound(before)?;
        }
    }

    /// Gives up on an answer that never ends; it began after so many bytes.
    pub(super) fn bound(&self, before: u64) -> Result<()> {
        if self.meter.bytes() - before > ANSWER_LIMIT {
            return Err(Fault::new(Code::ServerNonsense).into());
        }
        Ok(())
    }

    /// Hears one response and keeps up with what it mentions. Nothing is lost when this is given
    /// up while it waits.
    pub(super) async fn response<T>(
        &mut self,
        look: impl FnOnce(&Response<'_>) -> T + Send,
    ) -> Result<T> {
        let length = self.whole().await?;
        let bytes = self.inbound.first(length);
        // What the parser quotes in its error may be mail and is dropped here.
        let (rest, response) =
            Response::parse(bytes).map_err(|_| Fault::new(Code::ServerNonsense))?;
        let length = length - rest.len();
        self.news.hear(&response);
        self.outstanding.hear(&response);
        let seen = look(&response);
        self.inbound.forget(length);
        Ok(seen)
    }

    /// Waits until the next response is here and gives its length.
    pub(super) async fn whole(&mut self) -> Result<usize> {
        loop {
            match self.inbound.response() {
                Ok(Some(length)) => return Ok(length),
                Ok(None) => self.read().await?,
                Err(nonsense) => return Err(beyond(nonsense).into()),
            }
        }
    }

    /// Waits for more bytes.
    async fn read(&mut self) -> Result<()> {
        let read = tokio::select! {
            read = self.inbound.read(&mut self.wire) => read,
            () = stopped(&mut self.stop) => return Err(Fault::new(Code::Stopped).into()),
        };
        match read {
            Ok(length) if length > 0 => Ok(()),
            Ok(_) => Err(Fault::new(Code::ConnectionLost).into()),
            Err(error) => Err(lost(&error).into()),
        }
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

/// Ends when the user wants the reading to stop; never, when nobody can want it any more.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// The fault behind a failed read or write.
fn lost(error: &io::Error) -> Fault {
    tracing::debug!("the connection broke: {}", error.kind());
    Fault::new(Code::ConnectionLost)
}

/// The fault behind an answer beyond all limits.
fn beyond(limit: Nonsense) -> Fault {
    tracing::debug!("the server sent {limit}");
    Fault::new(Code::ServerNonsense)
}
