//! The one task that owns all change. Everything that can happen to it is one closed enum; facts
//! are recorded in transactions, flags are computed again from facts, and what is new is said.

mod announce;
mod body;
mod change;
mod edit;
mod exposed;
mod import;
mod kind;
mod record;

pub use body::{ATTACHMENTS, List, Looked};
pub use change::{Change, DomainIs, Give};
pub use edit::Edit;
pub use import::{Import, known};
pub use kind::kind_of;
pub(crate) use record::receiver_of;

use crate::clock::{Clock, civil_day, day_number};
use crate::fault;
use crate::ledger::{Picture, zone_of};
use crate::mailbox::{Batch, Report, Want};
use crate::shell::{Shell, Topic};
use crate::store::Store;
use crate::words::Lang;
use announce::Voice;
use anyhow::Result;
use exposure::Wanted;
use exposure::mail::MessageFacts;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How long after a change the flags are computed again, so that many changes cost one assessment.
const SETTLE: Duration = Duration::from_millis(400);
/// While much changes, recording has this many times as long as assessing.
const RECORDING_SHARE: u32 = 4;
/// How often the ledger is looked at for changes by another process.
const LOOK: Duration = Duration::from_secs(1);

/// Everything that can happen to the monitor.
#[derive(Debug)]
pub enum Event {
    /// The user changes something.
    Change(Change, oneshot::Sender<Result<i64>>),
    /// A mail source reports; the account's number. Batches come as [`Event::Batch`].
    Report(i64, Report),
    /// A mail source read messages.
    Batch {
        /// The account's number.
        account: i64,
        /// What was fetched.
        batch: Batch,
        /// What the headers say, message by message.
        facts: Vec<MessageFacts>,
        /// Answered when facts and cursor are recorded.
        done: oneshot::Sender<Result<u64>>,
    },
    /// A part of a message was read, and what is needed of it.
    Looked {
        /// The ledger's number of the message.
        message: i64,
        /// What was wanted of it.
        what: Wanted,
        /// What was found.
        looked: Looked,
        /// Answered when what a rule makes of it is recorded.
        done: oneshot::Sender<Result<()>>,
    },
    /// The reading of an account ended. The answer comes after everything was said.
    ScanEnded {
        /// The account's number.
        account: i64,
        /// How it ended.
        outcome: std::result::Result<(), fault::Fault>,
        /// Answered when statements and incidents are recorded; says new messages and new junk.
        done: oneshot::Sender<Recorded>,
    },
    /// Compute and say now.
    Assess(oneshot::Sender<Result<()>>),
    /// The program ends.
    End,
}

/// What a scan added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Messages that were not in the ledger before.
    pub messages_new: u64,
    /// Those of them judged junk.
    pub junk_new: u64,
}

/// The actor with what it owns.
pub(crate) struct Actor {
    /// The writing connection.
    pub store: Store,
    /// The clock.
    pub clock: Clock,
    /// The language of notifications.
    pub lang: Arc<RwLock<Lang>>,
    /// The program around it.
    pub shell: Arc<dyn Shell>,
    /// This process reads mail and notifies.
    pub speaks: Arc<std::sync::atomic::AtomicBool>,
    /// What the running scans added, by account.
    pub recorded: BTreeMap<i64, Recorded>,
    /// Accounts of whose running scan something could not be recorded.
    pub failed: BTreeSet<i64>,
    /// Messages of which a part is still to be read in the running scans, by account.
    pub wants: BTreeMap<i64, VecDeque<Want>>,
    /// What the user edited in this run and can take back, oldest first.
    pub edits: edit::Edits,
}

