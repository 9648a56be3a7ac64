//! `export`, `backup` and `restore` as a process: what they say, what they leave, and what they
//! leave alone. Services and passphrases are invented.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const NOW: &str = "2026-06-20T12:00:00Z";
const PASSPHRASE: &str = "made up horse battery";

/// A data folder, and a folder for the user's own files.
struct Place(tempfile::TempDir);

impl Place {
    /// With a service on record.
    fn new() -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        fs::create_dir(place.0.path().join("files")).unwrap();
        place.done(&["give", "ada@example.org", "Made-up Shop"], "");
        place
    }

    fn file(&self, name: &str) -> String {
        let path = self.0.path().join("files").join(name);
        path.into_os_string().into_string().unwrap()
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// Runs what stands before the program with the program and these arguments.
    fn run_under(&self, before: &[&str], args: &[&str], input: &str) -> Output {
        let program = [before, &[env!("CARGO_BIN_EXE_atesaki")], args].concat();
        let mut child = Command::new(program[0])
            .args(&program[1..])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.data())
            .env("ATESAKI_DATA", self.data())
            .env("ATESAKI_NOW", NOW)
            .env("ATESAKI_LOG", "trace")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that reads nothing may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let said = [&output.stdout[..], &output.stderr[..]].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(!said.contains(PASSPHRASE), "{args:?}: {said}");
        output
    }

    fn done(&self, args: &[&str], input: &str) -> String {
        let output = self.run_under(&[], args, input);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, args: &[&str], input: &str) -> Value {
        serde_json::from_str(&self.done(&[args, &["--json"]].concat(), input)).unwrap()
    }

    /// Holds that it cannot be done and says this; gives back what is on stderr.
    fn refused(&self, before: &[&str], args: &[&str], input: &str, says: &str) {
        let output = self.run_under(before, args, input);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        assert!(said.contains(says), "{args:?}: {said}");
    }

    fn services(&self) -> Value {
        self.json(&["services"], "")
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn line() -> String {
    format!("{PASSPHRASE}\n")
}

#[test]
fn an_export_goes_where_nothing_is_and_comes_back() {
    let place = Place::new();
    let (table, document) = (place.file("mine.CSV"), place.file("mine.json"));
    let said = place.done(&["export", "--to", &table], "");
    assert!(said.contains("1 service, 1 address"), "{said}");
    let found = place.json(&["export", "--to", &document], "");
    assert_eq!(
        found,
        json!({ "path": document, "services": 1, "addresses": 1, "disclosures": 1 })
    );
    assert!(
        fs::read(&table)
            .unwrap()
            .starts_with("\u{feff}service,".as_bytes())
    );
    assert!(fs::read(&document).unwrap().starts_with(b"{"));
    let before = fs::read(&table).unwrap();
    place.refused(&[], &["export", "--to", &table], "", "is there already");
    assert_eq!(fs::read(&table).unwrap(), before);
    place.done(
        &["export", "--to", &table, "--force", "--format", "json"],
        "",
    );
    assert!(fs::read(&table).unwrap().starts_with(b"{"));
    place.refused(
        &[],
        &["export", "--to", &place.file("mine")],
        "",
        "--format csv",
    );

    let other = Place::new();
    other.done(&["reset", "--yes"], "");
    let said = other.done(&["import", &document], "");
    for there in ["Atesaki (JSON)", "Added: 1.", "--undo 1"] {
        assert!(said.contains(there), "{there}: {said}");
    }
    assert!(
        !said.contains("delete"),
        "there is no password in it: {said}"
    );
    assert_eq!(
        other.services()[0]["addresses"],
        place.services()[0]["addresses"]
    );
    let again = other.done(&["import", &document, "--lang", "ja"], "");
    assert!(again.contains("追加するものはありません"), "{again}");
}

#[test]
fn a_backup_is_restored_and_the_ledger_before_it_is_kept() {
    let place = Place::new();
    let file = place.file("ledger.age");
    let backup = ["backup", "--to", &file, "--passphrase-stdin"];
    let found = place.json(&backup, &line());
    assert_eq!(found["path"], file.as_str());
    assert_eq!(found["bytes"], fs::metadata(&file).unwrap().len());
    place.refused(&[], &backup, &line(), "is there already");
    place.refused(
        &[],
        &["backup", "--to", &place.file("x")],
        "",
        "No passphrase",
    );
    place.refused(&[], &["restore", &file], "", "No passphrase");
    place.refused(&[], &["import", &file], "", "atesaki restore");
    assert_eq!(names(&place.0.path().join("files")), ["ledger.age"]);

    let before = place.services();
    place.done(&["give", "bo@example.org", "Made-up News"], "");
    let after = place.services();
    let restore = ["restore", &file, "--passphrase-stdin"];
    place.refused(
        &[],
        &restore,
        "something else\n",
        "does not open with this passphrase",
    );
    assert_eq!(place.services(), after);
    let said = place.done(&restore, &line());
    let kept = "ledger.before-restore-0001.sqlite";
    assert!(
        said.contains(kept) && !said.contains("Needed again"),
        "{said}"
    );
    assert_eq!(place.services(), before);
    assert!(names(&place.data()).contains(&kept.to_owned()));
    place.done(&["reset", "--yes"], "");
    assert!(!place.data().exists(), "a copy is the ledger's too");

    let found = place.json(&restore, &line());
    assert_eq!(found, json!({ "kept": null, "locked": [] }));
    assert_eq!(place.services(), before, "on a new PC as well");
}

#[test]
fn a_command_for_a_password_is_asked_for_again() {
    let place = Place::new();
    let ledger = place.data().join("ledger.sqlite");
    let sql = "INSERT INTO account (name, host, port, security, login, password_command, separator, added_at)
        VALUES ('ada@example.org', 'imap.example.org', 993, 0, 'ada', 'echo made up', '+', 0)";
    let done = Command::new("python3")
        .args(["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"])
        .args([ledger.to_str().unwrap(), sql])
        .status()
        .unwrap();
    assert!(done.success());
    let file = place.file("ledger.age");
    place.done(&["backup", "--to", &file, "--passphrase-stdin"], &line());
    let said = place.done(&["restore", &file, "--passphrase-stdin"], &line());
    assert!(said.contains("ada@example.org"), "{said}");
    let accounts = place.done(&["account", "list"], "");
    assert!(!accounts.contains("echo made up"), "{accounts}");
}

/// A file limit stands in for a full disk: the system refuses to write on all the same.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let place = Place::new();
    let file = place.file("ledger.age");
    place.done(&["backup", "--to", &file, "--passphrase-stdin"], &line());
    place.done(&["give", "bo@example.org", "Made-up News"], "");
    let backup = fs::read(&file).unwrap();
    let look = || {
        assert!(
            fs::read(&file).unwrap() == backup,
            "the backup is as it was"
        );
        let mut there = names(&place.data());
        // What SQLite keeps beside a ledger comes and goes, and a lock is made when it is taken.
        there.retain(|name| {
            ["-wal", "-shm", ".lock"]
                .iter()
                .all(|end| !name.ends_with(end))
        });
        (place.services(), there)
    };
    let before = look();
    let size = fs::metadata(place.data().join("ledger.sqlite"))
        .unwrap()
        .len();
    let full = "The disk is full";
    // Too little for a copy; and, for the last step, enough for a copy and too little for the log
    // that SQLite writes before the ledger.
    for bytes in [4096, size / 2, size] {
        let limit = format!("--fsize={bytes}");
        let restore = ["restore", &file, "--passphrase-stdin"];
        place.refused(&["prlimit", &limit], &restore, &line(), full);
        assert_eq!(look(), before, "{bytes}");
    }
    let limit = format!("--fsize={}", size / 2);
    let backup = ["backup", "--to", &file, "--force", "--passphrase-stdin"];
    place.refused(&["prlimit", &limit], &backup, &line(), full);
    assert_eq!(look(), before);

    // A file system of our own, where the system lets us make one.
    let small = place.file("small");
    fs::create_dir(&small).unwrap();
    let mount =
        "mount -t tmpfs -o size=4k tmpfs \"$0\" && \"$@\"; code=$?; ls -A \"$0\"; exit $code";
    let own = [
        "unshare",
        "--user",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        mount,
        &small,
    ];
    let made = Command::new(own[0])
        .args(&own[1..])
        .arg("true")
        .output()
        .unwrap();
    if !made.status.success() {
        println!("no file system of our own here: {made:?}");
        return;
    }
    let file = format!("{small}/ledger.age");
    let backup = ["backup", "--to", &file, "--passphrase-stdin"];
    let output = place.run_under(&own, &backup, &line());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(full), "{said}");
    assert_eq!(output.stdout, b"", "nothing is left there");
}
