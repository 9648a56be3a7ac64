//! Mail that revealed addresses, or that says so.

use super::breaches::rows_of;
use super::canvas::Canvas;
use super::lists::tint;
use monitor::Words;
use monitor::view::types::{BreachRow, ExposureRow};

/// Every exposure with what is known of it, then published breaches.
pub fn all_exposures(
    canvas: &mut Canvas,
    words: &Words,
    rows: &[ExposureRow],
    breaches: &[BreachRow],
) {
    if !rows.is_empty() || breaches.is_empty() {
        exposures(canvas, words, rows);
    }
    if !rows.is_empty() && !breaches.is_empty() {
        canvas.gap();
    }
    rows_of(canvas, words, breaches);
}

/// Every exposure with what is known of it.
pub fn exposures(canvas: &mut Canvas, words: &Words, rows: &[ExposureRow]) {
    if rows.is_empty() {
        canvas.prose(&words.say("exposure.none"), 0);
        return;
    }
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            canvas.gap();
        }
        let head = words.fill(
            "exposure.head",
            &[("when", &row.when), ("sender", &row.sender)],
        );
        canvas.prose(&head, 0);
        match tint(row.tone) {
            Some(tint) => canvas.tinted(&row.title, 2, tint),
            None => canvas.prose(&row.title, 2),
        }
        for sentence in &row.sentences {
            canvas.prose(sentence, 2);
        }
        if !row.leaves_out.is_empty() {
            canvas.prose(&words.notice_leaves_out(&row.leaves_out), 2);
        }
        for said in &row.says {
            let values = [
                ("item", said.item.as_str()),
                ("quote", &said.quote),
                ("place", &said.place),
            ];
            canvas.prose(&words.fill("exposure.quote", &values), 4);
        }
        for sentence in &row.afterwards {
            canvas.prose(sentence, 2);
        }
        canvas.prose(&row.advice, 2);
    }
}
