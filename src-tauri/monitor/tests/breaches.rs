//! Lists of published breaches: asked for at a stand-in, kept, and compared with a made-up ledger.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod house;

use exposure::AddrSpec;
use exposure::assess::ExposureKind;
use exposure::attribution::graph::Listing;
use exposure::catalogue::{Given, Source};
use house::{House, refused, start};
use jiff::{SignedDuration, Timestamp};
use monitor::actor::{Change, Give};
use monitor::breaches::{Refreshed, Wish};
use monitor::catalogue;
use monitor::catalogue::fetch::{News, Places};
use monitor::fault::Code;
use monitor::{Clock, Handle, Lang, Start, Words};
use std::collections::VecDeque;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex};

const LATEST: &str = r#"{"Name":"Kaki","AddedDate":"2026-06-01T00:00:00Z"}"#;
/// The shape of Have I Been Pwned, made up.
const BREACHES: &str = r#"[
    {"Name":"Kaki","Title":"Kaki Shop","Domain":"kaki.example","BreachDate":"2024-05-14","AddedDate":"2026-06-01T00:00:00Z",
     "PwnCount":3385,"Description":"<em>Made up</em>","DataClasses":["Email addresses","Names"],"IsVerified":true},
    {"Name":"Kuri","Title":"Kuri","Domain":"kuri.example","BreachDate":"2024-05-14","PwnCount":7,"DataClasses":[],"IsVerified":true,"IsSpamList":true},
    {"Name":"Nashi","Title":"Nashi","Domain":"nashi.example","BreachDate":"2023-01-01","DataClasses":["Passwords"],"IsVerified":false}]"#;
/// The shape of Mozilla's list, made up.
const FEWER: &str = r#"{"data":[{"Name":"Kaki","Domain":"kaki.example","BreachDate":"2024-05-14","PwnCount":3385,
    "AddedDate":"2026-06-01T00:00:00Z","DataClasses":["Passwords"],"id":"x","last_modified":1,"schema":2}]}"#;

/// What the stand-in answers once: its bytes as they go over the wire; empty: it hangs up.
type Answers = Arc<Mutex<VecDeque<Vec<u8>>>>;

/// A server that answers what it is told to and remembers what it was asked, line by line.
struct StandIn {
    at: SocketAddr,
    answers: Answers,
    asked: Arc<Mutex<Vec<String>>>,
}

impl StandIn {
    fn start() -> StandIn {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let stand_in = StandIn {
            at: listener.local_addr().unwrap(),
            answers: Arc::default(),
            asked: Arc::default(),
        };
        let (answers, asked) = (stand_in.answers.clone(), stand_in.asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let (mut request, mut byte) = (Vec::new(), [0]);
                while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) > 0 {
                    request.push(byte[0]);
                }
                let text = String::from_utf8(request).unwrap();
                asked.lock().unwrap().push(text);
                let answer = answers.lock().unwrap().pop_front();
                // Whoever stopped reading has seen enough.
                let _ = stream.write_all(&answer.expect("nothing more was to be asked"));
            }
        });
        stand_in
    }

    fn places(&self) -> Places {
        Places {
            pwned: format!("http://{}/api/v3", self.at),
            mozilla: format!("http://{}/fewer", self.at),
        }
    }

    fn answer(&self, answers: &[Vec<u8>]) {
        self.answers.lock().unwrap().extend(answers.iter().cloned());
    }

    /// The first lines of what was asked since the last time.
    fn asked(&self) -> Vec<String> {
        let whole = self.whole();
        let first = whole.iter().map(|text| text.lines().next().unwrap());
        first
            .map(|line| line.strip_suffix(" HTTP/1.1").unwrap().to_owned())
            .collect()
    }

    fn whole(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn answer(status: u16, lines: &[&str], body: &str) -> Vec<u8> {
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n{lines}\r\n{body}"
    )
    .into_bytes()
}

fn ok(body: &str) -> Vec<u8> {
    answer(200, &[], body)
}

