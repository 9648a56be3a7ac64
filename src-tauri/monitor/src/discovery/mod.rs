//! Finding a mail server from an address alone.
//!
//! [`providers`] knows the large providers and needs no network. Everything else is asked for only
//! after the user said yes, in this order, until something answers: SRV records of the domain
//! ([`dns`]), the domain's own autoconfig, Thunderbird's public list ([`autoconfig`] reads both),
//! and whoever takes mail for the domain (MX), in the table or in the public list. Only the domain
//! leaves this PC, never the address. What is found is shown with where it came from before a
//! password is asked for, and without encryption it does not count.

pub mod autoconfig;
mod dns;
mod providers;

pub use autoconfig::{Incoming, Kind, read as read_autoconfig};
pub use providers::{CHECKED_ON, Needs, PROVIDERS, Provider};

use crate::web;
use crate::web::hosts::{PUBLIC_LIST, Purpose};
use exposure::{AddrSpec, Security, org_domain};
use reqwest::Url;
use std::net::SocketAddr;
use std::time::Duration;

/// How long one question over HTTPS may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// Most bytes of a description that are read.
const LIMIT: usize = 256 << 10;

/// Where a domain is asked about. By default the documented places; tests and people with a list
/// of their own name others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Addresses of the domain's own description; `{domain}` stands for the domain.
    pub at_domain: Vec<String>,
    /// Address of the public list.
    pub list: String,
    /// The name server; `None`: the system's.
    pub name_server: Option<SocketAddr>,
}

impl Default for Places {
    fn default() -> Places {
        Places {
            at_domain: vec![
                "https://autoconfig.{domain}/mail/config-v1.1.xml".to_owned(),
                "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml".to_owned(),
            ],
            list: format!("https://{}/v1.1/{{domain}}", PUBLIC_LIST),
            name_server: None,
        }
    }
}

impl Places {
    /// The documented places, or those of the environment: `ATESAKI_AUTOCONFIG` for the domain's
    /// own description, `ATESAKI_AUTOCONFIG_LIST` for the public list (`{domain}` stands for the
    /// domain), `ATESAKI_NAME_SERVER` (`HOST:PORT`).
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Places {
        let usual = Places::default();
        Places {
            at_domain: variable("ATESAKI_AUTOCONFIG").map_or(usual.at_domain, |one| vec![one]),
            list: variable("ATESAKI_AUTOCONFIG_LIST").unwrap_or(usual.list),
            name_server: variable("ATESAKI_NAME_SERVER").and_then(|text| text.parse().ok()),
        }
    }
}

/// Who says how a server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The table of this program.
    BuiltIn,
    /// SRV records of the domain (RFC 6186).
    Srv,
    /// The domain's own description.
    Domain,
    /// Thunderbird's public list.
    PublicList,
    /// Whoever takes mail for the domain.
    Exchanger,
}

impl Source {
    /// The word by which the catalogue knows it.
    pub const fn word(self) -> &'static str {
        match self {
            Source::BuiltIn => "built_in",
            Source::Srv => "srv",
            Source::Domain => "domain",
            Source::PublicList => "list",
            Source::Exchanger => "exchanger",
        }
    }
}

/// How a mailbox is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Host.
    pub host: String,
    /// Port.
    pub port: u16,
    /// TLS or STARTTLS.
    pub security: Security,
    /// Login name; `None` where it is a name of its own that only the user knows.
    pub login: Option<String>,
    /// What the provider wants beyond a password.
    pub needs: Needs,
    /// The provider's name, where it is known.
    pub provider: String,
    /// Who says so.
    pub source: Source,
}

/// What there is to know of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// How it is reached.
    Settings(Settings),
    /// Its provider offers POP only. The provider's name.
    PopOnly(String),
    /// Nothing.
    Nothing,
}

/// What the table knows of an address, without any network.
pub fn known(address: &AddrSpec) -> Option<Settings> {
    let provider = providers::of_domain(address.domain())?;
    Some(provider.settings(address, Source::BuiltIn))
}

/// Asks for the settings of an address. Whatever does not answer, or answers nonsense, is passed
/// over.
pub async fn look_up(address: &AddrSpec, places: &Places) -> Found {
    if let Some(settings) = known(address) {
        return Found::Settings(settings);
    }
    let domain = address.domain();
    let names = dns::Names::of(places.name_server);
    if let Some(server) = names.servers(domain).await.into_iter().next() {
        return Found::Settings(server.settings(address));
    }
    let mut pop_only = None;
    let mut judge = |described: Option<Described>, source: Source| -> Option<Settings> {
        let described = described?;
        let settings = described.settings(address, source);
        if settings.is_none() && described.offers_pop() {
            pop_only.get_or_insert(described.name);
        }
        settings
    };
    for place in &places.at_domain {
        let own = [domain.to_owned(), format!("autoconfig.{domain}")];
        if let Some(found) = judge(description(place, domain, &own).await, Source::Domain) {
            return Found::Settings(found);
        }
    }
    let listed = description(&places.list, domain, &[]).await;
    if let Some(found) = judge(listed, Source::PublicList) {
        return Found::Settings(found);
    }
    for exchanger in names.exchangers(domain).await {
        if let Some(provider) = providers::of_exchanger(&exchanger) {
            return Found::Settings(provider.settings(address, Source::Exchanger));
        }
        let organisation = org_domain(&exchanger);
        if organisation == org_domain(domain) {
            continue;
        }
        let described = description(&places.list, &organisation, &[]).await;
        if let Some(found) = judge(described, Source::Exchanger) {
            return Found::Settings(found);
        }
    }
    pop_only.map_or(Found::Nothing, Found::PopOnly)
}

