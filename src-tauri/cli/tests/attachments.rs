//! Counting what attachments hold, in the child that the program starts for it: lists of made-up
//! people in every format, what is no list, and files that mean harm.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../../monitor/tests/lists/mod.rs"]
mod lists;

use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS};
use lists::{ADDRESS, NAME, Rows, compound, csv, ods, people, xls, xlsx, zip};
use monitor::attachment::{ColumnKind, Counted, Own, count};
use monitor::confined::Worker;
use zip::CompressionMethod::{Deflated, Stored};

fn own() -> Own {
    Own {
        addresses: vec!["other@jun.example".to_owned(), ADDRESS.to_owned()],
        names: vec!["雨田 潤".to_owned(), NAME.to_owned()],
    }
}

/// What the child counts.
fn counted(bytes: &[u8]) -> Option<Counted> {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    let worker = Worker::Child(env!("CARGO_BIN_EXE_atesaki").into());
    runtime.block_on(count(&worker, bytes, &own())).unwrap()
}

#[test]
fn one_list_is_the_same_in_every_format() {
    let rows = people(3385);
    let text = csv(&rows);
    let tabs = text.replace("\",\"", "\t").replace('"', "");
    let wide = format!("\u{feff}{tabs}");
    let wide: Vec<u8> = wide.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let inner = [("一覧.xlsx", &xlsx(&[&rows])[..]), ("read.me", b"made up")];
    let files = [
        ("csv", text.as_bytes().to_vec()),
        ("csv with a mark", format!("\u{feff}{text}").into_bytes()),
        ("csv in Shift_JIS", SHIFT_JIS.encode(&text).0.into_owned()),
        ("csv in EUC-JP", EUC_JP.encode(&text).0.into_owned()),
        (
            "csv in ISO-2022-JP",
            ISO_2022_JP.encode(&text).0.into_owned(),
        ),
        ("tabs in UTF-16", wide),
        ("xlsx", xlsx(&[&rows])),
        ("ods", ods(&[&rows])),
        ("xls", xls(&[&rows])),
        ("zip", zip(Deflated, &inner)),
    ];
    for (format, bytes) in files {
        let want = Counted {
            people: 3385,
            others: 3384,
            addresses: 3385,
            rows: 3385,
            columns: vec![
                ColumnKind::Email,
                ColumnKind::Name,
                ColumnKind::Postal,
                ColumnKind::Id,
            ],
            own_addresses: vec![1],
            own_names: vec![1],
            complete: true,
            locked: false,
        };
        let found = counted(&bytes).unwrap_or_else(|| panic!("{format}: the child ended"));
        assert_eq!(found, want, "{format}");
        assert!(found.is_list() && found.holds_own());
    }
}

#[test]
fn every_sheet_counts_and_what_is_remembered_elsewhere() {
    let mut first = people(12);
    // A title, an empty row and the sender's own address stand above the names of the columns.
    first.insert(0, vec!["会員一覧".into()]);
    first.insert(
        1,
        vec!["お問い合わせ".into(), "support@shop.example".into()],
    );
    let empty = Rows::new();
    let hidden = people(40);
    for (format, bytes) in [
        ("xlsx", xlsx(&[&first, &empty, &hidden])),
        ("ods", ods(&[&first, &empty, &hidden])),
        ("xls", xls(&[&first, &empty, &hidden])),
    ] {
        let found = counted(&bytes).unwrap();
        assert_eq!(
            (found.people, found.addresses, found.rows),
            // In the middle of each list the user stands in somebody's place.
            (40, 41, 52),
            "{format}: {found:?}"
        );
    }
    let mut parts = lists::workbook(&[&empty]);
    let items: String = people(20)
        .iter()
        .map(|row| format!("<s v=\"{}\"/>", row[2]))
        .collect();
    let cache =
        format!("<pivotCacheDefinition><sharedItems>{items}</sharedItems></pivotCacheDefinition>");
    parts.push(("xl/pivotCache/pivotCacheDefinition1.xml".into(), cache));
    let note = format!("<comments><comment><text><r><t>{NAME}</t></r></text></comment></comments>");
    parts.push(("xl/comments1.xml".into(), note));
    let found = counted(&lists::pack(Deflated, &parts)).unwrap();
    assert_eq!(
        (found.people, &found.own_names[..]),
        (20, &[1][..]),
        "{found:?}"
    );
}

