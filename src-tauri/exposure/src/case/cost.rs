//! What a case cost so far, against what was offered for it.

use super::log::Offer;
use std::cmp::Ordering;

/// A currency by its three letters (ISO 4217).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads three letters, in any case.
    pub fn parse(text: &str) -> Option<Currency> {
        let letters: [u8; 3] = text.trim().as_bytes().try_into().ok()?;
        let all = letters.iter().all(u8::is_ascii_alphabetic);
        all.then(|| Currency(letters.map(|c| c.to_ascii_uppercase())))
    }

    /// Its letters.
    pub fn letters(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals an amount has: none for yen and won, two else. Currencies with three are
    /// not known here.
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"VND" | b"CLP" | b"ISK" => 0,
            _ => 2,
        }
    }
}

/// An amount in the smallest unit of its currency: 525 for 525 yen, 1250 for 12.50 euros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// How many.
    pub minor: u64,
    /// Of what.
    pub currency: Currency,
}

/// What the user put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Minutes so far.
    pub minutes: u32,
    /// What an hour is worth, where the user says so.
    pub hourly: Option<Money>,
}

impl Spent {
    /// The minutes in money, rounded to the smallest unit.
    pub fn cost(&self) -> Option<Money> {
        let hourly = self.hourly?;
        let product = u128::from(hourly.minor) * u128::from(self.minutes);
        let minor = u64::try_from((product + 30) / 60).unwrap_or(u64::MAX);
        Some(Money { minor, ..hourly })
    }
}

/// How an offer compares with the cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// It covers the cost.
    Covered,
    /// So much is missing.
    Missing(Money),
    /// How much was offered is unclear; even at most, so much is missing.
    MissingAtLeast(Money),
    /// How much was offered is unclear; at most, it covers the cost.
    PerhapsCovered,
    /// It cannot be compared: no hourly rate, another currency, or no bound.
    Unknown,
    /// Nothing was offered.
    NothingOffered,
}

/// The cost so far against the last offer.
pub fn compared(spent: &Spent, offer: Option<Offer>) -> Gap {
    let Some(offer) = offer else {
        return Gap::NothingOffered;
    };
    let (sum, missing, covered): (_, fn(Money) -> Gap, _) = match offer {
        Offer::Sum(sum) => (Some(sum), Gap::Missing, Gap::Covered),
        Offer::Unclear { at_most } => (at_most, Gap::MissingAtLeast, Gap::PerhapsCovered),
    };
    let (Some(cost), Some(sum)) = (spent.cost(), sum) else {
        return Gap::Unknown;
    };
    if cost.currency != sum.currency {
        return Gap::Unknown;
    }
    match cost.minor.cmp(&sum.minor) {
        Ordering::Less | Ordering::Equal => covered,
        Ordering::Greater => missing(Money {
            minor: cost.minor - sum.minor,
            ..cost
        }),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn money(minor: u64, currency: &str) -> Money {
        Money {
            minor,
            currency: Currency::parse(currency).unwrap(),
        }
    }

    #[test]
    fn an_offer_is_compared_as_far_as_it_is_known() {
        let yen = |n| money(n, "jpy");
        let spent = Spent {
            minutes: 75,
            hourly: Some(yen(3_000)),
        };
        let check = |offer: Option<Offer>, want: Gap| {
            assert_eq!(compared(&spent, offer), want, "{offer:?}");
        };
        let unclear = |at_most| Some(Offer::Unclear { at_most });
        check(None, Gap::NothingOffered);
        check(unclear(Some(yen(525))), Gap::MissingAtLeast(yen(3_225)));
        check(unclear(Some(yen(5_000))), Gap::PerhapsCovered);
        check(unclear(None), Gap::Unknown);
        check(Some(Offer::Sum(yen(525))), Gap::Missing(yen(3_225)));
        check(Some(Offer::Sum(yen(3_750))), Gap::Covered);
        check(Some(Offer::Sum(money(525, "EUR"))), Gap::Unknown);
        let unpriced = Spent {
            hourly: None,
            ..spent
        };
        assert_eq!(
            compared(&unpriced, Some(Offer::Sum(yen(525)))),
            Gap::Unknown
        );
    }

    #[test]
    fn a_currency_is_three_letters() {
        assert_eq!(Currency::parse("jpy").unwrap().letters(), "JPY");
        assert_eq!(Currency::parse("yen!"), None);
        assert_eq!(Currency::parse("円"), None);
        assert_eq!(money(1, "EUR").currency.decimals(), 2);
    }
}
