//! The lines of a file of any size, at constant memory.

use memchr::memchr;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

/// Longest piece of a line that is held in memory.
const PIECE: usize = 64 * 1024;
/// Bytes that are read at once.
const BUFFER: usize = 256 * 1024;

/// Where bytes come from: a file, or what is unpacked on the way.
pub(super) trait Bytes: Read {
    /// Whether it can go to any place without reading up to it.
    const JUMPS: bool;

    /// Goes to a place.
    ///
    /// # Errors
    /// Where it cannot, besides those of the system.
    fn jump(&mut self, to: u64) -> io::Result<()>;

    /// How many bytes there are.
    fn length(&self) -> io::Result<u64>;
}

impl Bytes for File {
    const JUMPS: bool = true;

    fn jump(&mut self, to: u64) -> io::Result<()> {
        self.seek(SeekFrom::Start(to)).map(drop)
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }
}

/// Lines in their order, of which the present one stands in `line`.
pub(super) struct Lines<B> {
    bytes: B,
    buffer: Box<[u8]>,
    /// What of the buffer is still to come: from `at` to `end`.
    at: usize,
    end: usize,
    line: Vec<u8>,
    start: u64,
    /// Where the next piece begins.
    next: u64,
    /// Whether the present line is empty.
    empty: bool,
    after_empty: bool,
}

impl<B: Bytes> Lines<B> {
    /// The lines of bytes that stand at their beginning.
    pub(super) fn new(bytes: B) -> Lines<B> {
        Lines {
            bytes,
            buffer: vec![0; BUFFER].into_boxed_slice(),
            at: 0,
            end: 0,
            line: Vec::new(),
            start: 0,
            next: 0,
            empty: true,
            after_empty: true,
        }
    }

    /// The present line or the first piece of it, with its end; empty at the end of the file.
    pub(super) fn line(&self) -> &[u8] {
        &self.line
    }

    /// Where the present line begins.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// Whether the line before the present one was empty, or there was none.
    pub(super) fn after_empty(&self) -> bool {
        self.after_empty
    }

    /// How many bytes there are.
    pub(super) fn length(&self) -> io::Result<u64> {
        self.bytes.length()
    }

    /// Takes the present line for one that may begin a message.
    pub(super) fn take_as_beginning(&mut self) {
        self.after_empty = true;
    }

    /// Goes to a place where a message may begin.
    pub(super) fn seek(&mut self, to: u64) -> io::Result<()> {
        let held = self.next - self.at as u64;
        match to.checked_sub(held).and_then(|at| usize::try_from(at).ok()) {
            Some(at) if at <= self.end => self.at = at,
            Some(_) | None => {
                self.bytes.jump(to)?;
                (self.at, self.end) = (0, 0);
            }
        }
        self.begin_at(to)
    }

    /// Goes to a place further on by reading up to it.
    pub(super) fn read_up_to(&mut self, to: u64) -> io::Result<()> {
        while self.next < to && (self.at < self.end || self.fill()?) {
            let there = (self.end - self.at) as u64;
            let step = there.min(to - self.next);
            self.at += usize::try_from(step).unwrap_or(self.end - self.at);
            self.next += step;
        }
        self.begin()
    }

    /// Goes to the first line.
    pub(super) fn begin(&mut self) -> io::Result<()> {
        self.begin_at(self.next)
    }

    fn begin_at(&mut self, at: u64) -> io::Result<()> {
        self.next = at;
        self.line.clear();
        self.step(|_| {})?;
        self.after_empty = true;
        Ok(())
    }

    /// Goes to the next line; the pieces of the present one beyond the first go to `rest`.
    pub(super) fn step(&mut self, mut rest: impl FnMut(&[u8])) -> io::Result<()> {
        self.after_empty = self.empty;
        while !self.line.is_empty() && self.line.last() != Some(&b'\n') && self.piece()? {
            rest(&self.line);
        }
        self.start = self.next;
        self.piece()?;
        self.empty = is_empty(&self.line);
        Ok(())
    }

    /// Goes to the next line that follows an empty one and begins so, or to the end of the file.
    pub(super) fn step_to(&mut self, beginning: &[u8]) -> io::Result<()> {
        loop {
            if self.line.last() == Some(&b'\n') {
                self.pass(beginning);
            }
            self.step(|_| {})?;
            if self.line.is_empty() || self.after_empty && self.line.starts_with(beginning) {
                return Ok(());
            }
        }
    }

    /// Passes the whole lines in the buffer before such a one, without copying them.
    fn pass(&mut self, beginning: &[u8]) {
        let there = self.buffer.get(self.at..self.end).unwrap_or_default();
        let mut rest = there;
        while let Some(end) = memchr(b'\n', rest) {
            let (line, behind) = rest.split_at(end + 1);
            if self.empty && line.starts_with(beginning) {
                break;
            }
            self.empty = is_empty(line);
            rest = behind;
        }
        let passed = there.len() - rest.len();
        self.at += passed;
        self.next += passed as u64;
    }

    fn piece(&mut self) -> io::Result<bool> {
        self.line.clear();
        while self.line.len() < PIECE && (self.at < self.end || self.fill()?) {
            let room = PIECE - self.line.len();
            let until = self.end.min(self.at + room);
            let there = self.buffer.get(self.at..until).unwrap_or_default();
            let end = memchr(b'\n', there);
            let taken = end.map_or(there.len(), |end| end + 1);
            self.line
                .extend_from_slice(there.get(..taken).unwrap_or_default());
            self.at += taken;
            if end.is_some() {
                break;
            }
        }
        self.next += self.line.len() as u64;
        Ok(!self.line.is_empty())
    }

    fn fill(&mut self) -> io::Result<bool> {
        loop {
            match self.bytes.read(&mut self.buffer) {
                Ok(read) => {
                    (self.at, self.end) = (0, read);
                    return Ok(read > 0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn is_empty(line: &[u8]) -> bool {
    line.trim_ascii_start().is_empty()
}
