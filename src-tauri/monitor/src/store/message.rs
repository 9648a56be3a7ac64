//! Tables `domain`, `message`, `header`, `evidence` and `correction`.

use super::Store;
use anyhow::Result;
use exposure::mail::MessageFacts;
use exposure::{Auth, Role, Verdict, VerdictSource, org_domain};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// How long header lines of junk and strangers are kept, in seconds (45 days).
const EVIDENCE_KEPT: i64 = 45 * 86_400;
/// How many bytes of header lines are kept at most.
const EVIDENCE_LIMIT: usize = 8 * 1024;

/// What is kept of the readable header of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Subject and names.
    Names,
    /// Mail between people: neither subject nor names.
    Nothing,
}

/// A message to be recorded.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// What its header says.
    pub facts: &'a MessageFacts,
    /// Arrival, UTC seconds; `None` where no date can be believed.
    pub arrived_at: Option<i64>,
    /// Size in bytes.
    pub size: u32,
    /// The verdict of a keyword on the server or a label in the header.
    pub by_keyword: Verdict,
    /// It lies in a junk mailbox.
    pub in_junk: bool,
    /// The campaign key.
    pub campaign: i64,
    /// What is kept of its header.
    pub kept: Kept,
}

/// A message in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entered {
    /// Its number.
    pub message: i64,
    /// The earliest arrival ever seen, UTC seconds; 0 where no date can be believed.
    pub arrived_at: i64,
    /// It was not in the ledger before.
    pub is_new: bool,
}

/// The numbers of domains that were asked for in one transaction, so that each is looked up once.
#[derive(Debug, Default)]
pub struct Domains(BTreeMap<String, i64>);

impl Domains {
    fn number(&mut self, store: &mut Store, name: &str) -> Result<i64> {
        if let Some(id) = self.0.get(name) {
            return Ok(*id);
        }
        let id = store.domain(name)?;
        self.0.insert(name.to_owned(), id);
        Ok(id)
    }
}

/// A message as shown to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRecord {
    /// The ledger's number.
    pub id: i64,
    /// Arrival, UTC seconds; 0 where no date can be believed.
    pub arrived_at: i64,
    /// From domain; empty where there is none.
    pub domain: String,
    /// The ledger's number of its organisational domain.
    pub org: i64,
    /// Local part of From; empty when forgotten.
    pub from_local: String,
    /// Name in From.
    pub from_name: String,
    /// Subject.
    pub subject: String,
    /// What the user's own receiver says.
    pub auth: Auth,
    /// Current verdict.
    pub verdict: Verdict,
    /// Who gave it.
    pub source: VerdictSource,
    /// Size in bytes.
    pub size: u32,
}

/// The verdict in force and who gave it.
pub(super) fn verdict_of(
    correction: Option<i64>,
    keyword: i64,
    folder: i64,
    header: i64,
) -> (Verdict, VerdictSource) {
    if let Some(verdict) = correction.and_then(Verdict::from_code) {
        return (verdict, VerdictSource::User);
    }
    for (code, source) in [
        (keyword, VerdictSource::Keyword),
        (folder, VerdictSource::Folder),
        (header, VerdictSource::Header),
    ] {
        match Verdict::from_code(code) {
            Some(verdict @ (Verdict::Wanted | Verdict::Junk)) => return (verdict, source),
            Some(Verdict::Unjudged) | None => {}
        }
    }
    (Verdict::Unjudged, VerdictSource::Nobody)
}

