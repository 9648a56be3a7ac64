//! A backup opens with its passphrase and with nothing else, and takes the place of a ledger as a
//! whole or not at all. Services, people and passwords are invented.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod house;

use age::secrecy::SecretString;
use age::{Decryptor, Encryptor, scrypt, x25519};
use exposure::Security;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use house::{House, names, refused, start};
use monitor::actor::Change;
use monitor::backup::{Restored, back_up, unpack};
use monitor::fault::{self, Code};
use monitor::mailbox::Secret;
use monitor::scan::ReadingLock;
use monitor::store::{Entry, NewAccount, SignIn, Store, ledger_path};
use monitor::surface::{self, Desk, Pick};
use monitor::trust::Trust;
use monitor::vault::{Keep, Memory, Vault};
use monitor::whole::Place;
use monitor::{ExportFormat, Handle};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const PASSPHRASE: &str = "made up horse battery";
/// Part of every command for a password here; it must be in no backup.
const COMMAND: &str = "print-a-made-up-password";

fn passphrase() -> Secret {
    Secret(PASSPHRASE.into())
}

fn account(name: &str, command: Option<&str>) -> Change {
    account_at("imap.example.org", name, command)
}

fn account_at(host: &str, name: &str, command: Option<&str>) -> Change {
    Change::AddAccount {
        account: NewAccount {
            name: name.into(),
            entry: Entry::Imap {
                host: host.into(),
                port: 993,
                security: Security::Tls,
                login: name.into(),
                trust: Trust::System,
                password_command: command.map(str::to_owned),
                sign_in: SignIn::Password,
            },
            separator: '+',
        },
        own_addresses: Vec::new(),
        own_domains: Vec::new(),
    }
}

/// A ledger with two accounts and a few services.
fn furnished() -> House {
    let house = House::new();
    house.give("ada+shop@example.org", "Made-up Shop");
    house.give("ada@example.org", "Made-up News");
    house.change(account("ada@example.org", Some(COMMAND)));
    house.change(account("bo@example.org", None));
    house
}

/// The ledger in a backup, as SQLite has it.
fn plain(backup: &[u8]) -> Vec<u8> {
    let identity = scrypt::Identity::new(SecretString::from(PASSPHRASE.to_owned()));
    let opened = Decryptor::new(backup).unwrap();
    let opened = opened.decrypt(std::iter::once(&identity as _)).unwrap();
    let mut ledger = Vec::new();
    GzDecoder::new(opened).read_to_end(&mut ledger).unwrap();
    ledger
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut zip = GzEncoder::new(Vec::new(), Compression::best());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap()
}

/// Bytes as a backup seals them, with little work.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let mut recipient = scrypt::Recipient::new(SecretString::from(PASSPHRASE.to_owned()));
    recipient.set_work_factor(2);
    sealed_for(&recipient, bytes)
}

fn sealed_for(recipient: &dyn age::Recipient, bytes: &[u8]) -> Vec<u8> {
    let sealing = Encryptor::with_recipients(std::iter::once(recipient)).unwrap();
    let mut out = Vec::new();
    let mut writer = sealing.wrap_output(&mut out).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap();
    out
}

/// A ledger that was changed by hand, as a backup.
fn changed(house: &House, sql: &str) -> Vec<u8> {
    let path = house.path("changed.sqlite");
    fs::write(&path, ledger_of(house)).unwrap();
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(sql).unwrap();
    drop(connection);
    let bytes = sealed(&zipped(&fs::read(&path).unwrap()));
    fs::remove_file(&path).unwrap();
    bytes
}

fn ledger_of(house: &House) -> Vec<u8> {
    let path = house.path("copy.sqlite");
    Store::reader(house.data()).unwrap().copy_to(&path).unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    bytes
}

