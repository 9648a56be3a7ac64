//! Which mailboxes lie below a path, and what they are called.

use super::files::is_eml;
use super::labels;
use super::lines::{Bytes, Lines};
use super::mbox::is_separator;
use super::packed::{self, Packed};
use crate::fault::{Code, Fault};
use crate::mailbox::{Listed, roles, utf7};
use anyhow::{Context, Result};
use exposure::Role;
use exposure::show::shown;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// How deep folders are looked into.
const DEPTH: usize = 24;

/// Longest name of a mailbox, in characters.
const NAME_LENGTH: usize = 200;

/// Where messages lie, and the mailboxes that they make: several where labels tell them apart.
pub(super) struct Folder {
    pub(super) listed: Vec<Listed>,
    pub(super) place: Place,
}

/// Where the messages of a mailbox lie.
pub(super) enum Place {
    /// In one mbox file.
    Mbox(PathBuf),
    /// In `cur` and `new` of a Maildir.
    Maildir(PathBuf),
    /// In the .eml files of a folder.
    Eml(PathBuf),
    /// In one file that is one message.
    Single(PathBuf),
    /// In one mbox of a zip.
    Packed(Packed),
    /// In the files of a folder of a zip, each with its name.
    PackedFiles(Vec<(String, Packed)>),
}

/// Every mailbox at or below a path, in the order of their names.
///
/// # Errors
/// [`Code::CannotRead`] when the path cannot be read, [`Code::NoMailThere`] when there is none;
/// [`Code::ArchiveLocked`] and [`Code::ArchiveTooMuch`] for a zip.
pub(super) fn folders(path: &Path) -> Result<Vec<Folder>> {
    let unreadable = || Fault::new(Code::CannotRead).with("path", path.display().to_string());
    let metadata = fs::metadata(path).with_context(unreadable)?;
    let mut found = Found::default();
    if metadata.is_dir() {
        found.directory(path, "", 0).with_context(unreadable)?;
    } else if packed::is_zip(path).with_context(unreadable)? {
        found
            .zip(packed::files(path)?, "")
            .with_context(unreadable)?;
    } else {
        found.file(path, "").with_context(unreadable)?;
        if found.folders.is_empty() && is_message(path).with_context(unreadable)? {
            found.add(stem(path), None, Place::Single(path.to_owned()));
        }
    }
    if found.folders.is_empty() {
        return Err(Fault::new(Code::NoMailThere)
            .with("path", path.display().to_string())
            .into());
    }
    // What stands alone is where mail arrived, unless its name says more.
    if let [folder] = found.folders.as_mut_slice()
        && let [only] = folder.listed.as_mut_slice()
        && only.role == Role::Other
    {
        only.role = Role::Inbox;
    }
    let first = |folder: &Folder| folder.listed.first().map(|listed| listed.name.clone());
    found.folders.sort_by_key(first);
    Ok(found.folders)
}

#[derive(Default)]
struct Found {
    folders: Vec<Folder>,
    names: BTreeSet<String>,
}

impl Found {
    /// Takes what lies in a directory that is called `name` (empty at the root).
    fn directory(&mut self, path: &Path, name: &str, depth: usize) -> io::Result<()> {
        let maildir = is_maildir(path);
        if maildir {
            let role = name.is_empty().then_some(Role::Inbox);
            let called = if name.is_empty() { "INBOX" } else { name };
            self.add(called.to_owned(), role, Place::Maildir(path.to_owned()));
        }
        let mut entries: Vec<PathBuf> = fs::read_dir(path)?
            .map(|entry| entry.map(|e| e.path()))
            .collect::<io::Result<_>>()?;
        entries.sort();
        let mut messages = false;
        for entry in entries {
            // Links are not followed: they may lead round in a circle.
            let Ok(metadata) = fs::symlink_metadata(&entry) else {
                continue;
            };
            if metadata.is_dir() && depth < DEPTH {
                if maildir && is_part_of_maildir(&entry) {
                    continue;
                }
                let below = joined(name, &directory_name(&entry, maildir));
                if let Err(error) = self.directory(&entry, &below, depth + 1) {
                    tracing::debug!("a folder is left out: {error}");
                }
            } else if metadata.is_file() && is_eml(&entry) {
                messages = true;
            } else if metadata.is_file() && !maildir {
                let taken = if is_called_zip(&entry) {
                    let inside = joined(name, &stem(&entry));
                    packed::files(&entry).and_then(|files| Ok(self.zip(files, &inside)?))
                } else {
                    self.file(&entry, name).map_err(anyhow::Error::new)
                };
                if let Err(error) = taken {
                    tracing::debug!("a file is left out: {error:#}");
                }
            }
        }
        if messages && !maildir {
            let called = if name.is_empty() {
                stem(path)
            } else {
                name.to_owned()
            };
            self.add(called, None, Place::Eml(path.to_owned()));
        }
        Ok(())
    }

