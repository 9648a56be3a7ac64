//! From a name to a stream: resolving, connecting, TLS and STARTTLS.
//!
//! A certificate is judged by the system's own verifier, or by the certificates that the user
//! gave ([`super::trust`]). Nothing is ever sent in plain except to this PC itself.

use super::starttls;
use super::trust::Judge;
use super::wire::{Meter, SILENCE, Stream, Wire};
use crate::fault::{Code, Fault};
use crate::mailbox::Login;
use anyhow::{Context, Result};
use exposure::Security;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long one address of a host is tried.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether the server has already spoken its greeting when the stream is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Greeting {
    /// It is still to come.
    Ahead,
    /// It was read before STARTTLS and does not come again.
    Spoken,
}

/// Connects and secures the connection as the login says.
///
/// # Errors
/// [`Code::PlainRefused`], [`Code::UnknownHost`], [`Code::NoConnection`], [`Code::Certificate`],
/// [`Code::EncryptionStripped`], [`Code::ConnectionLost`], [`Code::ServerNonsense`].
pub(super) async fn connect(login: &Login, meter: &Meter) -> Result<(Wire, Greeting)> {
    let host = login.host.trim().trim_matches(['[', ']']);
    if login.security == Security::None && !is_this_pc(host) {
        return Err(Fault::new(Code::PlainRefused).with("host", host).into());
    }
    let judge = match login.security {
        Security::Tls | Security::Starttls => Some(Judge::of(&login.trust)?),
        Security::None => None,
    };
    let mut tcp = reach(host, login.port).await?;
    if judge.is_none() && !tcp.peer_addr().is_ok_and(|peer| peer.ip().is_loopback()) {
        return Err(Fault::new(Code::PlainRefused).with("host", host).into());
    }
    let greeting = match login.security {
        Security::Tls | Security::None => Greeting::Ahead,
        Security::Starttls => {
            starttls::ask(&mut tcp, meter).await?;
            Greeting::Spoken
        }
    };
    let stream: Box<dyn Stream> = match judge {
        Some(judge) => Box::new(secured(judge, host, tcp, login.security).await?),
        None => Box::new(tcp),
    };
    Ok((Wire::new(stream, meter.clone()), greeting))
}

/// Whether a host is this PC by its name alone; what it resolves to is looked at later.
pub fn is_this_pc(host: &str) -> bool {
    let host = host.trim().trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

async fn reach(host: &str, port: u16) -> Result<TcpStream> {
    let unknown = || Fault::new(Code::UnknownHost).with("host", host);
    let addresses: Vec<SocketAddr> = tokio::net::lookup_host((host, port))
        .await
        .with_context(unknown)?
        .collect();
    if addresses.is_empty() {
        return Err(unknown().into());
    }
    for address in addresses {
        match tokio::time::timeout(PATIENCE, TcpStream::connect(address)).await {
            Ok(Ok(tcp)) => {
                tcp.set_nodelay(true)?;
                return Ok(tcp);
            }
            Ok(Err(error)) => tracing::debug!("no connection: {error}"),
            Err(_) => tracing::debug!("no connection within {PATIENCE:?}"),
        }
    }
    Err(Fault::new(Code::NoConnection).with("host", host).into())
}

fn tls_settings(judge: &Arc<Judge>) -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let settings = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(judge) as _)
        .with_no_client_auth();
    Ok(Arc::new(settings))
}

async fn secured(
    judge: Judge,
    host: &str,
    tcp: TcpStream,
    security: Security,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>> {
    let name = ServerName::try_from(host.to_owned())
        .with_context(|| Fault::new(Code::UnknownHost).with("host", host))?;
    let judge = Arc::new(judge);
    let handshake = TlsConnector::from(tls_settings(&judge)?).connect(name, tcp);
    let lost = || Fault::new(Code::ConnectionLost);
    tokio::time::timeout(SILENCE, handshake)
        .await
        .with_context(lost)?
        .map_err(|error| match is_of_certificate(&error) {
            true => judge.refusal(host).into(),
            false => handshake_fault(&error, security).into(),
        })
}

/// What rustls has against a connection, if it is rustls that has.
fn objection(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

fn is_of_certificate(error: &io::Error) -> bool {
    matches!(
        objection(error),
        Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented)
    )
}

fn handshake_fault(error: &io::Error, security: Security) -> Fault {
    let Some(tls) = objection(error) else {
        return Fault::new(Code::ConnectionLost);
    };
    tracing::debug!("handshake failed: {tls}");
    match security {
        // Text where the handshake should be: somebody spoke before it.
        Security::Starttls => Fault::new(Code::EncryptionStripped),
        Security::Tls | Security::None => Fault::new(Code::ServerNonsense),
    }
}
