//! How long an assessment takes: a made-up ledger of 1,000 addresses, 300 services, ten years and
//! 1,000,000 deliveries, cold and after one new delivery, beside a plain pass over the same
//! counts; and how long it takes to match 1,000 services against 2,000 published breaches, beside
//! finding the registrable domain of each service. Prints medians of several runs on one core.
#![allow(clippy::indexing_slicing)]

#[path = "worlds/random.rs"]
#[allow(dead_code)]
mod random;

use exposure::assess::{AddressFacts, Day, Holder, HolderKind, Ledger, Memory, Standing, assess};
use exposure::attribution::{Began, Beginning, Overlaps, attribute};
use exposure::catalogue::{Blame, Entry, Index, Source, registrable, touching};
use exposure::traffic::DayCount;
use exposure::{AddrSpec, AddressKind};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use random::Random;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ADDRESSES: usize = 1_000;
const SERVICES: i64 = 300;
const DAYS: usize = 3_653;
const DELIVERIES: u64 = 1_000_000;
const FIRST: Date = date(2016, 6, 1);
/// Addresses whose junk began, and how many campaigns a day reach them.
const LEAKED: usize = 100;
const LEAK: f64 = 1.0;
const RUNS: usize = 7;
/// Addresses that get one more delivery, of those with junk and of those without.
const ASKED: usize = 20;

fn main() {
    breaches();
    let mut ledger = ledger();
    let deliveries: u64 = ledger
        .addresses
        .iter()
        .flat_map(|a| &a.days)
        .map(|d| u64::from(d.count.junk + d.count.stranger + d.count.wanted))
        .sum();
    let assessment = assess(&ledger);
    let flagged = assessment
        .addresses
        .iter()
        .filter(|a| a.flags.iter().any(|f| f.state.is_some()))
        .count();
    println!(
        "{ADDRESSES} addresses, {SERVICES} services, {DAYS} days, {deliveries} deliveries, {flagged} addresses flagged"
    );
    let mut states = std::collections::BTreeMap::new();
    for address in &assessment.addresses {
        *states.entry(address.state.word()).or_insert(0) += 1;
    }
    println!("{states:?}");
    let plain = median(|| {
        black_box(&ledger)
            .addresses
            .iter()
            .flat_map(|a| &a.days)
            .map(|d| {
                u64::from(d.count.new_junk_campaigns) + u64::from(d.count.new_stranger_campaigns)
            })
            .sum::<u64>()
    });
    let cold = median(|| assess(black_box(&ledger)));
    let began: Vec<Option<Began>> = assessment
        .addresses
        .iter()
        .map(|a| {
            let day = a.flags.iter().find(|f| f.state.is_some())?.onset.estimate?;
            Some(Began {
                seen: Beginning::Seen,
                first: day.saturating_sub(2.days()),
                posterior: vec![0.2; 5],
                day,
            })
        })
        .collect();
    let began: Vec<Vec<&Began>> = began.iter().map(|b| b.iter().collect()).collect();
    let attributed = median(|| {
        attribute(
            black_box(&ledger),
            black_box(&began),
            &mut Overlaps::default(),
        )
    });
    let mut memory = Memory::default();
    memory.assess(&ledger, &[]);
    let with = |began: bool| -> Vec<usize> {
        let all = assessment.addresses.iter().enumerate();
        all.filter(|(_, a)| a.flags.iter().any(|f| f.state.is_some()) == began)
            .map(|(at, _)| at)
            .take(ASKED)
            .collect()
    };
    let (silent, flagged) = (with(false), with(true));
    let mut one_more = |at: usize| {
        let touched = ledger.addresses[at].id;
        median(|| {
            // One more, or it is taken back: many in one day would be a leak of their own.
            if let Some(today) = ledger.addresses[at].days.last_mut() {
                today.count.junk ^= 1;
                today.count.new_junk_campaigns ^= 1;
            }
            memory.assess(black_box(&ledger), &[touched])
        })
    };
    let mut each = |all: &[usize]| {
        let mut times: Vec<Duration> = all.iter().map(|at| one_more(*at)).collect();
        times.sort_unstable();
        let middle = times.get(times.len() / 2).copied().unwrap_or_default();
        (middle, times.last().copied().unwrap_or_default())
    };
    let (again, again_at_most) = each(&silent);
    let (again_flagged, flagged_at_most) = each(&flagged);
    let ms = |d: Duration| d.as_secs_f64() * 1e3;
    println!("a plain pass over the same counts   {:9.2} ms", ms(plain));
    println!(
        "cold                                {:9.2} ms, {:.1} plain passes",
        ms(cold),
        ms(cold) / ms(plain)
    );
    println!(
        "  of it attribution                 {:9.2} ms, {:.0} %",
        ms(attributed),
        100.0 * ms(attributed) / ms(cold)
    );
    println!(
        "one new delivery                    {:9.2} ms, at most {:.2} ({} addresses)",
        ms(again),
        ms(again_at_most),
        silent.len()
    );
    println!(
        "  where junk began                  {:9.2} ms, at most {:.2} ({} addresses)",
        ms(again_flagged),
        ms(flagged_at_most),
        flagged.len()
    );
    let kept = |limit: f64, took: Duration| if ms(took) < limit { "kept" } else { "BROKEN" };
    println!(
        "cold below 1500 ms: {}; one new delivery below 20 ms: {}, where junk began: {}",
        kept(1500.0, cold),
        kept(20.0, again),
        kept(20.0, again_flagged)
    );
}

