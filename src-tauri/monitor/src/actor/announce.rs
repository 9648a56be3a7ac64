//! What is said: statements, incidents and notifications. A statement is appended when it changes;
//! a notification comes for what is new or has grown and for known senders in Junk, at most one a
//! day, merged when many.

use super::change::claim;
use super::{Actor, exposed};
use crate::clock::day_number;
use crate::ledger::Picture;
use crate::shell::Notice;
use crate::store::{IncidentRecord, StatementRecord};
use crate::words::Words;
use anyhow::Result;
use exposure::assess::Flag;
use exposure::misfiled::{Lying, Why};
use exposure::{FlagKind, JunkFolder, Level, State};
use std::sync::atomic::Ordering;

/// Whether what is new is notified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// It is.
    Aloud,
    /// A summary stands for it.
    Silent,
}

impl Actor {
    /// Assesses the ledger, records what is new, and notifies if this process is the one that
    /// speaks. Returns what it looked at; `None` during a first reading.
    pub(super) fn announce(&mut self, voice: Voice) -> Result<Option<Picture>> {
        // The first reading is silent: half a mailbox says nothing.
        if self.store.accounts()?.iter().any(|a| {
            a.backfilled_at.is_none() && a.scanned_at.is_none() && self.recorded.contains_key(&a.id)
        }) {
            return Ok(None);
        }
        let now = self.clock.now();
        let mut picture = Picture::of(&self.store, now)?;
        let at = now.as_second();
        if self.claim_found(&picture, at)? {
            picture = Picture::of(&self.store, now)?;
        }
        self.store.transaction(|store| {
            exposed::open_incidents(store, &picture)?;
            for said in statements(&picture) {
                let last = store.last_statement(said.address, said.kind, said.segment)?;
                if last.as_ref().is_some_and(|last| !differs(last, &said)) {
                    continue;
                }
                store.say(&said, at)?;
                if said.level < Level::JunkBegan {
                    continue;
                }
                let (kind, segment) = exposed::case_of(&picture, &said);
                let incident = store.open_incident(said.address, kind, segment, at)?;
                if last.as_ref().is_none_or(|last| grown(last, &said)) {
                    let quiet = !worth_a_notice(&said);
                    store.incident_notified(incident, quiet.then_some(at))?;
                    store.pin_evidence(said.address, since(&said, &picture))?;
                }
            }
            Ok(())
        })?;
        if voice == Voice::Aloud && self.speaks.load(Ordering::SeqCst) {
            self.notify_lists(&picture)?;
            self.notify_waiting(&picture)?;
        }
        Ok(Some(picture))
    }

    /// A local part or tag that was only ever seen in mail becomes an address where a service's
    /// own mail shows that it was given; says whether there was one.
    fn claim_found(&mut self, picture: &Picture, now: i64) -> Result<bool> {
        let all = picture.found.iter();
        let given = all.flat_map(|found| found.proposal.contacts.iter().zip(&found.specs));
        let new: Vec<_> = given.filter(|(contact, _)| contact.address < 0).collect();
        self.store.transaction(|store| {
            for (_, spec) in &new {
                claim(store, spec, now)?;
            }
            Ok(!new.is_empty())
        })
    }

    /// Shows a notification, with nothing in it that is the user's where addresses are hidden.
    pub(super) fn show(&self, notice: Notice) -> Result<()> {
        let words = self.words();
        let notice = match self.store.setting("hide_addresses")?.is_some() {
            true => Notice {
                title: words.say("notice.hidden.title"),
                text: words.say("notice.hidden.text"),
                ..notice
            },
            false => notice,
        };
        self.shell.notify(notice);
        Ok(())
    }

