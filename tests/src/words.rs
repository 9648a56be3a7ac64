//! The words that a person sees on a screen, so that tests press and read what is really shown.

use crate::place::checkout;
use anyhow::{Context, Result};
use monitor::Lang;
use std::collections::BTreeMap;

/// The text of a key, from the page's own catalogue.
///
/// # Errors
/// When no catalogue of that language has the key.
pub fn text(lang: Lang, key: &str) -> Result<String> {
    let folder = checkout().join("ui/src/lib/words");
    let ending = format!("{}.json", lang.code());
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.to_string_lossy().ends_with(&ending) {
            continue;
        }
        let texts: BTreeMap<String, String> =
            serde_json::from_str(&std::fs::read_to_string(path)?)?;
        if let Some(text) = texts.get(key) {
            return Ok(text.clone());
        }
    }
    None.with_context(|| format!("{key} has no text in {}", lang.code()))
}
