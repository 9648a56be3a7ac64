//! One made-up person's vault, as every program would export it; tables that nobody has seen; and
//! files that mean harm. Services, names and passwords are invented.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use anyhow::Result;
use encoding_rs::SHIFT_JIS;
use monitor::confined::Worker;
use monitor::fault::{self, Code};
use monitor::intake::{Ask, Format, MOST_ENTRIES, Outcome, Role, parse};
use monitor::shell::{Notice, Topic};
use monitor::surface::{self, Desk, Drag};
use monitor::vault::{Keep, Vault};
use monitor::{Clock, Handle, Lang, Shell, Start, view};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Stands in every password and one-time code of every made-up file here.
const SECRET: &str = "hunter2-Tr0ub4dor";

/// One login: name, site, address, when it was made.
type Login = (&'static str, &'static str, &'static str, &'static str);

const LOGINS: &[Login] = &[
    (
        "Shop",
        "https://www.shop.example/login",
        "ada+shop@example.org",
        "2021-03-04T09:00:00Z",
    ),
    (
        "News",
        "https://news.example/",
        "ada+news@example.org",
        "2022-05-06T09:00:00Z",
    ),
    (
        "Bank",
        "https://online.bank.example/a,b",
        "ada@example.org",
        "2019-01-02T09:00:00Z",
    ),
    (
        "Forum",
        "https://forum.test/?x=\"y\"",
        "ada@example.org",
        "2020-08-09T09:00:00Z",
    ),
    (
        "例の店",
        "https://例の店.example/",
        "ada+mise@example.net",
        "2023-10-11T09:00:00Z",
    ),
];

fn seconds(instant: &str) -> i64 {
    instant.parse::<jiff::Timestamp>().unwrap().as_second()
}

fn quoted(cells: &[&str]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect();
    cells.join(",")
}

/// A table with a row for each login, and one login whose user name is no address.
fn table(header: &str, end: &str, row: impl Fn(Login) -> Vec<String>) -> Vec<u8> {
    let mut text = format!("{header}{end}");
    let stranger = (
        "Club",
        "https://club.example/",
        "ada_77",
        "2018-01-01T00:00:00Z",
    );
    for login in LOGINS.iter().copied().chain([stranger]) {
        let cells = row(login);
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        text.push_str(&quoted(&cells));
        text.push_str(end);
    }
    text.into_bytes()
}

