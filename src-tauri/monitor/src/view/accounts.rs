//! The Mailboxes screen, and the question "which of these addresses are yours?".

use super::types::{AccountRow, CandidateRow, MailboxRow, ScanProgress};
use crate::clock::civil_day;
use crate::fault::{Code, Fault};
use crate::handle::Activity;
use crate::ledger::Picture;
use crate::store::{AccountFacts, Entry, Store};
use crate::words::Words;
use anyhow::Result;
use exposure::JunkFolder;
use std::time::Instant;

/// The host of Gmail, which may hide its Spam folder from mail programs.
const GMAIL: &str = "imap.gmail.com";
/// A candidate that got this share of the unclaimed mail is likely the user's.
const LIKELY_SHARE: u64 = 10;
/// How many candidates are asked about.
const CANDIDATES: usize = 50;

/// Accounts with their mailboxes and how far reading is.
pub fn accounts(picture: &Picture, words: &Words, activity: &Activity) -> Vec<AccountRow> {
    picture
        .accounts
        .iter()
        .map(|account| row(picture, words, account, activity))
        .collect()
}

/// Whether another password would help.
fn wants_password(fault: &Fault) -> bool {
    matches!(
        fault.code,
        Code::PasswordMissing | Code::PasswordRefused | Code::PasswordCommand
    )
}

fn row(
    picture: &Picture,
    words: &Words,
    account: &AccountFacts,
    activity: &Activity,
) -> AccountRow {
    let running = activity.running.get(&account.id);
    let prospect = activity.prospects.get(&account.id);
    let fault = account.fault.as_deref().and_then(|json| {
        let value = serde_json::from_str(json).ok()?;
        Fault::read(&value)
    });
    let progress = running.map(|r| ScanProgress {
        read: r.progress.read,
        total: r.progress.total.max(r.progress.read),
        text: words.progress(
            r.progress.read,
            r.progress.total,
            r.since.elapsed().as_secs_f64(),
        ),
    });
    let state = match (running, &fault, account.scanned_at) {
        (Some(_), _, _) => words.say("account.reading_soon"),
        (None, Some(fault), _) if fault.code == Code::SignInAgain => {
            words.say("account.sign_in_again")
        }
        (None, Some(_), _) => match prospect {
            Some(prospect) => {
                let wait = prospect.next.saturating_duration_since(Instant::now());
                words.fill("account.again", &[("wait", &words.length(wait.as_secs()))])
            }
            None => words.say("account.trouble"),
        },
        (None, None, Some(at)) => {
            let ago = words.ago(picture.now.as_second() - at);
            let key = match prospect {
                Some(prospect) if prospect.listening => "account.listening",
                Some(_) | None => "account.up_to_date",
            };
            words.fill(key, &[("ago", &ago)])
        }
        (None, None, None) => words.say("account.never"),
    };
    let (detail, security) = match &account.entry {
        Entry::Imap {
            host,
            port,
            security,
            ..
        } => (
            words.fill(
                "account.server",
                &[("host", host), ("port", &port.to_string())],
            ),
            Some(*security),
        ),
        Entry::Archive { .. } => (words.say("account.local"), None),
    };
    let hidden = account.backfilled_at.is_some()
        && picture.junk_folders.get(&account.id) == Some(&JunkFolder::NotVisible);
    AccountRow {
        id: account.id,
        name: account.name.clone(),
        detail,
        security,
        state,
        reading: running.is_some(),
        progress,
        enter_password: fault.as_ref().is_some_and(wants_password),
        sign_in_again: fault.as_ref().is_some_and(|f| f.code == Code::SignInAgain),
        fault: fault
            .map(|f| words.fault_in_window(&f))
            .map(|(text, action)| format!("{text} {action}"))
            .unwrap_or_default(),
        junk_folder: if hidden {
            hidden_folder(words, account)
        } else {
            String::new()
        },
        mailboxes: picture
            .mailboxes
            .iter()
            .filter(|m| m.account == account.id && m.listed)
            .map(|m| MailboxRow {
                id: m.id,
                name: m.name.clone(),
                role: m.role,
                role_text: words.say(&format!("role.{}", m.role.word())),
                by_user: m.role_by_user,
                messages: m.sightings,
            })
            .collect(),
    }
}

/// Why an account's junk cannot be counted, and what its provider lets one do about it.
pub(super) fn hidden_folder(words: &Words, account: &AccountFacts) -> String {
    match &account.entry {
        Entry::Imap { host, .. } if host == GMAIL => words.say("overview.junk_hidden_gmail"),
        Entry::Imap { .. } | Entry::Archive { .. } => words.say("overview.junk_hidden"),
    }
}

/// Addresses found in mail that may be the user's, most mail first.
///
/// # Errors
/// Those of SQLite.
pub fn candidates(picture: &Picture, store: &Store, words: &Words) -> Result<Vec<CandidateRow>> {
    let refused = store.refused()?;
    let open: Vec<_> = store
        .unclaimed()?
        .into_iter()
        .filter(|(spec, _, _)| !refused.contains(&spec.to_string()))
        .collect();
    let all: u64 = open.iter().map(|(_, count, _)| count).sum();
    Ok(open
        .into_iter()
        .take(CANDIDATES)
        .map(|(spec, messages, first)| {
            let since = civil_day(first, &picture.zone)
                .map(|day| words.month_year(day))
                .unwrap_or_default();
            CandidateRow {
                address: spec.to_string(),
                messages,
                detail: words.count("candidate.detail", messages, &[("since", &since)]),
                likely: messages * LIKELY_SHARE >= all,
            }
        })
        .collect())
}
