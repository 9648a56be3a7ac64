//! What a person edits of services, and takes back. Everything here is made up.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use exposure::{AddrSpec, AddressStatus, Purpose};
use monitor::actor::{Change, Edit, Give};
use monitor::fault::{self, Code};
use monitor::vault::Memory;
use monitor::{Clock, Handle, Lang, Notice, Shell, Start, Topic, view};
use std::sync::Arc;

struct Quiet;

impl Shell for Quiet {
    fn changed(&self, _topics: &[Topic]) {}
    fn notify(&self, _notice: Notice) {}
}

/// A ledger with services, each given with its domain on a day of 2024.
struct Ledger {
    handle: Handle,
    _folder: tempfile::TempDir,
}

impl Ledger {
    async fn with(given: &[(&str, &str, &str, i8)]) -> Ledger {
        let folder = tempfile::tempdir().unwrap();
        let handle = Handle::open(Start {
            data: folder.path().join("data"),
            clock: Clock::Fixed("2026-06-20T03:00:00Z".parse().unwrap()),
            lang: Lang::En,
            vault: Arc::new(Memory::default()),
            shell: Arc::new(Quiet),
            zone: Some("UTC".into()),
        })
        .unwrap();
        for (address, service, domain, day) in given {
            let give = Give {
                address: AddrSpec::parse(address).unwrap(),
                service: (*service).to_owned(),
                domains: vec![(*domain).to_owned()],
                processors: Vec::new(),
                on: Some(jiff::civil::date(2024, 1, *day)),
                also: Vec::new(),
            };
            handle.change(Change::Give(give)).await.unwrap();
        }
        Ledger {
            handle,
            _folder: folder,
        }
    }

