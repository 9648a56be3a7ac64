//! Tables `sent` and `answer`, and what of the recent mail lies in Junk.

use super::Store;
use super::message::verdict_of;
use anyhow::Result;
use exposure::mail::IdHash;
use exposure::misfiled::{Lying, RECENT_DAYS};
use exposure::{AddrSpec, Auth};
use rusqlite::params;

/// How long mail of the user may be answered, in seconds (90 days).
const ANSWERED_WITHIN: i64 = 90 * 86_400;
/// How long an answer is recent, in seconds.
const RECENT: i64 = RECENT_DAYS * 86_400;
/// The setting that holds up to which message the user was told.
const TOLD: &str = "misfiled_told";

/// Mail of every address since an instant that is judged junk by where it lies, by a mark or by
/// the user. Mail of an account that is still read for the first time does not lie in Junk: half
/// a mailbox says nothing. Roles are those of `exposure::Role`: 1 Junk, 4 Trash.
const LYING: &str = "
    SELECT m.id, d.address_id, d.arrived_at, h.from_local, f.name, f.org, h.from_name, m.auth,
           m.subscribed OR m.list <> '', c.verdict, m.by_keyword, m.by_folder, m.by_header,
           coalesce((SELECT max(coalesce(b.role_by_user, b.role) = 1) AND min(coalesce(b.role_by_user, b.role) IN (1, 4))
                     FROM sighting s JOIN mailbox b ON b.id = s.mailbox_id JOIN account k ON k.id = b.account_id
                     WHERE s.message_id = m.id AND b.listed = 1 AND k.backfilled_at IS NOT NULL), 0),
           EXISTS (SELECT 1 FROM answer a JOIN sent ON sent.id_hash = a.id_hash WHERE a.message_id = m.id)
    FROM address o CROSS JOIN delivery d ON d.address_id = o.id AND d.arrived_at >= ?1
    JOIN message m ON m.id = d.message_id
    JOIN header h ON h.message_id = m.id
    JOIN domain f ON f.id = m.from_domain
    LEFT JOIN correction c ON c.message_id = m.id
    WHERE m.by_folder = 2 OR m.by_keyword = 2 OR c.verdict = 2";

