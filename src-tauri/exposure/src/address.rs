//! Addresses: what a syntactically valid one is, its canonical form, its subaddress and its
//! organisational domain.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A syntactically valid address (RFC 5322 addr-spec, without comments or folding), in canonical
/// form: the domain in lower case, the local part in lower case (large mail systems do not tell
/// `Me@` from `me@`; dots are never folded).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct AddrSpec {
    local: String,
    domain: String,
}

/// A text that is no e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnAddress;

impl AddrSpec {
    /// Reads `local@domain`. White space around it is dropped; anything else that is not an
    /// addr-spec is an error.
    pub fn parse(text: &str) -> Result<AddrSpec, NotAnAddress> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        AddrSpec::from_parts(local, domain)
    }

    /// The address of a local part at a domain.
    pub fn from_parts(local: &str, domain: &str) -> Result<AddrSpec, NotAnAddress> {
        let domain = lower(domain.trim().trim_end_matches('.'));
        let local = local.trim();
        let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
        let local_ok = !local.is_empty()
            && local.len() <= 128
            && (quoted
                || local.bytes().all(|b| {
                    b.is_ascii_alphanumeric()
                        || b"!#$%&'*+-/=?^_`{|}~.".contains(&b)
                        || !b.is_ascii()
                }))
            && ((local.is_ascii() && !quoted)
                || !local.chars().any(|c| c.is_control() || c.is_whitespace()));
        let domain_ok = !domain.is_empty()
            && domain.len() <= 253
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && match label.is_ascii() {
                        true => label
                            .bytes()
                            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'),
                        false => label
                            .chars()
                            .all(|c| c.is_alphanumeric() || c == '-' || c == '_'),
                    }
            });
        if local_ok && domain_ok {
            Ok(AddrSpec {
                local: lower(local).into_owned(),
                domain: domain.into_owned(),
            })
        } else {
            Err(NotAnAddress)
        }
    }

    /// The part before the `@`.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The part after the `@`, in lower case.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The address without its subaddress, and the subaddress (RFC 5233): `me+shop@` with
    /// separator `+` is (`me@`, `shop`). `None` where there is no tag.
    pub fn subaddress(&self, separator: char) -> Option<(AddrSpec, &str)> {
        let (base, tag) = self.local.split_once(separator)?;
        if base.is_empty() || tag.is_empty() {
            return None;
        }
        Some((
            AddrSpec {
                local: base.to_owned(),
                domain: self.domain.clone(),
            },
            tag,
        ))
    }
}

impl fmt::Display for AddrSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

impl From<AddrSpec> for String {
    fn from(spec: AddrSpec) -> String {
        spec.to_string()
    }
}

impl TryFrom<String> for AddrSpec {
    type Error = NotAnAddress;
    fn try_from(text: String) -> Result<AddrSpec, NotAnAddress> {
        AddrSpec::parse(&text)
    }
}

/// The organisational (registrable) domain by the Public Suffix List, in lower case:
/// `mail.shop.co.jp` is `shop.co.jp`. A public suffix or a single label is returned as it is.
pub fn org_domain(domain: &str) -> String {
    let domain = lower(domain.trim().trim_end_matches('.'));
    match psl::domain_str(&domain) {
        Some(org) => org.to_owned(),
        None => domain.into_owned(),
    }
}

/// A text in lower case; one that is in lower case already is not copied.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        text.to_lowercase().into()
    } else if text.bytes().any(|b| b.is_ascii_uppercase()) {
        text.to_ascii_lowercase().into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_addresses_as_mail_systems_do() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(
                AddrSpec::parse(text).ok().map(|a| a.to_string()).as_deref(),
                want,
                "{text:?}"
            );
        };
        check("Me@Example.ORG", Some("me@example.org"));
        check(" a.b+c@mail.example.net. ", Some("a.b+c@mail.example.net"));
        check(
            "dotted..twice.@example.org",
            Some("dotted..twice.@example.org"),
        );
        check("山田@例え.example", Some("山田@例え.example"));
        check("no-at.example", None);
        check("two words@example.org", None);
        check("@example.org", None);
        check("me@", None);
        check("me@exa mple.org", None);
    }

    #[test]
    fn compares_organisations_by_the_public_suffix_list() {
        assert_eq!(org_domain("news.shop.co.jp"), "shop.co.jp");
        assert_eq!(org_domain("a.b.example"), "b.example");
        assert_eq!(org_domain("evil-example.org"), "evil-example.org");
        assert_eq!(org_domain("localhost"), "localhost");
    }

    #[test]
    fn splits_a_tag_at_the_first_separator() {
        let spec = AddrSpec::parse("me+shop+2@example.org").expect("an address");
        let (base, tag) = spec.subaddress('+').expect("a tag");
        assert_eq!(
            (base.to_string().as_str(), tag),
            ("me@example.org", "shop+2")
        );
        assert!(
            AddrSpec::parse("me@example.org")
                .expect("an address")
                .subaddress('+')
                .is_none()
        );
    }
}
