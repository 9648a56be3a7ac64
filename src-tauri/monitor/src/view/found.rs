//! Mail of other programs on this PC, as choices.

use super::types::{FoundArchive, FoundServer};
use crate::mailbox::thunderbird::FoundAccount;
use crate::store::{AccountFacts, Entry};
use crate::words::Words;
use exposure::show::shown;
use std::path::Path;

/// Longest text of a choice, in characters.
const LONGEST: usize = 200;

/// What was found, with what of it is read already.
pub fn found_archives(
    words: &Words,
    accounts: &[AccountFacts],
    found: &[FoundAccount],
) -> Vec<FoundArchive> {
    found
        .iter()
        .map(|account| row(words, accounts, account))
        .collect()
}

fn row(words: &Words, accounts: &[AccountFacts], found: &FoundAccount) -> FoundArchive {
    let title = [("account", shown(&found.name, LONGEST))];
    let title = title
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let addresses: Vec<String> = found.addresses.iter().map(ToString::to_string).collect();
    let mailboxes = u64::try_from(found.mailboxes).unwrap_or(u64::MAX);
    let is_connected = |account: &AccountFacts| match &account.entry {
        Entry::Imap { .. } => addresses
            .iter()
            .any(|address| account.name.eq_ignore_ascii_case(address)),
        Entry::Archive { .. } => false,
    };
    FoundArchive {
        title: words.fill("archive.thunderbird", &title),
        path: found
            .folder
            .as_deref()
            .map(|folder| folder.display().to_string()),
        mailboxes: words.count("count.folders", mailboxes, &[]),
        added: found
            .folder
            .as_deref()
            .is_some_and(|folder| accounts.iter().any(|account| covers(account, folder))),
        connected: accounts.iter().any(is_connected),
        server: found.server.as_ref().map(|server| FoundServer {
            host: server.host.clone(),
            port: server.port,
            security: server.security,
            login: server.login.clone(),
        }),
        addresses,
    }
}

/// Whether a folder lies at or below one that is read.
fn covers(account: &AccountFacts, folder: &Path) -> bool {
    match &account.entry {
        // What was recorded is the real path; a folder that cannot be resolved is compared as it is.
        Entry::Archive { path } => std::fs::canonicalize(folder)
            .unwrap_or_else(|_| folder.to_owned())
            .starts_with(path),
        Entry::Imap { .. } => false,
    }
}
