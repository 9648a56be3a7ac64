//! Published breaches: asked for in Settings, shown with the service that they touch.

use super::{check, clock, press_key, reads_key};
use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, reads};
use acceptance::words;
use exposure::AddrSpec;
use fantoccini::Locator;
use monitor::Lang;
use monitor::actor::{Change, Give};
use std::fs;

const LANG: Lang = Lang::En;
/// A list, made up.
const LIST: &str = "name,url,happened,people,data\nKaki 2024,https://www.kaki.example/news,2024-05-14,3385,Names\n";

/// A message, made up: without any mail there is no way but Welcome.
const LETTER: &str = "From \r\nMessage-ID: <1@kaki.example>\r\nFrom: news@kaki.example\r\nTo: anna@example.org\r\nSubject: Made up\r\nDate: Mon, 1 Jun 2026 09:00:00 +0000\r\n\r\nMade up.\r\n\r\n";

#[tokio::test]
async fn a_list_is_switched_on_in_settings_and_shown_with_its_service() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let bridge = Bridge::start(&home.path().join("data"), clock(), LANG).await?;
    let handle = bridge.desk().handle();
    let give = Give {
        address: AddrSpec::parse("anna@example.org")?,
        service: "Kaki".to_owned(),
        domains: vec!["kaki.example".to_owned()],
        processors: Vec::new(),
        on: Some("2024-01-02".parse()?),
        also: Vec::new(),
    };
    handle.change(Change::Give(give)).await?;
    let mail = home.path().join("mail");
    fs::write(&mail, LETTER)?;
    handle.add_archive(&mail, Vec::new(), Vec::new()).await?;
    let file = home.path().join("list.csv");
    fs::write(&file, LIST)?;
    let browser = Browser::start().await?;

    browser.open(&bridge.address()).await?;
    press_key(&browser, LANG, "nav.settings").await?;
    assert_eq!(
        handle.breaches()?.allowed,
        None,
        "off until the user says yes"
    );
    let yes = words::text(LANG, "welcome.breaches.yes")?;
    let yes = format!("//label[contains(., \"{yes}\")]/input");
    let yes = browser.client.wait().for_element(Locator::XPath(&yes));
    yes.await?.click().await?;
    reads_key(&browser, LANG, "screen.settings.breaches.never").await?;
    press_key(&browser, LANG, "screen.settings.breaches.now").await?;
    let said = words::text(LANG, "fault.breaches_unreachable")?.replace("{host}", "127.0.0.1");
    reads(&browser.client, &said).await?;
    assert_eq!(handle.breaches()?.allowed, Some(true));
    check(&browser, "a list that cannot be had").await?;
    bridge.choose(&file);
    press_key(&browser, LANG, "screen.settings.breaches.chosen.file").await?;
    press_key(&browser, LANG, "screen.settings.breaches.chosen.use").await?;
    reads(&browser.client, "list.csv: 1 entry").await?;
    press_key(&browser, LANG, "nav.services").await?;
    let row = Locator::XPath("//main//*[normalize-space(text())=\"Kaki\"]");
    let row = browser.client.wait().for_element(row).await?;
    row.click().await?;
    reads(&browser.client, "Kaki 2024").await?;
    reads_key(&browser, LANG, "breach.given.before").await?;
    reads_key(&browser, LANG, "breach.listed").await?;
    check(&browser, "a service with a published breach").await?;
    Ok(())
}
