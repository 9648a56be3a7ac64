//! Chromium through its own driver, with a profile of its own and no way to anything but loopback.

use crate::child::{Running, signal};
use anyhow::{Context, Result};
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How long a page may take to show what a test waits for.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Light or dark, as the system says it to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Scheme; 2] = [Scheme::Light, Scheme::Dark];

    const fn word(self) -> &'static str {
        match self {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }
}

/// A browser for one test.
pub struct Browser {
    /// Its session.
    pub client: Client,
    process: Option<u64>,
    _driver: Running,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts Chromium without a window, as large as the program's own window.
    ///
    /// # Errors
    /// When Chromium or its driver is not there or does not start.
    pub async fn start() -> Result<Browser> {
        let profile = tempfile::tempdir()?;
        let mut driver = Running::start(
            Command::new("chromedriver")
                .arg("--port=0")
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let port = port(&mut driver)?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(serde_json::from_value(capabilities(profile.path()))?);
        let client = builder
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .context("Chromium does not start")?;
        let process = client
            .capabilities()
            .and_then(|all| all.get("goog:processID"))
            .and_then(Value::as_u64);
        Ok(Browser {
            client,
            process,
            _driver: driver,
            _profile: profile,
        })
    }

    /// What the system says about light and dark.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn show(&self, scheme: Scheme) -> Result<()> {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme.word() },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.client
            .issue_cmd(DevTools {
                command: "Emulation.setEmulatedMedia",
                params: json!({ "features": features }),
            })
            .await?;
        Ok(())
    }

    /// Opens a page anew.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn open(&self, address: &str) -> Result<()> {
        self.client.goto("about:blank").await?;
        self.client.goto(address).await?;
        Ok(())
    }

    /// Waits for an element.
    ///
    /// # Errors
    /// When it does not come; what the page shows instead is in the error.
    pub async fn element(&self, css: &str) -> Result<fantoccini::elements::Element> {
        element(&self.client, css).await
    }

    /// What axe finds wrong with the page that is shown, one line for each finding.
    ///
    /// # Errors
    /// When axe is not installed, or cannot run.
    pub async fn findings(&self) -> Result<Vec<String>> {
        let axe = std::fs::read_to_string(
            crate::place::checkout().join("ui/node_modules/axe-core/axe.min.js"),
        )
        .context("axe-core is not installed; `npm --prefix ui ci` installs it")?;
        self.client.execute(&axe, Vec::new()).await?;
        let found = self
            .client
            .execute_async(
                "const done = arguments[0]; \
                 axe.run(document, { resultTypes: ['violations'] }).then( \
                   (r) => done(r.violations.flatMap((v) => v.nodes.map( \
                     (n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.replaceAll('\\n', ' ')}`))), \
                   (e) => done([`axe: ${e}`]))",
                Vec::new(),
            )
            .await?;
        Ok(serde_json::from_value(found)?)
    }

    /// What the page wrote to its console as an error, policy violations among them.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let entries = self.client.issue_cmd(BrowserLog).await?;
        let entries = entries.as_array().cloned().unwrap_or_default();
        Ok(entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser when it ends itself; a driver that crashed does not.
        if let Some(process) = self.process {
            signal("-TERM", &process.to_string());
        }
    }
}

/// Waits for the button or link that bears a word, and presses it; while a dialog is open, one in
/// the dialog.
///
/// # Errors
/// When it does not come, or cannot be pressed.
pub async fn press(client: &Client, word: &str) -> Result<()> {
    let bears = format!("[self::button or self::a][contains(normalize-space(), \"{word}\")]");
    let path = format!("//dialog[@open]//*{bears} | //*{bears}[not(//dialog[@open])]");
    let button = client
        .wait()
        .at_most(PATIENCE)
        .for_element(Locator::XPath(&path))
        .await;
    let button = button.with_context(|| format!("nothing on the page bears \"{word}\""))?;
    button
        .click()
        .await
        .with_context(|| format!("press \"{word}\""))
}

/// Writes into the field that bears a label, as a person does: what stood there goes first.
///
/// # Errors
/// When there is no such field.
pub async fn fill(client: &Client, label: &str, text: &str) -> Result<()> {
    let path = format!("//label[normalize-space()=\"{label}\"]/following-sibling::input");
    let field = client
        .wait()
        .at_most(PATIENCE)
        .for_element(Locator::XPath(&path))
        .await;
    let field = field.with_context(|| format!("no field is called \"{label}\""))?;
    // A driver's own clearing is not heard by the page.
    let (control, release) = (char::from(Key::Control), char::from(Key::Null));
    field
        .send_keys(&format!(
            "{control}a{release}{}{text}",
            char::from(Key::Backspace)
        ))
        .await?;
    Ok(())
}

/// Waits until a text stands in the page's main part.
///
/// # Errors
/// When it does not come; what the page shows instead is in the error.
pub async fn reads(client: &Client, text: &str) -> Result<()> {
    let path = format!("//main//*[contains(normalize-space(), \"{text}\")]");
    match client
        .wait()
        .at_most(PATIENCE)
        .for_element(Locator::XPath(&path))
        .await
    {
        Ok(_) => Ok(()),
        Err(error) => Err(error).with_context(|| format!("the page does not say \"{text}\"")),
    }
}

/// Waits for an element of a session.
///
/// # Errors
/// When it does not come; what the page shows instead is in the error.
pub async fn element(client: &Client, css: &str) -> Result<fantoccini::elements::Element> {
    match client
        .wait()
        .at_most(PATIENCE)
        .for_element(Locator::Css(css))
        .await
    {
        Ok(element) => Ok(element),
        Err(error) => {
            let shown = client
                .execute("return document.body?.innerText ?? ''", Vec::new())
                .await
                .unwrap_or_default();
            Err(error).with_context(|| format!("{css} is not on the page, which shows: {shown}"))
        }
    }
}

fn capabilities(profile: &Path) -> Value {
    json!({
        "goog:loggingPrefs": { "browser": "SEVERE" },
        "goog:chromeOptions": {
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--force-device-scale-factor=1",
                "--window-size=1120,760",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                format!("--user-data-dir={}", profile.display()),
            ],
        },
    })
}

/// The port that the driver chose; it says so itself. Its further words are read and dropped.
fn port(driver: &mut Running) -> Result<u16> {
    let output = driver
        .child()
        .stdout
        .take()
        .context("the driver's output")?;
    let mut lines = BufReader::new(output).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split_once("started successfully on port ")?
                .1
                .trim_end_matches('.')
                .parse()
                .ok()
        })
        .context("chromedriver did not say its port")?;
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    Ok(port)
}

/// A command of the browser's own tools.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    params: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (
            http::Method::POST,
            Some(json!({ "cmd": self.command, "params": self.params }).to_string()),
        )
    }
}

/// Takes what was logged since the last time.
#[derive(Debug)]
struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (
            http::Method::POST,
            Some(json!({ "type": "browser" }).to_string()),
        )
    }
}
