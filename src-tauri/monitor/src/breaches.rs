//! When a catalogue of published breaches is asked for, and what was said about it: the public one
//! after the user's yes, the chosen one after it was chosen; at most once a day by hand and once a
//! week by itself, and never before a host's own time is over.

use crate::actor::Change;
use crate::catalogue::fetch::{self, News, Places, Trouble};
use crate::catalogue::{self, List, Shelf, shape};
use crate::fault::{Code, Fault};
use crate::handle::Handle;
use crate::store::Store;
use crate::web;
use anyhow::{Context, Result};
use exposure::catalogue::Source;
use jiff::Timestamp;
use reqwest::Url;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The setting that says whether the public list may be fetched: `yes`, `no`, or not asked yet.
const ALLOWED: &str = "breaches";
/// The setting in which is kept how the public list was last asked for.
const TRIED: &str = "breaches.tried";
/// The setting that names the chosen catalogue.
const CHOSEN: &str = "breaches.chosen";
/// The same as [`TRIED`] of the chosen one.
const CHOSEN_TRIED: &str = "breaches.chosen.tried";

/// Seconds of a day: sooner it is not asked again.
const DAY: i64 = 24 * 60 * 60;
/// Seconds after which it is asked again by itself.
const WEEK: i64 = 7 * DAY;
/// An older list of Have I Been Pwned is helped out by Mozilla's while it cannot be had.
const OLD: i64 = 30 * DAY;
/// How often it is looked whether a list is due.
const LOOK: Duration = Duration::from_secs(5);

/// Who wants a list to be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The user, now.
    ByHand,
    /// Nobody in particular, when it is due.
    ByItself,
}

/// How it went with one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refreshed {
    /// Which list.
    pub source: Source,
    /// What asking brought.
    pub outcome: Result<News, Fault>,
}

/// How a list was last asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Tried {
    /// When, UTC seconds; 0: never.
    at: i64,
    /// When with success.
    done: i64,
    /// Not before then.
    until: i64,
    /// Why without success, the last time.
    fault: Option<Value>,
}

impl Tried {
    fn of(setting: Option<&str>) -> Tried {
        let read = setting.and_then(|text| serde_json::from_str(text).ok());
        read.unwrap_or_default()
    }

    /// Whether it is time, where nobody waits for it. A clock that was set back is no reason to
    /// wait.
    fn is_due(&self, now: i64) -> bool {
        let every = if self.fault.is_some() { DAY } else { WEEK };
        !(self.at..self.at + every).contains(&now) && !self.waits(now)
    }

    fn waits(&self, now: i64) -> bool {
        now < self.until && self.until <= now + WEEK
    }
}

/// What is known about the catalogues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether the public list may be fetched; `None`: the user was not asked.
    pub allowed: Option<bool>,
    /// What stands in the way of the public list.
    pub trouble: Option<Fault>,
    /// The address or file of the catalogue that the user chose.
    pub chosen: Option<String>,
    /// What stands in the way of it.
    pub chosen_trouble: Option<Fault>,
    /// What is kept of those that are switched on.
    pub lists: Vec<List>,
}

/// The sources that a ledger's owner has switched on.
///
/// # Errors
/// Those of SQLite.
pub(crate) fn switched_on(store: &Store) -> Result<Vec<Source>> {
    let mut on = Vec::new();
    if store.allowed(ALLOWED)? == Some(true) {
        on.extend([Source::Pwned, Source::Mozilla]);
    }
    if store.setting(CHOSEN)?.is_some() {
        on.push(Source::Chosen);
    }
    Ok(on)
}

