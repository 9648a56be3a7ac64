//! Mail that revealed an address: on Overview and with the address, and the switch for attachments.

use super::{LANG, check, clock, press_key, reads_key, sample};
use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, press, reads};
use acceptance::words;
use fantoccini::Locator;
use std::fs;

/// A message, made up: without any mail there is no way but Welcome.
const LETTER: &str = "From \r\nMessage-ID: <1@kaki.example>\r\nFrom: news@kaki.example\r\nTo: anna@example.org\r\nSubject: Made up\r\nDate: Mon, 1 Jun 2026 09:00:00 +0000\r\n\r\nMade up.\r\n\r\n";

#[tokio::test]
async fn the_list_and_the_notice_of_the_story_stand_on_overview_and_with_the_address()
-> anyhow::Result<()> {
    let (_home, _bridge, browser) = sample().await?;
    reads_key(&browser, LANG, "screen.exposures").await?;
    reads(&browser.client, "carries a list of about 3,385 people").await?;
    reads(&browser.client, "Your name and jun@studio-jun.example").await?;
    reads_key(&browser, LANG, "exposure.genuine").await?;
    let left_out = browser
        .client
        .find_all(Locator::XPath(&format!(
            "//h4[normalize-space()=\"{}\"]/following-sibling::ul/li",
            words::text(LANG, "exposure.does_not_say")?
        )))
        .await?;
    let mut items = Vec::new();
    for item in left_out {
        items.push(item.text().await?);
    }
    for key in ["how", "people", "authority", "contact"] {
        let item = words::text(LANG, &format!("leaves_out.{key}"))?;
        let found = items.iter().any(|one| one.contains(&item));
        assert!(found, "the notice leaves out {key}: {items:?}");
    }
    reads_key(&browser, LANG, "exposure.leaves_out.hint").await?;
    check(&browser, "overview with what the mail revealed").await?;

    press(&browser.client, "jun@studio-jun.example").await?;
    let head = "//h1[normalize-space()=\"jun@studio-jun.example\"]";
    let head = browser.client.wait().for_element(Locator::XPath(head));
    head.await?;
    reads(&browser.client, "15 days later junk began at").await?;
    let pin = browser.client.find(Locator::Css("svg .label.exposed"));
    let pin = pin.await?.text().await?;
    assert!(
        pin.contains("30 April"),
        "the day of the list is marked on the chart: {pin}"
    );
    reads_key(&browser, LANG, "screen.chart.exposed").await?;
    check(&browser, "an address with what the mail revealed").await
}

#[tokio::test]
async fn attachments_are_left_alone_until_the_user_allows_it() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let bridge = Bridge::start(&home.path().join("data"), clock(), LANG).await?;
    let handle = bridge.desk().handle();
    let mail = home.path().join("mail");
    fs::write(&mail, LETTER)?;
    handle.add_archive(&mail, Vec::new(), Vec::new()).await?;
    let browser = Browser::start().await?;
    let kept = || {
        let settings = monitor::view::settings(&handle, handle.words(), false);
        settings.map(|settings| settings.attachments)
    };
    let yes = words::text(LANG, "welcome.attachments.yes")?;
    let yes = format!("//label[contains(., \"{yes}\")]/input");

    browser.open(&bridge.address()).await?;
    press_key(&browser, LANG, "nav.settings").await?;
    let switch = browser.client.wait().for_element(Locator::XPath(&yes));
    let switch = switch.await?;
    assert_eq!(kept()?, None, "it was not asked yet");
    assert!(!switch.is_selected().await?, "off until the user says yes");
    switch.click().await?;
    let said = words::text(LANG, "screen.settings.saved")?;
    let said = format!("//*[contains(normalize-space(), \"{said}\")]");
    let said = browser.client.wait().for_element(Locator::XPath(&said));
    said.await?;
    assert_eq!(kept()?, Some(true));
    check(&browser, "settings with attachments looked into").await?;

    browser.open(&bridge.address()).await?;
    press_key(&browser, LANG, "nav.settings").await?;
    let switch = browser.client.wait().for_element(Locator::XPath(&yes));
    assert!(switch.await?.is_selected().await?, "what was said is kept");
    Ok(())
}
