//! Published breaches of the services on record.

use super::canvas::{Canvas, Tint};
use monitor::Words;
use monitor::view::types::{BreachLists, BreachRow};

/// The breaches, then the lists that they stand in.
pub fn breaches(canvas: &mut Canvas, words: &Words, lists: &BreachLists, rows: &[BreachRow]) {
    let kept = || lists.kept.iter().chain(&lists.chosen_kept);
    if rows.is_empty() && kept().next().is_some() {
        canvas.prose(&words.say("terminal.breaches_none"), 0);
    }
    rows_of(canvas, words, rows);
    if kept().next().is_some() {
        canvas.gap();
    }
    for line in kept() {
        canvas.tinted(line, 0, Tint::Faint);
    }
}

/// Breaches, one by one.
pub fn rows_of(canvas: &mut Canvas, words: &Words, rows: &[BreachRow]) {
    for row in rows {
        let named = [("who", row.service.as_str()), ("count", row.title.as_str())];
        canvas.heading(&words.fill("sender.detail", &named));
        for text in [&row.facts, &row.taken, &row.unverified] {
            if !text.is_empty() {
                canvas.prose(text, 2);
            }
        }
        for one in &row.addresses {
            let given = [
                ("who", one.address.address.as_str()),
                ("count", one.given.as_str()),
            ];
            canvas.prose(&words.fill("sender.detail", &given), 2);
            canvas.prose(&one.listed, 4);
        }
        canvas.tinted(&row.attribution, 2, Tint::Faint);
    }
}
