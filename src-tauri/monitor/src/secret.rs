//! Secrets, and how to make one that nobody guesses.

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};

/// A secret that prints as nothing.
#[derive(Clone, PartialEq, Eq, serde::Deserialize, ts_rs::TS)]
#[ts(type = "string")]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// 256 bits of the system's randomness as 43 characters that may stand in an address, a form and
/// an IMAP line alike.
///
/// # Errors
/// When the system has no randomness to give.
pub fn unguessable() -> Result<String> {
    let mut bytes = [0_u8; 32];
    SystemRandom::new()
        .fill(&mut bytes)
        .ok()
        .context("the system gives no randomness")?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Letters and figures of which none is taken for another.
const PLAIN: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// So many letters and figures at random, at most 43.
///
/// # Errors
/// When the system has no randomness to give.
pub fn plain_letters(count: usize) -> Result<String> {
    let part = unguessable()?
        .bytes()
        .take(count)
        .filter_map(|byte| PLAIN.get(usize::from(byte) % PLAIN.len()))
        .map(|byte| char::from(*byte))
        .collect();
    Ok(part)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_none_is_printed() {
        let (one, other) = (unguessable().unwrap(), unguessable().unwrap());
        assert_eq!(one.len(), 43, "256 bits in six-bit characters");
        assert_ne!(one, other, "each is drawn anew");
        let shown = format!("{:?}", Secret(one.clone()));
        assert!(!shown.contains(&one), "a secret prints as nothing");
    }
}
