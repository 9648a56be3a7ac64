//! Table `setting`.

use super::Store;
use anyhow::Result;
use rusqlite::OptionalExtension;

impl Store {
    /// The value of a setting.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Whether the user allows something; `None`: they were not asked, or have not said.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn allowed(&self, key: &str) -> Result<Option<bool>> {
        Ok(self.setting(key)?.map(|word| word == "yes"))
    }

    /// Keeps or, with `None`, forgets a setting.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn keep_setting(&mut self, key: &str, value: Option<&str>) -> Result<()> {
        match value {
            Some(value) => self.connection.execute(
                "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                [key, value],
            )?,
            None => self.connection.execute("DELETE FROM setting WHERE key = ?1", [key])?,
        };
        Ok(())
    }
}
