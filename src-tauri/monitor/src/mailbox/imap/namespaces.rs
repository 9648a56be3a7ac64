//! Whose mailboxes are whose (RFC 2342): those of other people and those shared by many say nothing
//! about the user's addresses and are left out.

use super::command::Command;
use super::session::Session;
use anyhow::Result;

/// Prefixes of mailbox names, as they travel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Namespaces {
    own: Vec<String>,
    others: Vec<String>,
}

impl Namespaces {
    /// Asks the server, where it knows namespaces.
    pub(super) async fn ask(session: &mut Session) -> Result<Namespaces> {
        if !session.can("NAMESPACE") {
            return Ok(Namespaces::default());
        }
        let lines = session.lines(&Command::Namespace).await?;
        let mut answers = lines
            .iter()
            .filter_map(|line| line.strip_prefix("* NAMESPACE "));
        Ok(answers.next().map(Namespaces::read).unwrap_or_default())
    }

    /// Whether a mailbox is the user's own: the longest prefix decides, and without one it is.
    pub(super) fn is_own(&self, name: &str) -> bool {
        if name.eq_ignore_ascii_case("INBOX") {
            return true;
        }
        let longest = |prefixes: &[String]| {
            let fitting = prefixes.iter().filter(|prefix| name.starts_with(*prefix));
            fitting.map(String::len).max()
        };
        match (longest(&self.own), longest(&self.others)) {
            (_, None) => true,
            (own, Some(others)) => own.is_some_and(|own| own >= others),
        }
    }

    /// Three groups, each `NIL` or `((prefix delimiter …)…)`: the user's own, other people's,
    /// shared ones. Whatever cannot be read leaves nothing out.
    fn read(text: &str) -> Namespaces {
        let mut groups = [Vec::new(), Vec::new(), Vec::new()];
        let (mut depth, mut group, mut strings) = (0_u32, 0, 0_u32);
        let mut rest = text.chars();
        while let Some(character) = rest.next() {
            match character {
                '(' => {
                    depth += 1;
                    strings = 0;
                }
                ')' => {
                    depth = depth.saturating_sub(1);
                    group += usize::from(depth == 0);
                }
                '"' => {
                    let string = quoted(&mut rest);
                    // The first string of a namespace is its prefix, the second its delimiter.
                    if let Some(prefixes) = groups.get_mut(group)
                        && (depth, strings) == (2, 0)
                    {
                        prefixes.push(string);
                    }
                    strings += 1;
                }
                'N' | 'n' if depth == 0 => group += 1,
                _ => {}
            }
        }
        let [own, people, shared] = groups;
        // A server that names no space of the user's own is not understood.
        if own.is_empty() {
            return Namespaces::default();
        }
        Namespaces {
            own,
            others: [people, shared].concat(),
        }
    }
}

/// A quoted string up to its end; the opening quote was read.
fn quoted(rest: &mut impl Iterator<Item = char>) -> String {
    let mut string = String::new();
    while let Some(character) = rest.next() {
        match character {
            '"' => break,
            '\\' => string.extend(rest.next()),
            other => string.push(other),
        }
    }
    string
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answer: &str, own: &[&str], left_out: &[&str]) {
        let spaces = Namespaces::read(answer);
        for name in own {
            assert!(spaces.is_own(name), "{answer}: {name}");
        }
        for name in left_out {
            assert!(!spaces.is_own(name), "{answer}: {name}");
        }
    }

    #[test]
    fn leaves_out_what_is_not_the_users_own() {
        check(r#"(("" "/")) NIL NIL"#, &["INBOX", "Junk", "shared/x"], &[]);
        check(
            r##"(("" "/")) (("Other Users/" "/")) (("Shared Folders/" "/")("#public/" "/"))"##,
            &["INBOX", "Junk", "Shared"],
            &[
                "Other Users/ben/INBOX",
                "Shared Folders/all",
                "#public/news",
            ],
        );
        // Cyrus: everything outside INBOX. is shared.
        check(
            r#"(("INBOX." ".")) (("user." ".")) (("" "."))"#,
            &["INBOX", "INBOX.Junk"],
            &["user.ben", "user.ben.Junk", "announcements"],
        );
        // Courier, with an extension after the delimiter.
        check(
            r##"(("INBOX." ".")) NIL (("#shared." "." "X-PARAM" ("A" "B"))("shared." "."))"##,
            &["inbox", "INBOX.Spam"],
            &["#shared.x", "shared.y"],
        );
        check(
            r#"(("a\"b" "/")) NIL (("a\"c" "/"))"#,
            &["a\"b/x"],
            &["a\"c/x"],
        );
    }

    #[test]
    fn leaves_nothing_out_where_the_answer_is_not_understood() {
        for answer in [
            "",
            "NIL NIL NIL",
            "((",
            "NIL NIL ((\"\" \"/\"))",
            "\"",
            "))))((((",
            "(((\"x",
        ] {
            check(answer, &["INBOX", "Junk", "x/y"], &[]);
        }
    }
}
