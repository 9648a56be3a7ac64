//! The days of a ledger as numbers.

use super::facts::Subject;
use crate::assess::Ledger;
use jiff::civil::Date;

/// Before this many days nothing is placed.
const HORIZON: i64 = 36_500;

/// Numbers days from the first one that matters.
pub(super) struct Calendar {
    origin: Date,
}

impl Calendar {
    /// That of a ledger with these beginnings of junk.
    pub(super) fn of(ledger: &Ledger, subjects: &[Subject<'_>]) -> Calendar {
        let year = jiff::Span::new().days(365);
        let given = ledger.addresses.iter().flat_map(|a| {
            let holders = a
                .holders
                .iter()
                .flat_map(|h| [h.given_from, h.given_to])
                .flatten();
            holders
                .chain(a.first_delivery)
                .chain(a.days.first().map(|d| d.day))
        });
        let before = |day: Date| day.saturating_sub(year);
        let began = subjects.iter().filter_map(|subject| subject.began);
        let onsets = began.map(|b| before(b.day.min(b.first)));
        let exposed = ledger.exposures.iter().map(|e| before(e.day));
        let earliest = given
            .chain(onsets)
            .chain(exposed)
            .min()
            .unwrap_or(ledger.today);
        let horizon = ledger.today.saturating_sub(jiff::Span::new().days(HORIZON));
        Calendar {
            origin: earliest.clamp(horizon, ledger.today),
        }
    }

    /// Days since the origin; what lies before it is taken as the origin.
    pub(super) fn number(&self, day: Date) -> f64 {
        f64::from((day - self.origin).get_days()).max(0.0)
    }
}
