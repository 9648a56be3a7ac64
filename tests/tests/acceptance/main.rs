//! Acceptance tests on real parts. Run with `make test`, which brings a display and a session bus.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod a_year;
mod cousins;
mod exposures;
mod finding;
mod first_evening;
mod killed;
mod large_mailbox;
mod mailbox;
mod misfiled;
mod network;
mod notification;
mod refusals;
mod restored;
mod screens;
mod secrets;
mod sieve;
mod sign_in;
mod vaults;
mod walk;
mod watching;
mod window;
