//! Spreadsheets that are zips, and lists in a zip. Names in a zip are compared and never taken for
//! paths; nothing is unpacked but into memory.

use super::budget::{Bounded, Budget};
use super::{Shape, document, sheet, text, workbook};
use exposure::attachment::{Tally, ending};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most files in a zip that are looked at.
const MOST_FILES: usize = 10_000;
/// Largest file in a zip, in bytes; of a larger text its beginning is counted.
const LARGEST: u64 = 24 * 1024 * 1024;
/// Endings of what is looked at in a zip of files. A zip in a zip is not.
const LISTS: &[&str] = &["xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt"];

/// A zip with the names of its files in lower case.
pub(super) struct Zip<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    pub(super) names: Vec<String>,
}

impl<'a> Zip<'a> {
    fn open(bytes: &'a [u8]) -> Option<Zip<'a>> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let name = |raw: &[u8]| {
            String::from_utf8_lossy(raw)
                .replace('\\', "/")
                .to_lowercase()
        };
        let names = archive.file_names_raw().take(MOST_FILES).map(name);
        Some(Zip {
            names: names.collect(),
            archive,
        })
    }

    /// Whether there is a file of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// What `read` makes of a file, or `None` where it cannot be read. What is locked, or packed in
    /// a way that is not known, is noted.
    pub(super) fn with<T>(
        &mut self,
        at: usize,
        budget: &Budget,
        tally: &mut Tally,
        read: impl FnOnce(Bounded<'_, &mut dyn Read>, &mut Tally) -> T,
    ) -> Option<T> {
        let raw = self.archive.by_index_raw(at);
        match raw.map(|file| (file.encrypted(), file.is_file())) {
            Ok((true, _)) => tally.locked(),
            Ok((false, true)) => {
                if let Ok(mut file) = self.archive.by_index(at) {
                    let inner: &mut dyn Read = &mut file;
                    return Some(read(Bounded { inner, budget }, tally));
                }
                tally.cut();
            }
            // A folder, or a link to what may be anywhere.
            Ok((false, false)) => {}
            Err(_) => tally.cut(),
        }
        None
    }
}

/// Counts a spreadsheet, or the lists in a zip.
pub(super) fn read(bytes: &[u8], budget: &Budget, tally: &mut Tally) {
    let Some(mut zip) = Zip::open(bytes) else {
        return tally.cut();
    };
    if zip.archive.len() > zip.names.len() {
        tally.cut();
    }
    if is_spreadsheet(&mut zip, budget, tally) {
        return;
    }
    for at in 0..zip.names.len() {
        let ending = zip.names.get(at).and_then(|name| ending(name));
        let ending = ending.unwrap_or_default();
        if ending == "zip" {
            // What is in it is not known.
            tally.cut();
        }
        if !LISTS.contains(&ending.as_str()) || budget.is_spent() {
            continue;
        }
        let file = zip.with(at, budget, tally, |file, tally| {
            let mut bytes = Vec::new();
            let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
            if read.is_err() || bytes.len() as u64 > LARGEST {
                tally.cut();
            }
            bytes
        });
        let Some(bytes) = file else { continue };
        match Shape::of(&bytes) {
            Shape::Zip => {
                let mut inner = Zip::open(&bytes);
                let inner = inner.as_mut();
                if !inner.is_some_and(|inner| is_spreadsheet(inner, budget, tally)) {
                    tally.cut();
                }
            }
            Shape::Compound => workbook::read(&bytes, budget, tally),
            Shape::Text => text::read(&bytes, budget, tally),
        }
    }
}

/// Counts a zip if it is a spreadsheet.
fn is_spreadsheet(zip: &mut Zip<'_>, budget: &Budget, tally: &mut Tally) -> bool {
    if zip.names.iter().any(|name| name.starts_with("xl/")) {
        sheet::read(zip, budget, tally);
    } else if zip.has("content.xml") && (zip.has("mimetype") || zip.has(document::MANIFEST)) {
        document::read(zip, budget, tally);
    } else {
        return false;
    }
    true
}