/// The house with its clock so much later.
fn later(house: &mut House, by: SignedDuration) {
    house.handle.close();
    let now = house.handle.clock().now() + by;
    let start = Start {
        clock: Clock::Fixed(now),
        ..start(house.handle.data())
    };
    house.handle = Handle::open(start).unwrap();
}

fn allowed() -> House {
    let house = House::new();
    house
        .runtime
        .block_on(house.handle.allow_breaches(true))
        .unwrap();
    house
}

fn refresh(house: &House, stand_in: &StandIn, wish: Wish) -> Vec<Refreshed> {
    let places = stand_in.places();
    let work = house.handle.refresh_breaches(&places, wish);
    house.runtime.block_on(work).unwrap()
}

fn outcomes(all: &[Refreshed]) -> Vec<(Source, Result<News, Code>)> {
    let of = |one: &Refreshed| one.outcome.clone().map_err(|fault| fault.code);
    all.iter().map(|one| (one.source, of(one))).collect()
}

fn kept(house: &House, source: Source) -> Option<Vec<u8>> {
    fs::read(catalogue::path(house.data(), source)).ok()
}

/// Lets the stand-in give its whole list.
fn fetch(house: &House, stand_in: &StandIn) {
    stand_in.answer(&[
        ok(LATEST),
        answer(
            200,
            &[
                "ETag: \"v1\"",
                "Last-Modified: Mon, 01 Jun 2026 00:00:00 GMT",
            ],
            BREACHES,
        ),
    ]);
    let all = refresh(house, stand_in, Wish::ByHand);
    assert_eq!(outcomes(&all), [(Source::Pwned, Ok(News::Fetched(3)))]);
}

#[test]
fn nothing_is_fetched_before_the_user_said_yes() {
    let (house, stand_in) = (House::new(), StandIn::start());
    let places = stand_in.places();
    let by_hand = house.handle.refresh_breaches(&places, Wish::ByHand);
    let by_hand = house.runtime.block_on(by_hand);
    assert_eq!(refused(by_hand), Some(Code::BreachesOff));
    assert_eq!(refresh(&house, &stand_in, Wish::ByItself), []);
    assert_eq!(house.handle.breaches().unwrap().allowed, None);
    assert!(stand_in.asked().is_empty());
}

#[test]
fn a_list_is_fetched_once_a_week_by_itself_and_once_a_day_by_hand() {
    let (mut house, stand_in) = (allowed(), StandIn::start());
    stand_in.answer(&[ok(LATEST), answer(200, &["ETag: \"v1\""], BREACHES)]);
    let all = refresh(&house, &stand_in, Wish::ByItself);
    assert_eq!(outcomes(&all), [(Source::Pwned, Ok(News::Fetched(3)))]);
    assert_eq!(
        stand_in.asked(),
        ["GET /api/v3/latestbreach", "GET /api/v3/breaches"]
    );
    assert_eq!(refresh(&house, &stand_in, Wish::ByItself), []);
    let again = refresh(&house, &stand_in, Wish::ByHand);
    assert_eq!(outcomes(&again), [(Source::Pwned, Err(Code::BreachesSoon))]);
    later(&mut house, SignedDuration::from_hours(25));
    assert_eq!(refresh(&house, &stand_in, Wish::ByItself), []);
    assert!(stand_in.asked().is_empty(), "a week is not over");
    stand_in.answer(&[ok(LATEST)]);
    let all = refresh(&house, &stand_in, Wish::ByHand);
    assert_eq!(outcomes(&all), [(Source::Pwned, Ok(News::Same))]);
    assert_eq!(
        stand_in.asked(),
        ["GET /api/v3/latestbreach"],
        "nothing is new, and nothing more is asked for"
    );
    later(&mut house, SignedDuration::from_hours(7 * 24));
    let newer = LATEST.replace("Kaki", "Momo");
    stand_in.answer(&[ok(&newer), answer(304, &[], "")]);
    let all = refresh(&house, &stand_in, Wish::ByItself);
    assert_eq!(outcomes(&all), [(Source::Pwned, Ok(News::Same))]);
    let asked = stand_in.whole();
    assert!(asked[1].contains("if-none-match: \"v1\""), "{}", asked[1]);
    let list = &house.handle.breaches().unwrap().lists[0];
    let now = house.handle.clock().now().as_second();
    assert_eq!((list.fetched_at, list.entries), (now, 3));
}

