//! Why something is said of an address, what would change it, and what was said before.

use super::common::service_of;
use super::types::{AddressLink, EvidenceRow, JointCard, SaidRow, SuspectRow};
use crate::clock::{civil_day, day_of_number};
use crate::ledger::Picture;
use crate::store::{StatementRecord, Store};
use crate::words::{Behind, Words};
use anyhow::Result;
use exposure::assess::{AddressFacts, Change, Evidence, EvidenceKind, Flag, Suspect};
use exposure::{Confidence, FlagKind, Level, State, SuspectKind};
use jiff::civil::Date;

/// From this probability on an explanation that is no service is said to be likelier than any.
const LIKELY: f64 = 0.60;
/// So many services are named where one of several is the source.
const ONE_OF: usize = 3;
/// So many facts that would change the words are told.
const TURNS: usize = 4;

fn link(picture: &Picture, id: i64) -> Option<AddressLink> {
    let record = picture.addresses.iter().find(|a| a.id == id)?;
    Some(AddressLink {
        id,
        address: record.spec.to_string(),
    })
}

/// The other addresses that an item is about.
fn others(picture: &Picture, kind: &EvidenceKind) -> Vec<AddressLink> {
    match kind {
        EvidenceKind::OthersFlagged { addresses }
        | EvidenceKind::SharedCampaigns { addresses, .. } => addresses
            .iter()
            .filter_map(|id| link(picture, *id))
            .collect(),
        EvidenceKind::OnlyHolder
        | EvidenceKind::Dedicated
        | EvidenceKind::GivenBefore { .. }
        | EvidenceKind::HardToGuess
        | EvidenceKind::EasyToGuess
        | EvidenceKind::OwnName
        | EvidenceKind::OthersHit { .. }
        | EvidenceKind::NoOthersHit
        | EvidenceKind::Unrecorded
        | EvidenceKind::SilentOthers { .. }
        | EvidenceKind::Notice
        | EvidenceKind::CatalogueEntry
        | EvidenceKind::ListMailed { .. }
        | EvidenceKind::ShownToOthers { .. }
        | EvidenceKind::OtherName
        | EvidenceKind::PersonalName
        | EvidenceKind::BrandMentioned => Vec::new(),
    }
}

fn behind(
    picture: &Picture,
    words: &Words,
    facts: &AddressFacts,
    service: Option<i64>,
    kind: &EvidenceKind,
) -> Behind {
    let holder = facts.holders.iter().find(|h| Some(h.service) == service);
    Behind {
        given: holder
            .and_then(|h| h.given_from)
            .map(|day| words.day(day, picture.today)),
        addresses: others(picture, kind)
            .into_iter()
            .map(|link| link.address)
            .collect(),
        standing: holder.map(|h| h.standing).unwrap_or_default(),
    }
}

/// One item of evidence for or against a suspect at an address.
pub(super) fn evidence(
    picture: &Picture,
    words: &Words,
    facts: &AddressFacts,
    suspect: &Suspect,
    item: &Evidence,
) -> EvidenceRow {
    let behind = behind(picture, words, facts, suspect.service, &item.kind);
    EvidenceRow {
        text: words.evidence(item, &behind),
        weight: words.weight(item.log10_bayes_factor),
        against: item.log10_bayes_factor < 0.0,
        addresses: others(picture, &item.kind),
    }
}

/// What is told even where it changes nothing.
const fn worth_saying(kind: &EvidenceKind) -> bool {
    matches!(
        kind,
        EvidenceKind::GivenBefore { .. } | EvidenceKind::OnlyHolder | EvidenceKind::Unrecorded
    )
}

/// Every explanation of a flag, most probable first.
pub(super) fn suspects(
    picture: &Picture,
    words: &Words,
    facts: &AddressFacts,
    flag: &Flag,
) -> Vec<SuspectRow> {
    flag.suspects
        .iter()
        .enumerate()
        .map(|(at, s)| SuspectRow {
            kind: s.kind,
            title: words.suspect(s, s.service.and_then(|id| picture.service_name(id))),
            likelihood: s
                .probability
                .map(|p| words.likelihood(s.kind, p))
                .unwrap_or_default(),
            share: s.probability,
            evidence: s
                .evidence
                .iter()
                .map(|e| (e, evidence(picture, words, facts, s, e)))
                .filter(|(e, row)| !row.weight.is_empty() || worth_saying(&e.kind))
                .map(|(_, row)| row)
                .collect(),
            named: flag.service.is_some() && s.service == flag.service,
            leading: at < flag.shortest,
        })
        .collect()
}

/// Who is named, in the words of the flag's own confidence; empty where no junk began.
pub(super) fn conclusion(
    picture: &Picture,
    words: &Words,
    facts: &AddressFacts,
    flag: &Flag,
) -> String {
    let Some(confidence) = flag.confidence else {
        return String::new();
    };
    if confidence == Confidence::OneOfThese {
        let names: Vec<String> = flag
            .suspects
            .iter()
            .filter(|s| s.kind == SuspectKind::Service)
            .filter_map(|s| picture.service_name(s.service?))
            .take(ONE_OF)
            .map(str::to_owned)
            .collect();
        return words.fill(
            "conclusion.one_of_these",
            &[("list", &words.alternatives(&names))],
        );
    }
    let other = flag.suspects.first().filter(|s| {
        s.kind != SuspectKind::Service
            && flag.service.is_none()
            && !facts.holders.is_empty()
            && s.probability.is_some_and(|p| p >= LIKELY)
    });
    match other {
        Some(other) => {
            let name = words.suspect(other, other.service.and_then(|id| picture.service_name(id)));
            words.fill("conclusion.other", &[("name", &words.inside(&name))])
        }
        None => words.naming(confidence, SuspectKind::Service, service_of(picture, flag)),
    }
}

