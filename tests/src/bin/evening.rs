//! The first evening as a new user has it: the real window, an empty data folder, a mailbox of
//! 50,000 messages on a real server and the export of a password manager. Counts presses, fields
//! and seconds from the first door to a full ledger, and says what stands in it. All mail is made
//! up. `scripts/with-display` brings the display.

use acceptance::browser::{element, reads};
use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use acceptance::dragging::Files;
use acceptance::letter::Letter;
use acceptance::window::{Opened, Window};
use acceptance::words;
use anyhow::{Context, Result};
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use jiff::{Timestamp, ToSpan};
use monitor::Lang;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const NOW: &str = "2026-06-20T20:00:00Z";
const ME: &str = "ada@example.org";
/// Services that write, and messages from each.
const SERVICES: i64 = 150;
const EACH: i64 = 250;
/// People that write, and messages from each.
const PEOPLE: i64 = 60;
const FROM_EACH: i64 = 100;
/// Junk of thirty days.
const JUNK: i64 = 6_500;

#[tokio::main]
async fn main() -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    let messages = fill_mailbox(&server)?;
    let home = tempfile::tempdir()?;
    let vault = home.path().join("passwords.csv");
    std::fs::write(&vault, export())?;
    let opened = Opened {
        arguments: &["--lang", "en"],
        variables: &[("ATESAKI_NOW", NOW)],
    };
    let window = Window::open(&home.path().join("data"), opened).await?;
    let mut evening = Evening {
        page: &window.client,
        process: window.process().context("a window that runs")?,
        began: Instant::now(),
        presses: 0,
        fields: 0,
    };
    let lived = evening.live(&server, &vault, messages).await;
    // What stands on the screen at the end, also where something was in the way.
    if let Some(picture) = std::env::args_os().nth(1) {
        std::fs::write(picture, window.client.screenshot().await?)?;
    }
    window.close().await?;
    lived
}

/// Half a working life of mail; returns how much there is.
fn fill_mailbox(server: &Dovecot) -> Result<u64> {
    let now: Timestamp = NOW.parse()?;
    let ago = |days: i64, minutes: i64| now - (days * 24).hours() - minutes.minutes();
    let mut number = 0;
    let mut post = |mailbox: &str, letter: &Letter| {
        number += 1;
        server.post(mailbox, number, letter);
    };
    let to = |service: i64| match service % 3 {
        0 => ME.to_owned(),
        _ => format!("shop{service}@example.net"),
    };
    for service in 0..SERVICES {
        for n in 0..EACH {
            let from = match n % 4 {
                0 => format!("orders@shop{service}.example"),
                _ => format!("news@shop{service}.example"),
            };
            let subject = match n {
                0 => "Welcome, your account was made",
                _ if n % 4 == 0 => "Your order has been sent",
                _ => "News of the week",
            };
            let letter = Letter::new(ago((EACH - n) * 7, service), &from, &to(service), subject);
            post("INBOX", &letter.subscribed());
        }
    }
    for person in 0..PEOPLE {
        for n in 0..FROM_EACH {
            let from = format!("person{person}@firm{}.example", person / 2);
            post(
                "INBOX",
                &Letter::new(ago(n * 14 + 1, person * 7), &from, ME, "Lunch?"),
            );
        }
    }
    for n in 0..JUNK {
        let from = format!("win@prize{}.example", n % 400);
        let letter = Letter::new(ago(n % 30, n), &from, &to(n % SERVICES), "You win");
        post("Junk", &letter.unsigned());
    }
    Ok(number)
}

/// A password manager's export: half of the services, and thirty that never wrote.
fn export() -> String {
    let mut text = String::from("name,url,username,password,note\n");
    for n in 0..SERVICES / 2 + 30 {
        let number = if n < SERVICES / 2 { n * 2 } else { 1000 + n };
        text.push_str(&format!(
            "Shop {number},https://shop{number}.example/login,shop{number}@example.net,made up,\n"
        ));
    }
    text
}

struct Evening<'a> {
    page: &'a Client,
    process: u32,
    began: Instant,
    presses: usize,
    fields: usize,
}

