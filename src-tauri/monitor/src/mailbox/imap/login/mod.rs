//! Logging in. The only place where a password or a token is used; it goes straight to the wire,
//! past every encoder that could log it, and stands in no error.
//!
//! What the server offers is tried strongest first: for a password SCRAM-SHA-256 ([`scram`]),
//! which never shows it, PLAIN and LOGIN ([`password`]); for a token OAUTHBEARER and XOAUTH2
//! ([`token`]). A server that does not understand one is asked by the next; a refusal is final.

mod password;
mod scram;
mod token;

use super::outstanding::ending;
use super::session::{Ending, Entered, Session};
use crate::fault::{Code, Fault};
use crate::mailbox::{Credential, Login};
use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use imap_proto::Response;
use tokio::sync::watch;

/// Codes in an answer to a login that have nothing to do with the password (RFC 5530).
const NOT_THE_PASSWORD: &[&str] = &[
    "[UNAVAILABLE]",
    "[INUSE]",
    "[LIMIT]",
    "[SERVERBUG]",
    "[CONTACTADMIN]",
    "[PRIVACYREQUIRED]",
];

/// Connects and logs in.
///
/// # Errors
/// Those of [`Session::greet`]; [`Code::PasswordRefused`]; [`Code::TokenRefused`];
/// [`Code::ServerRefused`]; [`Code::ServerUnproven`]; [`Code::ServerNonsense`].
pub(super) async fn enter(login: &Login, stop: watch::Receiver<bool>) -> Result<Session> {
    let (mut session, entered) = Session::greet(login, stop).await?;
    match entered {
        Entered::Already => {}
        Entered::No => {
            session.forget_capabilities();
            log_in(&mut session, login).await?;
        }
    }
    session.learn_capabilities().await?;
    if login.compress {
        session.compress().await?;
    }
    if session.can("ID") {
        session
            .exchange(&super::command::Command::Id, |_| {})
            .await?;
    }
    Ok(session)
}

async fn log_in(session: &mut Session, login: &Login) -> Result<()> {
    let (ending, refused) = match &login.credential {
        Credential::Password(secret) => (
            password::log_in(session, &login.login, &secret.0).await?,
            Fault::new(Code::PasswordRefused),
        ),
        Credential::Token(secret) => (
            token::log_in(session, login, &secret.0).await?,
            Fault::new(Code::TokenRefused).with("account", &login.login),
        ),
    };
    match ending {
        Ending::Ok => Ok(()),
        Ending::No(words) if names_another_reason(&words) => {
            Err(Fault::new(Code::ServerRefused).into())
        }
        Ending::No(_) => Err(refused.into()),
        Ending::Bad => Err(Fault::new(Code::ServerRefused).into()),
    }
}

fn names_another_reason(words: &str) -> bool {
    let words = words.to_ascii_uppercase();
    NOT_THE_PASSWORD.iter().any(|code| words.starts_with(code))
}

/// What the server says between the lines of a login.
enum Heard {
    /// It waits for the next line; what it said, decoded. Empty where it said nothing, or nothing
    /// that is base64.
    Go(Vec<u8>),
    /// The command is over.
    Ended(Ending),
}

/// Begins an AUTHENTICATE and hears what comes first.
async fn authenticate(session: &mut Session, tag: &str, mechanism: &str) -> Result<Heard> {
    session
        .send(format!("{tag} AUTHENTICATE {mechanism}\r\n").as_bytes())
        .await?;
    match heard(session, tag).await? {
        // Being let in before anything was shown is not understood.
        Heard::Ended(Ending::Ok) => Ok(Heard::Ended(Ending::Bad)),
        heard => Ok(heard),
    }
}

/// Sends a line of an AUTHENTICATE in base64.
async fn reply(session: &mut Session, text: &[u8]) -> Result<()> {
    session
        .send(format!("{}\r\n", STANDARD.encode(text)).as_bytes())
        .await
}

/// Waits for `+`, or for the end of the command.
async fn heard(session: &mut Session, tag: &str) -> Result<Heard> {
    loop {
        let heard = session
            .response(|response| match response {
                Response::Continue(outcome) => {
                    let said = outcome.information.as_deref().unwrap_or_default();
                    Some(Heard::Go(STANDARD.decode(said.trim()).unwrap_or_default()))
                }
                _ => ending(response, tag).map(Heard::Ended),
            })
            .await?;
        if let Some(heard) = heard {
            return Ok(heard);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_server_in_trouble_from_a_wrong_password() {
        for (words, other) in [
            ("[AUTHENTICATIONFAILED] Authentication failed.", false),
            ("[ALERT] Application-specific password required", false),
            ("Login failed", false),
            ("[UNAVAILABLE] Temporary authentication failure.", true),
            ("[limit] Too many connections", true),
        ] {
            assert_eq!(names_another_reason(words), other, "{words}");
        }
    }
}
