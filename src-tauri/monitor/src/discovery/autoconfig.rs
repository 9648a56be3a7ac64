//! Reading a description of a provider's servers ("clientConfig" 1.1, as Thunderbird defines it).

use exposure::Security;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// Most servers of one description that are looked at.
const MOST: usize = 32;
/// Longest text of one field that is believed.
const LONGEST: usize = 255;

/// What mail is fetched with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// IMAP.
    Imap,
    /// POP3.
    Pop,
}

/// A server that mail is fetched from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// What mail is fetched with.
    pub kind: Kind,
    /// Host; may hold places such as `%EMAILDOMAIN%`.
    pub host: String,
    /// Port.
    pub port: u16,
    /// `None`: nothing is encrypted.
    pub security: Option<Security>,
    /// Login name, with places.
    pub login: String,
}

/// Reads a description: the provider's name and its servers in their order. What is broken or
/// not understood is left out; entities that a document defines for itself are never expanded.
pub fn read(xml: &[u8]) -> (String, Vec<Incoming>) {
    let xml = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    let (mut name, mut servers, mut open) = (String::new(), Vec::new(), None);
    let mut text = String::new();
    while servers.len() < MOST {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                text.clear();
                if element.local_name().as_ref() == "incomingServer" {
                    open = Some(Draft::of(&element));
                }
            }
            Ok(Event::Text(piece)) => {
                append(&mut text, &piece);
            }
            Ok(Event::GeneralRef(entity)) => {
                if let Ok(character) = unescape(&format!("&{};", &*entity)) {
                    append(&mut text, &character);
                }
            }
            Ok(Event::End(element)) => match (element.local_name().as_ref(), &mut open) {
                ("incomingServer", _) => servers.extend(open.take().and_then(Draft::finished)),
                (field, Some(draft)) => draft.learn(field, text.trim()),
                ("displayShortName", None) => text.trim().clone_into(&mut name),
                ("displayName", None) if name.is_empty() => text.trim().clone_into(&mut name),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    if name.contains('%') || name.chars().any(char::is_control) {
        name.clear();
    }
    (name, servers)
}

fn append(text: &mut String, piece: &str) {
    if text.len() + piece.len() <= LONGEST {
        text.push_str(piece);
    }
}

/// A server while it is read.
#[derive(Default)]
struct Draft {
    kind: Option<Kind>,
    host: String,
    port: u16,
    socket: String,
    login: String,
}

impl Draft {
    fn of(element: &BytesStart<'_>) -> Draft {
        let kind = element.try_get_attribute("type").ok().flatten();
        Draft {
            kind: match kind.as_ref().map(|kind| kind.value.as_ref()) {
                Some("imap") => Some(Kind::Imap),
                Some("pop3") => Some(Kind::Pop),
                _ => None,
            },
            ..Draft::default()
        }
    }

    fn learn(&mut self, field: &str, text: &str) {
        match field {
            "hostname" => text.clone_into(&mut self.host),
            "port" => self.port = text.parse().unwrap_or(0),
            "socketType" => text.clone_into(&mut self.socket),
            "username" => text.clone_into(&mut self.login),
            _ => {}
        }
    }

    fn finished(self) -> Option<Incoming> {
        let security = match self.socket.as_str() {
            "SSL" | "TLS" => Some(Security::Tls),
            "STARTTLS" => Some(Security::Starttls),
            _ => None,
        };
        if !is_host(&self.host) || self.port == 0 {
            return None;
        }
        Some(Incoming {
            kind: self.kind?,
            host: self.host,
            port: self.port,
            security,
            login: self.login,
        })
    }
}

/// Whether a text can be a host: nothing else may end up on screen as one.
fn is_host(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '%');
    !text.is_empty() && text.contains('.') && text.chars().all(allowed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const EXAMPLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE clientConfig [<!ENTITY big "made up, made up, made up">]>
<clientConfig version="1.1"><emailProvider id="example.org">
  <domain>example.org</domain>
  <displayName>Example Mail</displayName><displayShortName>Example &amp; Co</displayShortName>
  <!-- <incomingServer type="imap"><hostname>no.example.org</hostname></incomingServer> -->
  <incomingServer type="pop3"><hostname>pop.example.org</hostname><port>995</port>
    <socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>
  <incomingServer type="imap"><hostname> imap.example.org </hostname><port>143</port>
    <socketType>STARTTLS</socketType><username>&big;</username></incomingServer>
  <incomingServer type="imap"><hostname>imap.example.org</hostname><port>0</port></incomingServer>
  <incomingServer type="imap"><hostname>spaced out.example.org</hostname><port>143</port></incomingServer>
  <outgoingServer type="smtp"><hostname>smtp.example.org</hostname><port>465</port></outgoingServer>
</emailProvider></clientConfig>"#;

    #[test]
    fn reads_servers_in_their_order_and_leaves_out_what_cannot_be() {
        let (name, servers) = read(EXAMPLE.as_bytes());
        assert_eq!(name, "Example & Co");
        let incoming = |kind, host: &str, port, security, login: &str| Incoming {
            kind,
            host: host.to_owned(),
            port,
            security: Some(security),
            login: login.to_owned(),
        };
        assert_eq!(
            servers,
            [
                incoming(
                    Kind::Pop,
                    "pop.example.org",
                    995,
                    Security::Tls,
                    "%EMAILADDRESS%"
                ),
                incoming(Kind::Imap, "imap.example.org", 143, Security::Starttls, ""),
            ],
            "an entity of the document's own is never expanded"
        );
    }

    #[test]
    fn takes_half_a_document_for_what_it_says_so_far() {
        for at in 0..EXAMPLE.len() {
            if EXAMPLE.is_char_boundary(at) {
                let (_, servers) = read(&EXAMPLE.as_bytes()[..at]);
                assert!(servers.len() <= 2, "cut at {at}");
            }
        }
    }
}
