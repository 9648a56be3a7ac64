//! Letters, as what they say in order; the words are the catalogue's.
//!
//! A [`Letter`] can be made only by [`letter`], and what it says of the case is made only by
//! [`statements`]. Questions presume that something happened only where the service's own mail
//! shows or says so.

use super::log::{Answer, Entry, Question, Topic, Way};
use super::statement::{Facts, Ground, Rests, Says, Statement, statements};
use super::waiting::{Due, REMIND_AFTER, Waiting, silence};
use crate::notice::{Claim, Item};
use crate::vocab::coded;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

coded! {
    /// What a letter is for.
    LetterKind {
        /// The four questions.
        Questions = 0 => "questions",
        /// A reminder that an answer is open.
        Reminder = 1 => "reminder",
        /// A request for access to what is kept of the user.
        Access = 2 => "access",
        /// Whether the user's data was in a breach.
        InBreach = 3 => "in_breach",
        /// A complaint to an authority.
        Complaint = 4 => "complaint",
    }
}

coded! {
    /// The law that a letter names. Which one binds the service is the user's to judge; a letter
    /// can be written without one.
    Law {
        /// Regulation (EU) 2016/679, in the European Economic Area.
        Gdpr = 0 => "gdpr",
        /// The same as it became law in the United Kingdom.
        UkGdpr = 1 => "uk_gdpr",
        /// The Act on the Protection of Personal Information, in Japan.
        Appi = 2 => "appi",
        /// None is named.
        Unnamed = 3 => "unnamed",
    }
}

impl Law {
    /// The law of a country (ISO 3166-1 alpha-2); none where it is not known here.
    pub fn of(country: &str) -> Law {
        match country {
            "JP" => Law::Appi,
            "GB" => Law::UkGdpr,
            "IS" | "LI" | "NO" => Law::Gdpr,
            other if super::authorities::EU.contains(&other) => Law::Gdpr,
            _ => Law::Unnamed,
        }
    }
}

coded! {
    /// How far questions presume that something happened.
    Presumes {
        /// Nothing: the address may have got out elsewhere.
        Nothing = 0 => "nothing",
        /// An incident, of which is not said that data got out.
        Incident = 1 => "incident",
        /// Data got out: the service's own mail shows it or says so.
        GotOut = 2 => "got_out",
    }
}

/// Why there is no letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLetter {
    /// Nothing was noticed that could be asked about.
    NothingNoticed,
    /// Nothing was asked yet.
    NothingAsked,
    /// Everything that was asked is answered.
    AllAnswered,
    /// Nothing concerns the service: it is not a likely source and owes no answer.
    NothingToComplainOf,
}

/// What is known when a letter is written.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What is known of the incident.
    pub facts: &'a Facts,
    /// What was asked.
    pub questions: &'a [Question],
    /// What was said.
    pub log: &'a [Entry],
}

/// One part of a letter, a paragraph or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who writes, and why.
    Opening,
    /// Things that are said; one paragraph.
    Say(Vec<Statement>),
    /// Help in finding out is asked for.
    Help,
    /// Questions, in their order.
    Ask {
        /// What they presume.
        presumes: Presumes,
        /// What they are about.
        topics: Vec<Topic>,
    },
    /// What notices left out is asked for as well.
    AskMissing(Vec<Item>),
    /// The sum that a notice did not name is asked for as well.
    AskSum,
    /// What a kind of letter asks for besides questions.
    Request,
    /// Until when an answer is asked for.
    AnswerBy(Date),
    /// Thanks, and name and address of the user.
    Closing,
}

/// A letter that says nothing that its case does not bear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    kind: LetterKind,
    law: Law,
    on: Date,
    about: Option<Date>,
    parts: Vec<Part>,
}

impl Letter {
    /// What it is for.
    pub const fn kind(&self) -> LetterKind {
        self.kind
    }

    /// The law that it names.
    pub const fn law(&self) -> Law {
        self.law
    }

