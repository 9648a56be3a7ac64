//! What holds the house together, checked on its sources: who may know whom, what is absent, and
//! what is generated. `cargo test -p acceptance --test architecture`

use acceptance::place::{checkout, page};
use std::collections::BTreeSet;
use std::path::Path;

/// A source file with its path from the root of the checkout.
struct Source {
    path: String,
    text: String,
}

/// The hand-written files under a folder whose names end so.
fn sources(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    let mut open = vec![checkout().join(folder)];
    while let Some(next) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&next) else {
            continue;
        };
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let apart = ["target", "node_modules", "dist", "gen"].contains(&name.as_str())
                || name.starts_with('.');
            if path.is_dir() && !apart {
                open.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(Source {
                    path: from_root(&path),
                    text: read(&path),
                });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(
        !found.is_empty(),
        "{folder} has no file {endings:?}: this test would hold nothing"
    );
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn from_root(path: &Path) -> String {
    path.strip_prefix(checkout())
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

/// The lines of a Rust file that are code: without comments, and without the tests at its end.
fn code(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    source
        .text
        .lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .enumerate()
        .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
        .filter(|(_, line)| !line.trim().is_empty())
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs")
        || path.contains("/tests/")
        || path.ends_with(".test.ts")
        || path.ends_with("_test.rs")
}

/// Holds that none of these words stands in the code of a folder.
fn check_absent(folder: &str, words: &[&str], why: &str) {
    let found: Vec<String> = sources(folder, &[".rs"])
        .iter()
        .filter(|source| !is_test(&source.path))
        .flat_map(|source| {
            code(source)
                .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
                .map(|(at, line)| format!("{}:{at}: {}", source.path, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

/// The names in a section of a manifest.
fn dependencies(manifest: &str, section: &str) -> BTreeSet<String> {
    let text = read(&checkout().join(manifest));
    text.lines()
        .skip_while(|line| line.trim() != section)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', '=', ' ']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn exposure_depends_on_nothing_that_could_do_io() {
    let allowed = [
        "jiff",
        "mail-parser",
        "memchr",
        "psl",
        "serde",
        "sha2",
        "thiserror",
        "ts-rs",
        "unicode-normalization",
    ];
    let found = dependencies("src-tauri/exposure/Cargo.toml", "[dependencies]");
    let more: Vec<&String> = found
        .iter()
        .filter(|name| !allowed.contains(&name.as_str()))
        .collect();
    assert!(!found.is_empty(), "the list was read");
    assert!(
        more.is_empty(),
        "exposure is pure: {more:?} is not on its list"
    );
}

#[test]
fn exposure_has_no_clock_no_io_and_no_chance() {
    check_absent(
        "src-tauri/exposure/src",
        &[
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "std::thread",
            "std::io::",
            "SystemTime",
            "Instant::",
            "Timestamp::now",
            "Zoned::now",
            "TimeZone::system",
            "async fn",
            "tokio",
            "rand::",
            "println!",
            "unsafe",
        ],
        "exposure takes `now` and facts and gives values back",
    );
}

#[test]
fn rooms_of_the_monitor_do_not_know_one_another() {
    let rooms = [
        "store",
        "mailbox",
        "oauth",
        "sample",
        "catalogue",
        "intake",
        "attachment",
    ];
    for room in rooms
        .iter()
        .filter(|room| checkout().join("src-tauri/monitor/src").join(room).is_dir())
    {
        let others: Vec<String> = rooms
            .iter()
            .filter(|other| *other != room)
            .map(|other| format!("crate::{other}"))
            .collect();
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        check_absent(
            &format!("src-tauri/monitor/src/{room}"),
            &others,
            &format!("{room} must stand without the other rooms; the actor brings them together"),
        );
    }
}

#[test]
fn exposure_and_monitor_know_no_shell() {
    for folder in ["src-tauri/exposure/src", "src-tauri/monitor/src"] {
        check_absent(
            folder,
            &["tauri::", "clap::", "indicatif::", "atesaki_desktop"],
            "arrows never turn back",
        );
    }
    for manifest in [
        "src-tauri/exposure",
        "src-tauri/monitor",
        "src-tauri/cli",
        "tests",
    ] {
        let names = dependencies(&format!("{manifest}/Cargo.toml"), "[dependencies]");
        assert!(
            names.iter().all(|name| !name.starts_with("tauri")),
            "only the desktop names tauri, not {manifest}"
        );
    }
}

#[test]
fn no_crate_that_can_send_mail_is_built() {
    let lock = read(&checkout().join("Cargo.lock"));
    let sends = |name: &str| {
        [
            "smtp",
            "lettre",
            "sendmail",
            "mail-send",
            "mailgun",
            "sendgrid",
        ]
        .iter()
        .any(|word| name.contains(word))
    };
    let found: Vec<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = "))
        .filter(|name| sends(name))
        .collect();
    assert!(found.is_empty(), "Atesaki never sends mail: {found:?}");
}

#[test]
fn the_mail_layer_cannot_express_a_change_on_the_server() {
    check_absent(
        "src-tauri/monitor/src/mailbox/imap",
        &[
            ".select(",
            ".select_condstore(",
            ".store(",
            ".uid_store(",
            ".append(",
            ".copy(",
            ".uid_copy(",
            ".mv(",
            ".uid_mv(",
            ".expunge(",
            ".uid_expunge(",
            ".create(",
            ".delete(",
            ".rename(",
            ".subscribe(",
            ".unsubscribe(",
            "\"STORE",
            "\"UID STORE",
            "\"SELECT",
            "\"APPEND",
            "\"EXPUNGE",
            "\"CREATE",
            "\"DELETE",
            "\"RENAME",
            "\"MOVE",
            "\"COPY",
            "RFC822\"",
            " BODY[",
        ],
        "a mailbox is opened with EXAMINE and read with BODY.PEEK",
    );
}

#[test]
fn nothing_outside_can_reach_the_program() {
    // The browser's way back from a sign-in: on this PC, for one answer, and gone.
    let way_back = "src-tauri/monitor/src/oauth/redirect.rs";
    let listens = |line: &str| {
        [
            "TcpListener",
            "UdpSocket",
            "UnixListener",
            "register_uri_scheme",
        ]
        .iter()
        .any(|word| line.contains(word))
    };
    for folder in [
        "src-tauri/src",
        "src-tauri/monitor/src",
        "src-tauri/cli/src",
    ] {
        for source in sources(folder, &[".rs"]) {
            let found: Vec<&str> = code(&source)
                .map(|(_, line)| line.trim())
                .filter(|line| listens(line))
                .collect();
            if source.path != way_back {
                assert!(
                    found.is_empty(),
                    "{}: no listening socket and no scheme of our own: {found:?}",
                    source.path
                );
            }
        }
    }
    let text = read(&checkout().join(way_back));
    assert_eq!(
        text.matches("TcpListener::bind").count(),
        1,
        "the way back is one socket"
    );
    assert!(
        text.contains("TcpListener::bind((Ipv4Addr::LOCALHOST, 0))"),
        "nobody but this PC itself reaches it"
    );
}

#[test]
fn the_page_may_call_one_command_and_hear_one_event() {
    let config: serde_json::Value = json("src-tauri/tauri.conf.json");
    let at = |pointer: &str| config.pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(
        at("/app/withGlobalTauri"),
        false,
        "no page finds Tauri by itself"
    );
    assert_eq!(
        at("/app/security/freezePrototype"),
        true,
        "no script of the page changes what others stand on"
    );
    assert_eq!(
        at("/app/security/csp"),
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
         connect-src ipc: http://ipc.localhost; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "the page loads nothing from outside"
    );
    let capabilities = sources("src-tauri/capabilities", &[".json"]);
    assert_eq!(capabilities.len(), 1, "one capability for the one window");
    let capability: serde_json::Value = json("src-tauri/capabilities/window.json");
    assert_eq!(
        capability["permissions"],
        serde_json::json!([
            "core:event:allow-listen",
            "core:event:allow-unlisten",
            "allow-call"
        ]),
        "listen, unlisten and our own command: no shell, no files, no network"
    );
    let commands: usize = sources("src-tauri/src", &[".rs"])
        .iter()
        .map(|source| source.text.matches("#[tauri::command]").count())
        .sum();
    assert_eq!(
        commands, 1,
        "one typed table of commands stands behind one command"
    );
    let asked = sources("ui/src", &[".ts", ".svelte"]);
    let asked = asked.iter().flat_map(|source| source.text.lines());
    let asked: Vec<&str> = asked.filter(|line| line.contains("@tauri-apps")).collect();
    assert_eq!(
        asked,
        [
            "import { invoke } from '@tauri-apps/api/core';",
            "import { listen } from '@tauri-apps/api/event';"
        ],
        "one file of the page knows Tauri: it calls, and hears one event"
    );
}

fn json(path: &str) -> serde_json::Value {
    serde_json::from_str(&read(&checkout().join(path)))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_file_that_grows_too_large_is_split() {
    // Generated types, catalogues, tables of facts and tests may be long.
    let apart =
        |path: &str| is_test(path) || path.contains("/table") || path.ends_with("lib/api/types.ts");
    let mut refused = Vec::new();
    for (folder, endings) in [
        ("src-tauri", &[".rs"][..]),
        ("ui", &[".svelte", ".ts"]),
        ("tests/src", &[".rs"]),
    ] {
        for source in sources(folder, endings)
            .iter()
            .filter(|source| !apart(&source.path))
        {
            let lines = source.text.lines().count();
            let sign = if source.path.ends_with(".svelte") {
                250
            } else {
                500
            };
            if lines > 800 {
                refused.push(format!("{} has {lines} lines", source.path));
            } else if lines > sign {
                eprintln!("{} has {lines} lines: a room may be missing", source.path);
            }
        }
    }
    assert!(
        refused.is_empty(),
        "cut at a meaning:\n{}",
        refused.join("\n")
    );
}

#[test]
fn the_page_shows_text_and_never_markup_from_elsewhere() {
    let pages = sources("ui/src", &[".svelte", ".ts"]);
    for (word, why) in [
        ("{@html", "text from mail is shown as text"),
        ("innerHTML", "text from mail is shown as text"),
        ("!important", "tokens and order decide, not force"),
        ("eval(", "the content policy forbids it"),
    ] {
        let found: Vec<&str> = pages
            .iter()
            .filter(|page| page.text.contains(word))
            .map(|page| page.path.as_str())
            .collect();
        assert!(found.is_empty(), "{word}: {why}: {found:?}");
    }
}

#[test]
fn the_built_page_names_no_place_on_the_network() {
    let dist = page();
    assert!(
        dist.join("index.html").is_file(),
        "the page is not built; `make page` builds it"
    );
    for source in sources("ui/dist", &[".html", ".js", ".css"]) {
        for rest in source.text.split("http:").skip(1) {
            let namespace = [
                "//www.w3.org/2000/svg",
                "//www.w3.org/1999/xhtml",
                "//www.w3.org/1998/Math/MathML",
            ]
            .iter()
            .any(|known| rest.starts_with(known));
            let start: String = rest.chars().take(40).collect();
            assert!(
                namespace,
                "{}: http:{start} is no namespace of a drawing",
                source.path
            );
        }
    }
}

#[test]
fn the_generated_typescript_is_fresh() {
    let committed = read(&checkout().join("ui/src/lib/api/types.ts"));
    assert!(
        committed == monitor::surface::typescript(),
        "`make bindings` writes ui/src/lib/api/types.ts anew"
    );
}

#[test]
fn no_message_below_a_likely_source_names_a_service() {
    for lang in [monitor::Lang::En, monitor::Lang::Ja] {
        for (key, text) in monitor::Words::of(lang).texts() {
            let below = [
                "notice.junk_began",
                "notice.growing",
                "notice.several",
                "onset.",
                "why.unexpected",
                "why.one_holder_untold",
            ];
            if below.iter().any(|prefix| key.starts_with(prefix)) {
                assert!(
                    !text.contains("{service}"),
                    "{key}: words never run ahead of the evidence"
                );
            }
        }
    }
}

#[test]
fn every_text_is_used() {
    let mut all: Vec<Source> = sources("src-tauri", &[".rs"]);
    all.extend(sources("ui/src", &[".ts", ".svelte"]));
    all.retain(|source| !is_test(&source.path) && !source.path.ends_with("lib/api/types.ts"));
    let text: String = all.iter().map(|source| source.text.as_str()).collect();
    let unused: Vec<&String> = monitor::Words::of(monitor::Lang::En)
        .texts()
        .keys()
        .filter(|key| !is_used(key, &text))
        .collect();
    assert!(
        unused.is_empty(),
        "a text that nothing shows is dead: {unused:?}"
    );
}

/// Whether a key stands in the sources: whole, counted (`key.one`, `key.other`), with its action
/// (`fault.x.action`), or by the head of a key that is put together (`state.{word}`, or `state`
/// given to a function that does so).
fn is_used(key: &str, sources: &str) -> bool {
    let whole = |word: &str| {
        ['"', '\'', '`']
            .iter()
            .any(|quote| sources.contains(&format!("{quote}{word}{quote}")))
    };
    let put_together = |head: &str| {
        let opens = ["\"{head}.{", "`{head}.${"].map(|pattern| pattern.replace("{head}", head));
        opens.iter().any(|open| sources.contains(open.as_str())) || whole(head)
    };
    whole(key)
        || key
            .match_indices('.')
            .any(|(at, _)| put_together(&key[..at]))
}

#[test]
fn landed_migrations_never_change() {
    let landed: &[(&str, &str)] = &[
        ("0001.sql", "5ee2a58a22fe6a92"),
        ("0002.sql", "e9319cc19fa315d7"),
        ("0003.sql", "87bede4f133aaa0a"),
        ("0004.sql", "3c98d32e723e39ad"),
        ("0005.sql", "db9998a6bdd1d494"),
        ("0006.sql", "c0fd0c8c360b7b4f"),
        ("0007.sql", "efa344158d94ae16"),
        ("0008.sql", "e65b34a48b2da78a"),
    ];
    let folder = checkout().join("src-tauri/monitor/src/store/migrations");
    for (name, want) in landed {
        assert_eq!(
            fingerprint(&folder.join(name)),
            *want,
            "{name} has landed: write the next migration instead"
        );
    }
}

/// 64 bits of FNV-1a over a file, as hexadecimal digits: enough to notice an edit.
fn fingerprint(path: &Path) -> String {
    let hash = read(path)
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    format!("{hash:016x}")
}
