//! What is dragged over the window, and the exports that were chosen in a dialog or dropped. The
//! page knows an export by its number: it can name no other file, neither to read nor to delete.

use super::Desk;
use crate::fault::{Code, Fault};
use crate::importing::Preview;
use crate::intake::Ask;
use crate::shell::Topic;
use anyhow::{Context, Result};
use serde::Serialize;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use ts_rs::TS;

/// What the system says of things that are dragged over the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Drag {
    /// They hang over it.
    Over,
    /// They went away again, or there are none.
    #[default]
    Left,
    /// They were dropped.
    Dropped(Vec<PathBuf>),
}

/// The same, as the page is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Dragged {
    /// There is nothing, or it was told already.
    Nothing,
    /// Something hangs over the window.
    Over,
    /// A file was dropped.
    File(ChosenExport),
    /// A folder was dropped.
    Folder {
        /// Where it lies.
        path: String,
    },
}

/// A file that the user chose to be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChosenExport {
    /// Its number.
    pub id: usize,
    /// Where it lies.
    pub path: String,
}

/// What the desk holds of all this.
#[derive(Default)]
pub(super) struct Exports {
    drag: Mutex<Drag>,
    chosen: Mutex<Vec<Export>>,
}

struct Export {
    path: PathBuf,
    /// How it was read when it was imported, and its SHA-256.
    imported: Option<(Ask, String)>,
}

impl Desk {
    /// Keeps what the system says of things that are dragged over the window, for the page to ask.
    pub fn dragged(&self, drag: Drag) {
        *self
            .exports
            .drag
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = drag;
        self.tell(&[Topic::Dragged]);
    }

    /// What is dragged over the window; what was dropped is told once.
    ///
    /// # Errors
    /// [`Code::SeveralDropped`].
    pub(super) fn take_dragged(&self) -> Result<Dragged> {
        let mut drag = self
            .exports
            .drag
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut paths = match &mut *drag {
            Drag::Left => return Ok(Dragged::Nothing),
            Drag::Over => return Ok(Dragged::Over),
            Drag::Dropped(paths) => std::mem::take(paths),
        };
        *drag = Drag::Left;
        let Some(path) = paths.pop() else {
            return Ok(Dragged::Nothing);
        };
        if !paths.is_empty() {
            return Err(Fault::new(Code::SeveralDropped).into());
        }
        Ok(match path.is_dir() {
            true => Dragged::Folder {
                path: path.display().to_string(),
            },
            false => Dragged::File(self.choose_export(path)),
        })
    }

    /// Gives a file that the user chose a number.
    pub(super) fn choose_export(&self, path: PathBuf) -> ChosenExport {
        let mut chosen = self.chosen();
        chosen.push(Export {
            path: path.clone(),
            imported: None,
        });
        ChosenExport {
            id: chosen.len() - 1,
            path: path.display().to_string(),
        }
    }

    /// Says what an import of a chosen file would do.
    pub(super) async fn preview_export(&self, id: usize, ask: &Ask) -> Result<Preview> {
        let path = self.export(id, |export| export.path.clone())?;
        self.handle().preview(&path, ask).await
    }

    /// Imports a chosen file, and remembers which file that was.
    pub(super) async fn import_export(&self, id: usize, ask: Ask) -> Result<Preview> {
        let path = self.export(id, |export| export.path.clone())?;
        let preview = self.handle().import(&path, &ask).await?;
        if preview.import.is_some() {
            let sha256 = preview.parsed.sha256.clone();
            self.export(id, |export| export.imported = Some((ask, sha256)))?;
        }
        Ok(preview)
    }

    /// Deletes a chosen file that was imported.
    pub(super) async fn delete_export(&self, id: usize) -> Result<()> {
        let (path, imported) = self.export(id, |e| (e.path.clone(), e.imported.clone()))?;
        let (ask, sha256) = imported.context("the file was not imported")?;
        self.handle().delete_export(&path, &ask, &sha256).await
    }

    fn export<T>(&self, id: usize, of: impl FnOnce(&mut Export) -> T) -> Result<T> {
        let mut chosen = self.chosen();
        Ok(of(chosen.get_mut(id).context("no file was chosen")?))
    }

    fn chosen(&self) -> std::sync::MutexGuard<'_, Vec<Export>> {
        self.exports
            .chosen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
