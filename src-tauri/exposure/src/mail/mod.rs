//! Reading of mail headers: raw header lines become facts and a list of oddities. Reading never
//! fails; a broken header is a fact ([`Oddity`]). Of the few mails whose text a rule asks for,
//! [`body_text`] reads that too.
//!
//! [`read`] goes through the rooms below: `fields` splits lines, `decode` makes text, `received`
//! and `authentication` say how it came, `filter` what the user's own server thought of it,
//! `recipients` whom it was for, `relays` what an alias provider changed, `campaign` which mailing it is a copy of,
//! `answers` which message it answers, `parts` what it carries.

mod answers;
mod authentication;
mod body;
mod campaign;
mod decode;
mod fields;
mod filter;
mod parts;
mod received;
mod recipients;
mod relays;

pub use answers::{IdHash, answered_id, own_id};
pub use body::{TEXT_LIMIT, body_text};
pub use campaign::campaign;
pub use parts::{Encoding, Part, file_name, parts};
pub use received::arrival;
pub use recipients::{ForWhom, Own, for_whom};
pub use relays::is_relay_domain;

use crate::show::shown;
use fields::Fields;
use sha2::{Digest, Sha256};

/// The header fields that are read, and nothing else of a message: the list for
/// `BODY.PEEK[HEADER.FIELDS (…)]`.
pub const HEADER_FIELDS: &[&str] = &[
    "Message-ID",
    "In-Reply-To",
    "Date",
    "From",
    "Subject",
    "To",
    "Cc",
    "Return-Path",
    "List-Id",
    "List-Unsubscribe",
    "Received",
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Forwarded-To",
    "Resent-To",
    "Authentication-Results",
    "X-Spam-Flag",
    "X-Spam-Status",
    "X-Spam",
    "X-Spam-Action",
    "X-Forefront-Antispam-Report",
    "X-MS-Exchange-Organization-SCL",
    "X-AnonAddy-Spam",
    "X-AnonAddy-Original-To",
    "X-AnonAddy-Original-Sender",
    "X-AnonAddy-Original-From-Header",
    "X-AnonAddy-Authentication-Results",
    "X-SimpleLogin-Type",
    "X-SimpleLogin-Envelope-To",
    "X-SimpleLogin-Envelope-From",
    "X-SimpleLogin-Original-From",
    "Duck-Original-To",
    "Duck-Original-From",
    "X-ICLOUD-HME",
    "Resent-From",
    "Content-Type",
];

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
    /// Who sent it: the first From address, or the one that an alias provider puts in its place.
    pub from: Option<AddrSpec>,
    /// The display name of the sender, decoded and safe to show.
    pub from_name: String,
    /// The domain of Return-Path (envelope sender), lower case.
    pub envelope_domain: Option<String>,
    /// Subject, decoded and safe to show, at most 120 characters.
    pub subject: String,
    /// It may carry a file, by its own type.
    pub carries: bool,
    /// The identifier inside `List-Id`, lower case.
    pub list: Option<String>,
    /// It can be unsubscribed from (`List-Unsubscribe`, RFC 2369).
    pub subscribed: bool,
    /// The alias provider that forwarded the message, by its own header.
    pub relay: Option<String>,
    /// The alias that an alias provider says it was sent to.
    pub alias: Option<AddrSpec>,
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

/// How many characters of a subject are kept.
const SUBJECT_LIMIT: usize = 120;
/// How many characters of a display name are kept.
const NAME_LIMIT: usize = 80;
/// How far `Date` may lie from the topmost Received line before it is odd, in seconds (two days).
const FAR_OFF: i64 = 2 * 86_400;

