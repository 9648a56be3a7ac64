//! Coverage: on which days the junk, or all mail, of an account could be seen at all.

use crate::Role;
use jiff::civil::Date;

/// A mailbox with its complete scans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxFacts {
    /// The ledger's number of the mailbox.
    pub id: i64,
    /// The ledger's number of its account.
    pub account: i64,
    /// Its role.
    pub role: Role,
    /// How long messages stay in it, by the user's word or the provider's known value, in days.
    pub retention_days: Option<u32>,
    /// Complete scans, ascending by day.
    pub scans: Vec<Scan>,
    /// An archive is a file: it covers its first to its last message and nothing else.
    pub archive: bool,
}

/// One complete scan of a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The civil day on which it finished.
    pub day: Date,
    /// The civil day of the oldest message that lay there; `None` when it was empty.
    pub oldest: Option<Date>,
    /// The civil day of the newest message that lay there.
    pub newest: Option<Date>,
    /// How many messages lay there.
    pub messages: u64,
}
