//! Replacing an address: what the junk costs now, what a change would cost, and what follows.
//!
//! The formulas are those of the design's detection.md section 5 and agree with its reference to
//! the printed digits; `docs/rotation.md` says them in words. What belongs here: what the decision
//! stands on ([`Inputs`]), the figures ([`figures`]), the advice and what would change it
//! ([`decide`]), how fast junk fades ([`decay`]), money ([`money`]) and the order of the work
//! ([`order`]). Minutes are minutes of the user's time, and a month has 30.4 days.
//!
//! No input makes anything here panic: what is no number is read as its default, what lies outside
//! the bounds of its [`Input`] as the nearest bound.

pub mod advice;
pub mod decay;
pub mod figures;
mod future_leak;
pub mod inputs;
pub mod money;
pub mod order;
pub mod turns;

pub use advice::{Advice, Choice, Decision, Span, Trust, decide};
pub use inputs::{Future, Holding, Input, Inputs, NewAddress, Told};
pub use turns::Turn;
