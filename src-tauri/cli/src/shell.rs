//! The terminal as the program around the monitor: it draws nothing by itself when something
//! changes, and shows notifications both on the desktop and as a line.

use crate::terminal::Terminal;
use monitor::{Notice, Shell, Topic};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

/// Shows notifications while mail is read.
pub struct TerminalShell {
    terminal: Terminal,
    posting: Mutex<Vec<JoinHandle<()>>>,
}

impl TerminalShell {
    /// A shell that speaks through this terminal.
    pub const fn new(terminal: Terminal) -> TerminalShell {
        TerminalShell {
            terminal,
            posting: Mutex::new(Vec::new()),
        }
    }

    /// Waits until every notification has reached the desktop, so that none ends with the program.
    pub fn finish(&self) {
        let posting =
            std::mem::take(&mut *self.posting.lock().unwrap_or_else(PoisonError::into_inner));
        for one in posting {
            if one.join().is_err() {
                tracing::warn!("a notification ended badly");
            }
        }
    }
}

impl Shell for TerminalShell {
    fn changed(&self, _topics: &[Topic]) {}

    fn notify(&self, notice: Notice) {
        self.terminal
            .note(&format!("{}\n  {}", notice.title, notice.text));
        let posted = std::thread::Builder::new()
            .name("notification".into())
            .spawn(move || {
                if let Err(error) = monitor::notification::post_once(&notice) {
                    tracing::info!("no notification service answers: {error:#}");
                }
            });
        match posted {
            Ok(thread) => self
                .posting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(thread),
            Err(error) => tracing::warn!("notification thread: {error:#}"),
        }
    }
}
