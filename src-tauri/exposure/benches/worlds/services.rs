//! How well services are found in the mail itself: a made-up mailbox of 50,000 messages with 150
//! services, 60 people and 40 lists, and spam from 400 domains.

use super::random::Random;
use super::table::Report;
use exposure::proposals::{Letter, Sort, Writers};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

const FIRST: Date = date(2021, 1, 1);
const DAYS: i64 = 5 * 365;
const MAILBOXES: usize = 20;
const SERVICES: i64 = 150;
const PEOPLE: i64 = 60;
const LISTS: i64 = 40;
const SPAMMERS: i64 = 400;

/// One made-up message.
struct Made {
    org: i64,
    domain: String,
    day: i64,
    verified: bool,
    junk: bool,
    list: String,
    subscribed: bool,
    local: String,
    name: String,
    subject: &'static str,
}

pub fn report(report: &mut Report, part: usize) {
    let n = (MAILBOXES / part).max(2);
    report.title(
        &format!("Services found in the mail itself ({n} made-up mailboxes of 50,000 messages: {SERVICES} services, {PEOPLE} people, {LISTS} lists, {SPAMMERS} domains that send spam)"),
        &["messages each", "services found", "proposed", "wrong", "of the wrong: people, lists, spam"],
    );
    let (mut found, mut proposed, mut messages) = (0.0, 0.0, 0);
    let mut wrong = [0.0; 3];
    for number in 0..n {
        let (services, rest, letters) = mailbox(number as u64 + 1);
        messages += letters.len();
        let mut writers = Writers::default();
        for made in &letters {
            writers.add(&Letter {
                address: 1,
                org: made.org,
                domain: &made.domain,
                day: FIRST.saturating_add(made.day.days()),
                verified: made.verified,
                junk: made.junk,
                list: &made.list,
                subscribed: made.subscribed,
                local: &made.local,
                name: &made.name,
                subject: made.subject,
            });
        }
        let sorted = writers.sorted();
        let is_service = |org: &i64| sorted.get(org) == Some(&Sort::Service);
        found += services.iter().filter(|org| is_service(org)).count() as f64;
        for proposal in writers.proposals() {
            proposed += 1.0;
            let right = proposal
                .domains
                .iter()
                .any(|(org, _)| services.contains(org));
            let of = proposal.domains.iter().find_map(|(org, _)| rest.get(org));
            if let Some(of) = of.filter(|_| !right) {
                wrong[*of] += 1.0;
            }
        }
    }
    let all = SERVICES as f64 * n as f64;
    let wrongly: f64 = wrong.iter().sum();
    report.row(&[
        format!("{}", messages / n),
        format!("{:.1} %", 100.0 * found / all),
        format!("{proposed}"),
        format!("{wrongly} ({:.1} %)", 100.0 * wrongly / proposed),
        format!("{}, {}, {}", wrong[0], wrong[1], wrong[2]),
    ]);
    report.promise(
        "at least 95 % of the services are found",
        all - found,
        0.05 * all,
        part,
    );
    report.promise(
        "at most 3 % of the proposals are wrong",
        wrongly,
        0.03 * proposed,
        part,
    );
}

const WELCOME: [&str; 4] = [
    "Welcome to your account",
    "会員登録が完了しました",
    "Please confirm your address",
    "Willkommen bei uns",
];
const RECEIPTS: [&str; 4] = [
    "Your order 4711",
    "ご注文ありがとうございます",
    "Rechnung 2024-17",
    "Your booking",
];
const NEWS: [&str; 5] = [
    "Summer is here",
    "Weekly letter",
    "新着のお知らせ",
    "20 % off",
    "What we read in May",
];
/// Subjects of services that no table knows.
const ODD: [&str; 4] = [
    "Maintenance on Sunday",
    "システム障害のお知らせ",
    "A change to your plan",
    "お知らせ",
];
const BY_HAND: [&str; 6] = [
    "Lunch on Friday?",
    "Re: invoice for March",
    "Draft of the text",
    "打ち合わせの件",
    "Photos",
    "Payment for the flat",
];
const ROLES: [&str; 6] = [
    "news",
    "orders",
    "no-reply",
    "info",
    "support",
    "kundenservice",
];
const NAMES: [&str; 6] = ["ada", "ben.moore", "h.mori", "chris", "dana_w", "taro.s"];

fn pick<T: Copy>(random: &mut Random, of: &[T]) -> T {
    of[random.index(of.len())]
}

/// Services, everybody else (people 0, lists 1, spam 2), and their mail in the order of arrival.
fn mailbox(seed: u64) -> (BTreeSet<i64>, BTreeMap<i64, usize>, Vec<Made>) {
    let mut random = Random::seeded(seed);
    let mut all = Vec::new();
    let mut rest = BTreeMap::new();
    let services: BTreeSet<i64> = (1..=SERVICES).collect();
    for org in &services {
        service(&mut random, *org, &mut all);
    }
    for org in 1_001..=1_000 + PEOPLE {
        rest.insert(org, 0);
        person(&mut random, org, &mut all);
    }
    for number in 0..LISTS {
        list(&mut random, 2_001 + 100 * number, &mut all, &mut rest);
    }
    for org in 10_001..=10_000 + SPAMMERS {
        rest.insert(org, 2);
        spammer(&mut random, org, &mut all);
    }
    all.sort_by_key(|made| made.day);
    (services, rest, all)
}