    /// One notification for everything that waits for one, unless one was shown today.
    fn notify_waiting(&mut self, picture: &Picture) -> Result<()> {
        let today = picture.today.to_string();
        if self.store.setting("notified_on")?.as_deref() == Some(today.as_str()) {
            return Ok(());
        }
        let waiting: Vec<IncidentRecord> = self
            .store
            .incidents()?
            .into_iter()
            .filter(|i| i.notified_at.is_none())
            .collect();
        let told = self.store.told_of_misfiled()?;
        let misfiled: Vec<&(Lying, Why)> = picture
            .misfiled
            .found
            .iter()
            .filter(|(one, _)| one.message > told)
            .collect();
        let exposures = exposed::waiting(picture);
        if waiting.is_empty() && misfiled.is_empty() && exposures.is_empty() {
            return Ok(());
        }
        let words = self.words();
        let notice = match (
            notice(words, picture, &waiting),
            notice_of_misfiled(words, picture, &misfiled),
        ) {
            (Some(incidents), Some(_)) => Some(Notice {
                text: words.with_misfiled(incidents.text, misfiled.iter().map(|(_, why)| *why)),
                address: None,
                ..incidents
            }),
            (Some(only), None) | (None, Some(only)) => Some(only),
            (None, None) => None,
        };
        let notice = match (exposures.first(), notice) {
            (Some(first), other) => Some(and_also(
                words,
                exposed::notice(words, picture, first),
                other,
            )),
            (None, other) => other,
        };
        let at = picture.now.as_second();
        self.store.transaction(|store| {
            for incident in &waiting {
                store.incident_notified(incident.id, Some(at))?;
            }
            if !misfiled.is_empty() {
                store.tell_of_misfiled()?;
            }
            for one in &exposures {
                store.exposure_notified(one.record.id, at)?;
            }
            store.keep_setting("notified_on", Some(&today))
        })?;
        notice.map_or(Ok(()), |notice| self.show(notice))
    }

    /// The one summary after an account's first reading; it stands for all that was found in it.
    pub(super) fn first_reading_done(&mut self, picture: &Picture) {
        if let Err(error) = self.summarise(picture) {
            tracing::warn!("no summary of the first reading: {error:#}");
        }
    }

    fn summarise(&mut self, picture: &Picture) -> Result<()> {
        let incidents = self.store.incidents()?;
        let at = picture.now.as_second();
        let today = picture.today.to_string();
        self.store.transaction(|store| {
            for incident in &incidents {
                if incident.notified_at.is_none() {
                    store.incident_notified(incident.id, Some(at))?;
                }
            }
            for one in &picture.exposures {
                store.exposure_notified(one.record.id, at)?;
            }
            store.keep_setting("notified_on", Some(&today))
        })?;
        if !self.speaks.load(Ordering::SeqCst) {
            return Ok(());
        }
        let words = self.words();
        let looks = picture
            .assessment
            .addresses
            .iter()
            .filter(|a| a.flags.iter().any(|f| f.level >= Level::JunkBegan));
        let text = words.fill(
            "notice.first_reading.text",
            &[
                (
                    "addresses",
                    &words.count("count.addresses", picture.addresses.len() as u64, &[]),
                ),
                (
                    "services",
                    &words.count(
                        "count.services",
                        (picture.services.len() + picture.found.len()) as u64,
                        &[],
                    ),
                ),
                (
                    "looks",
                    &words.count("count.worth_a_look", looks.count() as u64, &[]),
                ),
            ],
        );
        let misfiled = picture.misfiled.found.iter().map(|(_, why)| *why);
        self.shell.notify(Notice {
            title: words.say("notice.first_reading.title"),
            text: words.with_misfiled(text, misfiled),
            address: None,
        });
        if picture
            .junk_folders
            .values()
            .any(|folder| *folder == JunkFolder::NotVisible)
        {
            self.shell.notify(Notice {
                title: words.say("notice.junk_hidden.title"),
                text: words.say("notice.junk_hidden.text"),
                address: None,
            });
        }
        Ok(())
    }

    pub(super) fn words(&self) -> &'static Words {
        let lang = *self
            .lang
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Words::of(lang)
    }
}

