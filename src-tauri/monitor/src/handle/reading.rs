//! Reading accounts, once or until told to stop.

use super::{Handle, Running, locked};
use crate::actor::{ATTACHMENTS, receiver_of};
use crate::attachment;
use crate::catalogue::fetch::Places;
use crate::mailbox::Progress;
use crate::scan::{self, Looking, Reader, ScanResult};
use crate::shell::Topic;
use crate::store::{AccountFacts, Store};
use anyhow::Result;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::watch;

impl Handle {
    /// Reads what is new in these accounts (all, when none is named), one after the other, to the end.
    ///
    /// # Errors
    /// [`Code::AlreadyReading`], [`Code::NoSuchAccount`]; what goes wrong with one account stands in its result.
    pub async fn scan(
        &self,
        names: &[String],
        progress: &(dyn Fn(&str, Progress) + Send + Sync),
    ) -> Result<Vec<ScanResult>> {
        self.become_reader()?;
        let accounts: Vec<AccountFacts> = match names {
            [] => self.read(Store::accounts)?,
            names => names
                .iter()
                .map(|name| self.read(|store| store.account(name)))
                .collect::<Result<_>>()?,
        };
        let providers = self.providers()?;
        let mut results = Vec::new();
        for account in &accounts {
            let receiver = self.read(|store| receiver_of(store, account))?;
            let stop = {
                let mut running = locked(&self.0.running);
                if running.contains_key(&account.id) {
                    continue;
                }
                let (stop, stopped) = watch::channel(false);
                let now = Running {
                    since: Instant::now(),
                    progress: Progress::default(),
                    stop: Arc::new(stop),
                };
                running.insert(account.id, now);
                stopped
            };
            self.0.start.shell.changed(&[Topic::Accounts]);
            let told = Mutex::new(Instant::now());
            let step = |at: Progress| {
                if let Some(running) = locked(&self.0.running).get_mut(&account.id) {
                    running.progress = at;
                }
                progress(&account.name, at);
                let mut told = locked(&told);
                if told.elapsed() > Duration::from_millis(500) {
                    *told = Instant::now();
                    self.0.start.shell.changed(&[Topic::Accounts]);
                }
            };
            let reader = Reader {
                receiver,
                looking: &|| self.looking(),
                entrance: &self.0.entrance,
                providers: providers.as_deref(),
            };
            let result = scan::scan(account, reader, &self.0.events, stop, &step).await;
            locked(&self.0.running).remove(&account.id);
            self.0.start.shell.changed(&[Topic::Accounts]);
            results.push(result);
        }
        Ok(results)
    }

    /// The user says whether attachments that look like lists may be looked into.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn allow_attachments(&self, allowed: bool) -> Result<()> {
        self.allow(ATTACHMENTS, allowed).await
    }

    /// Whom to look for in what messages carry, and where that is read.
    fn looking(&self) -> Result<Looking> {
        self.read(|store| {
            let addresses = store.addresses()?.into_iter();
            Ok(Looking {
                own: attachment::Own {
                    addresses: addresses.map(|address| address.spec.to_string()).collect(),
                    names: store.own_names()?,
                },
                worker: self.0.start.shell.worker()?,
            })
        })
    }

    /// Keeps up with every account until the future is dropped: reads what is new, and listens for
    /// more where the servers allow it. Lists of breaches that are switched on are fetched when
    /// they are due.
    ///
    /// # Errors
    /// [`Code::AlreadyReading`].
    pub async fn watch(
        &self,
        progress: &(dyn Fn(&str, Progress) + Send + Sync),
        scanned: &(dyn Fn(&[ScanResult]) + Send + Sync),
    ) -> Result<()> {
        let lists = Places::of(|name| std::env::var(name).ok());
        tokio::select! {
            // Whoever does not read mail here fetches nothing either.
            biased;
            ended = crate::watch::watch(self, progress, scanned) => ended,
            never = self.keep_breaches(&lists) => match never {},
        }
    }
}
