//! Every message as services are found by it, and table `dismissed`.

use super::message::verdict_of;
use super::{Made, Store};
use anyhow::Result;
use exposure::proposals::{Letter, Writers, everybodys};
use exposure::{AddrSpec, Auth, Verdict};
use jiff::civil::Date;
use rusqlite::Row;
use std::collections::BTreeSet;

/// What is read of each message before it is known whether its header matters.
const FACTS: &str =
    "m.id, m.arrived_at, o.id, o.name, m.auth, c.verdict, m.by_keyword, m.by_folder, m.by_header,
                     m.list, m.subscribed
                     FROM message m
                     JOIN domain f ON f.id = m.from_domain JOIN domain o ON o.id = f.org
                     LEFT JOIN correction c ON c.message_id = m.id";

impl Store {
    /// Takes every message to these own addresses into account, and every one to a local part or
    /// tag that was only ever seen in mail; those without a believable day are left out, and so
    /// are those from organisations that are `known`, both by the ledger's numbers. `day` is the civil day of an instant. Returns the addresses that are
    /// not on record: the n-th, from 0, has the number -1 - n.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn letters(
        &self,
        day: impl Fn(i64) -> Option<Date>,
        known: &BTreeSet<i64>,
        addresses: impl Iterator<Item = i64>,
        writers: &mut Writers,
    ) -> Result<Vec<AddrSpec>> {
        let mut header = self.connection.prepare_cached(
            "SELECT from_local, from_name, subject FROM header WHERE message_id = ?1",
        )?;
        let mut take = |address: i64, row: &Row<'_>| -> Result<()> {
            let (org, domain) = (row.get(2)?, row.get_ref(3)?.as_str()?);
            let list = row.get_ref(9)?.as_str()?;
            if known.contains(&org) || everybodys(domain) {
                writers.writes_in(list, org);
                return Ok(());
            }
            let Some(day) = day(row.get(1)?) else {
                return Ok(());
            };
            let (verdict, _) = verdict_of(row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?);
            let auth = Auth::from_code(row.get(4)?).unwrap_or(Auth::None);
            let mut names = header.query([row.get::<_, i64>(0)?])?;
            let Some(named) = names.next()? else {
                return Ok(());
            };
            writers.add(&Letter {
                address,
                org,
                domain,
                day,
                verified: auth.passed(),
                junk: verdict == Verdict::Junk,
                list,
                subscribed: row.get(10)?,
                local: named.get_ref(0)?.as_str()?,
                name: named.get_ref(1)?.as_str()?,
                subject: named.get_ref(2)?.as_str()?,
            });
            Ok(())
        };
        let mut delivered = self.connection.prepare_cached(&format!(
            "SELECT {FACTS} JOIN delivery d ON d.message_id = m.id
             WHERE d.address_id = ?1 AND d.arrived_at <> 0 ORDER BY d.arrived_at, d.message_id"
        ))?;
        for address in addresses {
            let mut rows = delivered.query([address])?;
            while let Some(row) = rows.next()? {
                take(address, row)?;
            }
        }
        let mut seen = self.connection.prepare_cached(&format!(
            "SELECT {FACTS} JOIN never_given n ON n.message_id = m.id
             WHERE n.domain_id = ?1 AND n.local = ?2 AND m.arrived_at <> 0 ORDER BY m.arrived_at, m.id"
        ))?;
        let mut unclaimed = Vec::new();
        for (spec, domain) in self.never_given_specs()? {
            let mut rows = seen.query((domain, spec.local()))?;
            let number = -1 - i64::try_from(unclaimed.len())?;
            while let Some(row) = rows.next()? {
                take(number, row)?;
            }
            unclaimed.push(spec);
        }
        Ok(unclaimed)
    }

    /// Local parts and tags that were only ever seen in mail and to which mail came that the
    /// user's own receiver verified, with the number of their domain.
    fn never_given_specs(&self) -> Result<Vec<(AddrSpec, i64)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT n.local, d.name, n.domain_id FROM never_given n
             JOIN domain d ON d.id = n.domain_id JOIN message m ON m.id = n.message_id
             WHERE m.auth >= 2 ORDER BY n.domain_id, n.local",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get(2)?,
            ))
        })?;
        let mut all = Vec::new();
        for row in rows {
            let (local, name, domain) = row?;
            if let Ok(spec) = AddrSpec::from_parts(&local, &name) {
                all.push((spec, domain));
            }
        }
        Ok(all)
    }

    /// Organisational domains of which the user said that they are no service of theirs.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn dismissed(&self) -> Result<BTreeSet<i64>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT domain_id FROM dismissed")?;
        let all = statement.query_map([], |row| row.get(0))?;
        Ok(all.collect::<rusqlite::Result<_>>()?)
    }

    /// Takes the user's word that a domain is no service of theirs, or takes it back; whether that
    /// is new.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn dismiss(&mut self, org: i64, dismissed: bool) -> Result<bool> {
        let sql = match dismissed {
            true => "INSERT OR IGNORE INTO dismissed (domain_id) VALUES (?1)",
            false => "DELETE FROM dismissed WHERE domain_id = ?1",
        };
        let changed = self.connection.prepare_cached(sql)?.execute([org])?;
        self.said_since(Made::Dismissed(org))?;
        Ok(changed == 1)
    }
}
