//! Reading the sample back from its bytes, without help from the rooms that wrote it.

use super::super::{Folder, Sample, SampleMessage, calendar};
use super::TODAY;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use mail_parser::{Address, MessageParser};
use std::collections::BTreeSet;

/// A message as a reader finds it, without help from the room that wrote it.
pub(super) struct Read {
    pub folder: Folder,
    pub day: i64,
    pub from: String,
    pub subject: String,
    /// Own addresses in To and Cc, else the one in the deepest `Received … for`.
    pub at: BTreeSet<String>,
    pub written_to: BTreeSet<String>,
    pub marked: bool,
    pub id: Option<String>,
    pub header: String,
    pub text: String,
}

/// Every message of a sample, as it reads.
pub(super) fn read(sample: &Sample) -> Vec<Read> {
    sample
        .messages
        .iter()
        .map(|message| read_one(sample, message))
        .collect()
}

fn read_one(sample: &Sample, message: &SampleMessage) -> Read {
    let parsed = MessageParser::default()
        .parse(&message.bytes)
        .expect("every message parses");
    let specs = |field: Option<&Address<'_>>| -> BTreeSet<String> {
        field
            .into_iter()
            .flat_map(|field| field.iter())
            .filter_map(|party| party.address().map(str::to_owned))
            .collect()
    };
    let end = message
        .bytes
        .windows(4)
        .position(|part| part == b"\r\n\r\n");
    let header = String::from_utf8(message.bytes[..end.expect("a header ends")].to_vec())
        .expect("header lines are ASCII");
    let written_to: BTreeSet<String> = specs(parsed.to())
        .union(&specs(parsed.cc()))
        .cloned()
        .collect();
    let is_own =
        |spec: &String| sample.own_addresses.contains(spec) || spec.ends_with("@jun.example");
    let mut at: BTreeSet<String> = written_to
        .iter()
        .filter(|spec| is_own(spec))
        .cloned()
        .collect();
    if at.is_empty() && message.folder != Folder::Sent {
        let (_, deepest) = header
            .rsplit_once("\tfor <")
            .expect("a Received line says for whom");
        at.insert(deepest.split_once('>').expect("closed").0.to_owned());
    }
    let midnight = TODAY.saturating_sub(calendar::DAYS.days());
    let since = midnight.duration_since(date(1970, 1, 1)).as_secs() - 9 * 3600;
    Read {
        folder: message.folder,
        day: (message.arrived_at - since).div_euclid(86_400),
        from: specs(parsed.from()).into_iter().next().expect("a sender"),
        subject: parsed.subject().unwrap_or_default().to_owned(),
        at,
        written_to,
        marked: header.contains("\r\nX-Spam-Flag: YES"),
        id: parsed.message_id().map(str::to_owned),
        text: parsed.body_text(0).unwrap_or_default().into_owned(),
        header,
    }
}

/// The part after the @.
pub(super) fn domain(spec: &str) -> &str {
    spec.rsplit_once('@').expect("an address").1
}

/// A calendar date as a day of the sample year.
pub(super) fn day_of(date: Date) -> i64 {
    calendar::DAYS - TODAY.duration_since(date).as_secs() / 86_400
}
