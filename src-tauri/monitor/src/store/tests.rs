#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::cursor::{Cursor, Listed};
use crate::fault;
use exposure::mail::{Receiver, read};
use exposure::{AddrSpec, AddressKind, Role, Verdict};

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

fn record(store: &mut Store, id: &str, arrived_at: i64) -> Entered {
    let header = format!(
        "Message-ID: <{id}@shop.example>\r\nFrom: Made Up <news@shop.example>\r\nSubject: made up\r\n"
    );
    let facts = read(header.as_bytes(), &Receiver::default());
    let seen = Seen {
        in_junk: false,
        facts: &facts,
        arrived_at: Some(arrived_at),
        size: 100,
        by_keyword: Verdict::Unjudged,
        campaign: 1,
        kept: Kept::Names,
    };
    store.record(&seen, &mut Domains::default()).unwrap()
}

#[test]
fn refuses_what_is_no_ledger_and_leaves_it_untouched() {
    for content in [
        &b"this is a text"[..],
        b"SQLite format 3\0 but not really a database file at all",
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(ledger_path(folder.path()), content).unwrap();
        let error = Store::open(folder.path()).unwrap_err();
        assert_eq!(fault::of(&error).code, Code::NotALedger, "{error:#}");
        assert_eq!(
            fs::read(ledger_path(folder.path())).unwrap(),
            content,
            "the foreign file must stay as it was"
        );
    }
}

#[test]
fn a_ledger_of_the_first_version_is_copied_and_keeps_its_accounts_with_their_passwords() {
    let folder = tempfile::tempdir().unwrap();
    let path = ledger_path(folder.path());
    let first = Connection::open(&path).unwrap();
    first.execute_batch(MIGRATIONS[0]).unwrap();
    first
        .pragma_update(None, "application_id", APPLICATION_ID)
        .unwrap();
    first.pragma_update(None, "user_version", 1).unwrap();
    first
        .execute_batch(
            "INSERT INTO account (name, host, port, security, login, separator, added_at)
             VALUES ('ada@example.org', 'imap.example.org', 993, 1, 'ada', '+', 7)",
        )
        .unwrap();
    drop(first);

    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.version().unwrap(), MIGRATIONS.len());
    let accounts = store.accounts().unwrap();
    let Entry::Imap { host, sign_in, .. } = &accounts[0].entry else {
        panic!("an account at a server stays one");
    };
    assert_eq!(host, "imap.example.org");
    assert_eq!(*sign_in, SignIn::Password, "as it was entered before");

    let copy = Connection::open(folder.path().join("ledger.before-0002.sqlite")).unwrap();
    let column = "SELECT count(*) FROM pragma_table_info('account') WHERE name = 'sign_in'";
    let columns: i64 = copy.query_row(column, [], |row| row.get(0)).unwrap();
    assert_eq!(columns, 0, "the copy is as it was before the migration");
    let kept: i64 = copy
        .query_row("SELECT count(*) FROM account", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, 1, "and has everything");
}

#[test]
fn remembers_how_an_account_is_entered_and_nothing_that_enters_it() {
    let (_folder, mut store) = store();
    for (number, sign_in) in [SignIn::Password, SignIn::Provider("example".into())]
        .into_iter()
        .enumerate()
    {
        let entry = Entry::Imap {
            host: "imap.example.org".into(),
            port: 993,
            security: exposure::Security::Tls,
            login: "ada".into(),
            trust: crate::trust::Trust::System,
            password_command: None,
            sign_in,
        };
        let new = NewAccount {
            name: format!("ada{number}@example.org"),
            entry: entry.clone(),
            separator: '+',
        };
        store.add_account(&new, 7).unwrap();
        assert_eq!(store.account(&new.name).unwrap().entry, entry);
    }
}

#[test]
fn refuses_a_newer_ledger_and_says_its_version() {
    let (folder, store) = store();
    store
        .connection
        .pragma_update(None, "user_version", 99)
        .unwrap();
    drop(store);
    let fault = fault::of(&Store::open(folder.path()).unwrap_err());
    assert_eq!(fault, Fault::new(Code::NewerLedger).with("version", "99"));
}

#[cfg(unix)]
#[test]
fn only_the_user_can_read_the_ledger() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _store) = store();
    for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] {
        let mode = fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{name} must not be readable by others");
    }
}