    /// The day on which it is written.
    pub const fn on(&self) -> Date {
        self.on
    }

    /// The day that its subject line names: of the service's mail that it is about, or of the
    /// letter that it reminds of.
    pub const fn about(&self) -> Option<Date> {
        self.about
    }

    /// Its parts in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Everything that it says of the case.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.parts.iter().flat_map(|part| match part {
            Part::Say(all) => all.as_slice(),
            Part::Opening
            | Part::Help
            | Part::Ask { .. }
            | Part::AskMissing(_)
            | Part::AskSum
            | Part::Request
            | Part::AnswerBy(_)
            | Part::Closing => &[],
        })
    }
}

/// Until when an answer is asked for, unless the user says otherwise: a month for access where a
/// law gives one (GDPR Art. 12(3)) or none is named, else the usual days.
pub fn answer_by(kind: LetterKind, law: Law, today: Date) -> Date {
    match (kind, law) {
        (LetterKind::Access, Law::Gdpr | Law::UkGdpr | Law::Unnamed) => {
            today.saturating_add(1.month())
        }
        (LetterKind::Access, Law::Appi)
        | (
            LetterKind::Questions
            | LetterKind::Reminder
            | LetterKind::InBreach
            | LetterKind::Complaint,
            _,
        ) => Waiting::from(today).answer_by,
    }
}

/// The letter of a kind about a case, written today and to be answered by a day.
///
/// # Errors
/// Why there is none.
pub fn letter(
    kind: LetterKind,
    case: &Case<'_>,
    law: Law,
    today: Date,
    answer_by: Date,
) -> Result<Letter, NoLetter> {
    let ground = Ground::of(case.facts);
    let mut parts = vec![Part::Opening];
    let mut about = own_mail(case.facts);
    match kind {
        LetterKind::Questions if ground == Ground::Nothing => return Err(NoLetter::NothingNoticed),
        LetterKind::Questions => questions(case, ground, &mut parts),
        LetterKind::Reminder => {
            let open = open(case.questions)?;
            about = first_asked(case.questions);
            parts.push(Part::Say(standing(case, today)));
            parts.push(Part::Ask {
                presumes: presumes(case.facts, ground),
                topics: open,
            });
        }
        LetterKind::Access => {
            about = None;
            let given = case.facts.given.map(|on| Says::Given { on });
            let given = given.map(|says| Statement::new(says, Rests::Records));
            parts.extend(given.map(|one| Part::Say(vec![one])));
            parts.push(Part::Request);
        }
        LetterKind::InBreach => {
            let told = said_by_the_service(case.facts);
            if told.is_empty() && ground == Ground::Nothing {
                return Err(NoLetter::NothingNoticed);
            }
            about = about.filter(|_| !told.is_empty());
            let all = match told.is_empty() {
                true => statements(case.facts),
                false => told,
            };
            parts.push(Part::Say(all));
            parts.push(Part::Request);
        }
        LetterKind::Complaint => {
            let late = |one: &Statement| {
                matches!(one.says(), Says::Silence { .. } | Says::Promised { .. })
            };
            let owed = open(case.questions).is_ok() && standing(case, today).iter().any(late);
            if ground < Ground::Likely && !owed {
                return Err(NoLetter::NothingToComplainOf);
            }
            about = None;
            parts.push(Part::Say(statements(case.facts)));
            parts.extend(
                Some(standing(case, today))
                    .filter(|all| !all.is_empty())
                    .map(Part::Say),
            );
            parts.push(Part::Request);
        }
    }
    match kind {
        LetterKind::Questions
        | LetterKind::Reminder
        | LetterKind::Access
        | LetterKind::InBreach => {
            parts.push(Part::AnswerBy(answer_by));
        }
        LetterKind::Complaint => {}
    }
    parts.push(Part::Closing);
    parts.retain(|part| !matches!(part, Part::Say(all) if all.is_empty()));
    Ok(Letter {
        kind,
        law,
        on: today,
        about,
        parts,
    })
}

