//! Reading: which account is read when, by which source, under the lock of the one reader.

use crate::actor::{Event, List, Looked, Recorded};
use crate::attachment::{self, Own};
use crate::confined::Worker;
use crate::entrance::{Door, Entrance};
use crate::fault::{self, Code, Fault};
use crate::mailbox::{self, Body, Cost, Credential, Found, Login, Progress, Report};
use crate::store::{AccountFacts, Entry};
use anyhow::{Context, Result};
use exposure::mail::{self, Receiver};
use exposure::notice;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot, watch};

/// What a scan of one account brought and cost.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanResult {
    /// Name of the account.
    pub account: String,
    /// What was added.
    pub recorded: Recorded,
    /// What it cost.
    pub cost: Cost,
    /// How long it took.
    pub seconds: f64,
    /// What went wrong; what was read before is kept.
    pub fault: Option<Fault>,
}

/// How long a lock may take to be given back, and how often it is looked at.
const GIVEN_BACK: Duration = Duration::from_millis(500);
const LOOK: Duration = Duration::from_millis(20);

/// The lock of the one reader; held until it is dropped.
#[derive(Debug)]
pub struct ReadingLock {
    _file: File,
}

impl ReadingLock {
    /// Takes the lock beside the ledger, waiting a moment for one that is being given back: a
    /// program that ends, or a child that it was just starting, may hold it a little longer.
    ///
    /// # Errors
    /// [`Code::AlreadyReading`] when another process holds it.
    pub fn take(data: &Path) -> Result<ReadingLock> {
        let path = data.join("ledger.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .with_context(|| {
                Fault::new(Code::DataFolder).with("path", data.display().to_string())
            })?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(ReadingLock { _file: file }),
                Err(TryLockError::Error(error)) => return Err(error.into()),
                Err(TryLockError::WouldBlock) if began.elapsed() < GIVEN_BACK => {
                    std::thread::sleep(LOOK);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(Fault::new(Code::AlreadyReading).into());
                }
            }
        }
    }
}

/// What is needed of the user and of this PC to look into what messages carry.
pub struct Looking {
    /// Whom to look for in a list.
    pub own: Own,
    /// Where attachments are read.
    pub worker: Worker,
}

/// Who says so when it is needed: a reading finds out whom to look for as it goes.
pub type AsksLooking<'a> = &'a (dyn Fn() -> Result<Looking> + Send + Sync);

/// Looks into a part of a message: its text is read here, its attachments are counted by the
/// worker.
async fn look(body: Body, looking: AsksLooking<'_>) -> Looked {
    match body.found {
        Found::Gone => Looked::Gone,
        Found::Text(entity) => {
            let subject = body.want.subject;
            let read = move || notice::read(&subject, &mail::body_text(&entity));
            let reading = tokio::task::spawn_blocking(read).await;
            reading.map_or(Looked::Gone, Looked::Notice)
        }
        Found::Lists(attachments) => {
            let mut counted = Vec::new();
            let looking = match looking() {
                Ok(looking) => looking,
                Err(error) => {
                    tracing::warn!("attachments are not looked into: {error:#}");
                    return Looked::Gone;
                }
            };
            for bytes in attachments {
                match attachment::count(&looking.worker, &bytes, &looking.own).await {
                    Ok(Some(one)) => counted.push(List::of(one, &looking.own)),
                    Ok(None) => tracing::debug!("an attachment could not be counted"),
                    Err(error) => tracing::debug!("an attachment is left alone: {error:#}"),
                }
            }
            Looked::Lists(counted)
        }
    }
}

/// Reads the headers of a batch and looks into parts of messages, beside the source that fetches
/// the next ones and the actor that records those before.
async fn read_headers(
    account: i64,
    report: Report,
    receiver: &Arc<Receiver>,
    looking: AsksLooking<'_>,
) -> Option<Event> {
    let (batch, done) = match report {
        Report::Batch(batch, done) => (batch, done),
        Report::Body(body, done) => {
            let (message, what) = (body.want.message, body.want.what);
            return Some(Event::Looked {
                message,
                what,
                looked: look(body, looking).await,
                done,
            });
        }
        report => return Some(Event::Report(account, report)),
    };
    let receiver = Arc::clone(receiver);
    let reading = tokio::task::spawn_blocking(move || {
        let headers = batch.messages.iter().map(|message| &message.header);
        let facts = headers
            .map(|header| mail::read(header, &receiver))
            .collect();
        (batch, facts)
    });
    let (batch, facts) = reading.await.ok()?;
    Some(Event::Batch {
        account,
        batch,
        facts,
        done,
    })
}

