//! Services that the mail itself shows, from raw mail to the ledger. All mail here is made up.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use exposure::assess::Standing;
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

/// One message, its From verified by the receiver's own server or not.
fn letter(number: usize, to: &str, from: &str, subject: &str, verified: bool) -> String {
    let domain = from.rsplit('@').next().unwrap().trim_end_matches('>');
    let outcome = if verified { "pass" } else { "fail" };
    format!(
        "From ada Mon Jan  1 00:00:00 2024\nReceived: from mx by mx.example.org for <{to}>; {} May 2026 10:00:00 +0000\n\
         Authentication-Results: mx.example.org; dkim={outcome} header.d={domain}\n\
         Message-ID: <{number}@{domain}>\nFrom: {from}\nTo: {to}\nSubject: {subject}\n\nMade up.\n\n",
        1 + number % 28
    )
}

/// A ledger that has read letters (to, from, subject, verified), one a day from 1 May 2026 on.
async fn read(
    folder: &std::path::Path,
    own: &[&str],
    own_domains: &[&str],
    letters: &[(&str, &str, &str, bool)],
) -> Handle {
    let mail = folder.join("mail.mbox");
    let mut text = String::new();
    for (number, (to, from, subject, verified)) in letters.iter().enumerate() {
        write!(text, "{}", letter(number, to, from, subject, *verified)).unwrap();
    }
    std::fs::write(&mail, text).unwrap();
    let handle = Handle::open(Start {
        data: folder.join("data"),
        clock: Clock::Fixed("2026-06-20T03:00:00Z".parse().unwrap()),
        lang: Lang::En,
        vault: Arc::new(Memory::default()),
        shell: Arc::new(Quiet),
        zone: Some("Asia/Tokyo".into()),
    })
    .unwrap();
    let own = own.iter().map(|text| AddrSpec::parse(text).unwrap());
    let domains = own_domains.iter().map(|text| (*text).to_owned());
    handle
        .add_archive(&mail, own.collect(), domains.collect())
        .await
        .unwrap();
    handle.scan(&[], &|_, _| {}).await.unwrap();
    handle
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_writes_as_a_service_is_proposed_until_the_user_has_said() {
    let folder = tempfile::tempdir().unwrap();
    let ada = "ada@example.org";
    let handle = read(
        folder.path(),
        &[ada],
        &[],
        &[
            (
                ada,
                "Kumo Books <orders@kumobooks.example>",
                "Welcome to Kumo Books",
                true,
            ),
            (
                ada,
                "Kumo Books News <news@kumobooks.test>",
                "20 % off",
                true,
            ),
            (
                ada,
                "Kumo Books News <news@kumobooks.test>",
                "New arrivals",
                true,
            ),
            (
                ada,
                "Tori Travel <info@toritravel.example>",
                "Your new account",
                true,
            ),
            (
                ada,
                "Fake Bank <info@fakebank.example>",
                "Your new account",
                false,
            ),
            (ada, "Hana Mori <hana.mori@firm.example>", "Lunch?", true),
            (
                ada,
                "Hana Mori <hana.mori@firm.example>",
                "Re: invoice",
                true,
            ),
        ],
    )
    .await;

    let proposed = || {
        let picture = handle.picture().unwrap();
        let all = picture.found.iter();
        all.map(|found| found.proposal.name.clone())
            .collect::<Vec<_>>()
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_counts_as_soon_as_its_mail_shows_it_and_makes_its_address_known() {
    let folder = tempfile::tempdir().unwrap();
    let (kumo, me) = ("kumo@me.example", "ada@me.example");
    let handle = read(
        folder.path(),
        &[me],
        &["me.example"],
        &[
            (
                kumo,
                "Kumo Books <orders@kumobooks.example>",
                "Welcome to Kumo Books",
                true,
            ),
            (
                kumo,
                "Kumo Books <orders@kumobooks.example>",
                "Your order",
                true,
            ),
            (
                kumo,
                "Other Shop <news@othershop.example>",
                "20 % off",
                true,
            ),
            (
                kumo,
                "Other Shop <news@othershop.example>",
                "Your order",
                true,
            ),
            (
                "sales@me.example",
                "Fake Bank <info@fakebank.example>",
                "Your new account",
                false,
            ),
            (
                me,
                "Kumo Books <orders@kumobooks.example>",
                "Your order",
                true,
            ),
        ],
    )
    .await;

    let look = || {
        let picture = handle.picture().unwrap();
        let specs: Vec<String> = picture
            .addresses
            .iter()
            .map(|a| a.spec.to_string())
            .collect();
        let held: Vec<(String, String, Standing)> = (picture.ledger.addresses.iter())
            .flat_map(|a| {
                a.holders
                    .iter()
                    .map(|h| (a.spec.to_string(), h.name.clone(), h.standing))
            })
            .collect();
        (picture, specs, held)
    };
    let has = |spec: &str, standing| (spec.to_owned(), "Kumo Books".to_owned(), standing);
    let (picture, specs, held) = look();
    assert_eq!(specs, [me, kumo], "nobody who is verified wrote to sales@");
    assert_eq!(
        held,
        [has(me, Standing::Inferred), has(kumo, Standing::Inferred)],
        "whoever wrote first to an address made for one has it"
    );
    let wanted = |picture: &monitor::ledger::Picture, at: usize| {
        let days = &picture.ledger.addresses[at].days;
        days.iter()
            .map(|d| (d.count.wanted, d.count.stranger))
            .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    };
    assert_eq!(wanted(&picture, 0), (1, 0), "its mail is no stranger's");
    assert_eq!(wanted(&picture, 1), (2, 2), "the other one's is");
    assert!(picture.services.is_empty(), "nothing is on record yet");
    let page = handle
        .read(|store| view::address(&picture, store, handle.words(), picture.addresses[1].id))
        .unwrap();
    assert_eq!(
        page.holders[0].basis,
        Basis::Inferred,
        "shown as found in the mail"
    );

    let all = |_: &exposure::proposals::Proposal| true;
    handle.answer_proposals(all, true).await.unwrap();
    let (_, _, held) = look();
    assert_eq!(
        held,
        [has(me, Standing::Recorded), has(kumo, Standing::Recorded)]
    );
    handle.close();
}
