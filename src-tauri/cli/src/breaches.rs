//! `breaches`: lists of published breaches.

use crate::Outcome;
use crate::args::BreachesCommand;
use crate::print;
use crate::terminal::{Form, Terminal};
use anyhow::Result;
use monitor::breaches::Wish;
use monitor::catalogue::fetch::{News, Places};
use monitor::{Handle, view};

/// Does what was asked about lists of breaches.
pub async fn breaches(
    terminal: Terminal,
    handle: &Handle,
    what: &BreachesCommand,
) -> Result<Outcome> {
    let words = terminal.words;
    match what {
        BreachesCommand::On => {
            handle.allow_breaches(true).await?;
            terminal.done(&words.say("terminal.breaches_on"));
        }
        BreachesCommand::Off => {
            handle.allow_breaches(false).await?;
            terminal.done(&words.say("terminal.breaches_off"));
        }
        BreachesCommand::Refresh => return refresh(terminal, handle).await,
        BreachesCommand::List => list(terminal, handle)?,
        BreachesCommand::Use(args) => match handle.choose_catalogue(args.place.as_deref()).await? {
            Some(News::Fetched(entries)) => {
                let text = words.count("terminal.breaches_chosen", entries as u64, &[]);
                terminal.done(&text);
            }
            Some(News::Same) => terminal
                .done(&words.fill("breach.same", &[("name", &words.say("breach.name.chosen"))])),
            None => terminal.done(&words.say("terminal.breaches_dropped")),
        },
    }
    Ok(Outcome::Done)
}

/// Fetches what is switched on. A fault of one list is said on stderr; it was done where one list
/// could be had.
async fn refresh(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    let words = terminal.words;
    let places = Places::of(|name| std::env::var(name).ok());
    let all = handle.refresh_breaches(&places, Wish::ByHand).await?;
    for one in &all {
        if let Some(text) = view::breach_news(words, one) {
            terminal.done(&text);
        }
        if let Err(fault) = &one.outcome {
            if all.len() > 1 {
                let name = format!("breach.name.{}", one.source.word());
                eprintln!("{}:", words.say(&name));
            }
            terminal.fault(fault);
        }
    }
    if terminal.form == Form::Json {
        let standing = handle.breaches()?;
        let zone = handle.picture()?.zone.clone();
        terminal.facts(
            |_| {},
            || Ok(view::refreshed_json(words, &zone, &standing, &all)),
        )?;
    }
    Ok(match all.iter().any(|one| one.outcome.is_ok()) {
        true => Outcome::Done,
        false => Outcome::NotDone,
    })
}

fn list(terminal: Terminal, handle: &Handle) -> Result<()> {
    let words = terminal.words;
    let standing = handle.breaches()?;
    let picture = handle.picture()?;
    let lists = view::breach_lists(&picture, words, &standing);
    let rows = view::breaches(&picture, words, None, None);
    for trouble in [&standing.trouble, &standing.chosen_trouble]
        .into_iter()
        .flatten()
    {
        terminal.fault(trouble);
    }
    if standing.lists.is_empty() {
        let off = standing.allowed != Some(true) && standing.chosen.is_none();
        let key = if off {
            "fault.breaches_off"
        } else {
            "terminal.breaches_unfetched"
        };
        terminal.note(&words.say(key));
    }
    terminal.facts(
        |canvas| print::breaches(canvas, words, &lists, &rows),
        || Ok(view::breaches_json(&picture)),
    )
}
