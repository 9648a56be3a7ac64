//! The Follow-up screen.

use super::common::{badge, service_of, state_of};
use super::types::IncidentRow;
use crate::clock::{civil_day, day_number};
use crate::ledger::Picture;
use crate::store::{IncidentRecord, Store};
use crate::words::Words;
use anyhow::Result;
use exposure::AddressState;
use exposure::assess::Flag;

/// The flag that stands behind an incident today, if the facts still bear it.
pub(super) fn flag_of<'a>(picture: &'a Picture, incident: &IncidentRecord) -> Option<&'a Flag> {
    let said = picture
        .assessment
        .addresses
        .iter()
        .find(|a| a.id == incident.address)?;
    said.flags
        .iter()
        .find(|f| f.kind == incident.kind && day_number(f.segment) == incident.segment)
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
        let flag = flag_of(picture, &incident);
        let service = flag.and_then(|f| service_of(picture, f)).map(str::to_owned);
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
            sentence: match flag {
                Some(flag) => words.sentence(flag, service.as_deref(), picture.today),
                None => words.say("incident.unsupported"),
            },
            badge: badge(words, flag.map_or(AddressState::NoChange, state_of)),
            service,
        });
    }
    Ok(rows)
}