fn cells(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The formats that say nothing of when a login was made.
fn undated() -> Vec<(&'static str, Format, Vec<u8>)> {
    let bitwarden = |archived: bool| {
        let header = match archived {
            false => {
                "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp"
            }
            true => {
                "folder,favorite,type,name,notes,fields,reprompt,archivedDate,login_uri,login_username,login_password,login_totp"
            }
        };
        table(header, "\r\n", move |(name, url, user, _)| {
            let uris = format!("{url},https://m.{}", url.trim_start_matches("https://"));
            let mut row = cells(&["Made up", "", "login", name, "two\nlines", "PIN: 1234", "0"]);
            row.extend(archived.then(String::new));
            row.extend(cells(&[&uris, user, SECRET, SECRET]));
            row
        })
    };
    vec![
        ("bitwarden", Format::BitwardenCsv, bitwarden(false)),
        ("bitwarden, newer", Format::BitwardenCsv, bitwarden(true)),
        (
            "1password",
            Format::OnePasswordCsv,
            table(
                "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes",
                "\n",
                |(name, url, user, _)| {
                    cells(&[name, url, user, SECRET, SECRET, "false", "TRUE", "", "-"])
                },
            ),
        ),
        (
            "keepassxc, older",
            Format::KeePassXc,
            table(
                "\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\"",
                "\n",
                |(name, url, user, _)| cells(&["Root", name, user, SECRET, url, ""]),
            ),
        ),
        (
            "chrome",
            Format::Chromium,
            table(
                "name,url,username,password,note",
                "\n",
                |(name, url, user, _)| cells(&[name, url, user, SECRET, ""]),
            ),
        ),
        (
            "chrome, older, with a mark",
            Format::Chromium,
            table(
                "\u{feff}name,url,username,password",
                "\n",
                |(_, url, user, _)| {
                    let host = url
                        .trim_start_matches("https://")
                        .split(['/', '?'])
                        .next()
                        .unwrap();
                    cells(&[host, url, user, SECRET])
                },
            ),
        ),
        (
            "apple",
            Format::Apple,
            table(
                "Title,URL,Username,Password,Notes,OTPAuth",
                "\r\n",
                |(name, url, user, _)| cells(&[name, url, user, SECRET, "", SECRET]),
            ),
        ),
        (
            "proton, oldest",
            Format::ProtonCsv,
            table(
                "name,url,username,password,note,totp",
                "\n",
                |(name, url, user, _)| cells(&[name, url, user, SECRET, "", SECRET]),
            ),
        ),
        ("a table", Format::Table, semicolons()),
    ]
}

fn semicolons() -> Vec<u8> {
    let mut text = "Dienst;Webseite;E-Mail-Adresse;Kennwort\r\n".to_owned();
    for (name, url, user, _) in LOGINS {
        text.push_str(&format!(
            "{name};\"{}\";{user};{SECRET}\r\n",
            url.replace('"', "\"\"")
        ));
    }
    text.into_bytes()
}

/// The formats that say when a login was made.
fn dated() -> Vec<(&'static str, Format, Vec<u8>)> {
    let millis = |at: &str| (seconds(at) * 1_000).to_string();
    let proton = |autofill: bool| {
        let header = match autofill {
            true => {
                "type,name,url,autofillUrls,email,username,password,note,totp,createTime,modifyTime,vault"
            }
            false => "type,name,url,email,username,password,note,totp,createTime,modifyTime,vault",
        };
        table(header, "\n", move |(name, url, user, at)| {
            let mut row = cells(&["login", name, url]);
            row.extend(autofill.then(|| json!([url]).to_string()));
            let made = seconds(at).to_string();
            row.extend(cells(&[
                user, "", SECRET, "", SECRET, &made, &made, "Personal",
            ]));
            row
        })
    };
    let bitwarden = json!({
        "encrypted": false,
        "folders": [{"id": "1", "name": "Made up"}],
        "items": LOGINS.iter().map(|(name, url, user, at)| json!({
            "id": "1", "organizationId": null, "folderId": null, "type": 1, "name": name, "notes": null,
            "favorite": false, "fields": [{"name": "PIN", "value": SECRET, "type": 1}], "creationDate": at,
            "login": {"uris": [{"match": null, "uri": url}], "username": user, "password": SECRET, "totp": SECRET},
            "passwordHistory": [{"password": SECRET}], "collectionIds": null,
        })).chain([json!({"type": 2, "name": "A note", "notes": SECRET})]).collect::<Vec<_>>(),
    })
    .to_string()
    .into_bytes();
    let onepux = |wrapped: bool| {
        let items = LOGINS.iter().map(|(name, url, user, at)| {
            let item = json!({
                "uuid": "x", "favIndex": 0, "createdAt": seconds(at), "updatedAt": 1, "state": "archived", "categoryUuid": "001",
                "overview": {"title": name, "url": url, "urls": [{"label": "", "url": url}], "tags": []},
                "details": {
                    "loginFields": [
                        {"value": user, "id": "", "name": "u", "fieldType": "T", "designation": "username"},
                        {"value": SECRET, "id": "", "name": "p", "fieldType": "P", "designation": "password"},
                    ],
                    "notesPlain": "",
                    "sections": [{"title": "", "fields": [{"title": "code", "id": "1", "value": {"concealed": SECRET}}]}],
                },
            });
            if wrapped { json!({ "item": item }) } else { item }
        });
        let data = json!({"accounts": [{"attrs": {}, "vaults": [{"attrs": {"name": "Made up"}, "items": items.collect::<Vec<_>>()}]}]});
        let attributes =
            json!({"version": 3, "description": "1Password Unencrypted Export", "createdAt": 1});
        zipped(&[
            ("export.attributes", attributes.to_string().as_bytes()),
            ("export.data", data.to_string().as_bytes()),
        ])
    };
    let proton_json = json!({
        "version": "1.31.0", "userId": "made up",
        "vaults": {"share": {"name": "Personal", "description": "", "items": LOGINS.iter().map(|(name, url, user, at)| json!({
            "itemId": "1", "shareId": "share", "aliasEmail": null, "state": 1, "createTime": seconds(at), "modifyTime": 1,
            "data": {
                "type": "login", "metadata": {"name": name, "note": "", "itemUuid": "1"},
                "extraFields": [{"fieldName": "code", "type": "hidden", "data": {"content": SECRET}}],
                "content": {"itemEmail": user, "itemUsername": "", "password": SECRET, "urls": [url], "totpUri": SECRET, "passkeys": []},
            },
        })).collect::<Vec<_>>()}},
    })
    .to_string()
    .into_bytes();
    vec![
        (
            "keepassxc",
            Format::KeePassXc,
            table(
                "\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\",\"TOTP\",\"Icon\",\"Last Modified\",\"Created\"",
                "\n",
                |(name, url, user, at)| {
                    cells(&["Root", name, user, SECRET, url, "", SECRET, "0", at, at])
                },
            ),
        ),
        (
            "firefox",
            Format::Firefox,
            table(
                "\"url\",\"username\",\"password\",\"httpRealm\",\"formActionOrigin\",\"guid\",\"timeCreated\",\"timeLastUsed\",\"timePasswordChanged\"",
                "\r\n",
                |(_, url, user, at)| {
                    cells(&[url, user, SECRET, "", url, "{1}", &millis(at), "1", "1"])
                },
            ),
        ),
        ("proton", Format::ProtonCsv, proton(true)),
        ("proton, older", Format::ProtonCsv, proton(false)),
        ("bitwarden json", Format::BitwardenJson, bitwarden.clone()),
        (
            "bitwarden zip",
            Format::BitwardenJson,
            zipped(&[("data.json", &bitwarden)]),
        ),
        ("1pux", Format::OnePux, onepux(false)),
        ("1pux, older", Format::OnePux, onepux(true)),
        ("proton json", Format::ProtonJson, proton_json.clone()),
        (
            "proton zip",
            Format::ProtonJson,
            zipped(&[
                ("Proton Pass/files/x", b"x"),
                ("Proton Pass/data.json", &proton_json),
            ]),
        ),
    ]
}

struct Quiet;

impl Shell for Quiet {
    fn changed(&self, _: &[Topic]) {}
    fn notify(&self, _: Notice) {}
    fn worker(&self) -> Result<Worker> {
        Ok(Worker::Here)
    }
}

struct NoVault;

impl Vault for NoVault {
    fn password(&self, _: &str) -> Result<Option<monitor::mailbox::Secret>> {
        Ok(None)
    }
    fn keep(&self, _: &str, _: &monitor::mailbox::Secret, _: Keep) -> Result<()> {
        Ok(())
    }
    fn forget(&self, _: &str) -> Result<()> {
        Ok(())
    }
    fn keychain_answers(&self) -> bool {
        false
    }
}

/// A ledger in a folder of its own.
struct House {
    folder: tempfile::TempDir,
    handle: Handle,
    runtime: tokio::runtime::Runtime,
}

impl House {
    fn new() -> House {
        let folder = tempfile::tempdir().unwrap();
        let handle = Handle::open(Start {
            data: folder.path().join("data"),
            clock: Clock::Fixed("2026-06-20T12:00:00Z".parse().unwrap()),
            lang: Lang::En,
            vault: Arc::new(NoVault),
            shell: Arc::new(Quiet),
            zone: Some("Asia/Tokyo".into()),
        })
        .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        House {
            folder,
            handle,
            runtime,
        }
    }

    fn file(&self, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("export.with-no-telling-name");
        fs::write(&path, bytes).unwrap();
        path
    }

    fn import(&self, bytes: &[u8], ask: &Ask) -> Result<monitor::Preview> {
        let path = self.file(bytes);
        self.runtime.block_on(self.handle.import(&path, ask))
    }

    fn preview(&self, bytes: &[u8], ask: &Ask) -> Result<monitor::Preview> {
        let path = self.file(bytes);
        self.runtime.block_on(self.handle.preview(&path, ask))
    }

    /// Services as `atesaki services --json` prints them.
    fn services(&self) -> String {
        let picture = self.handle.picture().unwrap();
        format!("{:#}", view::services_json(&picture))
    }

    fn addresses(&self) -> usize {
        self.handle.picture().unwrap().addresses.len()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.handle.close();
        for file in fs::read_dir(self.folder.path().join("data")).unwrap() {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            let found = bytes
                .windows(SECRET.len())
                .any(|part| part == SECRET.as_bytes());
            assert!(!found, "no password is ever in the data folder");
        }
    }
}

#[test]
fn one_vault_is_one_ledger_whoever_exported_it() {
    for formats in [undated(), dated()] {
        let mut first: Option<(&str, String)> = None;
        for (name, format, bytes) in formats {
            let house = House::new();
            let imported = house.import(&bytes, &Ask::default()).unwrap();
            assert_eq!(imported.parsed.format, format, "{name}");
            assert_eq!(imported.plan.counts().0, LOGINS.len() as u64, "{name}");
            let services = house.services();
            let (other, want) = first.get_or_insert((name, services.clone()));
            assert_eq!(&services, want, "{name} and {other}");
            let again = house.import(&bytes, &Ask::default()).unwrap();
            assert_eq!(again.import, None, "{name} once more is no import");
            assert_eq!(
                house.services(),
                services,
                "{name} once more changes nothing"
            );
        }
        println!("{}", first.unwrap().1);
    }
}

#[test]
fn two_exports_of_one_vault_make_no_more_than_one() {
    let house = House::new();
    let all = dated();
    house.import(&all[0].2, &Ask::default()).unwrap();
    let services = house.services();
    for (name, _, bytes) in undated().iter().chain(&all) {
        let preview = house.preview(bytes, &Ask::default()).unwrap();
        assert!(preview.plan.adds_nothing(), "{name}: {:?}", preview.plan);
        house.import(bytes, &Ask::default()).unwrap();
        assert_eq!(house.services(), services, "{name}");
    }
}

#[test]
fn an_import_is_taken_back_as_a_whole_and_what_rests_on_it_stays() {
    use monitor::actor::{Change, Give};
    let give = |address: &str, service: &str| {
        Change::Give(Give {
            address: exposure::AddrSpec::parse(address).unwrap(),
            service: service.into(),
            domains: Vec::new(),
            processors: Vec::new(),
            on: Some("2024-01-02".parse().unwrap()),
            also: Vec::new(),
        })
    };
    let house = House::new();
    let change = |change| house.runtime.block_on(house.handle.change(change)).unwrap();
    change(give("ada+shop@example.org", "shop"));
    let before = house.services();
    let (_, _, bytes) = &dated()[0];
    let imported = house.import(bytes, &Ask::default()).unwrap();
    assert_eq!(imported.plan.counts().1, 1, "the shop is there by its name");
    assert!(
        house.services().contains("2024-01-02"),
        "what was declared stays"
    );
    let undone = house
        .runtime
        .block_on(house.handle.undo_import(None))
        .unwrap();
    assert_eq!(undone.kept, 0, "nothing rests on it");
    assert_eq!(house.services(), before);
    assert_eq!(house.addresses(), 1);

    house.import(bytes, &Ask::default()).unwrap();
    change(give("ada+news@example.org", "News"));
    change(give("ada@example.org", "Somebody else"));
    let undone = house
        .runtime
        .block_on(house.handle.undo_import(None))
        .unwrap();
    assert_eq!(
        undone.kept, 4,
        "a disclosure, its service, and two addresses are the user's word now"
    );
    let services = house.services();
    for there in [
        "ada+news@example.org",
        "Somebody else",
        "ada@example.org",
        "2024-01-02",
    ] {
        assert!(services.contains(there), "{there}: {services}");
    }
    assert!(!services.contains("Bank"), "{services}");
    let none = house.runtime.block_on(house.handle.undo_import(None));
    assert_eq!(fault::of(&none.unwrap_err()).code, Code::NoSuchImport);
}

#[test]
fn aliases_are_forwarding_addresses_and_their_notes_say_whom_they_were_given_to() {
    let simplelogin = "alias,note,enabled,mailboxes\r\n\
        x1.shop@alias.example,Used at shop.example,True,ada@example.org bo@example.org\r\n\
        x2@alias.example,News,False,ada@example.org\r\n\
        x3@alias.example,,True,ada@example.org\r\n";
    let addy = "id,user_id,aliasable_id,aliasable_type,local_part,extension,domain,email,active,pinned,description,from_name,attached_recipients_only,emails_forwarded,emails_blocked,emails_replied,emails_sent,last_forwarded,last_blocked,last_replied,last_sent,created_at,updated_at,deleted_at\r\n\
        1,1,,,x1.shop,,alias.example,x1.shop@alias.example,1,0,https://shop.example/,,0,5,0,0,0,,,,,2021-03-04 09:00:00,2021-03-04 09:00:00,\r\n\
        2,1,,,x2,,alias.example,x2@alias.example,1,0,News,,0,5,0,0,0,,,,,2022-05-06 09:00:00,2021-03-04 09:00:00,2023-01-01 00:00:00\r\n\
        3,1,,,x3,,alias.example,x3@alias.example,1,0,,,0,5,0,0,0,,,,,2023-05-06 09:00:00,2021-03-04 09:00:00,\r\n";
    for (format, text) in [(Format::SimpleLogin, simplelogin), (Format::AddyIo, addy)] {
        let house = House::new();
        let imported = house.import(text.as_bytes(), &Ask::default()).unwrap();
        assert_eq!(imported.parsed.format, format);
        assert_eq!(imported.plan.counts(), (3, 0, 0), "{format:?}");
        let picture = house.handle.picture().unwrap();
        let found: Vec<_> = picture
            .addresses
            .iter()
            .map(|a| (a.spec.to_string(), a.kind.word(), a.status.word()))
            .collect();
        let want = [
            ("x3@alias.example", "relay", "active"),
            ("x2@alias.example", "relay", "retired"),
            ("x1.shop@alias.example", "relay", "active"),
        ];
        let want = want.map(|(spec, kind, status)| (spec.to_owned(), kind, status));
        assert_eq!(found, want, "{format:?}");
        let names: Vec<&str> = picture.services.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["News", "Shop"], "{format:?}");
    }
}

