//! The real window, once: from the sample to the reason.

use acceptance::browser::{PATIENCE, element, press, reads};
use acceptance::dragging::Files;
use acceptance::window::{Opened, Window};
use acceptance::words;
use anyhow::Context;
use fantoccini::Locator;
use monitor::Lang;

/// The day of the sample's report, so that every run sees the same year.
const NOW: (&str, &str) = ("ATESAKI_NOW", "2026-06-20T12:00:00Z");

#[tokio::test]
async fn the_window_leads_from_the_sample_to_the_reason() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let opened = Opened {
        arguments: &["--sample", "--lang", "en"],
        variables: &[NOW],
    };
    let window = Window::open(&home.path().join("data"), opened).await?;
    let page = &window.client;
    assert_eq!(
        page.title().await?,
        "Atesaki",
        "the window bears the program's name"
    );

    // The heading is drawn anew when the sample has been read; one that went away is asked again.
    let mut headline = String::new();
    for _ in 0..20 {
        match element(page, "h1").await?.text().await {
            Ok(text) if !text.is_empty() => {
                headline = text;
                break;
            }
            Ok(_) | Err(_) => {}
        }
    }
    assert!(
        !headline.is_empty(),
        "the first screen opens with a sentence"
    );
    press(page, &words::text(Lang::En, "button.see_why")?).await?;
    reads(page, &words::text(Lang::En, "screen.address.suspects")?).await?;
    element(page, "main svg").await?;
    window.close().await
}

/// Files are dragged as a file manager drags them.
#[tokio::test]
async fn an_export_that_is_dropped_on_the_window_is_shown() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let opened = Opened {
        arguments: &["--lang", "en"],
        variables: &[NOW],
    };
    let window = Window::open(&home.path().join("data"), opened).await?;
    let page = &window.client;
    element(page, "h1").await?;
    let export = home.path().join("Passwörter 1.csv");
    std::fs::write(
        &export,
        "name,url,username,password\nMade-up Stamps,https://stamps.example/,stamps-q8z4@jun.example,made-up\n",
    )?;
    let hint = words::text(Lang::En, "screen.drop")?;
    let hint = format!("//*[@role=\"status\"][normalize-space()=\"{hint}\"]");
    let process = window.process().context("the window's program runs")?;
    let over = |path: std::path::PathBuf| async move {
        tokio::task::spawn_blocking(move || Files::over(process, &[&path])).await?
    };
    let files = over(export.clone()).await?;
    wait(page, &hint).await?;
    files.away()?;
    wait(page, &format!("//main[not({hint})]")).await?;
    let files = over(export).await?;
    tokio::task::spawn_blocking(move || files.let_go()).await??;
    wait(page, "//dialog[@open]").await?;
    reads(page, "stamps-q8z4@jun.example").await?;
    window.close().await
}

async fn wait(page: &fantoccini::Client, path: &str) -> anyhow::Result<()> {
    let wait = page.wait().at_most(PATIENCE);
    let found = wait.for_element(Locator::XPath(path)).await;
    found.map(drop).with_context(|| path.to_owned())
}

#[tokio::test]
async fn the_page_reaches_nothing_but_its_one_command() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let opened = Opened {
        arguments: &["--lang", "en"],
        variables: &[NOW],
    };
    let window = Window::open(&home.path().join("data"), opened).await?;
    element(&window.client, "body").await?;
    let invoke = "const [command, args, done] = arguments; \
                  window.__TAURI_INTERNALS__.invoke(command, args).then((v) => done({ ok: v }), (e) => done({ no: e }))";
    let ask = async |command: &str, args: serde_json::Value| {
        window
            .client
            .execute_async(invoke, vec![command.into(), args])
            .await
    };
    let settings = ask(
        "call",
        serde_json::json!({ "name": "settings", "args": {} }),
    )
    .await?;
    assert_eq!(
        settings["ok"]["lang"], "en",
        "the one command answers: {settings}"
    );
    let unknown = ask(
        "call",
        serde_json::json!({ "name": "no_such_command", "args": {} }),
    )
    .await?;
    assert!(
        unknown["no"]["text"].is_string(),
        "a command that is not in the table is refused in words: {unknown}"
    );
    for command in [
        "plugin:window|close",
        "plugin:event|emit",
        "plugin:app|version",
        "plugin:path|resolve_directory",
    ] {
        let answer = ask(command, serde_json::json!({})).await?;
        assert!(
            answer.get("no").is_some(),
            "{command} is not for the page: {answer}"
        );
    }
    let reached = window
        .client
        .execute_async(
            "const done = arguments[0]; fetch('http://127.0.0.1:9/').then(() => done('reached'), (e) => done(String(e)))",
            Vec::new(),
        )
        .await?;
    assert_ne!(
        reached, "reached",
        "the content policy lets the page fetch nothing"
    );
    assert!(
        window
            .client
            .execute("return window.__TAURI__ === undefined", Vec::new())
            .await?
            .as_bool()
            == Some(true)
    );
    window.close().await
}
