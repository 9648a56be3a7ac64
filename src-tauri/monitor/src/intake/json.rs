//! Exports in JSON. Only named fields are read, and what stands in others is skipped without being
//! kept. A field of another type than expected is as good as empty.

use super::{MOST_ENTRIES, Parsed, bitwarden, onepassword, own, proton};
use crate::exported::FORMAT;
use crate::fault::{Code, Fault};
use anyhow::Result;
use serde::de::{DeserializeOwned, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// What an error says that means "too many".
const TOO_MANY: &str = "more entries than a vault has";

/// What tells one format from another.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: Text,
    #[serde(default)]
    encrypted: Flag,
    #[serde(default, rename = "passwordProtected")]
    password_protected: Flag,
    items: Option<IgnoredAny>,
    vaults: Option<IgnoredAny>,
    accounts: Option<IgnoredAny>,
}

/// Reads an export in JSON.
///
/// # Errors
/// [`Code::ImportEncrypted`], [`Code::ImportUnknown`], [`Code::ImportDamaged`],
/// [`Code::ImportTooMany`], [`Code::ExportNewer`].
pub(super) fn read(bytes: &[u8]) -> Result<Parsed> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Fault::new(Code::ImportUnknown).into());
    }
    let head: Head = typed(bytes)?;
    if head.format.0 == FORMAT {
        return own::json(bytes);
    }
    if head.encrypted.0 || head.password_protected.0 {
        return Err(Fault::new(Code::ImportEncrypted).into());
    }
    match head {
        Head { items: Some(_), .. } => bitwarden::read(bytes),
        Head {
            vaults: Some(_), ..
        } => proton::read(bytes),
        Head {
            accounts: Some(_), ..
        } => onepassword::read(bytes),
        Head { .. } => Err(Fault::new(Code::ImportUnknown).into()),
    }
}

/// A shape from JSON.
///
/// # Errors
/// [`Code::ImportTooMany`]; [`Code::ImportDamaged`] for anything else.
pub(super) fn typed<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| {
        // The text of the error is not passed on: it may quote the file.
        let code = match error.to_string().contains(TOO_MANY) {
            true => Code::ImportTooMany,
            false => Code::ImportDamaged,
        };
        Fault::new(code).into()
    })
}

/// A text, or a number as one; empty for anything else.
#[derive(Clone, Debug, Default)]
pub(super) struct Text(pub String);

/// A yes; anything else is a no.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flag(pub bool);

/// A list of no more than [`MOST_ENTRIES`]; empty for anything else.
#[derive(Clone, Debug)]
pub(super) struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> List<T> {
        List(Vec::new())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Text, D::Error> {
        from.deserialize_any(TextVisitor)
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Flag, D::Error> {
        Text::deserialize(from).map(|text| Flag(text.0 == "true"))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<List<T>, D::Error> {
        from.deserialize_any(ListVisitor(PhantomData))
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Text, E> {
        Ok(Text::default())
    }
    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text::default())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Text, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Text::default())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text::default())
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<List<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(one) = seq.next_element()? {
            if list.len() >= MOST_ENTRIES {
                return Err(serde::de::Error::custom(TOO_MANY));
            }
            list.push(one);
        }
        Ok(List(list))
    }
    fn visit_str<E>(self, _: &str) -> Result<List<T>, E> {
        Ok(List::default())
    }
    fn visit_bool<E>(self, _: bool) -> Result<List<T>, E> {
        Ok(List::default())
    }
    fn visit_i64<E>(self, _: i64) -> Result<List<T>, E> {
        Ok(List::default())
    }
    fn visit_u64<E>(self, _: u64) -> Result<List<T>, E> {
        Ok(List::default())
    }
    fn visit_f64<E>(self, _: f64) -> Result<List<T>, E> {
        Ok(List::default())
    }
    fn visit_unit<E>(self) -> Result<List<T>, E> {
        Ok(List::default())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<List<T>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(List::default())
    }
}