impl Store {
    /// The number of a domain, made when it is new.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn domain(&mut self, name: &str) -> Result<i64> {
        let name = name.to_lowercase();
        if let Some(id) = self.known_domain(&name)? {
            return Ok(id);
        }
        let org = org_domain(&name);
        self.connection
            .prepare_cached("INSERT INTO domain (name, org) VALUES (?1, 0)")?
            .execute([&name])?;
        let id = self.connection.last_insert_rowid();
        let org = if org == name { id } else { self.domain(&org)? };
        self.connection
            .prepare_cached("UPDATE domain SET org = ?2 WHERE id = ?1")?
            .execute([id, org])?;
        Ok(id)
    }

    /// The number of a domain that was seen before.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn known_domain(&self, name: &str) -> Result<Option<i64>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM domain WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// The number of the organisational domain of a domain.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn org_of(&self, domain: i64) -> Result<i64> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT org FROM domain WHERE id = ?1")?;
        Ok(statement
            .query_row([domain], |row| row.get(0))
            .optional()?
            .unwrap_or(0))
    }

    /// Records a message once: a second sighting finds its identity and keeps the earlier arrival.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn record(&mut self, seen: &Seen<'_>, domains: &mut Domains) -> Result<Entered> {
        let facts = seen.facts;
        let arrived_at = seen.arrived_at.unwrap_or(0);
        let from_domain = match &facts.from {
            Some(from) => domains.number(self, from.domain())?,
            None => 0,
        };
        let envelope_domain = match &facts.envelope_domain {
            Some(domain) => domains.number(self, domain)?,
            None => 0,
        };
        let by_folder = match seen.in_junk {
            true => Verdict::Junk,
            false => Verdict::Unjudged,
        };
        let oddities = facts
            .oddities
            .iter()
            .fold(0_i64, |bits, oddity| bits | (1 << (*oddity as i64)));
        let inserted = self.connection.prepare_cached(
            "INSERT INTO message (identity, arrived_at, size, from_domain, envelope_domain, list, relay, auth,
                                  by_keyword, by_folder, by_header, oddities, campaign, subscribed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT (identity) DO NOTHING",
        )?.execute(params![
            &facts.identity[..],
            arrived_at,
            seen.size,
            from_domain,
            envelope_domain,
            facts.list.as_deref().unwrap_or_default(),
            facts.relay.as_deref().unwrap_or_default(),
            facts.auth.code(),
            seen.by_keyword.code(),
            by_folder.code(),
            facts.by_header.code(),
            oddities,
            seen.campaign,
            facts.subscribed,
        ])?;
        if inserted == 0 {
            return self.record_again(seen);
        }
        let id = self.connection.last_insert_rowid();
        let (subject, from_name, to_name) = match seen.kept {
            Kept::Names => (
                facts.subject.as_str(),
                facts.from_name.as_str(),
                facts
                    .names
                    .values()
                    .next()
                    .map(String::as_str)
                    .unwrap_or_default(),
            ),
            Kept::Nothing => ("", "", ""),
        };
        self.connection.prepare_cached(
            "INSERT INTO header (message_id, subject, from_local, from_name, to_name) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?.execute(params![id, subject, facts.from.as_ref().map(|f| f.local()).unwrap_or_default(), from_name, to_name])?;
        Ok(Entered {
            message: id,
            arrived_at,
            is_new: true,
        })
    }

    /// Keeps up with what another copy of a message says.
    fn record_again(&mut self, seen: &Seen<'_>) -> Result<Entered> {
        let (id, before): (i64, i64) = self
            .connection
            .prepare_cached("SELECT id, arrived_at FROM message WHERE identity = ?1")?
            .query_row([&seen.facts.identity[..]], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let mut arrived_at = before;
        if let Some(earlier) = seen.arrived_at.filter(|at| *at != 0)
            && (before == 0 || earlier < before)
        {
            self.move_arrival(id, earlier)?;
            arrived_at = earlier;
        }
        if seen.facts.by_header != Verdict::Unjudged {
            self.connection
                .prepare_cached(
                    "UPDATE message SET by_header = ?2 WHERE id = ?1 AND by_header = 0",
                )?
                .execute(params![id, seen.facts.by_header.code()])?;
        }
        if seen.by_keyword != Verdict::Unjudged {
            self.mark(id, seen.by_keyword)?;
        }
        Ok(Entered {
            message: id,
            arrived_at,
            is_new: false,
        })
    }

    fn move_arrival(&mut self, message: i64, arrived_at: i64) -> Result<()> {
        self.connection.execute(
            "UPDATE message SET arrived_at = ?2 WHERE id = ?1",
            [message, arrived_at],
        )?;
        self.connection.execute(
            "UPDATE delivery SET arrived_at = ?2 WHERE message_id = ?1",
            [message, arrived_at],
        )?;
        Ok(())
    }

    /// Keeps the header lines of a message for 45 days from its arrival, at most 8 KiB.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn keep_evidence(
        &mut self,
        message: i64,
        raw: &[u8],
        arrived_at: i64,
        now: i64,
    ) -> Result<()> {
        let kept_until = arrived_at + EVIDENCE_KEPT;
        if kept_until <= now {
            return Ok(());
        }
        let raw = raw.get(..EVIDENCE_LIMIT).unwrap_or(raw);
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO evidence (message_id, raw, kept_until) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![message, raw, kept_until])?;
        Ok(())
    }

    /// Drops header lines whose time is over.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn expire_evidence(&mut self, now: i64) -> Result<()> {
        self.connection.execute(
            "DELETE FROM evidence WHERE kept_until IS NOT NULL AND kept_until <= ?1",
            [now],
        )?;
        Ok(())
    }

    /// Keeps the header lines of the first five junk messages of an address since an instant for
    /// as long as the flag stands.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn pin_evidence(&mut self, address: i64, since: i64) -> Result<()> {
        self.connection.execute(
            "UPDATE evidence SET kept_until = NULL WHERE message_id IN
                (SELECT d.message_id FROM delivery d JOIN evidence e ON e.message_id = d.message_id
                 WHERE d.address_id = ?1 AND d.arrived_at >= ?2 ORDER BY d.arrived_at LIMIT 5)",
            [address, since],
        )?;
        Ok(())
    }

    /// Sets the verdict of a keyword.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn mark(&mut self, message: i64, verdict: Verdict) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE message SET by_keyword = ?2 WHERE id = ?1")?
            .execute(params![message, verdict.code()])?;
        Ok(())
    }

    /// Judges a message by where it lies: junk in a junk mailbox; wanted only when it was seen in
    /// Junk before and now lies elsewhere except Trash; else what was said before stands.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn judge_by_folder(&mut self, message: i64) -> Result<()> {
        if message == 0 {
            return Ok(());
        }
        let roles = self.roles_of(message)?;
        let verdict = if roles.contains(&Role::Junk) {
            Verdict::Junk
        } else if roles
            .iter()
            .any(|role| role.delivers() && *role != Role::Trash)
        {
            self.connection
                .prepare_cached("UPDATE message SET by_folder = 1 WHERE id = ?1 AND by_folder = 2")?
                .execute([message])?;
            return Ok(());
        } else {
            return Ok(());
        };
        self.connection
            .prepare_cached("UPDATE message SET by_folder = ?2 WHERE id = ?1 AND by_folder <> ?2")?
            .execute(params![message, verdict.code()])?;
        Ok(())
    }

    /// Takes the user's word; `Unjudged` takes it back.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn correct(&mut self, message: i64, verdict: Verdict, now: i64) -> Result<()> {
        match verdict {
            Verdict::Unjudged => self
                .connection
                .execute("DELETE FROM correction WHERE message_id = ?1", [message])?,
            Verdict::Wanted | Verdict::Junk => self.connection.execute(
                "INSERT INTO correction (message_id, made_at, verdict) VALUES (?1, ?2, ?3)
                 ON CONFLICT (message_id) DO UPDATE SET made_at = ?2, verdict = ?3",
                params![message, now, verdict.code()],
            )?,
        };
        Ok(())
    }

    /// Forgets subject, names and header lines of wanted mail from someone written with.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn forget_between_people(&mut self) -> Result<()> {
        let mut forget = self.connection.prepare_cached(
            "UPDATE header SET subject = '', from_name = '', to_name = ''
             WHERE (subject <> '' OR from_name <> '' OR to_name <> '') AND message_id IN (
                SELECT m.id FROM message m
                JOIN header h ON h.message_id = m.id
                JOIN domain d ON d.id = m.from_domain
                JOIN correspondent c ON c.spec = h.from_local || '@' || d.name
                LEFT JOIN service_domain s ON s.domain_id = d.org
                LEFT JOIN correction j ON j.message_id = m.id
                WHERE s.service_id IS NULL
                  AND coalesce(j.verdict, nullif(m.by_keyword, 0), nullif(m.by_folder, 0), m.by_header) <> 2)
             RETURNING message_id",
        )?;
        let forgotten: Vec<i64> = forget
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut evidence = self
            .connection
            .prepare_cached("DELETE FROM evidence WHERE message_id = ?1")?;
        for message in forgotten {
            evidence.execute([message])?;
        }
        Ok(())
    }

    /// The newest messages of an address.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn messages_of(&self, address: i64, limit: u32) -> Result<Vec<MessageRecord>> {
        self.messages_where(
            "d.address_id = ?1 ORDER BY d.arrived_at DESC, d.message_id DESC LIMIT ?2",
            params![address, limit],
        )
    }

    /// The message recorded last of all, for the page "What is kept on this PC".
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn newest_message(&self) -> Result<Option<MessageRecord>> {
        Ok(self
            .messages_where("h.subject <> '' ORDER BY d.arrived_at DESC LIMIT 1", [])?
            .pop())
    }

    fn messages_where(
        &self,
        condition: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<MessageRecord>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT m.id, m.arrived_at, dom.name, dom.org, h.from_local, h.from_name, h.subject, m.auth,
                    c.verdict, m.by_keyword, m.by_folder, m.by_header, m.size
             FROM delivery d JOIN message m ON m.id = d.message_id
             LEFT JOIN header h ON h.message_id = m.id
             LEFT JOIN domain dom ON dom.id = m.from_domain
             LEFT JOIN correction c ON c.message_id = m.id
             WHERE {condition}"
        ))?;
        let rows = statement.query_map(params, |row| {
            let (verdict, source) =
                verdict_of(row.get(8)?, row.get(9)?, row.get(10)?, row.get(11)?);
            Ok(MessageRecord {
                id: row.get(0)?,
                arrived_at: row.get(1)?,
                domain: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                org: row.get::<_, Option<i64>>(3)?.unwrap_or_default(),
                from_local: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                from_name: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
                subject: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
                auth: Auth::from_code(row.get(7)?).unwrap_or(Auth::None),
                verdict,
                source,
                size: row.get(12)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