/// What would change the words of a flag, nearest at hand first.
pub(super) fn would_change(
    picture: &Picture,
    words: &Words,
    facts: &AddressFacts,
    flag: &Flag,
) -> Vec<String> {
    let lead = flag.suspects.first().and_then(|s| s.service);
    let now = conclusion(picture, words, facts, flag);
    // A flag whose words are held back, for want of a clear date, changes by no single fact.
    let turns = flag.turns.iter().filter(|turn| {
        words.naming(
            turn.confidence,
            turn.kind,
            service_named(picture, turn.service),
        ) != now
    });
    turns
        .take(TURNS)
        .map(|turn| match &turn.change {
            Change::Without(item) => {
                let behind = behind(picture, words, facts, lead, &item.kind);
                words.turn(turn, "", &behind, service_named(picture, turn.service))
            }
            Change::Notice { service } => {
                let who = picture.service_name(*service).unwrap_or_default();
                let then = service_named(picture, turn.service);
                words.turn(turn, who, &Behind::default(), then)
            }
        })
        .collect()
}

fn service_named(picture: &Picture, id: Option<i64>) -> Option<&str> {
    id.and_then(|id| picture.service_name(id))
}

/// The addresses whose junk one service could explain, of which at least two name it.
fn joint(picture: &Picture) -> impl Iterator<Item = (i64, Vec<i64>)> {
    picture.assessment.leaks.iter().filter_map(|leak| {
        let said = picture.assessment.addresses.iter().filter(|said| {
            let mut flags = said.flags.iter();
            leak.addresses.contains(&said.id) && flags.any(|f| f.service == Some(leak.service))
        });
        let named: Vec<i64> = said.map(|said| said.id).collect();
        (named.len() > 1).then_some((leak.service, named))
    })
}

/// What is said on an address's page where the same source could explain others, and these.
pub(super) fn joint_here(picture: &Picture, words: &Words, id: i64) -> (String, Vec<AddressLink>) {
    let Some((service, ids)) = joint(picture).find(|(_, ids)| ids.contains(&id)) else {
        return (String::new(), Vec::new());
    };
    let others: Vec<AddressLink> = ids
        .into_iter()
        .filter(|other| *other != id)
        .filter_map(|other| link(picture, other))
        .collect();
    let names: Vec<String> = others.iter().map(|link| link.address.clone()).collect();
    let sentence = words.fill(
        "joint.address",
        &[
            ("service", picture.service_name(service).unwrap_or_default()),
            ("addresses", &words.list(&names)),
        ],
    );
    (sentence, others)
}

/// Services that could explain the junk of several addresses.
pub(super) fn joint_cards(picture: &Picture, words: &Words) -> Vec<JointCard> {
    joint(picture)
        .map(|(service, ids)| {
            let service = picture.service_name(service).unwrap_or_default();
            let of = super::common::each(picture).filter(|one| ids.contains(&one.facts.id));
            JointCard {
                service: service.to_owned(),
                sentence: words.fill("joint.card", &[("service", service)]),
                flags: of
                    .filter_map(|one| {
                        let flag = one.said.flags.first()?;
                        Some(super::common::card(picture, words, &one, flag))
                    })
                    .collect(),
            }
        })
        .collect()
}

/// What was said of an address, newest first. Empty as long as only what stands now was said.
///
/// # Errors
/// Those of SQLite.
pub(super) fn history(
    picture: &Picture,
    store: &Store,
    words: &Words,
    id: i64,
    flags: &[Flag],
) -> Result<Vec<SaidRow>> {
    let said = store.statements_of(id)?;
    let mut rows: Vec<SaidRow> = said
        .iter()
        .map(|(at, said)| SaidRow {
            day: words.day(
                civil_day(*at, &picture.zone).unwrap_or(picture.today),
                picture.today,
            ),
            text: said_then(picture, words, said),
        })
        .collect();
    rows.dedup();
    if flags.is_empty() && !rows.is_empty() {
        let now = SaidRow {
            day: words.day(picture.today, picture.today),
            text: words.say("history.today_nothing"),
        };
        rows.insert(0, now);
    }
    Ok(if rows.len() > 1 { rows } else { Vec::new() })
}

fn said_then(picture: &Picture, words: &Words, said: &StatementRecord) -> String {
    let service = said.service.and_then(|id| picture.service_name(id));
    let onset: Option<Date> = said.estimate.map(day_of_number);
    let key = match (said.kind, said.level, said.state) {
        (FlagKind::OwnMail, _, _) => "own_mail",
        (_, Level::UnexpectedSender, _) => "unexpected_sender",
        (_, _, Some(State::Growing)) => "growing",
        (_, _, Some(State::Already)) => "already",
        (_, _, Some(State::Flagged | State::Confirmed) | None) => "junk_began",
    };
    let naming = match (said.kind, said.words) {
        (FlagKind::OwnMail, _) => service.unwrap_or_default().to_owned(),
        (_, Some(confidence)) => words.naming(confidence, SuspectKind::Service, service),
        (_, None) => String::new(),
    };
    words.history(key, onset, &naming, picture.today)
}
