//! The walk of one sign-in: out to the provider's page, back to this PC, and on to its tokens.

use super::grant::{Brought, exchange};
use super::provider::Provider;
use super::redirect::{Redirect, Said};
use super::tokens::Tokens;
use crate::clock::Clock;
use crate::fault::{Code, Fault};
use crate::secret::unguessable;
use crate::words::Words;
use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use std::time::Duration;

/// How long the user may take in the browser.
const LIMIT: Duration = Duration::from_secs(5 * 60);

/// Opens an address in the user's browser.
pub type Opener = dyn Fn(&str) -> Result<()> + Send + Sync;

/// Signs in: opens the provider's page for an address, waits for the browser to come back, and
/// exchanges what it brings. Dropping the future ends it, and its socket.
///
/// # Errors
/// [`Code::SignInTimeout`], [`Code::SignInDenied`], [`Code::SignInFailed`],
/// [`Code::SignInUnavailable`], [`Code::NoConnection`], and those of `open`.
pub async fn sign_in(
    provider: &Provider,
    address: &str,
    words: &Words,
    clock: Clock,
    open: &Opener,
) -> Result<Tokens> {
    let redirect = Redirect::listen().await?;
    let (state, verifier) = (unguessable()?, unguessable()?);
    let back = redirect.address();
    let page = page(provider, address, &back, &state, &challenge(&verifier));
    open(&page)?;
    let said = tokio::time::timeout(LIMIT, redirect.answer(&state, words))
        .await
        .map_err(|_| Fault::new(Code::SignInTimeout))??;
    let code = match said {
        Said::Code(code) => code,
        Said::Denied => return Err(Fault::new(Code::SignInDenied).into()),
        Said::Failed(why) => {
            return Err(Fault::new(Code::SignInFailed).with("detail", why).into());
        }
    };
    let brought = Brought {
        code: &code,
        verifier: &verifier,
        redirect: &back,
    };
    exchange(provider, brought, clock.now().as_second()).await
}

/// The challenge of a verifier (RFC 7636, 4.2, S256).
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

fn page(provider: &Provider, address: &str, back: &str, state: &str, challenge: &str) -> String {
    let mut page = provider.authorization.clone();
    page.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &provider.client_id)
        .append_pair("redirect_uri", back)
        .append_pair("scope", &provider.scope)
        .append_pair("state", state)
        .append_pair("code_challenge", challenge)
        .append_pair("code_challenge_method", "S256")
        .append_pair("login_hint", address)
        .extend_pairs(&provider.extra);
    page.into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::fault;
    use crate::words::Lang;

    fn provider() -> Provider {
        let variable = |_: &str| Some("made-up-id".to_owned());
        Provider::named("google", None, variable).unwrap()
    }

    #[test]
    fn challenges_as_in_rfc_7636() {
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "appendix B"
        );
    }

    #[test]
    fn asks_the_page_for_a_code_and_for_nothing_else() {
        let page = page(
            &provider(),
            "ada@example.org",
            "http://127.0.0.1:4711",
            "st",
            "ch",
        );
        assert_eq!(
            page,
            "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=made-up-id\
             &redirect_uri=http%3A%2F%2F127.0.0.1%3A4711&scope=https%3A%2F%2Fmail.google.com%2F\
             &state=st&code_challenge=ch&code_challenge_method=S256&login_hint=ada%40example.org\
             &access_type=offline&prompt=consent"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn waits_five_minutes_for_the_browser_and_no_longer() {
        let before = tokio::time::Instant::now();
        let words = Words::of(Lang::En);
        let outcome = sign_in(
            &provider(),
            "ada@example.org",
            words,
            Clock::System,
            &|_| Ok(()),
        )
        .await;
        let fault = fault::of(&outcome.unwrap_err());
        assert_eq!(fault.code, Code::SignInTimeout);
        assert_eq!(before.elapsed().as_secs(), 300, "no sooner and no later");
    }
}
