//! Accounts: how they are recorded, tried and removed.

use super::Handle;
use crate::actor::Change;
use crate::entrance::login_with;
use crate::fault::{Code, Fault};
use crate::mailbox::{self, Credential, Listed};
use crate::store::{Entry, NewAccount};
use crate::vault::Keep;
use anyhow::{Context, Result};
use exposure::AddrSpec;
use std::path::Path;

impl Handle {
    /// Connects, logs in, lists the mailboxes, and only then records the account and its password.
    ///
    /// # Errors
    /// Those of the connection and of the keychain; nothing is recorded then.
    pub async fn add_account(
        &self,
        account: NewAccount,
        password: Option<(mailbox::Secret, Keep)>,
        own_domains: Vec<String>,
    ) -> Result<Vec<Listed>> {
        self.is_new(&account.name)?;
        let listed = match &account.entry {
            Entry::Archive { path } => mailbox::archive::check(path)?,
            Entry::Imap {
                password_command, ..
            } => {
                let missing = || Fault::new(Code::PasswordMissing).with("account", &account.name);
                let secret = match (password_command, &password) {
                    (Some(command), _) => crate::vault::password_of_command(command).await?,
                    (None, Some((secret, _))) => secret.clone(),
                    (None, None) => return Err(missing().into()),
                };
                let credential = Credential::Password(secret);
                let login = login_with(&account.entry, credential).ok_or_else(missing)?;
                mailbox::imap::check(&login).await?
            }
        };
        if let Some((secret, place)) = &password {
            self.0.start.vault.keep(&account.name, secret, *place)?;
        }
        self.change(Change::AddAccount {
            account,
            own_addresses: Vec::new(),
            own_domains,
        })
        .await?;
        Ok(listed)
    }

    /// Records mail on this PC as a source.
    ///
    /// # Errors
    /// [`Code::NoMailThere`], [`Code::CannotRead`], [`Code::AccountExists`].
    pub async fn add_archive(
        &self,
        path: &Path,
        own_addresses: Vec<AddrSpec>,
        own_domains: Vec<String>,
    ) -> Result<Vec<Listed>> {
        let cannot = || Fault::new(Code::CannotRead).with("path", path.display().to_string());
        let path = std::fs::canonicalize(path).with_context(cannot)?;
        let listed = mailbox::archive::check(&path)?;
        let account = NewAccount {
            name: path.display().to_string(),
            entry: Entry::Archive { path },
            separator: '+',
        };
        self.change(Change::AddAccount {
            account,
            own_addresses,
            own_domains,
        })
        .await?;
        Ok(listed)
    }

    /// Connects, logs in and lists the mailboxes of a recorded account.
    ///
    /// # Errors
    /// Those of the connection and of the keychain.
    pub async fn test_account(&self, name: &str) -> Result<Vec<Listed>> {
        let account = self.read(|store| store.account(name))?;
        if let Entry::Archive { path } = &account.entry {
            return mailbox::archive::check(path);
        }
        let providers = self.providers()?;
        let door = account.door(providers.as_deref());
        Ok(self.0.entrance.check(door).await?.unwrap_or_default())
    }

    /// Removes an account and its password; a sign-in is taken back where the provider answers.
    ///
    /// # Errors
    /// [`Code::NoSuchAccount`].
    pub async fn remove_account(&self, name: &str, with_mail: bool) -> Result<()> {
        let account = self.read(|store| store.account(name))?;
        self.stop(Some(account.id));
        self.change(Change::RemoveAccount {
            account: account.id,
            with_mail,
        })
        .await?;
        let providers = self.providers()?;
        self.0
            .entrance
            .leave(account.door(providers.as_deref()))
            .await
    }
}
