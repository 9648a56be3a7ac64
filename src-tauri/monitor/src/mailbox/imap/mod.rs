//! Mail on an IMAP server, looked at and never touched.
//!
//! `connect` and `starttls` make a secured stream, `wire` counts it and gives up on it, `deflate`
//! may unfold it, and `inbound` cuts it into responses and bounds them. `session` talks over it
//! with what `command` can say, keeps what is mentioned in `news` and what was asked for ahead in
//! `outstanding`; `fetched` makes messages of answers. `login` enters, `list` finds the mailboxes
//! (`namespaces` says whose they are), `read` reads what is new in them and `back` what is older,
//! `stand` is where each stands meanwhile, `shelf` shares them among connections, `bodies` fetches
//! the parts that a rule needs, and `idle` waits for news.

mod back;
mod bodies;
mod command;
mod connect;
mod deflate;
mod fetched;
mod idle;
mod inbound;
mod list;
mod login;
mod namespaces;
mod news;
mod outstanding;
mod pace;
mod read;
mod session;
mod shelf;
mod stand;
mod starttls;
mod trust;
mod wire;

pub use connect::is_this_pc;

use super::reports::Reports;
use super::{Cost, Listed, Login, Report};
use crate::fault::{self, Code, Fault};
use anyhow::Result;
use futures::FutureExt;
use read::Reading;
use shelf::{End, Shelf};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

/// Reads what is new in an account, to the end, and reports it. What was reported before an error
/// is in the ledger, and the next reading goes on from there.
///
/// # Errors
/// A [`Fault`] whose code says what happened: [`Code::UnknownHost`], [`Code::NoConnection`],
/// [`Code::Certificate`], [`Code::EncryptionStripped`], [`Code::PlainRefused`],
/// [`Code::PasswordRefused`], [`Code::ServerRefused`], [`Code::ServerNonsense`],
/// [`Code::ConnectionLost`], [`Code::CannotRead`] (the certificate file), [`Code::Stopped`].
pub async fn read(
    login: &Login,
    out: mpsc::Sender<Report>,
    stop: watch::Receiver<bool>,
) -> Result<Cost> {
    unbroken(async {
        let mut session = login::enter(login, stop.clone()).await?;
        let mailboxes = list::list(&mut session).await?;
        let reports = Reports::new(out.clone());
        let mut reading = Reading::begin(session, reports, mailboxes).await?;
        let outcome = run(&mut reading, login, &out, stop).await;
        let messages_seen = reading.shelf.progress().read;
        reading.settle().await?;
        let beside = outcome?;
        // Everything that counts is in the ledger: what goes wrong from here on costs no fact.
        let whole = unbroken(reading.run_bodies()).await;
        let session = reading.end().await?;
        if let Err(error) = whole {
            if fault::of(&error).code == Code::Stopped {
                return Err(error);
            }
            tracing::debug!("parts of messages were not read: {error:#}");
        }
        let cost = Cost {
            messages_seen,
            round_trips: session.round_trips() + beside.round_trips,
            bytes_in: session.bytes_in() + beside.bytes_in,
        };
        session.log_out().await;
        Ok(cost)
    })
    .await
}

/// Reads everything, the older mail on two connections where that is worth it and the server
/// allows it. Says what the second one cost.
async fn run(
    reading: &mut Reading,
    login: &Login,
    out: &mpsc::Sender<Report>,
    stop: watch::Receiver<bool>,
) -> Result<Cost> {
    reading.run_front().await?;
    let mut cost = Cost::default();
    if reading.shelf.is_worth_two() {
        let shelf = Arc::clone(&reading.shelf);
        let second = async {
            match read_beside(login, out, stop, shelf).await {
                Ok(cost) => Ok(cost),
                Err(error) => {
                    tracing::debug!("one connection has to do: {error:#}");
                    Ok(Cost::default())
                }
            }
        };
        // A fault of the first ends both.
        (_, cost) = tokio::try_join!(reading.run_back(End::First), second)?;
    }
    // Also what the second could not finish.
    reading.run_back(End::First).await?;
    Ok(cost)
}

/// Reads older mail on a connection of its own, from the other end of the shelf.
async fn read_beside(
    login: &Login,
    out: &mpsc::Sender<Report>,
    stop: watch::Receiver<bool>,
    shelf: Arc<Shelf>,
) -> Result<Cost> {
    let session = login::enter(login, stop).await?;
    let mut reading = Reading::beside(session, Reports::new(out.clone()), shelf);
    reading.run_back(End::Last).await?;
    let session = reading.end().await?;
    let cost = Cost {
        messages_seen: 0,
        round_trips: session.round_trips(),
        bytes_in: session.bytes_in(),
    };
    session.log_out().await;
    Ok(cost)
}

/// Connects, logs in and lists the mailboxes.
///
/// # Errors
/// Those of [`read`].
pub async fn check(login: &Login) -> Result<Vec<Listed>> {
    // Nobody can stop it: the sender is gone from the start.
    let (_, never) = watch::channel(false);
    unbroken(async {
        let mut session = login::enter(login, never).await?;
        let mailboxes = list::list(&mut session).await?;
        session.log_out().await;
        Ok(mailboxes
            .into_iter()
            .map(|mailbox| mailbox.listed)
            .collect())
    })
    .await
}

/// Listens to one mailbox, by its name as listed, and calls `news` whenever the server mentions
/// something new in it. Ends when the connection does, or with `Ok` where the server or the mailbox
/// cannot be listened to.
///
/// # Errors
/// Those of [`read`].
pub async fn listen(login: &Login, mailbox: &str, news: &(dyn Fn() + Send + Sync)) -> Result<()> {
    let (_, never) = watch::channel(false);
    unbroken(async {
        let mut session = login::enter(login, never).await?;
        let mailboxes = list::list(&mut session).await?;
        let named = mailboxes.into_iter().find(|m| m.listed.name == mailbox);
        let Some(named) = named else { return Ok(()) };
        idle::idle(&mut session, &named.wire, news).await?;
        session.log_out().await;
        Ok(())
    })
    .await
}

/// Turns a panic of the parser, which some malformed answers cause, into a fault of the server.
async fn unbroken<T>(conversation: impl Future<Output = Result<T>>) -> Result<T> {
    match AssertUnwindSafe(conversation).catch_unwind().await {
        Ok(outcome) => outcome,
        Err(_) => Err(Fault::new(Code::ServerNonsense).into()),
    }
}
