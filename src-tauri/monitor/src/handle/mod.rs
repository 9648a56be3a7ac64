//! The one handle over which window and terminal reach the monitor. `accounts` records them, and
//! `reading` reads them.

mod accounts;
mod reading;

use crate::actor::{Actor, Change, Event};
use crate::clock::Clock;
use crate::entrance::Entrance;
use crate::fault::{Code, Fault};
use crate::ledger::Picture;
use crate::mailbox::Progress;
use crate::scan::ReadingLock;
use crate::shell::{Shell, Topic};
use crate::store::Store;
use crate::vault::Vault;
use crate::words::{Lang, Words};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Instant;
use tokio::sync::{oneshot, watch};

/// What a monitor starts with.
#[derive(Clone)]
pub struct Start {
    /// The data folder.
    pub data: PathBuf,
    /// The clock.
    pub clock: Clock,
    /// The language; a setting in the ledger comes before it.
    pub lang: Lang,
    /// Where passwords are.
    pub vault: Arc<dyn Vault>,
    /// The program around it.
    pub shell: Arc<dyn Shell>,
    /// The zone of a new ledger by its IANA name; `None`: the system's.
    pub zone: Option<String>,
}

/// A running reading.
#[derive(Clone, Debug)]
pub struct Running {
    /// When it began.
    pub since: Instant,
    /// How far it is.
    pub progress: Progress,
    stop: Arc<watch::Sender<bool>>,
}

/// What lies ahead of an account that is kept up with.
#[derive(Clone, Copy, Debug)]
pub struct Prospect {
    /// When it is read again without news.
    pub next: Instant,
    /// New mail in it is heard of at once.
    pub listening: bool,
}

/// What is being done about accounts, by their numbers.
#[derive(Clone, Debug, Default)]
pub struct Activity {
    /// Those that are being read.
    pub running: BTreeMap<i64, Running>,
    /// Those that are kept up with.
    pub prospects: BTreeMap<i64, Prospect>,
}

struct Cached {
    reader: Store,
    picture: Option<(i64, i64, Arc<Picture>)>,
}

struct Inner {
    start: Start,
    entrance: Arc<Entrance>,
    lang: Arc<RwLock<Lang>>,
    events: Sender<Event>,
    actor: Mutex<Option<JoinHandle<()>>>,
    cached: Mutex<Cached>,
    running: Mutex<BTreeMap<i64, Running>>,
    prospects: Mutex<BTreeMap<i64, Prospect>>,
    lock: Mutex<Option<ReadingLock>>,
    speaks: Arc<AtomicBool>,
}

