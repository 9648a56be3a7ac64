//! The sample, the check-up, and removing everything.

use crate::report;
use crate::terminal::{Terminal, sample_folder};
use anyhow::{Context, Result};
use exposure::{JunkFolder, Level};
use monitor::actor::Change;
use monitor::fault::{Code, Fault};
use monitor::{Start, view};
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::time::Instant;

/// Writes and reads the sample of a seed and prints the report.
pub async fn demo(terminal: &Terminal, seed: u64, to: Option<PathBuf>) -> Result<()> {
    let start = terminal.start()?;
    let folder = to.unwrap_or_else(|| sample_folder(start));
    let since = Instant::now();
    let handle = monitor::surface::make_sample(start, &folder, seed).await?;
    let (picture, words) = (handle.picture()?, terminal.words());
    if terminal.json {
        return terminal.print(&view::flags_json(&picture, words));
    }
    let messages = handle.read(|store| store.mailboxes())?.iter().map(|m| m.sightings).sum();
    terminal.say(&words.fill(
        "terminal.demo_made",
        &[
            ("messages", &words.count("count.messages", messages, &[])),
            ("addresses", &words.count("count.addresses", picture.addresses.len() as u64, &[])),
            ("seconds", &format!("{:.1}", since.elapsed().as_secs_f64())),
        ],
    ));
    println!();
    let overview = handle.read(|store| view::overview(&picture, store, words, false))?;
    report::overview(terminal, &overview);
    let named = overview.flags.iter().find(|f| f.level == Level::LikelySource);
    if let Some(flag) = named {
        let page = handle.read(|store| view::address(&picture, store, words, flag.address_id))?;
        println!("{}  {}", page.row.address, page.sentence);
        report::suspects(terminal, &page);
    }
    let path = folder.display().to_string();
    terminal.say(&words.fill("terminal.demo_where", &[("path", &path), ("data", &path)]));
    handle.close();
    Ok(())
}

/// Checks what can be out of order and says what to do.
pub async fn doctor(terminal: &Terminal, rebuild: bool) -> Result<()> {
    let words = terminal.words();
    let handle = terminal.open()?;
    if rebuild {
        handle.change(Change::Rebuild).await?;
        terminal.say(&words.say("terminal.rebuilt"));
    }
    let mut lines: Vec<(String, bool, String)> = Vec::new();
    let broken = handle.read(|store| store.integrity())?;
    lines.push((words.say("terminal.doctor_ledger"), broken.is_empty(), broken.join(" ")));
    let Start { vault, clock, .. } = terminal.start()?;
    let keychain = vault.keychain_answers();
    let advice = if keychain { String::new() } else { words.fault(&Fault::new(Code::NoKeychain)).1 };
    lines.push((words.say("terminal.doctor_keychain"), keychain, advice));
    lines.push((words.say("terminal.doctor_clock"), true, clock.now().to_string()));
    let picture = handle.picture()?;
    for (row, account) in view::accounts(&picture, words, &handle.running()).iter().zip(&picture.accounts) {
        let name = words.fill("terminal.doctor_account", &[("account", &row.name)]);
        lines.push((name, row.fault.is_empty(), if row.fault.is_empty() { row.state.clone() } else { row.fault.clone() }));
        let seen = picture.junk_folders.get(&account.id) != Some(&JunkFolder::NotVisible);
        let name = words.fill("terminal.doctor_folder", &[("account", &row.name)]);
        lines.push((name, seen, row.junk_folder.clone()));
    }
    if terminal.json {
        let all: Vec<_> =
            lines.iter().map(|(what, good, text)| serde_json::json!({"what": what, "good": good, "text": text})).collect();
        return terminal.print(&all.into());
    }
    for (what, good, text) in &lines {
        let verdict = words.say(if *good { "terminal.doctor_ok" } else { "terminal.doctor_bad" });
        println!("{what}: {verdict}  {text}");
    }
    handle.close();
    Ok(())
}

/// Removes the ledger and the passwords, after asking.
pub fn reset(terminal: &Terminal, yes: bool) -> Result<()> {
    let words = terminal.words();
    let start = terminal.start()?;
    let path = start.data.display().to_string();
    if !yes {
        if !std::io::stdin().is_terminal() {
            return Err(Fault::new(Code::Other).with("detail", words.say("terminal.confirm_tty")).into());
        }
        print!("{}", words.fill("terminal.reset_ask", &[("path", &path)]));
        std::io::stdout().flush()?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        if answer.trim() != "yes" {
            terminal.say(&words.say("terminal.kept_all"));
            return Ok(());
        }
    }
    // A ledger that cannot be opened has no accounts to name; its files go all the same.
    if let Ok(handle) = terminal.open() {
        handle.become_reader()?;
        for account in handle.read(|store| store.accounts())? {
            start.vault.forget(&account.name)?;
        }
        handle.close();
    }
    let cannot = || Fault::new(Code::DataFolder).with("path", &path);
    for entry in std::fs::read_dir(&start.data).with_context(cannot)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("ledger.") {
            std::fs::remove_file(entry.path()).with_context(cannot)?;
        } else if name == "sample" {
            std::fs::remove_dir_all(entry.path()).with_context(cannot)?;
        }
    }
    terminal.say(&words.say("terminal.reset_done"));
    Ok(())
}
