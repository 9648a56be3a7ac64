//! Which mailboxes a file or folder holds, found by content and not by ending.

use crate::fault::{Code, Fault};
use crate::mailbox::roles;
use anyhow::{Context, Result};
use exposure::Role;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How deep folders are looked into.
const DEPTH: usize = 12;

/// One mailbox on this PC.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) form: Form,
}

/// How its messages lie.
#[derive(Debug)]
pub(super) enum Form {
    /// All in one file.
    Mbox(PathBuf),
    /// One file each.
    Files(Vec<PathBuf>),
}

/// The mailboxes of a file or folder, by name.
pub(super) fn of(path: &Path) -> Result<Vec<Place>> {
    let cannot = || Fault::new(Code::CannotRead).with("path", path.display().to_string());
    let about = fs::metadata(path).with_context(cannot)?;
    let mut places = Vec::new();
    if about.is_file() {
        places.extend(file(path, "")?);
    } else {
        folder(path, "", DEPTH, &mut places).with_context(cannot)?;
    }
    // What stands alone is where mail arrived, whatever it is called, unless its name says more.
    if let [only] = places.as_mut_slice()
        && only.role == Role::Other
    {
        only.role = Role::Inbox;
    }
    places.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(places)
}

fn file(path: &Path, under: &str) -> Result<Option<Place>> {
    let mut head = [0; 512];
    let mut opened = fs::File::open(path)?;
    let read = opened.read(&mut head)?;
    let head = head.get(..read).unwrap_or_default();
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let name = joined(under, &stem);
    let role = role_of(&stem);
    if head.starts_with(b"From ") {
        return Ok(Some(Place { name, role, form: Form::Mbox(path.to_owned()) }));
    }
    let single = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("eml"))
        && head.split(|b| *b == b'\n').next().is_some_and(|line| line.contains(&b':'));
    Ok(single.then(|| Place { name, role, form: Form::Files(vec![path.to_owned()]) }))
}

fn folder(path: &Path, under: &str, depth: usize, places: &mut Vec<Place>) -> Result<()> {
    if depth == 0 {
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)?.flatten().map(|e| e.path()).collect();
    entries.sort();
    if path.join("cur").is_dir() || path.join("new").is_dir() {
        let mut files = Vec::new();
        for part in ["cur", "new"] {
            if path.join(part).is_dir() {
                files.extend(fs::read_dir(path.join(part))?.flatten().map(|e| e.path()).filter(|p| p.is_file()));
            }
        }
        let (name, role) = if under.is_empty() { ("INBOX".to_owned(), Role::Inbox) } else { (under.to_owned(), role_of(under)) };
        places.push(Place { name, role, form: Form::Files(files) });
    }
    let mut loose = Vec::new();
    for entry in entries {
        let last = entry.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if entry.is_dir() {
            if !matches!(last.as_str(), "cur" | "new" | "tmp") {
                let shown = last.trim_start_matches('.').trim_end_matches(".sbd").trim_end_matches(".mbox");
                folder(&entry, &joined(under, shown), depth - 1, places)?;
            }
        } else if entry.extension().is_some_and(|e| e.eq_ignore_ascii_case("eml")) {
            loose.push(entry);
        } else if let Some(place) = file(&entry, under)? {
            places.push(place);
        }
    }
    if !loose.is_empty() {
        let name = if under.is_empty() { "mail".to_owned() } else { under.to_owned() };
        places.push(Place { role: role_of(&name), name, form: Form::Files(loose) });
    }
    Ok(())
}

fn joined(under: &str, name: &str) -> String {
    let text = if under.is_empty() { name.to_owned() } else { format!("{under}/{name}") };
    exposure::show::shown(&text, 200)
}

fn role_of(name: &str) -> Role {
    let last = name.rsplit('/').next().unwrap_or(name);
    // Takeout writes its languages' "All mail Including Spam and Trash": a view of everything.
    if last.to_lowercase().starts_with("all mail") || last.starts_with("すべてのメール") {
        return Role::All;
    }
    match roles::by_name(last, Some(".")) {
        Role::Other => roles::by_name(last, None),
        found @ (Role::Inbox | Role::Junk | Role::Sent | Role::Drafts | Role::Trash | Role::Archive | Role::All) => found,
    }
}