impl Actor {
    /// Works until the program ends or everyone who could send is gone.
    pub fn run(mut self, events: &Receiver<Event>) {
        let mut changed_at: Option<Instant> = None;
        let mut settle = SETTLE;
        let mut version = self.store.data_version().unwrap_or(0);
        let now = self.now();
        let expired = self.store.expire_evidence(now);
        if let Err(error) = expired.and_then(|()| self.store.forget_answers(now)) {
            tracing::warn!("what is too old stays: {error:#}");
        }
        if let Err(error) = self.pick_by_subject() {
            tracing::warn!("subjects of before were not looked at: {error:#}");
        }
        loop {
            let wait = changed_at.map_or(LOOK, |at| settle.saturating_sub(at.elapsed()));
            match events.recv_timeout(wait) {
                Ok(Event::End) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(event) => match self.happened(event) {
                    After::Nothing => {}
                    After::Change => {
                        changed_at.get_or_insert_with(Instant::now);
                    }
                    After::Look => changed_at = None,
                },
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = self.store.data_version().unwrap_or(version);
            if now != version {
                version = now;
                changed_at.get_or_insert_with(Instant::now);
            }
            if changed_at.is_some_and(|at| at.elapsed() >= settle) {
                changed_at = None;
                let began = Instant::now();
                self.speak(Voice::Aloud);
                settle = SETTLE.max(began.elapsed() * RECORDING_SHARE);
            }
        }
        if let Err(error) = self.store.checkpoint() {
            tracing::debug!("the log of the ledger stays: {error:#}");
        }
    }

    /// UTC seconds.
    fn now(&self) -> i64 {
        self.clock.now().as_second()
    }

    /// The civil day number of an instant in the ledger's zone; today for one outside all calendars.
    fn day(&self, instant: i64) -> i64 {
        let zone = zone_of(&self.store);
        let today = || zone.to_datetime(self.clock.now()).date();
        day_number(civil_day(instant, &zone).unwrap_or_else(today))
    }

    /// Takes one event.
    fn happened(&mut self, event: Event) -> After {
        match event {
            Event::Change(change, answer) => {
                let outcome = self.change(change);
                let changed = outcome.is_ok();
                reply(answer, outcome);
                if !changed {
                    return After::Nothing;
                }
                self.speak(Voice::Aloud);
                After::Look
            }
            Event::Report(account, report) => self.report(account, report),
            Event::Batch {
                account,
                batch,
                facts,
                done,
            } => {
                let outcome =
                    self.unless_failed(account, |actor| actor.record(account, &batch, &facts));
                let after = After::of(&outcome);
                reply(done, outcome);
                after
            }
            Event::Looked {
                message,
                what,
                looked,
                done,
            } => {
                let outcome = self.looked(message, what, looked);
                let after = After::of(&outcome);
                reply(done, outcome);
                after
            }
            Event::ScanEnded {
                account,
                outcome,
                done,
            } => {
                self.failed.remove(&account);
                self.wants.remove(&account);
                self.scan_ended(account, outcome);
                reply(done, self.recorded.remove(&account).unwrap_or_default());
                After::Look
            }
            Event::Assess(done) => {
                let outcome = self.announce(Voice::Aloud);
                reply(done, outcome.map(drop));
                After::Look
            }
            Event::End => After::Nothing,
        }
    }

    /// Records something of a scan, unless something before it could not be recorded: the cursor
    /// would pass over what is missing.
    fn unless_failed<T>(
        &mut self,
        account: i64,
        record: impl FnOnce(&mut Actor) -> Result<T>,
    ) -> Result<T> {
        anyhow::ensure!(
            !self.failed.contains(&account),
            "what came before was not recorded"
        );
        let outcome = record(self);
        if outcome.is_err() {
            self.failed.insert(account);
        }
        outcome
    }

    fn report(&mut self, account: i64, report: Report) -> After {
        match report {
            Report::Listed(listed, answer) => {
                match self
                    .store
                    .transaction(|store| store.listed(account, &listed))
                {
                    Ok(known) => reply(answer, known),
                    // Without an answer the source ends; the next scan meets the same fault and says it.
                    Err(error) => tracing::warn!("mailboxes not recorded: {error:#}"),
                }
                After::Change
            }
            Report::Batch(_, answer) => {
                reply(answer, Err(anyhow::anyhow!("a batch without its facts")));
                After::Nothing
            }
            Report::Wanted(answer) => {
                let wanted = self.wanted(account).unwrap_or_else(|error| {
                    tracing::warn!("no part of a message is asked for: {error:#}");
                    None
                });
                reply(answer, wanted);
                After::Nothing
            }
            Report::Body(_, answer) => {
                reply(answer, Err(anyhow::anyhow!("a body that nobody looked at")));
                After::Nothing
            }
            Report::Complete(complete, answer) => {
                let outcome =
                    self.unless_failed(account, |actor| actor.complete(account, &complete));
                let after = After::of(&outcome);
                reply(answer, outcome);
                after
            }
            Report::Progress(_) => After::Nothing,
        }
    }

    fn scan_ended(&mut self, account: i64, outcome: std::result::Result<(), fault::Fault>) {
        let now = self.now();
        let first = match self.store.account(&account.to_string()) {
            Ok(facts) => facts.backfilled_at.is_none(),
            Err(_) => return,
        };
        let kept = match &outcome {
            Ok(()) => self.store.account_scanned(account, now),
            Err(fault) if fault.code == fault::Code::Stopped => Ok(()),
            Err(fault) => {
                let text = serde_json::json!({ "code": fault.code.word(), "params": fault.params, "at": now }).to_string();
                self.store.account_fault(account, Some(&text))
            }
        };
        let first_ended = first && outcome.is_ok();
        let kept = kept
            .and_then(|()| self.store.forget_between_people())
            .and_then(|()| self.store.forget_answers(now))
            .and_then(|()| match first_ended {
                true => self.store.tell_of_misfiled(),
                false => Ok(()),
            });
        if let Err(error) = kept {
            tracing::warn!("the end of a scan was not recorded: {error:#}");
        }
        // What a first reading found stands in its summary alone.
        let voice = match first_ended {
            true => Voice::Silent,
            false => Voice::Aloud,
        };
        let picture = self.speak(voice);
        if first_ended && let Some(picture) = picture {
            self.first_reading_done(&picture);
        }
    }

    /// Assesses, says what is new, and tells every screen.
    fn speak(&mut self, voice: Voice) -> Option<Picture> {
        let picture = self.announce(voice).unwrap_or_else(|error| {
            tracing::warn!("not assessed: {error:#}");
            None
        });
        self.shell.changed(&[
            Topic::Overview,
            Topic::Addresses,
            Topic::Services,
            Topic::Accounts,
            Topic::Incidents,
            Topic::Settings,
        ]);
        picture
    }
}

/// What an event leaves to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// Facts are as they were.
    Nothing,
    /// Facts changed, and nobody has looked at them yet.
    Change,
    /// The facts were looked at, with every change so far.
    Look,
}

