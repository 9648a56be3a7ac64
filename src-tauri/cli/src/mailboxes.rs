//! `account` and `archive`: where mail is read from.

use crate::args::{
    AccountAddArgs, AccountPasswordArgs, AccountRemoveArgs, AccountTestArgs, ArchiveAddArgs,
};
use crate::print;
use crate::terminal::Terminal;
use crate::{Outcome, Session};
use crate::{server, sign_in};
use anyhow::Result;
use exposure::AddrSpec;
use monitor::fault::{Code, Fault};
use monitor::store::{AccountFacts, Entry, NewAccount, Store};
use monitor::trust::Trust;
use monitor::{Handle, Keep, NewPassword, view};
use serde_json::{Value, json};
use std::io::IsTerminal;

/// An address that a person typed.
///
/// # Errors
/// [`Code::NotAnAddress`].
pub fn spec(text: &str) -> Result<AddrSpec> {
    AddrSpec::parse(text.trim())
        .map_err(|_| Fault::new(Code::NotAnAddress).with("text", text).into())
}

/// `account add`.
pub async fn add(session: &Session, handle: &Handle, args: &AccountAddArgs) -> Result<Outcome> {
    let terminal = session.terminal;
    let words = terminal.words;
    let address = spec(&args.address)?;
    let name = address.to_string();
    if handle
        .read(Store::accounts)?
        .iter()
        .any(|a| a.name.eq_ignore_ascii_case(&name))
    {
        return Err(Fault::new(Code::AccountExists)
            .with("account", &name)
            .into());
    }
    let server = server::of(terminal, handle, args, &address).await?;
    let password = match (&args.password_command, args.password_stdin) {
        _ if server.sign_in.provider().is_some() => None,
        (Some(_), _) => None,
        (None, true) => Terminal::first_line_of_stdin()?,
        (None, false) => {
            if std::io::stdin().is_terminal() {
                terminal.note(&words.say("welcome.read_only"));
            }
            session.vault.ask(&name)?
        }
    };
    // The ledger outlives the folder in which the command was typed.
    let file = args.ca_file.as_deref().map(std::path::absolute);
    let provider = server.sign_in.provider().map(str::to_owned);
    let entry = Entry::Imap {
        host: server.host,
        port: server.port,
        security: server.security,
        login: server.login,
        trust: Trust::of(file.transpose()?, args.fingerprint),
        password_command: args.password_command.clone(),
        sign_in: server.sign_in,
    };
    let account = NewAccount {
        name: name.clone(),
        entry,
        separator: args.separator,
    };
    let own_domains = args.own_domains.clone();
    let listed = match &provider {
        Some(provider) => {
            sign_in::describe(handle, provider, args.provider_file.as_deref()).await?;
            let open = sign_in::opener(terminal);
            handle
                .add_account_signed_in(account, Keep::Keychain, own_domains, &open)
                .await?
        }
        None => {
            let password = password.map(|secret| (secret, Keep::Keychain));
            handle.add_account(account, password, own_domains).await?
        }
    };
    let count = words.count("count.folders", listed.len() as u64, &[]);
    terminal.done(&words.fill(
        "terminal.account_added",
        &[("account", &name), ("count", &count)],
    ));
    terminal.done(&words.say("terminal.next_scan"));
    Ok(Outcome::Done)
}

/// `account password`.
pub async fn password(
    session: &Session,
    handle: &Handle,
    args: &AccountPasswordArgs,
) -> Result<Outcome> {
    let name = &args.account;
    let typed = match (&args.password_command, args.password_stdin) {
        (Some(_), _) => None,
        (None, true) => Terminal::first_line_of_stdin()?,
        (None, false) => session.vault.ask(name)?,
    };
    let password = match (&args.password_command, typed) {
        (Some(command), _) => NewPassword::Command(command.clone()),
        (None, Some(secret)) => NewPassword::Typed(secret, Keep::Keychain),
        (None, None) => {
            let missing = Fault::new(Code::PasswordMissing).with("account", name);
            return Err(missing.into());
        }
    };
    let listed = handle.enter_password(name, password).await?;
    let words = session.words();
    let count = words.count("count.folders", listed.len() as u64, &[]);
    let values = [("account", name.as_str()), ("count", &count)];
    session
        .terminal
        .done(&words.fill("terminal.account_added", &values));
    Ok(Outcome::Done)
}

