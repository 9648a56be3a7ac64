//! SCRAM-SHA-256 (RFC 5802, RFC 7677) as values: what the client says, and whether the server has
//! proved itself. No channel binding is offered.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::{digest, hmac, pbkdf2};
use std::num::NonZeroU32;
use unicode_normalization::UnicodeNormalization;

/// The header of a client that binds no channel: "n,,".
const HEADER: &str = "n,,";
/// Most rounds that a server may ask for; a hostile one would let us hash for ever.
const MOST_ROUNDS: u32 = 2_000_000;
/// Bytes of a SHA-256.
const LENGTH: usize = digest::SHA256_OUTPUT_LEN;

/// The first message of the client.
pub(super) struct First {
    nonce: String,
    bare: String,
}

impl First {
    /// For a name and a nonce of printable characters without a comma.
    pub(super) fn new(login: &str, nonce: &str) -> First {
        let name = prepared(login).replace('=', "=3D").replace(',', "=2C");
        First {
            nonce: nonce.to_owned(),
            bare: format!("n={name},r={nonce}"),
        }
    }

    /// What is sent.
    pub(super) fn message(&self) -> String {
        format!("{HEADER}{}", self.bare)
    }

    /// The answer to the server's challenge; `None` where that is none, was made for another
    /// conversation, or asks for more rounds than anybody needs.
    pub(super) fn answer(&self, password: &str, challenge: &[u8]) -> Option<Answer> {
        let challenge = std::str::from_utf8(challenge).ok()?;
        let mut parts = challenge.split(',');
        let nonce = parts.next()?.strip_prefix("r=")?;
        let salt = STANDARD.decode(parts.next()?.strip_prefix("s=")?).ok()?;
        let rounds: u32 = parts.next()?.strip_prefix("i=")?.parse().ok()?;
        if !nonce.starts_with(&self.nonce) || nonce.len() == self.nonce.len() {
            return None;
        }
        let rounds = NonZeroU32::new(rounds).filter(|rounds| rounds.get() <= MOST_ROUNDS)?;

        let mut salted = [0_u8; LENGTH];
        let password = prepared(password);
        pbkdf2::derive(
            pbkdf2::PBKDF2_HMAC_SHA256,
            rounds,
            &salt,
            password.as_bytes(),
            &mut salted,
        );
        let salted = hmac::Key::new(hmac::HMAC_SHA256, &salted);
        let client_key = hmac::sign(&salted, b"Client Key");
        let stored_key = digest::digest(&digest::SHA256, client_key.as_ref());
        let without_proof = format!("c={},r={nonce}", STANDARD.encode(HEADER));
        let said = format!("{},{challenge},{without_proof}", self.bare);
        let signature = hmac::sign(
            &hmac::Key::new(hmac::HMAC_SHA256, stored_key.as_ref()),
            said.as_bytes(),
        );
        let proof: Vec<u8> = client_key
            .as_ref()
            .iter()
            .zip(signature.as_ref())
            .map(|(key, signature)| key ^ signature)
            .collect();
        let server_key = hmac::sign(&salted, b"Server Key");
        Some(Answer {
            message: format!("{without_proof},p={}", STANDARD.encode(proof)),
            server_key: hmac::Key::new(hmac::HMAC_SHA256, server_key.as_ref()),
            said,
        })
    }
}

/// The client's proof, and what the server has to prove in return.
pub(super) struct Answer {
    message: String,
    server_key: hmac::Key,
    said: String,
}

impl Answer {
    /// What is sent.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Whether the server's last message proves that it knows the password.
    pub(super) fn is_proven_by(&self, last: &[u8]) -> bool {
        let signature = std::str::from_utf8(last)
            .ok()
            .and_then(|last| last.split(',').next()?.strip_prefix("v="))
            .and_then(|signature| STANDARD.decode(signature).ok());
        signature.is_some_and(|signature| {
            hmac::verify(&self.server_key, self.said.as_bytes(), &signature).is_ok()
        })
    }
}

/// A text by the mappings of SASLprep (RFC 4013, 2.1 and 2.2). What it prohibits is left to the
/// server to refuse.
fn prepared(text: &str) -> String {
    text.chars()
        .filter(|c| !is_mapped_to_nothing(*c))
        .map(|c| if is_other_space(c) { ' ' } else { c })
        .nfkc()
        .collect()
}

/// RFC 3454, table C.1.2.
const fn is_other_space(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// RFC 3454, table B.1.
const fn is_mapped_to_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{1806}' | '\u{180b}'..='\u{180d}' | '\u{200b}'..='\u{200d}'
            | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The conversation of RFC 7677, 3.
    const NONCE: &str = "rOprNGfwEbeRWgbNEkqO";
    const CHALLENGE: &str =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    const PROOF: &str = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    const LAST: &str = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    fn answer(challenge: &str) -> Option<Answer> {
        First::new("user", NONCE).answer("pencil", challenge.as_bytes())
    }

    #[test]
    fn speaks_the_example_of_rfc_7677() {
        let first = First::new("user", NONCE);
        assert_eq!(first.message(), "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        let answer = first.answer("pencil", CHALLENGE.as_bytes()).unwrap();
        assert_eq!(answer.message(), PROOF);
        assert!(answer.is_proven_by(LAST.as_bytes()));
    }

    #[test]
    fn believes_no_server_that_does_not_know_the_password() {
        let answer = answer(CHALLENGE).unwrap();
        for last in [
            "",
            "v=",
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5=",
            "v=6rriTRBi23WpRR/wtup+",
            "e=invalid-proof",
            "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        ] {
            assert!(!answer.is_proven_by(last.as_bytes()), "{last:?}");
        }
    }

    #[test]
    fn answers_no_challenge_that_is_none() {
        for challenge in [
            "",
            "e=other-error",
            "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "r=somebodyElsesNonce%hvYDpWUa2RaTCAfuxFIlj,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "r=rOprNGfwEbeRWgbNEkqO%hvYD,s=not base64,i=4096",
            "r=rOprNGfwEbeRWgbNEkqO%hvYD,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0",
            "r=rOprNGfwEbeRWgbNEkqO%hvYD,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4000000000",
            "m=unknown,r=rOprNGfwEbeRWgbNEkqO%hvYD,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        ] {
            assert!(answer(challenge).is_none(), "{challenge}");
        }
    }

    #[test]
    fn prepares_the_examples_of_rfc_4013() {
        for (typed, prepared_as) in [
            ("I\u{ad}X", "IX"),
            ("user", "user"),
            ("USER", "USER"),
            ("\u{aa}", "a"),
            ("\u{2168}", "IX"),
            ("two\u{a0}words", "two words"),
        ] {
            assert_eq!(prepared(typed), prepared_as, "{typed:?}");
        }
        assert_eq!(
            First::new("a=b,c", "n").message(),
            "n,,n=a=3Db=2Cc,r=n",
            "a name ends where it ends"
        );
    }
}
