//! What several screens show alike: badges, days of a chart, cards of flags.

use super::types::{Badge, ChartDay, DayCounts, FlagCard, OnsetBand, Tone};
use crate::ledger::Picture;
use crate::words::{Holders, Words};
use exposure::assess::{AddressAssessment, AddressFacts, Day, Flag};
use exposure::{AddressKind, AddressState, Confidence, FlagKind, JunkFolder, Level, State};

/// Days of a sparkline.
pub(super) const SPARK_DAYS: usize = 90;

/// Everything known of one address, side by side.
pub(super) struct One<'a> {
    pub(super) facts: &'a AddressFacts,
    pub(super) said: &'a AddressAssessment,
}

/// Every address with its facts and what is said of it.
pub(super) fn each(picture: &Picture) -> impl Iterator<Item = One<'_>> {
    picture
        .ledger
        .addresses
        .iter()
        .zip(&picture.assessment.addresses)
        .map(|(facts, said)| One { facts, said })
}

pub(super) fn badge(words: &Words, state: AddressState) -> Badge {
    let tone = match state {
        AddressState::LikelySource
        | AddressState::VeryLikelySource
        | AddressState::Told
        | AddressState::Found => Tone::Accent,
        AddressState::Unseen
        | AddressState::Unusual
        | AddressState::UnexpectedSender
        | AddressState::Already
        | AddressState::Growing
        | AddressState::JunkBegan => Tone::Watch,
        AddressState::TooEarly
        | AddressState::NoChange
        | AddressState::OwnMail
        | AddressState::Accepted => Tone::Neutral,
    };
    Badge {
        state,
        text: words.badge(state),
        tone,
    }
}

/// The state that one flag alone would give.
pub(super) fn state_of(flag: &Flag) -> AddressState {
    match (flag.level, flag.kind, flag.state) {
        (Level::LikelySource, _, _) => {
            if flag.probability.is_some_and(|p| p >= 0.90) {
                AddressState::VeryLikelySource
            } else {
                AddressState::LikelySource
            }
        }
        (_, FlagKind::OwnMail, _) => AddressState::OwnMail,
        (Level::UnexpectedSender, FlagKind::Leak, _) => AddressState::UnexpectedSender,
        (Level::JunkBegan, FlagKind::Leak, Some(State::Already)) => AddressState::Already,
        (Level::JunkBegan, FlagKind::Leak, Some(State::Growing)) => AddressState::Growing,
        (Level::JunkBegan, FlagKind::Leak, Some(State::Flagged | State::Confirmed) | None) => {
            AddressState::JunkBegan
        }
    }
}

/// What an address shows: accepted where the user said so and nothing new is said.
pub(super) fn shown_state(picture: &Picture, said: &AddressAssessment) -> AddressState {
    let fine = picture.fine_since.contains_key(&said.id) && said.flags.is_empty();
    if fine && !matches!(said.state, AddressState::Unseen) {
        AddressState::Accepted
    } else {
        said.state
    }
}

pub(super) fn chart_day(day: &Day) -> ChartDay {
    ChartDay {
        day: day.day.to_string(),
        junk: day.count.junk,
        stranger: day.count.stranger,
        wanted: day.count.wanted + day.count.own_junk,
        observed: day.junk_observed,
    }
}

pub(super) fn spark(days: &[Day]) -> Vec<ChartDay> {
    days.get(days.len().saturating_sub(SPARK_DAYS)..)
        .unwrap_or_default()
        .iter()
        .map(chart_day)
        .collect()
}

/// The same days for a row of a list.
pub(super) fn day_counts(days: &[Day]) -> DayCounts {
    let last = days
        .get(days.len().saturating_sub(SPARK_DAYS)..)
        .unwrap_or_default();
    DayCounts {
        first: last.first().map(|d| d.day.to_string()).unwrap_or_default(),
        junk: last.iter().map(|d| d.count.junk).collect(),
        stranger: last.iter().map(|d| d.count.stranger).collect(),
        unseen: (0..)
            .zip(last)
            .filter(|(_, d)| !d.junk_observed)
            .map(|(at, _)| at)
            .collect(),
    }
}

pub(super) fn band(flag: Option<&Flag>) -> OnsetBand {
    let day = |date: Option<jiff::civil::Date>| date.map(|d| d.to_string());
    match flag.filter(|f| f.level > Level::UnexpectedSender && f.kind == FlagKind::Leak) {
        Some(flag) => OnsetBand {
            earliest: day(flag.onset.earliest),
            estimate: day(flag.onset.estimate),
            latest: day(flag.onset.latest),
        },
        None => OnsetBand::default(),
    }
}

pub(super) fn holders(facts: &AddressFacts) -> Holders {
    Holders {
        services: facts.holders.len() as u64,
        people: u64::from(facts.contacts),
        standing: facts
            .holders
            .iter()
            .map(|h| h.standing)
            .max()
            .unwrap_or_default(),
    }
}

pub(super) fn service_of<'a>(picture: &'a Picture, flag: &Flag) -> Option<&'a str> {
    flag.service.and_then(|id| picture.service_name(id))
}

pub(super) fn card(picture: &Picture, words: &Words, one: &One<'_>, flag: &Flag) -> FlagCard {
    let service = service_of(picture, flag);
    let title = match (flag.level, flag.kind, flag.state, service) {
        (Level::LikelySource, _, _, Some(name)) | (_, FlagKind::OwnMail, _, Some(name)) => {
            name.to_owned()
        }
        (Level::UnexpectedSender, _, _, _) => words.say("title.unexpected"),
        (_, _, Some(State::Already), _) => words.say("title.already"),
        (_, _, _, _) if flag.confidence == Some(Confidence::OneOfThese) => {
            words.say("title.one_of_these")
        }
        (_, _, _, _) => words.say("title.cannot_tell"),
    };
    let counted = flag.level > Level::UnexpectedSender && flag.kind == FlagKind::Leak;
    let before = flag.rate_before.filter(|_| counted).map(|rate| {
        let rate = words.rate(rate);
        words.fill("rate.before", &[("rate", &rate)])
    });
    let after = flag.rate_after.filter(|_| counted);
    FlagCard {
        address_id: one.facts.id,
        address: one.facts.spec.to_string(),
        level: flag.level,
        badge: badge(words, state_of(flag)),
        title,
        since: words.since(flag, picture.today),
        before: before.unwrap_or_default(),
        rate: after.map(|rate| words.figure(rate)).unwrap_or_default(),
        rate_unit: after.map(|_| words.say("rate.unit")).unwrap_or_default(),
        why: words.why(
            flag,
            service,
            holders(one.facts),
            one.facts.kind == AddressKind::Control,
        ),
        spark: spark(&one.facts.days),
        onset: band(Some(flag)),
    }
}

/// What an account cannot show, in words.
pub(super) fn hidden_folders(picture: &Picture, words: &Words) -> Vec<String> {
    let several = picture.accounts.len() > 1;
    picture
        .accounts
        .iter()
        .filter(|a| {
            a.backfilled_at.is_some()
                && picture.junk_folders.get(&a.id) == Some(&JunkFolder::NotVisible)
        })
        .map(|a| {
            let sentence = super::accounts::hidden_folder(words, a);
            if several {
                words.fill(
                    "overview.junk_hidden_at",
                    &[("account", &a.name), ("sentence", &sentence)],
                )
            } else {
                sentence
            }
        })
        .collect()
}
