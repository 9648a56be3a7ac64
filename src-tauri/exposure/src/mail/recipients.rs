//! Whom a message was for (facts.md section 4): every candidate is collected, matched to the
//! user's addresses, and the one nearest the sender that is the user's counts; of To and Cc each.

use super::fields::Fields;
use super::received::Hop;
use super::{Candidate, MessageFacts, NAME_LIMIT, StandsIn, decode};
use crate::AddrSpec;
use crate::show::shown;
use std::collections::{BTreeMap, BTreeSet};

/// Headers that the receiving side writes, those nearest the sender first.
const ENVELOPE: &[&str] = &[
    "x-original-to",
    "x-envelope-to",
    "envelope-to",
    "x-forwarded-to",
];

/// What is the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Known addresses.
    pub addresses: BTreeSet<AddrSpec>,
    /// Domains where every local part is the user's.
    pub domains: BTreeSet<String>,
    /// Subaddress separator.
    pub separator: char,
}

/// Whom a message was for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForWhom {
    /// Known own addresses; each counts.
    pub own: Vec<AddrSpec>,
    /// Own local parts or tags that were never given.
    pub never_given: Vec<AddrSpec>,
    /// Where nothing is the user's: the best guess.
    pub candidate: Option<AddrSpec>,
}

/// How a candidate belongs to the user.
enum Belongs {
    Known,
    NeverGiven,
    NotAtAll,
}

impl Own {
    /// Whether an address is one of the user's own, a tagged form of one, or of a domain of theirs.
    pub fn has(&self, spec: &AddrSpec) -> bool {
        match self.belongs(spec) {
            Belongs::Known | Belongs::NeverGiven => true,
            Belongs::NotAtAll => false,
        }
    }

    fn belongs(&self, spec: &AddrSpec) -> Belongs {
        if self.addresses.contains(spec) {
            return Belongs::Known;
        }
        let tagged = spec
            .subaddress(self.separator)
            .is_some_and(|(base, _)| self.addresses.contains(&base));
        if tagged || self.domains.contains(spec.domain()) {
            Belongs::NeverGiven
        } else {
            Belongs::NotAtAll
        }
    }
}

/// Matches the candidates of a message to what is the user's own.
pub fn for_whom(facts: &MessageFacts, own: &Own) -> ForWhom {
    let mut found = ForWhom::default();
    // What came through an alias is the alias's, even where To names the mailbox behind it. One
    // that is not on record is asked for.
    if let Some(alias) = &facts.alias {
        match own.belongs(alias) {
            Belongs::Known => found.own.push(alias.clone()),
            Belongs::NeverGiven => found.never_given.push(alias.clone()),
            Belongs::NotAtAll => found.candidate = Some(alias.clone()),
        }
        return found;
    }
    for candidate in facts
        .candidates
        .iter()
        .filter(|c| c.stands_in == StandsIn::ToCc)
    {
        match own.belongs(&candidate.spec) {
            Belongs::Known => found.own.push(candidate.spec.clone()),
            Belongs::NeverGiven => found.never_given.push(candidate.spec.clone()),
            Belongs::NotAtAll => {}
        }
    }
    if !found.own.is_empty() || !found.never_given.is_empty() {
        return found;
    }
    let mut envelope = facts
        .candidates
        .iter()
        .filter(|c| c.stands_in == StandsIn::Envelope);
    for candidate in envelope.clone() {
        match own.belongs(&candidate.spec) {
            Belongs::Known => found.own.push(candidate.spec.clone()),
            Belongs::NeverGiven => found.never_given.push(candidate.spec.clone()),
            Belongs::NotAtAll => continue,
        }
        return found;
    }
    // Written by the receiving side, so the user's in all likelihood; else a message to one alone.
    let mut to = facts
        .candidates
        .iter()
        .filter(|c| c.stands_in == StandsIn::ToCc);
    found.candidate = match (envelope.next(), to.next(), to.next()) {
        (Some(candidate), _, _) | (None, Some(candidate), None) if facts.list.is_none() => {
            Some(candidate.spec.clone())
        }
        (Some(_), _, _) | (None, Some(_) | None, _) => None,
    };
    found
}

/// Every recipient that a header names, nearest the sender first and each once, and the display
/// names of To and Cc.
pub(super) fn collect(
    fields: &Fields<'_>,
    hops: &[Hop],
) -> (Vec<Candidate>, BTreeMap<AddrSpec, String>) {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut known: BTreeSet<AddrSpec> = BTreeSet::new();
    let mut names = BTreeMap::new();
    for name in ["to", "cc", "resent-to"] {
        for (spec, display) in fields.all(name).flat_map(decode::addresses) {
            if !display.is_empty() {
                names
                    .entry(spec.clone())
                    .or_insert_with(|| shown(&display, NAME_LIMIT));
            }
            if known.insert(spec.clone()) {
                candidates.push(Candidate {
                    spec,
                    stands_in: StandsIn::ToCc,
                });
            }
        }
    }
    // An address may stand in To and in the envelope; the envelope's order still matters for the rest.
    let by_header = ENVELOPE
        .iter()
        .flat_map(|name| fields.all(name))
        .flat_map(decode::addresses)
        .map(|(spec, _)| spec);
    let deepest_first = hops.iter().rev().filter_map(|hop| hop.recipient.clone());
    let delivered = fields
        .all("delivered-to")
        .rev()
        .flat_map(decode::addresses)
        .map(|(spec, _)| spec);
    for spec in by_header.chain(deepest_first).chain(delivered) {
        if known.insert(spec.clone()) {
            candidates.push(Candidate {
                spec,
                stands_in: StandsIn::Envelope,
            });
        }
    }
    (candidates, names)
}

/// The domain of a Return-Path; `None` for the null path.
pub(super) fn envelope_domain(value: &[u8]) -> Option<String> {
    let value = decode::plain(value);
    let spec = AddrSpec::parse(value.trim().trim_matches(['<', '>'])).ok()?;
    Some(spec.domain().to_owned())
}

/// The identifier of a List-Id, lower case.
pub(super) fn list_id(value: &[u8]) -> Option<String> {
    let value = decode::plain(value);
    let inner = value.rsplit_once('<').map_or(&*value, |(_, id)| id);
    let id = shown(inner.trim().trim_matches(['<', '>']), 120).to_lowercase();
    (!id.is_empty()).then_some(id)
}
