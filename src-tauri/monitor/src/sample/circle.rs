//! People: clients, friends and the mailing list, in both directions.

use super::Folder;
use super::calendar::{DAYS, Year};
use super::encode::Charset;
use super::fill::{Blanks, filled};
use super::letter::{Bulk, Checked, DateLine, Letter, Party, Way};
use super::pile::Pile;
use super::random::Random;
use super::table::addresses::{OWN_NAME, OWN_NAME_LATIN, PERSONAL, WORK};
use super::table::conversations::{
    CIRCULARS, FRIENDS_EN, FRIENDS_JA, LIST, MIDDLE_EN, MIDDLE_JA, OPENING_EN, OPENING_JA, SEASONS,
    WORK_EN, WORK_JA,
};
use super::table::people::{CLIENTS, FRIENDS, LIST_MEMBERS, Person};
use super::table::services::Language;
use jiff::civil::Date;

/// The day on which the freelancer tells everybody the new work address.
const NEW_ADDRESS_DAY: i64 = 9;
/// Threads of a year with clients.
const WORK_THREADS: usize = 128;
/// Threads of a year with friends.
const FRIEND_THREADS: usize = 34;
/// Threads of a year on the mailing list.
const LIST_THREADS: usize = 56;
/// So many days before today a letter from somebody known was taken for junk.
pub(super) const MISJUDGED: &[i64] = &[9, 3];
/// The address of the mailing list.
const LIST_ADDRESS: &str = "kumihan-ml@lists.example.net";

/// Lays the year's mail with people.
pub(super) fn lay(seed: u64, pile: &mut Pile) {
    let mut random = Random::of(seed, "circle");
    lay_new_address(pile, &mut random);
    lay_belated(pile, &mut random);
    for _ in 0..WORK_THREADS {
        let person = &random.pick(CLIENTS);
        let first = random.between(NEW_ADDRESS_DAY + 3, DAYS - 1);
        lay_thread(person, WORK, first, pile, &mut random);
    }
    for _ in 0..FRIEND_THREADS {
        let person = &random.pick(FRIENDS);
        let first = random.between(2, DAYS - 1);
        lay_thread(person, PERSONAL, first, pile, &mut random);
    }
    lay_circulars(pile, &mut random);
    lay_misjudged(pile, &mut random);
    lay_list(&mut Random::of(seed, "mailing list"), pile);
}

/// The change of address that opens the year: one letter to each client; some answer.
fn lay_new_address(pile: &mut Pile, random: &mut Random) {
    for (place, person) in CLIENTS.iter().enumerate() {
        let subject = match person.language {
            Language::Japanese => "メールアドレス変更のお知らせ",
            Language::English => "My new address",
        };
        let seconds = 10 * 3600 + place as i64 * 190 + random.between(0, 60);
        let arrived = pile.year.at(NEW_ADDRESS_DAY, seconds);
        let id = pile.sure_id("studio-jun.example");
        let mut told = outgoing(person, WORK, subject, arrived, random);
        told.id = Some(id.clone());
        pile.lay(Folder::Sent, told);
        if random.chance(0.3) {
            let arrived = arrived + random.between(1800, 90_000);
            let answer = format!("Re: {subject}");
            let mut letter = incoming(person, WORK, &answer, arrived, random);
            letter.id = pile.id(letter.from.domain());
            letter.thread = vec![id];
            pile.lay(Folder::Archive, letter);
        }
    }
}

/// Those who were told, and wrote to the old address all the same.
fn lay_belated(pile: &mut Pile, random: &mut Random) {
    let cases = [
        (12, 21, "前のアドレスに送ったものが戻ってきました"),
        (24, 33, "アドレスが変わったのですね（再送します）"),
        (3, 58, "【再送】先週お送りした件、届いていますか"),
    ];
    for (place, day, subject) in cases {
        let person = &CLIENTS[place];
        let arrived = pile.year.at(day, random.between(9, 18) * 3600);
        let subject = match person.language {
            Language::Japanese => subject,
            Language::English => "Bounced from your old address – trying this one",
        };
        let mut letter = incoming(person, WORK, subject, arrived, random);
        letter.id = pile.id(letter.from.domain());
        pile.lay(Folder::Archive, letter);
    }
}

