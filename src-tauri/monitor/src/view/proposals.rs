//! Services that the mail itself shows and that are not on record yet, for the user to say.

use super::types::ProposalRow;
use crate::ledger::{Found, Picture};
use crate::words::Words;
use serde_json::{Value, json};

/// So many addresses are named in a row.
const NAMED: usize = 3;

/// The services that the mail shows, in words, strongest first.
pub fn proposals(picture: &Picture, words: &Words) -> Vec<ProposalRow> {
    let all = picture.found.iter();
    all.map(|found| row(picture, words, found)).collect()
}

fn row(picture: &Picture, words: &Words, found: &Found) -> ProposalRow {
    let proposal = &found.proposal;
    let addresses: Vec<String> = found.specs.iter().map(ToString::to_string).collect();
    let first = proposal.contacts.iter().min_by_key(|contact| contact.first);
    let last = proposal.contacts.iter().map(|contact| contact.last).max();
    let day = |day: Option<jiff::civil::Date>| {
        day.map(|day| words.day(day, picture.today))
            .unwrap_or_default()
    };
    let kind = first.map_or("other", |contact| contact.kind.word());
    let once = proposal.messages == 1;
    let detail = words.fill(
        if once {
            "proposal.detail_one"
        } else {
            "proposal.detail"
        },
        &[
            (
                "count",
                &words.count("count.messages", u64::from(proposal.messages), &[]),
            ),
            ("first", &day(first.map(|contact| contact.first))),
            ("kind", &words.say(&format!("proposal.kind.{kind}"))),
            ("last", &day(last)),
        ],
    );
    let more = addresses.len().saturating_sub(NAMED) as u64;
    let named: Vec<String> = addresses.iter().take(NAMED).cloned().collect();
    let mut has = words.list(&named);
    if more > 0 {
        let more = words.count("count.addresses", more, &[]);
        has = words.fill("proposal.more", &[("list", &has), ("more", &more)]);
    }
    ProposalRow {
        id: found.service(),
        name: exposure::show::shown(&proposal.name, 80),
        domains: proposal
            .domains
            .iter()
            .map(|(_, name)| name.clone())
            .collect(),
        has,
        detail,
        sure: proposal.about_account > 0,
    }
}

/// `proposals --json`.
pub fn proposals_json(picture: &Picture) -> Value {
    let one = |found: &Found| {
        let proposal = &found.proposal;
        let contacts: Vec<Value> = proposal
            .contacts
            .iter()
            .zip(&found.specs)
            .map(|(contact, address)| {
                json!({"address": address.to_string(), "first": contact.first.to_string(), "last": contact.last.to_string(),
                       "first_mail": contact.kind.word(), "messages": contact.messages})
            })
            .collect();
        let domains: Vec<&str> = proposal
            .domains
            .iter()
            .map(|(_, name)| name.as_str())
            .collect();
        json!({"service": proposal.name, "domains": domains, "messages": proposal.messages,
               "about_account": proposal.about_account, "addresses": contacts})
    };
    picture.found.iter().map(one).collect()
}
