//! Tables `wanted`, `exposure`, `exposed` and `own_name`.

use super::Store;
use super::message::verdict_of;
use crate::cursor::Want;
use anyhow::{Context, Result};
use exposure::attachment::ColumnKind;
use exposure::notice::Reading;
use exposure::{Auth, ExposureWay, Verdict, Wanted};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How often a message is asked for before it is given up: one that its server cannot show ends a
/// connection each time.
const TRIES: i64 = 3;

/// What a mail reveals, as far as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExposureFacts {
    /// What a notice says and what it leaves out.
    Notice(Reading),
    /// Nothing besides the number of people.
    Recipients,
    /// What a list of people holds.
    List {
        /// The kinds of data in it.
        columns: Vec<ColumnKind>,
        /// One of the user's names stands on it.
        own_name: bool,
        /// Its distinct e-mail addresses.
        addresses: u32,
        /// It was read to its end; else there are at least so many people on it.
        complete: bool,
    },
}

impl ExposureFacts {
    /// How the exposure happened or became known.
    pub const fn way(&self) -> ExposureWay {
        match self {
            ExposureFacts::Notice(_) => ExposureWay::Notice,
            ExposureFacts::Recipients => ExposureWay::Recipients,
            ExposureFacts::List { .. } => ExposureWay::List,
        }
    }
}

/// An exposure to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct NewExposure {
    /// The mail by which it happened or became known.
    pub message: i64,
    /// Others who saw it, or who stand on the list.
    pub people: Option<u32>,
    /// What is kept of it.
    pub facts: ExposureFacts,
    /// Own addresses that the mail itself shows or carries.
    pub addresses: BTreeSet<i64>,
}

/// An exposure with what its mail says of its sender.
#[derive(Clone, Debug, PartialEq)]
pub struct ExposureRecord {
    /// The ledger's number.
    pub id: i64,
    /// What was kept.
    pub kept: NewExposure,
    /// Own addresses to which the mail came.
    pub delivered: BTreeSet<i64>,
    /// Arrival of the mail, UTC seconds; 0 where no date can be believed.
    pub arrived_at: i64,
    /// From domain; empty where there is none.
    pub domain: String,
    /// The ledger's number of its organisational domain.
    pub org: i64,
    /// Name in From.
    pub from_name: String,
    /// What the user's own receiver says.
    pub auth: Auth,
    /// The mail is judged junk.
    pub junk: bool,
    /// When the user was told, UTC seconds.
    pub notified_at: Option<i64>,
}

