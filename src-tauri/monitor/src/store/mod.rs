//! The ledger: one SQLite file, facts only. One file per table or small family of tables; SQL
//! stands nowhere else. One writer at a time; readers beside it through WAL.

mod account;
mod address;
mod copies;
mod delivery;
mod edit;
mod exposures;
mod image;
mod import;
mod letter;
mod mailbox;
mod message;
mod misfiled;
mod service;
mod setting;
mod statement;

pub use account::{AccountFacts, Entry, NewAccount, SignIn};
pub use address::{AddressRecord, Waiting};
pub use copies::{admitted, put_in_place, without_commands};
pub use delivery::{DeliveryRecord, SenderCount};
pub use exposures::{ExposureFacts, ExposureRecord, NewExposure};
pub use image::{Difference, Image};
pub use import::{ImportRecord, Made, NewImport, Undone};
pub use mailbox::MailboxRecord;
pub use message::{Domains, Entered, Kept, MessageRecord, Seen};
pub use service::{DisclosureRecord, ServiceRecord};
pub use statement::{IncidentRecord, StatementRecord};

use crate::fault::{Code, Fault};
use anyhow::{Context, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};

/// Marks the file as a ledger of Atesaki ("ATSK").
const APPLICATION_ID: i64 = 0x4154_534B;
/// Numbered migrations, in order; landed ones never change.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
];
/// Page cache of the writer, in KiB.
const WRITE_CACHE: i64 = 8 << 10;
/// Pages in the write-ahead log before they are moved into the ledger.
const CHECKPOINT_PAGES: i64 = 4_000;

/// A connection to the ledger.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

/// The ledger's file in a data folder.
pub fn ledger_path(data: &Path) -> PathBuf {
    data.join("ledger.sqlite")
}

/// Makes a data folder that only the user may look into, where there is none.
///
/// # Errors
/// [`Code::DataFolder`].
pub fn make_folder(data: &Path) -> Result<()> {
    fs::create_dir_all(data)
        .with_context(|| Fault::new(Code::DataFolder).with("path", data.display().to_string()))?;
    private(data, 0o700);
    Ok(())
}

impl Store {
    /// Opens the ledger for writing, or makes it; migrates an older one after copying it.
    ///
    /// # Errors
    /// [`Code::NotALedger`] for a foreign file, [`Code::NewerLedger`] for one of a newer version
    /// (both stay untouched), [`Code::DiskFull`], [`Code::DataFolder`].
    pub fn open(data: &Path) -> Result<Store> {
        let folder_fault = || Fault::new(Code::DataFolder).with("path", data.display().to_string());
        make_folder(data)?;
        let path = ledger_path(data);
        let fresh = fs::metadata(&path).map_or(true, |m| m.len() == 0);
        if !fresh {
            recognise(&path)?;
        }
        let connection = Connection::open(&path).with_context(folder_fault)?;
        let mut store = Store::prepared(connection)?;
        private(&path, 0o600);
        store.migrate(&path, fresh)?;
        for suffix in ["-wal", "-shm"] {
            private(
                &path.with_file_name(format!("ledger.sqlite{suffix}")),
                0o600,
            );
        }
        Ok(store)
    }

    /// Opens an existing ledger for reading only.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn reader(data: &Path) -> Result<Store> {
        let path = ledger_path(data);
        let connection = Connection::open_with_flags(
            &path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )
        .with_context(|| Fault::new(Code::DataFolder).with("path", data.display().to_string()))?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        keep_plans(&connection)?;
        Ok(Store { connection })
    }

    /// Settings that every writing connection has.
    fn prepared(connection: Connection) -> Result<Store> {
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        // The indices of identities and arrivals of a first reading, which is written all over.
        connection.pragma_update(None, "cache_size", -WRITE_CACHE)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        connection.set_prepared_statement_cache_capacity(64);
        keep_plans(&connection)?;
        Ok(Store { connection })
    }

    fn migrate(&mut self, path: &Path, fresh: bool) -> Result<()> {
        let version = self.version()?;
        if version == MIGRATIONS.len() {
            return Ok(());
        }
        if !fresh {
            self.copy_before(path, version)?;
        }
        let transaction = self.connection.transaction()?;
        for migration in MIGRATIONS.iter().skip(version) {
            transaction.execute_batch(migration)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", MIGRATIONS.len())?;
        transaction.commit()?;
        Ok(())
    }

    fn version(&self) -> Result<usize> {
        Ok(self
            .connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))?)
    }

    /// Everything `work` writes, in one transaction: it stands or falls together.
    ///
    /// # Errors
    /// Those of `work`, and of the commit (a full disk); nothing is written then.
    pub fn transaction<T>(&mut self, work: impl FnOnce(&mut Store) -> Result<T>) -> Result<T> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let outcome = work(self).and_then(|value| {
            self.connection.execute_batch("COMMIT")?;
            Ok(value)
        });
        if outcome.is_err() && !self.connection.is_autocommit() {
            // The error that matters is the first one; a failed rollback leaves nothing written either.
            if let Err(error) = self.connection.execute_batch("ROLLBACK") {
                tracing::debug!("rollback: {error:#}");
            }
        }
        outcome
    }

    /// The data folder in which the ledger lies; `None` for one in memory alone.
    pub fn folder(&self) -> Option<PathBuf> {
        let path = Path::new(self.connection.path()?);
        path.parent().map(Path::to_owned)
    }

    /// A number that changes whenever another connection has committed.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self
            .connection
            .query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    /// Makes indexes and free space anew.
    ///
    /// # Errors
    /// Those of SQLite; a full disk among them.
    pub fn compact(&mut self) -> Result<()> {
        self.connection.execute_batch("REINDEX; VACUUM; ANALYZE;")?;
        Ok(())
    }

    /// Moves what stands in the write-ahead log into the file, so that a copy of the file alone
    /// has everything.
    ///
    /// # Errors
    /// Those of SQLite; the log then stays and nothing is lost.
    pub fn checkpoint(&self) -> Result<()> {
        let checkpointed = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        Ok(checkpointed?)
    }

    /// Checks the file's structure; an empty list is good news.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn integrity(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(5)")?;
        let lines: Vec<String> = statement
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }
}

/// Keeps a statement's plan whatever is bound to it: planning anew cost a fifth of the time of
/// recording a message.
fn keep_plans(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Refuses a file that is no ledger, or one of a newer version, without writing to it.
fn recognise(path: &Path) -> Result<()> {
    let foreign = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            anyhow::Error::from(error).context(Fault::new(Code::NotALedger))
        }
        Some(_) | None => error.into(),
    };
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(foreign)?;
    let number = |pragma: &str| -> Result<i64> {
        connection
            .query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
            .map_err(foreign)
    };
    if number("application_id")? != APPLICATION_ID {
        return Err(Fault::new(Code::NotALedger).into());
    }
    let version = number("user_version")?;
    if version > MIGRATIONS.len() as i64 {
        return Err(Fault::new(Code::NewerLedger)
            .with("version", version.to_string())
            .into());
    }
    Ok(())
}

/// Only the user may read it. Where the file system has no modes there is nothing to do.
fn private(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if path.exists() && fs::set_permissions(path, fs::Permissions::from_mode(mode)).is_err() {
            tracing::warn!("the ledger's folder keeps the modes it had");
        }
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}

#[cfg(test)]
mod tests;
