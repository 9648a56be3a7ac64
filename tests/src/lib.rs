//! The real parts that the acceptance tests stand on, each started for one test and ended with
//! it: a Dovecot, a peer that speaks IMAP badly on purpose, a browser, the window, a recorder of
//! notifications, a keychain, and the bridge by which a browser's page reaches the real monitor.
//! Nothing here decides what is right; the tests do.

#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod authorization;
pub mod bridge;
pub mod browser;
pub mod certificates;
pub mod child;
pub mod collector;
pub mod crowded;
pub mod directory;
pub mod dovecot;
pub mod dragging;
pub mod keyring;
pub mod letter;
pub mod listed;
pub mod memory;
pub mod notification_recorder;
pub mod place;
pub mod scripted_imap;
pub mod terminal;
pub mod watcher;
pub mod window;
pub mod wire;
pub mod words;
