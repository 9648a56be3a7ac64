//! The filter that "filter" advises, as a Sieve script (RFC 5228) to paste, and in words.
//!
//! It is an allow-list for one address: mail from the domains of recorded services, from people
//! written with, and in answer to the user's own messages stays where it would have gone; all other
//! mail to that address goes to a folder. Nothing is ever discarded or refused, and mail to other
//! addresses is not touched. The folder has to exist: where it does not, servers keep the mail in
//! the inbox.
//!
//! The script believes From, as every such rule does. It belongs behind the server's own junk
//! rule, for it takes nothing out of Junk.

mod quote;

use crate::AddrSpec;
use crate::show::shown;
use quote::{address, matching, quoted};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt::Write;
use ts_rs::TS;

/// Names in one list; interpreters bound the length of lists and strings.
const LIST: usize = 50;
/// Domains that a script has at most; with the people it stays below the 1 MB that Dovecot takes.
pub const MOST_DOMAINS: usize = 500;
/// People that a script has at most.
pub const MOST_PEOPLE: usize = 1_000;
/// Hosts of Message-IDs that a script has at most.
pub const MOST_HOSTS: usize = 20;

/// Who may write to an address. Where there are more than a script takes, the first are kept:
/// put those that matter first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The address. A tagged form of it is another address.
    pub address: AddrSpec,
    /// Domains of the services on record; their subdomains may write too.
    pub domains: Vec<String>,
    /// People written with.
    pub people: Vec<AddrSpec>,
    /// Hosts in the Message-IDs of the user's own sent mail: mail that names such a message in
    /// In-Reply-To or References is an answer. A host that many share (a large provider's) lets
    /// answers to others pass too.
    pub reply_hosts: Vec<String>,
    /// The folder for everything else, as it is shown. Control characters are dropped.
    pub folder: String,
}

/// What the comments in the script say, in the user's language, each on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comments<'a> {
    /// What the script does.
    pub title: &'a str,
    /// Mail to other addresses is not touched.
    pub elsewhere: &'a str,
    /// Services on record stay.
    pub services: &'a str,
    /// People written with stay.
    pub people: &'a str,
    /// Answers stay.
    pub answers: &'a str,
    /// Everything else is filed.
    pub rest: &'a str,
}

/// A script with what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Script {
    /// The script, with lines that end in LF.
    pub text: String,
    /// Domains in it.
    pub domains: usize,
    /// People in it.
    pub people: usize,
    /// Domains, people and hosts that are not in it: too many, not a name, or a suffix under
    /// which anybody can have a domain.
    pub left_out: usize,
}

/// The filter names no folder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the folder has no name")]
pub struct NoFolder;

/// One rule of the filter in words, for a mail program or a provider's page without Sieve; the
/// first that applies decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rule {
    /// Mail to other addresses than this stays.
    Elsewhere {
        /// The address.
        address: String,
    },
    /// Mail from these domains and what lies below them stays.
    Services {
        /// The domains.
        domains: Vec<String>,
    },
    /// Mail from these people stays.
    People {
        /// Their addresses.
        people: Vec<String>,
    },
    /// Mail that names a message with such an ID in In-Reply-To or References stays.
    Answers {
        /// Ends of Message-IDs, `@host>`.
        ends: Vec<String>,
    },
    /// All other mail goes to this folder.
    Rest {
        /// The folder.
        folder: String,
    },
}

/// The rules in words. Rules without anybody are left out.
pub fn rules(filter: &Filter) -> Result<Vec<Rule>, NoFolder> {
    let names = Names::of(filter)?;
    let mut rules = vec![Rule::Elsewhere {
        address: filter.address.to_string(),
    }];
    if !names.domains.is_empty() {
        rules.push(Rule::Services {
            domains: names.domains,
        });
    }
    if !names.people.is_empty() {
        rules.push(Rule::People {
            people: names.people,
        });
    }
    if !names.ends.is_empty() {
        rules.push(Rule::Answers { ends: names.ends });
    }
    rules.push(Rule::Rest {
        folder: names.folder,
    });
    Ok(rules)
}

