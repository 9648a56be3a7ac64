//! Tables `mailbox`, `sighting` and `scan`: what lies where on the servers, and what was read to
//! its end when.

use super::Store;
use crate::cursor::{Cursor, Known, Listed};
use anyhow::Result;
use exposure::Role;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// A mailbox as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxRecord {
    /// The ledger's number.
    pub id: i64,
    /// Its account.
    pub account: i64,
    /// Name as listed.
    pub name: String,
    /// The role in force: the user's word before the server's.
    pub role: Role,
    /// The user chose the role.
    pub role_by_user: bool,
    /// How long messages stay, where it is known and not learned, in days.
    pub retention_days: Option<u32>,
    /// The server still lists it.
    pub listed: bool,
    /// How many of its UIDs are in the ledger.
    pub sightings: u64,
    /// Complete scans: civil day number, arrival of the oldest and of the newest message, count.
    pub scans: Vec<(i64, Option<i64>, Option<i64>, u64)>,
}

impl Store {
    /// Records what the source lists and says what the ledger knows of each mailbox.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn listed(&mut self, account: i64, listed: &[Listed]) -> Result<Vec<Known>> {
        self.connection.execute(
            "UPDATE mailbox SET listed = 0 WHERE account_id = ?1",
            [account],
        )?;
        let mut known = Vec::with_capacity(listed.len());
        for mailbox in listed {
            self.connection.prepare_cached(
                "INSERT INTO mailbox (account_id, name, role, uidvalidity, oldest_uid, newest_uid, modseq, listed)
                 VALUES (?1, ?2, ?3, 0, 0, 0, 0, 1)
                 ON CONFLICT (account_id, name) DO UPDATE SET role = ?3, listed = 1",
            )?.execute(params![account, mailbox.name, mailbox.role.code()])?;
            known.push(self.connection.query_row(
                "SELECT coalesce(role_by_user, role), uidvalidity, oldest_uid, newest_uid, modseq, complete_at IS NULL,
                        (SELECT count(*) FROM sighting WHERE mailbox_id = mailbox.id)
                 FROM mailbox WHERE account_id = ?1 AND name = ?2",
                params![account, mailbox.name],
                |row| {
                    Ok(Known {
                        name: mailbox.name.clone(),
                        role: Role::from_code(row.get(0)?).unwrap_or(Role::Other),
                        cursor: Cursor {
                            uidvalidity: row.get(1)?,
                            oldest_uid: row.get(2)?,
                            newest_uid: row.get(3)?,
                            modseq: row.get::<_, i64>(4)?.cast_unsigned(),
                        },
                        backfill: row.get(5)?,
                        sightings: row.get(6)?,
                    })
                },
            )?);
        }
        Ok(known)
    }

    /// Number and role in force of a mailbox by its name.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn mailbox_named(&self, account: i64, name: &str) -> Result<Option<(i64, Role)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, coalesce(role_by_user, role) FROM mailbox WHERE account_id = ?1 AND name = ?2")?;
        Ok(statement
            .query_row(params![account, name], |row| {
                Ok((
                    row.get(0)?,
                    Role::from_code(row.get(1)?).unwrap_or(Role::Other),
                ))
            })
            .optional()?)
    }

    /// Where reading of a mailbox stands. Belongs into the transaction of the facts it covers.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn advance(&mut self, mailbox: i64, cursor: Cursor) -> Result<()> {
        self.connection.prepare_cached(
            "UPDATE mailbox SET uidvalidity = ?2, oldest_uid = ?3, newest_uid = ?4, modseq = ?5 WHERE id = ?1",
        )?.execute(params![mailbox, cursor.uidvalidity, cursor.oldest_uid, cursor.newest_uid, cursor.modseq.cast_signed()])?;
        Ok(())
    }

    /// Notes that a message lies in a mailbox; 0 stands for "read, nothing kept".
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn sight(&mut self, mailbox: i64, uid: u32, message: i64) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO sighting (mailbox_id, uid, message_id) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![mailbox, uid, message])?;
        Ok(())
    }

    /// Forgets the sightings of a mailbox that are not in `existing`, or all of them; returns the
    /// messages that no longer lie there.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn vanish(&mut self, mailbox: i64, existing: Option<&[u32]>) -> Result<Vec<i64>> {
        let keep: BTreeSet<u32> = existing.unwrap_or_default().iter().copied().collect();
        let mut statement = self
            .connection
            .prepare_cached("SELECT uid, message_id FROM sighting WHERE mailbox_id = ?1")?;
        let rows: Vec<(u32, i64)> = statement
            .query_map([mailbox], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut gone = Vec::new();
        let mut forget = self
            .connection
            .prepare_cached("DELETE FROM sighting WHERE mailbox_id = ?1 AND uid = ?2")?;
        for (uid, message) in rows {
            if !keep.contains(&uid) {
                forget.execute(params![mailbox, uid])?;
                gone.push(message);
            }
        }
        Ok(gone)
    }

    /// Forgets the sightings of a mailbox in a range of UIDs; returns the messages that no longer
    /// lie there.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn vanish_between(&mut self, mailbox: i64, uids: RangeInclusive<u32>) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(
            "DELETE FROM sighting WHERE mailbox_id = ?1 AND uid BETWEEN ?2 AND ?3 RETURNING message_id",
        )?;
        Ok(statement
            .query_map(params![mailbox, uids.start(), uids.end()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// The message that lies at a UID; 0 for one of which nothing is kept.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn sighted(&self, mailbox: i64, uid: u32) -> Result<Option<i64>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT message_id FROM sighting WHERE mailbox_id = ?1 AND uid = ?2")?;
        Ok(statement
            .query_row(params![mailbox, uid], |row| row.get(0))
            .optional()?)
    }

    /// The roles of the mailboxes in which a message lies now; one that is gone from the list holds
    /// nothing.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn roles_of(&self, message: i64) -> Result<BTreeSet<Role>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT coalesce(role_by_user, role) FROM sighting JOIN mailbox ON mailbox.id = mailbox_id
             WHERE message_id = ?1 AND listed = 1",
        )?;
        let codes: Vec<i64> = statement
            .query_map([message], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(codes.into_iter().filter_map(Role::from_code).collect())
    }

    /// Records a complete scan. A second one of the same day keeps the older `oldest_at`.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn complete(&mut self, mailbox: i64, day: i64, now: i64, messages: u64) -> Result<()> {
        let (oldest, newest): (Option<i64>, Option<i64>) = self.connection.query_row(
            "SELECT min(arrived_at), max(arrived_at) FROM sighting JOIN message ON message.id = message_id
             WHERE mailbox_id = ?1 AND arrived_at <> 0",
            [mailbox],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        self.connection.execute(
            "INSERT INTO scan (mailbox_id, day, finished_at, oldest_at, newest_at, messages) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (mailbox_id, day) DO UPDATE SET finished_at = ?3,
                 oldest_at = CASE WHEN oldest_at IS NULL THEN ?4 WHEN ?4 IS NULL THEN oldest_at ELSE min(oldest_at, ?4) END,
                 newest_at = ?5, messages = ?6",
            params![mailbox, day, now, oldest, newest, messages],
        )?;
        self.connection.execute(
            "UPDATE mailbox SET complete_at = coalesce(complete_at, ?2) WHERE id = ?1",
            [mailbox, now],
        )?;
        Ok(())
    }

    /// Every mailbox with its complete scans.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn mailboxes(&self) -> Result<Vec<MailboxRecord>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, account_id, name, coalesce(role_by_user, role), role_by_user IS NOT NULL, retention_days, listed,
                    (SELECT count(*) FROM sighting WHERE mailbox_id = mailbox.id)
             FROM mailbox ORDER BY account_id, id",
        )?;
        let mut mailboxes: Vec<MailboxRecord> = statement
            .query_map([], |row| {
                Ok(MailboxRecord {
                    id: row.get(0)?,
                    account: row.get(1)?,
                    name: row.get(2)?,
                    role: Role::from_code(row.get(3)?).unwrap_or(Role::Other),
                    role_by_user: row.get(4)?,
                    retention_days: row.get(5)?,
                    listed: row.get(6)?,
                    sightings: row.get(7)?,
                    scans: Vec::new(),
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut scans = self.connection.prepare_cached(
            "SELECT day, oldest_at, newest_at, messages FROM scan WHERE mailbox_id = ?1 ORDER BY day",
        )?;
        for mailbox in &mut mailboxes {
            mailbox.scans = scans
                .query_map([mailbox.id], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?
                .collect::<rusqlite::Result<_>>()?;
        }
        Ok(mailboxes)
    }

    /// Takes the user's word for the role of a mailbox and judges by folder again what lies there.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn choose_role(&mut self, mailbox: i64, role: Role) -> Result<()> {
        self.connection.execute(
            "UPDATE mailbox SET role_by_user = ?2 WHERE id = ?1",
            params![mailbox, role.code()],
        )?;
        if role != Role::Junk {
            self.connection.execute(
                "UPDATE message SET by_folder = 0 WHERE id IN (SELECT message_id FROM sighting WHERE mailbox_id = ?1)",
                [mailbox],
            )?;
        }
        let mut statement = self
            .connection
            .prepare("SELECT message_id FROM sighting WHERE mailbox_id = ?1 AND message_id <> 0")?;
        let messages: Vec<i64> = statement
            .query_map([mailbox], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        drop(statement);
        for message in messages {
            self.judge_by_folder(message)?;
        }
        Ok(())
    }
}
