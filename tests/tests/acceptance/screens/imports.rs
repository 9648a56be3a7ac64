//! Exports of other programs, chosen or dropped, from the look at them to their end.

use super::{LANG, check, press_key, reads_key, sample};
use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, PATIENCE, element, press, reads};
use acceptance::words;
use fantoccini::Locator;
use monitor::surface::Drag;
use std::path::{Path, PathBuf};

/// Made up, as Chrome would write it.
const EXPORT: &str = "name,url,username,password,note\n\
    Made-up Stamps,https://stamps.example/login,stamps-q8z4@jun.example,a made-up secret,\n";
/// Made up.
const LETTER: &str = "From a Mon Mar 02 09:00:00 2026\nFrom: <news@shop.example>\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n\nMade up.\n";

fn file(home: &tempfile::TempDir, name: &str, text: &str) -> anyhow::Result<PathBuf> {
    let path = home.path().join(name);
    std::fs::write(&path, text)?;
    Ok(path)
}

/// Whether the made-up service is in the ledger.
fn named(bridge: &Bridge) -> anyhow::Result<bool> {
    let picture = bridge.desk().handle().picture()?;
    let mut services = picture.services.iter();
    Ok(services.any(|service| service.name == "Made-up Stamps"))
}

fn dropped(bridge: &Bridge, paths: &[&Path]) {
    let paths = paths.iter().map(|path| path.to_path_buf());
    bridge.desk().dragged(Drag::Dropped(paths.collect()));
}

/// Presses the button that imports one row.
async fn import_one(browser: &Browser) -> anyhow::Result<()> {
    let word = words::text(LANG, "screen.import.do")?.replace("{n}", "1");
    press(&browser.client, &word).await?;
    reads_key(browser, LANG, "screen.import.undo").await
}

/// Waits until what an XPath finds is there.
async fn waits(browser: &Browser, path: &str) -> anyhow::Result<()> {
    let wait = browser.client.wait().at_most(PATIENCE);
    wait.for_element(Locator::XPath(path)).await?;
    Ok(())
}

#[tokio::test]
async fn an_export_is_looked_at_imported_and_taken_back() -> anyhow::Result<()> {
    let (home, bridge, browser) = sample().await?;
    press_key(&browser, LANG, "nav.services").await?;
    bridge.choose(&file(&home, "passwords.csv", EXPORT)?);
    press_key(&browser, LANG, "screen.import").await?;
    element(&browser.client, "dialog[open]").await?;
    reads(&browser.client, "stamps-q8z4@jun.example").await?;
    check(&browser, "what an import would add").await?;
    assert!(!named(&bridge)?, "nothing is recorded before it is said");
    import_one(&browser).await?;
    check(&browser, "what an import added").await?;
    assert!(named(&bridge)?, "it is in the ledger");
    press_key(&browser, LANG, "screen.import.undo").await?;
    // The dialog closes once it is done.
    waits(&browser, "//main[not(//dialog)]").await?;
    assert!(!named(&bridge)?, "an import that was taken back is gone");
    Ok(())
}

#[tokio::test]
async fn an_export_dropped_anywhere_is_imported_deleted_and_taken_back_later() -> anyhow::Result<()>
{
    let (home, bridge, browser) = sample().await?;
    let export = file(&home, "passwords.csv", EXPORT)?;
    press_key(&browser, LANG, "nav.settings").await?;
    bridge.desk().dragged(Drag::Over);
    let hint = words::text(LANG, "screen.drop")?;
    let hint = format!("//*[@role=\"status\"][normalize-space()=\"{hint}\"]");
    waits(&browser, &hint).await?;
    check(&browser, "a file hangs over the window").await?;
    bridge.desk().dragged(Drag::Left);
    waits(&browser, &format!("//main[not({hint})]")).await?;

    dropped(&bridge, &[&export]);
    reads(&browser.client, "stamps-q8z4@jun.example").await?;
    assert!(!named(&bridge)?, "a drop alone records nothing");
    import_one(&browser).await?;
    press_key(&browser, LANG, "screen.import.delete").await?;
    reads_key(&browser, LANG, "screen.import.deleted").await?;
    check(&browser, "an export that was deleted").await?;
    assert!(!export.exists(), "the passwords are gone");

    press_key(&browser, LANG, "screen.import.done").await?;
    let older = browser.element("main details summary").await?;
    older.click().await?;
    check(&browser, "earlier imports").await?;
    press_key(&browser, LANG, "screen.import.undo").await?;
    waits(&browser, "//main[not(.//details)]").await?;
    assert!(!named(&bridge)?, "an import that was taken back is gone");
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn an_export_that_changed_since_is_not_deleted() -> anyhow::Result<()> {
    let (home, bridge, browser) = sample().await?;
    let export = file(&home, "passwords.csv", EXPORT)?;
    dropped(&bridge, &[&export]);
    browser.element("h1").await?;
    import_one(&browser).await?;
    file(&home, "passwords.csv", &format!("{EXPORT}\n"))?;
    press_key(&browser, LANG, "screen.import.delete").await?;
    let path = export.display().to_string();
    let said = words::text(LANG, "fault.export_changed")?.replace("{path}", &path);
    reads(&browser.client, &said).await?;
    check(&browser, "an export that changed").await?;
    assert!(export.exists(), "it may be another export by now");
    Ok(())
}

#[tokio::test]
async fn a_damaged_export_ends_in_a_sentence_and_changes_nothing() -> anyhow::Result<()> {
    let (home, bridge, browser) = sample().await?;
    let before = bridge.desk().handle().picture()?.services.len();
    let export = file(&home, "passwords.csv", EXPORT.trim_end_matches(",\n"))?;
    let cut = format!("{}\"", std::fs::read_to_string(&export)?);
    std::fs::write(&export, cut)?;
    dropped(&bridge, &[&export]);
    element(&browser.client, "dialog[open]").await?;
    let path = export.display().to_string();
    let said = words::text(LANG, "fault.import_damaged")?.replace("{path}", &path);
    reads(&browser.client, &said).await?;
    reads_key(&browser, LANG, "fault.import_damaged.action").await?;
    check(&browser, "an export that is damaged").await?;
    assert_eq!(bridge.desk().handle().picture()?.services.len(), before);
    press_key(&browser, LANG, "screen.close").await?;
    waits(&browser, "//main[not(//dialog)]").await
}

#[tokio::test]
async fn mail_that_is_dropped_is_offered_where_mail_is_added() -> anyhow::Result<()> {
    let (home, bridge, browser) = sample().await?;
    let mbox = file(&home, "mail.mbox", LETTER)?;
    let folder = home.path().join("made up Maildir");
    std::fs::create_dir_all(folder.join("cur"))?;
    for mail in [&mbox, &folder] {
        press_key(&browser, LANG, "nav.services").await?;
        dropped(&bridge, &[mail]);
        reads(&browser.client, &mail.to_string_lossy()).await?;
        let note = words::text(LANG, "screen.drop.mail")?;
        waits(&browser, &format!("//*[normalize-space()=\"{note}\"]")).await?;
        check(&browser, "mail that was dropped").await?;
        press_key(&browser, LANG, "screen.back").await?;
        press_key(&browser, LANG, "screen.back").await?;
    }
    dropped(&bridge, &[&mbox, &folder]);
    let said = words::text(LANG, "fault.several_dropped")?;
    waits(
        &browser,
        &format!("//*[contains(normalize-space(), \"{said}\")]"),
    )
    .await?;
    assert!(
        bridge.desk().handle().picture()?.accounts.len() == 1,
        "nothing is read before the user says so"
    );
    Ok(())
}
