//! Text in columns of a terminal, where a Japanese character takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// On which side of its cell a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At the left: words.
    Left,
    /// At the right: figures.
    Right,
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// A text filled up with spaces to so many columns; a longer one stays as it is.
pub fn padded(text: &str, columns: usize, side: Side) -> String {
    let space = " ".repeat(columns.saturating_sub(width(text)));
    match side {
        Side::Left => format!("{text}{space}"),
        Side::Right => format!("{space}{text}"),
    }
}

/// A text of at most so many columns; an ellipsis stands for what is cut.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = text.to_owned();
    split_off(&mut kept, columns.saturating_sub(1));
    kept.push('…');
    kept
}

/// Characters that do not begin a line in Japanese typesetting (a part of JIS X 4051).
const NOT_FIRST: &str = "、。，．・：；？！）」』】〕〉》ー…ゃゅょっャュョッ,.:;?!)]}%";
/// Characters that do not end a line.
const NOT_LAST: &str = "（「『【〔〈《([{";

/// A text in lines of at most so many columns, broken at spaces and between Japanese characters.
/// What has no place to break is broken where the line ends.
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let (space, word) = match piece.strip_prefix(' ') {
            Some(word) => (" ", word),
            None => ("", piece.as_str()),
        };
        if line.is_empty() {
            line.push_str(word);
        } else if width(&line) + width(space) + width(word) <= columns {
            line.push_str(space);
            line.push_str(word);
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        }
        while width(&line) > columns {
            let rest = split_off(&mut line, columns);
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// What stays together on a line; a piece that follows a space begins with it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for c in text.chars() {
        let breaks = match before {
            None => true,
            Some(_) if c == ' ' => true,
            Some(' ') => false,
            Some(last) => splits(last, c) && !NOT_FIRST.contains(c) && !NOT_LAST.contains(last),
        };
        match pieces.last_mut() {
            // Spaces in a row are one.
            Some(last) if c == ' ' && last == " " => {}
            Some(last) if !breaks => last.push(c),
            Some(_) | None => pieces.push(c.to_string()),
        }
        before = Some(c);
    }
    pieces
}

/// Whether a line may end between two characters: around Japanese ones, but not between a figure
/// and its counter.
fn splits(last: char, next: char) -> bool {
    (is_wide(last) || is_wide(next)) && !(last.is_ascii_digit() && is_wide(next))
}

fn is_wide(c: char) -> bool {
    UnicodeWidthChar::width(c).unwrap_or(0) > 1
}

/// Cuts a line after so many columns and gives back what follows.
fn split_off(line: &mut String, columns: usize) -> String {
    let mut taken = 0;
    let at = line.char_indices().find_map(|(at, c)| {
        taken += UnicodeWidthChar::width(c).unwrap_or(0);
        (taken > columns).then_some(at)
    });
    line.split_off(at.unwrap_or(line.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_a_japanese_character_as_two_columns() {
        let check = |text: &str, want: usize| assert_eq!(width(text), want, "{text}");
        check("shop@example.org", 16);
        check("迷惑メール", 10);
        check("ﾒｰﾙ", 3);
        check("", 0);
        assert_eq!(
            padded("迷惑", 6, Side::Left),
            "迷惑  ",
            "two characters take four of six columns"
        );
        assert_eq!(padded("12", 4, Side::Right), "  12");
        assert_eq!(
            padded("迷惑メール", 4, Side::Left),
            "迷惑メール",
            "nothing is cut here"
        );
    }

    #[test]
    fn cuts_between_characters() {
        let check = |text: &str, columns: usize, want: &str| {
            assert_eq!(cut(text, columns), want, "{text} in {columns}");
        };
        check("subject", 7, "subject");
        check("subject", 6, "subje…");
        check("件名です", 8, "件名です");
        check("件名です", 7, "件名で…");
        check("件名です", 6, "件名…");
    }

    #[test]
    fn breaks_lines_where_a_reader_would() {
        let check = |text: &str, columns: usize, want: &[&str]| {
            let lines = wrapped(text, columns);
            assert_eq!(lines, want, "{text:?} in {columns} columns");
            for line in lines {
                assert!(
                    width(&line) <= columns + 2,
                    "{line:?} is wider than {columns}"
                );
            }
        };
        check("one two three", 7, &["one two", "three"]);
        check("one  two", 20, &["one two"]);
        check(
            "a-long-word-without-any-break",
            10,
            &["a-long-wor", "d-without-", "any-break"],
        );
        check(
            "迷惑メールが増えました。",
            12,
            &["迷惑メールが", "増えました。"],
        );
        // The full stop is no first character: it takes the one before it along.
        check("迷惑メールが増えた。", 18, &["迷惑メールが増え", "た。"]);
        check("流出元（推測）です", 8, &["流出元", "（推測）", "です"]);
        check("Atesaki は読みます", 12, &["Atesaki は読", "みます"]);
        check("1日あたり5.8通", 9, &["1日あたり", "5.8通"]);
        check("", 10, &[""]);
    }
}
