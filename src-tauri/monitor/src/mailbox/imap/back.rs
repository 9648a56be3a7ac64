//! Older mail: back in time from the cursor, newest first.

use super::outstanding::Asked;
use super::read::{Reading, range};
use super::shelf::End;
use super::stand::{Course, Stand};
use crate::mailbox::Batch;
use anyhow::Result;
use tokio::time::Instant;

/// Messages that were asked for and not heard yet.
struct Ahead {
    /// Ascending, at least one; no others exist in between.
    uids: Vec<u32>,
    headers: Asked,
    news: Asked,
}

impl Reading {
    /// Reads the older mail of every mailbox on the shelf. A mailbox that cannot be read on is
    /// put back as it stands.
    pub(super) async fn run_back(&mut self, end: End) -> Result<()> {
        while let Some((at, mut stand)) = self.shelf.take_next(end) {
            let outcome = self.back(at, &mut stand).await;
            self.shelf.put(at, stand);
            outcome?;
        }
        Ok(())
    }

    /// Messages below the cursor, downwards to the oldest. The next batch is asked for before the
    /// present one is heard, so that the server works while this one is read.
    async fn back(&mut self, at: usize, stand: &mut Stand) -> Result<()> {
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
            if !self.session.has_grown() && !self.shelf.is_due() {
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
            self.shelf.note(at, stand);
            self.say_progress().await?;
            if ahead.is_none() && self.shelf.take_turn() {
                self.look().await?;
                if !self.open_again(stand).await? {
                    return Ok(());
                }
            }
        }
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

    /// Looks for new mail in Junk and Inbox, so that it does not wait behind old mail.
    async fn look(&mut self) -> Result<()> {
        for at in self.shelf.first_of_all() {
            let Some(mut stand) = self.shelf.take(at) else {
                continue;
            };
            let looked = self.look_at(&mut stand).await;
            self.shelf.put(at, stand);
            looked?;
        }
        Ok(())
    }

    async fn look_at(&mut self, stand: &mut Stand) -> Result<()> {
        if stand.cursor.uidvalidity == 0 {
            return Ok(());
        }
        let Some(opened) = self.session.examine(&stand.wire).await? else {
            return Ok(());
        };
        let grown = opened
            .uidnext
            .is_none_or(|next| next - 1 > stand.cursor.newest_uid);
        if opened.uidvalidity == stand.cursor.uidvalidity && grown {
            self.newer(stand, opened.uidnext).await?;
        }
        Ok(())
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
}
