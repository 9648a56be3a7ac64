//! Attachments that hold other people's data: which look like lists ([`looks_like_list`]), what
//! one counts to ([`Tally`]), and when it is a list of people ([`Counted::is_list`]).
//!
//! Somebody in a file counts as a person by an e-mail address that is no desk's (`info@`), or by a
//! name together with a postal address, a phone number, a day of birth, a customer number or a card
//! in the same row. A name alone is none: whoever filled a time sheet, and what a thing is called,
//! stand in a column of names as well. The same address, or the same name with the same data, is one
//! person wherever it stands.

mod column;
mod find;
mod table;
mod tally;
#[cfg(test)]
mod tests;

pub use column::ColumnKind;
pub use tally::{COLUMNS, ROWS, Row, Tally};

use serde::{Deserialize, Serialize};

/// How many people other than the user make a list. Fewer are the parties to an invoice, the guests
/// of a meeting, the desks of a firm.
pub const LEAST: u32 = 10;
/// Largest attachment that is asked for and looked at, in bytes.
pub const LARGEST: u64 = 12 * 1024 * 1024;

/// Endings of the names of lists.
const ENDINGS: &[&str] = &["xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt", "zip"];
/// Types of lists, with and without an ending.
const TYPES: &[&str] = &[
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/excel",
    "application/x-excel",
    "application/msexcel",
    "application/vnd.oasis.opendocument.spreadsheet",
    "text/csv",
    "application/csv",
    "text/comma-separated-values",
    "text/tab-separated-values",
    "application/zip",
    "application/x-zip-compressed",
    "application/x-zip",
];
/// Types that say nothing but that it is a file, and that of plain text: there the name decides.
const VAGUE: &[&str] = &[
    "application/octet-stream",
    "application/force-download",
    "application/x-download",
    "text/plain",
    "",
];

/// Whether an attachment looks like a list of people before it is fetched: by the ending of its
/// name, by its type where the name has no ending, and by its size as it is sent, in bytes.
pub fn looks_like_list(content_type: &str, name: &str, size: u64) -> bool {
    if size == 0 || size > LARGEST {
        return false;
    }
    let kind = content_type.split(';').next().unwrap_or_default();
    let kind = kind.trim().to_ascii_lowercase();
    match ending(name) {
        // A name may say one thing and the type another: pictures and signatures are neither.
        Some(ending) => {
            ENDINGS.contains(&ending.as_str())
                && (TYPES.contains(&kind.as_str())
                    || VAGUE.contains(&kind.as_str())
                    || kind.starts_with("text/"))
        }
        None => TYPES.contains(&kind.as_str()),
    }
}

/// The ending of a file's name in lower case; `None` where it has none.
pub fn ending(name: &str) -> Option<String> {
    let last = name.trim().rsplit(['/', '\\']).next()?;
    let (_, ending) = last.rsplit_once('.')?;
    let short = !ending.is_empty() && ending.len() <= 8;
    (short && ending.chars().all(char::is_alphanumeric)).then(|| ending.to_lowercase())
}

/// What of the user's own is looked for. It is told to who reads, and never written anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// Addresses.
    pub addresses: Vec<String>,
    /// Names as they are written: for every order of family and given name one.
    pub names: Vec<String>,
}

/// What an attachment holds, in numbers. No cell, no name and no address of anybody is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Different people, the user among them: as good as can be told.
    pub people: u32,
    /// Different people other than the user.
    pub others: u32,
    /// Different e-mail addresses of anybody, also of desks.
    pub addresses: u32,
    /// Rows with anything in them, without the names of the columns, in all tables.
    pub rows: u32,
    /// What stands in the columns, each kind once.
    pub columns: Vec<ColumnKind>,
    /// Which of [`Own::addresses`] stand in it, by their place there.
    pub own_addresses: Vec<usize>,
    /// Which of [`Own::names`] stand in it, by their place there.
    pub own_names: Vec<usize>,
    /// Whether it was read to its end: where it was not, every number is "at least".
    pub complete: bool,
    /// Whether it, or a file in it, is locked with a password; of what is locked nothing is read.
    pub locked: bool,
}

impl Counted {
    /// Whether it is a list of people: of [`LEAST`] others or more. An invoice, a price list, a time
    /// sheet, a list of shops, and what the user ordered are none.
    pub const fn is_list(&self) -> bool {
        self.others >= LEAST
    }

    /// Whether anything of the user's own stands in it.
    pub const fn holds_own(&self) -> bool {
        !self.own_addresses.is_empty() || !self.own_names.is_empty()
    }
}
