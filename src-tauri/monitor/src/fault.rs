//! Faults that a person can meet. A code exists only with its text and its action in every
//! language (`fault.<code>` and `fault.<code>.action` in the catalogue); a test holds that.

use std::fmt;

/// Declares the codes with the word that names their text in the catalogue.
macro_rules! codes {
    ($($(#[$meta:meta])* $variant:ident => $word:literal),+ $(,)?) => {
        /// What went wrong, where a person can do something about it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$meta])* $variant),+ }
        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];
            /// The word in the catalogue and in JSON.
            pub const fn word(self) -> &'static str { match self { $(Code::$variant => $word),+ } }
        }
    };
}

codes! {
    /// The server does not accept this password.
    PasswordRefused => "password_refused",
    /// The password store has none for this account, or it was not given.
    PasswordMissing => "password_missing",
    /// The password command ended with an error, printed nothing or took longer than 10 s.
    PasswordCommand => "password_command",
    /// The name of the host is not known. Parameter `host`.
    UnknownHost => "unknown_host",
    /// Nothing listens there, or the network is down. Parameter `host`.
    NoConnection => "no_connection",
    /// The certificate is expired, foreign or for another host. Parameter `host`.
    Certificate => "certificate",
    /// STARTTLS was not offered, came after PREAUTH, or bytes came before the handshake.
    EncryptionStripped => "encryption_stripped",
    /// Plain connections are for loopback hosts only. Parameter `host`.
    PlainRefused => "plain_refused",
    /// The server closed the connection. What was read is kept.
    ConnectionLost => "connection_lost",
    /// The server says what no IMAP server says (an endless line, a huge literal).
    ServerNonsense => "server_nonsense",
    /// The server refused a command in a way that has nothing to do with the password.
    ServerRefused => "server_refused",
    /// The disk is full. Nothing stored is lost.
    DiskFull => "disk_full",
    /// The ledger was written by a newer version. Parameter `version`.
    NewerLedger => "newer_ledger",
    /// The file is not a ledger.
    NotALedger => "not_a_ledger",
    /// The data folder cannot be used. Parameter `path`.
    DataFolder => "data_folder",
    /// Another Atesaki reads mail with this ledger.
    AlreadyReading => "already_reading",
    /// No password store runs on this PC.
    NoKeychain => "no_keychain",
    /// A text is no e-mail address. Parameter `text`.
    NotAnAddress => "not_an_address",
    /// There is no such account. Parameter `account`.
    NoSuchAccount => "no_such_account",
    /// A service needs a name.
    NoName => "no_name",
    /// Another service has the name. Parameter `name`.
    NameTaken => "name_taken",
    /// No edit of this run can be taken back.
    NothingToUndo => "nothing_to_undo",
    /// There is no such service. Parameter `service`.
    NoSuchService => "no_such_service",
    /// There is no such address. Parameter `address`.
    NoSuchAddress => "no_such_address",
    /// The account exists already. Parameter `account`.
    AccountExists => "account_exists",
    /// A date is no YYYY-MM-DD. Parameter `text`.
    NotADate => "not_a_date",
    /// There is no mail in this file or folder. Parameter `path`.
    NoMailThere => "no_mail_there",
    /// A file or folder cannot be read. Parameter `path`.
    CannotRead => "cannot_read",
    /// A zip is locked with a password. Parameter `path`.
    ArchiveLocked => "archive_locked",
    /// A zip would unpack to far more than mail does, or holds too many files. Parameter `path`.
    ArchiveTooMuch => "archive_too_much",
    /// The settings of this domain are not built in; a server must be named. Parameter `domain`.
    ServerUnknown => "server_unknown",
    /// The system does not let it start by itself.
    Autostart => "autostart",
    /// The server takes part in SCRAM and cannot prove that it knows the password.
    ServerUnproven => "server_unproven",
    /// The mail server does not accept a token that is fresh. Parameter `account`.
    TokenRefused => "token_refused",
    /// The sign-in has ended or was taken back; only the user can renew it. Parameter `account`.
    SignInAgain => "sign_in_again",
    /// The user, or an administrator, did not allow it.
    SignInDenied => "sign_in_denied",
    /// The provider refused to go on. Parameter `detail`: its code.
    SignInFailed => "sign_in_failed",
    /// Nobody finished the sign-in within five minutes.
    SignInTimeout => "sign_in_timeout",
    /// The provider's sign-in is busy or broken. Parameter `host`.
    SignInUnavailable => "sign_in_unavailable",
    /// A sign-in would be lost at once: no password store runs on this PC.
    SignInNeedsKeychain => "sign_in_needs_keychain",
    /// This program has no client id for the provider, or no endpoints. Parameter `provider`.
    NoRegistration => "no_registration",
    /// This program has no client id for Google; an app password does.
    NoRegistrationGoogle => "no_registration_google",
    /// This program has no client id for Microsoft, which accepts nothing else.
    NoRegistrationMicrosoft => "no_registration_microsoft",
    /// It is not the one certificate that the user believes. Parameters `host`, `fingerprint`.
    CertificateChanged => "certificate_changed",
    /// No browser could be opened.
    NoBrowser => "no_browser",
    /// The provider offers POP only. Parameter `provider`.
    PopOnly => "pop_only",
    /// The provider's login names are not addresses. Parameter `provider`.
    LoginNeeded => "login_needed",
    /// An export is encrypted. Parameter `path`.
    ImportEncrypted => "import_encrypted",
    /// A file is no export that is known, and no table. Parameter `path`.
    ImportUnknown => "import_unknown",
    /// No column of a table is known to hold the user's addresses. Parameter `path`.
    ImportColumns => "import_columns",
    /// A file is mail and no export. Parameter `path`.
    ImportIsMail => "import_is_mail",
    /// An export is larger than any vault. Parameter `path`.
    ImportTooLarge => "import_too_large",
    /// A zip would unpack to more than any vault. Parameter `path`.
    ImportUnpacks => "import_unpacks",
    /// An export has more entries than any vault. Parameter `path`.
    ImportTooMany => "import_too_many",
    /// An export is broken or cut off. Parameter `path`.
    ImportDamaged => "import_damaged",
    /// A table has no such column. Parameters `column`, `path`.
    NoSuchColumn => "no_such_column",
    /// An export of ours was written by a newer version. Parameters `version`, `path`.
    ExportNewer => "export_newer",
    /// Neither a format was named nor does the file's name say one. Parameter `path`.
    ExportFormat => "export_format",
    /// A file is there already and stays as it is. Parameter `path`.
    FileExists => "file_exists",
    /// A file cannot be written. Parameter `path`.
    CannotWrite => "cannot_write",
    /// No passphrase was given.
    PassphraseMissing => "passphrase_missing",
    /// What was typed twice is not the same.
    PassphrasesDiffer => "passphrases_differ",
    /// A backup does not open with this passphrase. Parameter `path`.
    PassphraseWrong => "passphrase_wrong",
    /// A file is no backup of Atesaki. Parameter `path`.
    NotABackup => "not_a_backup",
    /// A backup is cut off or was changed. Parameter `path`.
    BackupDamaged => "backup_damaged",
    /// A file cannot be deleted. Parameter `path`.
    CannotDelete => "cannot_delete",
    /// A file is not the one any more that was imported, and was not deleted. Parameter `path`.
    ExportChanged => "export_changed",
    /// More than one file or folder was dropped.
    SeveralDropped => "several_dropped",
    /// There is no such import. Parameter `import`.
    NoSuchImport => "no_such_import",
    /// The user has not said that the list of breaches may be fetched.
    BreachesOff => "breaches_off",
    /// The list of breaches was fetched within a day. Parameter `when`: when it may be again.
    BreachesSoon => "breaches_soon",
    /// The host of a list of breaches cannot be reached, or broke off. Parameter `host`.
    BreachesUnreachable => "breaches_unreachable",
    /// The host of a list of breaches asks to be left alone. Parameters `host`, `when`.
    BreachesWait => "breaches_wait",
    /// The host of a list of breaches does not give it. Parameters `host`, `status`.
    BreachesRefused => "breaches_refused",
    /// The host of a list of breaches is in trouble. Parameters `host`, `status`.
    BreachesTrouble => "breaches_trouble",
    /// What came is no list of breaches, or was cut off, or is too large. Parameter `host`.
    BreachesNonsense => "breaches_nonsense",
    /// A list of breaches that was kept cannot be read.
    BreachesDamaged => "breaches_damaged",
    /// A file is no list of breaches of the documented shape. Parameter `path`.
    CatalogueUnknown => "catalogue_unknown",
    /// The address of a list of breaches may not be asked. Parameter `text`.
    CatalogueAddress => "catalogue_address",
    /// The user stopped it.
    Stopped => "stopped",
    /// Anything else. Parameter `detail`.
    Other => "other",
}

