//! How a mailbox is reached: what is known of an address before a password is asked for.

use super::types::{ServerAnswer, ServerFound, Wanted};
use crate::discovery::{CHECKED_ON, Found, Needs, Provider, Settings, Source};
use crate::words::Words;
use exposure::AddrSpec;
use jiff::civil::Date;

/// What the table knows; where it knows nothing, the question whether to ask elsewhere.
pub fn known_server(
    words: &Words,
    address: &AddrSpec,
    known: Option<Settings>,
    can_sign_in: impl Fn(&str) -> bool,
) -> ServerAnswer {
    match known {
        Some(settings) => found(words, address, settings, can_sign_in),
        None => ServerAnswer {
            found: None,
            text: words.fill("connect.ask", &[("domain", address.domain())]),
        },
    }
}

/// What asking brought.
pub fn looked_up(
    words: &Words,
    address: &AddrSpec,
    answer: Found,
    can_sign_in: impl Fn(&str) -> bool,
) -> ServerAnswer {
    let domain = ("domain", address.domain());
    match answer {
        Found::Settings(settings) => found(words, address, settings, can_sign_in),
        Found::PopOnly(provider) => ServerAnswer {
            found: None,
            text: words.fill("connect.pop_only", &[("provider", &provider)]),
        },
        Found::Nothing => ServerAnswer {
            found: None,
            text: words.fill("connect.nothing", &[domain]),
        },
    }
}

fn found(
    words: &Words,
    address: &AddrSpec,
    settings: Settings,
    can_sign_in: impl Fn(&str) -> bool,
) -> ServerAnswer {
    let page = Provider::named(&settings.provider).and_then(|provider| provider.page);
    let domain = address.domain();
    // Far from any today, so that the year is named.
    let checked = words.day(CHECKED_ON, Date::MIN);
    let values = [
        ("date", checked.as_str()),
        ("provider", settings.provider.as_str()),
        ("page", page.unwrap_or_default()),
        ("domain", domain),
    ];
    let (wanted, key, sign_in) = match settings.needs {
        Needs::Password => (Wanted::Password, None, None),
        Needs::GoogleAppPassword => (
            Wanted::GoogleAppPassword,
            Some("connect.gmail"),
            Some("google").filter(|name| can_sign_in(name)),
        ),
        Needs::ProviderPassword => (Wanted::Password, Some("connect.provider_password"), None),
        Needs::SwitchOn => (Wanted::Password, Some("connect.switch_on"), None),
        Needs::SignIn(name) if can_sign_in(name) => {
            (Wanted::SignIn, Some("connect.outlook"), Some(name))
        }
        Needs::SignIn(_) => (Wanted::Nothing, Some("connect.outlook_unregistered"), None),
        Needs::Bridge => (Wanted::Password, Some("connect.bridge"), None),
    };
    let from = match settings.source {
        Source::BuiltIn => "connect.from.built_in",
        Source::Srv => "connect.from.srv",
        Source::Domain => "connect.from.domain",
        Source::PublicList => "connect.from.list",
        Source::Exchanger => "connect.from.exchanger",
    };
    ServerAnswer {
        text: key.map(|key| words.fill(key, &values)).unwrap_or_default(),
        found: Some(ServerFound {
            from: words.fill(from, &values),
            host: settings.host,
            port: settings.port,
            security: settings.security,
            login: settings.login,
            wanted,
            page: page.map(str::to_owned),
            sign_in: sign_in.map(str::to_owned),
        }),
    }
}
