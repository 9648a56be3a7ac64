//! The handle's part in signing in: adding an account that has no password, and renewing what only
//! the user can renew, a password among it.

use crate::actor::Change;
use crate::entrance::{self, Door};
use crate::fault::{Code, Fault};
use crate::handle::Handle;
use crate::mailbox::{self, Credential, Listed};
use crate::oauth::{self, Opener, Tokens};
use crate::secret::Secret;
use crate::store::{Entry, NewAccount, SignIn, Store};
use crate::vault::{Keep, password_of_command};
use anyhow::Result;

/// Another password of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewPassword {
    /// Typed, and where it is kept.
    Typed(Secret, Keep),
    /// What a shell line prints.
    Command(String),
}

impl Handle {
    /// Signs in with the entry's provider in the browser that `open` opens, connects, lists the
    /// mailboxes, and only then records the account and keeps the sign-in.
    ///
    /// # Errors
    /// [`Code::AccountExists`], [`Code::SignInNeedsKeychain`], those of [`oauth::sign_in`], of the
    /// provider's registration and of the connection; nothing is recorded then.
    pub async fn add_account_signed_in(
        &self,
        account: NewAccount,
        keep: Keep,
        own_domains: Vec<String>,
        open: &Opener,
    ) -> Result<Vec<Listed>> {
        self.is_new(&account.name)?;
        let providers = self.providers()?;
        let door = Door {
            name: &account.name,
            entry: &account.entry,
            providers: providers.as_deref(),
        };
        let (tokens, listed) = self.signed_in(door, keep, open).await?;
        self.entrance().keep(&account.name, &tokens, keep)?;
        self.change(Change::AddAccount {
            account,
            own_addresses: Vec::new(),
            own_domains,
        })
        .await?;
        Ok(listed)
    }

    /// Signs in again to an account whose sign-in has ended or was taken back.
    ///
    /// # Errors
    /// [`Code::NoSuchAccount`], [`Code::NoRegistration`] for an account with a password, and those
    /// of [`Handle::add_account_signed_in`]; what was kept before stays then.
    pub async fn sign_in_again(
        &self,
        name: &str,
        keep: Keep,
        open: &Opener,
    ) -> Result<Vec<Listed>> {
        let account = self.read(|store| store.account(name))?;
        let providers = self.providers()?;
        let door = account.door(providers.as_deref());
        let (tokens, listed) = self.signed_in(door, keep, open).await?;
        self.entrance().keep(&account.name, &tokens, keep)?;
        self.change(Change::SignedIn(account.id)).await?;
        Ok(listed)
    }

    /// Takes another password for a recorded account, once the server lets it in.
    ///
    /// # Errors
    /// [`Code::NoSuchAccount`], [`Code::SignInAgain`] for an account that signs in with its
    /// provider, and those of [`Handle::add_account`]; what was there before stays then.
    pub async fn enter_password(&self, name: &str, password: NewPassword) -> Result<Vec<Listed>> {
        let account = self.read(|store| store.account(name))?;
        let secret = match &password {
            NewPassword::Typed(secret, _) => secret.clone(),
            NewPassword::Command(command) => password_of_command(command).await?,
        };
        let login = match &account.entry {
            Entry::Imap {
                sign_in: SignIn::Provider(_),
                ..
            } => return Err(Fault::new(Code::SignInAgain).with("account", name).into()),
            entry => entrance::login_with(entry, Credential::Password(secret)),
        };
        let nobody = || Fault::new(Code::NoSuchAccount).with("account", name);
        let listed = mailbox::imap::check(&login.ok_or_else(nobody)?).await?;
        let command = match password {
            NewPassword::Typed(secret, keep) => {
                self.start().vault.keep(&account.name, &secret, keep)?;
                None
            }
            NewPassword::Command(command) => Some(command),
        };
        self.change(Change::PasswordCommand(account.id, command))
            .await?;
        Ok(listed)
    }

    /// Holds that no account has this name yet.
    ///
    /// # Errors
    /// [`Code::AccountExists`].
    pub(crate) fn is_new(&self, name: &str) -> Result<()> {
        let accounts = self.read(Store::accounts)?;
        if accounts.iter().any(|a| a.name.eq_ignore_ascii_case(name)) {
            return Err(Fault::new(Code::AccountExists).with("account", name).into());
        }
        Ok(())
    }

    /// Signs in and holds it against the mail server before anything is kept.
    async fn signed_in(
        &self,
        door: Door<'_>,
        keep: Keep,
        open: &Opener,
    ) -> Result<(Tokens, Vec<Listed>)> {
        let provider = entrance::provider(door)?;
        match keep {
            Keep::Keychain if !self.start().vault.keychain_answers() => {
                return Err(Fault::new(Code::SignInNeedsKeychain).into());
            }
            Keep::Keychain | Keep::Memory => {}
        }
        let tokens = oauth::sign_in(&provider, door.name, self.words(), self.clock(), open).await?;
        let again = || Fault::new(Code::SignInAgain).with("account", door.name);
        let token = tokens.access.clone().ok_or_else(again)?;
        let login = entrance::login_with(door.entry, Credential::Token(token)).ok_or_else(again)?;
        let listed = match mailbox::imap::check(&login).await {
            Ok(listed) => listed,
            Err(error) => {
                // A sign-in that enters nothing must not stay behind at the provider.
                oauth::revoke(&provider, &tokens).await;
                return Err(error);
            }
        };
        Ok((tokens, listed))
    }

    /// The ledger's setting on providers.
    pub(crate) fn providers(&self) -> Result<Option<String>> {
        self.read(|store| store.setting(oauth::SETTING))
    }
}
