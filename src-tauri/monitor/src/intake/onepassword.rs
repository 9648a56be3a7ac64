//! 1Password's 1PUX: `export.data` in a zip.

use super::entry::{Entry, instant_of};
use super::json::{List, Text, typed};
use super::{Format, Parsed, columns};
use anyhow::Result;
use serde::Deserialize;

/// The category of logins.
const LOGIN: &str = "001";

#[derive(Deserialize)]
struct Export {
    #[serde(default)]
    accounts: List<Account>,
}

#[derive(Deserialize)]
struct Account {
    #[serde(default)]
    vaults: List<Vault>,
}

#[derive(Deserialize)]
struct Vault {
    #[serde(default)]
    items: List<Item>,
}

#[derive(Deserialize)]
struct Item {
    /// Older files wrap each item once more.
    item: Option<Box<Item>>,
    #[serde(default, rename = "categoryUuid")]
    category: Text,
    #[serde(default, rename = "createdAt")]
    created: Text,
    overview: Option<Overview>,
    details: Option<Details>,
}

#[derive(Deserialize)]
struct Overview {
    #[serde(default)]
    title: Text,
    #[serde(default)]
    url: Text,
    #[serde(default)]
    urls: List<Url>,
}

#[derive(Deserialize)]
struct Url {
    #[serde(default)]
    url: Text,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default, rename = "loginFields")]
    login: List<LoginField>,
    #[serde(default, rename = "notesPlain")]
    notes: Text,
    #[serde(default)]
    sections: List<Section>,
}

#[derive(Deserialize)]
struct LoginField {
    #[serde(default)]
    value: Text,
    #[serde(default)]
    designation: Text,
    #[serde(default, rename = "fieldType")]
    kind: Text,
}

#[derive(Deserialize)]
struct Section {
    #[serde(default)]
    fields: List<SectionField>,
}

#[derive(Deserialize)]
struct SectionField {
    #[serde(default)]
    title: Text,
    value: Option<Value>,
}

/// Concealed values and one-time codes have no place here.
#[derive(Deserialize)]
struct Value {
    email: Option<Email>,
    #[serde(default)]
    string: Text,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Email {
    Nested { email_address: Text },
    Plain(Text),
}

/// Reads the export.
///
/// # Errors
/// Those of [`typed`].
pub(super) fn read(bytes: &[u8]) -> Result<Parsed> {
    let export: Export = typed(bytes)?;
    let mut parsed = Parsed::new(Format::OnePux);
    let vaults = export
        .accounts
        .0
        .into_iter()
        .flat_map(|account| account.vaults.0);
    for mut item in vaults.flat_map(|vault| vault.items.0) {
        if let Some(inner) = item.item.take() {
            item = *inner;
        }
        if item.category.0 == LOGIN {
            parsed.push(entry(&item))?;
        } else {
            parsed.others += 1;
        }
    }
    Ok(parsed)
}

fn entry(item: &Item) -> Entry {
    let mut entry = Entry {
        given_at: instant_of(&item.created.0),
        ..Entry::default()
    };
    if let Some(overview) = &item.overview {
        entry.name(&overview.title.0);
        entry.used_at(&overview.url.0);
        for url in &overview.urls.0 {
            entry.used_at(&url.url.0);
        }
    }
    let Some(details) = &item.details else {
        return entry.ended(&[]);
    };
    for field in &details.login.0 {
        if field.designation.0 == "username" || field.kind.0 == "E" {
            entry.known_as(&field.value.0);
        }
    }
    let mut notes = Vec::new();
    for field in details
        .sections
        .0
        .iter()
        .flat_map(|section| &section.fields.0)
    {
        let Some(value) = field
            .value
            .as_ref()
            .filter(|_| !columns::is_secret(&field.title.0))
        else {
            continue;
        };
        match &value.email {
            Some(
                Email::Nested {
                    email_address: text,
                }
                | Email::Plain(text),
            ) => {
                entry.known_as(&text.0);
            }
            None => notes.push(value.string.0.as_str()),
        }
    }
    notes.push(&details.notes.0);
    entry.ended(&notes)
}
