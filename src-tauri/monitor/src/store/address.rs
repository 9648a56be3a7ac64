//! Tables `address`, `own_domain`, `never_given`, `unclaimed`, `refused`, `settled` and
//! `correspondent`: the user's own addresses, and whom they write with.

use super::{Made, Store};
use anyhow::Result;
use exposure::{AddrSpec, AddressKind, AddressStatus, Purpose};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// One of the user's addresses as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRecord {
    /// The ledger's number.
    pub id: i64,
    /// The address.
    pub spec: AddrSpec,
    /// Its kind.
    pub kind: AddressKind,
    /// Where it is in its life.
    pub status: AddressStatus,
    /// What it is for, where the user said so.
    pub purpose: Option<Purpose>,
    /// The user said "only for this service".
    pub dedicated: bool,
}

/// Where messages wait that are not, or not yet, of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// A never-given local part or tag of the user's own.
    NeverGiven,
    /// Nobody's yet: the best guess at the recipient.
    Unclaimed,
}

impl Waiting {
    const fn table(self) -> &'static str {
        match self {
            Waiting::NeverGiven => "never_given",
            Waiting::Unclaimed => "unclaimed",
        }
    }
}

impl Store {
    /// Every address of the user.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn addresses(&self) -> Result<Vec<AddressRecord>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, spec, kind, status, purpose, dedicated FROM address ORDER BY id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get::<_, String>(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get::<_, Option<i64>>(4)?,
                row.get(5)?,
            ))
        })?;
        let mut addresses = Vec::new();
        for row in rows {
            let (id, spec, kind, status, purpose, dedicated) = row?;
            addresses.push(AddressRecord {
                id,
                spec: AddrSpec::parse(&spec)?,
                kind: AddressKind::from_code(kind).unwrap_or(AddressKind::Plain),
                status: AddressStatus::from_code(status).unwrap_or(AddressStatus::Active),
                purpose: purpose.and_then(Purpose::from_code),
                dedicated,
            });
        }
        Ok(addresses)
    }

    /// The number of an address, if it is one of the user's.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn address(&self, spec: &AddrSpec) -> Result<Option<i64>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM address WHERE spec = ?1")?;
        Ok(statement
            .query_row([spec.to_string()], |row| row.get(0))
            .optional()?)
    }

    /// Makes an address the user's. Messages that waited for it become its deliveries.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn claim(&mut self, spec: &AddrSpec, kind: AddressKind, now: i64) -> Result<i64> {
        let text = spec.to_string();
        self.connection.execute(
            "INSERT OR IGNORE INTO address (spec, kind, status, dedicated, first_at) VALUES (?1, ?2, 0, 0, ?3)",
            params![text, kind.code(), now],
        )?;
        let Some(id) = self.address(spec)? else {
            anyhow::bail!("an address that was just recorded is missing")
        };
        self.connection
            .execute("DELETE FROM refused WHERE spec = ?1", [&text])?;
        let domain = self.domain(spec.domain())?;
        for waiting in [Waiting::NeverGiven, Waiting::Unclaimed] {
            let table = waiting.table();
            for sql in [
                format!(
                    "INSERT OR IGNORE INTO delivery (address_id, arrived_at, message_id)
                     SELECT ?1, m.arrived_at, m.id FROM {table} w JOIN message m ON m.id = w.message_id
                     WHERE w.domain_id = ?2 AND w.local = ?3"
                ),
                format!(
                    "INSERT OR IGNORE INTO reached (address_id, account_id)
                     SELECT DISTINCT ?1, b.account_id FROM {table} w
                     JOIN sighting s ON s.message_id = w.message_id JOIN mailbox b ON b.id = s.mailbox_id
                     WHERE w.domain_id = ?2 AND w.local = ?3"
                ),
            ] {
                self.connection.execute(&sql, params![id, domain, spec.local()])?;
            }
            self.connection.execute(
                &format!("DELETE FROM {table} WHERE domain_id = ?1 AND local = ?2"),
                params![domain, spec.local()],
            )?;
        }
        Ok(id)
    }

    /// Makes an address nobody's again; its mail waits as it did before it was the user's, and what
    /// was said of it is forgotten.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn unclaim(&mut self, address: i64) -> Result<()> {
        let spec: String = self.connection.query_row(
            "SELECT spec FROM address WHERE id = ?1",
            [address],
            |row| row.get(0),
        )?;
        let spec = AddrSpec::parse(&spec)?;
        let domain = self.domain(spec.domain())?;
        let waiting = self.waiting(&spec)?;
        self.connection.execute(
            &format!(
                "INSERT OR IGNORE INTO {} (domain_id, local, message_id)
                 SELECT ?2, ?3, message_id FROM delivery WHERE address_id = ?1",
                waiting.table()
            ),
            params![address, domain, spec.local()],
        )?;
        for table in ["delivery", "reached", "settled", "statement", "exposed"] {
            self.connection.execute(
                &format!("DELETE FROM {table} WHERE address_id = ?1"),
                [address],
            )?;
        }
        self.connection
            .execute("DELETE FROM address WHERE id = ?1", [address])?;
        Ok(())
    }

    /// Sets where an address is in its life.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn set_status(&mut self, address: i64, status: AddressStatus) -> Result<()> {
        self.connection.execute(
            "UPDATE address SET status = ?2 WHERE id = ?1",
            params![address, status.code()],
        )?;
        Ok(())
    }

    /// Sets the kind of an address.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn set_kind(&mut self, address: i64, kind: AddressKind) -> Result<()> {
        self.connection.execute(
            "UPDATE address SET kind = ?2 WHERE id = ?1",
            params![address, kind.code()],
        )?;
        self.said_since(Made::RecordedAddress(address))
    }

    /// Sets the purpose of an address.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn set_purpose(&mut self, address: i64, purpose: Option<Purpose>) -> Result<()> {
        self.connection.execute(
            "UPDATE address SET purpose = ?2 WHERE id = ?1",
            params![address, purpose.map(Purpose::code)],
        )?;
        self.said_since(Made::RecordedAddress(address))?;
        self.said_since(Made::Purpose(address))
    }

    /// Notes that an address is not the user's: it is not asked about again.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn refuse(&mut self, spec: &AddrSpec) -> Result<()> {
        self.connection.execute(
            "INSERT OR IGNORE INTO refused (spec) VALUES (?1)",
            [spec.to_string()],
        )?;
        let domain = self.domain(spec.domain())?;
        self.connection.execute(
            "DELETE FROM unclaimed WHERE domain_id = ?1 AND local = ?2",
            params![domain, spec.local()],
        )?;
        Ok(())
    }

    /// Addresses of which the user said "not mine".
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn refused(&self) -> Result<BTreeSet<String>> {
        let mut statement = self.connection.prepare_cached("SELECT spec FROM refused")?;
        Ok(statement
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Domains where every local part is the user's.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn own_domains(&self) -> Result<BTreeMap<i64, String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, name FROM own_domain JOIN domain ON domain.id = domain_id",
        )?;
        Ok(statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Makes a domain the user's own; what waited unclaimed there is never-given from now on. Its
    /// number where that is new.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn own_domain(&mut self, name: &str) -> Result<Option<i64>> {
        let id = self.domain(name)?;
        let added = self.connection.execute(
            "INSERT OR IGNORE INTO own_domain (domain_id) VALUES (?1)",
            [id],
        )?;
        self.connection.execute(
            "INSERT OR IGNORE INTO never_given (domain_id, local, message_id)
             SELECT domain_id, local, message_id FROM unclaimed WHERE domain_id = ?1",
            [id],
        )?;
        self.connection
            .execute("DELETE FROM unclaimed WHERE domain_id = ?1", [id])?;
        self.said_since(Made::OwnDomain(id))?;
        Ok((added == 1).then_some(id))
    }

    /// Makes a domain nobody's again; what waits there as never-given is unclaimed from now on, but
    /// for tags of the user's addresses. Whether it was the user's.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn disown_domain(&mut self, domain: i64) -> Result<bool> {
        let removed = self
            .connection
            .execute("DELETE FROM own_domain WHERE domain_id = ?1", [domain])?;
        let name = self.domain_name(domain)?.unwrap_or_default();
        let locals: Vec<String> = self
            .connection
            .prepare("SELECT DISTINCT local FROM never_given WHERE domain_id = ?1")?
            .query_map([domain], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for local in locals {
            let Ok(spec) = AddrSpec::from_parts(&local, &name) else {
                continue;
            };
            if self.waiting(&spec)? == Waiting::Unclaimed {
                for sql in [
                    "INSERT OR IGNORE INTO unclaimed (domain_id, local, message_id)
                     SELECT domain_id, local, message_id FROM never_given WHERE domain_id = ?1 AND local = ?2",
                    "DELETE FROM never_given WHERE domain_id = ?1 AND local = ?2",
                ] {
                    self.connection.execute(sql, params![domain, local])?;
                }
            }
        }
        Ok(removed == 1)
    }

    /// Where mail to somebody who is not the user's waits, as recording decides it: the user's own
    /// domain, or a tag of one of the user's addresses, was never given.
    fn waiting(&mut self, spec: &AddrSpec) -> Result<Waiting> {
        let domain = self.domain(spec.domain())?;
        let own: bool = self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM own_domain WHERE domain_id = ?1)",
            [domain],
            |row| row.get(0),
        )?;
        let separator = self.accounts()?.first().map_or('+', |a| a.separator);
        let of_own = match spec.subaddress(separator) {
            Some((base, _)) => self.address(&base)?.is_some(),
            None => false,
        };
        Ok(match own || of_own {
            true => Waiting::NeverGiven,
            false => Waiting::Unclaimed,
        })
    }

    /// Notes that a message waits under a local part.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn wait(&mut self, waiting: Waiting, spec: &AddrSpec, message: i64) -> Result<()> {
        let domain = self.domain(spec.domain())?;
        let table = waiting.table();
        self.connection
            .prepare_cached(&format!(
                "INSERT OR IGNORE INTO {table} (domain_id, local, message_id) VALUES (?1, ?2, ?3)"
            ))?
            .execute(params![domain, spec.local(), message])?;
        Ok(())
    }

    /// Unclaimed recipients with how many messages wait for each and since when, most first.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn unclaimed(&self) -> Result<Vec<(AddrSpec, u64, i64)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT u.local, d.name, count(*), min(nullif(m.arrived_at, 0)) FROM unclaimed u
             JOIN domain d ON d.id = u.domain_id JOIN message m ON m.id = u.message_id
             GROUP BY u.domain_id, u.local ORDER BY count(*) DESC, u.local",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get(2)?,
                row.get::<_, Option<i64>>(3)?,
            ))
        })?;
        let mut unclaimed = Vec::new();
        for row in rows {
            let (local, domain, count, first) = row?;
            // What no longer parses is not offered; it stays counted.
            if let Ok(spec) = AddrSpec::from_parts(&local, &domain) {
                unclaimed.push((spec, count, first.unwrap_or(0)));
            }
        }
        Ok(unclaimed)
    }

    /// Calls `hit` for each hit on a never-given local part, oldest first: domain name, local part,
    /// arrival, campaign key.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn never_given(&self, mut hit: impl FnMut(&str, &str, i64, i64)) -> Result<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT d.name, n.local, m.arrived_at, m.campaign FROM never_given n
             JOIN domain d ON d.id = n.domain_id JOIN message m ON m.id = n.message_id ORDER BY m.arrived_at",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (domain, local) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
            hit(domain, local, row.get(2)?, row.get(3)?);
        }
        Ok(())
    }

    /// Never-given local parts, each with an organisational domain that wrote to it, authenticated
    /// and not called junk, and when it first did.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn never_given_from(&self) -> Result<Vec<(AddrSpec, i64, i64)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT n.local, d.name, f.org, min(m.arrived_at) FROM never_given n
             JOIN domain d ON d.id = n.domain_id JOIN message m ON m.id = n.message_id
             JOIN domain f ON f.id = m.from_domain
             LEFT JOIN correction c ON c.message_id = m.id
             WHERE m.auth >= 2 AND m.arrived_at <> 0
               AND coalesce(c.verdict, nullif(m.by_keyword, 0), nullif(m.by_folder, 0), m.by_header) <> 2
             GROUP BY n.domain_id, n.local, f.org",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get(2)?,
                row.get(3)?,
            ))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (local, domain, org, first) = row?;
            if let Ok(spec) = AddrSpec::from_parts(&local, &domain) {
                found.push((spec, org, first));
            }
        }
        Ok(found)
    }

    /// Messages whose recipient cannot be read and for whom nothing waits.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn unknown_recipients(&self) -> Result<u64> {
        Ok(self.connection.query_row(
            "SELECT count(*) FROM message m WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE message_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM never_given WHERE message_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM unclaimed WHERE message_id = m.id)",
            [],
            |row| row.get(0),
        )?)
    }

    /// Opens a new segment of an address.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn settle(&mut self, address: i64, day: i64, why: &str) -> Result<()> {
        self.connection.execute(
            "INSERT OR REPLACE INTO settled (address_id, day, why) VALUES (?1, ?2, ?3)",
            params![address, day, why],
        )?;
        Ok(())
    }

    /// First days of segments that the user opened, by address.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn settled(&self) -> Result<BTreeMap<i64, Vec<(i64, String)>>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT address_id, day, why FROM settled ORDER BY address_id, day")?;
        let mut settled: BTreeMap<i64, Vec<(i64, String)>> = BTreeMap::new();
        for row in statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))? {
            let (address, day, why) = row?;
            settled.entry(address).or_default().push((day, why));
        }
        Ok(settled)
    }

    /// Notes that the user wrote to someone from an own address.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn wrote_to(&mut self, address: i64, spec: &AddrSpec, at: i64) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO correspondent (address_id, spec, last_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (address_id, spec) DO UPDATE SET last_at = max(last_at, ?3)",
            )?
            .execute(params![address, spec.to_string(), at])?;
        Ok(())
    }

    /// Everyone written to.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn correspondents(&self) -> Result<BTreeMap<i64, BTreeSet<String>>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT address_id, spec FROM correspondent")?;
        let mut people: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
        for row in statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (address, spec) = row?;
            people.entry(address).or_default().insert(spec);
        }
        Ok(people)
    }
}