#[test]
fn facts_and_cursor_stand_or_fall_together() {
    let (_folder, mut store) = store();
    store
        .listed(
            1,
            &[Listed {
                name: "INBOX".into(),
                role: Role::Inbox,
            }],
        )
        .unwrap();
    let (mailbox, _) = store.mailbox_named(1, "INBOX").unwrap().unwrap();
    let failed: Result<()> = store.transaction(|store| {
        let message = record(store, "one", 1000);
        store.sight(mailbox, 1, message.message)?;
        store.advance(
            mailbox,
            Cursor {
                uidvalidity: 1,
                oldest_uid: 1,
                newest_uid: 1,
                modseq: 0,
            },
        )?;
        anyhow::bail!("the disk is full")
    });
    assert!(failed.is_err());
    let known = store
        .listed(
            1,
            &[Listed {
                name: "INBOX".into(),
                role: Role::Inbox,
            }],
        )
        .unwrap();
    assert_eq!(
        known[0].cursor,
        Cursor::default(),
        "a batch that failed must leave the cursor"
    );
    assert_eq!(known[0].sightings, 0);
}

#[test]
fn a_message_counts_once_and_keeps_its_earliest_arrival() {
    let (_folder, mut store) = store();
    let address = store
        .claim(
            &AddrSpec::parse("me@example.org").unwrap(),
            AddressKind::Plain,
            0,
        )
        .unwrap();
    let first = record(&mut store, "same", 2000);
    store.deliver(address, &first).unwrap();
    let second = record(&mut store, "same", 1000);
    store.deliver(address, &second).unwrap();
    assert_eq!(first.message, second.message, "the identity is the message");
    let deliveries = store.deliveries_to(address, &Default::default()).unwrap();
    assert_eq!(deliveries.len(), 1);
    assert_eq!(
        deliveries[0].arrived_at, 1000,
        "the earliest ever seen counts"
    );
}

#[test]
fn the_verdict_of_a_folder_follows_the_message() {
    let (_folder, mut store) = store();
    let listed: Vec<Listed> = [
        ("INBOX", Role::Inbox),
        ("Junk", Role::Junk),
        ("Trash", Role::Trash),
    ]
    .map(|(name, role)| Listed {
        name: name.into(),
        role,
    })
    .into();
    store.listed(1, &listed).unwrap();
    let number = |store: &Store, name: &str| store.mailbox_named(1, name).unwrap().unwrap().0;
    let (inbox, junk, trash) = (
        number(&store, "INBOX"),
        number(&store, "Junk"),
        number(&store, "Trash"),
    );
    let message = record(&mut store, "moved", 1000);
    let address = store
        .claim(
            &AddrSpec::parse("me@example.org").unwrap(),
            AddressKind::Plain,
            0,
        )
        .unwrap();
    store.deliver(address, &message).unwrap();
    let check = |store: &mut Store, there: &[i64], want: Verdict, why: &str| {
        for mailbox in [inbox, junk, trash] {
            store.vanish(mailbox, None).unwrap();
        }
        for mailbox in there {
            store.sight(*mailbox, 7, message.message).unwrap();
        }
        store.judge_by_folder(message.message).unwrap();
        assert_eq!(
            store.messages_of(address, 1).unwrap()[0].verdict,
            want,
            "{why}"
        );
    };
    check(
        &mut store,
        &[inbox],
        Verdict::Unjudged,
        "lying outside Junk is no verdict",
    );
    check(
        &mut store,
        &[inbox, junk],
        Verdict::Junk,
        "a copy in Junk is junk",
    );
    check(
        &mut store,
        &[trash],
        Verdict::Junk,
        "deleting junk does not make it wanted",
    );
    check(
        &mut store,
        &[inbox],
        Verdict::Wanted,
        "taken out of Junk it is wanted",
    );
    check(&mut store, &[junk], Verdict::Junk, "put back it is junk");
    check(
        &mut store,
        &[],
        Verdict::Junk,
        "a junk folder that empties itself loses nothing",
    );
}

#[test]
fn waiting_mail_goes_to_its_address_when_it_is_claimed() {
    let (_folder, mut store) = store();
    let spec = AddrSpec::parse("me@example.org").unwrap();
    let message = record(&mut store, "waits", 1000);
    store
        .wait(address::Waiting::Unclaimed, &spec, message.message)
        .unwrap();
    assert_eq!(store.unclaimed().unwrap(), vec![(spec.clone(), 1, 1000)]);
    let id = store.claim(&spec, AddressKind::Plain, 0).unwrap();
    assert_eq!(store.messages_of(id, 9).unwrap().len(), 1);
    assert!(store.unclaimed().unwrap().is_empty());
}
