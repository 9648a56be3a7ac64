//! The large providers: how their mailboxes are reached, and what they want beyond a password.
//! Facts of their own help pages and of public descriptions of their servers. Screens of other
//! companies change: each entry was last checked on [`CHECKED_ON`].

use super::{Settings, Source};
use exposure::{AddrSpec, Security, org_domain};

/// The day on which the table was last checked.
pub const CHECKED_ON: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

/// What a provider wants beyond an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// The usual password.
    Password,
    /// Google's app password of 16 letters.
    GoogleAppPassword,
    /// A password for mail programs that its web site makes.
    ProviderPassword,
    /// IMAP has to be switched on at its web site.
    SwitchOn,
    /// Its own sign-in page and nothing else. The provider as [`crate::oauth`] knows it.
    SignIn(&'static str),
    /// A program of the provider's on this PC, with a certificate of its own.
    Bridge,
}

/// How a login name is made of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Login {
    Address,
    LocalPart,
    /// A name that only the user knows.
    Other,
}

/// One provider.
#[derive(Debug)]
pub struct Provider {
    /// Its name, as people say it.
    pub name: &'static str,
    /// Domains of its addresses; subdomains count where they start with a dot.
    pub domains: &'static [&'static str],
    /// Organisational domains of its MX hosts, where it takes mail for other domains too.
    pub exchangers: &'static [&'static str],
    /// Host.
    pub host: &'static str,
    /// Port.
    pub port: u16,
    /// TLS or STARTTLS.
    pub security: Security,
    login: Login,
    /// What it wants.
    pub needs: Needs,
    /// Its page for what it wants.
    pub page: Option<&'static str>,
}

/// A provider over TLS on port 993, with the address as login name and the usual password.
const USUAL: Provider = Provider {
    name: "",
    domains: &[],
    exchangers: &[],
    host: "",
    port: 993,
    security: Security::Tls,
    login: Login::Address,
    needs: Needs::Password,
    page: None,
};

/// The table.
pub const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Gmail",
        domains: &["gmail.com", "googlemail.com"],
        exchangers: &["google.com", "googlemail.com"],
        host: "imap.gmail.com",
        needs: Needs::GoogleAppPassword,
        page: Some("https://myaccount.google.com/apppasswords"),
        ..USUAL
    },
    Provider {
        name: "Outlook.com",
        domains: &[
            "outlook.com",
            "outlook.jp",
            "outlook.de",
            "outlook.fr",
            "outlook.es",
            "outlook.it",
            "hotmail.com",
            "hotmail.co.jp",
            "hotmail.co.uk",
            "hotmail.de",
            "hotmail.fr",
            "live.com",
            "live.jp",
            "live.co.uk",
            "live.de",
            "live.fr",
            "msn.com",
            "windowslive.com",
        ],
        exchangers: &["outlook.com"],
        host: "outlook.office365.com",
        needs: Needs::SignIn("microsoft"),
        ..USUAL
    },
    Provider {
        name: "iCloud",
        domains: &["icloud.com", "me.com", "mac.com"],
        exchangers: &["icloud.com"],
        host: "imap.mail.me.com",
        login: Login::LocalPart,
        needs: Needs::ProviderPassword,
        page: Some("https://account.apple.com/"),
        ..USUAL
    },
    Provider {
        name: "Yahoo",
        domains: &[
            "yahoo.com",
            "yahoo.ca",
            "yahoo.de",
            "yahoo.it",
            "yahoo.fr",
            "yahoo.es",
            "yahoo.co.in",
            "yahoo.co.uk",
            "yahoo.com.au",
            "yahoo.com.br",
            "ymail.com",
            "rocketmail.com",
        ],
        exchangers: &["yahoodns.net"],
        host: "imap.mail.yahoo.com",
        needs: Needs::ProviderPassword,
        page: Some("https://login.yahoo.com/account/security"),
        ..USUAL
    },
    Provider {
        name: "AOL",
        domains: &["aol.com", "aim.com", "aol.de", "aol.fr", "aol.co.uk"],
        host: "imap.aol.com",
        needs: Needs::ProviderPassword,
        page: Some("https://login.aol.com/account/security"),
        ..USUAL
    },
    Provider {
        name: "Fastmail",
        domains: &["fastmail.com", "fastmail.fm"],
        exchangers: &["messagingengine.com"],
        host: "imap.fastmail.com",
        needs: Needs::ProviderPassword,
        page: Some("https://app.fastmail.com/settings/security"),
        ..USUAL
    },
    Provider {
        name: "Proton Mail",
        domains: &["proton.me", "protonmail.com", "protonmail.ch", "pm.me"],
        exchangers: &["protonmail.ch"],
        host: "127.0.0.1",
        port: 1143,
        security: Security::Starttls,
        needs: Needs::Bridge,
        page: Some("https://proton.me/mail/bridge"),
        ..USUAL
    },
    Provider {
        name: "GMX",
        domains: &[
            "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.eu", "gmx.org", "gmx.info",
        ],
        host: "imap.gmx.net",
        needs: Needs::SwitchOn,
        page: Some("https://www.gmx.net/"),
        ..USUAL
    },
    Provider {
        name: "GMX",
        domains: &["gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr", "gmx.es"],
        host: "imap.gmx.com",
        needs: Needs::SwitchOn,
        page: Some("https://www.gmx.com/"),
        ..USUAL
    },
    Provider {
        name: "WEB.DE",
        domains: &["web.de"],
        host: "imap.web.de",
        login: Login::LocalPart,
        needs: Needs::SwitchOn,
        page: Some("https://web.de/"),
        ..USUAL
    },
    Provider {
        name: "mail.com",
        domains: &["mail.com", "email.com", "usa.com", "post.com"],
        host: "imap.mail.com",
        ..USUAL
    },
    Provider {
        name: "T-Online",
        domains: &["t-online.de", "magenta.de"],
        host: "secureimap.t-online.de",
        needs: Needs::ProviderPassword,
        page: Some("https://www.telekom.de/"),
        ..USUAL
    },
    Provider {
        name: "Posteo",
        domains: &[
            "posteo.de",
            "posteo.net",
            "posteo.org",
            "posteo.eu",
            "posteo.at",
            "posteo.ch",
        ],
        host: "posteo.de",
        ..USUAL
    },
    Provider {
        name: "mailbox.org",
        domains: &["mailbox.org"],
        exchangers: &["mailbox.org"],
        host: "imap.mailbox.org",
        ..USUAL
    },
    Provider {
        name: "Orange",
        domains: &["orange.fr", "wanadoo.fr"],
        host: "imap.orange.fr",
        ..USUAL
    },
    Provider {
        name: "Yahoo! JAPAN",
        domains: &["yahoo.co.jp", "ymail.ne.jp"],
        host: "imap.mail.yahoo.co.jp",
        login: Login::LocalPart,
        needs: Needs::SwitchOn,
        page: Some("https://mail.yahoo.co.jp/"),
        ..USUAL
    },
    Provider {
        name: "docomo",
        domains: &["docomo.ne.jp"],
        host: "imap.spmode.ne.jp",
        login: Login::Other,
        needs: Needs::ProviderPassword,
        page: Some("https://www.docomo.ne.jp/mydocomo/"),
        ..USUAL
    },
    Provider {
        name: "OCN",
        domains: &["ocn.ne.jp", ".ocn.ne.jp"],
        host: "imap.ocn.ne.jp",
        ..USUAL
    },
    Provider {
        name: "BIGLOBE",
        domains: &["biglobe.ne.jp", ".biglobe.ne.jp"],
        host: "mail.biglobe.ne.jp",
        ..USUAL
    },
    Provider {
        name: "@nifty",
        domains: &["nifty.com"],
        host: "imap.nifty.com",
        ..USUAL
    },
    Provider {
        name: "SoftBank",
        domains: &["i.softbank.jp"],
        host: "imap.softbank.jp",
        login: Login::LocalPart,
        ..USUAL
    },
];

