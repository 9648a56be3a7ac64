//! The order of reading: new mail first, Junk before Inbox before the rest; then back in time,
//! looking for new mail on the way. Every batch waits until the ledger has it.

use super::session::{Opened, Session};
use crate::fault::{Code, Fault};
use crate::mailbox::{Batch, Complete, Cost, Cursor, Known, Listed, Login, Progress, Report};
use anyhow::{Context, Result};
use exposure::Role;
use tokio::sync::{mpsc, oneshot, watch};

/// Messages of the first batch, so that something stands on the screen soon, and of later ones.
const FIRST_BATCH: usize = 200;
const BATCH: usize = 1000;
/// After how many batches of old mail new mail is looked for.
const LOOK_AFTER: usize = 4;
/// Without CONDSTORE, marks of messages of these last days are asked for again.
const MARKS_BACK: i64 = 60;

/// Connects, logs in and lists the mailboxes.
///
/// # Errors
/// Those of the connection, see [`crate::fault::Code`].
pub async fn check(login: &Login) -> Result<Vec<Listed>> {
    let mut session = Session::open(login).await?;
    let listed = session.list().await?;
    session.close().await;
    Ok(listed)
}

/// Reads what is new in every mailbox, to the end.
///
/// # Errors
/// Those of the connection, and [`Code::Stopped`]; what was answered before is in the ledger.
pub async fn read(login: &Login, out: mpsc::Sender<Report>, stop: watch::Receiver<bool>) -> Result<Cost> {
    let mut session = Session::open(login).await?;
    let mut reading = Reading { session: &mut session, out, stop, progress: Progress::default(), cost: Cost::default() };
    let outcome = reading.all().await;
    let mut cost = reading.cost;
    cost.bytes_in = session.bytes_in();
    cost.round_trips = session.round_trips();
    session.close().await;
    outcome.map(|()| cost)
}

/// One mailbox on its way.
struct Place {
    known: Known,
    opened: Opened,
    /// Existing UIDs below the cursor that are still to be read, ascending.
    older: Vec<u32>,
    complete: bool,
}

struct Reading<'a> {
    session: &'a mut Session,
    out: mpsc::Sender<Report>,
    stop: watch::Receiver<bool>,
    progress: Progress,
    cost: Cost,
}

/// Junk first, then Inbox, then what tells people from strangers, then the rest.
const fn order(role: Role) -> u8 {
    match role {
        Role::Junk => 0,
        Role::Inbox => 1,
        Role::Sent => 2,
        Role::Archive => 3,
        Role::Other => 4,
        Role::Trash => 5,
        Role::All => 6,
        Role::Drafts => 7,
    }
}