impl Store {
    /// Notes that a part of a message is to be read.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn want(&mut self, message: i64, what: Wanted) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO wanted (message_id, what, tried) VALUES (?1, ?2, 0)",
            )?
            .execute([message, what.code()])?;
        Ok(())
    }

    /// Messages of an account of which a part is to be read, at most so many, newest first within
    /// each mailbox. Lists only where the user allows it, and only of mail from recorded services.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn wanted(&self, account: i64, lists: bool, most: usize) -> Result<Vec<Want>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT w.message_id, b.name, s.uid, w.what, coalesce(h.subject, '') FROM wanted w
             JOIN message m ON m.id = w.message_id
             JOIN sighting s ON s.message_id = w.message_id
             JOIN mailbox b ON b.id = s.mailbox_id AND b.account_id = ?1 AND b.listed = 1
             LEFT JOIN header h ON h.message_id = w.message_id
             WHERE w.tried < ?2 AND (w.what = 0 OR (?3 AND EXISTS
                (SELECT 1 FROM service_domain o JOIN domain d ON d.org = o.domain_id WHERE d.id = m.from_domain)))
             GROUP BY w.message_id, w.what
             ORDER BY b.id, m.arrived_at DESC, w.message_id LIMIT ?4",
        )?;
        let most = i64::try_from(most)?;
        let mut rows = statement.query(params![account, TRIES, lists, most])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(what) = Wanted::from_code(row.get(3)?) {
                all.push(Want {
                    message: row.get(0)?,
                    mailbox: row.get(1)?,
                    uid: row.get(2)?,
                    what,
                    subject: row.get(4)?,
                });
            }
        }
        Ok(all)
    }

    /// Notes that a part of a message is being asked for.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn tried(&mut self, message: i64, what: Wanted) -> Result<()> {
        self.connection.execute(
            "UPDATE wanted SET tried = tried + 1 WHERE message_id = ?1 AND what = ?2",
            [message, what.code()],
        )?;
        Ok(())
    }

    /// A part was read, or never will be.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn no_longer_wanted(&mut self, message: i64, what: Wanted) -> Result<()> {
        self.connection.execute(
            "DELETE FROM wanted WHERE message_id = ?1 AND what = ?2",
            [message, what.code()],
        )?;
        Ok(())
    }

    /// Wants the text of every message whose kept subject a rule picks.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn want_by_subject(&mut self, picks: impl Fn(&str) -> bool) -> Result<()> {
        let mut picked = Vec::new();
        {
            let mut statement = self.connection.prepare(
                "SELECT message_id, subject FROM header h WHERE subject <> '' AND NOT EXISTS
                    (SELECT 1 FROM exposure e WHERE e.message_id = h.message_id AND e.way = 0)",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if picks(row.get_ref(1)?.as_str()?) {
                    picked.push(row.get(0)?);
                }
            }
        }
        for message in picked {
            self.want(message, Wanted::Text)?;
        }
        Ok(())
    }

    /// Keeps an exposure once; what is said of it again replaces what was.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn expose(&mut self, new: &NewExposure) -> Result<()> {
        let id: i64 = self
            .connection
            .prepare_cached(
                "INSERT INTO exposure (message_id, way, people, facts) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (message_id, way) DO UPDATE SET people = excluded.people, facts = excluded.facts
                 RETURNING id",
            )?
            .query_row(
                params![
                    new.message,
                    new.facts.way().code(),
                    new.people,
                    serde_json::to_string(&new.facts)?
                ],
                |row| row.get(0),
            )?;
        for address in &new.addresses {
            self.connection.execute(
                "INSERT OR IGNORE INTO exposed (exposure_id, address_id) VALUES (?1, ?2)",
                [id, *address],
            )?;
        }
        Ok(())
    }

    /// Notes that the user was told of exposures, or need not be.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn exposure_notified(&mut self, exposure: i64, at: i64) -> Result<()> {
        self.connection.execute(
            "UPDATE exposure SET notified_at = ?2 WHERE id = ?1 AND notified_at IS NULL",
            [exposure, at],
        )?;
        Ok(())
    }

    /// Every exposure by mail, oldest first.
    ///
    /// # Errors
    /// Those of SQLite; facts that no version has written.
    pub fn exposures(&self) -> Result<Vec<ExposureRecord>> {
        let shown = self.pairs("SELECT exposure_id, address_id FROM exposed")?;
        let delivered = self.pairs(
            "SELECT e.id, d.address_id FROM exposure e JOIN delivery d ON d.message_id = e.message_id",
        )?;
        let mut statement = self.connection.prepare_cached(
            "SELECT e.id, e.message_id, e.people, e.facts, e.notified_at, m.arrived_at,
                    coalesce(f.name, ''), coalesce(f.org, 0), coalesce(h.from_name, ''), m.auth,
                    c.verdict, m.by_keyword, m.by_folder, m.by_header
             FROM exposure e JOIN message m ON m.id = e.message_id
             LEFT JOIN domain f ON f.id = m.from_domain
             LEFT JOIN header h ON h.message_id = m.id
             LEFT JOIN correction c ON c.message_id = m.id
             ORDER BY m.arrived_at, e.id",
        )?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let facts = serde_json::from_str(row.get_ref(3)?.as_str()?)
                .context("the facts of an exposure")?;
            let (verdict, _) = verdict_of(row.get(10)?, row.get(11)?, row.get(12)?, row.get(13)?);
            all.push(ExposureRecord {
                id,
                kept: NewExposure {
                    message: row.get(1)?,
                    people: row.get(2)?,
                    facts,
                    addresses: shown.get(&id).cloned().unwrap_or_default(),
                },
                delivered: delivered.get(&id).cloned().unwrap_or_default(),
                arrived_at: row.get(5)?,
                domain: row.get(6)?,
                org: row.get(7)?,
                from_name: row.get(8)?,
                auth: Auth::from_code(row.get(9)?).unwrap_or(Auth::None),
                junk: verdict == Verdict::Junk,
                notified_at: row.get(4)?,
            });
        }
        Ok(all)
    }

    fn pairs(&self, sql: &str) -> Result<BTreeMap<i64, BTreeSet<i64>>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            all.entry(row.get(0)?).or_default().insert(row.get(1)?);
        }
        Ok(all)
    }

    /// Keeps a name under which the user writes.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn keep_own_name(&mut self, name: &str) -> Result<()> {
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO own_name (name) VALUES (?1)")?
            .execute([name])?;
        Ok(())
    }

    /// Names under which the user writes, and by which recorded services write to them.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn own_names(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name FROM own_name UNION
             SELECT to_name FROM header h JOIN message m ON m.id = h.message_id
             JOIN domain d ON d.id = m.from_domain JOIN service_domain o ON o.domain_id = d.org
             WHERE h.to_name <> '' AND m.auth >= 2 AND h.to_name NOT LIKE '%@%'
             GROUP BY to_name HAVING count(*) >= 3 LIMIT 20",
        )?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }
}