/// The monitor of one ledger. Clones share it; it ends with the last one.
#[derive(Clone)]
pub struct Handle(Arc<Inner>);

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Handle {
    /// Opens the ledger of a data folder, or makes it, and starts the actor.
    ///
    /// # Errors
    /// Those of [`Store::open`].
    pub fn open(start: Start) -> Result<Handle> {
        let mut store = Store::open(&start.data)?;
        if store.setting("zone")?.is_none() {
            let zone = start
                .zone
                .clone()
                .or_else(system_zone)
                .unwrap_or_else(|| "UTC".to_owned());
            store.keep_setting("zone", Some(&zone))?;
        }
        let chosen = store.setting("lang")?.and_then(|text| Lang::parse(&text));
        let lang = Arc::new(RwLock::new(chosen.unwrap_or(start.lang)));
        let reader = Store::reader(&start.data)?;
        let speaks = Arc::new(AtomicBool::new(false));
        let (events, inbox) = std::sync::mpsc::channel();
        let actor = Actor {
            store,
            clock: start.clock,
            lang: Arc::clone(&lang),
            shell: Arc::clone(&start.shell),
            speaks: Arc::clone(&speaks),
            recorded: BTreeMap::new(),
            failed: BTreeSet::new(),
            wants: BTreeMap::new(),
            edits: Vec::new(),
        };
        let thread = std::thread::Builder::new()
            .name("actor".into())
            .spawn(move || actor.run(&inbox))?;
        let entrance = Arc::new(Entrance::new(Arc::clone(&start.vault), start.clock));
        Ok(Handle(Arc::new(Inner {
            start,
            entrance,
            lang,
            events,
            actor: Mutex::new(Some(thread)),
            cached: Mutex::new(Cached {
                reader,
                picture: None,
            }),
            running: Mutex::default(),
            prospects: Mutex::default(),
            lock: Mutex::default(),
            speaks,
        })))
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.0.start.data
    }

    /// The clock.
    pub fn clock(&self) -> Clock {
        self.0.start.clock
    }

    /// What it was started with.
    pub fn start(&self) -> &Start {
        &self.0.start
    }

    /// The way into every account.
    pub(crate) fn entrance(&self) -> &Arc<Entrance> {
        &self.0.entrance
    }

    /// The words in the language in use.
    pub fn words(&self) -> &'static Words {
        Words::of(*self.0.lang.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Switches the language for good; `None` follows the system again.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn set_language(&self, lang: Option<Lang>) -> Result<()> {
        self.change(Change::Setting("lang", lang.map(|l| l.code().to_owned())))
            .await?;
        *self.0.lang.write().unwrap_or_else(PoisonError::into_inner) =
            lang.unwrap_or(self.0.start.lang);
        self.0
            .start
            .shell
            .changed(&[Topic::Settings, Topic::Overview, Topic::Addresses]);
        Ok(())
    }

    /// One consistent look at the ledger and what it says now. Computed once per change and minute.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn picture(&self) -> Result<Arc<Picture>> {
        let now = self.clock().now();
        let minute = now.as_second().div_euclid(60);
        let mut cached = locked(&self.0.cached);
        let version = cached.reader.data_version()?;
        if let Some((of, at, picture)) = &cached.picture
            && (*of, *at) == (version, minute)
        {
            return Ok(Arc::clone(picture));
        }
        let picture = Arc::new(Picture::of(&cached.reader, now)?);
        cached.picture = Some((version, minute, Arc::clone(&picture)));
        Ok(picture)
    }

    /// Reads the ledger.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn read<T>(&self, work: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        work(&locked(&self.0.cached).reader)
    }

    /// Makes a change and waits until it stands; returns the number of what it made.
    ///
    /// # Errors
    /// Those of the change.
    pub async fn change(&self, change: Change) -> Result<i64> {
        let (answer, answered) = oneshot::channel();
        self.0
            .events
            .send(Event::Change(change, answer))
            .map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    /// Keeps whether the user allows something ([`Store::allowed`]).
    pub(crate) async fn allow(&self, setting: &'static str, yes: bool) -> Result<()> {
        let word = if yes { "yes" } else { "no" };
        let change = Change::Setting(setting, Some(word.to_owned()));
        self.change(change).await.map(drop)
    }

    /// Computes flags now and says what is new.
    ///
    /// # Errors
    /// Those of SQLite.
    pub async fn assess(&self) -> Result<()> {
        let (done, said) = oneshot::channel();
        self.0
            .events
            .send(Event::Assess(done))
            .map_err(|_| gone())?;
        said.await.map_err(|_| gone())?
    }

    /// Makes this process the one reader, which also notifies.
    ///
    /// # Errors
    /// [`Code::AlreadyReading`]; after [`Handle::close`] there is no reader here.
    pub fn become_reader(&self) -> Result<()> {
        if locked(&self.0.actor).is_none() {
            return Err(gone().into());
        }
        let mut lock = locked(&self.0.lock);
        if lock.is_none() {
            *lock = Some(ReadingLock::take(self.data())?);
            self.0.speaks.store(true, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Readings that go on now, by account.
    pub fn running(&self) -> BTreeMap<i64, Running> {
        locked(&self.0.running).clone()
    }

    /// What is being done about the accounts.
    pub fn activity(&self) -> Activity {
        Activity {
            running: self.running(),
            prospects: locked(&self.0.prospects).clone(),
        }
    }

    /// Says what lies ahead of an account; of `None` nobody keeps up with it any more.
    pub(crate) fn expect(&self, account: i64, prospect: Option<Prospect>) {
        match prospect {
            Some(prospect) => locked(&self.0.prospects).insert(account, prospect),
            None => locked(&self.0.prospects).remove(&account),
        };
        self.0.start.shell.changed(&[Topic::Accounts]);
    }

    /// Asks a reading, or all of them, to stop; what was read is kept.
    pub fn stop(&self, account: Option<i64>) {
        for (id, running) in locked(&self.0.running).iter() {
            if account.is_none_or(|a| a == *id) {
                running.stop.send_replace(true);
            }
        }
    }

    /// Whether this is the same monitor, not another one of the same ledger.
    pub fn is(&self, other: &Handle) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Ends the actor and closes the ledger; another process may read mail from now on.
    pub fn close(&self) {
        self.stop(None);
        if self.0.events.send(Event::End).is_err() {
            tracing::debug!("the actor had ended already");
        }
        if let Some(actor) = locked(&self.0.actor).take()
            && actor.join().is_err()
        {
            tracing::warn!("the actor ended badly");
        }
        locked(&self.0.lock).take();
    }
}

fn gone() -> Fault {
    Fault::new(Code::Other).with("detail", "the ledger was closed")
}

/// The system's zone by its IANA name.
fn system_zone() -> Option<String> {
    jiff::tz::TimeZone::try_system()
        .ok()?
        .iana_name()
        .map(str::to_owned)
}
