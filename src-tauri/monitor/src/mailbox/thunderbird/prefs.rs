//! What is read of a profile's `prefs.js`: which mail accounts there are. Nothing else of the file
//! is kept, and no other file of a profile is opened; passwords stand in one of those.

use std::collections::BTreeMap;

/// Beginnings of the names that are kept.
const KEPT: &[&str] = &[
    "mail.accountmanager.accounts",
    "mail.account.",
    "mail.server.",
    "mail.identity.",
];
/// Ends of the names that are kept, below those beginnings.
const ENDINGS: &[&str] = &[
    "accounts",
    "server",
    "identities",
    "type",
    "hostname",
    "realhostname",
    "port",
    "socketType",
    "userName",
    "realuserName",
    "name",
    "directory-rel",
    "directory",
    "useremail",
];
/// Longest value that is kept, in bytes.
const LONGEST: usize = 4096;
/// Most values that are kept.
const MOST: usize = 20_000;

/// Preferences by name; numbers and truth values as they are written.
#[derive(Debug, Default)]
pub(super) struct Prefs(BTreeMap<String, String>);

impl Prefs {
    /// Reads the lines `user_pref("name", value);`. Any text will do: other lines say nothing.
    pub(super) fn read(text: &str) -> Prefs {
        let mut prefs = BTreeMap::new();
        for (name, value) in text.lines().filter_map(pref) {
            if prefs.len() < MOST {
                prefs.insert(name, value);
            }
        }
        Prefs(prefs)
    }

    /// A value that is not empty.
    pub(super) fn value(&self, kind: &str, key: &str, name: &str) -> Option<&str> {
        let value = self.0.get(&format!("mail.{kind}.{key}.{name}"))?.trim();
        (!value.is_empty()).then_some(value)
    }

    /// The keys of a value that lists some.
    pub(super) fn keys(&self, name: &str) -> Vec<&str> {
        let listed = self.0.get(name).map(String::as_str).unwrap_or_default();
        listed
            .split(',')
            .map(str::trim)
            .filter(|key| !key.is_empty())
            .collect()
    }
}

fn pref(line: &str) -> Option<(String, String)> {
    let rest = line.trim().strip_prefix("user_pref(")?.trim_start();
    let (name, rest) = quoted(rest)?;
    let kept = KEPT.iter().any(|start| name.starts_with(start))
        && ENDINGS.contains(&name.rsplit('.').next().unwrap_or_default());
    if !kept {
        return None;
    }
    let rest = rest.trim_start().strip_prefix(',')?.trim_start();
    let value = match quoted(rest) {
        Some((value, _)) => value,
        None => rest.split_once(')')?.0.trim().to_owned(),
    };
    (value.len() <= LONGEST).then_some((name, value))
}

/// A string of JavaScript at the beginning of a text, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut value = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        if letter == quote {
            return Some((value, text.get(at + 1..)?));
        }
        if letter != '\\' {
            value.push(letter);
            continue;
        }
        match letters.next()?.1 {
            'n' => value.push('\n'),
            'r' => value.push('\r'),
            't' => value.push('\t'),
            'x' => value.push(code(&mut letters, 2)?),
            'u' => value.push(code(&mut letters, 4)?),
            plain => value.push(plain),
        }
    }
    None
}

/// The character of so many hexadecimal digits; halves of a pair are not put together.
fn code(letters: &mut impl Iterator<Item = (usize, char)>, digits: u32) -> Option<char> {
    let mut code = 0;
    for _ in 0..digits {
        code = code * 16 + letters.next()?.1.to_digit(16)?;
    }
    Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_strings_numbers_and_nothing_that_is_not_asked_for() {
        let prefs = Prefs::read(
            "// Mozilla User Preferences\r\n\
             user_pref(\"mail.accountmanager.accounts\", \"account1,account2\");\r\n\
             user_pref(\"mail.server.server1.port\", 993);\n\
             user_pref(\"mail.server.server1.directory\", \"C:\\\\Users\\\\Ada \\\"A\\\"\\\\M\\u00fcll\\x21\");\n\
             user_pref(\"mail.server.server1.password\", \"secret\");\n\
             user_pref(\"mail.smtpserver.smtp1.username\", \"ada\");\n\
             user_pref(\"network.proxy.http\", \"192.0.2.1\");\n\
             user_pref(\"mail.server.server1.name\n\
             nonsense",
        );
        assert_eq!(
            prefs.keys("mail.accountmanager.accounts"),
            ["account1", "account2"]
        );
        assert_eq!(prefs.value("server", "server1", "port"), Some("993"));
        assert_eq!(
            prefs.value("server", "server1", "directory"),
            Some("C:\\Users\\Ada \"A\"\\Müll!")
        );
        assert_eq!(prefs.0.len(), 3, "nothing else is kept: {prefs:?}");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(user_pref\\(\"mail.server.s.name\"|[ -~]{0,20}|\\\\u[0-9a-f]{0,5}|\"|, |\\);|\n|あ){0,40}") {
            Prefs::read(&text);
        }
    }
}
