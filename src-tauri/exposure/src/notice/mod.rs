//! Breach notices: mails in which a sender says that data got out, or went to the wrong people.
//!
//! [`is_candidate`] looks at a subject alone and is broad; [`read`] looks at subject and text of a
//! candidate and decides. What a notice says is quoted with its place, never put in other words
//! and never guessed; what it leaves out of the eight things that a notice should say is listed
//! ([`Item::OWED`]). [`standing`] says whether the mail is the service's.
//!
//! The rules are sums. A sentence tells of a leak when it has words for one, is told as what
//! happened, names something personal or stands near it, and neither denies it nor speaks in
//! general; it tells of an incident likewise. Where no sentence does, and the title does not give an
//! incident its name, a mail is no notice. Otherwise the sum of what sentences, title, apology and
//! form say, less what news and breach alerts say, must reach `ENOUGH`. All words stand in
//! `words`, all weights here.
//!
//! A follow-up that says that no leak is confirmed is a notice with [`Claim::Incident`]: the sender
//! tells of an incident of its own, and nobody may conclude from it that data got out.

mod facts;
mod figures;
mod folded;
mod standing;
#[cfg(test)]
mod tests;
mod words;

pub use standing::{Sender, Standing, Whose, imitates, standing};

use crate::vocab::coded;
use folded::{Sentence, folded, place, sentences};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;
use ts_rs::TS;
use words::Terms;

/// The number of these rules. It is raised when words change, so that subjects that were kept from
/// earlier are looked at anew.
pub const RULE: u32 = 1;

/// Sum from which a mail is a notice.
const ENOUGH: i32 = 4;
/// A sentence of the sender's own that data got out, and the same without a word of whose it is.
const TELLS_OWN: i32 = 3;
const TELLS: i32 = 1;
/// One more sentence that data got out.
const TELLS_AGAIN: i32 = 1;
/// A sentence of an incident of the sender's own.
const TELLS_INCIDENT: i32 = 2;
/// A title that gives an incident its name in the form of a notice.
const TITLED: i32 = 4;
/// An apology, in the text or the title.
const SORRY: i32 = 1;
/// A heading or phrase of notices; two of them count twice.
const FRAME: i32 = 1;
/// It asks that a mail or file be destroyed.
const DESTROY: i32 = 2;
/// It has told an authority.
const REPORTED: i32 = 2;
/// It watches others' breaches.
const WATCHES: i32 = -5;
/// For each word of news, at most three.
const NEWS: i32 = -2;

coded! {
    /// What a notice says. The first eight are those that it should say (`product.md`).
    Item {
        /// When it happened.
        When = 0 => "when",
        /// How it happened.
        How = 1 => "how",
        /// Which data.
        Data = 2 => "data",
        /// How many people or records.
        People = 3 => "people",
        /// What may follow, or that nothing has.
        Consequences = 4 => "consequences",
        /// What is done about it.
        Measures = 5 => "measures",
        /// A report to an authority.
        Authority = 6 => "authority",
        /// Whom to ask.
        Contact = 7 => "contact",
        /// What the sender asks of the reader.
        Asks = 8 => "asks",
        /// Until when.
        Deadline = 9 => "deadline",
        /// What it offers for the trouble.
        Offer = 10 => "offer",
    }
}

impl Item {
    /// What a notice should say.
    pub const OWED: [Item; 8] = [
        Item::When,
        Item::How,
        Item::Data,
        Item::People,
        Item::Consequences,
        Item::Measures,
        Item::Authority,
        Item::Contact,
    ];
}

coded! {
    /// How far a notice goes in what it says.
    Claim {
        /// It says that data got out, was seen or was sent to others.
        GotOut = 0 => "got_out",
        /// It says that this is possible.
        MayHave = 1 => "may_have",
        /// It tells of an incident and not that data got out, or says that none is known to have.
        Incident = 2 => "incident",
    }
}