/// A table that nobody has seen: how it is written, what its columns really are, its rows.
struct Unseen {
    name: &'static str,
    bytes: Vec<u8>,
    columns: &'static [(&'static str, Role)],
}

fn unseen() -> Vec<Unseen> {
    let utf16 = |text: &str| {
        let units = format!("\u{feff}{text}");
        units
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let jis = |text: &str| SHIFT_JIS.encode(text).0.into_owned();
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    use Role::{Address, Date, Ignore, Note, Secret, Service, Url};
    vec![
        Unseen {
            name: "LastPass",
            bytes: b"url,username,password,totp,extra,name,grouping,fav\nhttps://shop.example/,ada+shop@example.org,hunter2-Tr0ub4dor,,,Shop,Shops,0\nhttps://news.example/,ada+news@example.org,hunter2-Tr0ub4dor,,a note,News,,0\n".to_vec(),
            columns: &[("url", Url), ("username", Address), ("password", Secret), ("totp", Secret), ("extra", Note), ("name", Service), ("grouping", Ignore), ("fav", Ignore)],
        },
        Unseen {
            name: "Dashlane",
            bytes: b"username,username2,username3,title,password,note,url,category,otpUrl\nada+shop@example.org,,,Shop,hunter2-Tr0ub4dor,,shop.example,,\nada_77,ada+news@example.org,,News,hunter2-Tr0ub4dor,,news.example,,\n".to_vec(),
            columns: &[("username", Address), ("username2", Address), ("username3", Address), ("title", Service), ("password", Secret), ("note", Note), ("url", Url), ("category", Ignore), ("otpUrl", Ignore)],
        },
        Unseen {
            name: "a list kept by hand",
            bytes: b"Given to,Address,Since\nShop,ada+shop@example.org,2021-03-04\nNews,ada+news@example.org,2022-05-06\n".to_vec(),
            columns: &[("Given to", Service), ("Address", Address), ("Since", Date)],
        },
        Unseen {
            name: "German, semicolons, windows-1252",
            bytes: latin("Anbieter;Webseite;Benutzername;Kennwort;Bemerkung;Erstellt am;Geändert am\r\nShop für Bücher;www.shop.example;ada+shop@example.org;hunter2-Tr0ub4dor;;04.03.2021;31.12.2024\r\nNachrichten;news.example;ada+news@example.org;hunter2-Tr0ub4dor;Größe;06.05.2022;31.12.2024\r\n"),
            columns: &[("Anbieter", Service), ("Webseite", Url), ("Benutzername", Address), ("Kennwort", Secret), ("Bemerkung", Note), ("Erstellt am", Date), ("Geändert am", Ignore)],
        },
        Unseen {
            name: "German, by hand",
            bytes: "Firma;E-Mail;Passwort;Notizen\nShop;ada+shop@example.org;hunter2-Tr0ub4dor;\nNews;ada+news@example.org;hunter2-Tr0ub4dor;x\n".as_bytes().to_vec(),
            columns: &[("Firma", Service), ("E-Mail", Address), ("Passwort", Secret), ("Notizen", Note)],
        },
        Unseen {
            name: "French, semicolons",
            bytes: latin("Nom;Site web;Identifiant;Mot de passe;Remarques;Date de création\r\nLibrairie;https://shop.example/;ada+shop@example.org;hunter2-Tr0ub4dor;été;04/03/2021\r\nJournal;https://news.example/;ada+news@example.org;hunter2-Tr0ub4dor;;16/05/2022\r\n"),
            columns: &[("Nom", Service), ("Site web", Url), ("Identifiant", Address), ("Mot de passe", Secret), ("Remarques", Note), ("Date de création", Date)],
        },
        Unseen {
            name: "Japanese, Shift_JIS",
            bytes: jis("サービス名,URL,ログインID,メールアドレス,パスワード,備考,登録日\r\n例の店,https://shop.example/,ada_77,ada+shop@example.org,hunter2-Tr0ub4dor,会員,2021/3/4\r\n例の新聞,https://news.example/,ada_78,ada+news@example.org,hunter2-Tr0ub4dor,,2022/5/6\r\n"),
            columns: &[("サービス名", Service), ("URL", Url), ("ログインID", Address), ("メールアドレス", Address), ("パスワード", Secret), ("備考", Note), ("登録日", Date)],
        },
        Unseen {
            name: "Japanese, tabs, UTF-16",
            bytes: utf16("サイト名\tアドレス\tＩＤ\tパスワード\tメモ\t更新日\r\n例の店\thttps://shop.example/\tada+shop@example.org\thunter2-Tr0ub4dor\t\t2024年1月2日\r\n例の新聞\thttps://news.example/\tada+news@example.org\thunter2-Tr0ub4dor\t\t2024年1月2日\r\n"),
            columns: &[("サイト名", Service), ("アドレス", Url), ("ＩＤ", Address), ("パスワード", Secret), ("メモ", Note), ("更新日", Ignore)],
        },
        Unseen {
            name: "Japanese, by hand",
            bytes: jis("相手,渡したアドレス,いつから,電話番号\r\n例の店,ada+shop@example.org,2021年3月4日,000-0000-0000\r\n例の新聞,ada+news@example.org,2022年5月6日,\r\n"),
            columns: &[("相手", Service), ("渡したアドレス", Address), ("いつから", Date), ("電話番号", Ignore)],
        },
        Unseen {
            name: "Apple's hidden addresses, without a header",
            bytes: b"Shop,x1_shop@privaterelay.example,1614848400\nNews,x2_news@privaterelay.example,1651827600\n".to_vec(),
            columns: &[("1", Service), ("2", Address), ("3", Date)],
        },
        Unseen {
            name: "RoboForm",
            bytes: b"Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\nShop,https://shop.example/,https://shop.example/,ada+shop@example.org,hunter2-Tr0ub4dor,,,\"x,,,\"\nNews,https://news.example/,https://news.example/,ada+news@example.org,hunter2-Tr0ub4dor,,,\n".to_vec(),
            columns: &[("Name", Service), ("Url", Url), ("MatchUrl", Url), ("Login", Address), ("Pwd", Secret), ("Note", Note), ("Folder", Ignore), ("RfFieldsV2", Ignore)],
        },
        Unseen {
            name: "the address book of a mail program",
            bytes: b"sep=;\r\nLabel;Alias;Enabled;Hint\r\nShop;ada+shop@example.org;yes;\r\nNews;ada+news@example.org;no;\r\n".to_vec(),
            columns: &[("Label", Service), ("Alias", Address), ("Enabled", Ignore), ("Hint", Ignore)],
        },
    ]
}

#[test]
fn a_table_that_nobody_has_seen_needs_at_most_two_corrections() {
    let mut wrong_in_all = 0;
    for unseen in unseen() {
        let house = House::new();
        let preview = house.preview(&unseen.bytes, &Ask::default()).unwrap();
        assert_eq!(preview.parsed.format, Format::Table, "{}", unseen.name);
        let found: Vec<(&str, Role)> = preview
            .parsed
            .columns
            .iter()
            .map(|c| (c.name.as_str(), c.role))
            .collect();
        assert_eq!(
            found.len(),
            unseen.columns.len(),
            "{}: {found:?}",
            unseen.name
        );
        let wrong: Vec<_> = found
            .iter()
            .zip(unseen.columns)
            .filter(|(a, b)| a.1 != b.1)
            .collect();
        println!("{}: {} to correct {wrong:?}", unseen.name, wrong.len());
        wrong_in_all += wrong.len();
        assert!(wrong.len() <= 2, "{}: {wrong:?}", unseen.name);
        for column in &preview.parsed.columns {
            let samples = column.samples.concat();
            assert!(!samples.contains(SECRET), "{}: {column:?}", unseen.name);
        }
        let said = wrong.iter().filter(|(_, want)| want.1 != Role::Secret);
        let columns = said.map(|(_, want)| (want.0.to_owned(), want.1)).collect();
        let ask = Ask {
            format: None,
            columns,
        };
        let imported = house.import(&unseen.bytes, &ask).unwrap();
        assert_eq!(
            imported.plan.counts().0,
            2,
            "{}: {:?}",
            unseen.name,
            imported.plan.rows
        );
        let services = house.services();
        let again = house.import(&unseen.bytes, &Ask::default()).unwrap();
        assert_eq!(
            house.services(),
            services,
            "{}: what was said is remembered",
            unseen.name
        );
        assert!(
            again
                .plan
                .rows
                .iter()
                .all(|row| row.outcome != Outcome::Added)
        );
    }
    println!("{wrong_in_all} guesses were wrong in all");
    assert!(wrong_in_all <= 4, "most tables need no correction");
}

#[test]
fn what_means_harm_ends_in_a_sentence_and_changes_nothing() {
    let house = House::new();
    house.import(&dated()[0].2, &Ask::default()).unwrap();
    let services = house.services();
    let check = |name: &str, bytes: &[u8], want: Code| {
        let began = Instant::now();
        let found = house.import(bytes, &Ask::default());
        let found = found.map(|p| p.plan).map_err(|e| fault::of(&e).code);
        println!("{name}: {found:?} after {:?}", began.elapsed());
        assert_eq!(found, Err(want), "{name}");
        assert_eq!(house.services(), services, "{name}");
    };
    let encrypted = json!({"encrypted": true, "passwordProtected": true, "salt": "x", "kdfType": 0, "kdfIterations": 1,
        "encKeyValidation_DO_NOT_EDIT": "2.x", "data": "2.x"});
    check(
        "encrypted",
        encrypted.to_string().as_bytes(),
        Code::ImportEncrypted,
    );
    check(
        "a database",
        b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5",
        Code::ImportEncrypted,
    );
    let (_, _, firefox) = &dated()[1];
    for cut in [7, 30, 60, 90] {
        let short = &firefox[..firefox.len() - cut];
        check("a table that is cut off", short, Code::ImportDamaged);
    }
    check(
        "PGP in a zip",
        &zipped(&[("Proton Pass/data.pgp", b"x")]),
        Code::ImportEncrypted,
    );
    check("nothing", b"", Code::ImportUnknown);
    check(
        "a letter",
        b"Dear Ada,\n\nthis is made up.\n",
        Code::ImportUnknown,
    );
    check("a line", b"just a line", Code::ImportUnknown);
    check(
        "JSON of another kind",
        b"{\"a\": [1, 2]}",
        Code::ImportUnknown,
    );
    check(
        "JSON that ends too soon",
        b"{\"items\": [{\"type\": 1, \"na",
        Code::ImportDamaged,
    );
    check(
        "JSON as deep as it goes",
        "{\"items\":".repeat(9_000).as_bytes(),
        Code::ImportDamaged,
    );
    check("zeros", &[0; 4_000], Code::ImportDamaged);
    check(
        "a picture",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        Code::ImportDamaged,
    );
    check(
        "a zip that ends too soon",
        &dated()[6].2[..200],
        Code::ImportDamaged,
    );
    check(
        "a zip of something else",
        &zipped(&[("letter.txt", b"x")]),
        Code::ImportUnknown,
    );
    let traversal = zipped(&[
        ("../../../../tmp/atesaki-traversal", b"x"),
        ("/etc/data.json", b"{}"),
    ]);
    check("a zip that leads out", &traversal, Code::ImportUnknown);
    assert!(!Path::new("/tmp/atesaki-traversal").exists());
    let bomb = zipped(&[("data.json", &vec![b' '; 80 * 1024 * 1024])]);
    assert!(bomb.len() < 1024 * 1024, "it is small: {}", bomb.len());
    check("a zip bomb", &bomb, Code::ImportUnpacks);
    let mut rows = b"name,url,username,password\n".to_vec();
    for n in 0..1_000_000 {
        writeln!(rows, "S,https://s{n}.example/,a{n}@example.org,x").unwrap();
    }
    check("a million rows", &rows, Code::ImportTooMany);
    let items = format!("{{\"items\": [{}1]}}", "{},".repeat(MOST_ENTRIES + 1));
    check("a million items", items.as_bytes(), Code::ImportTooMany);
    rows.resize(100 * 1024 * 1024, b'x');
    check("100 MB", &rows, Code::ImportTooLarge);
    let quote = [
        &b"name,url,username,password\n\""[..],
        &vec![b'x'; 8 * 1024 * 1024],
    ]
    .concat();
    check(
        "a quotation mark that never ends",
        &quote,
        Code::ImportDamaged,
    );
    let gone = house.runtime.block_on(
        house
            .handle
            .import(Path::new("/no/such/file"), &Ask::default()),
    );
    assert_eq!(fault::of(&gone.unwrap_err()).code, Code::CannotRead);
    let device = house
        .runtime
        .block_on(house.handle.import(Path::new("/dev/zero"), &Ask::default()));
    assert_eq!(fault::of(&device.unwrap_err()).code, Code::CannotRead);
}

#[test]
fn formulas_are_text_and_shifted_rows_are_not_read() {
    let house = House::new();
    let text = "name,url,username,password\n\
        =HYPERLINK(\"http://evil.example\"),https://shop.example/,ada+shop@example.org,x\n\
        '+News,https://news.example/,ada+news@example.org,x\n\
        Shop,https://shop.example/,ada@example.org,pass,hunter2-Tr0ub4dor\n\
        hunter2-Tr0ub4dor\n\
        \u{202e}Club\u{7},https://club.example/,ada+club@example.org,x\n";
    let text = text.replace(
        "=HYPERLINK(\"http://evil.example\")",
        "\"=HYPERLINK(\"\"http://evil.example\"\")\"",
    );
    let imported = house.import(text.as_bytes(), &Ask::default()).unwrap();
    assert_eq!(imported.parsed.damaged, 2, "a cell too many, and too few");
    let services = house.services();
    for there in ["=HYPERLINK(", "+News", "\"Club\""] {
        assert!(services.contains(there), "{there}: {services}");
    }
}

#[test]
fn a_column_that_a_person_names_counts_and_one_that_is_not_there_is_told() {
    let house = House::new();
    let text = "a,b,Password\nShop,ada+shop@example.org,hunter2-Tr0ub4dor\n";
    let said = |columns: &[(&str, Role)]| Ask {
        format: None,
        columns: columns
            .iter()
            .map(|(n, r)| ((*n).to_owned(), *r))
            .collect::<BTreeMap<_, _>>(),
    };
    let none = house.import(text.as_bytes(), &said(&[("c", Role::Address)]));
    let fault = fault::of(&none.unwrap_err());
    assert_eq!(fault.code, Code::NoSuchColumn);
    assert!(fault.params.contains(&("column", "c".to_owned())));
    let ask = said(&[("A", Role::Service), ("password", Role::Service)]);
    let preview = house.preview(text.as_bytes(), &ask).unwrap();
    let roles: Vec<Role> = preview.parsed.columns.iter().map(|c| c.role).collect();
    assert_eq!(
        roles,
        [Role::Service, Role::Address, Role::Secret],
        "a password is never read"
    );
}

/// Mutates exports for as long as `ATESAKI_FUZZ_SECONDS` says (3 unless told): nothing panics,
/// nothing takes longer than its length explains, and nothing that stood in a secret place comes out.
#[test]
fn exports_of_every_shape_are_read_or_refused() {
    let seeds: Vec<Vec<u8>> = undated()
        .into_iter()
        .chain(dated())
        .map(|(_, _, bytes)| bytes)
        .chain(unseen().into_iter().map(|unseen| unseen.bytes))
        .collect();
    let pieces: &[&[u8]] = &[
        b"\"",
        b",",
        b";",
        b"\n",
        b"\r\n",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"{",
        b"[",
        b"}",
        b"]",
        b"\\u0000",
        b"null",
        b"1e999",
        b"@",
        b"://",
        b"android://",
        b"PK\x01\x02",
        b"PK\x05\x06",
        b"\xff\xff\xff\xff",
        b"sep=;\n",
        b"\x82\xa0",
        b"99999999999999",
        b"=1+1",
        b"''",
        b"\x8f",
    ];
    let seconds = std::env::var("ATESAKI_FUZZ_SECONDS").ok();
    let seconds = seconds.and_then(|s| s.parse().ok()).unwrap_or(3);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = move |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % end.max(1) as u64).unwrap()
    };
    let (mut round, mut read, mut refused) = (0_u64, 0_u64, 0_u64);
    while Instant::now() < end {
        let mut bytes = seeds[below(seeds.len())].clone();
        for _ in 0..=below(6) {
            let at = below(bytes.len() + 1);
            let to = (at + below(40)).min(bytes.len());
            match below(5) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..to)),
                2 => drop(bytes.splice(at..at, pieces[below(pieces.len())].iter().copied())),
                3 if at < bytes.len() => bytes[at] = u8::try_from(below(256)).unwrap(),
                _ => {
                    let piece = bytes[at..to].repeat(1 + below(100));
                    drop(bytes.splice(at..at, piece));
                }
            }
            bytes.truncate(64 * 1024);
        }
        let began = Instant::now();
        let outcome = std::panic::catch_unwind(|| parse(bytes.clone().into(), &Ask::default()));
        let Ok(outcome) = outcome else {
            panic!("round {round}: {:?}", String::from_utf8_lossy(&bytes));
        };
        match outcome {
            Ok(parsed) => {
                read += parsed.entries.len() as u64;
                assert!(
                    parsed
                        .entries
                        .iter()
                        .all(|e| e.title.chars().count() <= 100)
                );
            }
            Err(error) => {
                refused += 1;
                let code = fault::of(&error).code;
                assert!(code.word().starts_with("import_"), "{error:#}");
            }
        }
        assert!(began.elapsed() < Duration::from_secs(20), "round {round}");
        round += 1;
    }
    println!("{round} rounds, {read} entries, {refused} refused");
    assert!(
        round > 100 && read > 0 && refused > 0,
        "{round} rounds, {read} read, {refused} refused"
    );
}

