//! Authorities that can be told: a table of facts.

mod table;

use crate::vocab::coded;
use serde::{Deserialize, Serialize};
pub use table::{AUTHORITIES, EU};
use ts_rs::TS;

/// An authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The country (ISO 3166-1 alpha-2).
    pub country: &'static str,
    /// Its name in English.
    pub name: &'static str,
    /// Its name in the country's language, where letters are written in it.
    pub local: Option<&'static str>,
    /// Its own page (https).
    pub page: &'static str,
    /// What it looks after.
    pub remit: Remit,
    /// The law that it works by, in English.
    pub law: &'static str,
}

coded! {
    /// What an authority looks after.
    Remit {
        /// Personal data.
        Data = 0 => "data",
        /// Telecom firms.
        Telecom = 1 => "telecom",
        /// Dealings with consumers.
        Consumers = 2 => "consumers",
        /// It says which regional authority looks after a firm.
        Regional = 3 => "regional",
    }
}

/// The authorities of a country for a firm; telecom authorities only for a telecom firm.
pub fn authorities(country: &str, firm: Firm) -> impl Iterator<Item = &'static Authority> {
    let country = country.to_ascii_uppercase();
    AUTHORITIES.iter().filter(move |authority| {
        authority.country == country
            && match authority.remit {
                Remit::Data | Remit::Consumers | Remit::Regional => true,
                Remit::Telecom => firm == Firm::Telecom,
            }
    })
}

/// What kind of firm is complained of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firm {
    /// A telecom firm.
    Telecom,
    /// Any other.
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_holds_together() {
        let mut names = BTreeSet::new();
        let mut pages = BTreeSet::new();
        for one in AUTHORITIES {
            assert!(names.insert(one.name), "{} stands twice", one.name);
            assert!(pages.insert(one.page), "{} stands twice", one.page);
            let host = one.page.strip_prefix("https://").unwrap_or_default();
            let (host, _) = host.split_once('/').unwrap_or_default();
            assert!(host.contains('.'), "{} is a page", one.page);
            let letters = one.country.bytes().all(|c| c.is_ascii_uppercase());
            assert!(letters && one.country.len() == 2, "{}", one.country);
            assert!(!one.law.is_empty() && !one.name.is_empty());
        }
        for country in EU {
            let found = authorities(country, Firm::Other).count();
            assert_eq!(found, 1, "{country} has its authority");
        }
        assert_eq!(EU.iter().collect::<BTreeSet<_>>().len(), 27);
    }

    #[test]
    fn a_telecom_firm_in_japan_has_a_ministry_too() {
        let names = |country: &str, firm: Firm| -> Vec<Option<&str>> {
            authorities(country, firm).map(|one| one.local).collect()
        };
        assert_eq!(names("jp", Firm::Other), [Some("個人情報保護委員会")]);
        assert_eq!(
            names("JP", Firm::Telecom),
            [Some("個人情報保護委員会"), Some("総務省")]
        );
        assert!(names("ZZ", Firm::Telecom).is_empty());
    }
}
