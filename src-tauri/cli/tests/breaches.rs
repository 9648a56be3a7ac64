//! `breaches` as a process, with a list of the user's own and nobody to be asked.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

const LIST: &str = r#"{"attribution": "A made-up list", "breaches": [
    {"name": "Kaki 2024", "domain": "kaki.example", "happened": "2024-05-14", "published": "2024-06-03",
     "people": 3385, "data": ["Names", "Email addresses"], "description": "Made up."},
    {"name": "Other", "domain": "not-kaki.example", "happened": "2024-05-14"}]}"#;

/// The program where the public lists are asked for at this port.
fn atesaki(data: &Path, port: u16, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atesaki"));
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", data)
        .env("ATESAKI_DATA", data.join("data"))
        .env("ATESAKI_NOW", "2026-06-20T12:00:00Z")
        .env("ATESAKI_BREACHES", format!("http://127.0.0.1:{port}/v3"))
        .env(
            "ATESAKI_BREACHES_FALLBACK",
            format!("http://127.0.0.1:{port}/fewer"),
        )
        .args(args)
        .stdin(Stdio::null());
    command
}

#[test]
fn breaches_are_listed_with_what_is_not_known() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = nobody.local_addr().unwrap().port();
    drop(nobody);
    let run = |args: &[&str]| {
        let output: Output = atesaki(folder.path(), port, args).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (
            output.status.code(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    let says = |args: &[&str], status: i32, words: &[&str]| {
        let (code, out, err) = run(args);
        assert_eq!(code, Some(status), "{args:?}: {out}{err}");
        for word in words {
            assert!(
                (out.clone() + &err).contains(word),
                "{args:?} says {word}: {out}{err}"
            );
        }
    };
    let give = ["give", "--domain", "mail.kaki.example", "--on"];
    says(
        &[&give[..], &["2024-01-02", "a@you.example", "Kaki"]].concat(),
        0,
        &[],
    );
    says(
        &[&give[..], &["2025-01-02", "b@you.example", "Kaki"]].concat(),
        0,
        &[],
    );
    let off = ["No list of published breaches is switched on"];
    says(
        &["breaches", "refresh"],
        1,
        &[off[0], "atesaki breaches on"],
    );
    says(&["breaches", "list"], 0, &off);
    says(&["breaches", "on"], 0, &["once a week"]);
    says(
        &["breaches", "refresh"],
        1,
        &["127.0.0.1 cannot be reached", "The last copy is used"],
    );
    says(
        &["--lang", "ja", "breaches", "list"],
        0,
        &["まだ取得していません"],
    );
    says(&["breaches", "off"], 0, &["not fetched"]);
    let file = folder.path().join("list.json");
    std::fs::write(&file, "{}").unwrap();
    let file = file.to_str().unwrap();
    says(
        &["breaches", "use", file],
        1,
        &["no list of breaches", "docs/catalogue.md"],
    );
    says(
        &["breaches", "use", "http://list.example/"],
        1,
        &["https://"],
    );
    std::fs::write(file, LIST).unwrap();
    says(&["breaches", "use", file], 0, &["2 entries"]);
    let not_known = "Whether this address is in it is not known";
    says(
        &["breaches", "list"],
        0,
        &[
            "Kaki 2024",
            "Happened on 14 May 2024",
            "3,385 accounts",
            "Given before it happened",
            "Given after it happened",
            not_known,
            "A made-up list",
        ],
    );
    let (_, out, _) = run(&["breaches", "list", "--json"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    let want = json!([{
        "service": "Kaki",
        "breach": "Kaki 2024",
        "title": "Kaki 2024",
        "domain": "kaki.example",
        "happened": "2024-05-14",
        "published": "2024-06-03",
        "people": 3385,
        "data": ["Names", "Email addresses"],
        "description": "Made up.",
        "verified": true,
        "source": "chosen",
        "attribution": "A made-up list",
        "addresses": [
            {"address": "a@you.example", "given": "before", "listed": null},
            {"address": "b@you.example", "given": "after", "listed": null},
        ],
    }]);
    assert_eq!(found, want);
    says(&["breaches", "use", "--none"], 0, &["No list of your own"]);
    says(&["breaches", "list"], 0, &off);
    says(&["reset", "--yes"], 0, &[]);
    assert!(!folder.path().join("data").exists(), "nothing of it stays");
}

#[test]
fn whoever_watches_fetches_a_list_that_is_due() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (heard, asked) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (mut request, mut byte) = (String::new(), [0]);
            while !request.ends_with("\r\n\r\n") && stream.read(&mut byte).unwrap() > 0 {
                request.push(char::from(byte[0]));
            }
            let body = r#"{"Name":"Kaki","AddedDate":"2026-06-01T00:00:00Z"}"#;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all((head + body).as_bytes()).unwrap();
            heard
                .send(request.lines().next().unwrap().to_owned())
                .unwrap();
        }
    });
    let status = atesaki(folder.path(), port, &["breaches", "on"]).status();
    assert!(status.unwrap().success());
    let mut watching = atesaki(folder.path(), port, &["watch"]).spawn().unwrap();
    let next = || asked.recv_timeout(Duration::from_secs(60));
    let first = [next(), next()].map(|line| line.unwrap_or_default());
    watching.kill().unwrap();
    watching.wait().unwrap();
    assert_eq!(
        first,
        ["GET /v3/latestbreach HTTP/1.1", "GET /v3/breaches HTTP/1.1"],
        "nobody has to ask for it"
    );
}
