//! mbox files of any size, read line by line, in each of the four dialects: where lines of a body
//! that look like a separator are quoted (mboxo, mboxrd), only separators separate; where a length
//! is given (mboxcl, mboxcl2) and fits, the body is left out whole.
//!
//! Of the cursor, `uidvalidity` is a fingerprint of the first message and `modseq` the place up to
//! which the file was read, with a sum over what stands before it: a file that has grown behind it
//! is read on from there, any other change begins it anew.

use super::header::Header;
use super::lines::{Bytes, Lines};
use super::{Opened, Page};
use crate::mailbox::{Cursor, Fetched, Mark};
use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;

/// Fields of the first message that no mail program changes in place.
const LASTING: &[&[u8]] = &[
    b"message-id:",
    b"date:",
    b"from:",
    b"subject:",
    b"received:",
];
/// Fields that mail programs change in place.
const CHANGING: &[&[u8]] = &[b"X-Mozilla-", b"Status:", b"X-Status:", b"X-Keywords:"];
/// How many bytes before the place of the cursor its sum is made of.
const BEFORE: u64 = 1024;
/// Bits of `modseq` that hold the place; a sum stands above them.
const PLACE_BITS: u32 = 48;
/// After so many lengths that do not fit, none of the file is believed.
const MISFITS: u32 = 100;
/// Longest end of a line, in bytes.
const LINE_END: u64 = 2;
/// How many empty lines may stand between a body of known length and the next message.
const GAP: usize = 8;

/// The messages of an open mbox.
pub(super) struct Pages<B> {
    lines: Lines<B>,
    length: u64,
    cursor: Cursor,
    misfits: u32,
    /// Where the last message begins.
    begin: u64,
}

/// Opens a file at a cursor, or anew where the file is no longer the one of the cursor.
pub(super) fn open(path: &Path, known: Cursor) -> io::Result<Opened> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut lines = Lines::new(file);
    let fingerprint = fingerprint(&mut lines)?;
    let same = known.uidvalidity & !1 == fingerprint;
    let at = place_of(known);
    let goes_on = same
        && is_boundary(&mut lines, at, length)?
        && (at == 0 || sum_before(&mut lines, at)? == known.modseq >> PLACE_BITS);
    let (cursor, at) = if goes_on {
        (known, at)
    } else {
        // The lowest bit changes where the first message is the same and the rest is not.
        let turn = if same { (known.uidvalidity & 1) ^ 1 } else { 0 };
        let anew = Cursor {
            uidvalidity: fingerprint | turn,
            oldest_uid: 1,
            newest_uid: 0,
            modseq: 0,
        };
        (anew, 0)
    };
    lines.seek(at)?;
    Ok(Opened {
        cursor,
        pages: super::Pages::Mbox(Pages::new(lines, length, cursor)),
    })
}

impl<B: Bytes> Pages<B> {
    /// The messages of lines that stand at the place of the cursor.
    pub(super) const fn new(lines: Lines<B>, length: u64, cursor: Cursor) -> Pages<B> {
        Pages {
            lines,
            length,
            cursor,
            misfits: 0,
            begin: 0,
        }
    }

    /// The next messages.
    pub(super) fn next(&mut self, most: usize) -> io::Result<Page> {
        let from = self.lines.start();
        let mut messages = Vec::new();
        while messages.len() < most && reach_separator(&mut self.lines)? {
            let uid = self.cursor.newest_uid.saturating_add(1);
            messages.push(self.message(uid)?);
            self.cursor.newest_uid = uid;
        }
        let at = self.lines.start();
        if !messages.is_empty() {
            self.cursor.modseq = at;
        }
        let read = at.saturating_sub(from);
        let each = read.checked_div(messages.len() as u64).unwrap_or(0);
        let left = self
            .length
            .saturating_sub(at)
            .checked_div(each)
            .unwrap_or(0);
        Ok(Page {
            messages,
            cursor: self.cursor,
            bytes: read,
            left,
        })
    }

    /// Reads the message behind the present separator, up to the next one.
    fn message(&mut self, uid: u32) -> io::Result<Fetched> {
        self.lines.step(|_| {})?;
        let begin = self.lines.start();
        self.begin = begin;
        let mut header = Header::default();
        let mut length = None;
        while !self.lines.line().is_empty() && !header.is_over() {
            if is_separator(self.lines.line()) {
                // A header without a body, and without the empty line that should end it.
                self.lines.take_as_beginning();
                break;
            }
            length = length.or_else(|| content_length(self.lines.line()));
            header.line(self.lines.line());
            self.lines.step(|piece| header.more(piece))?;
        }
        if header.is_over() {
            self.leave_out(length)?;
        }
        reach_separator(&mut self.lines)?;
        Ok(Fetched {
            uid,
            internal_date: None,
            size: u32::try_from(self.lines.start() - begin).unwrap_or(u32::MAX),
            mark: Mark::None,
            header: header.into_bytes(),
        })
    }

