//! A file manager as far as it drags files: the source's side of XDND, spoken to the real window.

use crate::browser::PATIENCE;
use anyhow::{Context, Result};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Instant;
use tokio::sync::{Mutex, OwnedMutexGuard};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

x11rb::atom_manager! {
    /// Names of the protocol.
    Names: NamesCookie {
        XdndAware,
        XdndSelection,
        XdndEnter,
        XdndPosition,
        XdndStatus,
        XdndLeave,
        XdndDrop,
        XdndFinished,
        XdndActionCopy,
        _NET_WM_PID,
        URIS: b"text/uri-list",
    }
}

/// A display has one pointer and one thing that it drags; tests that drag wait for one another.
static POINTER: LazyLock<Arc<Mutex<()>>> = LazyLock::new(Arc::default);
/// Version of the protocol.
const VERSION: u32 = 5;

/// Files that hang over a window.
pub struct Files {
    connection: RustConnection,
    names: Names,
    source: Window,
    target: Window,
    uris: String,
    _pointer: OwnedMutexGuard<()>,
}

impl Files {
    /// Drags files over the middle of a process's window, until it would take them. Not for a task
    /// that must not wait.
    ///
    /// # Errors
    /// When there is no such window, or it does not take files.
    pub fn over(process: u32, paths: &[&Path]) -> Result<Files> {
        let pointer = Arc::clone(&POINTER).blocking_lock_owned();
        let (connection, screen) = x11rb::connect(None).context("there is no display")?;
        let root = connection.setup().roots[screen].root;
        let names = Names::new(&connection)?.reply()?;
        let (source, none) = (connection.generate_id()?, CreateWindowAux::new());
        connection.create_window(
            0,
            source,
            root,
            0,
            0,
            1,
            1,
            0,
            WindowClass::INPUT_ONLY,
            0,
            &none,
        )?;
        connection.set_selection_owner(source, names.XdndSelection, x11rb::CURRENT_TIME)?;
        let target = window_of(&connection, &names, root, process)?
            .with_context(|| format!("no window of {process} takes files"))?;
        let uris = paths.iter().map(|path| {
            let url = url::Url::from_file_path(path);
            url.map(|url| format!("{url}\r\n")).unwrap_or_default()
        });
        let files = Files {
            uris: uris.collect(),
            _pointer: pointer,
            connection,
            names,
            source,
            target,
        };
        files.say(names.XdndEnter, [VERSION << 24, names.URIS, 0, 0])?;
        let (at, size) = (
            files
                .connection
                .translate_coordinates(target, root, 0, 0)?
                .reply()?,
            files.connection.get_geometry(target)?.reply()?,
        );
        let middle = |start: i16, length: u16| u32::from(start as u16) + u32::from(length / 2);
        let place = (middle(at.dst_x, size.width) << 16) | middle(at.dst_y, size.height);
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            files.say(
                names.XdndPosition,
                [0, place, x11rb::CURRENT_TIME, names.XdndActionCopy],
            )?;
            // The low bit says that it would take them.
            if files.heard(names.XdndStatus)?[1] & 1 == 1 {
                return Ok(files);
            }
        }
        anyhow::bail!("the window takes no files")
    }

    /// Lets the files go there.
    ///
    /// # Errors
    /// When the window does not say that it has taken them.
    pub fn let_go(self) -> Result<()> {
        self.say(self.names.XdndDrop, [0, x11rb::CURRENT_TIME, 0, 0])?;
        self.heard(self.names.XdndFinished).map(drop)
    }

    /// Drags the files away again.
    ///
    /// # Errors
    /// Those of the display.
    pub fn away(self) -> Result<()> {
        self.say(self.names.XdndLeave, [0; 4])?;
        // The server drops what it has not taken from a connection that is closed.
        Ok(self.connection.sync()?)
    }

    fn say(&self, what: Atom, [a, b, c, d]: [u32; 4]) -> Result<()> {
        let message = ClientMessageEvent::new(32, self.target, what, [self.source, a, b, c, d]);
        self.connection
            .send_event(false, self.target, EventMask::NO_EVENT, message)?;
        Ok(self.connection.flush()?)
    }

    /// Waits for a word of the window, and meanwhile gives it what it asks for.
    fn heard(&self, what: Atom) -> Result<[u32; 5]> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            match self.connection.poll_for_event()? {
                Some(Event::ClientMessage(message)) if message.type_ == what => {
                    return Ok(message.data.as_data32());
                }
                Some(Event::SelectionRequest(asked)) => self.give(&asked)?,
                Some(_other) => {}
                None => std::thread::sleep(std::time::Duration::from_millis(10)),
            }
        }
        anyhow::bail!("the window says nothing")
    }

    fn give(&self, asked: &SelectionRequestEvent) -> Result<()> {
        let is_known = asked.target == self.names.URIS;
        if is_known {
            let (to, name) = (asked.requestor, asked.property);
            let text = self.uris.as_bytes();
            self.connection
                .change_property8(PropMode::REPLACE, to, name, asked.target, text)?;
        }
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property: if is_known {
                asked.property
            } else {
                x11rb::NONE
            },
        };
        self.connection
            .send_event(false, asked.requestor, EventMask::NO_EVENT, answer)?;
        Ok(self.connection.flush()?)
    }
}

/// A window of a process that takes what is dragged over it, at any depth. Other tests have windows
/// of the same title.
fn window_of(
    connection: &RustConnection,
    names: &Names,
    below: Window,
    process: u32,
) -> Result<Option<Window>> {
    // One that went away meanwhile is none.
    let Ok(tree) = connection.query_tree(below)?.reply() else {
        return Ok(None);
    };
    for window in tree.children {
        let number = |name, kind| {
            let property = connection.get_property(false, window, name, kind, 0, 1)?;
            let first = property.reply().ok();
            anyhow::Ok(first.and_then(|property| property.value32()?.next()))
        };
        let is_ours = number(names._NET_WM_PID, AtomEnum::CARDINAL)? == Some(process);
        if is_ours && number(names.XdndAware, AtomEnum::ATOM)?.is_some() {
            return Ok(Some(window));
        }
        if let Some(found) = window_of(connection, names, window, process)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
