//! Asking for a catalogue. A request says that Atesaki asks and nothing else: it is the same on
//! every PC.

use super::shape::{self, Kept, MOST_BYTES};
use crate::fault::{self, Code, Fault};
use crate::web::hosts::{BREACHES, FEWER_BREACHES, Purpose};
use crate::web::{self, Answer, Read, Version};
use anyhow::Result;
use exposure::catalogue::Source;
use reqwest::Url;
use serde::Deserialize;
use std::path::Path;
use std::time::Duration;

/// The name by which this program asks; Have I Been Pwned answers nobody without one.
const AGENT: &str = concat!("Atesaki/", env!("CARGO_PKG_VERSION"));
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Most bytes of the newest entry alone.
const MOST_LATEST: usize = 64 << 10;
/// The wait after "too many requests" where none is named.
const WAIT: Duration = Duration::from_secs(60 * 60);
/// The longest wait that is taken at its word.
const LONGEST_WAIT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Where the public lists are asked for. By default the documented places; tests name others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// What the addresses of Have I Been Pwned begin with.
    pub pwned: String,
    /// The address of Mozilla's list.
    pub mozilla: String,
}

impl Places {
    /// The documented places, or those of the environment: `ATESAKI_BREACHES` and
    /// `ATESAKI_BREACHES_FALLBACK`.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Places {
        let usual = || format!("https://{BREACHES}/api/v3");
        let fewer = || {
            format!(
                "https://{FEWER_BREACHES}/v1/buckets/main/collections/fxmonitor-breaches/records"
            )
        };
        Places {
            pwned: variable("ATESAKI_BREACHES").unwrap_or_else(usual),
            mozilla: variable("ATESAKI_BREACHES_FALLBACK").unwrap_or_else(fewer),
        }
    }
}

/// What asking brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Another list, of so many entries.
    Fetched(usize),
    /// It is the one that is kept.
    Same,
}

/// Why a list could not be had, and how long its host asks to be left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) fault: Fault,
    pub(crate) wait: Option<Duration>,
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble { fault, wait: None }
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Trouble {
        fault::of(&error).into()
    }
}

#[derive(Deserialize)]
struct Latest {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "AddedDate")]
    added: String,
}

/// Brings the list of Have I Been Pwned up to date: where its newest entry is the one that is
/// kept nothing more is asked for.
pub(crate) async fn pwned(data: &Path, places: &Places, now: i64) -> Result<News, Trouble> {
    let base = places.pwned.trim_end_matches('/');
    let known = known(data, Source::Pwned);
    let url = address(&format!("{base}/latestbreach"))?;
    let latest = match ask(&url, &[], MOST_LATEST, None).await? {
        Some(answer) => {
            let latest: Latest =
                serde_json::from_slice(&answer.body).map_err(|_| nonsense(&url))?;
            format!("{} {}", latest.name, latest.added)
        }
        None => return Err(nonsense(&url).into()),
    };
    if let Some(known) = &known
        && known.latest.as_ref() == Some(&latest)
    {
        return again(data, Source::Pwned, known.clone(), now);
    }
    let url = address(&format!("{base}/breaches"))?;
    list(data, Source::Pwned, &url, &[], known, Some(latest), now).await
}

/// Brings Mozilla's list up to date.
pub(crate) async fn mozilla(data: &Path, places: &Places, now: i64) -> Result<News, Trouble> {
    let url = address(&places.mozilla)?;
    let known = known(data, Source::Mozilla);
    list(data, Source::Mozilla, &url, &[], known, None, now).await
}

/// Brings the list that the user chose up to date; its host is one that the user named.
pub(crate) async fn chosen(data: &Path, url: &Url, now: i64) -> Result<News, Trouble> {
    let named = [url.host_str().unwrap_or_default().to_owned()];
    let known = known(data, Source::Chosen);
    list(data, Source::Chosen, url, &named, known, None, now).await
}

/// What is kept, as far as it can be read.
fn known(data: &Path, source: Source) -> Option<Kept> {
    super::kept(data, source).ok().flatten()
}

fn address(text: &str) -> Result<Url, Trouble> {
    Url::parse(text).map_err(|_| Fault::new(Code::CatalogueAddress).with("text", text).into())
}

async fn list(
    data: &Path,
    source: Source,
    url: &Url,
    named: &[String],
    known: Option<Kept>,
    latest: Option<String>,
    now: i64,
) -> Result<News, Trouble> {
    let version = known.as_ref().map(|known| &known.version);
    let answer = ask(url, named, MOST_BYTES, version).await?;
    let (answer, kept) = match (answer, known) {
        (Some(answer), _) => {
            let kept = shape::read(&answer.body, source).map_err(|_| nonsense(url))?;
            (answer, kept.thanking(url.host_str().unwrap_or_default()))
        }
        (None, Some(known)) => return again(data, source, Kept { latest, ..known }, now),
        // Nothing was known that it could be the same as.
        (None, None) => return Err(nonsense(url).into()),
    };
    let count = kept.entries.len();
    let kept = Kept {
        fetched_at: now,
        version: answer.version,
        latest,
        ..kept
    };
    super::keep(data, source, &kept)?;
    Ok(News::Fetched(count))
}

/// Keeps that it is still the same.
fn again(data: &Path, source: Source, known: Kept, now: i64) -> Result<News, Trouble> {
    let kept = Kept {
        fetched_at: now,
        ..known
    };
    super::keep(data, source, &kept)?;
    Ok(News::Same)
}

/// Asks for one document; `None` where it is still the one that is known.
async fn ask(
    url: &Url,
    named: &[String],
    limit: usize,
    known: Option<&Version>,
) -> Result<Option<Answer>, Trouble> {
    let request = web::Request {
        url,
        purpose: Purpose::Breaches,
        named,
        form: None,
        agent: Some(AGENT),
        known,
        accept: "application/json, text/csv;q=0.9",
        patience: PATIENCE,
        limit,
    };
    let host = url.host_str().unwrap_or_default();
    let answer = web::ask(request).await.map_err(|error| {
        let fault = fault::of(&error);
        match fault.code {
            Code::NoConnection => Fault::new(Code::BreachesUnreachable).with("host", host),
            _other => fault,
        }
    })?;
    let with_status = |code: Code| {
        Fault::new(code)
            .with("host", host)
            .with("status", answer.status.to_string())
    };
    let wait = answer.retry_after.map(|wait| wait.min(LONGEST_WAIT));
    let (fault, wait) = match (answer.status, answer.read) {
        (200, Read::Whole) => return Ok(Some(answer)),
        (200, Read::Cut) => (nonsense(url), None),
        (304, _) => return Ok(None),
        (429, _) => (
            Fault::new(Code::BreachesWait).with("host", host),
            wait.or(Some(WAIT)),
        ),
        (500.., _) => (with_status(Code::BreachesTrouble), wait),
        (_, _) => (with_status(Code::BreachesRefused), None),
    };
    Err(Trouble { fault, wait })
}

fn nonsense(url: &Url) -> Fault {
    Fault::new(Code::BreachesNonsense).with("host", url.host_str().unwrap_or_default())
}
