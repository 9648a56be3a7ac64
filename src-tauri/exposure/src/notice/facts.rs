//! Short facts out of a notice, each quoted with its place. What stands only as a gap to be filled
//! in (`[日付]`, `20**年`) is no fact.

use super::folded::{Sentence, place};
use super::{Claim, DataClass, Heard, Item, QUOTE_LIMIT, Reading, Said, any, each, first, words};
use crate::show::shown;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many facts of one item are kept.
const EACH: usize = 2;
/// How many sentences after a label a list of data may go on.
const LIST: usize = 14;
/// How many sentences before a fact, and after it, one may stand that says that data got out.
const BEFORE: usize = 8;
const AFTER: usize = 1;

/// The reading of a mail that is a notice.
pub(super) fn reading(title: &str, text: &str, sentences: &[Sentence], heard: &[Heard]) -> Reading {
    let mut found = Found::default();
    let mut list = List::None;
    let mut left = 0_usize;
    for (n, (sentence, heard_here)) in sentences.iter().zip(heard).enumerate() {
        let bare = without_gaps(&sentence.folded);
        if left == 0 || !(sentence.item || !sentence.apart) {
            list = List::None;
        }
        left = left.saturating_sub(1);
        let near = n.saturating_sub(BEFORE)..(n + AFTER + 1).min(heard.len());
        let near = heard
            .get(near)
            .is_some_and(|near| near.iter().any(|heard| heard.leak));
        let here = Here {
            text,
            sentence,
            bare: &bare,
            heard: *heard_here,
            list,
            near,
        };
        found.take(&here);
        if let Some(opened) = opens(&bare, *heard_here) {
            (list, left) = (opened, LIST);
        }
    }
    found.says.sort_by_key(|said| (said.item, said.line));
    let said: BTreeSet<Item> = found.says.iter().map(|said| said.item).collect();
    Reading {
        claim: claim(title, heard),
        leaves_out: Item::OWED
            .into_iter()
            .filter(|item| !said.contains(item))
            .collect(),
        bait: bait(title) || sentences.iter().any(|s| bait(&s.folded)),
        says: found.says,
        data: found.data,
        people: found.people,
        amount: found.amount,
    }
}

/// How far the sentences go, or the title where no sentence says anything.
fn claim(title: &str, heard: &[Heard]) -> Claim {
    let mut leaks = heard.iter().filter(|heard| heard.leak).peekable();
    let told = leaks.peek().is_some();
    if leaks.any(|heard| !heard.hedged) {
        Claim::GotOut
    } else if told {
        Claim::MayHave
    } else if heard.iter().any(|heard| heard.denied) || !any(title, words::LEAK) {
        Claim::Incident
    } else if any(title, words::HEDGED) {
        Claim::MayHave
    } else {
        Claim::GotOut
    }
}

/// One sentence and what stands around it.
struct Here<'a> {
    text: &'a str,
    sentence: &'a Sentence,
    /// Its folded form without gaps.
    bare: &'a str,
    heard: Heard,
    list: List,
    /// A sentence close by says that data got out.
    near: bool,
}

/// Whether a list of data goes on, and of which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    None,
    GotOut,
    LeftIn,
}

/// The list that a sentence opens, if it opens or changes one.
fn opens(bare: &str, heard: Heard) -> Option<List> {
    if any(bare, words::LEFT_IN) {
        return Some(List::LeftIn);
    }
    (heard.leak || any(bare, words::DATA_LABEL)).then_some(List::GotOut)
}

#[derive(Default)]
struct Found {
    says: Vec<Said>,
    data: BTreeSet<DataClass>,
    people: Option<u32>,
    amount: Option<String>,
}

