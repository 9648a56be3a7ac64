//! Imports: what an export brings, and the imports that were made.

use super::canvas::Canvas;
use super::table::{Long, Table};
use super::text::Side;
use exposure::show::shown;
use monitor::Words;
use monitor::view::types::{ImportPreview, ImportRow, ImportWhat};

/// Most rows that a person is shown; JSON has them all.
const ROWS: usize = 200;
/// Longest path, in characters: it is to be copied whole.
const LONGEST_PATH: usize = 4096;

/// Which rows of an export are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// All.
    All,
    /// Those that are left alone: the others stand in the ledger now.
    LeftAlone,
}

/// What an export brings.
pub fn import(canvas: &mut Canvas, words: &Words, path: &str, preview: &ImportPreview, rows: Rows) {
    let path = shown(path, LONGEST_PATH);
    let values = [("path", path.as_str()), ("format", &preview.format)];
    canvas.prose(&words.fill("terminal.import_format", &values), 0);
    if !preview.columns.is_empty() {
        canvas.prose(&words.say("terminal.import_columns"), 0);
    }
    for column in &preview.columns {
        let samples = match column.samples.as_slice() {
            [] => String::new(),
            samples => format!("({})", samples.join(", ")),
        };
        let values = [
            ("column", column.name.as_str()),
            ("role", &column.says),
            ("samples", &samples),
        ];
        canvas.prose(words.fill("terminal.import_column", &values).trim_end(), 2);
    }
    let of_interest = |what: ImportWhat| match rows {
        Rows::All => true,
        Rows::LeftAlone => what == ImportWhat::LeftAlone,
    };
    let lines: Vec<_> = preview
        .rows
        .iter()
        .filter(|row| of_interest(row.what))
        .collect();
    if !lines.is_empty() {
        let heads = [
            "terminal.import_what",
            "terminal.service",
            "terminal.address",
            "terminal.import_why",
        ];
        let heads = heads.iter().map(|key| (words.say(key), Side::Left));
        let mut table = Table::new(heads.collect(), Long::Broken);
        for line in lines.iter().take(ROWS) {
            let what = match line.what {
                ImportWhat::Added => "intake.what.added",
                ImportWhat::Merged => "intake.what.merged",
                ImportWhat::LeftAlone => "intake.what.left_alone",
            };
            let cells = [
                words.say(what),
                line.service.clone(),
                line.address.clone(),
                line.why.clone().unwrap_or_default(),
            ];
            table.row(cells.into_iter().map(|cell| (cell, None)).collect());
        }
        table.lay(canvas, 0);
        let more = lines.len().saturating_sub(ROWS) as u64;
        let more = match rows {
            Rows::All => more + preview.more,
            Rows::LeftAlone => more,
        };
        if more > 0 {
            canvas.prose(&words.count("terminal.more", more, &[]), 0);
        }
    }
    canvas.prose(&preview.counted, 0);
    for note in &preview.notes {
        canvas.prose(note, 0);
    }
}

/// The imports that were made.
pub fn imports(canvas: &mut Canvas, words: &Words, rows: &[ImportRow]) {
    if rows.is_empty() {
        canvas.prose(&words.say("terminal.no_imports"), 0);
    }
    for row in rows {
        let line = format!("{}  {}  {}  {}", row.id, row.day, row.format, row.counted);
        canvas.prose(&line, 0);
    }
}
