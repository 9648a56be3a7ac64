//! What is recorded leaves in files of the user's own, and a backup brings it back.

use super::{check, clock, press_key, reads_key};
use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, element, fill, reads};
use acceptance::words;
use exposure::AddrSpec;
use fantoccini::Locator;
use monitor::Lang;
use monitor::actor::{Change, Give};
use std::fs;
use std::path::Path;
use std::time::Duration;

const LANG: Lang = Lang::En;
const PASSPHRASE: &str = "made up horse battery";

/// A message, made up.
const LETTER: &str = "From \r\nMessage-ID: <1@shop.example>\r\nFrom: news@shop.example\r\nTo: anna@example.org\r\nSubject: Made up\r\nDate: Mon, 1 Jun 2026 09:00:00 +0000\r\n\r\nMade up.\r\n\r\n";

async fn give(bridge: &Bridge, service: &str) -> anyhow::Result<()> {
    let give = Give {
        address: AddrSpec::parse("anna@example.org")?,
        service: service.to_owned(),
        domains: Vec::new(),
        processors: Vec::new(),
        on: None,
        also: Vec::new(),
    };
    bridge.desk().handle().change(Change::Give(give)).await?;
    Ok(())
}

fn services(bridge: &Bridge) -> anyhow::Result<Vec<String>> {
    let picture = bridge.desk().handle().picture()?;
    Ok(picture.services.iter().map(|s| s.name.clone()).collect())
}

/// Waits until no dialog is open.
async fn closed(browser: &Browser) -> anyhow::Result<()> {
    let closed = Locator::XPath("//body[not(.//dialog)]");
    browser.client.wait().for_element(closed).await?;
    Ok(())
}

async fn passphrase(browser: &Browser, key: &str, text: &str) -> anyhow::Result<()> {
    fill(&browser.client, &words::text(LANG, key)?, text).await
}

/// Makes a backup of a ledger with one service through the Settings screen.
async fn back_up(bridge: &Bridge, browser: &Browser, to: &Path) -> anyhow::Result<()> {
    press_key(browser, LANG, "screen.backup").await?;
    element(&browser.client, "dialog[open]").await?;
    check(browser, "the dialog that makes a backup").await?;
    bridge.choose(to);
    passphrase(browser, "screen.backup.passphrase", PASSPHRASE).await?;
    passphrase(browser, "screen.backup.again", "something else").await?;
    press_key(browser, LANG, "screen.backup.do").await?;
    reads_key(browser, LANG, "screen.backup.differ").await?;
    check(browser, "two passphrases that differ").await?;
    assert!(!to.exists(), "nothing is written before they agree");
    passphrase(browser, "screen.backup.again", PASSPHRASE).await?;
    press_key(browser, LANG, "screen.backup.do").await?;
    closed(browser).await
}

