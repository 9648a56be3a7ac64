//! The JSON that stands still from outside (contract.md). Keys may be added, never renamed.

use super::address::provenance_of;
use super::common::{One, each};
use super::exceptions::made_at;
use super::overview::strength;
use super::reasons;
use crate::clock::{civil_day, day_of_number};
use crate::fault::{Code, Fault};
use crate::ledger::Picture;
use crate::scan::ScanResult;
use crate::store::Store;
use crate::words::Words;
use anyhow::Result;
use exposure::assess::{Flag, Standing};
use exposure::traffic::HolderDomains;
use exposure::{AddressState, FlagKind, JunkFolder, Level, State};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn day(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |d| json!(d.to_string()))
}

fn rounded(rate: Option<f64>) -> Option<f64> {
    rate.map(|r| (r * 100.0).round() / 100.0)
}

fn flag_json(picture: &Picture, words: &Words, one: &One<'_>, flag: &Flag) -> Value {
    let name = |id: Option<i64>| id.and_then(|id| picture.service_name(id));
    let suspects: Vec<Value> = flag
        .suspects
        .iter()
        .map(|s| {
            let evidence: Vec<Value> = s
                .evidence
                .iter()
                .map(|e| {
                    let row = reasons::evidence(picture, words, one.facts, s, e);
                    let addresses: Vec<String> = row.addresses.into_iter().map(|a| a.address).collect();
                    json!({"kind": e.kind.word(), "text": row.text, "log10_bayes_factor": e.log10_bayes_factor, "addresses": addresses})
                })
                .collect();
            let mut holders = one.facts.holders.iter();
            let inferred = holders.any(|h| Some(h.service) == s.service && h.standing == Standing::Inferred);
            json!({"kind": s.kind.word(), "service": name(s.service), "inferred": inferred,
                   "probability": rounded(s.probability), "evidence": evidence})
        })
        .collect();
    json!({
        "address": one.facts.spec.to_string(),
        "level": flag.level.word(),
        "state": flag.state.map(State::word),
        "confidence": flag.confidence.map(exposure::Confidence::word),
        "kind": flag.kind.word(),
        "service": name(flag.service),
        "probability": rounded(flag.probability),
        "onset": {"earliest": day(flag.onset.earliest), "estimate": day(flag.onset.estimate), "latest": day(flag.onset.latest)},
        "seen_since": day(flag.seen_since),
        "flagged_on": day(flag.flagged_on),
        "rate_before_per_day": rounded(flag.rate_before),
        "rate_after_per_day": rounded(flag.rate_after),
        "rate_at_height_per_day": rounded(flag.rate_height),
        "chance_years": flag.chance_years,
        "junk_since_onset": flag.junk_since_onset,
        "suspects": suspects,
        "would_change": reasons::would_change(picture, words, one.facts, flag),
        "holders": one.facts.holders.iter().map(|h| h.name.as_str()).collect::<Vec<_>>(),
        "text": words.sentence(flag, name(flag.service), picture.today),
    })
}

/// `flags --json`: one array, strongest first.
pub fn flags_json(picture: &Picture, words: &Words) -> Value {
    let mut flags: Vec<_> = each(picture)
        .flat_map(|one| {
            one.said
                .flags
                .iter()
                .map(|f| (strength(f), flag_json(picture, words, &one, f)))
                .collect::<Vec<_>>()
        })
        .collect();
    flags.sort_by(|(a, _), (b, _)| b.partial_cmp(a).unwrap_or(std::cmp::Ordering::Equal));
    flags.into_iter().map(|(_, flag)| flag).collect()
}

fn junk_folder(picture: &Picture, one: &One<'_>) -> JunkFolder {
    let of = picture
        .reached
        .get(&one.facts.id)
        .into_iter()
        .flatten()
        .filter_map(|a| picture.junk_folders.get(a));
    let all: Vec<JunkFolder> = of.copied().collect();
    if one.facts.junk_unseen || all.contains(&JunkFolder::NotVisible) {
        JunkFolder::NotVisible
    } else if all.contains(&JunkFolder::Chosen) {
        JunkFolder::Chosen
    } else {
        JunkFolder::Seen
    }
}

fn address_json(picture: &Picture, one: &One<'_>) -> Value {
    let record = picture.addresses.iter().find(|a| a.id == one.facts.id);
    let days = &one.facts.days;
    let sum = |last: usize, of: &dyn Fn(&exposure::assess::Day) -> u32| {
        days.get(days.len().saturating_sub(last)..)
            .unwrap_or_default()
            .iter()
            .map(|d| u64::from(of(d)))
            .sum::<u64>()
    };
    let state = match one.said.state {
        AddressState::VeryLikelySource => AddressState::LikelySource.word(),
        other => other.word(),
    };
    json!({
        "address": one.facts.spec.to_string(),
        "kind": one.facts.kind.word(),
        "status": record.map(|r| r.status.word()),
        "purpose": record.and_then(|r| r.purpose).map(exposure::Purpose::word),
        "state": state,
        "coverage": {
            "since": day(days.iter().find(|d| d.junk_observed).map(|d| d.day)),
            "observed_days": one.said.observed_days,
            "missing_days": one.said.missing_days,
            "junk_folder": junk_folder(picture, one).word(),
        },
        "first_seen": day(one.facts.first_delivery),
        "junk_total": sum(days.len(), &|d| d.count.junk),
        "wanted_total": sum(days.len(), &|d| d.count.wanted),
        "junk_30d": sum(30, &|d| d.count.junk),
        "services": one.facts.holders.iter().map(|h| h.name.as_str()).collect::<Vec<_>>(),
    })
}

