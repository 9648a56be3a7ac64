//! `give`: records to whom an address was given.

use crate::Outcome;
use crate::args::{Also, GiveArgs};
use crate::mailboxes::spec;
use crate::print::Canvas;
use crate::terminal::Terminal;
use anyhow::Result;
use jiff::civil::Date;
use monitor::Handle;
use monitor::actor::{Change, Give};
use monitor::clock::day_of_number;
use monitor::fault::{Code, Fault};
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

fn date(text: &str) -> Result<Date> {
    // The parser of dates knows more shapes than people are told of.
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    text.parse()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| Fault::new(Code::NotADate).with("text", text).into())
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
