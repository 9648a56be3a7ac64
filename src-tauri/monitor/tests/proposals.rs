//! Services that the mail itself shows, from raw mail to the ledger. All mail here is made up.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use exposure::{AddrSpec, Basis};
use monitor::vault::Memory;
use monitor::{Clock, Handle, Lang, Notice, Shell, Start, Topic, view};
use std::fmt::Write as _;
use std::sync::Arc;

struct Quiet;

impl Shell for Quiet {
    fn changed(&self, _topics: &[Topic]) {}
    fn notify(&self, _notice: Notice) {}
}

/// One message to ada@example.org, its From verified by her own server or not.
fn letter(number: usize, from: &str, subject: &str, verified: bool) -> String {
    let domain = from.rsplit('@').next().unwrap().trim_end_matches('>');
    let outcome = if verified { "pass" } else { "fail" };
    format!(
        "From ada Mon Jan  1 00:00:00 2024\nReceived: from mx by mx.example.org for <ada@example.org>; {} May 2026 10:00:00 +0000\n\
         Authentication-Results: mx.example.org; dkim={outcome} header.d={domain}\n\
         Message-ID: <{number}@{domain}>\nFrom: {from}\nTo: ada@example.org\nSubject: {subject}\n\nMade up.\n\n",
        1 + number % 28
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_writes_as_a_service_is_proposed_until_the_user_has_said() {
    let folder = tempfile::tempdir().unwrap();
    let mail = folder.path().join("mail.mbox");
    let mut text = String::new();
    for (number, (from, subject, verified)) in [
        (
            "Kumo Books <orders@kumobooks.example>",
            "Welcome to Kumo Books",
            true,
        ),
        ("Kumo Books News <news@kumobooks.test>", "20 % off", true),
        (
            "Kumo Books News <news@kumobooks.test>",
            "New arrivals",
            true,
        ),
        (
            "Tori Travel <info@toritravel.example>",
            "Your new account",
            true,
        ),
        (
            "Fake Bank <info@fakebank.example>",
            "Your new account",
            false,
        ),
        ("Hana Mori <hana.mori@firm.example>", "Lunch?", true),
        ("Hana Mori <hana.mori@firm.example>", "Re: invoice", true),
    ]
    .into_iter()
    .enumerate()
    {
        write!(text, "{}", letter(number, from, subject, verified)).unwrap();
    }
    std::fs::write(&mail, text).unwrap();
    let handle = Handle::open(Start {
        data: folder.path().join("data"),
        clock: Clock::Fixed("2026-06-20T03:00:00Z".parse().unwrap()),
        lang: Lang::En,
        vault: Arc::new(Memory::default()),
        shell: Arc::new(Quiet),
        zone: Some("Asia/Tokyo".into()),
    })
    .unwrap();
    let own = vec![AddrSpec::parse("ada@example.org").unwrap()];
    handle.add_archive(&mail, own, vec![]).await.unwrap();
    handle.scan(&[], &|_, _| {}).await.unwrap();

    let proposed = || {
        let picture = handle.picture().unwrap();
        let all = handle
            .read(|store| view::proposed(&picture, store))
            .unwrap();
        all.into_iter().map(|p| p.name).collect::<Vec<_>>()
    };
    assert_eq!(proposed(), ["Kumo Books", "Tori Travel"]);

    let named = |name: &'static str| move |p: &exposure::proposals::Proposal| p.name == name;
    assert_eq!(
        handle
            .answer_proposals(named("Kumo Books"), true)
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        proposed(),
        ["Tori Travel"],
        "what is on record is not asked"
    );
    let picture = handle.picture().unwrap();
    let [kumo] = picture.services.as_slice() else {
        panic!("one service: {:?}", picture.services);
    };
    assert_eq!(kumo.domains.len(), 2, "both of its domains are known");
    let given = &picture.disclosures[0];
    assert_eq!((given.service, given.basis), (kumo.id, Basis::Inferred));
    let first = monitor::clock::day_of_number(given.given_from.unwrap());
    assert_eq!(first.to_string(), "2026-05-01", "the day of its first mail");

    assert_eq!(
        handle
            .answer_proposals(named("Tori Travel"), false)
            .await
            .unwrap(),
        1
    );
    assert!(proposed().is_empty(), "what was dismissed stays dismissed");
    handle.close();
}
