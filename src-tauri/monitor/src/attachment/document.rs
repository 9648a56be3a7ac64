//! Spreadsheets of LibreOffice (OpenDocument): every table of the document, hidden ones as well.

use super::budget::{Bounded, Budget};
use super::packed::Zip;
use super::xml;
use exposure::attachment::{COLUMNS, Row, Tally};
use quick_xml::events::Event;
use std::io::Read;

/// Where it says whether the parts are locked, in lower case.
pub(super) const MANIFEST: &str = "meta-inf/manifest.xml";
/// How much of that is looked at, in bytes.
const MANIFEST_SIZE: u64 = 1024 * 1024;

/// Counts a spreadsheet.
pub(super) fn read(zip: &mut Zip<'_>, budget: &Budget, tally: &mut Tally) {
    let place = |name: &str| zip.names.iter().position(|known| known == name);
    let (manifest, content) = (place(MANIFEST), place("content.xml"));
    let manifest = manifest.and_then(|at| {
        zip.with(at, budget, tally, |part, _| {
            let mut text = Vec::new();
            // What is broken says nothing about a password.
            let _ = part.take(MANIFEST_SIZE).read_to_end(&mut text);
            text
        })
    });
    let word = b"encryption-data";
    if manifest.is_some_and(|text| memchr::memmem::find(&text, word).is_some()) {
        return tally.locked();
    }
    if let Some(at) = content {
        zip.with(at, budget, tally, |part, tally| rows(part, budget, tally));
    }
}

fn rows(part: Bounded<'_, &mut dyn Read>, budget: &Budget, tally: &mut Tally) {
    let (mut buffer, mut text, mut row) = (Vec::new(), String::new(), Row::default());
    let (mut row_times, mut cell_times, mut reads) = (1_u32, 1_usize, 0_u32);
    let (mut value, mut empty) = (String::new(), 0);
    let mut reader = xml::reader(part);
    loop {
        let event = reader.read_event_into(&mut buffer);
        match &event {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "table" => tally.table(),
                "table-row" => {
                    row.clear();
                    (row_times, empty) = (1, 0);
                    xml::attributes(element, |name, times| {
                        if name == "number-rows-repeated" {
                            row_times = times.parse().unwrap_or(1);
                        }
                    });
                }
                "table-cell" | "covered-table-cell" => {
                    text.clear();
                    value.clear();
                    cell_times = 1;
                    xml::attributes(element, |name, text| match name {
                        "number-columns-repeated" => cell_times = text.parse().unwrap_or(1),
                        "value" => text.clone_into(&mut value),
                        _ => {}
                    });
                }
                "p" => {
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    reads += 1;
                }
                "s" | "tab" | "line-break" if reads > 0 => text.push(' '),
                _ => {}
            },
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                "p" => reads = reads.saturating_sub(1),
                "table-cell" | "covered-table-cell" => {
                    let cell = if text.is_empty() { &value } else { &text };
                    // Empty cells fill the row to the edge of the sheet, and count before others.
                    if cell.is_empty() {
                        empty = cell_times.saturating_add(empty);
                    } else {
                        row.widen(row.len().saturating_add(std::mem::take(&mut empty)));
                        for _ in 0..cell_times.min(COLUMNS + 1) {
                            row.push(cell);
                        }
                    }
                }
                "table-row" => {
                    for _ in 0..row_times {
                        if budget.is_spent() || !tally.row(&row) {
                            return;
                        }
                        if row.is_empty() {
                            break;
                        }
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) => return,
            Ok(event) if reads > 0 => xml::append(&mut text, event),
            Ok(_) => {}
            Err(_) => return tally.cut(),
        }
        buffer.clear();
    }
}
