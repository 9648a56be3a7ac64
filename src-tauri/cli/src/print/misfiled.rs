//! What stands small on Overview: mail in Junk that is perhaps none, and exceptions to the user's
//! own rule.

use super::canvas::Canvas;
use super::lists::{heads, said};
use super::table::{Long, Table};
use super::text::Side;
use monitor::Words;
use monitor::view::types::{ExceptionRow, MisfiledCard};

/// Mail in Junk that is perhaps none; nothing where there is none.
pub fn misfiled(canvas: &mut Canvas, words: &Words, card: &MisfiledCard) {
    for sentence in &card.sentences {
        canvas.prose(sentence, 0);
    }
    if !card.rows.is_empty() {
        canvas.gap();
        let mut table = Table::new(
            heads(
                words,
                &[
                    ("terminal.arrived", Side::Left),
                    ("terminal.sender", Side::Left),
                    ("terminal.address", Side::Left),
                    ("terminal.why", Side::Left),
                ],
            ),
            Long::Broken,
        );
        for row in &card.rows {
            let sender = match row.who == row.sender {
                true => row.sender.clone(),
                false => format!("{} <{}>", row.who, row.sender),
            };
            table.row(vec![
                said(&row.when),
                said(&sender),
                said(&row.address.address),
                said(&row.why),
            ]);
        }
        table.lay(canvas, 0);
        if !card.more.is_empty() {
            canvas.prose(&card.more, 0);
        }
        canvas.gap();
        canvas.prose(&words.say("misfiled.hint"), 0);
    }
    if !card.unverified.is_empty() {
        canvas.prose(&card.unverified, 0);
    }
}

/// Exceptions to the user's own rule; nothing where there are none.
pub fn exceptions(canvas: &mut Canvas, words: &Words, rows: &[ExceptionRow]) {
    if rows.is_empty() {
        return;
    }
    canvas.heading(&words.say("screen.exceptions"));
    for row in rows {
        canvas.prose(&row.sentence, 0);
        canvas.prose(&row.address.address, 2);
        canvas.prose(&row.services, 2);
    }
}
