//! The report: how things stand at a glance, then each flag with its reasons.

use super::canvas::{Canvas, Tint};
use super::explain::{badge_line, why};
use super::exposures::exposures;
use super::lists::{change, glance};
use super::misfiled::{exceptions, misfiled};
use super::text::{Side, padded};
use exposure::Level;
use monitor::Words;
use monitor::view::types::{AddressPage, FirstEvening, FlagCard, Overview};

/// Spaces before what stands under a heading.
const INDENT: usize = 3;

/// What stands over the report.
#[derive(Clone, Debug)]
pub struct Title {
    /// Its heading.
    pub heading: String,
    /// A line under it.
    pub under: String,
}

/// A report of what the ledger says; `pages` are those of the flagged addresses.
pub fn report(
    canvas: &mut Canvas,
    words: &Words,
    title: &Title,
    overview: &Overview,
    pages: &[AddressPage],
) {
    canvas.heading(&title.heading);
    canvas.prose(&title.under, 0);
    canvas.gap();
    canvas.tinted(&overview.headline, 0, Tint::Strong);
    if !overview.headline_more.is_empty() {
        canvas.prose(&overview.headline_more, 0);
    }
    for note in &overview.coverage {
        canvas.tinted(note, 0, Tint::Watch);
    }
    if let Some(evening) = &overview.first_evening {
        first_evening(canvas, evening);
    }
    if !overview.flags.is_empty() {
        canvas.gap();
        let cards: Vec<&FlagCard> = overview.flags.iter().collect();
        glance(canvas, words, &cards, 0);
    }
    for (at, page) in pages.iter().enumerate() {
        let cards: Vec<&FlagCard> = overview
            .flags
            .iter()
            .filter(|card| card.address_id == page.row.id)
            .collect();
        flagged(canvas, words, at + 1, page, &cards);
    }
    if !overview.unexpected.is_empty() {
        rule(canvas);
        canvas.heading(&words.say("terminal.unexpected"));
        for card in &overview.unexpected {
            canvas.marked(
                "· ",
                &words.fill(
                    "terminal.unexpected_at",
                    &[("address", &card.address), ("since", &card.since)],
                ),
                2,
            );
        }
    }
    if !overview.exposures.is_empty() {
        rule(canvas);
        canvas.heading(&words.say("screen.exposures"));
        exposures(canvas, words, &overview.exposures);
    }
    if let Some(card) = &overview.misfiled {
        rule(canvas);
        canvas.heading(&words.say("screen.misfiled"));
        misfiled(canvas, words, card);
    }
    if !overview.exceptions.is_empty() {
        rule(canvas);
    }
    exceptions(canvas, words, &overview.exceptions);
}

/// What a mailbox shows on the first evening, before it can be said when junk began.
pub(super) fn first_evening(canvas: &mut Canvas, evening: &FirstEvening) {
    canvas.gap();
    canvas.prose(&evening.sentence, 0);
    for figure in &evening.shown {
        canvas.line(&format!(
            "{}  {}",
            padded(&figure.value, 8, Side::Right),
            figure.label
        ));
    }
}

/// One address: the card of its first flag with the page behind it; a second flag in short.
fn flagged(
    canvas: &mut Canvas,
    words: &Words,
    number: usize,
    page: &AddressPage,
    cards: &[&FlagCard],
) {
    let Some((first, others)) = cards.split_first() else {
        return;
    };
    rule(canvas);
    let heading = words.fill(
        "terminal.flag_heading",
        &[
            ("number", &number.to_string()),
            ("title", &first.title),
            ("address", &first.address),
        ],
    );
    canvas.heading(&heading);
    badge_line(canvas, page, INDENT);
    canvas.gap();
    // A likely source has its reasons below; elsewhere the card says why nobody is named.
    if first.level != Level::LikelySource {
        canvas.prose(&first.why, INDENT);
    }
    why(canvas, words, page, INDENT);
    for card in others {
        canvas.gap();
        canvas.tinted(
            &words.fill(
                "terminal.flag_other",
                &[("badge", &card.badge.text), ("title", &card.title)],
            ),
            INDENT,
            Tint::Strong,
        );
        let when = [card.since.clone(), change(words, card)];
        let when: Vec<String> = when.into_iter().filter(|part| !part.is_empty()).collect();
        canvas.prose(&when.join(&words.say("list.comma")), INDENT);
        canvas.prose(&card.why, INDENT);
    }
}

fn rule(canvas: &mut Canvas) {
    let line = canvas
        .paint()
        .tinted(&"─".repeat(canvas.prose_columns()), Tint::Faint);
    canvas.gap();
    canvas.line(&line);
}
