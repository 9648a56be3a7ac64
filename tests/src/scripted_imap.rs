//! A peer on loopback that follows a script, mostly a bad one: it says what no honest server says
//! and notes what it hears.

use crate::certificates::Identity;
use exposure::Security;
use monitor::mailbox::{Credential, Login, Secret, Trust};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// One thing that the peer does.
#[derive(Clone, Debug)]
pub enum Step {
    /// Says bytes; `{tag}` stands for the tag of the command heard last.
    Say(String),
    /// Says bytes that are no text.
    Bytes(Vec<u8>),
    /// Hears a line that holds this text.
    Hear(&'static str),
    /// Hears so many commands and says OK to each.
    Nod(usize),
    /// Does the handshake.
    Handshake,
    /// Says the same bytes for ever, until the other side has enough.
    Repeat(String),
    /// Hangs up.
    HangUp,
}

/// A peer with a script for each connection.
pub struct ScriptedImap {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl ScriptedImap {
    /// Listens on a free port. With TLS from the first byte the script begins after the
    /// handshake. The same script is played on every connection.
    pub async fn start(
        security: Security,
        identity: Option<&Identity>,
        script: Vec<Step>,
    ) -> ScriptedImap {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let acceptor = identity.map(|identity| TlsAcceptor::from(identity.server()));
        let notes = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let play = Play {
                    script: script.clone(),
                    acceptor: acceptor.clone(),
                    notes: Arc::clone(&notes),
                };
                tokio::spawn(play.on(security, tcp));
            }
        });
        ScriptedImap { port, heard }
    }

    /// How to reach it by name.
    pub fn login(&self, host: &str, security: Security, ca_file: Option<PathBuf>) -> Login {
        Login {
            host: host.into(),
            port: self.port,
            security,
            login: "ada@example.org".into(),
            credential: Credential::Password(Secret("made-up-secret".into())),
            trust: Trust::of(ca_file, None),
            compress: false,
        }
    }

    /// `HOST:PORT`, for a command line.
    pub fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// Lines heard so far, on all connections.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

struct Play {
    script: Vec<Step>,
    acceptor: Option<TlsAcceptor>,
    notes: Arc<Mutex<Vec<String>>>,
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

impl Play {
    async fn on(self, security: Security, tcp: TcpStream) {
        let mut plain = Some(tcp);
        let mut secured: Option<Box<dyn Stream>> = None;
        if security == Security::Tls {
            secured = self.handshake(plain.take()).await;
        }
        let mut tag = String::new();
        for step in &self.script {
            if let Step::Handshake = step {
                secured = self.handshake(plain.take()).await;
            }
            let stream: &mut dyn Stream = match (&mut secured, &mut plain) {
                (Some(stream), _) => stream.as_mut(),
                (None, Some(stream)) => stream,
                (None, None) => return,
            };
            if self.step(step, stream, &mut tag).await.is_none() {
                return;
            }
        }
        // Stays until the other side has gone.
        if let Some(stream) = secured.as_mut() {
            while self.line(stream.as_mut()).await.is_some() {}
        } else if let Some(stream) = plain.as_mut() {
            while self.line(stream).await.is_some() {}
        }
    }

    async fn handshake(&self, tcp: Option<TcpStream>) -> Option<Box<dyn Stream>> {
        let acceptor = self
            .acceptor
            .as_ref()
            .expect("a script with TLS has a certificate");
        match acceptor.accept(tcp?).await {
            Ok(stream) => Some(Box::new(stream)),
            Err(_) => None,
        }
    }

    /// Does a step; `None` when the connection is over.
    async fn step(&self, step: &Step, stream: &mut dyn Stream, tag: &mut String) -> Option<()> {
        match step {
            Step::Say(text) => {
                stream
                    .write_all(text.replace("{tag}", tag).as_bytes())
                    .await
                    .ok()?;
                stream.flush().await.ok()
            }
            Step::Bytes(bytes) => {
                stream.write_all(bytes).await.ok()?;
                stream.flush().await.ok()
            }
            Step::Hear(text) => {
                let line = self.line(stream).await?;
                if line.ends_with("LOGOUT") {
                    // Whoever has seen enough may leave before the script ends.
                    return None;
                }
                assert!(
                    line.contains(text),
                    "{line:?} is not the {text:?} that was expected"
                );
                if let Some((first, _)) = line.split_once(' ') {
                    first.clone_into(tag);
                }
                Some(())
            }
            Step::Nod(count) => {
                for _ in 0..*count {
                    let line = self.line(stream).await?;
                    line.split(' ').next().unwrap_or_default().clone_into(tag);
                    stream
                        .write_all(format!("{tag} OK\r\n").as_bytes())
                        .await
                        .ok()?;
                }
                stream.flush().await.ok()
            }
            Step::Handshake => Some(()),
            Step::Repeat(text) => loop {
                stream.write_all(text.as_bytes()).await.ok()?;
            },
            Step::HangUp => {
                stream.shutdown().await.ok()?;
                None
            }
        }
    }

    async fn line(&self, stream: &mut dyn Stream) -> Option<String> {
        let mut line = Vec::new();
        loop {
            let byte = stream.read_u8().await.ok()?;
            if byte == b'\n' {
                let text = String::from_utf8_lossy(&line).trim_end().to_owned();
                self.notes.lock().unwrap().push(text.clone());
                return Some(text);
            }
            line.push(byte);
            // A handshake where none is expected is no line: what was heard of it is noted.
            if line.first() == Some(&0x16) {
                self.notes.lock().unwrap().push("a handshake".into());
                return None;
            }
        }
    }
}
