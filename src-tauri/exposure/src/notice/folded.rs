//! A text in the form in which words are looked for, and the way back to the place where they
//! stand: sentences folded by NFKC and case, without the spaces and line ends that Japanese mail
//! has inside words.

use memchr::memmem;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A sentence longer than this is cut, in bytes of the text.
const LONGEST: usize = 1_500;
/// A line shorter than this, before one that begins with a capital letter, is a heading.
const HEADING: usize = 50;
/// How far the parts of a term may lie apart, in bytes.
const GAP: usize = 120;

/// A sentence, a heading or an item of a list.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// In the form in which words are looked for.
    pub(super) folded: String,
    /// For each byte of `folded`, where its character begins in the text.
    from: Vec<usize>,
    /// Where it stands in the text.
    pub(super) place: Range<usize>,
    /// The line of the text in which it begins, from 1.
    pub(super) line: u32,
    /// It is an item of a list.
    pub(super) item: bool,
    /// An empty line stands before it.
    pub(super) apart: bool,
}

impl Sentence {
    /// Where a place of the folded form stands in the text.
    pub(super) fn origin(&self, at: usize) -> usize {
        self.from.get(at).copied().unwrap_or(self.place.end)
    }
}

/// A subject, or another short text, in the form in which words are looked for.
pub(super) fn folded(text: &str) -> String {
    fold(text, 0).0
}

fn fold(text: &str, offset: usize) -> (String, Vec<usize>) {
    let (mut out, mut from) = (String::with_capacity(text.len()), Vec::new());
    let mut space = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            space = space.or(Some(at));
            continue;
        }
        // A voiced half-width kana is two characters and one letter.
        let voiced = chars.next_if(|(_, next)| matches!(next, '\u{FF9E}' | '\u{FF9F}'));
        let pair = std::iter::once(c).chain(voiced.map(|(_, mark)| mark));
        for c in pair.nfkc().flat_map(char::to_lowercase) {
            let c = match c {
                '\u{2018}' | '\u{2019}' => '\'',
                '\u{2010}'..='\u{2015}' => '-',
                c => c,
            };
            if let Some(space) = space.take()
                && c.is_ascii()
                && out.ends_with(|before: char| before.is_ascii())
            {
                out.push(' ');
                from.push(offset + space);
            }
            out.push(c);
            from.extend(std::iter::repeat_n(offset + at, c.len_utf8()));
        }
    }
    (out, from)
}

/// The sentences of a text in their order.
pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut begin: Option<(usize, u32, bool)> = None;
    let mut apart = true;
    let mut at = 0;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (n, line) in lines.iter().enumerate() {
        let number = u32::try_from(n + 1).unwrap_or(u32::MAX);
        let trimmed = line.trim();
        let blank = !trimmed.chars().any(char::is_alphanumeric);
        let item = begins_item(trimmed);
        if blank || item {
            close(text, &mut begin, at, &mut apart, &mut found);
        }
        if blank {
            apart = true;
        } else {
            let mut parts = ends(line);
            parts.push(line.len());
            let mut from = 0;
            for end in parts {
                let piece = line.get(from..end).unwrap_or_default();
                if begin.is_none() && piece.chars().any(char::is_alphanumeric) {
                    let white = piece.len() - piece.trim_start().len();
                    begin = Some((at + from + white, number, item && from == 0));
                }
                let long = begin.is_some_and(|(begin, _, _)| at + end - begin > LONGEST);
                if end < line.len() || long || ends_here(trimmed, lines.get(n + 1)) {
                    close(text, &mut begin, at + end, &mut apart, &mut found);
                }
                from = end;
            }
        }
        at += line.len();
    }
    close(text, &mut begin, at, &mut apart, &mut found);
    found
}

fn close(
    text: &str,
    begin: &mut Option<(usize, u32, bool)>,
    end: usize,
    apart: &mut bool,
    found: &mut Vec<Sentence>,
) {
    let Some((start, line, item)) = begin.take() else {
        return;
    };
    let piece = text.get(start..end).unwrap_or_default().trim_end();
    let (folded, from) = fold(piece, start);
    found.push(Sentence {
        folded,
        from,
        place: start..start + piece.len(),
        line,
        item,
        apart: std::mem::take(apart),
    });
}

