//! Bitwarden's export in JSON.

use super::entry::{Entry, instant_of};
use super::json::{List, Text, typed};
use super::{Format, Parsed, columns};
use anyhow::Result;
use serde::Deserialize;

/// The type of an item that is a login.
const LOGIN: &str = "1";
/// The type of a custom field that is shown as dots.
const HIDDEN: &str = "1";

#[derive(Deserialize)]
struct Export {
    #[serde(default)]
    items: List<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default, rename = "type")]
    kind: Text,
    #[serde(default)]
    name: Text,
    #[serde(default)]
    notes: Text,
    #[serde(default)]
    fields: List<Field>,
    login: Option<Login>,
    #[serde(default, rename = "creationDate")]
    created: Text,
}

#[derive(Deserialize)]
struct Login {
    #[serde(default)]
    uris: List<Uri>,
    #[serde(default)]
    username: Text,
}

#[derive(Deserialize)]
struct Uri {
    #[serde(default)]
    uri: Text,
}

#[derive(Deserialize)]
struct Field {
    #[serde(default)]
    name: Text,
    #[serde(default)]
    value: Text,
    #[serde(default, rename = "type")]
    kind: Text,
}

/// Reads the export.
///
/// # Errors
/// Those of [`typed`].
pub(super) fn read(bytes: &[u8]) -> Result<Parsed> {
    let export: Export = typed(bytes)?;
    let mut parsed = Parsed::new(Format::BitwardenJson);
    for item in export.items.0 {
        let Some(login) = item.login.filter(|_| item.kind.0 == LOGIN) else {
            parsed.others += 1;
            continue;
        };
        let mut entry = Entry::default();
        entry.name(&item.name.0);
        for uri in &login.uris.0 {
            entry.used_at(&uri.uri.0);
        }
        entry.known_as(&login.username.0);
        entry.given_at = instant_of(&item.created.0);
        let open = |field: &&Field| field.kind.0 != HIDDEN && !columns::is_secret(&field.name.0);
        let fields = item
            .fields
            .0
            .iter()
            .filter(open)
            .map(|field| field.value.0.as_str());
        let notes: Vec<&str> = fields.chain([item.notes.0.as_str()]).collect();
        parsed.push(entry.ended(&notes))?;
    }
    Ok(parsed)
}
