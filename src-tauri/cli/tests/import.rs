//! `import` as a process: what it says, what it records, how it is taken back, and in which child
//! the file is read. Services, names and passwords are invented.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const NOW: &str = "2026-06-20T12:00:00Z";
const SECRET: &str = "hunter2-Tr0ub4dor";
const CHROME: &str = "name,url,username,password,note\n\
    shop.example,https://shop.example/,ada+shop@example.org,hunter2-Tr0ub4dor,\n\
    club.example,https://club.example/,ada_77,hunter2-Tr0ub4dor,\n\
    Router,http://192.168.1.1/,ada@example.org,hunter2-Tr0ub4dor,\n\
    News,https://news.example/,ada+news@example.org,hunter2-Tr0ub4dor,\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    fn file(&self, text: &[u8]) -> PathBuf {
        let path = self.0.path().join("export");
        fs::write(&path, text).unwrap();
        path
    }

    fn command(&self, args: &[&str]) -> Command {
        let data = self.0.path().join("data");
        let mut command = Command::new(env!("CARGO_BIN_EXE_atesaki"));
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", &data)
            .env("ATESAKI_DATA", &data)
            .env("ATESAKI_NOW", NOW)
            .env("ATESAKI_LOG", "trace")
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program; no password is in anything that it prints, logs or keeps.
    fn run(&self, args: &[&str]) -> Output {
        let output = self.command(args).output().unwrap();
        let said = [&output.stdout[..], &output.stderr[..]].concat();
        assert!(
            !holds(&said),
            "{args:?}: {}",
            String::from_utf8_lossy(&said)
        );
        for file in fs::read_dir(self.0.path().join("data")).unwrap() {
            let file = file.unwrap().path();
            assert!(
                !holds(&fs::read(&file).unwrap()),
                "{args:?}: {}",
                file.display()
            );
        }
        output
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.done(&[args, &["--json"]].concat())).unwrap()
    }
}

fn holds(bytes: &[u8]) -> bool {
    bytes
        .windows(SECRET.len())
        .any(|part| part == SECRET.as_bytes())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn an_export_is_shown_imported_listed_and_taken_back() {
    let place = Place::new();
    let file = place.file(CHROME.as_bytes());
    let dry = place.done(&["import", text(&file), "--dry-run"]);
    for there in [
        "Chrome, Edge, Brave",
        "ada+shop@example.org",
        "Nothing was recorded",
        "No e-mail address",
        "Added: 2",
    ] {
        assert!(dry.contains(there), "{there}: {dry}");
    }
    assert_eq!(
        place.json(&["services"]),
        serde_json::json!([]),
        "a preview records nothing"
    );
    let preview = place.json(&["import", text(&file), "--dry-run"]);
    assert_eq!(preview["rows"].as_array().unwrap().len(), 4);
    assert_eq!(preview["format"], "chrome");

    let said = place.done(&["import", text(&file)]);
    for there in [
        "Added: 2. Already there: 0. Left alone: 2.",
        "--undo 1",
        "delete",
        "own network",
    ] {
        assert!(said.contains(there), "{there}: {said}");
    }
    let services = place.json(&["services"]);
    let names: Vec<&str> = services
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["service"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["News", "Shop"]);
    assert_eq!(services[1]["domains"], serde_json::json!(["shop.example"]));
    assert_eq!(services[1]["addresses"][0]["basis"], "imported");
    assert_eq!(
        services[1]["addresses"][0]["given_from"],
        Value::Null,
        "nobody said when"
    );

    let again = place.done(&["import", text(&file)]);
    assert!(again.contains("nothing to add"), "{again}");
    assert_eq!(
        place.json(&["import", "--list"]).as_array().unwrap().len(),
        1
    );
    assert!(
        place
            .done(&["import", "--list", "--lang", "ja"])
            .contains("追加：2件")
    );

    assert!(place.done(&["import", "--undo"]).contains("undone"));
    assert_eq!(place.json(&["services"]), serde_json::json!([]));
    assert_eq!(place.json(&["addresses"]), serde_json::json!([]));
    assert_eq!(place.run(&["import", "--undo", "1"]).status.code(), Some(1));

    assert!(file.exists(), "nobody asked for it to be deleted");
    let said = place.done(&["import", text(&file), "--delete"]);
    assert!(said.contains("was deleted") && !file.exists(), "{said}");
}

#[test]
fn a_table_is_read_as_the_user_says_and_that_is_remembered() {
    let place = Place::new();
    let file = place.file(b"x;y;Kennwort\nada+shop@example.org is mine;Shop;hunter2-Tr0ub4dor\n");
    let refused = place.run(&["import", text(&file)]);
    let error = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1));
    assert!(error.contains("--column"), "{error}");
    let columns = place.done(&["import", text(&file), "--dry-run"]);
    assert!(columns.contains("Kennwort: Never read"), "{columns}");
    place.done(&[
        "import",
        text(&file),
        "--column",
        "x=note",
        "--column",
        "y=service",
    ]);
}

