//! What stands behind the window: the user's ledger, or the sample in its place.

use super::export::Exports;
use crate::backup::{self, Restored};
use crate::catalogue::fetch;
use crate::clock::civil_day;
use crate::discovery::Places;
use crate::fault::{Code, Fault};
use crate::handle::{Handle, Start};
use crate::mailbox::thunderbird::{self, FoundAccount};
use crate::sample;
use crate::secret::Secret;
use crate::shell::Topic;
use crate::whole::Place;
use anyhow::Result;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::oneshot;

/// Asks the user for a file or folder through the system's own dialog, which asks by itself whether
/// a file that is there may go.
pub type Picker =
    dyn Fn(Pick) -> Pin<Box<dyn Future<Output = Option<PathBuf>> + Send>> + Send + Sync;

/// What the system's dialog asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A file that is there.
    File,
    /// A folder.
    Folder,
    /// Where a file is to be written; the name is a proposal.
    Save(&'static str),
}

/// The ledger that the window shows now.
pub struct Desk {
    user: Start,
    open: RwLock<(Handle, bool)>,
    picker: Box<Picker>,
    places: Places,
    lists: fetch::Places,
    /// Dropped when the user no longer waits for a sign-in.
    waiting: Mutex<Option<oneshot::Sender<()>>>,
    pub(super) exports: Exports,
    /// Where other programs keep their mail; `None`: where this system has them.
    home: Option<PathBuf>,
}

/// How often it is looked whether another ledger is shown, and whether another reader is done.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Seed of the sample that tells the story.
pub const STORY_SEED: u64 = sample::DEFAULT_SEED;

/// Where the sample lies: never mixed with the user's own.
pub fn sample_folder(data: &Path) -> PathBuf {
    data.join("sample")
}

impl Desk {
    /// Opens the user's ledger.
    ///
    /// # Errors
    /// Those of [`Handle::open`].
    pub fn open(user: Start, picker: Box<Picker>) -> Result<Desk> {
        let handle = Handle::open(user.clone())?;
        Ok(Desk {
            user,
            open: RwLock::new((handle, false)),
            picker,
            places: Places::of(|name| std::env::var(name).ok()),
            lists: fetch::Places::of(|name| std::env::var(name).ok()),
            waiting: Mutex::new(None),
            exports: Exports::default(),
            home: None,
        })
    }

    /// The same desk with the mail of other programs below another folder than the user's own.
    pub fn with_home(self, home: PathBuf) -> Desk {
        Desk {
            home: Some(home),
            ..self
        }
    }

    /// The same desk with the public lists of breaches at other places.
    pub fn with_lists(self, lists: fetch::Places) -> Desk {
        Desk { lists, ..self }
    }

    /// The accounts of other programs on this PC.
    pub(super) async fn found(&self) -> Result<Vec<FoundAccount>> {
        let home = self.home.clone();
        let look = move || match &home {
            Some(home) => thunderbird::accounts(home, None),
            None => crate::system::thunderbird(),
        };
        Ok(tokio::task::spawn_blocking(look).await?)
    }

    /// The monitor of the ledger that is shown.
    pub fn handle(&self) -> Handle {
        self.open
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .0
            .clone()
    }

    /// Whether the sample is shown.
    pub fn is_sample(&self) -> bool {
        self.open.read().unwrap_or_else(PoisonError::into_inner).1
    }

    /// Where servers of unknown domains are asked for.
    pub(super) fn places(&self) -> &Places {
        &self.places
    }

    /// Where public lists of breaches are asked for.
    pub(super) fn lists(&self) -> &fetch::Places {
        &self.lists
    }

    /// Opens a page in the user's browser.
    pub(super) fn opener(&self) -> impl Fn(&str) -> Result<()> + Send + Sync + use<> {
        let shell = Arc::clone(&self.user.shell);
        move |page: &str| shell.open(page)
    }

