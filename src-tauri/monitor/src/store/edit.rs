//! What the user edits of services: names, which of them are one, and what leaves the record; and
//! table `former_name`.

use super::Store;
use anyhow::Result;
use exposure::Basis;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

impl Store {
    /// Gives a service another name; the old one still finds it.
    ///
    /// # Errors
    /// Those of SQLite; that another service has the name is one.
    pub fn rename_service(&mut self, service: i64, name: &str) -> Result<()> {
        self.connection.execute(
            "INSERT OR REPLACE INTO former_name (name, service_id) SELECT name, id FROM service WHERE id = ?1",
            [service],
        )?;
        self.connection.execute(
            "UPDATE service SET name = ?2 WHERE id = ?1",
            params![service, name],
        )?;
        self.connection
            .execute("DELETE FROM former_name WHERE name = ?1", [name])?;
        Ok(())
    }

    /// The service of this name, whatever its case.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn service_named(&self, name: &str) -> Result<Option<i64>> {
        let id = self
            .connection
            .prepare_cached("SELECT id FROM service WHERE name = ?1 COLLATE NOCASE")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        Ok(id)
    }

    /// Names that services had, by name.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn former_names(&self) -> Result<BTreeMap<String, i64>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT name, service_id FROM former_name")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Makes a service part of another: what either was given, writes from or is called belongs
    /// to that one.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn merge_service(&mut self, other: i64, into: i64) -> Result<()> {
        // The earlier day, the surer basis; what was dismissed of both stays dismissed.
        self.connection.execute(
            "INSERT INTO disclosure (address_id, service_id, given_from, given_to, basis, also, dismissed_at)
             SELECT address_id, ?2, given_from, given_to, basis, also, dismissed_at FROM disclosure WHERE service_id = ?1
             ON CONFLICT (address_id, service_id) DO UPDATE SET
                given_from = min(coalesce(given_from, excluded.given_from), coalesce(excluded.given_from, given_from)),
                given_to = min(coalesce(given_to, excluded.given_to), coalesce(excluded.given_to, given_to)),
                basis = min(basis, excluded.basis),
                also = CASE WHEN also = '' THEN excluded.also ELSE also END,
                dismissed_at = CASE WHEN excluded.dismissed_at IS NULL THEN NULL ELSE dismissed_at END",
            [other, into],
        )?;
        self.connection.execute(
            "INSERT INTO service_domain (service_id, domain_id, as_processor, basis)
             SELECT ?2, domain_id, as_processor, basis FROM service_domain WHERE service_id = ?1
             ON CONFLICT DO UPDATE SET as_processor = min(as_processor, excluded.as_processor), basis = min(basis, excluded.basis)",
            [other, into],
        )?;
        self.connection.execute(
            "INSERT OR IGNORE INTO refused_domain (service_id, domain_id)
             SELECT ?2, domain_id FROM refused_domain WHERE service_id = ?1
               AND domain_id NOT IN (SELECT domain_id FROM service_domain WHERE service_id = ?2)",
            [other, into],
        )?;
        self.connection.execute(
            "INSERT OR REPLACE INTO former_name (name, service_id) SELECT name, ?2 FROM service WHERE id = ?1",
            [other, into],
        )?;
        self.connection.execute(
            "UPDATE former_name SET service_id = ?2 WHERE service_id = ?1",
            [other, into],
        )?;
        self.said_of(other, into)?;
        self.forget_service(other)
    }

    /// Makes some domains and disclosures of a service those of another.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn split_service(
        &mut self,
        service: i64,
        other: i64,
        orgs: &[i64],
        addresses: &[i64],
    ) -> Result<()> {
        for org in orgs {
            self.connection.execute(
                "UPDATE OR REPLACE service_domain SET service_id = ?2, basis = ?4 WHERE service_id = ?1 AND domain_id = ?3",
                params![service, other, org, Basis::Declared.code()],
            )?;
        }
        for address in addresses {
            self.connection.execute(
                "UPDATE OR REPLACE disclosure SET service_id = ?2 WHERE service_id = ?1 AND address_id = ?3",
                [service, other, *address],
            )?;
        }
        Ok(())
    }

    /// The user says that an address was not given to a service: it is not found again.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn withdraw(&mut self, service: i64, address: i64, now: i64) -> Result<()> {
        self.connection.execute(
            "UPDATE disclosure SET dismissed_at = ?3 WHERE service_id = ?1 AND address_id = ?2",
            [service, address, now],
        )?;
        Ok(())
    }

    /// A domain is no longer one of a service's, and is not proposed for it.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn drop_domain(&mut self, service: i64, org: i64) -> Result<()> {
        self.connection.execute(
            "DELETE FROM service_domain WHERE service_id = ?1 AND domain_id = ?2",
            [service, org],
        )?;
        self.connection.execute(
            "INSERT OR IGNORE INTO refused_domain (service_id, domain_id) VALUES (?1, ?2)",
            [service, org],
        )?;
        Ok(())
    }

    /// Takes a service off the record with what it was given. Its domains are not proposed again.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn remove_service(&mut self, service: i64) -> Result<()> {
        self.connection.execute(
            "INSERT OR IGNORE INTO dismissed (domain_id)
             SELECT domain_id FROM service_domain WHERE service_id = ?1 AND as_processor = 0",
            [service],
        )?;
        self.connection
            .execute("DELETE FROM former_name WHERE service_id = ?1", [service])?;
        self.forget_service(service)
    }

    /// Deletes a service. An import that made some of it no longer can take that back.
    fn forget_service(&mut self, service: i64) -> Result<()> {
        for sql in [
            "DELETE FROM disclosure WHERE service_id = ?1",
            "DELETE FROM service_domain WHERE service_id = ?1",
            "DELETE FROM refused_domain WHERE service_id = ?1",
            "DELETE FROM service WHERE id = ?1",
            "DELETE FROM import_made WHERE (what IN (1, 2) AND first = ?1) OR (what = 4 AND second = ?1)",
        ] {
            self.connection.execute(sql, [service])?;
        }
        Ok(())
    }
}
