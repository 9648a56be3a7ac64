//! What is new in each mailbox, Junk before Inbox before the rest. Older mail comes after that, in
//! [`super::back`].
//!
//! A cursor is a closed range of UIDs. New mail is read upwards and old mail downwards from it,
//! batch by batch, so that a reading may end after any batch and the next one goes on there.

use super::command::Search;
use super::list::Mailbox;
use super::pace::{self, Pace};
use super::session::{Changes, Examined, Session};
use super::shelf::Shelf;
use super::stand::{Course, Stand};
use crate::fault::{Code, Fault};
use crate::mailbox::reports::Reports;
use crate::mailbox::{Batch, Complete, Cursor, Fetched, Gone, Mark, roles};
use anyhow::Result;
use exposure::Role;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How many UIDs are asked for at once: their answer stays below the longest line.
const UIDS_AT_ONCE: u32 = 20_000;
/// How many messages' flags are asked for at once.
const FLAGS_AT_ONCE: usize = 5_000;
/// Of so many messages that went away the server may tell one by one; of more every UID that is
/// left is asked for, in pieces, since the answer is one line.
const GONE_AT_ONCE: u64 = 10_000;
/// How far back flags are asked for where the server counts no changes, in days.
const FLAG_DAYS: i64 = 60;

/// From the first to the last of ascending UIDs.
pub(super) fn range(uids: &[u32]) -> Option<RangeInclusive<u32>> {
    Some(*uids.first()?..=*uids.last()?)
}

/// One connection's part in the reading of an account.
pub(super) struct Reading {
    pub(super) session: Session,
    pub(super) shelf: Arc<Shelf>,
    pub(super) pace: Pace,
    pub(super) reports: Reports,
}

impl Reading {
    /// Tells which mailboxes there are and learns how far each was read.
    pub(super) async fn begin(
        mut session: Session,
        mut reports: Reports,
        mailboxes: Vec<Mailbox>,
    ) -> Result<Reading> {
        let mut wires: BTreeMap<String, (String, Option<Examined>)> = BTreeMap::new();
        let mut listed = Vec::with_capacity(mailboxes.len());
        for mailbox in mailboxes {
            let wire = (mailbox.wire, mailbox.stated);
            wires.insert(mailbox.listed.name.clone(), wire);
            listed.push(mailbox.listed);
        }
        let known = reports.listed(listed).await?;
        let mut stands: Vec<Stand> = known
            .into_iter()
            .filter(|known| known.role != Role::Drafts)
            .filter_map(|known| {
                let (wire, stated) = wires.remove(&known.name)?;
                Some(Stand::new(wire, stated, known))
            })
            .collect();
        stands.sort_by_key(|stand| roles::rank(stand.role));
        // It has to be said before a mailbox is opened (RFC 5161), and costs a round trip.
        if stands.iter().any(Stand::may_have_lost) {
            session.enable_resync().await?;
        }
        Ok(Reading::beside(
            session,
            reports,
            Arc::new(Shelf::new(stands)),
        ))
    }

    /// Takes part in a reading with another connection.
    pub(super) const fn beside(session: Session, reports: Reports, shelf: Arc<Shelf>) -> Reading {
        Reading {
            session,
            shelf,
            pace: Pace::new(),
            reports,
        }
    }

    /// Reads what is new in every mailbox; of one that was never read, the newest batch.
    pub(super) async fn run_front(&mut self) -> Result<()> {
        for at in 0..self.shelf.len() {
            let Some(mut stand) = self.shelf.take(at) else {
                continue;
            };
            self.session.go_on()?;
            self.front(&mut stand).await?;
            self.shelf.put(at, stand);
            self.say_progress().await?;
        }
        Ok(())
    }

    /// Waits until what was reported is in the ledger.
    pub(super) async fn settle(&mut self) -> Result<()> {
        self.reports.settle().await.map(drop)
    }

    /// Waits until what was reported is in the ledger and gives back the session.
    pub(super) async fn end(mut self) -> Result<Session> {
        self.reports.settle().await?;
        Ok(self.session)
    }

