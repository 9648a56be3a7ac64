//! How facts look in a terminal. What belongs here takes the shapes of `monitor::view` and gives
//! back text; it decides nothing and asks nobody.

mod breaches;
mod canvas;
mod explain;
mod exposures;
mod imports;
mod lists;
mod misfiled;
mod report;
mod spark;
mod table;
mod text;

pub use breaches::breaches;
pub use canvas::{Canvas, Paint, Tint};
pub use explain::page;
pub use exposures::all_exposures;
pub use imports::{Rows, import, imports};
pub use lists::{accounts, addresses, flags, found, incidents, services};
pub use misfiled::{exceptions, misfiled};
pub use report::{Title, report};

#[cfg(test)]
mod tests;
