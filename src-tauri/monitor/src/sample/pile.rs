//! The pile of messages that the rooms of the sample lay down.

use super::calendar::{DAYS, Year};
use super::customer::{self, Kind};
use super::junk;
use super::letter::{Letter, Way};
use super::random::Random;
use super::table::addresses::{DISCLOSURES, FREE_MAIL};
use super::{Folder, SampleMessage};

/// Messages laid so far.
pub(super) struct Pile {
    /// The year they lie in.
    pub year: Year,
    random: Random,
    laid: Vec<Laid>,
}

/// A message with what was decided about it.
pub(super) struct Laid {
    /// What was decided.
    pub letter: Letter,
    /// Where it lies.
    pub folder: Folder,
    /// Where a copy of it lies.
    pub copy: Option<Folder>,
}

impl Pile {
    /// An empty pile.
    pub(super) fn new(seed: u64, year: Year) -> Self {
        Pile {
            year,
            random: Random::of(seed, "pile"),
            laid: Vec::new(),
        }
    }

    /// Lays a message into a folder. What would come after the last day has not come yet.
    pub(super) fn lay(&mut self, folder: Folder, letter: Letter) {
        self.lay_twice(folder, None, letter);
    }

    /// Lays a message into a folder and a copy into another.
    pub(super) fn lay_twice(&mut self, folder: Folder, copy: Option<Folder>, letter: Letter) {
        if letter.arrived < self.year.end() {
            self.laid.push(Laid {
                letter,
                folder,
                copy,
            });
        }
    }

    /// An identifier for a message from a domain; about one in a hundred programs forgets it.
    pub(super) fn id(&mut self, domain: &str) -> Option<String> {
        if self.random.chance(0.012) {
            return None;
        }
        Some(self.sure_id(domain))
    }

    /// An identifier for a message that others will refer to.
    pub(super) fn sure_id(&mut self, domain: &str) -> String {
        format!(
            "{}.{}@{domain}",
            self.random.token(8),
            self.random.token(10)
        )
    }

    /// What was laid, in order of arrival.
    pub(super) fn sorted(mut self) -> (Vec<Laid>, Random) {
        self.laid.sort_by_key(|laid| laid.letter.arrived);
        (self.laid, self.random)
    }
}

/// The messages of a pile as they lie on disk.
pub(super) fn messages(laid: &[Laid], random: &mut Random) -> Vec<SampleMessage> {
    let mut messages = Vec::with_capacity(laid.len() + laid.len() / 50);
    for one in laid {
        let bytes = one.letter.bytes(random);
        let arrived_at = one.letter.arrived;
        if let Some(folder) = one.copy {
            messages.push(SampleMessage {
                folder,
                arrived_at,
                bytes: bytes.clone(),
            });
        }
        messages.push(SampleMessage {
            folder: one.folder,
            arrived_at,
            bytes,
        });
    }
    messages
}

impl Laid {
    /// The address it was delivered to; `None` for what was sent.
    pub(super) fn recipient(&self) -> Option<&str> {
        match &self.letter.way {
            Way::To(recipient) => Some(recipient),
            Way::Sent => None,
        }
    }
}

/// Mail on the first and the last day in every folder that mail is delivered to: an archive is
/// known from its first message to its last, and nothing is known of the days around.
pub(super) fn lay_edges(seed: u64, pile: &mut Pile) {
    let mut random = Random::of(seed, "edges");
    for day in [0, DAYS - 1] {
        for given in DISCLOSURES
            .iter()
            .filter(|given| given.address == FREE_MAIL)
        {
            let kinds: &[(Kind, Folder)] = match given.service {
                "Kotori Shinpo" => &[
                    (Kind::News(0), Folder::Inbox),
                    (Kind::News(1), Folder::Trash),
                ],
                "Kitsune Express" => &[(Kind::Note, Folder::Archive)],
                _ => &[],
            };
            for (kind, folder) in kinds {
                let arrived = pile.year.at(day, random.between(20 * 3600, 23 * 3600));
                let letter = customer::letter(given, *kind, arrived, pile, &mut random);
                pile.lay(*folder, letter);
            }
        }
        let arrived = pile.year.at(day, random.between(20 * 3600, 23 * 3600));
        junk::lay_single(FREE_MAIL, arrived, pile, &mut random);
    }
}