    /// What is new in a mailbox; of one that was never read, the newest batch.
    async fn front(&mut self, stand: &mut Stand) -> Result<()> {
        if let Some(stated) = stand.stated.filter(|stated| stand.is_as_known(*stated)) {
            return self.complete(stand, stated.exists).await;
        }
        let Some(opened) = self.session.examine(&stand.wire).await? else {
            tracing::debug!("a mailbox cannot be opened and is left out");
            stand.course = Course::Done;
            return Ok(());
        };
        if stand.cursor.uidvalidity != opened.uidvalidity || stand.cursor.oldest_uid == 0 {
            self.first(stand, opened).await?;
        } else if stand.is_as_known(opened) {
            return self.complete(stand, opened.exists).await;
        } else {
            self.marks(stand, opened).await?;
            if opened
                .uidnext
                .is_none_or(|next| next - 1 > stand.cursor.newest_uid)
            {
                self.newer(stand, opened.uidnext).await?;
            }
        }
        if stand.cursor.oldest_uid <= 1 {
            return self.finish(stand).await;
        }
        stand.left = u64::from(self.session.exists()).saturating_sub(stand.sightings);
        stand.course = Course::Back;
        Ok(())
    }

    /// The newest batch of a mailbox whose UIDs mean nothing to the ledger.
    async fn first(&mut self, stand: &mut Stand, opened: Examined) -> Result<()> {
        let restart = stand.cursor.uidvalidity != 0;
        stand.sightings = 0;
        stand.cursor = Cursor {
            uidvalidity: opened.uidvalidity,
            oldest_uid: 1,
            newest_uid: opened.uidnext.map_or(0, |next| next - 1),
            modseq: opened.modseq.unwrap_or(0),
        };
        let mut messages = Vec::new();
        if opened.exists > 0 {
            let from = opened.exists.saturating_sub(pace::FIRST - 1).max(1);
            let newest = self
                .session
                .search(Search::Places(from..=opened.exists))
                .await?;
            messages = self.fetch(&newest).await?;
            let highest = newest.last().copied().unwrap_or(0);
            stand.cursor.newest_uid = stand.cursor.newest_uid.max(highest);
            if from > 1 {
                let lowest = newest.first().copied();
                stand.cursor.oldest_uid =
                    lowest.unwrap_or(stand.cursor.newest_uid.saturating_add(1));
            }
        }
        if messages.is_empty() && !restart {
            return Ok(());
        }
        self.report(
            stand,
            Batch {
                restart,
                messages,
                ..stand.batch()
            },
        )
        .await
    }

    /// Messages above the cursor, upwards. `uidnext` is where they end, when the server says so.
    pub(super) async fn newer(&mut self, stand: &mut Stand, uidnext: Option<u32>) -> Result<()> {
        self.session.forget_growth();
        let Some(from) = stand.cursor.newest_uid.checked_add(1) else {
            return Ok(());
        };
        let most = match uidnext {
            Some(next) => u64::from(next.saturating_sub(from)),
            None => u64::from(self.session.exists()).saturating_sub(stand.sightings),
        };
        let few = most <= u64::from(UIDS_AT_ONCE);
        let uids = if few {
            self.session.search(Search::From(from)).await?
        } else {
            self.existing().await?
        };
        let uids: Vec<u32> = uids.into_iter().filter(|uid| *uid >= from).collect();
        for chunk in uids.chunks(self.pace.size()) {
            self.session.go_on()?;
            let messages = self.fetch(chunk).await?;
            stand.cursor.newest_uid = chunk.last().copied().unwrap_or(stand.cursor.newest_uid);
            self.report(
                stand,
                Batch {
                    messages,
                    ..stand.batch()
                },
            )
            .await?;
        }
        let end = uidnext.map_or(0, |next| next - 1);
        stand.cursor.newest_uid = stand.cursor.newest_uid.max(end);
        Ok(())
    }

    /// Marks of known messages that changed, or may have changed.
    async fn marks(&mut self, stand: &mut Stand, opened: Examined) -> Result<()> {
        let known = stand.cursor.oldest_uid.max(1)..=stand.cursor.newest_uid;
        if known.is_empty() {
            stand.cursor.modseq = opened.modseq.unwrap_or(0);
            return Ok(());
        }
        let Changes { marks, gone } = match opened.modseq {
            Some(modseq) if modseq == stand.cursor.modseq => Changes::default(),
            Some(_) if stand.cursor.modseq > 0 => {
                let fewer = stand.sightings.saturating_sub(u64::from(opened.exists));
                let since = stand.cursor.modseq;
                self.session
                    .changed(known, since, fewer <= GONE_AT_ONCE)
                    .await?
            }
            Some(_) | None => Changes {
                marks: self.recent_marks(known).await?,
                gone: Vec::new(),
            },
        };
        stand.cursor.modseq = opened.modseq.unwrap_or(0);
        if marks.is_empty() && gone.is_empty() {
            return Ok(());
        }
        let batch = Batch {
            marks,
            gone: Gone::These(gone),
            ..stand.batch()
        };
        self.report(stand, batch).await?;
        let went_away = self.reports.settle().await?;
        stand.sightings = stand.sightings.saturating_sub(went_away);
        Ok(())
    }

