//! The passwords of a vault that is imported stay in the child that reads it: they are in no file,
//! in nothing that is printed, and not in the memory of the programs that go on. Services, names and
//! passwords are made up.

use acceptance::browser::{PATIENCE, element, press, reads};
use acceptance::child::{Running, signal, wait_until};
use acceptance::dragging::Files;
use acceptance::memory::{Wanted, family, files_holding, holding};
use acceptance::terminal::Terminal;
use acceptance::window::{Opened, Window};
use acceptance::{place, words};
use anyhow::{Context, Result};
use fantoccini::Locator;
use monitor::Lang;
use monitor::intake::worker;
use serde_json::json;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::AsyncReadExt;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NOW: &str = "2026-06-20T12:00:00Z";
/// Stands in every password, code, PIN and secret note here. It could be a one-time code's secret.
const SECRET: &str = "WOLKENBRUCH7QZ2";
/// Stands in every service's name.
const SERVICE: &str = "Kaimaku Kiosk";

/// A vault of so many logins, as programs export it. Each has names of its own, so that every one
/// adds something.
fn exports(logins: usize) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let login = |program: &str, n: usize| {
        let place = format!("{program}{n}.example");
        (
            format!("{SERVICE} {place}"),
            format!("https://www.{place}/login"),
            format!("{program}{n}@jun.example"),
            format!("pä秘 {SECRET}-{program}-{n}"),
            format!("otpauth://totp/x?secret={SECRET}{n}"),
        )
    };
    let table = |program: &str, head: &str, row: &dyn Fn(usize) -> Vec<String>| {
        let mut text = format!("{head}\n");
        for n in 0..logins {
            let cells = row(n).into_iter().map(|cell| format!("\"{cell}\""));
            text.push_str(&cells.collect::<Vec<_>>().join(","));
            text.push('\n');
        }
        assert!(text.contains(SECRET), "{program} holds what is looked for");
        text
    };
    let chrome = table("chrome", "name,url,username,password,note", &|n| {
        let (name, url, user, password, _) = login("chrome", n);
        vec![name, url, user, password, format!("PIN {SECRET}")]
    });
    let keepass_head = "Group,Title,Username,Password,URL,Notes,TOTP,Icon,Last Modified,Created";
    let keepass = table("keepass", keepass_head, &|n| {
        let (name, url, user, password, code) = login("keepass", n);
        let day = "2021-03-04T09:00:00Z".to_owned();
        let rest = [SECRET.to_owned(), code, "0".into(), day.clone(), day];
        [vec!["Root".into(), name, user, password, url], rest.into()].concat()
    });
    // A table that nobody knows, as Excel saves text: in UTF-16.
    let own = table("own", "Dienst,Adresse,Kennwort", &|n| {
        let (name, _, user, password, _) = login("own", n);
        vec![name, user, password]
    });
    let own = format!("\u{feff}{own}");
    let bitwarden = (0..logins).map(|n| {
        let (name, url, user, password, code) = login("bitwarden", n);
        json!({
            "type": 1, "name": name, "notes": SECRET, "creationDate": "2021-03-04T09:00:00Z",
            "fields": [{ "name": "PIN", "value": SECRET, "type": 1 }],
            "login": { "uris": [{ "uri": url }], "username": user, "password": password, "totp": code },
            "passwordHistory": [{ "password": password }],
        })
    });
    let note = json!({ "type": 2, "name": "A note", "notes": SECRET });
    let bitwarden: Vec<_> = bitwarden.chain([note]).collect();
    let onepassword = (0..logins).map(|n| {
        let (name, url, user, password, code) = login("onepassword", n);
        json!({
            "createdAt": 1_614_848_400, "categoryUuid": "001",
            "overview": { "title": name, "url": url, "urls": [{ "url": url }] },
            "details": {
                "loginFields": [
                    { "value": user, "designation": "username" },
                    { "value": password, "fieldType": "P", "designation": "password" },
                ],
                "notesPlain": SECRET,
                "sections": [{ "fields": [{ "title": "code", "value": { "totp": code } }] }],
            },
        })
    });
    let onepassword: Vec<_> = onepassword.collect();
    let onepassword = json!({ "accounts": [{ "vaults": [{ "items": onepassword }] }] });
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("export.data", SimpleFileOptions::default())?;
    zip.write_all(onepassword.to_string().as_bytes())?;
    let bitwarden = json!({ "encrypted": false, "items": bitwarden });
    Ok(vec![
        ("chrome.csv", chrome.into_bytes()),
        ("keepass.csv", keepass.into_bytes()),
        (
            "own.csv",
            own.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
        ("bitwarden.json", bitwarden.to_string().into_bytes()),
        ("onepassword.1pux", zip.finish()?.into_inner()),
    ])
}

/// The same vault, cut off in the middle of a row.
fn damaged() -> Vec<u8> {
    format!("name,url,username,password\nx,https://x.example/,x@jun.example,\"{SECRET}").into()
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, bytes)?;
    Ok(path)
}

/// Holds that nothing of the vaults is in the memory of a program and of what it started, and that
/// what is known to be there is found.
fn check_memory(program: u32) -> Result<()> {
    let (secret, service) = (Wanted::new(SECRET), Wanted::new(SERVICE));
    let mut known = Vec::new();
    for (process, arguments) in family(program)? {
        assert!(
            !arguments.contains(worker::TASK.argument),
            "the child that reads exports is gone: {arguments}"
        );
        let (places, all) = holding(process, &secret)?;
        let (control, _) = holding(process, &service)?;
        println!(
            "{process} {:.60}: {} MB, the service in {} places",
            arguments,
            all >> 20,
            control.len()
        );
        assert!(all > 0, "{arguments} can be looked into");
        assert_eq!(
            places,
            Vec::<String>::new(),
            "{arguments} holds no password"
        );
        if !control.is_empty() {
            known.push(process);
        }
    }
    assert!(known.contains(&program), "the program knows the services");
    Ok(())
}

