//! Who is the likely source of an onset at an address with one recorded holder: the closed form
//! of detection.md section 4 (leak measure, lag, dedicated rule, guessing, temper, cap). The graph
//! over several holders is not here yet.

use crate::assess::{AddressFacts, Evidence, EvidenceKind, Holder, Pool, Suspect};
use crate::{AddressKind, SuspectKind};
use jiff::civil::Date;

/// Days of a year, for the hazards below.
const YEAR: f64 = 365.0;
/// Leak hazard of a service per day: 1 % a year (Tripwire, IMC 2017: 0.4–0.55 % a year at least).
const H_BREACH: f64 = 0.010 / YEAR;
/// A service passes an address on soon after it got it: 2 %, within 30 days on average.
const P_SHARE: f64 = 0.02;
const SHARE_MEAN: f64 = 30.0;
/// Chance that a leaked address ever gets junk.
const KAPPA: f64 = 0.85;
/// Lag from leak to first junk: mixture of exponentials (weight, mean in days).
const LAG: [(f64, f64); 2] = [(0.6, 14.0), (0.4, 150.0)];
/// Share of services that are missing in a ledger.
const MISS: f64 = 0.15;
/// What an unrecorded service weighs at a dedicated address.
const DEDICATED: f64 = 0.05;
/// Hazard of the PCs and accounts of all people written with, per person and day.
const H_CONTACT: f64 = 0.001 / YEAR;
/// Hazard of a provider per day.
const H_PROVIDER: f64 = 0.001 / YEAR;
/// Likelihoods are tempered before they are shown.
const TEMPER: f64 = 0.9;
/// No shown likelihood is above this.
pub const CAP: f64 = 0.95;
/// Two different leaks are mailed together this often.
const MIX: f64 = 0.25;
/// Days of hits around an onset that count as the same attack.
const TRAP_DAYS: i32 = 14;
/// How long a catch-all must have been watched before "nothing else was tried" says something, in days.
const WATCHED_BEFORE: i32 = 90;

/// How easily a local part is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guessable {
    /// A relay alias, or at least four random characters.
    Hardly,
    /// Another tag of another address.
    Tag,
    /// The service's own name.
    Brand,
    /// A name, a role or a dictionary word as a whole local part.
    Easily,
    /// Anything else.
    Somewhat,
}

impl Guessable {
    /// Chance per day of being guessed (detection.md 4.1, h_G).
    const fn hazard(self) -> f64 {
        match self {
            Guessable::Hardly => 0.0002 / YEAR,
            Guessable::Tag => 0.0005 / YEAR,
            Guessable::Brand => 0.003 / YEAR,
            Guessable::Easily => 0.02 / YEAR,
            Guessable::Somewhat => 0.002 / YEAR,
        }
    }

    /// The class of an address.
    pub fn of(address: &AddressFacts) -> Guessable {
        let local = address.spec.local();
        if address.kind == AddressKind::Relay || local.split(['.', '-', '_', '+']).any(is_random) {
            return Guessable::Hardly;
        }
        if address.kind == AddressKind::Subaddress {
            return Guessable::Tag;
        }
        if address.holders.iter().any(|h| h.local_is_brand) {
            return Guessable::Brand;
        }
        if TRIED_WORDS.contains(&local) {
            Guessable::Easily
        } else {
            Guessable::Somewhat
        }
    }
}

/// Roles, names and words that dictionary attacks try on every domain.
const TRIED_WORDS: &[&str] = &[
    "abuse",
    "account",
    "accounts",
    "admin",
    "administrator",
    "alex",
    "anna",
    "ben",
    "billing",
    "bob",
    "career",
    "careers",
    "chris",
    "client",
    "contact",
    "daniel",
    "david",
    "dev",
    "editor",
    "email",
    "emma",
    "enquiries",
    "eva",
    "finance",
    "hello",
    "help",
    "helpdesk",
    "hi",
    "hiroshi",
    "hr",
    "info",
    "inquiry",
    "invoice",
    "it",
    "jack",
    "jane",
    "jobs",
    "john",
    "jun",
    "kate",
    "ken",
    "kenji",
    "legal",
    "lisa",
    "mail",
    "mailbox",
    "maria",
    "mark",
    "marketing",
    "me",
    "media",
    "michael",
    "mike",
    "news",
    "newsletter",
    "no-reply",
    "noreply",
    "office",
    "order",
    "orders",
    "paul",
    "peter",
    "post",
    "postmaster",
    "press",
    "privacy",
    "root",
    "sales",
    "sam",
    "sarah",
    "security",
    "service",
    "services",
    "shop",
    "spam",
    "staff",
    "store",
    "support",
    "taro",
    "team",
    "test",
    "tom",
    "user",
    "web",
    "webmaster",
    "work",
    "yuki",
];

