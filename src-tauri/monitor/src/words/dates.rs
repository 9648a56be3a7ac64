//! Days, spans of days and lengths of time in words.

use super::Words;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

impl Words {
    /// "14 May", with the year where it is not this one.
    pub fn day(&self, date: Date, today: Date) -> String {
        let month = self.say(&format!("month.{}", date.month()));
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let key = if date.year() == today.year() {
            "date.day"
        } else {
            "date.day_year"
        };
        self.fill(key, &[("day", &day), ("month", &month), ("year", &year)])
    }

    /// "today 9:41", "yesterday 9:41", "14 May 9:41": an instant (UTC seconds) in a zone; empty for
    /// one outside all calendars.
    pub fn moment(&self, instant: i64, zone: &TimeZone, today: Date) -> String {
        let Ok(instant) = Timestamp::from_second(instant) else {
            return String::new();
        };
        let at = zone.to_datetime(instant);
        let time = format!("{}:{:02}", at.hour(), at.minute());
        let key = match at.date() {
            date if date == today => "time.today",
            date if date == today.saturating_sub(1.day()) => "time.yesterday",
            date => {
                let values = [("day", self.day(date, today)), ("time", time)];
                return self.fill(
                    "time.on_day",
                    &values.each_ref().map(|(k, v)| (*k, v.as_str())),
                );
            }
        };
        self.fill(key, &[("time", &time)])
    }

    /// The later end of a span, without the month that the earlier one has named.
    fn last_of(&self, first: Date, last: Date, today: Date) -> String {
        if (first.year(), first.month()) == (last.year(), last.month())
            && self.lang == super::Lang::Ja
        {
            return self.fill("date.day_only", &[("day", &last.day().to_string())]);
        }
        self.day(last, today)
    }

    /// The earlier end of a span, without the month that the later one names.
    fn first_of(&self, first: Date, last: Date, today: Date) -> String {
        if (first.year(), first.month()) == (last.year(), last.month())
            && self.lang == super::Lang::En
        {
            return first.day().to_string();
        }
        self.day(first, today)
    }

    /// "between 12 and 15 May"; one day alone is that day.
    pub fn between(&self, first: Date, last: Date, today: Date) -> String {
        if first == last {
            return self.day(first, today);
        }
        let values = (
            self.first_of(first, last, today),
            self.last_of(first, last, today),
        );
        self.fill("date.between", &[("first", &values.0), ("last", &values.1)])
    }

    /// "from 3 to 19 August", or "on 3 August".
    pub fn from_to(&self, first: Date, last: Date, today: Date) -> String {
        if first == last {
            return self.fill("date.on", &[("day", &self.day(first, today))]);
        }
        let values = (
            self.first_of(first, last, today),
            self.last_of(first, last, today),
        );
        self.fill("date.from_to", &[("first", &values.0), ("last", &values.1)])
    }

    /// "March 2024".
    pub fn month_year(&self, date: Date) -> String {
        let month = self.say(&format!("month.{}", date.month()));
        self.fill(
            "date.month_year",
            &[("month", &month), ("year", &date.year().to_string())],
        )
    }

    /// "4 min ago".
    pub fn ago(&self, seconds: i64) -> String {
        let seconds = u64::try_from(seconds).unwrap_or(0);
        match seconds {
            0..60 => self.say("time.ago_now"),
            60..3_600 => self.count("time.ago_minutes", seconds / 60, &[]),
            3_600..86_400 => self.count("time.ago_hours", seconds / 3_600, &[]),
            86_400.. => self.count("time.ago_days", seconds / 86_400, &[]),
        }
    }

    /// "2 minutes", "40 seconds".
    pub fn length(&self, seconds: u64) -> String {
        if seconds < 60 {
            self.count("time.seconds", seconds.max(1), &[])
        } else {
            self.count("time.minutes", seconds.div_ceil(60), &[])
        }
    }

    /// "48,200 of about 61,000 messages, 2 minutes left"; without a guess at the time left where
    /// nothing was read yet.
    pub fn progress(&self, read: u64, total: u64, elapsed_seconds: f64) -> String {
        let (done, all) = (self.number(read), self.number(total.max(read)));
        if read == 0 || elapsed_seconds < 1.0 {
            return self.fill("account.progress_soon", &[("read", &done), ("total", &all)]);
        }
        let left = (total.saturating_sub(read)) as f64 * elapsed_seconds / read as f64;
        let left = self.length(left.ceil() as u64);
        self.fill(
            "account.progress",
            &[("read", &done), ("total", &all), ("left", &left)],
        )
    }
}
