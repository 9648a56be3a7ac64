//! Reading mail on this PC.

use acceptance::collector::Collector;
use exposure::Role;
use monitor::fault::{self, Code};
use monitor::mailbox::{Mark, archive};
use std::fs;
use std::path::Path;

fn letter(number: u32) -> String {
    format!(
        "Received: from mx.example.net by mx.example.org; Thu, 1 Jan 2026 00:00:00 +0000\nMessage-ID: <{number}@example.net>\n\
         Subject: Letter {number}\nX-Unasked: left out\n\nThis mail is made up.\n\n"
    )
}

fn mbox(numbers: std::ops::Range<u32>) -> String {
    numbers
        .map(|number| {
            format!(
                "From made.up@example.net Thu Jan  1 00:00:00 2026\n{}",
                letter(number)
            )
        })
        .collect()
}

/// Such an mbox as an export with labels.
fn labelled(numbers: std::ops::Range<u32>, label: &str) -> String {
    mbox(numbers).replace("X-Unasked", &format!("X-Gmail-Labels: {label}\nX-Unasked"))
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn listed(path: &Path) -> Vec<(String, Role)> {
    archive::check(path)
        .unwrap()
        .into_iter()
        .map(|l| (l.name, l.role))
        .collect()
}

fn named(names: &[(&str, Role)]) -> Vec<(String, Role)> {
    names
        .iter()
        .map(|(name, role)| ((*name).to_owned(), *role))
        .collect()
}

fn subjects(numbers: std::ops::Range<u32>) -> Vec<String> {
    numbers.map(|number| format!("Letter {number}")).collect()
}

#[tokio::test]
async fn reads_an_mbox_and_afterwards_only_what_was_appended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("All mail Including Spam and Trash.mbox");
    fs::write(&path, labelled(0..1200, "Spam")).unwrap();
    let places = [
        ("All mail Including Spam and Trash · Inbox", Role::Inbox),
        ("All mail Including Spam and Trash · Spam", Role::Junk),
        ("All mail Including Spam and Trash · Sent", Role::Sent),
        ("All mail Including Spam and Trash · Drafts", Role::Drafts),
        ("All mail Including Spam and Trash · Trash", Role::Trash),
        (
            "All mail Including Spam and Trash · Archived",
            Role::Archive,
        ),
    ];
    assert_eq!(
        listed(&path),
        named(&places),
        "labels make mailboxes of one file"
    );
    let mut ledger = Collector::default();
    let first = ledger.read_archive(&path).await.unwrap();
    let name = "All mail Including Spam and Trash · Spam";
    assert_eq!(ledger.field(name, "Subject"), subjects(0..1200));
    assert_eq!(first.messages_seen, 1200);
    let message = &ledger.mailbox(name).messages[&1];
    assert_eq!(
        message.internal_date, None,
        "a file has no arrival of its own"
    );
    let header = String::from_utf8_lossy(&message.header).into_owned();
    assert!(
        header.contains("X-Gmail-Labels: Spam"),
        "the export's own verdict is kept"
    );
    assert!(!header.contains("X-Unasked"), "other fields are not");
    assert_eq!(
        ledger.read_archive(&path).await.unwrap().messages_seen,
        0,
        "nothing is new"
    );
    fs::write(&path, labelled(0..1203, "Spam")).unwrap();
    assert_eq!(ledger.read_archive(&path).await.unwrap().messages_seen, 3);
    assert_eq!(ledger.field(name, "Subject"), subjects(0..1203));
    fs::write(&path, labelled(3000..3002, "Spam")).unwrap();
    ledger.read_archive(&path).await.unwrap();
    assert_eq!(
        ledger.field(name, "Subject"),
        subjects(3000..3002),
        "another file begins anew"
    );
    assert_eq!(ledger.mailbox(name).complete, Some(2));
}

#[tokio::test]
async fn reads_a_maildir_with_its_folders() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for part in [
        "cur",
        "new",
        "tmp",
        ".Junk/cur",
        ".Junk/new",
        ".Work.2024/cur",
        ".Work.2024/new",
        ".&j,dg0TDhMPww6w-/cur",
        ".&j,dg0TDhMPww6w-/new",
        ".Drafts/cur",
        ".Drafts/new",
    ] {
        fs::create_dir_all(root.join(part)).unwrap();
    }
    put(root, "cur/1000.a:2,S", &letter(1));
    put(root, "new/2000.b", &letter(2));
    put(root, ".Junk/cur/900.c:2,", &letter(9));
    put(root, ".Drafts/cur/900.d:2,D", &letter(10));
    let expected = [
        ("Drafts", Role::Drafts),
        ("INBOX", Role::Inbox),
        ("Junk", Role::Junk),
        ("Work/2024", Role::Other),
        ("迷惑メール", Role::Junk),
    ];
    assert_eq!(listed(root), named(&expected));
    let mut ledger = Collector::default();
    ledger.read_archive(root).await.unwrap();
    assert_eq!(ledger.field("INBOX", "Subject"), subjects(1..3));
    assert_eq!(ledger.mailbox("Junk").complete, Some(1));
    assert_eq!(
        ledger.mailbox("Work/2024").complete,
        Some(0),
        "an empty folder was seen too"
    );
    assert_eq!(
        ledger.mailbox("Drafts").complete,
        None,
        "drafts are no deliveries"
    );

    fs::rename(root.join("new/2000.b"), root.join("cur/2000.b:2,S")).unwrap();
    put(root, "new/10000.e", &letter(3));
    let second = ledger.read_archive(root).await.unwrap();
    assert_eq!(second.messages_seen, 1, "a changed flag is no new message");
    assert_eq!(ledger.field("INBOX", "Subject"), subjects(1..4));
    fs::rename(
        root.join("cur/1000.a:2,S"),
        root.join(".Junk/cur/1000.a:2,S"),
    )
    .unwrap();
    ledger.read_archive(root).await.unwrap();
    assert_eq!(
        ledger.field("INBOX", "Subject"),
        subjects(2..4),
        "what was moved is gone here"
    );
    assert_eq!(ledger.mailbox("Junk").messages.len(), 2, "and is there now");
    fs::remove_file(root.join(".Junk/cur/1000.a:2,S")).unwrap();
    fs::remove_file(root.join(".Junk/cur/900.c:2,")).unwrap();
    ledger.read_archive(root).await.unwrap();
    assert_eq!(
        ledger.mailbox("Junk").messages.len(),
        0,
        "an emptied folder is known to be empty"
    );
}

