//! What stands in the columns of a table: by what they are called, and by what is in them.

use super::table::{CALLED, ENDS, FIRMS, PREFECTURES, TOWNS};
use super::{Row, find};
use crate::vocab::coded;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

/// Share of the cells of a column that must be of a kind for the column to be of it.
const MOSTLY: f64 = 0.6;
/// Longest name of a column, in characters; longer is a sentence.
const LONGEST: usize = 24;
/// How much of a cell is looked at, in characters.
const LOOKED: usize = 100;

coded! {
    /// What stands in a column.
    ColumnKind {
        /// E-mail addresses.
        Email = 0 => "email",
        /// Names of people.
        Name = 1 => "name",
        /// Postal addresses, or parts of them.
        Postal = 2 => "postal",
        /// Phone numbers.
        Phone = 3 => "phone",
        /// Days of birth, or ages.
        Birth = 4 => "birth",
        /// Numbers of customers, members, patients and the like.
        Id = 5 => "id",
        /// Numbers of cards or bank accounts.
        Card = 6 => "card",
        /// Anything else.
        Other = 7 => "other",
    }
}

impl ColumnKind {
    /// Whether a name beside it is a person's, and not what a thing is called.
    pub(super) const fn tells_people(self) -> bool {
        match self {
            ColumnKind::Postal
            | ColumnKind::Phone
            | ColumnKind::Birth
            | ColumnKind::Id
            | ColumnKind::Card => true,
            ColumnKind::Email | ColumnKind::Name | ColumnKind::Other => false,
        }
    }
}

/// The row that names the columns, if there is one, and what stands in each column. `rows` are the
/// first of a table.
pub(super) fn columns(rows: &[Row]) -> (Option<usize>, Vec<Option<ColumnKind>>) {
    // Titles and addresses stand above lists: the row that names most columns is the one.
    let mut head: Option<(usize, usize)> = None;
    for (at, row) in rows.iter().enumerate() {
        let full = row.cells().filter(|cell| !cell.trim().is_empty()).count();
        let named = row.cells().filter(|cell| called(cell).is_some()).count();
        let enough = named >= 2 || (named == 1 && full <= 2);
        if enough && head.is_none_or(|(_, most)| named > most) {
            head = Some((at, named));
        }
    }
    let head = head.map(|(at, _)| at);
    let body = rows.get(head.map_or(0, |at| at + 1)..).unwrap_or_default();
    let names = head.and_then(|at| rows.get(at));
    let width = body.iter().chain(names).map(Row::len).max().unwrap_or(0);
    let column = |at: usize| {
        let name = names.map(|row| row.cell(at)).unwrap_or_default();
        kind(name, names.is_some(), &Look::of(body, at))
    };
    (head, (0..width).map(column).collect())
}

/// What a column is called, in one width, without signs and in lower case.
fn called(name: &str) -> Option<ColumnKind> {
    if name.len() > LONGEST * 4 || name.contains('@') {
        return None;
    }
    let name: String = name
        .nfkc()
        .filter(|c| c.is_alphanumeric() || *c == '〒')
        .flat_map(char::to_lowercase)
        .collect();
    if name.is_empty() || name.chars().count() > LONGEST {
        return None;
    }
    let known = CALLED.iter().find(|called| {
        called.whole.contains(&name.as_str()) || called.part.iter().any(|part| name.contains(part))
    });
    let ends = || name.ends_with(ENDS).then_some(ColumnKind::Name);
    known.map(|called| called.kind).or_else(ends)
}

/// `None` for a column in which nothing stands.
fn kind(name: &str, named: bool, look: &Look) -> Option<ColumnKind> {
    if look.cells == 0 {
        return None;
    }
    if look.emails >= MOSTLY {
        return Some(ColumnKind::Email);
    }
    let by_name = called(name);
    let by_cells = [
        (look.cards, ColumnKind::Card),
        (look.phones, ColumnKind::Phone),
        (look.postal, ColumnKind::Postal),
    ];
    let by_cells = by_cells.into_iter().find(|(share, _)| *share >= MOSTLY);
    let by_cells = by_cells.map(|(_, kind)| kind);
    Some(match by_name {
        // Some have none.
        Some(ColumnKind::Email) if look.emails > 0.0 => ColumnKind::Email,
        Some(ColumnKind::Email) => by_cells.unwrap_or(ColumnKind::Other),
        Some(ColumnKind::Name) if look.firms >= 0.5 => ColumnKind::Other,
        Some(kind) => kind,
        None => match by_cells {
            Some(kind) => kind,
            // Without names of columns two words with capitals may be anybody's name.
            None if !named && look.names >= MOSTLY => ColumnKind::Name,
            None => ColumnKind::Other,
        },
    })
}

/// What the cells of a column look like, as shares of those that are not empty.
struct Look {
    cells: usize,
    emails: f64,
    cards: f64,
    phones: f64,
    postal: f64,
    names: f64,
    firms: f64,
}