coded! {
    /// A kind of data that notices and catalogues name.
    DataClass {
        /// E-mail addresses.
        Email = 0 => "email",
        /// Names of people.
        Name = 1 => "name",
        /// Postal addresses.
        Postal = 2 => "postal",
        /// Phone numbers.
        Phone = 3 => "phone",
        /// Passwords, hashed or not, and what stands in for one.
        Password = 4 => "password",
        /// Payment cards.
        Card = 5 => "card",
        /// Bank accounts and money.
        Bank = 6 => "bank",
        /// Dates of birth and ages.
        Birth = 7 => "birth",
        /// Gender.
        Gender = 8 => "gender",
        /// User names and customer numbers.
        AccountId = 9 => "account_id",
        /// Orders, bookings and purchases.
        Purchases = 10 => "purchases",
        /// Employer, department, occupation.
        Employer = 11 => "employer",
        /// Official papers and their numbers.
        Identity = 12 => "identity",
        /// Health.
        Health = 13 => "health",
        /// IP addresses and devices.
        Network = 14 => "network",
        /// What was written.
        Messages = 15 => "messages",
        /// Anything else.
        Other = 16 => "other",
    }
}

impl DataClass {
    /// The kind of a word of Have I Been Pwned's `DataClasses`.
    pub fn from_catalogue(word: &str) -> DataClass {
        let word = word.trim().to_lowercase();
        let mut all = words::CATALOGUE.iter();
        all.find(|(_, terms)| each(terms).any(|term| term == word))
            .map_or(DataClass::Other, |(class, _)| *class)
    }
}

/// A short fact as the notice has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Said {
    /// What it is about.
    pub item: Item,
    /// An excerpt of the text, safe to show, at most [`QUOTE_LIMIT`] characters; an ellipsis marks
    /// each end that was cut.
    pub quote: String,
    /// The line of the text in which it begins, from 1.
    pub line: u32,
}

/// How long a quotation may be, in characters.
pub const QUOTE_LIMIT: usize = 120;

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reading {
    /// How far it goes.
    pub claim: Claim,
    /// Facts in the order of [`Item`], at most two for each.
    pub says: Vec<Said>,
    /// What it should say and does not, in the order of [`Item::OWED`].
    pub leaves_out: Vec<Item>,
    /// It asks for a recovery phrase, a card number or a sign-in through a link.
    pub bait: bool,
    /// The kinds of data that it says got out.
    pub data: BTreeSet<DataClass>,
    /// How many people or records it says; of several the most.
    pub people: Option<u32>,
    /// What it offers, as it is written (`500円`); `None` where it names no sum.
    pub amount: Option<String>,
}

/// Whether a mail of this subject may be a notice, so that its text is worth a look.
pub fn is_candidate(subject: &str) -> bool {
    any(&folded(subject), words::CANDIDATE)
}

/// What a mail says about data that got out; `None` where it does not say that data of its sender
/// or its reader did. `text` is that of [`crate::mail::body_text`].
pub fn read(subject: &str, text: &str) -> Option<Reading> {
    let sentences = sentences(text);
    let title = folded(subject);
    let heard = heard(&sentences);
    if weigh(&title, &sentences, &heard) < ENOUGH {
        return None;
    }
    Some(facts::reading(&title, text, &sentences, &heard))
}

/// What one sentence tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Heard {
    /// Data got out.
    leak: bool,
    /// It is told as what happened.
    told: bool,
    /// The sender speaks of itself or of the reader.
    own: bool,
    /// An incident of the sender's own.
    incident: bool,
    /// Said as possible.
    hedged: bool,
    /// Said of something that it did not happen.
    denied: bool,
    /// It speaks in general.
    general: bool,
}

/// What each sentence tells. What was taken and that it was taken often stand in two sentences, so
/// that something personal counts in the next one and in the one before too.
fn heard(sentences: &[Sentence]) -> Vec<Heard> {
    let mut all: Vec<Heard> = sentences.iter().map(|s| alone(&s.folded)).collect();
    let personal: Vec<bool> = sentences
        .iter()
        .zip(&all)
        .map(|(s, heard)| !heard.denied && !heard.general && personal(&s.folded))
        .collect();
    for (n, (sentence, heard)) in sentences.iter().zip(&mut all).enumerate() {
        let near = n.saturating_sub(1)..(n + 4).min(personal.len());
        let near = personal.get(near).is_some_and(|near| near.contains(&true));
        heard.leak = heard.told && got_out(&sentence.folded, heard.own, near);
    }
    all
}

