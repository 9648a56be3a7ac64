//! The small read-only parts of Overview.

use super::AddressLink;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Mail in Junk that is perhaps none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MisfiledCard {
    /// "2 messages from people you write with are in the junk folder.", one for each kind.
    pub sentences: Vec<String>,
    /// The newest.
    pub rows: Vec<MisfiledRow>,
    /// "3 more"; empty when all are listed.
    pub more: String,
    /// How many claim to come from a known sender and are not verified; empty when none does.
    pub unverified: String,
}

/// One message of them. Its subject is none of anybody's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MisfiledRow {
    /// The message's number.
    pub message: i64,
    /// What the sender is called.
    pub who: String,
    /// The address in From.
    pub sender: String,
    /// Why it is perhaps not junk, in words.
    pub why: String,
    /// The address that it came to.
    pub address: AddressLink,
    /// "today 9:41".
    pub when: String,
}

/// An address meant for people that services have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExceptionRow {
    /// The address.
    pub address: AddressLink,
    /// "3 services have your work address."
    pub sentence: String,
    /// Their names, the first of them where there are many.
    pub services: String,
}
