//! What stands behind the page's one command: the desk with its ledger, or the reason why the
//! ledger could not be opened, which then answers every question of the page.

use crate::arguments::Arguments;
use monitor::surface::{self, Desk, Pick, Refusal};
use monitor::{Notice, Shell, Start, SystemVault, Topic};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{AppHandle, Emitter, Manager, State};

/// The desk, or why there is none.
pub struct Room(Result<Arc<Desk>, Refusal>);

impl Room {
    /// Opens the ledger. A ledger that cannot be opened is left as it is; its fault goes to stderr
    /// and to the page.
    pub fn open(app: &AppHandle, arguments: &Arguments) -> Room {
        let opened = desk(app, arguments).map_err(|error| {
            let refusal = Refusal::of(arguments.words(), &error);
            eprintln!("{} {}", refusal.text, refusal.action);
            refusal
        });
        Room(opened.map(Arc::new))
    }

    /// The desk, where the ledger could be opened.
    pub fn desk(&self) -> Option<&Arc<Desk>> {
        self.0.as_ref().ok()
    }

    /// Keeps up with the user's mailboxes; the sample is never read again.
    pub fn keep_reading(&self) {
        let Some(desk) = self.desk().cloned() else {
            return;
        };
        tauri::async_runtime::spawn(async move {
            desk.keep_reading().await;
        });
    }
}

fn desk(app: &AppHandle, arguments: &Arguments) -> anyhow::Result<Desk> {
    let start = Start {
        data: arguments.data(),
        clock: arguments.clock(),
        lang: arguments.lang(),
        vault: Arc::new(SystemVault::default()),
        shell: Arc::new(Page(app.clone())),
        zone: None,
    };
    Desk::open(start, Box::new(|what| Box::pin(picked(what))))
}

/// The only command of the page.
///
/// # Errors
/// The refusal of the command, in the user's language.
#[tauri::command]
pub async fn call(room: State<'_, Room>, name: String, args: Value) -> Result<Value, Refusal> {
    match &room.0 {
        Ok(desk) => surface::call(desk, &name, args).await,
        Err(refusal) => Err(refusal.clone()),
    }
}

async fn picked(what: Pick) -> Option<PathBuf> {
    let dialog = rfd::AsyncFileDialog::new();
    let picked = match what {
        Pick::File => dialog.pick_file().await,
        Pick::Folder => dialog.pick_folder().await,
        Pick::Save(name) => dialog.set_file_name(name).save_file().await,
    };
    picked.map(PathBuf::from)
}

/// The page, as the monitor sees it.
struct Page(AppHandle);

impl Shell for Page {
    fn changed(&self, topics: &[Topic]) {
        if let Err(error) = self.0.emit("changed", topics) {
            tracing::warn!("the page was not told what changed: {error:#}");
        }
    }

    fn open(&self, page: &str) -> anyhow::Result<()> {
        monitor::system::browse(page)
    }

    fn starts_with_pc(&self) -> Option<bool> {
        crate::startup::is_on()
    }

    fn start_with_pc(&self, on: bool) -> anyhow::Result<()> {
        crate::startup::set(on)
    }

    fn notify(&self, notice: Notice) {
        let app = self.0.clone();
        let room = app.state::<Room>();
        let Some(desk) = room.desk() else { return };
        let open = desk.handle().words().say("notice.open");
        let clicked = app.clone();
        monitor::notification::show(notice, open, move |address| {
            crate::window::open_at(&clicked, address)
        });
    }
}
