//! What services send to their customer: newsletters, receipts, notes.

use super::Folder;
use super::calendar::{DAYS, Year};
use super::fill::{Blanks, filled};
use super::letter::{Bulk, Checked, Letter, Party};
use super::pile::Pile;
use super::random::Random;
use super::table::addresses::{DISCLOSURES, Given, OWN_NAME, OWN_NAME_LATIN, PIKAPON};
use super::table::services::{Language, SERVICES, ServiceSheet};

/// For so many days the freelancer has been putting the mail of one service into Junk.
const WEARY_DAYS: i64 = 84;

/// What kind of mail a service sends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The first mail, on the day of registration.
    Welcome,
    /// A newsletter, counted from any: its themes come in turn.
    News(usize),
    /// A receipt or a note about the customer's own business.
    Note,
}

/// The sheet of a service; the tables name only services that have one.
pub(super) fn sheet(service: &str) -> &'static ServiceSheet {
    SERVICES
        .iter()
        .find(|sheet| sheet.name == service)
        .unwrap_or(&SERVICES[0])
}

/// Lays the year's mail of every service.
pub(super) fn lay(seed: u64, pile: &mut Pile) {
    for given in DISCLOSURES {
        let mut random = Random::of(seed, &format!("{} {}", given.service, given.address));
        let first = Year::ago(given.days_ago);
        if first >= 0 {
            let arrived = pile.year.at(first, random.between(9 * 3600, 22 * 3600));
            let welcome = letter(given, Kind::Welcome, arrived, pile, &mut random);
            pile.lay(Folder::Archive, welcome);
        }
        lay_news(given, first.max(0), pile, &mut random);
        lay_notes(given, first.max(0), pile, &mut random);
    }
}

fn lay_news(given: &Given, first: i64, pile: &mut Pile, random: &mut Random) {
    if given.news_every == 0 {
        return;
    }
    let mut day = first + random.between(1, given.news_every);
    let hour = random.between(7, 18);
    let mut issue = random.below(9) as usize;
    while day < DAYS {
        let arrived = pile.year.at(day, hour * 3600 + random.between(0, 2400));
        let news = letter(given, Kind::News(issue), arrived, pile, random);
        let folder = news_folder(given, day, random);
        let copy = (folder == Folder::Inbox && random.chance(0.01)).then_some(Folder::Archive);
        pile.lay_twice(folder, copy, news);
        issue += 1;
        day += (given.news_every + random.between(-1, 1)).max(1);
    }
}

fn news_folder(given: &Given, day: i64, random: &mut Random) -> Folder {
    if given.address == PIKAPON && day >= Year::ago(WEARY_DAYS) {
        return if random.chance(0.7) {
            Folder::Junk
        } else {
            Folder::Trash
        };
    }
    match random.below(100) {
        0..68 => Folder::Inbox,
        68..92 => Folder::Trash,
        _ => Folder::Archive,
    }
}

fn lay_notes(given: &Given, first: i64, pile: &mut Pile, random: &mut Random) {
    if given.notes_a_year == 0 {
        return;
    }
    let mean = DAYS as f64 / given.notes_a_year as f64;
    let mut when = first as f64 + 0.5 + random.wait(mean / 2.0);
    while when < DAYS as f64 {
        let arrived = pile
            .year
            .at(when as i64, random.between(8 * 3600, 22 * 3600));
        let note = letter(given, Kind::Note, arrived, pile, random);
        let folder = match (random.below(100), (when as i64) < Year::ago(45)) {
            (0..60, true) => Folder::Archive,
            (0..97, _) => Folder::Inbox,
            _ => Folder::Trash,
        };
        let copy = (folder == Folder::Inbox && random.chance(0.03)).then_some(Folder::Archive);
        pile.lay_twice(folder, copy, note);
        when += random.wait(mean).max(0.05);
    }
}

/// One message from a service to the address it was given.
pub(super) fn letter(
    given: &Given,
    kind: Kind,
    arrived: i64,
    pile: &mut Pile,
    random: &mut Random,
) -> Letter {
    let sheet = sheet(given.service);
    let (subject, local) = match kind {
        Kind::Welcome => (sheet.welcome, sheet.note_sender),
        Kind::News(issue) => (sheet.news[issue % sheet.news.len()], sheet.news_sender),
        Kind::Note => (random.pick(sheet.notes), sheet.note_sender),
    };
    // A service with a second domain sends its notes from there.
    let domain = match kind {
        Kind::Welcome | Kind::News(_) => sheet.domains[0],
        Kind::Note => sheet.domains[sheet.domains.len() - 1],
    };
    let name = match sheet.language {
        Language::Japanese => OWN_NAME,
        Language::English => OWN_NAME_LATIN,
    };
    let blanks = Blanks {
        date: pile.year.date(pile.year.day(arrived)),
        items: sheet.items,
        name,
        local: given.address.split('@').next().unwrap_or_default(),
        host: domain,
    };
    let subject = filled(subject, &blanks, random);
    let from = Party::new(sheet.own_name, &format!("{local}@{domain}"));
    let mut letter = Letter::to(given.address, from, subject, sheet.charset);
    letter.arrived = arrived;
    letter.text = text(sheet, &letter.subject, name);
    letter.id = pile.id(domain);
    match kind {
        Kind::Welcome | Kind::Note => {
            letter.to = vec![Party::new(name, given.address)];
            if random.chance(0.12) {
                letter.checked = Checked::Dkim;
            }
        }
        Kind::News(_) => {
            letter.bulk = Some(Bulk {
                id: format!("{local}.{domain}"),
                unsubscribe: format!("<https://{domain}/stop/{}>", random.token(10)),
            });
            if let Some(processor) = sheet.processor {
                letter.carried_by = Some(processor.to_owned());
                letter.checked = Checked::Dkim;
            }
            // Some newsletters are addressed to themselves and reach their readers by Bcc.
            if random.chance(0.04) {
                letter.to = vec![letter.from.clone()];
            }
        }
    }
    letter
}

fn text(sheet: &ServiceSheet, subject: &str, name: &str) -> String {
    match sheet.language {
        Language::Japanese => format!(
            "{name} 様\n\nいつも{own}をご利用いただきありがとうございます。\n\n{subject}\n\n詳しくは https://{domain}/ をご覧ください。\n\n-- \n{own}\n",
            own = sheet.own_name,
            domain = sheet.domains[0]
        ),
        Language::English => format!(
            "Hello {name},\n\n{subject}.\n\nMore at https://{domain}/\n\n-- \n{own}\n",
            own = sheet.own_name,
            domain = sheet.domains[0]
        ),
    }
}
