//! Published breaches and the services that they touch, over made-up domains.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use exposure::catalogue::{Blame, Entry, Index, Source, registrable, touching};
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn entry(name: &str, domain: &str) -> Entry {
    Entry {
        name: name.into(),
        title: name.into(),
        domain: domain.into(),
        happened: date(2019, 5, 14),
        published: None,
        people: Some(7),
        data: vec!["Email addresses".into()],
        description: String::new(),
        source: Source::Pwned,
        attribution: String::new(),
        blame: Blame::Service,
    }
    .bounded()
}

fn names<'a>(index: &'a Index, domains: &[&str]) -> Vec<&'a str> {
    let services = [(1, domains.to_vec())];
    let touches = touching(&services, index);
    touches.iter().map(|t| t.entry.name.as_str()).collect()
}

#[test]
fn a_wrong_domain_never_matches() {
    let index = Index::of(vec![
        entry("Example", "example.com"),
        entry("Nival", "nival.com"),
        entry("Ringo", "ringo.co.jp"),
        entry("Suffix", "co.jp"),
        entry("Number", "192.0.2.7"),
        entry("Nameless", ""),
        entry("Host", "forum.mikan.example"),
    ]);
    let check = |domain: &str, want: &[&str]| {
        assert_eq!(names(&index, &[domain]), want, "{domain}");
    };
    check("example.com", &["Example"]);
    check("mail.EXAMPLE.com.", &["Example"]);
    check("evil-example.com", &[]);
    check("example.com.evil.tld", &[]);
    check("example.com.evil.example", &[]);
    check("example.co", &[]);
    check("example.net", &[]);
    check("carnival.com", &[]);
    check("ringo.co.jp", &["Ringo"]);
    check("budou.co.jp", &[]);
    check("ringo.ne.jp", &[]);
    check("co.jp", &[]);
    check("jp", &[]);
    check("192.0.2.7", &[]);
    check("2.7", &[]);
    check("", &[]);
    check("mikan.example", &["Host"]);
    assert_eq!(index.set_aside(), 3, "what has no owner blames nobody");
}

#[test]
fn spam_lists_fabrications_and_retired_entries_touch_nobody_and_are_counted() {
    let aside = Entry {
        blame: Blame::Nobody,
        ..entry("List", "example.com")
    };
    let unsure = Entry {
        blame: Blame::Unverified,
        ..entry("Unsure", "example.com")
    };
    let index = Index::of(vec![aside, unsure, entry("Sure", "example.com")]);
    assert_eq!(names(&index, &["example.com"]), ["Sure", "Unsure"]);
    assert_eq!(index.set_aside(), 1);
}

#[test]
fn one_breach_in_both_public_lists_is_one() {
    let narrower = Entry {
        source: Source::Mozilla,
        people: None,
        ..entry("Example", "example.com")
    };
    let own = Entry {
        source: Source::Chosen,
        ..entry("Example", "example.com")
    };
    let index = Index::of(vec![narrower, own, entry("Example", "example.com")]);
    let sources: Vec<Source> = index.about("example.com").map(|e| e.source).collect();
    assert_eq!(sources, [Source::Pwned, Source::Chosen]);
    let services = [(1, vec!["a.example.com", "example.com", "b.example.com"])];
    assert_eq!(touching(&services, &index).len(), 2, "each is told once");
}

fn host() -> impl Strategy<Value = String> {
    let label = prop_oneof![
        "[a-d]{1,2}",
        Just("co".to_owned()),
        Just("evil-a".to_owned()),
    ];
    let suffix = prop_oneof![
        Just("com"),
        Just("jp"),
        Just("co.jp"),
        Just("example"),
        Just("github.io"),
        Just("1"),
    ];
    (proptest::collection::vec(label, 0..4), suffix).prop_map(|(labels, suffix)| {
        let labels = labels.iter().map(|label| format!("{label}."));
        labels.collect::<String>() + suffix
    })
}

proptest! {
    #[test]
    fn a_service_and_an_entry_touch_where_their_registrable_domains_are_equal_and_nowhere_else(
        services in proptest::collection::vec(proptest::collection::vec(host(), 0..4), 0..12),
        breached in proptest::collection::vec((host(), 0_u8..4), 0..24),
    ) {
        let entries: Vec<Entry> = breached.iter().enumerate().map(|(at, (host, kind))| {
            let made = entry(&format!("B{at}"), host);
            let blame = if *kind == 0 { Blame::Nobody } else { made.blame };
            Entry { blame, ..made }
        }).collect();
        let index = Index::of(entries.clone());
        let asked: Vec<(i64, Vec<&str>)> = services.iter().enumerate()
            .map(|(at, hosts)| (at as i64, hosts.iter().map(String::as_str).collect()))
            .collect();
        let found: Vec<(i64, String)> = touching(&asked, &index).iter()
            .map(|touch| (touch.service, touch.entry.name.clone()))
            .collect();
        let mut want = BTreeSet::new();
        for (service, hosts) in &asked {
            for entry in entries.iter().filter(|entry| entry.blame != Blame::Nobody) {
                let equal = |host: &&&str| registrable(host).is_some_and(|own| own == entry.domain);
                if hosts.iter().find(equal).is_some() {
                    want.insert((*service, entry.name.clone()));
                }
            }
        }
        prop_assert_eq!(found.len(), want.len(), "each once");
        prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), want);
    }
}

/// The best of several runs: what else runs here only ever adds to one.
fn time(mut run: impl FnMut() -> usize) -> Duration {
    (0..9)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .min()
        .unwrap()
}

#[test]
fn what_a_look_costs_grows_with_the_services_and_hardly_with_the_breaches() {
    let domain = |n: usize| format!("service{n}.example");
    let index = |count: usize| {
        let entries = (0..count).map(|n| entry(&format!("B{n}"), &domain(n * 7)));
        Index::of(entries.collect())
    };
    let domains: Vec<String> = (0..1_000).map(domain).collect();
    let services: Vec<(i64, Vec<&str>)> = domains
        .iter()
        .enumerate()
        .map(|(at, domain)| (at as i64, vec![domain.as_str()]))
        .collect();
    let (few, many) = (index(1_000), index(20_000));
    assert_eq!(touching(&services, &many).len(), 143, "it finds them");
    let few = time(|| touching(&services, &few).len());
    let many = time(|| touching(&services, &many).len());
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    assert!(
        ratio < 5.0,
        "20 times as many breaches took {ratio:.1} times as long: {few:?}, {many:?}"
    );
}