impl After {
    fn of<T>(recorded: &Result<T>) -> After {
        match recorded {
            Ok(_) => After::Change,
            Err(_) => After::Nothing,
        }
    }
}

/// Answers; nobody waits any more when the asker is gone.
fn reply<T>(answer: oneshot::Sender<T>, value: T) {
    if answer.send(value).is_err() {
        tracing::debug!("nobody waits for this answer any more");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::mailbox::{Cursor, Gone, Listed};
    use crate::store::{Entry, NewAccount};
    use exposure::Role;

    struct Silent;

    impl Shell for Silent {
        fn changed(&self, _topics: &[Topic]) {}
        fn notify(&self, _notice: crate::shell::Notice) {}
    }

    #[test]
    fn nothing_is_recorded_after_a_batch_that_could_not_be() {
        let folder = tempfile::tempdir().unwrap();
        let mut actor = Actor {
            store: Store::open(folder.path()).unwrap(),
            clock: Clock::Fixed(jiff::Timestamp::UNIX_EPOCH),
            lang: Arc::new(RwLock::new(Lang::En)),
            shell: Arc::new(Silent),
            speaks: Arc::default(),
            recorded: BTreeMap::new(),
            failed: BTreeSet::new(),
            wants: BTreeMap::new(),
            edits: Vec::new(),
        };
        let account = NewAccount {
            name: "made up".into(),
            entry: Entry::Archive {
                path: "made up".into(),
            },
            separator: '+',
        };
        let account = actor.store.add_account(&account, 0).unwrap();
        let listed = [Listed {
            name: "INBOX".into(),
            role: Role::Inbox,
        }];
        actor.store.listed(account, &listed).unwrap();
        let mut batch = |mailbox: &str, oldest_uid: u32| {
            let (done, answer) = oneshot::channel();
            let batch = Batch {
                mailbox: mailbox.into(),
                messages: Vec::new(),
                marks: Vec::new(),
                gone: Gone::Unknown,
                cursor: Cursor {
                    uidvalidity: 1,
                    oldest_uid,
                    newest_uid: 9,
                    modseq: 0,
                },
                restart: false,
            };
            actor.happened(Event::Batch {
                account,
                batch,
                facts: Vec::new(),
                done,
            });
            answer.blocking_recv().unwrap().is_ok()
        };
        assert!(batch("INBOX", 7));
        assert!(!batch("of no list", 5), "it cannot be recorded");
        assert!(!batch("INBOX", 3), "its cursor would pass over the last");
        let (done, answer) = oneshot::channel();
        actor.happened(Event::ScanEnded {
            account,
            outcome: Ok(()),
            done,
        });
        answer.blocking_recv().unwrap();
        let known = actor.store.listed(account, &listed).unwrap();
        assert_eq!(known[0].cursor.oldest_uid, 7);
    }
}
