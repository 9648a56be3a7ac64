//! The real window, driven from outside through WebKit's own driver.

use crate::child::{Running, signal};
use crate::place;
use anyhow::{Context, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long the window may take to open; the sample is made in this time too.
const PATIENCE: Duration = Duration::from_secs(60);

/// A window for one test.
pub struct Window {
    /// Its session.
    pub client: Client,
    data: std::path::PathBuf,
    _driver: Running,
    home: tempfile::TempDir,
}

/// What the window is started with besides its data folder.
#[derive(Clone, Debug, Default)]
pub struct Opened<'a> {
    /// Arguments.
    pub arguments: &'a [&'a str],
    /// Variables.
    pub variables: &'a [(&'a str, &'a str)],
}

impl Window {
    /// Opens the window on a data folder. Everything else that it would write lies in a home of
    /// its own.
    ///
    /// # Errors
    /// When there is no display, or a part is not installed or not built.
    pub async fn open(data: &Path, opened: Opened<'_>) -> Result<Window> {
        let program = place::program("atesaki-desktop")?;
        let home = tempfile::tempdir()?;
        let end = Instant::now() + PATIENCE;
        // The port is free now and may be taken in a moment: another is tried then.
        loop {
            let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
            let said = File::create(home.path().join("said"))?;
            let mut command = Command::new("WebKitWebDriver");
            command
                .arg(format!("--port={port}"))
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("HOME", home.path())
                .env("XDG_DATA_HOME", home.path().join("data"))
                .env("XDG_CONFIG_HOME", home.path().join("config"))
                .env("XDG_CACHE_HOME", home.path().join("cache"))
                .envs(opened.variables.iter().copied())
                .stdout(Stdio::from(said.try_clone()?))
                .stderr(Stdio::from(said));
            let mut driver = Running::start(&mut command)?;
            let mut arguments = vec!["--data".to_owned(), data.display().to_string()];
            arguments.extend(opened.arguments.iter().map(|&argument| argument.to_owned()));
            let options = json!({ "binary": program, "args": arguments });
            let capabilities = json!({ "webkitgtk:browserOptions": options });
            loop {
                let mut builder = ClientBuilder::new(HttpConnector::new());
                builder.capabilities(serde_json::from_value(capabilities.clone())?);
                match builder.connect(&format!("http://127.0.0.1:{port}")).await {
                    Ok(client) => {
                        return Ok(Window {
                            client,
                            data: data.to_owned(),
                            _driver: driver,
                            home,
                        });
                    }
                    Err(error) if Instant::now() > end => {
                        return Err(error).context("the window does not open");
                    }
                    Err(_) if driver.has_ended()? => break,
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                }
            }
        }
    }

    /// The folder in which everything lies that it writes beside its data, and in the file `said`
    /// what it prints.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The program's process.
    pub fn process(&self) -> Option<u32> {
        process_of(&self.data)
    }

    /// Closes the window and waits until its program has ended.
    ///
    /// # Errors
    /// Those of the driver, and when the program goes on.
    pub async fn close(self) -> Result<()> {
        let program = self.process();
        self.client.clone().close().await?;
        if let Some(program) = program {
            crate::child::wait_until("the window's program ends", PATIENCE, || {
                has_ended(program).then_some(())
            })?;
        }
        Ok(())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if let Some(program) = self.process() {
            signal("-TERM", &program.to_string());
        }
    }
}

/// The process that holds a data folder in its arguments.
fn process_of(data: &Path) -> Option<u32> {
    let wanted = data.as_os_str().as_encoded_bytes();
    std::fs::read_dir("/proc")
        .ok()?
        .filter_map(Result::ok)
        .find_map(|entry| {
            let id: u32 = entry.file_name().to_str()?.parse().ok()?;
            let arguments = std::fs::read(entry.path().join("cmdline")).ok()?;
            let mut parts = arguments.split(|byte| *byte == 0);
            let is_ours =
                parts.next()?.ends_with(b"atesaki-desktop") && parts.any(|part| part == wanted);
            is_ours.then_some(id)
        })
}

/// Whether a process has ended; one that nobody has collected yet has ended too.
fn has_ended(id: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{id}/stat")).map_or(true, |stat| {
        stat.rsplit_once(") ")
            .is_none_or(|(_, rest)| rest.starts_with('Z'))
    })
}