impl Handle {
    /// The user says whether the public list may be fetched.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn allow_breaches(&self, allowed: bool) -> Result<()> {
        self.allow(ALLOWED, allowed).await
    }

    /// What is known about the catalogues.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn breaches(&self) -> Result<Standing> {
        let (allowed, tried, chosen, chosen_tried) = self.read(|store| {
            Ok((
                store.allowed(ALLOWED)?,
                Tried::of(store.setting(TRIED)?.as_deref()),
                store.setting(CHOSEN)?,
                Tried::of(store.setting(CHOSEN_TRIED)?.as_deref()),
            ))
        })?;
        let shelf = self.shelf()?;
        let trouble = |tried: &Tried, of: &[Source]| {
            let damaged = shelf.damaged.iter().any(|source| of.contains(source));
            let said = tried.fault.as_ref().and_then(Fault::read);
            said.or_else(|| damaged.then(|| Fault::new(Code::BreachesDamaged)))
        };
        Ok(Standing {
            allowed,
            trouble: trouble(&tried, &[Source::Pwned, Source::Mozilla]),
            chosen,
            chosen_trouble: trouble(&chosen_tried, &[Source::Chosen]),
            lists: shelf.lists.clone(),
        })
    }

    fn shelf(&self) -> Result<Arc<Shelf>> {
        Ok(catalogue::shelf(self.data(), &self.read(switched_on)?))
    }

    /// Brings the lists that are switched on up to date. A list that cannot be had stays as it was
    /// kept; where none of Have I Been Pwned is kept, or an old one, Mozilla's is asked for.
    ///
    /// # Errors
    /// By hand [`Code::BreachesOff`] where none is switched on, and those of the store; what goes
    /// wrong with one list stands in its outcome.
    pub async fn refresh_breaches(&self, places: &Places, wish: Wish) -> Result<Vec<Refreshed>> {
        let on = self.read(switched_on)?;
        let mut all = Vec::new();
        if on.contains(&Source::Pwned) && self.may_ask(TRIED, Source::Pwned, wish, &mut all)? {
            all.extend(self.refresh_public(places).await?);
        }
        if on.contains(&Source::Chosen)
            && self.may_ask(CHOSEN_TRIED, Source::Chosen, wish, &mut all)?
        {
            all.extend(self.refresh_chosen().await?);
        }
        match (wish, on.is_empty()) {
            (Wish::ByHand, true) => Err(Fault::new(Code::BreachesOff).into()),
            (Wish::ByHand | Wish::ByItself, _) => Ok(all),
        }
    }

    /// Whether a list may be asked for now; says by hand why not.
    fn may_ask(
        &self,
        setting: &str,
        source: Source,
        wish: Wish,
        said: &mut Vec<Refreshed>,
    ) -> Result<bool> {
        let now = self.clock().now().as_second();
        let tried = Tried::of(self.read(|store| store.setting(setting))?.as_deref());
        let damaged = self.shelf()?.damaged.contains(&source);
        let soon = !damaged && (tried.done..tried.done + DAY).contains(&now);
        let fault = match wish {
            // One that is damaged is fetched anew, but tried like any other where that fails.
            Wish::ByItself if damaged && tried.fault.is_none() => return Ok(!tried.waits(now)),
            Wish::ByItself => return Ok(tried.is_due(now)),
            Wish::ByHand if tried.waits(now) => {
                let fault = tried.fault.as_ref().and_then(Fault::read);
                fault.unwrap_or_else(|| self.until(Code::BreachesSoon, tried.until))
            }
            Wish::ByHand if soon => self.until(Code::BreachesSoon, tried.done + DAY),
            Wish::ByHand => return Ok(true),
        };
        said.push(Refreshed {
            source,
            outcome: Err(fault),
        });
        Ok(false)
    }

    async fn refresh_public(&self, places: &Places) -> Result<Vec<Refreshed>> {
        let now = self.clock().now().as_second();
        let shelf = self.shelf()?;
        let mut outcome = fetch::pwned(self.data(), places, now).await;
        let mut tried = self.tried(TRIED, now, &mut outcome)?;
        let kept = shelf.list(Source::Pwned);
        let fresh = kept.is_some_and(|kept| (now - OLD..=now).contains(&kept.fetched_at));
        let fallback = outcome.is_err() && !fresh;
        let mut all = vec![refreshed(Source::Pwned, outcome)];
        if fallback {
            let outcome = fetch::mozilla(self.data(), places, now).await;
            if outcome.is_ok() {
                tried.done = now;
            }
            all.push(refreshed(Source::Mozilla, outcome));
        }
        self.keep_tried(TRIED, &tried).await?;
        Ok(all)
    }

    async fn refresh_chosen(&self) -> Result<Vec<Refreshed>> {
        let Some(place) = self.read(|store| store.setting(CHOSEN))? else {
            return Ok(Vec::new());
        };
        let now = self.clock().now().as_second();
        let mut outcome = self.fetch_chosen(&place, now).await;
        let tried = self.tried(CHOSEN_TRIED, now, &mut outcome)?;
        self.keep_tried(CHOSEN_TRIED, &tried).await?;
        Ok(vec![refreshed(Source::Chosen, outcome)])
    }

    async fn fetch_chosen(&self, place: &str, now: i64) -> Result<News, Trouble> {
        match chosen(place)? {
            Place::Web(url) => fetch::chosen(self.data(), &url, now).await,
            Place::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let kept = read_file(&path)?.thanking(&name);
                let count = kept.entries.len();
                let kept = shape::Kept {
                    fetched_at: now,
                    ..kept
                };
                catalogue::keep(self.data(), Source::Chosen, &kept)?;
                Ok(News::Fetched(count))
            }
        }
    }

    /// Chooses a second catalogue, an https address or a file, and reads it at once; `None` takes
    /// it away. One that cannot be read is not chosen.
    ///
    /// # Errors
    /// [`Code::CatalogueAddress`], [`Code::CatalogueUnknown`], [`Code::CannotRead`], and those of
    /// fetching it.
    pub async fn choose_catalogue(&self, place: Option<&str>) -> Result<Option<News>> {
        let Some(place) = place.map(str::trim).filter(|place| !place.is_empty()) else {
            self.change(Change::Setting(CHOSEN, None)).await?;
            self.change(Change::Setting(CHOSEN_TRIED, None)).await?;
            catalogue::forget(self.data(), Source::Chosen)?;
            return Ok(None);
        };
        let before = self.read(|store| store.setting(CHOSEN))?;
        let place = match chosen(place)? {
            Place::Web(url) => url.to_string(),
            Place::File(path) => path.display().to_string(),
        };
        if before.as_deref() != Some(place.as_str()) {
            // Another catalogue is not a newer version of the one before.
            catalogue::forget(self.data(), Source::Chosen)?;
        }
        let now = self.clock().now().as_second();
        let fetched = self.fetch_chosen(&place, now).await;
        let news = fetched.map_err(|trouble| trouble.fault)?;
        let tried = Tried {
            at: now,
            done: now,
            ..Tried::default()
        };
        self.change(Change::Setting(CHOSEN, Some(place))).await?;
        self.keep_tried(CHOSEN_TRIED, &tried).await?;
        Ok(Some(news))
    }

    /// What is to be kept of an attempt; the fault of one without success learns until when its
    /// host asks to be left alone.
    fn tried(&self, setting: &str, now: i64, outcome: &mut Result<News, Trouble>) -> Result<Tried> {
        let before = Tried::of(self.read(|store| store.setting(setting))?.as_deref());
        Ok(match outcome {
            Ok(_) => Tried {
                at: now,
                done: now,
                ..Tried::default()
            },
            Err(trouble) => {
                let wait = trouble.wait.unwrap_or_default().as_secs();
                let until = now.saturating_add(i64::try_from(wait).unwrap_or(WEEK));
                if trouble.fault.code == Code::BreachesWait {
                    let when = self.moment(until);
                    trouble.fault = trouble.fault.clone().with("when", when);
                }
                Tried {
                    at: now,
                    until,
                    fault: Some(trouble.fault.kept()),
                    done: before.done,
                }
            }
        })
    }

    async fn keep_tried(&self, setting: &'static str, tried: &Tried) -> Result<()> {
        let text = serde_json::to_string(tried)?;
        self.change(Change::Setting(setting, Some(text)))
            .await
            .map(drop)
    }

    fn until(&self, code: Code, instant: i64) -> Fault {
        Fault::new(code).with("when", self.moment(instant))
    }

    /// An instant in the ledger's zone, the same in every language.
    fn moment(&self, instant: i64) -> String {
        let zone = self.read(|store| Ok(crate::ledger::zone_of(store)));
        match (Timestamp::from_second(instant), zone) {
            (Ok(instant), Ok(zone)) => instant
                .to_zoned(zone)
                .strftime("%Y-%m-%d %H:%M")
                .to_string(),
            (Ok(_) | Err(_), _) => String::new(),
        }
    }

    /// Fetches lists when they are due, until the future is dropped.
    pub(crate) async fn keep_breaches(&self, places: &Places) -> Infallible {
        loop {
            match self.refresh_breaches(places, Wish::ByItself).await {
                Ok(all) => {
                    for one in all {
                        tracing::info!(source = one.source.word(), "breaches: {:?}", one.outcome);
                    }
                }
                Err(error) => tracing::warn!("breaches: {error:#}"),
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

fn refreshed(source: Source, outcome: Result<News, Trouble>) -> Refreshed {
    Refreshed {
        source,
        outcome: outcome.map_err(|trouble| trouble.fault),
    }
}

/// Where a chosen catalogue is.
enum Place {
    Web(Url),
    File(PathBuf),
}

/// An https address without a name and password in it, or a file.
fn chosen(text: &str) -> Result<Place> {
    let wrong = || Fault::new(Code::CatalogueAddress).with("text", text);
    if text.contains("://") {
        let url = Url::parse(text).map_err(|_| wrong())?;
        let named = !url.username().is_empty() || url.password().is_some();
        return match web::is_secured(&url) && !named {
            true => Ok(Place::Web(url)),
            false => Err(wrong().into()),
        };
    }
    let path = std::fs::canonicalize(text)
        .with_context(|| Fault::new(Code::CannotRead).with("path", text))?;
    Ok(Place::File(path))
}

fn read_file(path: &Path) -> Result<shape::Kept> {
    let at = || path.display().to_string();
    let bytes =
        catalogue::bytes(path).with_context(|| Fault::new(Code::CannotRead).with("path", at()))?;
    shape::read(&bytes, Source::Chosen)
        .with_context(|| Fault::new(Code::CatalogueUnknown).with("path", at()))
}
