//! The words that a person sees on a screen, so that tests press and read what is really shown.

use crate::place::checkout;
use anyhow::{Context, Result};
use monitor::Lang;
use std::collections::BTreeMap;

/// The text of a key, from the one catalogue.
///
/// # Errors
/// When the catalogue has no such key.
pub fn text(lang: Lang, key: &str) -> Result<String> {
    let file = checkout().join(format!("ui/src/lib/words/{}.json", lang.code()));
    let texts: BTreeMap<String, String> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let text = texts.get(key).cloned();
    text.with_context(|| format!("{key} has no text in {}", lang.code()))
}
