//! Catalogues of published breaches: what an entry says, whom it can blame, and which services of
//! a ledger it touches. A service and an entry belong together where their registrable domains are
//! equal by the Public Suffix List, and nowhere else.

use crate::org_domain;
use crate::show::shown;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Most characters of a title, of a kind of data and of an attribution.
const SHORT: usize = 120;
/// Most characters of a description.
const LONG: usize = 400;
/// Most kinds of data of one entry.
const KINDS: usize = 40;
/// Two catalogues that date a breach of a service within so many days speak of the same one.
pub const SAME_WITHIN: i32 = 45;

/// One published breach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key by which its catalogue knows it for good.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// The domain of the service; empty where the catalogue names none.
    pub domain: String,
    /// The day on which it happened, as far as that is known: see [`span`].
    pub happened: Date,
    /// The day on which the catalogue published it.
    pub published: Option<Date>,
    /// So many people are in it.
    pub people: Option<u64>,
    /// What was taken, in the catalogue's words.
    pub data: Vec<String>,
    /// What happened, without markup.
    pub description: String,
    /// Which catalogue says so.
    pub source: Source,
    /// Whom to thank for it.
    pub attribution: String,
    /// Whom it can blame.
    pub blame: Blame,
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Have I Been Pwned.
    Pwned,
    /// Mozilla's list: of the same breaches only those in which passwords were taken.
    Mozilla,
    /// The one that the user chose.
    Chosen,
}

impl Source {
    /// The word by which files, JSON and the catalogue of words know it.
    pub const fn word(self) -> &'static str {
        match self {
            Source::Pwned => "pwned",
            Source::Mozilla => "mozilla",
            Source::Chosen => "chosen",
        }
    }
}

/// Whom an entry can blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blame {
    /// The service of its domain.
    Service,
    /// Perhaps that service: the catalogue could not verify the entry. It is shown and weighs
    /// nothing.
    Unverified,
    /// Nobody: a spam list, a fabrication, a retired entry, loot of malware.
    Nobody,
}

impl Blame {
    /// The word that stands in files.
    pub const fn word(self) -> &'static str {
        match self {
            Blame::Service => "service",
            Blame::Unverified => "unverified",
            Blame::Nobody => "nobody",
        }
    }

    /// Reads [`Blame::word`].
    pub fn from_word(word: &str) -> Option<Blame> {
        [Blame::Service, Blame::Unverified, Blame::Nobody]
            .into_iter()
            .find(|blame| blame.word() == word)
    }
}

impl Entry {
    /// The same entry fit to be kept and shown: markup and invisible characters gone, lengths
    /// bounded, the domain a registrable one or empty. Without a domain it blames nobody.
    pub fn bounded(self) -> Entry {
        let domain = registrable(&self.domain).unwrap_or_default();
        let title = match self.title.trim() {
            "" => &self.name,
            title => title,
        };
        Entry {
            name: shown(&self.name, SHORT),
            title: shown(&plain(title), SHORT),
            data: self
                .data
                .iter()
                .map(|kind| shown(kind, SHORT))
                .filter(|kind| !kind.is_empty())
                .take(KINDS)
                .collect(),
            description: shown(&plain(&self.description), LONG),
            attribution: shown(&self.attribution, SHORT),
            blame: match domain.is_empty() {
                true => Blame::Nobody,
                false => self.blame,
            },
            domain,
            happened: self.happened,
            published: self.published,
            people: self.people,
            source: self.source,
        }
    }
}

/// The registrable domain of a host; `None` for a public suffix alone, a single label and an IP
/// address, which belong to nobody.
pub fn registrable(host: &str) -> Option<String> {
    let host = host.trim().trim_end_matches('.');
    // The addresses of IPv4 end in a number, which no domain does; those of IPv6 have colons.
    let last = host.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || "-_".contains(c))
    };
    let org = org_domain(host);
    let whole = psl::domain_str(&org).is_some_and(|known| known == org);
    (whole && org.split('.').all(label)).then_some(org)
}

/// Entries by registrable domain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    entries: Vec<Entry>,
    by_domain: BTreeMap<String, Vec<usize>>,
}

impl Index {
    /// Of entries that came through [`Entry::bounded`]. Of those with the same name in
    /// [`Source::Pwned`] and [`Source::Mozilla`], which number the same breaches, the former stays.
    pub fn of(mut entries: Vec<Entry>) -> Index {
        let family = |source: Source| match source {
            Source::Pwned | Source::Mozilla => 0,
            Source::Chosen => 1,
        };
        entries.sort_by(|a, b| {
            let key = |entry: &Entry| (family(entry.source), entry.source);
            a.name.cmp(&b.name).then_with(|| key(a).cmp(&key(b)))
        });
        entries.dedup_by(|later, first| {
            later.name == first.name && family(later.source) == family(first.source)
        });
        let mut by_domain: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            match entry.blame {
                Blame::Service | Blame::Unverified => {
                    by_domain.entry(entry.domain.clone()).or_default().push(at);
                }
                Blame::Nobody => {}
            }
        }
        Index { entries, by_domain }
    }

    /// Every entry, by name.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many entries blame nobody and touch no service.
    pub fn set_aside(&self) -> usize {
        let aside = self.entries.iter().filter(|e| e.blame == Blame::Nobody);
        aside.count()
    }

    /// The entries about the owner of a host.
    pub fn about(&self, host: &str) -> impl Iterator<Item = &Entry> {
        let of = registrable(host).and_then(|domain| self.by_domain.get(&domain));
        let places = of.into_iter().flatten();
        places.filter_map(|at| self.entries.get(*at))
    }
}

