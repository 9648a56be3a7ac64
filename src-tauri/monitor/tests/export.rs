//! What the user recorded goes out and comes back. Services and people are invented.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod house;

use exposure::{AddrSpec, AddressKind, AddressStatus, Basis, Purpose};
use house::{House, names, refused};
use jiff::civil::Date;
use monitor::ExportFormat::{Csv, Json};
use monitor::actor::{Change, DomainIs, Give};
use monitor::exported::{
    Exported, ExportedAddress, ExportedDisclosure, ExportedService, json, sheet,
};
use monitor::fault::Code;
use monitor::intake::{Format, Outcome, Why};
use monitor::whole::Place;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

fn spec(text: &str) -> AddrSpec {
    AddrSpec::parse(text).unwrap()
}

fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

/// A ledger with everything that can be said, as it is exported.
fn everything() -> Exported {
    let address = |text: &str, kind, status, purpose, dedicated| ExportedAddress {
        address: spec(text),
        kind: Some(kind),
        status,
        purpose,
        dedicated,
    };
    let given = |address: &str, service: &str, from, to, basis, also: &[&str]| ExportedDisclosure {
        address: spec(address),
        service: service.into(),
        given_from: from,
        given_to: to,
        basis,
        also: also.iter().map(|part| (*part).to_owned()).collect(),
    };
    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect();
    Exported {
        services: vec![
            ExportedService {
                service: "=cmd, \"quoted\"".into(),
                ..ExportedService::default()
            },
            ExportedService {
                service: "Nobody's Shop".into(),
                refused_domains: texts(&["other.example"]),
                ..ExportedService::default()
            },
            ExportedService {
                service: "Shop".into(),
                domains: texts(&["shop.example", "shop.test"]),
                processors: texts(&["mails.example"]),
                refused_domains: texts(&["false-shop.example"]),
            },
            ExportedService {
                service: "例の店".into(),
                domains: texts(&["shop.example"]),
                ..ExportedService::default()
            },
        ],
        addresses: vec![
            address(
                "-tag@jun.example",
                AddressKind::CatchAll,
                AddressStatus::Retired,
                Some(Purpose::Throwaway),
                false,
            ),
            address(
                "ada@example.org",
                AddressKind::Plain,
                AddressStatus::Active,
                Some(Purpose::Work),
                false,
            ),
            address(
                "lure@example.org",
                AddressKind::Control,
                AddressStatus::Active,
                None,
                false,
            ),
            address(
                "x1@alias.example",
                AddressKind::Relay,
                AddressStatus::Retiring,
                None,
                true,
            ),
        ],
        disclosures: vec![
            given(
                "-tag@jun.example",
                "Shop",
                day("2024-01-02"),
                day("2024-02-03"),
                Basis::Inferred,
                &[],
            ),
            given(
                "ada@example.org",
                "=cmd, \"quoted\"",
                None,
                day("2025-03-04"),
                Basis::Declared,
                &["name", "postal"],
            ),
            given(
                "ada@example.org",
                "Shop",
                None,
                None,
                Basis::Imported,
                &["phone"],
            ),
            given(
                "ada@example.org",
                "例の店",
                day("2020-02-29"),
                day("2020-02-29"),
                Basis::Declared,
                &[],
            ),
        ],
        own_domains: texts(&["jun.example"]),
        dismissed_domains: texts(&["news.example"]),
    }
}

#[test]
fn an_export_in_json_comes_back_as_it_was_and_again_changes_nothing() {
    let everything = everything();
    let house = House::with(&everything);
    assert_eq!(house.exported(), everything);
    let bytes = house.export(Json);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(
        text.starts_with("{\n  \"format\": \"atesaki-export\",\n  \"version\": 1,\n"),
        "{text}"
    );
    let other = House::new();
    let imported = other.import(&bytes).unwrap();
    assert_eq!(imported.parsed.format, Format::AtesakiJson);
    assert_eq!(other.export(Json), bytes, "not a byte of it differs");
    for house in [&house, &other] {
        let again = house.import(&bytes).unwrap();
        assert!(again.plan.adds_nothing(), "{:?}", again.plan);
        assert_eq!(again.plan.counts().0, 0);
        assert_eq!(again.import, None);
        assert_eq!(house.export(Json), bytes);
    }
}