/// `addresses --json`; never-given local parts once per domain.
pub fn addresses_json(picture: &Picture) -> Value {
    let pools = picture
        .ledger
        .pools
        .iter()
        .filter(|p| p.local_parts > 0)
        .map(|pool| {
            json!({
                "kind": "never_given",
                "address": format!("*@{}", pool.domain),
                "local_parts": pool.local_parts,
                "first_seen": day(pool.hits.first().copied()),
                "messages": pool.hits.len(),
            })
        });
    each(picture)
        .map(|one| address_json(picture, &one))
        .chain(pools)
        .collect()
}

/// `explain ADDRESS --json`.
///
/// # Errors
/// [`Code::NoSuchAddress`].
pub fn explain_json(picture: &Picture, store: &Store, words: &Words, id: i64) -> Result<Value> {
    let one = each(picture)
        .find(|one| one.facts.id == id)
        .ok_or_else(|| Fault::new(Code::NoSuchAddress).with("address", id.to_string()))?;
    let none = HolderDomains::new();
    let writing = picture.holder_domains.get(&id).unwrap_or(&none);
    let traffic: Vec<Value> = one
        .facts
        .days
        .iter()
        .map(|d| {
            json!({"day": d.day.to_string(), "junk": d.count.junk, "stranger": d.count.stranger,
                   "wanted": d.count.wanted, "observed": d.junk_observed})
        })
        .collect();
    let date = |at: i64| day(civil_day(at, &picture.zone).filter(|_| at != 0));
    let senders: Vec<Value> = store
        .senders_of(id)?
        .iter()
        .map(|s| {
            let authenticated = s.authenticated * 2 > s.count;
            json!({"domain": s.domain, "provenance": provenance_of(writing, s.org, authenticated).word(),
                   "authenticated": authenticated, "first": date(s.first), "last": date(s.last), "count": s.count})
        })
        .collect();
    let mut object = address_json(picture, &one);
    object["traffic"] = traffic.into();
    object["flags"] = one
        .said
        .flags
        .iter()
        .map(|f| flag_json(picture, words, &one, f))
        .collect();
    object["senders"] = senders.into();
    Ok(object)
}

/// `services --json`: those on record.
pub fn services_json(picture: &Picture) -> Value {
    let exceptions = made_at(picture);
    let mut given: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
    let specs: BTreeMap<i64, String> = picture
        .addresses
        .iter()
        .map(|a| (a.id, a.spec.to_string()))
        .collect();
    for disclosure in &picture.disclosures {
        given.entry(disclosure.service).or_default().push(json!({
            "address": specs.get(&disclosure.address),
            "given_from": day(disclosure.given_from.map(day_of_number)),
            "given_to": day(disclosure.given_to.map(day_of_number)),
            "basis": disclosure.basis.word(),
            "exception": exceptions.contains(&disclosure.address),
        }));
    }
    let services = picture.services.iter();
    services
        .map(|service| {
            let heard = picture.heard.get(&service.id).copied().unwrap_or_default();
            let last = civil_day(heard.last, &picture.zone).filter(|_| heard.last != 0);
            json!({
                "service": service.name,
                "domains": service.domains.iter().map(|(_, name, _)| name.as_str()).collect::<Vec<_>>(),
                "addresses": given.remove(&service.id).unwrap_or_default(),
                "wanted_total": heard.wanted,
                "last_mail": day(last),
            })
        })
        .collect()
}

/// `incidents --json`.
///
/// # Errors
/// Those of SQLite.
pub fn incidents_json(picture: &Picture, store: &Store) -> Result<Value> {
    let mut all = Vec::new();
    for incident in store.incidents()? {
        let Some(address) = picture.addresses.iter().find(|a| a.id == incident.address) else {
            continue;
        };
        let flag = picture.flag_behind(&incident);
        let exposed = picture.exposed_behind(&incident);
        let nameable = |f: &Flag| f.level == Level::LikelySource || f.kind == FlagKind::OwnMail;
        all.push(json!({
            "incident": incident.id,
            "address": address.spec.to_string(),
            "service": flag
                .filter(|f| nameable(f))
                .and_then(|f| f.service)
                .or(exposed.and_then(|one| one.service))
                .and_then(|id| picture.service_name(id)),
            "kind": incident.kind.word(),
            "exposure": exposed.map(|one| one.record.id),
            "status": incident.status.word(),
            "opened": jiff::Timestamp::from_second(incident.opened_at)?.to_string(),
            "level": flag.map(|f| f.level.word()),
            "confidence": flag.and_then(|f| f.confidence).map(exposure::Confidence::word),
        }));
    }
    Ok(all.into())
}

/// `scan --json`: one object at the end.
pub fn scan_json(results: &[ScanResult]) -> Value {
    let accounts: Vec<Value> = results
        .iter()
        .map(|r| {
            json!({
                "account": r.account,
                "messages_seen": r.cost.messages_seen,
                "messages_new": r.recorded.messages_new,
                "junk_new": r.recorded.junk_new,
                "seconds": (r.seconds * 100.0).round() / 100.0,
                "round_trips": r.cost.round_trips,
                "bytes_in": r.cost.bytes_in,
            })
        })
        .collect();
    json!({ "accounts": accounts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use exposure::Provenance;

    #[test]
    fn json_words_are_those_of_the_contract() {
        assert_eq!(Provenance::Processor.word(), "processor");
        assert_eq!(Level::UnexpectedSender.word(), "unexpected_sender");
        assert_eq!(JunkFolder::NotVisible.word(), "not_visible");
        assert_eq!(State::Already.word(), "already");
    }
}