fn plain(org: i64, day: i64) -> Made {
    Made {
        org,
        domain: format!("made{org}.example"),
        day,
        verified: true,
        junk: false,
        list: String::new(),
        subscribed: false,
        local: String::new(),
        name: String::new(),
        subject: "",
    }
}

fn service(random: &mut Random, org: i64, all: &mut Vec<Made>) {
    let joined = random.below(0, DAYS - 60);
    let made = |random: &mut Random, day: i64, subject: &'static str, subscribed: bool| Made {
        local: pick(random, &ROLES).to_owned(),
        name: format!("Made {org}"),
        verified: random.unit() < 0.97,
        junk: random.unit() < 0.04,
        subscribed,
        subject,
        ..plain(org, day)
    };
    let welcome = pick(random, &WELCOME);
    match random.index(10) {
        // It wrote once, when the account was made.
        0 | 1 => all.push(made(random, joined, welcome, false)),
        // Notices that no table knows, from a role.
        2 => {
            for _ in 0..random.below(2, 12) {
                let (day, subject) = (random.below(joined, DAYS), pick(random, &ODD));
                all.push(made(random, day, subject, false));
            }
        }
        // A small firm that answers by hand.
        3 => {
            all.push(made(
                random,
                joined,
                pick(&mut Random::seeded(org as u64), &RECEIPTS),
                false,
            ));
            for _ in 0..random.below(1, 3) {
                let day = random.below(joined, DAYS);
                let mut letter = made(
                    random,
                    day,
                    pick(&mut Random::seeded(day as u64), &BY_HAND),
                    false,
                );
                letter.local = pick(random, &NAMES).to_owned();
                all.push(letter);
            }
        }
        _ => {
            all.push(made(random, joined, welcome, false));
            let weekly = random.below(4, 27);
            let mut day = joined + 3;
            while day < DAYS {
                let receipt = random.unit() < 0.15;
                let subject = if receipt {
                    pick(random, &RECEIPTS)
                } else {
                    pick(random, &NEWS)
                };
                all.push(made(random, day, subject, !receipt));
                day += random.below(1, weekly);
            }
        }
    }
}

fn person(random: &mut Random, org: i64, all: &mut Vec<Made>) {
    let free = random.unit() < 0.6;
    let local = pick(random, &NAMES).to_owned();
    // Of the firms of clients a third sends its bills from a role.
    let bills = !free && random.unit() < 0.33;
    for _ in 0..random.below(1, 120) {
        let bill = bills && random.unit() < 0.25;
        all.push(Made {
            domain: if free {
                "gmail.com".to_owned()
            } else {
                format!("firm{org}.example")
            },
            org: if free { 1_000 } else { org },
            local: if bill {
                "billing".to_owned()
            } else {
                local.clone()
            },
            name: format!("Person {org}"),
            subject: if bill {
                pick(random, &RECEIPTS)
            } else {
                pick(random, &BY_HAND)
            },
            ..plain(org, random.below(0, DAYS))
        });
    }
}

fn list(random: &mut Random, first: i64, all: &mut Vec<Made>, rest: &mut BTreeMap<i64, usize>) {
    // Some write in the list's own name, as lists must for senders with a strict policy.
    let own_name = random.unit() < 0.25;
    let members = random.below(4, 40);
    for _ in 0..random.below(200, 1_100) {
        let member = random.below(1, members + 1);
        let org = if own_name { first } else { first + member };
        rest.insert(org, 1);
        all.push(Made {
            list: format!("talk.made{first}.example"),
            subscribed: true,
            local: if own_name {
                "talk".to_owned()
            } else {
                pick(random, &NAMES).to_owned()
            },
            name: if own_name {
                format!("Member {member} via Talk")
            } else {
                format!("Member {member}")
            },
            verified: random.unit() < 0.9,
            subject: pick(random, &BY_HAND),
            ..plain(org, random.below(0, DAYS))
        });
    }
}

fn spammer(random: &mut Random, org: i64, all: &mut Vec<Made>) {
    let verified = random.unit() < 0.5;
    let subscribed = random.unit() < 0.6;
    for _ in 0..random.below(1, 8) {
        all.push(Made {
            local: pick(random, &ROLES).to_owned(),
            name: format!("Made {org}"),
            // One in ten is not judged.
            junk: random.unit() < 0.9,
            verified,
            subscribed,
            subject: if random.unit() < 0.2 {
                pick(random, &RECEIPTS)
            } else {
                pick(random, &NEWS)
            },
            ..plain(org, random.below(0, DAYS))
        });
    }
}
