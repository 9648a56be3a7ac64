//! Catalogues of published breaches, kept as files of the data folder so that they serve without a
//! network: fetched ([`fetch`]), read ([`shape`]) and looked up. What is asked of the network is
//! the same for everybody; with which services and addresses it is compared never leaves this PC.

pub mod fetch;
pub mod shape;

use crate::fault::{self, Code, Fault};
use crate::whole::{self, Place};
use anyhow::{Context, Result};
use exposure::catalogue::{Index, Source};
use shape::Kept;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The folder of a data folder in which they are kept.
const FOLDER: &str = "breaches";

/// Where a catalogue is kept.
pub fn path(data: &Path, source: Source) -> PathBuf {
    data.join(FOLDER).join(format!("{}.json", source.word()))
}

/// The catalogue that is kept; `None` where there is none.
///
/// # Errors
/// [`Code::BreachesDamaged`], and those of the file system.
pub fn kept(data: &Path, source: Source) -> Result<Option<Kept>> {
    match bytes(&path(data, source)) {
        Ok(bytes) => {
            let damaged = || Fault::new(Code::BreachesDamaged);
            let kept = shape::read(&bytes, source).with_context(damaged)?;
            Ok(Some(kept))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A file, as far as a catalogue may be long.
pub(crate) fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(shape::MOST_BYTES).unwrap_or(u64::MAX);
    File::open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Keeps a catalogue in the place of the one that was there, as a whole or not at all.
///
/// # Errors
/// [`Code::CannotWrite`], [`Code::DiskFull`].
pub(crate) fn keep(data: &Path, source: Source, kept: &Kept) -> Result<()> {
    let path = path(data, source);
    let shown = path.display().to_string();
    let cannot = || Fault::new(Code::CannotWrite).with("path", shown);
    whole::private_folder(&data.join(FOLDER)).with_context(cannot)?;
    let text = kept.to_json()?;
    whole::write(&path, Place::Any, |file| Ok(file.write_all(&text)?))
}

/// Forgets a catalogue that was kept.
///
/// # Errors
/// [`Code::CannotDelete`].
pub(crate) fn forget(data: &Path, source: Source) -> Result<()> {
    let path = path(data, source);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            let path = path.display().to_string();
            Err(error).context(Fault::new(Code::CannotDelete).with("path", path))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Removes the folder with all catalogues.
///
/// # Errors
/// Those of the file system.
pub fn remove(data: &Path) -> std::io::Result<()> {
    match fs::remove_dir_all(data.join(FOLDER)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// The catalogues that are kept, ready to be looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Their entries.
    pub index: Index,
    /// What each of them is.
    pub lists: Vec<List>,
    /// Those that cannot be read.
    pub damaged: Vec<Source>,
}

/// What a catalogue that is kept is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Where it is from.
    pub source: Source,
    /// When it was last known to be what its host gives, UTC seconds.
    pub fetched_at: i64,
    /// How many entries it has.
    pub entries: usize,
    /// Whom to thank for it.
    pub attribution: String,
}

impl Shelf {
    fn of(data: &Path, sources: &[Source]) -> Shelf {
        let mut shelf = Shelf::default();
        let mut entries = Vec::new();
        for source in sources {
            match kept(data, *source) {
                Ok(Some(kept)) => {
                    shelf.lists.push(List {
                        source: *source,
                        fetched_at: kept.fetched_at,
                        entries: kept.entries.len(),
                        attribution: kept.attribution,
                    });
                    entries.extend(kept.entries);
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!("a list of breaches is left out: {}", fault::of(&error));
                    shelf.damaged.push(*source);
                }
            }
        }
        shelf.index = Index::of(entries);
        shelf
    }

    /// The list of a source.
    pub fn list(&self, source: Source) -> Option<&List> {
        self.lists.iter().find(|list| list.source == source)
    }
}

/// What tells one version of the files from another.
type Stamps = Vec<(Source, Option<(SystemTime, u64)>)>;

/// The catalogues that were looked at last, by what they were read from: they are long, and looked
/// at after every change of the ledger.
static READ: Mutex<Option<(PathBuf, Stamps, Arc<Shelf>)>> = Mutex::new(None);

/// The catalogues that are kept of these sources; read again only when a file has changed.
pub fn shelf(data: &Path, sources: &[Source]) -> Arc<Shelf> {
    if sources.is_empty() {
        return Arc::default();
    }
    let stamp = |source: &Source| {
        let there = fs::metadata(path(data, *source)).ok()?;
        Some((there.modified().ok()?, there.len()))
    };
    let stamps: Stamps = sources.iter().map(|s| (*s, stamp(s))).collect();
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, version, shelf)) = &*read
        && (of.as_path(), version) == (data, &stamps)
    {
        return Arc::clone(shelf);
    }
    let shelf = Arc::new(Shelf::of(data, sources));
    *read = Some((data.to_owned(), stamps, Arc::clone(&shelf)));
    shelf
}