#[test]
fn what_cannot_be_imported_ends_with_one_and_what_is_no_usage_with_two() {
    let place = Place::new();
    let check = |bytes: &[u8], happened: &str| {
        let output = place.run(&["import", text(&place.file(bytes))]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{happened}: {error}");
        assert!(error.contains(happened), "{happened}: {error}");
        assert!(output.stdout.is_empty(), "a fault is no fact");
    };
    check(br#"{"encrypted": true, "data": "2.x"}"#, "is encrypted");
    check(b"name,url,username,password\n\"", "damaged");
    check(b"\0\0\0\0", "damaged");
    check(b"one line", "no export that Atesaki knows");
    check(b"From: a@example.org\nDate: x\n\nMade up.", "archive add");
    let mut rows = b"name,url,username,password\n".to_vec();
    for n in 0..1_000_000 {
        rows.extend(format!("S,https://s{n}.example/,a{n}@example.org,x\n").bytes());
    }
    let began = std::time::Instant::now();
    check(&rows, "more than 100,000 entries");
    println!(
        "a million rows ({} MB): {:?}",
        rows.len() >> 20,
        began.elapsed()
    );
    rows.resize(100 << 20, b'x');
    let began = std::time::Instant::now();
    check(&rows, "larger than 64 MB");
    println!("100 MB: {:?}", began.elapsed());
    let check = |args: &[&str]| {
        assert_eq!(
            place.run(args).status.code(),
            Some(2),
            "{args:?} is wrong usage"
        );
    };
    check(&["import"]);
    check(&["import", "x", "--format", "nonsense"]);
    check(&["import", "x", "--column", "a=password"]);
    check(&["import", "x", "--list"]);
}

/// The child is this program once more. It is looked for while it reads.
#[cfg(target_os = "linux")]
#[test]
fn the_file_is_read_in_a_child_that_can_do_little() {
    use monitor::intake::worker;
    let place = Place::new();
    let mut rows = b"name,url,username,password\n".to_vec();
    for n in 0..90_000 {
        let note = "x".repeat(500);
        rows.extend(format!("S,https://s{n}.example/,ada_{n},hunter2-Tr0ub4dor{note}\n").bytes());
    }
    let file = place.file(&rows);
    let mut parent = place
        .command(&["import", text(&file), "--dry-run", "--quiet"])
        .spawn()
        .unwrap();
    let mut found = None;
    while found.is_none() && parent.try_wait().unwrap().is_none() {
        let children = format!("/proc/{0}/task/{0}/children", parent.id());
        // A thread of the runtime may have started it: every child counts.
        let tasks = fs::read_dir(format!("/proc/{}/task", parent.id()))
            .into_iter()
            .flatten();
        let paths = tasks.flatten().map(|task| task.path().join("children"));
        for list in paths
            .chain([PathBuf::from(children)])
            .flat_map(fs::read_to_string)
        {
            for child in list.split_whitespace() {
                let command = fs::read(format!("/proc/{child}/cmdline")).unwrap_or_default();
                let command = String::from_utf8_lossy(&command).into_owned();
                let limits =
                    fs::read_to_string(format!("/proc/{child}/limits")).unwrap_or_default();
                let line = |name: &str| {
                    limits
                        .lines()
                        .find(|l| l.starts_with(name))
                        .map(str::to_owned)
                };
                let space = line("Max address space").unwrap_or_default();
                let most = space.split_whitespace().nth(3).map(str::parse::<u64>);
                // Beside what the program itself takes to start.
                let memory = worker::TASK.memory;
                let bounded =
                    matches!(most, Some(Ok(most)) if (memory..2 * memory).contains(&most));
                if command.contains(worker::TASK.argument) && bounded {
                    let environment = fs::read(format!("/proc/{child}/environ"));
                    found = Some((
                        command,
                        line("Max file size").unwrap_or_default(),
                        environment,
                    ));
                }
            }
        }
    }
    let output = parent.wait_with_output().unwrap();
    assert!(!holds(&output.stdout) && !holds(&output.stderr));
    let (command, size, environment) = found.expect("a child reads the file");
    assert!(
        !command.contains(text(&file)),
        "it is told no path: {command}"
    );
    assert!(size.contains(" 0 "), "it may write no file: {size}");
    // Only root may look, because the child cannot be dumped.
    if let Ok(environment) = environment {
        assert!(
            environment.is_empty(),
            "{}",
            String::from_utf8_lossy(&environment)
        );
    }
}

#[test]
fn the_child_alone_prints_facts_and_no_secret() {
    let place = Place::new();
    let file = fs::File::open(place.file(CHROME.as_bytes())).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_atesaki"))
        .env_clear()
        .arg(monitor::intake::worker::TASK.argument)
        .stdin(Stdio::from(file))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        said.lines().count(),
        6,
        "a head, four entries, an end: {said}"
    );
    assert!(!said.contains(SECRET) && !said.contains("ada_77"), "{said}");
    assert!(said.ends_with("\"end\"\n"), "{said}");
}
