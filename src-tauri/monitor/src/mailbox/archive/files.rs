//! One file per message: Maildir and folders of .eml. The order of names is the order of UIDs.

use super::{BATCH, HEADER_LIMIT, News, fetched, fingerprint};
use crate::mailbox::{Cursor, Fetched};
use anyhow::Result;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Reads files behind the cursor. As long as the names known before are still the first ones,
/// only what came behind them is read; else all are, and their identities are known already.
pub(super) fn read(
    paths: &[PathBuf],
    cursor: &mut Cursor,
    mut record: impl FnMut(News, Vec<Fetched>) -> Result<()>,
) -> Result<()> {
    let mut named: Vec<(String, &PathBuf)> = paths.iter().map(|p| (base(p), p)).collect();
    named.sort();
    let names = |count: usize| fingerprint(named.iter().take(count).map(|(name, _)| name.as_bytes()));
    let known = usize::try_from(cursor.newest_uid).unwrap_or(usize::MAX);
    let mut restart = cursor.uidvalidity == 0 || named.len() < known || names(known) != cursor.uidvalidity;
    if restart {
        *cursor = Cursor { oldest_uid: 1, ..Cursor::default() };
    }
    let mut done = usize::try_from(cursor.newest_uid).unwrap_or(0);
    let new: Vec<(usize, &PathBuf)> = named.iter().map(|(_, p)| *p).enumerate().skip(done).collect();
    for chunk in new.chunks(BATCH) {
        let mut messages = Vec::with_capacity(chunk.len());
        for (at, path) in chunk {
            let uid = u32::try_from(at + 1).unwrap_or(u32::MAX);
            // A file that was moved away in the meantime is read by its new name next time.
            match header(path) {
                Ok((header, size)) => messages.push(fetched(uid, size, header)),
                Err(error) => tracing::debug!("a message could not be read: {error:#}"),
            }
        }
        done += chunk.len();
        cursor.newest_uid = u32::try_from(done).unwrap_or(u32::MAX);
        cursor.uidvalidity = names(done);
        record(News { cursor: *cursor, restart }, messages)?;
        restart = false;
    }
    if restart {
        cursor.uidvalidity = names(0);
        record(News { cursor: *cursor, restart }, Vec::new())?;
    }
    Ok(())
}

/// The name without the flags that Maildir appends and changes.
fn base(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    match name.split_once(":2,") {
        Some((base, _)) => base.to_owned(),
        None => name,
    }
}

fn header(path: &Path) -> Result<(Vec<u8>, u64)> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut reader = BufReader::new(file).take(HEADER_LIMIT as u64);
    let mut header = Vec::new();
    loop {
        let before = header.len();
        let read = reader.read_until(b'\n', &mut header)?;
        let line = header.get(before..).unwrap_or_default();
        if read == 0 || (before > 0 && matches!(line, b"\n" | b"\r\n")) {
            return Ok((header, size));
        }
    }
}