fn restore(data: &Path, backup: &Path) -> anyhow::Result<Restored> {
    unpack(data, backup, &passphrase())?.put(data, &Memory::default())
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

#[test]
fn a_backup_is_the_whole_ledger_and_holds_no_command() {
    let house = furnished();
    let path = house.path("ledger.age");
    let began = Instant::now();
    let bytes = back_up(house.data(), &path, &passphrase(), Place::Free).unwrap();
    println!("backed up: {bytes} bytes in {:?}", began.elapsed());
    let backup = fs::read(&path).unwrap();
    assert_eq!(backup.len() as u64, bytes);
    assert!(backup.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    assert!(!holds(&backup, "example.org"), "nothing can be read in it");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let ledger = plain(&backup);
    assert!(holds(&ledger, "ada+shop@example.org"));
    assert!(!holds(&ledger, COMMAND), "not even in what SQLite leaves");
    let kept = house.handle.read(Store::accounts).unwrap();
    let command = |entry: &Entry| match entry {
        Entry::Imap {
            password_command, ..
        } => password_command.clone(),
        Entry::Archive { .. } => None,
    };
    assert_eq!(command(&kept[0].entry).as_deref(), Some(COMMAND));
    let beside: Vec<_> = names(house.data());
    let temporary = beside.iter().any(|name| name.contains("copy"));
    assert!(!temporary, "{beside:?}");

    let other = House::new();
    other.give("else@example.net", "Somebody else");
    let before = other.exported();
    let began = Instant::now();
    let restored = restore(other.data(), &path).unwrap();
    println!("restored in {:?}", began.elapsed());
    assert_eq!(
        other.exported(),
        house.exported(),
        "whoever has it open sees it"
    );
    assert_eq!(restored.locked, ["ada@example.org", "bo@example.org"]);
    for account in other.handle.read(Store::accounts).unwrap() {
        assert_eq!(command(&account.entry), None);
    }
    let kept = restored.kept.unwrap();
    assert_eq!(kept, other.data().join("ledger.before-restore-0001.sqlite"));
    other.give("more@example.net", "More");
    assert_ne!(other.exported(), house.exported(), "and goes on with it");

    let third = House::new();
    third.handle.close();
    fs::copy(&kept, ledger_path(third.data())).unwrap();
    let third = Handle::open(start(third.data())).unwrap();
    let path = other.path("third.json");
    third.export(&path, ExportFormat::Json, Place::Any).unwrap();
    let again: monitor::exported::Exported =
        serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(again, before, "the ledger that was there is kept");
}

#[test]
fn a_password_that_this_pc_keeps_is_not_asked_for_again() {
    let house = furnished();
    let path = house.file(&changed(&house, ""));
    let secret = Secret("made up".into());
    let restored = |data: &Path| {
        let vault = Memory::default();
        vault.keep("bo@example.org", &secret, Keep::Memory).unwrap();
        let unpacked = unpack(data, &path, &passphrase()).unwrap();
        let restored = unpacked.put(data, &vault).unwrap();
        let kept = vault.kept("bo@example.org").unwrap().is_some();
        (restored, kept)
    };
    let (there, kept) = restored(furnished().data());
    assert_eq!(there.locked, ["ada@example.org"]);
    assert!(kept, "it is for the same server");
    let elsewhere = House::new();
    elsewhere.change(account_at("imap.example.net", "bo@example.org", None));
    let (there, kept) = restored(elsewhere.data());
    assert_eq!(there.locked, ["ada@example.org", "bo@example.org"]);
    assert!(!kept, "a backup leads no password to another server");

    let data = house.path("new/data");
    let (there, kept) = restored(&data);
    assert_eq!(there.locked, ["ada@example.org", "bo@example.org"]);
    assert_eq!(there.kept, None, "there was none");
    assert!(!kept, "nobody knows what it was for");
    assert_eq!(names(&data), ["ledger.lock", "ledger.sqlite"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for (path, want) in [(data.clone(), 0o700), (ledger_path(&data), 0o600)] {
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, want, "{}", path.display());
        }
    }
}

/// Holds that a backup is refused so, and that nothing has changed then.
struct Refusing {
    house: House,
    before: (Vec<u8>, Vec<String>),
}

impl Refusing {
    fn new() -> Refusing {
        let house = House::new();
        house.give("else@example.net", "Somebody else");
        let before = Refusing::look(&house);
        Refusing { house, before }
    }

    fn look(house: &House) -> (Vec<u8>, Vec<String>) {
        (house.export(ExportFormat::Json), names(house.data()))
    }

    fn refused(&self, bytes: &[u8]) -> Option<Code> {
        let path = self.house.file(bytes);
        let code = refused(restore(self.house.data(), &path));
        let mut after = Refusing::look(&self.house);
        after.1.retain(|name| name != "ledger.lock");
        assert_eq!(after, self.before, "{code:?}: nothing has changed");
        code
    }

    fn check(&self, what: &str, bytes: &[u8], want: Code) {
        assert_eq!(self.refused(bytes), Some(want), "{what}");
    }
}

#[test]
fn what_is_no_backup_of_ours_is_refused_in_words() {
    let refusing = Refusing::new();
    let house = furnished();
    let ledger = ledger_of(&house);
    let sealed_zip = |bytes: &[u8]| sealed(&zipped(bytes));
    let check = |what: &str, bytes: &[u8], want| refusing.check(what, bytes, want);
    check("nothing", b"", Code::NotABackup);
    check("a letter", b"Dear Ada, this is made up.", Code::NotABackup);
    check("a ledger as it is", &ledger, Code::NotABackup);
    let long = [b"age-encryption.org/v1\n".as_slice(), &[b'x'; 100_000]].concat();
    check("a header without an end", &long, Code::NotABackup);
    let key = x25519::Identity::generate();
    check(
        "for a key",
        &sealed_for(&key.to_public(), &zipped(&ledger)),
        Code::NotABackup,
    );
    check(
        "another file of ours",
        &sealed(b"made up"),
        Code::NotABackup,
    );
    check("not zipped", &sealed(&ledger), Code::NotABackup);
    check(
        "a zip of a letter",
        &sealed_zip(b"Dear Ada"),
        Code::NotABackup,
    );
    check("a zip of nothing", &sealed_zip(b""), Code::NotABackup);
    let other = changed(&house, "PRAGMA application_id = 7;");
    check("another program's", &other, Code::NotABackup);
    check(
        "newer",
        &changed(&house, "PRAGMA user_version = 99;"),
        Code::NewerLedger,
    );
    check(
        "zeros without end",
        &sealed_zip(&vec![0; 64 << 20]),
        Code::BackupDamaged,
    );
    let mut more = zipped(&ledger);
    more.extend(b"more");
    check("more after it", &sealed(&more), Code::BackupDamaged);
    let mut torn = ledger.clone();
    for byte in &mut torn[5_000..30_000] {
        *byte ^= 0x55;
    }
    check(
        "torn before it was sealed",
        &sealed_zip(&torn),
        Code::BackupDamaged,
    );
    let unreadable = changed(&house, "UPDATE address SET spec = 'nobody' || id;");
    check("no addresses in it", &unreadable, Code::BackupDamaged);

    let path = refusing.house.file(&sealed_zip(&ledger));
    let with = |text: &str| refused(unpack(refusing.house.data(), &path, &Secret(text.into())));
    assert_eq!(with("made up horse"), Some(Code::PassphraseWrong));
    assert_eq!(with(""), Some(Code::PassphraseMissing));
    assert_eq!(with(PASSPHRASE), None);
    let missing = unpack(
        refusing.house.data(),
        Path::new("/no/such/file"),
        &passphrase(),
    );
    assert_eq!(refused(missing), Some(Code::CannotRead));
}

/// A file from somebody else must not act: neither by a command nor by what SQLite would run.
#[test]
fn what_a_backup_could_do_by_itself_does_not_come_in() {
    let refusing = Refusing::new();
    let house = furnished();
    for (what, sql) in [
        (
            "a trigger",
            "CREATE TRIGGER made AFTER UPDATE ON account BEGIN UPDATE account SET password_command = 'x'; END;",
        ),
        ("a view", "CREATE VIEW made AS SELECT 1;"),
        (
            "a view in the place of a table",
            "ALTER TABLE account RENAME TO other; CREATE VIEW account AS SELECT * FROM other;",
        ),
        ("a table", "CREATE TABLE made (x);"),
        (
            "a column",
            "ALTER TABLE account ADD COLUMN made TEXT GENERATED ALWAYS AS ('x');",
        ),
        ("a missing table", "DROP TABLE import;"),
    ] {
        refusing.check(what, &changed(&house, sql), Code::NotABackup);
    }
    let sql = format!("UPDATE account SET password_command = '{COMMAND}';");
    let backup = house.file(&changed(&house, &sql));
    let data = house.path("new");
    restore(&data, &backup).unwrap();
    assert!(!holds(&fs::read(ledger_path(&data)).unwrap(), COMMAND));
    // What doctor makes for SQLite's own use is no reason to refuse.
    let analysed = house.file(&changed(&house, "ANALYZE; PRAGMA journal_mode = WAL;"));
    restore(&data, &analysed).unwrap();
}

#[test]
fn a_ledger_of_an_older_version_is_brought_up_to_date() {
    let house = House::new();
    let path = house.path("old.sqlite");
    let connection = Connection::open(&path).unwrap();
    let first = include_str!("../src/store/migrations/0001.sql");
    let facts = "INSERT INTO service (name, first_at) VALUES ('Made-up Shop', 0);
        PRAGMA application_id = 1096045387; PRAGMA user_version = 1;";
    connection.execute_batch(first).unwrap();
    connection.execute_batch(facts).unwrap();
    drop(connection);
    let backup = house.file(&sealed(&zipped(&fs::read(&path).unwrap())));
    restore(house.data(), &backup).unwrap();
    assert_eq!(house.exported().services[0].service, "Made-up Shop");
    assert_eq!(house.handle.read(Store::imports).unwrap(), []);
}

#[test]
fn a_backup_that_was_cut_or_changed_anywhere_changes_nothing() {
    let refusing = Refusing::new();
    let house = furnished();
    let whole = sealed(&zipped(&ledger_of(&house)));
    let header = whole.windows(5).position(|part| part == b"\n--- ").unwrap();
    let cuts = [1, 20, 22, 40, header, header + 20, header + 60, header + 70];
    let steps = (0..20).map(|n| n * whole.len() / 20);
    let ends = [whole.len() - 17, whole.len() - 1];
    for at in cuts.into_iter().chain(steps.clone()).chain(ends) {
        let code = refusing.refused(&whole[..at]);
        let expected = match at {
            0 => Code::NotABackup,
            _ => Code::BackupDamaged,
        };
        assert_eq!(code, Some(expected), "cut at {at} of {}", whole.len());
    }
    for at in (0..header + 70).chain(steps).chain(ends) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        let code = refusing.refused(&flipped);
        assert!(
            matches!(
                code,
                Some(Code::BackupDamaged | Code::NotABackup | Code::PassphraseWrong)
            ),
            "a bit at {at}: {code:?}"
        );
    }
    let last = whole.len() - 1;
    let mut flipped = whole.clone();
    flipped[last] ^= 1;
    refusing.check("the last bit", &flipped, Code::BackupDamaged);
}

#[test]
fn a_file_that_asks_for_much_work_is_refused_at_once() {
    let refusing = Refusing::new();
    let house = furnished();
    let text = sealed(&zipped(&ledger_of(&house)));
    let end = text.windows(3).position(|part| part == b" 2\n").unwrap();
    for work in ["20", "22", "40", "63", "64", "255", "99999999999999999999"] {
        let hard = [&text[..=end], work.as_bytes(), &text[end + 2..]].concat();
        let began = Instant::now();
        let code = refusing.refused(&hard);
        assert!(
            matches!(code, Some(Code::NotABackup | Code::BackupDamaged)),
            "{work}: {code:?}"
        );
        assert!(began.elapsed() < Duration::from_secs(2), "{work}");
    }
}

#[test]
fn nothing_takes_the_place_of_a_ledger_that_is_being_read() {
    let refusing = Refusing::new();
    let house = furnished();
    let bytes = changed(&house, "");
    let lock = ReadingLock::take(refusing.house.data()).unwrap();
    refusing.check("held", &bytes, Code::AlreadyReading);
    drop(lock);
    let path = refusing.house.file(&bytes);
    restore(refusing.house.data(), &path).unwrap();
}

#[test]
fn two_copies_from_before_a_restore_are_kept() {
    let house = furnished();
    let backup = house.file(&changed(&house, ""));
    for _ in 0..4 {
        restore(house.data(), &backup).unwrap();
    }
    let copies: Vec<_> = names(house.data());
    let copies: Vec<_> = copies.iter().filter(|n| n.contains("before")).collect();
    assert_eq!(
        copies,
        [
            "ledger.before-restore-0003.sqlite",
            "ledger.before-restore-0004.sqlite"
        ]
    );
}

#[test]
fn a_ledger_that_cannot_be_read_is_moved_aside_as_it_is() {
    let house = furnished();
    let backup = house.file(&changed(&house, ""));
    let mut torn = ledger_of(&house);
    for byte in &mut torn[200..40_000] {
        *byte = 7;
    }
    for (what, bytes) in [
        ("no ledger", b"made up, and no ledger at all".to_vec()),
        ("torn", torn),
    ] {
        let data = house.path(what);
        fs::create_dir_all(&data).unwrap();
        fs::write(ledger_path(&data), &bytes).unwrap();
        let restored = restore(&data, &backup).unwrap();
        let kept = restored.kept.unwrap();
        assert_eq!(fs::read(&kept).unwrap(), bytes, "{what}");
        let handle = Handle::open(start(&data)).unwrap();
        assert_eq!(handle.read(Store::accounts).unwrap().len(), 2, "{what}");
        handle.close();
    }
}

#[test]
fn a_backup_that_cannot_be_written_leaves_nothing() {
    let house = furnished();
    let try_at = |path: PathBuf, place| refused(back_up(house.data(), &path, &passphrase(), place));
    assert_eq!(
        try_at(house.path("no/such"), Place::Any),
        Some(Code::CannotWrite)
    );
    assert_eq!(
        try_at(house.path("data"), Place::Any),
        Some(Code::CannotWrite)
    );
    let there = house.file(b"the user's");
    assert_eq!(try_at(there.clone(), Place::Free), Some(Code::FileExists));
    assert_eq!(fs::read(&there).unwrap(), b"the user's");
    let none = back_up(house.data(), &there, &Secret(String::new()), Place::Any);
    assert_eq!(refused(none), Some(Code::PassphraseMissing));
    assert_eq!(names(house.folder.path()), ["data", "with-no-telling-name"]);
    let left = names(house.data());
    assert!(left.iter().all(|name| !name.contains("copy")), "{left:?}");
}

/// The window's commands, as the page calls them.
#[test]
fn the_window_exports_backs_up_and_restores() {
    let house = furnished();
    let (target, data) = (house.path("chosen"), house.path("window"));
    let chosen = target.clone();
    let asked = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = std::sync::Arc::clone(&asked);
    let picker =
        move |what: Pick| -> std::pin::Pin<Box<dyn Future<Output = Option<PathBuf>> + Send>> {
            seen.lock().unwrap().push(what);
            let path = chosen.clone();
            Box::pin(async move { Some(path) })
        };
    let desk = Desk::open(start(&data), Box::new(picker)).unwrap();
    let call = |name: &str, args: Value| house.runtime.block_on(surface::call(&desk, name, args));
    let done = |name: &str, args: Value| {
        call(name, args).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
    };
    let give = json!({ "address": "me@example.net", "service": "Mine", "domains": [], "on": null, "also": [] });
    done("give", give);
    let path = json!(target.to_str());
    assert_eq!(done("export", json!({ "format": "csv" })), path);
    assert!(
        fs::read(&target)
            .unwrap()
            .starts_with("\u{feff}service,".as_bytes())
    );
    assert_eq!(done("export", json!({ "format": "json" })), path);
    let before = fs::read(&target).unwrap();
    assert!(holds(&before, "\"Mine\""));
    let names = [Pick::Save("atesaki.csv"), Pick::Save("atesaki.json")];
    assert_eq!(*asked.lock().unwrap(), names);
    assert_eq!(done("back_up", json!({ "passphrase": PASSPHRASE })), path);
    let handle = desk.handle();
    handle.become_reader().unwrap();

    let other = house.file(&changed(&house, ""));
    let ask = |passphrase: &str| json!({ "path": other.to_str(), "passphrase": passphrase });
    assert_eq!(
        call("restore", ask("wrong")).unwrap_err().code,
        "passphrase_wrong"
    );
    assert!(
        desk.handle().is(&handle),
        "a refusal leaves the ledger open"
    );
    let said = done("restore", ask(PASSPHRASE));
    assert!(
        said[1]
            .as_str()
            .unwrap()
            .contains("ledger.before-restore-0001.sqlite"),
        "{said}"
    );
    assert!(
        said[2].as_str().unwrap().contains("ada@example.org"),
        "{said}"
    );
    let services = done("services", json!({}));
    assert_eq!(services[1]["service"], "Made-up Shop", "{services}");
    let refusal = handle.become_reader().unwrap_err();
    assert_eq!(
        fault::of(&refusal).code,
        Code::Other,
        "the one before reads no more"
    );
    desk.handle().become_reader().unwrap();

    let own = json!({ "path": target.to_str(), "passphrase": PASSPHRASE });
    done("restore", own);
    assert_eq!(done("services", json!({}))[0]["service"], "Mine");
    let give = json!({ "address": "more@example.net", "service": "More", "domains": [], "on": null, "also": [] });
    done("give", give);
    desk.handle().close();
}
