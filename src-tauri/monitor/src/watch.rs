//! Keeping up: which account is read when. Inbox and Junk of each are listened to where the server
//! allows it; everything is read every few minutes besides; after a fault it is tried again ever
//! more seldom; after a sleep of the PC everything is read at once.

use crate::fault::{Code, Fault};
use crate::handle::{Handle, Prospect};
use crate::mailbox::{self, Progress};
use crate::scan::ScanResult;
use crate::store::{AccountFacts, Entry, Store};
use anyhow::Result;
use exposure::Role;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// How often an account is read without news.
const POLL: Duration = Duration::from_secs(5 * 60);
/// How often it is looked whether accounts came or went, or the PC slept.
const LOOK: Duration = Duration::from_secs(5);
/// An account is not read again sooner than this, whatever its server says.
const CALM: Duration = Duration::from_secs(5);
/// The first wait after a fault; each further one is twice as long.
const AGAIN: Duration = Duration::from_secs(30);
/// The longest wait after a fault that may pass by itself.
const AGAIN_AT_MOST: Duration = Duration::from_secs(30 * 60);
/// The wait after a refusal: servers lock out who tries often.
const AFTER_REFUSAL: Duration = Duration::from_secs(60 * 60);
/// A gap of the wall clock of more than this is a sleep of the PC.
const SLEPT: Duration = Duration::from_secs(60);
/// Mailboxes that are listened to, each on a connection of its own. With the two that read an
/// account has four at most.
const LISTENED: [Role; 2] = [Role::Inbox, Role::Junk];

/// Accounts of which there is news.
#[derive(Default)]
struct News {
    of: Mutex<BTreeSet<i64>>,
    came: Notify,
}

impl News {
    fn tell(&self, account: i64) {
        self.of
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(account);
        self.came.notify_one();
    }

