//! Published breaches of services, and the lists that they stand in.

use super::types::{AddressLink, BreachAddress, BreachLists, BreachRow, BreachTrouble};
use crate::breaches::{Refreshed, Standing};
use crate::catalogue::List;
use crate::catalogue::fetch::News;
use crate::clock::civil_day;
use crate::fault::Fault;
use crate::ledger::{Breach, Picture};
use crate::words::Words;
use exposure::catalogue::{Blame, Entry, Source, span};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// The published breaches of a service, or of all; of the addresses that it has only `address`,
/// where one is named: a breach of a service that does not have it is left out.
pub fn breaches(
    picture: &Picture,
    words: &Words,
    service: Option<i64>,
    address: Option<i64>,
) -> Vec<BreachRow> {
    let of = picture.breaches.iter();
    of.filter(|breach| service.is_none_or(|id| id == breach.service))
        .map(|breach| row(picture, words, breach, address))
        .filter(|row| address.is_none() || !row.addresses.is_empty())
        .collect()
}

fn row(picture: &Picture, words: &Words, breach: &Breach, only: Option<i64>) -> BreachRow {
    let entry = &breach.entry;
    let unverified = match entry.blame {
        Blame::Unverified => words.say("breach.unverified"),
        Blame::Service | Blame::Nobody => String::new(),
    };
    let addresses = breach.addresses.iter();
    BreachRow {
        service_id: breach.service,
        service: service(picture, breach),
        title: entry.title.clone(),
        facts: facts(picture, words, entry),
        taken: match entry.data.as_slice() {
            [] => String::new(),
            data => {
                let list = data.join(&words.say("list.comma"));
                words.fill("breach.taken", &[("list", &list)])
            }
        },
        addresses: addresses
            .filter(|(id, _)| only.is_none_or(|only| only == *id))
            .filter_map(|(id, given)| {
                Some(BreachAddress {
                    address: AddressLink {
                        id: *id,
                        address: spec(picture, *id)?,
                    },
                    given: words.say(&format!("breach.given.{}", given.word())),
                    listed: words.say("breach.listed"),
                })
            })
            .collect(),
        unverified,
        attribution: words.fill("breach.source", &[("attribution", &entry.attribution)]),
    }
}

fn service(picture: &Picture, breach: &Breach) -> String {
    let name = picture.service_name(breach.service).unwrap_or_default();
    exposure::show::shown(name, 80)
}

fn spec(picture: &Picture, id: i64) -> Option<String> {
    let address = picture.addresses.iter().find(|a| a.id == id)?;
    Some(address.spec.to_string())
}

/// When it happened and was published, and how many people are in it.
fn facts(picture: &Picture, words: &Words, entry: &Entry) -> String {
    let (first, last) = span(entry.happened);
    let happened = if first == last {
        let day = words.day(first, picture.today);
        words.fill("breach.happened_on", &[("day", &day)])
    } else if first.month() == last.month() {
        let month = words.month_year(first);
        words.fill("breach.happened_in", &[("month", &month)])
    } else {
        let year = first.year().to_string();
        words.fill("breach.happened_in_year", &[("year", &year)])
    };
    let published = entry.published.map(|day| {
        let day = words.day(day, picture.today);
        words.fill("breach.published", &[("day", &day)])
    });
    let people = entry.people.map(|n| words.count("breach.people", n, &[]));
    let parts = [published, people].into_iter().flatten();
    parts.fold(happened, |all, part| {
        words.fill("sender.detail", &[("who", &all), ("count", &part)])
    })
}

/// The catalogues, as Settings shows them.
pub fn breach_lists(picture: &Picture, words: &Words, standing: &Standing) -> BreachLists {
    let kept = |chosen: bool| {
        let lists = standing.lists.iter();
        let lists = lists.filter(|list| (list.source == Source::Chosen) == chosen);
        lists
            .flat_map(|list| list_lines(picture, words, list))
            .collect()
    };
    let trouble = |fault: &Option<Fault>| {
        fault.as_ref().map(|fault| {
            let (text, action) = words.fault_in_window(fault);
            BreachTrouble { text, action }
        })
    };
    BreachLists {
        on: standing.allowed,
        kept: kept(false),
        trouble: trouble(&standing.trouble).filter(|_| standing.allowed == Some(true)),
        chosen: standing.chosen.clone(),
        chosen_kept: kept(true),
        chosen_trouble: trouble(&standing.chosen_trouble),
    }
}

/// "Have I Been Pwned, CC BY 4.0: 875 entries, fetched 12 June 9:41", and what the list lacks.
fn list_lines(picture: &Picture, words: &Words, list: &List) -> Vec<String> {
    let entries = words.count("breach.entries", list.entries as u64, &[]);
    let when = words.moment(list.fetched_at, &picture.zone, picture.today);
    let line = words.fill(
        "breach.list",
        &[
            ("attribution", &list.attribution),
            ("entries", &entries),
            ("when", &when),
        ],
    );
    let lacks = match list.source {
        Source::Mozilla => Some(words.say("breach.mozilla_scope")),
        Source::Pwned | Source::Chosen => None,
    };
    std::iter::once(line).chain(lacks).collect()
}

/// How it went with a list, in a sentence; a fault has its own.
pub fn breach_news(words: &Words, refreshed: &Refreshed) -> Option<String> {
    let name = words.say(&format!("breach.name.{}", refreshed.source.word()));
    let values = [("name", name.as_str())];
    match refreshed.outcome {
        Ok(News::Fetched(entries)) => Some(words.count("breach.fetched", entries as u64, &values)),
        Ok(News::Same) => Some(words.fill("breach.same", &values)),
        Err(_) => None,
    }
}

/// `atesaki breaches list --json`.
pub fn breaches_json(picture: &Picture) -> Value {
    picture
        .breaches
        .iter()
        .map(|breach| {
            let entry = &breach.entry;
            let addresses: Vec<Value> = breach
                .addresses
                .iter()
                .filter_map(|(id, given)| {
                    Some(json!({
                        "address": spec(picture, *id)?,
                        "given": given.word(),
                        "listed": null,
                    }))
                })
                .collect();
            json!({
                "service": service(picture, breach),
                "breach": entry.name,
                "title": entry.title,
                "domain": entry.domain,
                "happened": entry.happened.to_string(),
                "published": entry.published.map(|day| day.to_string()),
                "people": entry.people,
                "data": entry.data,
                "description": entry.description,
                "verified": entry.blame == Blame::Service,
                "source": entry.source.word(),
                "attribution": entry.attribution,
                "addresses": addresses,
            })
        })
        .collect()
}

/// `atesaki breaches refresh --json`.
pub fn refreshed_json(
    words: &Words,
    zone: &TimeZone,
    standing: &Standing,
    all: &[Refreshed],
) -> Value {
    all.iter()
        .map(|one| {
            let list = standing.lists.iter().find(|l| l.source == one.source);
            let fetched = list.and_then(|list| civil_day(list.fetched_at, zone));
            let (outcome, fault) = match &one.outcome {
                Ok(News::Fetched(_)) => ("fetched", None),
                Ok(News::Same) => ("same", None),
                Err(fault) => ("failed", Some(words.fault(fault).0)),
            };
            json!({
                "source": one.source.word(),
                "outcome": outcome,
                "fault": fault,
                "entries": list.map(|list| list.entries),
                "fetched_on": fetched.map(|day| day.to_string()),
            })
        })
        .collect()
}
