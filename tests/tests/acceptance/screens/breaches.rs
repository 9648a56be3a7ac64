//! Published breaches: asked for in Settings, shown with the service that they touch.

use super::{check, clock, press_key, reads_key};
use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, press, reads};
use acceptance::words;
use exposure::AddrSpec;
use monitor::Lang;
use monitor::actor::{Change, Give};
use std::fs;

const LANG: Lang = Lang::En;
/// A list, made up.
const LIST: &str = "name,url,happened,people,data\nKaki 2024,https://www.kaki.example/news,2024-05-14,3385,Names\n";

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
    press(&browser.client, &words::text(LANG, "welcome.breaches.yes")?).await?;
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
    press(&browser.client, "Kaki").await?;
    reads(&browser.client, "Kaki 2024").await?;
    reads_key(&browser, LANG, "breach.given.before").await?;
    reads_key(&browser, LANG, "breach.listed").await?;
    check(&browser, "a service with a published breach").await?;
    Ok(())
}
