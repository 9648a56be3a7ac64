//! Services that the mail itself shows: who wrote to the user's addresses as itself, and is a
//! service rather than a person, a list, spam or nobody that can be told.
//!
//! One rule after the other is asked, and the first that applies decides ([`Sort`]):
//!
//! | rule | who it keeps out |
//! |---|---|
//! | the domain is one where everybody can have an address | people with a free mail address |
//! | the domain mails for others | processors, whose customers write in their own name |
//! | less than half of its mail is verified by the user's own receiver | who only claims to be it |
//! | more than a third of its mail is judged junk | spammers |
//! | most of its mail came through lists in which at least three domains write, or in the list's name for several people | discussion lists |
//! | the user wrote to somebody there, and less than a third of its mail is about an account | people and their firms |
//! | less than half of its mail looks written by a machine, and less than a third of it is about an account and from a role | people and their firms |
//! | all of it came on one day, and no account was made or address confirmed in it | chance, and spam that was not judged |
//!
//! Mail looks written by a machine when it can be unsubscribed from, when its sender's local part
//! is a role, or when its subject is that of a mail about an account ([`Kind`]).

mod kind;

pub use kind::Kind;

use crate::directory;
use crate::{AddrSpec, org_domain};
use jiff::civil::Date;
use kind::without_department;
pub(crate) use kind::{is_role, is_wholly_role};
use std::collections::{BTreeMap, BTreeSet};

/// Domains where everybody can have an address, as their providers name them.
const FREE: &str = "aol.com bluewin.ch docomo.ne.jp ezweb.ne.jp fastmail.com free.fr freenet.de \
    gmail.com gmx.at gmx.ch gmx.de gmx.net googlemail.com hey.com hotmail.co.jp hotmail.com \
    hotmail.de hotmail.fr i.softbank.jp icloud.com laposte.net libero.it live.com live.jp mac.com \
    mail.com mail.de mail.ru mailbox.org me.com msn.com naver.com nifty.com ocn.ne.jp orange.fr \
    outlook.com outlook.de outlook.jp pm.me posteo.de proton.me protonmail.com qq.com \
    softbank.ne.jp t-online.de tuta.com tutanota.com web.de yahoo.co.jp yahoo.co.uk yahoo.com \
    yahoo.de yahoo.fr yandex.ru ymail.com zoho.com";

/// Domains that mail for others (facts about providers of bulk mail).
const PROCESSORS: &str = "amazonses.com cuenote.jp emarsys.net emberpoint.com exacttarget.com \
    mailchimp.com mailgun.org mailjet.com mandrillapp.com mcsv.net mktomail.com rsgsv.net \
    sendgrid.net sendinblue.com sparkpostmail.com";

/// One message to one of the user's addresses, as it is sorted by.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// The ledger's number of the address.
    pub address: i64,
    /// The ledger's number of From's organisational domain.
    pub org: i64,
    /// Its name.
    pub domain: &'a str,
    /// The civil day of the arrival.
    pub day: Date,
    /// The user's own receiver verified From.
    pub verified: bool,
    /// It is judged junk.
    pub junk: bool,
    /// List-Id; empty where there is none.
    pub list: &'a str,
    /// It can be unsubscribed from.
    pub subscribed: bool,
    /// Local part of From.
    pub local: &'a str,
    /// Name in From.
    pub name: &'a str,
    /// Subject.
    pub subject: &'a str,
}

/// What a domain is by its mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A service.
    Service,
    /// Everybody can have an address there.
    FreeMail,
    /// It mails for others.
    Processor,
    /// Most of its mail is not verified.
    Unverified,
    /// Much of its mail is junk.
    Junk,
    /// A discussion list.
    List,
    /// People.
    People,
    /// Too little to say.
    TooLittle,
}

/// One address that a proposed service writes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The ledger's number of the address.
    pub address: i64,
    /// The day of the first message.
    pub first: Date,
    /// What that was about.
    pub kind: Kind,
    /// The day of the last.
    pub last: Date,
    /// How many there were.
    pub messages: u32,
}

/// A service that the mail shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it calls itself, or its domain.
    pub name: String,
    /// Its domains by the ledger's numbers, the one that writes most first.
    pub domains: Vec<(i64, String)>,
    /// The addresses that it writes to, by number.
    pub contacts: Vec<Contact>,
    /// Messages in all.
    pub messages: u32,
    /// Messages that only who has an account gets.
    pub about_account: u32,
}

