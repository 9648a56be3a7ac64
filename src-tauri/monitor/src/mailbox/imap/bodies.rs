//! Parts of messages that a rule needs, after everything else was read: first how a message is
//! made up, then only the part that is wanted, piece by piece.

use super::command::{Command, Fetch};
use super::read::Reading;
use super::session::{Ending, Session};
use crate::cursor::Want;
use crate::mailbox::bodies::{self, Body, Found, LISTS, TEXT_LIMIT};
use anyhow::Result;
use exposure::Wanted;
use exposure::mail::{Encoding, Part, file_name};
use imap_proto::{
    AttributeValue, BodyContentCommon, BodyContentSinglePart, BodyParams, BodyStructure,
    ContentEncoding, Response,
};
use std::collections::BTreeMap;

/// Bytes of a part that are fetched at once.
const PIECE: u32 = 1 << 20;
/// Deepest nesting of parts that is followed.
const DEEPEST: usize = 20;

/// A part with the place at which it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Leaf {
    /// `1`, `2.1` … (RFC 3501, 6.4.5).
    section: String,
    part: Part,
    charset: String,
    /// Bytes as they are written.
    octets: u32,
}

impl Reading {
    /// Reads what is wanted of bodies, message by message, until nothing more is.
    pub(super) async fn run_bodies(&mut self) -> Result<()> {
        let mut known = BTreeMap::new();
        for at in 0..self.shelf.len() {
            if let Some(stand) = self.shelf.take(at) {
                let place = (stand.wire.clone(), stand.cursor.uidvalidity);
                known.insert(stand.name.clone(), place);
                self.shelf.put(at, stand);
            }
        }
        let mut open: Option<String> = None;
        while let Some(want) = self.reports.wanted().await? {
            self.session.go_on()?;
            if open.as_ref() != Some(&want.mailbox) {
                open = None;
                if let Some((wire, uidvalidity)) = known.get(&want.mailbox)
                    && let Some(opened) = self.session.examine(wire).await?
                    && opened.uidvalidity == *uidvalidity
                {
                    open = Some(want.mailbox.clone());
                }
            }
            let found = match open {
                Some(_) => self.session.body(&want).await?,
                None => Found::Gone,
            };
            self.reports.body(Body { want, found }).await?;
        }
        Ok(())
    }
}

impl Session {
    /// What is wanted of a message in the open mailbox.
    async fn body(&mut self, want: &Want) -> Result<Found> {
        let Some(leaves) = self.structure(want.uid).await? else {
            return Ok(Found::Gone);
        };
        match want.what {
            Wanted::Text => {
                let Some(leaf) = text_of(&leaves) else {
                    return Ok(Found::Gone);
                };
                let written = self.part(want.uid, leaf, TEXT_LIMIT).await?;
                let mut entity = head(leaf).into_bytes();
                entity.extend(written);
                Ok(Found::Text(entity))
            }
            Wanted::Lists => {
                let mut lists = Vec::new();
                let may_be = |leaf: &&Leaf| bodies::may_be_list(&leaf.part, u64::from(leaf.octets));
                for leaf in leaves.iter().filter(may_be).take(LISTS) {
                    let written = self.part(want.uid, leaf, bodies::LIST_LIMIT).await?;
                    lists.push(leaf.part.encoding.decoded(&written));
                }
                Ok(Found::Lists(lists))
            }
        }
    }

    /// The parts of a message; `None` where it is not there.
    async fn structure(&mut self, uid: u32) -> Result<Option<Vec<Leaf>>> {
        let mut found = None;
        let command = Command::Fetch(Fetch::Structure(uid));
        let ending = self
            .exchange(&command, |response| {
                if let Response::Fetch(_, attributes) = response {
                    for attribute in attributes {
                        if let AttributeValue::BodyStructure(body) = attribute {
                            let mut leaves = Vec::new();
                            gather(body, "", 0, &mut leaves);
                            found = Some(leaves);
                        }
                    }
                }
            })
            .await?;
        Ok(found.filter(|_| ending == Ending::Ok))
    }

    /// The bytes of a part as they are written, up to a limit.
    async fn part(&mut self, uid: u32, leaf: &Leaf, limit: u64) -> Result<Vec<u8>> {
        let mut bytes: Vec<u8> = Vec::new();
        let limit = limit.min(u64::from(leaf.octets));
        while (bytes.len() as u64) < limit {
            self.go_on()?;
            let from = u32::try_from(bytes.len())?;
            let length = PIECE.min(u32::try_from(limit)?.saturating_sub(from));
            let fetch = Fetch::Part {
                uid,
                section: leaf.section.clone(),
                from,
                length,
            };
            let before = bytes.len();
            let ending = self
                .exchange(&Command::Fetch(fetch), |response| {
                    if let Response::Fetch(_, attributes) = response {
                        for attribute in attributes {
                            if let AttributeValue::BodySection {
                                data: Some(data), ..
                            } = attribute
                            {
                                bytes.extend_from_slice(data);
                            }
                        }
                    }
                })
                .await?;
            if ending != Ending::Ok || bytes.len() == before {
                break;
            }
        }
        bytes.truncate(usize::try_from(limit)?);
        Ok(bytes)
    }
}

/// The part that a person reads: plain text before HTML.
fn text_of(leaves: &[Leaf]) -> Option<&Leaf> {
    let of = |kind: &str| {
        let mut leaves = leaves.iter();
        leaves.find(|leaf| !leaf.part.attached && leaf.part.content_type == kind)
    };
    of("text/plain").or_else(|| of("text/html"))
}

