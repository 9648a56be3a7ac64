//! Proton Pass's export in JSON, also in a zip.

use super::entry::{Alias, Entry, instant_of};
use super::json::{List, Text, typed};
use super::{Format, Parsed};
use anyhow::Result;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Export {
    vaults: BTreeMap<String, Vault>,
}

#[derive(Deserialize)]
struct Vault {
    #[serde(default)]
    items: List<Item>,
}

#[derive(Deserialize)]
struct Item {
    data: Option<Content>,
    #[serde(default, rename = "aliasEmail")]
    alias: Text,
    #[serde(default, rename = "createTime")]
    created: Text,
}

#[derive(Deserialize)]
struct Content {
    #[serde(default, rename = "type")]
    kind: Text,
    metadata: Option<Metadata>,
    content: Option<Login>,
    #[serde(default, rename = "extraFields")]
    fields: List<Field>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    name: Text,
    #[serde(default)]
    note: Text,
}

#[derive(Deserialize)]
struct Login {
    #[serde(default, rename = "itemEmail")]
    email: Text,
    #[serde(default, rename = "itemUsername")]
    username: Text,
    #[serde(default)]
    urls: List<Text>,
    #[serde(default, rename = "autofillUrls")]
    autofill: List<Text>,
}

#[derive(Deserialize)]
struct Field {
    #[serde(default, rename = "type")]
    kind: Text,
    data: Option<FieldContent>,
}

#[derive(Deserialize)]
struct FieldContent {
    #[serde(default)]
    content: Text,
}

/// Reads the export.
///
/// # Errors
/// Those of [`typed`].
pub(super) fn read(bytes: &[u8]) -> Result<Parsed> {
    let export: Export = typed(bytes)?;
    let mut parsed = Parsed::new(Format::ProtonJson);
    for item in export.vaults.into_values().flat_map(|vault| vault.items.0) {
        match entry(&item) {
            Some(entry) => parsed.push(entry)?,
            None => parsed.others += 1,
        }
    }
    Ok(parsed)
}

/// `None` for what is neither a login nor an alias.
fn entry(item: &Item) -> Option<Entry> {
    let data = item.data.as_ref()?;
    let mut entry = Entry {
        given_at: instant_of(&item.created.0),
        ..Entry::default()
    };
    let mut notes = Vec::new();
    if let Some(metadata) = &data.metadata {
        entry.name(&metadata.name.0);
        notes.push(metadata.note.0.as_str());
    }
    match data.kind.0.as_str() {
        "alias" => {
            entry.alias = Some(Alias::On);
            entry.known_as(&item.alias.0);
            return Some(entry.ended(&[]));
        }
        "login" => {}
        _ => return None,
    }
    if let Some(login) = &data.content {
        for url in login.urls.0.iter().chain(&login.autofill.0) {
            entry.used_at(&url.0);
        }
        entry.known_as(&login.email.0);
        entry.known_as(&login.username.0);
    }
    let open = data.fields.0.iter().filter(|field| field.kind.0 == "text");
    notes.extend(open.filter_map(|field| Some(field.data.as_ref()?.content.0.as_str())));
    Some(entry.ended(&notes))
}
