//! The sign in the tray that Atesaki goes on reading when its window is closed. Where the desktop
//! has no tray there is no sign, and closing the window ends the program.

use crate::room::Room;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager};

const TRAY: &str = "reading";

/// Shows the sign, if there is a tray.
pub fn show(app: &AppHandle) {
    if !has_tray() {
        return;
    }
    if let Err(error) = build(app) {
        tracing::warn!("no sign in the tray: {error:#}");
    }
}

/// Whether the sign is shown.
pub fn is_shown(app: &AppHandle) -> bool {
    app.tray_by_id(TRAY).is_some()
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    let room = app.state::<Room>();
    let Some(desk) = room.desk() else {
        return Ok(());
    };
    let words = desk.handle().words();
    let open = MenuItem::with_id(app, "open", words.say("notice.open"), true, None::<&str>)?;
    let quit = MenuItem::with_id(app, "quit", words.say("tray.quit"), true, None::<&str>)?;
    let mut sign = TrayIconBuilder::with_id(TRAY)
        .tooltip("Atesaki")
        .menu(&Menu::with_items(app, &[&open, &quit])?)
        .on_menu_event(|app, event| match event.id().as_ref() {
            "quit" => app.exit(0),
            _open => crate::window::open_at(app, None),
        });
    if let Some(icon) = app.default_window_icon() {
        sign = sign.icon(icon.clone());
    }
    sign.build(app)?;
    Ok(())
}

/// On Linux a tray is a program of its own, and it may be absent.
#[cfg(target_os = "linux")]
fn has_tray() -> bool {
    let owned = || -> zbus::Result<bool> {
        let bus = zbus::blocking::Connection::session()?;
        let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        Ok(names.name_has_owner("org.kde.StatusNotifierWatcher".try_into()?)?)
    };
    owned().unwrap_or(false)
}

#[cfg(not(target_os = "linux"))]
fn has_tray() -> bool {
    true
}
