//! Logging in. The only place where a password is used; it goes straight to the wire, past every
//! encoder that could log it, and stands in no error.

use super::command::quoted;
use super::session::{Ending, Entered, Session};
use crate::fault::{Code, Fault};
use crate::mailbox::Login;
use anyhow::Result;
use async_imap::imap_proto::Response;
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
/// Those of [`Session::greet`]; [`Code::PasswordRefused`]; [`Code::ServerRefused`].
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
    if session.can("ID") {
        session
            .exchange(&super::command::Command::Id, |_| {})
            .await?;
    }
    Ok(session)
}

async fn log_in(session: &mut Session, login: &Login) -> Result<()> {
    let plain_login = !session.can("LOGINDISABLED");
    let mut ending = Ending::Bad;
    if session.can("AUTH=PLAIN") {
        ending = authenticate_plain(session, login).await?;
    }
    // Some servers announce PLAIN and do not know it.
    if ending == Ending::Bad && plain_login {
        ending = login_command(session, login).await?;
    }
    match ending {
        Ending::Ok => Ok(()),
        Ending::No(words) if names_another_reason(&words) => {
            Err(Fault::new(Code::ServerRefused).into())
        }
        Ending::No(_) => Err(Fault::new(Code::PasswordRefused).into()),
        Ending::Bad => Err(Fault::new(Code::ServerRefused).into()),
    }
}

fn names_another_reason(words: &str) -> bool {
    let words = words.to_ascii_uppercase();
    NOT_THE_PASSWORD.iter().any(|code| words.starts_with(code))
}

/// AUTHENTICATE PLAIN (RFC 4616): any character may stand in name and password.
async fn authenticate_plain(session: &mut Session, login: &Login) -> Result<Ending> {
    let tag = session.tag();
    session
        .send(format!("{tag} AUTHENTICATE PLAIN\r\n").as_bytes())
        .await?;
    match continuation(session, &tag).await? {
        Continuation::GoAhead => {}
        Continuation::Ended(ending) => return Ok(ending),
    }
    let identity = format!("\0{}\0{}", login.login, login.password.0);
    session
        .send(format!("{}\r\n", base64(identity.as_bytes())).as_bytes())
        .await?;
    session.answer(&tag, |_| {}).await
}

/// LOGIN, with literals where a quoted string cannot hold the text.
async fn login_command(session: &mut Session, login: &Login) -> Result<Ending> {
    let tag = session.tag();
    let mut line = format!("{tag} LOGIN");
    for text in [login.login.as_str(), login.password.0.as_str()] {
        match quoted(text) {
            Some(quoted) => {
                line.push(' ');
                line.push_str(&quoted);
            }
            None => {
                session
                    .send(format!("{line} {{{}}}\r\n", text.len()).as_bytes())
                    .await?;
                match continuation(session, &tag).await? {
                    Continuation::GoAhead => {}
                    Continuation::Ended(ending) => return Ok(ending),
                }
                text.clone_into(&mut line);
            }
        }
    }
    session.send(format!("{line}\r\n").as_bytes()).await?;
    session.answer(&tag, |_| {}).await
}

enum Continuation {
    GoAhead,
    Ended(Ending),
}

/// Waits for `+`, or for the end of the command.
async fn continuation(session: &mut Session, tag: &str) -> Result<Continuation> {
    loop {
        let heard = session
            .response(|response| match response {
                Response::Continue(_) => Some(Continuation::GoAhead),
                Response::Done {
                    tag: of,
                    status,
                    outcome,
                } if of.0 == tag => {
                    use async_imap::imap_proto::Status;
                    let words = outcome
                        .information
                        .as_deref()
                        .unwrap_or_default()
                        .to_owned();
                    Some(Continuation::Ended(match status {
                        Status::No | Status::Bye => Ending::No(words),
                        // Being let in before a password was sent is not understood either.
                        Status::Bad | Status::Ok | Status::PreAuth => Ending::Bad,
                    }))
                }
                _ => None,
            })
            .await?;
        if let Some(heard) = heard {
            return Ok(heard);
        }
    }
}

/// Base64 with padding (RFC 4648, 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .fold(0u32, |bits, byte| (bits << 8) | u32::from(*byte))
            << (8 * (3 - group.len()));
        for place in 0..4 {
            if place > group.len() {
                text.push('=');
                continue;
            }
            // Six bits are always inside the alphabet.
            let sextet = (bits >> (18 - 6 * place)) & 63;
            text.push(char::from(ALPHABET[sextet as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_the_examples_of_rfc_4648() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("\0ada\0pässwörd", "AGFkYQBww6Rzc3fDtnJk"),
        ] {
            assert_eq!(base64(plain.as_bytes()), encoded, "{plain:?}");
        }
    }

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