/// An entry that touches a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touch<'a> {
    /// The ledger's number of the service.
    pub service: i64,
    /// The entry.
    pub entry: &'a Entry,
}

/// The entries that touch these services, by the domains that are their own, in the services'
/// order; the latest breach of each first. An entry that blames nobody touches none.
pub fn touching<'a>(services: &[(i64, Vec<&str>)], index: &'a Index) -> Vec<Touch<'a>> {
    let mut touches = Vec::new();
    for (service, domains) in services {
        let first = touches.len();
        for entry in domains.iter().flat_map(|domain| index.about(domain)) {
            let touch = Touch {
                service: *service,
                entry,
            };
            // Two domains of a service may have one registrable domain.
            if !touches.iter().skip(first).any(|known| *known == touch) {
                touches.push(touch);
            }
        }
        if let Some(own) = touches.get_mut(first..) {
            own.sort_by_key(|touch| std::cmp::Reverse(touch.entry.happened));
        }
    }
    touches
}

/// Whether an address was given before a breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Given {
    /// Before it happened: it may be in it.
    Before,
    /// After it happened.
    After,
    /// One of the days is not known well enough.
    Unknown,
}

impl Given {
    /// The word that stands in JSON and in the catalogue of words.
    pub const fn word(self) -> &'static str {
        match self {
            Given::Before => "before",
            Given::After => "after",
            Given::Unknown => "unknown",
        }
    }

    /// Of an address that was given between these days, and a breach of that day.
    pub fn of(given_from: Option<Date>, given_to: Option<Date>, happened: Date) -> Given {
        let (first, last) = span(happened);
        if given_to.is_some_and(|day| day < first) {
            Given::Before
        } else if given_from.is_some_and(|day| day > last) {
            Given::After
        } else {
            Given::Unknown
        }
    }
}

/// The days on which a breach may have happened. Catalogues write "in March 2015" as the first
/// of the month and "in 2015" as the first of January.
pub fn span(happened: Date) -> (Date, Date) {
    let last = match (happened.month(), happened.day()) {
        (1, 1) => happened.last_of_year(),
        (_, 1) => happened.last_of_month(),
        (_, _) => happened,
    };
    (happened, last)
}

/// A text without its tags and with the commonest entities read.
fn plain(markup: &str) -> Cow<'_, str> {
    if !markup.contains(['<', '&']) {
        return markup.into();
    }
    let mut text = String::with_capacity(markup.len());
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&mdash;", "—"),
        ("&ndash;", "–"),
        // Last, so that nothing is read twice.
        ("&amp;", "&"),
    ];
    let read = entities
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to));
    read.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn only_a_registrable_domain_belongs_to_somebody() {
        let check = |host: &str, want: Option<&str>| {
            assert_eq!(registrable(host).as_deref(), want, "{host:?}");
        };
        check("Mail.Example.COM.", Some("example.com"));
        check("evil-example.com", Some("evil-example.com"));
        check("example.com.evil.tld", Some("evil.tld"));
        check("shop.example.co.jp", Some("example.co.jp"));
        for nobody in [
            "co.jp",
            "com",
            "localhost",
            "",
            ".",
            "192.0.2.1",
            "2.1",
            "[2001:db8::1]",
            "2001:db8::1",
            "example.com/path",
            "exa mple.com",
            "example..com",
        ] {
            check(nobody, None);
        }
    }

    #[test]
    fn an_address_was_given_before_or_after_only_where_both_days_are_known_well_enough() {
        let check = |from: Option<Date>, to: Option<Date>, happened: Date, want: Given| {
            let given = Given::of(from, to, happened);
            assert_eq!(given, want, "{from:?}..{to:?} and {happened}");
        };
        let on = |day: Date| (Some(day), Some(day));
        let breach = date(2015, 3, 20);
        let (from, to) = on(date(2015, 3, 19));
        check(from, to, breach, Given::Before);
        let (from, to) = on(date(2015, 3, 21));
        check(from, to, breach, Given::After);
        let (from, to) = on(breach);
        check(from, to, breach, Given::Unknown);
        check(None, None, breach, Given::Unknown);
        check(None, Some(date(2014, 1, 1)), breach, Given::Before);
        check(Some(date(2014, 1, 1)), None, breach, Given::Unknown);
        check(Some(date(2016, 1, 1)), None, breach, Given::After);
        let (from, to) = on(date(2015, 3, 21));
        check(from, to, date(2015, 3, 1), Given::Unknown);
        check(from, to, date(2015, 1, 1), Given::Unknown);
        check(from, to, date(2014, 1, 1), Given::After);
    }

    #[test]
    fn markup_is_left_out_of_what_is_shown() {
        let check = |markup: &str, want: &str| assert_eq!(plain(markup), want, "{markup}");
        check("plain", "plain");
        check(
            "In <a href=\"https://x.example\">March</a> &quot;2015&quot; R&amp;D &amp;lt;",
            "In March \"2015\" R&D &lt;",
        );
        check("an open <b tag", "an open ");
        check("1 > 0", "1 > 0");
    }
}
