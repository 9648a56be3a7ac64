//! Who is the likely source of the junk at each address, over all of the user's addresses at once
//! (detection.md section 4).
//!
//! `model` holds the constants and the law of the lag, [`graph`] the ledger as addresses and
//! sources, `hazard` how likely a source leaks when, `guessing` and `overlap` what attacks and
//! shared campaigns say, `messages` the sum-product (with `product`), `explanation` what follows for each address,
//! `evidence` why (with `asked`), `compared` which campaigns two addresses share, and `facts` (with
//! `calendar`) how a ledger becomes a graph.

mod asked;
mod calendar;
mod compared;
mod evidence;
mod explanation;
mod facts;
pub mod graph;
mod guessing;
mod hazard;
mod messages;
mod model;
mod overlap;
mod product;

pub use compared::Overlaps;
pub use explanation::{Cause, Explanation, Origin, Words, explain, suspect, words};
pub use facts::{
    Attribution, Began, Beginning, OneLeak, Question, attribute, is_dedicated, made_for_one,
};
pub use guessing::{Guessable, Timing, Tried, hard_to_guess};
pub use model::{CAP, TEMPER};

#[cfg(test)]
mod tests;
