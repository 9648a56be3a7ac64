#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use std::fs;
use std::path::PathBuf;

fn mail(n: u32) -> String {
    format!("Message-ID: <{n}@a.example>\nFrom: Made Up <a@a.example>\nSubject: {n}\n\nbody\nFrom here on it is text\n>From quoted\n\n")
}

fn mbox(numbers: std::ops::RangeInclusive<u32>) -> String {
    numbers.map(|n| format!("From a@a.example Sat Jun 20 09:00:0{} 2026\n{}", n % 10, mail(n))).collect()
}

/// Reads a place and returns the subjects of what was new, with whether it began anew.
fn subjects(path: &Path, cursor: &mut Cursor) -> (Vec<String>, bool) {
    let (mut found, mut restarted) = (Vec::new(), false);
    let place = places::of(path).unwrap().remove(0);
    let mut take = |news: News, messages: Vec<Fetched>| {
        restarted |= news.restart;
        for message in messages {
            let text = String::from_utf8(message.header).unwrap();
            found.push(text.split("Subject: ").nth(1).unwrap().lines().next().unwrap().to_owned());
        }
        Ok(())
    };
    match &place.form {
        Form::Mbox(path) => mbox::read(path, cursor, &mut take).unwrap(),
        Form::Files(paths) => files::read(paths, cursor, &mut take).unwrap(),
    }
    (found, restarted)
}

#[test]
fn an_mbox_is_read_once_and_then_only_what_was_appended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail");
    fs::write(&path, mbox(1..=3)).unwrap();
    let mut cursor = Cursor::default();
    assert_eq!(subjects(&path, &mut cursor), (vec!["1".into(), "2".into(), "3".into()], true));
    assert_eq!(subjects(&path, &mut cursor).0, Vec::<String>::new(), "nothing is new");
    fs::write(&path, mbox(1..=5)).unwrap();
    assert_eq!(subjects(&path, &mut cursor), (vec!["4".into(), "5".into()], false), "only what was appended");
    fs::write(&path, mbox(7..=8)).unwrap();
    assert_eq!(subjects(&path, &mut cursor), (vec!["7".into(), "8".into()], true), "another file begins anew");
}

#[test]
fn a_maildir_is_read_once_and_then_only_what_came() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["cur", "new", "tmp", ".Junk/cur"] {
        fs::create_dir_all(folder.path().join(part)).unwrap();
    }
    let put = |name: &str, n: u32| fs::write(folder.path().join(name), mail(n)).unwrap();
    put("cur/1000.a:2,S", 1);
    put("new/2000.b", 2);
    let listed = check(folder.path()).unwrap();
    let roles: Vec<(&str, Role)> = listed.iter().map(|l| (l.name.as_str(), l.role)).collect();
    assert_eq!(roles, [("INBOX", Role::Inbox), ("Junk", Role::Junk)]);
    let mut cursor = Cursor::default();
    assert_eq!(subjects(folder.path(), &mut cursor).0, ["1", "2"]);
    fs::rename(folder.path().join("new/2000.b"), folder.path().join("cur/2000.b:2,S")).unwrap();
    put("new/3000.c", 3);
    assert_eq!(subjects(folder.path(), &mut cursor), (vec!["3".to_owned()], false), "a changed flag is no new message");
}

#[test]
fn what_is_no_mail_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "hello").unwrap();
    assert_eq!(crate::fault::of(&check(folder.path()).unwrap_err()).code, Code::NoMailThere);
    let missing: PathBuf = folder.path().join("missing");
    assert_eq!(crate::fault::of(&check(&missing).unwrap_err()).code, Code::CannotRead);
}
