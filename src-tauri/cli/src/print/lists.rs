//! Lists: one row for each thing.

use super::canvas::{Canvas, Tint};
use super::report::first_evening;
use super::table::{Long, Table};
use super::text::Side;
use crate::found::Choice;
use exposure::show::shown;
use monitor::Words;
use monitor::view::types::{
    AccountRow, AddressRow, Badge, FlagCard, IncidentRow, Overview, ServiceRow, Tone,
};

/// Longest path or command, in characters: it is to be copied whole.
const LONGEST_LINE: usize = 4096;

/// The tint of a badge.
pub(super) const fn tint(tone: Tone) -> Option<Tint> {
    match tone {
        Tone::Neutral => None,
        Tone::Watch => Some(Tint::Watch),
        Tone::Accent => Some(Tint::Accent),
    }
}

pub(super) fn said(text: &str) -> (String, Option<Tint>) {
    (text.to_owned(), None)
}

fn badge(badge: &Badge) -> (String, Option<Tint>) {
    (badge.text.clone(), tint(badge.tone))
}

pub(super) fn heads(words: &Words, keys: &[(&str, Side)]) -> Vec<(String, Side)> {
    keys.iter()
        .map(|(key, side)| (words.say(key), *side))
        .collect()
}

/// The user's addresses.
pub fn addresses(canvas: &mut Canvas, words: &Words, rows: &[AddressRow]) {
    if rows.is_empty() {
        canvas.prose(&words.say("terminal.no_addresses"), 0);
        return;
    }
    // Where nothing was said of any address a column would be empty.
    let purposes = rows.iter().any(|row| row.purpose.is_some());
    let mut columns = vec![
        ("terminal.address", Side::Left),
        ("terminal.state", Side::Left),
        ("terminal.junk_30d", Side::Right),
        ("terminal.junk", Side::Right),
        ("terminal.wanted", Side::Right),
        ("terminal.services", Side::Left),
    ];
    if purposes {
        columns.insert(1, ("terminal.purpose", Side::Left));
    }
    let mut table = Table::new(heads(words, &columns), Long::Broken);
    for row in rows {
        // A pool of never-given names has no state of its own: its kind says what it is.
        let state = match row.kind {
            Some(_) => badge(&row.badge),
            None => (row.kind_text.clone(), Some(Tint::Faint)),
        };
        let figure = |n: u64| said(&words.number(n));
        let mut cells = vec![
            said(&row.address),
            state,
            figure(row.junk_30d),
            figure(row.junk_total),
            figure(row.wanted_total),
            said(&row.services.join(&words.say("list.comma"))),
        ];
        if purposes {
            let purpose = row.purpose.map(|p| format!("purpose.{}", p.word()));
            let purpose = purpose.map(|key| words.say(&key)).unwrap_or_default();
            cells.insert(1, said(&purpose));
        }
        table.row(cells);
    }
    table.lay(canvas, 0);
}

/// Services with the addresses that they have.
pub fn services(canvas: &mut Canvas, words: &Words, rows: &[ServiceRow]) {
    if rows.is_empty() {
        canvas.prose(&words.say("terminal.no_services"), 0);
        return;
    }
    let comma = words.say("list.comma");
    let mut table = Table::new(
        heads(
            words,
            &[
                ("terminal.service", Side::Left),
                ("terminal.domains", Side::Left),
                ("terminal.addresses", Side::Left),
                ("terminal.wanted", Side::Right),
                ("terminal.last", Side::Left),
            ],
        ),
        Long::Broken,
    );
    for row in rows {
        let addresses: Vec<&str> = row.addresses.iter().map(|of| of.address.as_str()).collect();
        table.row(vec![
            said(&row.service),
            said(&row.domains.join(&comma)),
            said(&addresses.join(&comma)),
            said(&words.number(row.wanted_total)),
            said(&row.last_mail),
        ]);
    }
    table.lay(canvas, 0);
}

/// Flags, and addresses that heard from a sender not on record. Where there are none the headline
/// says how things stand: silence means something only where junk can be seen.
pub fn flags(canvas: &mut Canvas, words: &Words, overview: &Overview) {
    let cards: Vec<&FlagCard> = overview.flags.iter().chain(&overview.unexpected).collect();
    if cards.is_empty() {
        canvas.prose(&overview.headline, 0);
        canvas.prose(&overview.headline_more, 0);
    } else {
        glance(canvas, words, &cards, 0);
    }
    for note in &overview.coverage {
        canvas.tinted(note, 0, Tint::Watch);
    }
    if let Some(evening) = &overview.first_evening {
        first_evening(canvas, evening);
    }
}

