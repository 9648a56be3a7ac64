//! Mail that revealed addresses, or that says so: rows for the screens and for the terminal.

use super::common::each;
use super::types::{AddressLink, ExposureRow, Pin, PinKind, QuoteRow, ServiceLink, Tone};
use crate::ledger::{Exposed, Picture};
use crate::store::ExposureFacts;
use crate::words::{OnIt, Words};
use anyhow::Result;
use exposure::assess::Flag;
use exposure::catalogue::Given;
use exposure::notice::Standing;
use exposure::{AddrSpec, ExposureWay, Level};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many exposures Overview lists, and from how many days.
const LISTED: usize = 5;
const RECENT: i64 = 120;

/// Every exposure, newest first.
pub fn exposures(picture: &Picture, words: &Words) -> Vec<ExposureRow> {
    rows(picture, words, |_| true)
}

/// Those of an address.
pub(super) fn of_address(picture: &Picture, words: &Words, address: i64) -> Vec<ExposureRow> {
    rows(picture, words, |one| one.addresses.contains(&address))
}

/// Those of an address as pins on its chart.
pub(super) fn pins(picture: &Picture, words: &Words, address: i64) -> Vec<Pin> {
    let all = picture.exposures.iter();
    let of = all.filter(|one| one.is_real() && one.addresses.contains(&address));
    of.filter_map(|one| {
        let day = picture.day_of(one)?;
        let key = match one.record.kept.facts.way() {
            ExposureWay::Notice => "pin.notice",
            ExposureWay::Recipients => "pin.recipients",
            ExposureWay::List => "pin.list",
        };
        let text = words.day(day, picture.today);
        Some(Pin {
            day: day.to_string(),
            kind: PinKind::Exposed,
            label: words.fill(key, &[("day", &text)]),
        })
    })
    .chain(breach_pins(picture, words, address))
    .collect()
}

/// Published breaches of services that had an address by then, as pins on its chart.
fn breach_pins(picture: &Picture, words: &Words, address: i64) -> Vec<Pin> {
    let had = |(id, given): &(i64, Given)| *id == address && *given != Given::After;
    let all = picture.breaches.iter();
    let of = all.filter(|breach| breach.addresses.iter().any(had));
    of.filter_map(|breach| {
        let day = breach.entry.happened;
        let text = words.day(day, picture.today);
        let service = picture.service_name(breach.service)?;
        Some(Pin {
            day: day.to_string(),
            kind: PinKind::Exposed,
            label: words.fill("pin.breach", &[("service", service), ("day", &text)]),
        })
    })
    .collect()
}

/// Those of a service, and fakes in its name.
pub(super) fn of_service(picture: &Picture, words: &Words, service: i64) -> Vec<ExposureRow> {
    rows(picture, words, |one| one.service == Some(service))
}

/// What Overview shows of them: the newest, without fakes.
pub(super) fn recent(picture: &Picture, words: &Words) -> Vec<ExposureRow> {
    let since = picture.now.as_second() - RECENT * 86_400;
    let mut rows = rows(picture, words, |one| {
        one.is_real() && one.record.arrived_at >= since
    });
    rows.truncate(LISTED);
    rows
}

fn rows(picture: &Picture, words: &Words, wanted: impl Fn(&Exposed) -> bool) -> Vec<ExposureRow> {
    let all = picture.exposures.iter().rev();
    all.filter(|one| wanted(one))
        .map(|one| row(picture, words, one))
        .collect()
}

/// Addresses that real exposures of the last weeks revealed and at which no junk began since.
pub(super) fn exposed_of_late(picture: &Picture) -> u64 {
    let since = picture.now.as_second() - RECENT * 86_400;
    let late = picture.exposures.iter();
    let late = late.filter(|one| one.is_certain() && one.record.arrived_at >= since);
    let addresses: BTreeSet<i64> = late.flat_map(|one| &one.addresses).copied().collect();
    let began = |id: &i64| {
        let mut flags = picture.flags_at(*id);
        flags.any(|flag| flag.level > Level::UnexpectedSender)
    };
    addresses.iter().filter(|id| !began(id)).count() as u64
}

/// The addresses that an exposure revealed, in words.
fn specs(picture: &Picture, addresses: &BTreeSet<i64>) -> Vec<String> {
    let all = picture.addresses.iter();
    all.filter(|a| addresses.contains(&a.id))
        .map(|a| a.spec.to_string())
        .collect()
}

