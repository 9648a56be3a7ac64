//! Which address to give to a service. Everything here is made up.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use exposure::attribution::hard_to_guess;
use exposure::{AddrSpec, Purpose};
use monitor::actor::{Change, Give};
use monitor::aliases::{Alias, AliasKind, aliases};
use monitor::store::{Entry, NewAccount};
use monitor::vault::Memory;
use monitor::{Clock, Handle, Lang, Notice, Shell, Start, Topic};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

struct Quiet;

impl Shell for Quiet {
    fn changed(&self, _topics: &[Topic]) {}
    fn notify(&self, _notice: Notice) {}
}

/// A ledger with these own addresses and domains.
async fn ledger(folder: &Path, own: &[&str], domains: &[&str]) -> Handle {
    let handle = Handle::open(Start {
        data: folder.to_owned(),
        clock: Clock::Fixed("2026-06-20T03:00:00Z".parse().unwrap()),
        lang: Lang::En,
        vault: Arc::new(Memory::default()),
        shell: Arc::new(Quiet),
        zone: Some("UTC".into()),
    })
    .unwrap();
    let account = NewAccount {
        name: "made up".into(),
        entry: Entry::Archive {
            path: folder.join("mail"),
        },
        separator: '+',
    };
    let change = Change::AddAccount {
        account,
        own_addresses: own.iter().map(|a| AddrSpec::parse(a).unwrap()).collect(),
        own_domains: domains.iter().map(|d| (*d).to_owned()).collect(),
    };
    handle.change(change).await.unwrap();
    handle
}

fn proposed(handle: &Handle, service: &str, domains: &[&str]) -> Vec<Alias> {
    let domains: Vec<String> = domains.iter().map(|d| (*d).to_owned()).collect();
    let picture = handle.picture().unwrap();
    aliases(&picture, &BTreeSet::new(), service, &domains).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_of_its_own_comes_first_and_nobody_guesses_it() {
    let folder = tempfile::tempdir().unwrap();
    let handle = ledger(
        folder.path(),
        &["ada@gmail.com", "shop@web.example"],
        &["me.example"],
    )
    .await;
    let purpose = Change::Purpose(
        AddrSpec::parse("shop@web.example").unwrap(),
        Some(Purpose::Shopping),
    );
    handle.change(purpose).await.unwrap();
    let all = proposed(&handle, "Example Shop", &[]);
    let kinds: Vec<&AliasKind> = all.iter().map(|alias| &alias.kind).collect();
    let base = AddrSpec::parse("ada@gmail.com").unwrap();
    assert_eq!(
        kinds,
        [
            &AliasKind::OwnDomain,
            &AliasKind::Tag(base),
            &AliasKind::Shared(Purpose::Shopping, 0)
        ],
        "tags only where a provider keeps them apart"
    );
    for alias in &all[..2] {
        let local = alias.spec.local();
        let (word, random) = local.rsplit_once('-').unwrap();
        assert!(word.ends_with("exampleshop"), "{local}");
        assert!(hard_to_guess(random), "{local}");
    }
    assert_ne!(all[0].spec, proposed(&handle, "Example Shop", &[])[0].spec);
    handle.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn proposals_look_like_the_addresses_that_the_user_makes() {
    let folder = tempfile::tempdir().unwrap();
    let handle = ledger(folder.path(), &[], &["me.example"]).await;
    for (address, service) in [
        ("kumo.k7f2@me.example", "Kumo"),
        ("tori.x9q4t@me.example", "Tori"),
    ] {
        let give = Give {
            address: AddrSpec::parse(address).unwrap(),
            service: service.into(),
            domains: Vec::new(),
            processors: Vec::new(),
            on: None,
            also: Vec::new(),
        };
        handle.change(Change::Give(give)).await.unwrap();
    }
    let first = |service: &str, domains: &[&str]| {
        let spec = proposed(&handle, service, domains)[0].spec.clone();
        let (word, _) = spec.local().rsplit_once('.').unwrap();
        word.to_owned()
    };
    assert_eq!(first("Hoshi", &[]), "hoshi");
    assert_eq!(
        first("株式会社くもり書房", &["shop.kumorishobo.co.jp"]),
        "kumorishobo",
        "a name in another script gives way to the domain"
    );
    assert_eq!(first("くもり書房", &[]), "to");
    handle.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_neither_domain_nor_tags_gets_no_new_address() {
    let folder = tempfile::tempdir().unwrap();
    let handle = ledger(folder.path(), &["ada@web.example"], &[]).await;
    assert!(proposed(&handle, "Example Shop", &[]).is_empty());
    handle.close();
}
