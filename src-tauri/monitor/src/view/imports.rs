//! Imports from other programs: what one would do, and those that were made.

use super::types::{ImportColumn, ImportLine, ImportPreview, ImportRow, ImportWhat};
use crate::clock::civil_day;
use crate::importing::Preview;
use crate::intake::{Format, Outcome, Row};
use crate::ledger::Picture;
use crate::store::{ImportRecord, Undone};
use crate::words::Words;
use serde_json::{Value, json};

/// Most rows that are shown.
const ROWS: usize = 1_000;

/// An export with what an import of it does, in words.
pub fn import_preview(words: &Words, preview: &Preview) -> ImportPreview {
    let parsed = &preview.parsed;
    let (added, merged, left_alone) = preview.plan.counts();
    let mut rows: Vec<&Row> = preview.plan.rows.iter().collect();
    rows.sort_by_key(|row| match row.outcome {
        Outcome::Added => 0,
        Outcome::LeftAlone(_) => 1,
        Outcome::Merged(_) => 2,
    });
    let columns = parsed.columns.iter().map(|column| ImportColumn {
        name: column.name.clone(),
        role: column.role.word().to_owned(),
        says: words.say(&format!("intake.role.{}", column.role.word())),
        samples: column.samples.clone(),
    });
    let mut notes = Vec::new();
    for (key, count) in [
        ("intake.damaged", parsed.damaged),
        ("intake.others", parsed.others),
    ] {
        if count > 0 {
            notes.push(words.count(key, count, &[]));
        }
    }
    ImportPreview {
        format: format_name(words, parsed.format.word()),
        columns: columns.collect(),
        ready: parsed.has_addresses(),
        more: rows.len().saturating_sub(ROWS) as u64,
        rows: rows
            .into_iter()
            .take(ROWS)
            .map(|row| line(words, row))
            .collect(),
        added,
        merged,
        left_alone,
        counted: counted(words, added, merged, left_alone),
        notes,
        import: preview.import,
        // Our own export holds no password.
        file_left: match parsed.exported {
            Some(_) => None,
            None => Some(words.say("intake.export_left")),
        },
    }
}

fn line(words: &Words, row: &Row) -> ImportLine {
    let what = match row.outcome {
        Outcome::Added => ImportWhat::Added,
        Outcome::Merged(_) => ImportWhat::Merged,
        Outcome::LeftAlone(_) => ImportWhat::LeftAlone,
    };
    let why = row.outcome.why();
    ImportLine {
        service: row.service.clone(),
        address: row.address.clone(),
        what,
        why: why.map(|why| words.say(&format!("intake.why.{}", why.word()))),
    }
}

fn counted(words: &Words, added: u64, merged: u64, left_alone: u64) -> String {
    let numbers = [added, merged, left_alone].map(|count| words.number(count));
    let [added, merged, left] = &numbers;
    words.fill(
        "intake.counts",
        &[("added", added), ("merged", merged), ("left", left)],
    )
}

fn format_name(words: &Words, word: &str) -> String {
    match Format::from_word(word).map(Format::name) {
        Some("") | None => words.say("intake.table"),
        Some(name) => name.to_owned(),
    }
}

/// An export with what an import of it does, as JSON.
pub fn import_json(preview: &Preview) -> Value {
    let parsed = &preview.parsed;
    let (added, merged, left_alone) = preview.plan.counts();
    let rows = preview.plan.rows.iter().map(|row| {
        json!({
            "service": row.service,
            "address": row.address,
            "what": row.outcome.word(),
            "why": row.outcome.why().map(crate::intake::Why::word),
        })
    });
    json!({
        "format": parsed.format.word(),
        "import": preview.import,
        "added": added,
        "merged": merged,
        "left_alone": left_alone,
        "damaged": parsed.damaged,
        "others": parsed.others,
        "columns": parsed.columns,
        "rows": rows.collect::<Vec<_>>(),
    })
}

/// Imports, newest first.
pub fn imports(picture: &Picture, words: &Words, records: &[ImportRecord]) -> Vec<ImportRow> {
    let row = |record: &ImportRecord| {
        let day = civil_day(record.made_at, &picture.zone).unwrap_or(picture.today);
        ImportRow {
            id: record.id,
            day: words.day(day, picture.today),
            format: format_name(words, &record.format),
            counted: counted(words, record.added, record.merged, record.left_alone),
        }
    };
    records.iter().map(row).collect()
}

/// Imports as JSON, newest first.
pub fn imports_json(records: &[ImportRecord]) -> Value {
    let row = |record: &ImportRecord| {
        let made = jiff::Timestamp::from_second(record.made_at).ok();
        json!({
            "import": record.id,
            "made": made.map(|at| at.to_string()),
            "format": record.format,
            "added": record.added,
            "merged": record.merged,
            "left_alone": record.left_alone,
        })
    };
    records.iter().map(row).collect()
}

/// What became of an import that was undone, in words.
pub fn undone(words: &Words, undone: Undone) -> String {
    let mut text = words.count("intake.undone", undone.removed, &[]);
    if undone.kept > 0 {
        text.push(' ');
        text.push_str(&words.count("intake.kept", undone.kept, &[]));
    }
    text
}
