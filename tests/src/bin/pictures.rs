//! Takes the README's pictures: the real window on the sample, under a fixed clock, in every
//! language, light and dark. `make pictures` brings the display.

use acceptance::browser::{element, press, reads};
use acceptance::window::{Opened, Window};
use acceptance::words;
use anyhow::{Context, Result};
use fantoccini::Client;
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use monitor::Lang;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The sample is relative to today; this is the today of the pictures.
const NOW: (&str, &str) = ("ATESAKI_NOW", "2026-06-20T12:00:00Z");
/// Painting may lag behind the page by this much.
const SETTLED: Duration = Duration::from_millis(1500);

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(
        std::env::args_os()
            .nth(1)
            .context("usage: pictures FOLDER")?,
    );
    std::fs::create_dir_all(&folder)?;
    for lang in [Lang::En, Lang::Ja] {
        for scheme in ["light", "dark"] {
            let theme = (
                "GTK_THEME",
                if scheme == "dark" {
                    "Adwaita:dark"
                } else {
                    "Adwaita"
                },
            );
            let picture =
                |screen: &str| folder.join(format!("{screen}-{}-{scheme}.png", lang.code()));
            welcome(lang, theme, &picture("welcome")).await?;
            sample(lang, theme, &picture("overview"), &picture("address")).await?;
        }
    }
    Ok(())
}

async fn welcome(lang: Lang, theme: (&str, &str), picture: &Path) -> Result<()> {
    let home = tempfile::tempdir()?;
    let opened = Opened {
        arguments: &["--lang", lang.code()],
        variables: &[NOW, theme],
    };
    let window = Window::open(&home.path().join("data"), opened).await?;
    element(&window.client, "h1").await?;
    take(&window.client, picture).await?;
    window.close().await
}

async fn sample(lang: Lang, theme: (&str, &str), overview: &Path, address: &Path) -> Result<()> {
    let home = tempfile::tempdir()?;
    let opened = Opened {
        arguments: &["--sample", "--lang", lang.code()],
        variables: &[NOW, theme],
    };
    let window = Window::open(&home.path().join("data"), opened).await?;
    let page = &window.client;
    element(page, "h1").await?;
    take(page, overview).await?;
    press(page, &words::text(lang, "button.see_why")?).await?;
    reads(page, &words::text(lang, "screen.address.suspects")?).await?;
    take(page, address).await?;
    window.close().await
}

async fn take(page: &Client, picture: &Path) -> Result<()> {
    // A pointer that rests on a chart is answered with figures.
    let aside = PointerAction::MoveTo {
        duration: None,
        x: 2.0,
        y: 2.0,
    };
    page.perform_actions(MouseActions::new("mouse".into()).then(aside))
        .await?;
    tokio::time::sleep(SETTLED).await;
    std::fs::write(picture, page.screenshot().await?)?;
    println!("{}", picture.display());
    Ok(())
}