/// The provider of a domain of addresses.
pub(super) fn of_domain(domain: &str) -> Option<&'static Provider> {
    let domain = domain.to_ascii_lowercase();
    let is_its = |its: &&str| match its.starts_with('.') {
        true => domain.ends_with(*its),
        false => domain == **its,
    };
    PROVIDERS
        .iter()
        .find(|provider| provider.domains.iter().any(is_its))
}

/// The provider that a host takes mail for.
pub(super) fn of_exchanger(host: &str) -> Option<&'static Provider> {
    let organisation = org_domain(host);
    PROVIDERS
        .iter()
        .find(|provider| provider.exchangers.contains(&organisation.as_str()))
}

impl Provider {
    /// The provider of this name.
    pub fn named(name: &str) -> Option<&'static Provider> {
        PROVIDERS.iter().find(|provider| provider.name == name)
    }

    pub(super) fn settings(&self, address: &AddrSpec, source: Source) -> Settings {
        // The local part alone names an account only among the provider's own addresses.
        let own = source == Source::BuiltIn;
        Settings {
            host: self.host.to_owned(),
            port: self.port,
            security: self.security,
            login: match self.login {
                Login::LocalPart if own => Some(address.local().to_owned()),
                Login::LocalPart | Login::Address => Some(address.to_string()),
                Login::Other => None,
            },
            needs: self.needs,
            provider: self.name.to_owned(),
            source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_can_be_used() {
        for provider in PROVIDERS {
            assert!(!provider.domains.is_empty(), "{}", provider.name);
            assert!(provider.port != 0, "{}", provider.name);
            assert!(
                provider.security != Security::None,
                "{} would be read in plain",
                provider.name
            );
            assert!(
                provider
                    .page
                    .is_none_or(|page| page.starts_with("https://")),
                "{}",
                provider.name
            );
        }
        let all: Vec<&str> = PROVIDERS.iter().flat_map(|p| p.domains).copied().collect();
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), all.len(), "a domain has one provider");
    }

    #[test]
    fn finds_by_domain_and_by_exchanger_and_never_by_a_part_of_a_name() {
        let name = |found: Option<&Provider>| found.map(|provider| provider.name);
        assert_eq!(name(of_domain("GMAIL.com")), Some("Gmail"));
        assert_eq!(name(of_domain("ham.ocn.ne.jp")), Some("OCN"));
        assert_eq!(name(of_domain("notgmail.com")), None);
        assert_eq!(name(of_domain("gmail.com.example")), None);
        assert_eq!(name(of_exchanger("aspmx.l.google.com")), Some("Gmail"));
        assert_eq!(
            name(of_exchanger("example-org.mail.protection.outlook.com")),
            Some("Outlook.com")
        );
        assert_eq!(name(of_exchanger("mx.google.com.example.net")), None);
    }
}