/// `account list`.
pub fn list(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    let picture = handle.picture()?;
    let rows = view::accounts(&picture, terminal.words, &handle.activity());
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let account = picture.accounts.iter().find(|a| a.id == row.id);
            let command = account.and_then(|a| match &a.entry {
                Entry::Imap {
                    password_command, ..
                } => password_command.clone(),
                Entry::Archive { .. } => None,
            });
            (row, command)
        })
        .collect();
    terminal.facts(
        |canvas| print::accounts(canvas, terminal.words, &rows),
        || {
            let states = rows.iter().map(|(row, _)| row.state.as_str());
            Ok(picture
                .accounts
                .iter()
                .zip(states)
                .map(|(account, state)| account_json(account, state))
                .collect())
        },
    )?;
    Ok(Outcome::Done)
}

fn account_json(account: &AccountFacts, state: &str) -> Value {
    match &account.entry {
        Entry::Imap {
            host,
            port,
            security,
            login,
            trust,
            password_command,
            sign_in,
        } => json!({
            "account": account.name,
            "server": host,
            "port": port,
            "security": security.word(),
            "login": login,
            "ca_file": trust.file(),
            "certificate": trust.certificate(),
            "password_command": password_command,
            "sign_in": sign_in.provider(),
            "separator": account.separator.to_string(),
            "state": state,
        }),
        Entry::Archive { path } => json!({ "account": account.name, "path": path, "state": state }),
    }
}

/// `account test`.
pub async fn test(terminal: Terminal, handle: &Handle, args: &AccountTestArgs) -> Result<Outcome> {
    let words = terminal.words;
    let listed = handle.test_account(&args.account).await?;
    terminal.facts(
        |canvas| {
            canvas.prose(
                &words.fill("terminal.works", &[("account", &args.account)]),
                0,
            );
            for mailbox in &listed {
                let role = words.say(&format!("role.{}", mailbox.role.word()));
                canvas.line(&format!(
                    "  {}  {role}",
                    exposure::show::shown(&mailbox.name, 100)
                ));
            }
        },
        || {
            let mailboxes: Vec<Value> = listed
                .iter()
                .map(|m| json!({ "name": m.name, "role": m.role.word() }))
                .collect();
            Ok(json!({ "account": args.account, "mailboxes": mailboxes }))
        },
    )?;
    Ok(Outcome::Done)
}

/// `account remove`.
pub async fn remove(
    terminal: Terminal,
    handle: &Handle,
    args: &AccountRemoveArgs,
) -> Result<Outcome> {
    let words = terminal.words;
    handle.remove_account(&args.account, args.with_mail).await?;
    terminal.done(&words.fill("terminal.removed", &[("account", &args.account)]));
    let kept = if args.with_mail {
        "terminal.counts_gone"
    } else {
        "terminal.counts_kept"
    };
    terminal.done(&words.say(kept));
    Ok(Outcome::Done)
}

/// `archive add`.
pub async fn add_archive(
    terminal: Terminal,
    handle: &Handle,
    args: &ArchiveAddArgs,
) -> Result<Outcome> {
    let words = terminal.words;
    let own = args
        .own_addresses
        .iter()
        .map(|text| spec(text))
        .collect::<Result<_>>()?;
    handle
        .add_archive(&args.path, own, args.own_domains.clone())
        .await?;
    let path = args.path.display().to_string();
    terminal.done(&words.fill("terminal.archive_added", &[("path", &path)]));
    terminal.done(&words.say("terminal.next_scan"));
    Ok(Outcome::Done)
}
