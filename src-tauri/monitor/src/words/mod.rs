//! The message catalogue: every word people see, in English and Japanese, the same for window,
//! notification and terminal. Sentences with figures are made in [`sentences`](self), so that
//! nobody else has to.

mod cases;
mod catalogue;
mod dates;
mod exposures;
mod letters;
mod misfiled;
mod reasons;
mod sentences;

pub use catalogue::{Lang, Words};
pub use exposures::OnIt;
pub use letters::{Because, Moving, Names, Written};
pub use reasons::Behind;
pub use sentences::Holders;

#[cfg(test)]
mod tests;
