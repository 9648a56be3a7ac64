//! What stands behind an incident today: a flag, an exposure, or both. An exposure and the junk
//! that follows it are one case.

use super::{Exposed, Picture};
use crate::clock::{civil_day, day_number};
use crate::store::IncidentRecord;
use exposure::assess::Flag;
use exposure::{FlagKind, IncidentKind, Level};
use std::collections::BTreeSet;

/// Junk that begins within so many days after an exposure belongs to its case.
const FOLLOWS_WITHIN: i64 = 365;

impl Picture {
    /// The exposure that stands behind an incident, if the records still bear it.
    pub fn exposed_behind(&self, incident: &IncidentRecord) -> Option<&Exposed> {
        if incident.kind != IncidentKind::Exposure {
            return None;
        }
        self.exposures.iter().find(|one| {
            let day = civil_day(one.record.arrived_at, &self.zone).map(day_number);
            let there = |all: &BTreeSet<i64>| all.contains(&incident.address);
            one.is_real()
                && day == Some(incident.segment)
                && (there(&one.addresses) || there(&one.record.delivered))
        })
    }

    /// The flag that stands behind an incident, if the facts still bear it; of an exposure the
    /// first that follows it.
    pub fn flag_behind(&self, incident: &IncidentRecord) -> Option<&Flag> {
        let all = self.assessment.addresses.iter();
        let said = all.into_iter().find(|a| a.id == incident.address)?;
        if incident.kind == IncidentKind::Exposure {
            let exposed = self.exposed_behind(incident)?;
            let follows = |flag: &&Flag| self.follows(flag, exposed);
            let flags = said.flags.iter().filter(follows);
            return flags.min_by_key(|flag| flag.onset.estimate);
        }
        said.flags
            .iter()
            .find(|f| incident.kind.is_of(f.kind) && day_number(f.segment) == incident.segment)
    }

    /// The exposure to whose case a flag at an address belongs.
    pub fn exposed_before(&self, address: i64, flag: &Flag) -> Option<&Exposed> {
        let mut before = self.exposures.iter().rev();
        before.find(|one| {
            one.is_real()
                && one.corrects.is_none()
                && (one.addresses.contains(&address) || one.record.delivered.contains(&address))
                && self.follows(flag, one)
        })
    }

    /// Whether junk follows an exposure, as far as dates and names go.
    fn follows(&self, flag: &Flag, one: &Exposed) -> bool {
        let leak = flag.kind == FlagKind::Leak && flag.level > Level::UnexpectedSender;
        let elsewhere = flag.service.is_some() && flag.service != one.service;
        let day = civil_day(one.record.arrived_at, &self.zone);
        let days = match (day, flag.onset.estimate) {
            (Some(day), Some(began)) => i64::from((began - day).get_days()),
            _ => return false,
        };
        leak && !elsewhere && (0..=FOLLOWS_WITHIN).contains(&days)
    }
}
