//! Reading one place to its end and reporting it. A file whose labels make several mailboxes is
//! read once, and each message goes to one of them; each mailbox has its own cursor, so that
//! nothing is lost or doubled wherever reading stops.

use super::bodies::{self, Whole};
use super::find::Place;
use super::{Opened, blocking, labels, open};
use crate::fault::{Code, Fault};
use crate::mailbox::reports::Reports;
use crate::mailbox::{
    Batch, Body, Complete, Cost, Cursor, Fetched, Found, Gone, Known, Progress, Want,
};
use anyhow::Result;
use exposure::Role;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::watch;

/// A mailbox without new mail is told how far its file was read after so many messages.
const BEHIND: u32 = 10_000;

/// A mailbox as it is read.
pub(super) struct Part {
    /// The role of what lies in it; the user may have chosen another for its mail.
    place: Role,
    known: Known,
    /// The sightings of before are void.
    restart: bool,
    /// Messages that lie there, as far as was read.
    messages: u64,
}

impl Part {
    pub(super) const fn new(place: Role, known: Known) -> Part {
        Part {
            place,
            messages: known.sightings,
            known,
            restart: false,
        }
    }

    /// Drafts are no deliveries.
    fn is_read(&self) -> bool {
        self.known.role != Role::Drafts
    }

    fn is_behind(&self, at: Cursor) -> bool {
        at.newest_uid.saturating_sub(self.known.cursor.newest_uid) >= BEHIND
    }
}

/// The reading of one path.
pub(super) struct Reading<'a> {
    path: &'a Path,
    reports: Reports,
    stop: watch::Receiver<bool>,
    cost: Cost,
    /// UIDVALIDITY of each mailbox that was read.
    numbers: BTreeMap<String, u32>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(path: &'a Path, reports: Reports, stop: watch::Receiver<bool>) -> Self {
        Reading {
            path,
            reports,
            stop,
            cost: Cost::default(),
            numbers: BTreeMap::new(),
        }
    }

    /// Reads what is new at a place.
    ///
    /// # Errors
    /// [`Code::CannotRead`], [`Code::Stopped`].
    pub(super) async fn folder(&mut self, mut parts: Vec<Part>, place: &Arc<Place>) -> Result<()> {
        if !parts.iter().any(Part::is_read) {
            return Ok(());
        }
        let place = Arc::clone(place);
        let (opened, mut parts) = blocking(move || {
            let opened = open_for(&place, &mut parts);
            (opened, parts)
        })
        .await?;
        let mut pages = opened.map_err(|error| self.unreadable(&error))?.pages;
        let at = loop {
            if *self.stop.borrow() {
                self.reports.settle().await?;
                return Err(Fault::new(Code::Stopped).into());
            }
            let (page, back) = blocking(move || (pages.next(), pages)).await?;
            pages = back;
            let page = page.map_err(|error| self.unreadable(&error))?;
            self.cost.bytes_in += page.bytes;
            let at = page.cursor;
            let done = page.messages.is_empty();
            self.page(&mut parts, page.messages, at).await?;
            if done {
                break at;
            }
            let read = self.cost.messages_seen;
            let total = read + page.left;
            self.reports.progress(Progress { read, total }).await?;
        };
        let alone = parts.len() == 1;
        for part in parts.into_iter().filter(Part::is_read) {
            let messages = if alone {
                u64::from(at.newest_uid)
            } else {
                part.messages
            };
            self.numbers.insert(part.known.name.clone(), at.uidvalidity);
            let complete = Complete {
                mailbox: part.known.name,
                messages,
                cursor: at,
            };
            self.reports.complete(complete).await?;
        }
        Ok(())
    }

    /// Reports the messages of a page, to each mailbox its own.
    async fn page(&mut self, parts: &mut [Part], page: Vec<Fetched>, at: Cursor) -> Result<()> {
        for (part, mut messages) in dealt(parts, page) {
            let due = !messages.is_empty() || part.restart || part.is_behind(at);
            if !part.is_read() || !due {
                continue;
            }
            self.cost.messages_seen += messages.len() as u64;
            part.messages += messages.len() as u64;
            messages.reverse();
            let batch = Batch {
                mailbox: part.known.name.clone(),
                messages,
                marks: Vec::new(),
                gone: Gone::Unknown,
                cursor: at,
                restart: part.restart,
            };
            self.reports.batch(batch).await?;
            part.restart = false;
            part.known.cursor = at;
        }
        Ok(())
    }

    /// Reads what is wanted of bodies. A place that cannot be opened any more costs no fact.
    ///
    /// # Errors
    /// [`Code::Stopped`], and those of the ledger.
    pub(super) async fn bodies(&mut self, places: &BTreeMap<String, Arc<Place>>) -> Result<()> {
        let mut wants: BTreeMap<String, BTreeMap<u32, Vec<Want>>> = BTreeMap::new();
        while let Some(want) = self.reports.wanted().await? {
            let of = wants.entry(want.mailbox.clone()).or_default();
            of.entry(want.uid).or_default().push(want);
        }
        for (mailbox, wants) in wants {
            let uids: BTreeSet<u32> = wants.keys().copied().collect();
            let uidvalidity = self.numbers.get(&mailbox).copied().unwrap_or(0);
            let place = places.get(&mailbox).cloned();
            let opening = blocking(move || {
                let opened = place.map(|place| Whole::open(&place, &uids, uidvalidity));
                opened.transpose().map(Option::flatten)
            });
            let mut whole = opening.await?.unwrap_or_else(|error| {
                tracing::debug!("a mailbox on this PC is not opened again: {error}");
                None
            });
            for (uid, wants) in wants {
                if *self.stop.borrow() {
                    return Err(Fault::new(Code::Stopped).into());
                }
                let read = match whole.take() {
                    None => None,
                    Some(mut open) => {
                        let (read, back) = blocking(move || (open.message(uid), open)).await?;
                        whole = Some(back);
                        read.ok().flatten()
                    }
                };
                for want in wants {
                    let found = match &read {
                        Some(read) => bodies::found(read, want.what),
                        None => Found::Gone,
                    };
                    self.reports.body(Body { want, found }).await?;
                }
            }
        }
        Ok(())
    }

    /// Waits until everything is in the ledger; says what it cost.
    ///
    /// # Errors
    /// Those of the ledger.
    pub(super) async fn end(mut self) -> Result<Cost> {
        self.reports.settle().await?;
        Ok(self.cost)
    }

    fn unreadable(&self, error: &io::Error) -> anyhow::Error {
        tracing::debug!("a mailbox on this PC cannot be read: {error}");
        let path = self.path.display().to_string();
        Fault::new(Code::CannotRead).with("path", path).into()
    }
}

