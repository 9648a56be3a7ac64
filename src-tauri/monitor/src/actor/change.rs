//! What the user changes: disclosures, addresses, verdicts, accounts.

use super::Actor;
use super::edit::Edit;
use super::import::Import;
use super::kind::Kinds;
use crate::clock::{civil_day, day_number};
use crate::fault::{Code, Fault};
use crate::ledger::Found;
use crate::store::{DisclosureRecord, Entry, NewAccount, Store};
use anyhow::Result;
use exposure::{AddrSpec, AddressKind, Basis, Purpose, Role, Verdict};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// An address was given to a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Give {
    /// The address.
    pub address: AddrSpec,
    /// The service's name.
    pub service: String,
    /// Domains it writes from.
    pub domains: Vec<String>,
    /// Domains of companies that mail for it.
    pub processors: Vec<String>,
    /// The day; `None`: found in the mail.
    pub on: Option<Date>,
    /// What else was given: `name`, `phone`, `postal`.
    pub also: Vec<String>,
}

/// What a domain is to a service, by the user's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DomainIs {
    /// Its own.
    Own,
    /// That of a company that mails for it.
    Processor,
    /// Somebody else's.
    Stranger,
}

/// One change by the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Records a disclosure.
    Give(Give),
    /// Edits services or addresses; with the services that the mail shows, which it may be about.
    Edit(Edit, Vec<Found>),
    /// Takes the last edit back.
    Undo,
    /// Answers "which of these addresses are yours?".
    Claim {
        /// The user's.
        mine: Vec<AddrSpec>,
        /// Not the user's.
        not_mine: Vec<AddrSpec>,
    },
    /// Says whose a domain is that writes like a service.
    Domain {
        /// The service's number.
        service: i64,
        /// The domain.
        domain: String,
        /// What it is to the service.
        is: DomainIs,
    },
    /// Says of what kind an own address is (a lookout address, for one).
    Kind(AddrSpec, AddressKind),
    /// Says what a recorded address is for.
    Purpose(AddrSpec, Option<Purpose>),
    /// Corrects a verdict; `Unjudged` takes the correction back.
    Correct {
        /// The message's number.
        message: i64,
        /// The user's verdict.
        verdict: Verdict,
    },
    /// "This is fine": opens a new segment of an address today.
    Settle(i64),
    /// Records an account with the user's own addresses and domains.
    AddAccount {
        /// The account.
        account: NewAccount,
        /// Addresses that are the user's.
        own_addresses: Vec<AddrSpec>,
        /// Domains where every local part is the user's.
        own_domains: Vec<String>,
    },
    /// Removes an account; its counts stay, or go with its mail.
    RemoveAccount {
        /// The account's number.
        account: i64,
        /// Forget its mail too.
        with_mail: bool,
    },
    /// Forgets the trouble of an account that was signed in to anew; the account's number.
    SignedIn(i64),
    /// Forgets the trouble of an account with another password; the command that prints it.
    PasswordCommand(i64, Option<String>),
    /// Takes the user's word for the role of a mailbox.
    ChooseRole {
        /// The mailbox's number.
        mailbox: i64,
        /// Its role.
        role: Role,
    },
    /// Keeps or forgets a setting.
    Setting(&'static str, Option<String>),
    /// Adds what an export holds.
    Import(Import),
    /// Takes an import back; without a number the newest.
    UndoImport(Option<i64>),
    /// Makes what is derived anew.
    Rebuild,
}

impl Actor {
    /// Makes a change; returns the number of what it made, or 0. Of an import that was undone: how
    /// many of its rows stay.
    pub(super) fn change(&mut self, change: Change) -> Result<i64> {
        if change.is_edit() {
            self.edited(|actor| actor.make(change))
        } else {
            self.make(change)
        }
    }

