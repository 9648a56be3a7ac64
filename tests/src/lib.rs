//! The real parts that the acceptance tests stand on, each started for one test and ended with
//! it: a browser, the window, a recorder of notifications, a keychain, and the bridge by which a
//! browser's page reaches the real monitor. Nothing here decides what is right; the tests do.

pub mod bridge;
pub mod browser;
pub mod child;
pub mod keyring;
pub mod notification_recorder;
pub mod place;
pub mod window;
