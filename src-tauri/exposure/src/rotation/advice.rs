//! The advice with the figures behind it.

use super::figures::{
    Burden, Cost, break_even, burden, cost, cost_of_services, filter_break_even, filter_saved,
    filtered, saved, sum,
};
use super::future_leak::NextLeak;
use super::inputs::{Future, Holding, Input, Inputs, Told};
use super::turns::{Turn, turns};
use crate::vocab::coded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

coded! {
    /// What is advised (wording.md section 8).
    Advice {
        /// Keep it.
        Keep = 0 => "keep",
        /// Filter it.
        Filter = 1 => "filter",
        /// Move the services, keep it for people.
        MoveServices = 2 => "move_services",
        /// Replace it.
        Rotate = 3 => "rotate",
    }
}

/// One thing that can be done, in figures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Choice {
    /// Which.
    pub advice: Advice,
    /// What it costs at once, in minutes.
    pub cost: f64,
    /// What the junk costs afterwards, in minutes a month; moving the services takes none away.
    pub burden_after: f64,
    /// After how many months it has paid for itself; `None`: never, and for "keep".
    pub months: Option<f64>,
    /// Minutes saved within the horizon, after what it costs; below 0: spent.
    pub net: f64,
}

/// When replacing has paid for itself, for one future of the junk.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Span {
    /// What the junk does.
    pub future: Future,
    /// Months, with the inputs as they are; `None`: never.
    pub months: Option<f64>,
    /// Months at 5 s for an inbox junk message, or more if the user says more.
    pub earliest: Option<f64>,
    /// Months at 1 s, or less if the user says less.
    pub latest: Option<f64>,
}

/// The cost in trust, which is never hidden: people who were told a new address before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Trust {
    /// How many, and when.
    pub told: Told,
    /// What telling them once more costs beyond the usual, in minutes; 0 after twelve months.
    pub minutes: f64,
    /// What would be advised if it did not weigh.
    pub without: Advice,
}

/// The advice and everything behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Decision {
    /// What is advised.
    pub advice: Advice,
    /// What the junk costs now, in minutes a month.
    pub burden: Burden,
    /// What replacing costs, by what takes the minutes.
    pub cost: Cost,
    /// All choices that there are, in the order of [`Advice`].
    pub choices: Vec<Choice>,
    /// Break-even of replacing if the junk stays, halves in six months, and as chosen.
    pub spans: Vec<Span>,
    /// The cost in trust.
    pub trust: Option<Trust>,
    /// Single inputs that would change the advice, nearest first.
    pub turns: Vec<Turn>,
}

/// The advice for these inputs.
///
/// Replace if that pays within the horizon, else filter if that does, else keep. Where moving only
/// the services pays within the horizon and saves more than what would be advised otherwise, it is
/// advised instead.
pub fn decide(inputs: &Inputs) -> Decision {
    let inputs = inputs.within_bounds();
    let choices = choices(&inputs);
    let advice = best(&inputs, &choices);
    Decision {
        advice,
        burden: burden(&inputs, inputs.junk_per_day),
        cost: cost(&inputs),
        choices,
        spans: spans(&inputs),
        trust: inputs.told.map(|told| Trust {
            told,
            minutes: cost(&inputs).again,
            without: advised(&Inputs {
                told: None,
                ..inputs.clone()
            }),
        }),
        turns: turns(&inputs, advice),
    }
}

/// Only the advice.
pub fn advised(inputs: &Inputs) -> Advice {
    let inputs = inputs.within_bounds();
    best(&inputs, &choices(&inputs))
}

fn best(inputs: &Inputs, choices: &[Choice]) -> Advice {
    let pays = |advice: Advice| {
        choices.iter().find(|choice| {
            choice.advice == advice
                && choice
                    .months
                    .is_some_and(|months| months <= inputs.horizon_months)
        })
    };
    let usual = pays(Advice::Rotate).or_else(|| pays(Advice::Filter));
    match (usual, pays(Advice::MoveServices)) {
        (Some(usual), Some(moved)) if moved.net > usual.net => Advice::MoveServices,
        (Some(usual), Some(_) | None) => usual.advice,
        (None, Some(_)) => Advice::MoveServices,
        (None, None) => Advice::Keep,
    }
}

fn choices(inputs: &Inputs) -> Vec<Choice> {
    let horizon = inputs.horizon_months;
    let now = burden(inputs, inputs.junk_per_day).together();
    let keep = Choice {
        advice: Advice::Keep,
        cost: 0.0,
        burden_after: now,
        months: None,
        net: 0.0,
    };
    let decay = inputs.future.decay_per_month();
    let filter = Choice {
        advice: Advice::Filter,
        cost: inputs.filter_minutes,
        burden_after: filtered(inputs, inputs.junk_per_day).together(),
        months: filter_break_even(inputs),
        net: sum(filter_saved(inputs), decay, horizon) - inputs.filter_minutes,
    };
    let moved = (inputs.holding == Holding::Several && inputs.services > 0).then(|| moved(inputs));
    let (saved, fades) = saved(inputs);
    let cost = cost(inputs).together();
    let rotate = Choice {
        advice: Advice::Rotate,
        cost,
        burden_after: burden(inputs, inputs.quiet_per_day).together(),
        months: break_even(inputs),
        net: sum(saved, fades, horizon) - cost,
    };
    [Some(keep), Some(filter), moved, Some(rotate)]
        .into_iter()
        .flatten()
        .collect()
}

fn moved(inputs: &Inputs) -> Choice {
    let moving = NextLeak::of(inputs);
    Choice {
        advice: Advice::MoveServices,
        cost: cost_of_services(inputs).together(),
        burden_after: burden(inputs, inputs.junk_per_day).together(),
        months: moving.break_even(),
        net: moving.net(inputs.horizon_months),
    }
}

fn spans(inputs: &Inputs) -> Vec<Span> {
    let (least, most) = Input::SecondsInbox.bounds().sensible;
    let mut futures = vec![Future::Stays, Future::HALVES];
    if !futures.contains(&inputs.future) {
        futures.push(inputs.future);
    }
    let at = |future: Future, seconds: f64| {
        break_even(&Inputs {
            future,
            seconds_inbox: seconds,
            ..inputs.clone()
        })
    };
    futures
        .into_iter()
        .map(|future| Span {
            future,
            months: at(future, inputs.seconds_inbox),
            earliest: at(future, inputs.seconds_inbox.max(most)),
            latest: at(future, inputs.seconds_inbox.min(least)),
        })
        .collect()
}

/// Giving one service an address of its own and keeping the old one for everybody else: the work
/// is that of one service, and what it saves is that service's further leaks.
pub fn one_service(inputs: &Inputs) -> Choice {
    let inputs = Inputs {
        holding: Holding::Several,
        services: 1,
        minutes_fixed: 0.0,
        ..inputs.within_bounds()
    };
    moved(&inputs)
}

/// "You told these people a new address": how many and when, where the ledger knows it.
///
/// `told` has, for each person who would be told now, the day on which they were told last. Those
/// of the last twelve months are counted, or all where that was nobody.
pub fn told_before(told: impl IntoIterator<Item = Date>, today: Date) -> Option<Told> {
    let days: Vec<Date> = told.into_iter().filter(|day| *day <= today).collect();
    let last = days.iter().max().copied()?;
    let fresh: u32 = days
        .iter()
        .map(|day| Told::new(1, *day, today).fresh())
        .sum();
    let all = u32::try_from(days.len()).unwrap_or(u32::MAX);
    let people = if fresh > 0 { fresh } else { all };
    Some(Told::new(people, last, today))
}