/// Holds that nothing of the vaults is in a file below a folder.
fn check_files(folder: &Path) -> Result<()> {
    let (found, all) = files_holding(folder, &Wanted::new(SECRET))?;
    assert_eq!(found, Vec::<String>::new(), "no file holds a password");
    assert!(all > 0, "{} holds something", folder.display());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_password_of_a_vault_is_left_in_the_window() -> Result<()> {
    let (home, vaults) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let data = home.path().join("data");
    let opened = Opened {
        arguments: &["--lang", "en"],
        variables: &[("ATESAKI_NOW", NOW), ("ATESAKI_LOG", "trace")],
    };
    let window = Window::open(&data, opened).await?;
    let page = &window.client;
    element(page, "h1").await?;
    let wait = async |path: &str| {
        let wait = page.wait().at_most(PATIENCE);
        wait.for_element(Locator::XPath(path)).await
    };
    let program = window.process().context("the window's program runs")?;
    let drop_on = async |path: PathBuf| {
        let dragged = move || Files::over(program, &[&path])?.let_go();
        tokio::task::spawn_blocking(dragged).await?
    };
    let word = |key| words::text(Lang::En, key);
    let import = word("screen.import.do")?.replace("{n}", "40");
    for (name, bytes) in exports(40)? {
        let path = written(vaults.path(), name, &bytes)?;
        drop_on(path.clone()).await?;
        press(page, &import).await.context(name)?;
        press(page, &word("screen.import.delete")?).await?;
        reads(page, &word("screen.import.deleted")?).await?;
        assert!(!path.exists(), "{name} is deleted");
        press(page, &word("screen.import.done")?).await?;
        wait("//main[not(//dialog)]").await?;
    }
    drop_on(written(vaults.path(), "cut.csv", &damaged())?).await?;
    wait("//dialog[@open]//*[@role=\"alert\"]").await?;

    check_memory(program)?;
    let of_page = family(program)?.into_iter();
    let mut of_page = of_page.filter(|(_, arguments)| arguments.contains("WebKitWebProcess"));
    let (process, _) = of_page
        .next()
        .context("the page has a process of its own")?;
    let (control, _) = holding(process, &Wanted::new(SERVICE))?;
    assert!(!control.is_empty(), "the page shows the services");
    let home_of_window = window.home().to_owned();
    check_files(&data)?;
    check_files(&home_of_window)?;
    let said = fs::read(home_of_window.join("said"))?;
    assert!(!said.is_empty(), "what it prints is looked at");
    window.close().await?;
    check_files(&data)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_password_of_a_vault_is_left_in_the_terminal() -> Result<()> {
    let (home, vaults) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let data = home.path().join("data");
    let mut terminal = Terminal::new(&data);
    terminal.now = Some(NOW);
    let mail = vaults.path().join("mail");
    for folder in ["cur", "new"] {
        fs::create_dir_all(mail.join(folder))?;
    }
    let text = |path: &Path| path.display().to_string();
    let added = terminal.run(&["archive", "add", &text(&mail)], "").await?;
    assert_eq!(added.status, Some(0), "{}", added.err);
    let said = home.path().join("said");
    let mut watch = std::process::Command::new(place::program("atesaki")?);
    watch
        .args(["watch", "--data", &text(&data)])
        .env("ATESAKI_LOG", "trace")
        .env("ATESAKI_NOW", NOW)
        .current_dir(home.path())
        .stdout(Stdio::from(fs::File::create(&said)?))
        .stderr(Stdio::from(fs::File::create(home.path().join("logged"))?));
    let mut watch = Running::start(&mut watch)?;

    for (name, bytes) in exports(800)? {
        let path = written(vaults.path(), name, &bytes)?;
        // It says so much that it waits for its reader after everything is done.
        let args = ["import", &text(&path), "--json"];
        let mut import = terminal.command(&args)?.spawn()?;
        let mut out = import.stdout.take().context("its output")?;
        let mut said = vec![0];
        out.read_exact(&mut said).await?;
        let process = import.id().context("it still runs")?;
        check_memory(process).context(name)?;
        out.read_to_end(&mut said).await?;
        let ended = import.wait_with_output().await?;
        assert!(ended.status.success(), "{name}");
        let all = [said, ended.stderr].concat();
        assert!(
            Wanted::new(SERVICE).is_in(&all),
            "{name}: it says what it did"
        );
        assert!(
            !Wanted::new(SECRET).is_in(&all),
            "{name}: it says no password"
        );
    }
    let cut = written(vaults.path(), "cut.csv", &damaged())?;
    let refused = terminal.run(&["import", &text(&cut)], "").await?;
    assert_eq!(refused.status, Some(1), "a damaged file is refused");
    assert!(!refused.err.contains(SECRET), "{}", refused.err);

    let service = Wanted::new(SERVICE);
    wait_until("the one that watches sees the services", PATIENCE, || {
        let (control, _) = holding(watch.id(), &service).ok()?;
        (!control.is_empty()).then_some(())
    })?;
    assert!(!watch.has_ended()?, "it goes on");
    check_memory(watch.id())?;
    // Whatever a crash leaves lies here, too.
    signal("-ABRT", &watch.id().to_string());
    wait_until("it has crashed", PATIENCE, || {
        matches!(watch.has_ended(), Ok(true)).then_some(())
    })?;
    check_files(home.path())
}
