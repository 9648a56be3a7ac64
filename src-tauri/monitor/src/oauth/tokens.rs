//! What a sign-in brings. It lives in the vault, as JSON in the place of a password, and nowhere
//! else.

use crate::secret::Secret;
use serde::{Deserialize, Serialize};

/// How long before its end an access token is not used any more, in seconds.
const MARGIN: i64 = 120;

/// The tokens of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// The provider's name.
    pub provider: String,
    /// Lets this program in for a while.
    pub access: Option<Secret>,
    /// When the access token ends, UTC seconds; `None`: the provider did not say.
    pub expires_at: Option<i64>,
    /// Brings the next access token.
    pub refresh: Option<Secret>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    provider: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    access_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

impl Tokens {
    /// The access token, unless it has ended or is about to.
    pub fn usable(&self, now: i64) -> Option<&Secret> {
        self.access
            .as_ref()
            .filter(|_| self.expires_at.is_none_or(|at| at - now > MARGIN))
    }

    /// As they are kept in the vault.
    pub fn to_secret(&self) -> Secret {
        let text = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.0.clone());
        let kept = Kept {
            provider: self.provider.clone(),
            access_token: text(&self.access),
            expires_at: self.expires_at,
            refresh_token: text(&self.refresh),
        };
        // Strings and a number are always JSON.
        Secret(serde_json::to_string(&kept).unwrap_or_default())
    }

    /// What was kept in the vault; `None` for what is no sign-in, such as a password.
    pub fn of_secret(secret: &Secret) -> Option<Tokens> {
        let kept: Kept = serde_json::from_str(&secret.0).ok()?;
        Some(Tokens {
            provider: kept.provider,
            access: kept.access_token.map(Secret),
            expires_at: kept.expires_at,
            refresh: kept.refresh_token.map(Secret),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens() -> Tokens {
        Tokens {
            provider: "example".into(),
            access: Some(Secret("made-up-access".into())),
            expires_at: Some(1_000),
            refresh: Some(Secret("made-up-refresh".into())),
        }
    }

    #[test]
    fn come_back_from_the_vault_and_are_never_printed() {
        let tokens = tokens();
        assert_eq!(Tokens::of_secret(&tokens.to_secret()), Some(tokens.clone()));
        let bare = Tokens {
            access: None,
            expires_at: None,
            ..tokens.clone()
        };
        assert_eq!(Tokens::of_secret(&bare.to_secret()), Some(bare));
        assert_eq!(Tokens::of_secret(&Secret("a password".into())), None);
        assert!(!format!("{tokens:?}").contains("made-up"), "{tokens:?}");
    }

    #[test]
    fn an_access_token_is_not_used_when_it_is_about_to_end() {
        let tokens = tokens();
        assert!(tokens.usable(879).is_some());
        assert!(tokens.usable(880).is_none(), "two minutes are too short");
        let endless = Tokens {
            expires_at: None,
            ..tokens
        };
        assert!(endless.usable(i64::MAX).is_some(), "until it is refused");
    }
}