impl Evening<'_> {
    async fn live(&mut self, server: &Dovecot, vault: &Path, messages: u64) -> Result<()> {
        element(self.page, "h1").await?;
        self.press("button.connect").await?;
        self.fill("welcome.address", ME).await?;
        self.press("screen.connect.by_hand").await?;
        self.fill("screen.connect.host", "localhost").await?;
        self.fill("screen.connect.port", &server.port().to_string())
            .await?;
        self.fill("screen.connect.login", acceptance::dovecot::LOGIN)
            .await?;
        let ca = server.ca_file();
        self.fill("screen.connect.ca", &ca.to_string_lossy())
            .await?;
        self.fill("screen.connect.password", PASSWORD).await?;
        self.fill("screen.archive.domains", "example.net").await?;
        self.choose("screen.connect.keep.memory").await?;
        self.press("screen.connect.connect").await?;
        reads(self.page, &words::text(Lang::En, "welcome.whose")?).await?;
        self.said("connected, and asked whose addresses these are");
        self.press("screen.claim.go_on").await?;
        element(self.page, "main h1").await?;
        self.said("the first sentence stands on Overview");
        let read = self.until_read().await?;
        self.said(&format!("{read} of {messages} messages are read"));
        self.count().await?;

        self.press("nav.services").await?;
        element(self.page, "[role=grid]").await?;
        let files = dragged(self.process, vault).await?;
        tokio::task::spawn_blocking(move || files.let_go()).await??;
        self.presses += 1;
        self.wait("//dialog[@open]").await?;
        let added = words::text(Lang::En, "screen.import.do")?;
        let added = added.split("{n}").next().unwrap_or_default().trim();
        self.press_beginning(added).await?;
        reads(self.page, &words::text(Lang::En, "screen.import.undo")?).await?;
        self.press("screen.import.done").await?;
        self.said("the export is imported");
        self.count().await?;

        let all = words::text(Lang::En, "proposal.accept_group")?;
        let all = all.split("{n}").next().unwrap_or_default().trim();
        self.press_beginning(all).await?;
        self.wait("//main[not(.//*[@class=\"answers\"])]").await?;
        self.said("every service that the mail shows is recorded");
        self.count().await
    }

    fn said(&self, what: &str) {
        let seconds = self.began.elapsed().as_secs_f64();
        println!(
            "{seconds:6.1} s, {:2} presses, {} fields: {what}",
            self.presses, self.fields
        );
    }

    async fn press(&mut self, key: &str) -> Result<()> {
        let word = words::text(Lang::En, key)?;
        acceptance::browser::press(self.page, &word).await?;
        self.presses += 1;
        Ok(())
    }

    async fn choose(&mut self, key: &str) -> Result<()> {
        let word = words::text(Lang::En, key)?;
        let path = format!("//label[contains(normalize-space(), \"{word}\")]");
        self.wait(&path).await?;
        self.page.find(Locator::XPath(&path)).await?.click().await?;
        self.presses += 1;
        Ok(())
    }

    async fn press_beginning(&mut self, word: &str) -> Result<()> {
        let named = format!("button[starts-with(normalize-space(), \"{word}\")]");
        let path = format!("//dialog[@open]//{named} | //{named}[not(//dialog[@open])]");
        self.wait(&path).await?;
        let button = self.page.find(Locator::XPath(&path)).await?;
        // By keyboard: it may lie at the end of a dialog that scrolls.
        button
            .send_keys(&char::from(Key::Enter).to_string())
            .await?;
        self.presses += 1;
        Ok(())
    }

    async fn fill(&mut self, key: &str, text: &str) -> Result<()> {
        let label = words::text(Lang::En, key)?;
        let path = format!("//label[normalize-space()=\"{label}\"]/following-sibling::input");
        self.wait(&path).await?;
        let field = self.page.find(Locator::XPath(&path)).await?;
        field.send_keys(text).await.context(label)?;
        self.fields += 1;
        Ok(())
    }

    async fn wait(&self, path: &str) -> Result<()> {
        let wait = self.page.wait().at_most(Duration::from_secs(60));
        wait.for_element(Locator::XPath(path)).await?;
        Ok(())
    }

    async fn ask(&self, command: &str) -> Result<Value> {
        let script = "const [name, done] = arguments; \
                      window.__TAURI_INTERNALS__.invoke('call', { name, args: {} }).then(done, (e) => done({ no: e }))";
        Ok(self
            .page
            .execute_async(script, vec![json!(command)])
            .await?)
    }

    /// Waits for the end of the reading; returns how many messages are in the ledger.
    async fn until_read(&self) -> Result<u64> {
        loop {
            let accounts = self.ask("accounts").await?;
            let account = accounts.get(0).context("one account")?;
            if account["reading"] == json!(false) {
                let mailboxes = account["mailboxes"].as_array().context("mailboxes")?;
                return Ok(mailboxes
                    .iter()
                    .filter_map(|m| m["messages"].as_u64())
                    .sum());
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// What stands in the ledger.
    async fn count(&self) -> Result<()> {
        let services = self.ask("services").await?;
        let services = services.as_array().context("services")?;
        let found = services
            .iter()
            .filter(|row| row["standing"] == json!("inferred"))
            .count();
        let addresses = self.ask("addresses").await?;
        println!(
            "          {} services on record, {found} found in the mail, {} addresses",
            services.len() - found,
            addresses.as_array().context("addresses")?.len()
        );
        Ok(())
    }
}

async fn dragged(process: u32, path: &Path) -> Result<Files> {
    let path: PathBuf = path.to_owned();
    tokio::task::spawn_blocking(move || Files::over(process, &[&path])).await?
}
