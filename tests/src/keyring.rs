//! A keychain on the session bus of the test, with a home of its own.

use crate::child::{Running, wait_until};
use anyhow::{Context, Result};
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A session bus has one keychain: tests that need it wait for one another.
static ONE: Mutex<()> = Mutex::new(());

/// The keychain; it ends when dropped, and what was in it is gone.
pub struct Keyring {
    _service: Running,
    _home: tempfile::TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Keyring {
    /// Starts an unlocked keychain.
    ///
    /// # Errors
    /// When there is no session bus, or gnome-keyring is not installed.
    pub fn start() -> Result<Keyring> {
        let turn = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let home = tempfile::tempdir()?;
        let pass = home.path().join("pass");
        // An empty passphrase would be asked for on a screen.
        std::fs::File::create(&pass)?.write_all(b"made up for a test\n")?;
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg("exec gnome-keyring-daemon --unlock --components=secrets --foreground < \"$1\"")
            .arg("sh")
            .arg(&pass)
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let service = Running::start(&mut command)?;
        let bus = zbus::blocking::Connection::session().context("a private session bus")?;
        let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        wait_until("the keychain answers", Duration::from_secs(20), || {
            let name = "org.freedesktop.secrets".try_into().ok()?;
            names.name_has_owner(name).ok()?.then_some(())
        })?;
        Ok(Keyring {
            _service: service,
            _home: home,
            _turn: turn,
        })
    }
}
