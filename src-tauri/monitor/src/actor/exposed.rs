//! What is said of mail that revealed addresses: an incident for each before any junk, and
//! notifications. A list of people is told at once; the rest shares the one notification of a day.

use super::Actor;
use crate::clock::day_number;
use crate::ledger::{Exposed, Picture};
use crate::shell::Notice;
use crate::store::{ExposureFacts, StatementRecord, Store};
use crate::words::Words;
use anyhow::Result;
use exposure::IncidentKind;
use exposure::notice::{Claim, Standing};
use std::collections::BTreeSet;

/// Mail of more than so many seconds ago opens no incident by itself (180 days).
const OPENS_WITHIN: i64 = 180 * 86_400;
/// Mail of more than so many seconds ago is no news (14 days).
const NEWS_WITHIN: i64 = 14 * 86_400;

/// Whether an exposure is one that the user follows up: it is said by who can know, and the
/// user's own data is in it.
fn is_case(one: &Exposed) -> bool {
    match (&one.record.kept.facts, one.standing) {
        (ExposureFacts::Notice(reading), Some(Standing::Genuine)) => {
            reading.claim != Claim::Incident && one.corrects.is_none()
        }
        (ExposureFacts::Notice(_), _) => false,
        (ExposureFacts::List { own_name, .. }, _) => *own_name || !one.addresses.is_empty(),
        (ExposureFacts::Recipients, _) => true,
    }
}

/// Whether the user is told of an exposure.
fn is_news(one: &Exposed, now: i64) -> bool {
    let told = one.record.notified_at.is_some();
    one.is_certain() && !told && one.record.arrived_at >= now - NEWS_WITHIN
}

/// The case to which a statement belongs: that of an exposure before it, or one of its own.
pub(super) fn case_of(picture: &Picture, said: &StatementRecord) -> (IncidentKind, i64) {
    let own = (said.kind.into(), said.segment);
    let mut of = picture.flags_at(said.address);
    let flag = of.find(|flag| flag.kind == said.kind && day_number(flag.segment) == said.segment);
    let before = flag.and_then(|flag| picture.exposed_before(said.address, flag));
    let case = before.filter(|one| is_recent_case(one, picture));
    let day = case.and_then(|one| picture.day_of(one));
    day.map_or(own, |day| (IncidentKind::Exposure, day_number(day)))
}

/// Whether an exposure opens an incident.
fn is_recent_case(one: &Exposed, picture: &Picture) -> bool {
    is_case(one) && one.record.arrived_at >= picture.now.as_second() - OPENS_WITHIN
}

/// Opens an incident for every recent exposure that is one, at each address that its mail names,
/// or came to.
pub(super) fn open_incidents(store: &mut Store, picture: &Picture) -> Result<()> {
    let now = picture.now.as_second();
    let all = picture.exposures.iter();
    for one in all.filter(|one| is_recent_case(one, picture)) {
        let Some(day) = picture.day_of(one) else {
            continue;
        };
        let named: &BTreeSet<i64> = match one.record.kept.addresses.is_empty() {
            true => &one.record.delivered,
            false => &one.record.kept.addresses,
        };
        for address in named {
            // What is told of it is told of the exposure.
            store.open_told_incident(*address, IncidentKind::Exposure, day_number(day), now)?;
        }
    }
    Ok(())
}

impl Actor {
    /// One notification for each list of people that came since.
    pub(super) fn notify_lists(&mut self, picture: &Picture) -> Result<()> {
        let now = picture.now.as_second();
        let lists = picture.exposures.iter().filter(|one| is_news(one, now));
        for one in lists {
            let ExposureFacts::List {
                own_name, complete, ..
            } = &one.record.kept.facts
            else {
                continue;
            };
            let words = self.words();
            let among = *own_name || !one.record.kept.addresses.is_empty();
            let people = words.people_on_list(one.record.kept.people.unwrap_or(0), *complete);
            let key = match among {
                true => "notice.list.text",
                false => "notice.list.text_others",
            };
            let sender = picture.sender_of(one);
            let values = [("service", sender.as_str()), ("people", &people)];
            self.store
                .transaction(|store| store.exposure_notified(one.record.id, now))?;
            self.show(Notice {
                title: words.say("notice.list.title"),
                text: words.fill(key, &values),
                address: one.addresses.first().copied(),
            })?;
        }
        Ok(())
    }
}

/// Other exposures of which the user was not told, newest first.
pub(super) fn waiting(picture: &Picture) -> Vec<&Exposed> {
    let now = picture.now.as_second();
    let all = picture.exposures.iter().rev();
    all.filter(|one| is_news(one, now))
        .filter(|one| !matches!(one.record.kept.facts, ExposureFacts::List { .. }))
        .collect()
}

/// The words of a notification for an exposure that is no list.
pub(super) fn notice(words: &Words, picture: &Picture, one: &Exposed) -> Notice {
    let sender = picture.sender_of(one);
    let (title, text) = match &one.record.kept.facts {
        ExposureFacts::Notice(reading) => {
            let key = match reading.claim {
                Claim::GotOut => "notice.genuine.got_out",
                Claim::MayHave => "notice.genuine.may_have",
                Claim::Incident => "notice.genuine.incident",
            };
            let data = words.data_classes(&reading.data);
            (
                words.fill("notice.genuine.title", &[("service", &sender)]),
                words.fill(key, &[("data", &data)]),
            )
        }
        ExposureFacts::Recipients | ExposureFacts::List { .. } => {
            let people = u64::from(one.record.kept.people.unwrap_or(0));
            let when = words.moment(one.record.arrived_at, &picture.zone, picture.today);
            (
                words.count("notice.shown.title", people, &[]),
                words.fill("notice.shown.text", &[("sender", &sender), ("when", &when)]),
            )
        }
    };
    Notice {
        title,
        text,
        address: one
            .record
            .delivered
            .first()
            .or(one.addresses.first())
            .copied(),
    }
}
