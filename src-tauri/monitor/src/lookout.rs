//! Lookout addresses: the user's own addresses that nobody is given. What arrives there was guessed
//! or comes from the mail provider, which tells these from a leak at a service.

use crate::ledger::Picture;
use crate::secret::plain_letters;
use anyhow::Result;
use exposure::{AddrSpec, AddressKind};
use std::collections::BTreeSet;

/// Local parts that look like a person's or a desk's, as who guesses would try, and that few
/// services would be given.
const TRIED: [&str; 8] = [
    "anna", "office", "peter", "accounts", "maria", "hr", "david", "contact",
];
/// So many letters and figures make a part that nobody guesses.
const LETTERS: usize = 9;
/// So many domains and base addresses get suggestions.
const AT_MOST: usize = 3;

/// An address that could become a lookout address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The address.
    pub spec: AddrSpec,
    /// Somebody who guesses may try it; otherwise only the mail provider can know it.
    pub guessable: bool,
}

/// Suggestions for the user's own domains, and for addresses whose provider keeps tags apart.
/// Nothing is suggested that was ever given, written to or tried.
///
/// # Errors
/// When the system has no randomness to give.
pub fn suggestions(picture: &Picture, tried: &BTreeSet<AddrSpec>) -> Result<Vec<Suggestion>> {
    let known: BTreeSet<&AddrSpec> = picture.addresses.iter().map(|a| &a.spec).collect();
    let free = |text: String| {
        let spec = AddrSpec::parse(&text).ok()?;
        (!known.contains(&spec) && !tried.contains(&spec)).then_some(spec)
    };
    let mut all = Vec::new();
    for domain in picture.own_domains.iter().take(AT_MOST) {
        let word = TRIED
            .iter()
            .find_map(|word| free(format!("{word}@{domain}")));
        all.extend(word.map(|spec| Suggestion {
            spec,
            guessable: true,
        }));
        let random = free(format!("{}@{domain}", plain_letters(LETTERS)?));
        all.extend(random.map(|spec| Suggestion {
            spec,
            guessable: false,
        }));
    }
    let tagged = picture.addresses.iter().filter(|address| {
        address.kind == AddressKind::Plain && !picture.own_domains.contains(address.spec.domain())
    });
    for base in tagged.take(AT_MOST) {
        let (local, domain) = (base.spec.local(), base.spec.domain());
        let spec = free(format!("{local}+{}@{domain}", plain_letters(LETTERS)?));
        all.extend(spec.map(|spec| Suggestion {
            spec,
            guessable: false,
        }));
    }
    Ok(all)
}