/// What one organisational domain wrote.
#[derive(Clone, Debug, Default)]
struct Writer {
    domain: String,
    contacts: BTreeMap<i64, Contact>,
    messages: u32,
    verified: u32,
    junk: u32,
    by_machine: u32,
    /// About an account, and from a role.
    by_office: u32,
    about_account: u32,
    /// An account was made, or the address confirmed.
    greetings: u32,
    lists: BTreeMap<String, u32>,
    names: BTreeMap<String, u32>,
    locals: BTreeSet<String>,
}

/// Everybody who wrote, by organisational domain.
#[derive(Clone, Debug, Default)]
pub struct Writers {
    writers: BTreeMap<i64, Writer>,
    /// Domains that write in each list.
    lists: BTreeMap<String, BTreeSet<i64>>,
    /// Organisational domains where the user wrote to somebody.
    written_to: BTreeSet<String>,
}

/// A list in which so many domains write is a discussion.
const DISCUSSION: usize = 3;

/// Whether a domain is no service whatever it writes: everybody can have an address there, or it
/// mails for others.
pub fn everybodys(domain: &str) -> bool {
    one_of(FREE, domain) || one_of(PROCESSORS, domain)
}

fn one_of(all: &str, domain: &str) -> bool {
    all.split_whitespace().any(|known| known == domain)
}

impl Writers {
    /// Takes into account that an organisation writes in a list; an empty one is none.
    pub fn writes_in(&mut self, list: &str, org: i64) {
        if list.is_empty() {
            return;
        }
        match self.lists.get_mut(list) {
            Some(writing) => writing.insert(org),
            None => self.lists.entry(list.to_owned()).or_default().insert(org),
        };
    }

    /// Takes into account that the user wrote to an address; one of a role says nothing about
    /// people.
    pub fn written_to(&mut self, spec: &AddrSpec) {
        if !is_role(spec.local()) {
            self.written_to.insert(org_domain(spec.domain()));
        }
    }

    /// Takes one more message, in the order of arrival at each address.
    pub fn add(&mut self, letter: &Letter<'_>) {
        self.writes_in(letter.list, letter.org);
        let writer = self.writers.entry(letter.org).or_insert_with(|| Writer {
            domain: letter.domain.to_owned(),
            ..Writer::default()
        });
        let kind = Kind::of(letter.subject);
        writer.messages += 1;
        writer.verified += u32::from(letter.verified);
        writer.junk += u32::from(letter.junk);
        writer.about_account += u32::from(kind.proves_account());
        writer.greetings += u32::from(matches!(kind, Kind::Welcome | Kind::Confirmation));
        let role = is_role(letter.local);
        writer.by_machine += u32::from(letter.subscribed || role || kind.proves_account());
        writer.by_office += u32::from(role && kind.proves_account());
        if !letter.list.is_empty() {
            *writer.lists.entry(letter.list.to_owned()).or_default() += 1;
        }
        if !letter.name.is_empty() {
            *writer.names.entry(letter.name.to_owned()).or_default() += 1;
        }
        writer.locals.insert(letter.local.to_owned());
        let contact = writer.contacts.entry(letter.address).or_insert(Contact {
            address: letter.address,
            first: letter.day,
            kind,
            last: letter.day,
            messages: 0,
        });
        contact.messages += 1;
        contact.last = contact.last.max(letter.day);
        if letter.day < contact.first {
            (contact.first, contact.kind) = (letter.day, kind);
        }
    }

    /// What each domain is, by its ledger's number.
    pub fn sorted(&self) -> BTreeMap<i64, Sort> {
        let sorted = self.writers.iter();
        sorted
            .map(|(org, writer)| (*org, self.sort(writer)))
            .collect()
    }

    fn sort(&self, writer: &Writer) -> Sort {
        if one_of(FREE, &writer.domain) {
            return Sort::FreeMail;
        }
        if one_of(PROCESSORS, &writer.domain) {
            return Sort::Processor;
        }
        if 2 * writer.verified < writer.messages {
            return Sort::Unverified;
        }
        if 3 * writer.junk > writer.messages {
            return Sort::Junk;
        }
        let discussed = |list: &str| {
            let writing = self.lists.get(list);
            writing.is_some_and(|orgs| orgs.len() >= DISCUSSION)
        };
        let in_discussions: u32 = writer
            .lists
            .iter()
            .filter(|(list, _)| discussed(list) || writer.speaks_for_many(list))
            .map(|(_, messages)| messages)
            .sum();
        if 2 * in_discussions > writer.messages {
            return Sort::List;
        }
        let known_there = self.written_to.contains(&writer.domain);
        if known_there && 3 * writer.about_account < writer.messages {
            return Sort::People;
        }
        if 2 * writer.by_machine < writer.messages && 3 * writer.by_office < writer.messages {
            return Sort::People;
        }
        let first = writer.contacts.values().map(|contact| contact.first).min();
        let last = writer.contacts.values().map(|contact| contact.last).max();
        if first == last && writer.greetings == 0 {
            return Sort::TooLittle;
        }
        Sort::Service
    }