/// Headers of other programs and of tables kept by hand, written down after the words by which
/// columns are guessed.
#[test]
fn most_headers_of_other_programs_need_no_correction() {
    let mut wrong_in_all = 0;
    let mut check = |name: &str, text: &str, want: &str| {
        let parsed = parse(text.as_bytes().to_vec().into(), &Ask::default()).unwrap();
        let found: Vec<&str> = parsed.columns.iter().map(|c| c.role.word()).collect();
        let names: Vec<&str> = parsed.columns.iter().map(|c| c.name.as_str()).collect();
        let want: Vec<&str> = want.split(',').collect();
        let wrong: Vec<_> = names
            .iter()
            .zip(found.iter().zip(&want))
            .filter(|(_, (a, b))| a != b)
            .collect();
        println!("{name}: {} to correct {wrong:?}", wrong.len());
        assert!(wrong.len() <= 2, "{name}: {wrong:?}");
        wrong_in_all += wrong.len();
    };
    check(
        "nordpass",
        "name,url,additional_urls,username,password,note,cardholdername,cardnumber,cvc,pin,expirydate,zipcode,folder,full_name,phone_number,email,address1,address2,city,country,state,type,custom_fields\nShop,https://shop.example/,,ada+shop@example.org,hunter2-T,,,,,,,,,,,,,,,,,password,\nNews,https://news.example/,,ada+news@example.org,hunter2-T,,,,,,,,,,,,,,,,,password,\n",
        "service,url,url,address,secret,note,ignore,secret,secret,secret,ignore,ignore,ignore,ignore,ignore,address,ignore,ignore,ignore,ignore,ignore,ignore,note",
    );
    check(
        "keeper",
        "Folder,Title,Login,Password,Website Address,Notes,Shared Folder,Custom Fields\n,Shop,ada+shop@example.org,x1y2z3w4,https://shop.example/,,,\n,News,ada_77,x1y2z3w4,https://news.example/,,,\n",
        "ignore,service,address,secret,url,note,ignore,note",
    );
    check(
        "enpass",
        "Title,Username,Email,Password,Website,TOTP Secret Key,Phone,Security question\nShop,ada,ada+shop@example.org,x1y2z3w4,https://shop.example/,,,\nNews,,ada+news@example.org,x1y2z3w4,https://news.example/,,,\n",
        "service,address,address,secret,url,secret,ignore,ignore",
    );
    check(
        "zoho",
        "Password Name,Description,Password URL,SecretData,Notes,CustomData,Tags\nShop,,https://shop.example/,\"User Name:ada\",ada+shop@example.org,,\nNews,,https://news.example/,\"x\",ada+news@example.org,,\n",
        "service,note,url,secret,address,note,ignore",
    );
    check(
        "true key",
        "kind,name,url,note,login,password,autologin,favorite,hexColor\nlogin,Shop,https://shop.example/,,ada+shop@example.org,x1y2z3w4,1,,#fff\nlogin,News,https://news.example/,,ada+news@example.org,x1y2z3w4,1,,#fff\n",
        "ignore,service,url,note,address,secret,ignore,ignore,ignore",
    );
    check(
        "avira",
        "name,website,username,secondary_username,password\nShop,https://shop.example/,ada+shop@example.org,,x1y2z3w4\n",
        "service,url,address,address,secret",
    );
    check(
        "de hand",
        "Konto;Adresse;Seit;Kommentar\nShop;ada+shop@example.org;04.03.2021;\nNews;ada+news@example.org;06.05.2022;x\n",
        "service,address,date,note",
    );
    check(
        "de 2",
        "Wer;Mailadresse;Wann vergeben\nShop;ada+shop@example.org;04.03.2021\nNews;ada+news@example.org;06.05.2022\n",
        "service,address,date",
    );
    check(
        "fr hand",
        "Entreprise;Courriel donné;Le\nLibrairie;ada+shop@example.org;2021-03-04\n",
        "service,address,date",
    );
    check(
        "ja tm",
        "サイト名,URL,ユーザ名,パスワード,メモ\n例の店,https://shop.example/,ada+shop@example.org,x1y2z3w4,\n",
        "service,url,address,secret,note",
    );
    check(
        "ja hand",
        "登録先,使用アドレス,登録年月日,備考\n例の店,ada+shop@example.org,2021/03/04,\n",
        "service,address,date,note",
    );
    check(
        "ja hand2",
        "No,会員サイト,ID（メール）,PW,秘密の質問,最終更新日\n1,例の店,ada+shop@example.org,x1y2z3w4,犬,2021/03/04\n2,例の新聞,ada+news@example.org,x1y2z3w4,,2021/03/04\n",
        "ignore,service,address,secret,secret,ignore",
    );
    check(
        "es",
        "Nombre;Sitio;Correo;Contraseña;Fecha\nTienda;shop.example;ada+shop@example.org;x1y2z3w4;2021-03-04\n",
        "service,url,address,secret,date",
    );
    check(
        "passwordsafe",
        "Group/Title\tUsername\tPassword\tURL\tAutoType\tCreated Time\tPassword Modified Time\tNotes\te-mail\nShop\tada\tx1y2z3w4\thttps://shop.example/\t\t2021/03/04 10:00:00\t2022/03/04 10:00:00\t\tada+shop@example.org\n",
        "service,address,secret,url,ignore,date,secret,note,address",
    );
    check(
        "no header hand",
        "Shop;ada+shop@example.org\nNews;ada+news@example.org\n",
        "service,address",
    );
    println!("{wrong_in_all} guesses were wrong in all");
    assert!(
        wrong_in_all <= 3,
        "one program in five at most needs a correction"
    );
}