#[tokio::test]
async fn finds_the_mailboxes_of_mail_programs() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "Local Folders/Inbox", &mbox(0..3));
    put(root, "Local Folders/Inbox.msf", "an index");
    put(root, "Local Folders/Junk", "");
    put(root, "Local Folders/Junk.msf", "an index");
    put(root, "Local Folders/Work.sbd/Invoices", &mbox(3..5));
    put(root, "Local Folders/msgFilterRules.dat", "no mail");
    put(root, "kept/2026/one.eml", &letter(7));
    put(root, "kept/2026/two.EML", &letter(8));
    let expected = [
        ("Local Folders/Inbox", Role::Inbox),
        ("Local Folders/Junk", Role::Junk),
        ("Local Folders/Work/Invoices", Role::Other),
        ("kept/2026", Role::Other),
    ];
    assert_eq!(listed(root), named(&expected));
    let mut ledger = Collector::default();
    assert_eq!(ledger.read_archive(root).await.unwrap().messages_seen, 7);
    assert_eq!(ledger.field("kept/2026", "Subject"), subjects(7..9));
    assert_eq!(ledger.mailbox("Local Folders/Junk").complete, Some(0));
    let single = root.join("kept/2026/one.eml");
    assert_eq!(
        listed(&single),
        named(&[("one", Role::Inbox)]),
        "what stands alone is where mail arrived"
    );
}

#[tokio::test]
async fn goes_on_where_it_was_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail");
    fs::write(&path, mbox(0..1500)).unwrap();
    let mut ledger = Collector {
        stop_after: Some(1),
        ..Collector::default()
    };
    let error = ledger.read_archive(&path).await.unwrap_err();
    assert_eq!(fault::of(&error).code, Code::Stopped);
    let read = ledger.mailbox("mail").messages.len();
    ledger.stop_after = None;
    let rest = ledger.read_archive(&path).await.unwrap();
    assert_eq!(
        rest.messages_seen,
        1500 - read as u64,
        "nothing is read twice"
    );
    assert_eq!(ledger.field("mail", "Subject"), subjects(0..1500));
}

#[tokio::test]
async fn a_labelled_file_goes_on_where_it_was_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Takeout.mbox");
    let labels = ["Inbox", "Sent", "Archived", "Spam", "Drafts", "Inbox,Spam"];
    let text: String = (0..3000)
        .map(|number| {
            let label = labels[number as usize / 7 % labels.len()];
            labelled(number..number + 1, label)
        })
        .collect();
    fs::write(&path, text).unwrap();
    let mut whole = Collector::default();
    let seen = whole.read_archive(&path).await.unwrap().messages_seen;
    let all = |ledger: &Collector| {
        let mut found: Vec<String> = ["Inbox", "Sent", "Trash", "Archived"]
            .iter()
            .flat_map(|place| ledger.field(&format!("Takeout · {place}"), "Subject"))
            .collect();
        found.sort();
        found
    };
    assert_eq!(all(&whole).len() as u64, seen);
    let drafts = (0..3000).filter(|number| number / 7 % labels.len() == 4);
    assert_eq!(
        all(&whole).len(),
        3000 - drafts.count(),
        "drafts are no deliveries"
    );
    let archived = &whole.mailbox("Takeout · Archived").messages;
    let marked = |mark: Mark| archived.values().filter(|m| m.mark == mark).count();
    assert!(
        marked(Mark::Junk) > 0 && marked(Mark::None) > 0,
        "junk is junk where no Junk mailbox is promised too"
    );
    let mut stopped = Collector::default();
    for batches in 1..40 {
        stopped.stop_after = Some(batches % 3 + 1);
        if stopped.read_archive(&path).await.is_ok() {
            break;
        }
    }
    stopped.stop_after = None;
    stopped.read_archive(&path).await.unwrap();
    assert_eq!(
        all(&stopped),
        all(&whole),
        "nothing is lost, nothing is doubled"
    );
}

#[test]
fn says_where_there_is_no_mail() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "notes.txt", "hello");
    let code = |path: &Path| fault::of(&archive::check(path).unwrap_err()).code;
    assert_eq!(code(folder.path()), Code::NoMailThere);
    assert_eq!(code(&folder.path().join("notes.txt")), Code::NoMailThere);
    assert_eq!(code(&folder.path().join("missing")), Code::CannotRead);
}