/// A description that was found.
struct Described {
    name: String,
    servers: Vec<Incoming>,
}

impl Described {
    /// The best server that may be used: encrypted from the first byte before STARTTLS.
    fn settings(&self, address: &AddrSpec, source: Source) -> Option<Settings> {
        let offered = |security: Security| {
            self.servers
                .iter()
                .find(move |server| server.kind == Kind::Imap && server.security == Some(security))
                .map(|server| (server, security))
        };
        let (server, security) = offered(Security::Tls).or_else(|| offered(Security::Starttls))?;
        Some(Settings {
            host: filled(&server.host, address)?,
            port: server.port,
            security,
            login: filled(&server.login, address),
            needs: Needs::Password,
            provider: self.name.clone(),
            source,
        })
    }

    fn offers_pop(&self) -> bool {
        self.servers.iter().all(|server| server.kind == Kind::Pop)
    }
}

/// Fills the places of a description's text; `None` where others are left.
fn filled(text: &str, address: &AddrSpec) -> Option<String> {
    let text = text
        .replace("%EMAILADDRESS%", &address.to_string())
        .replace("%EMAILLOCALPART%", address.local())
        .replace("%EMAILDOMAIN%", address.domain());
    (!text.is_empty() && !text.contains('%')).then_some(text)
}

/// Asks for one description, at a host of the table or a named one.
async fn description(place: &str, domain: &str, named: &[String]) -> Option<Described> {
    let url = Url::parse(&place.replace("{domain}", domain)).ok()?;
    let request = web::Request {
        url: &url,
        purpose: Purpose::LookUp,
        named,
        form: None,
        agent: None,
        known: None,
        accept: "application/xml, text/xml",
        patience: PATIENCE,
        limit: LIMIT,
    };
    let answer = match web::ask(request).await {
        Ok(answer) if answer.status == 200 => answer,
        Ok(answer) => {
            tracing::debug!("looking up settings: status {}", answer.status);
            return None;
        }
        Err(error) => {
            tracing::debug!("looking up settings: {error:#}");
            return None;
        }
    };
    let (name, servers) = autoconfig::read(&answer.body);
    (!servers.is_empty()).then(|| Described {
        name: if name.is_empty() {
            domain.to_owned()
        } else {
            name
        },
        servers,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn ada(domain: &str) -> AddrSpec {
        AddrSpec::parse(&format!("ada.l@{domain}")).unwrap()
    }

    #[test]
    fn knows_large_providers_without_asking_anybody() {
        let gmail = known(&ada("gmail.com")).unwrap();
        assert_eq!((gmail.host.as_str(), gmail.port), ("imap.gmail.com", 993));
        assert_eq!(gmail.login.as_deref(), Some("ada.l@gmail.com"));
        let softbank = known(&ada("i.softbank.jp")).unwrap();
        assert_eq!(softbank.login.as_deref(), Some("ada.l"), "the local part");
        let docomo = known(&ada("docomo.ne.jp")).unwrap();
        assert_eq!(docomo.login, None, "the d account, which is another name");
        assert_eq!(known(&ada("example.org")), None);
    }

    #[test]
    fn takes_what_is_encrypted_and_nothing_else() {
        let incoming = |kind, security| Incoming {
            kind,
            host: "imap.%EMAILDOMAIN%".to_owned(),
            port: 1,
            security,
            login: "%EMAILLOCALPART%".to_owned(),
        };
        let plain = incoming(Kind::Imap, None);
        let starttls = incoming(Kind::Imap, Some(Security::Starttls));
        let tls = incoming(Kind::Imap, Some(Security::Tls));
        let pop = incoming(Kind::Pop, Some(Security::Tls));
        let best = |servers: &[&Incoming]| {
            let servers = servers.iter().map(|server| (*server).clone()).collect();
            let described = Described {
                name: "Example".to_owned(),
                servers,
            };
            let found = described.settings(&ada("example.org"), Source::Domain);
            (found.map(|found| found.security), described.offers_pop())
        };
        assert_eq!(best(&[&plain]), (None, false));
        assert_eq!(
            best(&[&plain, &starttls]),
            (Some(Security::Starttls), false)
        );
        assert_eq!(best(&[&starttls, &tls]), (Some(Security::Tls), false));
        assert_eq!(best(&[&pop]), (None, true));
        let odd = Incoming {
            host: "imap.%MADEUP%".to_owned(),
            ..tls
        };
        assert_eq!(best(&[&odd]), (None, false), "a place that nobody can fill");
    }
}
