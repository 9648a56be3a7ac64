//! Mailboxes, mail on this PC, reading, and recording who has an address.

use crate::args::{AccountAction, AddArgs, GiveArgs, SecurityArg};
use crate::terminal::Terminal;
use anyhow::Result;
use exposure::{AddrSpec, Security};
use monitor::actor::{Change, Give};
use monitor::fault::{Code, Fault};
use monitor::mailbox::Secret;
use monitor::store::{Entry, NewAccount};
use monitor::{Keep, view};
use std::io::BufRead;
use std::path::Path;

/// Runs a command about mailboxes on servers.
pub async fn run(terminal: &Terminal, action: AccountAction) -> Result<()> {
    let words = terminal.words();
    match action {
        AccountAction::Add(args) => add(terminal, args).await,
        AccountAction::List => {
            let handle = terminal.open()?;
            let picture = handle.picture()?;
            let rows = view::accounts(&picture, words, &handle.running());
            if terminal.json {
                return terminal.print(&serde_json::to_value(rows)?);
            }
            if rows.is_empty() {
                terminal.say(&words.say("terminal.no_accounts"));
            }
            for (row, account) in rows.iter().zip(&picture.accounts) {
                println!("{}  {}  {}", row.name, row.detail, row.state);
                if let Entry::Imap { password_command: Some(command), .. } = &account.entry {
                    println!("    {command}");
                }
                for note in [&row.fault, &row.junk_folder].into_iter().filter(|n| !n.is_empty()) {
                    println!("    {note}");
                }
            }
            Ok(())
        }
        AccountAction::Test { account } => {
            let handle = terminal.open()?;
            let name = handle.read(|store| store.account(&account))?.name;
            handle.test_account(&account).await?;
            terminal.say(&words.fill("terminal.works", &[("account", &name)]));
            Ok(())
        }
        AccountAction::Remove { account, with_mail } => {
            let handle = terminal.open()?;
            handle.remove_account(&account, with_mail).await?;
            terminal.say(&words.fill("terminal.removed", &[("account", &account)]));
            Ok(())
        }
    }
}

fn spec(text: &str) -> Result<AddrSpec> {
    AddrSpec::parse(text).map_err(|_| Fault::new(Code::NotAnAddress).with("text", text).into())
}

async fn add(terminal: &Terminal, args: AddArgs) -> Result<()> {
    let words = terminal.words();
    let address = spec(&args.address)?;
    let name = address.to_string();
    let security = match args.security {
        SecurityArg::Tls => Security::Tls,
        SecurityArg::Starttls => Security::Starttls,
        SecurityArg::None => Security::None,
    };
    let server = args.server.ok_or_else(|| Fault::new(Code::ServerUnknown).with("domain", address.domain()))?;
    let usual = match security {
        Security::Tls => 993,
        Security::Starttls | Security::None => 143,
    };
    let (host, port) = match server.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') => {
            (host.to_owned(), port.parse().map_err(|_| Fault::new(Code::UnknownHost).with("host", &server))?)
        }
        Some(_) | None => (server, usual),
    };
    let password = match (&args.password_command, args.password_stdin) {
        (Some(_), _) => None,
        (None, true) => {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            Some(line.trim_end_matches(['\r', '\n']).to_owned())
        }
        (None, false) => {
            eprintln!("{}", words.say("welcome.read_only"));
            Some(terminal.secret(&words.fill("terminal.password_prompt", &[("account", &name)]))?)
        }
    };
    let entry = Entry::Imap {
        host,
        port,
        security,
        login: args.login.unwrap_or_else(|| name.clone()),
        ca_file: args.ca_file.map(|p| std::path::absolute(&p).unwrap_or(p)),
        password_command: args.password_command,
    };
    let handle = terminal.open()?;
    let account = NewAccount { name: name.clone(), entry, separator: args.separator };
    let secret = password.map(|p| (Secret(p), Keep::Keychain));
    let listed = handle.add_account(account, secret, args.own_domains).await?;
    let count = words.count("count.folders", listed.len() as u64, &[]);
    terminal.say(&words.fill("terminal.account_added", &[("account", &name), ("count", &count)]));
    terminal.say(&words.say("terminal.next_scan"));
    Ok(())
}

/// Records mail on this PC as a source.
pub async fn add_archive(terminal: &Terminal, path: &Path, own: &[String], domains: Vec<String>) -> Result<()> {
    let own = own.iter().map(|text| spec(text)).collect::<Result<Vec<_>>>()?;
    let handle = terminal.open()?;
    handle.add_archive(path, own, domains).await?;
    let words = terminal.words();
    terminal.say(&words.fill("terminal.archive_added", &[("path", &path.display().to_string())]));
    terminal.say(&words.say("terminal.next_scan"));
    Ok(())
}

/// Reads what is new, once.
pub async fn scan(terminal: &Terminal, accounts: &[String]) -> Result<()> {
    let words = terminal.words();
    let handle = terminal.open()?;
    let bar = terminal.progress();
    let results = handle.scan(accounts, &|_, at| bar.at(at)).await;
    bar.done();
    let results = results?;
    if terminal.json {
        terminal.print(&view::scan_json(&results))?;
    } else if results.is_empty() {
        terminal.say(&words.say("terminal.no_accounts"));
    }
    let mut failed = None;
    for result in results {
        match &result.fault {
            None => terminal.say(&words.fill(
                "terminal.scanned",
                &[
                    ("account", &result.account),
                    ("new", &words.number(result.recorded.messages_new)),
                    ("junk", &words.number(result.recorded.junk_new)),
                    ("seconds", &format!("{:.1}", result.seconds)),
                ],
            )),
            Some(fault) => {
                let (text, _) = words.fault(fault);
                eprintln!("{}", words.fill("terminal.scan_failed", &[("account", &result.account), ("fault", &text)]));
                failed = Some(fault.clone());
            }
        }
    }
    handle.close();
    failed.map_or(Ok(()), |fault| Err(fault.into()))
}

/// Keeps reading until Ctrl-C.
pub async fn watch(terminal: &Terminal) -> Result<()> {
    let words = terminal.words();
    let handle = terminal.open()?;
    handle.become_reader()?;
    terminal.say(&words.say("terminal.watching"));
    let say = |results: &[monitor::scan::ScanResult]| {
        for fault in results.iter().filter_map(|r| r.fault.as_ref()) {
            eprintln!("{}", words.fault(fault).0);
        }
    };
    let outcome = tokio::select! {
        outcome = handle.watch(&|_, _| {}, &say) => outcome,
        stopped = tokio::signal::ctrl_c() => stopped.map_err(Into::into),
    };
    handle.close();
    outcome
}

/// Records a disclosure.
pub async fn give(terminal: &Terminal, args: GiveArgs) -> Result<()> {
    let on = match &args.on {
        Some(text) => Some(text.parse().map_err(|_| Fault::new(Code::NotADate).with("text", text))?),
        None => None,
    };
    let give = Give { address: spec(&args.address)?, service: args.service, domains: args.domains, on, also: args.also };
    let handle = terminal.open()?;
    handle.change(Change::Give(give)).await?;
    handle.close();
    terminal.say(&terminal.words().say("terminal.recorded"));
    Ok(())
}
