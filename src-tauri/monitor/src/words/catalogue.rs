//! Languages and the texts behind their keys.

use crate::fault::Fault;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Japanese.
    Ja,
}

impl Lang {
    /// Reads `en`, `ja`, `ja_JP.UTF-8` and the like; `None` for any other language.
    pub fn parse(text: &str) -> Option<Lang> {
        match text
            .split(['_', '-', '.'])
            .next()?
            .to_ascii_lowercase()
            .as_str()
        {
            "ja" => Some(Lang::Ja),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The language of the system: `ATESAKI_LANG`, else `LC_ALL`, `LC_MESSAGES`, `LANG`; English
    /// where none of them names one that is spoken here.
    pub fn of_system(variable: impl Fn(&str) -> Option<String>) -> Lang {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        set("ATESAKI_LANG")
            .and_then(|text| Lang::parse(&text))
            .or_else(|| {
                ["LC_ALL", "LC_MESSAGES", "LANG"]
                    .into_iter()
                    .find_map(set)
                    .and_then(|text| Lang::parse(&text))
            })
            .unwrap_or(Lang::En)
    }

    /// `en` or `ja`.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ja => "ja",
        }
    }
}

/// The texts of one language.
#[derive(Debug)]
pub struct Words {
    pub(super) lang: Lang,
    texts: BTreeMap<String, String>,
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| {
    Words::read(
        Lang::En,
        include_str!("../../../../ui/src/lib/words/en.json"),
    )
});
static JAPANESE: LazyLock<Words> = LazyLock::new(|| {
    Words::read(
        Lang::Ja,
        include_str!("../../../../ui/src/lib/words/ja.json"),
    )
});

impl Words {
    fn read(lang: Lang, json: &str) -> Words {
        // The catalogue is part of the program and a test reads it; an empty one shows keys.
        Words {
            lang,
            texts: serde_json::from_str(json).unwrap_or_default(),
        }
    }

    /// The texts of a language.
    pub fn of(lang: Lang) -> &'static Words {
        match lang {
            Lang::En => &ENGLISH,
            Lang::Ja => &JAPANESE,
        }
    }

    /// The language.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Every key with its text.
    pub const fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// The text of a key; the key itself where there is none.
    pub fn say(&self, key: &str) -> String {
        self.text(key).to_owned()
    }

    fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with its `{placeholders}` filled.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.text(key);
        let mut out = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, tail)) = after.split_once('}') else {
                break;
            };
            out.push_str(
                values
                    .iter()
                    .find(|(n, _)| *n == name)
                    .map_or("", |(_, value)| value),
            );
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// A counted text: `key.one` for 1, `key.other` else; `{n}` is the number.
    pub fn count(&self, key: &str, n: u64, values: &[(&str, &str)]) -> String {
        let form = if n == 1 { "one" } else { "other" };
        let number = self.number(n);
        let mut all = vec![("n", number.as_str())];
        all.extend_from_slice(values);
        self.fill(&format!("{key}.{form}"), &all)
    }

    /// A number with thousands separators.
    pub fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    /// "A, B and C".
    pub fn list(&self, items: &[String]) -> String {
        self.joined("list.and", items)
    }

    /// "A, B, or C": explanations of which one may hold.
    pub fn alternatives(&self, items: &[String]) -> String {
        self.joined("list.or", items)
    }

    fn joined(&self, key: &str, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                let first = first.join(self.text("list.comma"));
                self.fill(key, &[("first", &first), ("last", last)])
            }
        }
    }

    /// What happened and what to do in the window, where there are no options to type.
    pub fn fault_in_window(&self, fault: &Fault) -> (String, String) {
        let (text, action) = self.fault(fault);
        let key = format!("fault.{}.window", fault.code.word());
        let in_window = self.has(&key).then(|| self.fill(&key, &fault.values()));
        (text, in_window.unwrap_or(action))
    }

    /// What happened and what to do.
    pub fn fault(&self, fault: &Fault) -> (String, String) {
        let values = fault.values();
        let key = format!("fault.{}", fault.code.word());
        (
            self.fill(&key, &values),
            self.fill(&format!("{key}.action"), &values),
        )
    }
}
