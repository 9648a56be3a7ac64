//! Certificates made in memory: an authority of the test's own, and what it signs.

use rcgen::{
    BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;

/// When a certificate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// From 2020 to 2049.
    Now,
    /// Until 2021.
    Expired,
}

/// An authority that nobody else knows.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate, PEM: what a user gives as `--ca-file`.
    pub pem: String,
}

/// A server's certificate and key, both PEM.
pub struct Identity {
    /// The certificate.
    pub certificate: String,
    /// Its key.
    pub key: String,
}

impl Authority {
    /// A new authority.
    pub fn new() -> Authority {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Authority {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    /// A server that is its own authority: one certificate, signed by itself, for these hosts.
    pub fn of_a_server(hosts: &[&str], validity: Validity) -> (Authority, Identity) {
        let mut params = CertificateParams::new(owned(hosts)).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        set_dates(&mut params, validity);
        let key = KeyPair::generate().unwrap();
        let identity = Identity {
            certificate: params.self_signed(&key).unwrap().pem(),
            key: key.serialize_pem(),
        };
        let pem = identity.certificate.clone();
        let issuer = Issuer::new(params, key);
        (Authority { issuer, pem }, identity)
    }

    /// A certificate for host names and addresses.
    pub fn identity(&self, hosts: &[&str], validity: Validity) -> Identity {
        let mut params = CertificateParams::new(owned(hosts)).unwrap();
        set_dates(&mut params, validity);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().pem();
        Identity {
            certificate,
            key: key.serialize_pem(),
        }
    }
}

fn owned(hosts: &[&str]) -> Vec<String> {
    hosts.iter().map(|host| (*host).to_owned()).collect()
}

fn set_dates(params: &mut CertificateParams, validity: Validity) {
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = match validity {
        Validity::Now => date_time_ymd(2049, 1, 1),
        Validity::Expired => date_time_ymd(2021, 1, 1),
    };
}

impl Default for Authority {
    fn default() -> Authority {
        Authority::new()
    }
}

impl Identity {
    /// The server's side of TLS with this certificate.
    pub fn server(&self) -> Arc<ServerConfig> {
        let chain = vec![CertificateDer::from_pem_slice(self.certificate.as_bytes()).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(self.key.as_bytes()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap();
        Arc::new(
            config
                .with_no_client_auth()
                .with_single_cert(chain, key)
                .unwrap(),
        )
    }
}
