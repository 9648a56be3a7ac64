//! Reading of mail headers: raw header lines become facts and a list of oddities. Reading never
//! fails; a broken header is a fact ([`Oddity`]).

use crate::{AddrSpec, Auth, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// What the header of one message says. Bodies are never looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageFacts {
    /// First 16 bytes of SHA-256 over the raw values of Message-ID, Date, From, Subject, each
    /// trimmed, NUL between.
    pub identity: [u8; 16],
    /// The date of the topmost `Received` line that parses, UTC seconds.
    pub received_at: Option<i64>,
    /// The `Date` header, UTC seconds; never trusted while anything better exists.
    pub date: Option<i64>,
    /// The first From address.
    pub from: Option<AddrSpec>,
    /// The display name of the first From address, decoded and safe to show.
    pub from_name: String,
    /// The domain of Return-Path (envelope sender), lower case.
    pub envelope_domain: Option<String>,
    /// Subject, decoded and safe to show, at most 120 characters.
    pub subject: String,
    /// The identifier inside `List-Id`, lower case.
    pub list: Option<String>,
    /// The alias provider that forwarded the message, by its own header.
    pub relay: Option<String>,
    /// What the user's own receiver says of the From domain.
    pub auth: Auth,
    /// The verdict of the user's own server in a header; only headers above the first `Received`
    /// line that the user's own server did not write count.
    pub by_header: Verdict,
    /// The verdict of a label or mark of a mail program that stands in the header (archives:
    /// `X-Gmail-Labels`, `X-Mozilla-Keys`).
    pub by_label: Verdict,
    /// Every address it may have been sent to, nearest the sender first, each once.
    pub candidates: Vec<Candidate>,
    /// Display names by address in To and Cc, decoded and safe to show.
    pub names: BTreeMap<AddrSpec, String>,
    /// What was odd about the header.
    pub oddities: BTreeSet<Oddity>,
}

/// One address that a message may have been sent to, and the header that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The address.
    pub spec: AddrSpec,
    /// Where it stands.
    pub stands_in: StandsIn,
}

/// The headers that can name a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StandsIn {
    /// To or Cc: every own address here counts.
    ToCc,
    /// Written by the receiving side: Delivered-To, X-Original-To, Envelope-To, Received … for …
    Envelope,
}

/// Something wrong with a header. Bad mail is a fact, not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Oddity {
    /// No Message-ID.
    NoMessageId = 0,
    /// No readable From.
    NoFrom = 1,
    /// More than one From header.
    SeveralFrom = 2,
    /// No readable Date.
    NoDate = 3,
    /// `Date` is more than two days away from the topmost Received line.
    DateFarOff = 4,
    /// No readable recipient at all.
    NoRecipient = 5,
    /// Bytes that are no valid text in any declared charset.
    BadCharset = 6,
    /// A line of more than 998 bytes.
    LongLine = 7,
    /// The header was cut at the reading limit.
    Cut = 8,
    /// Lines that are no header fields.
    StrayLines = 9,
}

/// What the reader knows about the user's own server when it reads a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receiver {
    /// Organisational domains of the user's own servers and addresses. An
    /// `Authentication-Results` whose authserv-id is of another organisation is believed only
    /// when a `Received` line above or directly below it was written `by` that organisation.
    pub orgs: BTreeSet<String>,
}
