//! The pure part of Atesaki: words, rules and statistics.
//!
//! Nothing here reads a clock, a file, a socket or a random number: `now`, zones and facts are
//! arguments, results are values. What belongs here: the vocabulary that the store, the views and
//! the window share ([`vocab`]), reading of mail headers ([`mail`]), counting ([`traffic`],
//! [`coverage`]), services that the mail shows ([`proposals`]), wanted mail that lies in Junk
//! ([`misfiled`]), services that have an address meant for others ([`exceptions`]), mails in which
//! a service says that data got out ([`notice`]) or shows addresses to strangers ([`strangers`]),
//! what an attachment counts to ([`attachment`]), published breaches and the services that they
//! touch ([`catalogue`]), the onset statistics ([`onset`]), attribution ([`attribution`]), the one
//! function that turns a ledger into flags ([`assess`]), what follows once something was noticed and
//! what a letter may say of it ([`case`]), whether an address is to be replaced and in which order
//! ([`rotation`]), and the filter that is advised instead ([`sieve`]).

pub mod address;
pub mod assess;
pub mod attachment;
pub mod attribution;
pub mod case;
pub mod catalogue;
pub mod cousins;
pub mod coverage;
pub mod directory;
pub mod exceptions;
pub mod mail;
pub mod misfiled;
pub mod notice;
pub mod onset;
pub mod proposals;
pub mod rotation;
pub mod show;
pub mod sieve;
pub mod strangers;
pub mod text;
pub mod traffic;
pub mod vocab;

pub use address::{AddrSpec, org_domain};
pub use vocab::*;