/// One exchange: who begins, how often it goes back and forth.
fn lay_thread(person: &Person, own: &str, first: i64, pile: &mut Pile, random: &mut Random) {
    // Clients write on working days.
    let first = if own == WORK {
        first - i64::from((pile.year.weekday(first) - 4).max(0))
    } else {
        first
    };
    let subjects = match (own == WORK, person.language) {
        (true, Language::Japanese) => WORK_JA,
        (true, Language::English) => WORK_EN,
        (false, Language::Japanese) => FRIENDS_JA,
        (false, Language::English) => FRIENDS_EN,
    };
    let blanks = Blanks {
        date: pile.year.date(first),
        items: &[],
        name: OWN_NAME,
        local: "jun",
        host: "",
    };
    let subject = filled(in_season(subjects, blanks.date, random), &blanks, random);
    let mut arrived = pile.year.at(first, random.between(8 * 3600, 20 * 3600));
    let mut theirs = random.chance(0.6);
    let mut thread: Vec<String> = Vec::new();
    for turn in 0..random.between(1, 6) {
        let line = match (turn, person.language, random.below(10)) {
            (0, _, _) => subject.clone(),
            // Some programs in Japan say it in full width.
            (_, Language::Japanese, 0) => format!("RE: {subject}"),
            _ => format!("Re: {subject}"),
        };
        let (folder, mut letter) = if theirs {
            let day = pile.year.day(arrived);
            let letter = incoming(person, own, &line, arrived, random);
            (kept_in(day, random), letter)
        } else {
            let letter = outgoing(person, own, &line, arrived, random);
            (Folder::Sent, letter)
        };
        letter.thread = thread.clone();
        letter.id = pile.id(letter.from.domain());
        // Both addresses of the freelancer stand on some letters of those who know both.
        if theirs && own == WORK && random.chance(0.05) {
            letter.cc.push(Party::new("", PERSONAL));
        }
        thread.extend(letter.id.clone());
        let copy = (folder == Folder::Inbox && random.chance(0.06)).then_some(Folder::Archive);
        pile.lay_twice(folder, copy, letter);
        arrived = awake(
            arrived + random.between(1200, 30 * 3600),
            &pile.year,
            random,
        );
        theirs = if random.chance(0.85) { !theirs } else { theirs };
    }
}

/// Seasonal letters of clients to many at once: the freelancer stands in Bcc.
fn lay_circulars(pile: &mut Pile, random: &mut Random) {
    for subject in CIRCULARS {
        let language = if subject.is_ascii() {
            Language::English
        } else {
            Language::Japanese
        };
        let senders: Vec<&Person> = CLIENTS
            .iter()
            .filter(|person| person.language == language)
            .collect();
        let person = random.pick(&senders);
        let days: Vec<i64> = (NEW_ADDRESS_DAY + 5..DAYS - 1)
            .filter(|day| fits(subject, pile.year.date(*day)))
            .collect();
        let day = random.pick(&days);
        let arrived = pile.year.at(day, random.between(9 * 3600, 18 * 3600));
        let mut letter = incoming(person, WORK, subject, arrived, random);
        letter.id = pile.id(letter.from.domain());
        letter.to = vec![letter.from.clone()];
        pile.lay(kept_in(day, random), letter);
    }
}

/// Letters from people one writes with that the filter took for junk.
fn lay_misjudged(pile: &mut Pile, random: &mut Random) {
    let cases = [
        ("見積もりの件、至急ご確認ください", 31),
        ("ご入金のお願い（{month}月分）", 0),
    ];
    for ((subject, place), ago) in cases.into_iter().zip(MISJUDGED) {
        let day = Year::ago(*ago);
        let arrived = pile.year.at(day, random.between(9 * 3600, 18 * 3600));
        let subject = subject.replace("{month}", &pile.year.date(day).month().to_string());
        let mut letter = incoming(&CLIENTS[place], WORK, &subject, arrived, random);
        letter.id = Some(pile.sure_id(letter.from.domain()));
        letter.checked = Checked::Dkim;
        pile.lay(Folder::Junk, letter);
    }
}

fn lay_list(random: &mut Random, pile: &mut Pile) {
    for number in 0..LIST_THREADS {
        let first = (number as i64 * (DAYS - 4)) / LIST_THREADS as i64 + random.between(0, 4);
        let blanks = Blanks {
            date: pile.year.date(first),
            items: &[],
            name: "",
            local: "",
            host: "",
        };
        let subject = filled(random.pick(LIST), &blanks, random);
        let mut arrived = pile.year.at(first, random.between(7 * 3600, 23 * 3600));
        let mut thread: Vec<String> = Vec::new();
        for turn in 0..random.between(1, 6) {
            let re = if turn == 0 { "" } else { "Re: " };
            let line = format!("{re}[kumihan] {subject}");
            let own_turn = turn > 0 && random.chance(0.08);
            let (folder, mut letter) = if own_turn {
                let list = Person {
                    name: "",
                    called: "皆さま",
                    spec: LIST_ADDRESS,
                    language: Language::Japanese,
                };
                let letter = outgoing(&list, PERSONAL, &line, arrived, random);
                (Folder::Sent, letter)
            } else {
                let folder = match random.below(10) {
                    0..6 => Folder::Archive,
                    6..9 => Folder::Inbox,
                    _ => Folder::Trash,
                };
                (folder, list_letter(&line, arrived, random))
            };
            letter.thread = thread.clone();
            letter.id = pile.id(letter.from.domain());
            thread.extend(letter.id.clone());
            pile.lay(folder, letter);
            arrived = awake(
                arrived + random.between(2400, 36 * 3600),
                &pile.year,
                random,
            );
        }
    }
}

