//! Files that are written as a whole or not at all: beside their place under another name, readable
//! by their owner alone, and then put there at once.

use crate::fault::{self, Code, Fault};
use crate::secret::unguessable;
use anyhow::Result;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Whether a file may take the place of one that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It must not be there yet.
    Free,
    /// What is there goes.
    Any,
}

/// A file of our own that goes when this is dropped, with what SQLite keeps beside it.
#[derive(Debug)]
pub struct Temporary(PathBuf);

impl Temporary {
    /// Makes an empty file with this beginning of its name, which nobody guesses, readable by its
    /// owner alone.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn beside(folder: &Path, beginning: &str) -> Result<Temporary> {
        let path = folder.join(format!("{beginning}{}", unguessable()?));
        private(&path)?;
        Ok(Temporary(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        for suffix in ["", "-journal", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(suffix);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    tracing::warn!("a temporary file stays: {error}");
                }
                Ok(()) | Err(_) => {}
            }
        }
    }
}

/// Makes a new file that nobody but its owner may read.
///
/// # Errors
/// Those of the file system; that it is there already is one.
pub fn private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Makes a folder into which nobody but its owner may look, where there is none.
///
/// # Errors
/// Those of the file system.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Writes a file as a whole or not at all.
///
/// # Errors
/// [`Code::FileExists`], [`Code::CannotWrite`], [`Code::DiskFull`], and those of `write`.
pub fn write(path: &Path, place: Place, write: impl FnOnce(&mut File) -> Result<()>) -> Result<()> {
    let shown = || path.display().to_string();
    let cannot = || Fault::new(Code::CannotWrite).with("path", shown());
    match fs::metadata(path) {
        Ok(there) if !there.is_file() => return Err(cannot().into()),
        Ok(_) if place == Place::Free => {
            return Err(Fault::new(Code::FileExists).with("path", shown()).into());
        }
        Ok(_) | Err(_) => {}
    }
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    };
    let written = Temporary::beside(folder, ".atesaki-").and_then(|temporary| {
        let mut file = File::options().write(true).open(temporary.path())?;
        write(&mut file)?;
        file.sync_all()?;
        Ok(fs::rename(temporary.path(), path)?)
    });
    // What `write` says has words of its own; all else is about this file.
    written.map_err(|error| match fault::of(&error).code {
        Code::Other => error.context(cannot()),
        _known => error,
    })
}
