//! `give`: records to whom an address was given; `lookout` and `address`: what it is for.

use crate::Outcome;
use crate::args::{AddressArgs, Also, GiveArgs, LookoutArgs, SuggestArgs, Switch, SwitchArgs};
use crate::mailboxes::spec;
use crate::print::Canvas;
use crate::terminal::Terminal;
use anyhow::Result;
use exposure::{AddressKind, Purpose};
use jiff::civil::Date;
use monitor::Handle;
use monitor::actor::{Change, Give};
use monitor::clock::day_of_number;
use monitor::fault::{Code, Fault};
use monitor::view;
use serde_json::json;

/// Records the disclosure and says from when on and how that is known.
pub async fn give(terminal: Terminal, handle: &Handle, args: &GiveArgs) -> Result<Outcome> {
    let words = terminal.words;
    let address = spec(&args.address)?;
    let on = args.on.as_deref().map(date).transpose()?;
    let given = Give {
        address: address.clone(),
        service: args.service.trim().to_owned(),
        domains: args.domains.clone(),
        processors: args.processors.clone(),
        on,
        also: args
            .also
            .iter()
            .copied()
            .map(Also::word)
            .map(str::to_owned)
            .collect(),
    };
    let id = handle.change(Change::Give(given)).await?;
    let picture = handle.picture()?;
    let service = picture
        .services
        .iter()
        .find(|s| s.name.to_lowercase() == args.service.trim().to_lowercase());
    let recorded = picture
        .disclosures
        .iter()
        .find(|d| d.address == id && service.is_some_and(|s| s.id == d.service));
    let (Some(service), Some(recorded)) = (service, recorded) else {
        terminal.done(&words.say("terminal.recorded"));
        return Ok(Outcome::Done);
    };
    let day = |number: Option<i64>| number.map(day_of_number);
    let basis = words.say(&format!("basis.{}", recorded.basis.word()));
    let text = match day(recorded.given_from) {
        Some(from) => words.fill(
            "terminal.given",
            &[
                ("address", &address.to_string()),
                ("service", &service.name),
                ("day", &words.day(from, picture.today)),
                ("basis", &basis),
            ],
        ),
        None => words.say("terminal.recorded"),
    };
    terminal.facts(
        |canvas: &mut Canvas| canvas.prose(&text, 0),
        || {
            Ok(json!({
                "address": address.to_string(),
                "service": service.name,
                "given_from": day(recorded.given_from).map(|d| d.to_string()),
                "given_to": day(recorded.given_to).map(|d| d.to_string()),
                "basis": recorded.basis.word(),
            }))
        },
    )?;
    Ok(Outcome::Done)
}

/// Proposes addresses for a service; records the first one and prints it alone where asked to.
pub async fn suggest(terminal: Terminal, handle: &Handle, args: &SuggestArgs) -> Result<Outcome> {
    let words = terminal.words;
    let picture = handle.picture()?;
    let service = args.service.trim();
    let rows =
        handle.read(|store| view::aliases(&picture, store, words, service, &args.domains))?;
    let rows = match args.record {
        true => rows.into_iter().take(1).collect(),
        false => rows,
    };
    if let Some(first) = rows.first().filter(|_| args.record) {
        let given = Give {
            address: spec(&first.address)?,
            service: service.to_owned(),
            domains: args.domains.clone(),
            processors: Vec::new(),
            on: Some(picture.today),
            also: Vec::new(),
        };
        handle.change(Change::Give(given)).await?;
    }
    terminal.facts(
        |canvas: &mut Canvas| {
            if rows.is_empty() {
                canvas.prose(&words.say("alias.none"), 0);
            }
            for row in &rows {
                match args.record {
                    true => canvas.prose(&row.address, 0),
                    false => canvas.prose(
                        &words.fill(
                            "terminal.lookout",
                            &[("address", &row.address), ("tells", &row.tells)],
                        ),
                        0,
                    ),
                }
            }
        },
        || {
            let all = rows.iter();
            Ok(all
                .map(|row| json!({"address": row.address, "text": row.tells, "recorded": args.record}))
                .collect())
        },
    )?;
    Ok(Outcome::Done)
}

/// Watches an address that nobody is given; without one, suggests some.
pub async fn look_out(terminal: Terminal, handle: &Handle, args: &LookoutArgs) -> Result<Outcome> {
    let words = terminal.words;
    let Some(address) = &args.address else {
        let picture = handle.picture()?;
        let rows = handle.read(|store| view::lookouts(&picture, store, words))?;
        terminal.facts(
            |canvas: &mut Canvas| {
                if rows.is_empty() {
                    canvas.prose(&words.say("screen.lookout.none"), 0);
                }
                for row in &rows {
                    let values = [("address", row.address.as_str()), ("tells", &row.tells)];
                    canvas.prose(&words.fill("terminal.lookout", &values), 0);
                }
            },
            || Ok(serde_json::to_value(&rows)?),
        )?;
        return Ok(Outcome::Done);
    };
    let address = spec(address)?;
    let change = Change::Kind(address.clone(), AddressKind::Control);
    handle.change(change).await?;
    let done = [("address", address.to_string())];
    let values: Vec<(&str, &str)> = done.iter().map(|(k, v)| (*k, v.as_str())).collect();
    terminal.done(&words.fill("terminal.lookout_made", &values));
    Ok(Outcome::Done)
}

/// Says what a recorded address is for, or takes that back.
pub async fn address(terminal: Terminal, handle: &Handle, args: &AddressArgs) -> Result<Outcome> {
    let words = terminal.words;
    let address = spec(&args.address)?;
    let purpose: Option<Purpose> = args.purpose.into();
    handle
        .change(Change::Purpose(address.clone(), purpose))
        .await?;
    let address = address.to_string();
    terminal.done(&match purpose {
        Some(purpose) => {
            let purpose = words.say(&format!("purpose.{}", purpose.word()));
            let values = [("address", address.as_str()), ("purpose", &purpose)];
            words.fill("terminal.purpose_set", &values)
        }
        None => words.fill("terminal.purpose_unset", &[("address", &address)]),
    });
    Ok(Outcome::Done)
}

fn date(text: &str) -> Result<Date> {
    // The parser of dates knows more shapes than people are told of.
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    text.parse()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| Fault::new(Code::NotADate).with("text", text).into())
}

/// `attachments`.
pub async fn attachments(terminal: Terminal, handle: &Handle, args: SwitchArgs) -> Result<Outcome> {
    let (on, said) = match args.switch {
        Switch::On => (true, "terminal.attachments_on"),
        Switch::Off => (false, "terminal.attachments_off"),
    };
    handle.allow_attachments(on).await?;
    terminal.done(&terminal.words.say(said));
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn takes_whole_dates_only() {
        let check = |text: &str, taken: bool| assert_eq!(date(text).is_ok(), taken, "{text}");
        check("2026-06-20", true);
        check("2026-02-30", false);
        check("20260620", false);
        check("2026-06-20T00:00", false);
        check("yesterday", false);
    }
}
