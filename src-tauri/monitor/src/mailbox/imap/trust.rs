//! Which certificates are believed: those of the system's authorities, those of the authority that
//! the user gave, and a server's own certificate where the user gave that very one.

use crate::fault::{Code, Fault};
use crate::trust::{Fingerprint, Trust};
use anyhow::{Context, Result};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Judges the certificate of one connection, and remembers which one was shown.
#[derive(Debug)]
pub(super) struct Judge {
    believed: Believed,
    provider: Arc<CryptoProvider>,
    shown: OnceLock<Fingerprint>,
}

#[derive(Debug)]
enum Believed {
    System(rustls_platform_verifier::Verifier),
    Given(Given),
    Only(Fingerprint),
}

impl Judge {
    /// Who believes what the user said.
    ///
    /// # Errors
    /// [`Code::CannotRead`] when a file is not there or holds no certificate.
    pub(super) fn of(trust: &Trust) -> Result<Judge> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let believed = match trust {
            Trust::System => Believed::System(rustls_platform_verifier::Verifier::new(
                Arc::clone(&provider),
            )?),
            Trust::Authority(path) => Believed::Given(Given::read(path, Arc::clone(&provider))?),
            Trust::Certificate(fingerprint) => Believed::Only(*fingerprint),
        };
        Ok(Judge {
            believed,
            provider,
            shown: OnceLock::new(),
        })
    }

    /// What to say of the certificate that was not believed.
    pub(super) fn refusal(&self, host: &str) -> Fault {
        let code = match self.believed {
            Believed::Only(_) => Code::CertificateChanged,
            Believed::System(_) | Believed::Given(_) => Code::Certificate,
        };
        let shown = self.shown.get().map(ToString::to_string);
        Fault::new(code)
            .with("host", host)
            .with("fingerprint", shown.unwrap_or_default())
    }
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, Error> {
        let shown = *self.shown.get_or_init(|| Fingerprint::of(end_entity));
        match &self.believed {
            Believed::System(system) => {
                system.verify_server_cert(end_entity, intermediates, server_name, ocsp, now)
            }
            Believed::Given(given) => given.judge(end_entity, intermediates, server_name, now),
            Believed::Only(only) if *only == shown => Ok(ServerCertVerified::assertion()),
            Believed::Only(_) => Err(CertificateError::ApplicationVerificationFailure.into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

/// Verifies against the certificates of one file.
///
/// Small servers often show one self-signed certificate that calls itself an authority. By the
/// rules of webpki such a one may not stand for a server; here it may, when it is byte for byte
/// the one that the user gave, is valid today and bears the server's name.
#[derive(Debug)]
struct Given {
    certificates: Vec<CertificateDer<'static>>,
    usual: Arc<WebPkiServerVerifier>,
}

impl Given {
    /// Reads a PEM file.
    ///
    /// # Errors
    /// [`Code::CannotRead`] when it is not there or holds no certificate.
    fn read(path: &Path, provider: Arc<CryptoProvider>) -> Result<Given> {
        let unreadable = || Fault::new(Code::CannotRead).with("path", path.display().to_string());
        let certificates: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(path)
            .with_context(unreadable)?
            .collect::<std::result::Result<_, _>>()
            .with_context(unreadable)?;
        let mut roots = RootCertStore::empty();
        for certificate in &certificates {
            roots.add(certificate.clone()).with_context(unreadable)?;
        }
        let usual = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .with_context(unreadable)?;
        Ok(Given {
            certificates,
            usual,
        })
    }

    fn judge(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, Error> {
        let usual = self
            .usual
            .verify_server_cert(end_entity, intermediates, server_name, &[], now);
        match usual {
            // webpki looks at the dates before it says this; the tests hold it to that.
            Err(error)
                if calls_itself_authority(&error) && self.certificates.contains(end_entity) =>
            {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
                Ok(ServerCertVerified::assertion())
            }
            judged => judged,
        }
    }
}

fn calls_itself_authority(error: &Error) -> bool {
    let Error::InvalidCertificate(CertificateError::Other(other)) = error else {
        return false;
    };
    other.0.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity)
}
