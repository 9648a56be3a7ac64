//! Mail in Junk that is perhaps none.

use super::types::{AddressLink, MisfiledCard, MisfiledRow};
use crate::ledger::Picture;
use crate::words::Words;
use anyhow::Result;
use exposure::misfiled::Why;
use exposure::show::shown;
use jiff::Timestamp;
use serde_json::{Value, json};

/// How many messages Overview lists.
const LISTED: usize = 5;
/// Longest address, in characters.
const LONGEST: usize = 200;

/// What Overview shows of it; `None` where nothing is found.
pub(super) fn card(picture: &Picture, words: &Words) -> Option<MisfiledCard> {
    let mut card = misfiled(picture, words);
    let others = card.rows.len().saturating_sub(LISTED) as u64;
    if others > 0 {
        card.rows.truncate(LISTED);
        card.more = words.count("misfiled.more", others, &[]);
    }
    (!card.rows.is_empty()).then_some(card)
}

/// Everything that is found, newest first.
pub fn misfiled(picture: &Picture, words: &Words) -> MisfiledCard {
    let misfiled = &picture.misfiled;
    let rows = misfiled.found.iter().filter_map(|(one, why)| {
        let address = picture.addresses.iter().find(|a| a.id == one.address)?;
        let key = match why {
            Why::Person => "misfiled.person",
            Why::Answer => "misfiled.answer",
            Why::Service(_) => "misfiled.service",
        };
        Some(MisfiledRow {
            message: one.message,
            who: picture.sender(one, *why),
            sender: shown(&one.from.to_string(), LONGEST),
            why: words.say(key),
            address: AddressLink {
                id: address.id,
                address: address.spec.to_string(),
            },
            when: words.moment(one.arrived_at, &picture.zone, picture.today),
        })
    });
    MisfiledCard {
        sentences: words.misfiled(misfiled.found.iter().map(|(_, why)| *why)),
        rows: rows.collect(),
        more: String::new(),
        unverified: match misfiled.unverified {
            0 => String::new(),
            count => words.count("misfiled.unverified", u64::from(count), &[]),
        },
    }
}

/// `misfiled --json`.
///
/// # Errors
/// An arrival outside all calendars.
pub fn misfiled_json(picture: &Picture) -> Result<Value> {
    let mut messages = Vec::new();
    for (one, why) in &picture.misfiled.found {
        let address = picture.addresses.iter().find(|a| a.id == one.address);
        let (why, service) = match why {
            Why::Person => ("person", None),
            Why::Answer => ("answer", None),
            Why::Service(id) => ("service", picture.service_name(*id)),
        };
        messages.push(json!({
            "sender": one.from.to_string(),
            "name": Some(one.name.as_str()).filter(|name| !name.is_empty()),
            "why": why,
            "service": service,
            "address": address.map(|a| a.spec.to_string()),
            "arrived": Timestamp::from_second(one.arrived_at)?.to_string(),
        }));
    }
    Ok(json!({ "messages": messages, "unverified": picture.misfiled.unverified }))
}
