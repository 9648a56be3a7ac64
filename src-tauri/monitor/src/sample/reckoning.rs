//! The truth of a sample, counted from what was laid and not from what was meant.

use super::calendar::{DAYS, Year};
use super::circle::MISJUDGED;
use super::customer::sheet;
use super::leak::Leak;
use super::letter::{Checked, Filter};
use super::pile::{Laid, Pile, messages};
use super::story::STRANGER;
use super::table::addresses::{
    ADDRESSES, DISCLOSURES, FREE_MAIL, HOSHIMACHI, OWN_DOMAIN, OYATSU, PIKAPON, WORK,
};
use super::truth::{
    Duty, Expected, Strength, TrueAddress, TrueDisclosure, TrueLeak, TrueOwnMail, TrueStranger,
    Truth,
};
use super::{Folder, Sample};
use exposure::{FlagKind, Level};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// From so many judged junk messages a day on a leak is strong.
const STRONG_RATE: f64 = 1.0;
/// So many quiet days must lie before a strong leak.
const STRONG_QUIET_DAYS: i64 = 60;
/// So many days must follow its onset.
const STRONG_DAYS_AFTER: i64 = 21;

/// The finished sample of what was laid.
pub(super) fn sample(seed: u64, today: Date, leaks: &[Leak], pile: Pile) -> Sample {
    let year = pile.year;
    let (laid, mut random) = pile.sorted();
    let counted = counted(&laid, &year);
    let leaks: Vec<TrueLeak> = leaks
        .iter()
        .map(|leak| true_leak(leak, &counted, &year))
        .collect();
    let own_mail = own_mail(&counted, &year);
    let expected = expected(&leaks, &own_mail);
    let messages = messages(&laid, &mut random);
    let mut folders = BTreeMap::new();
    for message in &messages {
        *folders.entry(message.folder.name().to_owned()).or_default() += 1;
    }
    let truth = Truth {
        note: "Everything in this sample is made up: the person, the people, the firms, the mail."
            .to_owned(),
        seed,
        today,
        first_day: year.date(0),
        zone: "Asia/Tokyo".to_owned(),
        addresses: addresses(),
        own_domains: vec![OWN_DOMAIN.to_owned()],
        disclosures: disclosures(&year),
        leaks,
        own_mail: own_mail.into_iter().collect(),
        perhaps_not_junk: MISJUDGED.len() as u32,
        unexpected: vec![stranger(&counted, &year)],
        never_given: never_given(&counted),
        expected,
        folders,
        junk: junk(&counted),
    };
    Sample {
        messages,
        own_addresses: ADDRESSES
            .iter()
            .map(|(address, ..)| (*address).to_owned())
            .collect(),
        own_domains: truth.own_domains.clone(),
        truth,
    }
}

fn addresses() -> Vec<TrueAddress> {
    ADDRESSES
        .iter()
        .map(|(address, kind, purpose)| TrueAddress {
            address: (*address).to_owned(),
            kind: *kind,
            purpose: *purpose,
        })
        .collect()
}

fn disclosures(year: &Year) -> Vec<TrueDisclosure> {
    DISCLOSURES
        .iter()
        .map(|given| {
            let sheet = sheet(given.service);
            TrueDisclosure {
                address: given.address.to_owned(),
                service: given.service.to_owned(),
                own_name: sheet.own_name.to_owned(),
                given_on: year.date(Year::ago(given.days_ago)),
                domains: sheet
                    .domains
                    .iter()
                    .map(|name| (*name).to_owned())
                    .collect(),
                processors: sheet
                    .processor
                    .iter()
                    .map(|name| (*name).to_owned())
                    .collect(),
            }
        })
        .collect()
}

/// A message as it counts at one address.
struct Counted<'a> {
    address: &'a str,
    day: i64,
    /// The domain in From.
    sender: &'a str,
    /// Authenticated mail of a service that has the address.
    own: bool,
    /// Called junk by the junk folder or by the server's mark.
    judged_junk: bool,
    in_junk: bool,
}

/// Everything that was delivered, once for each of the freelancer's addresses at which it counts:
/// all that stand in To and Cc, else the one it was delivered to.
fn counted<'a>(laid: &'a [Laid], year: &Year) -> Vec<Counted<'a>> {
    let mut counted = Vec::with_capacity(laid.len());
    for one in laid {
        let Some(recipient) = one.recipient() else {
            continue;
        };
        let shown: BTreeSet<&str> = one
            .letter
            .to
            .iter()
            .chain(&one.letter.cc)
            .filter(|party| party.domain() == OWN_DOMAIN || is_address(&party.spec))
            .map(|party| party.spec.as_str())
            .collect();
        let at = if shown.is_empty() {
            BTreeSet::from([recipient])
        } else {
            shown
        };
        let sender = one.letter.from.domain();
        let in_junk = one.folder == Folder::Junk || one.copy == Some(Folder::Junk);
        for address in at {
            counted.push(Counted {
                address,
                day: year.day(one.letter.arrived),
                sender,
                own: is_authentic(one.letter.checked) && holds(sender, address),
                judged_junk: in_junk || one.letter.filter == Filter::Marked,
                in_junk,
            });
        }
    }
    counted
}

fn is_address(spec: &str) -> bool {
    ADDRESSES.iter().any(|(address, ..)| *address == spec)
}

