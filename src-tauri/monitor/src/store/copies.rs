//! Whole ledgers: a consistent copy to be kept or carried away, and a copy that takes the place of
//! a ledger.

use super::{AccountFacts, MIGRATIONS, Store, ledger_path, private, recognise};
use crate::fault::{self, Code, Fault};
use crate::whole;
use anyhow::{Context, Result, ensure};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// How many copies of one kind are kept.
const COPIES_KEPT: usize = 2;
/// How the name of a copy from before a migration begins; the number of the migration follows.
const BEFORE_MIGRATION: &str = "ledger.before-";
/// How the name of a copy from before a restore begins; a number follows.
const BEFORE_RESTORE: &str = "ledger.before-restore-";

impl Store {
    /// Writes a consistent copy of the whole ledger into a new file that its owner alone may read;
    /// one that is there must be empty.
    ///
    /// # Errors
    /// Those of SQLite; a full disk among them.
    pub fn copy_to(&self, path: &Path) -> Result<()> {
        if !path.exists() {
            whole::private(path)?;
        }
        self.connection
            .execute("VACUUM INTO ?1", [path.display().to_string()])?;
        Ok(())
    }

    /// Copies the ledger beside itself before a migration and drops older copies.
    pub(super) fn copy_before(&self, path: &Path, version: usize) -> Result<()> {
        let copy = path.with_file_name(format!("{BEFORE_MIGRATION}{:04}.sqlite", version + 1));
        if copy.exists() {
            fs::remove_file(&copy)?;
        }
        self.copy_to(&copy)?;
        drop_older(path, BEFORE_MIGRATION)
    }
}

/// Makes of a copy one that may leave this PC: the commands that fetch passwords are not in it,
/// and not in what SQLite leaves of a row that was changed.
///
/// # Errors
/// Those of SQLite.
pub fn without_commands(copy: &Path) -> Result<()> {
    let connection = Connection::open(copy)?;
    forget_commands(&connection)
}

fn forget_commands(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.execute(
        "UPDATE account SET password_command = NULL WHERE password_command IS NOT NULL",
        [],
    )?;
    Ok(())
}

/// Makes of a file of whatever origin a ledger of this version that may take the place of another:
/// it is whole, has the tables that a ledger has and nothing that acts by itself, and names no
/// command to be run. The file is changed; gives back its accounts.
///
/// # Errors
/// [`Code::NotALedger`], [`Code::NewerLedger`], [`Code::BackupDamaged`].
pub fn admitted(copy: &Path) -> Result<Vec<AccountFacts>> {
    recognise(copy)?;
    let connection = Connection::open(copy)?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    let mut store = Store { connection };
    let damaged = || Fault::new(Code::BackupDamaged);
    ensure!(
        store.integrity().with_context(damaged)?.is_empty(),
        damaged()
    );
    let version = store.version().with_context(damaged)?;
    let model = Connection::open_in_memory()?;
    for migration in MIGRATIONS.iter().take(version) {
        model.execute_batch(migration)?;
    }
    ensure!(
        shape(&store.connection).with_context(damaged)? == shape(&model)?,
        Fault::new(Code::NotALedger)
    );
    store.migrate(copy, true)?;
    forget_commands(&store.connection)?;
    // Nobody may be left with a ledger that no screen can read.
    store.addresses().with_context(damaged)?;
    store.services().with_context(damaged)?;
    store.accounts().with_context(damaged)
}

/// What a schema is made of, in whatever words: its tables with their columns, its indices, and,
/// where there are any, its views and triggers. What SQLite makes by itself does not count.
fn shape(connection: &Connection) -> Result<BTreeSet<String>> {
    let mut statement = connection.prepare(
        "SELECT concat_ws(' ', s.type, s.name, c.name, c.type, c.\"notnull\", c.pk, c.hidden)
         FROM sqlite_schema s LEFT JOIN pragma_table_xinfo(s.name) c
         WHERE s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )?;
    let all = statement.query_map([], |row| row.get(0))?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}