#[test]
fn what_is_locked_is_said_and_not_read() {
    let check = |name: &str, bytes: &[u8], people: u32| {
        let found = counted(bytes).unwrap();
        assert_eq!((found.locked, found.people), (true, people), "{name}");
    };
    check(
        "a new workbook",
        &compound("EncryptedPackage", &[7; 5000]),
        0,
    );
    let mut locked = lists::biff(&[&people(20)]);
    let filepass = [0x2f, 0, 6, 0, 0, 0, 1, 2, 3, 4];
    drop(locked.splice(20..20, filepass));
    check("an old workbook", &compound("Workbook", &locked), 0);
    let mut parts = lists::document(&[&people(20)]);
    parts[2].1 = parts[2]
        .1
        .replace("/>", "><manifest:encryption-data/></manifest:file-entry>");
    check("a document", &lists::pack(Deflated, &parts), 0);
    let text = csv(&people(20));
    let mut mixed = zip(
        Stored,
        &[("a.csv", text.as_bytes()), ("b.csv", b"x@y.example")],
    );
    // The flag of a password on the second file, in both its heads.
    for head in [b"PK\x03\x04", b"PK\x01\x02"] {
        let at = mixed.windows(4).rposition(|four| four == head).unwrap();
        mixed[at + if head[2] == 3 { 6 } else { 8 }] |= 1;
    }
    check("one file of a zip", &mixed, 20);
}

/// How a file ends that means harm.
enum End {
    /// All of it was read.
    Read,
    /// It was cut, and that is said.
    Cut,
    /// It was cut, or the child was ended.
    Any,
}

#[test]
fn what_means_harm_ends_the_child_and_not_the_program() {
    let here = std::env::current_dir().unwrap();
    let before = listing(&here);
    for (name, bytes, want) in hostile::files() {
        let found = counted(&bytes);
        match want {
            End::Read => assert!(found.is_some_and(|f| f.complete), "{name} is harmless"),
            End::Cut => {
                let found = found.unwrap_or_else(|| panic!("{name}: the child was ended"));
                assert!(!found.complete, "{name} says that it was cut: {found:?}");
            }
            End::Any => assert!(found.is_none_or(|f| !f.complete), "{name} is not believed"),
        }
    }
    assert_eq!(listing(&here), before, "nothing is written");
    let after = counted(&xlsx(&[&people(30)])).unwrap();
    assert_eq!(after.people, 30, "the next attachment is counted as ever");
}

fn listing(folder: &std::path::Path) -> Vec<std::ffi::OsString> {
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().file_name()).collect()
}

