//! Requests over HTTPS: to the hosts of the network page and to those that the user named, and to
//! no other. Answers are bounded, and no redirect leads to a place that nobody named.

pub mod hosts;

use crate::fault::{Code, Fault};
use anyhow::{Result, ensure};
use hosts::Purpose;
use reqwest::header::{
    ACCEPT, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    RETRY_AFTER, USER_AGENT,
};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

/// Most redirects within one host that are followed.
const REDIRECTS: usize = 3;
/// Longest name of a version that is kept, in bytes.
const LONGEST_VERSION: usize = 256;

/// What is asked.
pub(crate) struct Request<'a> {
    /// Where.
    pub(crate) url: &'a Url,
    /// What for.
    pub(crate) purpose: Purpose,
    /// Hosts that may be asked besides those of the table: what the user named.
    pub(crate) named: &'a [String],
    /// A form to send; without one the address is fetched.
    pub(crate) form: Option<&'a [(&'a str, &'a str)]>,
    /// By what name this program asks, where a host wants one; nobody else is told any.
    pub(crate) agent: Option<&'a str>,
    /// Which answer is known already: where it is still the same the status is 304.
    pub(crate) known: Option<&'a Version>,
    /// What kind of answer is wanted.
    pub(crate) accept: &'static str,
    /// How long the answer may take.
    pub(crate) patience: Duration,
    /// Most bytes of the answer that are read.
    pub(crate) limit: usize,
}

/// Which version of a document an answer was, as its host names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its entity tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When it last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// How much of a body was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// All of it.
    Whole,
    /// As much as the limit allows.
    Cut,
}

/// What a host answered.
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// How long it asks to be left alone.
    pub(crate) retry_after: Option<Duration>,
    /// Which version it is.
    pub(crate) version: Version,
    /// The body, as far as it is read.
    pub(crate) body: Vec<u8>,
    /// How much of it that is.
    pub(crate) read: Read,
}

/// Asks.
///
/// # Errors
/// [`Code::NoConnection`]; an address that may not be asked.
pub(crate) async fn ask(request: Request<'_>) -> Result<Answer> {
    let host = request.url.host_str().unwrap_or_default();
    ensure!(may(&request), "{host} is on no list of hosts");
    let unreachable = |error: reqwest::Error| {
        tracing::debug!("no answer: {}", error.without_url());
        Fault::new(Code::NoConnection).with("host", host)
    };
    let client = client(&request)?;
    let asked = match request.form {
        Some(form) => client.post(request.url.clone()).form(form),
        None => client.get(request.url.clone()),
    };
    let asked = told(&request).into_iter().fold(
        asked.header(ACCEPT, request.accept),
        |asked, (name, value)| asked.header(name, value),
    );
    let mut response = asked.send().await.map_err(unreachable)?;
    let retry_after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.trim().parse().ok())
        .map(Duration::from_secs);
    let version = version(response.headers());
    let (mut body, mut read) = (Vec::new(), Read::Whole);
    while let Some(piece) = response.chunk().await.map_err(unreachable)? {
        body.extend_from_slice(&piece);
        if body.len() > request.limit {
            body.truncate(request.limit);
            read = Read::Cut;
            break;
        }
    }
    Ok(Answer {
        status: response.status().as_u16(),
        retry_after,
        version,
        body,
        read,
    })
}

/// The lines of a request that are not always there.
fn told<'a>(request: &Request<'a>) -> Vec<(HeaderName, &'a str)> {
    let known =
        |part: fn(&Version) -> Option<&String>| request.known.and_then(part).map(String::as_str);
    let lines = [
        (USER_AGENT, request.agent),
        (IF_NONE_MATCH, known(|version| version.etag.as_ref())),
        (
            IF_MODIFIED_SINCE,
            known(|version| version.last_modified.as_ref()),
        ),
    ];
    let there = lines.into_iter();
    there
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

/// The version of an answer; a name that is no name of a version is none.
fn version(headers: &HeaderMap) -> Version {
    let text = |name: HeaderName| {
        let value = headers.get(name)?.to_str().ok()?;
        (value.len() <= LONGEST_VERSION).then(|| value.to_owned())
    };
    Version {
        etag: text(ETAG),
        last_modified: text(LAST_MODIFIED),
    }
}

/// Whether a request goes where it may go: over TLS, or to this PC.
fn may(request: &Request<'_>) -> bool {
    let host = request.url.host_str().unwrap_or_default();
    is_secured(request.url)
        && (is_this_pc(request.url)
            || hosts::of(request.purpose).any(|listed| listed == host)
            || request.named.iter().any(|named| named == host))
}

/// Whether an address is asked over TLS, or is on this PC.
pub(crate) fn is_secured(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_this_pc(url))
}

/// Whether an address is on this PC.
fn is_this_pc(url: &Url) -> bool {
    matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"))
}

fn client(request: &Request<'_>) -> Result<Client> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    // What was sent once may not be sent elsewhere.
    let redirects = match request.form {
        Some(_) => Policy::none(),
        None => Policy::custom(|attempt| {
            let at_home = attempt.previous().first().is_some_and(|first| {
                (first.scheme(), first.host(), first.port_or_known_default())
                    == (
                        attempt.url().scheme(),
                        attempt.url().host(),
                        attempt.url().port_or_known_default(),
                    )
            });
            if at_home && attempt.previous().len() <= REDIRECTS {
                attempt.follow()
            } else {
                attempt.stop()
            }
        }),
    };
    let builder = Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirects)
        .timeout(request.patience);
    let builder = if is_this_pc(request.url) {
        builder.no_proxy()
    } else {
        builder.https_only(true)
    };
    Ok(builder.build()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn asks_only_hosts_of_the_table_and_those_that_were_named() {
        let named = ["autoconfig.example.org".to_owned()];
        let may = |purpose: Purpose, url: &str| {
            may(&Request {
                url: &Url::parse(url).unwrap(),
                purpose,
                named: &named,
                form: None,
                agent: None,
                known: None,
                accept: "*/*",
                patience: Duration::ZERO,
                limit: 0,
            })
        };
        for host in hosts::of(Purpose::Breaches) {
            let url = format!("https://{host}/list");
            assert!(may(Purpose::Breaches, &url), "{url}");
            assert!(!may(Purpose::LookUp, &url), "{url}: for the list alone");
        }
        for (url, look_up, sign_in) in [
            (
                "https://autoconfig.thunderbird.net/v1.1/example.org",
                true,
                false,
            ),
            ("https://oauth2.googleapis.com/token", false, true),
            ("https://autoconfig.example.org/mail", true, true),
            ("http://autoconfig.example.org/mail", false, false),
            ("https://example.org/", false, false),
            (
                "https://autoconfig.thunderbird.net.example.org/",
                false,
                false,
            ),
            ("http://127.0.0.1:8080/", true, true),
            ("http://127.0.0.1.example.org/", false, false),
        ] {
            assert_eq!(may(Purpose::LookUp, url), look_up, "{url}");
            assert_eq!(may(Purpose::SignIn, url), sign_in, "{url}");
        }
    }
}
