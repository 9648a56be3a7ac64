//! Which mailing a message is a copy of, by its header alone (detection.md section 1).

use super::MessageFacts;
use crate::{AddrSpec, org_domain};
use sha2::{Digest, Sha256};

/// How many characters of the normalised subject count.
const SUBJECT_COUNTS: usize = 60;
/// What a reply or forward puts before a subject, in the large languages and Japanese.
const PREFIXES: &[&str] = &[
    "re", "fw", "fwd", "aw", "wg", "sv", "vs", "tr", "rv", "res", "enc", "返信", "転送", "回复",
    "转发",
];

/// The key of the mailing: organisational domain of From (else of the envelope sender), List-Id,
/// and the subject without case, figures, the recipient's local part and name, and reply marks.
pub fn campaign(facts: &MessageFacts, recipients: &[AddrSpec]) -> i64 {
    let sender = match (&facts.from, &facts.envelope_domain) {
        (Some(from), _) => org_domain(from.domain()),
        (None, Some(domain)) => org_domain(domain),
        (None, None) => String::new(),
    };
    let mut hash = Sha256::new();
    for part in [
        sender.as_str(),
        facts.list.as_deref().unwrap_or_default(),
        &subject(facts, recipients),
    ] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut key = [0; 8];
    for (to, from) in key.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    i64::from_be_bytes(key)
}

fn subject(facts: &MessageFacts, recipients: &[AddrSpec]) -> String {
    let mut text = facts.subject.to_lowercase();
    for spec in recipients {
        let name = facts.names.get(spec).map(|name| name.to_lowercase());
        for part in [Some(spec.to_string()), Some(spec.local().to_owned()), name]
            .into_iter()
            .flatten()
        {
            // A part of one or two letters occurs in ordinary words.
            if part.chars().count() > 2 {
                text = text.replace(&part, "");
            }
        }
    }
    let mut rest = text.trim();
    while let Some((head, tail)) = rest.split_once([':', '：'])
        && PREFIXES.contains(
            &head
                .trim()
                .trim_end_matches(|c: char| c.is_ascii_digit() || c == '[' || c == ']'),
        )
    {
        rest = tail.trim_start();
    }
    let mut out = String::new();
    let mut figure = false;
    for c in rest.chars() {
        if c.is_numeric() {
            if !figure {
                out.push('#');
            }
            figure = true;
        } else if !c.is_whitespace() {
            figure = false;
            out.push(c);
        }
    }
    out.chars().take(SUBJECT_COUNTS).collect()
}
