//! Entering accounts: from what the ledger remembers and the vault keeps to a [`Login`]. A sign-in
//! is renewed here, before it ends and once when the server refuses it.

use crate::clock::Clock;
use crate::fault::{self, Code, Fault};
use crate::mailbox::{self, Credential, Listed, Login};
use crate::oauth::{self, Provider, Tokens};
use crate::secret::Secret;
use crate::store::{AccountFacts, Entry, SignIn};
use crate::vault::{Keep, Vault, password_of_command};
use anyhow::Result;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The way into every account of one ledger.
pub struct Entrance {
    vault: Arc<dyn Vault>,
    clock: Clock,
    /// A refresh token may be good for one use only: two readings must not show the same one.
    renewing: Mutex<()>,
}

/// An account at a server, as far as entering needs it.
#[derive(Clone, Copy, Debug)]
pub struct Door<'a> {
    /// The account's name, under which the vault keeps its secret.
    pub name: &'a str,
    /// How it is entered.
    pub entry: &'a Entry,
    /// The ledger's setting on providers.
    pub providers: Option<&'a str>,
}

impl AccountFacts {
    /// The account, as far as entering needs it, with the ledger's setting on providers.
    pub fn door<'a>(&'a self, providers: Option<&'a str>) -> Door<'a> {
        Door {
            name: &self.name,
            entry: &self.entry,
            providers,
        }
    }
}

impl Entrance {
    /// With the vault that keeps the secrets.
    pub fn new(vault: Arc<dyn Vault>, clock: Clock) -> Entrance {
        Entrance {
            vault,
            clock,
            renewing: Mutex::new(()),
        }
    }

    /// What enters an account now; `None` for mail on this PC.
    ///
    /// # Errors
    /// [`Code::PasswordMissing`], [`Code::PasswordCommand`], [`Code::NoKeychain`]; for a sign-in
    /// [`Code::SignInAgain`], those of the provider and of [`oauth::refresh`].
    pub async fn login(&self, door: Door<'_>) -> Result<Option<Login>> {
        let Entry::Imap {
            password_command,
            sign_in,
            ..
        } = door.entry
        else {
            return Ok(None);
        };
        let credential = match (sign_in, password_command) {
            (SignIn::Provider(_), _) => Credential::Token(self.token(door, None).await?),
            (SignIn::Password, Some(command)) => {
                Credential::Password(password_of_command(command).await?)
            }
            (SignIn::Password, None) => {
                let missing = || Fault::new(Code::PasswordMissing).with("account", door.name);
                Credential::Password(self.vault.password(door.name)?.ok_or_else(missing)?)
            }
        };
        Ok(login_with(door.entry, credential))
    }

    /// What enters an account after the server refused this login for its token; `None` where
    /// there was no token.
    ///
    /// # Errors
    /// Those of [`Entrance::login`].
    pub async fn login_after_refusal(
        &self,
        door: Door<'_>,
        refused: &Login,
    ) -> Result<Option<Login>> {
        match &refused.credential {
            Credential::Password(_) => Ok(None),
            Credential::Token(token) => {
                let token = self.token(door, Some(token)).await?;
                Ok(login_with(door.entry, Credential::Token(token)))
            }
        }
    }

    /// Connects, logs in and lists the mailboxes; `None` for mail on this PC.
    ///
    /// # Errors
    /// Those of [`Entrance::login`] and [`mailbox::imap::check`].
    pub async fn check(&self, door: Door<'_>) -> Result<Option<Vec<Listed>>> {
        let Some(login) = self.login(door).await? else {
            return Ok(None);
        };
        let listed = match mailbox::imap::check(&login).await {
            Err(error) if is_token_refused(&error) => {
                match self.login_after_refusal(door, &login).await? {
                    Some(login) => mailbox::imap::check(&login).await?,
                    None => return Err(error),
                }
            }
            outcome => outcome?,
        };
        Ok(Some(listed))
    }

    /// Keeps what a sign-in brought. Where a vault has no room for all of it, the part that
    /// brings the rest is kept.
    ///
    /// # Errors
    /// [`Code::NoKeychain`].
    pub fn keep(&self, account: &str, tokens: &Tokens, place: Keep) -> Result<()> {
        self.fitting(tokens, |secret| self.vault.keep(account, secret, place))
    }