/// One row for each flag: who, where, since when, before and after, how sure.
pub(super) fn glance(canvas: &mut Canvas, words: &Words, cards: &[&FlagCard], indent: usize) {
    let mut table = Table::new(
        heads(
            words,
            &[
                ("terminal.state", Side::Left),
                ("terminal.source", Side::Left),
                ("terminal.address", Side::Left),
                ("terminal.since", Side::Left),
                ("terminal.change_head", Side::Left),
            ],
        ),
        Long::Broken,
    );
    for card in cards {
        table.row(vec![
            badge(&card.badge),
            said(&card.title),
            said(&card.address),
            said(&card.since),
            said(&change(words, card)),
        ]);
    }
    table.lay(canvas, indent);
}

/// "before: fewer than one a month → 5.8 junk a day", as far as either is known.
pub(super) fn change(words: &Words, card: &FlagCard) -> String {
    if card.rate.is_empty() {
        return card.before.clone();
    }
    let after = words.fill("terminal.rate", &[("rate", &card.rate)]);
    if card.before.is_empty() {
        return after;
    }
    words.fill(
        "terminal.change",
        &[("before", &card.before), ("after", &after)],
    )
}

/// Incidents.
pub fn incidents(canvas: &mut Canvas, words: &Words, rows: &[IncidentRow]) {
    if rows.is_empty() {
        canvas.prose(&words.say("terminal.no_incidents"), 0);
        return;
    }
    let mut table = Table::new(
        heads(
            words,
            &[
                ("terminal.number", Side::Right),
                ("terminal.state", Side::Left),
                ("terminal.address", Side::Left),
                ("terminal.service", Side::Left),
                ("terminal.status", Side::Left),
                ("terminal.opened", Side::Left),
            ],
        ),
        Long::Broken,
    );
    for row in rows {
        table.row(vec![
            said(&row.id.to_string()),
            badge(&row.badge),
            said(&row.address),
            said(row.service.as_deref().unwrap_or_default()),
            said(&row.status),
            said(&row.opened),
        ]);
    }
    table.lay(canvas, 0);
}

/// Accounts; beside each the command that fetches its password, where the user named one.
pub fn accounts(canvas: &mut Canvas, words: &Words, rows: &[(AccountRow, Option<String>)]) {
    if rows.is_empty() {
        canvas.prose(&words.say("terminal.no_accounts"), 0);
        return;
    }
    for (row, command) in rows {
        canvas.heading(&row.name);
        let security = row
            .security
            .map(|mode| words.say(&format!("security.{}", mode.word())));
        let detail: Vec<&str> = [row.detail.as_str()]
            .into_iter()
            .chain(security.as_deref())
            .collect();
        canvas.prose(&detail.join(&words.say("list.comma")), 2);
        canvas.prose(&row.state, 2);
        if let Some(command) = command {
            canvas.prose(
                &words.fill("terminal.password_command", &[("command", command)]),
                2,
            );
        }
        for trouble in [&row.fault, &row.junk_folder] {
            if !trouble.is_empty() {
                canvas.tinted(trouble, 2, Tint::Watch);
            }
        }
    }
}

/// Mail of other programs, each with the commands that make it a source.
pub fn found(canvas: &mut Canvas, words: &Words, choices: &[Choice]) {
    if choices.is_empty() {
        canvas.prose(&words.say("terminal.nothing_found"), 0);
        return;
    }
    for choice in choices {
        canvas.heading(&choice.row.title);
        if let Some(path) = &choice.row.path {
            canvas.line(&format!("  {}", shown(path, LONGEST_LINE)));
            canvas.prose(&choice.row.mailboxes, 2);
        }
        if choice.row.added || choice.row.connected {
            canvas.prose(&words.say("terminal.found_added"), 2);
        }
        for command in [&choice.add, &choice.connect].into_iter().flatten() {
            canvas.line(&format!("  {}", shown(command, LONGEST_LINE)));
        }
    }
}
