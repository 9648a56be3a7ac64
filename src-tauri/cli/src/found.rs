//! `archive find`: the mail of other programs on this PC, each with the command that reads it.

use crate::Outcome;
use crate::print;
use crate::terminal::Terminal;
use anyhow::Result;
use monitor::store::Store;
use monitor::view::types::{FoundArchive, FoundServer};
use monitor::{Handle, system, view};
use serde_json::{Value, json};

/// What was found, and the commands that make it a source.
pub struct Choice {
    /// What was found.
    pub row: FoundArchive,
    /// Reads its folder on this PC.
    pub add: Option<String>,
    /// Connects its mailbox on the server.
    pub connect: Option<String>,
}

/// `archive find`.
pub fn find(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    let accounts = handle.read(Store::accounts)?;
    let rows = view::found_archives(terminal.words, &accounts, &system::thunderbird());
    let choices: Vec<Choice> = rows.into_iter().map(choice).collect();
    terminal.facts(
        |canvas| print::found(canvas, terminal.words, &choices),
        || Ok(choices.iter().map(choice_json).collect()),
    )?;
    Ok(Outcome::Done)
}

fn choice(row: FoundArchive) -> Choice {
    let add = row.path.as_deref().filter(|_| !row.added).map(|path| {
        let own = row
            .addresses
            .iter()
            .map(|a| format!(" --own-address {}", word(a)));
        format!(
            "atesaki archive add {}{}",
            word(path),
            own.collect::<String>()
        )
    });
    let connect = match (&row.server, row.addresses.first()) {
        (Some(server), Some(address)) if !row.connected => Some(connect(server, address)),
        (Some(_) | None, _) => None,
    };
    Choice { row, add, connect }
}

fn connect(server: &FoundServer, address: &str) -> String {
    let host = match server.host.contains(':') {
        true => format!("[{}]", server.host),
        false => server.host.clone(),
    };
    let host = format!("{host}:{}", server.port);
    let mut command = format!(
        "atesaki account add {} --server {} --security {}",
        word(address),
        word(&host),
        server.security.word()
    );
    if server.login != address {
        command.push_str(&format!(" --login {}", word(&server.login)));
    }
    command
}

/// A text as one word of a command line: in quotes where it needs them. What it is made of comes
/// from other programs' files, so that nothing in it may be a command of its own.
fn word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "@%+=:,./_-[]".contains(c);
    if !text.is_empty() && text.chars().all(plain) && !text.starts_with('-') {
        return text.to_owned();
    }
    if cfg!(windows) {
        format!("\"{}\"", text.replace('"', ""))
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

fn choice_json(choice: &Choice) -> Value {
    let row = &choice.row;
    let server = row.server.as_ref().map(|server| {
        json!({
            "host": server.host,
            "port": server.port,
            "security": server.security.word(),
            "login": server.login,
        })
    });
    json!({
        "title": row.title,
        "path": row.path,
        "addresses": row.addresses,
        "server": server,
        "added": row.added,
        "connected": row.connected,
        "add": choice.add,
        "connect": choice.connect,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use exposure::Security;

    #[test]
    #[cfg(unix)]
    fn quotes_what_other_programs_wrote() {
        let check = |text: &str, want: &str| assert_eq!(word(text), want, "{text}");
        check(
            "/home/ada/.thunderbird/a/Mail",
            "/home/ada/.thunderbird/a/Mail",
        );
        check("/home/ada/Local Folders", "'/home/ada/Local Folders'");
        check("a'; rm -r $(x)", "'a'\\''; rm -r $(x)'");
        check("--own-domain", "'--own-domain'");
        check("", "''");
    }

    #[test]
    fn connects_with_what_is_known() {
        let server = |host: &str, login: &str| FoundServer {
            host: host.into(),
            port: 993,
            security: Security::Tls,
            login: login.into(),
        };
        assert_eq!(
            connect(&server("imap.example.org", "ada"), "ada@example.org"),
            "atesaki account add ada@example.org --server imap.example.org:993 --security tls --login ada"
        );
        assert_eq!(
            connect(&server("::1", "ada@example.org"), "ada@example.org"),
            "atesaki account add ada@example.org --server [::1]:993 --security tls"
        );
    }
}
