//! Tables of invented facts: who there is, and what they write. Every name and domain is made up;
//! the domains end in names that are reserved for examples (RFC 2606, RFC 6761).
//!
//! Blanks in the texts: `{n}` a number, `{item}` something the sender sells, `{order}` an order
//! number, `{yen}` an amount, `{month}` and `{day}` of the day it is sent, `{name}` and `{local}`
//! of the recipient.

pub(super) mod addresses;
pub(super) mod conversations;
pub(super) mod junk;
pub(super) mod people;
pub(super) mod services;