/// The four questions, with what notices left out that they do not cover.
fn questions(case: &Case<'_>, ground: Ground, parts: &mut Vec<Part>) {
    let mut missing = Vec::new();
    let mut no_sum = false;
    let all = statements(case.facts).into_iter();
    let said = all.filter(|statement| match statement.says() {
        Says::LeftOut { items, .. } => {
            let uncovered = items.iter().filter(|item| !covered(**item));
            missing = uncovered.copied().collect();
            false
        }
        Says::OfferedNoSum { .. } => {
            no_sum = true;
            true
        }
        _ => true,
    });
    parts.push(Part::Say(said.collect()));
    if ground < Ground::Told {
        parts.push(Part::Help);
    }
    parts.push(Part::Ask {
        presumes: presumes(case.facts, ground),
        topics: Topic::ALL.to_vec(),
    });
    parts.extend(
        Some(missing)
            .filter(|items| !items.is_empty())
            .map(Part::AskMissing),
    );
    parts.extend(no_sum.then_some(Part::AskSum));
}

/// Whether one of the four questions asks for it.
const fn covered(item: Item) -> bool {
    match item {
        Item::How | Item::Measures | Item::Authority => true,
        Item::When
        | Item::Data
        | Item::People
        | Item::Consequences
        | Item::Contact
        | Item::Asks
        | Item::Deadline
        | Item::Offer => false,
    }
}

/// What questions may presume.
fn presumes(facts: &Facts, ground: Ground) -> Presumes {
    let got_out = |statement: &Statement| match statement.says() {
        Says::Carried { .. } | Says::Showed { .. } => true,
        Says::Wrote { claim, .. } => *claim == Claim::GotOut,
        _ => false,
    };
    match ground {
        Ground::Told | Ground::Found if statements(facts).iter().any(got_out) => Presumes::GotOut,
        Ground::Told | Ground::Found => Presumes::Incident,
        Ground::Nothing
        | Ground::UnexpectedSender
        | Ground::JunkBegan
        | Ground::Published
        | Ground::Likely
        | Ground::VeryLikely => Presumes::Nothing,
    }
}

/// What the service's own mail or a catalogue says, without what notices left out.
fn said_by_the_service(facts: &Facts) -> Vec<Statement> {
    let kept = |statement: &Statement| {
        matches!(
            statement.says(),
            Says::Carried { .. }
                | Says::Showed { .. }
                | Says::Wrote { .. }
                | Says::Published { .. }
        )
    };
    statements(facts).into_iter().filter(kept).collect()
}

/// The day of the service's first mail that shows or says something.
fn own_mail(facts: &Facts) -> Option<Date> {
    let all = statements(facts);
    let mut days = all.iter().filter_map(|statement| match statement.says() {
        Says::Carried { on, .. } | Says::Showed { on, .. } | Says::Wrote { on, .. } => Some(*on),
        _ => None,
    });
    days.next()
}

/// Where the exchange stands: asked, replied, promises that were not kept, silence.
fn standing(case: &Case<'_>, today: Date) -> Vec<Statement> {
    let Some(asked) = first_asked(case.questions) else {
        return Vec::new();
    };
    let say = |says: Says| Statement::new(says, Rests::Log);
    let mut all = vec![say(Says::Asked { on: asked })];
    let came = case
        .log
        .iter()
        .filter(|e| e.way == Way::Came && e.on >= asked && e.on <= today);
    if let Some(on) = came.map(|e| e.on).max() {
        let open = open(case.questions).map_or(0, |topics| topics.len());
        let open = u32::try_from(open).unwrap_or(u32::MAX);
        all.push(say(Says::RepliedOpen { on, open }));
    }
    for due in Waiting::from(asked).due(case.log, today) {
        if let Due::PromiseOverdue {
            entry, promise, by, ..
        } = due
            && let Some(entry) = case.log.get(entry)
            && let Some(made) = entry.promises.get(promise)
        {
            let (on, what) = (entry.on, made.what.clone());
            all.push(say(Says::Promised { on, what, by }));
        }
    }
    let days = silence(asked, case.log, today);
    if let Some(days) = u32::try_from(days).ok().filter(|_| days >= REMIND_AFTER) {
        all.push(say(Says::Silence { days }));
    }
    all
}

