//! Which mail server an account is added with: the one that was named, one of the table, or, after
//! a yes, one that was looked up. It is said where it comes from before a password is asked for.

use crate::args::AccountAddArgs;
use crate::terminal::Terminal;
use anyhow::Result;
use exposure::{AddrSpec, Security};
use monitor::discovery::{self, Found, Needs, Places, Settings};
use monitor::fault::{Code, Fault};
use monitor::oauth::{self, Provider};
use monitor::store::SignIn;
use monitor::{Handle, view};
use std::io::{BufRead, IsTerminal};

/// How an account's server is reached.
pub struct Server {
    /// Host.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// Login name.
    pub login: String,
    /// What the server lets us in for.
    pub sign_in: SignIn,
}

/// The server of `account add`.
///
/// # Errors
/// [`Code::UnknownHost`], [`Code::ServerUnknown`], [`Code::PopOnly`], [`Code::LoginNeeded`], and
/// those of [`Provider::named`].
pub async fn of(
    terminal: Terminal,
    handle: &Handle,
    args: &AccountAddArgs,
    address: &AddrSpec,
) -> Result<Server> {
    let security = Security::from(args.security);
    let login = args.login.clone();
    let known = args.oauth.as_deref().and_then(oauth::mail_server);
    if let Some(server) = args.server.as_deref().or(known) {
        let (host, port) = host_and_port(server, security)?;
        return Ok(Server {
            host,
            port,
            security,
            login: login.unwrap_or_else(|| address.to_string()),
            sign_in: args
                .oauth
                .clone()
                .map_or(SignIn::Password, SignIn::Provider),
        });
    }
    let settings = settings(terminal, args, address).await?;
    let sign_in = match settings.needs {
        Needs::SignIn(provider) => {
            registered(handle, provider)?;
            SignIn::Provider(provider.to_owned())
        }
        Needs::Password
        | Needs::GoogleAppPassword
        | Needs::ProviderPassword
        | Needs::SwitchOn
        | Needs::Bridge => SignIn::Password,
    };
    let needed = || Fault::new(Code::LoginNeeded).with("provider", &settings.provider);
    let login = login
        .or_else(|| settings.login.clone())
        .ok_or_else(needed)?;
    let words = terminal.words;
    let can_sign_in = |name: &str| registered(handle, name).is_ok();
    let said = view::looked_up(
        words,
        address,
        Found::Settings(settings.clone()),
        can_sign_in,
    );
    let found = [
        ("host", settings.host.as_str()),
        ("port", &settings.port.to_string()),
        ("security", settings.security.word()),
        ("login", &login),
        ("from", said.found.as_ref().map_or("", |found| &found.from)),
    ];
    terminal.note(&words.fill("terminal.found", &found));
    if !said.text.is_empty() {
        terminal.note(&said.text);
    }
    Ok(Server {
        host: settings.host,
        port: settings.port,
        security: settings.security,
        login,
        sign_in,
    })
}

async fn settings(
    terminal: Terminal,
    args: &AccountAddArgs,
    address: &AddrSpec,
) -> Result<Settings> {
    if let Some(known) = discovery::known(address) {
        return Ok(known);
    }
    let unknown = || Fault::new(Code::ServerUnknown).with("domain", address.domain());
    if !args.look_up && !may_look_up(terminal, args, address)? {
        return Err(unknown().into());
    }
    let places = Places::of(|name| std::env::var(name).ok());
    match discovery::look_up(address, &places).await {
        Found::Settings(settings) => Ok(settings),
        Found::PopOnly(provider) => {
            Err(Fault::new(Code::PopOnly).with("provider", provider).into())
        }
        Found::Nothing => Err(unknown().into()),
    }
}

/// Asks the person at the terminal, where there is one.
fn may_look_up(terminal: Terminal, args: &AccountAddArgs, address: &AddrSpec) -> Result<bool> {
    let stdin = std::io::stdin();
    if args.password_stdin || !stdin.is_terminal() {
        return Ok(false);
    }
    let words = terminal.words;
    terminal.note(&words.fill("connect.ask", &[("domain", address.domain())]));
    terminal.note(&words.say("terminal.look_up"));
    let mut answer = String::new();
    stdin.lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes" | "はい"))
}

fn registered(handle: &Handle, provider: &str) -> Result<Provider> {
    let setting = handle.read(|store| store.setting(oauth::SETTING))?;
    Provider::named(provider, setting.as_deref(), |name| {
        std::env::var(name).ok()
    })
}

/// Host and port of `HOST[:PORT]`; an IPv6 address with a port stands in brackets.
fn host_and_port(text: &str, security: Security) -> Result<(String, u16)> {
    let text = text.trim();
    let usual = match security {
        Security::Tls => 993,
        Security::Starttls | Security::None => 143,
    };
    let wrong = || Fault::new(Code::UnknownHost).with("host", text);
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, "")) => (host, None),
        Some((host, port)) => (host, Some(port.strip_prefix(':').ok_or_else(wrong)?)),
        None => match text.split_once(':') {
            // More than one colon: an IPv6 address alone.
            Some((_, rest)) if rest.contains(':') => (text, None),
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let port = port
        .map(|port| port.parse::<u16>().map_err(|_| wrong()))
        .transpose()?
        .unwrap_or(usual);
    if host.is_empty() || port == 0 {
        return Err(wrong().into());
    }
    Ok((host.to_owned(), port))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_host_and_port_of_a_server() {
        let check = |text: &str, security: Security, want: Option<(&str, u16)>| {
            let got = host_and_port(text, security).ok();
            assert_eq!(
                got,
                want.map(|(host, port)| (host.to_owned(), port)),
                "{text}"
            );
        };
        check(
            "imap.example.org",
            Security::Tls,
            Some(("imap.example.org", 993)),
        );
        check(
            "imap.example.org",
            Security::Starttls,
            Some(("imap.example.org", 143)),
        );
        check("127.0.0.1:1143", Security::None, Some(("127.0.0.1", 1143)));
        check("[::1]:1143", Security::None, Some(("::1", 1143)));
        check("::1", Security::None, Some(("::1", 143)));
        check("[::1]", Security::Tls, Some(("::1", 993)));
        check("imap.example.org:99999", Security::Tls, None);
        check("imap.example.org:", Security::Tls, None);
        check(":993", Security::Tls, None);
        check("", Security::Tls, None);
    }
}
