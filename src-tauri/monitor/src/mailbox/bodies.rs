//! What of a body is read, and only because a rule needs it: the text of a suspected notice, or
//! attachments that look like lists of people. It goes through memory to the rule and is kept
//! nowhere.

use exposure::Wanted;
use exposure::mail::Part;

/// Most bytes of a text that are fetched, as they are written.
pub(super) const TEXT_LIMIT: u64 = 256 << 10;
/// Most bytes of an attachment that are fetched, as they are written: 12 MiB in base64 with its
/// line ends.
pub(super) const LIST_LIMIT: u64 = 17 << 20;
/// Most attachments of one message that are looked into.
pub(super) const LISTS: usize = 5;

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

/// What was found of what was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// What was wanted.
    pub want: Want,
    /// What the message holds of it.
    pub found: Found,
}

/// What a message holds of what was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The message is not there any more, or cannot be read.
    Gone,
    /// A text: its own header lines (type, charset, encoding) and what follows them.
    Text(Vec<u8>),
    /// Attachments that look like lists, decoded.
    Lists(Vec<Vec<u8>>),
}

/// Whether a part of so many bytes, as they are written, is worth a look.
pub(super) fn may_be_list(part: &Part, written: u64) -> bool {
    written <= LIST_LIMIT
        && exposure::attachment::looks_like_list(&part.content_type, &part.name, written)
}