/// At least four characters that no one would think of: letters and figures mixed, or a run of
/// consonants.
fn is_random(part: &str) -> bool {
    if part.chars().count() < 4 {
        return false;
    }
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    let figures = part.chars().filter(char::is_ascii_digit).count();
    // "shop2024" is a word with a year; "k7f2" changes between letters and figures.
    let kinds: Vec<bool> = part.chars().map(|c| c.is_ascii_digit()).collect();
    let changes = kinds
        .iter()
        .zip(kinds.iter().skip(1))
        .filter(|(a, b)| a != b)
        .count();
    let vowels = part.chars().filter(|c| "aeiouyаеиоуы".contains(*c)).count();
    (letters > 0 && figures > 0 && changes >= 2) || (part.is_ascii() && letters >= 5 && vowels == 0)
}

/// Whether an address was made for one service alone (detection.md 4.1).
pub fn is_dedicated(address: &AddressFacts) -> bool {
    let made_for_one = match address.kind {
        AddressKind::Relay | AddressKind::Subaddress | AddressKind::CatchAll => true,
        AddressKind::Plain | AddressKind::Control => address.dedicated_by_user,
    };
    address.holders.len() == 1 && made_for_one
}

/// When the onset was, as the attribution needs it.
#[derive(Clone, Copy, Debug)]
pub struct Onset<'a> {
    /// Civil day of the first entry of `posterior`.
    pub first: Date,
    /// Probability of each day.
    pub posterior: &'a [f64],
    /// The day that stands for it in words.
    pub day: Date,
    /// Keys of the campaigns of its first thirty days.
    pub campaigns: &'a [i64],
}

/// Ranked suspects with shown probabilities, and the tempered probability of the leading service
/// before the cap. Addresses with several holders list them without a figure.
pub fn suspects(
    address: &AddressFacts,
    onset: &Onset<'_>,
    pool: Option<&Pool>,
) -> (Vec<Suspect>, Option<f64>) {
    match address.holders.as_slice() {
        [] => (unweighed(address), None),
        [holder] => one_holder(address, holder, onset, pool),
        _ => (unweighed(address), None),
    }
}

/// Everyone who could be the source, where nothing can be told.
fn unweighed(address: &AddressFacts) -> Vec<Suspect> {
    let plain = |kind: SuspectKind, service: Option<i64>| Suspect {
        kind,
        service,
        probability: None,
        evidence: Vec::new(),
    };
    let mut all: Vec<Suspect> = address
        .holders
        .iter()
        .map(|h| plain(SuspectKind::Service, Some(h.service)))
        .collect();
    if address.contacts > 0 {
        all.push(plain(SuspectKind::Contact, None));
    }
    all.push(plain(SuspectKind::Guessed, None));
    all.push(plain(SuspectKind::Unrecorded, None));
    all
}

fn lag_density(days: f64) -> f64 {
    if days < 0.0 {
        0.0
    } else {
        LAG.iter()
            .map(|(w, mean)| w / mean * (-days / mean).exp())
            .sum()
    }
}