/// Header lines for a part that is read alone.
fn head(leaf: &Leaf) -> String {
    // From a server: nothing in it may begin a line of its own.
    let safe = |text: &str| -> String {
        let fits = |c: &char| c.is_ascii_alphanumeric() || "-_.:+/".contains(*c);
        text.chars().filter(fits).take(60).collect()
    };
    let mut head = format!("Content-Type: {}", safe(&leaf.part.content_type));
    if !leaf.charset.is_empty() {
        head.push_str(&format!("; charset=\"{}\"", safe(&leaf.charset)));
    }
    let encoding = leaf.part.encoding.word();
    head.push_str(&format!(
        "\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    ));
    head
}

/// Every part without further parts; those of messages inside the message are left out.
fn gather(body: &BodyStructure<'_>, section: &str, depth: usize, leaves: &mut Vec<Leaf>) {
    match body {
        BodyStructure::Basic { common, other, .. } | BodyStructure::Text { common, other, .. } => {
            leaves.push(leaf(section, common, other));
        }
        BodyStructure::Message { .. } => {}
        BodyStructure::Multipart { bodies, .. } if depth < DEEPEST => {
            for (at, body) in bodies.iter().enumerate() {
                let inner = match section {
                    "" => (at + 1).to_string(),
                    outer => format!("{outer}.{}", at + 1),
                };
                gather(body, &inner, depth + 1, leaves);
            }
        }
        BodyStructure::Multipart { .. } => {}
    }
}

fn leaf(section: &str, common: &BodyContentCommon<'_>, other: &BodyContentSinglePart<'_>) -> Leaf {
    let disposition = common.disposition.as_ref();
    let name = disposition.map_or_else(String::new, |d| named(&d.params, "filename"));
    let name = match name.is_empty() {
        true => named(&common.ty.params, "name"),
        false => name,
    };
    let section = match section {
        "" => "1",
        section => section,
    };
    Leaf {
        section: section.to_owned(),
        part: Part {
            content_type: format!("{}/{}", common.ty.ty, common.ty.subtype).to_ascii_lowercase(),
            name,
            attached: disposition.is_some_and(|d| d.ty.eq_ignore_ascii_case("attachment")),
            encoding: match &other.transfer_encoding {
                ContentEncoding::Base64 => Encoding::Base64,
                ContentEncoding::QuotedPrintable => Encoding::QuotedPrintable,
                ContentEncoding::SevenBit
                | ContentEncoding::EightBit
                | ContentEncoding::Binary
                | ContentEncoding::Other(_) => Encoding::Plain,
            },
        },
        charset: named(&common.ty.params, "charset"),
        octets: other.octets,
    }
}

/// The value of a parameter, put together where it came in pieces (RFC 2231).
fn named(params: &BodyParams<'_>, name: &str) -> String {
    let Some(params) = params else {
        return String::new();
    };
    let pieces = params.iter().filter(|(key, _)| {
        let rest = key.get(name.len()..);
        key.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('*'))
    });
    let whole: String = pieces.map(|(_, value)| value.as_ref()).collect();
    file_name(&whole)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn leaves(structure: &str) -> Vec<Leaf> {
        let response = format!("* 1 FETCH (UID 9 BODYSTRUCTURE {structure})\r\n");
        let (_, parsed) = Response::parse(response.as_bytes()).unwrap();
        let Response::Fetch(_, attributes) = parsed else {
            panic!("no FETCH");
        };
        let mut leaves = Vec::new();
        for attribute in &attributes {
            if let AttributeValue::BodyStructure(body) = attribute {
                gather(body, "", 0, &mut leaves);
            }
        }
        leaves
    }

    #[test]
    fn finds_the_parts_of_a_message_and_where_they_are_asked_for() {
        let mixed = leaves(
            r#"((("TEXT" "PLAIN" ("CHARSET" "iso-2022-jp") NIL NIL "7BIT" 120 4 NIL NIL NIL NIL)("TEXT" "HTML" ("CHARSET" "utf-8") NIL NIL "QUOTED-PRINTABLE" 900 20 NIL NIL NIL NIL) "ALTERNATIVE" ("BOUNDARY" "a") NIL NIL NIL)("APPLICATION" "VND.OPENXMLFORMATS-OFFICEDOCUMENT.SPREADSHEETML.SHEET" ("NAME" "=?UTF-8?B?5ZCN57C/Lnhsc3g=?=") NIL NIL "BASE64" 4000 NIL ("ATTACHMENT" ("FILENAME*0*" "UTF-8''%E5%90%8D" "FILENAME*1*" "%E7%B0%BF.xlsx")) NIL NIL) "MIXED" ("BOUNDARY" "b") NIL NIL NIL)"#,
        );
        let sections: Vec<&str> = mixed.iter().map(|leaf| leaf.section.as_str()).collect();
        assert_eq!(sections, ["1.1", "1.2", "2"]);
        assert_eq!(text_of(&mixed).unwrap().charset, "iso-2022-jp");
        assert_eq!(mixed[2].part.name, "名簿.xlsx");
        assert!(mixed[2].part.attached);
        assert_eq!(mixed[2].octets, 4000);
        let alone = leaves(r#"("TEXT" "HTML" NIL NIL NIL "8BIT" 12 1 NIL NIL NIL NIL)"#);
        assert_eq!(alone[0].section, "1");
        assert_eq!(
            head(text_of(&alone).unwrap()),
            "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        );
    }

    #[test]
    fn nothing_that_a_server_says_begins_a_line() {
        let hostile = Leaf {
            section: "1".into(),
            part: Part {
                content_type: "text/plain\r\nBcc: x".into(),
                ..Part::default()
            },
            charset: "utf-8\"\r\n\r\nbody".into(),
            octets: 1,
        };
        assert_eq!(head(&hostile).lines().count(), 3);
    }
}
