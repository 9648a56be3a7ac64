//! The Addresses screen and the Address screen.

use super::breaches::breaches;
use super::common::{
    One, badge, band, chart_day, day_counts, each, hidden_folders, service_of, shown_state,
};
use super::cousins::cousins;
use super::exposures;
use super::overview::gaps;
use super::reasons;
use super::types::{
    AddressPage, AddressRow, DayCounts, HolderRow, MessageRow, Pin, PinKind, SenderRow,
};
use crate::clock::{civil_day, day_of_number};
use crate::fault::{Code, Fault};
use crate::ledger::Picture;
use crate::store::{MessageRecord, SenderCount, Store};
use crate::words::Words;
use anyhow::Result;
use exposure::assess::{AddressAssessment, Flag, Standing};
use exposure::traffic::HolderDomains;
use exposure::{
    AddressState, AddressStatus, Auth, FlagKind, Level, Provenance, Verdict, VerdictSource,
};

/// How many messages the Address screen lists.
const MESSAGES: u32 = 100;
/// How many senders it lists.
const SENDERS: usize = 40;

/// Rows of the Addresses screen: what needs a look first, then by name; pools of never-given local
/// parts last.
///
/// # Errors
/// Those of SQLite.
pub fn addresses(picture: &Picture, words: &Words) -> Result<Vec<AddressRow>> {
    let mut rows: Vec<(std::cmp::Reverse<u8>, AddressRow)> = each(picture)
        .map(|one| {
            (
                std::cmp::Reverse(weight(one.said.state)),
                row(picture, words, &one),
            )
        })
        .collect();
    rows.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.address.cmp(&y.address)));
    let pools = picture
        .ledger
        .pools
        .iter()
        .filter(|p| p.local_parts > 0)
        .map(|pool| AddressRow {
            id: 0,
            address: format!("*@{}", pool.domain),
            kind: None,
            kind_text: words.fill(
                "address.never_given",
                &[("n", &words.number(u64::from(pool.local_parts)))],
            ),
            status: AddressStatus::Active,
            purpose: None,
            badge: badge(words, AddressState::NoChange),
            services: Vec::new(),
            first_seen: pool.hits.first().map(ToString::to_string),
            junk_total: pool.hits.len() as u64,
            wanted_total: 0,
            junk_30d: pool
                .hits
                .iter()
                .filter(|d| (picture.today - **d).get_days() < 30)
                .count() as u64,
            spark: DayCounts::default(),
        });
    Ok(rows.into_iter().map(|(_, row)| row).chain(pools).collect())
}

/// How much a state wants to be looked at.
fn weight(state: AddressState) -> u8 {
    match state {
        AddressState::VeryLikelySource => 9,
        AddressState::LikelySource => 8,
        AddressState::JunkBegan | AddressState::Found | AddressState::Told => 7,
        AddressState::Growing => 6,
        AddressState::Already => 5,
        AddressState::UnexpectedSender => 4,
        AddressState::Unusual => 3,
        AddressState::OwnMail => 2,
        AddressState::Unseen => 1,
        AddressState::TooEarly | AddressState::NoChange | AddressState::Accepted => 0,
    }
}

fn row(picture: &Picture, words: &Words, one: &One<'_>) -> AddressRow {
    let days = &one.facts.days;
    let sum = |count: &dyn Fn(&exposure::assess::Day) -> u32, last: usize| {
        days.get(days.len().saturating_sub(last)..)
            .unwrap_or_default()
            .iter()
            .map(|d| u64::from(count(d)))
            .sum::<u64>()
    };
    let record = picture.addresses.iter().find(|a| a.id == one.facts.id);
    AddressRow {
        id: one.facts.id,
        address: one.facts.spec.to_string(),
        kind: Some(one.facts.kind),
        kind_text: words.say(&format!("kind.{}", one.facts.kind.word())),
        status: record.map_or(AddressStatus::Active, |r| r.status),
        purpose: record.and_then(|r| r.purpose),
        badge: badge(words, shown_state(picture, one.said)),
        services: one.facts.holders.iter().map(|h| h.name.clone()).collect(),
        first_seen: one.facts.first_delivery.map(|d| d.to_string()),
        junk_total: sum(&|d| d.count.junk, days.len()),
        wanted_total: sum(&|d| d.count.wanted, days.len()),
        junk_30d: sum(&|d| d.count.junk, 30),
        spark: day_counts(days),
    }
}

