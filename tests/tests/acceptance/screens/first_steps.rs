//! From the first door to the first sentence, and back where a door does not open.

use super::{LANG, check, clock, press_key, reads_key};
use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, fill, press, reads};
use acceptance::words;
use monitor::sample;
use std::fs;
use std::net::TcpListener;

/// An account of Thunderbird, made up.
const PREFS: &str = r#"user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.identity.id1.useremail", "anna@example.org");
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.hostname", "imap.example.org");
user_pref("mail.server.server1.port", 993);
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.server.server1.userName", "anna");
user_pref("mail.server.server1.directory-rel", "[ProfD]ImapMail/imap.example.org");
"#;
/// A mailbox with one message, made up.
const LETTER: &str = "From \r\nMessage-ID: <1@shop.example>\r\nFrom: news@shop.example\r\nTo: anna@example.org\r\nSubject: Made up\r\nDate: Mon, 1 Jun 2026 09:00:00 +0000\r\n\r\nMade up.\r\n\r\n";

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
    reads_key(&browser, LANG, "welcome.attachments").await?;
    check(&browser, "whose addresses").await?;
    press_key(&browser, LANG, "button.these_are_mine").await?;
    // Overview comes once the answer is recorded; a heading was there before.
    browser.element("nav").await?;

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
async fn the_mail_of_thunderbird_is_offered_and_fills_the_forms() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let data = home.path().join("data");
    let root = data.join("home/.thunderbird");
    let folder = root.join("a.default/ImapMail/imap.example.org");
    fs::create_dir_all(&folder)?;
    fs::write(root.join("profiles.ini"), "[Profile0]\nPath=a.default\n")?;
    fs::write(root.join("a.default/prefs.js"), PREFS)?;
    fs::write(folder.join("INBOX"), LETTER)?;
    let bridge = Bridge::start(&data, clock(), LANG).await?;
    let browser = Browser::start().await?;
    let title = words::text(LANG, "archive.thunderbird")?.replace("{account}", "anna@example.org");

    browser.open(&bridge.address()).await?;
    press_key(&browser, LANG, "button.connect").await?;
    press(&browser.client, &title).await?;
    reads(&browser.client, "imap.example.org:993").await?;
    check(&browser, "a mailbox that another program knows").await?;
    press_key(&browser, LANG, "screen.back").await?;
    press_key(&browser, LANG, "button.read_here").await?;
    press(&browser.client, &title).await?;
    reads(&browser.client, &folder.to_string_lossy()).await?;
    check(&browser, "mail of another program").await?;
    press_key(&browser, LANG, "screen.archive.read").await?;
    reads_key(&browser, LANG, "welcome.whose").await?;

    let picture = bridge.desk().handle().picture()?;
    let own: Vec<String> = picture
        .addresses
        .iter()
        .map(|a| a.spec.to_string())
        .collect();
    assert_eq!(
        own,
        ["anna@example.org"],
        "its owner's address is the user's"
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