/// What the screens record is what comes back, not only what an export brought.
#[test]
fn what_a_person_said_goes_out_and_comes_back() {
    let house = House::new();
    let shop = |on: Option<&str>| {
        Change::Give(Give {
            address: spec("ada+shop@example.org"),
            service: "Shop".into(),
            domains: vec!["mail.shop.example".into()],
            processors: vec!["mails.example".into()],
            on: on.map(|day| day.parse().unwrap()),
            also: vec!["phone".into(), "name".into()],
        })
    };
    house.change(shop(None));
    house.give("ada@example.org", "News");
    let picture = house.handle.picture().unwrap();
    house.change(Change::Domain {
        service: picture.services[0].id,
        domain: "other.example".into(),
        is: DomainIs::Stranger,
    });
    let lure = spec("lure@example.org");
    house.change(Change::Kind(lure.clone(), AddressKind::Control));
    house.change(Change::Purpose(lure, Some(Purpose::Work)));
    let exported = house.exported();
    assert_eq!(exported.services[1].domains, ["shop.example"]);
    assert_eq!(exported.services[1].processors, ["mails.example"]);
    assert_eq!(exported.services[0].refused_domains, ["other.example"]);
    let given = &exported.disclosures[1];
    assert_eq!(
        (given.given_from, given.given_to, given.basis),
        (None, day("2026-06-20"), Basis::Declared),
        "the interval as it stands in the ledger"
    );
    assert_eq!(given.also, ["phone", "name"]);
    let other = House::new();
    other.import(&house.export(Json)).unwrap();
    assert_eq!(other.exported(), exported);
}

#[test]
fn an_export_as_a_table_comes_back_with_its_disclosures() {
    let everything = everything();
    let house = House::with(&everything);
    let bytes = house.export(Csv);
    let text = String::from_utf8(bytes.clone()).unwrap();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines,
        [
            "\u{feff}service,domains,address,given_from,given_to,basis,also,purpose",
            "Shop,\"shop.example, shop.test\",'-tag@jun.example,2024-01-02,2024-02-03,inferred,,throwaway",
            "\"'=cmd, \"\"quoted\"\"\",,ada@example.org,,2025-03-04,declared,\"name, postal\",work",
            "Shop,\"shop.example, shop.test\",ada@example.org,,,imported,phone,work",
            "例の店,shop.example,ada@example.org,2020-02-29,2020-02-29,declared,,work",
            "",
        ]
    );
    let other = House::new();
    let imported = other.import(&bytes).unwrap();
    assert_eq!(imported.parsed.format, Format::AtesakiCsv);
    assert_eq!(imported.plan.counts(), (4, 0, 0));
    assert_eq!(other.export(Csv), bytes);
    assert_eq!(other.exported().disclosures, everything.disclosures);
    assert!(other.import(&bytes).unwrap().plan.adds_nothing());
    assert!(house.import(&bytes).unwrap().plan.adds_nothing());
}

#[test]
fn a_table_that_a_spreadsheet_saved_again_is_still_our_own() {
    let house = House::new();
    let text = "SERVICE;Address;basis;Domains;given_to;given_from;purpose;also\n\
        Shop;ada@example.org;;shop.example;2024/02/03;2024/1/2;work;\n\
        Shop;ada@example.net;;shop.example;;03.02.2024;;name\n\
        Shop;no address;;;;;;\n";
    let imported = house.import(text.as_bytes()).unwrap();
    assert_eq!(imported.parsed.format, Format::AtesakiCsv);
    assert_eq!(imported.parsed.damaged, 1);
    let found = house.exported().disclosures;
    let days: Vec<_> = found.iter().map(|d| (d.given_from, d.given_to)).collect();
    assert_eq!(
        days,
        [
            (day("2024-02-03"), None),
            (day("2024-01-02"), day("2024-02-03"))
        ]
    );
}

