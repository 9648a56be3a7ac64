//! Finding addresses and names in the cells of a table.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use unicode_normalization::UnicodeNormalization;

/// Longest parts of an address, in bytes.
const LOCAL: usize = 64;
const DOMAIN: usize = 253;
/// What may follow a name in its cell.
const AFTER: [&str; 6] = ["", "様", "さま", "さん", "殿", "御中"];

/// A number that stands for a text: nobody's data is kept to be compared.
pub(super) fn mark(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Calls `each` with every e-mail address in a text, in lower case.
pub(super) fn addresses(text: &str, mut each: impl FnMut(&str)) {
    if !text.contains(['@', '＠', '﹫']) {
        return;
    }
    let text: Cow<'_, str> = match text.is_ascii() {
        true => text.into(),
        false => text.nfkc().collect::<String>().into(),
    };
    let bytes = text.as_bytes();
    let is_local = |b: &u8| b.is_ascii_alphanumeric() || b"._+-%&~!#$*^".contains(b);
    let is_domain = |b: &u8| b.is_ascii_alphanumeric() || b".-".contains(b);
    let mut found = String::new();
    for (at, _) in text.match_indices('@') {
        let before = bytes.get(..at).unwrap_or_default();
        let after = bytes.get(at + 1..).unwrap_or_default();
        // One more than is allowed shows that there is too much.
        let local = before
            .iter()
            .rev()
            .take(LOCAL + 1)
            .take_while(|b| is_local(b));
        let local = local.count();
        let domain = after.iter().take(DOMAIN + 1).take_while(|b| is_domain(b));
        let domain = text
            .get(at + 1..at + 1 + domain.count())
            .unwrap_or_default();
        let domain = domain.trim_end_matches(['.', '-']);
        let Some((rest, top)) = domain.rsplit_once('.') else {
            continue;
        };
        let is_top = top.len() >= 2
            && (top.bytes().all(|b| b.is_ascii_alphabetic()) || top.starts_with("xn--"));
        let whole = !rest.is_empty() && !rest.starts_with(['.', '-']) && !domain.contains("..");
        if local == 0 || local > LOCAL || domain.len() > DOMAIN || !is_top || !whole {
            continue;
        }
        found.clear();
        found.push_str(text.get(at - local..=at).unwrap_or_default());
        found.push_str(domain);
        found.make_ascii_lowercase();
        each(&found);
    }
}

/// A text as names are compared: in one width, without spaces, in lower case.
pub(super) fn plain(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    text.nfkc()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
}

/// Whether a cell, or two side by side, is a name that is plain already, with a form of address or
/// an e-mail address after it.
pub(super) fn is_name(name: &str, cell: impl Iterator<Item = char>) -> bool {
    let mut cell = plain(cell);
    if !name.chars().all(|want| cell.next() == Some(want)) {
        return false;
    }
    let rest: String = cell.take(3).collect();
    AFTER.contains(&rest.as_str()) || rest.starts_with(['<', '('])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_addresses_as_people_write_them() {
        let check = |text: &str, want: &[&str]| {
            let mut found = Vec::new();
            addresses(text, |address| found.push(address.to_owned()));
            assert_eq!(found, want, "{text:?}");
        };
        check("Ada@Example.ORG", &["ada@example.org"]);
        check(
            "\"Ada\" <ada@example.org>; bo.b+x@mail.example.net.",
            &["ada@example.org", "bo.b+x@mail.example.net"],
        );
        check(
            "メールはａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇまで",
            &["ada@example.org"],
        );
        check("連絡先:ada@例.example", &[]);
        check(
            "mailto:ada@xn--r8jz45g.xn--zckzah",
            &["ada@xn--r8jz45g.xn--zckzah"],
        );
        check("a..b.@docomo.example", &["a..b.@docomo.example"]);
        check("@ada @@ a@b a@b.c a@.org a@-x.org a@x..org a@1.2.3.4", &[]);
        check(&format!("{}@example.org", "a".repeat(65)), &[]);
        check("", &[]);
    }

    #[test]
    fn a_name_is_the_same_in_every_width_and_spacing() {
        let check = |name: &str, cell: &str, want: bool| {
            let name: String = plain(name.chars()).collect();
            assert_eq!(is_name(&name, cell.chars()), want, "{name} in {cell:?}");
        };
        check("山田 太郎", "山田太郎", true);
        check("山田 太郎", "山田　太郎 様", true);
        check("山田 太郎", "山田太郎丸", false);
        check("山田 太郎", "山田", false);
        check("ヤマダ タロウ", "ﾔﾏﾀﾞ ﾀﾛｳ", true);
        check("ヤマダ タロウ", "やまだ たろう", false);
        check("Ada Lovelace", "ＡＤＡ LOVELACE", true);
        check("Ada Lovelace", "Ada Lovelace <ada@example.org>", true);
        check("Ada Lovelace", "Lovelace Ada", false);
    }
}
