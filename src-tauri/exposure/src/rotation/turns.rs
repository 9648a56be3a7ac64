//! What would change the advice.

use super::advice::{Advice, advised};
use super::inputs::{Input, Inputs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Steps in which the sensible range of an input is walked through.
const STEPS: u32 = 40;

/// One input that, changed alone and within its sensible range, turns the advice.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Turn {
    /// Which input.
    pub input: Input,
    /// Its value now; `None` for a half-life where junk does not fade.
    pub from: Option<f64>,
    /// The nearest value, in two digits, at which the advice is another one.
    pub to: f64,
    /// What is advised there.
    pub advice: Advice,
}

/// For each input the nearest value that turns the advice, nearest first; inputs that do not turn
/// it within their sensible range are left out.
pub(super) fn turns(inputs: &Inputs, now: Advice) -> Vec<Turn> {
    let mut found: Vec<(f64, Turn)> = Input::ALL
        .iter()
        .filter_map(|input| nearest(inputs, *input, now))
        .collect();
    found.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    found.into_iter().map(|(_, turn)| turn).collect()
}

/// The nearest turn of one input, and how far along its range it lies.
fn nearest(inputs: &Inputs, input: Input, now: Advice) -> Option<(f64, Turn)> {
    let from = input.of(inputs);
    let start = from.map_or(1.0, |value| place(input, value));
    let down = walk(inputs, input, now, start, 0.0);
    let up = walk(inputs, input, now, start, 1.0);
    let (at, to, advice) = match (down, up) {
        (Some(down), Some(up)) if start - down.0 <= up.0 - start => down,
        (_, Some(up)) => up,
        (down, None) => down?,
    };
    let turn = Turn {
        input,
        from,
        to,
        advice,
    };
    Some(((at - start).abs(), turn))
}

/// Walks from one place of the range to its end: the place, value and advice of the first turn.
fn walk(
    inputs: &Inputs,
    input: Input,
    now: Advice,
    start: f64,
    end: f64,
) -> Option<(f64, f64, Advice)> {
    let advice = |at: f64| advised(&input.with(inputs, value(input, at)));
    let places = (1..=STEPS).map(|n| start + (end - start) * f64::from(n) / f64::from(STEPS));
    let mut before = start;
    let mut after = None;
    for at in places {
        if advice(at) != now {
            after = Some(at);
            break;
        }
        before = at;
    }
    let mut after = after?;
    for _ in 0..20 {
        let middle = 0.5 * (before + after);
        if advice(middle) == now {
            before = middle;
        } else {
            after = middle;
        }
    }
    let exact = value(input, after);
    let rounded = outward(input, exact, end > start);
    let turned = advised(&input.with(inputs, rounded));
    Some(match turned == now {
        true => (after, exact, advice(after)),
        false => (after, rounded, turned),
    })
}

/// Where a value lies in the sensible range, from 0 to 1: by its logarithm, or by its square root
/// where the range begins at 0, so that small values are told apart.
fn place(input: Input, value: f64) -> f64 {
    let (low, high) = input.bounds().sensible;
    let at = match low > 0.0 {
        true => (value.max(f64::MIN_POSITIVE) / low).ln() / (high / low).ln(),
        false => (value.max(0.0) / high).sqrt(),
    };
    at.clamp(0.0, 1.0)
}

fn value(input: Input, at: f64) -> f64 {
    let (low, high) = input.bounds().sensible;
    let value = match low > 0.0 {
        true => low * (high / low).powf(at),
        false => high * at * at,
    };
    match input.is_whole() {
        true => value.round(),
        false => value,
    }
}

/// A value in two digits, rounded away from where the walk began, within the sensible range.
fn outward(input: Input, value: f64, upward: bool) -> f64 {
    let (low, high) = input.bounds().sensible;
    if input.is_whole() || value <= 0.0 {
        return value;
    }
    let unit = 10_f64.powf(value.log10().floor() - 1.0);
    let count = value / unit;
    // Where it is a round number but for the last bits, it stays.
    let near = count.round();
    let count = match ((count - near).abs() < 1e-6, upward) {
        (true, _) => near,
        (false, true) => count.ceil(),
        (false, false) => count.floor(),
    };
    // Written in two digits and read again, so that no 0.30000000000000004 is shown.
    let text = format!("{:.1e}", count * unit);
    text.parse().unwrap_or(value).clamp(low, high)
}
