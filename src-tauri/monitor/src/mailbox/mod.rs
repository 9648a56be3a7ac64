//! Mail sources: an IMAP account ([`imap`]) and mail on this PC ([`archive`]). A source reads and
//! reports; it never decides and never touches the ledger. Everything it finds goes through one
//! channel of [`Report`]s, and a batch counts only when its report was answered.

pub mod archive;
mod bodies;
pub mod imap;
mod reports;
mod roles;
pub mod thunderbird;
mod utf7;

pub use crate::cursor::{Cursor, Known, Listed, Want};
pub use crate::secret::Secret;
pub use crate::trust::{Fingerprint, Trust};
pub use bodies::{Body, Found};
use exposure::Security;
use std::ops::RangeInclusive;
use tokio::sync::oneshot;

/// How to reach and enter an IMAP account.
#[derive(Clone)]
pub struct Login {
    /// Host name or address as the user gave it (also what the certificate must be valid for).
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// Login name.
    pub login: String,
    /// What the server lets us in for; never logged, never in an error.
    pub credential: Credential,
    /// Whom the connection believes.
    pub trust: Trust,
    /// Whether the server may compress what it sends: worth it over a network, not on this PC.
    pub compress: bool,
}

/// What a server lets somebody in for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A password.
    Password(Secret),
    /// An access token of an OAuth 2.0 sign-in.
    Token(Secret),
}

/// One message as fetched: its header lines and what the server says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// UID (archives: place in the file, from 1).
    pub uid: u32,
    /// INTERNALDATE, UTC seconds; `None` in archives.
    pub internal_date: Option<i64>,
    /// Size in bytes.
    pub size: u32,
    /// Keywords that are a verdict.
    pub mark: Mark,
    /// The named header lines, as they came.
    pub header: Vec<u8>,
}

/// A verdict that a mail program set as a keyword on the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// None.
    #[default]
    None,
    /// $Junk or Junk.
    Junk,
    /// $NotJunk, NotJunk or NonJunk.
    NotJunk,
}

/// What is known of messages that went away from a mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Gone {
    /// Nothing.
    #[default]
    Unknown,
    /// All but these UIDs.
    Except(Vec<u32>),
    /// Those in these ranges of UIDs.
    These(Vec<RangeInclusive<u32>>),
}

/// What one round trip brought, to be recorded in one transaction with `cursor`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Name of the mailbox.
    pub mailbox: String,
    /// New messages, newest first.
    pub messages: Vec<Fetched>,
    /// Keywords of messages that are already known: (UID, mark now).
    pub marks: Vec<(u32, Mark)>,
    /// What is known of messages that went away.
    pub gone: Gone,
    /// Where reading stands afterwards.
    pub cursor: Cursor,
    /// UIDVALIDITY changed: sightings of this mailbox are void before this batch.
    pub restart: bool,
}

/// The end of a complete scan of one mailbox: everything that lies there is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complete {
    /// Name of the mailbox.
    pub mailbox: String,
    /// Messages that lie there now.
    pub messages: u64,
    /// Where reading stands.
    pub cursor: Cursor,
}

/// How far a reading is, for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Messages read in this scan.
    pub read: u64,
    /// Messages that this scan has to read in all, as far as known.
    pub total: u64,
}

/// What a source has to say. Each is answered when the ledger has it; a source that gets no
/// answer (the receiver is gone) ends.
#[derive(Debug)]
pub enum Report {
    /// The mailboxes of the account; the answer says what is known of each.
    Listed(Vec<Listed>, oneshot::Sender<Vec<Known>>),
    /// Facts to be recorded; the answer says how many known messages went away with them.
    Batch(Batch, oneshot::Sender<anyhow::Result<u64>>),
    /// A mailbox was read to its end.
    Complete(Complete, oneshot::Sender<anyhow::Result<()>>),
    /// Asks of which message a part is to be read next; `None` when of none.
    Wanted(oneshot::Sender<Option<Want>>),
    /// What was wanted of a message; answered when what a rule makes of it is in the ledger.
    Body(Body, oneshot::Sender<anyhow::Result<()>>),
    /// How far it is; never answered.
    Progress(Progress),
}

/// What a scan cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Messages whose headers were fetched.
    pub messages_seen: u64,
    /// Commands sent and answered.
    pub round_trips: u64,
    /// Bytes received (inside TLS: what the server sent in plain).
    pub bytes_in: u64,
}
