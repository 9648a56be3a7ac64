//! Importing an export of another program: read in the worker, shown, and then recorded.

use crate::actor::{Change, Import, known};
use crate::fault::{self, Code, Fault};
use crate::handle::Handle;
use crate::intake::{Ask, Format, Parsed, Plan, Role};
use crate::store::{Store, Undone};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// An export, and what it would do or did to the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What stands in the export.
    pub parsed: Parsed,
    /// What becomes of it.
    pub plan: Plan,
    /// The number of the import; `None` where nothing was recorded.
    pub import: Option<i64>,
}

impl Handle {
    /// Reads an export and says what an import of it would do. Nothing is recorded.
    ///
    /// # Errors
    /// Those of [`crate::intake::parse`]; [`Code::CannotRead`].
    pub async fn preview(&self, path: &Path, ask: &Ask) -> Result<Preview> {
        let parsed = self.parsed(path, ask).await?;
        let now = self.clock().now().as_second();
        let known = self.read(known)?;
        Ok(Preview {
            plan: parsed.plan(&known, now),
            parsed,
            import: None,
        })
    }

    /// Imports an export, as a whole or not at all. What is on record already stays as it is.
    ///
    /// # Errors
    /// As [`Handle::preview`]; [`Code::ImportColumns`] where no column is known to hold addresses.
    pub async fn import(&self, path: &Path, ask: &Ask) -> Result<Preview> {
        let mut preview = self.preview(path, ask).await?;
        let parsed = &preview.parsed;
        if !parsed.has_addresses() {
            let path = path.display().to_string();
            return Err(Fault::new(Code::ImportColumns).with("path", path).into());
        }
        let kept = (!parsed.key.is_empty() && !ask.columns.is_empty()).then(|| {
            let said = parsed.columns.iter().filter(|c| c.role != Role::Secret);
            let columns = said.map(|column| (column.name.clone(), column.role));
            (setting(&parsed.key), columns.collect())
        });
        let import = Import {
            parsed: parsed.clone(),
            columns: kept,
        };
        let id = self.change(Change::Import(import)).await?;
        preview.import = (id != 0).then_some(id);
        Ok(preview)
    }

    /// Deletes an export that was imported as `ask` says, if it is still that file.
    ///
    /// # Errors
    /// [`Code::ExportChanged`], [`Code::CannotDelete`], [`Code::CannotRead`].
    pub async fn delete_export(&self, path: &Path, ask: &Ask, sha256: &str) -> Result<()> {
        let at = path.display().to_string();
        // The worker reads it once more: its bytes never enter this process.
        let same = match self.start().shell.worker()?.read(path, ask).await {
            Ok(parsed) => parsed.sha256 == sha256,
            Err(error) if matches!(fault::of(&error).code, Code::CannotRead | Code::Other) => {
                return Err(error);
            }
            Err(_) => false,
        };
        if !same {
            return Err(Fault::new(Code::ExportChanged).with("path", at).into());
        }
        // Of a link the file goes, not the link alone.
        std::fs::canonicalize(path)
            .and_then(std::fs::remove_file)
            .with_context(|| Fault::new(Code::CannotDelete).with("path", at))
    }

    /// Takes an import back, the newest without a number.
    ///
    /// # Errors
    /// [`Code::NoSuchImport`].
    pub async fn undo_import(&self, import: Option<i64>) -> Result<Undone> {
        let made = |store: &Store| store.made_by_import(import);
        let made = self.read(made)?;
        let kept = self.change(Change::UndoImport(import)).await?;
        let kept = u64::try_from(kept).unwrap_or(0);
        Ok(Undone {
            removed: made.saturating_sub(kept),
            kept,
        })
    }

    /// Reads an export; a table that was imported before is read as the user said then.
    async fn parsed(&self, path: &Path, ask: &Ask) -> Result<Parsed> {
        let worker = self.start().shell.worker()?;
        let parsed = worker.read(path, ask).await?;
        if parsed.format != Format::Table || parsed.key.is_empty() {
            return Ok(parsed);
        }
        let Some(said) = self.read(|store| store.setting(&setting(&parsed.key)))? else {
            return Ok(parsed);
        };
        let mut columns: BTreeMap<String, Role> = serde_json::from_str(&said)?;
        columns.extend(ask.columns.clone());
        let ask = Ask {
            columns,
            format: ask.format,
        };
        worker.read(path, &ask).await
    }
}

/// The setting under which it is kept what the columns of a table are.
fn setting(key: &str) -> String {
    format!("columns.{key}")
}
