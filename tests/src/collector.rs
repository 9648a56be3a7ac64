//! A ledger in memory: it answers a mail source as the real one does, keeps what it is told, and
//! refuses what would break the agreement between the two.

use anyhow::Result;
use exposure::Role;
use monitor::mailbox::{
    self, Batch, Body, Complete, Cost, Cursor, Fetched, Gone, Known, Listed, Login, Progress,
    Report, Want,
};
use std::collections::BTreeMap;
use std::path::Path;
use tokio::sync::{mpsc, watch};

/// What is known of one mailbox.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Its role; `None` before it was listed.
    pub role: Option<Role>,
    /// How far it was read.
    pub cursor: Cursor,
    /// Messages that lie there, by UID.
    pub messages: BTreeMap<u32, Fetched>,
    /// Messages at the last complete scan; `None` while there was none.
    pub complete: Option<u64>,
}

/// A ledger in memory.
#[derive(Clone, Debug, Default)]
pub struct Collector {
    /// Mailboxes by name.
    pub mailboxes: BTreeMap<String, Kept>,
    /// Every batch in its order: mailbox and UIDs.
    pub batches: Vec<(String, Vec<u32>)>,
    /// The last word on progress.
    pub progress: Progress,
    /// Stop the reading after so many batches.
    pub stop_after: Option<usize>,
    /// Messages of which a part is wanted; the last first.
    pub wants: Vec<Want>,
    /// What came of them.
    pub bodies: Vec<Body>,
}

impl Collector {
    /// Reads an IMAP account.
    ///
    /// # Errors
    /// Those of the source; what it reported before stays here.
    pub async fn read(&mut self, login: &Login) -> Result<Cost> {
        self.read_while(login, |_| {}).await
    }

    /// Reads an IMAP account while something happens at each batch, before it is answered.
    ///
    /// # Errors
    /// Those of the source; what it reported before stays here.
    pub async fn read_while(&mut self, login: &Login, happens: impl FnMut(&Batch)) -> Result<Cost> {
        let (out, inbox) = mpsc::channel(4);
        let (stop, stopped) = watch::channel(false);
        let (outcome, ()) = tokio::join!(
            mailbox::imap::read(login, out, stopped),
            self.answer(inbox, &stop, happens)
        );
        outcome
    }

    /// Reads mail on this PC.
    ///
    /// # Errors
    /// Those of the source; what it reported before stays here.
    pub async fn read_archive(&mut self, path: &Path) -> Result<Cost> {
        let (out, inbox) = mpsc::channel(4);
        let (stop, stopped) = watch::channel(false);
        let (outcome, ()) = tokio::join!(
            mailbox::archive::read(path, out, stopped),
            self.answer(inbox, &stop, |_| {})
        );
        outcome
    }

    /// The mailbox of a name.
    pub fn mailbox(&self, name: &str) -> &Kept {
        self.mailboxes
            .get(name)
            .unwrap_or_else(|| panic!("there is no mailbox {name:?}"))
    }

    /// UIDs that lie in a mailbox.
    pub fn uids(&self, name: &str) -> Vec<u32> {
        self.mailbox(name).messages.keys().copied().collect()
    }

    /// The value of a header field of every message in a mailbox, in the order of UIDs.
    pub fn field(&self, name: &str, field: &str) -> Vec<String> {
        let messages = self.mailbox(name).messages.values();
        messages
            .filter_map(|message| field_of(&message.header, field))
            .collect()
    }

    async fn answer(
        &mut self,
        mut inbox: mpsc::Receiver<Report>,
        stop: &watch::Sender<bool>,
        mut happens: impl FnMut(&Batch),
    ) {
        let mut batches = 0;
        while let Some(report) = inbox.recv().await {
            match report {
                Report::Listed(listed, answer) => answer.send(self.listed(listed)).unwrap(),
                Report::Batch(batch, answer) => {
                    happens(&batch);
                    let went_away = self.record(batch);
                    batches += 1;
                    if self.stop_after == Some(batches) {
                        stop.send_replace(true);
                    }
                    // A source that was stopped no longer waits.
                    let _ = answer.send(Ok(went_away));
                }
                Report::Complete(complete, answer) => {
                    self.complete(&complete);
                    answer.send(Ok(())).unwrap();
                }
                Report::Wanted(answer) => answer.send(self.wants.pop()).unwrap(),
                Report::Body(body, answer) => {
                    self.bodies.push(body);
                    answer.send(Ok(())).unwrap();
                }
                Report::Progress(progress) => self.progress = progress,
            }
        }
    }

    fn listed(&mut self, listed: Vec<Listed>) -> Vec<Known> {
        let mut known = Vec::new();
        for mailbox in listed {
            let kept = self.mailboxes.entry(mailbox.name.clone()).or_default();
            kept.role = Some(mailbox.role);
            known.push(Known {
                name: mailbox.name,
                role: mailbox.role,
                cursor: kept.cursor,
                sightings: kept.messages.len() as u64,
                backfill: kept.complete.is_none(),
            });
        }
        known
    }

    fn record(&mut self, batch: Batch) -> u64 {
        let uids: Vec<u32> = batch.messages.iter().map(|message| message.uid).collect();
        assert!(
            uids.is_sorted_by(|a, b| a > b),
            "a batch is newest first and names no UID twice: {uids:?}"
        );
        let covered = batch.cursor.oldest_uid..=batch.cursor.newest_uid;
        assert!(
            uids.iter().all(|uid| covered.contains(uid)),
            "the cursor {covered:?} covers its batch {uids:?}"
        );
        self.batches.push((batch.mailbox.clone(), uids));
        let kept = self
            .mailboxes
            .get_mut(&batch.mailbox)
            .expect("a batch is of a mailbox that was listed");
        if batch.restart {
            kept.messages.clear();
        } else if kept.cursor.uidvalidity != 0 {
            let before = kept.cursor;
            assert_eq!(
                batch.cursor.uidvalidity, before.uidvalidity,
                "new UIDs are announced by a restart"
            );
            assert!(
                batch.cursor.oldest_uid <= before.oldest_uid,
                "what was read stays read"
            );
            assert!(
                batch.cursor.newest_uid >= before.newest_uid,
                "what was read stays read"
            );
        }
        for message in batch.messages {
            let again = kept.messages.insert(message.uid, message);
            assert_eq!(again, None, "nothing is fetched twice");
        }
        for (uid, mark) in batch.marks {
            if let Some(message) = kept.messages.get_mut(&uid) {
                message.mark = mark;
            }
        }
        let before = kept.messages.len();
        match batch.gone {
            Gone::Unknown => {}
            Gone::Except(uids) => kept.messages.retain(|uid, _| uids.contains(uid)),
            Gone::These(ranges) => kept
                .messages
                .retain(|uid, _| !ranges.iter().any(|range| range.contains(uid))),
        }
        kept.cursor = batch.cursor;
        (before - kept.messages.len()) as u64
    }

    fn complete(&mut self, complete: &Complete) {
        let kept = self
            .mailboxes
            .get_mut(&complete.mailbox)
            .expect("what is complete was listed");
        kept.cursor = complete.cursor;
        kept.complete = Some(complete.messages);
    }
}

/// The value of the first field of a name in a header, on one line.
pub fn field_of(header: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(header)
        .replace("\r\n", "\n")
        .replace("\n ", " ")
        .replace("\n\t", " ");
    text.lines().find_map(|line| {
        let (field, value) = line.split_once(':')?;
        field
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}