    /// "Name (domains): address day, …" by name.
    fn shown(&self) -> Vec<String> {
        let picture = self.handle.picture().unwrap();
        let json = view::services_json(&picture);
        let one = |service: &serde_json::Value| {
            let text = |v: &serde_json::Value| v.as_str().unwrap_or("?").to_owned();
            let list = |v: &serde_json::Value, of: &dyn Fn(&serde_json::Value) -> String| {
                v.as_array()
                    .unwrap()
                    .iter()
                    .map(of)
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let given = list(&service["addresses"], &|a| {
                format!("{} {}", text(&a["address"]), text(&a["given_from"]))
            });
            format!(
                "{} ({}): {given}",
                text(&service["service"]),
                list(&service["domains"], &text)
            )
        };
        json.as_array().unwrap().iter().map(one).collect()
    }

    fn id(&self, name: &str) -> i64 {
        let picture = self.handle.picture().unwrap();
        picture.services.iter().find(|s| s.name == name).unwrap().id
    }

    fn address(&self, spec: &str) -> i64 {
        let picture = self.handle.picture().unwrap();
        let mut addresses = picture.addresses.iter();
        addresses.find(|a| a.spec.to_string() == spec).unwrap().id
    }

    async fn edit(&self, edit: Edit) {
        self.handle.edit(edit).await.unwrap();
    }

    async fn refused(&self, edit: Edit) -> Code {
        fault::of(&self.handle.edit(edit).await.unwrap_err()).code
    }

    async fn give(&self, address: &str, service: &str) {
        let give = Give {
            address: AddrSpec::parse(address).unwrap(),
            service: service.to_owned(),
            domains: Vec::new(),
            processors: Vec::new(),
            on: Some(jiff::civil::date(2025, 1, 1)),
            also: Vec::new(),
        };
        self.handle.change(Change::Give(give)).await.unwrap();
    }
}

const GIVEN: &[(&str, &str, &str, i8)] = &[
    ("a@me.example", "Kumo", "kumo.example", 9),
    ("b@me.example", "Kumo Books", "kumobooks.example", 3),
    ("a@me.example", "Kumo Books", "kumobooks.example", 4),
    ("c@me.example", "Tori", "tori.example", 5),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn services_are_merged_and_split_and_every_edit_can_be_taken_back() {
    let ledger = Ledger::with(GIVEN).await;
    let before = ledger.shown();
    assert_eq!(before.len(), 3);

    let services = vec![ledger.id("Kumo"), ledger.id("Kumo Books")];
    let name = "Kumo".to_owned();
    ledger.edit(Edit::Merge { name, services }).await;
    assert_eq!(
        ledger.shown(),
        [
            "Kumo (kumo.example kumobooks.example): a@me.example 2024-01-04 b@me.example 2024-01-03",
            "Tori (tori.example): c@me.example 2024-01-05",
        ],
        "one service with what both had, since the earlier day"
    );
    ledger.give("d@me.example", "kumo books").await;
    assert!(
        ledger.shown()[0].contains("d@me.example"),
        "its former name finds it"
    );

    let picture = ledger.handle.picture().unwrap();
    let kumo = picture.services.iter().find(|s| s.name == "Kumo").unwrap();
    let books = kumo
        .domains
        .iter()
        .find(|d| d.1 == "kumobooks.example")
        .unwrap();
    let split = Edit::Split {
        service: kumo.id,
        name: "Books of Kumo".into(),
        domains: vec![books.0],
        addresses: vec![ledger.address("b@me.example")],
    };
    ledger.edit(split).await;
    assert_eq!(
        ledger.shown()[0],
        "Books of Kumo (kumobooks.example): b@me.example 2024-01-03"
    );

    for _ in 0..2 {
        ledger.handle.undo().await.unwrap();
    }
    let shown = ledger.shown();
    assert!(
        !shown[0].contains("d@me.example"),
        "the giving is taken back too"
    );
    ledger.handle.undo().await.unwrap();
    assert_eq!(ledger.shown(), before, "as it was before all edits");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changed_since_an_edit_is_left_as_it_is() {
    let ledger = Ledger::with(GIVEN).await;
    let kumo = ledger.id("Kumo");
    let rename = |name: &str| Edit::Rename {
        service: kumo,
        name: name.to_owned(),
    };
    ledger.edit(rename("Kumo Cloud")).await;
    // Another program at the same ledger.
    let other = Handle::open(ledger.handle.start().clone()).unwrap();
    other.edit(rename("Kumo Sky")).await.unwrap();
    ledger.handle.undo().await.unwrap();
    assert_eq!(ledger.id("Kumo Sky"), kumo, "a later word stands");
    other.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_user_takes_off_the_record_stays_off() {
    let ledger = Ledger::with(GIVEN).await;
    let (books, a) = (ledger.id("Kumo Books"), ledger.address("a@me.example"));
    let withdraw = Edit::Withdraw {
        service: books,
        address: a,
    };
    ledger.edit(withdraw).await;
    assert_eq!(
        ledger.shown()[1],
        "Kumo Books (kumobooks.example): b@me.example 2024-01-03"
    );
    let services = vec![ledger.id("Tori")];
    ledger.edit(Edit::Remove { services }).await;
    assert_eq!(ledger.shown().len(), 2);
    let dismissed = ledger.handle.read(|store| store.dismissed()).unwrap();
    assert_eq!(dismissed.len(), 1, "its mail does not bring it back");

    let purpose = Some(Purpose::Work);
    ledger
        .edit(Edit::Purpose {
            addresses: vec![a],
            purpose,
        })
        .await;
    ledger
        .edit(Edit::Status {
            addresses: vec![a],
            status: AddressStatus::Retired,
        })
        .await;
    let of = |ledger: &Ledger| {
        let picture = ledger.handle.picture().unwrap();
        let record = picture.addresses.iter().find(|r| r.id == a).unwrap();
        (record.purpose, record.status)
    };
    assert_eq!(of(&ledger), (purpose, AddressStatus::Retired));
    for _ in 0..4 {
        ledger.handle.undo().await.unwrap();
    }
    assert_eq!(of(&ledger), (None, AddressStatus::Active));
    assert_eq!(ledger.shown().len(), 3);
    assert!(ledger.shown()[1].contains("a@me.example"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_that_cannot_be_made_are_refused_in_words() {
    let ledger = Ledger::with(GIVEN).await;
    let kumo = ledger.id("Kumo");
    let rename = |name: &str| Edit::Rename {
        service: kumo,
        name: name.to_owned(),
    };
    let before = ledger.shown();
    assert_eq!(ledger.refused(rename(" ")).await, Code::NoName);
    assert_eq!(ledger.refused(rename("TORI")).await, Code::NameTaken);
    let merge = Edit::Merge {
        name: "Tori".into(),
        services: vec![kumo],
    };
    assert_eq!(ledger.refused(merge).await, Code::NameTaken);
    assert_eq!(ledger.shown(), before);
    // Only the four givings can be taken back.
    for _ in 0..4 {
        ledger.handle.undo().await.unwrap();
    }
    let nothing = ledger.handle.undo().await.unwrap_err();
    assert_eq!(fault::of(&nothing).code, Code::NothingToUndo);
}
