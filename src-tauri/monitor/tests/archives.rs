//! Mail on this PC through the ledger: what a living file, an export and a profile come to when
//! they are read again and again. All mail here is made up.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use exposure::{AddrSpec, Role, Verdict};
use monitor::mailbox::thunderbird;
use monitor::store::Store;
use monitor::vault::Memory;
use monitor::{Clock, Handle, Lang, Notice, Shell, Start, Topic, view};
use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

struct Quiet;

impl Shell for Quiet {
    fn changed(&self, _topics: &[Topic]) {}
    fn notify(&self, _notice: Notice) {}
}

fn open(folder: &Path) -> Handle {
    Handle::open(Start {
        data: folder.join("data"),
        clock: Clock::Fixed("2026-06-20T03:00:00Z".parse().unwrap()),
        lang: Lang::En,
        vault: Arc::new(Memory::default()),
        shell: Arc::new(Quiet),
        zone: Some("Asia/Tokyo".into()),
    })
    .unwrap()
}

async fn add(handle: &Handle, path: &Path) {
    let own = vec![AddrSpec::parse("ada@example.org").unwrap()];
    handle.add_archive(path, own, vec![]).await.unwrap();
}

/// Reads everything and says how many messages are new.
async fn scan(handle: &Handle) -> u64 {
    let results = handle.scan(&[], &|_, _| {}).await.unwrap();
    results
        .into_iter()
        .map(|result| {
            assert_eq!(result.fault, None);
            result.recorded.messages_new
        })
        .sum()
}

/// Deliveries in the ledger, and how many of them are junk.
fn counts(handle: &Handle) -> (usize, usize) {
    let deliveries: Vec<_> = handle
        .read(|store| {
            let addresses = store.addresses()?.into_iter();
            let each = addresses.map(|address| store.deliveries_to(address.id, &BTreeSet::new()));
            each.collect::<anyhow::Result<Vec<_>>>()
        })
        .unwrap()
        .concat();
    let junk = deliveries.iter().filter(|d| d.verdict == Verdict::Junk);
    (deliveries.len(), junk.count())
}

fn letter(number: u32, fields: &str) -> String {
    let filling = "This mail is made up.\n".repeat(1 + number as usize % 7);
    format!(
        "From \nX-Mozilla-Status: 0001\n{fields}Received: from mx.example.net by mx.example.org for <ada@example.org>; Thu, 1 Jan 2026 00:00:{:02} +0000\n\
         Message-ID: <{number}@shop.example>\nFrom: Shop <news@shop.example>\nTo: ada@example.org\nSubject: Letter {number}\n\n{filling}\n",
        number % 60
    )
}

