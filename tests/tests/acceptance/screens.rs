//! Every screen in a browser over the real monitor, in both languages, light and dark.

use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, PATIENCE, Scheme};
use fantoccini::Locator;
use monitor::{Clock, Lang, Words};

fn clock() -> Clock {
    Clock::Fixed("2026-06-20T12:00:00Z".parse().expect("an instant"))
}

/// Goes to a screen by its word in the navigation.
async fn go(browser: &Browser, words: &Words, key: &str) -> anyhow::Result<()> {
    click_word(browser, &words.say(key), "nav ").await
}

/// Clicks the button or link that bears a word.
async fn click_word(browser: &Browser, word: &str, within: &str) -> anyhow::Result<()> {
    let within = if within.is_empty() { "" } else { "//nav" };
    let path =
        format!("{within}//*[self::button or self::a][contains(normalize-space(), \"{word}\")]");
    let button = browser
        .client
        .wait()
        .at_most(PATIENCE)
        .for_element(Locator::XPath(&path))
        .await?;
    Ok(button.click().await?)
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
    let words = Words::of(lang);

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

    click_word(&browser, &words.say("button.see_why"), "").await?;
    browser.element("main svg").await?;
    check(&browser, "address").await?;
    for key in [
        "nav.addresses",
        "nav.services",
        "nav.incidents",
        "nav.accounts",
        "nav.settings",
    ] {
        go(&browser, words, key).await?;
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
