//! Workbooks of Excel (Office Open XML): every sheet that is in the file, whether it is shown,
//! hidden, or forgotten; and what notes, pivot tables and links to other workbooks remember. Macros
//! and links are not followed.

use super::budget::{Bounded, Budget};
use super::packed::Zip;
use super::strings::Strings;
use super::xml;
use exposure::attachment::{COLUMNS, Row, Tally};
use quick_xml::events::Event;
use std::io::Read;

/// What is read of a part of a workbook.
type Part<'r, 'b> = Bounded<'b, &'r mut dyn Read>;

/// Counts a workbook.
pub(super) fn read(zip: &mut Zip<'_>, budget: &Budget, tally: &mut Tally) {
    let mut strings = Strings::default();
    let parts: Vec<(usize, String)> = zip.names.iter().cloned().enumerate().collect();
    let parts = parts.iter().filter(|(_, name)| !name.contains("/_rels/"));
    let (mut sheets, mut known) = (0, true);
    for (at, name) in parts.clone() {
        if name == "xl/sharedstrings.xml" {
            zip.with(*at, budget, tally, |part, tally| {
                shared(part, &mut strings, tally)
            });
        }
        known &= !name.ends_with(".bin") || !name.starts_with("xl/worksheets/");
    }
    for (at, name) in parts {
        if name.starts_with("xl/worksheets/") && name.ends_with(".xml") {
            sheets += 1;
            tally.table();
            zip.with(*at, budget, tally, |part, tally| {
                rows(part, &strings, budget, tally)
            });
        } else if REMEMBERS.iter().any(|start| name.starts_with(start)) {
            zip.with(*at, budget, tally, loose);
        }
    }
    if sheets == 0 || !known {
        tally.cut();
    }
}

/// Parts that keep texts outside the sheets.
const REMEMBERS: &[&str] = &[
    "xl/comments",
    "xl/threadedcomments/",
    "xl/pivotcache/pivotcachedefinition",
    "xl/externallinks/",
];

/// Reads the shared strings.
fn shared(part: Part<'_, '_>, strings: &mut Strings, tally: &mut Tally) {
    let (mut buffer, mut text) = (Vec::new(), String::new());
    let (mut reads, mut spoken) = (false, false);
    let mut reader = xml::reader(part);
    loop {
        let event = reader.read_event_into(&mut buffer);
        match &event {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "si" => text.clear(),
                // How it is spoken stands beside how it is written.
                "rPh" => spoken = true,
                "t" => reads = !spoken,
                _ => {}
            },
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                "si" if !strings.push(&text) => return tally.cut(),
                "rPh" => spoken = false,
                "t" => reads = false,
                _ => {}
            },
            Ok(Event::Eof) => return,
            Ok(event) if reads => xml::append(&mut text, event),
            Ok(_) => {}
            Err(_) => return tally.cut(),
        }
        buffer.clear();
    }
}

/// Counts the rows of a sheet.
fn rows(part: Part<'_, '_>, strings: &Strings, budget: &Budget, tally: &mut Tally) {
    let (mut buffer, mut text, mut row) = (Vec::new(), String::new(), Row::default());
    let (mut reads, mut spoken, mut is_shared) = (false, false, false);
    let mut reader = xml::reader(part);
    loop {
        let event = reader.read_event_into(&mut buffer);
        match &event {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "row" => row.clear(),
                "c" => {
                    text.clear();
                    is_shared = false;
                    xml::attributes(element, |name, value| match name {
                        "r" => row.widen(column(value).unwrap_or(row.len())),
                        "t" => is_shared = value == "s",
                        _ => {}
                    });
                }
                "rPh" => spoken = true,
                "v" | "t" => reads = !spoken,
                _ => {}
            },
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                "c" if is_shared => row.push(strings.at(text.trim().parse().unwrap_or(usize::MAX))),
                "c" => row.push(&text),
                "row" if budget.is_spent() || !tally.row(&row) => return,
                "rPh" => spoken = false,
                "v" | "t" => reads = false,
                _ => {}
            },
            Ok(Event::Eof) => return,
            Ok(event) if reads => xml::append(&mut text, event),
            Ok(_) => {}
            Err(_) => return tally.cut(),
        }
        buffer.clear();
    }
}

/// The column of a cell, counted from 0: that of `C7` is 2.
fn column(cell: &str) -> Option<usize> {
    let mut column = 0_usize;
    for letter in cell.bytes().take_while(u8::is_ascii_alphabetic) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        if column > COLUMNS {
            return Some(COLUMNS);
        }
    }
    column.checked_sub(1)
}

/// Counts the texts and values of a part that is no sheet.
fn loose(part: Part<'_, '_>, tally: &mut Tally) {
    let (mut buffer, mut text) = (Vec::new(), String::new());
    let mut reader = xml::reader(part);
    loop {
        let event = reader.read_event_into(&mut buffer);
        match &event {
            Ok(Event::Start(element)) => xml::attributes(element, |name, value| {
                if name == "v" {
                    tally.loose(value);
                }
            }),
            Ok(Event::End(element)) => {
                // A name may stand in several pieces of one note.
                if matches!(element.local_name().as_ref(), "v" | "text") {
                    tally.loose(&text);
                    text.clear();
                }
            }
            Ok(Event::Eof) => return,
            Ok(event) => xml::append(&mut text, event),
            Err(_) => return tally.cut(),
        }
        buffer.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_excel_names_them() {
        let check = |cell: &str, want: Option<usize>| assert_eq!(column(cell), want, "{cell}");
        check("A1", Some(0));
        check("z9", Some(25));
        check("AA10", Some(26));
        check("SF1", Some(499));
        check("SG1", Some(500));
        check("ZZZZZZZZZZZZZZZZZZZZZZZZ1", Some(500));
        check("1", None);
        check("", None);
    }
}
