//! What stands in the memory of programs that run, and in the files that they left.

use anyhow::{Context, Result};
use memchr::memmem;
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// How much is read at once, in bytes.
const STEP: usize = 1 << 20;
/// A page of memory, in bytes.
const PAGE: u64 = 4096;

/// A text as programs hold it: in UTF-8, and in UTF-16 as pages do.
#[derive(Clone, Debug)]
pub struct Wanted(Vec<Vec<u8>>);

impl Wanted {
    /// A text, which needs no longer be a whole one.
    pub fn new(text: &str) -> Wanted {
        let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        Wanted(vec![text.as_bytes().to_vec(), wide])
    }

    /// Whether it stands in these bytes.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        self.0
            .iter()
            .any(|form| memmem::find(bytes, form).is_some())
    }

    fn longest(&self) -> usize {
        self.0.iter().map(Vec::len).max().unwrap_or_default()
    }
}

/// The mappings of a process in which a text stands, and how many bytes were looked at in all: those
/// that are readable and in memory. An engine reserves far more than it uses.
///
/// # Errors
/// When the process is gone, or may not be looked into.
pub fn holding(process: u32, wanted: &Wanted) -> Result<(Vec<String>, u64)> {
    let folder = Path::new("/proc").join(process.to_string());
    let maps = std::fs::read_to_string(folder.join("maps"))?;
    let memory = File::open(folder.join("mem"))?;
    let pages = File::open(folder.join("pagemap"))?;
    let mut bytes = vec![0; STEP];
    let (mut found, mut all) = (Vec::new(), 0);
    for line in maps.lines().filter(|line| is_read(line)) {
        let (begin, end) = range(line).with_context(|| line.to_owned())?;
        let mut holds = false;
        for used in used(&pages, begin, end)? {
            let (mut at, mut kept) = (used.start, 0);
            while at < used.end {
                let room = bytes.len().min(kept + (used.end - at) as usize);
                match memory.read_at(&mut bytes[kept..room], at) {
                    Ok(0) => break,
                    Ok(read) => {
                        let filled = kept + read;
                        holds |= wanted.is_in(&bytes[..filled]);
                        all += read as u64;
                        at += read as u64;
                        // A text may lie across two steps.
                        kept = filled.min(wanted.longest());
                        bytes.copy_within(filled - kept..filled, 0);
                    }
                    // A page of a device, or one that went away.
                    Err(_) => (at, kept) = (at + PAGE, 0),
                }
            }
        }
        if holds {
            found.push(line.to_owned());
        }
    }
    Ok((found, all))
}

/// What is in memory or swapped out of a mapping: an entry of eight bytes for each page, whose two
/// highest bits say so, as the kernel documents it.
fn used(pages: &File, begin: u64, end: u64) -> Result<Vec<Range<u64>>> {
    let (mut entries, nothing) = (vec![0; STEP], vec![0; STEP]);
    let mut used: Vec<Range<u64>> = Vec::new();
    let mut at = begin;
    while at < end {
        let length = STEP.min((end - at).div_ceil(PAGE) as usize * 8);
        pages.read_exact_at(&mut entries[..length], at / PAGE * 8)?;
        let block = &entries[..length];
        let block = if *block == nothing[..length] {
            &[]
        } else {
            block
        };
        for (n, entry) in block.chunks(8).enumerate() {
            if entry[7] & 0b1100_0000 == 0 {
                continue;
            }
            let page = at + n as u64 * PAGE;
            match used.last_mut() {
                Some(last) if last.end == page => last.end += PAGE,
                Some(_) | None => used.push(page..page + PAGE),
            }
        }
        at += (length / 8) as u64 * PAGE;
    }
    Ok(used)
}

fn is_read(line: &str) -> bool {
    let is_kernels = line.ends_with("[vvar]") || line.ends_with("[vsyscall]");
    !is_kernels
        && line
            .split(' ')
            .nth(1)
            .is_some_and(|may| may.starts_with('r'))
}

fn range(line: &str) -> Option<(u64, u64)> {
    let (begin, end) = line.split(' ').next()?.split_once('-')?;
    Some((
        u64::from_str_radix(begin, 16).ok()?,
        u64::from_str_radix(end, 16).ok()?,
    ))
}

/// A process and all that it started, each with its arguments.
///
/// # Errors
/// Those of `/proc`.
pub fn family(process: u32) -> Result<Vec<(u32, String)>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir("/proc")?.filter_map(Result::ok) {
        let Some(id) = entry.file_name().to_str().and_then(|n| n.parse().ok()) else {
            continue;
        };
        // One that ends meanwhile is none.
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        let after = stat.rsplit_once(") ").map(|(_, after)| after);
        let parent: u32 = after
            .and_then(|after| after.split(' ').nth(1)?.parse().ok())
            .unwrap_or_default();
        let arguments = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let arguments = String::from_utf8_lossy(&arguments).replace('\0', " ");
        all.push((id, parent, arguments));
    }
    let mut family = Vec::new();
    let mut open = vec![process];
    while let Some(next) = open.pop() {
        let mut who = all.iter().filter(|(id, _, _)| *id == next);
        family.extend(
            who.next()
                .map(|(id, _, arguments)| (*id, arguments.clone())),
        );
        let children = all.iter().filter(|(_, parent, _)| *parent == next);
        open.extend(children.map(|(id, _, _)| *id));
    }
    Ok(family)
}

/// The files below a folder in which a text stands, and how many there are in all.
///
/// # Errors
/// When one cannot be read.
pub fn files_holding(folder: &Path, wanted: &Wanted) -> Result<(Vec<String>, u64)> {
    let (mut found, mut all) = (Vec::new(), 0);
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next)? {
            let (path, kind) = entry.and_then(|e| Ok((e.path(), e.file_type()?)))?;
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() {
                all += 1;
                if wanted.is_in(&std::fs::read(&path)?) {
                    found.push(path.display().to_string());
                }
            }
        }
    }
    Ok((found, all))
}
