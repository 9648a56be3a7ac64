//! The sample on disk: a Maildir++ tree and `truth.json` beside it.

use super::{Folder, Sample, Truth};
use anyhow::{Context, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// The Maildir inside the folder that [`write`] was given.
pub fn mail_dir(dir: &Path) -> PathBuf {
    dir.join("mail")
}

/// The truth inside the folder that [`write`] was given.
pub fn truth_file(dir: &Path) -> PathBuf {
    dir.join("truth.json")
}

/// Writes the mail of a sample as a Maildir++ tree under `dir/mail` and its truth as
/// `dir/truth.json`. The same sample gives the same file names. A sample that was written there
/// before is replaced; mail that is no sample is never touched.
///
/// # Errors
///
/// When `dir/mail` exists without a truth beside it, or the disk refuses.
pub fn write(dir: &Path, sample: &Sample) -> anyhow::Result<()> {
    let mail = mail_dir(dir);
    let truth = truth_file(dir);
    if mail.exists() {
        if !is_truth(&truth) {
            bail!(
                "{} holds mail that is not a sample; choose an empty folder",
                mail.display()
            );
        }
        fs::remove_dir_all(&mail).with_context(|| format!("clearing {}", mail.display()))?;
    }
    // The truth goes first, so that a tree that was cut short is known as a sample next time.
    fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
    let text = serde_json::to_string_pretty(&sample.truth).context("writing the truth as JSON")?;
    fs::write(&truth, text + "\n").with_context(|| format!("writing {}", truth.display()))?;
    for folder in Folder::ALL {
        let root = folder_dir(&mail, folder);
        for part in ["cur", "new", "tmp"] {
            let part = root.join(part);
            fs::create_dir_all(&part).with_context(|| format!("making {}", part.display()))?;
        }
        // Maildir++ marks a subfolder by this empty file.
        if folder != Folder::Inbox {
            let mark = root.join("maildirfolder");
            fs::write(&mark, b"").with_context(|| format!("writing {}", mark.display()))?;
        }
    }
    for (place, message) in sample.messages.iter().enumerate() {
        // No flags after a colon: Windows has no such file names.
        let name = format!("{}.M{place:05}.sample", message.arrived_at);
        let file = folder_dir(&mail, message.folder).join("cur").join(name);
        fs::write(&file, &message.bytes).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}

/// Whether a file is the truth of a sample and nobody else's.
fn is_truth(file: &Path) -> bool {
    fs::read(file).is_ok_and(|text| serde_json::from_slice::<Truth>(&text).is_ok())
}

fn folder_dir(mail: &Path, folder: Folder) -> PathBuf {
    match folder {
        Folder::Inbox => mail.to_owned(),
        Folder::Junk | Folder::Sent | Folder::Archive | Folder::Trash => {
            mail.join(format!(".{}", folder.name()))
        }
    }
}
