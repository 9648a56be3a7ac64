//! The Overview screen.

use super::common::{One, card, each, hidden_folders};
use super::cousins::cousins;
use super::types::{ChartDay, Figure, FirstEvening, Overview};
use super::{exceptions, exposures, misfiled, reasons};
use crate::ledger::Picture;
use crate::store::{Entry, Store};
use crate::words::Words;
use anyhow::Result;
use exposure::{AddressState, FlagKind, Level, Role, State};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How far back the chart of all addresses goes, in days.
const TOTAL_DAYS: i32 = 730;
/// Days over which the figures beside the chart are taken.
const FIGURES_OVER: usize = 30;
/// Junk that goes back less than this keeps the first evening's sentence on the screen, in days.
const FIRST_EVENING: i32 = 60;

/// What the Overview screen shows. `reading`: an account is read for the first time.
///
/// # Errors
/// Those of SQLite.
pub fn overview(
    picture: &Picture,
    store: &Store,
    words: &Words,
    reading: bool,
) -> Result<Overview> {
    let mut flags = Vec::new();
    let mut unexpected = Vec::new();
    for one in each(picture) {
        for flag in &one.said.flags {
            if flag.level == Level::UnexpectedSender {
                unexpected.push((flag.onset.estimate, card(picture, words, &one, flag)));
            } else {
                flags.push((strength(flag), card(picture, words, &one, flag)));
            }
        }
    }
    flags.sort_by(|(a, _), (b, _)| b.partial_cmp(a).unwrap_or(std::cmp::Ordering::Equal));
    unexpected.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let total = total(picture);
    let read = store.unknown_recipients()? > 0 || picture.mailboxes.iter().any(|m| m.sightings > 0);
    let (headline, headline_more) = headline(picture, words, read, reading);
    let candidates = candidates_count(store)?;
    Ok(Overview {
        headline,
        headline_more,
        empty: picture.accounts.is_empty(),
        figures: figures(words, &total),
        flags: flags.into_iter().map(|(_, card)| card).collect(),
        exposures: exposures::recent(picture, words),
        joint: reasons::joint_cards(picture, words),
        unexpected: unexpected.into_iter().map(|(_, card)| card).collect(),
        cousins: cousins(picture, store, words, None)?,
        misfiled: misfiled::card(picture, words),
        exceptions: exceptions::exceptions(picture, words),
        coverage: coverage(picture, words),
        first_evening: first_evening(picture, words),
        total,
        candidates,
    })
}

fn candidates_count(store: &Store) -> Result<u32> {
    let refused = store.refused()?;
    let open = store
        .unclaimed()?
        .into_iter()
        .filter(|(spec, _, _)| !refused.contains(&spec.to_string()))
        .count();
    Ok(u32::try_from(open).unwrap_or(u32::MAX))
}

/// Order of cards: level, then how sure, then how much.
pub(super) fn strength(flag: &exposure::assess::Flag) -> (Level, f64, bool, f64) {
    let dated = !matches!(flag.state, Some(State::Already) | None);
    (
        flag.level,
        flag.probability.unwrap_or(0.0),
        dated,
        flag.rate_after.unwrap_or(0.0),
    )
}

fn headline(picture: &Picture, words: &Words, read: bool, reading: bool) -> (String, String) {
    let with = |want: &dyn Fn(&exposure::assess::Flag) -> bool| {
        each(picture)
            .filter(|one| one.said.flags.iter().any(want))
            .count() as u64
    };
    let leak =
        |f: &exposure::assess::Flag| f.kind == FlagKind::Leak && f.level > Level::UnexpectedSender;
    let began = with(&|f| leak(f) && f.state != Some(State::Already));
    let already = with(&|f| leak(f) && f.state == Some(State::Already));
    let named = with(&|f| f.level == Level::LikelySource);
    let counted = |key: &str, n: u64| words.count(key, n, &[("number", &words.spelled(n))]);
    if began > 0 {
        let more = match (named, began) {
            (0, _) => words.say("overview.none_named"),
            (1, 1) => words.say("overview.one_one"),
            (named, began) if named == began => words.say("overview.each"),
            (named, _) => counted("overview.of_them", named),
        };
        return (capitalised(&counted("overview.began", began)), more);
    }
    let exposed = exposures::exposed_of_late(picture);
    if exposed > 0 {
        return (
            capitalised(&counted("overview.exposed", exposed)),
            words.say("overview.exposed_more"),
        );
    }
    if already > 0 {
        return (
            capitalised(&counted("overview.already", already)),
            words.say("overview.none_named"),
        );
    }
    if reading {
        return (
            words.say("overview.reading"),
            words.say("overview.reading_more"),
        );
    }
    if !read || picture.addresses.is_empty() {
        return (words.say("overview.empty"), String::new());
    }
    let addresses = words.count("count.addresses", picture.addresses.len() as u64, &[]);
    let since = picture
        .assessment
        .addresses
        .iter()
        .filter_map(|a| a.since)
        .min()
        .unwrap_or(picture.today);
    let more = words.fill(
        "overview.watched",
        &[
            ("addresses", &addresses),
            ("day", &words.day(since, picture.today)),
        ],
    );
    let all = |state: AddressState| {
        !picture.assessment.addresses.is_empty()
            && picture
                .assessment
                .addresses
                .iter()
                .all(|a| a.state == state)
    };
    if all(AddressState::Unseen) {
        return (words.say("overview.unseen"), more);
    }
    if all(AddressState::TooEarly) {
        return (words.say("overview.too_early"), more);
    }
    (words.say("overview.nothing_new"), more)
}