fn letters(numbers: Range<u32>) -> String {
    numbers.map(|number| letter(number, "")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_grows_and_is_packed_counts_every_message_once() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("Mail/Local Folders");
    fs::create_dir_all(&root).unwrap();
    let (junk, inbox) = (root.join("Junk"), root.join("Inbox"));
    fs::write(&junk, letters(0..40)).unwrap();
    fs::write(&inbox, letters(100..110)).unwrap();
    let handle = open(folder.path());
    add(&handle, &root).await;
    assert_eq!(scan(&handle).await, 50);
    assert_eq!(counts(&handle), (50, 40));
    assert_eq!(scan(&handle).await, 0, "nothing is new");

    fs::write(&junk, letters(0..45)).unwrap();
    assert_eq!(scan(&handle).await, 5, "it has grown");
    assert_eq!(counts(&handle), (55, 45));

    // Most of it is deleted, and the file packed.
    fs::write(&junk, letters(30..45)).unwrap();
    assert_eq!(scan(&handle).await, 0, "nothing of it is new");
    assert_eq!(counts(&handle), (55, 45), "junk that was seen was seen");

    fs::write(&junk, letters(30..60)).unwrap();
    assert_eq!(scan(&handle).await, 15, "it has grown again");
    assert_eq!(counts(&handle), (70, 60));

    // Packed and grown between two readings, and emptied at last.
    fs::write(&junk, letters(55..70)).unwrap();
    assert_eq!(scan(&handle).await, 10);
    fs::write(&junk, "").unwrap();
    assert_eq!(scan(&handle).await, 0);
    assert_eq!(counts(&handle), (80, 70));
    assert_eq!(scan(&handle).await, 0);
    handle.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_leaves_junk_for_the_inbox_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("mail");
    fs::create_dir_all(&root).unwrap();
    fs::write(root.join("Junk"), letters(0..5)).unwrap();
    fs::write(root.join("Inbox"), letters(100..101)).unwrap();
    let handle = open(folder.path());
    add(&handle, &root).await;
    scan(&handle).await;
    assert_eq!(counts(&handle), (6, 5));
    fs::write(root.join("Junk"), letters(1..5)).unwrap();
    fs::write(
        root.join("Inbox"),
        format!("{}{}", letters(100..101), letters(0..1)),
    )
    .unwrap();
    assert_eq!(scan(&handle).await, 0);
    assert_eq!(counts(&handle), (6, 4), "the user said that it is none");
    handle.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keywords_of_thunderbird_are_the_users_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("mail");
    fs::create_dir_all(&root).unwrap();
    let inbox = [
        letter(1, "X-Mozilla-Keys: Junk \n"),
        letter(2, "X-Mozilla-Keys: NonJunk \n"),
        letter(3, "X-Mozilla-Keys: \n"),
    ];
    fs::write(root.join("Inbox"), inbox.concat()).unwrap();
    fs::write(root.join("Junk"), letter(4, "X-Mozilla-Keys: NonJunk\n")).unwrap();
    let handle = open(folder.path());
    add(&handle, &root).await;
    assert_eq!(scan(&handle).await, 4);
    assert_eq!(counts(&handle), (4, 1));
    handle.close();
}

/// A Takeout message with its labels.
fn labelled(number: u32, labels: &str) -> String {
    letter(
        number,
        &format!("X-GM-THRID: {number}\nX-Gmail-Labels: {labels}\n"),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_labels_of_takeout_say_where_each_message_lay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("All mail Including Spam and Trash.mbox");
    let sent = "From \nX-Gmail-Labels: Sent\nMessage-ID: <s@example.org>\nFrom: ada@example.org\nTo: eve@example.net\nSubject: made up\nDate: Thu, 1 Jan 2026 00:00:00 +0000\n\nmade up\n\n";
    let text = [
        labelled(1, "Inbox,Unread"),
        labelled(2, "Spam"),
        labelled(3, "=?UTF-8?B?6L+35oOR44Oh44O844Or?="),
        labelled(4, "Trash"),
        labelled(5, "Archived,Work"),
        labelled(6, "Drafts"),
        labelled(7, ""),
        sent.to_owned(),
    ]
    .concat();
    fs::write(&path, &text).unwrap();
    let handle = open(folder.path());
    add(&handle, &path).await;
    assert_eq!(
        scan(&handle).await,
        6,
        "neither the draft nor what was sent"
    );
    assert_eq!(counts(&handle), (6, 2));
    let mailboxes = handle.read(Store::mailboxes).unwrap();
    let lie = |role: Role| {
        let of: Vec<_> = mailboxes.iter().filter(|m| m.role == role).collect();
        assert_eq!(of.len(), 1, "one mailbox is {role:?}");
        assert!(
            of[0]
                .name
                .starts_with("All mail Including Spam and Trash · ")
        );
        of[0].sightings
    };
    assert_eq!(lie(Role::Inbox), 1);
    assert_eq!(lie(Role::Junk), 2);
    assert_eq!(lie(Role::Sent), 1);
    assert_eq!(lie(Role::Trash), 1);
    assert_eq!(lie(Role::Archive), 2);
    assert_eq!(lie(Role::Drafts), 0);
    let wrote = handle.read(Store::correspondents).unwrap();
    assert!(
        wrote.values().flatten().any(|to| to == "eve@example.net"),
        "whom the user wrote to is known"
    );
    assert_eq!(scan(&handle).await, 0);
    fs::write(&path, text + &labelled(8, "Spam")).unwrap();
    assert_eq!(scan(&handle).await, 1);
    assert_eq!(counts(&handle), (7, 3));
    handle.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_of_thunderbird_is_found_and_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join("home/.thunderbird").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("profiles.ini", "[Profile0]\nIsRelative=1\nPath=a.default\n");
    put(
        "a.default/prefs.js",
        "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n\
         user_pref(\"mail.account.account1.server\", \"server1\");\n\
         user_pref(\"mail.account.account1.identities\", \"id1\");\n\
         user_pref(\"mail.identity.id1.useremail\", \"ada@example.org\");\n\
         user_pref(\"mail.server.server1.type\", \"imap\");\n\
         user_pref(\"mail.server.server1.hostname\", \"imap.example.org\");\n\
         user_pref(\"mail.server.server1.userName\", \"ada\");\n\
         user_pref(\"mail.server.server1.socketType\", 3);\n\
         user_pref(\"mail.server.server1.directory-rel\", \"[ProfD]ImapMail/imap.example.org\");\n",
    );
    let mailboxes = [
        ("INBOX", letters(0..10)),
        ("Trash", letters(10..12)),
        ("Drafts", letters(900..901)),
        ("Templates", letters(901..902)),
        ("Unsent Messages", letters(902..903)),
        ("&j,dg0TDhMPww6w-", letters(20..24)),
        ("[Gmail].sbd/Spam", letters(30..33)),
        ("[Gmail].sbd/All Mail", letters(0..12)),
        ("Work.sbd/Invoices", letters(40..41)),
    ];
    for (name, text) in mailboxes {
        let path = format!("a.default/ImapMail/imap.example.org/{name}");
        put(&format!("{path}.msf"), "an index");
        put(&path, &text);
    }
    for number in 50..53 {
        let bare = letter(number, "").split_once('\n').unwrap().1.to_owned();
        let path =
            format!("a.default/ImapMail/imap.example.org/Archives/cur/17000000000{number}.eml");
        put(&path, &bare);
    }
    put("a.default/ImapMail/imap.example.org/Archives/tmp/x", "");

    let found = thunderbird::accounts(&folder.path().join("home"), None);
    let handle = open(folder.path());
    let row = |handle: &Handle| {
        let accounts = handle.read(Store::accounts).unwrap();
        view::found_archives(handle.words(), &accounts, &found).remove(0)
    };
    let first = row(&handle);
    assert_eq!(first.title, "Thunderbird: ada@example.org");
    assert_eq!(first.mailboxes, "10 folders");
    assert_eq!(first.server.as_ref().unwrap().port, 993);
    assert!(!first.added && !first.connected);
    add(&handle, Path::new(&first.path.unwrap())).await;
    assert!(row(&handle).added, "it is offered no more");
    assert_eq!(scan(&handle).await, 10 + 2 + 4 + 3 + 1 + 3);
    assert_eq!(counts(&handle), (23, 7));
    handle.close();
}
