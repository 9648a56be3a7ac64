//! The reading itself: what is new first, then back in time, Junk before Inbox before the rest.
//!
//! A cursor is a closed range of UIDs. New mail is read upwards and old mail downwards from it,
//! batch by batch, so that a reading may end after any batch and the next one goes on there.

use super::command::Search;
use super::list::Mailbox;
use super::outstanding::Asked;
use super::pace::{self, Pace};
use super::session::{Changes, Examined, Session};
use super::stand::{Course, Stand};
use crate::fault::{Code, Fault};
use crate::mailbox::reports::Reports;
use crate::mailbox::{Batch, Complete, Cursor, Fetched, Gone, Mark, Progress, roles};
use anyhow::Result;
use exposure::Role;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use tokio::time::Instant;

/// How many UIDs are asked for at once: their answer stays below the longest line.
const UIDS_AT_ONCE: u32 = 20_000;
/// How many messages' flags are asked for at once.
const FLAGS_AT_ONCE: usize = 5_000;
/// Of so many messages that went away the server may tell one by one; of more every UID that is
/// left is asked for, in pieces, since the answer is one line.
const GONE_AT_ONCE: u64 = 10_000;
/// How far back flags are asked for where the server counts no changes, in days.
const FLAG_DAYS: i64 = 60;

/// Messages that were asked for and not heard yet.
struct Ahead {
    /// Ascending, at least one; no others exist in between.
    uids: Vec<u32>,
    headers: Asked,
    news: Asked,
}

/// From the first to the last of ascending UIDs.
fn range(uids: &[u32]) -> Option<RangeInclusive<u32>> {
    Some(*uids.first()?..=*uids.last()?)
}

