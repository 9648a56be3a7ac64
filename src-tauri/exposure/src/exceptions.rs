//! Exceptions to the user's own rule: services that have an address which is meant for others.
//!
//! The rule is read from what the user said their addresses are for. Addresses for shopping, or to
//! be thrown away, are for services; addresses for work or personal mail are for people. A service
//! that has one of the latter is an exception, as long as an address in use of the former kind
//! exists: without one there is no rule to make an exception from.
//!
//! No exceptions are made at an address that is no longer used, at a lookout address, and at one
//! that was made for the one service that has it and from which nobody is written to.

use crate::attribution::made_for_one;
use crate::{AddressKind, AddressStatus, Purpose};

/// An own address, as the rule sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant {
    /// Its kind.
    pub kind: AddressKind,
    /// Where it is in its life.
    pub status: AddressStatus,
    /// What it is for, where the user said so.
    pub purpose: Option<Purpose>,
    /// The user said "only for this service".
    pub dedicated: bool,
    /// How many services have it.
    pub services: usize,
    /// How many people are written to from it.
    pub people: usize,
}

/// For each of these addresses, whether the services that have it are exceptions.
pub fn exceptions(addresses: &[Meant]) -> Vec<bool> {
    let is_rule = addresses.iter().any(|address| {
        address.status == AddressStatus::Active
            && address.kind != AddressKind::Control
            && address.purpose.is_some_and(for_services)
    });
    addresses
        .iter()
        .map(|address| {
            let in_use = match address.status {
                AddressStatus::Active | AddressStatus::Retiring => true,
                AddressStatus::Retired => false,
            };
            let its_own = address.people == 0
                && made_for_one(address.kind, address.dedicated, address.services);
            is_rule
                && in_use
                && address.services > 0
                && address.kind != AddressKind::Control
                && address
                    .purpose
                    .is_some_and(|purpose| !for_services(purpose))
                && !its_own
        })
        .collect()
}

const fn for_services(purpose: Purpose) -> bool {
    match purpose {
        Purpose::Shopping | Purpose::Throwaway => true,
        Purpose::Work | Purpose::Personal => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORK: Meant = Meant {
        kind: AddressKind::Plain,
        status: AddressStatus::Active,
        purpose: Some(Purpose::Work),
        dedicated: false,
        services: 2,
        people: 9,
    };
    const SHOPS: Meant = Meant {
        purpose: Some(Purpose::Shopping),
        people: 0,
        ..WORK
    };

    #[test]
    fn a_service_that_has_an_address_for_people_is_an_exception() {
        let check = |name: &str, address: Meant, want: bool| {
            assert_eq!(exceptions(&[address, SHOPS]), [want, false], "{name}");
        };
        let personal = Meant {
            purpose: Some(Purpose::Personal),
            ..WORK
        };
        check("the work address", WORK, true);
        check("a personal one", personal, true);
        check(
            "one that is being replaced",
            Meant {
                status: AddressStatus::Retiring,
                ..WORK
            },
            true,
        );
        check(
            "one that is not used",
            Meant {
                status: AddressStatus::Retired,
                ..WORK
            },
            false,
        );
        check(
            "one that no service has",
            Meant {
                services: 0,
                ..WORK
            },
            false,
        );
        check(
            "one of which nothing was said",
            Meant {
                purpose: None,
                ..WORK
            },
            false,
        );
        check("one for shopping", SHOPS, false);
        let alone = Meant {
            kind: AddressKind::CatchAll,
            services: 1,
            people: 0,
            ..personal
        };
        check("one made for its service", alone, false);
        check(
            "one that people have too",
            Meant { people: 1, ..alone },
            true,
        );
        check(
            "one of several services",
            Meant {
                services: 2,
                ..alone
            },
            true,
        );
        check(
            "a plain one of one service",
            Meant {
                kind: AddressKind::Plain,
                ..alone
            },
            true,
        );
    }

    #[test]
    fn without_an_address_for_services_there_is_no_rule() {
        let gone = Meant {
            status: AddressStatus::Retired,
            ..SHOPS
        };
        let lookout = Meant {
            kind: AddressKind::Control,
            services: 0,
            purpose: Some(Purpose::Throwaway),
            ..SHOPS
        };
        assert_eq!(exceptions(&[WORK]), [false]);
        assert_eq!(exceptions(&[WORK, gone]), [false, false]);
        assert_eq!(exceptions(&[WORK, lookout]), [false, false]);
    }
}