fn is_authentic(checked: Checked) -> bool {
    match checked {
        Checked::Both | Checked::Dkim | Checked::Spf => true,
        Checked::Fail | Checked::Nothing => false,
    }
}

/// Whether a domain belongs to a service that was given the address.
fn holds(domain: &str, address: &str) -> bool {
    DISCLOSURES
        .iter()
        .filter(|given| given.address == address)
        .any(|given| sheet(given.service).domains.contains(&domain))
}

fn junk(counted: &[Counted<'_>]) -> BTreeMap<String, u32> {
    let mut junk: BTreeMap<String, u32> = ADDRESSES
        .iter()
        .map(|(address, ..)| ((*address).to_owned(), 0))
        .collect();
    for one in counted.iter().filter(|one| one.judged_junk && !one.own) {
        if let Some(count) = junk.get_mut(one.address) {
            *count += 1;
        }
    }
    junk
}

fn never_given(counted: &[Counted<'_>]) -> BTreeMap<String, u32> {
    let mut parts = BTreeMap::new();
    for one in counted.iter().filter(|one| !is_address(one.address)) {
        *parts.entry(one.address.to_owned()).or_default() += 1;
    }
    parts
}

fn true_leak(leak: &Leak, counted: &[Counted<'_>], year: &Year) -> TrueLeak {
    let foreign: Vec<&Counted<'_>> = counted
        .iter()
        .filter(|one| one.address == leak.address && !one.own)
        .collect();
    let junk = foreign
        .iter()
        .filter(|one| one.judged_junk && one.day >= leak.onset)
        .count() as u32;
    let given = DISCLOSURES
        .iter()
        .filter(|given| given.address == leak.address)
        .map(|given| Year::ago(given.days_ago))
        .min()
        .unwrap_or(0);
    let quiet_since = foreign
        .iter()
        .map(|one| one.day)
        .filter(|day| *day < leak.onset)
        .chain([given, 0])
        .max()
        .unwrap_or(0);
    let quiet_days = leak.onset - quiet_since;
    let rate_per_day = f64::from(junk) / (DAYS - leak.onset) as f64;
    let shared = leak.address == WORK;
    let strong = rate_per_day >= STRONG_RATE
        && quiet_days >= STRONG_QUIET_DAYS
        && DAYS - leak.onset >= STRONG_DAYS_AFTER;
    TrueLeak {
        address: leak.address.to_owned(),
        service: leak.service.to_owned(),
        onset: year.date(leak.onset),
        quiet_since: year.date(quiet_since),
        quiet_days,
        junk,
        rate_per_day: (rate_per_day * 100.0).round() / 100.0,
        strength: match (shared, strong) {
            (true, _) => Strength::Shared,
            (false, true) => Strength::Strong,
            (false, false) => Strength::Weak,
        },
        shares_campaigns_with: match leak.address {
            HOSHIMACHI => Some(WORK.to_owned()),
            WORK => Some(HOSHIMACHI.to_owned()),
            _ => None,
        },
    }
}

fn own_mail(counted: &[Counted<'_>], year: &Year) -> Option<TrueOwnMail> {
    let days: Vec<i64> = counted
        .iter()
        .filter(|one| one.address == PIKAPON && one.in_junk && one.own)
        .map(|one| one.day)
        .collect();
    let given = DISCLOSURES.iter().find(|given| given.address == PIKAPON)?;
    Some(TrueOwnMail {
        address: PIKAPON.to_owned(),
        service: given.service.to_owned(),
        since: year.date(*days.iter().min()?),
        messages: days.len() as u32,
    })
}

fn stranger(counted: &[Counted<'_>], year: &Year) -> TrueStranger {
    TrueStranger {
        address: OYATSU.to_owned(),
        domain: STRANGER.to_owned(),
        days: counted
            .iter()
            .filter(|one| one.sender == STRANGER)
            .map(|one| year.date(one.day))
            .collect(),
    }
}

fn expected(leaks: &[TrueLeak], own_mail: &Option<TrueOwnMail>) -> Vec<Expected> {
    let statement = |address: &str, level, kind, service: Option<&str>, duty| Expected {
        address: address.to_owned(),
        level,
        kind,
        service: service.map(str::to_owned),
        duty,
    };
    let mut expected: Vec<Expected> = leaks
        .iter()
        .map(|leak| {
            let (level, service, duty) = match leak.strength {
                Strength::Strong => (Level::LikelySource, Some(leak.service.as_str()), Duty::Must),
                Strength::Weak => (Level::LikelySource, Some(leak.service.as_str()), Duty::May),
                Strength::Shared => (Level::LikelySource, Some(leak.service.as_str()), Duty::Must),
            };
            statement(&leak.address, level, FlagKind::Leak, service, duty)
        })
        .collect();
    if let Some(own) = own_mail {
        let service = Some(own.service.as_str());
        let kind = FlagKind::OwnMail;
        expected.push(statement(
            &own.address,
            Level::JunkBegan,
            kind,
            service,
            Duty::Must,
        ));
    }
    let unexpected = Level::UnexpectedSender;
    expected.push(statement(
        OYATSU,
        unexpected,
        FlagKind::Leak,
        None,
        Duty::Must,
    ));
    // Junk was there from the first day; several services have the address.
    expected.push(statement(
        FREE_MAIL,
        Level::JunkBegan,
        FlagKind::Leak,
        None,
        Duty::May,
    ));
    expected
}
