//! Which address to give to a service: one of its own where the user can make one, so that junk at
//! it can hardly come from anywhere else, with a random part so that nobody guesses it.

use crate::ledger::Picture;
use crate::secret::plain_letters;
use anyhow::Result;
use exposure::attribution::hard_to_guess;
use exposure::{AddrSpec, AddressKind, AddressStatus, Purpose, directory, proposals};
use std::collections::{BTreeMap, BTreeSet};

/// Domains whose providers say that they keep tags (`name+tag@`) apart.
const TAGS: &str = "fastmail.com gmail.com googlemail.com hey.com hotmail.com icloud.com live.com \
    mailbox.org me.com outlook.com outlook.jp pm.me posteo.de proton.me protonmail.com tutanota.com";
/// Letters and figures of a random part.
const RANDOM: usize = 5;
/// A random part that looks like a word is drawn anew, so many times at most.
const DRAWS: usize = 64;
/// So many domains and base addresses are proposed.
const AT_MOST: usize = 2;
/// So many letters of a service's name stand in an address.
const WORD: usize = 12;

/// An address that could be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The address.
    pub spec: AddrSpec,
    /// What it is, and what that means.
    pub kind: AliasKind,
}

/// What an address is that could be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AliasKind {
    /// A new one on the user's own domain.
    OwnDomain,
    /// A new tag on an address.
    Tag(AddrSpec),
    /// One that exists, for this purpose; so many services have it.
    Shared(Purpose, usize),
}

/// Addresses for a service of this name and these domains, the one that tells most first. New ones
/// are free: none was ever given, or seen in mail (`seen`).
///
/// # Errors
/// When the system has no randomness to give.
pub fn aliases(
    picture: &Picture,
    seen: &BTreeSet<AddrSpec>,
    service: &str,
    domains: &[String],
) -> Result<Vec<Alias>> {
    let word = word_of(service, domains);
    let known: BTreeSet<&AddrSpec> = picture.addresses.iter().map(|a| &a.spec).collect();
    let free = |spec: &AddrSpec| !known.contains(spec) && !seen.contains(spec);
    let join = joiner(picture);
    let mut all = Vec::new();
    for domain in own_domains(picture) {
        let spec = AddrSpec::from_parts(&format!("{word}{join}{}", random_part()?), domain);
        all.extend(spec.ok().filter(free).map(|spec| Alias {
            spec,
            kind: AliasKind::OwnDomain,
        }));
    }
    for (base, separator) in bases(picture) {
        let local = format!("{}{separator}{word}{join}{}", base.local(), random_part()?);
        let spec = AddrSpec::from_parts(&local, base.domain());
        all.extend(spec.ok().filter(free).map(|spec| Alias {
            spec,
            kind: AliasKind::Tag(base.clone()),
        }));
    }
    let held = |id: i64| {
        let disclosures = picture.disclosures.iter();
        disclosures.filter(|d| d.address == id).count()
    };
    let shared = picture.addresses.iter().filter_map(|address| {
        let purpose = address.purpose.filter(|purpose| match purpose {
            Purpose::Shopping | Purpose::Throwaway => true,
            Purpose::Work | Purpose::Personal => false,
        })?;
        let in_use = address.status == AddressStatus::Active;
        (in_use && address.kind == AddressKind::Plain).then(|| Alias {
            spec: address.spec.clone(),
            kind: AliasKind::Shared(purpose, held(address.id)),
        })
    });
    all.extend(shared);
    Ok(all)
}

/// The user's own domains, the one with most addresses first.
fn own_domains(picture: &Picture) -> Vec<&str> {
    let used = |domain: &str| {
        let addresses = picture.addresses.iter();
        addresses.filter(|a| a.spec.domain() == domain).count()
    };
    let mut all: Vec<&str> = picture.own_domains.iter().map(String::as_str).collect();
    all.sort_by_key(|domain| std::cmp::Reverse(used(domain)));
    all.truncate(AT_MOST);
    all
}

/// Addresses that take tags, with their separator: those whose provider says so, and those that
/// have some. One that is not for work comes first.
fn bases(picture: &Picture) -> Vec<(AddrSpec, char)> {
    let separator = picture.accounts.first().map_or('+', |a| a.separator);
    let tagged: BTreeSet<AddrSpec> = picture
        .addresses
        .iter()
        .filter_map(|a| Some(a.spec.subaddress(separator)?.0))
        .collect();
    let takes_tags = |spec: &AddrSpec| {
        TAGS.split_whitespace()
            .any(|domain| domain == spec.domain())
            || tagged.contains(spec)
    };
    let mut all: Vec<_> = picture
        .addresses
        .iter()
        .filter(|a| a.kind == AddressKind::Plain && a.status == AddressStatus::Active)
        .filter(|a| takes_tags(&a.spec) && !picture.own_domains.contains(a.spec.domain()))
        .collect();
    all.sort_by_key(|a| match a.purpose {
        Some(Purpose::Shopping) => 0,
        Some(Purpose::Throwaway) => 1,
        None => 2,
        Some(Purpose::Personal) => 3,
        Some(Purpose::Work) => 4,
    });
    let specs = all.into_iter().map(|a| (a.spec.clone(), separator));
    specs.take(AT_MOST).collect()
}

/// What stands between word and random part: as in most of the user's addresses.
fn joiner(picture: &Picture) -> char {
    let mut used: BTreeMap<char, usize> = BTreeMap::new();
    for address in &picture.addresses {
        let joins = ['-', '.', '_'].into_iter().filter(|join| {
            let parts = address.spec.local().rsplit_once(*join);
            parts.is_some_and(|(_, part)| hard_to_guess(part))
        });
        for join in joins {
            *used.entry(join).or_default() += 1;
        }
    }
    let most = used.into_iter().max_by_key(|(_, count)| *count);
    most.map_or('-', |(join, _)| join)
}

/// A word for a service: its name where that is Latin, else its domain's.
fn word_of(service: &str, domains: &[String]) -> String {
    let latin = |text: &str| {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.take(WORD).collect::<String>()
    };
    let name = directory::folded(service);
    let mut words: Vec<String> = Vec::new();
    if name.is_ascii() {
        words.push(latin(&name));
    }
    let labels = domains.iter().filter_map(|domain| {
        let org = exposure::org_domain(domain.trim());
        proposals::label(&org).map(str::to_owned)
    });
    words.extend(labels.map(|label| latin(&label)));
    words.push(latin(&name));
    let found = words.into_iter().find(|word| word.len() > 1);
    found.unwrap_or_else(|| "to".to_owned())
}

/// Letters and figures so mixed that they are no word.
fn random_part() -> Result<String> {
    let mut part = plain_letters(RANDOM)?;
    for _ in 0..DRAWS {
        if hard_to_guess(&part) {
            break;
        }
        part = plain_letters(RANDOM)?;
    }
    Ok(part)
}