/// An English sentence that begins with a number in words begins with a capital.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// All addresses together by day. A day counts as observed when one of them was.
fn total(picture: &Picture) -> Vec<ChartDay> {
    let mut days: BTreeMap<Date, ChartDay> = BTreeMap::new();
    for one in each(picture) {
        for day in one
            .facts
            .days
            .iter()
            .filter(|d| (picture.today - d.day).get_days() < TOTAL_DAYS)
        {
            let sum = days.entry(day.day).or_insert_with(|| ChartDay {
                day: day.day.to_string(),
                junk: 0,
                stranger: 0,
                wanted: 0,
                observed: false,
            });
            sum.junk += day.count.junk;
            sum.stranger += day.count.stranger;
            sum.wanted += day.count.wanted + day.count.own_junk;
            sum.observed |= day.junk_observed;
        }
    }
    days.into_values().collect()
}

fn figures(words: &Words, total: &[ChartDay]) -> Vec<Figure> {
    let last = total
        .get(total.len().saturating_sub(FIGURES_OVER)..)
        .unwrap_or_default();
    let sum = |of: &dyn Fn(&ChartDay) -> u32| last.iter().map(|d| u64::from(of(d))).sum::<u64>();
    vec![
        Figure {
            value: words.number(sum(&|d| d.junk)),
            label: words.say("figure.junk_30d"),
        },
        Figure {
            value: words.number(sum(&|d| d.wanted)),
            label: words.say("figure.wanted_30d"),
        },
    ]
}

fn coverage(picture: &Picture, words: &Words) -> Vec<String> {
    let mut notes = hidden_folders(picture, words);
    // Days that no address saw, between days that were seen: the longest gap is the one to know.
    let gap = each(picture)
        .flat_map(|one| gaps(&one))
        .max_by_key(|(first, last)| (*last - *first).get_days());
    if let Some((first, last)) = gap {
        let span = words.from_to(first, last, picture.today);
        notes.push(words.fill("overview.missing", &[("span", &span)]));
    }
    notes
}

/// Runs of days that were not observed inside an address's observed time.
pub(super) fn gaps(one: &One<'_>) -> Vec<(Date, Date)> {
    let days = &one.facts.days;
    let Some(first) = days.iter().position(|d| d.junk_observed) else {
        return Vec::new();
    };
    let Some(last) = days.iter().rposition(|d| d.junk_observed) else {
        return Vec::new();
    };
    let mut gaps: Vec<(Date, Date)> = Vec::new();
    for pair in days.get(first..=last).unwrap_or_default() {
        if pair.junk_observed {
            continue;
        }
        match gaps.last_mut() {
            Some((_, end)) if (pair.day - *end).get_days() == 1 => *end = pair.day,
            Some(_) | None => gaps.push((pair.day, pair.day)),
        }
    }
    gaps
}

/// The first evening: the junk of every account on a server goes back less than sixty days.
fn first_evening(picture: &Picture, words: &Words) -> Option<FirstEvening> {
    let servers: Vec<i64> = picture
        .accounts
        .iter()
        .filter(|a| match a.entry {
            Entry::Imap { .. } => a.backfilled_at.is_some(),
            Entry::Archive { .. } => false,
        })
        .map(|a| a.id)
        .collect();
    if servers.is_empty() || servers.len() < picture.accounts.len() {
        return None;
    }
    let oldest = picture
        .mailboxes
        .iter()
        .filter(|m| m.role == Role::Junk)
        .filter_map(|m| m.scans.first())
        .map(|(day, oldest, _, _)| {
            let seen = crate::clock::day_of_number(*day);
            oldest
                .and_then(|at| crate::clock::civil_day(at, &picture.zone))
                .unwrap_or(seen)
        })
        .min()?;
    let days = (picture.today - oldest).get_days();
    if days >= FIRST_EVENING {
        return None;
    }
    let days = words.count("count.days", u64::try_from(days.max(1)).unwrap_or(1), &[]);
    let figure = |value: u64, key: &str| Figure {
        value: words.number(value),
        label: words.say(key),
    };
    let getting = each(picture)
        .filter(|one| one.facts.days.iter().any(|d| d.count.junk > 0))
        .count() as u64;
    let strangers = each(picture)
        .filter(|one| !one.facts.stranger_days.is_empty())
        .count() as u64;
    Some(FirstEvening {
        sentence: words.fill("overview.first_evening", &[("days", &days)]),
        shown: vec![
            figure(picture.addresses.len() as u64, "figure.addresses"),
            figure(
                (picture.services.len() + picture.found.len()) as u64,
                "figure.services",
            ),
            figure(getting, "figure.junk_addresses"),
            figure(strangers, "figure.strangers"),
        ],
    })
}
