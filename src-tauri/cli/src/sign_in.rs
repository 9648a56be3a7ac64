//! Signing in from a terminal: the address of the provider's page is printed, and a browser is
//! tried. Wherever it is opened, the way back leads to this PC.

use crate::Outcome;
use crate::args::AccountTestArgs;
use crate::terminal::Terminal;
use anyhow::{Context, Result};
use monitor::actor::Change;
use monitor::fault::{Code, Fault};
use monitor::{Handle, Keep, oauth};
use std::path::Path;

/// The most bytes of a file that describes a provider.
const DESCRIPTION_LIMIT: u64 = 64 << 10;

/// Prints an address, whatever else is said, and tries to open it.
pub fn opener(terminal: Terminal) -> impl Fn(&str) -> Result<()> + Send + Sync {
    move |address: &str| {
        eprintln!("{}\n{address}", terminal.words.say("terminal.open_page"));
        if let Err(error) = monitor::system::browse(address) {
            tracing::debug!("no browser was opened: {error}");
        }
        Ok(())
    }
}

/// Records what a file says of a provider.
///
/// # Errors
/// [`Code::CannotRead`], [`Code::NoRegistration`] for a file that describes none.
pub async fn describe(handle: &Handle, provider: &str, file: Option<&Path>) -> Result<()> {
    let Some(file) = file else {
        return Ok(());
    };
    let cannot = || Fault::new(Code::CannotRead).with("path", file.display().to_string());
    if std::fs::metadata(file).with_context(cannot)?.len() > DESCRIPTION_LIMIT {
        return Err(cannot().into());
    }
    let description = std::fs::read_to_string(file).with_context(cannot)?;
    let before = handle.read(|store| store.setting(oauth::SETTING))?;
    let setting = oauth::configured_with(before.as_deref(), provider, &description)
        .with_context(|| Fault::new(Code::NoRegistration).with("provider", provider))?;
    handle
        .change(Change::Setting(oauth::SETTING, Some(setting)))
        .await
        .map(drop)
}

/// `account sign-in`.
pub async fn again(terminal: Terminal, handle: &Handle, args: &AccountTestArgs) -> Result<Outcome> {
    handle
        .sign_in_again(&args.account, Keep::Keychain, &opener(terminal))
        .await?;
    let words = terminal.words;
    terminal.done(&words.fill("terminal.signed_in", &[("account", &args.account)]));
    Ok(Outcome::Done)
}