fn first_asked(questions: &[Question]) -> Option<Date> {
    questions
        .iter()
        .filter_map(|question| question.asked_on)
        .min()
}

/// What was asked and is not answered.
fn open(questions: &[Question]) -> Result<Vec<Topic>, NoLetter> {
    if first_asked(questions).is_none() {
        return Err(NoLetter::NothingAsked);
    }
    let open = questions
        .iter()
        .filter(|question| question.asked_on.is_some() && question.answer != Answer::Answered);
    let open: Vec<Topic> = open.map(|question| question.topic).collect();
    match open.is_empty() {
        true => Err(NoLetter::AllAnswered),
        false => Ok(open),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::assess;
    use crate::case::statement::{Began, Holders, Junk};
    use crate::{Confidence, Level};
    use jiff::civil::date;

    const ASKED: Date = date(2026, 6, 19);

    fn facts(level: Option<Level>) -> Facts {
        Facts {
            given: None,
            holders: Holders {
                others: 3,
                dedicated: false,
                standing: assess::Standing::Recorded,
            },
            junk: level.map(|level| Junk {
                level,
                confidence: Some(Confidence::Likely),
                began: Began::On(date(2026, 5, 14)),
                names_it: true,
            }),
            mails: Vec::new(),
            breach: None,
        }
    }

    fn asked(answer: Answer) -> Vec<Question> {
        let all = Topic::ALL.iter();
        all.map(|topic| Question {
            topic: *topic,
            asked_on: Some(ASKED),
            answer,
        })
        .collect()
    }

    #[test]
    fn there_is_no_letter_without_something_to_write_about() {
        let check = |kind, level, questions: &[Question], today, want: Result<(), NoLetter>| {
            let facts = facts(level);
            let case = Case {
                facts: &facts,
                questions,
                log: &[],
            };
            let made = letter(kind, &case, Law::Appi, today, today).map(|_| ());
            assert_eq!(made, want, "{kind:?} at {level:?} on {today}");
        };
        use LetterKind::*;
        let (began, likely) = (Some(Level::JunkBegan), Some(Level::LikelySource));
        let open = asked(Answer::Open);
        let late = date(2026, 7, 10);
        check(Questions, None, &[], ASKED, Err(NoLetter::NothingNoticed));
        check(Questions, began, &[], ASKED, Ok(()));
        check(InBreach, None, &[], ASKED, Err(NoLetter::NothingNoticed));
        check(Access, None, &[], ASKED, Ok(()));
        check(Reminder, began, &[], late, Err(NoLetter::NothingAsked));
        let answered = asked(Answer::Answered);
        check(Reminder, began, &answered, late, Err(NoLetter::AllAnswered));
        check(Reminder, began, &open, late, Ok(()));
        let nothing = Err(NoLetter::NothingToComplainOf);
        check(Complaint, began, &[], late, nothing);
        check(Complaint, began, &open, ASKED, nothing);
        check(Complaint, began, &open, late, Ok(()));
        check(Complaint, likely, &[], ASKED, Ok(()));
    }

    #[test]
    fn access_is_asked_for_within_the_month_of_the_law() {
        let by = |kind, law| answer_by(kind, law, date(2026, 1, 31));
        assert_eq!(by(LetterKind::Access, Law::Gdpr), date(2026, 2, 28));
        assert_eq!(by(LetterKind::Access, Law::Appi), date(2026, 2, 14));
        assert_eq!(by(LetterKind::Questions, Law::Gdpr), date(2026, 2, 14));
        assert_eq!(Law::of("JP"), Law::Appi);
        assert_eq!(Law::of("IE"), Law::Gdpr);
        assert_eq!(Law::of("US"), Law::Unnamed);
    }
}
