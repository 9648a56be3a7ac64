//! Every screen in both languages, light and dark.

use super::{check, clock, press_key, reads_key};
use acceptance::bridge::Bridge;
use acceptance::browser::Browser;
use monitor::Lang;

#[tokio::test]
async fn every_screen_can_be_used_by_everyone_in_english() -> anyhow::Result<()> {
    walk(Lang::En).await
}

#[tokio::test]
async fn every_screen_can_be_used_by_everyone_in_japanese() -> anyhow::Result<()> {
    walk(Lang::Ja).await
}

async fn walk(lang: Lang) -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let bridge = Bridge::start(home.path(), clock(), lang).await?;
    let browser = Browser::start().await?;

    browser.open(&bridge.address()).await?;
    browser.element("h1").await?;
    check(&browser, "welcome").await?;
    for (door, screen) in [
        ("button.read_here", "mail on this PC"),
        ("button.connect", "connect a mailbox"),
    ] {
        browser.open(&bridge.address()).await?;
        press_key(&browser, lang, door).await?;
        browser.element("form").await?;
        check(&browser, screen).await?;
    }

    bridge.desk().open_sample().await?;
    browser.open(&bridge.address()).await?;
    browser.element("h1").await?;
    let said = browser
        .client
        .execute("return document.documentElement.lang", Vec::new())
        .await?;
    assert_eq!(
        said,
        lang.code(),
        "the page says its language to those who hear it"
    );
    check(&browser, "overview").await?;

    press_key(&browser, lang, "button.see_why").await?;
    reads_key(&browser, lang, "screen.address.suspects").await?;
    check(&browser, "address").await?;
    for key in [
        "nav.addresses",
        "nav.services",
        "nav.incidents",
        "nav.accounts",
        "nav.settings",
    ] {
        press_key(&browser, lang, key).await?;
        browser.element("h1").await?;
        check(&browser, key).await?;
    }
    assert_eq!(
        browser.complaints().await?,
        Vec::<String>::new(),
        "no error and no break of the content policy"
    );
    Ok(())
}
