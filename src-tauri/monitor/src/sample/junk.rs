//! Junk mail, as it comes: in campaigns of a few copies that differ in figures and names.

use super::Folder;
use super::calendar::{DAYS, Year};
use super::encode::Charset;
use super::fill::{Blanks, filled};
use super::leak::{Leak, With};
use super::letter::{Checked, DateLine, Filter, Letter, Party};
use super::pile::Pile;
use super::random::Random;
use super::table::addresses::{
    DISCLOSURES, FREE_MAIL, HOSHIMACHI, OWN_DOMAIN, OWN_NAME, OYATSU, PERSONAL, WORK,
};
use super::table::junk::{
    ABSURD_DATES, BODIES_EN, BODIES_JA, DICTIONARY_LURES, DOMAIN_WORDS, LURES, Lure, TRIED_PARTS,
};
use super::table::services::Language;

/// Copies of one campaign at one address, on average; the shares stand in [`copies`].
const MEAN_COPIES: f64 = 1.6;
/// Junk a day at the free-mail address, which spammers have known for years.
const FREE_MAIL_RATE: f64 = 0.22;
/// Junk a day at the work address before anything got out.
const WORK_RATE: f64 = 0.19;
/// The day on which the work address came into use.
const WORK_BEGINS: i64 = 9;
/// No stray junk lies so many days before a leak begins to show.
const QUIET_DAYS: i64 = 75;

/// One mailing of a spammer.
#[derive(Clone)]
struct Campaign {
    lure: Lure,
    domain: String,
    sender: String,
    checked: Checked,
    charset: Charset,
    begins: f64,
}

/// Lays all junk of the year.
pub(super) fn lay(seed: u64, leaks: &[Leak], pile: &mut Pile) {
    lay_leaks(seed, leaks, pile);
    lay_steady(seed, FREE_MAIL, 0, FREE_MAIL_RATE, pile);
    lay_steady(seed, WORK, WORK_BEGINS, WORK_RATE, pile);
    lay_strays(seed, leaks, pile);
    lay_dictionary_attacks(seed, pile);
}

/// One piece of junk on its own.
pub(super) fn lay_single(recipient: &str, arrived: i64, pile: &mut Pile, random: &mut Random) {
    let days = (arrived - pile.year.at(0, 0)) as f64 / 86_400.0;
    let campaign = Campaign::new(LURES, days, random);
    let letter = campaign.letter(recipient, With::Nothing, arrived, pile, random);
    lay_judged(letter, pile, random);
}

/// The junk that follows a leak. Where the same list held two addresses, some campaigns go to
/// both.
fn lay_leaks(seed: u64, leaks: &[Leak], pile: &mut Pile) {
    let mut from_the_list: Vec<Campaign> = Vec::new();
    for leak in leaks {
        let mut random = Random::of(seed, &format!("junk {}", leak.address));
        let mut when = leak.onset as f64 + 0.42 + 0.4 * random.share();
        let mut first = true;
        while when < DAYS as f64 {
            let shared = from_the_list
                .iter()
                .rfind(|campaign| campaign.begins <= when && campaign.begins > when - 4.0)
                .filter(|_| leak.address == WORK && random.chance(0.45))
                .cloned();
            let campaign = shared.unwrap_or_else(|| Campaign::new(LURES, when, &mut random));
            if leak.address == HOSHIMACHI {
                from_the_list.push(campaign.clone());
            }
            let mut sent = when;
            for _ in 0..copies(&mut random) {
                let arrived = pile.year.moment(sent);
                let letter = campaign.letter(leak.address, leak.with, arrived, pile, &mut random);
                if first {
                    // The day of the onset is a fact of the junk folder.
                    first = false;
                    pile.lay(Folder::Junk, letter);
                } else {
                    lay_judged(letter, pile, &mut random);
                }
                sent += random.wait(1.5).max(0.02);
            }
            when += random.wait(MEAN_COPIES / leak.rate).max(0.01);
        }
    }
}

/// Junk that has always come, at a constant rate.
fn lay_steady(seed: u64, address: &str, first: i64, rate: f64, pile: &mut Pile) {
    let mut random = Random::of(seed, &format!("steady {address}"));
    let mut when = first as f64 + random.wait(1.0 / rate);
    while when < DAYS as f64 {
        let campaign = Campaign::new(LURES, when, &mut random);
        let mut sent = when;
        for _ in 0..copies(&mut random) {
            let arrived = pile.year.moment(sent);
            let letter = campaign.letter(address, With::Nothing, arrived, pile, &mut random);
            lay_judged(letter, pile, &mut random);
            sent += random.wait(2.0).max(0.02);
        }
        when += random.wait(MEAN_COPIES / rate);
    }
}

/// The odd piece of junk that every address gets: none to two a year, never close together, none
/// shortly before a leak shows. That stays below 0.02 a day.
fn lay_strays(seed: u64, leaks: &[Leak], pile: &mut Pile) {
    const APART: i64 = 40;
    for given in DISCLOSURES {
        let spared = [FREE_MAIL, WORK, OYATSU].contains(&given.address);
        // The personal address has two holders; its strays come with the first.
        let again = given.address == PERSONAL && given.service != "Asanagi Bank";
        if spared || again {
            continue;
        }
        let mut random = Random::of(seed, &format!("stray {}", given.address));
        let last = leaks
            .iter()
            .find(|leak| leak.address == given.address)
            .map_or(DAYS - 20, |leak| leak.onset - QUIET_DAYS);
        let mut day = Year::ago(given.days_ago).max(0) + random.between(15, 160);
        for _ in 0..random.pick(&[0, 0, 0, 1, 1, 1, 2]) {
            if day < last {
                let arrived = pile.year.at(day, random.between(0, 86_000));
                lay_single(given.address, arrived, pile, &mut random);
            }
            day += APART + random.between(0, 120);
        }
    }
}

