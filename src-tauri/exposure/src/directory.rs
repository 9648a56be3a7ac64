//! What is known of services beforehand: names and domains of well-known ones, the letter that
//! stands for one, and which are one company. It helps to name and to group; it decides nothing
//! that the user has said otherwise.

mod table;

use crate::proposals::label;
use table::SERVICES;
use unicode_normalization::UnicodeNormalization;

/// A well-known service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it calls itself.
    pub name: &'static str,
    domains: &'static str,
}

impl Known {
    /// The organisational domains that its own mail comes from, the main one first.
    pub fn domains(&self) -> impl Iterator<Item = &'static str> {
        self.domains.split_whitespace()
    }
}

/// The well-known service that owns an organisational domain.
pub fn owner(org_domain: &str) -> Option<Known> {
    let all = SERVICES
        .iter()
        .map(|(name, domains)| Known { name, domains });
    let mut owning = all.filter(|known| known.domains().any(|domain| domain == org_domain));
    owning.next()
}

/// Words that say what kind of company it is, at the beginning or end of its name.
const COMPANY: &[&str] = &[
    "株式会社",
    "有限会社",
    "合同会社",
    "一般社団法人",
    "(株)",
    "the",
    "inc",
    "inc.",
    "ltd",
    "ltd.",
    "llc",
    "gmbh",
    "ag",
    "corp",
    "corp.",
    "co.",
    "s.a.",
    "k.k.",
];

/// A name in one form whatever its width, case, spaces and kind of company: for finding and
/// comparing, never for showing.
pub fn folded(name: &str) -> String {
    let wide: String = name.nfkc().collect::<String>().to_lowercase();
    let mut text = wide.as_str();
    loop {
        let before = text;
        text = text.trim();
        for word in COMPANY {
            // A Latin word must stand apart; Japanese ones do not.
            let apart = word.is_ascii() && !word.starts_with('(');
            if let Some(rest) = text.strip_prefix(word)
                && (!apart || rest.starts_with(' '))
            {
                text = rest;
            }
            if let Some(rest) = text.strip_suffix(word)
                && (!apart || rest.ends_with([' ', ',']))
            {
                text = rest.trim_end_matches(',');
            }
        }
        if text == before {
            break;
        }
    }
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letter that stands for a service: the first one of its name that is a letter or figure,
/// without the kind of company before it, as one user-perceived character.
pub fn letter(name: &str) -> String {
    let wide: String = name.nfkc().collect();
    let mut text = wide.trim();
    for word in COMPANY
        .iter()
        .filter(|word| !word.is_ascii() || word.starts_with('('))
    {
        text = text.strip_prefix(word).unwrap_or(text).trim_start();
    }
    if let Some(rest) = text
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("the "))
    {
        text = text.get(rest.len()..).unwrap_or(text);
    }
    let first = text.chars().find(|c| c.is_alphanumeric());
    first.map_or_else(|| "?".to_owned(), |c| c.to_uppercase().collect())
}

/// Whether two services, each with its name and organisational domains, look like one company:
/// one name, one well-known owner of their domains, or one name before the public suffix.
pub fn same_company(a: (&str, &[String]), b: (&str, &[String])) -> bool {
    let (one, other) = (folded(a.0), folded(b.0));
    if !one.is_empty() && one == other {
        return true;
    }
    let owners = |domains: &[String]| {
        let known = domains.iter().filter_map(|domain| owner(domain));
        known.map(|known| known.name).collect::<Vec<_>>()
    };
    let (ours, theirs) = (owners(a.1), owners(b.1));
    if ours.iter().any(|name| theirs.contains(name)) {
        return true;
    }
    let labels = |domains: &'_ [String]| -> Vec<String> {
        let labels = domains.iter().filter_map(|domain| label(domain));
        labels.map(str::to_owned).collect()
    };
    let (ours, theirs) = (labels(a.1), labels(b.1));
    ours.iter().any(|label| theirs.contains(label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_domain_of_the_table_is_an_organisational_one_and_stands_once() {
        let mut seen = BTreeSet::new();
        for (name, domains) in SERVICES {
            for domain in domains.split_whitespace() {
                let org = crate::org_domain(domain);
                assert_eq!(org, domain, "{name}: mail is compared by {org}");
                assert!(seen.insert(domain), "{domain} stands twice");
                assert!(!crate::proposals::everybodys(domain), "{domain}");
            }
        }
        assert_eq!(
            owner("amazon.co.jp").map(|known| known.name),
            Some("Amazon")
        );
        assert_eq!(
            owner("evil-amazon.com"),
            None,
            "never by a part of the name"
        );
    }

    #[test]
    fn a_letter_stands_for_a_name_in_any_script() {
        let check = |name: &str, want: &str| assert_eq!(letter(name), want, "{name}");
        check("Example Shop", "E");
        check("the example times", "E");
        check("株式会社くもり書房", "く");
        check("（株）くもり書房", "く");
        check("ｱﾏﾉ電機", "ア");
        check("«Пример»", "П");
        check("ßummer", "SS");
        check("7 Seas", "7");
        check("  ", "?");
        check("Theatre", "T");
    }

    #[test]
    fn names_are_compared_whatever_their_form() {
        let check = |a: &str, b: &str| assert_eq!(folded(a), folded(b), "{a} and {b}");
        check("Example Shop", "EXAMPLE  SHOP");
        check("Example Shop Inc.", "example-shop");
        check("株式会社くもり書房", "くもり書房 株式会社");
        check("Ｋｕｍｏ", "Kumo");
        assert_ne!(folded("Kumo"), folded("Kumori"));
        assert_eq!(folded("Incense"), "incense", "a word is no kind of company");
    }

    #[test]
    fn one_company_is_told_by_name_owner_or_label() {
        let check = |a: (&str, &[&str]), b: (&str, &[&str]), want: bool, why: &str| {
            let own =
                |domains: &[&str]| domains.iter().map(|d| (*d).to_owned()).collect::<Vec<_>>();
            let (x, y) = (own(a.1), own(b.1));
            assert_eq!(same_company((a.0, &x), (b.0, &y)), want, "{why}");
            assert_eq!(
                same_company((b.0, &y), (a.0, &x)),
                want,
                "{why}, the other way"
            );
        };
        check(
            ("Kumo", &[]),
            ("KUMO Inc", &["kumo.example"]),
            true,
            "one name",
        );
        check(
            ("Videos", &["youtube.com"]),
            ("Search", &["google.com"]),
            true,
            "one owner",
        );
        check(
            ("A", &["kumobooks.example"]),
            ("B", &["kumobooks.test"]),
            true,
            "one label",
        );
        check(
            ("A", &["abc.example"]),
            ("B", &["abc.test"]),
            false,
            "a label too short to tell",
        );
        check(
            ("Kumo", &["kumo.example"]),
            ("Tori", &["tori.example"]),
            false,
            "nothing in common",
        );
        check(("", &[]), ("", &[]), false, "no name is no name");
    }
}