fn list_letter(subject: &str, arrived: i64, random: &mut Random) -> Letter {
    let member = &random.pick(LIST_MEMBERS);
    let mut letter = incoming(member, PERSONAL, subject, arrived, random);
    letter.to = vec![Party::new("", LIST_ADDRESS)];
    letter.carried_by = Some("lists.example.net".to_owned());
    letter.checked = Checked::Nothing;
    letter.bulk = Some(Bulk {
        id: "kumihan-ml.lists.example.net".to_owned(),
        unsubscribe: "<mailto:kumihan-ml-leave@lists.example.net>".to_owned(),
    });
    letter
}

fn incoming(
    person: &Person,
    own: &str,
    subject: &str,
    arrived: i64,
    random: &mut Random,
) -> Letter {
    let from = Party::new(person.name, person.spec);
    let mut letter = Letter::to(
        own,
        from,
        subject.to_owned(),
        charset(person.language, random),
    );
    letter.arrived = arrived;
    letter.date = DateLine::Before(random.between(2, 30));
    letter.checked = match random.below(100) {
        0..62 => Checked::Both,
        62..80 => Checked::Spf,
        80..94 => Checked::Dkim,
        _ => Checked::Nothing,
    };
    let own_name = match person.language {
        Language::Japanese => OWN_NAME,
        Language::English => OWN_NAME_LATIN,
    };
    if random.chance(0.7) {
        letter.to = vec![Party::new(own_name, own)];
    }
    letter.text = lines(person.language, OWN_NAME, person.name, random);
    letter
}

fn outgoing(
    person: &Person,
    own: &str,
    subject: &str,
    arrived: i64,
    random: &mut Random,
) -> Letter {
    let own_name = match person.language {
        Language::Japanese => OWN_NAME,
        Language::English => OWN_NAME_LATIN,
    };
    let from = Party::new(own_name, own);
    let mut letter = Letter::to(person.spec, from, subject.to_owned(), Charset::Utf8);
    letter.way = Way::Sent;
    letter.arrived = arrived;
    letter.date = DateLine::Before(0);
    letter.to = vec![Party::new(person.name, person.spec)];
    letter.text = lines(person.language, person.called, own_name, random);
    letter
}

fn lines(language: Language, to: &str, from: &str, random: &mut Random) -> String {
    match language {
        Language::Japanese => format!(
            "{to} 様\n\n{}\n{}\n\n{from}\n",
            random.pick(OPENING_JA),
            random.pick(MIDDLE_JA)
        ),
        Language::English => format!(
            "Hi {to},\n\n{}\n{}\n\n{from}\n",
            random.pick(OPENING_EN),
            random.pick(MIDDLE_EN)
        ),
    }
}

fn charset(language: Language, random: &mut Random) -> Charset {
    match (language, random.below(10)) {
        (Language::English, _) | (Language::Japanese, 0..6) => Charset::Utf8,
        (Language::Japanese, 6..9) => Charset::Iso2022Jp,
        (Language::Japanese, _) => Charset::ShiftJis,
    }
}

/// One of the subjects that fit the time of the year.
fn in_season<'a>(subjects: &[&'a str], date: Date, random: &mut Random) -> &'a str {
    let fitting: Vec<&str> = subjects
        .iter()
        .copied()
        .filter(|subject| fits(subject, date))
        .collect();
    random.pick(&fitting)
}

fn fits(subject: &str, date: Date) -> bool {
    SEASONS
        .iter()
        .filter(|(word, _)| subject.contains(word))
        .all(|(_, months)| months.contains(&date.month()))
}

/// The same instant, or the next morning when it lies in the night.
fn awake(instant: i64, year: &Year, random: &mut Random) -> i64 {
    let day = year.day(instant);
    let seconds = instant - year.at(day, 0);
    if (7 * 3600..23 * 3600).contains(&seconds) {
        return instant;
    }
    let morning = day + i64::from(seconds >= 23 * 3600);
    year.at(morning, random.between(7 * 3600, 10 * 3600))
}

/// Where a read letter lies: what is older has mostly been archived.
fn kept_in(day: i64, random: &mut Random) -> Folder {
    if day < Year::ago(40) && random.chance(0.75) {
        Folder::Archive
    } else {
        Folder::Inbox
    }
}
