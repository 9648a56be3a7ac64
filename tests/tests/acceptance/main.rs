//! Acceptance tests on real parts. Run with `make test`, which brings a display and a session bus.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod mailbox;
mod notification;
mod screens;
mod secrets;
mod window;
