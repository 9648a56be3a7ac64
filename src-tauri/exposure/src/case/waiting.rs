//! Waiting for an answer: when to remind, what is late, and how long nothing was heard.

use super::log::{Entry, Way};
use jiff::ToSpan;
use jiff::civil::Date;

/// An answer is asked for within so many days, unless the user says otherwise.
pub const ANSWER_WITHIN: i32 = 14;
/// After so many days without a word a reminder is due.
pub const REMIND_AFTER: i32 = 7;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// When it was asked.
    pub asked_on: Date,
    /// Until when an answer was asked for.
    pub answer_by: Date,
    /// After how many days without a word a reminder is due.
    pub remind_after: i32,
}

/// One thing that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// The service promised something until a day that has passed.
    PromiseOverdue {
        /// The entry of the log, by index.
        entry: usize,
        /// The promise in it, by index.
        promise: usize,
        /// The day.
        by: Date,
        /// Days since.
        days: i32,
    },
    /// The day until which an answer was asked for has passed.
    DeadlinePassed {
        /// The day.
        by: Date,
        /// Days since, from 1.
        days: i32,
    },
    /// So many days without a word from the service, from [`Waiting::remind_after`] on.
    Silence {
        /// How many.
        days: i32,
    },
    /// A reminder should be written: as many days passed since the last word of either side.
    Reminder,
}

impl Waiting {
    /// Asked on a day, with the usual days.
    pub fn from(asked_on: Date) -> Waiting {
        Waiting {
            asked_on,
            answer_by: asked_on.saturating_add(ANSWER_WITHIN.days()),
            remind_after: REMIND_AFTER,
        }
    }

    /// What is due today, most pressing first. The caller asks only while an answer is open.
    pub fn due(&self, log: &[Entry], today: Date) -> Vec<Due> {
        let mut due = overdue(log, today);
        let late = days(self.answer_by, today);
        if late > 0 {
            due.push(Due::DeadlinePassed {
                by: self.answer_by,
                days: late,
            });
        }
        let silent = silence(self.asked_on, log, today);
        if silent >= self.remind_after {
            due.push(Due::Silence { days: silent });
            let wrote = log.iter().filter(|e| e.way == Way::Went && e.on <= today);
            let last = wrote.map(|e| e.on).max().unwrap_or(self.asked_on);
            if days(last, today) >= self.remind_after {
                due.push(Due::Reminder);
            }
        }
        due
    }
}

/// Days without a word from the service, since it was asked or last said something.
pub fn silence(asked_on: Date, log: &[Entry], today: Date) -> i32 {
    let came = log.iter().filter(|e| e.way == Way::Came && e.on <= today);
    let heard = came.map(|e| e.on).max();
    let since = heard.map_or(asked_on, |heard| heard.max(asked_on));
    days(since, today).max(0)
}

/// Promises whose day has passed.
fn overdue(log: &[Entry], today: Date) -> Vec<Due> {
    let mut due = Vec::new();
    for (entry, one) in log.iter().enumerate() {
        for (promise, made) in one.promises.iter().enumerate() {
            if let Some(by) = made.by.filter(|by| *by < today && !made.kept) {
                let days = days(by, today);
                due.push(Due::PromiseOverdue {
                    entry,
                    promise,
                    by,
                    days,
                });
            }
        }
    }
    due
}

/// Days from one to another.
fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::log::{Channel, Promise};
    use jiff::civil::date;

    fn entry(on: Date, way: Way) -> Entry {
        Entry {
            on,
            channel: Channel::Mail,
            way,
            who: String::new(),
            said: String::new(),
            promises: Vec::new(),
            offer: None,
        }
    }

    #[test]
    fn says_what_is_due_on_a_day() {
        let waiting = Waiting::from(date(2026, 6, 19));
        let asked = entry(date(2026, 6, 19), Way::Went);
        let check = |name: &str, log: &[Entry], today: Date, want: &[Due]| {
            assert_eq!(waiting.due(log, today), want, "{name}");
        };
        let silent = |days: i32| Due::Silence { days };
        let log = [asked.clone()];
        check("the day itself", &log, date(2026, 6, 19), &[]);
        check("six days", &log, date(2026, 6, 25), &[]);
        check(
            "seven",
            &log,
            date(2026, 6, 26),
            &[silent(7), Due::Reminder],
        );
        let log = [asked.clone(), entry(date(2026, 6, 27), Way::Went)];
        check("reminded", &log, date(2026, 6, 28), &[silent(9)]);
        check("the last day", &log, date(2026, 7, 3), &[silent(14)]);
        let late = Due::DeadlinePassed {
            by: date(2026, 7, 3),
            days: 1,
        };
        check(
            "late",
            &log,
            date(2026, 7, 4),
            &[late, silent(15), Due::Reminder],
        );
        let promised = Entry {
            promises: vec![
                Promise {
                    what: "a call back".into(),
                    by: Some(date(2026, 6, 24)),
                    kept: false,
                },
                Promise {
                    what: "a receipt".into(),
                    by: Some(date(2026, 6, 23)),
                    kept: true,
                },
            ],
            ..entry(date(2026, 6, 22), Way::Came)
        };
        let log = [asked, promised];
        check("promised for today", &log, date(2026, 6, 24), &[]);
        let overdue = Due::PromiseOverdue {
            entry: 1,
            promise: 0,
            by: date(2026, 6, 24),
            days: 2,
        };
        check("not kept", &log, date(2026, 6, 26), &[overdue]);
    }

    #[test]
    fn silence_is_counted_from_the_last_word() {
        let asked = date(2026, 6, 19);
        let before = entry(date(2026, 6, 1), Way::Came);
        let after = entry(date(2026, 6, 22), Way::Came);
        assert_eq!(silence(asked, &[], date(2026, 6, 29)), 10);
        assert_eq!(silence(asked, &[before], date(2026, 6, 29)), 10);
        assert_eq!(silence(asked, &[after], date(2026, 6, 29)), 7);
        assert_eq!(silence(asked, &[], date(2026, 6, 1)), 0);
    }
}