impl Found {
    fn take(&mut self, here: &Here<'_>) {
        let (bare, heard) = (here.bare, here.heard);
        for (item, terms) in words::ITEMS {
            let Some(at) = first(bare, terms).filter(|_| speaks(*item, here)) else {
                continue;
            };
            if *item == Item::Offer && self.amount.is_none() {
                self.amount = amount(bare).and_then(|at| excerpt(here, &at));
            }
            self.say(*item, here, at);
        }
        let tells = heard.leak || heard.incident;
        let dated = any(bare, words::WHEN_LABEL) || tells || heard.told && here.near;
        if let Some(at) = deadline(bare) {
            self.say(Item::Deadline, here, at);
        } else if dated && !heard.denied {
            let day = || first(bare, words::DAYS).filter(|_| tells);
            if let Some(at) = date(bare).or_else(day) {
                self.say(Item::When, here, at);
            }
        }
        self.data(here);
        let counts = tells
            || here.list == List::GotOut
            || here.near && !heard.general
            || any(bare, words::COUNT_LABEL);
        if counts
            && !heard.denied
            && here.list != List::LeftIn
            && let Some((count, at)) = people(bare)
        {
            self.people = self.people.max(Some(count));
            self.say(Item::People, here, at);
        }
    }

    fn data(&mut self, here: &Here<'_>) {
        let (bare, heard) = (here.bare, here.heard);
        let said = heard.leak
            || here.list == List::GotOut
            || any(bare, words::DATA_LABEL)
            || here.near && heard.told;
        let asks = any(bare, words::CHANGES) && !heard.leak;
        let left_in = any(bare, words::LEFT_IN) || here.list == List::LeftIn && !heard.leak;
        if !said || heard.denied || heard.general && !heard.leak || asks || left_in {
            return;
        }
        let mut begin: Option<Range<usize>> = None;
        let tried = any(bare, words::TRIED);
        for (class, terms) in words::DATA {
            if let Some(at) = first(bare, terms)
                && !(tried && *class == DataClass::Password)
            {
                self.data.insert(*class);
                begin = Some(begin.filter(|begin| begin.start < at.start).unwrap_or(at));
            }
        }
        if let Some(at) = begin {
            self.say(Item::Data, here, at);
        }
    }

    fn say(&mut self, item: Item, here: &Here<'_>, at: Range<usize>) {
        let sentence = here.sentence;
        let said = self.says.iter().filter(|said| said.item == item);
        if said.clone().count() >= EACH || said.clone().any(|said| said.line == sentence.line) {
            return;
        }
        if let Some((quote, from)) = quote(here.text, sentence, &at) {
            let before = here
                .text
                .get(sentence.place.start..from)
                .unwrap_or_default();
            let lines = u32::try_from(before.matches('\n').count()).unwrap_or(0);
            let line = sentence.line + lines;
            self.says.push(Said { item, quote, line });
        }
    }
}

/// Whether a sentence that has a word of an item speaks of it.
fn speaks(item: Item, here: &Here<'_>) -> bool {
    match item {
        Item::Consequences => any(here.bare, words::FOLLOWS),
        Item::Contact => reaches(here.bare),
        Item::How | Item::Asks | Item::Measures | Item::Authority | Item::Offer => {
            !here.heard.denied
        }
        Item::When | Item::Data | Item::People | Item::Deadline => false,
    }
}

/// Whether a sentence says where somebody can be reached.
fn reaches(bare: &str) -> bool {
    /// Fewer figures are no telephone number.
    const FIGURES: usize = 6;
    let figures = bare.bytes().filter(u8::is_ascii_digit).count();
    figures >= FIGURES || bare.contains(['@']) || bare.contains("http") || any(bare, words::REACHED)
}

fn bait(sentence: &str) -> bool {
    any(sentence, words::BAIT) && !any(sentence, words::WARNS)
}

/// A folded sentence in which gaps to be filled in are white space, every byte at its place.
fn without_gaps(folded: &str) -> String {
    let mut out = folded.as_bytes().to_vec();
    let mut from = 0;
    while let Some(open) = folded.get(from..).and_then(|rest| rest.find('[')) {
        let open = from + open;
        let Some(close) = folded.get(open..).and_then(|rest| rest.find(']')) else {
            break;
        };
        // Both signs are one byte, so that whole characters are blanked.
        for byte in out.iter_mut().take(open + close + 1).skip(open) {
            *byte = b' ';
        }
        from = open + close + 1;
    }
    String::from_utf8(out).unwrap_or_else(|_| folded.to_owned())
}