#[test]
fn every_trouble_ends_in_words_and_leaves_the_kept_copy() {
    let large = "9".repeat(17 << 20);
    let whole = String::from_utf8(ok(BREACHES)).unwrap();
    let cut = whole.as_bytes()[..whole.len() - 40].to_vec();
    let elsewhere = "Location: http://192.0.2.1/list";
    let troubles: Vec<(&str, Vec<Vec<u8>>, Code)> = vec![
        (
            "forbidden",
            vec![answer(403, &[], "no name")],
            Code::BreachesRefused,
        ),
        (
            "not there",
            vec![answer(404, &[], "")],
            Code::BreachesRefused,
        ),
        (
            "asked too often",
            vec![answer(429, &["Retry-After: 7200"], "")],
            Code::BreachesWait,
        ),
        ("broken", vec![answer(500, &[], "")], Code::BreachesTrouble),
        (
            "busy",
            vec![answer(503, &["Retry-After: 60"], "")],
            Code::BreachesTrouble,
        ),
        (
            "sent elsewhere",
            vec![answer(302, &[elsewhere], "")],
            Code::BreachesRefused,
        ),
        ("garbage", vec![ok("<html>")], Code::BreachesNonsense),
        (
            "a list of nothing",
            vec![ok(LATEST), ok("[]")],
            Code::BreachesNonsense,
        ),
        (
            "the same as nothing",
            vec![answer(304, &[], "")],
            Code::BreachesNonsense,
        ),
        (
            "too large",
            vec![ok(LATEST), ok(&large)],
            Code::BreachesNonsense,
        ),
        (
            "half of it",
            vec![ok(LATEST), ok(&BREACHES[..300])],
            Code::BreachesNonsense,
        ),
        ("cut off", vec![ok(LATEST), cut], Code::BreachesUnreachable),
        ("hung up", vec![Vec::new()], Code::BreachesUnreachable),
    ];
    for (name, answers, code) in troubles {
        let (mut house, stand_in) = (allowed(), StandIn::start());
        fetch(&house, &stand_in);
        let before = kept(&house, Source::Pwned);
        later(&mut house, SignedDuration::from_hours(8 * 24));
        // The newest entry is another one, so that the whole list is asked for.
        let newest = |bytes: Vec<u8>| match bytes == ok(LATEST) {
            true => ok(&LATEST.replace("Kaki", "Momo")),
            false => bytes,
        };
        stand_in.answer(&answers.into_iter().map(newest).collect::<Vec<_>>());
        let all = refresh(&house, &stand_in, Wish::ByItself);
        assert_eq!(outcomes(&all), [(Source::Pwned, Err(code))], "{name}");
        assert_eq!(
            kept(&house, Source::Pwned),
            before,
            "{name}: nothing is lost"
        );
        let standing = house.handle.breaches().unwrap();
        let trouble = standing.trouble.unwrap();
        assert_eq!(standing.lists[0].entries, 3, "{name}");
        for lang in [Lang::En, Lang::Ja] {
            let (text, action) = Words::of(lang).fault(&trouble);
            assert!(
                !text.contains('{') && !action.contains('{'),
                "{text} {action}"
            );
            assert!(
                !text.contains("  ") && !action.is_empty(),
                "{text} {action}"
            );
        }
        assert_eq!(
            refresh(&house, &stand_in, Wish::ByItself),
            [],
            "{name}: not at once"
        );
    }
}

