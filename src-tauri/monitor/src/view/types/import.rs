//! What crosses about imports from other programs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What becomes of a row of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportWhat {
    /// It is added.
    Added,
    /// It is on record already.
    Merged,
    /// It is left alone.
    LeftAlone,
}

/// One row of an export with what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportLine {
    /// The service; empty where there is none.
    pub service: String,
    /// The address; empty where there is none.
    pub address: String,
    /// What becomes of it.
    pub what: ImportWhat,
    /// Why it is not added.
    pub why: Option<String>,
}

/// A column of a table that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportColumn {
    /// Its name.
    pub name: String,
    /// What it is: `address`, `service`, `url`, `date`, `note`, `ignore`, or `secret`, which
    /// nobody can change.
    pub role: String,
    /// The same in words.
    pub says: String,
    /// What stands in it; never from a column that could hold passwords.
    pub samples: Vec<String>,
}

/// An export and what an import of it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportPreview {
    /// What wrote it, in words.
    pub format: String,
    /// The columns of a table that is not known; empty for all others.
    pub columns: Vec<ImportColumn>,
    /// Whether it is known where the addresses stand.
    pub ready: bool,
    /// Its rows, at most 1,000: those that are added first.
    pub rows: Vec<ImportLine>,
    /// How many rows are not in `rows`.
    pub more: u64,
    /// How many rows are added.
    pub added: u64,
    /// How many are on record already.
    pub merged: u64,
    /// How many are left alone.
    pub left_alone: u64,
    /// The counts in words.
    pub counted: String,
    /// What was not read, in words.
    pub notes: Vec<String>,
    /// The number of the import; null for a preview, and where nothing was added.
    pub import: Option<i64>,
    /// That the file is better deleted now; null where it holds nothing but what was recorded.
    pub file_left: Option<String>,
}

/// An import as recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportRow {
    /// Its number.
    pub id: i64,
    /// Its day, in words.
    pub day: String,
    /// What wrote the export, in words.
    pub format: String,
    /// The counts in words.
    pub counted: String,
}
