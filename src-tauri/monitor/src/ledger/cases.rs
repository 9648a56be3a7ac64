//! What stands behind an incident today: a flag, an exposure, or both. An exposure and the junk
//! that follows it are one case.

use super::{Exposed, Picture};
use crate::clock::{civil_day, day_number};
use crate::store::IncidentRecord;
use exposure::assess::Flag;
use exposure::{FlagKind, IncidentKind, Level};
use jiff::civil::Date;

/// Junk that begins within so many days after an exposure belongs to its case.
const FOLLOWS_WITHIN: u64 = 365;

impl Picture {
    /// The exposure that stands behind an incident, if the records still bear it.
    pub fn exposed_behind(&self, incident: &IncidentRecord) -> Option<&Exposed> {
        if incident.kind != IncidentKind::Exposure {
            return None;
        }
        self.exposures.iter().find(|one| {
            let day = self.day_of(one).map(day_number);
            one.is_real() && day == Some(incident.segment) && one.touches(incident.address)
        })
    }

    /// The flag that stands behind an incident, if the facts still bear it; of an exposure the
    /// first that follows it.
    pub fn flag_behind(&self, incident: &IncidentRecord) -> Option<&Flag> {
        let mut flags = self.flags_at(incident.address);
        if incident.kind == IncidentKind::Exposure {
            let exposed = self.exposed_behind(incident)?;
            let following = flags.filter(|flag| self.follows(flag, exposed));
            return following.min_by_key(|flag| flag.onset.estimate);
        }
        flags.find(|f| incident.kind.is_of(f.kind) && day_number(f.segment) == incident.segment)
    }

    /// What is said about an address.
    pub fn flags_at(&self, address: i64) -> impl Iterator<Item = &Flag> {
        let said = self.assessment.addresses.iter();
        said.filter(move |of| of.id == address)
            .flat_map(|of| &of.flags)
    }

    /// The exposure to whose case a flag at an address belongs.
    pub fn exposed_before(&self, address: i64, flag: &Flag) -> Option<&Exposed> {
        let mut before = self.exposures.iter().rev();
        before.find(|one| {
            let real = one.is_real() && one.corrects.is_none();
            real && one.touches(address) && self.follows(flag, one)
        })
    }

    /// Whether junk follows an exposure, as far as dates and names go.
    fn follows(&self, flag: &Flag, one: &Exposed) -> bool {
        let elsewhere = flag.service.is_some() && flag.service != one.service;
        let days = self.days_between(one, flag);
        days.is_some_and(|days| days <= FOLLOWS_WITHIN) && !elsewhere
    }

    /// The civil day on which the mail of an exposure came.
    pub fn day_of(&self, one: &Exposed) -> Option<Date> {
        civil_day(one.record.arrived_at, &self.zone)
    }

    /// Days from an exposure to the beginning of junk; `None` where that is no leak, has no date,
    /// or was before.
    pub fn days_between(&self, one: &Exposed, flag: &Flag) -> Option<u64> {
        let leak = flag.kind == FlagKind::Leak && flag.level > Level::UnexpectedSender;
        let began = flag.onset.estimate.filter(|_| leak)?;
        u64::try_from((began - self.day_of(one)?).get_days()).ok()
    }

    /// Who sent the mail of an exposure: the service as recorded, else the name or domain in From.
    pub fn sender_of(&self, one: &Exposed) -> String {
        let known = one.service.filter(|_| one.is_real());
        let from = match one.record.from_name.as_str() {
            "" => &one.record.domain,
            name => name,
        };
        let name = known.and_then(|id| self.service_name(id));
        name.unwrap_or(from).to_owned()
    }
}
