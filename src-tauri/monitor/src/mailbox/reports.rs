//! A source's end of the channel of reports.

use super::{Batch, Body, Complete, Known, Listed, Progress, Report, Want};
use crate::fault::{Code, Fault};
use anyhow::Result;
use std::collections::VecDeque;
use tokio::sync::{mpsc, oneshot};

/// Batches that may be under way while the source fetches the next: one is recorded while the
/// headers of the other are read.
const UNDER_WAY: usize = 2;

/// Sends reports in order. Batches under way are awaited before anything else is reported, and
/// none is recorded after one that could not be, so that no fact overtakes another.
pub(super) struct Reports {
    out: mpsc::Sender<Report>,
    unanswered: VecDeque<oneshot::Receiver<Result<u64>>>,
}

impl Reports {
    pub(super) const fn new(out: mpsc::Sender<Report>) -> Reports {
        Reports {
            out,
            unanswered: VecDeque::new(),
        }
    }

    /// Tells which mailboxes there are; returns what the ledger knows of each.
    pub(super) async fn listed(&mut self, listed: Vec<Listed>) -> Result<Vec<Known>> {
        let (answer, known) = oneshot::channel();
        self.send(Report::Listed(listed, answer)).await?;
        known.await.map_err(|_| gone())
    }

    /// Reports a batch. Returns as soon as the batch before the last is in the ledger.
    pub(super) async fn batch(&mut self, batch: Batch) -> Result<()> {
        while self.unanswered.len() >= UNDER_WAY {
            self.answer().await?;
        }
        let (answer, recorded) = oneshot::channel();
        self.send(Report::Batch(batch, answer)).await?;
        self.unanswered.push_back(recorded);
        Ok(())
    }

    /// Reports the end of a mailbox and waits until the ledger has it.
    pub(super) async fn complete(&mut self, complete: Complete) -> Result<()> {
        self.settle().await?;
        let (answer, recorded) = oneshot::channel();
        self.send(Report::Complete(complete, answer)).await?;
        recorded.await.map_err(|_| gone())?
    }

    /// Waits until everything that was reported is in the ledger; says how many known messages
    /// went away with the last batch.
    pub(super) async fn settle(&mut self) -> Result<u64> {
        let mut went_away = 0;
        while !self.unanswered.is_empty() {
            went_away = self.answer().await?;
        }
        Ok(went_away)
    }

    /// Waits for the answer to the first batch under way.
    async fn answer(&mut self) -> Result<u64> {
        match self.unanswered.pop_front() {
            Some(recorded) => recorded.await.map_err(|_| gone())?,
            None => Ok(0),
        }
    }

    /// Asks of which message a part is to be read next.
    pub(super) async fn wanted(&mut self) -> Result<Option<Want>> {
        self.settle().await?;
        let (answer, wanted) = oneshot::channel();
        self.send(Report::Wanted(answer)).await?;
        wanted.await.map_err(|_| gone())
    }

    /// Hands over what was wanted of a message and waits until what a rule makes of it is in the
    /// ledger.
    pub(super) async fn body(&mut self, body: Body) -> Result<()> {
        let (answer, kept) = oneshot::channel();
        self.send(Report::Body(body, answer)).await?;
        kept.await.map_err(|_| gone())?
    }

    /// Says how far the reading is.
    pub(super) async fn progress(&self, progress: Progress) -> Result<()> {
        self.send(Report::Progress(progress)).await
    }

    async fn send(&self, report: Report) -> Result<()> {
        self.out.send(report).await.map_err(|_| gone())
    }
}

/// Nobody records any more: the source has no reason to go on.
fn gone() -> anyhow::Error {
    Fault::new(Code::Stopped).into()
}