    fn make(&mut self, change: Change) -> Result<i64> {
        let now = self.now();
        let today = self.day(now);
        match change {
            Change::Give(given) => {
                let zone = crate::ledger::zone_of(&self.store);
                self.store
                    .transaction(|store| give(store, &given, now, today, &zone))
            }
            Change::Edit(edit, found) => self
                .store
                .transaction(|store| super::edit::edit(store, &edit, &found, now)),
            Change::Undo => self.take_back(),
            Change::Claim { mine, not_mine } => self.store.transaction(|store| {
                for spec in &mine {
                    claim(store, spec, now)?;
                }
                for spec in &not_mine {
                    store.refuse(spec)?;
                }
                Ok(0)
            }),
            Change::Domain {
                service,
                domain,
                is,
            } => self.store.transaction(|store| {
                match is {
                    DomainIs::Own | DomainIs::Processor => {
                        let as_processor = is == DomainIs::Processor;
                        store.service_writes_from(
                            service,
                            &domain,
                            as_processor,
                            Basis::Declared,
                        )?;
                    }
                    DomainIs::Stranger => {
                        store.refuse_domain(service, &domain)?;
                    }
                }
                Ok(service)
            }),
            Change::Kind(spec, kind) => self.store.transaction(|store| {
                let address = claim(store, &spec, now)?;
                store.set_kind(address, kind)?;
                Ok(address)
            }),
            Change::Purpose(spec, purpose) => self.store.transaction(|store| {
                let missing = || Fault::new(Code::NoSuchAddress).with("address", spec.to_string());
                let address = store.address(&spec)?.ok_or_else(missing)?;
                store.set_purpose(address, purpose)?;
                Ok(address)
            }),
            Change::Correct { message, verdict } => self.store.transaction(|store| {
                store.correct(message, verdict, now)?;
                Ok(message)
            }),
            Change::Settle(address) => self.store.transaction(|store| {
                store.settle(address, today, "fine")?;
                Ok(address)
            }),
            Change::AddAccount {
                account,
                own_addresses,
                own_domains,
            } => self.store.transaction(|store| {
                let id = store.add_account(&account, now)?;
                for domain in &own_domains {
                    store.own_domain(domain)?;
                }
                let own = match &account.entry {
                    Entry::Imap { .. } => AddrSpec::parse(&account.name).ok(),
                    Entry::Archive { .. } => None,
                };
                for spec in own.iter().chain(&own_addresses) {
                    claim(store, spec, now)?;
                }
                Ok(id)
            }),
            Change::RemoveAccount { account, with_mail } => self.store.transaction(|store| {
                if with_mail {
                    store.forget_mail_of_account(account)?;
                    // The numbers of its messages may be given again.
                    store.tell_of_misfiled()?;
                }
                store.remove_account(account)?;
                Ok(account)
            }),
            Change::SignedIn(account) => self.store.transaction(|store| {
                store.account_fault(account, None)?;
                Ok(account)
            }),
            Change::PasswordCommand(account, command) => self.store.transaction(|store| {
                store.set_password_command(account, command.as_deref())?;
                store.account_fault(account, None)?;
                Ok(account)
            }),
            Change::ChooseRole { mailbox, role } => self.store.transaction(|store| {
                store.choose_role(mailbox, role)?;
                // Which folders count as junk changed: what was counted before is another series.
                for address in store.addresses()? {
                    store.settle(address.id, today, "folders")?;
                }
                Ok(mailbox)
            }),
            Change::Setting(key, value) => self.store.transaction(|store| {
                store.keep_setting(key, value.as_deref())?;
                Ok(0)
            }),
            Change::Import(import) => {
                let zone = crate::ledger::zone_of(&self.store);
                self.store
                    .transaction(|store| super::import::import(store, &import, now, today, &zone))
            }
            Change::UndoImport(import) => self.store.transaction(|store| {
                let undone = store.undo_import(import)?;
                Ok(i64::try_from(undone.kept).unwrap_or(i64::MAX))
            }),
            Change::Rebuild => {
                let bad = self.store.integrity()?;
                match bad.first() {
                    Some(line) => Err(Fault::new(Code::Other).with("detail", line.clone()).into()),
                    None => self.store.compact().map(|()| 0),
                }
            }
        }
    }
}

/// Records as a service what its mail shows of it: the day of its first mail is when it had the
/// address.
pub(super) fn accept_as(store: &mut Store, found: &Found, service: i64, now: i64) -> Result<()> {
    store.said_of(found.service(), service)?;
    for (org, domain) in &found.proposal.domains {
        store.service_writes_from(service, domain, false, Basis::Inferred)?;
        store.dismiss(*org, false)?;
    }
    for (contact, spec) in found.proposal.contacts.iter().zip(&found.specs) {
        let address = claim(store, spec, now)?;
        store.infer_disclosure(address, service, day_number(contact.first))?;
    }
    Ok(())
}

/// Makes an address the user's, with the kind that its domain and form suggest.
pub(super) fn claim(store: &mut Store, spec: &AddrSpec, now: i64) -> Result<i64> {
    match store.address(spec)? {
        Some(id) => Ok(id),
        None => Kinds::of(store)?.claim(store, spec, now),
    }
}

fn give(store: &mut Store, given: &Give, now: i64, today: i64, zone: &TimeZone) -> Result<i64> {
    let service = store.service(&given.service, now)?;
    for domain in &given.domains {
        store.service_writes_from(service, domain.trim(), false, Basis::Declared)?;
    }
    for domain in &given.processors {
        store.service_writes_from(service, domain.trim(), true, Basis::Declared)?;
    }
    let address = claim(store, &given.address, now)?;
    // A day that was not given is looked for in the mail whenever the ledger is read, because more
    // of it may come.
    let day = given.on.map(day_number);
    store.disclose(&DisclosureRecord {
        address,
        service,
        given_from: day,
        given_to: day.or(Some(today)),
        basis: Basis::Declared,
        also: given.also.clone(),
    })?;
    claim_shown(store, &BTreeSet::from([service]), now, today, zone)?;
    Ok(address)
}

/// Mail of these services, verified, proves which never-given local parts they have too: each
/// becomes an address. Returns what was made: address, service.
pub(super) fn claim_shown(
    store: &mut Store,
    services: &BTreeSet<i64>,
    now: i64,
    today: i64,
    zone: &TimeZone,
) -> Result<Vec<(i64, i64)>> {
    let mut writes: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for service in store.services()? {
        let own = service
            .domains
            .iter()
            .filter(|(_, _, as_processor)| !as_processor);
        for (org, _, _) in own.filter(|_| services.contains(&service.id)) {
            writes.entry(*org).or_default().push(service.id);
        }
    }
    let mut kinds = Kinds::of(store)?;
    let mut made = Vec::new();
    for (spec, org, first) in store.never_given_from()? {
        for service in writes.get(&org).into_iter().flatten() {
            let address = kinds.claim(store, &spec, now)?;
            let day = civil_day(first, zone).map_or(today, day_number);
            store.infer_disclosure(address, *service, day)?;
            made.push((address, *service));
        }
    }
    Ok(made)
}
