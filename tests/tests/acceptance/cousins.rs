//! A domain that writes like a recorded service is asked about; verdicts follow the answer at once.
//! An address that nobody is given is watched.

use acceptance::dovecot::{Abilities, Dovecot, PASSWORD};
use acceptance::letter::Letter;
use acceptance::watcher::{Heard, open};
use anyhow::{Context, Result};
use exposure::{AddrSpec, AddressKind, AddressState};
use jiff::{SignedDuration, Timestamp};
use monitor::actor::{Change, DomainIs, Give};
use monitor::mailbox::Secret;
use monitor::vault::Memory;
use monitor::view::types::AddressPage;
use monitor::{Handle, Keep, view};
use std::sync::Arc;

const SHOP: &str = "shop-k7f2@example.org";
const LOOKOUT: &str = "office@example.org";
const NOW: &str = "2026-06-20T12:00:00Z";

fn before(days: i64) -> Result<Timestamp> {
    let now: Timestamp = NOW.parse()?;
    Ok(now - SignedDuration::from_hours(24 * days))
}

fn page(handle: &Handle, address: &str) -> Result<AddressPage> {
    let picture = handle.picture()?;
    let mut all = picture.addresses.iter();
    let id = all
        .find(|a| a.spec.to_string() == address)
        .context("it is recorded")?
        .id;
    handle.read(|store| view::address(&picture, store, handle.words(), id))
}

#[tokio::test]
async fn whose_a_domain_is_is_asked_and_verdicts_follow() -> Result<()> {
    let server = Dovecot::start(Abilities::All);
    let mut number = 0;
    let mut post = |letter: &Letter| {
        number += 1;
        server.post("INBOX", number, letter);
    };
    for days in (0..200).step_by(5) {
        post(&Letter::new(
            before(days)?,
            "news@shop.example",
            SHOP,
            "News",
        ));
    }
    for days in [60, 45, 30, 15] {
        let letter = Letter::new(before(days)?, "ask@survey.example", SHOP, "A question");
        post(&letter.subscribed());
    }
    // The junk folder goes back far enough for something to be said.
    let old = Letter::new(
        before(220)?,
        "win@prize.example",
        "ada@example.org",
        "A prize",
    );
    server.post("Spam", 1, &old.unsigned());
    let home = tempfile::tempdir()?;
    let vault = Arc::new(Memory::default());
    let handle = open(home.path(), NOW, vault, Arc::new(Heard::default()))?;
    let secret = (Secret(PASSWORD.into()), Keep::Memory);
    let account = server.account("ada@example.org");
    handle
        .add_account(account, Some(secret), vec!["example.org".into()])
        .await?;
    handle
        .change(Change::Give(Give {
            address: AddrSpec::parse(SHOP)?,
            service: "Example Shop".into(),
            processors: Vec::new(),
            domains: vec!["shop.example".into()],
            on: Some("2026-05-01".parse()?),
            also: vec![],
        }))
        .await?;
    handle.scan(&[], &|_, _| {}).await?;

    let asked = page(&handle, SHOP)?;
    let [cousin] = asked.cousins.as_slice() else {
        anyhow::bail!("one domain is asked about: {:?}", asked.cousins);
    };
    assert_eq!(cousin.domain, "survey.example");
    assert_eq!(cousin.question, "Also Example Shop?");
    assert_ne!(asked.row.badge.state, AddressState::UnexpectedSender);

    let service = cousin.service_id;
    let say = |is| {
        let domain = "survey.example".to_owned();
        handle.change(Change::Domain {
            service,
            domain,
            is,
        })
    };
    say(DomainIs::Stranger).await?;
    let refused = page(&handle, SHOP)?;
    assert!(refused.cousins.is_empty(), "it is not asked again");
    assert!(
        matches!(
            refused.row.badge.state,
            AddressState::UnexpectedSender
                | AddressState::LikelySource
                | AddressState::VeryLikelySource
        ),
        "its mail counts as a stranger's: {:?}",
        refused.row.badge
    );

    say(DomainIs::Processor).await?;
    let accepted = page(&handle, SHOP)?;
    assert!(accepted.cousins.is_empty());
    assert_eq!(accepted.row.badge.state, AddressState::NoChange);
    let sender = accepted
        .senders
        .iter()
        .find(|s| s.domain == "survey.example");
    assert_eq!(
        sender.map(|s| s.detail.as_str()),
        Some("Mails for the service · 4 messages")
    );

    // Nothing that was ever given or tried is suggested; what is watched is a lookout address.
    let picture = handle.picture()?;
    let suggested = handle.read(|store| view::lookouts(&picture, store, handle.words()))?;
    assert!(
        suggested
            .iter()
            .all(|row| row.address.ends_with("@example.org")),
        "{suggested:?}"
    );
    let change = Change::Kind(AddrSpec::parse(LOOKOUT)?, AddressKind::Control);
    handle.change(change).await?;
    post(&Letter::new(before(1)?, "win@prize.example", LOOKOUT, "A prize").unsigned());
    handle.scan(&[], &|_, _| {}).await?;
    let watched = page(&handle, LOOKOUT)?;
    assert_eq!(watched.row.kind, Some(AddressKind::Control));
    assert_eq!(watched.row.badge.state, AddressState::UnexpectedSender);
    handle.close();
    Ok(())
}