    /// Marks of the last weeks, for servers that count no changes.
    async fn recent_marks(&mut self, known: RangeInclusive<u32>) -> Result<Vec<(u32, Mark)>> {
        let since = Timestamp::now()
            .to_zoned(TimeZone::UTC)
            .date()
            .saturating_sub(FLAG_DAYS.days());
        let mut recent = Vec::new();
        let mut top = self.session.exists();
        while top > 0 {
            let from = top.saturating_sub(UIDS_AT_ONCE - 1).max(1);
            let found = self
                .session
                .search(Search::Since(from..=top, since))
                .await?;
            // Below a stretch without any, mail is older still.
            if found.is_empty() {
                break;
            }
            recent.extend(found);
            top = from - 1;
        }
        recent.retain(|uid| known.contains(uid));
        recent.sort_unstable();
        let mut marks = Vec::with_capacity(recent.len());
        for chunk in recent.chunks(FLAGS_AT_ONCE) {
            if let (Some(first), Some(last)) = (chunk.first(), chunk.last()) {
                marks.extend(self.session.marks(*first..=*last).await?);
            }
        }
        Ok(marks)
    }

    /// The end of an open mailbox: what vanished is told where the numbers differ.
    pub(super) async fn finish(&mut self, stand: &mut Stand) -> Result<()> {
        if self.session.has_grown() {
            self.newer(stand, None).await?;
        }
        if u64::from(self.session.exists()) != stand.sightings {
            let existing = self.existing().await?;
            stand.sightings = existing.len() as u64;
            let batch = Batch {
                gone: Gone::Except(existing),
                ..stand.batch()
            };
            self.reports.batch(batch).await?;
        }
        self.complete(stand, self.session.exists()).await
    }

    async fn complete(&mut self, stand: &mut Stand, messages: u32) -> Result<()> {
        stand.course = Course::Done;
        let messages = u64::from(messages);
        self.reports
            .complete(Complete {
                mailbox: stand.name.clone(),
                messages,
                cursor: stand.cursor,
            })
            .await
    }

    /// Every UID of the open mailbox, ascending. Asked for by place, newest first, so that no
    /// answer grows beyond a line; begun anew when messages go away meanwhile.
    pub(super) async fn existing(&mut self) -> Result<Vec<u32>> {
        loop {
            let expunges = self.session.expunges();
            let mut uids = Vec::new();
            let mut top = self.session.exists();
            while top > 0 {
                let from = top.saturating_sub(UIDS_AT_ONCE - 1).max(1);
                uids.extend(self.session.search(Search::Places(from..=top)).await?);
                top = from - 1;
            }
            if self.session.expunges() == expunges {
                uids.sort_unstable();
                return Ok(uids);
            }
        }
    }

    /// Messages of ascending UIDs between which no others exist, newest first. Where the server
    /// refuses a range because of one message, that one is left out.
    pub(super) async fn fetch(&mut self, uids: &[u32]) -> Result<Vec<Fetched>> {
        let expunges = self.session.expunges();
        let mut messages = Vec::with_capacity(uids.len());
        let mut pieces = vec![uids];
        while let Some(piece) = pieces.pop() {
            let Some(range) = range(piece) else {
                continue;
            };
            let asked = self.session.ask_headers(range).await?;
            match self.session.headers(asked).await? {
                Some(found) => messages.extend(found),
                None if piece.len() > 1 => {
                    let (older, newer) = piece.split_at(piece.len() / 2);
                    pieces.extend([older, newer]);
                }
                None => tracing::debug!("a message cannot be read and is left out"),
            }
        }
        self.counted(uids, messages, expunges)
    }

    /// The messages that came for these UIDs. A server that lists many, gives none and says of
    /// none that it went away has a fault: going on would take them for read.
    pub(super) fn counted(
        &self,
        uids: &[u32],
        messages: Vec<Fetched>,
        expunges: u64,
    ) -> Result<Vec<Fetched>> {
        let silent = messages.is_empty() && self.session.expunges() == expunges;
        if silent && uids.len() >= pace::FIRST as usize {
            return Err(Fault::new(Code::ServerRefused).into());
        }
        self.shelf.count(messages.len());
        Ok(messages)
    }

    pub(super) async fn report(&mut self, stand: &mut Stand, batch: Batch) -> Result<()> {
        stand.sightings += batch.messages.len() as u64;
        self.reports.batch(batch).await
    }

    pub(super) async fn say_progress(&self) -> Result<()> {
        self.reports.progress(self.shelf.progress()).await
    }
}
