//! Table `account`.

use super::Store;
use crate::fault::{Code, Fault};
use crate::trust::{Fingerprint, Trust};
use anyhow::Result;
use exposure::Security;
use rusqlite::{Row, params};
use std::path::PathBuf;

/// How an account is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A login at a mail server.
    Imap {
        /// Host name or address.
        host: String,
        /// Port.
        port: u16,
        /// How the connection is secured.
        security: Security,
        /// Login name.
        login: String,
        /// Whom the connection believes.
        trust: Trust,
        /// A shell line whose first line of output is the password.
        password_command: Option<String>,
        /// What the server lets us in for.
        sign_in: SignIn,
    },
    /// Mail on this PC.
    Archive {
        /// File or folder.
        path: PathBuf,
    },
}

/// What a mail server lets us in for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SignIn {
    /// A password.
    #[default]
    Password,
    /// A token of this provider, by an OAuth 2.0 sign-in.
    Provider(String),
}

impl SignIn {
    /// The provider's name; `None` for a password.
    pub fn provider(&self) -> Option<&str> {
        match self {
            SignIn::Password => None,
            SignIn::Provider(name) => Some(name),
        }
    }
}

/// An account to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// The address, or the path of mail on this PC.
    pub name: String,
    /// How it is entered.
    pub entry: Entry,
    /// Subaddress separator.
    pub separator: char,
}

/// An account as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFacts {
    /// The ledger's number.
    pub id: i64,
    /// The address, or the path of mail on this PC.
    pub name: String,
    /// How it is entered.
    pub entry: Entry,
    /// Subaddress separator.
    pub separator: char,
    /// When it was recorded.
    pub added_at: i64,
    /// When the first reading ended.
    pub backfilled_at: Option<i64>,
    /// When all its mailboxes were last read to the end.
    pub scanned_at: Option<i64>,
    /// The last fault, as JSON.
    pub fault: Option<String>,
}

const COLUMNS: &str = "id, name, host, port, security, login, ca_file, certificate, password_command, sign_in, path, separator, added_at, backfilled_at, scanned_at, fault";

impl Store {
    /// Every account, in the order in which they were recorded.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn accounts(&self) -> Result<Vec<AccountFacts>> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM account ORDER BY id"))?;
        Ok(statement
            .query_map([], account)?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// The account of that name or number.
    ///
    /// # Errors
    /// [`Code::NoSuchAccount`].
    pub fn account(&self, name: &str) -> Result<AccountFacts> {
        self.accounts()?
            .into_iter()
            .find(|a| a.name.eq_ignore_ascii_case(name) || a.id.to_string() == name)
            .ok_or_else(|| Fault::new(Code::NoSuchAccount).with("account", name).into())
    }

    /// Records an account.
    ///
    /// # Errors
    /// [`Code::AccountExists`].
    pub fn add_account(&mut self, new: &NewAccount, now: i64) -> Result<i64> {
        if self
            .accounts()?
            .iter()
            .any(|a| a.name.eq_ignore_ascii_case(&new.name))
        {
            return Err(Fault::new(Code::AccountExists)
                .with("account", &new.name)
                .into());
        }
        let (host, port, security, login, ca_file, certificate, command, sign_in, path) =
            match &new.entry {
                Entry::Imap {
                    host,
                    port,
                    security,
                    login,
                    trust,
                    password_command,
                    sign_in,
                } => (
                    Some(host),
                    Some(*port),
                    Some(security.code()),
                    Some(login),
                    trust.file(),
                    trust.certificate(),
                    password_command.as_ref(),
                    sign_in.provider(),
                    None,
                ),
                Entry::Archive { path } => (
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                    Some(path.display().to_string()),
                ),
            };
        self.connection.execute(
            "INSERT INTO account (name, host, port, security, login, ca_file, certificate, password_command, sign_in, path, separator, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![new.name, host, port, security, login, ca_file, certificate, command, sign_in, path, new.separator.to_string(), now],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Removes an account with its mailboxes, sightings and scans; messages and counts stay.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn remove_account(&mut self, id: i64) -> Result<()> {
        for sql in [
            "DELETE FROM sighting WHERE mailbox_id IN (SELECT id FROM mailbox WHERE account_id = ?1)",
            "DELETE FROM scan WHERE mailbox_id IN (SELECT id FROM mailbox WHERE account_id = ?1)",
            "DELETE FROM mailbox WHERE account_id = ?1",
            "DELETE FROM reached WHERE account_id = ?1",
            "DELETE FROM account WHERE id = ?1",
        ] {
            self.connection.execute(sql, [id])?;
        }
        Ok(())
    }

    /// Notes that every mailbox of an account was read to the end.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn account_scanned(&mut self, id: i64, now: i64) -> Result<()> {
        self.connection.execute(
            "UPDATE account SET scanned_at = ?2, backfilled_at = coalesce(backfilled_at, ?2), fault = NULL WHERE id = ?1",
            [id, now],
        )?;
        Ok(())
    }

    /// Sets the command that prints the password of an account; `None`: it is kept elsewhere.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn set_password_command(&mut self, id: i64, command: Option<&str>) -> Result<()> {
        self.connection.execute(
            "UPDATE account SET password_command = ?2 WHERE id = ?1",
            params![id, command],
        )?;
        Ok(())
    }

    /// Notes what went wrong with an account.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn account_fault(&mut self, id: i64, fault: Option<&str>) -> Result<()> {
        self.connection.execute(
            "UPDATE account SET fault = ?2 WHERE id = ?1",
            params![id, fault],
        )?;
        Ok(())
    }
}

fn account(row: &Row<'_>) -> rusqlite::Result<AccountFacts> {
    let path: Option<String> = row.get("path")?;
    let entry = match path {
        Some(path) => Entry::Archive {
            path: PathBuf::from(path),
        },
        None => Entry::Imap {
            host: row.get::<_, Option<String>>("host")?.unwrap_or_default(),
            port: row.get::<_, Option<u16>>("port")?.unwrap_or_default(),
            security: row
                .get::<_, Option<i64>>("security")?
                .and_then(Security::from_code)
                .unwrap_or(Security::Tls),
            login: row.get::<_, Option<String>>("login")?.unwrap_or_default(),
            trust: Trust::of(
                row.get::<_, Option<String>>("ca_file")?.map(PathBuf::from),
                row.get::<_, Option<String>>("certificate")?
                    .and_then(|text| Fingerprint::parse(&text)),
            ),
            password_command: row.get("password_command")?,
            sign_in: row
                .get::<_, Option<String>>("sign_in")?
                .map_or(SignIn::Password, SignIn::Provider),
        },
    };
    Ok(AccountFacts {
        id: row.get("id")?,
        name: row.get("name")?,
        entry,
        separator: row
            .get::<_, String>("separator")?
            .chars()
            .next()
            .unwrap_or('+'),
        added_at: row.get("added_at")?,
        backfilled_at: row.get("backfilled_at")?,
        scanned_at: row.get("scanned_at")?,
        fault: row.get("fault")?,
    })
}
