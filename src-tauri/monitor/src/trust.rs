//! Whom a connection to a mail server believes, on the user's word.

use ring::digest::{SHA256, digest};
use std::path::PathBuf;

/// Whom a connection believes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// The authorities of this system.
    #[default]
    System,
    /// The certificates of this PEM file.
    Authority(PathBuf),
    /// This very certificate, whatever name and dates stand in it: programs on this PC (Proton
    /// Mail Bridge) make their own.
    Certificate(Fingerprint),
}

impl Trust {
    /// From what was said; the certificate goes before the file.
    pub fn of(file: Option<PathBuf>, certificate: Option<Fingerprint>) -> Trust {
        match (certificate, file) {
            (Some(certificate), _) => Trust::Certificate(certificate),
            (None, Some(file)) => Trust::Authority(file),
            (None, None) => Trust::System,
        }
    }

    /// The PEM file, where there is one.
    pub fn file(&self) -> Option<String> {
        match self {
            Trust::Authority(path) => Some(path.display().to_string()),
            Trust::System | Trust::Certificate(_) => None,
        }
    }

    /// The one certificate, where there is one.
    pub fn certificate(&self) -> Option<String> {
        match self {
            Trust::Certificate(fingerprint) => Some(fingerprint.to_string()),
            Trust::System | Trust::Authority(_) => None,
        }
    }
}

/// SHA-256 of a certificate, written as other programs write it: pairs of hex digits with colons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Of a certificate in DER.
    pub fn of(der: &[u8]) -> Fingerprint {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest(&SHA256, der).as_ref());
        Fingerprint(bytes)
    }

    /// Reads one, with colons, spaces or neither, in large or small letters.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let digits: Vec<u8> = text
            .chars()
            .filter(|c| !matches!(c, ':' | ' '))
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?;
        let pairs = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]);
        let bytes: Vec<u8> = pairs.collect();
        (digits.len() == 64)
            .then(|| bytes.try_into().ok())
            .flatten()
            .map(Fingerprint)
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            let colon = if at == 0 { "" } else { ":" };
            write!(f, "{colon}{byte:02X}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_is_written() {
        let fingerprint = Fingerprint::of(b"made up");
        let text = fingerprint.to_string();
        assert_eq!(text.len(), 95, "32 pairs and 31 colons");
        for variant in [
            text.clone(),
            text.to_lowercase(),
            text.replace(':', ""),
            text.replace(':', " "),
        ] {
            assert_eq!(Fingerprint::parse(&variant), Some(fingerprint), "{variant}");
        }
        for wrong in [
            "",
            "AB",
            &text[1..],
            &format!("{text}:00"),
            "é".repeat(64).as_str(),
        ] {
            assert_eq!(Fingerprint::parse(wrong), None, "{wrong}");
        }
    }
}
