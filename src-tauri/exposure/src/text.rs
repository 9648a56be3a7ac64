//! What the few words of a junk header say: a personal name that somebody was given with the
//! address, or the name of a service (detection.md 4.2, text). Bodies are never looked at.

use crate::AddrSpec;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer messages with a name, or a smaller share of the junk, are chance.
const MESSAGES: usize = 2;
const SHARE: f64 = 0.02;
/// Shorter words are part of others.
const LATIN: usize = 4;
const OTHER: usize = 3;

/// Forms of address that are no part of a name.
const HONORIFICS: [&str; 12] = [
    "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "様", "さま", "さん", "殿",
];

/// Brands that everybody is phished with, as the yearly reports of APWG and of the Council of
/// Anti-Phishing Japan name them; a mention of one says nothing about who leaked.
const PHISHED: &str = "aeon amazon amex apple applepay au bank binance booking chase coinbase dhl \
    disney docomo dropbox ebay eposcard eki-net etc etc-meisai facebook fedex gmail google icloud \
    instagram jcb jr kuroneko line linkedin mastercard mercari microsoft mitsui mizuho mufg netflix \
    nhk nintendo nta office orico outlook paypal paypay post rakuten sagawa saison smbc softbank \
    spotify steam telegram tiktok ups usps visa walmart whatsapp yahoo yamato";

/// What a junk message shows before it is opened.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The display name in To.
    pub to_name: &'a str,
    /// The display name in From.
    pub from_name: &'a str,
    /// The subject.
    pub subject: &'a str,
}

/// A personal name in the form in which names are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonalName(Vec<String>);

impl PersonalName {
    /// The personal name in a display name; `None` where there is none, or where it follows from
    /// the address itself.
    pub fn of(shown: &str, spec: &AddrSpec) -> Option<PersonalName> {
        if shown.contains('@') {
            return None;
        }
        let mut parts: Vec<String> = shown
            .to_lowercase()
            .split(|c: char| c.is_whitespace() || ",;\"'()<>「」　".contains(c))
            .map(|part| {
                HONORIFICS
                    .iter()
                    .fold(part, |p, h| p.strip_suffix(h).unwrap_or(p))
            })
            .filter(|part| part.chars().any(char::is_alphabetic))
            .map(str::to_owned)
            .collect();
        parts.sort_unstable();
        let letters: usize = parts.iter().map(|p| p.chars().count()).sum();
        let derivable = parts
            .iter()
            .all(|part| spec.local().contains(part.as_str()));
        (letters >= 2 && !derivable).then_some(PersonalName(parts))
    }

    /// Whether a text uses this name: all its parts, near enough for a subject line.
    fn stands_in(&self, text: &str) -> bool {
        self.0.iter().all(|part| has_word(text, part))
    }

    /// In one word.
    pub fn text(&self) -> String {
        self.0.join(" ")
    }
}

/// Whether `text` (lower case) has `word`: whole where the word is of letters that are parted by
/// spaces, anywhere else.
fn has_word(text: &str, word: &str) -> bool {
    let parted = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, found)| {
        !word.is_ascii()
            || (parted(text.get(..at).and_then(|before| before.chars().next_back()))
                && parted(
                    text.get(at + found.len()..)
                        .and_then(|after| after.chars().next()),
                ))
    })
}

/// The words by which a service would be mentioned: its name and the labels of its own domains,
/// without brands that everybody is phished with and without words that are too short.
pub fn brand(name: &str, domains: &[&str]) -> BTreeSet<String> {
    let labels = domains.iter().filter_map(|domain| domain.split('.').next());
    std::iter::once(name)
        .chain(labels)
        .map(str::to_lowercase)
        .filter(|word| {
            let least = if word.is_ascii() { LATIN } else { OTHER };
            word.chars().count() >= least
        })
        .filter(|word| {
            let mut parts = word.split([' ', '-', '.']);
            !parts.any(|part| PHISHED.split(' ').any(|phished| phished == part))
        })
        .collect()
}

/// What the junk of one address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Names among `given` that it uses.
    pub names: BTreeSet<PersonalName>,
    /// Services among `brands` that it mentions.
    pub mentions: BTreeSet<i64>,
}

/// Reads the junk of an address: which of the names that its holders were `given` it uses, and
/// which of its holders it mentions, each in at least two messages and 2 % of them. A name that
/// nobody on record was given says nothing.
pub fn said<'a>(
    junk: impl Iterator<Item = Shown<'a>>,
    spec: &AddrSpec,
    given: &BTreeSet<PersonalName>,
    brands: &BTreeMap<i64, BTreeSet<String>>,
) -> Said {
    let mut names: BTreeMap<&PersonalName, usize> = BTreeMap::new();
    let mut mentions: BTreeMap<i64, usize> = BTreeMap::new();
    let mut all = 0_usize;
    for shown in junk {
        all += 1;
        let subject = shown.subject.to_lowercase();
        let text = format!("{} {subject}", shown.from_name.to_lowercase());
        let greeted = PersonalName::of(shown.to_name, spec);
        for name in given {
            if greeted.as_ref() == Some(name) || name.stands_in(&subject) {
                *names.entry(name).or_default() += 1;
            }
        }
        for (service, words) in brands {
            if words.iter().any(|word| has_word(&text, word)) {
                *mentions.entry(*service).or_default() += 1;
            }
        }
    }
    let enough = |count: usize| count >= MESSAGES && count as f64 >= SHARE * all as f64;
    Said {
        names: names
            .into_iter()
            .filter(|(_, count)| enough(*count))
            .map(|(name, _)| name.clone())
            .collect(),
        mentions: mentions
            .into_iter()
            .filter(|(_, count)| enough(*count))
            .map(|(service, _)| service)
            .collect(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn spec() -> AddrSpec {
        AddrSpec::parse("jun.shop@example.org").unwrap()
    }

    #[test]
    fn a_name_is_the_same_in_any_order_and_with_any_form_of_address() {
        let name = |shown: &str| PersonalName::of(shown, &spec());
        assert_eq!(name("Jun Morino"), name("MORINO, Jun"));
        assert_eq!(name("森野 潤 様"), name("森野　潤"));
        for none in ["", "jun", "Jun Shop", "jun.shop@example.org", "-", "様"] {
            assert_eq!(name(none), None, "{none:?}");
        }
    }

    #[test]
    fn reads_names_that_were_given_and_brands_that_are_not_everybodys() {
        let given: BTreeSet<PersonalName> =
            [PersonalName::of("J. Morino", &spec()).unwrap()].into();
        let brands: BTreeMap<i64, BTreeSet<String>> = [
            (1, brand("Nemurineko Books", &["nemurineko-books.example"])),
            (2, brand("Amazon Shop", &["amazon.example"])),
            (3, brand("ほしまち電話", &[])),
        ]
        .into();
        assert!(brands[&2].is_empty(), "everybody is phished with it");
        let of = |subjects: &[&str]| {
            let junk = subjects.iter().map(|subject| Shown {
                to_name: "",
                from_name: "",
                subject,
            });
            said(junk, &spec(), &given, &brands)
        };
        let told = of(&[
            "Dear J. Morino, your prize",
            "J. Morino: last call",
            "ほしまち電話のお客様へ",
            "【ほしまち電話】重要",
            "Your amazon order",
            "Nemurineko Books: one mention is chance",
        ]);
        assert_eq!(told.names, given);
        assert_eq!(told.mentions, [3].into());
        assert_eq!(of(&["Hello", "K. Morino wins"]), Said::default());
    }
}
