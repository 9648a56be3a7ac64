//! A file manager as far as it drags files: the source's side of XDND, spoken to the real window.

use crate::browser::PATIENCE;
use anyhow::{Context, Result};
use std::path::Path;
use std::time::Instant;
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
        URIS: b"text/uri-list",
    }
}

/// Version of the protocol.
const VERSION: u32 = 5;

/// Files that hang over a window.
pub struct Files {
    connection: RustConnection,
    names: Names,
    source: Window,
    target: Window,
    uris: String,
}

impl Files {
    /// Drags files over the middle of the window that has a title, until it would take them.
    ///
    /// # Errors
    /// When there is no such window, or it does not take files.
    pub fn over(title: &str, paths: &[&Path]) -> Result<Files> {
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
        let target = window_called(&connection, &names, root, title)?
            .with_context(|| format!("no window called {title} takes files"))?;
        let uris = paths.iter().map(|path| {
            let url = url::Url::from_file_path(path);
            url.map(|url| format!("{url}\r\n")).unwrap_or_default()
        });
        let files = Files {
            uris: uris.collect(),
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
        self.say(self.names.XdndLeave, [0; 4])
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

/// A window with a title that takes what is dragged over it, at any depth.
fn window_called(
    connection: &RustConnection,
    names: &Names,
    below: Window,
    title: &str,
) -> Result<Option<Window>> {
    for window in connection.query_tree(below)?.reply()?.children {
        let called =
            connection.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)?;
        let aware =
            connection.get_property(false, window, names.XdndAware, AtomEnum::ATOM, 0, 1)?;
        let is_called = called
            .reply()
            .is_ok_and(|name| name.value == title.as_bytes());
        if is_called && aware.reply().is_ok_and(|version| version.value_len > 0) {
            return Ok(Some(window));
        }
        if let Some(found) = window_called(connection, names, window, title)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
