//! `demo`: the sample, from an empty folder to the report.

use crate::args::DemoArgs;
use crate::facts::pages;
use crate::print::{self, Title};
use crate::{Outcome, Session};
use anyhow::Result;
use monitor::surface::{STORY_SEED, make_sample, sample_folder};
use monitor::{Start, view};
use std::time::Instant;

/// Makes the sample of a seed, reads it like any other mail, and reports. It never lies among the
/// user's own mail, and a sample that was there before is replaced.
pub async fn demo(session: &Session, args: &DemoArgs) -> Result<Outcome> {
    let (terminal, words) = (session.terminal, session.words());
    let began = Instant::now();
    let folder = args
        .to
        .clone()
        .unwrap_or_else(|| sample_folder(&session.data));
    let folder = std::path::absolute(folder)?;
    let like = Start {
        data: folder.clone(),
        ..session.start()
    };
    let handle = make_sample(&like, &folder, args.seed.unwrap_or(STORY_SEED)).await?;
    let picture = handle.picture()?;
    let overview = handle.read(|store| view::overview(&picture, store, words, false))?;
    let mut ids: Vec<i64> = Vec::new();
    for card in &overview.flags {
        if !ids.contains(&card.address_id) {
            ids.push(card.address_id);
        }
    }
    let pages = pages(terminal, &handle, &ids)?;
    let messages = view::accounts(&picture, words, &handle.activity())
        .iter()
        .flat_map(|account| &account.mailboxes)
        .map(|mailbox| mailbox.messages)
        .sum();
    let title = Title {
        heading: words.say("nav.sample"),
        under: words.fill(
            "terminal.demo_made",
            &[
                ("messages", &words.count("count.messages", messages, &[])),
                (
                    "addresses",
                    &words.count("count.addresses", picture.addresses.len() as u64, &[]),
                ),
                ("seconds", &format!("{:.1}", began.elapsed().as_secs_f64())),
            ],
        ),
    };
    terminal.facts(
        |canvas| print::report(canvas, words, &title, &overview, &pages),
        || Ok(view::flags_json(&picture, words)),
    )?;
    let path = folder.display().to_string();
    terminal.done("");
    terminal.done(&words.fill("terminal.demo_where", &[("path", &path)]));
    terminal.done(&words.fill("terminal.demo_more", &[("data", &quoted(&path))]));
    handle.close();
    Ok(Outcome::Done)
}

/// A path as it is typed at a shell.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-~:\\".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}