/// Puts an admitted copy in the place of the ledger of a data folder, as a whole or not at all, and
/// says where the ledger that was there is kept. Whoever has it open sees the new one from then on.
/// The caller holds the lock of the reader.
///
/// # Errors
/// [`Code::AlreadyReading`] where another process holds on to the ledger; [`Code::DiskFull`]. The
/// ledger is as it was then.
pub fn put_in_place(copy: &Path, data: &Path) -> Result<Option<PathBuf>> {
    let path = ledger_path(data);
    if fs::metadata(&path).map_or(true, |m| m.len() == 0) {
        // What was not yet written into a ledger that is gone must not be written into this one.
        gone(&beside(&path, "-wal"))?;
        gone(&beside(&path, "-shm"))?;
        moved_in(copy, &path)?;
        return Ok(None);
    }
    let kept = free_name(&path)?;
    match filled(copy, &path, &kept) {
        Ok(()) => {}
        Err(error) if is_unreadable(&error) => {
            gone(&kept)?;
            moved_away(&path, &kept)?;
            if let Err(error) = moved_in(copy, &path) {
                moved_away(&kept, &path)?;
                return Err(error);
            }
        }
        Err(error) => {
            gone(&kept)?;
            return Err(error);
        }
    }
    // The ledger is in its place: what is left to do is no reason to say otherwise.
    if let Err(error) = drop_older(&path, BEFORE_RESTORE) {
        tracing::warn!("an older copy stays: {error:#}");
    }
    Ok(Some(kept))
}

/// Keeps a copy of the ledger and fills the ledger with another: one transaction of SQLite, which
/// knows who else has it open.
fn filled(copy: &Path, path: &Path, kept: &Path) -> Result<()> {
    recognise(path)?;
    let mut store = Store::prepared(Connection::open(path)?)?;
    store.copy_to(kept)?;
    let source = Connection::open(copy)?;
    let step = Backup::new(&source, &mut store.connection)?.step(-1)?;
    match step {
        StepResult::Done => {
            if let Err(error) = store.checkpoint() {
                tracing::debug!("the log of the ledger stays: {error:#}");
            }
            Ok(())
        }
        _busy => Err(Fault::new(Code::AlreadyReading).into()),
    }
}

/// Whether a ledger cannot be read at all, so that it can only be kept as it is.
fn is_unreadable(error: &anyhow::Error) -> bool {
    let broken = error.chain().any(|cause| {
        let code = cause
            .downcast_ref::<rusqlite::Error>()
            .and_then(rusqlite::Error::sqlite_error_code);
        matches!(
            code,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
        )
    });
    broken || matches!(fault::of(error).code, Code::NotALedger | Code::NewerLedger)
}

fn moved_in(copy: &Path, path: &Path) -> Result<()> {
    File::open(copy)?.sync_all()?;
    fs::rename(copy, path)?;
    private(path, 0o600);
    Ok(())
}

/// Moves a ledger, whatever it is, with what was not yet written into it.
fn moved_away(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to)?;
    let (log, index) = (beside(from, "-wal"), beside(from, "-shm"));
    if log.exists() {
        fs::rename(log, beside(to, "-wal"))?;
    }
    gone(&index)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn gone(path: &Path) -> Result<()> {
    match path.exists() {
        true => Ok(fs::remove_file(path)?),
        false => Ok(()),
    }
}

/// Copies beside a ledger whose names begin so and go on with a number, oldest first.
fn copies(path: &Path, beginning: &str) -> Result<Vec<PathBuf>> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut copies = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let rest = name.strip_prefix(beginning);
        let number = rest.and_then(|rest| rest.strip_suffix(".sqlite"));
        if number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())) {
            copies.push(entry.path());
        }
    }
    copies.sort();
    Ok(copies)
}

/// The name of the next copy from before a restore.
fn free_name(path: &Path) -> Result<PathBuf> {
    let number = |copy: &PathBuf| -> Option<u32> {
        let name = copy.file_stem()?.to_str()?;
        name.strip_prefix(BEFORE_RESTORE)?.parse().ok()
    };
    let all = copies(path, BEFORE_RESTORE)?;
    let last = all.iter().filter_map(number).max().unwrap_or(0);
    Ok(path.with_file_name(format!("{BEFORE_RESTORE}{:04}.sqlite", last + 1)))
}

fn drop_older(path: &Path, beginning: &str) -> Result<()> {
    let copies = copies(path, beginning)?;
    for old in copies.iter().rev().skip(COPIES_KEPT) {
        fs::remove_file(old)?;
        gone(&beside(old, "-wal"))?;
    }
    Ok(())
}
