//! Mail in Junk that is perhaps none, held against everyone on record.

use super::Picture;
use crate::store::{AccountFacts, AddressRecord, ServiceRecord, Store};
use anyhow::Result;
use exposure::FlagKind;
use exposure::assess::Assessment;
use exposure::mail::Own;
use exposure::misfiled::{self, Lying, Misfiled, Why};
use exposure::show::shown;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Longest name of a sender, in characters.
const LONGEST: usize = 60;

impl Picture {
    /// By what the sender of a message in Junk is called: a person by their name, a service by the
    /// name on record, and who only answers by their address, since names can be stolen.
    pub fn sender(&self, one: &Lying, why: Why) -> String {
        let name = match why {
            Why::Person => one.name.as_str(),
            Why::Service(id) => self.service_name(id).unwrap_or_default(),
            Why::Answer => "",
        };
        match name {
            "" => shown(&one.from.to_string(), LONGEST),
            name => shown(name, LONGEST),
        }
    }
}

/// Who is known, as the ledger has it.
pub(super) struct Known<'a> {
    pub(super) addresses: &'a [AddressRecord],
    pub(super) own_domains: &'a BTreeSet<String>,
    pub(super) accounts: &'a [AccountFacts],
    pub(super) contacts: &'a BTreeMap<i64, BTreeSet<String>>,
    pub(super) services: &'a [ServiceRecord],
    /// Services of whose own mail something was called junk.
    pub(super) unwanted: &'a BTreeSet<i64>,
}

/// What lies in Junk now and is perhaps none.
///
/// # Errors
/// Those of SQLite.
pub(super) fn of(store: &Store, known: &Known<'_>, now: Timestamp) -> Result<Misfiled> {
    let own = Own {
        addresses: known.addresses.iter().map(|a| a.spec.clone()).collect(),
        domains: known.own_domains.clone(),
        separator: known.accounts.first().map_or('+', |a| a.separator),
    };
    let people = known.contacts.values().flatten().cloned().collect();
    let services = known
        .services
        .iter()
        .flat_map(|service| {
            service
                .domains
                .iter()
                .map(move |domain| (service.id, domain))
        })
        .filter(|(_, (_, _, processor))| !processor)
        .map(|(id, (org, _, _))| (*org, id))
        .collect();
    let known = misfiled::Known {
        own: &own,
        people: &people,
        services: &services,
        unwanted: known.unwanted,
    };
    let now = now.as_second();
    Ok(misfiled::misfiled(store.lying(now)?, &known, now))
}

/// Services that send what the user calls junk.
pub(super) fn own_mail(assessment: &Assessment) -> impl Iterator<Item = i64> {
    let flags = assessment.addresses.iter().flat_map(|a| &a.flags);
    flags
        .filter(|flag| flag.kind == FlagKind::OwnMail)
        .filter_map(|flag| flag.service)
}