/// Waits until the ledger that is shown is kept up with.
async fn kept_up_with(bridge: &Bridge, browser: &Browser) -> anyhow::Result<()> {
    let reading = || !bridge.desk().handle().activity().prospects.is_empty();
    let waiting = async {
        while !reading() {
            browser.client.title().await?;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(Duration::from_secs(30), waiting).await?
}

#[tokio::test]
async fn what_is_recorded_is_exported_backed_up_and_restored() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let bridge = Bridge::start(&home.path().join("data"), clock(), LANG).await?;
    tokio::select! {
        () = bridge.desk().keep_reading() => anyhow::bail!("reading goes on as in the window"),
        done = walk(&bridge, home.path()) => done,
    }
}

async fn walk(bridge: &Bridge, home: &Path) -> anyhow::Result<()> {
    let mail = home.join("mail");
    fs::write(&mail, LETTER)?;
    let handle = bridge.desk().handle();
    handle.add_archive(&mail, Vec::new(), Vec::new()).await?;
    drop(handle);
    give(bridge, "Made-up Shop").await?;
    let browser = Browser::start().await?;
    browser.open(&bridge.address()).await?;
    kept_up_with(bridge, &browser).await?;
    press_key(&browser, LANG, "nav.settings").await?;
    reads_key(&browser, LANG, "screen.settings.copies").await?;
    check(&browser, "settings with export and backup").await?;

    let table = home.join("mine.csv");
    bridge.choose(&table);
    press_key(&browser, LANG, "screen.export.csv").await?;
    let said = words::text(LANG, "screen.export.done")?;
    let said = said.replace("{path}", &table.to_string_lossy());
    let note = format!("//*[contains(normalize-space(), \"{said}\")]");
    browser
        .client
        .wait()
        .for_element(Locator::XPath(&note))
        .await?;
    assert!(fs::read_to_string(&table)?.contains("Made-up Shop"));

    let backup = home.join("mine.age");
    back_up(bridge, &browser, &backup).await?;
    assert!(fs::read(&backup)?.starts_with(b"age-encryption.org/v1\n"));

    give(bridge, "Made-up News").await?;
    bridge.choose(&backup);
    press_key(&browser, LANG, "screen.restore").await?;
    element(&browser.client, "dialog[open]").await?;
    reads(&browser.client, &backup.to_string_lossy()).await?;
    check(&browser, "the dialog that restores").await?;
    passphrase(&browser, "screen.backup.passphrase", "something else").await?;
    press_key(&browser, LANG, "screen.restore.do").await?;
    let said = words::text(LANG, "fault.passphrase_wrong")?;
    reads(
        &browser.client,
        &said.replace("{path}", &backup.to_string_lossy()),
    )
    .await?;
    check(&browser, "a passphrase that does not fit").await?;
    assert_eq!(services(bridge)?, ["Made-up News", "Made-up Shop"]);

    passphrase(&browser, "screen.backup.passphrase", PASSPHRASE).await?;
    press_key(&browser, LANG, "screen.restore.do").await?;
    reads_key(&browser, LANG, "restore.done").await?;
    reads(&browser.client, "ledger.before-restore-0001.sqlite").await?;
    check(&browser, "a backup that was restored").await?;
    assert_eq!(services(bridge)?, ["Made-up Shop"]);
    press_key(&browser, LANG, "screen.import.done").await?;
    closed(&browser).await?;
    kept_up_with(bridge, &browser).await?;
    press_key(&browser, LANG, "nav.services").await?;
    reads(&browser.client, "Made-up Shop").await?;
    give(bridge, "Made-up Stamps").await?;
    reads(&browser.client, "Made-up Stamps").await?;

    // The sample is nothing to keep.
    bridge.desk().open_sample().await?;
    let banner = words::text(LANG, "button.leave_sample")?;
    let banner = format!("//button[contains(normalize-space(), \"{banner}\")]");
    browser
        .client
        .wait()
        .for_element(Locator::XPath(&banner))
        .await?;
    press_key(&browser, LANG, "nav.settings").await?;
    reads_key(&browser, LANG, "screen.settings.about").await?;
    let offered = words::text(LANG, "screen.settings.copies")?;
    let offered = format!("//main//*[normalize-space()=\"{offered}\"]");
    let found = browser.client.find_all(Locator::XPath(&offered)).await?;
    assert!(
        found.is_empty(),
        "what is made up is neither kept nor replaced"
    );

    // On another PC the first screen brings it back.
    let other = Bridge::start(&home.join("other"), clock(), LANG).await?;
    other.choose(&backup);
    browser.open(&other.address()).await?;
    press_key(&browser, LANG, "screen.restore").await?;
    passphrase(&browser, "screen.backup.passphrase", PASSPHRASE).await?;
    press_key(&browser, LANG, "screen.restore.do").await?;
    element(&browser.client, "dialog[open] [role=status]").await?;
    press_key(&browser, LANG, "screen.import.done").await?;
    press_key(&browser, LANG, "nav.services").await?;
    reads(&browser.client, "Made-up Shop").await?;
    Ok(())
}
