//! From the first door to the first sentence, and back where a door does not open.

use super::{check, clock, press_key, reads_key};
use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, fill, reads};
use acceptance::words;
use monitor::{Lang, sample};
use std::net::TcpListener;

const LANG: Lang = Lang::En;

#[tokio::test]
async fn mail_on_this_pc_leads_to_the_question_whose_addresses_these_are() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let made = home.path().join("made up");
    sample::write(&made, &sample::plan(1, "2026-06-20".parse()?))?;
    let bridge = Bridge::start(&home.path().join("data"), clock(), LANG).await?;
    bridge.choose(&sample::mail_dir(&made));
    let browser = Browser::start().await?;

    browser.open(&bridge.address()).await?;
    press_key(&browser, LANG, "button.read_here").await?;
    press_key(&browser, LANG, "button.choose_folder").await?;
    reads(&browser.client, &made.to_string_lossy()).await?;
    press_key(&browser, LANG, "screen.archive.read").await?;
    reads_key(&browser, LANG, "welcome.whose").await?;
    browser.element("input[type=checkbox]").await?;
    check(&browser, "whose addresses").await?;
    press_key(&browser, LANG, "button.these_are_mine").await?;
    browser.element("h1").await?;

    let picture = bridge.desk().handle().picture()?;
    assert!(
        !picture.addresses.is_empty(),
        "what was ticked is recorded as the user's"
    );
    assert!(
        !bridge.desk().is_sample(),
        "mail on this PC is the user's own"
    );
    Ok(())
}

#[tokio::test]
async fn a_mailbox_that_does_not_answer_is_said_in_words_and_not_recorded() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    // Taken and given back: nothing listens there now.
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let bridge = Bridge::start(home.path(), clock(), LANG).await?;
    let browser = Browser::start().await?;

    browser.open(&bridge.address()).await?;
    press_key(&browser, LANG, "button.connect").await?;
    fill(
        &browser.client,
        &words::text(LANG, "welcome.address")?,
        "anna@example.org",
    )
    .await?;
    let asked = words::text(LANG, "connect.ask")?.replace("{domain}", "example.org");
    reads(&browser.client, &asked).await?;
    check(&browser, "settings that are not built in").await?;
    press_key(&browser, LANG, "screen.connect.by_hand").await?;
    fill(
        &browser.client,
        &words::text(LANG, "screen.connect.password")?,
        "made-up password",
    )
    .await?;
    fill(
        &browser.client,
        &words::text(LANG, "screen.connect.host")?,
        "127.0.0.1",
    )
    .await?;
    fill(
        &browser.client,
        &words::text(LANG, "screen.connect.port")?,
        &port.to_string(),
    )
    .await?;
    browser
        .element("form button[type=submit]")
        .await?
        .click()
        .await?;
    let said = words::text(LANG, "fault.no_connection")?.replace("{host}", "127.0.0.1");
    reads(&browser.client, &said).await?;
    check(&browser, "a mailbox that does not answer").await?;
    assert!(
        bridge.desk().handle().picture()?.accounts.is_empty(),
        "only a mailbox that answered is recorded"
    );
    Ok(())
}