/// One reading of an account.
pub(super) struct Reading {
    session: Session,
    reports: Reports,
    stands: Vec<Stand>,
    pace: Pace,
    looked: Instant,
    read: u64,
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
        Ok(Reading {
            session,
            reports,
            stands,
            pace: Pace::new(),
            looked: Instant::now(),
            read: 0,
        })
    }

    /// Reads everything.
    pub(super) async fn run(&mut self) -> Result<()> {
        let mut stands = std::mem::take(&mut self.stands);
        for at in 0..stands.len() {
            let Some(stand) = stands.get_mut(at) else {
                break;
            };
            self.session.go_on()?;
            self.front(stand).await?;
            self.say_progress(&stands).await?;
        }
        for at in 0..stands.len() {
            if stands
                .get(at)
                .is_some_and(|stand| stand.course == Course::Back)
            {
                self.back(&mut stands, at).await?;
            }
        }
        Ok(())
    }

    /// Waits until what was reported is in the ledger; gives back the session and how many
    /// messages were fetched.
    pub(super) async fn end(mut self) -> Result<(Session, u64)> {
        self.reports.settle().await?;
        Ok((self.session, self.read))
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
    async fn newer(&mut self, stand: &mut Stand, uidnext: Option<u32>) -> Result<()> {
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

    /// Messages below the cursor, downwards to the oldest. The next batch is asked for before the
    /// present one is heard, so that the server works while this one is read.
    async fn back(&mut self, stands: &mut [Stand], at: usize) -> Result<()> {
        let Some(stand) = stands.get_mut(at) else {
            return Ok(());
        };
        if !self.open_again(stand).await? {
            return Ok(());
        }
        let mut below = self.existing().await?;
        below.retain(|uid| *uid < stand.cursor.oldest_uid);
        stand.left = below.len() as u64;
        let mut ahead = None;
        loop {
            self.session.go_on()?;
            let present = match ahead.take() {
                Some(ahead) => ahead,
                None => match self.ask_below(&mut below).await? {
                    Some(asked) => asked,
                    None => break,
                },
            };
            if !self.session.has_grown() && self.looked.elapsed() <= pace::LOOK {
                ahead = self.ask_below(&mut below).await?;
            }
            let started = Instant::now();
            let expunges = self.session.expunges();
            let uids = present.uids;
            let heard = self.session.headers(present.headers).await?;
            self.session.listen(present.news).await?;
            self.pace.took(started.elapsed());
            let messages = match heard {
                Some(messages) => self.counted(&uids, messages, expunges)?,
                None => {
                    if let Some(ahead) = ahead.take() {
                        self.give_back(ahead, &mut below).await?;
                    }
                    self.fetch(&uids).await?
                }
            };
            let Some(stand) = stands.get_mut(at) else {
                return Ok(());
            };
            let waiting = ahead.as_ref().map_or(0, |ahead| ahead.uids.len());
            stand.left = (below.len() + waiting) as u64;
            stand.cursor.oldest_uid = match uids.first() {
                Some(lowest) if stand.left > 0 => *lowest,
                Some(_) | None => 1,
            };
            let batch = Batch {
                messages,
                ..stand.batch()
            };
            self.report(stand, batch).await?;
            if ahead.is_none() && self.session.has_grown() {
                self.newer(stand, None).await?;
            }
            self.say_progress(stands).await?;
            let due = ahead.is_none() && self.looked.elapsed() > pace::LOOK;
            if due && !self.look(stands, at).await? {
                return Ok(());
            }
        }
        let Some(stand) = stands.get_mut(at) else {
            return Ok(());
        };
        stand.cursor.oldest_uid = 1;
        self.finish(stand).await
    }

    /// Asks for the highest of these UIDs, and for news; `None` when there are none.
    async fn ask_below(&mut self, below: &mut Vec<u32>) -> Result<Option<Ahead>> {
        let uids = below.split_off(below.len().saturating_sub(self.pace.size()));
        let Some(range) = range(&uids) else {
            return Ok(None);
        };
        Ok(Some(Ahead {
            headers: self.session.ask_headers(range).await?,
            news: self.session.ask_news().await?,
            uids,
        }))
    }

    /// Lets an answer pass by; its messages are asked for again.
    async fn give_back(&mut self, ahead: Ahead, below: &mut Vec<u32>) -> Result<()> {
        self.session.headers(ahead.headers).await?;
        self.session.listen(ahead.news).await?;
        below.extend(ahead.uids);
        Ok(())
    }

    /// Looks for new mail in Junk and Inbox, so that it does not wait behind old mail, and opens
    /// the mailbox at `at` again; `false` when that is no longer the same mailbox.
    async fn look(&mut self, stands: &mut [Stand], at: usize) -> Result<bool> {
        for (other, stand) in stands.iter_mut().enumerate() {
            let first_of_all = matches!(stand.role, Role::Junk | Role::Inbox);
            if other == at || !first_of_all || stand.cursor.uidvalidity == 0 {
                continue;
            }
            let Some(opened) = self.session.examine(&stand.wire).await? else {
                continue;
            };
            let grown = opened
                .uidnext
                .is_none_or(|next| next - 1 > stand.cursor.newest_uid);
            if opened.uidvalidity == stand.cursor.uidvalidity && grown {
                self.newer(stand, opened.uidnext).await?;
            }
        }
        self.looked = Instant::now();
        match stands.get_mut(at) {
            Some(stand) => self.open_again(stand).await,
            None => Ok(false),
        }
    }

    /// Opens a mailbox that was read before in this reading, and reads what came in between;
    /// `false` when it is gone or has new UIDs: the next reading will begin it anew.
    async fn open_again(&mut self, stand: &mut Stand) -> Result<bool> {
        let opened = self.session.examine(&stand.wire).await?;
        let Some(opened) = opened.filter(|opened| opened.uidvalidity == stand.cursor.uidvalidity)
        else {
            stand.course = Course::Done;
            return Ok(false);
        };
        if opened
            .uidnext
            .is_some_and(|next| next - 1 > stand.cursor.newest_uid)
        {
            self.newer(stand, opened.uidnext).await?;
        }
        Ok(true)
    }

    /// The end of an open mailbox: what vanished is told where the numbers differ.
    async fn finish(&mut self, stand: &mut Stand) -> Result<()> {
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
    async fn existing(&mut self) -> Result<Vec<u32>> {
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
    async fn fetch(&mut self, uids: &[u32]) -> Result<Vec<Fetched>> {
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
    fn counted(
        &mut self,
        uids: &[u32],
        messages: Vec<Fetched>,
        expunges: u64,
    ) -> Result<Vec<Fetched>> {
        let silent = messages.is_empty() && self.session.expunges() == expunges;
        if silent && uids.len() >= pace::FIRST as usize {
            return Err(Fault::new(Code::ServerRefused).into());
        }
        self.read += messages.len() as u64;
        Ok(messages)
    }

    async fn report(&mut self, stand: &mut Stand, batch: Batch) -> Result<()> {
        stand.sightings += batch.messages.len() as u64;
        self.reports.batch(batch).await
    }

    async fn say_progress(&self, stands: &[Stand]) -> Result<()> {
        let open = stands.iter().filter(|stand| stand.course != Course::Done);
        let left: u64 = open.map(|stand| stand.left).sum();
        self.reports
            .progress(Progress {
                read: self.read,
                total: self.read + left,
            })
            .await
    }
}
