//! What differs from one operating system to the next.

use crate::mailbox::thunderbird::{self, FoundAccount};
use std::path::PathBuf;

/// The data folder of this system.
pub fn data_folder() -> PathBuf {
    match directories::ProjectDirs::from("", "", "Atesaki") {
        Some(folders) => folders.data_dir().to_owned(),
        None => PathBuf::from(".atesaki"),
    }
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
