//! Tables `import` and `import_made`: what was imported, what it made, and how that is undone.

use super::{AddressRecord, DisclosureRecord, Store};
use crate::fault::{Code, Fault};
use anyhow::Result;
use exposure::{AddressStatus, Basis, Purpose};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

/// What is taken back of an import of another program's export: what bears another basis now was
/// said by the user since.
const OF_ANOTHER_PROGRAM: [&str; 2] = [
    // 2: inferred, as the addresses are that an imported service's mail made known.
    "DELETE FROM disclosure WHERE basis IN (?2, 2) AND dismissed_at IS NULL AND (address_id, service_id) IN
     (SELECT first, second FROM import_made WHERE import_id = ?1 AND what = 4)",
    "DELETE FROM service_domain WHERE basis = ?2 AND (service_id, domain_id) IN
     (SELECT first, second FROM import_made WHERE import_id = ?1 AND what = 2)",
];
/// What is taken back besides of an import of our own export.
const AS_RECORDED: [&str; 4] = [
    "DELETE FROM disclosure WHERE dismissed_at IS NULL AND (address_id, service_id) IN
     (SELECT first, second FROM import_made WHERE import_id = ?1 AND what = 6)",
    "DELETE FROM refused_domain WHERE (service_id, domain_id) IN
     (SELECT first, second FROM import_made WHERE import_id = ?1 AND what = 9)",
    "DELETE FROM dismissed WHERE domain_id IN
     (SELECT first FROM import_made WHERE import_id = ?1 AND what = 10)",
    "UPDATE address SET purpose = NULL WHERE purpose IS NOT NULL AND id IN
     (SELECT first FROM import_made WHERE import_id = ?1 AND what = 7)",
];

/// What an import is recorded with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport<'a> {
    /// The word of its format.
    pub format: &'a str,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: &'a str,
    /// Rows that were added, were there already, and were left alone.
    pub counts: (u64, u64, u64),
}

/// An import as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    /// The ledger's number.
    pub id: i64,
    /// When it was made, in UTC seconds.
    pub made_at: i64,
    /// The word of its format.
    pub format: String,
    /// Rows that were added.
    pub added: u64,
    /// Rows that were there already.
    pub merged: u64,
    /// Rows that were left alone.
    pub left_alone: u64,
}

/// A row that an import made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// A service.
    Service(i64),
    /// A domain of a service.
    Domain(i64, i64),
    /// An address.
    Address(i64),
    /// A disclosure of an address to a service.
    Disclosure(i64, i64),
    /// An address with everything that was recorded of it.
    RecordedAddress(i64),
    /// A disclosure of an address to a service with everything that was recorded of it.
    RecordedDisclosure(i64, i64),
    /// What an address is for.
    Purpose(i64),
    /// A domain of the user's own.
    OwnDomain(i64),
    /// A domain that is not a service's.
    RefusedDomain(i64, i64),
    /// A domain that is no service of the user's.
    Dismissed(i64),
}

impl Made {
    const fn columns(self) -> (i64, i64, i64) {
        match self {
            Made::Service(id) => (1, id, 0),
            Made::Domain(service, domain) => (2, service, domain),
            Made::Address(id) => (3, id, 0),
            Made::Disclosure(address, service) => (4, address, service),
            Made::RecordedAddress(id) => (5, id, 0),
            Made::RecordedDisclosure(address, service) => (6, address, service),
            Made::Purpose(address) => (7, address, 0),
            Made::OwnDomain(domain) => (8, domain, 0),
            Made::RefusedDomain(service, domain) => (9, service, domain),
            Made::Dismissed(domain) => (10, domain, 0),
        }
    }
}

/// What became of the rows of an import that was undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Rows that are gone.
    pub removed: u64,
    /// Rows that stay, because something else rests on them now.
    pub kept: u64,
}