#[test]
fn what_is_on_record_stays_as_it_is_and_an_import_is_taken_back() {
    let house = House::new();
    house.give("ada@example.org", "SHOP");
    house.give("x1@alias.example", "Mall");
    let before = house.exported();
    let bytes = json(&everything()).unwrap();
    let imported = house.import(bytes.as_bytes()).unwrap();
    let row = |service: &str, address: &str| {
        let mut rows = imported.plan.rows.iter();
        let row =
            rows.find(|row| (row.service.as_str(), row.address.as_str()) == (service, address));
        row.map(|row| row.outcome)
    };
    let known = Outcome::Merged(Why::Known);
    assert_eq!(row("SHOP", "ada@example.org"), Some(known));
    assert_eq!(row("SHOP", "-tag@jun.example"), Some(Outcome::Added));
    assert_eq!(row("", "lure@example.org"), Some(Outcome::Added));
    assert_eq!(row("", "x1@alias.example"), Some(known));
    assert_eq!(row("Nobody's Shop", ""), Some(Outcome::Added));
    assert_eq!(row("", "*@jun.example"), Some(Outcome::Added));
    let after = house.exported();
    let shop = after.services.iter().find(|s| s.service == "SHOP").unwrap();
    assert_eq!(shop.domains, ["shop.example", "shop.test"]);
    let mine = |exported: &Exported, text: &str| {
        let mut all = exported.addresses.iter();
        all.find(|a| a.address == spec(text)).cloned().unwrap()
    };
    assert_eq!(
        mine(&after, "ada@example.org").purpose,
        Some(Purpose::Work),
        "what was not said is filled in"
    );
    assert_eq!(
        mine(&after, "x1@alias.example"),
        mine(&before, "x1@alias.example")
    );
    let given = after
        .disclosures
        .iter()
        .find(|d| d.service == "SHOP" && d.address == spec("ada@example.org"));
    assert_eq!(given.unwrap().given_from, day("2024-01-02"));
    let undone = house.undo();
    assert_eq!(undone.kept, 0, "{undone:?}");
    assert_eq!(house.exported(), before);
}

#[test]
fn what_the_user_says_of_an_import_stays_when_it_is_taken_back() {
    let house = House::with(&everything());
    house.give("ada@example.org", "Shop");
    house.change(Change::Purpose(
        spec("lure@example.org"),
        Some(Purpose::Personal),
    ));
    let undone = house.undo();
    assert_eq!(
        undone.kept, 4,
        "a disclosure, its service, its address, and an address with a purpose"
    );
    let left = house.exported();
    let services: Vec<_> = left.services.iter().map(|s| s.service.as_str()).collect();
    assert_eq!(services, ["Shop"]);
    assert!(left.services[0].domains.is_empty(), "{left:?}");
    let addresses: Vec<_> = left
        .addresses
        .iter()
        .map(|a| a.address.to_string())
        .collect();
    assert_eq!(addresses, ["ada@example.org", "lure@example.org"]);
    assert_eq!(left.disclosures.len(), 1);
    assert_eq!(left.disclosures[0].given_from, day("2024-01-02"));
    assert!(left.own_domains.is_empty() && left.dismissed_domains.is_empty());
}