/// An excerpt around a place, at most [`QUOTE_LIMIT`] characters, and where it begins: the whole
/// sentence, or from the clause in which the place stands.
fn quote(text: &str, sentence: &Sentence, at: &Range<usize>) -> Option<(String, usize)> {
    let whole = text.get(sentence.place.clone())?;
    let bare = whole.trim_start_matches(|c: char| "・･●○◆◇■□※*-–— \t".contains(c));
    let begin = sentence.place.end - bare.len();
    let all = shown(bare, bare.len());
    if all.chars().count() <= QUOTE_LIMIT {
        return Some((all, begin)).filter(|(all, _)| !all.is_empty());
    }
    let start = sentence.origin(at.start).max(begin);
    let end = sentence.origin(at.end.saturating_sub(1));
    let needed = text
        .get(start..end)
        .map_or(0, |place| place.chars().count());
    let room = QUOTE_LIMIT - 1;
    // The first clause from which the place still fits.
    let clauses = text.get(begin..start)?.char_indices();
    let clauses = clauses
        .filter(|(_, c)| matches!(c, '、' | ',' | '，' | ';' | ':' | '：' | '。'))
        .map(|(at, c)| begin + at + c.len_utf8());
    let fits = |from: &usize| {
        let lead = text.get(*from..start);
        lead.is_some_and(|lead| lead.chars().count() + needed < room)
    };
    let from = [begin]
        .into_iter()
        .chain(clauses)
        .find(fits)
        .unwrap_or(start);
    let rest = text.get(from..sentence.place.end)?;
    let quote = if from == begin {
        shown(rest, QUOTE_LIMIT)
    } else {
        format!("…{}", shown(rest, room))
    };
    Some((quote, from))
}

/// What stands at a place, as it is written.
fn excerpt(here: &Here<'_>, at: &Range<usize>) -> Option<String> {
    let found = here.sentence.origin(at.start)..here.sentence.origin(at.end);
    let found = here.text.get(found)?;
    Some(shown(found, 40)).filter(|found| !found.is_empty())
}

/// A figure in a folded text: where it stands, and its value with thousands, decimals and the
/// words for ten thousand, thousand, million and billion.
struct Figure {
    place: Range<usize>,
    value: f64,
}

fn figures(bare: &str) -> Vec<Figure> {
    const SCALES: [(&str, f64); 9] = [
        ("億", 1e8),
        ("百万", 1e6),
        ("万", 1e4),
        ("千", 1e3),
        (" million", 1e6),
        (" billion", 1e9),
        (" thousand", 1e3),
        ("m ", 1e6),
        ("k ", 1e3),
    ];
    let bytes = bare.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let mut digits = String::new();
        while at < bytes.len() {
            let next_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            match bytes[at] {
                b if b.is_ascii_digit() => digits.push(char::from(b)),
                b',' if next_digit => {}
                b'.' if next_digit => digits.push('.'),
                _ => break,
            }
            at += 1;
        }
        let Ok(mut value) = digits.parse::<f64>() else {
            continue;
        };
        let rest = bare.get(at..).unwrap_or_default();
        if let Some((word, scale)) = SCALES.iter().find(|(word, _)| rest.starts_with(word)) {
            value *= scale;
            at += word.trim_end().len();
            // 1万2,345 is one figure.
            let tail: String = bare
                .get(at..)
                .unwrap_or_default()
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == ',')
                .collect();
            if word.starts_with(['万', '億', '千']) && !tail.is_empty() {
                let small = tail.replace(',', "").parse::<f64>().unwrap_or(0.0);
                at += tail.len();
                let thousands = bare.get(at..).is_some_and(|rest| rest.starts_with('千'));
                at += if thousands { "千".len() } else { 0 };
                value += small * if thousands { 1e3 } else { 1.0 };
            }
        }
        found.push(Figure {
            place: start..at,
            value,
        });
    }
    found
}

/// The most people or records that a sentence counts.
fn people(bare: &str) -> Option<(u32, Range<usize>)> {
    let counted = |figure: &&Figure| {
        let rest = bare.get(figure.place.end..).unwrap_or_default();
        let before = bare.get(..figure.place.start).unwrap_or_default();
        let ordinal = before.ends_with(['第', '$', '¥', '€', '£']);
        let share = rest.starts_with(" of its");
        !ordinal && !share && each(words::COUNTED).any(|word| counts(rest, word))
    };
    let all = figures(bare);
    let best = all.iter().filter(counted);
    let best = best.max_by(|a, b| a.value.total_cmp(&b.value))?;
    (best.value >= 1.0 && best.value <= f64::from(u32::MAX))
        .then(|| (best.value as u32, best.place.clone()))
}

