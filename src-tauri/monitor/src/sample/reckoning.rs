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
    let leaks: Vec<TrueLeak> = leaks
        .iter()
        .map(|leak| true_leak(leak, &laid, &year))
        .collect();
    let own_mail = own_mail(&laid, &year);
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
        unexpected: vec![stranger(&laid, &year)],
        never_given: never_given(&laid),
        expected,
        folders,
        junk: junk(&laid),
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

/// Whether a message is authenticated mail of a service that has the address.
fn is_own(laid: &Laid, address: &str) -> bool {
    let sender = laid.letter.from.domain();
    let authentic = match laid.letter.checked {
        Checked::Both | Checked::Dkim | Checked::Spf => true,
        Checked::Fail | Checked::Nothing => false,
    };
    authentic
        && DISCLOSURES
            .iter()
            .filter(|given| given.address == address)
            .any(|given| sheet(given.service).domains.contains(&sender))
}

/// Whether the junk folder or the server's mark says that it is junk.
fn is_judged_junk(laid: &Laid) -> bool {
    laid.folder == Folder::Junk
        || laid.copy == Some(Folder::Junk)
        || laid.letter.filter == Filter::Marked
}

/// The freelancer's addresses at which a message counts: all that stand in To and Cc, else the
/// one it was delivered to.
fn counted_at(laid: &Laid) -> BTreeSet<&str> {
    let Some(recipient) = laid.recipient() else {
        return BTreeSet::new();
    };
    let own_domain = |spec: &str| spec.ends_with(&format!("@{OWN_DOMAIN}"));
    let shown: BTreeSet<&str> = laid
        .letter
        .to
        .iter()
        .chain(&laid.letter.cc)
        .map(|party| party.spec.as_str())
        .filter(|spec| own_domain(spec) || ADDRESSES.iter().any(|(address, ..)| address == spec))
        .collect();
    if shown.is_empty() {
        BTreeSet::from([recipient])
    } else {
        shown
    }
}

fn junk(laid: &[Laid]) -> BTreeMap<String, u32> {
    let mut junk: BTreeMap<String, u32> = ADDRESSES
        .iter()
        .map(|(address, ..)| ((*address).to_owned(), 0))
        .collect();
    for one in laid.iter().filter(|one| is_judged_junk(one)) {
        for address in counted_at(one) {
            if !is_own(one, address)
                && let Some(count) = junk.get_mut(address)
            {
                *count += 1;
            }
        }
    }
    junk
}

fn never_given(laid: &[Laid]) -> BTreeMap<String, u32> {
    let mut parts = BTreeMap::new();
    for address in laid.iter().flat_map(counted_at) {
        if !ADDRESSES.iter().any(|(own, ..)| *own == address) {
            *parts.entry(address.to_owned()).or_default() += 1;
        }
    }
    parts
}

/// The days on which an address got judged junk or mail from strangers.
fn foreign_days(address: &str, laid: &[Laid], year: &Year) -> Vec<i64> {
    laid.iter()
        .filter(|one| counted_at(one).contains(address) && !is_own(one, address))
        .map(|one| year.day(one.letter.arrived))
        .collect()
}

fn true_leak(leak: &Leak, laid: &[Laid], year: &Year) -> TrueLeak {
    let junk = laid
        .iter()
        .filter(|one| is_judged_junk(one) && counted_at(one).contains(leak.address))
        .filter(|one| !is_own(one, leak.address))
        .filter(|one| year.day(one.letter.arrived) >= leak.onset)
        .count() as u32;
    let given = DISCLOSURES
        .iter()
        .filter(|given| given.address == leak.address)
        .map(|given| Year::ago(given.days_ago))
        .min()
        .unwrap_or(0);
    let quiet_since = foreign_days(leak.address, laid, year)
        .into_iter()
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

fn own_mail(laid: &[Laid], year: &Year) -> Option<TrueOwnMail> {
    let days: Vec<i64> = laid
        .iter()
        .filter(|one| one.folder == Folder::Junk && is_own(one, PIKAPON))
        .map(|one| year.day(one.letter.arrived))
        .collect();
    let given = DISCLOSURES.iter().find(|given| given.address == PIKAPON)?;
    Some(TrueOwnMail {
        address: PIKAPON.to_owned(),
        service: given.service.to_owned(),
        since: year.date(*days.iter().min()?),
        messages: days.len() as u32,
    })
}

fn stranger(laid: &[Laid], year: &Year) -> TrueStranger {
    TrueStranger {
        address: OYATSU.to_owned(),
        domain: STRANGER.to_owned(),
        days: laid
            .iter()
            .filter(|one| one.letter.from.domain() == STRANGER)
            .map(|one| year.date(year.day(one.letter.arrived)))
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
                Strength::Shared => (Level::JunkBegan, None, Duty::Must),
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
