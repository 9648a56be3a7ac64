//! Blanks in texts.

use super::random::Random;
use jiff::civil::Date;

/// What a blank may ask for.
pub(super) struct Blanks<'a> {
    /// The day the text is sent.
    pub date: Date,
    /// What the sender sells; may be empty where the text does not ask.
    pub items: &'a [&'a str],
    /// How the recipient is addressed.
    pub name: &'a str,
    /// The local part of the recipient's address.
    pub local: &'a str,
    /// A host for links.
    pub host: &'a str,
}

/// A text with its blanks filled.
pub(super) fn filled(text: &str, blanks: &Blanks<'_>, random: &mut Random) -> String {
    let mut text = text.to_owned();
    if text.contains("{item}") && !blanks.items.is_empty() {
        text = text.replace("{item}", random.pick(blanks.items));
    }
    if text.contains("{order}") {
        let order = format!(
            "{}-{:06}",
            random.pick(&["A", "K", "M", "N", "S"]),
            random.below(1_000_000)
        );
        text = text.replace("{order}", &order);
    }
    if text.contains("{n}") {
        text = text.replace("{n}", &random.between(3, 98).to_string());
    }
    if text.contains("{yen}") {
        let yen = random.between(12, 980);
        text = text.replace("{yen}", &format!("{yen},{:03}", random.below(10) * 100));
    }
    text.replace("{month}", &blanks.date.month().to_string())
        .replace("{day}", &blanks.date.day().to_string())
        .replace("{name}", blanks.name)
        .replace("{local}", blanks.local)
        .replace("{host}", blanks.host)
}