/// The Address screen of the address with this number.
///
/// # Errors
/// [`Code::NoSuchAddress`], and those of SQLite.
pub fn address(picture: &Picture, store: &Store, words: &Words, id: i64) -> Result<AddressPage> {
    let one = each(picture)
        .find(|one| one.facts.id == id)
        .ok_or_else(|| Fault::new(Code::NoSuchAddress).with("address", id.to_string()))?;
    let none = HolderDomains::new();
    let writing = picture.holder_domains.get(&id).unwrap_or(&none);
    let flag = one.said.flags.first();
    let mut coverage = if one.facts.junk_unseen {
        hidden_folders(picture, words)
    } else {
        Vec::new()
    };
    for (first, last) in gaps(&one).into_iter().rev().take(3) {
        let span = words.from_to(first, last, picture.today);
        coverage.push(words.fill("overview.missing", &[("span", &span)]));
    }
    let (joint, joint_addresses) = reasons::joint_here(picture, words, id);
    Ok(AddressPage {
        row: row(picture, words, &one),
        about: about(picture, words, &one),
        coverage,
        days: one.facts.days.iter().map(chart_day).collect(),
        onset: band(flag),
        pins: pins(picture, words, &one, flag),
        exposures: exposures::of_address(picture, words, id),
        sentence: flag.map_or_else(
            || quiet(picture, words, &one),
            |f| words.sentence(f, service_of(picture, f), picture.today),
        ),
        others: others(picture, words, one.said),
        chance: flag.map(|f| words.chance(f)).unwrap_or_default(),
        conclusion: flag
            .map(|f| reasons::conclusion(picture, words, one.facts, f))
            .unwrap_or_default(),
        suspects: flag
            .map(|f| reasons::suspects(picture, words, one.facts, f))
            .unwrap_or_default(),
        joint,
        joint_addresses,
        would_change: flag
            .map(|f| reasons::would_change(picture, words, one.facts, f))
            .unwrap_or_default(),
        history: reasons::history(picture, store, words, id, &one.said.flags)?,
        caveat: flag.map(|f| words.caveat(f)).unwrap_or_default(),
        cousins: cousins(picture, store, words, Some(id))?,
        senders: store
            .senders_of(id)?
            .iter()
            .take(SENDERS)
            .map(|s| sender(picture, words, writing, s))
            .collect(),
        holders: holders(picture, words, id),
        breaches: breaches(picture, words, None, Some(id)),
        messages: store
            .messages_of(id, MESSAGES)?
            .into_iter()
            .map(|message| message_row(picture, words, writing, message))
            .collect(),
    })
}

/// What is said of the other rises at an address.
fn others(picture: &Picture, words: &Words, said: &AddressAssessment) -> Vec<String> {
    let rises = said
        .flags
        .iter()
        .skip(1)
        .filter(|f| f.kind == FlagKind::Leak);
    rises
        .map(|flag| {
            let sentence = words.sentence(flag, service_of(picture, flag), picture.today);
            words.fill("sentence.another", &[("sentence", &sentence)])
        })
        .collect()
}

/// What is said where there is no flag.
fn quiet(picture: &Picture, words: &Words, one: &One<'_>) -> String {
    match (one.said.state, one.said.since) {
        (AddressState::Unseen, _) => words.say("overview.junk_hidden"),
        (AddressState::Unusual, _) => words.say("sentence.unusual"),
        (_, None) => words.say("sentence.no_days"),
        (AddressState::TooEarly, Some(_)) => {
            let days = words.count("count.days", u64::from(one.said.observed_days), &[]);
            words.fill("sentence.too_early", &[("days", &days)])
        }
        (_, Some(since)) => words.fill(
            "sentence.no_change",
            &[("day", &words.day(since, picture.today))],
        ),
    }
}

fn about(picture: &Picture, words: &Words, one: &One<'_>) -> String {
    let row = row(picture, words, one);
    let given = match one.facts.holders.as_slice() {
        [] => words.say("address.given_nobody"),
        [only] => match only.given_from {
            Some(day) => words.fill(
                match only.standing {
                    Standing::Recorded => "address.given_one",
                    Standing::Inferred => "address.found_one",
                },
                &[("day", &words.day(day, picture.today))],
            ),
            None => words.fill(
                "address.given_many",
                &[("services", &words.count("count.services", 1, &[]))],
            ),
        },
        many => words.fill(
            "address.given_many",
            &[(
                "services",
                &words.count("count.services", many.len() as u64, &[]),
            )],
        ),
    };
    let totals = words.fill(
        "address.totals",
        &[
            ("junk", &words.number(row.junk_total)),
            ("wanted", &words.number(row.wanted_total)),
        ],
    );
    let kind = match row.purpose {
        Some(purpose) => {
            let purpose = words.say(&format!("purpose.{}", purpose.word()));
            words.fill(
                "address.kind_for",
                &[("kind", &row.kind_text), ("purpose", &purpose)],
            )
        }
        None => row.kind_text.clone(),
    };
    let mut parts = vec![
        words.fill("address.about", &[("kind", &kind)]),
        given,
        totals,
    ];
    if let Some(since) = one
        .facts
        .days
        .iter()
        .find(|d| d.junk_observed)
        .map(|d| d.day)
    {
        let key = if gaps(one).is_empty() {
            "address.watched_every_day"
        } else {
            "address.watched"
        };
        parts.push(words.fill(key, &[("day", &words.day(since, picture.today))]));
    }
    let space = match words.lang() {
        crate::words::Lang::En => " ",
        crate::words::Lang::Ja => "",
    };
    parts.join(space)
}