#[test]
fn a_host_that_asks_to_be_left_alone_is_left_alone() {
    let (mut house, stand_in) = (allowed(), StandIn::start());
    fetch(&house, &stand_in);
    later(&mut house, SignedDuration::from_hours(48));
    stand_in.answer(&[answer(429, &["Retry-After: 90000"], "")]);
    let all = refresh(&house, &stand_in, Wish::ByHand);
    let said = all[0].outcome.clone().unwrap_err();
    let text = Words::of(Lang::En).fault(&said).0;
    assert!(
        text.contains("2026-06-23 22:00"),
        "in the ledger's zone: {text}"
    );
    stand_in.asked();
    for hours in [1, 23] {
        later(&mut house, SignedDuration::from_hours(hours));
        let all = refresh(&house, &stand_in, Wish::ByHand);
        assert_eq!(all[0].outcome, Err(said.clone()));
        assert_eq!(refresh(&house, &stand_in, Wish::ByItself), []);
    }
    assert!(stand_in.asked().is_empty(), "its time is not over");
    later(&mut house, SignedDuration::from_hours(2));
    stand_in.answer(&[ok(LATEST)]);
    let all = refresh(&house, &stand_in, Wish::ByHand);
    assert_eq!(outcomes(&all), [(Source::Pwned, Ok(News::Same))]);
    assert_eq!(house.handle.breaches().unwrap().trouble, None);
}

#[test]
fn the_list_of_mozilla_stands_in_where_there_is_none() {
    let (mut house, stand_in) = (allowed(), StandIn::start());
    stand_in.answer(&[answer(500, &[], ""), ok(FEWER)]);
    let all = refresh(&house, &stand_in, Wish::ByHand);
    let want = [
        (Source::Pwned, Err(Code::BreachesTrouble)),
        (Source::Mozilla, Ok(News::Fetched(1))),
    ];
    assert_eq!(outcomes(&all), want);
    assert_eq!(stand_in.asked(), ["GET /api/v3/latestbreach", "GET /fewer"]);
    give(
        &house,
        "a@you.example",
        "Kaki",
        "kaki.example",
        "2024-01-02",
    );
    assert_eq!(touched(&house).len(), 1);
    later(&mut house, SignedDuration::from_hours(25));
    fetch(&house, &stand_in);
    assert_eq!(touched(&house).len(), 1, "one breach in both lists is one");
}

#[test]
fn a_damaged_copy_is_said_and_fetched_anew() {
    let (house, stand_in) = (allowed(), StandIn::start());
    fetch(&house, &stand_in);
    fs::write(
        catalogue::path(house.data(), Source::Pwned),
        "{\"breaches\": [",
    )
    .unwrap();
    let standing = house.handle.breaches().unwrap();
    assert_eq!(
        standing.trouble.map(|fault| fault.code),
        Some(Code::BreachesDamaged)
    );
    assert_eq!(house.handle.picture().unwrap().breaches, []);
    stand_in.answer(&[ok(LATEST), ok(BREACHES)]);
    let all = refresh(&house, &stand_in, Wish::ByItself);
    assert_eq!(outcomes(&all), [(Source::Pwned, Ok(News::Fetched(3)))]);
    assert_eq!(house.handle.breaches().unwrap().trouble, None);
}

#[test]
fn a_request_says_that_atesaki_asks_and_nothing_else() {
    let (mut house, stand_in) = (allowed(), StandIn::start());
    give(
        &house,
        "jun.secret@you.example",
        "Kaki",
        "kaki.example",
        "2024-01-02",
    );
    fetch(&house, &stand_in);
    later(&mut house, SignedDuration::from_hours(8 * 24));
    stand_in.answer(&[ok(&LATEST.replace("Kaki", "Momo")), answer(304, &[], "")]);
    refresh(&house, &stand_in, Wish::ByItself);
    let at = stand_in.at;
    let agent = concat!("Atesaki/", env!("CARGO_PKG_VERSION"));
    let request = |path: &str, more: &str| {
        format!(
            "GET {path} HTTP/1.1\r\naccept: application/json, text/csv;q=0.9\r\nuser-agent: {agent}\r\n{more}host: {at}\r\n\r\n"
        )
    };
    let version = "if-none-match: \"v1\"\r\nif-modified-since: Mon, 01 Jun 2026 00:00:00 GMT\r\n";
    assert_eq!(
        stand_in.whole(),
        [
            request("/api/v3/latestbreach", ""),
            request("/api/v3/breaches", ""),
            request("/api/v3/latestbreach", ""),
            request("/api/v3/breaches", version),
        ],
        "the same on every PC"
    );
}

