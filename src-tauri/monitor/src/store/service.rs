//! Tables `service`, `service_domain` and `disclosure`.

use super::{Made, Store};
use anyhow::Result;
use exposure::Basis;
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// A service as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRecord {
    /// The ledger's number.
    pub id: i64,
    /// Name as recorded.
    pub name: String,
    /// Its domains: number of the organisational domain, name, whether it is a processor.
    pub domains: Vec<(i64, String, bool)>,
}

/// The fact that an address was given to a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosureRecord {
    /// The own address.
    pub address: i64,
    /// The service.
    pub service: i64,
    /// Civil day numbers between which it was given.
    pub given_from: Option<i64>,
    /// Last day.
    pub given_to: Option<i64>,
    /// How it is known.
    pub basis: Basis,
    /// What else was given: `name`, `phone`, `postal`.
    pub also: Vec<String>,
}

impl Store {
    /// Every service with its domains.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn services(&self) -> Result<Vec<ServiceRecord>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, name FROM service ORDER BY name")?;
        let mut services: Vec<ServiceRecord> = statement
            .query_map([], |row| {
                Ok(ServiceRecord {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    domains: Vec::new(),
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut domains = self.connection.prepare_cached(
            "SELECT d.id, d.name, s.as_processor FROM service_domain s JOIN domain d ON d.id = s.domain_id
             WHERE s.service_id = ?1 ORDER BY s.as_processor, d.name",
        )?;
        for service in &mut services {
            service.domains = domains
                .query_map([service.id], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?
                .collect::<rusqlite::Result<_>>()?;
        }
        Ok(services)
    }

    /// The number of a service by its name, or by one that it had; made when it is new.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn service(&mut self, name: &str, now: i64) -> Result<i64> {
        let former = || {
            self.connection
                .prepare_cached("SELECT service_id FROM former_name WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()
        };
        let known = match self.service_named(name)? {
            Some(id) => Some(id),
            None => former()?,
        };
        if let Some(id) = known {
            return Ok(id);
        }
        self.new_service(name, now)
    }

    /// Makes a service whose name no other has; returns its number.
    ///
    /// # Errors
    /// Those of SQLite; that the name is taken is one.
    pub fn new_service(&mut self, name: &str, now: i64) -> Result<i64> {
        self.connection
            .prepare_cached("INSERT INTO service (name, first_at) VALUES (?1, ?2)")?
            .execute(params![name, now])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Notes that a service writes from a domain; the organisational domain is what counts.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn service_writes_from(
        &mut self,
        service: i64,
        domain: &str,
        as_processor: bool,
        basis: Basis,
    ) -> Result<()> {
        let id = self.domain(domain)?;
        let org = self.org_of(id)?;
        self.connection.execute(
            "INSERT INTO service_domain (service_id, domain_id, as_processor, basis) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET as_processor = ?3, basis = ?4",
            params![service, org, as_processor, basis.code()],
        )?;
        self.connection.execute(
            "DELETE FROM refused_domain WHERE service_id = ?1 AND domain_id = ?2",
            params![service, org],
        )?;
        Ok(())
    }

    /// The user says that a domain is not this service's; its number where that is new.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn refuse_domain(&mut self, service: i64, domain: &str) -> Result<Option<i64>> {
        let id = self.domain(domain)?;
        let org = self.org_of(id)?;
        let added = self.connection.execute(
            "INSERT OR IGNORE INTO refused_domain (service_id, domain_id) VALUES (?1, ?2)",
            params![service, org],
        )?;
        self.said_since(Made::RefusedDomain(service, org))?;
        Ok((added == 1).then_some(org))
    }

    /// Domains that the user said are not a service's, by service.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn refused_domains(&self) -> Result<BTreeMap<i64, BTreeSet<i64>>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT service_id, domain_id FROM refused_domain")?;
        let mut all: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for row in statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (service, domain) = row?;
            all.entry(service).or_default().insert(domain);
        }
        Ok(all)
    }

    /// The name of a domain by its number.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn domain_name(&self, id: i64) -> Result<Option<String>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT name FROM domain WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?)
    }

    /// Services whose own mail comes from an organisational domain.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn services_writing_from(&self, org: i64) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT service_id FROM service_domain WHERE domain_id = ?1 AND as_processor = 0",
        )?;
        Ok(statement
            .query_map([org], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Records that an address was given to a service; what the user says replaces what was found.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn disclose(&mut self, disclosure: &DisclosureRecord) -> Result<()> {
        self.connection.execute(
            "INSERT INTO disclosure (address_id, service_id, given_from, given_to, basis, also)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (address_id, service_id) DO UPDATE SET
                given_from = ?3, given_to = ?4, basis = ?5, also = ?6, dismissed_at = NULL",
            params![
                disclosure.address,
                disclosure.service,
                disclosure.given_from,
                disclosure.given_to,
                disclosure.basis.code(),
                disclosure.also.join(","),
            ],
        )?;
        self.said_since(Made::RecordedDisclosure(
            disclosure.address,
            disclosure.service,
        ))
    }

    /// Records a disclosure that was found in the mail, unless one is on record or was dismissed.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn infer_disclosure(&mut self, address: i64, service: i64, day: i64) -> Result<()> {
        self.connection.prepare_cached(
            "INSERT INTO disclosure (address_id, service_id, given_from, given_to, basis, also) VALUES (?1, ?2, ?3, ?3, ?4, '')
             ON CONFLICT (address_id, service_id) DO UPDATE SET given_from = min(given_from, ?3), given_to = min(given_to, ?3)
             WHERE basis = ?4 AND dismissed_at IS NULL",
        )?.execute(params![address, service, day, Basis::Inferred.code()])?;
        Ok(())
    }

    /// Every disclosure that was not dismissed.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn disclosures(&self) -> Result<Vec<DisclosureRecord>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT address_id, service_id, given_from, given_to, basis, also FROM disclosure
             WHERE dismissed_at IS NULL ORDER BY address_id, given_from, service_id",
        )?;
        Ok(statement
            .query_map([], |row| {
                let also: String = row.get(5)?;
                Ok(DisclosureRecord {
                    address: row.get(0)?,
                    service: row.get(1)?,
                    given_from: row.get(2)?,
                    given_to: row.get(3)?,
                    basis: Basis::from_code(row.get(4)?).unwrap_or(Basis::Declared),
                    also: also
                        .split(',')
                        .filter(|part| !part.is_empty())
                        .map(str::to_owned)
                        .collect(),
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }
}