/// What a reading needs besides its account.
pub struct Reader<'a> {
    /// Whose word on a message counts.
    pub receiver: Receiver,
    /// Whom to look for in what messages carry.
    pub looking: AsksLooking<'a>,
    /// The way in.
    pub entrance: &'a Entrance,
    /// Providers of sign-ins, as the user described them.
    pub providers: Option<&'a str>,
}

/// Reads one account to its end. Every report goes to the actor; the outcome comes after the
/// actor has said what is new.
pub async fn scan(
    account: &AccountFacts,
    reader: Reader<'_>,
    actor: &Sender<Event>,
    stop: watch::Receiver<bool>,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> ScanResult {
    let started = std::time::Instant::now();
    let (reports, mut inbox) = mpsc::channel::<Report>(4);
    let reading = async {
        match &account.entry {
            Entry::Archive { path } => mailbox::archive::read(path, reports, stop).await,
            Entry::Imap { .. } => {
                let door = account.door(reader.providers);
                read_imap(reader.entrance, door, reports, stop).await
            }
        }
    };
    let receiver = Arc::new(reader.receiver);
    let forwarding = async {
        while let Some(report) = inbox.recv().await {
            if let Report::Progress(step) = &report {
                progress(*step);
            }
            let Some(event) = read_headers(account.id, report, &receiver, reader.looking).await
            else {
                break;
            };
            if actor.send(event).is_err() {
                break;
            }
        }
    };
    let (outcome, ()) = tokio::join!(reading, forwarding);
    let (cost, fault) = match outcome {
        Ok(cost) => (cost, None),
        Err(error) => {
            tracing::debug!("scan: {error:#}");
            (Cost::default(), Some(fault::of(&error)))
        }
    };
    let (done, recorded) = oneshot::channel();
    let ended = Event::ScanEnded {
        account: account.id,
        outcome: fault.clone().map_or(Ok(()), Err),
        done,
    };
    let recorded = match actor.send(ended) {
        Ok(()) => recorded.await.unwrap_or_default(),
        Err(_) => Recorded::default(),
    };
    ScanResult {
        account: account.name.clone(),
        recorded,
        cost,
        seconds: started.elapsed().as_secs_f64(),
        fault,
    }
}

/// Reads an account at a server. A token that is refused is renewed once. Servers end a
/// connection when the token that opened it ends, which a long first reading outlives: as long as
/// there is progress it is entered again and goes on where it stopped.
async fn read_imap(
    entrance: &Entrance,
    door: Door<'_>,
    reports: mpsc::Sender<Report>,
    stop: watch::Receiver<bool>,
) -> Result<Cost> {
    let missing = || Fault::new(Code::PasswordMissing).with("account", door.name);
    let mut login = entrance.login(door).await?.ok_or_else(missing)?;
    let mut renewal = Renewal::Open;
    loop {
        let (out, mut inbox) = mpsc::channel::<Report>(1);
        let passing_on = async {
            let mut got_on = false;
            while let Some(report) = inbox.recv().await {
                got_on |= matches!(report, Report::Batch(..));
                if reports.send(report).await.is_err() {
                    break;
                }
            }
            got_on
        };
        let reading = mailbox::imap::read(&login, out, stop.clone());
        let (outcome, got_on) = tokio::join!(reading, passing_on);
        let error = match outcome {
            Ok(cost) => return Ok(cost),
            Err(error) => error,
        };
        let next = match (fault::of(&error).code, renewal) {
            (Code::TokenRefused, Renewal::Open) => {
                renewal = Renewal::Done;
                entrance.login_after_refusal(door, &login).await?
            }
            (Code::ConnectionLost, _) if is_token(&login) && got_on => {
                renewal = Renewal::Open;
                entrance.login(door).await?
            }
            _ => None,
        };
        let Some(next) = next else {
            return Err(error);
        };
        login = next;
    }
}

/// Whether a refused token may be renewed.
#[derive(Clone, Copy)]
enum Renewal {
    /// It was not yet, since the connection last worked.
    Open,
    /// It was: a fresh one is refused for another reason.
    Done,
}

const fn is_token(login: &Login) -> bool {
    matches!(login.credential, Credential::Token(_))
}
