//! IMAP accounts, read-only: EXAMINE and BODY.PEEK, never SELECT. `connect` makes a secured
//! connection, `wire` counts and limits what comes, `session` is the list of commands that can be
//! expressed at all, `read` is the order of reading.

mod connect;
mod names;
mod read;
mod session;
mod wire;

pub use read::{check, read};