    /// Takes a file if it is an mbox, or an empty one by its name.
    fn file(&mut self, path: &Path, parent: &str) -> io::Result<()> {
        if !is_mbox(path)? {
            return Ok(());
        }
        let name = joined(parent, &stem(path));
        let lines = Lines::new(File::open(path)?);
        self.mbox(name, lines, Place::Mbox(path.to_owned()))
    }

    /// Takes an mbox: as one mailbox, or as those that its labels make.
    fn mbox<B: Bytes>(&mut self, name: String, lines: Lines<B>, place: Place) -> io::Result<()> {
        let role = role_of(&name);
        // A file that is called Sent or Spam says by itself what lies in it.
        let of_everything = matches!(role, Role::All | Role::Other);
        if of_everything && labels::are_there(lines)? {
            let listed = labels::mailboxes(&name, role)
                .into_iter()
                .map(|(name, role)| self.listed(&name, role))
                .collect();
            self.folders.push(Folder { listed, place });
        } else {
            self.add(name, None, place);
        }
        Ok(())
    }

    /// Takes the files of a zip that is called `zip` (empty at the root): mbox files each for
    /// itself, single messages by their folder.
    fn zip(&mut self, files: Vec<(PathBuf, Packed)>, zip: &str) -> io::Result<()> {
        let mut singles: BTreeMap<String, Vec<(String, Packed)>> = BTreeMap::new();
        for (path, packed) in files {
            let folder = path.parent().unwrap_or(Path::new(""));
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let in_maildir = folder.ends_with("cur") || folder.ends_with("new");
            if is_foreign(&path) {
                continue;
            }
            if in_maildir || is_eml(&path) {
                let folder = match in_maildir {
                    true => folder.parent().unwrap_or(Path::new("")),
                    false => folder,
                };
                let messages = singles.entry(name_in_zip(zip, folder)).or_default();
                messages.push((name.into_owned(), packed));
                continue;
            }
            if !may_be_mbox(&path) || !is_mbox_by(&mut Lines::new(packed.open()?)) {
                continue;
            }
            let called = joined(&name_in_zip(zip, folder), &stem(&path));
            self.mbox(called, Lines::new(packed.open()?), Place::Packed(packed))?;
        }
        for (name, messages) in singles {
            let role = name.is_empty().then_some(Role::Inbox);
            let called = if name.is_empty() { "INBOX" } else { &name };
            self.add(called.to_owned(), role, Place::PackedFiles(messages));
        }
        Ok(())
    }

    fn add(&mut self, name: String, role: Option<Role>, place: Place) {
        let role = role.unwrap_or_else(|| role_of(&name));
        let listed = vec![self.listed(&name, role)];
        self.folders.push(Folder { listed, place });
    }

    /// A mailbox under a name that no other has.
    fn listed(&mut self, name: &str, role: Role) -> Listed {
        let name = shown(name, NAME_LENGTH);
        let mut unique = name.clone();
        let mut count = 1;
        while !self.names.insert(unique.clone()) {
            count += 1;
            unique = format!("{name} ({count})");
        }
        Listed { name: unique, role }
    }
}

/// The role of a name, or of its last part: below an account's or a profile's folder that says
/// what it is.
fn role_of(name: &str) -> Role {
    match roles::by_name(name) {
        Role::Other => roles::by_name(name.rsplit('/').next().unwrap_or(name)),
        named @ (Role::Inbox
        | Role::Junk
        | Role::Sent
        | Role::Drafts
        | Role::Trash
        | Role::Archive
        | Role::All) => named,
    }
}

fn is_called_zip(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

fn is_maildir(path: &Path) -> bool {
    path.join("cur").is_dir() && (path.join("new").is_dir() || path.join("tmp").is_dir())
}

fn is_part_of_maildir(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name == "cur" || name == "new" || name == "tmp")
}

