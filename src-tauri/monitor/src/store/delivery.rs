//! Table `delivery` with what counting needs of each message, and table `reached`.

use super::Store;
use super::message::{Entered, verdict_of};
use anyhow::Result;
use exposure::{Auth, Verdict, VerdictSource};
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};

/// One delivery as counting needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// The own address.
    pub address: i64,
    /// Arrival, UTC seconds; 0 where no date can be believed.
    pub arrived_at: i64,
    /// Current verdict.
    pub verdict: Verdict,
    /// Who gave it.
    pub source: VerdictSource,
    /// The ledger's number of From's organisational domain; 0: none.
    pub from_org: i64,
    /// The ledger's number of From's domain; 0: none.
    pub from_domain: i64,
    /// Local part of From where From's domain may be the user's own; else empty.
    pub from_local: String,
    /// What the user's own receiver says.
    pub auth: Auth,
    /// Campaign key.
    pub campaign: i64,
    /// It can be unsubscribed from.
    pub subscribed: bool,
}

/// A sender of one address by organisational domain, verdict and authentication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderCount {
    /// The ledger's number of the organisational domain; 0: none.
    pub org: i64,
    /// Its name; empty: none.
    pub domain: String,
    /// Authenticated messages.
    pub authenticated: u64,
    /// Messages checked and not authenticated.
    pub failed: u64,
    /// All messages.
    pub count: u64,
    /// Those whose current verdict is junk.
    pub junk: u64,
    /// First and last arrival.
    pub first: i64,
    /// Last arrival.
    pub last: i64,
}

