//! Names as Sieve reads them.

use crate::AddrSpec;

/// A quoted string (RFC 5228, 2.4.2): quotes and backslashes have a backslash before them, and
/// control characters, which no name has, are left out.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// A text in which `:matches` finds nothing but itself.
pub(super) fn matching(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '?' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An address as an interpreter writes it before it compares: a local part is in quotes only where
/// it needs them, and then only quotes and backslashes have a backslash before them.
pub(super) fn address(spec: &AddrSpec) -> String {
    let within = spec.local().strip_prefix('"');
    let Some(within) = within.and_then(|local| local.strip_suffix('"')) else {
        return spec.to_string();
    };
    let mut plain = String::new();
    let mut chars = within.chars();
    while let Some(c) = chars.next() {
        plain.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    let bare = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    match plain.split('.').all(bare) {
        true => format!("{plain}@{}", spec.domain()),
        false => format!("{}@{}", quoted(&plain), spec.domain()),
    }
}