#[test]
fn a_vault_of_ten_thousand_logins_is_imported_and_taken_back() {
    let house = House::new();
    let mut rows = "name,url,username,password\n".to_owned();
    for n in 0..10_000 {
        rows.push_str(&format!(
            "S{n},https://s{n}.example/,a{n}@example.org,{SECRET}\n"
        ));
    }
    let began = Instant::now();
    let imported = house.import(rows.as_bytes(), &Ask::default()).unwrap();
    println!("10,000 logins: {:?}", began.elapsed());
    assert_eq!(imported.plan.counts(), (10_000, 0, 0));
    let began = Instant::now();
    let undone = house
        .runtime
        .block_on(house.handle.undo_import(None))
        .unwrap();
    println!("taken back: {:?}", began.elapsed());
    // A service, its domain, an address and a disclosure each.
    assert_eq!((undone.removed, undone.kept), (40_000, 0));
}

/// Mail that waits for somebody to say whose it is waits again after an import is taken back.
#[test]
fn mail_of_an_address_that_is_taken_back_waits_as_before() {
    let house = House::new();
    let letter = |n: u32| {
        format!(
            "From x@shop.example Mon Mar 02 09:00:00 2026\n\
             Received: from mx.example by mx.me.example; Mon, 02 Mar 2026 09:00:00 +0000\n\
             Delivered-To: ada+shop@example.org\nFrom: <news@shop.example>\nTo: <ada@example.net>\n\
             Subject: A letter\nMessage-ID: <{n}@shop.example>\n\nMade up.\n\n"
        )
    };
    let mail = house.folder.path().join("mail.mbox");
    fs::write(&mail, [letter(1), letter(2)].concat()).unwrap();
    let own = vec![exposure::AddrSpec::parse("me@example.net").unwrap()];
    let reading = async {
        house.handle.add_archive(&mail, own, Vec::new()).await?;
        house.handle.scan(&[], &|_, _| {}).await
    };
    house.runtime.block_on(reading).unwrap();
    let waiting = || house.handle.read(|store| store.unclaimed()).unwrap();
    let before = waiting();
    assert!(!before.is_empty(), "two letters wait: {before:?}");
    let spec = before[0].0.to_string();
    let text = format!("service,address\nShop,{spec}\n");
    house.import(text.as_bytes(), &Ask::default()).unwrap();
    assert!(waiting().is_empty(), "they are the address's now");
    let undone = house
        .runtime
        .block_on(house.handle.undo_import(None))
        .unwrap();
    assert_eq!(undone.kept, 0);
    assert_eq!(waiting(), before);
}

