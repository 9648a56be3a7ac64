//! By what an answer to one's own mail is recognised: a hash of the Message-ID (RFC 5322, 3.6.4).
//! The identifiers themselves are not kept anywhere.
//!
//! `References` is not asked for: it grows with the conversation, and beside `In-Reply-To` it only
//! adds answers to other people's answers.

use super::fields::Fields;
use sha2::{Digest, Sha256};

/// The first 8 bytes of SHA-256 of a Message-ID without its brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdHash(i64);

impl IdHash {
    /// The number that stands in the ledger.
    pub const fn code(self) -> i64 {
        self.0
    }

    fn of(value: &[u8]) -> Option<IdHash> {
        let opened = memchr::memchr(b'<', value).map_or(0, |at| at + 1);
        let value = value.get(opened..).unwrap_or_default();
        let end = memchr::memchr(b'>', value).unwrap_or(value.len());
        // A folded identifier has white space inside.
        let mut id = value.get(..end).unwrap_or_default().to_vec();
        id.retain(|byte| !byte.is_ascii_whitespace());
        if id.is_empty() {
            return None;
        }
        let mut first = [0; 8];
        for (to, from) in first.iter_mut().zip(Sha256::digest(&id)) {
            *to = from;
        }
        Some(IdHash(i64::from_be_bytes(first)))
    }
}

/// The hash of a message's own Message-ID, from its header lines; `None` where it has none.
pub fn own_id(header: &[u8]) -> Option<IdHash> {
    IdHash::of(Fields::split(header).first("message-id")?)
}

/// The hash of the Message-ID that a message answers; of several the first.
pub fn answered_id(header: &[u8]) -> Option<IdHash> {
    IdHash::of(Fields::split(header).first("in-reply-to")?)
}
