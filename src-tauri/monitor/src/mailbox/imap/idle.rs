//! Waiting for news of one mailbox (RFC 2177).

use super::command::Command;
use super::session::Session;
use super::wire::SILENCE;
use crate::fault::{Code, Fault};
use anyhow::Result;
use imap_proto::{MailboxDatum, Response, Status};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How long one IDLE lasts: servers may hang up after thirty minutes, and routers forget sooner.
const RENEWED: Duration = Duration::from_secs(20 * 60);
/// What is mentioned within this time is told as one.
const TOGETHER: Duration = Duration::from_secs(2);

/// What a server says while it is listened to.
enum Heard {
    /// It waits with us now.
    Waiting,
    /// Something came, went or changed.
    News,
    /// IDLE is over, or was refused.
    Over,
    /// Nothing that matters.
    Nothing,
}

/// Waits in an opened mailbox and calls `news`; ends with `Ok` where the server cannot be listened
/// to.
///
/// # Errors
/// Those of the session, among them the end of the connection.
pub(super) async fn idle(
    session: &mut Session,
    wire: &str,
    news: &(dyn Fn() + Send + Sync),
) -> Result<()> {
    if !session.can("IDLE") || session.examine(wire).await?.is_none() {
        return Ok(());
    }
    loop {
        let tag = session.tag();
        let line = Command::Idle.line().unwrap_or_default();
        session.send(format!("{tag} {line}\r\n").as_bytes()).await?;
        let (mut waiting, mut told) = (false, None);
        let end = Instant::now() + RENEWED;
        session.wait_for(RENEWED + SILENCE);
        loop {
            // A server that never stops talking is answered as seldom as any other.
            let until = told.map_or(end, |first: Instant| first + TOGETHER);
            // There is always something to hear from a server that floods: the clock comes first.
            if Instant::now() >= until {
                break;
            }
            let Ok(heard) = timeout_at(until, hear(session, &tag)).await else {
                break;
            };
            match heard? {
                Heard::Waiting => waiting = true,
                Heard::News => {
                    told.get_or_insert_with(Instant::now);
                }
                Heard::Over if waiting => return Err(Fault::new(Code::ConnectionLost).into()),
                Heard::Over => return Ok(()),
                Heard::Nothing => {}
            }
        }
        session.wait_for(SILENCE);
        session.send(b"DONE\r\n").await?;
        session.answer(&tag, |_| {}).await?;
        if told.is_some() {
            news();
        }
    }
}

async fn hear(session: &mut Session, tag: &str) -> Result<Heard> {
    session
        .response(|response| match response {
            Response::Continue(_) => Heard::Waiting,
            Response::MailboxData(MailboxDatum::Exists(_))
            | Response::Expunge(_)
            | Response::Vanished { .. }
            | Response::Fetch(..) => Heard::News,
            Response::Done { tag: of, .. } if of.0 == tag => Heard::Over,
            Response::Data {
                status: Status::Bye,
                ..
            } => Heard::Over,
            _ => Heard::Nothing,
        })
        .await
}
