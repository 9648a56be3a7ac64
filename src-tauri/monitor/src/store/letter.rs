//! Every message as services are found by it, and table `dismissed`.

use super::message::verdict_of;
use super::{Made, Store};
use anyhow::Result;
use exposure::proposals::Letter;
use exposure::{Auth, Verdict};
use jiff::civil::Date;
use std::collections::BTreeSet;

impl Store {
    /// Every message to every own address, by address and arrival; those without a believable
    /// day are left out. `day` is the civil day of an instant.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn letters(
        &self,
        day: impl Fn(i64) -> Option<Date>,
        mut each: impl FnMut(&Letter<'_>),
    ) -> Result<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT d.address_id, d.arrived_at, o.id, o.name, m.auth, c.verdict, m.by_keyword, m.by_folder,
                    m.by_header, m.list, m.subscribed, h.from_local, h.from_name, h.subject
             FROM delivery d JOIN message m ON m.id = d.message_id
             JOIN header h ON h.message_id = m.id
             JOIN domain f ON f.id = m.from_domain JOIN domain o ON o.id = f.org
             LEFT JOIN correction c ON c.message_id = m.id
             WHERE d.arrived_at <> 0
             ORDER BY d.address_id, d.arrived_at, d.message_id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Some(day) = day(row.get(1)?) else {
                continue;
            };
            let (verdict, _) = verdict_of(row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?);
            let auth = Auth::from_code(row.get(4)?).unwrap_or(Auth::None);
            let text = |at: usize| Ok::<&str, rusqlite::Error>(row.get_ref(at)?.as_str()?);
            each(&Letter {
                address: row.get(0)?,
                org: row.get(2)?,
                domain: text(3)?,
                day,
                verified: auth.passed(),
                junk: verdict == Verdict::Junk,
                list: text(9)?,
                subscribed: row.get(10)?,
                local: text(11)?,
                name: text(12)?,
                subject: text(13)?,
            });
        }
        Ok(())
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
