//! Starting with the PC: an entry of the system that starts the program without its window.

use anyhow::Context;
use auto_launch::{AutoLaunch, AutoLaunchBuilder};
use monitor::fault::{Code, Fault};

/// The argument with which the program starts without its window.
pub const HIDDEN: &str = "--hidden";

/// Whether there is such an entry; `None` where the system has no place for it.
pub fn is_on() -> Option<bool> {
    entry().ok()?.is_enabled().ok()
}

/// Makes the entry, or takes it away.
///
/// # Errors
/// [`Code::Autostart`].
pub fn set(on: bool) -> anyhow::Result<()> {
    let refused = || Fault::new(Code::Autostart);
    let entry = entry().with_context(refused)?;
    let done = if on { entry.enable() } else { entry.disable() };
    done.with_context(refused)
}

fn entry() -> anyhow::Result<AutoLaunch> {
    let program = std::env::current_exe()?;
    let entry = AutoLaunchBuilder::new()
        .set_app_name("Atesaki")
        .set_app_path(&program.display().to_string())
        .set_args(&[HIDDEN])
        .build()?;
    Ok(entry)
}
