//! Mail on this PC: mbox files, Maildirs, folders of .eml files, and any of these in a zip, read
//! and never touched.
//!
//! `find` says which mailboxes lie below a path, `mbox`, `files` and `packed` give their messages in pages,
//! `header` keeps of each what is read, `labels` tells the mailboxes of one file apart, `reading`
//! reports, and `bodies` opens the messages of which a rule needs a part. Messages are numbered by their place, from 1. What makes those numbers hold (the first
//! message of an mbox, the names before a file) stands in the cursor; where it no longer fits, the
//! mailbox is read anew.

mod bodies;
mod files;
mod find;
mod header;
mod labels;
mod lines;
mod mbox;
mod packed;
mod reading;

use super::reports::Reports;
use super::{Cost, Cursor, Fetched, Known, Listed, Report};
use anyhow::Result;
use exposure::Role;
use find::Place;
use reading::{Part, Reading};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

/// Messages of one page.
const PAGE: usize = 500;

/// What a mailbox says when it is opened at a cursor.
struct Opened {
    /// Where reading goes on; its UIDVALIDITY differs from the one known when the mailbox has to
    /// be read anew.
    cursor: Cursor,
    pages: Pages,
}

/// The messages from a cursor on.
enum Pages {
    Mbox(mbox::Pages<File>),
    Files(files::Pages),
    Packed(Box<packed::Pages>),
}

/// Messages that follow one another, and where reading stands after them.
#[derive(Debug, Default)]
struct Page {
    messages: Vec<Fetched>,
    cursor: Cursor,
    /// Bytes read for it.
    bytes: u64,
    /// Messages that are still to come, as far as can be said.
    left: u64,
}

impl Pages {
    /// The next page; one without messages is the end.
    fn next(&mut self) -> io::Result<Page> {
        match self {
            Pages::Mbox(pages) => pages.next_of_file(PAGE),
            Pages::Files(pages) => Ok(pages.next(PAGE)),
            Pages::Packed(pages) => pages.next(PAGE),
        }
    }
}

/// Reads what is new below a path, to the end, and reports it.
///
/// # Errors
/// [`Code::NoMailThere`], [`Code::CannotRead`], [`Code::Stopped`].
///
/// [`Code::NoMailThere`]: crate::fault::Code::NoMailThere
/// [`Code::CannotRead`]: crate::fault::Code::CannotRead
/// [`Code::Stopped`]: crate::fault::Code::Stopped
pub async fn read(
    path: &Path,
    out: mpsc::Sender<Report>,
    stop: watch::Receiver<bool>,
) -> Result<Cost> {
    let root = path.to_owned();
    let mut found = blocking(move || find::folders(&root)).await??;
    let mut reports = Reports::new(out);
    let listed = found
        .iter()
        .flat_map(|folder| folder.listed.clone())
        .collect();
    let known = reports.listed(listed).await?;
    let mut known: BTreeMap<String, Known> = known
        .into_iter()
        .map(|known| (known.name.clone(), known))
        .collect();
    // Whom the user wrote to comes first, so that people are known when their mail comes.
    let is_sent = |listed: &Listed| {
        let known = known.get(&listed.name);
        known.is_some_and(|known| known.role == Role::Sent)
    };
    found.sort_by_key(|folder| u8::from(!folder.listed.iter().any(is_sent)));
    let mut reading = Reading::new(path, reports, stop);
    let mut places = BTreeMap::new();
    for folder in found {
        let place = Arc::new(folder.place);
        for listed in &folder.listed {
            places.insert(listed.name.clone(), Arc::clone(&place));
        }
        let parts = folder
            .listed
            .iter()
            .filter_map(|listed| Some(Part::new(listed.role, known.remove(&listed.name)?)))
            .collect();
        reading.folder(parts, &place).await?;
    }
    reading.bodies(&places).await?;
    reading.end().await
}

/// Lists the mailboxes below a path.
///
/// # Errors
/// [`Code::NoMailThere`], [`Code::CannotRead`].
///
/// [`Code::NoMailThere`]: crate::fault::Code::NoMailThere
/// [`Code::CannotRead`]: crate::fault::Code::CannotRead
pub fn check(path: &Path) -> Result<Vec<Listed>> {
    Ok(find::folders(path)?
        .into_iter()
        .flat_map(|folder| folder.listed)
        .collect())
}

fn open(place: &Place, cursor: Cursor) -> io::Result<Opened> {
    match place {
        Place::Mbox(file) => mbox::open(file, cursor),
        Place::Maildir(folder) => files::open_maildir(folder, cursor),
        Place::Eml(folder) => files::open_eml(folder, cursor),
        Place::Single(file) => Ok(files::open_single(file.clone(), cursor)),
        Place::Packed(packed) => Ok(packed::open_mbox(packed, cursor)),
        Place::PackedFiles(files) => Ok(files::open_packed(files, cursor)),
    }
}

/// Runs what waits for a disk where it holds up nobody.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    Ok(tokio::task::spawn_blocking(work).await?)
}
