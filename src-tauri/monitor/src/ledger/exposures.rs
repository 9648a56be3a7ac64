//! Exposures as today's records show them: whose the mail is, which addresses it touches, what was
//! said about it afterwards, and what of it is evidence.

use crate::clock::{civil_day, day_number};
use crate::store::{DisclosureRecord, ExposureFacts, ExposureRecord, ServiceRecord, Store};
use anyhow::Result;
use exposure::assess::{Exposure, ExposureKind};
use exposure::notice::{self, Sender, Standing, Whose};
use exposure::{ExposureWay, strangers};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// A notice within so many seconds after a list or a mail with open recipients is about that
/// (14 days).
const CORRECTED_WITHIN: i64 = 14 * 86_400;

/// Mails of one service within so many seconds that reveal the same are one exposure (an hour).
const SAME_WITHIN: i64 = 3_600;

/// An exposure by mail.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposed {
    /// What is kept of it.
    pub record: ExposureRecord,
    /// The service whose mail it is; of a fake the one that it imitates.
    pub service: Option<i64>,
    /// Whose word a notice is; `None` for other ways.
    pub standing: Option<Standing>,
    /// Own addresses that it revealed, as far as is known.
    pub addresses: BTreeSet<i64>,
    /// The notice that came after it and is about it, by the ledger's number.
    pub corrected_by: Option<i64>,
    /// The exposure that this notice is about, by the ledger's number.
    pub corrects: Option<i64>,
}

impl Exposed {
    /// Whether it is said by who can know: a fake is shown, and is no exposure.
    pub fn is_real(&self) -> bool {
        self.standing != Some(Standing::Fake)
    }

    /// Whether nobody else may have made it up: it lies in the mailbox, or the service says so.
    pub fn is_certain(&self) -> bool {
        matches!(self.standing, Some(Standing::Genuine) | None)
    }

    /// Whether it revealed an address, or came to it.
    pub fn touches(&self, address: i64) -> bool {
        self.addresses.contains(&address) || self.record.delivered.contains(&address)
    }
}

/// Every exposure that the records bear, oldest first.
pub(super) fn of(
    store: &Store,
    services: &[ServiceRecord],
    disclosures: &[DisclosureRecord],
    zone: &TimeZone,
) -> Result<Vec<Exposed>> {
    let mut all: Vec<Exposed> = Vec::new();
    for record in store.exposures()? {
        let (whose, service) = whose(&record, services, disclosures);
        let standing = match &record.kept.facts {
            ExposureFacts::Notice(reading) => {
                let sender = Sender {
                    auth: record.auth,
                    of: whose,
                    junk: record.junk,
                };
                let standing = notice::standing(&sender, reading);
                // Who imitates nobody on record is nothing to the user.
                let empty = match standing {
                    Some(Standing::Fake) => service.is_none(),
                    Some(Standing::Genuine | Standing::ThirdParty) => false,
                    None => true,
                };
                if empty {
                    continue;
                }
                standing
            }
            ExposureFacts::Recipients => {
                let least = match whose {
                    Whose::Service | Whose::Processor => strangers::OF_A_SERVICE,
                    Whose::Lookalike | Whose::Other => strangers::OF_ANYONE,
                };
                if record.junk || record.kept.people.is_none_or(|people| people < least) {
                    continue;
                }
                None
            }
            ExposureFacts::List { .. } => {
                if record.junk || !matches!(whose, Whose::Service | Whose::Processor) {
                    continue;
                }
                None
            }
        };
        let mut addresses = record.kept.addresses.clone();
        if let Some(standing) = standing {
            addresses.extend(&record.delivered);
            if standing == Standing::Genuine {
                let day = civil_day(record.arrived_at, zone).map(day_number);
                let given = disclosures.iter().filter(|d| Some(d.service) == service);
                let before = given.filter(|d| d.given_from.is_none_or(|g| Some(g) <= day));
                addresses.extend(before.map(|d| d.address));
            }
        }
        // The same list to several of one's addresses is one exposure.
        let same = |one: &&mut Exposed| {
            let (before, now) = (&one.record.kept, &record.kept);
            one.service.is_some()
                && (one.service, one.standing) == (service, standing)
                && (before.facts.way(), before.people) == (now.facts.way(), now.people)
                && record.arrived_at - one.record.arrived_at < SAME_WITHIN
        };
        if let Some(one) = all.iter_mut().rev().find(same) {
            one.addresses.extend(addresses);
            one.record.delivered.extend(&record.delivered);
            one.record.kept.addresses.extend(&record.kept.addresses);
            continue;
        }
        all.push(Exposed {
            record,
            service,
            standing,
            addresses,
            corrected_by: None,
            corrects: None,
        });
    }
    link(&mut all);
    Ok(all)
}

