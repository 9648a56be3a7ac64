//! How far a mailbox was read, and what of its messages is wanted: what the ledger and the mail
//! sources say to one another through the actor, without knowing each other.

use exposure::{Role, Wanted};

/// A mailbox as the source lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name, decoded for people (modified UTF-7 undone); unique in the account.
    pub name: String,
    /// The role by SPECIAL-USE, else by its well-known name.
    pub role: Role,
}

/// How far a mailbox was read: every UID from `oldest_uid` to `newest_uid` is in the ledger.
/// Archives count messages by their place in the file and use `uidvalidity` as a fingerprint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// UIDVALIDITY under which the UIDs below hold; 0 when never read.
    pub uidvalidity: u32,
    /// Lowest UID read; 0 when nothing was read yet.
    pub oldest_uid: u32,
    /// Highest UID read (or known not to exist).
    pub newest_uid: u32,
    /// HIGHESTMODSEQ up to which flags are known; 0 without CONDSTORE.
    pub modseq: u64,
}

/// A listed mailbox with what the ledger knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its name as listed.
    pub name: String,
    /// Its role, the user's word before the server's.
    pub role: Role,
    /// How far it was read.
    pub cursor: Cursor,
    /// How many of its UIDs the ledger has (sightings).
    pub sightings: u64,
    /// The first reading has not been completed yet.
    pub backfill: bool,
}

/// A message of which a part is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    /// The ledger's number of the message.
    pub message: i64,
    /// The name of the mailbox in which it lies.
    pub mailbox: String,
    /// Its UID there (archives: its place).
    pub uid: u32,
    /// What is wanted of it.
    pub what: Wanted,
    /// Its subject, where that is kept.
    pub subject: String,
}