    /// The services among them, those first that have an account of the user and write most.
    /// Domains of one well-known service, and those with the same name before their public suffix,
    /// are one.
    pub fn proposals(&self) -> Vec<Proposal> {
        let mut by_label: BTreeMap<String, Vec<(i64, &Writer)>> = BTreeMap::new();
        for (org, writer) in &self.writers {
            if self.sort(writer) == Sort::Service {
                by_label
                    .entry(company(&writer.domain))
                    .or_default()
                    .push((*org, writer));
            }
        }
        let mut all: Vec<Proposal> = by_label.into_values().map(proposal).collect();
        all.sort_by(|a, b| {
            let strength = |p: &Proposal| (p.about_account > 0, p.messages);
            strength(b).cmp(&strength(a)).then(a.name.cmp(&b.name))
        });
        all
    }
}

impl Writer {
    /// A list that writes in its own name for several people: "Ada via Example list".
    fn speaks_for_many(&self, list: &str) -> bool {
        let via = |name: &&String| name.to_lowercase().contains(" via ");
        list.contains(&self.domain)
            && self.locals.len() == 1
            && self.names.keys().filter(via).count() >= 2
    }
}

/// What the domains of one company have in common: its name where it is well known, else theirs
/// before the public suffix.
fn company(domain: &str) -> String {
    let known = directory::owner(domain).map(|known| known.name);
    known.or_else(|| label(domain)).unwrap_or(domain).to_owned()
}

/// The name before the public suffix, where it is long enough to tell one from another.
pub fn label(domain: &str) -> Option<&str> {
    const LONG_ENOUGH: usize = 4;
    let label = domain.split('.').next()?;
    (label.chars().count() >= LONG_ENOUGH).then_some(label)
}

fn proposal(mut writers: Vec<(i64, &Writer)>) -> Proposal {
    writers.sort_by_key(|(org, writer)| (std::cmp::Reverse(writer.messages), *org));
    let mut contacts: BTreeMap<i64, Contact> = BTreeMap::new();
    for contact in writers
        .iter()
        .flat_map(|(_, writer)| writer.contacts.values())
    {
        let Some(known) = contacts.get_mut(&contact.address) else {
            contacts.insert(contact.address, contact.clone());
            continue;
        };
        known.messages += contact.messages;
        known.last = known.last.max(contact.last);
        if contact.first < known.first {
            (known.first, known.kind) = (contact.first, contact.kind);
        }
    }
    let sum = |of: fn(&Writer) -> u32| writers.iter().map(|(_, writer)| of(writer)).sum();
    Proposal {
        name: own_name(&writers),
        messages: sum(|w| w.messages),
        about_account: sum(|w| w.about_account),
        contacts: contacts.into_values().collect(),
        domains: writers
            .iter()
            .map(|(org, writer)| (*org, writer.domain.clone()))
            .collect(),
    }
}

/// The name of a well-known service, else what they call themselves most often, without what a
/// department adds; else the domain.
fn own_name(writers: &[(i64, &Writer)]) -> String {
    let known = writers
        .iter()
        .find_map(|(_, w)| directory::owner(&w.domain));
    if let Some(known) = known {
        return known.name.to_owned();
    }
    let mut names: BTreeMap<String, u32> = BTreeMap::new();
    for (name, messages) in writers.iter().flat_map(|(_, writer)| &writer.names) {
        *names.entry(without_department(name)).or_default() += messages;
    }
    names.remove("");
    let most = names.into_iter().max_by(|(a, x), (b, y)| {
        // Of names that are used as often the shorter one is the service's.
        x.cmp(y).then(b.chars().count().cmp(&a.chars().count()))
    });
    let domain = writers.first().map_or("", |(_, writer)| &writer.domain);
    most.map_or_else(|| domain.to_owned(), |(name, _)| name)
}

#[cfg(test)]
mod tests;
