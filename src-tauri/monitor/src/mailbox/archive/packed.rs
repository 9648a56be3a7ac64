//! Mail in a zip, as Takeout hands it out: read on the way out of it, at constant memory. Nothing
//! is ever written to disk, whatever the names in it say.

use super::lines::{Bytes, Lines};
use super::{Opened, Page, mbox};
use crate::fault::{Code, Fault};
use crate::mailbox::Cursor;
use anyhow::{Context, Result};
use flate2::read::DeflateDecoder;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zip::CompressionMethod;
use zip::read::{Config, ZipFileEntry};
use zip::unstable::read::ZipIterable;

/// How many files a zip may hold: each takes a little memory.
const MOST_FILES: usize = 100_000;
/// How many times its packed size mail may be. Real mail is packed to a quarter, or a tenth.
const MOST_TIMES: u64 = 200;
/// Below this size, in bytes, nothing is too large.
const SMALL: u64 = 64 * 1024 * 1024;

/// A file in a zip.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Packed {
    zip: Arc<PathBuf>,
    /// Where its packed bytes begin.
    start: u64,
    packed: u64,
    deflated: bool,
    /// Its size as it was packed, in bytes.
    pub(super) size: u64,
    crc: u32,
}

/// Whether a file is a zip, by its first bytes.
pub(super) fn is_zip(path: &Path) -> io::Result<bool> {
    let mut start = [0; 4];
    match File::open(path)?.read_exact(&mut start) {
        Ok(()) => Ok(matches!(&start, b"PK\x03\x04" | b"PK\x05\x06")),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Every file in a zip with its path. Names that lead out of it are left out.
///
/// # Errors
/// [`Code::ArchiveLocked`], [`Code::ArchiveTooMuch`]; [`Code::CannotRead`] for a broken one.
pub(super) fn files(zip: &Path) -> Result<Vec<(PathBuf, Packed)>> {
    let fault = |code| Fault::new(code).with("path", zip.display().to_string());
    let unreadable = || fault(Code::CannotRead);
    let mut body = File::open(zip).with_context(unreadable)?;
    let length = body.length().with_context(unreadable)?;
    let open = BufReader::new(File::open(zip).with_context(unreadable)?);
    let mut entries = ZipIterable::try_new(open, Config::default()).with_context(unreadable)?;
    if entries.len() > MOST_FILES {
        return Err(fault(Code::ArchiveTooMuch).into());
    }
    let shared = Arc::new(zip.to_owned());
    let mut files = Vec::new();
    let mut total = 0_u64;
    for entry in entries.files().with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        let Some(path) = entry.enclosed_name().filter(|_| entry.is_file()) else {
            continue;
        };
        if entry.encrypted() {
            return Err(fault(Code::ArchiveLocked).into());
        }
        total = total.saturating_add(entry.size());
        if too_much(entry.size(), entry.compressed_size()) || too_much(total, length) {
            return Err(fault(Code::ArchiveTooMuch).into());
        }
        if let Some(packed) = packed(&shared, entry, &mut body).with_context(unreadable)? {
            files.push((path, packed));
        }
    }
    Ok(files)
}

/// `None` for what is packed in a way that is not read.
fn packed(zip: &Arc<PathBuf>, entry: ZipFileEntry<'_>, body: &mut File) -> Result<Option<Packed>> {
    let deflated = match entry.compression() {
        CompressionMethod::Stored => false,
        CompressionMethod::Deflated => true,
        other => {
            tracing::debug!("a file in a zip is left out: {other}");
            return Ok(None);
        }
    };
    let (packed, size, crc) = (entry.compressed_size(), entry.size(), entry.crc32());
    let reading = entry.with_reader(body, zip::ZipReadOptions::new())?;
    Ok(reading.data_start().map(|start| Packed {
        zip: Arc::clone(zip),
        start,
        packed,
        deflated,
        size,
        crc,
    }))
}

const fn too_much(size: u64, packed: u64) -> bool {
    size > SMALL && size / MOST_TIMES > packed
}

impl Packed {
    /// Its bytes.
    pub(super) fn open(&self) -> io::Result<Unpacked> {
        let mut file = File::open(&*self.zip)?;
        file.seek(SeekFrom::Start(self.start))?;
        let file = file.take(self.packed);
        let bytes = if self.deflated {
            Way::Deflated(DeflateDecoder::new(file))
        } else {
            Way::Stored(file)
        };
        Ok(Unpacked {
            bytes,
            size: self.size,
            left: self.size,
        })
    }

    /// A number for what is in it, even, never 0.
    const fn fingerprint(&self) -> u32 {
        // The size in its low half is enough beside the sum.
        ((self.crc ^ (self.size as u32).rotate_left(16)) & !1) | 2
    }
}

/// The bytes of a file in a zip: never more than the zip says, which was judged before.
pub(super) struct Unpacked {
    bytes: Way,
    size: u64,
    left: u64,
}

enum Way {
    Stored(Take<File>),
    Deflated(DeflateDecoder<Take<File>>),
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX);
        let room = room.min(buffer.len());
        let buffer = buffer.get_mut(..room).unwrap_or_default();
        let read = match &mut self.bytes {
            Way::Stored(bytes) => bytes.read(buffer)?,
            Way::Deflated(bytes) => bytes.read(buffer)?,
        };
        if read == 0 && room > 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.left -= read as u64;
        Ok(read)
    }
}

impl Bytes for Unpacked {
    const JUMPS: bool = false;

    fn jump(&mut self, _to: u64) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.size)
    }
}

/// The messages of an mbox in a zip, which is unpacked when the first are asked for.
pub(super) struct Pages {
    packed: Packed,
    cursor: Cursor,
    open: Option<mbox::Pages<Unpacked>>,
}

/// Opens an mbox in a zip at a cursor, or anew where it is no longer the one of the cursor.
pub(super) fn open_mbox(packed: &Packed, known: Cursor) -> Opened {
    let uidvalidity = packed.fingerprint();
    let cursor = if known.uidvalidity == uidvalidity && known.modseq <= packed.size {
        known
    } else {
        Cursor {
            uidvalidity,
            oldest_uid: 1,
            newest_uid: 0,
            modseq: 0,
        }
    };
    let pages = Pages {
        packed: packed.clone(),
        cursor,
        open: None,
    };
    Opened {
        cursor,
        pages: super::Pages::Packed(Box::new(pages)),
    }
}

/// The messages of an mbox in a zip from its beginning.
pub(super) fn whole(packed: &Packed) -> io::Result<mbox::Pages<Unpacked>> {
    let cursor = Cursor {
        oldest_uid: 1,
        ..Cursor::default()
    };
    let mut lines = Lines::new(packed.open()?);
    lines.read_up_to(0)?;
    Ok(mbox::Pages::new(lines, packed.size, cursor))
}

impl Pages {
    /// The next messages.
    pub(super) fn next(&mut self, most: usize) -> io::Result<Page> {
        if self.open.is_none() && self.cursor.modseq == self.packed.size {
            // It was read to its end: it need not be unpacked.
            return Ok(Page {
                cursor: self.cursor,
                ..Page::default()
            });
        }
        let pages = match &mut self.open {
            Some(pages) => pages,
            closed => {
                let mut lines = Lines::new(self.packed.open()?);
                lines.read_up_to(self.cursor.modseq)?;
                closed.insert(mbox::Pages::new(lines, self.packed.size, self.cursor))
            }
        };
        pages.next(most)
    }
}