    /// Does what waits for the user's browser, until [`Desk::stop_waiting`] or the next wait.
    ///
    /// # Errors
    /// Those of the work, and [`Code::Stopped`].
    pub(super) async fn waiting<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let (waits, stopped) = oneshot::channel();
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(waits);
        tokio::select! {
            done = work => done,
            _ = stopped => Err(Fault::new(Code::Stopped).into()),
        }
    }

    /// Ends the wait for the user's browser.
    pub(super) fn stop_waiting(&self) {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }

    pub(super) async fn pick(&self, what: Pick) -> Option<PathBuf> {
        (self.picker)(what).await
    }

    /// Reads an account, or all, in the background.
    pub fn scan(&self, account: Option<i64>) {
        let handle = self.handle();
        let names: Vec<String> = account.iter().map(ToString::to_string).collect();
        tokio::spawn(async move {
            if let Err(error) = handle.scan(&names, &|_, _| {}).await {
                tracing::warn!("not read: {error:#}");
            }
        });
    }

    /// Keeps up with the user's mailboxes until the future is dropped. While the sample is shown
    /// nothing is read; while another process reads, it is tried again now and then.
    pub async fn keep_reading(&self) {
        loop {
            let handle = self.handle();
            if !self.is_sample() {
                tokio::select! {
                    ended = handle.watch(&|_, _| {}, &|_| {}) => if let Err(error) = ended {
                        tracing::warn!("not read: {error:#}");
                    },
                    () = self.until_another(&handle) => {}
                }
            }
            // Whoever shows the ledger next must find it free.
            drop(handle);
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    async fn until_another(&self, handle: &Handle) {
        while self.handle().is(handle) {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Makes the sample anew and shows it in place of the user's ledger.
    ///
    /// # Errors
    /// Those of writing and reading the sample.
    pub async fn open_sample(&self) -> Result<()> {
        if self.is_sample() {
            return Ok(());
        }
        let folder = sample_folder(&self.user.data);
        let handle = make_sample(&self.user, &folder, STORY_SEED).await?;
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = (handle, true);
        self.told();
        Ok(())
    }

    /// Shows the user's own ledger again; the sample is gone.
    ///
    /// # Errors
    /// Those of removing its folder.
    pub fn leave_sample(&self) -> Result<()> {
        if !self.is_sample() {
            return Ok(());
        }
        let own = Handle::open(self.user.clone())?;
        let (sample, _) = std::mem::replace(
            &mut *self.open.write().unwrap_or_else(PoisonError::into_inner),
            (own, false),
        );
        sample.close();
        let folder = sample_folder(&self.user.data);
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        self.told();
        Ok(())
    }

    /// Writes a backup of the user's ledger where the user says; the path, or `None` where the user
    /// says nowhere.
    ///
    /// # Errors
    /// Those of [`backup::back_up`]; the sample is nothing to keep.
    pub(super) async fn back_up(&self, passphrase: Secret) -> Result<Option<PathBuf>> {
        let data = self.own()?.data().to_owned();
        let Some(path) = self.pick(Pick::Save("atesaki.age")).await else {
            return Ok(None);
        };
        let to = path.clone();
        let work = move || backup::back_up(&data, &to, &passphrase, Place::Any);
        tokio::task::spawn_blocking(work).await??;
        Ok(Some(path))
    }

    /// Puts a backup in the place of the user's ledger and shows it.
    ///
    /// # Errors
    /// Those of [`backup::unpack`] and [`backup::Unpacked::put`]; the ledger is as it was then.
    pub(super) async fn restore(&self, path: PathBuf, passphrase: Secret) -> Result<Restored> {
        let shown = self.own()?;
        let user = self.user.clone();
        let work = move || {
            let unpacked = backup::unpack(&user.data, &path, &passphrase)?;
            // Whoever takes the ledger's place must find it free.
            shown.close();
            let outcome = unpacked.put(&user.data, user.vault.as_ref());
            Ok::<_, anyhow::Error>((Handle::open(user)?, outcome))
        };
        let (handle, outcome) = tokio::task::spawn_blocking(work).await??;
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = (handle, false);
        self.told();
        outcome
    }

    /// The monitor of the user's own ledger, where that is shown.
    pub(super) fn own(&self) -> Result<Handle> {
        anyhow::ensure!(!self.is_sample(), "the sample is shown");
        Ok(self.handle())
    }

    /// Tells the page what changed.
    pub(super) fn tell(&self, topics: &[Topic]) {
        self.user.shell.changed(topics);
    }

    fn told(&self) {
        self.tell(&[
            Topic::Overview,
            Topic::Addresses,
            Topic::Services,
            Topic::Accounts,
            Topic::Incidents,
            Topic::Settings,
        ]);
    }
}

/// Writes the sample of a seed into an emptied folder, reads it through the archive source like
/// any other mail, and records its disclosures as a user would.
///
/// # Errors
/// Those of writing, and of reading it.
pub async fn make_sample(like: &Start, folder: &Path, seed: u64) -> Result<Handle> {
    use crate::actor::{Change, Give};
    use exposure::AddrSpec;
    if folder.join("truth.json").exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let zone = like
        .zone
        .clone()
        .and_then(|z| jiff::tz::TimeZone::get(&z).ok())
        .unwrap_or_else(jiff::tz::TimeZone::system);
    let now = like.clock.now();
    let today =
        civil_day(now.as_second(), &zone).unwrap_or_else(|| now.to_zoned(zone.clone()).date());
    let made = sample::plan(seed, today);
    sample::write(folder, &made)?;
    let start = Start {
        data: folder.to_owned(),
        shell: Arc::new(Silent(Arc::clone(&like.shell))),
        ..like.clone()
    };
    let handle = Handle::open(start)?;
    let specs = |texts: &[String]| {
        texts
            .iter()
            .map(|t| Ok(AddrSpec::parse(t)?))
            .collect::<Result<Vec<_>>>()
    };
    handle
        .add_archive(
            &sample::mail_dir(folder),
            specs(&made.own_addresses)?,
            made.own_domains.clone(),
        )
        .await?;
    for address in &made.truth.addresses {
        let spec = AddrSpec::parse(&address.address)?;
        handle
            .change(Change::Kind(spec.clone(), address.kind))
            .await?;
        handle
            .change(Change::Purpose(spec, Some(address.purpose)))
            .await?;
    }
    for given in &made.truth.disclosures {
        let give = Give {
            address: AddrSpec::parse(&given.address)?,
            service: given.service.clone(),
            processors: Vec::new(),
            domains: given.domains.clone(),
            on: Some(given.given_on),
            also: Vec::new(),
        };
        handle.change(Change::Give(give)).await?;
    }
    handle.allow_attachments(true).await?;
    for result in handle.scan(&[], &|_, _| {}).await? {
        if let Some(fault) = result.fault {
            return Err(fault.into());
        }
    }
    Ok(handle)
}

/// The sample changes screens and notifies nobody.
struct Silent(Arc<dyn crate::shell::Shell>);

impl crate::shell::Shell for Silent {
    fn changed(&self, topics: &[Topic]) {
        self.0.changed(topics);
    }
    fn notify(&self, _notice: crate::shell::Notice) {}

    fn worker(&self) -> Result<crate::confined::Worker> {
        self.0.worker()
    }
    fn open(&self, page: &str) -> Result<()> {
        self.0.open(page)
    }
    fn starts_with_pc(&self) -> Option<bool> {
        self.0.starts_with_pc()
    }
    fn start_with_pc(&self, on: bool) -> Result<()> {
        self.0.start_with_pc(on)
    }
}