    fn take(&self) -> BTreeSet<i64> {
        std::mem::take(&mut *self.of.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Where an account stands.
struct Course {
    due: Instant,
    read_at: Option<Instant>,
    failures: u32,
    listeners: BTreeMap<Role, Listener>,
}

/// Somebody who listens to a mailbox; ends when dropped.
struct Listener(JoinHandle<()>);

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Reads, listens and reads again until the future is dropped.
///
/// # Errors
/// [`Code::AlreadyReading`], and those of SQLite.
pub(crate) async fn watch(
    handle: &Handle,
    progress: &(dyn Fn(&str, Progress) + Send + Sync),
    scanned: &(dyn Fn(&[ScanResult]) + Send + Sync),
) -> Result<()> {
    handle.become_reader()?;
    let news = Arc::new(News::default());
    let mut courses: BTreeMap<i64, Course> = BTreeMap::new();
    let mut looked = (Instant::now(), SystemTime::now());
    loop {
        let accounts = handle.read(Store::accounts)?;
        courses.retain(|id, _| accounts.iter().any(|a| a.id == *id));
        if slept(&mut looked) {
            courses.clear();
        }
        let told = news.take();
        for account in &accounts {
            let course = courses.entry(account.id).or_insert_with(|| Course {
                due: Instant::now(),
                read_at: None,
                failures: 0,
                listeners: BTreeMap::new(),
            });
            if told.contains(&account.id) {
                let calm = course.read_at.map_or_else(Instant::now, |at| at + CALM);
                course.due = course.due.min(calm);
            }
            if course.due > Instant::now() {
                continue;
            }
            let results = handle.scan(&[account.id.to_string()], progress).await?;
            scanned(&results);
            course.read_at = Some(Instant::now());
            let fault = results.first().and_then(|result| result.fault.clone());
            course.failures = fault.as_ref().map_or(0, |_| course.failures + 1);
            course.due = Instant::now() + until_next(fault.as_ref(), course.failures);
            match fault {
                None => listen(handle, account, &news, &mut course.listeners)?,
                Some(_) => course.listeners.clear(),
            }
            let prospect = Prospect {
                next: course.due.into_std(),
                listening: !course.listeners.is_empty(),
            };
            handle.expect(account.id, Some(prospect));
        }
        let next = courses.values().map(|course| course.due).min();
        let next = next.map_or(LOOK, |due| due.saturating_duration_since(Instant::now()));
        tokio::select! {
            () = tokio::time::sleep(next.clamp(Duration::from_millis(50), LOOK)) => {}
            () = news.came.notified() => {}
        }
    }
}

/// Listens to an account's Inbox and Junk, as far as nobody does.
fn listen(
    handle: &Handle,
    account: &AccountFacts,
    news: &Arc<News>,
    listeners: &mut BTreeMap<Role, Listener>,
) -> Result<()> {
    match account.entry {
        Entry::Imap { .. } => {}
        Entry::Archive { .. } => return Ok(()),
    }
    let mailboxes = handle.read(Store::mailboxes)?;
    let listened = mailboxes
        .into_iter()
        .filter(|m| m.account == account.id && m.listed && LISTENED.contains(&m.role));
    // One of each role: more connections than that annoy servers.
    let by_role: BTreeMap<Role, String> = listened.map(|m| (m.role, m.name)).collect();
    for (role, mailbox) in by_role {
        if listeners.get(&role).is_some_and(|l| !l.0.is_finished()) {
            continue;
        }
        let (account, news) = (account.clone(), Arc::clone(news));
        let (entrance, providers) = (Arc::clone(handle.entrance()), handle.providers()?);
        let listening = tokio::spawn(async move {
            let heard = async {
                match entrance.login(account.door(providers.as_deref())).await? {
                    Some(login) => {
                        let tell = || news.tell(account.id);
                        mailbox::imap::listen(&login, &mailbox, &tell).await
                    }
                    None => Ok(()),
                }
            };
            match heard.await {
                // The server cannot be listened to: its mail is read every few minutes.
                Ok(()) => std::future::pending().await,
                Err(error) => tracing::debug!("no longer listening: {error:#}"),
            }
        });
        listeners.insert(role, Listener(listening));
    }
    Ok(())
}

/// How long until an account is read again: in five minutes when all is well; after a fault ever
/// later, spread by a quarter so that many programs do not come back at once.
fn until_next(fault: Option<&Fault>, failures: u32) -> Duration {
    let wait = match fault.map(|fault| fault.code) {
        None => return POLL,
        Some(Code::Stopped) => POLL,
        Some(Code::PasswordRefused | Code::TokenRefused | Code::SignInAgain) => AFTER_REFUSAL,
        Some(_) => AGAIN
            .saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)))
            .min(AGAIN_AT_MOST),
    };
    let chance = RandomState::new().hash_one(failures) % 1024;
    wait.mul_f64(0.875 + 0.25 * chance as f64 / 1024.0)
}

/// Whether the wall clock went on while this program did not.
fn slept(looked: &mut (Instant, SystemTime)) -> bool {
    let (awake, wall) = (Instant::now(), SystemTime::now());
    let of_wall = wall.duration_since(looked.1).unwrap_or_default();
    let slept = of_wall > awake.duration_since(looked.0) + SLEPT;
    *looked = (awake, wall);
    slept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_after_every_fault_and_never_for_ever() {
        let lost = Fault::new(Code::ConnectionLost);
        let waits: Vec<Duration> = (1..=12).map(|n| until_next(Some(&lost), n)).collect();
        for (n, wait) in waits.iter().enumerate() {
            let usual = AGAIN.as_secs_f64() * 2_f64.powi(n as i32);
            let usual = usual.min(AGAIN_AT_MOST.as_secs_f64());
            let ratio = wait.as_secs_f64() / usual;
            assert!((0.87..=1.13).contains(&ratio), "fault {}: {wait:?}", n + 1);
        }
        assert_eq!(until_next(None, 0), POLL, "all is well");
        let refused = until_next(Some(&Fault::new(Code::PasswordRefused)), 1);
        assert!(
            refused > AGAIN_AT_MOST,
            "a refused password is not repeated"
        );
    }

    #[test]
    fn waits_are_spread() {
        let lost = Fault::new(Code::ConnectionLost);
        let waits: BTreeSet<Duration> = (0..40).map(|_| until_next(Some(&lost), 3)).collect();
        assert!(waits.len() > 10, "many programs do not come back at once");
    }
}
