//! Acceptance tests on real parts, one module for each part of the program.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod mailbox;
