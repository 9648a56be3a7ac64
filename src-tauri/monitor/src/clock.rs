//! The clock: the system's, or a fixed instant for samples, pictures and tests.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Where `now` comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The system's clock.
    System,
    /// Always this instant.
    Fixed(Timestamp),
}

impl Clock {
    /// The present instant.
    pub fn now(self) -> Timestamp {
        match self {
            Clock::System => Timestamp::now(),
            Clock::Fixed(instant) => instant,
        }
    }
}

/// The civil day of an instant (UTC seconds) in a zone; `None` outside the years that civil dates cover.
pub fn civil_day(instant: i64, zone: &TimeZone) -> Option<Date> {
    let timestamp = Timestamp::from_second(instant).ok()?;
    Some(zone.to_datetime(timestamp).date())
}

/// Days since 1970-01-01, as the ledger keeps civil days.
pub fn day_number(day: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from((day - epoch).get_days())
}

/// The civil day of a number in the ledger; the epoch for a number that is no day.
pub fn day_of_number(number: i64) -> Date {
    let epoch = Date::constant(1970, 1, 1);
    epoch
        .checked_add(jiff::Span::new().days(number.clamp(-700_000, 2_900_000)))
        .unwrap_or(epoch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_comes_back_from_its_number() {
        for text in ["1970-01-01", "2026-06-20", "1969-12-31", "2100-02-28"] {
            let day: Date = text.parse().expect("a date");
            assert_eq!(day_of_number(day_number(day)), day, "{text}");
        }
    }

    #[test]
    fn the_civil_day_is_of_the_zone() {
        let zone = TimeZone::get("Asia/Tokyo").expect("a zone of the bundled database");
        let late: Timestamp = "2026-06-19T15:30:00Z".parse().expect("an instant");
        assert_eq!(
            civil_day(late.as_second(), &zone)
                .map(|d| d.to_string())
                .as_deref(),
            Some("2026-06-20")
        );
    }
}