/// Matching services against published breaches.
fn breaches() {
    let domain = |n: usize| format!("mail.service{n}.example");
    let entry = |n: usize| {
        let entry = Entry {
            name: format!("Breach {n}"),
            title: String::new(),
            domain: domain(n * 5 % 7_001),
            happened: FIRST,
            published: None,
            people: Some(3_385),
            data: vec!["Email addresses".to_owned()],
            description: String::new(),
            source: Source::Pwned,
            attribution: String::new(),
            blame: Blame::Service,
        };
        entry.bounded()
    };
    let entries: Vec<Entry> = (0..2_000).map(entry).collect();
    let domains: Vec<String> = (0..1_000).map(domain).collect();
    let services: Vec<(i64, Vec<&str>)> = domains
        .iter()
        .map(|domain| (1, vec![domain.as_str()]))
        .collect();
    let index = Index::of(entries.clone());
    let found = touching(&services, &index).len();
    let plain = median(|| {
        let known = black_box(&services).iter().flat_map(|(_, domains)| domains);
        known.filter(|domain| registrable(domain).is_some()).count()
    });
    let matched = median(|| touching(black_box(&services), black_box(&index)).len());
    let whole = median(|| {
        let index = Index::of(black_box(entries.clone()));
        touching(black_box(&services), &index).len()
    });
    let ms = |d: Duration| d.as_secs_f64() * 1e3;
    println!("1,000 services, 2,000 published breaches, {found} of them touch a service");
    println!("the registrable domain of each      {:9.2} ms", ms(plain));
    println!(
        "matched                             {:9.2} ms, {:.1} times that",
        ms(matched),
        ms(matched) / ms(plain)
    );
    println!(
        "matched, with the index made anew   {:9.2} ms, below 5 ms: {}",
        ms(whole),
        if ms(whole) < 5.0 { "kept" } else { "BROKEN" }
    );
}

fn median<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}

fn ledger() -> Ledger {
    let mut random = Random::seeded(1);
    let addresses: Vec<AddressFacts> = (0..ADDRESSES).map(|at| address(&mut random, at)).collect();
    Ledger {
        today: FIRST.saturating_add((DAYS as i64 - 1).days()),
        today_fraction: 0.5,
        addresses,
        pools: Vec::new(),
        exposures: Vec::new(),
    }
}

fn address(random: &mut Random, at: usize) -> AddressFacts {
    let shared = at.is_multiple_of(20);
    let holders = if shared { 12 } else { 1 };
    let given = random.below(0, 3_000);
    let day = |number: i64| FIRST.saturating_add(number.days());
    let holder = |random: &mut Random| {
        let service = random.below(1, SERVICES + 1);
        Holder {
            kind: HolderKind::Service,
            service,
            name: format!("Example {service}"),
            given_from: Some(day(given)),
            given_to: Some(day(given)),
            local_is_brand: false,
            name_given: None,
            standing: Standing::Recorded,
        }
    };
    let leaked = at
        .is_multiple_of(ADDRESSES / LEAKED)
        .then(|| random.below(given + 120, 3_600));
    let usual = match at % 10 {
        0..=6 => 0.0,
        7 | 8 => 0.01,
        _ => 0.05,
    };
    let wanted = DELIVERIES as f64 / (ADDRESSES * DAYS) as f64 * 0.85;
    let mut campaigns = Vec::new();
    let days = (0..DAYS as i64)
        .map(|number| {
            let leak = if leaked.is_some_and(|l| number >= l) {
                LEAK
            } else {
                0.0
            };
            let junk = if number >= given {
                random.poisson(usual + leak)
            } else {
                0
            };
            for _ in 0..junk {
                campaigns.push((day(number), random.below(0, 20_000)));
            }
            Day {
                day: day(number),
                count: DayCount {
                    junk: 2 * junk,
                    wanted: random.poisson(wanted),
                    new_junk_campaigns: junk,
                    new_stranger_campaigns: junk,
                    ..DayCount::default()
                },
                junk_observed: true,
                all_observed: true,
            }
        })
        .collect();
    let local = if shared {
        format!("harumi{at}")
    } else {
        format!("s{at}x{at}k7")
    };
    AddressFacts {
        id: at as i64 + 1,
        spec: AddrSpec::parse(&format!("{local}@user.example"))
            .unwrap_or_else(|_| unreachable!("a valid address")),
        kind: if shared {
            AddressKind::Plain
        } else {
            AddressKind::CatchAll
        },
        dedicated_by_user: false,
        holders: (0..holders).map(|_| holder(random)).collect(),
        contacts: 0,
        days,
        junk_unseen: false,
        settled: Vec::new(),
        first_delivery: Some(day(given)),
        stranger_days: Vec::new(),
        own_junk: Vec::new(),
        campaigns,
        account: Some(1),
        greetings: Default::default(),
        mentions: Default::default(),
    }
}
