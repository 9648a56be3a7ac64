//! Everything behind what is said of an address, down to the messages.

use super::canvas::{Canvas, Tint};
use super::exposures::exposures;
use super::lists::tint;
use super::spark::chart;
use super::table::{Long, Table};
use super::text::Side;
use exposure::SuspectKind;
use monitor::Words;
use monitor::view::types::{AddressPage, SuspectRow};

/// The days that a chart in a report shows.
const CHART_DAYS: usize = 90;
/// How many senders are listed.
const SENDERS: usize = 12;
/// How many messages are listed.
const MESSAGES: usize = 12;

/// The page of an address.
pub fn page(canvas: &mut Canvas, words: &Words, page: &AddressPage) {
    canvas.heading(&page.row.address);
    badge_line(canvas, page, 0);
    canvas.prose(&page.about, 0);
    for note in &page.coverage {
        canvas.tinted(note, 0, Tint::Watch);
    }
    canvas.gap();
    why(canvas, words, page, 0);
    if !page.exposures.is_empty() {
        canvas.gap();
        canvas.heading(&words.say("screen.exposures"));
        exposures(canvas, words, &page.exposures);
    }
    if !page.holders.is_empty() {
        canvas.gap();
        canvas.heading(&words.say("terminal.holders"));
        for holder in &page.holders {
            let line = words.fill(
                "terminal.holder",
                &[("service", &holder.service), ("given", &holder.given)],
            );
            canvas.marked("· ", &line, 2);
        }
    }
    senders(canvas, words, page);
    cousins(canvas, words, page);
    history(canvas, words, page);
    messages(canvas, words, page);
}

