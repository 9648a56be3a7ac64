//! Entries from the rows of a table, by what its columns are.

use super::columns::{self, Role};
use super::entry::{self, Alias, Entry};
use super::{Ask, Column, Format, Parsed, hexadecimal, own, table};
use crate::exported::sheet::unguarded;
use crate::fault::{Code, Fault};
use anyhow::Result;
use csv::StringRecord;
use exposure::show::shown;
use std::collections::BTreeSet;

/// How many rows tell what the columns are.
const TELLING: usize = 200;
/// How many samples of a column are shown.
const SAMPLES: usize = 3;
/// Longest name of a column and longest sample, in characters.
const LONGEST: usize = 60;

/// The beginning of a table.
struct Start {
    names: Vec<String>,
    /// Whether the first row has the names.
    named: bool,
    /// The cells of the first rows, by column.
    cells: Vec<Vec<String>>,
}

/// Reads a table.
///
/// # Errors
/// [`Code::ImportUnknown`] for a text that is no table, [`Code::ImportTooMany`],
/// [`Code::ImportDamaged`], [`Code::NoSuchColumn`].
pub(super) fn read(text: &str, ask: &Ask) -> Result<Parsed> {
    let start = start(text)?;
    let found = Format::of_columns(&start.names).filter(|_| ask.columns.is_empty());
    let format = ask.format.or(found).unwrap_or(Format::Table);
    if format == Format::AtesakiCsv {
        return own::sheet(text, &start.names);
    }
    let mut parsed = Parsed::new(format);
    let roles = match format.roles(&start.names) {
        Some(roles) => roles,
        None if format == Format::Table => {
            let roles = said(&start, ask)?;
            parsed.columns = described(&start, &roles);
            if start.named {
                let names: BTreeSet<String> = start
                    .names
                    .iter()
                    .map(|name| name.trim().to_lowercase())
                    .collect();
                let names: Vec<String> = names.into_iter().collect();
                parsed.key = hexadecimal(names.join("\u{1f}").as_bytes())
                    .chars()
                    .take(32)
                    .collect();
            }
            roles
        }
        None => return Err(Fault::new(Code::ImportUnknown).into()),
    };
    if format != Format::Table
        && !roles
            .iter()
            .any(|r| matches!(r, Role::Address | Role::Alias))
    {
        return Err(Fault::new(Code::ImportUnknown).into());
    }
    let mut header = start.named;
    let mut ends_short = false;
    table::rows(text, |row| {
        if std::mem::take(&mut header) {
            return Ok(table::Go::On);
        }
        ends_short = row.len() < roles.len();
        match entry(row, &roles) {
            Read::Entry(entry) => parsed.push(entry)?,
            Read::Other => parsed.others += 1,
            Read::Damaged => parsed.damaged += 1,
        }
        Ok(table::Go::On)
    })?;
    // A table that ends in the middle of a row was cut off, and one most of whose rows do not fit
    // is not understood: better nothing than half of it.
    let read = parsed.entries.len() as u64 + parsed.others;
    if ends_short || table::ends_in_a_cell(text) || parsed.damaged > read {
        let code = match parsed.has_addresses() {
            true => Code::ImportDamaged,
            false => Code::ImportUnknown,
        };
        return Err(Fault::new(code).into());
    }
    Ok(parsed)
}

fn start(text: &str) -> Result<Start> {
    let mut names: Option<(Vec<String>, bool)> = None;
    let mut cells: Vec<Vec<String>> = Vec::new();
    let mut count = 0;
    table::rows(text, |row| {
        let (names, named) = names.get_or_insert_with(|| {
            cells = vec![Vec::new(); row.len()];
            named(row)
        });
        if count > 0 || !*named {
            for (at, cell) in row.iter().enumerate().take(names.len()) {
                if let Some(column) = cells.get_mut(at)
                    && row.len() == names.len()
                {
                    column.push(cell.chars().take(400).collect());
                }
            }
        }
        count += 1;
        Ok(if count > TELLING {
            table::Go::Stop
        } else {
            table::Go::On
        })
    })?;
    let Some((names, named)) = names else {
        return Err(Fault::new(Code::ImportUnknown).into());
    };
    // One column is a list of addresses, or no table.
    let is_list =
        |column: &Vec<String>| column.iter().any(|cell| entry::address_of(cell).is_some());
    if names.len() < 2 && !cells.iter().any(is_list) {
        return Err(Fault::new(Code::ImportUnknown).into());
    }
    Ok(Start {
        names,
        named,
        cells,
    })
}