/// φ of a service: ∫ h(τ) κ L(τ) dτ / (1 + ∫ h), with or without the share term.
fn service_weight(holder: &Holder, onset: &Onset<'_>, sharing: f64) -> f64 {
    // What is not known may have been given at any time; a year before the onset stands for it.
    let unknown = onset.day.saturating_sub(jiff::Span::new().days(365));
    let given = holder.given_from.unwrap_or(unknown);
    let given_to = holder.given_to.unwrap_or(given);
    let (mut reached, mut mass) = (0.0, 0.0);
    let last = onset.posterior.len() as i32 - 1 + (onset.first - given).get_days();
    for tau in 0..=last.max(0) {
        let since_given = f64::from(tau - (given_to - given).get_days());
        let share = if since_given >= 0.0 {
            P_SHARE / SHARE_MEAN * (-since_given / SHARE_MEAN).exp()
        } else {
            0.0
        };
        let hazard = H_BREACH + sharing * share;
        mass += hazard;
        let offset = (onset.first - given).get_days() - tau;
        let likelihood: f64 = onset
            .posterior
            .iter()
            .enumerate()
            .filter(|(_, p)| **p > 1e-6)
            .map(|(k, p)| p * lag_density(f64::from(offset + k as i32)))
            .sum();
        reached += hazard * KAPPA * likelihood;
    }
    reached / (1.0 + mass)
}

/// log of the beta function.
fn ln_beta_binomial(k: f64, n: f64, a: f64, b: f64) -> f64 {
    use crate::onset::ln_gamma;
    let ln_beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    ln_beta(k + a, n - k + b) - ln_beta(a, b)
}

/// What never-given local parts of the domain say about guessing (detection.md 4.2, LR_trap).
enum Trap {
    /// They say nothing: no pool, too short a watch, or another class of words.
    Silent,
    /// Nothing else was tried on the domain.
    NothingTried,
    /// They were hit too; the factor on guessing.
    Hit(f64),
}

fn trap(address: &AddressFacts, class: Guessable, onset: &Onset<'_>, pool: Option<&Pool>) -> Trap {
    let Some(pool) = pool else {
        return Trap::Silent;
    };
    let watched = pool
        .observed_since
        .is_some_and(|since| (onset.day - since).get_days() >= WATCHED_BEFORE);
    let Some(first) = pool.hits.first() else {
        return if pool.catch_all && watched {
            Trap::NothingTried
        } else {
            Trap::Silent
        };
    };
    // Roles and names that are tried do not predict brand names or random parts.
    match class {
        Guessable::Hardly | Guessable::Tag | Guessable::Brand => return Trap::Silent,
        Guessable::Easily | Guessable::Somewhat => {}
    }
    let n = onset.campaigns.len().min(40) as f64;
    if n == 0.0 || address.spec.domain() != pool.domain {
        return Trap::Silent;
    }
    let v = onset
        .campaigns
        .iter()
        .take(40)
        .filter(|key| pool.campaigns.contains(key))
        .count() as f64;
    let guessed = ln_beta_binomial(v, n, 4.0, 1.5).exp();
    let other = (1.0 - MIX) * ln_beta_binomial(v, n, 0.3, 12.0).exp()
        + MIX * ln_beta_binomial(v, n, 2.0, 2.0).exp();
    let near = (onset.day - *first).get_days().abs() <= TRAP_DAYS;
    let timing = if near { 0.8 * 1095.0 / 28.0 } else { 0.2 };
    Trap::Hit(guessed / other * timing)
}

impl Trap {
    fn factor(&self) -> f64 {
        match self {
            Trap::Silent => 1.0,
            Trap::NothingTried => 1.0 / 20.0,
            Trap::Hit(factor) => *factor,
        }
    }
}

