//! The sample year: days are counted from its first one, instants are UTC seconds, and everybody
//! in it lives in Japan (UTC+9, no clock changes).

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::Offset};

/// How many days the sample covers; the last one is yesterday.
pub(super) const DAYS: i64 = 365;

const ZONE_SECONDS: i64 = 9 * 3600;
const DAY_SECONDS: i64 = 86_400;

/// The year before a given day.
#[derive(Clone, Copy)]
pub(super) struct Year {
    today: Date,
    /// Seconds from the epoch to the first midnight of the year.
    start: i64,
}

impl Year {
    /// The year that ends with the day before `today`.
    pub(super) fn before(today: Date) -> Self {
        let first = today.saturating_sub(DAYS.days());
        let since_epoch = first.duration_since(Date::constant(1970, 1, 1)).as_secs();
        Year {
            today,
            start: since_epoch - ZONE_SECONDS,
        }
    }

    /// The day so many days before `today`, as a day of this year (negative when before it).
    pub(super) fn ago(days: i64) -> i64 {
        DAYS - days
    }

    /// The calendar date of a day of this year.
    pub(super) fn date(&self, day: i64) -> Date {
        self.today.saturating_sub((DAYS - day).days())
    }

    /// The instant of a day and time of day in seconds.
    pub(super) fn at(&self, day: i64, seconds: i64) -> i64 {
        self.start + day * DAY_SECONDS + seconds
    }

    /// The instant of a time counted in days from the start, such as 12.25.
    pub(super) fn moment(&self, days: f64) -> i64 {
        self.start + (days * DAY_SECONDS as f64) as i64
    }

    /// The day of this year on which an instant lies.
    pub(super) fn day(&self, instant: i64) -> i64 {
        (instant - self.start).div_euclid(DAY_SECONDS)
    }

    /// The end of the last day.
    pub(super) fn end(&self) -> i64 {
        self.at(DAYS, 0)
    }

    /// Monday is 0, Sunday is 6.
    pub(super) fn weekday(&self, day: i64) -> i8 {
        self.date(day).weekday().to_monday_zero_offset()
    }
}

/// An instant as it stands in Date and Received lines (RFC 5322, section 3.3).
pub(super) fn stamp(instant: i64) -> String {
    const DAY: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTH: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    // Both constants hold for every instant within a year of a civil date.
    let local = Offset::constant(9).to_datetime(Timestamp::constant(instant, 0));
    format!(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} +0900",
        DAY[local.weekday().to_monday_zero_offset() as usize],
        local.day(),
        MONTH[local.month() as usize - 1],
        local.year(),
        local.hour(),
        local.minute(),
        local.second()
    )
}
