//! Mail on this PC: mbox files, Maildirs and folders of .eml files, read and never touched.
//!
//! `find` says which mailboxes lie below a path, `mbox` and `files` give their messages in pages,
//! `header` keeps of each what is read. Messages are numbered by their place, from 1. What makes
//! those numbers hold (the first message of an mbox, the names before a file) stands in the
//! cursor; where it no longer fits, the mailbox is read anew.

mod files;
mod find;
mod header;
mod lines;
mod mbox;

use super::reports::Reports;
use super::{Batch, Complete, Cost, Cursor, Fetched, Known, Listed, Progress, Report};
use crate::fault::{Code, Fault};
use anyhow::Result;
use exposure::Role;
use find::{Folder, Place};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
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
        }
    }
}

/// Reads what is new below a path, to the end, and reports it.
///
/// # Errors
/// [`Code::NoMailThere`], [`Code::CannotRead`], [`Code::Stopped`].
pub async fn read(
    path: &Path,
    out: mpsc::Sender<Report>,
    stop: watch::Receiver<bool>,
) -> Result<Cost> {
    let root = path.to_owned();
    let found = blocking(move || find::folders(&root)).await??;
    let mut reports = Reports::new(out);
    let listed = found.iter().map(|folder| folder.listed.clone()).collect();
    let mut known = reports.listed(listed).await?;
    // Whom the user wrote to comes first, so that people are known when their mail comes.
    known.sort_by_key(|known| u8::from(known.role != Role::Sent));
    let mut folders: BTreeMap<String, Folder> = found
        .into_iter()
        .map(|folder| (folder.listed.name.clone(), folder))
        .collect();
    let mut cost = Cost::default();
    for known in known.into_iter().filter(|known| known.role != Role::Drafts) {
        if let Some(folder) = folders.remove(&known.name) {
            folder_read(path, known, folder.place, &mut reports, &stop, &mut cost).await?;
        }
    }
    reports.settle().await?;
    Ok(cost)
}

/// Lists the mailboxes below a path.
///
/// # Errors
/// [`Code::NoMailThere`], [`Code::CannotRead`].
pub fn check(path: &Path) -> Result<Vec<Listed>> {
    Ok(find::folders(path)?
        .into_iter()
        .map(|folder| folder.listed)
        .collect())
}

async fn folder_read(
    path: &Path,
    known: Known,
    place: Place,
    reports: &mut Reports,
    stop: &watch::Receiver<bool>,
    cost: &mut Cost,
) -> Result<()> {
    let unreadable = |error: io::Error| {
        tracing::debug!("a mailbox on this PC cannot be read: {error}");
        Fault::new(Code::CannotRead).with("path", path.display().to_string())
    };
    let cursor = known.cursor;
    let opened = blocking(move || open(place, cursor))
        .await?
        .map_err(unreadable)?;
    let mut restart = cursor.uidvalidity != 0 && opened.cursor.uidvalidity != cursor.uidvalidity;
    let mut pages = opened.pages;
    let at = loop {
        if *stop.borrow() {
            reports.settle().await?;
            return Err(Fault::new(Code::Stopped).into());
        }
        let (back, page) = blocking(move || {
            let page = pages.next();
            (pages, page)
        })
        .await?;
        pages = back;
        let mut page = page.map_err(unreadable)?;
        cost.bytes_in += page.bytes;
        let at = page.cursor;
        if page.messages.is_empty() && !restart {
            break at;
        }
        cost.messages_seen += page.messages.len() as u64;
        let done = page.messages.is_empty();
        page.messages.reverse();
        let batch = Batch {
            mailbox: known.name.clone(),
            messages: page.messages,
            marks: Vec::new(),
            existing: None,
            cursor: at,
            restart,
        };
        reports.batch(batch).await?;
        restart = false;
        reports
            .progress(Progress {
                read: cost.messages_seen,
                total: cost.messages_seen + page.left,
            })
            .await?;
        if done {
            break at;
        }
    };
    let messages = u64::from(at.newest_uid);
    reports
        .complete(Complete {
            mailbox: known.name,
            messages,
            cursor: at,
        })
        .await
}

fn open(place: Place, cursor: Cursor) -> io::Result<Opened> {
    match place {
        Place::Mbox(file) => mbox::open(&file, cursor),
        Place::Maildir(folder) => files::open_maildir(&folder, cursor),
        Place::Eml(folder) => files::open_eml(&folder, cursor),
        Place::Single(file) => Ok(files::open_single(file, cursor)),
    }
}

/// Runs what waits for a disk where it holds up nobody.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    Ok(tokio::task::spawn_blocking(work).await?)
}