/// Mail to a domain that an import made the user's waits as before once that is taken back.
#[test]
fn mail_of_an_own_domain_that_is_taken_back_waits_as_before() {
    let house = House::new();
    let letter = |n: u32, to: &str| {
        format!(
            "From x@shop.example Mon Mar 02 09:00:00 2026\n\
             Received: from mx.example by mx.me.example; Mon, 02 Mar 2026 09:00:00 +0000\n\
             Delivered-To: {to}\nFrom: <news@shop.example>\nTo: <{to}>\n\
             Subject: A letter\nMessage-ID: <{n}@shop.example>\n\nMade up.\n\n"
        )
    };
    let mail = house.path("mail.mbox");
    let letters = [letter(1, "shop@jun.example"), letter(2, "mall@jun.example")];
    fs::write(&mail, letters.concat()).unwrap();
    let own = vec![spec("me@example.net")];
    let reading = async {
        house.handle.add_archive(&mail, own, Vec::new()).await?;
        house.handle.scan(&[], &|_, _| {}).await
    };
    house.runtime.block_on(reading).unwrap();
    let waiting = || house.handle.read(|store| store.unclaimed()).unwrap();
    let before = waiting();
    assert_eq!(before.len(), 2, "{before:?}");
    let exported = Exported {
        own_domains: vec!["jun.example".into()],
        addresses: vec![ExportedAddress::new(spec("shop@jun.example"))],
        ..Exported::default()
    };
    house.import(json(&exported).unwrap().as_bytes()).unwrap();
    assert!(waiting().is_empty(), "they are the user's now");
    let kind = house
        .exported()
        .addresses
        .into_iter()
        .find(|a| a.address == spec("shop@jun.example"));
    assert_eq!(
        kind.unwrap().kind,
        Some(AddressKind::CatchAll),
        "as its form suggests"
    );
    assert_eq!(house.undo().kept, 0);
    assert_eq!(waiting(), before);
}

#[test]
fn the_word_of_the_ledger_comes_before_that_of_the_export() {
    let house = House::new();
    house.give("me@example.org", "Shop");
    let shop = house.handle.picture().unwrap().services[0].id;
    let say = |domain: &str, is| {
        house.change(Change::Domain {
            service: shop,
            domain: domain.into(),
            is,
        })
    };
    say("shop.test", DomainIs::Stranger);
    say("false-shop.example", DomainIs::Own);
    house.change(Change::Claim {
        mine: Vec::new(),
        not_mine: vec![spec("ada@example.org")],
    });
    house.change(Change::Kind(spec("-tag@jun.example"), AddressKind::Control));
    let imported = house
        .import(json(&everything()).unwrap().as_bytes())
        .unwrap();
    let left: BTreeSet<_> = imported
        .plan
        .rows
        .iter()
        .filter_map(|row| match row.outcome {
            Outcome::LeftAlone(why) => Some((row.address.as_str(), why)),
            Outcome::Added | Outcome::Merged(_) => None,
        })
        .collect();
    assert_eq!(
        left,
        BTreeSet::from([
            ("ada@example.org", Why::NotYours),
            ("-tag@jun.example", Why::Lookout)
        ])
    );
    let after = house.exported();
    assert_eq!(after.disclosures.len(), 1, "{:?}", after.disclosures);
    let shop = after.services.iter().find(|s| s.service == "Shop").unwrap();
    assert_eq!(shop.domains, ["false-shop.example", "shop.example"]);
    assert_eq!(shop.refused_domains, ["shop.test"]);
}

/// Two ledgers of one person may have called one service by two names.
#[test]
fn a_service_of_another_name_is_known_by_its_domain() {
    let house = House::new();
    house.change(Change::Give(Give {
        address: spec("ada@example.org"),
        service: "The Mall".into(),
        domains: vec!["mall.example".into()],
        processors: Vec::new(),
        on: None,
        also: Vec::new(),
    }));
    let service = |name: &str| ExportedService {
        service: name.into(),
        domains: vec!["mall.example".into()],
        ..ExportedService::default()
    };
    let mut exported = Exported {
        services: vec![service("Mall")],
        ..Exported::default()
    };
    let bytes = json(&exported).unwrap();
    assert!(house.import(bytes.as_bytes()).unwrap().plan.adds_nothing());
    exported.services.push(service("The Mall"));
    house.import(json(&exported).unwrap().as_bytes()).unwrap();
    assert_eq!(house.exported().services.len(), 2, "the export knows both");
}

