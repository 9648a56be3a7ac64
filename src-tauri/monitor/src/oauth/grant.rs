//! The token endpoint: a code or a refresh token becomes an access token (RFC 6749, 4.1.3 and 6),
//! and a sign-in is taken back (RFC 7009).

use super::provider::Provider;
use super::tokens::Tokens;
use crate::fault::{Code, Fault};
use crate::secret::Secret;
use crate::web::hosts::Purpose;
use crate::web::{self, Answer};
use anyhow::Result;
use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Most bytes of an answer that are read.
const ANSWER_LIMIT: usize = 64 << 10;
/// How often a provider in trouble is asked.
const TRIES: u32 = 4;
/// The first wait between two tries, where the provider names none; it doubles.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How long taking a sign-in back may hold up the removal of an account.
const REVOCATION: Duration = Duration::from_secs(10);

/// A code that the browser brought, with what proves that this program asked for it.
pub(super) struct Brought<'a> {
    /// The code.
    pub(super) code: &'a Secret,
    /// The verifier behind the challenge (RFC 7636).
    pub(super) verifier: &'a str,
    /// The redirect, as it was given to the page.
    pub(super) redirect: &'a str,
}

/// Exchanges a code.
///
/// # Errors
/// [`Code::SignInDenied`] when mail was not allowed, [`Code::SignInFailed`],
/// [`Code::SignInUnavailable`], [`Code::NoConnection`].
pub(super) async fn exchange(
    provider: &Provider,
    brought: Brought<'_>,
    now: i64,
) -> Result<Tokens> {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &brought.code.0),
        ("redirect_uri", brought.redirect),
        ("code_verifier", brought.verifier),
    ];
    let granted = ask(provider, &form).await?;
    if !allows_mail(&provider.scope, granted.scope.as_deref()) {
        return Err(Fault::new(Code::SignInDenied).into());
    }
    granted.tokens(provider, None, now)
}

/// Brings the next access token. Some providers change the refresh token with it.
///
/// # Errors
/// [`Code::SignInAgain`] when the refresh token is not taken any more, [`Code::SignInFailed`],
/// [`Code::SignInUnavailable`], [`Code::NoConnection`].
pub async fn refresh(provider: &Provider, refresh: &Secret, now: i64) -> Result<Tokens> {
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh.0.as_str()),
    ];
    let granted = ask(provider, &form).await;
    let over = |error: &anyhow::Error| {
        error
            .downcast_ref::<Refused>()
            .is_some_and(|refused| DEAD.contains(&refused.0.as_str()))
    };
    match granted {
        Ok(granted) => granted.tokens(provider, Some(refresh), now),
        Err(error) if over(&error) => Err(error.context(Fault::new(Code::SignInAgain))),
        Err(error) => Err(error),
    }
}

/// Errors by which a provider says that the user has to sign in again (RFC 6749, 5.2; OpenID
/// Connect Core, 3.1.2.6).
const DEAD: &[&str] = &[
    "invalid_grant",
    "interaction_required",
    "consent_required",
    "login_required",
];

/// Takes a sign-in back, as far as the provider lets us; the account is removed either way.
pub async fn revoke(provider: &Provider, tokens: &Tokens) {
    let Some(url) = &provider.revocation else {
        return;
    };
    let Some(token) = tokens.refresh.as_ref().or(tokens.access.as_ref()) else {
        return;
    };
    let form = [
        ("token", token.0.as_str()),
        ("client_id", provider.client_id.as_str()),
    ];
    match tokio::time::timeout(REVOCATION, post(provider, url, &form)).await {
        Ok(Ok(answer)) => tracing::debug!("taken back: status {}", answer.status),
        Ok(Err(error)) => tracing::debug!("not taken back: {error:#}"),
        Err(_) => tracing::debug!("not taken back within {REVOCATION:?}"),
    }
}

/// A refusal of the token endpoint by its code, which is no secret.
#[derive(Debug, thiserror::Error)]
#[error("the provider says {0}")]
struct Refused(String);

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    token_type: String,
    /// A number of seconds; some write it as text.
    expires_in: Option<Value>,
    refresh_token: Option<String>,
    scope: Option<String>,
}

impl Granted {
    fn tokens(self, provider: &Provider, before: Option<&Secret>, now: i64) -> Result<Tokens> {
        if self.access_token.is_empty() || !self.token_type.eq_ignore_ascii_case("bearer") {
            return Err(failed("token_type"));
        }
        let seconds = self.expires_in.as_ref().and_then(|value| {
            value
                .as_i64()
                .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
        });
        Ok(Tokens {
            provider: provider.name.clone(),
            access: Some(Secret(self.access_token)),
            expires_at: seconds.map(|seconds| now.saturating_add(seconds.max(0))),
            refresh: self
                .refresh_token
                .filter(|token| !token.is_empty())
                .map(Secret)
                .or_else(|| before.cloned()),
        })
    }
}

