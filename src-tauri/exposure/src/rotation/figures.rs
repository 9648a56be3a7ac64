//! Burden, cost and break-even: the formulas of detection.md section 5.

use super::inputs::{Holding, Inputs, MONTH, NewAddress, Told};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the junk costs, in minutes a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Burden {
    /// Looking at junk, in the inbox and in the junk folder.
    pub handling: f64,
    /// Genuine mail that is overlooked in the junk folder.
    pub overlooked: f64,
}

impl Burden {
    /// Both together.
    pub fn together(&self) -> f64 {
        self.handling + self.overlooked
    }
}

/// What a number of junk messages a day costs.
///
/// `30.4 r (i s_in + (1 - i) s_jf) / 60 + 30.4 g q (1 - exp(-r / 20)) V`
pub fn burden(inputs: &Inputs, junk_per_day: f64) -> Burden {
    let inputs = inputs.within_bounds();
    weighed(
        &inputs,
        junk_per_day,
        inputs.inbox_share,
        inputs.overlooked_share,
    )
}

/// The same behind the filter: less of it in the inbox, more genuine mail set aside.
pub fn filtered(inputs: &Inputs, junk_per_day: f64) -> Burden {
    let inputs = inputs.within_bounds();
    let inbox = inputs.inbox_share * inputs.filter_inbox;
    let overlooked = inputs.overlooked_share * inputs.filter_overlooked;
    weighed(&inputs, junk_per_day, inbox, overlooked.min(1.0))
}

fn weighed(inputs: &Inputs, junk_per_day: f64, inbox: f64, overlooked: f64) -> Burden {
    let junk = match junk_per_day.is_nan() {
        true => 0.0,
        false => junk_per_day.clamp(0.0, 1e7),
    };
    let seconds = inbox * inputs.seconds_inbox + (1.0 - inbox) * inputs.seconds_folder;
    let lost = 1.0 - (-junk / inputs.overlooked_at).exp();
    Burden {
        handling: MONTH * junk * seconds / 60.0,
        overlooked: MONTH
            * inputs.new_people_per_day
            * overlooked
            * lost
            * inputs.overlooked_minutes,
    }
}

/// What replacing the address costs, in minutes, by what takes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Cost {
    /// A new mailbox or alias, signature, forwarding.
    pub fixed: f64,
    /// Changing it at the services.
    pub services: f64,
    /// Telling the people, and those who go on using the old address.
    pub people: f64,
    /// What it costs more because some of them were told a new address within twelve months.
    pub again: f64,
    /// Changing public pages.
    pub pages: f64,
}

impl Cost {
    /// All of it.
    pub fn together(&self) -> f64 {
        self.fixed + self.services + self.people + self.again + self.pages
    }
}

/// What replacing the address costs:
/// `30 + 4 n_services + (0.5 + 0.02 * 30) n_contacts + 15 n_pages`; 4 where one service has it.
/// Each person told within twelve months costs `again_factor` times as much.
pub fn cost(inputs: &Inputs) -> Cost {
    let inputs = inputs.within_bounds();
    if inputs.holding == Holding::One {
        return Cost {
            services: inputs.minutes_service,
            ..Cost::default()
        };
    }
    let person = inputs.minutes_contact + inputs.late_share * inputs.late_minutes;
    let again = f64::from(inputs.told.as_ref().map_or(0, Told::fresh));
    Cost {
        people: person * f64::from(inputs.contacts),
        again: person * again * (inputs.again_factor - 1.0),
        pages: inputs.minutes_page * f64::from(inputs.pages),
        ..cost_of_services(&inputs)
    }
}

/// What giving each service an address of its own costs, where the people keep the old one:
/// `30 + 4 n_services`.
pub fn cost_of_services(inputs: &Inputs) -> Cost {
    let inputs = inputs.within_bounds();
    Cost {
        fixed: inputs.minutes_fixed,
        services: inputs.minutes_service * f64::from(inputs.services),
        ..Cost::default()
    }
}

/// How often a month a service that has the address lets it out.
pub fn hazard_per_month(inputs: &Inputs) -> f64 {
    let services = match inputs.holding {
        Holding::One => 1.0,
        Holding::Several => f64::from(inputs.services),
    };
    inputs.leaks_per_service * services / 12.0
}

/// What addresses of their own cost later, in minutes a month: each leak is one change.
pub fn upkeep(inputs: &Inputs) -> f64 {
    let inputs = inputs.within_bounds();
    hazard_per_month(&inputs) * inputs.minutes_service
}

/// What replacing the address saves in the first month, and by how much the logarithm of that
/// falls in a month: the junk fades, and a new address that everybody gets leaks again.
pub fn saved(inputs: &Inputs) -> (f64, f64) {
    let inputs = inputs.within_bounds();
    let now = burden(&inputs, inputs.junk_per_day).together();
    let then = burden(&inputs, inputs.quiet_per_day).together();
    let decay = inputs.future.decay_per_month();
    match inputs.new_address {
        NewAddress::OneEach => (now - then - upkeep(&inputs), decay),
        NewAddress::Same => (now - then, decay + hazard_per_month(&inputs)),
    }
}

/// After how many months replacing the address has paid for itself; `None`: never.
pub fn break_even(inputs: &Inputs) -> Option<f64> {
    let (saved, decay) = saved(inputs);
    months_until(cost(inputs).together(), saved, decay)
}

/// When `saved` minutes a month, falling by `decay`, have made up for `cost`:
/// `cost / S`, or `-log(1 - cost d / S) / d`; never where `cost d >= S`.
pub(super) fn months_until(cost: f64, saved: f64, decay: f64) -> Option<f64> {
    if saved <= 0.0 {
        return None;
    }
    let months = if decay <= 0.0 {
        cost / saved
    } else {
        // No number at all from a loss of everything on.
        -(-cost * decay / saved).ln_1p() / decay
    };
    months.is_finite().then_some(months)
}

/// What `saved` minutes a month, falling by `decay`, come to in so many months.
pub(super) fn sum(saved: f64, decay: f64, months: f64) -> f64 {
    if decay <= 0.0 {
        saved * months
    } else {
        saved * -(-decay * months).exp_m1() / decay
    }
}

/// After how many months the filter has paid for itself; `None`: never. As the reference does, its
/// ten minutes are compared with what it saves now.
pub fn filter_break_even(inputs: &Inputs) -> Option<f64> {
    let inputs = inputs.within_bounds();
    months_until(inputs.filter_minutes, filter_saved(&inputs), 0.0)
}

/// What the filter saves in the first month.
pub(super) fn filter_saved(inputs: &Inputs) -> f64 {
    let now = burden(inputs, inputs.junk_per_day).together();
    now - filtered(inputs, inputs.junk_per_day).together()
}
