//! Where secrets live: the keychain of the system, or memory until the program ends, or a command
//! that the user names. Never the ledger, a log, an error or an export.

use crate::fault::{Code, Fault};
use crate::secret::Secret;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;

/// Name of the entries in the system's keychain.
const SERVICE: &str = "Atesaki";
/// How long a password command may take.
const COMMAND_LIMIT: Duration = Duration::from_secs(10);

/// Where a password is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// In the system's keychain.
    Keychain,
    /// In memory, until the program ends.
    Memory,
}

/// A place for passwords by account name.
pub trait Vault: Send + Sync {
    /// The password of an account.
    ///
    /// # Errors
    /// [`Code::NoKeychain`] where nothing is kept in memory and no keychain answers.
    fn password(&self, account: &str) -> Result<Option<Secret>>;
    /// Keeps a password.
    ///
    /// # Errors
    /// [`Code::NoKeychain`].
    fn keep(&self, account: &str, secret: &Secret, place: Keep) -> Result<()>;
    /// What is kept for an account, without asking anybody for it.
    ///
    /// # Errors
    /// Those of [`Vault::password`].
    fn kept(&self, account: &str) -> Result<Option<Secret>> {
        self.password(account)
    }
    /// Keeps a secret in the place of the one that is there.
    ///
    /// # Errors
    /// [`Code::NoKeychain`].
    fn renew(&self, account: &str, secret: &Secret) -> Result<()> {
        self.keep(account, secret, Keep::Keychain)
    }
    /// Forgets a password everywhere.
    ///
    /// # Errors
    /// Those of the keychain other than "there is none".
    fn forget(&self, account: &str) -> Result<()>;
    /// Whether a keychain answers.
    fn keychain_answers(&self) -> bool;
}

/// The system's keychain, with memory beside it.
#[derive(Debug, Default)]
pub struct SystemVault {
    memory: Memory,
}

impl Vault for SystemVault {
    fn password(&self, account: &str) -> Result<Option<Secret>> {
        if let Some(secret) = self.memory.password(account)? {
            return Ok(Some(secret));
        }
        match entry(account)?.get_password() {
            Ok(password) => Ok(Some(Secret(password))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error).with_context(|| Fault::new(Code::NoKeychain)),
        }
    }

    fn keep(&self, account: &str, secret: &Secret, place: Keep) -> Result<()> {
        match place {
            Keep::Memory => self.memory.keep(account, secret, place),
            Keep::Keychain => entry(account)?
                .set_password(&secret.0)
                .with_context(|| Fault::new(Code::NoKeychain)),
        }
    }

    fn renew(&self, account: &str, secret: &Secret) -> Result<()> {
        let place = match self.memory.password(account)? {
            Some(_) => Keep::Memory,
            None => Keep::Keychain,
        };
        self.keep(account, secret, place)
    }

    fn forget(&self, account: &str) -> Result<()> {
        self.memory.forget(account)?;
        let Ok(entry) = entry(account) else {
            return Ok(());
        };
        match entry.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            // Without a keychain there is nothing to forget.
            Err(error) => {
                tracing::debug!("keychain: {error:#}");
                Ok(())
            }
        }
    }

    fn keychain_answers(&self) -> bool {
        match entry("doctor").map(|e| e.get_password()) {
            Ok(Ok(_) | Err(keyring::Error::NoEntry)) => true,
            Ok(Err(_)) | Err(_) => false,
        }
    }
}

fn entry(account: &str) -> Result<keyring::Entry> {
    keyring::Entry::new(SERVICE, account).with_context(|| Fault::new(Code::NoKeychain))
}

/// Passwords in memory only.
#[derive(Debug, Default)]
pub struct Memory {
    secrets: Mutex<BTreeMap<String, Secret>>,
}

impl Memory {
    fn secrets(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Secret>> {
        self.secrets
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Vault for Memory {
    fn password(&self, account: &str) -> Result<Option<Secret>> {
        Ok(self.secrets().get(account).cloned())
    }

    fn keep(&self, account: &str, secret: &Secret, _place: Keep) -> Result<()> {
        self.secrets().insert(account.to_owned(), secret.clone());
        Ok(())
    }

    fn forget(&self, account: &str) -> Result<()> {
        self.secrets().remove(account);
        Ok(())
    }

    fn keychain_answers(&self) -> bool {
        false
    }
}

/// The first line that a shell line prints within ten seconds.
///
/// # Errors
/// [`Code::PasswordCommand`].
pub async fn password_of_command(command: &str) -> Result<Secret> {
    let refused = || Fault::new(Code::PasswordCommand);
    let child = tokio::process::Command::new("sh")
        .arg("-c")
        .arg(command)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(COMMAND_LIMIT, child)
        .await
        .with_context(refused)?
        .with_context(refused)?;
    let text = String::from_utf8(output.stdout).map_err(|_| refused())?;
    match text.lines().next() {
        Some(line) if output.status.success() && !line.is_empty() => Ok(Secret(line.to_owned())),
        Some(_) | None => Err(refused().into()),
    }
}
