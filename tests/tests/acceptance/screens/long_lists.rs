//! Services and Addresses with the rows of a long life, in a browser and in the window.

use super::{clock, press_key};
use acceptance::bridge::Bridge;
use acceptance::browser::{Browser, element, press};
use acceptance::crowded::{self, ADDRESSES, SEARCH, SERVICES};
use acceptance::window::{Opened, Window};
use acceptance::words;
use fantoccini::Client;
use fantoccini::key::Key;
use monitor::Lang;
use serde::Deserialize;
use serde_json::json;

const LANG: Lang = Lang::En;
/// More rows than this are never drawn at once.
const DRAWN: usize = 120;

/// What a search took and showed.
#[derive(Debug, Deserialize)]
struct Searched {
    search: f64,
    draw: f64,
    found: Vec<usize>,
    drawn: usize,
}

/// Searches the list that is open.
async fn search(client: &Client, sought: &[&str]) -> anyhow::Result<Searched> {
    element(client, "[role=grid] [data-at]").await?;
    let answer = client.execute_async(SEARCH, vec![json!(sought)]).await?;
    serde_json::from_value(answer.clone()).map_err(|error| anyhow::anyhow!("{error}: {answer}"))
}

/// Both lists answer a search in little more time than it takes to draw the rows that are seen.
async fn both(client: &Client, place: &str) -> anyhow::Result<()> {
    for (key, command, sought, want) in [
        (
            "nav.services",
            "services",
            [
                "m",
                "made-up",
                "service 4711",
                "made-up-1999@",
                "nobody",
                "",
            ],
            [SERVICES, SERVICES, 1, 2, 0, SERVICES],
        ),
        (
            "nav.addresses",
            "addresses",
            [
                "m",
                "me.example",
                "made-up-17",
                "Service 4711",
                "nobody",
                "",
            ],
            [ADDRESSES, ADDRESSES, 111, 1, 0, ADDRESSES],
        ),
    ] {
        press(client, &words::text(LANG, key)?).await?;
        let searched = search(client, &sought).await?;
        println!("{place}, {command}: {searched:?}");
        assert_eq!(searched.found, want, "{place}: what {command} finds");
        assert!(
            searched.drawn <= DRAWN,
            "{place}: {} rows of {command} drawn",
            searched.drawn
        );
        assert!(
            searched.search < searched.draw.max(1.0) * 4.0,
            "{place}: a search of {command} took {} ms, drawing what is seen {} ms",
            searched.search,
            searched.draw
        );
    }
    Ok(())
}

#[tokio::test]
async fn lists_of_thousands_answer_at_once_and_draw_only_what_is_seen() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    crowded::write(home.path())?;
    let bridge = Bridge::start(home.path(), clock(), LANG).await?;
    let browser = Browser::start().await?;
    browser.open(&bridge.address()).await?;
    both(&browser.client, "browser").await?;

    // By keyboard: to the end, choose, and what can be done with it appears.
    press_key(&browser, LANG, "nav.services").await?;
    let first = element(&browser.client, "[role=grid] [data-at='0']").await?;
    first.send_keys(&char::from(Key::End).to_string()).await?;
    let last = format!("[role=grid] [data-at='{}']", SERVICES - 1);
    let last = element(&browser.client, &last).await?;
    last.send_keys(" ").await?;
    element(&browser.client, ".deeds").await?;
    super::check(&browser, "Services with thousands of rows and one chosen").await?;
    last.send_keys(&char::from(Key::Enter).to_string()).await?;
    press_key(&browser, LANG, "service.back").await?;
    Ok(())
}

#[tokio::test]
async fn the_window_answers_a_search_of_thousands_at_once() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let data = home.path().join("data");
    crowded::write(&data)?;
    let opened = Opened {
        arguments: &["--lang", "en"],
        variables: &[("ATESAKI_NOW", "2026-06-20T12:00:00Z")],
    };
    let window = Window::open(&data, opened).await?;
    let shown = both(&window.client, "window").await;
    window.close().await?;
    shown
}
