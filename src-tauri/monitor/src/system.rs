//! What differs from one operating system to the next.

use crate::fault::{Code, Fault};
use crate::mailbox::thunderbird::{self, FoundAccount};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Stdio;

/// The data folder of this system.
pub fn data_folder() -> PathBuf {
    match directories::ProjectDirs::from("", "", "Atesaki") {
        Some(folders) => folders.data_dir().to_owned(),
        None => PathBuf::from(".atesaki"),
    }
}

/// What goes to the log: what `ATESAKI_LOG` asks for, else `usual`; never what the resolver has to
/// say, which would be the domains of the user's addresses.
pub fn log_filter(usual: &str) -> String {
    let asked = std::env::var("ATESAKI_LOG").unwrap_or_else(|_| usual.to_owned());
    format!("{asked},hickory_net=off,hickory_proto=off,hickory_resolver=off")
}

/// The accounts of Thunderbird on this PC.
pub fn thunderbird() -> Vec<FoundAccount> {
    match directories::BaseDirs::new() {
        Some(folders) => thunderbird::accounts(folders.home_dir(), Some(folders.config_dir())),
        None => Vec::new(),
    }
}

/// Makes a write beyond the allowed size of a file (`ulimit -f`) fail as on a full disk, with a
/// fault that can be said; by default the system ends the program. Needs a running runtime and
/// holds until the program ends.
#[cfg(unix)]
pub fn outlive_file_limit() {
    /// SIGXFSZ of Linux, macOS and the BSDs.
    const FILE_SIZE_EXCEEDED: i32 = 25;
    let kind = tokio::signal::unix::SignalKind::from_raw(FILE_SIZE_EXCEEDED);
    if let Err(error) = tokio::signal::unix::signal(kind) {
        tracing::debug!("a file limit will end the program: {error}");
    }
}

/// Elsewhere no signal is sent.
#[cfg(not(unix))]
pub fn outlive_file_limit() {}

/// Opens an address in the user's browser.
///
/// # Errors
/// [`Code::NoBrowser`].
pub fn browse(page: &str) -> Result<()> {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    std::process::Command::new(program)
        .args(before)
        .arg(page)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(|mut opened| {
            // Whoever ends it must be waited for, or it stays as a dead entry of the process table.
            std::thread::spawn(move || opened.wait());
        })
        .with_context(|| Fault::new(Code::NoBrowser))
}
