//! Passwords in the terminal: the system's keychain, else typed at each start and kept in memory
//! until the program ends.

use crate::terminal::Terminal;
use anyhow::Result;
use monitor::fault::{self, Code};
use monitor::mailbox::Secret;
use monitor::{Keep, SystemVault, Vault};
use std::io::IsTerminal;

/// The system's keychain with a person beside it.
pub struct TerminalVault {
    system: SystemVault,
    terminal: Terminal,
}

impl TerminalVault {
    /// A vault that asks through this terminal.
    pub fn new(terminal: Terminal) -> TerminalVault {
        TerminalVault {
            system: SystemVault::default(),
            terminal,
        }
    }

    /// Asks for a password; `None` where nobody can be asked or nothing was typed.
    pub fn ask(&self, account: &str) -> Result<Option<Secret>> {
        if !std::io::stdin().is_terminal() {
            return Ok(None);
        }
        let prompt = self
            .terminal
            .words
            .fill("terminal.password_prompt", &[("account", account)]);
        let typed = rpassword::prompt_password(prompt)?;
        Ok((!typed.is_empty()).then_some(Secret(typed)))
    }
}

fn without_keychain(error: &anyhow::Error) -> bool {
    fault::of(error).code == Code::NoKeychain
}

impl Vault for TerminalVault {
    fn password(&self, account: &str) -> Result<Option<Secret>> {
        let refused = match self.system.password(account) {
            Ok(Some(secret)) => return Ok(Some(secret)),
            Ok(None) => None,
            Err(error) if without_keychain(&error) => Some(error),
            Err(error) => return Err(error),
        };
        match (self.ask(account)?, refused) {
            (Some(secret), _) => {
                self.system.keep(account, &secret, Keep::Memory)?;
                Ok(Some(secret))
            }
            (None, Some(error)) => Err(error),
            (None, None) => Ok(None),
        }
    }

    fn keep(&self, account: &str, secret: &Secret, place: Keep) -> Result<()> {
        match self.system.keep(account, secret, place) {
            // Whoever knows it now can type it at the next start.
            Err(error) if without_keychain(&error) => {
                self.terminal
                    .note(&self.terminal.words.say("terminal.typed_each_start"));
                self.system.keep(account, secret, Keep::Memory)
            }
            kept => kept,
        }
    }

    fn kept(&self, account: &str) -> Result<Option<Secret>> {
        self.system.kept(account)
    }

    fn renew(&self, account: &str, secret: &Secret) -> Result<()> {
        self.system.renew(account, secret)
    }

    fn forget(&self, account: &str) -> Result<()> {
        self.system.forget(account)
    }

    fn keychain_answers(&self) -> bool {
        self.system.keychain_answers()
    }
}
