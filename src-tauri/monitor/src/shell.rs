//! What the monitor asks of the program around it: the window, the terminal, or a recorder in tests.

use crate::confined::Worker;
use crate::fault::{Code, Fault};
use anyhow::Result;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What changed; whoever shows it asks again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The Overview screen.
    Overview,
    /// Addresses, and every single one.
    Addresses,
    /// Services.
    Services,
    /// Accounts, mailboxes, progress.
    Accounts,
    /// Incidents.
    Incidents,
    /// Settings and language.
    Settings,
    /// Something is dragged over the window, or was dropped on it.
    Dragged,
}

/// A desktop notification in the user's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Title.
    pub title: String,
    /// Text; plain, never a subject of a mail.
    pub text: String,
    /// The address whose screen a click opens; `None` opens Overview.
    pub address: Option<i64>,
}

/// The program around the monitor.
pub trait Shell: Send + Sync {
    /// Views that name one of these topics ask again.
    fn changed(&self, topics: &[Topic]);
    /// Shows a desktop notification.
    fn notify(&self, notice: Notice);
    /// Opens an address of one of our own tables in the user's browser.
    ///
    /// # Errors
    /// Where the system has no browser.
    fn open(&self, _page: &str) -> Result<()> {
        Err(Fault::new(Code::NoBrowser).into())
    }
    /// Where exports of other programs are read.
    ///
    /// # Errors
    /// Where the system does not say which program this is.
    fn worker(&self) -> Result<Worker> {
        Worker::this_program()
    }
    /// Whether the program starts with the PC; `None` where it cannot.
    fn starts_with_pc(&self) -> Option<bool> {
        None
    }
    /// Lets the program start with the PC, or no longer.
    ///
    /// # Errors
    /// [`Code::Autostart`].
    fn start_with_pc(&self, _on: bool) -> Result<()> {
        Err(Fault::new(Code::Autostart).into())
    }
}
