//! What happened in a case, in order.

use super::log::{Channel, Way};
use crate::vocab::coded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use ts_rs::TS;

coded! {
    /// What an event of a case is.
    EventKind {
        /// A published breach happened.
        Catalogue = 0 => "catalogue",
        /// Junk began.
        Onset = 1 => "onset",
        /// A mail that revealed the address, or says so.
        Exposure = 2 => "exposure",
        /// Another mail of the service since.
        ServiceMail = 3 => "service_mail",
        /// A mail, form or letter of the follow-up.
        Letter = 4 => "letter",
        /// A phone call.
        Call = 5 => "call",
        /// A day until which something was asked for or promised.
        Deadline = 6 => "deadline",
        /// A note of the user.
        Note = 7 => "note",
    }
}

/// One event of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The civil day.
    pub on: Date,
    /// The instant (UTC seconds), where it is known.
    pub at: Option<i64>,
    /// What.
    pub what: What,
}

/// What happened; numbers are the ledger's of the thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A published breach happened.
    Catalogue {
        /// Its name in the catalogue.
        name: String,
    },
    /// Junk began about this day.
    Onset {
        /// First day on which it can have begun.
        earliest: Option<Date>,
        /// Last day on which it can have begun.
        latest: Option<Date>,
    },
    /// A mail that revealed the address, or says so.
    Exposure {
        /// The exposure.
        id: i64,
    },
    /// Another mail of the service since.
    ServiceMail {
        /// The message.
        id: i64,
    },
    /// A mail, form or letter of the follow-up, or a call.
    Said {
        /// The entry of the log, by index.
        entry: usize,
        /// How.
        channel: Channel,
        /// From whom.
        way: Way,
    },
    /// A day until which something was asked for.
    AnswerBy,
    /// A day until which something was promised.
    PromisedBy {
        /// The entry of the log, by index.
        entry: usize,
        /// The promise in it, by index.
        promise: usize,
    },
    /// A note of the user.
    Note {
        /// The note.
        id: i64,
    },
}

impl What {
    /// What it is, without its figures.
    pub const fn kind(&self) -> EventKind {
        match self {
            What::Catalogue { .. } => EventKind::Catalogue,
            What::Onset { .. } => EventKind::Onset,
            What::Exposure { .. } => EventKind::Exposure,
            What::ServiceMail { .. } => EventKind::ServiceMail,
            What::Said { channel, .. } => match channel {
                Channel::Call => EventKind::Call,
                Channel::Mail | Channel::Form | Channel::Post => EventKind::Letter,
            },
            What::AnswerBy | What::PromisedBy { .. } => EventKind::Deadline,
            What::Note { .. } => EventKind::Note,
        }
    }
}

impl Event {
    /// Which of two comes first: by day; within a day, what has no instant stands by its kind
    /// before or after what has one; then by instant, and by kind.
    pub fn order(&self, other: &Event) -> Ordering {
        let key = |event: &Event| (event.on, event.slot(), event.at, event.what.kind());
        key(self).cmp(&key(other))
    }

    /// Beginnings stand before the mail of their day, deadlines and notes after it.
    const fn slot(&self) -> u8 {
        match (self.at, self.what.kind()) {
            (Some(_), _) => 1,
            (None, EventKind::Catalogue | EventKind::Onset) => 0,
            (None, EventKind::Exposure | EventKind::ServiceMail) => 1,
            (None, EventKind::Letter | EventKind::Call) => 2,
            (None, EventKind::Deadline | EventKind::Note) => 3,
        }
    }
}

/// Events in order, oldest first; equal ones stay as they were given.
pub fn timeline(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by(Event::order);
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_begins_with_what_began_and_ends_with_what_was_due() {
        let day = date(2026, 6, 18);
        let event = |on: Date, at: Option<i64>, what: What| Event { on, at, what };
        let said = |entry, channel| What::Said {
            entry,
            channel,
            way: Way::Went,
        };
        let onset = What::Onset {
            earliest: None,
            latest: None,
        };
        let events = vec![
            event(day, None, What::AnswerBy),
            event(day, None, said(0, Channel::Mail)),
            event(day, Some(200), What::Exposure { id: 2 }),
            event(day, Some(100), What::Exposure { id: 1 }),
            event(day, None, said(1, Channel::Call)),
            event(day, None, onset),
            event(date(2026, 6, 17), None, What::Note { id: 1 }),
        ];
        let order: Vec<EventKind> = timeline(events).iter().map(|e| e.what.kind()).collect();
        use EventKind::*;
        assert_eq!(
            order,
            [Note, Onset, Exposure, Exposure, Letter, Call, Deadline]
        );
    }
}