impl Store {
    /// Delivers a message to an own address, once.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn deliver(&mut self, address: i64, entered: &Entered) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO delivery (address_id, arrived_at, message_id) VALUES (?1, ?2, ?3)",
            )?
            .execute([address, entered.arrived_at, entered.message])?;
        Ok(())
    }

    /// Keeps that an account brought mail for an address.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn reach(&mut self, address: i64, account: i64) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO reached (address_id, account_id) VALUES (?1, ?2)",
            )?
            .execute([address, account])?;
        Ok(())
    }

    /// Deliveries to one address, by arrival. `own_domains` are the domains of the user's own
    /// addresses, for which the local part of From is read too.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn deliveries_to(
        &self,
        address: i64,
        own_domains: &BTreeSet<i64>,
    ) -> Result<Vec<DeliveryRecord>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT d.address_id, d.arrived_at, c.verdict, m.by_keyword, m.by_folder, m.by_header,
                    f.org, m.from_domain, m.auth, m.campaign, m.id, m.subscribed
             FROM delivery d JOIN message m ON m.id = d.message_id
             LEFT JOIN domain f ON f.id = m.from_domain
             LEFT JOIN correction c ON c.message_id = m.id
             WHERE d.address_id = ?1
             ORDER BY d.arrived_at, d.message_id",
        )?;
        let mut local = self
            .connection
            .prepare_cached("SELECT from_local FROM header WHERE message_id = ?1")?;
        let mut rows = statement.query([address])?;
        let mut deliveries = Vec::new();
        while let Some(row) = rows.next()? {
            let (verdict, source) = verdict_of(row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
            let from_domain: i64 = row.get(7)?;
            let from_local = if own_domains.contains(&from_domain) {
                local
                    .query_row([row.get::<_, i64>(10)?], |row| row.get(0))
                    .unwrap_or_default()
            } else {
                String::new()
            };
            deliveries.push(DeliveryRecord {
                address: row.get(0)?,
                arrived_at: row.get(1)?,
                verdict,
                source,
                from_org: row.get::<_, Option<i64>>(6)?.unwrap_or(0),
                from_domain,
                from_local,
                auth: Auth::from_code(row.get(8)?).unwrap_or(Auth::None),
                campaign: row.get(9)?,
                subscribed: row.get(11)?,
            });
        }
        Ok(deliveries)
    }

    /// What the newest junk of an address shows, at most `limit` messages: the names in To and From,
    /// and the subject.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn junk_texts(&self, address: i64, limit: usize) -> Result<Vec<[String; 3]>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT h.to_name, h.from_name, h.subject FROM delivery d
             JOIN message m ON m.id = d.message_id JOIN header h ON h.message_id = m.id
             LEFT JOIN correction c ON c.message_id = m.id
             WHERE d.address_id = ?1
               AND coalesce(c.verdict, nullif(m.by_keyword, 0), nullif(m.by_folder, 0), m.by_header) = 2
             ORDER BY d.arrived_at DESC LIMIT ?2",
        )?;
        Ok(statement
            .query_map(params![address, limit], |row| {
                Ok([row.get(0)?, row.get(1)?, row.get(2)?])
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// The names by which those who write to an address, verified, call the user: organisational
    /// domain and name, most used first.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn names_used(&self, address: i64) -> Result<Vec<(i64, String)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT f.org, h.to_name FROM delivery d JOIN message m ON m.id = d.message_id
             JOIN header h ON h.message_id = m.id JOIN domain f ON f.id = m.from_domain
             LEFT JOIN correction c ON c.message_id = m.id
             WHERE d.address_id = ?1 AND m.auth >= 2 AND h.to_name <> ''
               AND coalesce(c.verdict, nullif(m.by_keyword, 0), nullif(m.by_folder, 0), m.by_header) <> 2
             GROUP BY f.org, h.to_name ORDER BY count(*) DESC, h.to_name",
        )?;
        Ok(statement
            .query_map([address], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Who writes to an address, by organisational domain, most first.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn senders_of(&self, address: i64) -> Result<Vec<SenderCount>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT coalesce(o.id, 0), coalesce(o.name, ''), sum(m.auth >= 2), sum(m.auth = 1), count(*),
                    sum(coalesce(c.verdict, nullif(m.by_keyword, 0), nullif(m.by_folder, 0), m.by_header) = 2),
                    coalesce(min(nullif(m.arrived_at, 0)), 0), max(m.arrived_at)
             FROM delivery d JOIN message m ON m.id = d.message_id
             LEFT JOIN domain f ON f.id = m.from_domain LEFT JOIN domain o ON o.id = f.org
             LEFT JOIN correction c ON c.message_id = m.id
             WHERE d.address_id = ?1 GROUP BY o.id ORDER BY count(*) DESC, o.name",
        )?;
        Ok(statement
            .query_map([address], |row| {
                Ok(SenderCount {
                    org: row.get(0)?,
                    domain: row.get(1)?,
                    authenticated: row.get(2)?,
                    failed: row.get(3)?,
                    count: row.get(4)?,
                    junk: row.get(5)?,
                    first: row.get(6)?,
                    last: row.get(7)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Which accounts ever brought mail for each address.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn reached(&self) -> Result<BTreeMap<i64, BTreeSet<i64>>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT address_id, account_id FROM reached")?;
        let mut reached: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for row in statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (address, account) = row?;
            reached.entry(address).or_default().insert(account);
        }
        Ok(reached)
    }

    /// Whether a mark or a header ever called a message of this account junk.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn has_junk_verdicts(&self, account: i64) -> Result<bool> {
        Ok(self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM mailbox b JOIN sighting s ON s.mailbox_id = b.id
                            JOIN message m ON m.id = s.message_id
                            WHERE b.account_id = ?1 AND (m.by_keyword = 2 OR m.by_header = 2))",
            [account],
            |row| row.get(0),
        )?)
    }

    /// Deletes every delivery of an address and the messages that were delivered to nobody else:
    /// "forget this address".
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn forget_mail_of_account(&mut self, account: i64) -> Result<()> {
        self.connection.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY); DELETE FROM gone;",
        )?;
        self.connection.execute(
            "INSERT OR IGNORE INTO gone SELECT s.message_id FROM sighting s JOIN mailbox b ON b.id = s.mailbox_id
             WHERE b.account_id = ?1 AND s.message_id NOT IN
                (SELECT s2.message_id FROM sighting s2 JOIN mailbox b2 ON b2.id = s2.mailbox_id WHERE b2.account_id <> ?1)",
            params![account],
        )?;
        for table in [
            "delivery",
            "never_given",
            "unclaimed",
            "header",
            "evidence",
            "correction",
            "answer",
            "wanted",
        ] {
            self.connection.execute(
                &format!("DELETE FROM {table} WHERE message_id IN (SELECT id FROM gone)"),
                [],
            )?;
        }
        self.connection.execute_batch(
            "DELETE FROM exposed WHERE exposure_id IN
                (SELECT e.id FROM exposure e JOIN gone ON gone.id = e.message_id);
             DELETE FROM exposure WHERE message_id IN (SELECT id FROM gone);
             DELETE FROM message WHERE id IN (SELECT id FROM gone);",
        )?;
        Ok(())
    }
}