impl Store {
    /// Records an import; returns its number.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn add_import(&mut self, import: &NewImport<'_>, now: i64) -> Result<i64> {
        let (added, merged, left_alone) = import.counts;
        self.connection.execute(
            "INSERT INTO import (made_at, format, sha256, added, merged, left_alone) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![now, import.format, import.sha256, added, merged, left_alone],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Notes that an import made a row.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn import_made(&mut self, import: i64, made: Made) -> Result<()> {
        let (what, first, second) = made.columns();
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO import_made (import_id, what, first, second) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![import, what, first, second])?;
        Ok(())
    }

    /// Notes that the user has now said what imports made: it stays when they are undone. What bears
    /// its basis needs no such note.
    ///
    /// # Errors
    /// Those of SQLite.
    pub(super) fn said_since(&mut self, made: Made) -> Result<()> {
        let (what, first, second) = made.columns();
        self.connection
            .prepare_cached(
                "UPDATE OR REPLACE import_made SET what = -what WHERE import_id IN (SELECT id FROM import)
                   AND what = ?1 AND first = ?2 AND second = ?3",
            )?
            .execute(params![what, first, second])?;
        Ok(())
    }

    /// Imports, newest first.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn imports(&self) -> Result<Vec<ImportRecord>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, made_at, format, added, merged, left_alone FROM import ORDER BY id DESC",
        )?;
        Ok(statement
            .query_map([], |row| {
                Ok(ImportRecord {
                    id: row.get(0)?,
                    made_at: row.get(1)?,
                    format: row.get(2)?,
                    added: row.get(3)?,
                    merged: row.get(4)?,
                    left_alone: row.get(5)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Which address has which service on record, dismissed disclosures among them.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn disclosed_ever(&self) -> Result<BTreeSet<(i64, i64)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT address_id, service_id FROM disclosure")?;
        Ok(statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Adds an imported disclosure; `false` where there is one already, which stays as it is.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn import_disclosure(&mut self, disclosure: &DisclosureRecord) -> Result<bool> {
        let added = self
            .connection
            .prepare_cached(
                "INSERT OR IGNORE INTO disclosure (address_id, service_id, given_from, given_to, basis, also)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                disclosure.address,
                disclosure.service,
                disclosure.given_from,
                disclosure.given_to,
                disclosure.basis.code(),
                disclosure.also.join(","),
            ])?;
        Ok(added == 1)
    }

    /// Adds an imported domain to a service; its number, or `None` where the service has it already.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn import_domain(
        &mut self,
        service: i64,
        domain: &str,
        as_processor: bool,
    ) -> Result<Option<i64>> {
        let id = self.domain(domain)?;
        let org = self.org_of(id)?;
        let added = self
            .connection
            .prepare_cached(
                "INSERT OR IGNORE INTO service_domain (service_id, domain_id, as_processor, basis) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![service, org, as_processor, Basis::Imported.code()])?;
        Ok((added == 1).then_some(org))
    }

    /// Makes an address the user's as it was recorded, its number aside; returns its number here.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn import_address(&mut self, address: &AddressRecord, now: i64) -> Result<i64> {
        let id = self.claim(&address.spec, address.kind, now)?;
        self.connection
            .prepare_cached(
                "UPDATE address SET status = ?2, purpose = ?3, dedicated = ?4 WHERE id = ?1",
            )?
            .execute(params![
                id,
                address.status.code(),
                address.purpose.map(Purpose::code),
                address.dedicated,
            ])?;
        Ok(id)
    }

    /// Takes back what an import made, but for what something else has come to rest on. Without a
    /// number: the newest import. Mail that waited for one of its addresses waits again.
    ///
    /// # Errors
    /// [`Code::NoSuchImport`]; those of SQLite.
    pub fn undo_import(&mut self, import: Option<i64>) -> Result<Undone> {
        let id = self.import_named(import)?;
        let made = self.made_by_import(Some(id))?;
        let mut removed = 0;
        // In this order: what rests on something goes before it.
        for sql in OF_ANOTHER_PROGRAM {
            let basis = Basis::Imported.code();
            removed += self.connection.execute(sql, params![id, basis])?;
        }
        for sql in AS_RECORDED {
            removed += self.connection.execute(sql, [id])?;
        }
        for domain in self.made_domains(id)? {
            removed += usize::from(self.disown_domain(domain)?);
        }
        for address in self.free_addresses(id)? {
            self.unclaim(address)?;
            removed += 1;
        }
        // Lists, not a look for each: there is no index from services to disclosures.
        removed += self.connection.execute(
            "DELETE FROM service WHERE id IN (SELECT first FROM import_made WHERE import_id = ?1 AND what = 1)
               AND id NOT IN (SELECT service_id FROM disclosure)
               AND id NOT IN (SELECT service_id FROM service_domain)
               AND id NOT IN (SELECT service_id FROM refused_domain)
               AND id NOT IN (SELECT service_id FROM statement WHERE service_id IS NOT NULL)",
            [id],
        )?;
        self.connection
            .execute("DELETE FROM import_made WHERE import_id = ?1", [id])?;
        self.connection
            .execute("DELETE FROM import WHERE id = ?1", [id])?;
        let removed = removed as u64;
        Ok(Undone {
            removed,
            kept: made.saturating_sub(removed),
        })
    }

    /// How many rows an import made; without a number: the newest import.
    ///
    /// # Errors
    /// [`Code::NoSuchImport`]; those of SQLite.
    pub fn made_by_import(&self, import: Option<i64>) -> Result<u64> {
        let id = self.import_named(import)?;
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM import_made WHERE import_id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0))?)
    }

    fn import_named(&self, import: Option<i64>) -> Result<i64> {
        let newest = self
            .connection
            .prepare_cached(
                "SELECT id FROM import WHERE id = ?1 OR ?1 IS NULL ORDER BY id DESC LIMIT 1",
            )?
            .query_row([import], |row| row.get(0))
            .optional()?;
        newest.ok_or_else(|| {
            let asked = import.map_or_else(String::new, |id| id.to_string());
            Fault::new(Code::NoSuchImport).with("import", asked).into()
        })
    }

    /// Own domains that an import made.
    fn made_domains(&self, import: i64) -> Result<Vec<i64>> {
        let mut statement = self
            .connection
            .prepare("SELECT first FROM import_made WHERE import_id = ?1 AND what = 8")?;
        let all = statement.query_map([import], |row| row.get(0))?;
        Ok(all.collect::<rusqlite::Result<_>>()?)
    }

    /// Addresses that an import made and on which nothing rests but mail and what was said of it
    /// without opening an incident.
    fn free_addresses(&self, import: i64) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare(
            "SELECT a.id FROM address a JOIN import_made i ON i.first = a.id
             WHERE i.import_id = ?1 AND (i.what = 5 OR i.what = 3
                 AND a.purpose IS NULL AND a.dedicated = 0 AND a.status <> ?2 AND a.kind <> ?3)
               AND NOT EXISTS (SELECT 1 FROM disclosure WHERE address_id = a.id)
               AND NOT EXISTS (SELECT 1 FROM incident WHERE address_id = a.id)
               AND NOT EXISTS (SELECT 1 FROM settled WHERE address_id = a.id AND why = 'fine')
               AND NOT EXISTS (SELECT 1 FROM correspondent WHERE address_id = a.id)
               AND NOT EXISTS (SELECT 1 FROM account WHERE lower(name) = a.spec)",
        )?;
        let rows = statement.query_map(
            params![
                import,
                AddressStatus::Retiring.code(),
                exposure::AddressKind::Control.code()
            ],
            |row| row.get(0),
        )?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