/// A service's verified mail shows which local parts of the user's own domain it has too.
#[test]
fn an_import_makes_addresses_of_what_its_services_write_to() {
    let house = House::new();
    let letter = |n: u32, to: &str, outcome: &str| {
        format!(
            "From x@shop.example Mon Mar 02 09:00:00 2026\n\
             Received: from mx by mx.jun.example for <{to}>; {n} Mar 2026 09:00:00 +0000\n\
             Authentication-Results: mx.jun.example; dkim={outcome} header.d=shop.example\n\
             Delivered-To: {to}\nFrom: <news@shop.example>\nTo: <{to}>\n\
             Subject: A letter\nMessage-ID: <{n}@shop.example>\n\nMade up.\n\n"
        )
    };
    let mail = house.folder.path().join("mail.mbox");
    // One letter alone does not show a service by itself.
    let letters = [
        letter(3, "shop-2@jun.example", "pass"),
        letter(4, "guessed@jun.example", "fail"),
    ];
    fs::write(&mail, letters.concat()).unwrap();
    let reading = async {
        let own = vec!["jun.example".to_owned()];
        house.handle.add_archive(&mail, Vec::new(), own).await?;
        house.handle.scan(&[], &|_, _| {}).await
    };
    house.runtime.block_on(reading).unwrap();
    let waiting = || {
        let mut hits = Vec::new();
        let each = |domain: &str, local: &str, _, _| hits.push(format!("{local}@{domain}"));
        house.handle.read(|store| store.never_given(each)).unwrap();
        hits
    };
    let before = waiting();
    assert_eq!(before.len(), 2, "nobody knows yet whose they are");

    let export =
        "name,url,username,password\nShop,https://shop.example/,shop-1@jun.example,made-up\n";
    let undo = || {
        house
            .runtime
            .block_on(house.handle.undo_import(None))
            .unwrap()
    };
    house.import(export.as_bytes(), &Ask::default()).unwrap();
    let picture = house.handle.picture().unwrap();
    let found = picture
        .addresses
        .iter()
        .find(|a| a.spec.local() == "shop-2");
    let id = found.expect("verified mail of the service proves it").id;
    let mut given = picture.disclosures.iter();
    let given = given.find(|given| given.address == id).unwrap();
    assert_eq!(given.basis, exposure::Basis::Inferred);
    let first = monitor::clock::day_of_number(given.given_from.unwrap());
    assert_eq!(first.to_string(), "2026-03-03", "the day of its first mail");
    assert_eq!(
        waiting(),
        ["guessed@jun.example"],
        "anybody can write a name"
    );

    let undone = undo();
    // A service, its domain, two addresses and two disclosures.
    assert_eq!((undone.removed, undone.kept), (6, 0));
    assert_eq!(waiting(), before, "its mail waits as before");
    assert_eq!(house.addresses(), 0);
}