impl Reading<'_> {
    async fn all(&mut self) -> Result<()> {
        let listed = self.session.list().await?;
        let (answer, answered) = oneshot::channel();
        self.say(Report::Listed(listed, answer)).await?;
        let mut known = answered.await.context("the ledger was closed")?;
        known.retain(|k| k.role != Role::Drafts);
        known.sort_by_key(|k| order(k.role));
        let mut places = Vec::new();
        for one in known {
            match self.news(one).await {
                Ok(place) => places.push(place),
                // A mailbox that the server refuses to open is left out; the rest goes on.
                Err(error) if crate::fault::of(&error).code == Code::ServerRefused => tracing::info!("a mailbox cannot be opened"),
                Err(error) => return Err(error),
            }
        }
        self.progress.total = self.progress.read + places.iter().map(|p| p.older.len() as u64).sum::<u64>();
        self.say(Report::Progress(self.progress)).await?;
        for at in 0..places.len() {
            self.backfill(&mut places, at).await?;
        }
        Ok(())
    }

    /// Opens a mailbox and reads what is above the cursor; of one never read, the newest batch.
    async fn news(&mut self, mut known: Known) -> Result<Place> {
        let opened = self.session.examine(&known.name).await?;
        let restart = known.cursor.uidvalidity != opened.uidvalidity;
        if restart {
            known.cursor = Cursor { uidvalidity: opened.uidvalidity, ..Cursor::default() };
            known.sightings = 0;
        }
        let mut place = Place { known, opened, older: Vec::new(), complete: false };
        if place.opened.exists == 0 {
            let existing = (restart || place.known.sightings > 0).then(Vec::new);
            place.known.cursor.newest_uid = place.opened.uidnext.saturating_sub(1);
            place.known.cursor.oldest_uid = 1;
            if existing.is_some() {
                self.record(&mut place, &[], Vec::new(), existing, restart).await?;
            }
        } else if place.known.cursor.newest_uid == 0 {
            place.older = self.session.search("ALL").await?;
            let newest = place.older.split_off(place.older.len().saturating_sub(FIRST_BATCH));
            place.known.cursor.newest_uid = newest.last().copied().unwrap_or(0);
            place.known.cursor.oldest_uid = newest.first().copied().unwrap_or(1);
            place.known.cursor.modseq = place.opened.modseq;
            self.record(&mut place, &newest, Vec::new(), None, true).await?;
        } else {
            self.changes(&mut place).await?;
        }
        if place.older.is_empty() {
            self.complete(&mut place).await?;
        }
        Ok(place)
    }

    /// What changed in a mailbox that was read before: marks, new mail, and what vanished.
    async fn changes(&mut self, place: &mut Place) -> Result<()> {
        let cursor = place.known.cursor;
        let has_new = place.opened.uidnext > cursor.newest_uid.saturating_add(1);
        let same_count = place.opened.exists == place.known.sightings;
        let unchanged = place.opened.modseq != 0 && place.opened.modseq == cursor.modseq;
        if unchanged && !has_new && same_count && !place.known.backfill {
            return Ok(());
        }
        let new = if has_new { self.session.search(&format!("UID {}:*", cursor.newest_uid + 1)).await? } else { Vec::new() };
        // `n:*` names the last message even where none is above n.
        let new: Vec<u32> = new.into_iter().filter(|uid| *uid > cursor.newest_uid).collect();
        let marks = match (cursor.modseq, place.opened.modseq) {
            (_, 0) => self.recent_marks(cursor).await?,
            (before, now) if before == now => Vec::new(),
            (before, _) => self.session.marks(&format!("1:{}", cursor.newest_uid), before).await?,
        };
        place.known.cursor.modseq = place.opened.modseq;
        for chunk in new.chunks(BATCH) {
            place.known.cursor.newest_uid = chunk.last().copied().unwrap_or(place.known.cursor.newest_uid);
            self.record(place, chunk, Vec::new(), None, false).await?;
        }
        let known_now = place.known.sightings;
        let existing = if place.known.backfill || known_now != place.opened.exists {
            Some(self.session.search("ALL").await?)
        } else {
            None
        };
        if place.known.backfill {
            let all = existing.as_deref().unwrap_or_default();
            place.older = all.iter().copied().filter(|uid| *uid < place.known.cursor.oldest_uid).collect();
        }
        let vanished = existing.filter(|_| !place.known.backfill);
        if !marks.is_empty() || vanished.is_some() {
            self.record(place, &[], marks, vanished, false).await?;
        }
        Ok(())
    }

    async fn recent_marks(&mut self, cursor: Cursor) -> Result<Vec<(u32, crate::mailbox::Mark)>> {
        let since = jiff::Timestamp::now().as_second() - MARKS_BACK * 86_400;
        let since = jiff::Timestamp::from_second(since)?.to_zoned(jiff::tz::TimeZone::UTC);
        let recent = self.session.search(&format!("SINCE {}", since.strftime("%d-%b-%Y"))).await?;
        let known: Vec<u32> = recent.into_iter().filter(|uid| *uid <= cursor.newest_uid).collect();
        match (known.first(), known.last()) {
            (Some(first), Some(last)) => self.session.marks(&format!("{first}:{last}"), 0).await,
            (_, _) => Ok(Vec::new()),
        }
    }

    /// Reads a mailbox back in time, newest first.
    async fn backfill(&mut self, places: &mut [Place], at: usize) -> Result<()> {
        let mut batches = 0;
        loop {
            let Some(place) = places.get_mut(at) else { return Ok(()) };
            if place.older.is_empty() {
                break;
            }
            if batches == 0 {
                place.opened = self.session.examine(&place.known.name).await?;
            }
            let chunk = place.older.split_off(place.older.len().saturating_sub(BATCH));
            place.known.cursor.oldest_uid = chunk.first().copied().unwrap_or(place.known.cursor.oldest_uid);
            self.record(place, &chunk, Vec::new(), None, false).await?;
            batches += 1;
            if batches == LOOK_AFTER {
                batches = 0;
                self.look_again(places).await?;
            }
        }
        match places.get_mut(at) {
            Some(place) if !place.complete => self.complete(place).await,
            Some(_) | None => Ok(()),
        }
    }

    /// New mail is never behind old mail: Junk and Inbox are looked at on the way.
    async fn look_again(&mut self, places: &mut [Place]) -> Result<()> {
        for place in places.iter_mut().filter(|p| matches!(p.known.role, Role::Junk | Role::Inbox)) {
            place.opened = self.session.examine(&place.known.name).await?;
            let newest = place.known.cursor.newest_uid;
            if place.opened.uidnext <= newest.saturating_add(1) {
                continue;
            }
            let new = self.session.search(&format!("UID {}:*", newest + 1)).await?;
            let new: Vec<u32> = new.into_iter().filter(|uid| *uid > newest).collect();
            if let Some(last) = new.last() {
                place.known.cursor.newest_uid = *last;
                self.record(place, &new, Vec::new(), None, false).await?;
            }
        }
        Ok(())
    }

    /// Fetches header lines and waits until they and the cursor are in the ledger.
    async fn record(
        &mut self,
        place: &mut Place,
        uids: &[u32],
        marks: Vec<(u32, crate::mailbox::Mark)>,
        existing: Option<Vec<u32>>,
        restart: bool,
    ) -> Result<()> {
        if *self.stop.borrow() {
            return Err(Fault::new(Code::Stopped).into());
        }
        let messages = if uids.is_empty() { Vec::new() } else { self.session.headers(uids).await? };
        place.known.sightings += messages.len() as u64;
        self.cost.messages_seen += messages.len() as u64;
        self.progress.read += messages.len() as u64;
        self.progress.total = self.progress.total.max(self.progress.read);
        let batch = Batch { mailbox: place.known.name.clone(), messages, marks, existing, cursor: place.known.cursor, restart };
        let (answer, answered) = oneshot::channel();
        self.say(Report::Batch(batch, answer)).await?;
        answered.await.context("the ledger was closed")??;
        self.say(Report::Progress(self.progress)).await
    }

    async fn complete(&mut self, place: &mut Place) -> Result<()> {
        place.complete = true;
        let complete =
            Complete { mailbox: place.known.name.clone(), messages: place.opened.exists, cursor: place.known.cursor };
        let (answer, answered) = oneshot::channel();
        self.say(Report::Complete(complete, answer)).await?;
        answered.await.context("the ledger was closed")?
    }

    async fn say(&self, report: Report) -> Result<()> {
        self.out.send(report).await.map_err(|_| anyhow::anyhow!("the ledger was closed"))
    }
}
