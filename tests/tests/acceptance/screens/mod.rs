//! The page in a browser over the real monitor: every screen, the first steps, and what can be
//! done on a screen.

mod breaches;
mod copies;
mod deeds;
mod every;
mod exposures;
mod first_steps;
mod imports;
mod long_lists;

use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, Scheme, press, reads};
use acceptance::words;
use monitor::{Clock, Lang};

/// The language of tests that need but one.
const LANG: Lang = Lang::En;

/// The page on the sample.
async fn sample() -> anyhow::Result<(tempfile::TempDir, Bridge, Browser)> {
    let home = tempfile::tempdir()?;
    let bridge = Bridge::start(home.path(), clock(), LANG).await?;
    bridge.desk().open_sample().await?;
    let browser = Browser::start().await?;
    browser.open(&bridge.address()).await?;
    Ok((home, bridge, browser))
}

/// The clock of these tests. The sample is relative to it.
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

/// Presses what bears the text of a key.
async fn press_key(browser: &Browser, lang: Lang, key: &str) -> anyhow::Result<()> {
    press(&browser.client, &words::text(lang, key)?).await
}

/// Waits for the text of a key.
async fn reads_key(browser: &Browser, lang: Lang, key: &str) -> anyhow::Result<()> {
    reads(&browser.client, &words::text(lang, key)?).await
}
