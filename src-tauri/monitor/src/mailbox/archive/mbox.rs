//! mbox files of any size, read as a stream: a message begins at a `From ` line behind an empty
//! line (or at the start) that has a time in it.

use super::{BATCH, HEADER_LIMIT, News, fetched, fingerprint};
use crate::mailbox::{Cursor, Fetched};
use anyhow::Result;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes at the start of the file that tell whether it is still the same one.
const FINGERPRINT: usize = 1024;
/// Longest line that is looked at; the rest of it is skipped.
const LINE_LIMIT: u64 = 64 * 1024;

/// Reads messages behind the cursor. `modseq` holds how many bytes were read before.
pub(super) fn read(path: &Path, cursor: &mut Cursor, mut record: impl FnMut(News, Vec<Fetched>) -> Result<()>) -> Result<()> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let same = cursor.uidvalidity != 0 && length >= cursor.modseq && mark(&mut file, cursor)? == cursor.uidvalidity;
    let mut restart = !same;
    if restart {
        *cursor = Cursor { oldest_uid: 1, ..Cursor::default() };
        cursor.uidvalidity = mark(&mut file, cursor)?;
    }
    if same && length == cursor.modseq {
        return Ok(());
    }
    file.seek(SeekFrom::Start(cursor.modseq))?;
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let mut messages = Vec::new();
    let mut open: Option<(Vec<u8>, u64)> = None;
    let (mut in_header, mut after_empty, mut line) = (false, true, Vec::new());
    let mut at = cursor.modseq;
    loop {
        line.clear();
        let read = (&mut reader).take(LINE_LIMIT).read_until(b'\n', &mut line)?;
        at += read as u64;
        if read == 0 || (after_empty && begins(&line)) {
            if let Some((header, size)) = open.take() {
                cursor.newest_uid += 1;
                messages.push(fetched(cursor.newest_uid, size, header));
            }
            let before = at - read as u64;
            if messages.len() == BATCH || (read == 0 && (!messages.is_empty() || restart)) {
                cursor.modseq = before;
                record(News { cursor: *cursor, restart }, std::mem::take(&mut messages))?;
                restart = false;
            }
            if read == 0 {
                cursor.modseq = before;
                return Ok(());
            }
            open = Some((Vec::new(), 0));
            in_header = true;
            after_empty = false;
            continue;
        }
        let empty = matches!(line.as_slice(), b"\n" | b"\r\n");
        if let Some((header, size)) = &mut open {
            *size += read as u64;
            if in_header && header.len() < HEADER_LIMIT {
                header.extend_from_slice(&line);
            }
        }
        if empty {
            in_header = false;
        }
        after_empty = empty;
    }
}

/// The number of the file's beginning; a file that was shorter than that is told by what it had.
fn mark(file: &mut File, cursor: &Cursor) -> Result<u32> {
    file.seek(SeekFrom::Start(0))?;
    let known = usize::try_from(cursor.modseq).unwrap_or(FINGERPRINT);
    let length = if known == 0 { FINGERPRINT } else { known.min(FINGERPRINT) };
    let mut head = vec![0; length];
    let mut read = 0;
    while let Some(rest) = head.get_mut(read..).filter(|r| !r.is_empty()) {
        match file.read(rest)? {
            0 => break,
            more => read += more,
        }
    }
    Ok(fingerprint([head.get(..read).unwrap_or_default()].into_iter()))
}

/// Whether a line can begin a message: `From `, a sender, and a time of day.
fn begins(line: &[u8]) -> bool {
    line.starts_with(b"From ")
        && line.windows(3).any(|w| matches!(w, [a, b':', c] if a.is_ascii_digit() && c.is_ascii_digit()))
}
