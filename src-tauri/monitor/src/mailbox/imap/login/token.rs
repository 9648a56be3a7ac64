//! Logging in with an access token: OAUTHBEARER, else XOAUTH2.

use super::{Heard, authenticate, heard, reply};
use crate::mailbox::Login;
use crate::mailbox::imap::session::{Ending, Session};
use anyhow::Result;

/// Tries what the server offers until it understands one.
///
/// # Errors
/// Those of the connection.
pub(super) async fn log_in(session: &mut Session, login: &Login, token: &str) -> Result<Ending> {
    let mut ending = Ending::Bad;
    if session.can("AUTH=OAUTHBEARER") {
        // After an error the server waits for a line that says it was heard (RFC 7628, 3.2.3).
        ending = show(session, "OAUTHBEARER", &bearer(login, token), b"AQ==\r\n").await?;
    }
    if ending == Ending::Bad && session.can("AUTH=XOAUTH2") {
        ending = show(session, "XOAUTH2", &xoauth2(login, token), b"\r\n").await?;
    }
    Ok(ending)
}

/// The message of RFC 7628, 3.1. The name is written as in SCRAM.
fn bearer(login: &Login, token: &str) -> String {
    let name = login.login.replace('=', "=3D").replace(',', "=2C");
    let (host, port) = (&login.host, login.port);
    format!("n,a={name},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01")
}

/// The message that Google published for XOAUTH2, which Microsoft and others take too.
fn xoauth2(login: &Login, token: &str) -> String {
    format!("user={}\x01auth=Bearer {token}\x01\x01", login.login)
}

async fn show(
    session: &mut Session,
    mechanism: &str,
    message: &str,
    understood: &[u8],
) -> Result<Ending> {
    let tag = session.tag();
    if let Heard::Ended(ending) = authenticate(session, &tag, mechanism).await? {
        return Ok(ending);
    }
    reply(session, message.as_bytes()).await?;
    match heard(session, &tag).await? {
        Heard::Ended(ending) => Ok(ending),
        // The error as JSON; what follows it is the refusal.
        Heard::Go(_) => {
            session.send(understood).await?;
            session.answer(&tag, |_| {}).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mailbox::{Credential, Secret};
    use exposure::Security;

    #[test]
    fn writes_the_messages_as_they_are_published() {
        let mut login = Login {
            host: "server.example.com".into(),
            port: 143,
            security: Security::Tls,
            login: "user@example.com".into(),
            credential: Credential::Token(Secret(String::new())),
            compress: false,
            trust: crate::trust::Trust::System,
        };
        assert_eq!(
            bearer(&login, "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="),
            "n,a=user@example.com,\x01host=server.example.com\x01port=143\x01auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01",
            "the example of RFC 7628, 4.1"
        );
        assert_eq!(
            xoauth2(&login, "ya29.vF9"),
            "user=user@example.com\x01auth=Bearer ya29.vF9\x01\x01"
        );
        login.login = "a=b,c@example.com".into();
        assert!(
            bearer(&login, "t").starts_with("n,a=a=3Db=2Cc@example.com,\x01"),
            "a name ends where it ends"
        );
    }
}