/// Reads the header lines of one message. Any bytes will do: what cannot be read is an oddity.
/// Linear in the length of `header`.
pub fn read(header: &[u8], receiver: &Receiver) -> MessageFacts {
    let fields = Fields::split(header);
    let mut oddities = fields.oddities.clone();
    let hops = received::hops(&fields);
    let received_at = hops.iter().find_map(|hop| hop.at);
    let date = fields
        .first("date")
        .and_then(|value| received::instant(&decode::plain(value)));
    let mut from = fields
        .first("from")
        .map(decode::addresses)
        .unwrap_or_default();
    let mut from = if from.is_empty() {
        None
    } else {
        Some(from.swap_remove(0))
    };
    let subject_raw = fields.first("subject").unwrap_or_default();
    let subject = decode::text(subject_raw);
    if subject.broken {
        oddities.insert(Oddity::BadCharset);
    }
    if fields
        .first("message-id")
        .is_none_or(|value| value.is_empty())
    {
        oddities.insert(Oddity::NoMessageId);
    }
    if from.is_none() {
        oddities.insert(Oddity::NoFrom);
    }
    if fields.all("from").count() > 1 {
        oddities.insert(Oddity::SeveralFrom);
    }
    match (date, received_at) {
        (None, _) => {
            oddities.insert(Oddity::NoDate);
        }
        (Some(date), Some(received)) if (date - received).abs() > FAR_OFF => {
            oddities.insert(Oddity::DateFarOff);
        }
        (Some(_), Some(_) | None) => {}
    }
    let (candidates, names) = recipients::collect(&fields, &hops);
    if candidates.is_empty() {
        oddities.insert(Oddity::NoRecipient);
    }
    let relayed = relays::relayed(&fields, from.as_ref());
    let from_domain = from.as_ref().map(|(spec, _)| spec.domain());
    let mut auth = if oddities.contains(&Oddity::SeveralFrom) {
        // Which of them a check spoke of cannot be told.
        Auth::None
    } else {
        authentication::auth(&fields, &hops, receiver, from_domain)
    };
    let sender = relayed.as_ref().and_then(|relayed| relayed.sender.clone());
    if let (Some(relayed), Some(sender), false) = (&relayed, sender, auth == Auth::Fail) {
        auth = relayed.auth;
        from = Some(sender);
    }
    MessageFacts {
        identity: identity(&fields),
        received_at,
        date,
        auth,
        by_header: filter::by_header(&fields, &hops, receiver),
        by_label: filter::by_label(&fields),
        envelope_domain: fields
            .first("return-path")
            .and_then(recipients::envelope_domain),
        subject: shown(&subject.text, SUBJECT_LIMIT),
        carries: parts::carries(&fields),
        list: fields.first("list-id").and_then(recipients::list_id),
        subscribed: fields.first("list-unsubscribe").is_some(),
        relay: relayed.as_ref().map(|relayed| relayed.name.to_owned()),
        alias: relayed.and_then(|relayed| relayed.alias),
        from_name: from
            .as_ref()
            .map(|(_, name)| shown(name, NAME_LIMIT))
            .unwrap_or_default(),
        from: from.map(|(spec, _)| spec),
        candidates,
        names,
        oddities,
    }
}

/// The labels that a Takeout export wrote into a message (`X-Gmail-Labels`), decoded, as the user's
/// own language has them; empty where there is no such field.
pub fn labels(header: &[u8]) -> Vec<String> {
    filter::labels(&Fields::split(header))
}

/// First 16 bytes of SHA-256 over the raw values of Message-ID, Date, From, Subject, each trimmed,
/// NUL between (detection.md section 1, Identity).
fn identity(fields: &Fields<'_>) -> [u8; 16] {
    let mut hash = Sha256::new();
    for (place, name) in ["message-id", "date", "from", "subject"]
        .into_iter()
        .enumerate()
    {
        if place > 0 {
            hash.update([0]);
        }
        hash.update(fields.first(name).unwrap_or_default().trim_ascii());
    }
    let mut identity = [0; 16];
    for (to, from) in identity.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    identity
}

#[cfg(test)]
mod tests;