/// Whose the mail of an exposure is, by today's records.
fn whose(
    record: &ExposureRecord,
    services: &[ServiceRecord],
    disclosures: &[DisclosureRecord],
) -> (Whose, Option<i64>) {
    let writes = |processor: bool| {
        services.iter().filter(move |service| {
            let mut domains = service.domains.iter();
            domains.any(|(org, _, as_processor)| *org == record.org && *as_processor == processor)
        })
    };
    if let Some(service) = writes(false).next() {
        return (Whose::Service, Some(service.id));
    }
    // A company that mails for many is taken for the one that has the address.
    let holds = |service: &&ServiceRecord| {
        let mut given = disclosures.iter();
        given.any(|d| d.service == service.id && record.delivered.contains(&d.address))
    };
    if let Some(service) = writes(true).find(holds) {
        return (Whose::Processor, Some(service.id));
    }
    let imitated = services.iter().find(|service| {
        let domains: Vec<&str> = service.domains.iter().map(|(_, d, _)| d.as_str()).collect();
        notice::imitates(&domains, &service.name, &record.domain, &record.from_name)
    });
    match imitated {
        Some(service) => (Whose::Lookalike, Some(service.id)),
        None => (Whose::Other, None),
    }
}

/// Links what a service mailed out to what it wrote about it afterwards.
fn link(all: &mut [Exposed]) {
    let notices: Vec<(i64, Option<i64>, i64)> = all
        .iter()
        .filter(|one| one.standing == Some(Standing::Genuine))
        .map(|one| (one.record.id, one.service, one.record.arrived_at))
        .collect();
    let mut about = Vec::new();
    for one in all.iter_mut().filter(|one| one.standing.is_none()) {
        let after = notices.iter().find(|(_, service, at)| {
            let later = at - one.record.arrived_at;
            *service == one.service && service.is_some() && (0..=CORRECTED_WITHIN).contains(&later)
        });
        if let Some((notice, _, _)) = after {
            one.corrected_by = Some(*notice);
            about.push((*notice, one.record.id));
        }
    }
    for (notice, exposure) in about {
        if let Some(one) = all.iter_mut().find(|one| one.record.id == notice) {
            one.corrects = Some(exposure);
        }
    }
}

/// What of the exposures is evidence. A notice that is about something in the mailbox says
/// nothing beyond it.
pub(super) fn evidence(all: &[Exposed], zone: &TimeZone) -> Vec<Exposure> {
    let evident = all.iter().filter_map(|one| {
        let kind = match (one.record.kept.facts.way(), one.standing) {
            (ExposureWay::List, _) if one.addresses.is_empty() => return None,
            (ExposureWay::List, _) => ExposureKind::List,
            (ExposureWay::Recipients, _) => ExposureKind::Recipients,
            (ExposureWay::Notice, Some(Standing::Genuine)) if one.corrects.is_none() => {
                ExposureKind::Notice
            }
            (ExposureWay::Notice, _) => return None,
        };
        Some(Exposure {
            service: one.service?,
            day: civil_day(one.record.arrived_at, zone)?,
            kind,
            addresses: one.addresses.clone(),
        })
    });
    evident.collect()
}
