//! Backups: the whole ledger but for the commands that fetch passwords, as SQLite has it, packed with
//! gzip and encrypted with a passphrase in the format of age. Any program that knows these formats
//! opens them.

use crate::fault::{self, Code, Fault};
use crate::scan::ReadingLock;
use crate::secret::Secret;
use crate::store::{self, AccountFacts, Entry, Store};
use crate::vault::Vault;
use crate::whole::{self, Place, Temporary};
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, scrypt};
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// How much work a passphrase takes, as a power of two: a second and 256 MB.
const WORK: u8 = 18;
/// The most work that a file may ask for: it may come from anybody.
const MOST_WORK: u8 = 19;
/// How the header of a file of age begins and how its last line does.
const HEADER: (&[u8], &[u8]) = (b"age-encryption.org/v1\n", b"\n--- ");
/// The longest header, in bytes: that of a passphrase has some 150.
const LONGEST_HEADER: usize = 1024;
/// A ledger is at most so many times as large as its backup, or as large as the smallest: more is
/// no ledger but a trap.
const MOST_UNPACKED: u64 = 200;
/// See [`MOST_UNPACKED`].
const SMALLEST_LEDGER: u64 = 16 * 1024 * 1024;
/// How the name of an unpacked ledger in the data folder begins.
const UNPACKED: &str = "ledger.sqlite.copy-";

/// Writes a backup of the ledger of a data folder; says how large it is, in bytes.
///
/// # Errors
/// [`Code::PassphraseMissing`], [`Code::FileExists`], [`Code::CannotWrite`], [`Code::DiskFull`].
pub fn back_up(data: &Path, path: &Path, passphrase: &Secret, place: Place) -> Result<u64> {
    let mut recipient = scrypt::Recipient::new(spoken(passphrase)?);
    recipient.set_work_factor(WORK);
    let copy = place_for_copy(data)?;
    Store::reader(data)?.copy_to(copy.path())?;
    store::without_commands(copy.path())?;
    whole::write(path, place, |file| {
        let recipients = std::iter::once(&recipient as &dyn age::Recipient);
        let sealed = Encryptor::with_recipients(recipients)?.wrap_output(BufWriter::new(file))?;
        let mut packed = GzEncoder::new(sealed, Compression::fast());
        io::copy(&mut File::open(copy.path())?, &mut packed)?;
        Ok(packed.finish()?.finish()?.flush()?)
    })?;
    Ok(std::fs::metadata(path)?.len())
}

/// A backup that was opened and checked, not yet in its place.
#[derive(Debug)]
pub struct Unpacked {
    copy: Temporary,
    accounts: Vec<AccountFacts>,
}

/// What a restore came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the ledger that was there is kept; `None` where there was none.
    pub kept: Option<PathBuf>,
    /// Accounts that cannot be entered before their password is given again.
    pub locked: Vec<String>,
}

/// Opens a backup beside the ledger of a data folder, and checks that it can take its place.
///
/// # Errors
/// [`Code::CannotRead`], [`Code::PassphraseMissing`], [`Code::PassphraseWrong`],
/// [`Code::NotABackup`], [`Code::BackupDamaged`], [`Code::NewerLedger`], [`Code::DiskFull`].
pub fn unpack(data: &Path, path: &Path, passphrase: &Secret) -> Result<Unpacked> {
    let outcome = unpacked(data, path, passphrase);
    outcome.map_err(|error| {
        let fault = fault::of(&error);
        match fault.code {
            // Of what was unpacked it is true as well; its own words speak of the data folder.
            Code::NotALedger => Fault::new(Code::NotABackup),
            Code::Other => return error,
            _ => fault,
        }
        .with("path", path.display().to_string())
        .into()
    })
}

fn unpacked(data: &Path, path: &Path, passphrase: &Secret) -> Result<Unpacked> {
    let cannot = || Fault::new(Code::CannotRead);
    let facts = std::fs::metadata(path).with_context(cannot)?;
    if !facts.is_file() {
        return Err(cannot().into());
    }
    let file = File::open(path).with_context(cannot)?;
    let mut plain = BufReader::new(opened(file, passphrase)?);
    store::make_folder(data)?;
    let copy = place_for_copy(data)?;
    let mut out = File::options().write(true).open(copy.path())?;
    let most = SMALLEST_LEDGER.max(facts.len().saturating_mul(MOST_UNPACKED));
    unzip(&mut plain, &mut out, most)?;
    let accounts = store::admitted(copy.path())?;
    Ok(Unpacked { copy, accounts })
}