fn pins(picture: &Picture, words: &Words, one: &One<'_>, flag: Option<&Flag>) -> Vec<Pin> {
    let mut pins: Vec<Pin> = one
        .facts
        .holders
        .iter()
        .filter_map(|h| {
            let day = h.given_from?;
            let text = words.day(day, picture.today);
            let label = match one.facts.holders.len() {
                1 => words.fill("address.purpose_given", &[("day", &text)]),
                _ => words.fill("address.pin_given", &[("service", &h.name), ("day", &text)]),
            };
            Some(Pin {
                day: day.to_string(),
                kind: PinKind::Given,
                label,
            })
        })
        .collect();
    let dated = flag
        .filter(|f| f.kind == FlagKind::Leak && f.level > Level::UnexpectedSender)
        .and_then(|f| f.onset.estimate);
    if let Some(day) = dated {
        let label = words.fill(
            "address.pin_onset",
            &[("day", &words.day(day, picture.today))],
        );
        pins.push(Pin {
            day: day.to_string(),
            kind: PinKind::Onset,
            label,
        });
    }
    pins.extend(exposures::pins(picture, words, one.facts.id));
    pins
}

/// Who an organisational domain is for an address.
pub(super) fn provenance_of(writing: &HolderDomains, org: i64, authenticated: bool) -> Provenance {
    match writing.get(&org).and_then(|of| of.first()) {
        Some((_, false)) if authenticated => Provenance::Service,
        Some((_, true)) if authenticated => Provenance::Processor,
        Some(_) | None => Provenance::Stranger,
    }
}

fn sender(
    picture: &Picture,
    words: &Words,
    writing: &HolderDomains,
    of: &SenderCount,
) -> SenderRow {
    let authenticated = of.authenticated * 2 > of.count;
    let unchecked = of.authenticated == 0 && of.failed == 0;
    let provenance = provenance_of(writing, of.org, authenticated);
    let expected =
        provenance != Provenance::Stranger || (unchecked && writing.contains_key(&of.org));
    let who = match provenance {
        Provenance::Service | Provenance::Processor => {
            words.say(&format!("provenance.{}", provenance.word()))
        }
        Provenance::Stranger if authenticated => words.say("provenance.stranger"),
        Provenance::Stranger => words.say("provenance.unverified"),
    };
    let count = words.count("count.messages", of.count, &[]);
    let day = |at: i64| {
        civil_day(at, &picture.zone)
            .filter(|_| at != 0)
            .map(|d| d.to_string())
    };
    SenderRow {
        domain: if of.domain.is_empty() {
            words.say("sender.none")
        } else {
            of.domain.clone()
        },
        provenance,
        authenticated,
        expected,
        detail: words.fill("sender.detail", &[("who", &who), ("count", &count)]),
        count: of.count,
        junk: of.junk,
        first: day(of.first),
        last: day(of.last),
    }
}

fn holders(picture: &Picture, words: &Words, address: i64) -> Vec<HolderRow> {
    picture
        .disclosures
        .iter()
        .filter(|d| d.address == address)
        .map(|d| {
            let day = d.given_from.map(day_of_number);
            let given = match day {
                Some(day) => words.fill(
                    "address.purpose_given",
                    &[("day", &words.day(day, picture.today))],
                ),
                None => words.say("address.given_unknown"),
            };
            let basis = words.say(&format!("basis.{}", d.basis.word()));
            HolderRow {
                service_id: d.service,
                service: picture
                    .service_name(d.service)
                    .unwrap_or_default()
                    .to_owned(),
                given: words.fill("sender.detail", &[("who", &given), ("count", &basis)]),
                given_from: day.map(|d| d.to_string()),
                basis: d.basis,
            }
        })
        .collect()
}

fn message_row(
    picture: &Picture,
    words: &Words,
    writing: &HolderDomains,
    message: MessageRecord,
) -> MessageRow {
    let day = civil_day(message.arrived_at, &picture.zone).filter(|_| message.arrived_at != 0);
    let authenticated = matches!(message.auth, Auth::Spf | Auth::Dkim | Auth::Both);
    let verdict = words.say(&format!("verdict.{}", message.verdict.word()));
    let verdict_text = match (message.verdict, message.source) {
        (Verdict::Unjudged, _) | (_, VerdictSource::Nobody) => verdict,
        (Verdict::Wanted | Verdict::Junk, source) => {
            let source = words.say(&format!("source.{}", source.word()));
            words.fill(
                "verdict.with_source",
                &[("verdict", &verdict), ("source", &source)],
            )
        }
    };
    MessageRow {
        id: message.id,
        day: day.map(|d| d.to_string()).unwrap_or_default(),
        day_text: day.map(|d| words.day(d, picture.today)).unwrap_or_default(),
        provenance: provenance_of(writing, message.org, authenticated),
        sender: if message.from_name.is_empty() {
            message.domain
        } else {
            message.from_name
        },
        subject: message.subject,
        verdict: message.verdict,
        source: message.source,
        verdict_text,
    }
}
