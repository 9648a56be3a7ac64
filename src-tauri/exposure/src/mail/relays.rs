//! Alias providers (facts.md section 4): they forward mail, write another From, and say in header
//! fields of their own which alias it was sent to and who sent it.
//!
//! Their word counts only where the visible From is of the provider or of the alias's own domain,
//! which is what a forwarded message looks like; anybody can write such fields.

use super::authentication::judged;
use super::decode;
use super::fields::Fields;
use super::received::without_comments;
use crate::{AddrSpec, Auth, org_domain};

/// Domains of alias providers whose addresses forward to a mailbox of the user (public pages of
/// SimpleLogin, addy.io, Firefox Relay, DuckDuckGo, Proton Pass, iCloud; checked 2026-11).
const RELAY_DOMAINS: &[&str] = &[
    "simplelogin.com",
    "simplelogin.co",
    "simplelogin.fr",
    "aleeas.com",
    "slmail.me",
    "slmails.com",
    "dralias.com",
    "8alias.com",
    "8shield.net",
    "anonaddy.com",
    "anonaddy.me",
    "addy.io",
    "addymail.com",
    "mozmail.com",
    "duck.com",
    "passmail.net",
    "passmail.com",
    "passinbox.com",
    "passfwd.com",
    "privaterelay.appleid.com",
];

/// Whether addresses of this domain are aliases of an alias provider.
pub fn is_relay_domain(domain: &str) -> bool {
    RELAY_DOMAINS.contains(&domain) || RELAY_DOMAINS.contains(&org_domain(domain).as_str())
}

/// What an alias provider says of a message that it forwarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relayed {
    /// The provider.
    pub(super) name: &'static str,
    /// The alias that the message was sent to.
    pub(super) alias: Option<AddrSpec>,
    /// Who sent it: address and display name.
    pub(super) sender: Option<(AddrSpec, String)>,
    /// What the provider's own check says of that sender.
    pub(super) auth: Auth,
}

/// Reads the fields of an alias provider; `None` for mail that came without one. `from` is the
/// visible From.
pub(super) fn relayed(fields: &Fields<'_>, from: Option<&(AddrSpec, String)>) -> Option<Relayed> {
    let address = |name: &str| -> Option<(AddrSpec, String)> {
        decode::addresses(fields.first(name)?).into_iter().next()
    };
    let spec = |name: &str| address(name).map(|(spec, _)| spec);
    let has = |name: &str| fields.first(name).is_some();
    let shown_name = from.map(|(_, name)| name.as_str()).unwrap_or_default();
    let mut relayed = Relayed {
        name: "simplelogin",
        alias: None,
        sender: None,
        auth: Auth::None,
    };
    if has("x-simplelogin-type") || has("x-simplelogin-envelope-to") {
        relayed.alias = spec("x-simplelogin-envelope-to");
        relayed.sender = address("x-simplelogin-original-from")
            .or_else(|| in_name(shown_name))
            .or_else(|| address("x-simplelogin-envelope-from"));
    } else if has("x-anonaddy-original-to") || has("x-anonaddy-original-sender") {
        relayed.name = "addy";
        relayed.alias = spec("x-anonaddy-original-to");
        relayed.sender = address("x-anonaddy-original-from-header")
            .or_else(|| address("x-anonaddy-original-sender"))
            .or_else(|| from.and_then(|(spec, name)| Some((folded(spec)?, name.clone()))));
    } else if has("duck-original-to") || has("duck-original-from") {
        relayed.name = "duckduckgo";
        relayed.alias = spec("duck-original-to");
        relayed.sender = address("duck-original-from");
    } else if let Some(value) = fields.first("x-icloud-hme") {
        relayed.name = "icloud";
        let value = decode::plain(value);
        let part = |key: &str| {
            let mut parts = value.split(';').map(str::trim);
            let text = parts.find_map(|part| part.strip_prefix(key))?;
            AddrSpec::parse(text).ok()
        };
        relayed.alias = part("p=");
        relayed.sender = part("s=").map(|spec| (spec, shown_name.to_owned()));
    } else if let Some((mask, name)) = from.filter(|(mask, name)| {
        name.ends_with("[via Relay]") && org_domain(mask.domain()) == "mozmail.com"
    }) {
        relayed.name = "relay";
        relayed.alias = Some(mask.clone());
        relayed.sender = in_name(name).or_else(|| address("resent-from"));
    } else {
        return None;
    }
    if !as_forwarded(from, relayed.alias.as_ref()) {
        return None;
    }
    if let Some((sender, _)) = &relayed.sender {
        let checked = fields.first("x-anonaddy-authentication-results");
        if let Some(value) = checked.filter(|_| relayed.name == "addy") {
            let value = decode::plain(value);
            let value = without_comments(&value);
            relayed.auth = judged(value.split(';').skip(1), &org_domain(sender.domain()));
        }
    }
    Some(relayed)
}

/// Whether the visible From is one that the provider writes.
fn as_forwarded(from: Option<&(AddrSpec, String)>, alias: Option<&AddrSpec>) -> bool {
    let Some((from, _)) = from else { return false };
    let of_alias =
        alias.is_some_and(|alias| org_domain(alias.domain()) == org_domain(from.domain()));
    of_alias || is_relay_domain(from.domain())
}

/// The sender in addy.io's From, `alias+local=domain@aliasdomain`.
fn folded(from: &AddrSpec) -> Option<AddrSpec> {
    let (_, sender) = from.local().rsplit_once('+')?;
    let (local, domain) = sender.rsplit_once('=')?;
    AddrSpec::parse(&format!("{local}@{domain}")).ok()
}

/// An address inside a display name: `Ada <ada@a.example> [via Relay]`, `ada at a.example`.
fn in_name(name: &str) -> Option<(AddrSpec, String)> {
    let name = name.trim_end_matches("[via Relay]").trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let bare =
        |word: &str| AddrSpec::parse(word.trim_matches(['<', '>', '(', ')', '\'', '"'])).ok();
    let spec = words.iter().find_map(|word| bare(word)).or_else(|| {
        words.windows(3).find_map(|three| match three {
            [local, "at", domain] => bare(&format!("{local}@{domain}")),
            _ => None,
        })
    })?;
    Some((spec, name.to_owned()))
}