impl Unpacked {
    /// Puts the ledger in the place of the one in the data folder, which is kept beside it. A
    /// password that this PC keeps goes to the server that it was given for and to no other: where
    /// the ledger that was there does not reach an account in the same way, it is forgotten.
    ///
    /// # Errors
    /// [`Code::AlreadyReading`], [`Code::DiskFull`]; the ledger has not changed then.
    pub fn put(self, data: &Path, vault: &dyn Vault) -> Result<Restored> {
        let _lock = ReadingLock::take(data)?;
        let there = Store::reader(data).and_then(|store| store.accounts());
        // Of a ledger that cannot be read nothing is known.
        let there = there.unwrap_or_default();
        for account in &self.accounts {
            let known = there.iter().any(|t| reached_alike(t, account));
            if !known && matches!(vault.kept(&account.name), Ok(Some(_))) {
                vault.forget(&account.name)?;
            }
        }
        let kept = store::put_in_place(self.copy.path(), data)?;
        let locked = self.accounts.into_iter().filter(|a| is_locked(a, vault));
        Ok(Restored {
            kept,
            locked: locked.map(|account| account.name).collect(),
        })
    }
}

/// A file in the data folder for a ledger that is packed or was unpacked.
fn place_for_copy(data: &Path) -> Result<Temporary> {
    let folder = || Fault::new(Code::DataFolder).with("path", data.display().to_string());
    let made = Temporary::beside(data, UNPACKED);
    made.map_err(|error| match fault::of(&error).code {
        Code::Other => error.context(folder()),
        _known => error,
    })
}

/// Whether two accounts of one name are reached at one server with one login.
fn reached_alike(one: &AccountFacts, other: &AccountFacts) -> bool {
    let how = |account: &AccountFacts| match account.entry.clone() {
        Entry::Imap {
            host,
            port,
            security,
            login,
            trust,
            sign_in,
            password_command: _,
        } => Some((host, port, security, login, trust, sign_in)),
        Entry::Archive { .. } => None,
    };
    one.name == other.name && how(one) == how(other)
}

/// Whether nothing that this PC keeps lets anybody into an account.
fn is_locked(account: &AccountFacts, vault: &dyn Vault) -> bool {
    match &account.entry {
        Entry::Imap { .. } => !matches!(vault.kept(&account.name), Ok(Some(_))),
        Entry::Archive { .. } => false,
    }
}

/// What a passphrase lets out of a file.
fn opened(file: File, passphrase: &Secret) -> Result<impl Read + use<>> {
    let mut file = BufReader::new(file);
    let mut head = Vec::new();
    file.by_ref()
        .take(LONGEST_HEADER as u64)
        .read_to_end(&mut head)?;
    let (first, last) = HEADER;
    if !head.starts_with(first) && !first.starts_with(&head) || head.is_empty() {
        return Err(Fault::new(Code::NotABackup).into());
    }
    if !head.windows(last.len()).any(|part| part == last) {
        let code = match head.len() < LONGEST_HEADER {
            true => Code::BackupDamaged,
            false => Code::NotABackup,
        };
        return Err(Fault::new(code).into());
    }
    let mut identity = scrypt::Identity::new(spoken(passphrase)?);
    identity.set_max_work_factor(MOST_WORK);
    let identities = std::iter::once(&identity as &dyn age::Identity);
    let sealed = Decryptor::new_buffered(io::Cursor::new(head).chain(file));
    let plain = sealed.and_then(|sealed| sealed.decrypt(identities));
    plain.map_err(|error| {
        let code = match error {
            DecryptError::DecryptionFailed => Code::PassphraseWrong,
            DecryptError::ExcessiveWork { .. }
            | DecryptError::NoMatchingKeys
            | DecryptError::UnknownFormat => Code::NotABackup,
            _damaged => Code::BackupDamaged,
        };
        Fault::new(code).into()
    })
}

fn unzip(plain: &mut impl io::BufRead, out: &mut File, most: u64) -> Result<()> {
    let damaged = || Fault::new(Code::BackupDamaged);
    if !plain
        .fill_buf()
        .with_context(damaged)?
        .starts_with(b"\x1f\x8b")
    {
        return Err(Fault::new(Code::NotABackup).into());
    }
    let mut zipped = GzDecoder::new(&mut *plain);
    let mut piece = vec![0; 64 * 1024];
    let mut length = 0;
    loop {
        let count = zipped.read(&mut piece).with_context(damaged)?;
        if count == 0 {
            break;
        }
        length += count as u64;
        if length > most {
            return Err(damaged().into());
        }
        out.write_all(piece.get(..count).unwrap_or_default())?;
    }
    // Only at its very end is it known that nothing was cut off.
    if plain.read(&mut piece).with_context(damaged)? != 0 {
        return Err(damaged().into());
    }
    Ok(out.sync_all()?)
}

fn spoken(passphrase: &Secret) -> Result<SecretString> {
    match passphrase.0.as_str() {
        "" => Err(Fault::new(Code::PassphraseMissing).into()),
        text => Ok(SecretString::from(text.to_owned())),
    }
}
