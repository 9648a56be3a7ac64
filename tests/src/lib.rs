//! The parts on which acceptance tests stand: a real Dovecot ([`dovecot`]), a peer that speaks
//! IMAP badly on purpose ([`scripted_imap`]), certificates good and bad ([`certificates`]) and a
//! ledger in memory that answers a mail source ([`collector`]).
//!
//! These are tests, not a product: what must not happen here panics with its reason.

#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod certificates;
pub mod collector;
pub mod dovecot;
pub mod scripted_imap;
