//! `doctor` and `reset`: looking after the ledger, and being rid of it.

use crate::args::{DoctorArgs, ResetArgs};
use crate::print::Tint;
use crate::{Outcome, Session};
use anyhow::Result;
use exposure::JunkFolder;
use jiff::Timestamp;
use monitor::actor::Change;
use monitor::fault::{self, Code, Fault};
use monitor::scan::ReadingLock;
use monitor::store::{AccountFacts, Store, ledger_path};
use monitor::{Clock, Handle, Vault, Words};
use serde_json::{Value, json};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Good,
    /// Worth knowing; nothing is broken.
    Look,
    Bad,
}

/// One check with what to do about it.
#[derive(Clone, Debug)]
struct Check {
    what: String,
    health: Health,
    text: String,
}

impl Check {
    fn good(what: String, text: String) -> Check {
        Check {
            what,
            health: Health::Good,
            text,
        }
    }

    fn of(words: &Words, what: String, health: Health, fault: &Fault) -> Check {
        let (text, action) = words.fault(fault);
        Check {
            what,
            health,
            text: format!("{text} {action}"),
        }
    }
}

/// Looks at the ledger, the keychain, every account with its junk folder, and the clock.
pub async fn doctor(session: &Session, handle: &Handle, args: &DoctorArgs) -> Result<Outcome> {
    let (terminal, words) = (session.terminal, session.words());
    if args.rebuild {
        handle.change(Change::Rebuild).await?;
        terminal.note(&words.say("terminal.rebuilt"));
    }
    let picture = handle.picture()?;
    let mut checks = vec![
        ledger(words, handle)?,
        keychain(session),
        clock(words, session.clock),
    ];
    for account in &picture.accounts {
        checks.push(connection(words, handle, account).await);
        let folder = picture.junk_folders.get(&account.id).copied();
        if folder == Some(JunkFolder::NotVisible) && account.backfilled_at.is_some() {
            let what = words.fill("terminal.doctor_folder", &[("account", &account.name)]);
            checks.push(Check {
                what,
                health: Health::Look,
                text: words.say("overview.junk_hidden"),
            });
        }
    }
    if picture.accounts.is_empty() {
        terminal.note(&words.say("terminal.no_accounts"));
    }
    terminal.facts(
        |canvas| {
            for check in &checks {
                let (word, tint) = match check.health {
                    Health::Good => ("terminal.doctor_ok", Tint::Faint),
                    Health::Look => ("terminal.doctor_look", Tint::Watch),
                    Health::Bad => ("terminal.doctor_bad", Tint::Accent),
                };
                let word = words.say(word);
                canvas.tinted(
                    &words.fill(
                        "terminal.doctor_line",
                        &[("what", &check.what), ("health", &word)],
                    ),
                    0,
                    tint,
                );
                canvas.prose(&check.text, 2);
            }
        },
        || {
            Ok(checks
                .iter()
                .map(|check| {
                    let health = match check.health {
                        Health::Good => "good",
                        Health::Look => "look",
                        Health::Bad => "bad",
                    };
                    json!({ "check": check.what, "health": health, "text": check.text })
                })
                .collect::<Value>())
        },
    )?;
    let bad = checks.iter().any(|check| check.health == Health::Bad);
    Ok(if bad { Outcome::NotDone } else { Outcome::Done })
}

fn ledger(words: &Words, handle: &Handle) -> Result<Check> {
    let what = words.say("terminal.doctor_ledger");
    let broken = handle.read(Store::integrity)?;
    let path = ledger_path(handle.data());
    let text = words.fill(
        "terminal.doctor_ledger_at",
        &[("path", &path.display().to_string())],
    );
    Ok(match broken.first() {
        Some(line) => Check::of(
            words,
            what,
            Health::Bad,
            &Fault::new(Code::Other).with("detail", line.clone()),
        ),
        None => Check::good(what, text),
    })
}

/// Without a keychain a password is typed at each start, or fetched by a command.
fn keychain(session: &Session) -> Check {
    let words = session.words();
    let what = words.say("terminal.doctor_keychain");
    if session.vault.keychain_answers() {
        return Check::good(what, words.say("terminal.doctor_keychain_answers"));
    }
    Check::of(words, what, Health::Look, &Fault::new(Code::NoKeychain))
}

/// A clock before this program was written cannot be right.
fn clock(words: &Words, clock: Clock) -> Check {
    let what = words.say("terminal.doctor_clock");
    let now = clock.now();
    let text = match clock {
        Clock::System => now.to_string(),
        Clock::Fixed(at) => words.fill("terminal.fixed_clock", &[("now", &at.to_string())]),
    };
    let written = Timestamp::constant(1_767_225_600, 0);
    if now < written {
        let text = words.fill("terminal.doctor_clock_wrong", &[("now", &text)]);
        return Check {
            what,
            health: Health::Bad,
            text,
        };
    }
    Check::good(what, text)
}

async fn connection(words: &Words, handle: &Handle, account: &AccountFacts) -> Check {
    let what = words.fill("terminal.doctor_account", &[("account", &account.name)]);
    match handle.test_account(&account.name).await {
        Ok(listed) => Check::good(what, words.count("count.folders", listed.len() as u64, &[])),
        Err(error) => Check::of(words, what, Health::Bad, &fault::of(&error)),
    }
}

/// Removes the ledger with its copies, the lists of breaches, the sample, and every password of
/// its accounts. Nothing else in the data folder is touched.
pub fn reset(session: &Session, args: &ResetArgs) -> Result<Outcome> {
    let (terminal, words) = (session.terminal, session.words());
    let data = &session.data;
    if !data.exists() {
        terminal.done(&words.say("terminal.reset_done"));
        return Ok(Outcome::Done);
    }
    let question = words.fill(
        "terminal.reset_ask",
        &[("path", &data.display().to_string())],
    );
    if !args.yes && !terminal.agreed(&question)? {
        terminal.done(&words.say("terminal.kept_all"));
        return Ok(Outcome::NotDone);
    }
    let lock = ReadingLock::take(data)?;
    if ledger_path(data).exists() {
        // Opening it refuses a file that is no ledger of ours: then nothing is removed.
        let accounts = Store::open(data)?.accounts()?;
        for account in &accounts {
            session.vault.forget(&account.name)?;
        }
    }
    let sample = monitor::surface::sample_folder(data);
    if sample.join("truth.json").exists() {
        fs::remove_dir_all(&sample)?;
    }
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let ours = ["ledger.sqlite", "ledger.before-"];
        let ours = ours.iter().any(|beginning| name.starts_with(beginning));
        if ours {
            fs::remove_file(entry.path())?;
        }
    }
    monitor::catalogue::remove(data)?;
    drop(lock);
    gone(fs::remove_file(data.join("ledger.lock")))?;
    remove_if_empty(data)?;
    terminal.done(&words.say("terminal.reset_done"));
    Ok(Outcome::Done)
}

fn gone(removed: std::io::Result<()>) -> std::io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

fn remove_if_empty(folder: &Path) -> std::io::Result<()> {
    if fs::read_dir(folder)?.next().is_none() {
        fs::remove_dir(folder)?;
    }
    Ok(())
}
