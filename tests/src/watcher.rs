//! The monitor as the programs start it, but on a chosen evening, and with what it says heard.

use crate::place::program;
use anyhow::Result;
use monitor::confined::Worker;
use monitor::{Clock, Handle, Lang, Notice, Shell, Start, Topic, Vault, Words, notification};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// Shows notices on the session bus and passes on which address a click opened.
pub struct OnBus(Mutex<Sender<Option<i64>>>);

impl OnBus {
    /// The shell, and where clicks are heard.
    pub fn new() -> (Arc<OnBus>, Receiver<Option<i64>>) {
        let (told, clicked) = channel();
        (Arc::new(OnBus(Mutex::new(told))), clicked)
    }
}

impl Shell for OnBus {
    fn changed(&self, _topics: &[Topic]) {}

    fn notify(&self, notice: Notice) {
        let clicked = self.0.lock().unwrap().clone();
        notification::show(
            notice,
            Words::of(Lang::En).say("notice.open"),
            move |address| {
                // A test that has ended no longer listens.
                let _ = clicked.send(address);
            },
        );
    }
}

/// What a monitor notified, for tests that need no bus.
#[derive(Default)]
pub struct Heard(Mutex<Vec<Notice>>);

impl Heard {
    /// The notices since the last call.
    pub fn take(&self) -> Vec<Notice> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Shell for Heard {
    fn changed(&self, _topics: &[Topic]) {}

    fn notify(&self, notice: Notice) {
        self.0.lock().unwrap().push(notice);
    }

    fn worker(&self) -> Result<Worker> {
        Ok(Worker::Child(program("atesaki")?))
    }
}

/// Opens the ledger of a folder at an instant (RFC 3339), in English and in UTC.
///
/// # Errors
/// Those of [`Handle::open`].
pub fn open(
    data: &Path,
    now: &str,
    vault: Arc<dyn Vault>,
    shell: Arc<dyn Shell>,
) -> Result<Handle> {
    Handle::open(Start {
        data: data.to_owned(),
        clock: Clock::Fixed(now.parse()?),
        lang: Lang::En,
        vault,
        shell,
        zone: Some("UTC".to_owned()),
    })
}
