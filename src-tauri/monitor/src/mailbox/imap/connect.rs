//! From a host name to a secured connection: TLS, STARTTLS, or for loopback hosts nothing.

use super::wire::Wire;
use crate::fault::{Code, Fault};
use crate::mailbox::Login;
use anyhow::{Context, Result};
use exposure::Security;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(30);
/// Longest line before encryption.
const LINE_LIMIT: usize = 8 * 1024;

/// A connection, whatever secures it.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug> Stream for S {}

/// Whether the server's greeting is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Greeting {
    /// It comes now.
    Coming,
    /// It came before STARTTLS.
    Came,
}

/// A secured connection.
pub(super) type Connection = Wire<Box<dyn Stream>>;

/// Connects as the login says. Nothing is sent before the connection is secured, but for STARTTLS
/// itself.
pub(super) async fn connect(login: &Login, bytes_in: Arc<AtomicU64>) -> Result<(Connection, Greeting)> {
    let host = || ("host", login.host.clone());
    let addresses: Vec<_> = tokio::net::lookup_host((login.host.as_str(), login.port))
        .await
        .map(Iterator::collect)
        .map_err(|_| Fault::new(Code::UnknownHost).with(host().0, host().1))?;
    if addresses.is_empty() {
        return Err(Fault::new(Code::UnknownHost).with("host", &login.host).into());
    }
    if login.security == Security::None && !addresses.iter().all(|a| a.ip().is_loopback()) {
        return Err(Fault::new(Code::PlainRefused).with("host", &login.host).into());
    }
    let no_connection = || Fault::new(Code::NoConnection).with("host", &login.host);
    let tcp = timeout(CONNECT_LIMIT, TcpStream::connect(addresses.as_slice()))
        .await
        .with_context(no_connection)?
        .with_context(no_connection)?;
    tcp.set_nodelay(true)?;
    let (stream, greeting): (Box<dyn Stream>, Greeting) = match login.security {
        Security::Tls => (Box::new(secured(login, tcp).await?), Greeting::Coming),
        Security::Starttls => {
            let tcp = timeout(CONNECT_LIMIT, upgraded(tcp)).await.with_context(no_connection)??;
            (Box::new(secured(login, tcp).await?), Greeting::Came)
        }
        Security::None => (Box::new(tcp), Greeting::Coming),
    };
    Ok((Wire::new(stream, bytes_in), greeting))
}

async fn secured(login: &Login, tcp: TcpStream) -> Result<tokio_rustls::client::TlsStream<TcpStream>> {
    let certificate = || Fault::new(Code::Certificate).with("host", &login.host);
    let name = ServerName::try_from(login.host.clone()).with_context(certificate)?;
    let connector = tokio_rustls::TlsConnector::from(trust(login)?);
    let shaken = timeout(CONNECT_LIMIT, connector.connect(name, tcp)).await;
    let shaken = shaken.with_context(|| Fault::new(Code::NoConnection).with("host", &login.host))?;
    shaken.map_err(|error| {
        let fault = match tls_error(&error) {
            Some(rustls::Error::InvalidCertificate(_)) => certificate(),
            // What answers does not speak TLS at all.
            Some(rustls::Error::InvalidMessage(_)) => Fault::new(Code::EncryptionStripped),
            Some(_) => certificate(),
            None => Fault::new(Code::ConnectionLost),
        };
        anyhow::Error::new(error).context(fault)
    })
}

fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref::<rustls::Error>()
}

/// Whose certificates are believed: the given authority alone, else the platform's.
fn trust(login: &Login) -> Result<Arc<rustls::ClientConfig>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let config = match &login.ca_file {
        Some(path) => {
            let cannot = || Fault::new(Code::CannotRead).with("path", path.display().to_string());
            let mut roots = rustls::RootCertStore::empty();
            for certificate in CertificateDer::pem_file_iter(path).with_context(cannot)? {
                roots.add(certificate.with_context(cannot)?).with_context(cannot)?;
            }
            builder.with_root_certificates(roots).with_no_client_auth()
        }
        None => {
            use rustls_platform_verifier::BuilderVerifierExt;
            builder.with_platform_verifier()?.with_no_client_auth()
        }
    };
    Ok(Arc::new(config))
}

/// STARTTLS (RFC 3501 section 6.2.1), refused where it is not offered, after PREAUTH, and where
/// bytes come before the handshake.
async fn upgraded(mut tcp: TcpStream) -> Result<TcpStream> {
    let stripped = || anyhow::Error::new(Fault::new(Code::EncryptionStripped));
    let mut buffered = Vec::new();
    let greeting = line(&mut tcp, &mut buffered).await?;
    if !greeting.to_ascii_uppercase().starts_with("* OK") {
        return Err(stripped());
    }
    tcp.write_all(b"a1 CAPABILITY\r\n").await?;
    let mut offered = false;
    loop {
        let answer = line(&mut tcp, &mut buffered).await?.to_ascii_uppercase();
        offered |= answer.starts_with("* CAPABILITY") && answer.split_whitespace().any(|word| word == "STARTTLS");
        if answer.starts_with("A1 ") {
            break;
        }
    }
    if !offered {
        return Err(stripped());
    }
    tcp.write_all(b"a2 STARTTLS\r\n").await?;
    loop {
        let answer = line(&mut tcp, &mut buffered).await?.to_ascii_uppercase();
        if answer.starts_with("A2 OK") {
            break;
        }
        if answer.starts_with("A2 ") {
            return Err(stripped());
        }
    }
    if !buffered.is_empty() {
        return Err(stripped());
    }
    Ok(tcp)
}

/// One line; what came behind it stays in `buffered`.
async fn line(tcp: &mut TcpStream, buffered: &mut Vec<u8>) -> Result<String> {
    loop {
        if let Some(end) = buffered.iter().position(|b| *b == b'\n') {
            let rest = buffered.split_off(end + 1);
            let line = String::from_utf8_lossy(buffered).trim_end().to_owned();
            *buffered = rest;
            return Ok(line);
        }
        if buffered.len() > LINE_LIMIT {
            return Err(Fault::new(Code::ServerNonsense).into());
        }
        let mut chunk = [0; 2048];
        let read = tcp.read(&mut chunk).await.with_context(|| Fault::new(Code::ConnectionLost))?;
        if read == 0 {
            return Err(Fault::new(Code::ConnectionLost).into());
        }
        buffered.extend_from_slice(chunk.get(..read).unwrap_or_default());
    }
}