/// Opens a place where the mailbox stands that was read least far, and says which begin anew. The
/// mailboxes of one file share their numbers: where one begins anew, all do.
fn open_for(place: &Place, parts: &mut [Part]) -> io::Result<Opened> {
    let mut first: Option<Opened> = None;
    let (mut number, mut changed) = (0, false);
    for part in parts.iter().filter(|part| part.is_read()) {
        let opened = open(place, part.known.cursor)?;
        let (known, now) = (part.known.cursor.uidvalidity, opened.cursor.uidvalidity);
        if known != 0 && known != now && !changed {
            changed = true;
            number = now;
        } else if number == 0 || known != 0 && !changed {
            number = now;
        }
        let least = |first: &Opened| opened.cursor.newest_uid < first.cursor.newest_uid;
        if first.as_ref().is_none_or(least) {
            first = Some(opened);
        }
    }
    let first = first.ok_or_else(|| io::Error::other("no mailbox is read"))?;
    for part in parts.iter_mut().filter(|part| part.is_read()) {
        let known = part.known.cursor.uidvalidity;
        if changed || known == 0 {
            part.restart = known != 0;
            part.messages = 0;
            part.known.cursor.newest_uid = 0;
        }
    }
    if first.cursor.uidvalidity == number && (first.cursor.newest_uid == 0 || !changed) {
        return Ok(first);
    }
    let from = if changed {
        Cursor {
            uidvalidity: number,
            oldest_uid: 1,
            ..Cursor::default()
        }
    } else {
        Cursor {
            uidvalidity: number,
            ..first.cursor
        }
    };
    open(place, from)
}

/// The mailboxes with what of a page is theirs and new to them.
fn dealt(parts: &mut [Part], page: Vec<Fetched>) -> Vec<(&mut Part, Vec<Fetched>)> {
    let mut dealt: Vec<(&mut Part, Vec<Fetched>)> =
        parts.iter_mut().map(|part| (part, Vec::new())).collect();
    let alone = dealt.len() == 1;
    for mut message in page {
        let share = if alone {
            dealt.first_mut()
        } else {
            let place = labels::place_of(&message.header);
            message.mark = labels::mark_of(place);
            let own = dealt.iter().position(|(part, _)| part.place == place);
            let own = own.unwrap_or(dealt.len() - 1);
            dealt.get_mut(own)
        };
        if let Some((part, messages)) = share
            && message.uid > part.known.cursor.newest_uid
        {
            messages.push(message);
        }
    }
    dealt
}