impl Look {
    fn of(rows: &[Row], at: usize) -> Look {
        let mut counts = [0_usize; 7];
        for row in rows {
            let cell = row.cell(at).trim();
            if cell.is_empty() {
                continue;
            }
            let mut emails = 0;
            find::addresses(cell, |_| emails += 1);
            let cell: String = cell.chars().take(LOOKED).nfkc().collect();
            let are = [
                true,
                emails > 0,
                is_card(&cell),
                is_phone(&cell),
                is_postal(&cell),
                is_name(&cell),
                is_firm(&cell),
            ];
            for (count, is) in counts.iter_mut().zip(are) {
                *count += usize::from(is);
            }
        }
        let [cells, emails, cards, phones, postal, names, firms] = counts;
        let share = |count: usize| count as f64 / cells.max(1) as f64;
        Look {
            cells,
            emails: share(emails),
            cards: share(cards),
            phones: share(phones),
            postal: share(postal),
            names: share(names),
            firms: share(firms),
        }
    }
}

/// The digits of a text that has only digits and these signs; `None` for any other.
fn digits(text: &str, signs: &str) -> Option<Vec<u32>> {
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || signs.contains(c));
    plain.then(|| text.chars().filter_map(|c| c.to_digit(10)).collect())
}

/// By its length and its check digit (Luhn).
fn is_card(text: &str) -> bool {
    let Some(digits) = digits(text, " -") else {
        return false;
    };
    let double = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { double(*digit) } else { *digit })
        .sum();
    (14..=19).contains(&digits.len()) && digits.first() != Some(&0) && sum.is_multiple_of(10)
}

/// A number that can be dialled: it begins with 0 or +, and is no day (2026-01-02).
fn is_phone(text: &str) -> bool {
    let starts = text.trim_start_matches('(').starts_with(['0', '+']);
    starts && digits(text, " -()+./").is_some_and(|digits| (9..=15).contains(&digits.len()))
}

fn is_postal(text: &str) -> bool {
    let code = text.strip_prefix('〒').unwrap_or(text);
    let is_code = code.len() == 8
        && code.bytes().enumerate().all(|(at, b)| {
            if at == 3 {
                b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    let prefecture = text
        .char_indices()
        .skip(2)
        .take(2)
        .find(|(_, c)| PREFECTURES.contains(c));
    let town =
        prefecture.and_then(|(at, _)| text.get(at..)?.chars().skip(1).find(|c| TOWNS.contains(c)));
    is_code || text.starts_with('〒') || town.is_some()
}

/// Two or three words of letters, each with a capital where its letters have any.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |word: &&str| {
        let letters = word.chars().all(|c| c.is_alphabetic() || ".'-".contains(c));
        letters && word.len() <= 40 && !word.starts_with(|c: char| c.is_lowercase())
    };
    (2..=3).contains(&words.len()) && words.iter().all(is_word)
}

fn is_firm(text: &str) -> bool {
    let text = format!("{} ", text.to_lowercase());
    FIRMS.iter().any(|firm| text.contains(firm)) || text.trim_end().ends_with('店')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_what_they_are_called() {
        let check = |name: &str, want: Option<ColumnKind>| {
            assert_eq!(called(name), want, "{name}");
        };
        check("E-Mail", Some(ColumnKind::Email));
        check("メールアドレス", Some(ColumnKind::Email));
        check("お客様番号", Some(ColumnKind::Id));
        check("お客さま氏名（漢字）", Some(ColumnKind::Name));
        check("ご住所", Some(ColumnKind::Postal));
        check("Billing Address 1", Some(ColumnKind::Postal));
        check("Customer name", Some(ColumnKind::Name));
        check("First Name", Some(ColumnKind::Name));
        check("Ｔｅｌ", Some(ColumnKind::Phone));
        check("生年月日", Some(ColumnKind::Birth));
        check("カード番号", Some(ColumnKind::Card));
        check("商品名", Some(ColumnKind::Other));
        check("Product name", Some(ColumnKind::Other));
        check("店舗住所", Some(ColumnKind::Other));
        check("File name", Some(ColumnKind::Other));
        check("会社電話番号", Some(ColumnKind::Other));
        check("様式", None);
        check("ada@example.org", None);
        check("山田太郎", None);
        check("", None);
    }

    #[test]
    fn cells_tell_what_stands_in_a_column_without_a_name() {
        let check = |text: &str, want: [bool; 4]| {
            let found = [
                is_phone(text),
                is_postal(text),
                is_name(text),
                is_card(text),
            ];
            assert_eq!(found, want, "{text}: phone, postal, name, card");
        };
        check("090-1234-5678", [true, false, false, false]);
        check("+81 (0)3-1234-5678", [true, false, false, false]);
        check("2026-01-02", [false, false, false, false]);
        check("100-0001", [false, true, false, false]);
        check("東京都千代田区千代田1-1", [false, true, false, false]);
        check("神奈川県横浜市西区", [false, true, false, false]);
        check("京都府", [false, false, false, false]);
        check("山田 太郎", [false, false, true, false]);
        check("Ada Lovelace", [false, false, true, false]);
        check("blue shirt", [false, false, false, false]);
        check("4111 1111 1111 1111", [false, false, false, true]);
        check("4111 1111 1111 1112", [false, false, false, false]);
        check("", [false, false, false, false]);
    }
}
