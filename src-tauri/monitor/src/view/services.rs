//! The Services screen.

use super::common::{badge, each, state_of};
use super::types::{AddressLink, Badge, ServiceRow};
use crate::clock::{civil_day, day_of_number};
use crate::ledger::{Heard, Picture, standing};
use crate::store::DisclosureRecord;
use crate::words::Words;
use exposure::{Basis, Purpose};
use std::collections::{BTreeMap, BTreeSet};

/// So many days without mail are called silent: two years.
const SILENT: i32 = 730;

/// Services by name with the addresses that they have, also those that only the mail shows.
pub fn services(picture: &Picture, words: &Words) -> Vec<ServiceRow> {
    let rows = Rows::of(picture, words);
    let recorded = picture.services.iter().map(|service| {
        let domains = service.domains.iter().map(|(_, name, _)| name.clone());
        rows.row(service.id, &service.name, domains.collect(), true)
    });
    let found = picture.found.iter().map(|found| {
        let domains = found.proposal.domains.iter().map(|(_, name)| name.clone());
        let name = exposure::show::shown(&found.proposal.name, 80);
        let sure = found.proposal.about_account > 0;
        rows.row(found.service(), &name, domains.collect(), sure)
    });
    let mut all: Vec<ServiceRow> = recorded.chain(found).collect();
    all.sort_by_cached_key(|row| (row.service.to_lowercase(), row.id));
    all
}

/// What rows are made of, looked up once.
struct Rows<'a> {
    picture: &'a Picture,
    words: &'a Words,
    given: BTreeMap<i64, Vec<&'a DisclosureRecord>>,
    specs: BTreeMap<i64, (String, Option<Purpose>)>,
    named: BTreeMap<i64, Badge>,
}

impl<'a> Rows<'a> {
    fn of(picture: &'a Picture, words: &'a Words) -> Rows<'a> {
        let mut given: BTreeMap<i64, Vec<&DisclosureRecord>> = BTreeMap::new();
        for disclosure in &picture.disclosures {
            given
                .entry(disclosure.service)
                .or_default()
                .push(disclosure);
        }
        let addresses = picture.addresses.iter();
        let mut named = BTreeMap::new();
        for flag in each(picture).flat_map(|one| &one.said.flags) {
            if let Some(service) = flag.service {
                named
                    .entry(service)
                    .or_insert_with(|| badge(words, state_of(flag)));
            }
        }
        Rows {
            picture,
            words,
            given,
            specs: addresses
                .map(|a| (a.id, (a.spec.to_string(), a.purpose)))
                .collect(),
            named,
        }
    }

    fn row(&self, id: i64, name: &str, domains: Vec<String>, sure: bool) -> ServiceRow {
        let given = self.given.get(&id).map_or(&[][..], Vec::as_slice);
        let heard = self.picture.heard.get(&id).copied().unwrap_or_default();
        let day = |at: i64| civil_day(at, &self.picture.zone).filter(|_| at != 0);
        let last = day(heard.last);
        let first_given = given.iter().filter_map(|d| d.given_from).min();
        ServiceRow {
            id,
            service: name.to_owned(),
            letter: exposure::directory::letter(name),
            domains,
            addresses: given
                .iter()
                .filter_map(|d| {
                    let (address, _) = self.specs.get(&d.address)?;
                    Some(AddressLink {
                        id: d.address,
                        address: address.clone(),
                    })
                })
                .collect(),
            purposes: given
                .iter()
                .filter_map(|d| self.specs.get(&d.address)?.1)
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            given: first_given.map(|day| day_of_number(day).to_string()),
            basis: given
                .iter()
                .map(|d| d.basis)
                .min()
                .unwrap_or(Basis::Declared),
            standing: standing(id),
            sure,
            wanted_total: heard.wanted,
            last: last.map(|day| day.to_string()),
            silent: last
                .or(first_given.map(day_of_number))
                .is_some_and(|day| (self.picture.today - day).get_days() >= SILENT),
            last_mail: last_mail(self.picture, self.words, heard),
            badge: self.named.get(&id).cloned(),
        }
    }
}

/// When a service last wrote, in words.
pub(super) fn last_mail(picture: &Picture, words: &Words, heard: Heard) -> String {
    match civil_day(heard.last, &picture.zone).filter(|_| heard.last != 0) {
        Some(day) => words.fill(
            "service.last_mail",
            &[("day", &words.day(day, picture.today))],
        ),
        None => words.say("service.no_mail"),
    }
}