/// What it is, in a sentence or two.
pub(super) fn sentences(picture: &Picture, words: &Words, one: &Exposed) -> Vec<String> {
    let sender = picture.sender_of(one);
    let kept = &one.record.kept;
    let people = kept.people.unwrap_or(0);
    match &kept.facts {
        ExposureFacts::List {
            columns,
            own_name,
            complete,
            ..
        } => {
            let on_it = specs(picture, &kept.addresses);
            let on_it = match (own_name, on_it.is_empty()) {
                (true, false) => OnIt::NameAnd(&on_it),
                (false, false) => OnIt::Addresses(&on_it),
                (true, true) => OnIt::Name,
                (false, true) => OnIt::Nothing,
            };
            let people = words.people_on_list(people, *complete);
            let mut all = vec![words.list_found(&sender, &people, on_it)];
            if !columns.is_empty() {
                let named = columns
                    .iter()
                    .map(|c| words.say(&format!("column.{}", c.word())));
                let named = words.list(&named.collect::<Vec<_>>());
                all.push(words.fill("exposure.list.holds", &[("columns", &named)]));
            }
            all
        }
        ExposureFacts::Recipients => {
            let own = specs(picture, &kept.addresses);
            vec![words.shown_to(&sender, &own, people)]
        }
        ExposureFacts::Notice(reading) => vec![words.notice_says(&sender, reading)],
    }
}

fn title(picture: &Picture, words: &Words, one: &Exposed) -> (String, Tone) {
    let fake = || {
        let service = one.service.and_then(|id| picture.service_name(id));
        let verified = one.record.auth.passed();
        let asks = match &one.record.kept.facts {
            ExposureFacts::Notice(reading) => reading.bait,
            ExposureFacts::List { .. } | ExposureFacts::Recipients => false,
        };
        let key = match (verified, asks) {
            (false, true) => "exposure.fake.unverified_asks",
            (false, false) => "exposure.fake.unverified",
            (true, true) => "exposure.fake.asks",
            (true, false) => "exposure.fake.plain",
        };
        let values = [
            ("service", service.unwrap_or_default()),
            ("domain", one.record.domain.as_str()),
        ];
        words.fill(key, &values)
    };
    match (&one.record.kept.facts, one.standing) {
        (ExposureFacts::List { .. }, _) => (words.say("exposure.list"), Tone::Accent),
        (ExposureFacts::Recipients, _) => (words.say("exposure.recipients"), Tone::Watch),
        (_, Some(Standing::Genuine)) => (words.say("exposure.genuine"), Tone::Accent),
        (_, Some(Standing::ThirdParty) | None) => (words.say("exposure.third_party"), Tone::Watch),
        (_, Some(Standing::Fake)) => (fake(), Tone::Neutral),
    }
}

fn row(picture: &Picture, words: &Words, one: &Exposed) -> ExposureRow {
    let (title, tone) = title(picture, words, one);
    let day = picture.day_of(one);
    let (says, leaves_out) = match &one.record.kept.facts {
        ExposureFacts::Notice(reading) => {
            let says = reading.says.iter().map(|said| QuoteRow {
                item: words.say(&format!("item.{}", said.item.word())),
                quote: said.quote.clone(),
                place: words.fill("exposure.line", &[("n", &words.number(said.line.into()))]),
            });
            let left = reading.leaves_out.iter();
            let left = left.map(|item| words.say(&format!("leaves_out.{}", item.word())));
            (says.collect(), left.collect())
        }
        ExposureFacts::List { .. } | ExposureFacts::Recipients => (Vec::new(), Vec::new()),
    };
    let links = picture.addresses.iter();
    let links = links.filter(|a| one.addresses.contains(&a.id));
    let service = one.service.filter(|_| one.is_real());
    ExposureRow {
        id: one.record.id,
        way: one.record.kept.facts.way(),
        title,
        tone,
        when: words.moment(one.record.arrived_at, &picture.zone, picture.today),
        day: day.map(|day| day.to_string()).unwrap_or_default(),
        sender: picture.sender_of(one),
        service: service.and_then(|id| {
            Some(ServiceLink {
                id,
                service: picture.service_name(id)?.to_owned(),
            })
        }),
        sentences: sentences(picture, words, one),
        says,
        leaves_out: if one.is_real() {
            leaves_out
        } else {
            Vec::new()
        },
        addresses: links
            .map(|a| AddressLink {
                id: a.id,
                address: a.spec.to_string(),
            })
            .collect(),
        afterwards: afterwards(picture, words, one),
        advice: advice(words, one),
    }
}

