//! Commands that print what the ledger says.

use crate::Outcome;
use crate::args::ExplainArgs;
use crate::print;
use crate::terminal::Terminal;
use anyhow::Result;
use exposure::AddrSpec;
use exposure::assess::Standing;
use monitor::Handle;
use monitor::actor::ATTACHMENTS;
use monitor::fault::{Code, Fault};
use monitor::view;
use serde_json::{Value, json};

/// `addresses`.
pub fn addresses(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    let picture = handle.picture()?;
    let words = terminal.words;
    let rows = view::addresses(&picture, words)?;
    let (unknown, overview) = handle.read(|store| {
        Ok((
            store.unknown_recipients()?,
            view::overview(&picture, store, words, false)?,
        ))
    })?;
    terminal.facts(
        |canvas| {
            print::addresses(canvas, words, &rows);
            if unknown > 0 {
                let count = words.count("count.messages", unknown, &[]);
                canvas.prose(
                    &words.fill("terminal.unknown_recipients", &[("count", &count)]),
                    0,
                );
            }
            for note in &overview.coverage {
                canvas.prose(note, 0);
            }
        },
        || Ok(view::addresses_json(&picture)),
    )?;
    Ok(Outcome::Done)
}

/// `services`.
pub fn services(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    let picture = handle.picture()?;
    let mut rows = view::services(&picture, terminal.words);
    rows.retain(|row| row.standing == Standing::Recorded);
    let found = picture.found.len() as u64;
    let exceptions = view::exceptions(&picture, terminal.words);
    terminal.facts(
        |canvas| {
            print::services(canvas, terminal.words, &rows);
            if found > 0 {
                canvas.gap();
                canvas.prose(
                    &terminal.words.count("terminal.services_found", found, &[]),
                    0,
                );
            }
            if !exceptions.is_empty() {
                canvas.gap();
            }
            print::exceptions(canvas, terminal.words, &exceptions);
        },
        || Ok(view::services_json(&picture)),
    )?;
    Ok(Outcome::Done)
}

/// `flags`.
pub fn flags(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    let picture = handle.picture()?;
    let overview = handle.read(|store| view::overview(&picture, store, terminal.words, false))?;
    terminal.facts(
        |canvas| print::flags(canvas, terminal.words, &overview),
        || Ok(view::flags_json(&picture, terminal.words)),
    )?;
    Ok(Outcome::Done)
}

/// `misfiled`: mail in Junk that is perhaps none, all of it.
pub fn misfiled(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    let picture = handle.picture()?;
    let words = terminal.words;
    let found = view::misfiled(&picture, words);
    let overview = handle.read(|store| view::overview(&picture, store, words, false))?;
    terminal.facts(
        |canvas| {
            if found.rows.is_empty() {
                canvas.prose(&words.say("misfiled.none"), 0);
            }
            print::misfiled(canvas, words, &found);
            for note in &overview.coverage {
                canvas.prose(note, 0);
            }
        },
        || view::misfiled_json(&picture),
    )?;
    Ok(Outcome::Done)
}

/// `exposures`: mail that revealed addresses, or that says so.
pub fn exposures(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    let picture = handle.picture()?;
    let words = terminal.words;
    let rows = view::exposures(&picture, words);
    let breaches = view::breaches(&picture, words, None, None);
    let looks = handle.read(|store| store.allowed(ATTACHMENTS))?;
    terminal.facts(
        |canvas| {
            print::all_exposures(canvas, words, &rows, &breaches);
            if looks != Some(true) {
                canvas.gap();
                canvas.prose(&words.say("exposure.attachments_off"), 0);
            }
        },
        || view::exposures_json(&picture),
    )?;
    Ok(Outcome::Done)
}

/// `incidents`.
pub fn incidents(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    let picture = handle.picture()?;
    let rows = handle.read(|store| view::incidents(&picture, store, terminal.words))?;
    terminal.facts(
        |canvas| print::incidents(canvas, terminal.words, &rows),
        || handle.read(|store| view::incidents_json(&picture, store)),
    )?;
    Ok(Outcome::Done)
}

/// `explain`: one address, or every address that a service has.
pub fn explain(terminal: Terminal, handle: &Handle, args: &ExplainArgs) -> Result<Outcome> {
    let picture = handle.picture()?;
    let what = args.what.trim();
    let wanted = AddrSpec::parse(what).ok();
    if let Some(address) = picture
        .addresses
        .iter()
        .find(|a| wanted.as_ref() == Some(&a.spec))
    {
        return one(terminal, handle, address.id);
    }
    let service = picture
        .services
        .iter()
        .find(|s| s.name.to_lowercase() == what.to_lowercase());
    let Some(service) = service else {
        return Err(Fault::new(Code::NoSuchAddress).with("address", what).into());
    };
    let rows = view::services(&picture, terminal.words);
    let Some(row) = rows.into_iter().find(|row| row.id == service.id) else {
        return Err(Fault::new(Code::NoSuchAddress).with("address", what).into());
    };
    let ids: Vec<i64> = row.addresses.iter().map(|of| of.id).collect();
    let pages = pages(terminal, handle, &ids)?;
    terminal.facts(
        |canvas| {
            print::services(canvas, terminal.words, std::slice::from_ref(&row));
            for page in &pages {
                canvas.gap();
                print::page(canvas, terminal.words, page);
            }
        },
        || {
            let addresses: Vec<Value> = ids
                .iter()
                .map(|id| {
                    handle.read(|store| view::explain_json(&picture, store, terminal.words, *id))
                })
                .collect::<Result<_>>()?;
            Ok(json!({ "service": row.service, "domains": row.domains, "addresses": addresses }))
        },
    )?;
    Ok(Outcome::Done)
}

fn one(terminal: Terminal, handle: &Handle, id: i64) -> Result<Outcome> {
    let picture = handle.picture()?;
    let page = handle.read(|store| view::address(&picture, store, terminal.words, id))?;
    terminal.facts(
        |canvas| print::page(canvas, terminal.words, &page),
        || handle.read(|store| view::explain_json(&picture, store, terminal.words, id)),
    )?;
    Ok(Outcome::Done)
}

/// The pages of some addresses.
pub fn pages(
    terminal: Terminal,
    handle: &Handle,
    ids: &[i64],
) -> Result<Vec<view::types::AddressPage>> {
    let picture = handle.picture()?;
    ids.iter()
        .map(|id| handle.read(|store| view::address(&picture, store, terminal.words, *id)))
        .collect()
}
