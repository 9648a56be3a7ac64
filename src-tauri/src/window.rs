//! The window and its life.

use crate::arguments::Arguments;
use crate::room::{self, Room};
use crate::tray;
use anyhow::Context;
use monitor::surface::Drag;
use std::path::Path;
use tauri::plugin::TauriPlugin;
use tauri::{
    AppHandle, DragDropEvent, Manager, RunEvent, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, WindowEvent,
};

/// The only window.
const MAIN: &str = "main";

/// Whether there is a display to open a window on.
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Opens the window and returns when the program ends. A second start with the same ledger hands
/// over to the first and ends here.
///
/// # Errors
/// Those of the window system.
pub fn run(arguments: Arguments) -> anyhow::Result<()> {
    let app = tauri::Builder::default()
        .plugin(single_instance(&arguments))
        .invoke_handler(tauri::generate_handler![room::call])
        .setup(move |app| {
            let handle = app.handle();
            tauri::async_runtime::block_on(async { monitor::system::outlive_file_limit() });
            app.manage(Room::open(handle, &arguments));
            let room = app.state::<Room>();
            if arguments.sample {
                show_sample(&room)?;
            }
            tray::show(handle);
            open(handle, arguments.hidden)?;
            room.keep_reading();
            Ok(())
        })
        .on_window_event(|window, event| match event {
            WindowEvent::CloseRequested { api, .. } if tray::is_shown(window.app_handle()) => {
                api.prevent_close();
                if let Err(error) = window.hide() {
                    tracing::warn!("the window was not hidden: {error:#}");
                }
            }
            WindowEvent::DragDrop(event) => {
                if let (Some(drag), Some(desk)) = (drag_of(event), window.state::<Room>().desk()) {
                    desk.dragged(drag);
                }
            }
            _other => {}
        })
        .build(tauri::generate_context!())
        .context("the window could not be opened")?;
    app.run(|app, event| {
        if let RunEvent::Exit = event
            && let Some(desk) = app.state::<Room>().desk()
        {
            desk.handle().close();
        }
    });
    Ok(())
}

/// What the page is told of things that are dragged over the window; nothing of each movement.
fn drag_of(event: &DragDropEvent) -> Option<Drag> {
    match event {
        DragDropEvent::Enter { .. } => Some(Drag::Over),
        DragDropEvent::Drop { paths, .. } => Some(Drag::Dropped(paths.clone())),
        DragDropEvent::Leave => Some(Drag::Left),
        _movement => None,
    }
}

/// Raises the window, at an address if one is named.
pub fn open_at(app: &AppHandle, address: Option<i64>) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let raised = window
        .show()
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    let moved = match address {
        // A number and nothing else enters the script.
        Some(id) => window.eval(format!("location.hash = '#/address/{id}'")),
        None => Ok(()),
    };
    if let Err(error) = raised.and(moved) {
        tracing::warn!("the window was not raised: {error:#}");
    }
}

fn open(app: &AppHandle, hidden: bool) -> tauri::Result<WebviewWindow> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Atesaki")
        .inner_size(1120.0, 760.0)
        .min_inner_size(800.0, 560.0)
        .visible(!hidden)
        .on_navigation(is_ours)
        .build()
}

/// The page never leaves the program, whatever link it may contain.
fn is_ours(url: &Url) -> bool {
    let local = matches!(
        url.host_str(),
        Some("localhost" | "tauri.localhost" | "127.0.0.1")
    );
    let scheme = if cfg!(dev) {
        matches!(url.scheme(), "tauri" | "http")
    } else {
        url.scheme() == "tauri" || cfg!(windows)
    };
    local && scheme
}

/// Fills the sample before the window shows, so that the first picture is the sample.
fn show_sample(room: &Room) -> anyhow::Result<()> {
    let Some(desk) = room.desk() else {
        return Ok(());
    };
    tauri::async_runtime::block_on(desk.open_sample())
}

fn single_instance(arguments: &Arguments) -> TauriPlugin<tauri::Wry> {
    tauri_plugin_single_instance::Builder::new()
        .callback(|app, _, _| open_at(app, None))
        .dbus_id(bus_name(&arguments.data()))
        .build()
}

/// One name on the session bus for each ledger: a window on another ledger is another program.
fn bus_name(data: &Path) -> String {
    let place = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
    let mark = place
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    format!("app.atesaki.L{mark:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drop_is_passed_on_and_a_movement_is_not() {
        let (paths, position) = (vec!["/made/up.csv".into()], Default::default());
        let enter = DragDropEvent::Enter {
            paths: Vec::new(),
            position,
        };
        assert_eq!(drag_of(&enter), Some(Drag::Over));
        assert_eq!(drag_of(&DragDropEvent::Over { position }), None);
        assert_eq!(drag_of(&DragDropEvent::Leave), Some(Drag::Left));
        let dropped = Some(Drag::Dropped(paths.clone()));
        assert_eq!(drag_of(&DragDropEvent::Drop { paths, position }), dropped);
    }

    #[test]
    fn the_page_never_leaves_the_program() {
        let check = |text: &str, want: bool| {
            let url: Url = text.parse().expect("a made-up address of a page");
            assert_eq!(
                is_ours(&url),
                want,
                "{text}: only the program's own page is shown in its window"
            );
        };
        check("tauri://localhost", true);
        check("tauri://localhost/index.html#/address/3", true);
        check("https://example.org/", false);
        check("https://localhost.example.org/", false);
        check("file:///etc/passwd", false);
        check("data:text/html,hello", false);
    }

    #[test]
    fn each_ledger_has_a_name_of_its_own_on_the_bus() {
        assert_ne!(
            bus_name(Path::new("/one")),
            bus_name(Path::new("/two")),
            "two ledgers are two programs"
        );
        assert_eq!(
            bus_name(Path::new("/one")),
            bus_name(Path::new("/one")),
            "a second start must find the first"
        );
    }
}
