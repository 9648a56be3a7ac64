//! Mail on this PC: mbox files, Maildirs and folders of .eml files, read without changing them.

mod files;
mod mbox;
mod places;

use super::{Batch, Complete, Cost, Cursor, Fetched, Known, Listed, Mark, Progress, Report};
use crate::fault::{Code, Fault};
use anyhow::{Context, Result};
use exposure::Role;
use places::{Form, Place};
use std::path::Path;
use tokio::sync::{mpsc, oneshot, watch};

/// Messages of one batch.
const BATCH: usize = 500;
/// Bytes of a header that are read.
const HEADER_LIMIT: usize = 256 * 1024;

/// The mailboxes of a file or folder.
///
/// # Errors
/// [`Code::CannotRead`], [`Code::NoMailThere`].
pub fn check(path: &Path) -> Result<Vec<Listed>> {
    let places = places::of(path)?;
    if places.is_empty() {
        return Err(Fault::new(Code::NoMailThere).with("path", path.display().to_string()).into());
    }
    Ok(places.iter().map(|p| Listed { name: p.name.clone(), role: p.role }).collect())
}

/// Reads what is new in a file or folder, to the end.
///
/// # Errors
/// Those of [`check`], and [`Code::Stopped`].
pub async fn read(path: &Path, out: mpsc::Sender<Report>, stop: watch::Receiver<bool>) -> Result<Cost> {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || Reading { out, stop, progress: Progress::default() }.all(&path)).await?
}

/// New messages of a place, and where reading stands when each batch is in the ledger.
struct News {
    cursor: Cursor,
    restart: bool,
}

struct Reading {
    out: mpsc::Sender<Report>,
    stop: watch::Receiver<bool>,
    progress: Progress,
}

impl Reading {
    fn all(&mut self, path: &Path) -> Result<Cost> {
        let mut places = places::of(path)?;
        if places.is_empty() {
            return Err(Fault::new(Code::NoMailThere).with("path", path.display().to_string()).into());
        }
        let listed = places.iter().map(|p| Listed { name: p.name.clone(), role: p.role }).collect();
        let (answer, answered) = oneshot::channel();
        self.say(Report::Listed(listed, answer))?;
        let known = answered.blocking_recv().context("the ledger was closed")?;
        // Whom the user wrote to is read first, so that people are known when their mail comes.
        places.sort_by_key(|p| u8::from(p.role != Role::Sent));
        for place in &places {
            let Some(known) = known.iter().find(|k| k.name == place.name) else { continue };
            if known.role != Role::Drafts {
                self.place(place, known)?;
            }
        }
        Ok(Cost { messages_seen: self.progress.read, round_trips: 0, bytes_in: 0 })
    }

    fn place(&mut self, place: &Place, known: &Known) -> Result<()> {
        let mut cursor = known.cursor;
        match &place.form {
            Form::Mbox(path) => mbox::read(path, &mut cursor, |news, messages| self.record(place, news, messages))?,
            Form::Files(paths) => files::read(paths, &mut cursor, |news, messages| self.record(place, news, messages))?,
        }
        let complete = Complete { mailbox: place.name.clone(), messages: u64::from(cursor.newest_uid), cursor };
        let (answer, answered) = oneshot::channel();
        self.say(Report::Complete(complete, answer))?;
        answered.blocking_recv().context("the ledger was closed")?
    }

    fn record(&mut self, place: &Place, news: News, messages: Vec<Fetched>) -> Result<()> {
        if *self.stop.borrow() {
            return Err(Fault::new(Code::Stopped).into());
        }
        self.progress.read += messages.len() as u64;
        self.progress.total = self.progress.total.max(self.progress.read);
        let batch = Batch {
            mailbox: place.name.clone(),
            messages,
            marks: Vec::new(),
            existing: None,
            cursor: news.cursor,
            restart: news.restart,
        };
        let (answer, answered) = oneshot::channel();
        self.say(Report::Batch(batch, answer))?;
        answered.blocking_recv().context("the ledger was closed")??;
        self.say(Report::Progress(self.progress))
    }

    fn say(&self, report: Report) -> Result<()> {
        self.out.blocking_send(report).map_err(|_| anyhow::anyhow!("the ledger was closed"))
    }
}

/// A message as read from a file.
fn fetched(uid: u32, size: u64, header: Vec<u8>) -> Fetched {
    Fetched { uid, internal_date: None, size: u32::try_from(size).unwrap_or(u32::MAX), mark: Mark::None, header }
}

/// A number that changes when the bytes do: FNV-1a (Fowler, Noll, Vo), never 0.
fn fingerprint<'a>(parts: impl Iterator<Item = &'a [u8]>) -> u32 {
    let mut hash = 0x811C_9DC5_u32;
    for part in parts {
        for byte in part.iter().chain(b"\0") {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }
    hash.max(1)
}

#[cfg(test)]
mod tests;
