//! Services that the mail itself shows and that are not on record yet, for the user to say.

use super::types::ProposalRow;
use crate::clock::civil_day;
use crate::ledger::Picture;
use crate::store::Store;
use crate::words::Words;
use anyhow::Result;
use exposure::AddressKind;
use exposure::attribution::is_dedicated;
use exposure::proposals::{Proposal, Writers};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// So many addresses are named in a row.
const NAMED: usize = 3;

/// The services that the mail shows, strongest first, without those that are on record or were
/// dismissed. An address that was made for one service is left to that service: who else writes
/// there is a cousin or a stranger, and a lookout address has no services.
///
/// # Errors
/// Those of SQLite.
pub fn proposed(picture: &Picture, store: &Store) -> Result<Vec<Proposal>> {
    let of_one: BTreeSet<i64> = picture
        .ledger
        .addresses
        .iter()
        .filter(|address| is_dedicated(address) || address.kind == AddressKind::Control)
        .map(|address| address.id)
        .collect();
    let mut known = store.dismissed()?;
    let services = picture.services.iter().flat_map(|s| &s.domains);
    known.extend(services.map(|(org, _, _)| *org));
    for address in &picture.addresses {
        let own = exposure::org_domain(address.spec.domain());
        known.extend(store.known_domain(&own)?);
    }
    let mut writers = Writers::default();
    let day = |at: i64| civil_day(at, &picture.zone);
    store.letters(day, |letter| {
        if !of_one.contains(&letter.address) {
            writers.add(letter);
        }
    })?;
    let mut all = writers.proposals();
    all.retain(|proposal| !proposal.domains.iter().any(|(org, _)| known.contains(org)));
    Ok(all)
}

/// The same in words.
///
/// # Errors
/// Those of SQLite.
pub fn proposals(picture: &Picture, store: &Store, words: &Words) -> Result<Vec<ProposalRow>> {
    let all = proposed(picture, store)?;
    Ok(all
        .iter()
        .map(|proposal| row(picture, words, proposal))
        .collect())
}

fn specs(picture: &Picture, proposal: &Proposal) -> Vec<String> {
    let spec = |id: i64| picture.addresses.iter().find(|a| a.id == id);
    let contacts = proposal.contacts.iter();
    contacts
        .filter_map(|contact| Some(spec(contact.address)?.spec.to_string()))
        .collect()
}

fn row(picture: &Picture, words: &Words, proposal: &Proposal) -> ProposalRow {
    let addresses = specs(picture, proposal);
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
///
/// # Errors
/// Those of SQLite.
pub fn proposals_json(picture: &Picture, store: &Store) -> Result<Value> {
    let all = proposed(picture, store)?;
    let one = |proposal: &Proposal| {
        let contacts: Vec<Value> = proposal
            .contacts
            .iter()
            .zip(specs(picture, proposal))
            .map(|(contact, address)| {
                json!({"address": address, "first": contact.first.to_string(), "last": contact.last.to_string(),
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
    Ok(all.iter().map(one).collect())
}