/// The script. The same filter gives the same script, in whatever order its lists are, as long as
/// everybody finds room.
pub fn script(filter: &Filter, comments: &Comments<'_>) -> Result<Script, NoFolder> {
    let names = Names::of(filter)?;
    let own = quoted(&address(&filter.address));
    let mut text = String::new();
    comment(&mut text, comments.title);
    text.push_str("require [\"fileinto\", \"envelope\"];\n\n");
    comment(&mut text, comments.elsewhere);
    let _ = write!(
        text,
        "if not anyof (envelope :all :is \"to\" {own},\n              \
         address :all :is [\"to\", \"cc\", \"resent-to\"] {own}) {{\n    stop;\n}}\n"
    );
    let exact: Vec<String> = names.domains.iter().map(|name| quoted(name)).collect();
    let below = names.domains.iter();
    let below: Vec<String> = below
        .map(|name| quoted(&format!("*.{}", matching(name))))
        .collect();
    let people: Vec<String> = names.people.iter().map(|name| quoted(name)).collect();
    let ends: Vec<String> = names.ends.iter().map(|end| quoted(end)).collect();
    for (head, tests) in [
        (
            comments.services,
            &[
                ("address :domain :is \"from\"", &exact),
                ("address :domain :matches \"from\"", &below),
            ][..],
        ),
        (comments.people, &[("address :all :is \"from\"", &people)]),
        (
            comments.answers,
            &[("header :contains [\"in-reply-to\", \"references\"]", &ends)],
        ),
    ] {
        if tests.iter().any(|(_, list)| !list.is_empty()) {
            text.push('\n');
            comment(&mut text, head);
        }
        for (test, list) in tests {
            for chunk in list.chunks(LIST) {
                let list = chunk.join(",\n    ");
                let _ = write!(text, "if {test} [\n    {list}\n] {{\n    stop;\n}}\n");
            }
        }
    }
    text.push('\n');
    comment(&mut text, comments.rest);
    let _ = writeln!(text, "fileinto {};", quoted(&names.folder));
    Ok(Script {
        text,
        domains: names.domains.len(),
        people: names.people.len(),
        left_out: names.left_out,
    })
}

/// Longest comment, in characters.
const COMMENT: usize = 400;

fn comment(text: &mut String, words: &str) {
    let words = shown(words, COMMENT);
    if !words.is_empty() {
        let _ = writeln!(text, "# {words}");
    }
}

/// The names of a filter as the script has them: those that fit, sorted, each once.
struct Names {
    domains: Vec<String>,
    people: Vec<String>,
    ends: Vec<String>,
    folder: String,
    left_out: usize,
}

impl Names {
    fn of(filter: &Filter) -> Result<Names, NoFolder> {
        let folder: String = filter.folder.chars().filter(|c| !c.is_control()).collect();
        if folder.trim().is_empty() {
            return Err(NoFolder);
        }
        let mut left_out = 0;
        let domains = filter.domains.iter().map(|name| domain(name));
        let domains = first(domains, MOST_DOMAINS, &mut left_out);
        let people = filter.people.iter().map(|person| Some(address(person)));
        let people = first(people, MOST_PEOPLE, &mut left_out);
        let ends = filter.reply_hosts.iter().map(|name| host(name));
        let ends = ends.map(|host| host.map(|host| format!("@{host}>")));
        let ends = first(ends, MOST_HOSTS, &mut left_out);
        Ok(Names {
            domains,
            people,
            ends,
            folder,
            left_out,
        })
    }
}

/// The first so many different ones, sorted; the rest, and what is none, are counted.
fn first(
    names: impl Iterator<Item = Option<String>>,
    most: usize,
    left_out: &mut usize,
) -> Vec<String> {
    let mut kept = BTreeSet::new();
    for name in names {
        match name {
            Some(name) if kept.contains(&name) => {}
            Some(name) if kept.len() < most => {
                kept.insert(name);
            }
            Some(_) | None => *left_out += 1,
        }
    }
    kept.into_iter().collect()
}

/// The domain of a service; `None` for what is no domain, and for a suffix under which anybody can
/// have one.
fn domain(name: &str) -> Option<String> {
    host(name).filter(|name| psl::domain_str(name).is_some())
}

/// A name as in an address.
fn host(name: &str) -> Option<String> {
    let spec = AddrSpec::from_parts("x", name).ok()?;
    Some(spec.domain().to_owned())
}

#[cfg(test)]
mod tests;
