//! What a restore came to, in words.

use crate::backup::Restored;
use crate::words::Words;

/// A ledger that was restored: where the one before is, and which accounts are locked.
pub fn restored(words: &Words, restored: &Restored) -> Vec<String> {
    let mut lines = vec![words.say("restore.done")];
    if let Some(kept) = &restored.kept {
        let path = kept.display().to_string();
        lines.push(words.fill("restore.kept", &[("path", &path)]));
    }
    if !restored.locked.is_empty() {
        let accounts = words.list(&restored.locked);
        lines.push(words.fill("restore.locked", &[("accounts", &accounts)]));
    }
    lines
}
