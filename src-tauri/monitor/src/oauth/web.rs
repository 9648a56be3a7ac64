//! Asking a provider over HTTPS: a form goes out, bounded JSON comes back. No redirect is
//! followed: a token must not travel to a place that nobody named.

use super::provider::is_this_pc;
use crate::fault::{Code, Fault};
use anyhow::Result;
use reqwest::header::{ACCEPT, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::Arc;
use std::time::Duration;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Most bytes of an answer that are read.
const ANSWER_LIMIT: usize = 64 << 10;

/// What a provider answered.
pub(super) struct Answer {
    /// The HTTP status.
    pub(super) status: u16,
    /// How long it asks to be left alone.
    pub(super) retry_after: Option<Duration>,
    /// The body, as far as it is read.
    pub(super) body: Vec<u8>,
}

/// Sends a form.
///
/// # Errors
/// [`Code::NoConnection`].
pub(super) async fn post(url: &Url, form: &[(&str, &str)]) -> Result<Answer> {
    let host = url.host_str().unwrap_or_default();
    let unreachable = |error: reqwest::Error| {
        tracing::debug!("no answer: {}", error.without_url());
        Fault::new(Code::NoConnection).with("host", host)
    };
    let mut response = client(url)?
        .post(url.clone())
        .header(ACCEPT, "application/json")
        .form(form)
        .send()
        .await
        .map_err(unreachable)?;
    let retry_after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.trim().parse().ok())
        .map(Duration::from_secs);
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(unreachable)? {
        body.extend_from_slice(&piece);
        if body.len() > ANSWER_LIMIT {
            body.truncate(ANSWER_LIMIT);
            break;
        }
    }
    Ok(Answer {
        status: response.status().as_u16(),
        retry_after,
        body,
    })
}

fn client(url: &Url) -> Result<Client> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    let builder = Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .timeout(PATIENCE);
    let builder = if is_this_pc(url) {
        builder.no_proxy()
    } else {
        builder.https_only(true)
    };
    Ok(builder.build()?)
}