    /// Takes a sign-in back at the provider and forgets it, or forgets a password.
    ///
    /// # Errors
    /// Those of [`Vault::forget`]; a provider that does not answer is no error.
    pub async fn leave(&self, door: Door<'_>) -> Result<()> {
        let kept = match door.entry {
            Entry::Imap {
                sign_in: SignIn::Provider(_),
                ..
            } => self.vault.kept(door.name).ok().flatten(),
            Entry::Imap { .. } | Entry::Archive { .. } => None,
        };
        self.vault.forget(door.name)?;
        let tokens = kept.as_ref().and_then(Tokens::of_secret);
        if let (Some(tokens), Ok(provider)) = (tokens, provider(door)) {
            oauth::revoke(&provider, &tokens).await;
        }
        Ok(())
    }

    /// An access token that has not ended and is not the one that was refused.
    async fn token(&self, door: Door<'_>, refused: Option<&Secret>) -> Result<Secret> {
        let _alone = self.renewing.lock().await;
        let again = || Fault::new(Code::SignInAgain).with("account", door.name);
        let now = self.clock.now().as_second();
        let kept = || -> Result<Tokens> {
            let secret = self.vault.kept(door.name)?.ok_or_else(again)?;
            Ok(Tokens::of_secret(&secret).ok_or_else(again)?)
        };
        let tokens = kept()?;
        let usable = |tokens: &Tokens| {
            let token = tokens.usable(now).filter(|token| Some(*token) != refused);
            token.cloned()
        };
        if let Some(token) = usable(&tokens) {
            return Ok(token);
        }
        let refresh = tokens.refresh.as_ref().ok_or_else(again)?;
        match oauth::refresh(&provider(door)?, refresh, now).await {
            Ok(renewed) => {
                let kept = self.fitting(&renewed, |s| self.vault.renew(door.name, s));
                if let Err(error) = kept {
                    tracing::warn!("the renewed sign-in is not kept: {error:#}");
                    // The old one may be void already: memory is better than nothing.
                    self.vault
                        .keep(door.name, &renewed.to_secret(), Keep::Memory)?;
                }
                renewed.access.ok_or_else(|| again().into())
            }
            Err(error) if fault::of(&error).code == Code::SignInAgain => {
                // Another process may have renewed it meanwhile.
                let later = kept()?;
                let renewed = (later != tokens).then(|| usable(&later)).flatten();
                renewed.ok_or_else(|| error.context(again()))
            }
            Err(error) => Err(error),
        }
    }

    fn fitting(&self, tokens: &Tokens, keep: impl Fn(&Secret) -> Result<()>) -> Result<()> {
        keep(&tokens.to_secret()).or_else(|error| {
            let bare = Tokens {
                access: None,
                expires_at: None,
                ..tokens.clone()
            };
            // Some keychains are small (2.5 kB on Windows); the first error is the one that matters.
            keep(&bare.to_secret()).map_err(|_| error)
        })
    }
}

/// The provider of an account that signs in.
///
/// # Errors
/// Those of [`Provider::named`].
pub fn provider(door: Door<'_>) -> Result<Provider> {
    let name = match door.entry {
        Entry::Imap { sign_in, .. } => sign_in.provider().unwrap_or_default(),
        Entry::Archive { .. } => "",
    };
    Provider::named(name, door.providers, |variable| {
        std::env::var(variable).ok()
    })
}

/// The login of an entry with what the server lets us in for; `None` for mail on this PC.
pub fn login_with(entry: &Entry, credential: Credential) -> Option<Login> {
    match entry {
        Entry::Imap {
            host,
            port,
            security,
            login,
            trust,
            password_command: _,
            sign_in: _,
        } => Some(Login {
            host: host.clone(),
            port: *port,
            security: *security,
            login: login.clone(),
            credential,
            trust: trust.clone(),
            compress: !mailbox::imap::is_this_pc(host),
        }),
        Entry::Archive { .. } => None,
    }
}

/// Whether a server refused a token.
pub fn is_token_refused(error: &anyhow::Error) -> bool {
    fault::of(error).code == Code::TokenRefused
}