fn give(house: &House, address: &str, service: &str, domain: &str, on: &str) {
    house.change(Change::Give(Give {
        address: AddrSpec::parse(address).unwrap(),
        service: service.into(),
        processors: vec!["processor.example".into()],
        domains: vec![domain.into()],
        on: Some(on.parse().unwrap()),
        also: Vec::new(),
    }));
}

/// Name of the service, title, and whether its addresses were given before.
fn touched(house: &House) -> Vec<(String, String, Vec<Given>)> {
    let picture = house.handle.picture().unwrap();
    let breaches = picture.breaches.iter();
    breaches
        .map(|breach| {
            let name = picture.service_name(breach.service).unwrap();
            let given = breach.addresses.iter().map(|(_, given)| *given);
            (name.to_owned(), breach.entry.title.clone(), given.collect())
        })
        .collect()
}

#[test]
fn what_touches_the_ledger_is_shown_and_weighs_only_where_it_can_blame() {
    let (house, stand_in) = (allowed(), StandIn::start());
    fetch(&house, &stand_in);
    give(
        &house,
        "a@you.example",
        "Kaki",
        "mail.kaki.example",
        "2024-01-02",
    );
    give(
        &house,
        "b@you.example",
        "Kaki",
        "kaki.example",
        "2024-05-15",
    );
    give(
        &house,
        "a@you.example",
        "Kuri",
        "kuri.example",
        "2020-01-02",
    );
    give(
        &house,
        "a@you.example",
        "Nashi",
        "nashi.example",
        "2020-01-02",
    );
    give(
        &house,
        "a@you.example",
        "Evil",
        "evil-kaki.example",
        "2020-01-02",
    );
    let kaki = |given: &[Given]| ("Kaki".to_owned(), "Kaki Shop".to_owned(), given.to_vec());
    let nashi = ("Nashi".to_owned(), "Nashi".to_owned(), vec![Given::Before]);
    assert_eq!(
        touched(&house),
        [kaki(&[Given::Before, Given::After]), nashi]
    );
    let picture = house.handle.picture().unwrap();
    let exposures = &picture.ledger.exposures;
    assert_eq!(
        exposures.len(),
        1,
        "one is of a spam list, one not verified"
    );
    assert_eq!(exposures[0].day.to_string(), "2024-05-14");
    assert_eq!(exposures[0].kind, ExposureKind::Entry(Listing::DomainOnly));
    let off = house.handle.allow_breaches(false);
    house.runtime.block_on(off).unwrap();
    assert_eq!(touched(&house), [], "switched off it is not used");
}

#[test]
fn a_breach_from_before_every_address_was_given_weighs_nothing() {
    let (house, stand_in) = (allowed(), StandIn::start());
    fetch(&house, &stand_in);
    give(
        &house,
        "a@you.example",
        "Kaki",
        "kaki.example",
        "2025-01-02",
    );
    assert_eq!(touched(&house).len(), 1, "it is shown all the same");
    assert_eq!(house.handle.picture().unwrap().ledger.exposures, []);
}