#[test]
fn an_export_is_written_where_nothing_is_and_for_its_owner_alone() {
    let house = House::with(&everything());
    let path = house.path("mine.json");
    let export = |place| house.handle.export(&path, Json, place);
    export(Place::Free).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    fs::write(&path, "the user's").unwrap();
    assert_eq!(refused(export(Place::Free)), Some(Code::FileExists));
    assert_eq!(fs::read(&path).unwrap(), b"the user's");
    export(Place::Any).unwrap();
    assert_ne!(fs::read(&path).unwrap(), b"the user's");
    let check = |name: &str| {
        let outcome = house.handle.export(&house.path(name), Json, Place::Any);
        assert_eq!(refused(outcome), Some(Code::CannotWrite), "{name}");
    };
    check("data");
    check("no/such/folder.json");
    assert_eq!(
        names(house.folder.path()),
        ["data", "mine.json", "with-no-telling-name"]
    );
}

#[test]
fn an_export_that_is_not_ours_ends_in_a_sentence_and_changes_nothing() {
    let house = House::with(&everything());
    let before = house.export(Json);
    let check = |name: &str, text: &str, want: Code| {
        let outcome = house.import(text.as_bytes());
        assert_eq!(refused(outcome), Some(want), "{name}");
        assert_eq!(house.export(Json), before, "{name}");
    };
    let text = String::from_utf8(before.clone()).unwrap();
    check(
        "newer",
        &text.replace("\"version\": 1", "\"version\": 2"),
        Code::ExportNewer,
    );
    check(
        "no version",
        r#"{"format":"atesaki-export"}"#,
        Code::ImportDamaged,
    );
    check(
        "another mark",
        r#"{"format":"other","version":1}"#,
        Code::ImportUnknown,
    );
    check(
        "an unknown kind",
        &text.replace("\"control\"", "\"made_up\""),
        Code::ImportDamaged,
    );
    check(
        "no address",
        &text.replace("lure@example.org", "lure"),
        Code::ImportDamaged,
    );
    for cut in [40, text.len() / 2, text.len() - 3] {
        let cut = (cut..).find(|at| text.is_char_boundary(*at)).unwrap();
        check("cut off", &text[..cut], Code::ImportDamaged);
    }
    let sheet = String::from_utf8(house.export(Csv)).unwrap();
    check(
        "a table that is cut off",
        &sheet[..sheet.len() - 20],
        Code::ImportDamaged,
    );
}

#[test]
fn hostile_names_and_domains_come_in_as_harmless_text() {
    let text = r#"{"format":"atesaki-export","version":1,"later":{"x":[1]},
        "services":[{"service":"a\u202e\u0000b\n c","domains":["not a domain","-","SHOP.example","mail.shop.example"],"later":1},{"service":" "}],
        "disclosures":[{"address":"ada@example.org","service":"a\u202e\u0000b\n c","also":["name","keys","name"],"given_from":"2025-01-02","given_to":"2024-01-02"}],
        "own_domains":["<script>","jun.example"],"dismissed_domains":["a b"]}"#;
    let house = House::new();
    house.import(text.as_bytes()).unwrap();
    let found = house.exported();
    assert_eq!(found.services.len(), 1);
    assert_eq!(found.services[0].service, "a b c");
    assert_eq!(found.services[0].domains, ["shop.example"]);
    assert_eq!(found.disclosures[0].also, ["name"]);
    assert_eq!(found.disclosures[0].given_from, day("2024-01-02"));
    assert_eq!(found.own_domains, ["jun.example"]);
    assert!(found.dismissed_domains.is_empty());
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z=+@'\",;例 -]{0,12}[A-Za-z店]".prop_map(|text| exposure::show::shown(&text, 100))
}

fn domain() -> impl Strategy<Value = String> {
    "[a-d]{1,2}\\.(example|test|org)"
}

fn some_day() -> impl Strategy<Value = Option<Date>> {
    proptest::option::of(
        (2000_i16..2026, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap()),
    )
}

