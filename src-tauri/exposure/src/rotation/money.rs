//! What it cost, in minutes and, where an hour has a price, in money; against what was offered.

use super::figures::{burden, sum};
use super::inputs::{Inputs, MONTH};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the service offered for the trouble.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Offer {
    /// Nothing.
    #[default]
    Nothing,
    /// So much, in the user's currency.
    Amount {
        /// How much.
        amount: f64,
    },
    /// Something, but the notice does not say how much.
    Unclear {
        /// What it can be at most, where that follows from something (a monthly fee).
        at_most: Option<f64>,
    },
}

impl Offer {
    /// The most it can be; `None` where nothing bounds it.
    fn most(self) -> Option<f64> {
        let amount = match self {
            Offer::Nothing => Some(0.0),
            Offer::Amount { amount } => Some(amount),
            Offer::Unclear { at_most } => at_most,
        };
        amount.filter(|amount| !amount.is_nan()).map(|a| a.max(0.0))
    }
}

/// What it cost so far and what is to be expected.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Spent {
    /// Minutes since the onset: what the junk costs beyond that of a quiet address, and the time
    /// that went into asking the service.
    pub minutes_so_far: f64,
    /// Minutes within the horizon, if the address is kept.
    pub minutes_expected: f64,
    /// Money so far, where an hour has a price.
    pub money_so_far: Option<f64>,
    /// Money within the horizon.
    pub money_expected: Option<f64>,
    /// What was offered.
    pub offer: Offer,
    /// What is missing at least: money so far less the most that the offer can be. `None` where an
    /// hour has no price or nothing bounds the offer.
    pub missing_so_far: Option<f64>,
}

/// What it cost since the onset, `days` ago, of which `minutes_asking` went into mails, calls and
/// letters. The junk of those days is taken to be `junk_per_day` on average.
pub fn spent(inputs: &Inputs, days: f64, minutes_asking: f64, offer: Offer) -> Spent {
    let inputs = inputs.within_bounds();
    let at_least_nothing = |value: f64| match value.is_nan() {
        true => 0.0,
        false => value.clamp(0.0, 1e6),
    };
    let now = burden(&inputs, inputs.junk_per_day).together();
    let quiet = burden(&inputs, inputs.quiet_per_day).together();
    let more = (now - quiet).max(0.0);
    let minutes_so_far = more * at_least_nothing(days) / MONTH + at_least_nothing(minutes_asking);
    let decay = inputs.future.decay_per_month();
    let minutes_expected = sum(more, decay, inputs.horizon_months);
    let money = |minutes: f64| inputs.hourly_rate.map(|rate| minutes / 60.0 * rate);
    let money_so_far = money(minutes_so_far);
    let missing = money_so_far.zip(offer.most());
    Spent {
        minutes_so_far,
        minutes_expected,
        money_so_far,
        money_expected: money(minutes_expected),
        offer,
        missing_so_far: missing.map(|(spent, offered)| (spent - offered).max(0.0)),
    }
}
