//! How easily an address is guessed, and what never-given local parts of its domain say about that
//! (detection.md 4.1, h_G; 4.2, LR_trap).

use super::model::{COMPARED, MIX, YEAR};
use super::overlap::beta_binomial;
use crate::AddressKind;
use crate::assess::{AddressFacts, Pool};
use jiff::civil::Date;

/// Days of hits around an onset that count as the same attack.
const NEAR: i32 = 14;
/// How long a domain must have been watched before "nothing else was tried" says something, in
/// days.
const WATCHED_BEFORE: i32 = 90;
/// Days over which an onset may fall by chance, for the timing of an attack: three years.
const CHANCE_DAYS: f64 = 1095.0;
/// So many campaigns show whether they reach never-given parts too.
const ENOUGH: u32 = 5;
/// What "nothing else was tried" takes from guessing.
const NOTHING_TRIED: f64 = 1.0 / 20.0;

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
    pub(super) const fn hazard(self) -> f64 {
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
        if address.kind == AddressKind::Relay
            || local.split(['.', '-', '_', '+']).any(hard_to_guess)
        {
            return Guessable::Hardly;
        }
        if address.kind == AddressKind::Subaddress {
            return Guessable::Tag;
        }
        if address.holders.iter().any(|h| h.local_is_brand) {
            return Guessable::Brand;
        }
        if TRIED_WORDS.split(' ').any(|word| word == local) {
            Guessable::Easily
        } else {
            Guessable::Somewhat
        }
    }
}

/// What never-given local parts of the domain say about guessing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// They say nothing: no pool, too short a watch, or another class of words.
    Unknown,
    /// Nothing else was tried on the domain, which was watched, or nothing by these campaigns.
    Nothing,
    /// They were hit too.
    Others {
        /// Campaigns of the first thirty days that also hit never-given parts …
        common: u32,
        /// … of so many.
        of: u32,
        /// Whether the first hit on a never-given part lies near the onset.
        timing: Timing,
        /// Distinct never-given local parts.
        local_parts: u32,
    },
}

/// Whether two things happened within fourteen days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// They did.
    Near,
    /// They did not.
    Apart,
}

impl Timing {
    /// Of an onset and the first hit on a never-given part, both days of the same calendar.
    pub fn of(onset: f64, first_hit: f64) -> Timing {
        if (onset - first_hit).abs() <= f64::from(NEAR) {
            Timing::Near
        } else {
            Timing::Apart
        }
    }
}

impl Tried {
    /// What the pool of its domain says of an address whose junk began on `onset` with these
    /// campaigns.
    pub fn of(
        address: &AddressFacts,
        onset: Date,
        campaigns: &[i64],
        pool: Option<&Pool>,
    ) -> Tried {
        let Some(pool) = pool.filter(|p| p.domain == address.spec.domain()) else {
            return Tried::Unknown;
        };
        let watched = (pool.catch_all || pool.lookout)
            && pool
                .observed_since
                .is_some_and(|since| (onset - since).get_days() >= WATCHED_BEFORE);
        let nothing = if watched {
            Tried::Nothing
        } else {
            Tried::Unknown
        };
        let Some(first) = pool.hits.first() else {
            return nothing;
        };
        let compared = campaigns.iter().take(COMPARED as usize);
        let of = compared.len() as u32;
        let common = compared.filter(|key| pool.campaigns.contains(key)).count() as u32;
        match Guessable::of(address) {
            Guessable::Hardly | Guessable::Tag => return Tried::Unknown,
            // Roles and names that are tried do not predict brand names. But who guesses one
            // brand tries others too: where its own mailings reached nothing else, it was not.
            Guessable::Brand if common == 0 && of >= ENOUGH => return nothing,
            Guessable::Brand => return Tried::Unknown,
            Guessable::Easily | Guessable::Somewhat => {}
        }
        Tried::Others {
            common,
            of,
            timing: Timing::of(f64::from((onset - *first).get_days()), 0.0),
            local_parts: pool.local_parts,
        }
    }

    /// The factor on guessing: LR_trap.
    pub(super) fn factor(self) -> f64 {
        match self {
            Tried::Unknown | Tried::Others { of: 0, .. } => 1.0,
            Tried::Nothing => NOTHING_TRIED,
            Tried::Others {
                common, of, timing, ..
            } => {
                let (v, n) = (f64::from(common.min(of)), f64::from(of));
                let guessed = beta_binomial(v, n, 4.0, 1.5);
                let other = (1.0 - MIX) * beta_binomial(v, n, 0.3, 12.0)
                    + MIX * beta_binomial(v, n, 2.0, 2.0);
                let timing = match timing {
                    Timing::Near => 0.8 * CHANCE_DAYS / (2.0 * f64::from(NEAR)),
                    Timing::Apart => 0.2,
                };
                guessed / other * timing
            }
        }
    }
}

/// Roles, names and words that dictionary attacks try on every domain.
const TRIED_WORDS: &str = "abuse account accounts admin administrator alex anna ben billing bob \
    career careers chris client contact daniel david dev editor email \
    emma enquiries eva finance hello help helpdesk hi hiroshi hr \
    info inquiry invoice it jack jane jobs john jun kate \
    ken kenji legal lisa mail mailbox maria mark marketing me \
    media michael mike news newsletter no-reply noreply office order orders \
    paul peter post postmaster press privacy root sales sam sarah \
    security service services shop spam staff store support taro team \
    test tom user web webmaster work yuki";

/// Whether a part of a local part is no word: at least four characters that no one would think of, letters and figures mixed, or a run of
/// consonants.
pub fn hard_to_guess(part: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::hard_to_guess;

    #[test]
    fn tells_random_parts_from_words() {
        for random in ["k7f2", "x9q4t", "bcdfgh"] {
            assert!(hard_to_guess(random), "{random}");
        }
        for word in ["shop", "hoshimachi", "shop2024", "sales", "ab1", "kumo"] {
            assert!(!hard_to_guess(word), "{word}");
        }
    }
}