/// The first notification, with the title of another one after it.
fn and_also(words: &Words, first: Notice, other: Option<Notice>) -> Notice {
    let Some(other) = other else { return first };
    let values = [("first", first.text.as_str()), ("second", &other.title)];
    Notice {
        text: words.fill("notice.and_also", &values),
        address: None,
        ..first
    }
}

/// What is said today, address by address.
fn statements(picture: &Picture) -> Vec<StatementRecord> {
    picture
        .assessment
        .addresses
        .iter()
        .flat_map(|address| {
            address.flags.iter().map(|flag| StatementRecord {
                address: address.id,
                kind: flag.kind,
                segment: day_number(flag.segment),
                level: flag.level,
                state: flag.state,
                words: flag.confidence,
                service: flag.service,
                probability: flag.probability,
                earliest: flag.onset.earliest.map(day_number),
                estimate: flag.onset.estimate.map(day_number),
                latest: flag.onset.latest.map(day_number),
            })
        })
        .collect()
}

/// Whether the statement changed in what it says; a finer estimate alone is the same statement.
fn differs(last: &StatementRecord, now: &StatementRecord) -> bool {
    (last.level, last.state, last.words, last.service)
        != (now.level, now.state, now.words, now.service)
}

/// Whether it has grown: the level or the words rose, or another service leads.
fn grown(last: &StatementRecord, now: &StatementRecord) -> bool {
    let surer = match (last.words, now.words) {
        (Some(before), Some(after)) => after < before,
        (None, Some(_)) => true,
        (Some(_), None) | (None, None) => false,
    };
    now.level > last.level || surer || (now.service.is_some() && now.service != last.service)
}

/// Junk that was there from the start and a service's own mail are shown and not notified.
fn worth_a_notice(said: &StatementRecord) -> bool {
    match (said.kind, said.state) {
        (FlagKind::OwnMail, _) | (_, Some(State::Already)) => said.level == Level::LikelySource,
        (FlagKind::Leak, Some(State::Flagged | State::Confirmed | State::Growing)) => true,
        (FlagKind::Leak, None) => false,
    }
}

fn since(said: &StatementRecord, picture: &Picture) -> i64 {
    let day = said.earliest.or(said.estimate).unwrap_or(said.segment);
    let day = crate::clock::day_of_number(day);
    day.to_zoned(picture.zone.clone())
        .map_or(0, |z| z.timestamp().as_second())
}

/// The words of a notification for these incidents; `None` when nothing supports them any more.
fn notice(words: &Words, picture: &Picture, waiting: &[IncidentRecord]) -> Option<Notice> {
    let supported: Vec<(&IncidentRecord, &Flag)> = waiting
        .iter()
        .filter_map(|incident| Some((incident, picture.flag_behind(incident)?)))
        .collect();
    let (first, flag) = supported.first()?;
    let address = Some(first.address).filter(|_| supported.len() == 1);
    if supported.len() > 1 {
        let count = supported.len() as u64;
        return Some(Notice {
            title: words.count("notice.several.title", count, &[]),
            text: words.say("notice.several.text"),
            address: None,
        });
    }
    let spec = picture
        .addresses
        .iter()
        .find(|a| a.id == first.address)?
        .spec
        .to_string();
    let name = flag.service.and_then(|id| picture.service_name(id));
    let (title, text) = words.notice(flag, &spec, name, picture.today);
    Some(Notice {
        title,
        text,
        address,
    })
}

/// The words of a notification for mail in Junk that is perhaps none; `None` when there is none.
fn notice_of_misfiled(
    words: &Words,
    picture: &Picture,
    misfiled: &[&(Lying, Why)],
) -> Option<Notice> {
    let ((newest, why), others) = misfiled.split_first()?;
    let (title, text) = words.notice_of_misfiled(
        *why,
        &picture.sender(newest, *why),
        &words.moment(newest.arrived_at, &picture.zone, picture.today),
        others.len() as u64,
    );
    Some(Notice {
        title,
        text,
        address: None,
    })
}