    /// Goes over a body whose length the header says (the dialects mboxcl and mboxcl2, where lines
    /// of a body may look like separators), if a message begins or the file ends behind it. A
    /// length that does not fit is one of another time.
    fn leave_out(&mut self, length: Option<u64>) -> io::Result<()> {
        let Some(length) = length.filter(|_| B::JUMPS && self.misfits < MISFITS) else {
            return Ok(());
        };
        let (body, end) = (self.lines.start(), self.lines.length()?);
        let mut behind = body.saturating_add(length);
        if behind.saturating_sub(end) <= LINE_END {
            // The file lacks the end of its last line.
            behind = behind.min(end);
        }
        if behind <= end && is_boundary(&mut self.lines, behind, end)? {
            self.lines.seek(behind)?;
        } else {
            self.misfits += 1;
            self.lines.seek(body)?;
        }
        Ok(())
    }
}

impl Pages<File> {
    /// The next messages of a file; the sum that tells whether it is still the same before the
    /// place reached stands in the cursor.
    pub(super) fn next_of_file(&mut self, most: usize) -> io::Result<Page> {
        let mut page = self.next(most)?;
        if !page.messages.is_empty() {
            let at = self.lines.start();
            let sum = sum_before(&mut self.lines, at)?;
            self.lines.seek(at)?;
            self.cursor.modseq = at | sum << PLACE_BITS;
            page.cursor = self.cursor;
        }
        Ok(page)
    }
}

/// Where messages lie in the bytes that pages were opened on from their beginning.
pub(super) fn places<B: Bytes>(
    mut pages: Pages<B>,
    uids: &BTreeSet<u32>,
) -> io::Result<Vec<(u32, Range<u64>)>> {
    let mut places = Vec::with_capacity(uids.len());
    let last = uids.last().copied().unwrap_or(0);
    while pages.cursor.newest_uid < last {
        let page = pages.next(1)?;
        let Some(message) = page.messages.first() else {
            break;
        };
        if uids.contains(&message.uid) {
            places.push((message.uid, pages.begin..pages.lines.start()));
        }
    }
    Ok(places)
}

/// The place in bytes of a cursor.
const fn place_of(cursor: Cursor) -> u64 {
    cursor.modseq & ((1 << PLACE_BITS) - 1)
}

/// A sum, in 16 bits, over the last lines before a place that no mail program changes in place.
fn sum_before(lines: &mut Lines<File>, at: u64) -> io::Result<u64> {
    let mut sum = super::files::Sum::default();
    let from = at.saturating_sub(BEFORE);
    lines.seek(from)?;
    if from > 0 {
        // What is left of a line says nothing of its beginning.
        lines.step(|_| {})?;
    }
    while !lines.line().is_empty() && lines.start() < at {
        if !CHANGING.iter().any(|name| lines.line().starts_with(name)) {
            sum.add(lines.line());
        }
        lines.step(|_| {})?;
    }
    Ok(sum.value() >> PLACE_BITS)
}

/// Whether a message begins at a place, or the file ends there.
fn is_boundary<B: Bytes>(lines: &mut Lines<B>, at: u64, length: u64) -> io::Result<bool> {
    if at == 0 || at >= length {
        return Ok(at <= length);
    }
    lines.seek(at)?;
    for _ in 0..GAP {
        if !matches!(lines.line(), b"\n" | b"\r\n") {
            break;
        }
        lines.step(|_| {})?;
    }
    Ok(lines.line().is_empty() || is_separator(lines.line()))
}

/// Goes to the next separator; `false` at the end of the file.
fn reach_separator<B: Bytes>(lines: &mut Lines<B>) -> io::Result<bool> {
    while !lines.line().is_empty() {
        if lines.after_empty() && is_separator(lines.line()) {
            return Ok(true);
        }
        lines.step_to(b"From ")?;
    }
    Ok(false)
}

/// The value of a Content-Length field.
fn content_length(line: &[u8]) -> Option<u64> {
    let name = b"content-length:";
    let (start, value) = line.split_at_checked(name.len())?;
    if !start.eq_ignore_ascii_case(name) {
        return None;
    }
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

/// Whether a line begins a message: `From `, somebody, and a date as ctime writes it, or nothing at
/// all, as Thunderbird writes since 2024. Other lines of a body that happen to begin with `From `
/// have no such date (and are quoted by most programs).
pub(super) fn is_separator(line: &[u8]) -> bool {
    const DAYS: &[&[u8]] = &[b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: &[&[u8]] = &[
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let words: Vec<&[u8]> = rest
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        return true;
    }
    let has = |fits: &dyn Fn(&[u8]) -> bool| words.iter().any(|word| fits(word));
    has(&|word| DAYS.contains(&word.strip_suffix(b",").unwrap_or(word)))
        && has(&|word| MONTHS.contains(&word))
        && has(&|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit))
        && has(&|word| {
            word.len() >= 4
                && word.contains(&b':')
                && word.iter().all(|b| b.is_ascii_digit() || *b == b':')
        })
}

/// A number for the first message, even, never 0.
fn fingerprint(lines: &mut Lines<File>) -> io::Result<u32> {
    lines.seek(0)?;
    let mut sum = super::files::Sum::default();
    if reach_separator(lines)? {
        for _ in 0..500 {
            lines.step(|_| {})?;
            let line = lines.line().trim_ascii_end();
            if line.is_empty() {
                break;
            }
            let start = line.get(..12).unwrap_or(line).to_ascii_lowercase();
            if LASTING.iter().any(|name| start.starts_with(name)) {
                sum.add(line);
            }
        }
    }
    // Half of the sum is enough to tell files apart.
    let half = u32::try_from(sum.value() >> 32).unwrap_or(0);
    Ok((half & !1) | 2)
}

#[cfg(test)]
mod tests;
