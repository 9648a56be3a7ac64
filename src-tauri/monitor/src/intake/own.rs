//! Our own exports, in JSON and as a table.

use super::entry::instant_of;
use super::json::typed;
use super::table;
use super::{Format, MOST_ENTRIES, Parsed};
use crate::exported::sheet::{COLUMNS, Rows};
use crate::exported::{Exported, VERSION};
use crate::fault::{Code, Fault};
use anyhow::Result;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;

/// Reads the export in JSON.
///
/// # Errors
/// [`Code::ExportNewer`], [`Code::ImportTooMany`], [`Code::ImportDamaged`].
pub(super) fn json(bytes: &[u8]) -> Result<Parsed> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let Version { version } = typed(bytes)?;
    if version > VERSION {
        let version = version.to_string();
        return Err(Fault::new(Code::ExportNewer)
            .with("version", version)
            .into());
    }
    let exported: Exported = typed(bytes)?;
    let most = [
        exported.services.len(),
        exported.addresses.len(),
        exported.disclosures.len(),
        exported.own_domains.len(),
        exported.dismissed_domains.len(),
    ];
    if most.iter().any(|count| *count > MOST_ENTRIES) {
        return Err(Fault::new(Code::ImportTooMany).into());
    }
    Ok(parsed(Format::AtesakiJson, exported))
}

/// Reads the export as a table whose columns have these names.
///
/// # Errors
/// [`Code::ImportUnknown`] where a column is missing, and those of [`table::rows`].
pub(super) fn sheet(text: &str, names: &[String]) -> Result<Parsed> {
    let place = |column: &str| {
        let same = |name: &String| name.trim().eq_ignore_ascii_case(column);
        names.iter().position(same)
    };
    let mut places = [0; COLUMNS.len()];
    for (to, column) in places.iter_mut().zip(COLUMNS) {
        *to = place(column).ok_or_else(|| Fault::new(Code::ImportUnknown))?;
    }
    let mut rows = Rows::default();
    let (mut header, mut damaged, mut ends_short) = (true, 0, false);
    table::rows(text, |row| {
        if std::mem::take(&mut header) {
            return Ok(table::Go::On);
        }
        ends_short = row.len() < names.len();
        let cells = places.map(|at| row.get(at).unwrap_or_default());
        let more = row.iter().skip(names.len());
        let fits = !ends_short && more.map(str::trim).all(str::is_empty);
        if !fits || rows.row(cells, day).is_none() {
            damaged += 1;
        }
        Ok(table::Go::On)
    })?;
    if ends_short || table::ends_in_a_cell(text) || damaged > rows.count() as u64 {
        return Err(Fault::new(Code::ImportDamaged).into());
    }
    Ok(Parsed {
        damaged,
        ..parsed(Format::AtesakiCsv, rows.exported())
    })
}

fn parsed(format: Format, exported: Exported) -> Parsed {
    Parsed {
        exported: Some(exported),
        ..Parsed::new(format)
    }
}

/// A day as we write it, or as a spreadsheet makes it.
fn day(text: &str) -> Option<Date> {
    let other = || {
        let at = Timestamp::from_second(instant_of(text)?).ok()?;
        Some(at.to_zoned(TimeZone::UTC).date())
    };
    text.parse().ok().or_else(other)
}
