//! mbox files of any size, read line by line. Of the cursor, `uidvalidity` is a fingerprint of
//! the first message and `modseq` the place in bytes up to which the file was read: a file that
//! has grown behind it is read on from there, any other change begins it anew.

use super::header::Header;
use super::{Opened, Page};
use crate::mailbox::{Cursor, Fetched, Mark};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Longest piece of a line that is held in memory.
const PIECE: u64 = 64 * 1024;
/// Fields of the first message that no mail program changes in place.
const LASTING: &[&[u8]] = &[
    b"message-id:",
    b"date:",
    b"from:",
    b"subject:",
    b"received:",
];

/// The messages of an open mbox file.
pub(super) struct Pages {
    lines: Lines,
    length: u64,
    cursor: Cursor,
}

/// Opens a file at a cursor, or anew where the file is no longer the one of the cursor.
pub(super) fn open(path: &Path, known: Cursor) -> io::Result<Opened> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut lines = Lines::new(file);
    let fingerprint = fingerprint(&mut lines)?;
    let same = known.uidvalidity & !1 == fingerprint;
    let cursor = if same && lines.is_boundary(known.modseq, length)? {
        known
    } else {
        // The lowest bit changes where the first message is the same and the rest is not.
        let turn = if same { (known.uidvalidity & 1) ^ 1 } else { 0 };
        Cursor {
            uidvalidity: fingerprint | turn,
            oldest_uid: 1,
            newest_uid: 0,
            modseq: 0,
        }
    };
    lines.seek(cursor.modseq)?;
    Ok(Opened {
        cursor,
        pages: super::Pages::Mbox(Pages {
            lines,
            length,
            cursor,
        }),
    })
}

impl Pages {
    pub(super) fn next(&mut self, most: usize) -> io::Result<Page> {
        let from = self.lines.start;
        let mut messages = Vec::new();
        while messages.len() < most && self.lines.reach_separator()? {
            let uid = self.cursor.newest_uid.saturating_add(1);
            messages.push(self.lines.message(uid)?);
            self.cursor.newest_uid = uid;
            self.cursor.modseq = self.lines.start;
        }
        let read = self.lines.start - from;
        let each = read.checked_div(messages.len() as u64).unwrap_or(0);
        let left = self
            .length
            .saturating_sub(self.lines.start)
            .checked_div(each)
            .unwrap_or(0);
        Ok(Page {
            messages,
            cursor: self.cursor,
            bytes: read,
            left,
        })
    }
}

/// The lines of a file, of which the present one stands in `line`.
struct Lines {
    file: BufReader<File>,
    /// The present line or the first piece of it, with its end; empty at the end of the file.
    line: Vec<u8>,
    /// Where the present line begins.
    start: u64,
    /// Where the next piece begins.
    next: u64,
    /// Whether the line before the present one was empty, or there was none.
    after_empty: bool,
}

impl Lines {
    fn new(file: File) -> Lines {
        Lines {
            file: BufReader::with_capacity(256 * 1024, file),
            line: Vec::new(),
            start: 0,
            next: 0,
            after_empty: true,
        }
    }

    /// Goes to a place where a message may begin.
    fn seek(&mut self, to: u64) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(to))?;
        self.next = to;
        self.line.clear();
        self.step(|_| {})?;
        self.after_empty = true;
        Ok(())
    }

    /// Goes to the next line; the pieces of the present one beyond the first go to `rest`.
    fn step(&mut self, mut rest: impl FnMut(&[u8])) -> io::Result<()> {
        self.after_empty = self.line.trim_ascii_end().is_empty();
        while !self.line.is_empty() && self.line.last() != Some(&b'\n') && self.piece()? {
            rest(&self.line);
        }
        self.start = self.next;
        self.piece()?;
        Ok(())
    }

    fn piece(&mut self) -> io::Result<bool> {
        self.line.clear();
        let read = self
            .file
            .by_ref()
            .take(PIECE)
            .read_until(b'\n', &mut self.line)?;
        self.next += read as u64;
        Ok(read > 0)
    }

    /// Whether a message begins at a place, or the file ends there.
    fn is_boundary(&mut self, at: u64, length: u64) -> io::Result<bool> {
        if at == 0 || at >= length {
            return Ok(at <= length);
        }
        self.seek(at)?;
        while self.line == b"\n" || self.line == b"\r\n" {
            self.step(|_| {})?;
        }
        Ok(self.line.is_empty() || is_separator(&self.line))
    }

    /// Goes to the next separator; `false` at the end of the file.
    fn reach_separator(&mut self) -> io::Result<bool> {
        while !self.line.is_empty() {
            if self.after_empty && is_separator(&self.line) {
                return Ok(true);
            }
            self.step(|_| {})?;
        }
        Ok(false)
    }

    /// Goes over a body whose length the header says (the dialects mboxcl and mboxcl2, where lines
    /// of a body may look like separators), if a message begins or the file ends behind it. A
    /// length that does not fit is one of another time.
    fn leave_out(&mut self, length: Option<u64>) -> io::Result<()> {
        let Some(length) = length else { return Ok(()) };
        let (body, end) = (self.start, self.file.get_ref().metadata()?.len());
        let behind = body.saturating_add(length);
        if behind <= end && self.is_boundary(behind, end)? {
            self.seek(behind)
        } else {
            self.seek(body)
        }
    }

    /// Reads the message behind the present separator, up to the next one.
    fn message(&mut self, uid: u32) -> io::Result<Fetched> {
        self.step(|_| {})?;
        let begin = self.start;
        let mut header = Header::default();
        let mut length = None;
        while !self.line.is_empty() && !header.is_over() {
            length = length.or_else(|| content_length(&self.line));
            header.line(&self.line);
            self.step(|piece| header.more(piece))?;
        }
        self.leave_out(length)?;
        self.reach_separator()?;
        Ok(Fetched {
            uid,
            internal_date: None,
            size: u32::try_from(self.start - begin).unwrap_or(u32::MAX),
            mark: Mark::None,
            header: header.into_bytes(),
        })
    }
}

/// The value of a Content-Length field.
fn content_length(line: &[u8]) -> Option<u64> {
    let line = std::str::from_utf8(line).ok()?;
    let (name, value) = line.split_once(':')?;
    name.eq_ignore_ascii_case("content-length")
        .then(|| value.trim().parse().ok())?
}

/// Whether a line begins a message: `From `, somebody, and a date as ctime writes it. Lines of a
/// body that happen to begin with `From ` have no such date (and are quoted by most programs).
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
fn fingerprint(lines: &mut Lines) -> io::Result<u32> {
    lines.seek(0)?;
    let mut sum = super::files::Sum::default();
    if lines.reach_separator()? {
        for _ in 0..500 {
            lines.step(|_| {})?;
            if lines.line.trim_ascii_end().is_empty() {
                break;
            }
            let start = lines
                .line
                .get(..12)
                .unwrap_or(&lines.line)
                .to_ascii_lowercase();
            if LASTING.iter().any(|name| start.starts_with(name)) {
                sum.add(lines.line.trim_ascii_end());
            }
        }
    }
    // Half of the sum is enough to tell files apart.
    let half = u32::try_from(sum.value() >> 32).unwrap_or(0);
    Ok((half & !1) | 2)
}

#[cfg(test)]
mod tests;
