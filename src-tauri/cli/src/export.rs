//! `export`, `backup` and `restore`: what is recorded, in files of the user's own.

use crate::args::{BackupArgs, ExportArgs, ExportAs, RestoreArgs};
use crate::terminal::Terminal;
use crate::{Outcome, Session};
use anyhow::Result;
use monitor::fault::{Code, Fault};
use monitor::mailbox::Secret;
use monitor::whole::Place;
use monitor::{ExportFormat, Handle, backup, view};
use serde_json::json;
use std::io::IsTerminal;

/// `export`.
pub fn export(terminal: Terminal, handle: &Handle, args: &ExportArgs) -> Result<Outcome> {
    let words = terminal.words;
    let path = args.to.display().to_string();
    let format = match args.format {
        Some(ExportAs::Json) => Some(ExportFormat::Json),
        Some(ExportAs::Csv) => Some(ExportFormat::Csv),
        None => ExportFormat::of(&args.to),
    };
    let format = format.ok_or_else(|| Fault::new(Code::ExportFormat).with("path", &path))?;
    let exported = handle.export(&args.to, format, place(args.force))?;
    let count = |key: &str, count: usize| words.count(key, count as u64, &[]);
    let services = count("count.services", exported.services.len());
    let addresses = count("count.addresses", exported.addresses.len());
    let values = [
        ("path", path.as_str()),
        ("services", &services),
        ("addresses", &addresses),
    ];
    terminal.facts(
        |canvas| canvas.prose(&words.fill("terminal.exported", &values), 0),
        || {
            Ok(json!({
                "path": path,
                "services": exported.services.len(),
                "addresses": exported.addresses.len(),
                "disclosures": exported.disclosures.len(),
            }))
        },
    )?;
    Ok(Outcome::Done)
}

/// `backup`.
pub fn back_up(terminal: Terminal, handle: &Handle, args: &BackupArgs) -> Result<Outcome> {
    let words = terminal.words;
    let passphrase = match args.passphrase_stdin {
        true => Terminal::first_line_of_stdin()?,
        false => asked_twice(terminal)?,
    };
    let passphrase = passphrase.ok_or_else(missing)?;
    let bytes = backup::back_up(handle.data(), &args.to, &passphrase, place(args.force))?;
    let path = args.to.display().to_string();
    terminal.facts(
        |canvas| canvas.prose(&words.fill("terminal.backed_up", &[("path", &path)]), 0),
        || Ok(json!({ "path": path, "bytes": bytes })),
    )?;
    Ok(Outcome::Done)
}

/// `restore`. The ledger is not open here, so that another can take its place.
pub fn restore(session: &Session, args: &RestoreArgs) -> Result<Outcome> {
    let (terminal, words) = (session.terminal, session.words());
    let passphrase = match args.passphrase_stdin {
        true => Terminal::first_line_of_stdin()?,
        false => asked(&words.say("terminal.passphrase_prompt"))?,
    };
    let passphrase = passphrase.ok_or_else(missing)?;
    let unpacked = backup::unpack(&session.data, &args.file, &passphrase)?;
    let restored = unpacked.put(&session.data, session.vault.as_ref())?;
    terminal.facts(
        |canvas| {
            for line in view::restored(words, &restored) {
                canvas.prose(&line, 0);
            }
            if !restored.locked.is_empty() {
                canvas.prose(&words.say("terminal.restore_locked"), 0);
            }
        },
        || Ok(json!({ "kept": restored.kept, "locked": restored.locked })),
    )?;
    Ok(Outcome::Done)
}

const fn place(force: bool) -> Place {
    match force {
        true => Place::Any,
        false => Place::Free,
    }
}

fn missing() -> Fault {
    Fault::new(Code::PassphraseMissing)
}

/// A passphrase that is typed unseen; `None` where nobody can be asked or nothing was typed.
fn asked(prompt: &str) -> Result<Option<Secret>> {
    if !std::io::stdin().is_terminal() {
        return Ok(None);
    }
    let typed = rpassword::prompt_password(prompt)?;
    Ok((!typed.is_empty()).then_some(Secret(typed)))
}

fn asked_twice(terminal: Terminal) -> Result<Option<Secret>> {
    let words = terminal.words;
    let Some(first) = asked(&words.say("terminal.passphrase_prompt"))? else {
        return Ok(None);
    };
    let again = asked(&words.say("terminal.passphrase_again"))?;
    match again.as_ref() == Some(&first) {
        true => Ok(Some(first)),
        false => Err(Fault::new(Code::PassphrasesDiffer).into()),
    }
}