/// The sentence, its chart, who could be the source and why, and what else could explain it.
pub(super) fn why(canvas: &mut Canvas, words: &Words, page: &AddressPage, indent: usize) {
    canvas.prose(&page.sentence, indent);
    for sentence in &page.others {
        canvas.prose(sentence, indent);
    }
    let recent = page
        .days
        .get(page.days.len().saturating_sub(CHART_DAYS)..)
        .unwrap_or_default();
    if recent.iter().any(|day| day.junk + day.stranger > 0) {
        canvas.gap();
        let room = canvas.prose_columns().saturating_sub(indent);
        for line in chart(recent, &page.pins, words, room) {
            canvas.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }
    if page.suspects.is_empty() {
        return;
    }
    canvas.gap();
    let heading = match page.conclusion.as_str() {
        "" => words.say("terminal.suspects"),
        conclusion => conclusion.to_owned(),
    };
    canvas.tinted(&heading, indent, Tint::Strong);
    if !page.joint.is_empty() {
        canvas.prose(&page.joint, indent);
    }
    suspects(canvas, words, &page.suspects, indent);
    if !page.caveat.is_empty() {
        canvas.gap();
        canvas.prose(&page.caveat, indent);
    }
    if !page.chance.is_empty() {
        canvas.gap();
        canvas.prose(&page.chance, indent);
    }
    would_change(canvas, words, page, indent);
}

fn would_change(canvas: &mut Canvas, words: &Words, page: &AddressPage, indent: usize) {
    if page.would_change.is_empty() {
        return;
    }
    canvas.gap();
    canvas.tinted(&words.say("terminal.would_change"), indent, Tint::Strong);
    for sentence in &page.would_change {
        canvas.marked("· ", sentence, indent + 2);
    }
}

fn cousins(canvas: &mut Canvas, words: &Words, page: &AddressPage) {
    if page.cousins.is_empty() {
        return;
    }
    canvas.gap();
    canvas.heading(&words.say("terminal.cousins"));
    for cousin in &page.cousins {
        let values = [
            ("address", cousin.address.address.as_str()),
            ("domain", &cousin.domain),
            ("question", &cousin.question),
            ("detail", &cousin.detail),
        ];
        canvas.marked("· ", &words.fill("terminal.cousin", &values), 2);
        canvas.prose(&words.fill("terminal.cousin_hint", &values), 4);
    }
}

fn history(canvas: &mut Canvas, words: &Words, page: &AddressPage) {
    if page.history.is_empty() {
        return;
    }
    canvas.gap();
    canvas.heading(&words.say("terminal.history"));
    for said in &page.history {
        let line = words.fill("terminal.said", &[("day", &said.day), ("text", &said.text)]);
        canvas.marked("· ", &line, 2);
    }
}

/// The badge of the page's address.
pub(super) fn badge_line(canvas: &mut Canvas, page: &AddressPage, indent: usize) {
    match tint(page.row.badge.tone) {
        Some(tint) => canvas.tinted(&page.row.badge.text, indent, tint),
        None => canvas.prose(&page.row.badge.text, indent),
    }
}

fn suspects(canvas: &mut Canvas, words: &Words, all: &[SuspectRow], indent: usize) {
    let told = |s: &&SuspectRow| !s.likelihood.is_empty() || !s.evidence.is_empty();
    for suspect in all.iter().filter(|s| s.leading).filter(told) {
        let line = match suspect.likelihood.as_str() {
            "" => suspect.title.clone(),
            likelihood => words.fill(
                "terminal.suspect",
                &[("title", &suspect.title), ("likelihood", likelihood)],
            ),
        };
        canvas.marked("· ", &line, indent + 2);
        for evidence in &suspect.evidence {
            let line = match evidence.weight.as_str() {
                "" => evidence.text.clone(),
                weight => words.fill(
                    "terminal.evidence",
                    &[("text", &evidence.text), ("weight", weight)],
                ),
            };
            let mark = if evidence.against { "− " } else { "+ " };
            let mark = if evidence.weight.is_empty() {
                "- "
            } else {
                mark
            };
            canvas.marked(mark, &line, indent + 4);
        }
    }
    // Where nothing can be told the names stand in one line: a column of them would look like a ranking.
    let untold = |service: bool| -> Vec<String> {
        all.iter()
            .filter(|s| {
                s.likelihood.is_empty()
                    && s.evidence.is_empty()
                    && (s.kind == SuspectKind::Service) == service
            })
            .map(|s| s.title.clone())
            .collect()
    };
    let rest = all.iter().filter(|s| !s.leading).filter(told);
    let less_likely: Vec<String> = rest.map(|s| s.title.clone()).collect();
    for (key, names) in [
        ("terminal.less_likely", less_likely),
        ("terminal.holding", untold(true)),
        ("terminal.also_possible", untold(false)),
    ] {
        if !names.is_empty() {
            canvas.marked(
                "· ",
                &words.fill(key, &[("list", &names.join(&words.say("list.comma")))]),
                indent + 2,
            );
        }
    }
}

fn senders(canvas: &mut Canvas, words: &Words, page: &AddressPage) {
    if page.senders.is_empty() {
        return;
    }
    canvas.gap();
    canvas.heading(&words.say("terminal.senders"));
    let mut table = Table::new(
        vec![
            (words.say("terminal.sender"), Side::Left),
            (String::new(), Side::Left),
            (words.say("terminal.who"), Side::Left),
            (words.say("terminal.last"), Side::Left),
        ],
        Long::Broken,
    );
    for sender in page.senders.iter().take(SENDERS) {
        let expected = if sender.expected {
            "sender.expected"
        } else {
            "sender.unexpected"
        };
        table.row(vec![
            (sender.domain.clone(), None),
            (
                words.say(expected),
                (!sender.expected).then_some(Tint::Watch),
            ),
            (sender.detail.clone(), None),
            (sender.last.clone().unwrap_or_default(), None),
        ]);
    }
    table.lay(canvas, 2);
    more(canvas, words, page.senders.len(), SENDERS);
}

fn messages(canvas: &mut Canvas, words: &Words, page: &AddressPage) {
    if page.messages.is_empty() {
        return;
    }
    canvas.gap();
    canvas.heading(&words.say("terminal.messages"));
    let mut table = Table::new(
        vec![
            (words.say("terminal.day"), Side::Left),
            (words.say("terminal.verdict"), Side::Left),
            (words.say("terminal.sender"), Side::Left),
            (words.say("terminal.subject"), Side::Left),
        ],
        Long::LastCut,
    );
    for message in page.messages.iter().take(MESSAGES) {
        table.row(vec![
            (message.day_text.clone(), None),
            (message.verdict_text.clone(), None),
            (message.sender.clone(), None),
            (message.subject.clone(), Some(Tint::Faint)),
        ]);
    }
    table.lay(canvas, 2);
    more(canvas, words, page.messages.len(), MESSAGES);
}

fn more(canvas: &mut Canvas, words: &Words, all: usize, shown: usize) {
    if all > shown {
        canvas.tinted(
            &words.count("terminal.more", (all - shown) as u64, &[]),
            2,
            Tint::Faint,
        );
    }
}
