//! Settings, and the two pages that promise something.

use super::breaches::breach_lists;
use super::types::{Figure, PageLine, Settings};
use crate::actor::ATTACHMENTS;
use crate::clock::{Clock, civil_day};
use crate::handle::Handle;
use crate::store::{Entry, MessageRecord};
use crate::web::hosts::{self, Purpose};
use crate::words::Words;
use anyhow::Result;
use jiff::tz::TimeZone;

/// Lines of the page "What goes over the network".
const NETWORK: [&str; 5] = ["servers", "lookup", "signin", "breaches", "others"];
/// Lines of the page "What is kept on this PC".
const KEPT: [&str; 9] = [
    "message",
    "not",
    "people",
    "exposures",
    "evidence",
    "imports",
    "dismissed",
    "secrets",
    "copies",
];

/// What the Settings screen shows. `sample`: the open ledger is the sample.
///
/// # Errors
/// Those of SQLite.
pub fn settings(handle: &Handle, words: &Words, sample: bool) -> Result<Settings> {
    let picture = handle.picture()?;
    let standing = handle.breaches()?;
    let line = |key: String, hosts: &str, on: Option<bool>| PageLine {
        title: words.say(&format!("{key}.title")),
        text: words.fill(&format!("{key}.text"), &[("hosts", hosts)]),
        on,
    };
    let of_network = |name: &str| {
        let entries = || picture.accounts.iter().map(|account| &account.entry);
        let (purpose, on) = match name {
            "servers" => (None, entries().any(|e| matches!(e, Entry::Imap { .. }))),
            "signin" => (Some(Purpose::SignIn), entries().any(signs_in)),
            "lookup" => (Some(Purpose::LookUp), false),
            "breaches" => (Some(Purpose::Breaches), standing.allowed == Some(true)),
            _ => (None, false),
        };
        let hosts: Vec<String> = purpose
            .into_iter()
            .flat_map(|purpose| hosts::of(purpose).map(str::to_owned))
            .collect();
        line(format!("network.{name}"), &words.list(&hosts), Some(on))
    };
    let (zone, lang, hidden, attachments, row) = handle.read(|store| {
        Ok((
            store.setting("zone")?,
            store.setting("lang")?,
            store.setting("hide_addresses")?,
            store.allowed(ATTACHMENTS)?,
            store.newest_message()?,
        ))
    })?;
    Ok(Settings {
        lang: words.lang().code().to_owned(),
        lang_from_system: lang.is_none(),
        sample,
        data_folder: handle.data().display().to_string(),
        zone: zone.unwrap_or_default(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        hide_addresses: hidden.is_some(),
        attachments,
        breaches: breach_lists(&picture, words, &standing),
        starts_with_pc: handle.start().shell.starts_with_pc(),
        network: NETWORK.map(of_network).to_vec(),
        kept: KEPT
            .iter()
            .map(|name| line(format!("kept.{name}"), "", None))
            .collect(),
        kept_row: row
            .map(|message| kept_row(words, &picture.zone, &message))
            .unwrap_or_default(),
        fixed_now: match handle.clock() {
            Clock::System => None,
            Clock::Fixed(at) => Some(at.to_string()),
        },
    })
}

fn signs_in(entry: &Entry) -> bool {
    match entry {
        Entry::Imap { sign_in, .. } => sign_in.provider().is_some(),
        Entry::Archive { .. } => false,
    }
}

fn kept_row(words: &Words, zone: &TimeZone, message: &MessageRecord) -> Vec<Figure> {
    let arrived = civil_day(message.arrived_at, zone)
        .map(|day| day.to_string())
        .unwrap_or_default();
    let sender = format!("{}@{}", message.from_local, message.domain);
    let size = words.fill(
        "kept.row.bytes",
        &[("n", &words.number(u64::from(message.size)))],
    );
    [
        ("arrived", arrived),
        ("size", size),
        ("sender", sender),
        ("name", message.from_name.clone()),
        ("subject", message.subject.clone()),
        ("auth", words.say(&format!("auth.{}", message.auth.word()))),
    ]
    .into_iter()
    .map(|(name, value)| Figure {
        value,
        label: words.say(&format!("kept.row.{name}")),
    })
    .collect()
}