/// A fault with the parameters of its sentence. It travels inside `anyhow::Error`; [`of`] finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong.
    pub code: Code,
    /// Parameters of the sentence, by name.
    pub params: Vec<(&'static str, String)>,
}

impl Fault {
    /// A fault whose sentence has no parameters.
    pub const fn new(code: Code) -> Fault {
        Fault {
            code,
            params: Vec::new(),
        }
    }

    /// The fault with one more parameter of its sentence.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Fault {
        self.params.push((name, value.into()));
        self
    }

    /// The fault as JSON, in the form in which [`Fault::read`] takes it.
    pub fn kept(&self) -> serde_json::Value {
        serde_json::json!({ "code": self.code.word(), "params": self.params })
    }

    /// A fault that was recorded as JSON; its parameter names are those of the catalogue.
    pub fn read(value: &serde_json::Value) -> Option<Fault> {
        let word = value.get("code")?.as_str()?;
        let code = *Code::ALL.iter().find(|code| code.word() == word)?;
        let mut fault = Fault::new(code);
        for pair in value.get("params")?.as_array()? {
            let (Some(name), Some(text)) = (pair.get(0)?.as_str(), pair.get(1)?.as_str()) else {
                continue;
            };
            for known in [
                "host", "account", "detail", "path", "version", "text", "domain", "address",
                "provider", "status", "when",
            ] {
                if known == name {
                    fault = fault.with(known, text);
                }
            }
        }
        Some(fault)
    }

    /// The parameters, as the catalogue fills them in.
    pub fn values(&self) -> Vec<(&'static str, &str)> {
        let params = self.params.iter();
        params
            .map(|(name, value)| (*name, value.as_str()))
            .collect()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.word())
    }
}

impl std::error::Error for Fault {}

/// The fault inside an error, or [`Code::Other`] with the whole chain as its detail. A full disk
/// is recognised wherever it was met.
pub fn of(error: &anyhow::Error) -> Fault {
    if let Some(fault) = error.downcast_ref::<Fault>() {
        return fault.clone();
    }
    for cause in error.chain() {
        if let Some(fault) = cause.downcast_ref::<Fault>() {
            return fault.clone();
        }
        let full = match cause.downcast_ref::<rusqlite::Error>() {
            Some(rusqlite::Error::SqliteFailure(e, _)) => {
                e.code == rusqlite::ErrorCode::DiskFull
                    || e.code == rusqlite::ErrorCode::SystemIoFailure
            }
            _ => false,
        };
        let io_full = cause.downcast_ref::<std::io::Error>().is_some_and(|e| {
            matches!(
                e.kind(),
                std::io::ErrorKind::StorageFull
                    | std::io::ErrorKind::FileTooLarge
                    | std::io::ErrorKind::QuotaExceeded
            )
        });
        if full || io_full {
            return Fault::new(Code::DiskFull);
        }
    }
    Fault::new(Code::Other).with("detail", format!("{error:#}"))
}