/// A desk as the window has one, whose dialog gives what was last put there.
struct Room {
    house: House,
    desk: Desk,
    picked: Arc<Mutex<Option<PathBuf>>>,
}

impl Room {
    fn new() -> Room {
        let house = House::new();
        let start = Start {
            data: house.folder.path().join("window"),
            ..house.handle.start().clone()
        };
        let picked: Arc<Mutex<Option<PathBuf>>> = Arc::default();
        let choice = Arc::clone(&picked);
        let picker = move |_| {
            let path = choice.lock().unwrap().clone();
            Box::pin(async { path }) as std::pin::Pin<Box<dyn Future<Output = _> + Send>>
        };
        let desk = Desk::open(start, Box::new(picker)).unwrap();
        Room {
            house,
            desk,
            picked,
        }
    }

    fn try_call(&self, name: &str, args: Value) -> Result<Value, surface::Refusal> {
        let call = surface::call(&self.desk, name, args);
        self.house.runtime.block_on(call)
    }

    fn call(&self, name: &str, args: Value) -> Value {
        self.try_call(name, args)
            .unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
    }

    /// The number of a file that is chosen in the dialog.
    fn pick(&self, path: &Path) -> Value {
        *self.picked.lock().unwrap() = Some(path.to_owned());
        self.call("pick_export", json!({}))["id"].clone()
    }