/// Every file cut off somewhere, and every beginning with noise behind it.
#[test]
fn halves_and_noise_are_read_or_said_to_be_cut() {
    let rows = people(300);
    let files = [
        xlsx(&[&rows]),
        ods(&[&rows]),
        xls(&[&rows]),
        zip(Deflated, &[("a.csv", csv(&rows).as_bytes())]),
    ];
    for (at, bytes) in files.iter().enumerate() {
        for part in [1, 5, 9] {
            let half = &bytes[..bytes.len() * part / 10];
            assert!(counted(half).is_none_or(|f| !f.complete), "{at}: {part}/10");
        }
        let mut noise = bytes[..8].to_vec();
        let mut chance = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..50_000 {
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            noise.extend(chance.to_le_bytes());
        }
        assert!(counted(&noise).is_none_or(|f| !f.complete), "{at}: noise");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_child_can_open_nothing_and_take_little() {
    use monitor::attachment::TASK;
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_atesaki"))
        .env_clear()
        .arg(TASK.argument)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It waits for a file that does not come; the last limit that it sets is that of its memory.
    let place = format!("/proc/{}", child.id());
    let limits = loop {
        let limits = std::fs::read_to_string(format!("{place}/limits")).unwrap();
        let memory = limits.lines().find(|l| l.starts_with("Max address space"));
        let most: Option<u64> = memory.and_then(|l| l.split_whitespace().nth(3)?.parse().ok());
        // Beside what the program itself takes to start.
        if most.is_some_and(|most| (TASK.memory..2 * TASK.memory).contains(&most)) {
            break limits;
        }
        std::thread::yield_now();
    };
    let limit = |name: &str| {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().rev().nth(1).unwrap().to_owned()
    };
    assert_eq!(limit("Max file size"), "0", "it writes no file");
    assert_eq!(
        limit("Max open files"),
        "3",
        "it opens no file and no socket"
    );
    assert_eq!(limit("Max core file size"), "0", "it leaves nothing behind");
    assert!(limits.contains("Max cpu time              2 "), "{limits}");
    let mut asked = serde_json::to_vec(&own()).unwrap();
    asked.push(b'\n');
    asked.extend(xlsx(&[&people(500)]));
    child.stdin.take().unwrap().write_all(&asked).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("\"people\":500,"), "{said}");
    for word in ["@", "example", "佐藤", "東京", "C10", "雨田"] {
        assert!(!said.contains(word), "{word} stays in the child: {said}");
    }
}

/// Files that mean harm. None of them is written anywhere.
mod hostile {
    use super::End::{self, Any, Cut, Read};
    use super::lists::{HEAD, biff, compound, csv, document, letters, pack, people, workbook, zip};
    use super::{Deflated, Stored};
    use std::fmt::Write as _;
    use zip::write::SimpleFileOptions;

    type File = (&'static str, Vec<u8>, End);

    const MIB: usize = 1024 * 1024;

    pub(super) fn files() -> Vec<File> {
        [zips(), workbooks(), documents(), compounds(), texts()]
            .into_iter()
            .flatten()
            .collect()
    }

    fn zips() -> Vec<File> {
        let text = csv(&people(20));
        let zeros = vec![b' '; 100 * MIB];
        let mut nested = zip(Deflated, &[("a.csv", text.as_bytes())]);
        for _ in 0..10 {
            nested = zip(Deflated, &[("a.zip", &nested), ("b.zip", &nested)]);
        }
        let mut link = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        link.add_symlink("list.csv", "/etc/passwd", options)
            .unwrap();
        let named = |name: &str| zip(Deflated, &[(name, text.as_bytes())]);
        vec![
            ("a bomb", zip(Deflated, &[("a.csv", &zeros)]), Any),
            ("an overlapping bomb", overlapping(&zeros[..8 * MIB]), Any),
            ("zips in zips", nested, Cut),
            ("a link", link.finish().unwrap().into_inner(), Read),
            ("a path upwards", named("../../../../tmp/atesaki.csv"), Read),
            ("a path from the root", named("/tmp/atesaki.csv"), Read),
            ("a path with a zero", named("a\0/../b.csv"), Read),
            ("many files", many(), Cut),
            ("nothing", b"PK\x05\x06".to_vec(), Any),
        ]
    }

    /// A zip whose list names one file a thousand times.
    fn overlapping(bytes: &[u8]) -> Vec<u8> {
        let once = zip(Deflated, &[("0000.csv", bytes)]);
        let place = |head: &[u8]| once.windows(4).rposition(|four| four == head).unwrap();
        let (list, end) = (place(b"PK\x01\x02"), place(b"PK\x05\x06"));
        let mut bomb = once[..list].to_vec();
        for n in 0..1000 {
            let mut entry = once[list..end].to_vec();
            entry[46..50].copy_from_slice(format!("{n:04}").as_bytes());
            bomb.extend(entry);
        }
        let mut end = once[end..].to_vec();
        let size = u32::try_from(bomb.len() - list).unwrap();
        end[8..10].copy_from_slice(&1000_u16.to_le_bytes());
        end[10..12].copy_from_slice(&1000_u16.to_le_bytes());
        end[12..16].copy_from_slice(&size.to_le_bytes());
        bomb.extend(end);
        bomb
    }

    fn many() -> Vec<u8> {
        let names: Vec<String> = (0..30_000).map(|n| format!("{n}.csv")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b""[..])).collect();
        zip(Stored, &files)
    }

    /// A workbook with another text for one of its parts, and other parts beside.
    fn with(part: &str, text: String, more: &[(&str, &str)]) -> Vec<u8> {
        let mut parts = workbook(&[&people(20)]);
        parts.retain(|(name, _)| name != part && more.iter().all(|(more, _)| name != more));
        if !part.is_empty() {
            parts.push((part.to_owned(), text));
        }
        parts.extend(more.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())));
        pack(Deflated, &parts)
    }

    fn workbooks() -> Vec<File> {
        let sheet =
            |rows: &str| format!("{HEAD}<worksheet><sheetData>{rows}</sheetData></worksheet>");
        let mut wide = String::from("<row r=\"1\">");
        for x in 0..1_000_000 {
            write!(wide, "<c r=\"{}1\"><v>{x}</v></c>", letters(x)).unwrap();
        }
        let repeated = format!(
            "{HEAD}<sst>{}</sst>",
            "<si><t>a</t></si>".repeat(10_000_000)
        );
        let long = format!("{HEAD}<sst><si><t>{}</t></si></sst>", "a@b.cc ".repeat(MIB));
        let cells = sheet(&"<row><c t=\"s\"><v>0</v></c></row>".repeat(400_000));
        let laughs = laughs("<sst><si><t>&z;</t></si></sst>");
        let deep = sheet(&"<row>".repeat(5_000_000));
        let macros = [
            ("xl/vbaProject.bin", "made up"),
            (
                "xl/externalLinks/externalLink1.xml",
                "<externalLink><ddeLink ddeService=\"cmd\" ddeTopic=\"/c calc\"/></externalLink>",
            ),
            (
                "xl/externalLinks/_rels/externalLink1.xml.rels",
                "<Relationships><Relationship Target=\"http://198.51.100.1/x\" TargetMode=\"External\"/></Relationships>",
            ),
        ];
        let strings = "xl/sharedStrings.xml";
        let first = "xl/worksheets/sheet1.xml";
        let formula =
            "<row><c t=\"str\"><f>WEBSERVICE(\"http://198.51.100.1/\")</f><v>x</v></c></row>";
        vec![
            (
                "a sheet of spaces",
                with(first, sheet(&" ".repeat(100 * MIB)), &[]),
                Any,
            ),
            ("a million columns", with(first, sheet(&wide), &[]), Any),
            (
                "one string ten million times",
                with(strings, repeated, &[]),
                Any,
            ),
            (
                "one long string in every cell",
                with(strings, long, &[(first, &cells)]),
                Any,
            ),
            ("a billion laughs", with(strings, laughs, &[]), Read),
            ("rows in rows", with(first, deep, &[]), Any),
            ("macros and links", with("", String::new(), &macros), Read),
            (
                "a formula that asks the web",
                with(first, sheet(formula), &[]),
                Read,
            ),
            (
                "a cell in the corner",
                with(
                    first,
                    sheet(
                        "<row><c r=\"A1\"><v>1</v></c></row><row><c r=\"XFD1048576\"><v>1</v></c></row>",
                    ),
                    &[],
                ),
                Cut,
            ),
        ]
    }

    fn laughs(body: &str) -> String {
        let mut kinds = String::from("<!ENTITY a \"ha@ha.example \">");
        for (entity, of) in ('b'..='z').zip('a'..='y') {
            let ten = format!("&{of};").repeat(10);
            write!(kinds, "<!ENTITY {entity} \"{ten}\">").unwrap();
        }
        format!(
            "<?xml version=\"1.0\"?><!DOCTYPE x [{kinds}<!ENTITY y SYSTEM \"file:///etc/passwd\">]>{body}"
        )
    }

    fn documents() -> Vec<File> {
        let table = |rows: &str| {
            let mut parts = document(&[]);
            parts[1].1 = format!("{HEAD}<d><table>{rows}</table></d>");
            pack(Deflated, &parts)
        };
        let cell =
            "<table-cell number-columns-repeated=\"4294967295\"><p>a@b.example</p></table-cell>";
        let times = format!("<table-row number-rows-repeated=\"4294967295\">{cell}</table-row>");
        let mut laughing = document(&[]);
        laughing[1].1 = laughs(
            "<d><table><table-row><table-cell><p>&z;</p></table-cell></table-row></table></d>",
        );
        vec![
            ("a cell times four billion squared", table(&times), Any),
            ("a document that laughs", pack(Deflated, &laughing), Read),
            (
                "a paragraph of spaces",
                table(&format!("<p>{}", "x".repeat(100 * MIB))),
                Any,
            ),
            (
                "cells in cells",
                table(&"<table-cell><p>".repeat(2_000_000)),
                Any,
            ),
        ]
    }

    fn compounds() -> Vec<File> {
        let good = compound("Workbook", &biff(&[&people(300)]));
        let patched = |at: usize, value: u32| {
            let mut bytes = good.clone();
            bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
            bytes
        };
        let word = |at: usize| u32::from_le_bytes(good[at..at + 4].try_into().unwrap());
        let sectors = usize::try_from(word(48)).unwrap();
        let chains = (sectors + 2) * 512;
        let circle = |at: usize, to: u32| patched(chains + at * 4, to);
        // A record says that every cell is the longest string there can be.
        let mut records = biff(&[]);
        records.truncate(20 + 6);
        let long = [
            &[1, 0, 0, 0, 1, 0, 0, 0, 0x10, 0x20, 0][..],
            &[b'a'; 0x2010],
        ]
        .concat();
        let mut add = |kind: u16, body: &[u8]| {
            records.extend(kind.to_le_bytes());
            records.extend(u16::try_from(body.len()).unwrap().to_le_bytes());
            records.extend(body);
        };
        add(0x00fc, &long);
        for n in 0..300_000_u32 {
            let row = n.to_le_bytes();
            add(0x00fd, &[row[0], row[1], 0, 0, 0, 0, 0, 0, 0, 0]);
        }
        vec![
            ("a circle of one sector", circle(0, 0), Cut),
            ("a circle of the stream", circle(sectors - 1, 0), Cut),
            (
                "a circle of the directory",
                circle(sectors, u32::try_from(sectors).unwrap()),
                Cut,
            ),
            ("a chain out of the file", circle(3, 0x00ff_ffff), Cut),
            ("tables in a circle", patched(68, 0), Cut),
            ("tables out of the file", patched(76, 0x0fff_ffff), Cut),
            ("sectors of no size", patched(30, 0), Cut),
            ("no directory", patched(48, 0xffff_fffe), Cut),
            ("nothing but the beginning", good[..8].to_vec(), Cut),
            ("long strings", compound("Workbook", &records), Any),
        ]
    }

    fn texts() -> Vec<File> {
        let twelve = 12 * MIB;
        let filled = |piece: &str| piece.repeat(twelve / piece.len()).into_bytes();
        vec![
            ("a line without end", filled("a"), Any),
            ("a line of signs", filled("@"), Any),
            ("marks without end", filled("\"a"), Any),
            (
                "a mark that never closes",
                filled("\"a,b\n\"\"")[..].to_vec(),
                Any,
            ),
            ("addresses without end", filled("a@b.cc,"), Any),
            (
                "a million columns",
                format!("{}\n", "x,".repeat(1_000_000)).into_bytes(),
                Any,
            ),
            ("a million rows", filled("a,b\n"), Any),
            ("wide noise", filled("\u{fdfa}"), Any),
            ("zeros", vec![0; twelve], Any),
            ("more than is looked at", vec![b'a'; twelve + 1], Any),
        ]
    }
}
