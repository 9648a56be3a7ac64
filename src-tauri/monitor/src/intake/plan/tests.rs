//! What becomes of entries. Services and people are made up.
#![allow(clippy::unwrap_used)]

use super::*;

const NOW: i64 = 1_800_000_000;

fn entry(title: &str, url: &str, address: &str, given_at: Option<i64>) -> Entry {
    let mut entry = Entry {
        given_at,
        ..Entry::default()
    };
    entry.name(title);
    entry.used_at(url);
    entry.known_as(address);
    entry.ended(&[])
}

fn known() -> Known {
    let spec = |text: &str| AddrSpec::parse(text).unwrap();
    Known {
        services: vec![KnownService {
            id: 7,
            name: "Example Shop".to_owned(),
            domains: BTreeSet::from(["shop.example".to_owned()]),
            refused: BTreeSet::from(["refused.example".to_owned()]),
            ..KnownService::default()
        }],
        addresses: BTreeMap::from([(spec("ada@example.org"), 1), (spec("lure@example.org"), 2)]),
        lookouts: BTreeSet::from([spec("lure@example.org")]),
        refused: BTreeSet::from(["bo@example.org".to_owned()]),
        disclosed: BTreeSet::from([(1, 7)]),
        ..Known::default()
    }
}

#[test]
fn says_what_becomes_of_each_entry_and_why() {
    let check = |title: &str, url: &str, address: &str, service: &str, want: Outcome| {
        let plan = plan(&[entry(title, url, address, None)], &known(), NOW);
        let row = &plan.rows[0];
        assert_eq!(
            (row.service.as_str(), row.outcome),
            (service, want),
            "{title} {url} {address}"
        );
    };
    let left = Outcome::LeftAlone;
    check(
        "Anything",
        "https://www.shop.example/",
        "ada@example.org",
        "Example Shop",
        Outcome::Merged(Why::Known),
    );
    check(
        "example shop",
        "",
        "ada@example.org",
        "Example Shop",
        Outcome::Merged(Why::Known),
    );
    check(
        "",
        "https://shop.example/",
        "new@example.org",
        "Example Shop",
        Outcome::Added,
    );
    check(
        "",
        "https://news.example/",
        "ada@example.org",
        "News",
        Outcome::Added,
    );
    check(
        "News",
        "https://news.example/",
        "ada_77",
        "News",
        left(Why::NoAddress),
    );
    check("", "", "ada@example.org", "", left(Why::NoService));
    check(
        "Router",
        "http://192.168.1.1/",
        "ada@example.org",
        "Router",
        left(Why::Device),
    );
    check(
        "Example Shop",
        "http://192.168.1.1/",
        "new@example.org",
        "Example Shop",
        Outcome::Added,
    );
    check("News", "", "bo@example.org", "News", left(Why::NotYours));
    check("News", "", "lure@example.org", "News", left(Why::Lookout));
    check(
        "",
        "android://x@com.example.news/",
        "ada@example.org",
        "com.example.news",
        Outcome::Added,
    );
}

#[test]
fn two_companies_of_one_name_stay_two() {
    let entries = [
        entry(
            "Example Shop",
            "https://other.example/",
            "ada@example.org",
            None,
        ),
        entry("", "https://shop.test/", "ada@example.org", None),
        entry("", "https://shop.invalid/", "ada@example.org", None),
    ];
    let plan = plan(&entries, &known(), NOW);
    let names: Vec<&str> = plan.services.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Example Shop (other.example)", "Shop", "shop.test"]);
    assert_eq!(plan.disclosures.len(), 3);
}

#[test]
fn no_two_new_services_have_one_name() {
    let mut known = known();
    known.services.push(KnownService {
        id: 8,
        name: "shop.test".to_owned(),
        ..KnownService::default()
    });
    known.services.push(KnownService {
        id: 9,
        name: "Shop".to_owned(),
        domains: BTreeSet::from(["shop.invalid".to_owned()]),
        ..KnownService::default()
    });
    let entries = [entry("", "https://shop.test/", "ada@example.org", None)];
    let plan = plan(&entries, &known, NOW);
    assert!(plan.services.is_empty(), "{:?}", plan.services);
    assert_eq!(plan.disclosures[0].service, Which::Known(8));
}

#[test]
fn nothing_is_made_for_what_is_left_alone() {
    let entries = [
        entry("News", "https://news.example/", "ada_77", None),
        entry("News", "https://news.example/", "bo@example.org", None),
    ];
    assert!(plan(&entries, &known(), NOW).adds_nothing());
}

#[test]
fn the_day_of_a_move_is_not_the_day_on_which_an_address_was_given() {
    let day = |n: i64| Some(1_700_000_000 + n * 86_400);
    let at = |n: i64, on: Option<i64>| {
        entry("", &format!("https://s{n}.example/"), "ada@example.org", on)
    };
    let moved: Vec<Entry> = (0..6)
        .map(|n| at(n, if n < 4 { day(0) } else { day(n) }))
        .collect();
    let given: Vec<Given> = plan(&moved, &known(), NOW)
        .disclosures
        .into_iter()
        .map(|d| d.given)
        .collect();
    assert_eq!(
        given,
        [None, None, None, None, day(4), day(5)].map(Given::At)
    );
    let apart: Vec<Entry> = (0..6).map(|n| at(n, day(n))).collect();
    assert!(
        plan(&apart, &known(), NOW)
            .disclosures
            .iter()
            .all(|d| d.given != Given::At(None))
    );
    let later = [at(1, Some(NOW + 1))];
    assert_eq!(
        plan(&later, &known(), NOW).disclosures[0].given,
        Given::At(None),
        "nothing is given tomorrow"
    );
}

#[test]
fn an_alias_is_the_users_even_where_nobody_is_named() {
    let mut alias = entry("", "", "x1@alias.example", None);
    alias.alias = Some(Alias::Off);
    let plan = plan(&[alias], &known(), NOW);
    assert_eq!(plan.rows[0].outcome, Outcome::Added);
    assert_eq!(plan.addresses[0].kind, Some(AddressKind::Relay));
    assert_eq!(plan.addresses[0].status, AddressStatus::Retired);
    assert!(plan.services.is_empty() && plan.disclosures.is_empty());
}