    /// What the page is told of what was dropped, or the code of the fault.
    fn dropped(&self, paths: &[&Path]) -> Result<Value, String> {
        let paths = paths.iter().map(|path| path.to_path_buf()).collect();
        self.desk.dragged(Drag::Dropped(paths));
        let told = self.try_call("dragged", json!({}));
        told.map_err(|refusal| refusal.code)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.desk.handle().close();
    }
}

#[test]
fn the_window_previews_imports_lists_and_takes_back() {
    let room = Room::new();
    let id = room.pick(&room.house.file(&semicolons()));
    let ask = json!({ "id": id, "columns": null });
    let preview = room.call("import_preview", ask.clone());
    assert_eq!(preview["ready"], true);
    assert_eq!(preview["added"], LOGINS.len());
    assert_eq!(preview["import"], Value::Null);
    assert_eq!(preview["rows"][0]["what"], "added");
    assert_eq!(preview["columns"][3]["role"], "secret");
    assert_eq!(preview["columns"][3]["samples"], json!([]));
    assert_eq!(room.call("imports", json!({})), json!([]));
    let corrected = json!({ "id": id, "columns": { "Dienst": "ignore", "Kennwort": "note" } });
    let named = room.call("import_preview", corrected);
    assert_eq!(named["columns"][0]["role"], "ignore");
    assert_eq!(
        named["columns"][3]["role"], "secret",
        "whatever the page says"
    );
    let imported = room.call("import", ask.clone());
    let import = imported["import"].as_i64().unwrap();
    assert_eq!(room.call("imports", json!({}))[0]["id"], import);
    let again = room.call("import", ask);
    assert_eq!(
        (&again["import"], &again["merged"]),
        (&Value::Null, &json!(LOGINS.len()))
    );
    let said = room.call("undo_import", json!({ "id": import }));
    assert!(said.as_str().unwrap().contains("undone"), "{said}");
    assert_eq!(room.call("imports", json!({})), json!([]));
    let gone = room.try_call("undo_import", json!({ "id": import }));
    assert_eq!(gone.unwrap_err().code, "no_such_import");
}

#[test]
fn the_window_deletes_the_file_that_it_imported_and_no_other() {
    let room = Room::new();
    let file = room.house.file(&semicolons());
    let id = room.pick(&file);
    let delete = |id: &Value| room.try_call("delete_export", json!({ "id": id }));
    assert!(delete(&id).is_err(), "it was not imported");
    assert!(delete(&json!(99)).is_err(), "nobody chose such a file");
    room.call("import", json!({ "id": id, "columns": null }));
    let other = room.pick(&room.house.folder.path().join("other"));
    assert!(delete(&other).is_err(), "another file was imported");

    let whole = fs::read(&file).unwrap();
    for changed in [&whole[..whole.len() - 1], b"\0"] {
        fs::write(&file, changed).unwrap();
        assert_eq!(delete(&id).unwrap_err().code, "export_changed");
        assert!(file.exists(), "it may be another export by now");
    }
    fs::write(&file, whole).unwrap();
    delete(&id).unwrap();
    assert!(!file.exists());
    assert_eq!(delete(&id).unwrap_err().code, "cannot_read");
}

#[cfg(unix)]
#[test]
fn of_a_link_to_an_export_the_export_is_deleted() {
    let room = Room::new();
    let file = room.house.file(&semicolons());
    let link = room.house.folder.path().join("link");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let id = room.pick(&link);
    room.call("import", json!({ "id": id, "columns": null }));
    room.call("delete_export", json!({ "id": id }));
    assert!(!file.exists(), "the passwords lay there");
}

#[test]
fn what_is_dropped_on_the_window_is_told_once() {
    let room = Room::new();
    let told = || room.call("dragged", json!({}))["what"].clone();
    assert_eq!(told(), "nothing");
    room.desk.dragged(Drag::Over);
    assert_eq!((told(), told()), ("over".into(), "over".into()));
    room.desk.dragged(Drag::Left);
    assert_eq!(told(), "nothing");

    let (file, folder) = (room.house.file(&semicolons()), room.house.folder.path());
    let dropped = room.dropped(&[&file]).unwrap();
    assert_eq!(
        (&dropped["what"], told()),
        (&json!("file"), "nothing".into())
    );
    let ask = json!({ "id": dropped["id"], "columns": null });
    assert_eq!(room.call("import_preview", ask)["added"], LOGINS.len());
    assert_eq!(room.dropped(&[folder]).unwrap()["what"], "folder");
    assert_eq!(
        room.dropped(&[&file, folder]).unwrap_err(),
        "several_dropped"
    );
    assert_eq!(
        (room.dropped(&[]).unwrap(), told()),
        (json!({ "what": "nothing" }), "nothing".into())
    );

    let gone = room.dropped(&[&folder.join("gone")]).unwrap();
    let ask = json!({ "id": gone["id"], "columns": null });
    let refusal = room.try_call("import_preview", ask).unwrap_err();
    assert_eq!(refusal.code, "cannot_read");
}

#[test]
fn mail_is_told_from_an_export() {
    let house = House::new();
    let letter =
        "Received: from x\n\tby y\nFrom: <news@shop.example>\nTo: ada@example.org\n\nMade up.\n";
    let check = |name: &str, bytes: &[u8], want: Code| {
        let found = house.preview(bytes, &Ask::default()).map(drop);
        assert_eq!(fault::of(&found.unwrap_err()).code, want, "{name}");
    };
    let mbox = format!("From x Mon Mar 02 09:00:00 2026\n{letter}");
    check("a message", letter.as_bytes(), Code::ImportIsMail);
    check("an mbox", mbox.as_bytes(), Code::ImportIsMail);
    for name in ["Takeout/Mail/All mail.mbox", "a/1.eml", "Mail/cur/1:2,S"] {
        let zip = zipped(&[(name, letter.as_bytes())]);
        check(name, &zip, Code::ImportIsMail);
    }
    check("a zip", &zipped(&[("Recur/x", b"x")]), Code::ImportUnknown);
    let mut large = mbox.into_bytes();
    large.resize(100 << 20, b'x');
    check("an mbox of 100 MB", &large, Code::ImportIsMail);
    large[0] = b'f';
    check("another file of 100 MB", &large, Code::ImportTooLarge);
}
