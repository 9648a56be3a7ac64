//! Text from mail or files is shown through one function.

/// `text` made safe to show: C0, C1, bidirectional controls and zero-width characters replaced by
/// nothing or a space, white space folded, at most `limit` characters (an ellipsis marks a cut).
pub fn shown(text: &str, limit: usize) -> String {
    let plain = text.len() <= limit && text.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
    if plain && !text.contains("  ") && !text.starts_with(' ') && !text.ends_with(' ') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len().min(limit.saturating_mul(4)));
    let mut count = 0;
    let mut space = false;
    for c in text.chars() {
        if is_invisible(c) {
            continue;
        }
        if c.is_whitespace() || c.is_control() {
            space = !out.is_empty();
            continue;
        }
        let needed = if space { 2 } else { 1 };
        if count + needed > limit {
            while count >= limit {
                out.pop();
                count -= 1;
            }
            out.push('…');
            return out;
        }
        if space {
            out.push(' ');
            space = false;
        }
        out.push(c);
        count += needed;
    }
    out
}

/// Zero-width and bidirectional control characters, which can make text read as something else.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn shows_no_control_and_no_invisible_characters() {
        let check = |text: &str, limit: usize, want: &str| {
            assert_eq!(shown(text, limit), want, "{text:?} within {limit}");
        };
        check("plain", 10, "plain");
        check("  two\t\r\n lines ", 20, "two lines");
        check("a\u{202E}gpj.exe", 20, "agpj.exe");
        check("\u{1b}[31mred\u{7}", 20, "[31mred");
        check("日本語の件名です", 4, "日本語…");
        check("", 4, "");
    }
}
