//! Short facts out of a notice, each quoted with its place. What stands only as a gap to be filled
//! in (`[日付]`, `20**年`) is no fact.

use super::figures::{amount, date, deadline, people};
use super::folded::Sentence;
use super::{Claim, DataClass, Heard, Item, QUOTE_LIMIT, Reading, Said, any, first, words};
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
        if left == 0 || sentence.apart && !sentence.item {
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