fn word<T: Copy + std::fmt::Debug>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn domains() -> impl Strategy<Value = BTreeSet<String>> {
    proptest::collection::btree_set(domain(), 0..3)
}

/// An export as a ledger makes it.
fn ledgers() -> impl Strategy<Value = Exported> {
    let service = (domains(), domains(), domains());
    let services = proptest::collection::btree_map(name(), service, 0..6);
    let of = (
        word(AddressKind::ALL),
        word(AddressStatus::ALL),
        proptest::option::of(word(Purpose::ALL)),
        any::<bool>(),
    );
    let addresses = proptest::collection::btree_map("[a-c+=-]{0,3}[a-c]@[ab]\\.example", of, 0..6);
    let given = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        some_day(),
        some_day(),
        word(Basis::ALL),
        proptest::sample::subsequence(vec!["name", "phone", "postal"], 0..=3),
    );
    let given = proptest::collection::vec(given, 0..10);
    (services, addresses, given, domains(), domains()).prop_map(
        |(services, addresses, given, own, dismissed)| {
            // A ledger has no two services that differ in the case of their letters only.
            let named: BTreeMap<String, _> = services
                .into_iter()
                .map(|(name, of)| (name.to_ascii_lowercase(), (name, of)))
                .collect();
            let mut services: Vec<ExportedService> = named
                .into_values()
                .map(
                    |(service, (domains, processors, refused))| ExportedService {
                        service,
                        processors: processors.difference(&domains).cloned().collect(),
                        domains: domains.into_iter().collect(),
                        refused_domains: refused.into_iter().collect(),
                    },
                )
                .collect();
            services.sort_by(|a, b| a.service.cmp(&b.service));
            let mut addresses: Vec<ExportedAddress> = addresses
                .into_iter()
                .map(
                    |(text, (kind, status, purpose, dedicated))| ExportedAddress {
                        address: spec(&text),
                        kind: Some(kind),
                        status,
                        purpose,
                        dedicated,
                    },
                )
                .collect();
            addresses.sort_by(|a, b| a.address.cmp(&b.address));
            let mut disclosures = BTreeMap::new();
            for (address, service, from, to, basis, also) in given {
                if addresses.is_empty() || services.is_empty() {
                    break;
                }
                let address = address.get(&addresses).address.clone();
                let service = service.get(&services).service.clone();
                let swapped = matches!((from, to), (Some(a), Some(b)) if a > b);
                let (given_from, given_to) = if swapped { (to, from) } else { (from, to) };
                disclosures.insert(
                    (address.clone(), service.clone()),
                    ExportedDisclosure {
                        address,
                        service,
                        given_from,
                        given_to,
                        basis,
                        also: also.into_iter().map(str::to_owned).collect(),
                    },
                );
            }
            Exported {
                services,
                addresses,
                disclosures: disclosures.into_values().collect(),
                own_domains: own.into_iter().collect(),
                dismissed_domains: dismissed.into_iter().collect(),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_ledger_comes_back_and_an_import_of_it_is_taken_back(exported in ledgers()) {
        let house = House::with(&exported);
        prop_assert_eq!(house.exported(), exported.clone());
        let bytes = house.export(Json);
        let again = house.import(&bytes).unwrap();
        prop_assert!(again.plan.adds_nothing(), "{:?}", again.plan);
        let sheet = house.import(&house.export(Csv)).unwrap();
        prop_assert!(sheet.plan.adds_nothing(), "{:?}", sheet.plan);
        if exported != Exported::default() {
            prop_assert_eq!(house.undo().kept, 0);
        }
        prop_assert_eq!(house.exported(), Exported::default());
    }

    #[test]
    fn every_cell_of_a_table_comes_back(exported in ledgers()) {
        let other = House::new();
        other.import(&sheet::csv(&exported).unwrap()).unwrap();
        prop_assert_eq!(other.exported().disclosures, exported.disclosures);
    }
}
