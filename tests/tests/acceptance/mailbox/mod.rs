//! Mail sources, each alone, against a ledger in memory.

mod archives;
mod dialects;
mod dovecot;
mod hostile;
mod interop;
