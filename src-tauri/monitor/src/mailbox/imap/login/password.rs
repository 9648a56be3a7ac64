//! Logging in with a password: SCRAM-SHA-256, else PLAIN, else the LOGIN command.

use super::scram::{Answer, First};
use super::{Heard, authenticate, heard, reply};
use crate::fault::{Code, Fault};
use crate::mailbox::imap::command::quoted;
use crate::mailbox::imap::session::{Ending, Session};
use crate::secret::unguessable;
use anyhow::Result;

/// Tries what the server offers until it understands one.
///
/// # Errors
/// [`Code::ServerUnproven`], [`Code::ServerNonsense`], and those of the connection.
pub(super) async fn log_in(session: &mut Session, login: &str, password: &str) -> Result<Ending> {
    let mut ending = Ending::Bad;
    if session.can("AUTH=SCRAM-SHA-256") {
        ending = scram(session, login, password).await?;
    }
    // Some servers announce what they do not know.
    if ending == Ending::Bad && session.can("AUTH=PLAIN") {
        ending = plain(session, login, password).await?;
    }
    if ending == Ending::Bad && !session.can("LOGINDISABLED") {
        ending = login_command(session, login, password).await?;
    }
    Ok(ending)
}

/// AUTHENTICATE SCRAM-SHA-256 (RFC 5802, RFC 7677): the password stays here, and the server has
/// to prove that it knows it too.
async fn scram(session: &mut Session, login: &str, password: &str) -> Result<Ending> {
    let tag = session.tag();
    if let Heard::Ended(ending) = authenticate(session, &tag, "SCRAM-SHA-256").await? {
        return Ok(ending);
    }
    let first = First::new(login, &unguessable()?);
    reply(session, first.message().as_bytes()).await?;
    let challenge = match heard(session, &tag).await? {
        Heard::Go(challenge) => challenge,
        Heard::Ended(Ending::Ok) => return Err(Fault::new(Code::ServerUnproven).into()),
        Heard::Ended(ending) => return Ok(ending),
    };
    let Some(answer) = answer(first, password, challenge).await? else {
        return Err(Fault::new(Code::ServerNonsense).into());
    };
    reply(session, answer.message().as_bytes()).await?;
    let proof = match heard(session, &tag).await? {
        Heard::Go(proof) => proof,
        // It may not say yes before it has proved anything.
        Heard::Ended(Ending::Ok) => return Err(Fault::new(Code::ServerUnproven).into()),
        Heard::Ended(ending) => return Ok(ending),
    };
    // A refusal ("e=invalid-proof") is followed by NO.
    let proven = answer.is_proven_by(&proof);
    session.send(b"\r\n").await?;
    match session.answer(&tag, |_| {}).await? {
        Ending::Ok if !proven => Err(Fault::new(Code::ServerUnproven).into()),
        ending => Ok(ending),
    }
}

/// Thousands of rounds of hashing, beside what else goes on.
async fn answer(first: First, password: &str, challenge: Vec<u8>) -> Result<Option<Answer>> {
    let password = password.to_owned();
    Ok(tokio::task::spawn_blocking(move || first.answer(&password, &challenge)).await?)
}

/// AUTHENTICATE PLAIN (RFC 4616): any character may stand in name and password.
async fn plain(session: &mut Session, login: &str, password: &str) -> Result<Ending> {
    let tag = session.tag();
    if let Heard::Ended(ending) = authenticate(session, &tag, "PLAIN").await? {
        return Ok(ending);
    }
    reply(session, format!("\0{login}\0{password}").as_bytes()).await?;
    session.answer(&tag, |_| {}).await
}

/// LOGIN, with literals where a quoted string cannot hold the text.
async fn login_command(session: &mut Session, login: &str, password: &str) -> Result<Ending> {
    let tag = session.tag();
    let mut line = format!("{tag} LOGIN");
    for text in [login, password] {
        match quoted(text) {
            Some(quoted) => {
                line.push(' ');
                line.push_str(&quoted);
            }
            None => {
                session
                    .send(format!("{line} {{{}}}\r\n", text.len()).as_bytes())
                    .await?;
                match heard(session, &tag).await? {
                    Heard::Go(_) => {}
                    // Being let in before the password was sent is not understood.
                    Heard::Ended(Ending::Ok) => return Ok(Ending::Bad),
                    Heard::Ended(ending) => return Ok(ending),
                }
                text.clone_into(&mut line);
            }
        }
    }
    session.send(format!("{line}\r\n").as_bytes()).await?;
    session.answer(&tag, |_| {}).await
}
