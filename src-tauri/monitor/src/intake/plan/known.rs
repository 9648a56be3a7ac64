//! What an import has to know of a ledger.

use exposure::AddrSpec;
use std::collections::{BTreeMap, BTreeSet};

/// What the ledger knows already.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Services.
    pub services: Vec<KnownService>,
    /// The user's addresses with their numbers.
    pub addresses: BTreeMap<AddrSpec, i64>,
    /// Those of them of which nobody said what they are for.
    pub unsaid: BTreeSet<AddrSpec>,
    /// Lookout addresses, which nobody was given.
    pub lookouts: BTreeSet<AddrSpec>,
    /// Addresses of which the user said "not mine".
    pub refused: BTreeSet<String>,
    /// Which address (number) a service (number) has, dismissed ones among them.
    pub disclosed: BTreeSet<(i64, i64)>,
    /// Domains where every local part is the user's.
    pub own_domains: BTreeSet<String>,
    /// Domains of which the user said that they are no service of theirs.
    pub dismissed: BTreeSet<String>,
}

/// A service of the ledger.
#[derive(Clone, Debug, Default)]
pub struct KnownService {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Organisational domains from which it writes itself.
    pub domains: BTreeSet<String>,
    /// Organisational domains of companies that mail for it.
    pub processors: BTreeSet<String>,
    /// Domains of which the user said that they are not its own.
    pub refused: BTreeSet<String>,
}
