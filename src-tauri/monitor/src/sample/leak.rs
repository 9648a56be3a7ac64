//! What gets out where and when: decided before any mail is written.

use super::calendar::Year;
use super::random::Random;
use super::table::addresses::{DISCLOSURES, Given, HOSHIMACHI, MAY_LEAK, WORK};

/// The telecom company of the story.
pub(super) const TELECOM: &str = "Hoshimachi Denwa";
/// Days before today on which the list of the story was mailed out.
pub(super) const LIST_MAILED_AGO: i64 = 51;

/// An address that gets out at a service.
#[derive(Clone, Debug)]
pub(super) struct Leak {
    /// The address.
    pub address: &'static str,
    /// Where it gets out.
    pub service: &'static str,
    /// The first day of junk from it.
    pub onset: i64,
    /// Messages a day that are aimed at.
    pub rate: f64,
    /// What got out with it.
    pub with: With,
}

/// What got out together with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum With {
    /// The address alone.
    Nothing,
    /// The holder's name.
    Name,
}

/// The leaks of a seed: the telecom company's address, the work address which the same list held,
/// one to three further strong ones and up to two weak ones at other dedicated addresses.
pub(super) fn leaks(seed: u64) -> Vec<Leak> {
    let mut random = Random::of(seed, "leaks");
    let told = Year::ago(LIST_MAILED_AGO) + random.between(13, 17);
    let mut leaks = vec![
        Leak {
            address: HOSHIMACHI,
            service: TELECOM,
            onset: told,
            rate: 3.8 + 2.6 * random.share(),
            with: With::Name,
        },
        Leak {
            address: WORK,
            service: TELECOM,
            onset: told + random.between(1, 4),
            rate: 1.9 + 0.9 * random.share(),
            with: With::Name,
        },
    ];
    let mut others = MAY_LEAK.to_vec();
    random.shuffle(&mut others);
    let strong = random.between(1, 3) as usize;
    let weak = random.below(3) as usize;
    for (place, address) in others.iter().take(strong + weak).enumerate() {
        let Some(given) = DISCLOSURES.iter().find(|given| given.address == *address) else {
            continue;
        };
        leaks.push(if place < strong {
            strong_leak(given, &mut random)
        } else {
            weak_leak(given, &mut random)
        });
    }
    leaks
}

/// At least one and a half messages a day, low rates more often than high ones, begun late enough
/// for at most some two hundred messages.
fn strong_leak(given: &Given, random: &mut Random) -> Leak {
    let tilt = random.share();
    let rate = 1.5 + 4.5 * tilt * tilt;
    let longest = (210.0 / rate) as i64;
    let ago = random.between(22, longest.clamp(40, 160));
    Leak {
        address: given.address,
        service: given.service,
        onset: Year::ago(ago),
        rate,
        with: what_with(random),
    }
}

fn weak_leak(given: &Given, random: &mut Random) -> Leak {
    Leak {
        address: given.address,
        service: given.service,
        onset: Year::ago(random.between(45, 150)),
        rate: 0.25 + 0.35 * random.share(),
        with: what_with(random),
    }
}

fn what_with(random: &mut Random) -> With {
    if random.chance(0.3) {
        With::Name
    } else {
        With::Nothing
    }
}
