//! The few plain lines before a handshake. They are read here, byte by byte, and not by the
//! parser of the session: nothing that came in plain may survive into the secured session.

use super::wire::{Meter, SILENCE};
use crate::fault::{Code, Fault};
use anyhow::{Context, Result};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Longest plain line before the handshake.
const LINE_LIMIT: usize = 8 * 1024;
/// Most untagged lines before an answer.
const LINES_LIMIT: usize = 64;

/// Asks for encryption. When this returns, the next byte belongs to the handshake.
///
/// # Errors
/// [`Code::EncryptionStripped`] when STARTTLS is not offered or refused, when the server claims
/// that it knows us already (PREAUTH), or when it sends anything after its consent: in each case
/// somebody may sit in between, and no name and no password was sent. [`Code::ServerRefused`] for
/// a server that says goodbye, [`Code::ConnectionLost`], [`Code::ServerNonsense`].
pub(super) async fn ask<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    meter: &Meter,
) -> Result<()> {
    let asking = async {
        let mut plain = Plain {
            stream,
            meter,
            unread: Vec::new(),
        };
        let greeting = plain.line().await?;
        match word(&greeting, 1).as_str() {
            "OK" => {}
            "BYE" => return Err(Fault::new(Code::ServerRefused).into()),
            "PREAUTH" => return Err(Fault::new(Code::EncryptionStripped).into()),
            _ => return Err(Fault::new(Code::ServerNonsense).into()),
        }
        let offered = plain.command("s1", "CAPABILITY").await?;
        let offers = offered
            .iter()
            .filter(|line| word(line, 1) == "CAPABILITY")
            .any(|line| {
                line.split_ascii_whitespace()
                    .any(|w| w.eq_ignore_ascii_case("STARTTLS"))
            });
        if !offers {
            return Err(Fault::new(Code::EncryptionStripped).into());
        }
        plain.command("s2", "STARTTLS").await?;
        if plain.unread.is_empty() {
            return Ok(());
        }
        Err(Fault::new(Code::EncryptionStripped).into())
    };
    tokio::time::timeout(SILENCE, asking)
        .await
        .with_context(|| Fault::new(Code::ConnectionLost))?
}

struct Plain<'a, S> {
    stream: &'a mut S,
    meter: &'a Meter,
    unread: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Plain<'_, S> {
    /// Sends a command; returns the untagged lines of its answer.
    async fn command(&mut self, tag: &str, command: &str) -> Result<Vec<String>> {
        let lost = || Fault::new(Code::ConnectionLost);
        self.stream
            .write_all(format!("{tag} {command}\r\n").as_bytes())
            .await
            .with_context(lost)?;
        self.stream.flush().await.with_context(lost)?;
        let mut lines = Vec::new();
        loop {
            let line = self.line().await?;
            if word(&line, 0).eq_ignore_ascii_case(tag) {
                return match word(&line, 1).as_str() {
                    "OK" => Ok(lines),
                    _ => Err(Fault::new(Code::EncryptionStripped).into()),
                };
            }
            if lines.len() >= LINES_LIMIT {
                return Err(Fault::new(Code::ServerNonsense).into());
            }
            lines.push(line);
        }
    }

    async fn line(&mut self) -> Result<String> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            if self.unread.len() > LINE_LIMIT {
                return Err(Fault::new(Code::ServerNonsense).into());
            }
            let mut bytes = [0; 1024];
            let count = self
                .stream
                .read(&mut bytes)
                .await
                .with_context(|| Fault::new(Code::ConnectionLost))?;
            if count == 0 {
                return Err(Fault::new(Code::ConnectionLost).into());
            }
            self.meter.add(count);
            self.unread
                .extend_from_slice(bytes.get(..count).unwrap_or_default());
        }
    }
}

/// The n-th word of a line, in upper case.
fn word(line: &str, n: usize) -> String {
    line.split_ascii_whitespace()
        .nth(n)
        .unwrap_or_default()
        .to_ascii_uppercase()
}
