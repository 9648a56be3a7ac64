//! What can be done on a screen changes the ledger, and every open screen shows it.

use super::{LANG, check, press_key, reads_key, sample};
use acceptance::browser::{element, fill, press, reads};
use acceptance::words;
use exposure::Verdict;
use fantoccini::Locator;
use monitor::Lang;

#[tokio::test]
async fn a_recorded_service_stands_in_the_list_at_once() -> anyhow::Result<()> {
    let (_home, bridge, browser) = sample().await?;
    press_key(&browser, LANG, "nav.services").await?;
    press_key(&browser, LANG, "screen.give").await?;
    element(&browser.client, "dialog[open]").await?;
    check(&browser, "the dialog that records who has an address").await?;
    for (key, text) in [
        ("screen.give.address", "stamps-q8z4@example.org"),
        ("screen.give.service", "Made-up Stamps"),
    ] {
        fill(&browser.client, &words::text(LANG, key)?, text).await?;
    }
    press_key(&browser, LANG, "button.record").await?;
    reads(&browser.client, "Made-up Stamps").await?;
    let services = bridge
        .desk()
        .handle()
        .picture()?
        .services
        .iter()
        .any(|service| service.name == "Made-up Stamps");
    assert!(services, "what the screen shows is in the ledger");
    Ok(())
}

#[tokio::test]
async fn a_corrected_verdict_is_kept_as_the_users() -> anyhow::Result<()> {
    let (_home, bridge, browser) = sample().await?;
    press_key(&browser, LANG, "button.see_why").await?;
    reads_key(&browser, LANG, "screen.address.suspects").await?;
    let not_junk = format!(
        "//main//button[contains(@aria-label, \"{}\")]",
        words::text(LANG, "button.not_junk")?
    );
    browser
        .client
        .find(Locator::XPath(&not_junk))
        .await?
        .click()
        .await?;
    let back = words::text(LANG, "button.take_back")?;
    let take_back = format!("//main//button[normalize-space()=\"{back}\"]");
    browser
        .client
        .wait()
        .for_element(Locator::XPath(&take_back))
        .await?;
    let handle = bridge.desk().handle();
    let id = handle
        .picture()?
        .addresses
        .iter()
        .map(|address| address.id)
        .collect::<Vec<_>>();
    let by_user = id.into_iter().any(|id| {
        let picture = handle.picture().expect("the ledger is read");
        let page = handle.read(|store| monitor::view::address(&picture, store, handle.words(), id));
        page.is_ok_and(|page| {
            page.messages.iter().any(|message| {
                message.source == exposure::VerdictSource::User
                    && message.verdict == Verdict::Wanted
            })
        })
    });
    assert!(by_user, "the user's word stands before every other");
    Ok(())
}

#[tokio::test]
async fn what_a_notification_names_is_opened() -> anyhow::Result<()> {
    let (_home, bridge, browser) = sample().await?;
    browser.element("h1").await?;
    let picture = bridge.desk().handle().picture()?;
    let address = picture.addresses.last().expect("the sample has addresses");
    // The script that the window runs when a notification is clicked.
    browser
        .client
        .execute(
            &format!("location.hash = '#/address/{}'", address.id),
            Vec::new(),
        )
        .await?;
    reads(&browser.client, &address.spec.to_string()).await
}

#[tokio::test]
async fn the_language_changes_on_the_open_screen() -> anyhow::Result<()> {
    let (_home, _bridge, browser) = sample().await?;
    press_key(&browser, LANG, "nav.settings").await?;
    let japanese = "//label[contains(normalize-space(), \"日本語\")]";
    browser
        .client
        .wait()
        .for_element(Locator::XPath(japanese))
        .await?
        .click()
        .await?;
    reads(&browser.client, &words::text(Lang::Ja, "nav.network")?).await?;
    let said = browser
        .client
        .execute("return document.documentElement.lang", Vec::new())
        .await?;
    assert_eq!(
        said, "ja",
        "the page says its new language to those who hear it"
    );
    Ok(())
}

#[tokio::test]
async fn the_sample_is_gone_with_one_click() -> anyhow::Result<()> {
    let (home, bridge, browser) = sample().await?;
    press_key(&browser, LANG, "button.leave_sample").await?;
    reads_key(&browser, LANG, "welcome.title").await?;
    assert!(
        !bridge.desk().is_sample(),
        "the user's own ledger is shown again"
    );
    assert!(
        !home.path().join("sample").exists(),
        "nothing of the sample stays on this PC"
    );
    Ok(())
}

#[tokio::test]
async fn a_lookout_address_is_suggested_and_watched() -> anyhow::Result<()> {
    let (_home, bridge, browser) = sample().await?;
    press_key(&browser, LANG, "nav.addresses").await?;
    press_key(&browser, LANG, "screen.lookout").await?;
    element(&browser.client, "dialog[open] li").await?;
    check(&browser, "the dialog that makes a lookout address").await?;
    let suggested = element(&browser.client, "dialog[open] li button").await?;
    let address = suggested.text().await?;
    suggested.click().await?;
    press_key(&browser, LANG, "button.look_out").await?;
    reads(&browser.client, &address).await?;
    let picture = bridge.desk().handle().picture()?;
    let mut all = picture.addresses.iter();
    let kind = all.find(|a| a.spec.to_string() == address).map(|a| a.kind);
    assert_eq!(kind, Some(exposure::AddressKind::Control));
    Ok(())
}

#[tokio::test]
async fn the_why_names_the_other_address_that_one_source_could_explain() -> anyhow::Result<()> {
    let (_home, _bridge, browser) = sample().await?;
    reads_key(&browser, LANG, "screen.overview.joint").await?;
    press_key(&browser, LANG, "button.see_why").await?;
    reads_key(&browser, LANG, "screen.address.suspects").await?;
    let here = browser
        .client
        .find(Locator::Css("h1"))
        .await?
        .text()
        .await?;
    let other = browser.client.find(Locator::Css(".joint button")).await?;
    other.click().await?;
    let moved = format!("//h1[not(normalize-space()=\"{here}\")]");
    browser
        .client
        .wait()
        .for_element(Locator::XPath(&moved))
        .await?;
    reads(&browser.client, &here).await
}

#[tokio::test]
async fn overview_shows_what_is_perhaps_not_junk_and_the_exceptions_to_the_rule()
-> anyhow::Result<()> {
    let (_home, bridge, browser) = sample().await?;
    reads_key(&browser, LANG, "screen.misfiled").await?;
    reads(&browser.client, "kashimura@example.net").await?;
    reads(&browser.client, "11 services have your work address.").await?;
    check(&browser, "overview with mail that is perhaps not junk").await?;

    // Once more is said of the address, the rule is another.
    press(&browser.client, "11 services have your work address.").await?;
    reads_key(&browser, LANG, "screen.address.purpose").await?;
    let shopping = "//label[contains(normalize-space(), \"Shopping\")]";
    browser
        .client
        .wait()
        .for_element(Locator::XPath(shopping))
        .await?
        .click()
        .await?;
    reads(&browser.client, "Ordinary address (Shopping).").await?;
    check(&browser, "an address with its purpose").await?;
    let picture = bridge.desk().handle().picture()?;
    let mut all = picture.addresses.iter();
    let work = all.find(|a| a.spec.to_string() == "jun@studio-jun.example");
    assert_eq!(
        work.and_then(|a| a.purpose),
        Some(exposure::Purpose::Shopping)
    );
    press_key(&browser, LANG, "nav.overview").await?;
    reads(&browser.client, "2 services have your personal address.").await
}