/// What to do now.
fn advice(words: &Words, one: &Exposed) -> String {
    match (&one.record.kept.facts, one.standing) {
        (ExposureFacts::List { .. }, _) => words.say("exposure.advice.list"),
        (ExposureFacts::Recipients, _) => words.say("exposure.advice.recipients"),
        (_, Some(Standing::Genuine)) => words.say("exposure.advice.genuine"),
        (_, Some(Standing::ThirdParty) | None) => words.say("exposure.advice.third_party"),
        (_, Some(Standing::Fake)) => words.say("exposure.advice.fake"),
    }
}

/// What came after it: a word of the service, and junk.
fn afterwards(picture: &Picture, words: &Words, one: &Exposed) -> Vec<String> {
    let mut all = Vec::new();
    let found = |id: Option<i64>| picture.exposures.iter().find(|o| Some(o.record.id) == id);
    let when = |of: &Exposed| words.moment(of.record.arrived_at, &picture.zone, picture.today);
    if let Some(notice) = found(one.corrected_by) {
        let values = [
            ("service", &*picture.sender_of(notice)),
            ("when", &when(notice)),
        ];
        all.push(words.fill("exposure.corrected", &values));
    } else if one.standing.is_none() && one.service.is_some() {
        let values = [("service", &*picture.sender_of(one))];
        all.push(words.fill("exposure.not_corrected", &values));
    }
    if let Some(about) = found(one.corrects) {
        all.push(words.fill("exposure.about", &[("when", &when(about))]));
    }
    for (address, flag, days) in onsets(picture, one) {
        let since = words.since(flag, picture.today);
        let address = address.to_string();
        let values = [("address", address.as_str()), ("since", since.as_str())];
        all.push(words.count("exposure.junk_began", days, &values));
    }
    all
}

/// Junk that began at an exposed address after the exposure, with the days between.
fn onsets<'a>(picture: &'a Picture, one: &Exposed) -> Vec<(&'a AddrSpec, &'a Flag, u64)> {
    if !one.is_real() {
        return Vec::new();
    }
    let mut all = Vec::new();
    for of in each(picture).filter(|of| one.addresses.contains(&of.facts.id)) {
        let flags = of.said.flags.iter();
        let began = flags.filter_map(|flag| Some((flag, picture.days_between(one, flag)?)));
        // The first rise after it; a later one has a later cause.
        if let Some((flag, days)) = began.min_by_key(|(_, days)| *days) {
            all.push((&of.facts.spec, flag, days));
        }
    }
    all
}

/// `exposures --json`: by mail, newest first, then published breaches.
///
/// # Errors
/// An arrival outside all calendars.
pub fn exposures_json(picture: &Picture) -> Result<Value> {
    let mut all = Vec::new();
    for one in picture.exposures.iter().rev() {
        let (reading, data, own_name) = match &one.record.kept.facts {
            ExposureFacts::Notice(reading) => (Some(reading), json!(reading.data), None),
            ExposureFacts::List {
                columns, own_name, ..
            } => (None, json!(columns), Some(*own_name)),
            ExposureFacts::Recipients => (None, json!(["email"]), None),
        };
        let began: Vec<Value> = onsets(picture, one)
            .into_iter()
            .map(|(address, flag, days)| {
                json!({
                    "address": address.to_string(),
                    "estimate": flag.onset.estimate.map(|day| day.to_string()),
                    "days_after": days,
                })
            })
            .collect();
        all.push(json!({
            "exposure": one.record.id,
            "way": one.record.kept.facts.way().word(),
            "standing": one.standing.map(Standing::word),
            "arrived": Timestamp::from_second(one.record.arrived_at)?.to_string(),
            "service": one.service.and_then(|id| picture.service_name(id)),
            "sender_domain": one.record.domain,
            "authenticated": one.record.auth.passed(),
            "addresses": specs(picture, &one.addresses),
            "people": one.record.kept.people,
            "own_name": own_name,
            "claim": reading.map(|reading| reading.claim.word()),
            "data": data,
            "says": reading.map_or(&[][..], |reading| &reading.says),
            "leaves_out": reading.map_or(&[][..], |reading| &reading.leaves_out),
            "corrected_by": one.corrected_by,
            "corrects": one.corrects,
            "junk_began": began,
        }));
    }
    let published = super::breaches::breaches_json(picture);
    for mut breach in published.as_array().cloned().unwrap_or_default() {
        if let Some(breach) = breach.as_object_mut() {
            breach.insert("way".to_owned(), json!("catalogue"));
        }
        all.push(breach);
    }
    Ok(all.into())
}
