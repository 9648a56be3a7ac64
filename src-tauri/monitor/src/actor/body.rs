//! What a rule makes of a part of a message. The part goes as it came: only what the rule found is
//! kept, in the transaction that takes the message off the list of those wanted.

use super::Actor;
use crate::attachment::{Counted, Own};
use crate::mailbox::Want;
use crate::store::{ExposureFacts, NewExposure, Store};
use anyhow::Result;
use exposure::Wanted;
use exposure::notice::{self, Reading};
use std::collections::{BTreeSet, VecDeque};

/// Which rule last went through the subjects that were kept.
const RULE: &str = "notice_rule";
/// Of so many messages a part is read in one reading; the next one goes on.
const AT_ONCE: usize = 300;
/// Whether attachments may be looked into.
pub const ATTACHMENTS: &str = "attachments";

/// What was found in a message of what was wanted.
#[derive(Debug)]
pub enum Looked {
    /// It is not there any more, or cannot be read.
    Gone,
    /// What its text says, where it is a notice.
    Notice(Option<Reading>),
    /// What its attachments hold, one by one.
    Lists(Vec<List>),
}

/// What one attachment holds.
#[derive(Debug)]
pub struct List {
    counted: Counted,
    /// The user's addresses in it.
    addresses: BTreeSet<String>,
}

impl List {
    /// With the user's own addresses by what they are.
    pub fn of(counted: Counted, own: &Own) -> List {
        let on_it = counted.own_addresses.iter();
        List {
            addresses: on_it
                .filter_map(|at| own.addresses.get(*at).cloned())
                .collect(),
            counted,
        }
    }
}

impl Actor {
    /// The next message of an account of which a part is to be read in this reading.
    pub(super) fn wanted(&mut self, account: i64) -> Result<Option<Want>> {
        if !self.wants.contains_key(&account) {
            let lists = self.store.allowed(ATTACHMENTS)? == Some(true);
            let wanted = self.store.wanted(account, lists, AT_ONCE)?;
            self.wants.insert(account, wanted.into());
        }
        let next = self.wants.get_mut(&account).and_then(VecDeque::pop_front);
        if let Some(want) = &next {
            self.store.tried(want.message, want.what)?;
        }
        Ok(next)
    }

    /// Keeps what a rule makes of a part.
    pub(super) fn looked(&mut self, message: i64, what: Wanted, looked: Looked) -> Result<()> {
        self.store.transaction(|store| {
            let new = match looked {
                // Another mailbox may still have it; it is asked for again, a few times.
                Looked::Gone => return Ok(()),
                Looked::Notice(reading) => reading.map(|reading| notice(message, reading)),
                Looked::Lists(lists) => list_in(store, message, &lists)?,
            };
            if let Some(new) = new {
                store.expose(&new)?;
            }
            store.no_longer_wanted(message, what)
        })
    }

    /// Picks messages by subjects that were kept before the present rule.
    pub(super) fn pick_by_subject(&mut self) -> Result<()> {
        let rule = notice::RULE.to_string();
        if self.store.setting(RULE)?.as_deref() == Some(rule.as_str()) {
            return Ok(());
        }
        self.store.transaction(|store| {
            store.want_by_subject(notice::is_candidate)?;
            store.keep_setting(RULE, Some(&rule))
        })
    }
}

const fn notice(message: i64, reading: Reading) -> NewExposure {
    NewExposure {
        message,
        people: reading.people,
        facts: ExposureFacts::Notice(reading),
        addresses: BTreeSet::new(),
    }
}

/// The largest list among the attachments, with the user's own rows of all of them.
fn list_in(store: &Store, message: i64, lists: &[List]) -> Result<Option<NewExposure>> {
    let lists = || lists.iter().filter(|list| list.counted.is_list());
    let Some(List {
        counted: largest, ..
    }) = lists().max_by_key(|list| list.counted.people)
    else {
        return Ok(None);
    };
    let addresses = store.addresses()?.into_iter();
    Ok(Some(NewExposure {
        message,
        people: Some(largest.people),
        facts: ExposureFacts::List {
            columns: largest.columns.clone(),
            own_name: lists().any(|list| !list.counted.own_names.is_empty()),
            addresses: largest.addresses,
            complete: largest.complete,
        },
        addresses: addresses
            .filter(|address| {
                let spec = address.spec.to_string();
                lists().any(|list| list.addresses.contains(&spec))
            })
            .map(|address| address.id)
            .collect(),
    }))
}
