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

/// The reading of a mail that is a notice.
pub(super) fn reading(title: &str, text: &str, sentences: &[Sentence], heard: &[Heard]) -> Reading {
    let mut found = Found::default();
    let mut list = List::None;
    let mut left = 0_usize;
    for (sentence, heard) in sentences.iter().zip(heard) {
        let bare = without_gaps(&sentence.folded);
        if left == 0 || !(sentence.item || !sentence.apart) {
            list = List::None;
        }
        left = left.saturating_sub(1);
        found.take(text, sentence, &bare, *heard, list);
        if let Some(opened) = opens(&bare, *heard) {
            (list, left) = (opened, LIST);
        }
    }
    let leaks = || heard.iter().filter(|heard| heard.leak);
    let claim = if leaks().any(|heard| !heard.hedged) {
        Claim::GotOut
    } else if leaks().next().is_some() {
        Claim::MayHave
    } else if heard.iter().any(|heard| heard.denied) || !any(title, words::GOT_OUT) {
        Claim::Incident
    } else if any(title, words::HEDGED) {
        Claim::MayHave
    } else {
        Claim::GotOut
    };
    found.says.sort_by_key(|said| (said.item, said.line));
    let said: BTreeSet<Item> = found.says.iter().map(|said| said.item).collect();
    Reading {
        claim,
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
    fn take(&mut self, text: &str, sentence: &Sentence, bare: &str, heard: Heard, list: List) {
        for (item, terms) in words::ITEMS {
            let denied = heard.denied && !matches!(item, Item::Consequences);
            if let Some(at) = first(bare, terms).filter(|_| !denied) {
                if *item == Item::Consequences && !follows(bare) {
                    continue;
                }
                if *item == Item::Offer && self.amount.is_none() {
                    self.amount = amount(bare).and_then(|at| excerpt(text, sentence, &at));
                }
                self.say(*item, text, sentence, at);
            }
        }
        let label = any(bare, words::WHEN_LABEL);
        let tells = heard.leak || heard.incident;
        if (label || tells)
            && !heard.denied
            && let Some(at) = date(bare)
        {
            self.say(Item::When, text, sentence, at);
        }
        if let Some(at) = deadline(bare) {
            self.say(Item::Deadline, text, sentence, at);
        }
        self.data(text, sentence, bare, heard, list);
        let counted = tells || list == List::GotOut || any(bare, words::COUNT_LABEL);
        if counted
            && !heard.denied
            && list != List::LeftIn
            && let Some((count, at)) = people(bare)
        {
            self.people = self.people.max(Some(count));
            self.say(Item::People, text, sentence, at);
        }
    }

    fn data(&mut self, text: &str, sentence: &Sentence, bare: &str, heard: Heard, list: List) {
        let labelled = any(bare, words::DATA_LABEL);
        let here = heard.leak || labelled || list == List::GotOut;
        if !here || heard.denied || any(bare, words::LEFT_IN) || list == List::LeftIn && !heard.leak
        {
            return;
        }
        let asks = any(bare, words::CHANGES) && !heard.leak;
        let mut begin: Option<Range<usize>> = None;
        for (class, terms) in words::DATA {
            if let Some(at) = first(bare, terms).filter(|_| !asks) {
                self.data.insert(*class);
                begin = Some(begin.filter(|begin| begin.start < at.start).unwrap_or(at));
            }
        }
        if let Some(at) = begin {
            self.say(Item::Data, text, sentence, at);
        }
    }

    fn say(&mut self, item: Item, text: &str, sentence: &Sentence, at: Range<usize>) {
        let said = self.says.iter().filter(|said| said.item == item);
        if said.clone().count() >= EACH || said.clone().any(|said| said.line == sentence.line) {
            return;
        }
        if let Some(quote) = quote(text, sentence, &at) {
            let before = text.get(sentence.place.start..sentence.origin(at.start));
            let lines = before.map_or(0, |before| before.matches('\n').count());
            let begun = quote.starts_with('…');
            let line = sentence.line
                + if begun {
                    u32::try_from(lines).unwrap_or(0)
                } else {
                    0
                };
            self.says.push(Said { item, quote, line });
        }
    }
}

/// Whether a sentence speaks of harm that may come, came or did not come.
fn follows(bare: &str) -> bool {
    any(bare, words::FOLLOWS)
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

/// An excerpt around a place, at most [`QUOTE_LIMIT`] characters: the whole sentence, or from the
/// clause in which the place stands.
fn quote(text: &str, sentence: &Sentence, at: &Range<usize>) -> Option<String> {
    let whole = text.get(sentence.place.clone())?;
    let whole = whole.trim_start_matches(|c: char| "・･●○◆◇■□※*-–— \t".contains(c));
    let all = shown(whole, whole.len());
    if all.chars().count() <= QUOTE_LIMIT {
        return Some(all).filter(|all| !all.is_empty());
    }
    let start = sentence.origin(at.start);
    let end = sentence.origin(at.end.saturating_sub(1));
    let before = text.get(sentence.place.start..start)?;
    let room = QUOTE_LIMIT - 1;
    let needed = text.get(start..end)?.chars().count();
    // The last clause that begins far enough before the place, and not too far.
    let clause = before
        .char_indices()
        .filter(|(_, c)| matches!(c, '、' | ',' | '，' | ';' | ':' | '：' | '。'))
        .map(|(at, c)| sentence.place.start + at + c.len_utf8())
        .chain([sentence.place.start])
        .filter(|from| {
            text.get(*from..start)
                .is_some_and(|lead| lead.chars().count() + needed < room)
        })
        .min();
    let from = clause.unwrap_or(start);
    let rest = text.get(from..sentence.place.end)?;
    Some(if from == sentence.place.start {
        shown(rest, QUOTE_LIMIT)
    } else {
        format!("…{}", shown(rest, room))
    })
}

/// What stands at a place, as it is written.
fn excerpt(text: &str, sentence: &Sentence, at: &Range<usize>) -> Option<String> {
    let found = text.get(sentence.origin(at.start)..sentence.origin(at.end))?;
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
        let rest = rest.trim_start_matches([' ', '+', '余', '約']);
        let behind = |word: &str| {
            // A few words may stand between: "2,259 of our customers", "500 affected users".
            let near: String = rest
                .chars()
                .take(if word.is_ascii() { 32 } else { 3 })
                .collect();
            if word.is_ascii() {
                place(&near, word).is_some()
            } else {
                near.starts_with(word)
            }
        };
        let ordinal = bare
            .get(..figure.place.start)
            .is_some_and(|before| before.ends_with(['第', '$', '¥']));
        let money = rest.starts_with(['円', '年', '月', '日', '時', '分', '%', ':', '/', '-']);
        !ordinal && !money && each(words::COUNTED).any(behind)
    };
    let all = figures(bare);
    let best = all
        .iter()
        .filter(counted)
        .max_by(|a, b| a.value.total_cmp(&b.value))?;
    (best.value >= 1.0 && best.value <= f64::from(u32::MAX))
        .then(|| (best.value as u32, best.place.clone()))
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