/// Attacks that try local parts at the whole domain, a few pieces each. In half of the seeds they
/// come all year, every month or two; in the others the domain is discovered in the last days
/// only, too late to explain anything by guessing.
fn lay_dictionary_attacks(seed: u64, pile: &mut Pile) {
    let mut random = Random::of(seed, "dictionary");
    let mut day = if random.chance(0.5) {
        random.between(10, 20)
    } else {
        DAYS - random.between(5, 7)
    };
    while day < DAYS {
        let when = day as f64 + random.share();
        let campaign = Campaign::new(DICTIONARY_LURES, when, &mut random);
        let mut parts = TRIED_PARTS.to_vec();
        random.shuffle(&mut parts);
        let tried = random.between(3, 6) as usize;
        for (place, part) in parts.iter().take(tried).enumerate() {
            let recipient = format!("{part}@{OWN_DOMAIN}");
            let arrived = pile.year.moment(when) + place as i64 * 7;
            let mut letter = campaign.letter(&recipient, With::Nothing, arrived, pile, &mut random);
            // Some attacks write to two names at once.
            if random.chance(0.2) {
                let other = format!("{}@{OWN_DOMAIN}", random.pick(TRIED_PARTS));
                letter.to = vec![Party::new("", &recipient), Party::new("", &other)];
            }
            letter.filter = Filter::Marked;
            pile.lay(Folder::Junk, letter);
        }
        day += if day < DAYS - 10 {
            random.between(30, 60)
        } else {
            random.between(2, 3)
        };
    }
}

/// Puts junk where it ends up: most of it in Junk, some slips into the inbox, some of that is
/// thrown away at sight.
fn lay_judged(mut letter: Letter, pile: &mut Pile, random: &mut Random) {
    let (folder, copy) = match random.below(1000) {
        0..910 => (Folder::Junk, None),
        // Moved by a program that left the original where it was.
        910..930 => (Folder::Junk, Some(Folder::Trash)),
        930..980 => (Folder::Inbox, None),
        _ => (Folder::Trash, None),
    };
    letter.filter = match (folder, random.below(100)) {
        (Folder::Junk, 0..76) => Filter::Marked,
        (_, 0..92) => Filter::Passed,
        _ => Filter::Fooled,
    };
    pile.lay_twice(folder, copy, letter);
}

fn copies(random: &mut Random) -> i64 {
    match random.below(100) {
        0..60 => 1,
        60..85 => 2,
        85..95 => 3,
        _ => 4,
    }
}

impl Campaign {
    fn new(lures: &[Lure], begins: f64, random: &mut Random) -> Self {
        let lure = random.pick(lures);
        let domain = format!(
            "{}{}.example",
            random.pick(DOMAIN_WORDS),
            random.between(2, 999)
        );
        let sender = random
            .pick(&[
                "info", "mail", "support", "news", "noreply", "account", "service", "hello",
            ])
            .to_string();
        // Spammers sign their own domains as well as anybody.
        let checked = match random.below(100) {
            0..40 => Checked::Both,
            40..50 => Checked::Spf,
            50..75 => Checked::Fail,
            _ => Checked::Nothing,
        };
        let charset = match (lure.language, random.below(100)) {
            (Language::English, _) | (Language::Japanese, 0..65) => Charset::Utf8,
            (Language::Japanese, 65..90) => Charset::Iso2022Jp,
            (Language::Japanese, _) => Charset::ShiftJis,
        };
        Campaign {
            lure,
            domain,
            sender,
            checked,
            charset,
            begins,
        }
    }

    fn letter(
        &self,
        recipient: &str,
        with: With,
        arrived: i64,
        pile: &Pile,
        random: &mut Random,
    ) -> Letter {
        let local = recipient.split('@').next().unwrap_or_default();
        let name = match with {
            With::Name => OWN_NAME,
            With::Nothing => local,
        };
        let blanks = Blanks {
            date: pile.year.date(pile.year.day(arrived)),
            items: &[],
            name,
            local,
            host: &self.domain,
        };
        let mut subject = filled(self.lure.subject, &blanks, random);
        if random.chance(0.04) {
            subject.insert_str(0, "Re: ");
        }
        let from = Party::new(
            self.lure.sender,
            &format!("{}{}@{}", self.sender, random.between(1, 99), self.domain),
        );
        let mut letter = Letter::to(recipient, from, subject, self.charset);
        letter.arrived = arrived;
        letter.checked = self.checked;
        letter.to = match random.below(100) {
            0..30 => vec![Party::new(name, recipient)],
            30..76 => vec![Party::new("", recipient)],
            76..88 => vec![Party::new("", &format!("member@{}", self.domain))],
            _ => Vec::new(),
        };
        let bodies = match self.lure.language {
            Language::Japanese => BODIES_JA,
            Language::English => BODIES_EN,
        };
        letter.text = filled(random.pick(bodies), &blanks, random);
        letter.id = random
            .chance(0.85)
            .then(|| format!("{}@{}", random.token(18), self.domain));
        letter.date = if random.chance(0.03) {
            DateLine::Absurd(random.pick(ABSURD_DATES))
        } else {
            DateLine::Before(random.between(2, 900))
        };
        letter
    }
}
