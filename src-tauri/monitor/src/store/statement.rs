//! Tables `statement` and `incident`: what was said, and what the user follows up.

use super::Store;
use anyhow::Result;
use exposure::{Confidence, FlagKind, IncidentKind, IncidentStatus, Level, State};
use rusqlite::{OptionalExtension, Row, params};

/// What was said about an address at some time.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementRecord {
    /// The address.
    pub address: i64,
    /// Strangers, or the service itself.
    pub kind: FlagKind,
    /// Civil day number of the first day of the segment.
    pub segment: i64,
    /// How much was claimed.
    pub level: Level,
    /// What the statistics said.
    pub state: Option<State>,
    /// How sure.
    pub words: Option<Confidence>,
    /// The named service.
    pub service: Option<i64>,
    /// Its shown probability.
    pub probability: Option<f64>,
    /// Civil day numbers of the onset.
    pub earliest: Option<i64>,
    /// Median day.
    pub estimate: Option<i64>,
    /// Upper end.
    pub latest: Option<i64>,
}

/// An incident as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentRecord {
    /// The ledger's number.
    pub id: i64,
    /// The address.
    pub address: i64,
    /// Strangers, or the service itself.
    pub kind: IncidentKind,
    /// Civil day number of the first day of the segment.
    pub segment: i64,
    /// Its status.
    pub status: IncidentStatus,
    /// When it was opened.
    pub opened_at: i64,
    /// When the user was told by a notification.
    pub notified_at: Option<i64>,
}

const COLUMNS: &str = "address_id, kind, segment, level, state, words, service_id, probability, earliest, estimate, latest";

fn statement_of(row: &Row<'_>) -> rusqlite::Result<StatementRecord> {
    Ok(StatementRecord {
        address: row.get(0)?,
        kind: FlagKind::from_code(row.get(1)?).unwrap_or(FlagKind::Leak),
        segment: row.get(2)?,
        level: Level::from_code(row.get(3)?).unwrap_or(Level::UnexpectedSender),
        state: row.get::<_, Option<i64>>(4)?.and_then(State::from_code),
        words: row
            .get::<_, Option<i64>>(5)?
            .and_then(Confidence::from_code),
        service: row.get(6)?,
        probability: row.get(7)?,
        earliest: row.get(8)?,
        estimate: row.get(9)?,
        latest: row.get(10)?,
    })
}

impl Store {
    /// The last statement about (address, kind, segment).
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn last_statement(
        &self,
        address: i64,
        kind: FlagKind,
        segment: i64,
    ) -> Result<Option<StatementRecord>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM statement
             WHERE address_id = ?1 AND kind = ?2 AND segment = ?3 ORDER BY id DESC LIMIT 1"
        ))?;
        Ok(statement
            .query_row(params![address, kind.code(), segment], statement_of)
            .optional()?)
    }

    /// Every statement about an address with the instant at which it was made, newest first.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn statements_of(&self, address: i64) -> Result<Vec<(i64, StatementRecord)>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, said_at FROM statement WHERE address_id = ?1 ORDER BY id DESC"
        ))?;
        Ok(statement
            .query_map([address], |row| {
                Ok((row.get("said_at")?, statement_of(row)?))
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// What was said of a service that only its mail showed was said of the one it is recorded as.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn said_of(&mut self, found: i64, service: i64) -> Result<()> {
        self.connection.execute(
            "UPDATE statement SET service_id = ?2 WHERE service_id = ?1",
            [found, service],
        )?;
        Ok(())
    }

    /// Appends what is said now.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn say(&mut self, said: &StatementRecord, now: i64) -> Result<()> {
        self.connection.execute(
            "INSERT INTO statement (said_at, address_id, kind, segment, level, state, words, service_id, probability,
                                    earliest, estimate, latest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                now,
                said.address,
                said.kind.code(),
                said.segment,
                said.level.code(),
                said.state.map(State::code),
                said.words.map(Confidence::code),
                said.service,
                said.probability,
                said.earliest,
                said.estimate,
                said.latest,
            ],
        )?;
        Ok(())
    }

    /// Opens an incident once; returns its number.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn open_incident(
        &mut self,
        address: i64,
        kind: IncidentKind,
        segment: i64,
        now: i64,
    ) -> Result<i64> {
        self.connection.execute(
            "INSERT OR IGNORE INTO incident (address_id, kind, segment, status, opened_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![address, kind.code(), segment, IncidentStatus::Noticed.code(), now],
        )?;
        Ok(self.connection.query_row(
            "SELECT id FROM incident WHERE address_id = ?1 AND kind = ?2 AND segment = ?3",
            params![address, kind.code(), segment],
            |row| row.get(0),
        )?)
    }

    /// Opens an incident once of which the user is told otherwise.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn open_told_incident(
        &mut self,
        address: i64,
        kind: IncidentKind,
        segment: i64,
        now: i64,
    ) -> Result<()> {
        self.connection.execute(
            "INSERT OR IGNORE INTO incident (address_id, kind, segment, status, opened_at, notified_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
            params![address, kind.code(), segment, IncidentStatus::Noticed.code(), now],
        )?;
        Ok(())
    }

    /// Every incident, newest first.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn incidents(&self) -> Result<Vec<IncidentRecord>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, address_id, kind, segment, status, opened_at, notified_at FROM incident ORDER BY opened_at DESC, id DESC",
        )?;
        Ok(statement
            .query_map([], |row| {
                Ok(IncidentRecord {
                    id: row.get(0)?,
                    address: row.get(1)?,
                    kind: IncidentKind::from_code(row.get(2)?).unwrap_or(IncidentKind::Leak),
                    segment: row.get(3)?,
                    status: IncidentStatus::from_code(row.get(4)?)
                        .unwrap_or(IncidentStatus::Noticed),
                    opened_at: row.get(5)?,
                    notified_at: row.get(6)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Notes that the user was told (or that an incident waits to be told again: `None`).
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn incident_notified(&mut self, incident: i64, at: Option<i64>) -> Result<()> {
        self.connection.execute(
            "UPDATE incident SET notified_at = ?2 WHERE id = ?1",
            params![incident, at],
        )?;
        Ok(())
    }
}