/// Whether a line is an item of a list or a heading with a mark or a number before it.
fn begins_item(line: &str) -> bool {
    const MARKS: &str = "・･●○◆◇■□★☆※▼▽▶►•‣◦*＊-–—【［[(（<＜①②③④⑤⑥⑦⑧⑨⑩";
    let Some(first) = line.chars().next() else {
        return false;
    };
    if MARKS.contains(first) {
        return true;
    }
    let figures =
        line.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let numbered = line.len() - figures.len();
    (1..=6).contains(&numbered)
        && (figures.starts_with(['．', '）', '、'])
            || figures.starts_with(". ")
            || figures.starts_with(") ")
            || (figures.starts_with('.')
                && figures
                    .get(1..)
                    .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))))
}

/// Whether a sentence ends with this line although no sign says so.
fn ends_here(line: &str, next: Option<&&str>) -> bool {
    let next = next.map_or("", |next| next.trim());
    let heading = line.len() < HEADING && line.is_ascii() && !line.ends_with([',', '-']);
    let capital = next.starts_with(|c: char| c.is_ascii_uppercase());
    heading && capital
}

/// Where sentences, and denials that only lead to the next statement, end within a line.
fn ends(line: &str) -> Vec<usize> {
    const ABBREVIATED: [&str; 14] = [
        "inc", "ltd", "co", "corp", "mr", "mrs", "ms", "dr", "no", "vs", "e.g", "i.e", "st",
        "approx",
    ];
    let mut found: Vec<usize> = Vec::new();
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        if end - found.last().copied().unwrap_or(0) > LONGEST {
            found.push(end);
            continue;
        }
        let rest = line.get(end..).unwrap_or_default();
        let ended = match c {
            '。' | '！' | '？' | '｡' => !rest.starts_with(['」', '）', ')']),
            '!' | '?' => rest.is_empty() || rest.starts_with(char::is_whitespace),
            ';' => rest.starts_with(' '),
            '.' => {
                let before = line.get(..at).unwrap_or_default();
                let word = before
                    .rsplit([' ', '('])
                    .next()
                    .unwrap_or_default()
                    .to_lowercase();
                let initial = word.chars().count() == 1;
                // "1." before a heading is its number.
                let number = word.bytes().all(|b| b.is_ascii_digit()) && before.trim() == word;
                let shortened = initial || number || ABBREVIATED.contains(&word.as_str());
                let last = rest.trim().is_empty() && !word.is_empty();
                last || rest.starts_with(char::is_whitespace) && !shortened
            }
            '、' | ',' => {
                let before = line.get(..at).unwrap_or_default();
                before.ends_with("ませんが")
                    || before.ends_with("ないものの")
                    || before.ends_with("ませんでしたが")
                    || rest.starts_with(" but ")
                    || rest.starts_with(" however ")
            }
            _ => false,
        };
        if ended {
            found.push(end);
        }
    }
    found
}

/// Where a term stands in a folded text. Its parts, between which `..` stands, follow one another
/// at no great distance. A part that begins with a Latin letter or a figure begins a word there;
/// one that ends in `$` ends one.
pub(super) fn place(folded: &str, term: &str) -> Option<Range<usize>> {
    let (first, rest) = term.split_once("..").unwrap_or((term, ""));
    let mut at = 0;
    while let Some(found) = part(folded, first.trim(), at) {
        let mut end = found.end;
        let whole = rest.is_empty()
            || rest.split("..").all(|next| {
                let near = part(within(folded, end + GAP), next.trim(), end);
                end = near.as_ref().map_or(end, |next| next.end);
                near.is_some()
            });
        if whole {
            return Some(found.start..end);
        }
        at = found.end;
    }
    None
}

/// The text up to a place, or a little less where a character stands across it.
fn within(folded: &str, end: usize) -> &str {
    let end = (0..=end.min(folded.len()))
        .rev()
        .find(|at| folded.is_char_boundary(*at));
    folded.get(..end.unwrap_or(0)).unwrap_or_default()
}

fn part(folded: &str, part: &str, from: usize) -> Option<Range<usize>> {
    let (word, whole) = part
        .strip_suffix('$')
        .map_or((part, false), |word| (word, true));
    if word.is_empty() {
        return None;
    }
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let begins = latin(word.chars().next());
    let mut at = from;
    loop {
        let rest = folded.as_bytes().get(at..)?;
        let start = at + memmem::find(rest, word.as_bytes())?;
        let end = start + word.len();
        let before = folded.get(..start).and_then(|b| b.chars().next_back());
        let after = folded.get(end..).and_then(|a| a.chars().next());
        if !(begins && latin(before) || whole && latin(after)) {
            return Some(start..end);
        }
        at = end;
    }
}