/// Whether a file is an mbox: its first line is a separator, or it is empty and called like one.
fn is_mbox(path: &Path) -> io::Result<bool> {
    let first = first_line(path)?;
    if !first.is_empty() {
        return Ok(is_separator(&first));
    }
    let named = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("mbox"));
    let mut index = path.as_os_str().to_owned();
    index.push(".msf");
    Ok(fs::metadata(path)?.len() == 0 && (named || Path::new(&index).is_file()))
}

/// Whether the first line that is not empty is a separator. What cannot be unpacked is none.
fn is_mbox_by<B: Bytes>(lines: &mut Lines<B>) -> bool {
    let looked = lines.begin().and_then(|()| {
        for _ in 0..100 {
            if !lines.line().trim_ascii().is_empty() {
                break;
            }
            lines.step(|_| {})?;
        }
        Ok(())
    });
    match looked {
        Ok(()) => is_separator(lines.line()),
        Err(error) => {
            tracing::debug!("a file in a zip is left out: {error}");
            false
        }
    }
}

/// Whether a file in a zip is worth a look by its name: exports hold much besides mail.
fn may_be_mbox(path: &Path) -> bool {
    const OTHER: &[&str] = &[
        "avi", "css", "csv", "dat", "db", "doc", "docx", "gif", "gz", "heic", "htm", "html", "ics",
        "jpeg", "jpg", "js", "json", "mov", "mp3", "mp4", "msf", "pdf", "png", "ppt", "pptx",
        "sqlite", "svg", "tgz", "vcf", "webm", "webp", "xls", "xlsx", "xml", "zip",
    ];
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    !OTHER.contains(&extension.to_lowercase().as_str())
}

/// Whether a file in a zip is one that macOS put beside the real ones.
fn is_foreign(path: &Path) -> bool {
    let hidden = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("._"));
    hidden || path.starts_with("__MACOSX")
}

/// The name of a folder in a zip.
fn name_in_zip(zip: &str, folder: &Path) -> String {
    folder.iter().fold(zip.to_owned(), |name, part| {
        let part = Path::new(part);
        let dotted = part.to_string_lossy().starts_with('.');
        joined(&name, &directory_name(part, dotted))
    })
}

/// Whether a file is one message: it ends in .eml or begins with a header field.
fn is_message(path: &Path) -> io::Result<bool> {
    if is_eml(path) {
        return Ok(true);
    }
    let first = first_line(path)?;
    let Some(colon) = first.iter().position(|byte| *byte == b':') else {
        return Ok(false);
    };
    let name = first.get(..colon).unwrap_or_default();
    Ok(!name.is_empty()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-'))
}

/// The first line that is not empty, or its beginning.
fn first_line(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = BufReader::new(File::open(path)?).take(4096);
    loop {
        let mut line = Vec::new();
        if file.read_until(b'\n', &mut line)? == 0 || !line.trim_ascii().is_empty() {
            return Ok(line);
        }
    }
}

/// The name of a directory: Thunderbird's `Work.sbd` holds what lies below `Work`, Maildir++'s
/// `.Work.2024` is `Work/2024`.
fn directory_name(path: &Path, in_maildir: bool) -> String {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    if in_maildir && let Some(dotted) = name.strip_prefix('.') {
        return decoded(dotted).replace('.', "/");
    }
    for ending in [".sbd", ".mbox"] {
        if let Some(bare) = name.strip_suffix(ending) {
            return decoded(bare);
        }
    }
    decoded(&name)
}

/// A name as people read it: Thunderbird keeps the folders of a server under the server's names.
fn decoded(name: &str) -> String {
    utf7::decoded(name).unwrap_or_else(|| name.to_owned())
}

fn joined(parent: &str, name: &str) -> String {
    if parent.is_empty() {
        name.to_owned()
    } else {
        format!("{parent}/{name}")
    }
}

/// The name of a file or directory without an ending that only tells its kind.
fn stem(path: &Path) -> String {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    for ending in [".mbox", ".mbx", ".eml", ".zip"] {
        let bare = name
            .len()
            .checked_sub(ending.len())
            .and_then(|at| name.split_at_checked(at));
        if let Some((bare, tail)) = bare
            && tail.eq_ignore_ascii_case(ending)
            && !bare.is_empty()
        {
            return decoded(bare);
        }
    }
    decoded(&name)
}
