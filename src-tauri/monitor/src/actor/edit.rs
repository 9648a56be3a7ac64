//! What the user edits of services and addresses by hand. Every edit can be taken back while the
//! program runs ([`Actor::take_back`]).

use super::Actor;
use super::change::{Change, accept_as};
use crate::fault::{Code, Fault};
use crate::ledger::Found;
use crate::store::{Difference, Store};
use anyhow::Result;
use exposure::{AddressStatus, Purpose};
use serde::Deserialize;
use ts_rs::TS;

/// One edit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Edit {
    /// Another name for a service.
    Rename {
        /// The service's number.
        service: i64,
        /// Its name from now on.
        name: String,
    },
    /// Several services are one.
    Merge {
        /// Its name from now on.
        name: String,
        /// Their numbers; those below 0 are known from the mail alone.
        services: Vec<i64>,
    },
    /// Part of a service is another one.
    Split {
        /// The service's number.
        service: i64,
        /// The other one's name.
        name: String,
        /// Numbers of the domains that are the other one's.
        domains: Vec<i64>,
        /// Numbers of the addresses that the other one has.
        addresses: Vec<i64>,
    },
    /// Services leave the record.
    Remove {
        /// Their numbers; those below 0 are known from the mail alone.
        services: Vec<i64>,
    },
    /// Services that only the mail shows are recorded.
    Record {
        /// Their numbers, below 0.
        services: Vec<i64>,
    },
    /// An address was not given to a service.
    Withdraw {
        /// The service's number.
        service: i64,
        /// The address's number.
        address: i64,
    },
    /// A domain is not a service's.
    DropDomain {
        /// The service's number.
        service: i64,
        /// The domain's number.
        domain: i64,
    },
    /// What addresses are for.
    Purpose {
        /// Their numbers.
        addresses: Vec<i64>,
        /// What they are for; null: not said.
        purpose: Option<Purpose>,
    },
    /// Where addresses are in their lives.
    Status {
        /// Their numbers.
        addresses: Vec<i64>,
        /// Where they are.
        status: AddressStatus,
    },
}

/// So many edits can be taken back.
const KEPT: usize = 50;

impl Actor {
    /// Makes a change that the user can take back.
    pub(super) fn edited(&mut self, change: impl FnOnce(&mut Actor) -> Result<i64>) -> Result<i64> {
        let before = self.store.image()?;
        let made = change(self)?;
        let difference = before.until(&self.store.image()?);
        if !difference.is_empty() {
            self.edits.push(difference);
            let too_many = self.edits.len().saturating_sub(KEPT);
            self.edits.drain(..too_many);
        }
        Ok(made)
    }

    /// Takes the last edit back.
    ///
    /// # Errors
    /// [`Code::NothingToUndo`]; those of SQLite.
    pub(super) fn take_back(&mut self) -> Result<i64> {
        let Some(edit) = self.edits.pop() else {
            return Err(Fault::new(Code::NothingToUndo).into());
        };
        let done = self.store.transaction(|store| store.take_back(&edit));
        if done.is_err() {
            self.edits.push(edit);
        }
        done.map(|()| 0)
    }
}

/// Makes an edit; `found` are the services that the mail shows. Returns the number of the service
/// that it is about, or 0.
pub(super) fn edit(store: &mut Store, edit: &Edit, found: &[Found], now: i64) -> Result<i64> {
    match edit {
        Edit::Rename { service, name } => {
            let name = named(name)?;
            if store
                .service_named(name)?
                .is_some_and(|known| known != *service)
            {
                return Err(Fault::new(Code::NameTaken).with("name", name).into());
            }
            store.rename_service(*service, name)?;
            Ok(*service)
        }
        Edit::Merge { name, services } => {
            let name = named(name)?;
            let recorded: Vec<i64> = services.iter().copied().filter(|id| *id > 0).collect();
            let into = match store.service_named(name)? {
                Some(known) if recorded.contains(&known) => known,
                Some(_) => return Err(Fault::new(Code::NameTaken).with("name", name).into()),
                None => match recorded.first() {
                    Some(first) => {
                        store.rename_service(*first, name)?;
                        *first
                    }
                    None => store.new_service(name, now)?,
                },
            };
            for other in recorded.into_iter().filter(|id| *id != into) {
                store.merge_service(other, into)?;
            }
            for one in found.iter().filter(|f| services.contains(&f.service())) {
                accept_as(store, one, into, now)?;
            }
            Ok(into)
        }
        Edit::Split {
            service,
            name,
            domains,
            addresses,
        } => {
            let name = named(name)?;
            if store.service_named(name)?.is_some() {
                return Err(Fault::new(Code::NameTaken).with("name", name).into());
            }
            let other = store.new_service(name, now)?;
            store.split_service(*service, other, domains, addresses)?;
            Ok(other)
        }
        Edit::Remove { services } => {
            for service in services.iter().filter(|id| **id > 0) {
                store.remove_service(*service)?;
            }
            for one in found.iter().filter(|f| services.contains(&f.service())) {
                for (org, _) in &one.proposal.domains {
                    store.dismiss(*org, true)?;
                }
            }
            Ok(0)
        }
        Edit::Record { services } => {
            for one in found.iter().filter(|f| services.contains(&f.service())) {
                let service = store.service(&one.proposal.name, now)?;
                accept_as(store, one, service, now)?;
            }
            Ok(0)
        }
        Edit::Withdraw { service, address } => {
            store.withdraw(*service, *address, now)?;
            Ok(*service)
        }
        Edit::DropDomain { service, domain } => {
            store.drop_domain(*service, *domain)?;
            Ok(*service)
        }
        Edit::Purpose { addresses, purpose } => {
            for address in addresses {
                store.set_purpose(*address, *purpose)?;
            }
            Ok(0)
        }
        Edit::Status { addresses, status } => {
            for address in addresses {
                store.set_status(*address, *status)?;
            }
            Ok(0)
        }
    }
}

/// A name that a person typed.
fn named(text: &str) -> Result<&str> {
    let name = text.trim();
    if name.is_empty() {
        return Err(Fault::new(Code::NoName).into());
    }
    Ok(name)
}

impl Change {
    /// Whether the user can take it back: it is about services and addresses, not about mail,
    /// accounts or settings. An import is taken back as a whole by its number.
    pub(super) const fn is_edit(&self) -> bool {
        match self {
            Change::Give(_)
            | Change::Domain { .. }
            | Change::Kind(..)
            | Change::Purpose(..)
            | Change::Edit(..) => true,
            Change::Claim { .. }
            | Change::Correct { .. }
            | Change::Settle(_)
            | Change::AddAccount { .. }
            | Change::RemoveAccount { .. }
            | Change::SignedIn(_)
            | Change::ChooseRole { .. }
            | Change::Setting(..)
            | Change::PasswordCommand(..)
            | Change::Import(_)
            | Change::UndoImport(_)
            | Change::Undo
            | Change::Rebuild => false,
        }
    }
}

/// The edits of this run, oldest first.
pub(super) type Edits = Vec<Difference>;