/// The names of the columns; numbers where the first row has facts already.
fn named(row: &StringRecord) -> (Vec<String>, bool) {
    let is_fact = |cell: &str| {
        entry::address_of(cell).is_some()
            || cell.contains("://")
            || entry::instant_of(cell).is_some()
    };
    if row.iter().any(is_fact) {
        return ((1..=row.len()).map(|at| at.to_string()).collect(), false);
    }
    (row.iter().map(|cell| shown(cell, LONGEST)).collect(), true)
}

/// What the columns are: as guessed, and as the user said.
fn said(start: &Start, ask: &Ask) -> Result<Vec<Role>> {
    let mut roles = columns::guessed(&start.names, &start.cells);
    for (name, role) in &ask.columns {
        let same = |column: &&String| column.to_lowercase() == name.trim().to_lowercase();
        if !start.names.iter().any(|column| same(&column)) {
            return Err(Fault::new(Code::NoSuchColumn)
                .with("column", shown(name, LONGEST))
                .into());
        }
        for (at, column) in start.names.iter().enumerate() {
            // A column that is called a password is never read.
            if same(&column) && !columns::is_secret(column) {
                roles[at] = *role;
            }
        }
    }
    Ok(roles)
}

fn described(start: &Start, roles: &[Role]) -> Vec<Column> {
    let column = |(at, name): (usize, &String)| {
        let role = roles.get(at).copied().unwrap_or(Role::Ignore);
        let cells = start.cells.get(at).map(Vec::as_slice).unwrap_or_default();
        let mut samples = Vec::new();
        for sample in cells.iter().filter_map(|cell| sample(cell, role)) {
            if samples.len() < SAMPLES && !samples.contains(&sample) {
                samples.push(sample);
            }
        }
        Column {
            name: name.clone(),
            role,
            samples,
        }
    };
    start.names.iter().enumerate().map(column).collect()
}

/// What of a cell may be shown: nothing that could be a password.
fn sample(cell: &str, role: Role) -> Option<String> {
    match role {
        Role::Service => Some(shown(cell, LONGEST)).filter(|text| !text.is_empty()),
        Role::Address => entry::address_of(cell).map(|spec| spec.to_string()),
        Role::Url => {
            let mut entry = Entry::default();
            entry.used_at(cell);
            entry.sites().next().map(str::to_owned)
        }
        Role::Date => entry::instant_of(cell).map(|_| shown(cell, LONGEST)),
        Role::Note
        | Role::Ignore
        | Role::Secret
        | Role::Kind
        | Role::Alias
        | Role::Switch
        | Role::Ended => None,
    }
}

enum Read {
    Entry(Entry),
    Other,
    Damaged,
}

fn entry(row: &StringRecord, roles: &[Role]) -> Read {
    // A cell too many or too few means that a sign in another cell was taken for an end, and what
    // follows stands under wrong names, a password perhaps among it.
    let more = row
        .iter()
        .skip(roles.len())
        .any(|cell| !cell.trim().is_empty());
    if more || row.len() < roles.len() {
        return Read::Damaged;
    }
    let mut entry = Entry::default();
    let mut notes: Vec<&str> = Vec::new();
    let (mut kind, mut alias, mut off) = ("", None, false);
    for (cell, role) in row.iter().map(unguarded).zip(roles) {
        match role {
            Role::Service => entry.name(cell),
            Role::Address => entry.known_as(cell),
            Role::Url => entry.used_at(cell),
            Role::Date => entry.given_at = entry::instant_of(cell),
            Role::Note => notes.push(cell),
            Role::Kind => kind = cell,
            Role::Alias => alias = Some(cell),
            Role::Switch => {
                off |= matches!(cell.trim().to_lowercase().as_str(), "false" | "0" | "no")
            }
            Role::Ended => off |= !cell.trim().is_empty(),
            Role::Ignore | Role::Secret => {}
        }
    }
    let forwards = if off { Alias::Off } else { Alias::On };
    match (kind.trim().to_lowercase().as_str(), alias) {
        (_, Some(cell)) => {
            entry.known_as(cell);
            entry.alias = Some(forwards);
            Read::Entry(described_alias(entry))
        }
        ("alias", None) => {
            entry.alias = Some(forwards);
            Read::Entry(entry.ended(&[]))
        }
        ("" | "login", None) => Read::Entry(entry.ended(&notes)),
        (_, None) => Read::Other,
    }
}

/// An alias that is described in words: a site in them says whom it was given to; else few words
/// are the name.
fn described_alias(mut entry: Entry) -> Entry {
    let text = std::mem::take(&mut entry.title);
    let site = text
        .split([' ', ',', '(', ')'])
        .find(|word| matches!(entry::place_of(word), Some(entry::Place::Site(_))));
    match site {
        Some(site) => entry.used_at(site),
        None if text.chars().count() <= LONGEST && !text.contains('@') => entry.name(&text),
        None => {}
    }
    entry.ended(&[])
}
