//! The Follow-up screen.

use super::common::{badge, service_of, state_of};
use super::exposures;
use super::types::IncidentRow;
use crate::clock::civil_day;
use crate::ledger::{Exposed, Picture};
use crate::store::Store;
use crate::words::Words;
use anyhow::Result;
use exposure::assess::Flag;
use exposure::{AddressState, ExposureWay};

/// The state that an incident shows.
fn state_behind(flag: Option<&Flag>, exposed: Option<&Exposed>) -> AddressState {
    match (flag, exposed.map(|one| one.record.kept.facts.way())) {
        (Some(flag), _) => state_of(flag),
        (None, Some(ExposureWay::Notice)) => AddressState::Told,
        (None, Some(ExposureWay::List | ExposureWay::Recipients)) => AddressState::Found,
        (None, None) => AddressState::NoChange,
    }
}

/// Incidents, newest first.
///
/// # Errors
/// Those of SQLite.
pub fn incidents(picture: &Picture, store: &Store, words: &Words) -> Result<Vec<IncidentRow>> {
    let mut rows = Vec::new();
    for incident in store.incidents()? {
        let Some(address) = picture.addresses.iter().find(|a| a.id == incident.address) else {
            continue;
        };
        let flag = picture.flag_behind(&incident);
        let exposed = picture.exposed_behind(&incident);
        let by_mail = exposed.map(|one| picture.sender_of(one));
        let service = flag.and_then(|f| service_of(picture, f)).map(str::to_owned);
        let service = service.or(by_mail);
        let opened = civil_day(incident.opened_at, &picture.zone).unwrap_or(picture.today);
        rows.push(IncidentRow {
            id: incident.id,
            address_id: address.id,
            address: address.spec.to_string(),
            status: words.say(&format!("incident.{}", incident.status.word())),
            opened: words.fill(
                "incident.opened",
                &[("day", &words.day(opened, picture.today))],
            ),
            sentence: match (flag, exposed) {
                (Some(flag), _) => words.sentence(flag, service.as_deref(), picture.today),
                (None, Some(one)) => exposures::sentences(picture, words, one)
                    .into_iter()
                    .next()
                    .unwrap_or_default(),
                (None, None) => words.say("incident.unsupported"),
            },
            badge: badge(words, state_behind(flag, exposed)),
            service,
        });
    }
    Ok(rows)
}
