//! Which kind of address a text is, by the user's own domains and addresses.

use crate::store::Store;
use anyhow::Result;
use exposure::mail::is_relay_domain;
use exposure::{AddrSpec, AddressKind};
use std::collections::BTreeSet;

/// What tells the kinds of addresses apart, looked up once: there may be many.
pub(super) struct Kinds {
    own: BTreeSet<String>,
    bases: BTreeSet<AddrSpec>,
    separator: char,
}

impl Kinds {
    pub(super) fn of(store: &Store) -> Result<Kinds> {
        Ok(Kinds {
            own: store.own_domains()?.into_values().collect(),
            bases: store.addresses()?.into_iter().map(|a| a.spec).collect(),
            separator: store.accounts()?.first().map_or('+', |a| a.separator),
        })
    }

    /// Makes an address the user's, with the kind that its domain and form suggest.
    pub(super) fn claim(&mut self, store: &mut Store, spec: &AddrSpec, now: i64) -> Result<i64> {
        let kind = self.kind(spec);
        self.add(spec);
        store.claim(spec, kind, now)
    }

    /// The kind of an address.
    pub(super) fn kind(&self, spec: &AddrSpec) -> AddressKind {
        kind_of(spec, self.separator, &self.own, &self.bases)
    }

    /// Notes that an address is the user's.
    pub(super) fn add(&mut self, spec: &AddrSpec) {
        self.bases.insert(spec.clone());
    }
}

/// The kind of an address that the user calls their own. `bases` are addresses already recorded.
pub fn kind_of(
    spec: &AddrSpec,
    separator: char,
    own_domains: &BTreeSet<String>,
    bases: &BTreeSet<AddrSpec>,
) -> AddressKind {
    if own_domains.contains(spec.domain()) {
        return AddressKind::CatchAll;
    }
    if is_relay_domain(spec.domain()) {
        return AddressKind::Relay;
    }
    match spec.subaddress(separator) {
        Some((base, _)) if bases.contains(&base) || separator == '+' => AddressKind::Subaddress,
        Some(_) | None => AddressKind::Plain,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_kinds_of_own_addresses_apart() {
        let own = BTreeSet::from(["jun.example".to_owned()]);
        let bases = BTreeSet::from([AddrSpec::parse("me-too@mail.example").unwrap()]);
        let check = |text: &str, separator: char, want: AddressKind| {
            assert_eq!(
                kind_of(&AddrSpec::parse(text).unwrap(), separator, &own, &bases),
                want,
                "{text}"
            );
        };
        check("shop@jun.example", '+', AddressKind::CatchAll);
        check("me+shop@mail.example", '+', AddressKind::Subaddress);
        check("me-shop@mail.example", '-', AddressKind::Plain);
        check("me-too@mail.example", '-', AddressKind::Plain);
        check("x1@me.anonaddy.com", '+', AddressKind::Relay);
        check("me@mail.example", '+', AddressKind::Plain);
    }
}