/// Whether what was granted holds anything of what was asked for, beside staying signed in. A
/// page where every permission can be unticked grants less than it was asked for.
fn allows_mail(asked: &str, granted: Option<&str>) -> bool {
    let Some(granted) = granted.filter(|granted| !granted.trim().is_empty()) else {
        // Without a word: as asked (RFC 6749, 5.1).
        return true;
    };
    asked
        .split_whitespace()
        .filter(|scope| *scope != "offline_access")
        .all(|scope| {
            granted
                .split_whitespace()
                .any(|one| one.eq_ignore_ascii_case(scope))
        })
}

async fn ask(provider: &Provider, form: &[(&str, &str)]) -> Result<Granted> {
    let mut form = form.to_vec();
    form.push(("client_id", &provider.client_id));
    if let Some(secret) = &provider.client_secret {
        form.push(("client_secret", &secret.0));
    }
    let host = provider.token.host_str().unwrap_or_default();
    let mut wait = FIRST_WAIT;
    let mut trouble = Fault::new(Code::SignInUnavailable).with("host", host);
    for attempt in 1..=TRIES {
        let asked_to_wait = match post(provider, &provider.token, &form).await {
            Ok(answer) if is_trouble(answer.status) => {
                tracing::debug!("the provider is in trouble: status {}", answer.status);
                trouble = Fault::new(Code::SignInUnavailable).with("host", host);
                answer.retry_after
            }
            Ok(answer) => return read(&answer),
            Err(error) => {
                trouble = crate::fault::of(&error);
                None
            }
        };
        if attempt < TRIES {
            tokio::time::sleep(asked_to_wait.unwrap_or(wait).min(LONGEST_WAIT)).await;
            wait *= 2;
        }
    }
    Err(trouble.into())
}

/// Sends a form to an endpoint of the provider.
async fn post(provider: &Provider, url: &Url, form: &[(&str, &str)]) -> Result<Answer> {
    web::ask(web::Request {
        url,
        purpose: Purpose::SignIn,
        named: &provider.named,
        form: Some(form),
        agent: None,
        known: None,
        accept: "application/json",
        patience: PATIENCE,
        limit: ANSWER_LIMIT,
    })
    .await
}

const fn is_trouble(status: u16) -> bool {
    status == 429 || status >= 500
}

fn read(answer: &Answer) -> Result<Granted> {
    if answer.status == 200 {
        // What cannot be read may hold half a token and is not repeated.
        return serde_json::from_slice(&answer.body).map_err(|_| failed("no JSON"));
    }
    let refused: Option<Value> = serde_json::from_slice(&answer.body).ok();
    let code = refused
        .as_ref()
        .and_then(|value| value.get("error")?.as_str())
        .map_or_else(|| format!("status {}", answer.status), error_word);
    let fault = Fault::new(Code::SignInFailed).with("detail", code.clone());
    Err(anyhow::Error::new(Refused(code)).context(fault))
}

/// A code of an error as far as it is one (RFC 6749, 5.2): nothing else may reach a screen.
pub(super) fn error_word(text: &str) -> String {
    let word: String = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .take(40)
        .collect();
    if word.is_empty() {
        "error".to_owned()
    } else {
        word
    }
}

fn failed(detail: &str) -> anyhow::Error {
    Fault::new(Code::SignInFailed).with("detail", detail).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault;

    fn answer(status: u16, body: &str) -> Result<Granted> {
        read(&Answer {
            status,
            retry_after: None,
            version: web::Version::default(),
            body: body.as_bytes().to_vec(),
            read: web::Read::Whole,
        })
    }

    #[test]
    fn says_by_which_code_a_provider_refused_and_nothing_else() {
        for (status, body, detail) in [
            (400, r#"{"error":"invalid_client"}"#, "invalid_client"),
            (400, r#"{"error":"<b>made up</b>\u202e"}"#, "bmadeupb"),
            (401, "made-up-secret", "status 401"),
            (302, "", "status 302"),
            (200, r#"{"access_token":"made-up-secret"}"#, "no JSON"),
        ] {
            let error = answer(status, body).err().map(|error| {
                let shown = format!("{error:?} {error:#}");
                assert!(!shown.contains("made-up-secret"), "{shown}");
                fault::of(&error)
            });
            let want = Fault::new(Code::SignInFailed).with("detail", detail);
            assert_eq!(error, Some(want), "{status} {body}");
        }
    }

    #[test]
    fn a_permission_that_was_unticked_is_a_denial() {
        let mail = "https://mail.google.com/";
        for (asked, granted, allowed) in [
            (mail, None, true),
            (mail, Some(""), true),
            (mail, Some("openid https://mail.google.com/"), true),
            (mail, Some("openid email"), false),
            (
                "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
                Some("https://outlook.office.com/imap.accessasuser.all"),
                true,
            ),
        ] {
            assert_eq!(allows_mail(asked, granted), allowed, "{granted:?}");
        }
    }
}
