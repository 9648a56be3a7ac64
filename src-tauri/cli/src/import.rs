//! `import`: brings in what another program knows, lists imports and takes them back.

use crate::Outcome;
use crate::args::ImportArgs;
use crate::print;
use crate::terminal::Terminal;
use anyhow::Result;
use monitor::intake::Ask;
use monitor::store::Store;
use monitor::{Handle, view};
use serde_json::json;
use std::path::Path;

/// `import`.
pub async fn import(terminal: Terminal, handle: &Handle, args: &ImportArgs) -> Result<Outcome> {
    if args.list {
        return list(terminal, handle);
    }
    if let Some(import) = args.undo {
        return undo(terminal, handle, import).await;
    }
    match &args.file {
        Some(file) => take(terminal, handle, args, file).await,
        None => list(terminal, handle),
    }
}

async fn take(
    terminal: Terminal,
    handle: &Handle,
    args: &ImportArgs,
    file: &Path,
) -> Result<Outcome> {
    let words = terminal.words;
    let ask = Ask {
        format: args.format,
        columns: args.columns.iter().cloned().collect(),
    };
    let preview = match args.dry_run {
        true => handle.preview(file, &ask).await?,
        false => handle.import(file, &ask).await?,
    };
    let shown = view::import_preview(words, &preview);
    let path = file.display().to_string();
    terminal.facts(
        |canvas| {
            let rows = match args.dry_run {
                true => print::Rows::All,
                false => print::Rows::LeftAlone,
            };
            print::import(canvas, words, &path, &shown, rows);
        },
        || Ok(view::import_json(&preview)),
    )?;
    if args.dry_run {
        terminal.done(&words.say("terminal.import_dry"));
        return Ok(Outcome::Done);
    }
    match preview.import {
        Some(id) => terminal.done(&words.fill("terminal.import_undo", &[("id", &id.to_string())])),
        None => terminal.done(&words.say("terminal.import_nothing")),
    }
    if args.delete {
        let sha256 = &preview.parsed.sha256;
        handle.delete_export(file, &ask, sha256).await?;
        terminal.done(&words.fill("terminal.import_deleted", &[("path", &path)]));
    } else if let Some(left) = &shown.file_left {
        terminal.done(left);
        terminal.done(&words.fill("terminal.import_delete", &[("path", &path)]));
    }
    Ok(Outcome::Done)
}

fn list(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    let words = terminal.words;
    let picture = handle.picture()?;
    let records = handle.read(Store::imports)?;
    let rows = view::imports(&picture, words, &records);
    terminal.facts(
        |canvas| print::imports(canvas, words, &rows),
        || Ok(view::imports_json(&records)),
    )?;
    Ok(Outcome::Done)
}

async fn undo(terminal: Terminal, handle: &Handle, import: Option<i64>) -> Result<Outcome> {
    let undone = handle.undo_import(import).await?;
    let text = view::undone(terminal.words, undone);
    terminal.facts(
        |canvas| canvas.prose(&text, 0),
        || Ok(json!({ "removed": undone.removed, "kept": undone.kept })),
    )?;
    Ok(Outcome::Done)
}