#[test]
fn a_list_of_the_users_own_is_joined_by_the_domain_of_the_firms_own_address() {
    let house = House::new();
    let choose = |place: Option<&str>| house.runtime.block_on(house.handle.choose_catalogue(place));
    give(
        &house,
        "a@you.example",
        "Budou",
        "budou.co.jp",
        "2024-01-02",
    );
    let file = house.path("list.csv");
    let rows = "name,url,happened,people,data,source\n\
        ぶどう商店,https://www.budou.co.jp/news/1,2024-05-14,\"3,385\",氏名;住所,見本の一覧\n\
        となり,https://tonari.co.jp/,2024-05-14,,,見本の一覧\n";
    fs::write(&file, rows).unwrap();
    assert_eq!(choose(file.to_str()).unwrap(), Some(News::Fetched(2)));
    let want = (
        "Budou".to_owned(),
        "ぶどう商店".to_owned(),
        vec![Given::Before],
    );
    assert_eq!(touched(&house), [want]);
    let thanked = |house: &House| {
        let picture = house.handle.picture().unwrap();
        picture.breaches[0].entry.attribution.clone()
    };
    assert_eq!(thanked(&house), "見本の一覧");
    let nameless = rows.replace(",見本の一覧", ",");
    fs::write(&file, nameless).unwrap();
    choose(None).unwrap();
    choose(file.to_str()).unwrap();
    assert_eq!(thanked(&house), "list.csv", "somebody is always named");
    fs::remove_file(&file).unwrap();
    assert_eq!(touched(&house).len(), 1, "it is kept");
    assert_eq!(choose(None).unwrap(), None);
    assert_eq!(touched(&house), []);
    let other = house.file(b"\x7fELF");
    for (place, code) in [
        (other.to_str().unwrap(), Code::CatalogueUnknown),
        ("/no/such/file", Code::CannotRead),
        ("http://list.example/a.json", Code::CatalogueAddress),
        ("ftp://list.example/a.json", Code::CatalogueAddress),
        (
            "https://me:made-up@list.example/a.json",
            Code::CatalogueAddress,
        ),
    ] {
        assert_eq!(refused(choose(Some(place))), Some(code), "{place}");
    }
    assert_eq!(house.handle.breaches().unwrap().chosen, None);
    let stand_in = StandIn::start();
    let url = format!("http://{}/list.json", stand_in.at);
    stand_in.answer(&[answer(200, &["ETag: \"v1\""], BREACHES)]);
    assert_eq!(choose(Some(&url)).unwrap(), Some(News::Fetched(3)));
    assert_eq!(stand_in.asked(), ["GET /list.json"]);
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (house, stand_in) = (allowed(), StandIn::start());
    fetch(&house, &stand_in);
    let file = catalogue::path(house.data(), Source::Pwned);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
    let text = fs::read_to_string(&file).unwrap();
    let kept: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(kept["attribution"], "Have I Been Pwned, CC BY 4.0");
    assert_eq!(kept["etag"], "\"v1\"");
    let fetched: Timestamp = kept["fetched_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(fetched, house.handle.clock().now());
    assert_eq!(house::names(file.parent().unwrap()), ["pwned.json"]);
}

#[test]
fn the_real_list_is_read_where_it_is_at_hand() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/corpora/catalogue/hibp-2025-03.json");
    let Ok(bytes) = fs::read(&path) else {
        eprintln!("no real list at hand");
        return;
    };
    let kept = catalogue::shape::read(&bytes, Source::Pwned).unwrap();
    assert_eq!((kept.entries.len(), kept.skipped), (875, 0));
    let index = exposure::catalogue::Index::of(kept.entries);
    let titles = |domain: &str| -> Vec<String> {
        let about = index.about(domain);
        about.map(|entry| entry.name.clone()).collect()
    };
    assert_eq!(titles("mail.adobe.com"), ["Adobe"]);
    assert_eq!(titles("linkedin.com"), ["LinkedIn", "LinkedInScrape"]);
    assert_eq!(titles("zurich.co.jp"), ["Zurich"]);
    assert_eq!(titles("paytm.com"), Vec::<String>::new(), "a fabrication");
    assert_eq!(titles("evil-adobe.com"), Vec::<String>::new());
    assert_eq!(
        index.set_aside(),
        60,
        "lists of spam, loot, and what has no domain"
    );
}
