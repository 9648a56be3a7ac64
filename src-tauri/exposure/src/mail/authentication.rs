//! What the user's own receiver says of From: Authentication-Results (RFC 8601).

use super::fields::Fields;
use super::received::{Hop, without_comments};
use super::{Receiver, decode};
use crate::{Auth, org_domain};

/// The verdict of the topmost Authentication-Results that the user's own receiver wrote.
pub(super) fn auth(
    fields: &Fields<'_>,
    hops: &[Hop],
    receiver: &Receiver,
    from_domain: Option<&str>,
) -> Auth {
    let Some(from) = from_domain.map(org_domain) else {
        return Auth::None;
    };
    let Some(value) = fields.first("authentication-results") else {
        return Auth::None;
    };
    let value = decode::plain(value);
    let value = without_comments(&value);
    let mut parts = value.split(';');
    let id = parts.next().unwrap_or_default();
    let id = id.split_whitespace().next().unwrap_or_default();
    let org = org_domain(id.trim_matches('"'));
    // The first host that wrote a Received line is the user's own receiver.
    let near = || {
        let hosts = hops.iter().take(3).filter_map(|hop| hop.by.as_deref());
        hosts.map(org_domain).any(|near| near == org)
    };
    // Somebody else's word, or a forged one: what stands below is older still.
    if !receiver.orgs.contains(&org) && !near() {
        return Auth::None;
    }
    judged(parts, &from)
}

/// What the methods of an Authentication-Results say of a From of this organisational domain.
pub(super) fn judged<'a>(methods: impl Iterator<Item = &'a str>, from: &str) -> Auth {
    let (mut dkim, mut spf, mut checked) = (false, false, false);
    for method in methods {
        let mut words = method.split_whitespace();
        let Some((name, result)) = words.next().and_then(|w| w.split_once('=')) else {
            continue;
        };
        let passed = result.eq_ignore_ascii_case("pass");
        let aligned = |keys: &[&str]| {
            words
                .clone()
                .filter_map(|w| w.split_once('='))
                .any(|(key, value)| {
                    let domain = value
                        .trim_matches('"')
                        .rsplit('@')
                        .next()
                        .unwrap_or_default();
                    keys.iter().any(|k| key.eq_ignore_ascii_case(k))
                        && (domain == from || org_domain(domain) == from)
                })
        };
        match name
            .split('/')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
            .as_str()
        {
            "dkim" => {
                checked = true;
                dkim |= passed && aligned(&["header.d", "header.i"]);
            }
            "spf" => {
                checked = true;
                spf |= passed
                    && aligned(&["smtp.mailfrom", "smtp.mail", "envelope-from", "smtp.helo"]);
            }
            // DMARC passes only where one of the two passed in alignment; which one is not said.
            "dmarc" => {
                checked = true;
                if passed && aligned(&["header.from"]) {
                    spf = true;
                }
            }
            _ => {}
        }
    }
    match (dkim, spf, checked) {
        (true, true, _) => Auth::Both,
        (true, false, _) => Auth::Dkim,
        (false, true, _) => Auth::Spf,
        (false, false, true) => Auth::Fail,
        (false, false, false) => Auth::None,
    }
}