impl Store {
    /// Keeps by what an answer to a message of the user is recognised, unless none is to be
    /// expected any more.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn keep_sent(&mut self, id: IdHash, sent_at: i64, now: i64) -> Result<()> {
        if sent_at < now - ANSWERED_WITHIN {
            return Ok(());
        }
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO sent (id_hash, sent_at) VALUES (?1, ?2)")?
            .execute([id.code(), sent_at])?;
        Ok(())
    }

    /// Keeps which message a recent one in Junk answers.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn keep_answer(
        &mut self,
        message: i64,
        id: IdHash,
        arrived_at: i64,
        now: i64,
    ) -> Result<()> {
        if arrived_at < now - RECENT {
            return Ok(());
        }
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO answer (message_id, id_hash) VALUES (?1, ?2)")?
            .execute([message, id.code()])?;
        Ok(())
    }

    /// Forgets answers that are no longer recent, and mail that none is expected to any more.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn forget_answers(&mut self, now: i64) -> Result<()> {
        self.connection.execute(
            "DELETE FROM sent WHERE sent_at < ?1",
            [now - ANSWERED_WITHIN],
        )?;
        self.connection.execute(
            "DELETE FROM answer WHERE NOT EXISTS
                (SELECT 1 FROM message m WHERE m.id = answer.message_id AND m.arrived_at >= ?1)",
            [now - RECENT],
        )?;
        Ok(())
    }

    /// Recent mail to the user's addresses that lies in Junk or was called junk.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn lying(&self, now: i64) -> Result<Vec<Lying>> {
        let mut statement = self.connection.prepare_cached(LYING)?;
        let mut rows = statement.query([now - RECENT])?;
        let mut lying = Vec::new();
        while let Some(row) = rows.next()? {
            let (local, domain) = (row.get_ref(3)?.as_str()?, row.get_ref(4)?.as_str()?);
            // What no longer parses is nobody that is known.
            let Ok(from) = AddrSpec::from_parts(local, domain) else {
                continue;
            };
            let (verdict, source) =
                verdict_of(row.get(9)?, row.get(10)?, row.get(11)?, row.get(12)?);
            lying.push(Lying {
                message: row.get(0)?,
                address: row.get(1)?,
                arrived_at: row.get(2)?,
                from,
                from_org: row.get(5)?,
                name: row.get(6)?,
                auth: Auth::from_code(row.get(7)?).unwrap_or(Auth::None),
                verdict,
                source,
                bulk: row.get(8)?,
                in_junk: row.get(13)?,
                answers: row.get(14)?,
            });
        }
        Ok(lying)
    }

    /// The number of the last message up to which the user was told what lies in Junk.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn told_of_misfiled(&self) -> Result<i64> {
        let told = self.setting(TOLD)?;
        Ok(told.and_then(|told| told.parse().ok()).unwrap_or(0))
    }

    /// Notes that the user was told of everything in Junk so far, or is not to be.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn tell_of_misfiled(&mut self) -> Result<()> {
        let newest: i64 = self.connection.query_row(
            "SELECT coalesce(max(id), 0) FROM message",
            params![],
            |row| row.get(0),
        )?;
        self.keep_setting(TOLD, Some(&newest.to_string()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use exposure::mail;

    const DAY: i64 = 86_400;
    const NOW: i64 = 20_000 * DAY;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        (folder, store)
    }

    fn id(number: usize) -> IdHash {
        mail::own_id(format!("Message-ID: <{number}@example.org>\r\n\r\n").as_bytes()).unwrap()
    }

    #[test]
    fn looks_at_recent_deliveries_alone() {
        let (_folder, store) = store();
        let mut statement = store
            .connection
            .prepare(&format!("EXPLAIN QUERY PLAN {LYING}"))
            .unwrap();
        let plan: Vec<String> = statement
            .query_map([NOW], |row| row.get(3))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        let scanned: Vec<&String> = plan.iter().filter(|step| step.contains("SCAN")).collect();
        assert_eq!(
            scanned,
            ["SCAN o USING COVERING INDEX sqlite_autoindex_address_1"],
            "the user's addresses are gone through, and nothing else: {plan:#?}"
        );
        assert!(
            plan.iter()
                .any(|step| step.contains("d USING PRIMARY KEY (address_id=? AND arrived_at>?)")),
            "an address's history is one range: {plan:#?}"
        );
    }

    #[test]
    fn what_answers_are_recognised_by_is_kept_as_long_as_one_may_come() {
        let (_folder, mut store) = store();
        let kept = |store: &Store| -> i64 {
            let count = "SELECT count(*) FROM sent";
            store
                .connection
                .query_row(count, [], |row| row.get(0))
                .unwrap()
        };
        store.keep_sent(id(1), NOW - 91 * DAY, NOW).unwrap();
        assert_eq!(kept(&store), 0, "too old when it was read");
        store.keep_sent(id(2), NOW - 89 * DAY, NOW).unwrap();
        store.keep_sent(id(2), NOW - 89 * DAY, NOW).unwrap();
        store.forget_answers(NOW).unwrap();
        assert_eq!(kept(&store), 1);
        store.forget_answers(NOW + 2 * DAY).unwrap();
        assert_eq!(kept(&store), 0, "90 days are over");
    }

    #[test]
    fn a_sent_message_costs_a_few_bytes() {
        let (_folder, mut store) = store();
        let pages = |store: &Store| -> i64 {
            let size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
            store
                .connection
                .query_row(size, [], |row| row.get(0))
                .unwrap()
        };
        let before = pages(&store);
        let many = 20_000;
        store
            .transaction(|store| {
                for number in 0..many {
                    store.keep_sent(id(number), NOW, NOW)?;
                }
                Ok(())
            })
            .unwrap();
        store.compact().unwrap();
        let each = (pages(&store) - before) as f64 / many as f64;
        println!("{each:.1} bytes for each message that was sent");
        assert!(
            each < 24.0,
            "{each:.1} bytes for each message that was sent"
        );
    }
}