/// Whether what stands behind a figure makes it one of people or records.
fn counts(rest: &str, word: &str) -> bool {
    /// How many characters may stand between: "2,259 of our customers".
    const BETWEEN: usize = 22;
    if !word.is_ascii() {
        let near: String = rest.chars().take(12).collect();
        return rest.trim_start_matches([' ', '余', '約']).starts_with(word)
            && !any(&near, words::SAW);
    }
    let Some(at) = place(rest, word) else {
        return false;
    };
    let between = rest.get(..at.start).unwrap_or_default();
    let other = |c: char| !(c.is_ascii_alphabetic() || matches!(c, ' ' | '+' | '-' | '\''));
    let dated = MONTHS
        .iter()
        .any(|month| place(between, &format!("{month}$")).is_some());
    between.chars().count() <= BETWEEN
        && !between.contains(other)
        && !dated
        && between.starts_with([' ', '+'])
}

const MONTHS: [&str; 23] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
];

/// A date or an hour that stands in a sentence.
fn date(bare: &str) -> Option<Range<usize>> {
    for figure in figures(bare) {
        let rest = bare.get(figure.place.end..).unwrap_or_default();
        let before = bare.get(..figure.place.start).unwrap_or_default();
        let japanese = rest.starts_with(['年', '月', '日', '時'])
            && !rest.starts_with("日間")
            && !rest.starts_with("時間")
            && !rest.starts_with("年間");
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let parted = rest.starts_with(['/', '-', ':']) && digit(rest.chars().nth(1))
            || rest.starts_with('.') && digit(rest.chars().nth(1));
        let after = rest
            .trim_start_matches("st")
            .trim_start_matches("nd")
            .trim_start_matches("rd")
            .trim_start_matches("th")
            .trim_start_matches(" of")
            .trim_start();
        let month = MONTHS.iter().any(|month| {
            let word =
                |text: &str| place(text, &format!("{month}$")).is_some_and(|at| at.start == 0);
            let last = before
                .trim_end_matches([' ', '.', ','])
                .rsplit(' ')
                .next()
                .unwrap_or_default();
            word(after) || last == *month
        });
        if japanese || parted || month {
            return Some(figure.place);
        }
    }
    None
}

/// A date until which the reader is to do something.
fn deadline(bare: &str) -> Option<Range<usize>> {
    /// How far before a date its word may stand, in bytes.
    const NEAR: usize = 12;
    let at = date(bare)?;
    let lead = bare.get(..at.start).unwrap_or_default();
    let near = lead
        .char_indices()
        .rev()
        .map(|(at, _)| at)
        .take(NEAR)
        .last();
    let near = lead.get(near.unwrap_or(0)..).unwrap_or_default();
    let rest = bare.get(at.end..).unwrap_or_default();
    let until = rest.find("まで").filter(|until| {
        // "1日から3日まで" is a time, and no deadline.
        rest.get(..*until)
            .is_some_and(|between| !between.contains("から"))
            && !lead.ends_with("から")
    });
    let due = until.is_some() || any(near, words::DEADLINE);
    (due && any(bare, words::DUE)).then_some(at)
}

/// A sum of money.
fn amount(bare: &str) -> Option<Range<usize>> {
    figures(bare).into_iter().find_map(|figure| {
        let rest = bare.get(figure.place.end..).unwrap_or_default();
        let before = bare.get(..figure.place.start).unwrap_or_default();
        let behind = [
            "円",
            "ポイント",
            "ドル",
            "ユーロ",
            " yen",
            " dollars",
            " euros",
            " usd",
            " eur",
            " gbp",
        ];
        let behind = behind.iter().find(|unit| rest.starts_with(**unit));
        let ahead = ['$', '€', '£', '¥']
            .into_iter()
            .find(|sign| before.ends_with(*sign));
        match (ahead, behind) {
            (Some(sign), _) => Some(figure.place.start - sign.len_utf8()..figure.place.end),
            (None, Some(unit)) => Some(figure.place.start..figure.place.end + unit.len()),
            (None, None) => None,
        }
    })
}