fn one_holder(
    address: &AddressFacts,
    holder: &Holder,
    onset: &Onset<'_>,
    pool: Option<&Pool>,
) -> (Vec<Suspect>, Option<f64>) {
    let dedicated = is_dedicated(address);
    let class = Guessable::of(address);
    let trap = trap(address, class, onset, pool);
    let mean_hazard = H_BREACH + P_SHARE / 1095.0;
    let shared_unrecorded = KAPPA * (0.5_f64).max(MISS / (1.0 - MISS)) * mean_hazard;
    let service = service_weight(holder, onset, 1.0);
    let unrecorded = if dedicated {
        KAPPA * DEDICATED * mean_hazard
    } else {
        shared_unrecorded
    };
    let guessed = class.hazard() * trap.factor();
    let contact = if dedicated {
        0.0
    } else {
        KAPPA * H_CONTACT * f64::from(address.contacts)
    };
    let provider = if address.kind == AddressKind::Relay {
        KAPPA * H_PROVIDER
    } else {
        0.0
    };

    let odds = |service: f64, others: f64| (service / others).log10();
    let others = unrecorded + guessed + contact + provider;
    let now = odds(service, others);
    let item = |kind: EvidenceKind, without: f64| Evidence {
        kind,
        log10_bayes_factor: round2(now - without),
    };
    let day_given = holder
        .given_from
        .map(|given| (onset.day - given).get_days());
    let mut for_service = Vec::new();
    if dedicated {
        let without = odds(service, shared_unrecorded + guessed + contact + provider);
        for_service.push(item(EvidenceKind::Dedicated, without));
    }
    // Without the record nobody but an unrecorded service could be named.
    for_service.push(Evidence {
        kind: EvidenceKind::OnlyHolder,
        log10_bayes_factor: round2(odds(service, shared_unrecorded)),
    });
    if let Some(days) = day_given {
        let without = odds(service_weight(holder, onset, 0.0), others);
        for_service.push(item(EvidenceKind::GivenBefore { days }, without));
    }
    let usual = unrecorded + Guessable::Somewhat.hazard() * trap.factor() + contact + provider;
    match class {
        Guessable::Hardly | Guessable::Tag => {
            for_service.push(item(EvidenceKind::HardToGuess, odds(service, usual)))
        }
        Guessable::Easily | Guessable::Brand => {
            for_service.push(item(EvidenceKind::EasyToGuess, odds(service, usual)))
        }
        Guessable::Somewhat => {}
    }
    let mut for_guessing = Vec::new();
    match trap {
        Trap::Silent => {}
        Trap::NothingTried => {
            let without = odds(service, unrecorded + class.hazard() + contact + provider);
            for_service.push(item(EvidenceKind::NoOthersHit, without));
            for_guessing.push(Evidence {
                kind: EvidenceKind::NoOthersHit,
                log10_bayes_factor: round2(trap.factor().log10()),
            });
        }
        Trap::Hit(factor) => for_guessing.push(Evidence {
            kind: EvidenceKind::OthersHit {
                local_parts: pool.map_or(0, |p| p.local_parts),
            },
            log10_bayes_factor: round2(factor.log10()),
        }),
    }
    let strongest = |mut items: Vec<Evidence>| {
        items.sort_by(|a, b| b.log10_bayes_factor.total_cmp(&a.log10_bayes_factor));
        items
    };
    let weighed = [
        (
            SuspectKind::Service,
            Some(holder.service),
            service,
            strongest(for_service),
        ),
        (SuspectKind::Guessed, None, guessed, strongest(for_guessing)),
        (
            SuspectKind::Unrecorded,
            None,
            unrecorded,
            vec![Evidence {
                kind: EvidenceKind::Unrecorded,
                log10_bayes_factor: 0.0,
            }],
        ),
        (SuspectKind::Contact, None, contact, Vec::new()),
        (SuspectKind::Provider, None, provider, Vec::new()),
    ];
    let total: f64 = weighed
        .iter()
        .map(|(_, _, weight, _)| weight.powf(TEMPER))
        .sum();
    let of_service = service.powf(TEMPER) / total;
    let mut suspects: Vec<Suspect> = weighed
        .into_iter()
        .filter(|(_, _, weight, _)| *weight > 0.0)
        .map(|(kind, service, weight, evidence)| Suspect {
            kind,
            service,
            // What the cap takes away is given to nobody.
            probability: Some(round4((weight.powf(TEMPER) / total).min(CAP))),
            evidence,
        })
        .collect();
    suspects.sort_by(|a, b| {
        b.probability
            .unwrap_or(0.0)
            .total_cmp(&a.probability.unwrap_or(0.0))
    });
    (suspects, Some(of_service))
}

fn round2(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn round4(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests;
