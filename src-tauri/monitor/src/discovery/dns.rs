//! What the domain name system says of a domain: where its mail is read (SRV, RFC 6186) and who
//! takes its mail (MX).

use super::providers::Needs;
use super::{Settings, Source};
use exposure::{AddrSpec, Security};
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{NameServerConfig, ResolverConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;
use std::net::SocketAddr;
use std::time::Duration;

/// How long one question may take, and how often it is put.
const PATIENCE: Duration = Duration::from_secs(3);
const ATTEMPTS: usize = 2;

/// Somebody who can be asked.
pub(super) struct Names(Option<TokioResolver>);

/// Why there was no answer, without the domain that was asked about.
fn reason(error: &NetError) -> &'static str {
    if error.is_no_records_found() {
        "there is none"
    } else {
        "no answer"
    }
}

/// A server that a domain names for reading mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Server {
    host: String,
    port: u16,
    security: Security,
}

impl Server {
    pub(super) fn settings(self, address: &AddrSpec) -> Settings {
        Settings {
            provider: address.domain().to_owned(),
            host: self.host,
            port: self.port,
            security: self.security,
            // RFC 6186, 4: the whole address first.
            login: Some(address.to_string()),
            needs: Needs::Password,
            source: Source::Srv,
        }
    }
}

impl Names {
    /// Asks this name server, or the system's.
    pub(super) fn of(server: Option<SocketAddr>) -> Names {
        let builder = match server {
            Some(at) => {
                let mut server = NameServerConfig::udp_and_tcp(at.ip());
                for connection in &mut server.connections {
                    connection.port = at.port();
                }
                let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
                Ok(TokioResolver::builder_with_config(
                    config,
                    TokioRuntimeProvider::default(),
                ))
            }
            None => TokioResolver::builder_tokio(),
        };
        let resolver = builder.and_then(|mut builder| {
            let options = builder.options_mut();
            options.timeout = PATIENCE;
            options.attempts = ATTEMPTS;
            builder.build()
        });
        Names(
            resolver
                .inspect_err(|error| tracing::debug!("no name server: {error}"))
                .ok(),
        )
    }

    /// Servers for reading mail, best first: encrypted from the first byte before STARTTLS, then
    /// by priority and weight.
    pub(super) async fn servers(&self, domain: &str) -> Vec<Server> {
        let mut servers = self.service("_imaps", domain, Security::Tls).await;
        servers.extend(self.service("_imap", domain, Security::Starttls).await);
        servers
    }

    async fn service(&self, service: &str, domain: &str, security: Security) -> Vec<Server> {
        let Some(resolver) = &self.0 else {
            return Vec::new();
        };
        // The final dot: nothing of this PC's own search list is added.
        let answer = match resolver
            .srv_lookup(format!("{service}._tcp.{domain}."))
            .await
        {
            Ok(answer) => answer,
            Err(error) => {
                tracing::debug!("no {service} record: {}", reason(&error));
                return Vec::new();
            }
        };
        let mut found: Vec<_> = answer
            .answers()
            .iter()
            .filter_map(|record| match &record.data {
                // A target of "." says that the service is not there.
                RData::SRV(srv) if !srv.target.is_root() && srv.port != 0 => Some((
                    srv.priority,
                    std::cmp::Reverse(srv.weight),
                    Server {
                        host: srv
                            .target
                            .to_ascii()
                            .trim_end_matches('.')
                            .to_ascii_lowercase(),
                        port: srv.port,
                        security,
                    },
                )),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(priority, weight, _)| (*priority, *weight));
        found.into_iter().map(|(_, _, server)| server).collect()
    }

    /// Hosts that take mail for a domain, the preferred one first.
    pub(super) async fn exchangers(&self, domain: &str) -> Vec<String> {
        let Some(resolver) = &self.0 else {
            return Vec::new();
        };
        let answer = match resolver.mx_lookup(format!("{domain}.")).await {
            Ok(answer) => answer,
            Err(error) => {
                tracing::debug!("no MX record: {}", reason(&error));
                return Vec::new();
            }
        };
        let mut found: Vec<(u16, String)> = answer
            .answers()
            .iter()
            .filter_map(|record| match &record.data {
                RData::MX(mx) if !mx.exchange.is_root() => Some((
                    mx.preference,
                    mx.exchange
                        .to_ascii()
                        .trim_end_matches('.')
                        .to_ascii_lowercase(),
                )),
                _ => None,
            })
            .collect();
        found.sort();
        found.dedup_by(|one, other| exposure::org_domain(&one.1) == exposure::org_domain(&other.1));
        found.into_iter().map(|(_, host)| host).take(3).collect()
    }
}
