//! Every screen in a browser over the real monitor, in both languages, light and dark.

use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, Scheme, press, reads};
use acceptance::words;
use monitor::{Clock, Lang};

fn clock() -> Clock {
    Clock::Fixed("2026-06-20T12:00:00Z".parse().expect("an instant"))
}

/// Holds that axe finds nothing on the screen that is shown, light and dark.
async fn check(browser: &Browser, screen: &str) -> anyhow::Result<()> {
    for scheme in Scheme::ALL {
        browser.show(scheme).await?;
        let findings = browser.findings().await?;
        assert_eq!(
            findings,
            Vec::<String>::new(),
            "{screen}, {scheme:?}: everyone must be able to use it"
        );
    }
    Ok(())
}

async fn walk(lang: Lang) -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let bridge = Bridge::start(home.path(), clock(), lang).await?;
    let browser = Browser::start().await?;

    browser.open(&bridge.address("")).await?;
    browser.element("h1").await?;
    check(&browser, "welcome").await?;

    bridge.desk().open_sample().await?;
    browser.open(&bridge.address("")).await?;
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

    press(&browser.client, &words::text(lang, "button.see_why")?).await?;
    reads(
        &browser.client,
        &words::text(lang, "screen.address.suspects")?,
    )
    .await?;
    check(&browser, "address").await?;
    for key in [
        "nav.addresses",
        "nav.services",
        "nav.incidents",
        "nav.accounts",
        "nav.settings",
    ] {
        press(&browser.client, &words::text(lang, key)?).await?;
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

#[tokio::test]
async fn every_screen_can_be_used_by_everyone_in_english() -> anyhow::Result<()> {
    walk(Lang::En).await
}

#[tokio::test]
async fn every_screen_can_be_used_by_everyone_in_japanese() -> anyhow::Result<()> {
    walk(Lang::Ja).await
}
