//! Mail sources, each alone, against a ledger in memory.

mod archives;
mod bodies;
mod dialects;
mod dovecot;
mod hostile;
mod interop;
