//! The one file in a zip that is the export. Nothing is written to disk, and no name in a zip is
//! taken for a path.

use super::{LARGEST, mail};
use crate::fault::{Code, Fault};
use anyhow::Result;
use std::io::{Cursor, Read};
use zeroize::Zeroizing;
use zip::ZipArchive;

/// Most files in a zip: 1Password adds the attachments.
const MOST_FILES: usize = 100_000;

/// The export in a zip.
///
/// # Errors
/// [`Code::ImportUnpacks`], [`Code::ImportEncrypted`], [`Code::ImportUnknown`],
/// [`Code::ImportIsMail`], [`Code::ImportDamaged`].
pub(super) fn inside(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let damaged = || Fault::new(Code::ImportDamaged);
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if zip.len() > MOST_FILES {
        return Err(Fault::new(Code::ImportUnpacks).into());
    }
    let (mut export, mut locked, mut mails) = (None, false, false);
    for (at, name) in zip.file_names().enumerate() {
        let Ok(name) = name else { continue };
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        if last == "export.data" || last == "data.json" {
            export = Some(at);
            break;
        }
        locked |= last.ends_with(".pgp");
        mails |= mail::is_called_mail(&name);
    }
    let Some(at) = export else {
        let code = match (locked, mails) {
            (true, _) => Code::ImportEncrypted,
            (false, true) => Code::ImportIsMail,
            (false, false) => Code::ImportUnknown,
        };
        return Err(Fault::new(code).into());
    };
    if zip.by_index_raw(at).map_err(|_| damaged())?.encrypted() {
        return Err(Fault::new(Code::ImportEncrypted).into());
    }
    let file = zip.by_index(at).map_err(|_| damaged())?;
    if file.size() > LARGEST {
        return Err(Fault::new(Code::ImportUnpacks).into());
    }
    // What a zip says about sizes need not be true.
    let mut export = Zeroizing::new(Vec::new());
    let read = file.take(LARGEST + 1).read_to_end(&mut export);
    if export.len() as u64 > LARGEST {
        return Err(Fault::new(Code::ImportUnpacks).into());
    }
    read.map_err(|_| damaged())?;
    Ok(export)
}
