//! Exports of other programs: password managers, browsers, alias providers, tables that nobody has
//! seen; and our own. What belongs here: how a file is recognised and read ([`parse`]), the fact that an
//! entry is ([`Entry`]), the child process in which all of that happens ([`worker`]), and what an
//! import would do to a ledger ([`plan`]). The ledger itself is elsewhere.
//!
//! Passwords, one-time codes and user names that are no addresses are dropped where they are read.
//! No type here that can be written down has a place for them.

mod bitwarden;
mod columns;
mod entry;
mod format;
mod json;
mod mail;
mod onepassword;
mod own;
mod plan;
mod proton;
mod rows;
mod table;
pub mod worker;
mod zipped;

pub use columns::Role;
pub use entry::{Alias, Entry, Place};
pub use format::Format;
pub use plan::{
    Disclosed, Given, Known, KnownService, NewAddress, NewService, Outcome, Plan, Row, Which,
    Whose, Why, plan,
};

use crate::exported::Exported;
use crate::fault::{Code, Fault};
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// Largest file, and largest file in a zip, in bytes: many times the largest vault.
pub const LARGEST: u64 = 64 * 1024 * 1024;
/// Most entries: many times the largest vault.
pub const MOST_ENTRIES: usize = 100_000;

/// What is asked about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The format that the user named.
    pub format: Option<Format>,
    /// What the user said that columns are, by their names.
    pub columns: BTreeMap<String, Role>,
}

/// A column of a table that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name; a number where the table has no names.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// What stands in it: hosts, addresses, dates or names; nothing else is shown.
    pub samples: Vec<String>,
}

/// What stands in an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// Its format.
    pub format: Format,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// The columns of a table that is not known.
    pub columns: Vec<Column>,
    /// What tables with these columns are known by; empty where they have no names.
    pub key: String,
    /// Its entries, in the order of the file.
    pub entries: Vec<Entry>,
    /// What an export of our own holds; it has no entries.
    pub exported: Option<Exported>,
    /// Rows whose cells do not fit the columns.
    pub damaged: u64,
    /// Entries that are no logins: notes, cards, identities.
    pub others: u64,
}

impl Parsed {
    fn new(format: Format) -> Parsed {
        Parsed {
            format,
            sha256: String::new(),
            columns: Vec::new(),
            key: String::new(),
            entries: Vec::new(),
            exported: None,
            damaged: 0,
            others: 0,
        }
    }

    /// Whether it is known where the user's addresses stand, or some were found elsewhere.
    pub fn has_addresses(&self) -> bool {
        let found = |entry: &Entry| !entry.addresses.is_empty();
        self.columns.is_empty()
            || self.columns.iter().any(|c| c.role == Role::Address)
            || self.entries.iter().any(found)
    }

    /// What an import of it would do to a ledger at an instant in UTC seconds.
    pub fn plan(&self, known: &Known, now: i64) -> Plan {
        match &self.exported {
            Some(exported) => plan::own(exported, known),
            None => plan(&self.entries, known, now),
        }
    }

    /// Adds an entry.
    fn push(&mut self, entry: Entry) -> Result<()> {
        if self.entries.len() >= MOST_ENTRIES {
            return Err(Fault::new(Code::ImportTooMany).into());
        }
        self.entries.push(entry);
        Ok(())
    }
}

/// Reads an export. The format is found by content.
///
/// # Errors
/// [`Code::ImportTooLarge`], [`Code::ImportEncrypted`], [`Code::ImportUnknown`],
/// [`Code::ImportIsMail`], [`Code::ImportDamaged`], [`Code::ImportTooMany`],
/// [`Code::ImportUnpacks`], [`Code::ExportNewer`], [`Code::NoSuchColumn`].
pub fn parse(bytes: Zeroizing<Vec<u8>>, ask: &Ask) -> Result<Parsed> {
    if bytes.len() as u64 > LARGEST {
        return Err(Fault::new(Code::ImportTooLarge).into());
    }
    let sha256 = hexadecimal(&bytes);
    let mut parsed = read(bytes, ask)?;
    let is_table = parsed.format.roles(&[]).is_some() || parsed.format == Format::Table;
    if ask.format.is_some_and(|said| said != parsed.format) && !is_table {
        return Err(Fault::new(Code::ImportUnknown).into());
    }
    parsed.sha256 = sha256;
    Ok(parsed)
}

fn read(bytes: Zeroizing<Vec<u8>>, ask: &Ask) -> Result<Parsed> {
    // A database of KeePass, a message of PGP, a file of age.
    let locked: [&[u8]; 3] = [
        b"\x03\xd9\xa2\x9a",
        b"-----BEGIN PGP MESSAGE",
        b"age-encryption.org",
    ];
    if locked.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Fault::new(Code::ImportEncrypted).into());
    }
    if mail::is_mail(&bytes) {
        return Err(Fault::new(Code::ImportIsMail).into());
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return json::read(&zipped::inside(&bytes)?);
    }
    let text = table::decoded(bytes)?;
    if text.trim_start().starts_with(['{', '[']) {
        return json::read(text.as_bytes());
    }
    rows::read(&text, ask)
}

/// SHA-256 in hexadecimal digits.
fn hexadecimal(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
