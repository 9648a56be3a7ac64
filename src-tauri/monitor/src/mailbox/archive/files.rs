//! Messages in files of their own: Maildirs and folders of .eml files.
//!
//! They are numbered in the order of their names, which for a Maildir is the order of arrival. Of
//! the cursor, `modseq` is a sum over the names that were read: while they are still the first of
//! the folder only what follows is read, any other change begins the folder anew.

use super::header::Header;
use super::packed::Packed;
use super::{Opened, Page};
use crate::mailbox::{Cursor, Fetched, Mark};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Longest piece of a line that is held in memory.
const PIECE: u64 = 64 * 1024;

/// A sum over texts in their order (FNV-1a, 64 bits): equal texts, equal sum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum(u64);

impl Default for Sum {
    fn default() -> Sum {
        Sum(0xcbf2_9ce4_8422_2325)
    }
}

impl Sum {
    pub(super) fn add(&mut self, text: &[u8]) {
        for byte in text.iter().chain(&[0]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    pub(super) const fn value(self) -> u64 {
        self.0
    }
}

/// The messages of a folder from the cursor on.
pub(super) struct Pages {
    files: std::vec::IntoIter<Entry>,
    cursor: Cursor,
    sum: Sum,
}

/// A file and the part of its name that stays the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// The number with which the name begins: in a Maildir the second of arrival.
    number: u64,
    name: String,
    lies: Lies,
}

/// Where the bytes of a message are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lies {
    File(PathBuf),
    Packed(Packed),
}

/// Opens a Maildir at a cursor.
pub(super) fn open_maildir(folder: &Path, known: Cursor) -> io::Result<Opened> {
    let mut entries = Vec::new();
    for part in ["new", "cur"] {
        match fs::read_dir(folder.join(part)) {
            Ok(directory) => {
                for entry in directory {
                    let entry = entry?;
                    let name = entry.file_name().to_string_lossy().into_owned();
                    if !name.starts_with('.') && entry.file_type()?.is_file() {
                        entries.push(Entry::new(lasting(&name), Lies::File(entry.path())));
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(open(entries, known))
}

/// Opens the .eml files of a folder at a cursor.
pub(super) fn open_eml(folder: &Path, known: Cursor) -> io::Result<Opened> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() && is_eml(&entry.path()) {
            entries.push(Entry::new(
                entry.file_name().to_string_lossy().into_owned(),
                Lies::File(entry.path()),
            ));
        }
    }
    Ok(open(entries, known))
}

/// Opens a single message.
pub(super) fn open_single(file: PathBuf, known: Cursor) -> Opened {
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    open(vec![Entry::new(name, Lies::File(file))], known)
}

/// Opens messages in a zip, each with its name.
pub(super) fn open_packed(files: &[(String, Packed)], known: Cursor) -> Opened {
    let entries = files
        .iter()
        .map(|(name, packed)| Entry::new(lasting(name), Lies::Packed(packed.clone())))
        .collect();
    open(entries, known)
}

/// The part of a name that stays the same: flags stand behind the colon, or what stands for one on
/// other systems.
fn lasting(name: &str) -> String {
    let lasting = name.split([':', ';', '!']).next();
    lasting.unwrap_or(name).to_owned()
}

/// Whether a file holds one message by its name.
pub(super) fn is_eml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("eml"))
}

fn open(mut entries: Vec<Entry>, known: Cursor) -> Opened {
    entries.sort();
    let read = usize::try_from(known.newest_uid).unwrap_or(usize::MAX);
    let mut sum = Sum::default();
    for entry in entries.iter().take(read) {
        sum.add(entry.name.as_bytes());
    }
    let goes_on = known.uidvalidity != 0 && read <= entries.len() && sum.value() == known.modseq;
    let (cursor, sum) = if goes_on {
        entries.drain(..read);
        (known, sum)
    } else {
        let sum = Sum::default();
        let uidvalidity = known.uidvalidity.wrapping_add(1).max(1);
        (
            Cursor {
                uidvalidity,
                oldest_uid: 1,
                newest_uid: 0,
                modseq: sum.value(),
            },
            sum,
        )
    };
    Opened {
        cursor,
        pages: super::Pages::Files(Pages {
            files: entries.into_iter(),
            cursor,
            sum,
        }),
    }
}

impl Entry {
    fn new(name: String, lies: Lies) -> Entry {
        let digits = name
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(name.len());
        let number = name
            .get(..digits)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(0);
        Entry { number, name, lies }
    }
}

impl Pages {
    /// The next messages. A file that went away or cannot be read keeps its number and gives none.
    pub(super) fn next(&mut self, most: usize) -> Page {
        let mut page = Page::default();
        while page.messages.len() < most {
            let Some(entry) = self.files.next() else {
                break;
            };
            let uid = self.cursor.newest_uid.saturating_add(1);
            match entry.lies.message(uid) {
                Ok((message, bytes)) => {
                    page.messages.push(message);
                    page.bytes += bytes;
                }
                Err(error) => tracing::debug!("a message on this PC cannot be read: {error}"),
            }
            self.sum.add(entry.name.as_bytes());
            self.cursor.newest_uid = uid;
            self.cursor.modseq = self.sum.value();
        }
        page.cursor = self.cursor;
        page.left = self.files.len() as u64;
        page
    }

    /// The bytes of a message by its number, up to a limit; `None` for one that is not there.
    pub(super) fn whole(&self, uid: u32, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let ahead = uid.checked_sub(self.cursor.newest_uid.saturating_add(1));
        let at = ahead.and_then(|ahead| usize::try_from(ahead).ok());
        let Some(entry) = at.and_then(|at| self.files.as_slice().get(at)) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        match &entry.lies {
            Lies::File(path) => File::open(path)?.take(limit).read_to_end(&mut bytes)?,
            Lies::Packed(packed) => packed.open()?.take(limit).read_to_end(&mut bytes)?,
        };
        Ok(Some(bytes))
    }
}

impl Lies {
    fn message(&self, uid: u32) -> io::Result<(Fetched, u64)> {
        match self {
            Lies::File(path) => {
                let file = File::open(path)?;
                let size = file.metadata()?.len();
                message(file, size, uid)
            }
            Lies::Packed(packed) => message(packed.open()?, packed.size, uid),
        }
    }
}

fn message(bytes: impl Read, size: u64, uid: u32) -> io::Result<(Fetched, u64)> {
    let size = u32::try_from(size).unwrap_or(u32::MAX);
    let mut file = BufReader::new(bytes);
    let mut header = Header::default();
    let (mut piece, mut bytes, mut begins) = (Vec::new(), 0, true);
    while !header.is_over() {
        piece.clear();
        let read = file.by_ref().take(PIECE).read_until(b'\n', &mut piece)?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        if begins {
            header.line(&piece);
        } else {
            header.more(&piece);
        }
        begins = piece.last() == Some(&b'\n');
    }
    let message = Fetched {
        uid,
        internal_date: None,
        size,
        mark: Mark::None,
        header: header.into_bytes(),
    };
    Ok((message, bytes))
}