fn alone(sentence: &str) -> Heard {
    let denied = any(sentence, words::DENIED);
    let general = any(sentence, words::GENERAL);
    let own = any(sentence, words::OWN);
    let told = any(sentence, words::FACT) && !denied && !general;
    Heard {
        leak: false,
        told,
        own,
        incident: told && own && any(sentence, words::INCIDENT),
        hedged: any(sentence, words::HEDGED),
        denied,
        general,
    }
}

/// Whether a sentence names something personal.
fn personal(sentence: &str) -> bool {
    let mut kinds = words::DATA.iter();
    any(sentence, words::PERSONAL) || kinds.any(|(_, terms)| any(sentence, terms))
}

/// Whether a sentence has words for data that got out: a word that says so; or, near something
/// personal, words for what was got, seen or sent, for somebody who took, saw or was shown it, or
/// for a loss of what holds it.
fn got_out(sentence: &str, own: bool, personal: bool) -> bool {
    let both = |a: Terms, b: Terms| any(sentence, a) && any(sentence, b);
    let leak = any(sentence, words::LEAK);
    leak && own
        || personal
            && (leak
                || any(sentence, words::GOT_OUT)
                || both(words::TAKER, words::TOOK)
                || both(words::ANOTHER, words::SHOWN)
                || both(words::LOST, words::HOLDS))
}

/// Whether a title gives an incident its name in the form of a notice.
fn titled(title: &str) -> bool {
    any(title, words::TITLE_EVENT)
        && any(title, words::TITLE_FORM)
        && !any(title, words::TITLE_ELSE)
}

/// The sum of what a mail says, and none where nothing in it is the heart of a notice.
fn weigh(title: &str, sentences: &[Sentence], heard: &[Heard]) -> i32 {
    let leaks = || heard.iter().filter(|heard| heard.leak);
    let has = |terms: Terms| sentences.iter().filter(|s| any(&s.folded, terms)).count();
    let does = |terms: Terms| {
        let mut all = sentences.iter().zip(heard);
        all.any(|(s, heard)| !heard.general && any(&s.folded, terms))
    };
    let when = |so: bool, weight: i32| if so { weight } else { 0 };
    let sorry = any(title, words::SORRY) || has(words::SORRY) > 0;
    // Who is sorry for a leak speaks of its own, named or not.
    let own = leaks().any(|heard| heard.own || sorry);
    let incident = heard.iter().any(|heard| heard.incident);
    let titled = titled(title);
    if !titled && leaks().next().is_none() && !incident {
        return 0;
    }
    when(titled, TITLED)
        + when(own, TELLS_OWN)
        + when(!own && leaks().next().is_some(), TELLS)
        + when(leaks().count() > 1, TELLS_AGAIN)
        + when(incident, TELLS_INCIDENT)
        + when(sorry, SORRY)
        + FRAME * has(words::FRAME).min(2) as i32
        + when(does(words::DESTROY), DESTROY)
        + when(does(words::REPORTED), REPORTED)
        + when(
            has(words::WATCHING) > 0 || any(title, words::WATCHING),
            WATCHES,
        )
        + NEWS * has(words::NEWS).min(3) as i32
        + when(any(title, words::TITLE_ELSE), NEWS)
}

fn any(folded: &str, terms: Terms) -> bool {
    first(folded, terms).is_some()
}

/// Where the first of the terms that are found stands.
fn first(folded: &str, terms: Terms) -> Option<Range<usize>> {
    each(terms).find_map(|term| place(folded, term))
}

/// The terms one by one.
fn each(terms: Terms) -> impl Iterator<Item = &'static str> {
    terms.split('|').map(str::trim)
}
