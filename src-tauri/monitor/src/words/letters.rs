//! Letters in words: who writes, what the case bears, what is asked, until when. Days stand with
//! their year. Nothing is said here that is not a part of the letter.

use super::{Lang, Words};
use exposure::Confidence;
use exposure::case::authorities::{Authority, Remit};
use exposure::case::statement::{Began, Mine};
use exposure::case::{Letter, LetterKind, Part, Presumes, Says, Statement, Topic};
use exposure::notice::{Claim, Item};
use exposure::show::shown;
use jiff::civil::Date;

/// No name, address or note in a letter is longer.
const LONGEST: usize = 200;

/// Names that a letter needs.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The service, as recorded.
    pub service: &'a str,
    /// The address that the case is about.
    pub address: &'a str,
    /// The user, where they said so; a gap to be filled else.
    pub user: Option<&'a str>,
    /// The authority of a complaint.
    pub authority: Option<&'a Authority>,
}

/// A letter as it is shown to be edited, copied or opened in the mail program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The subject line.
    pub subject: String,
    /// The text, lines ended by `\n`, paragraphs by an empty line.
    pub body: String,
    /// What the user should know before sending or showing it; no part of the letter.
    pub note: String,
}

/// A new address, as it is told to people.
#[derive(Clone, Copy, Debug)]
pub struct Moving<'a> {
    /// The new address.
    pub new: &'a str,
    /// The old one.
    pub old: &'a str,
    /// The user, where they said so.
    pub user: Option<&'a str>,
    /// When these people were told a new address before.
    pub told_before: Option<Date>,
    /// Until when the old one is read.
    pub old_until: Option<Date>,
    /// Why.
    pub because: Because,
}

/// Why an address is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Junk reaches the old one.
    Junk,
    /// It is not said.
    Unsaid,
}

impl Words {
    /// A letter about a case.
    pub fn letter(&self, letter: &Letter, names: &Names<'_>) -> Written {
        let page = Page {
            words: self,
            letter,
            service: shown(names.service, LONGEST),
            address: shown(names.address, LONGEST),
            user: names.user.map(|name| shown(name, LONGEST)),
            authority: names.authority,
        };
        let head = std::iter::once(page.to_whom());
        let parts = letter.parts().iter().map(|part| page.part(part));
        Written {
            subject: page.subject(),
            body: joined(head.chain(parts)),
            note: self.say("letter.note"),
        }
    }

    /// A message to people about a new address.
    pub fn moved(&self, moving: &Moving<'_>) -> Written {
        let user = self.signed(moving.user);
        let values = [
            ("new", shown(moving.new, LONGEST)),
            ("old", shown(moving.old, LONGEST)),
            ("user", user),
        ];
        let fill = |key: &str| self.fill(key, &values.each_ref().map(|(k, v)| (*k, v.as_str())));
        let again = moving.told_before.map(|day| {
            let month = self.month_year(day);
            self.fill("letter.moved.again", &[("month", &month)])
        });
        let why = match moving.because {
            Because::Junk => Some(self.say("letter.moved.junk")),
            Because::Unsaid => None,
        };
        let until = moving.old_until.map(|day| {
            let day = self.whole_day(day);
            self.fill("letter.moved.until", &[("day", &day)])
        });
        let second = [Some(fill("letter.moved.new")), why, until, again];
        let second = self.run(second.into_iter().flatten());
        let parts = [
            fill("letter.moved.hello"),
            second,
            self.say("letter.moved.please"),
            fill("letter.moved.closing"),
        ];
        Written {
            subject: fill("letter.moved.subject"),
            body: joined(parts.into_iter()),
            note: self.say("letter.moved.note"),
        }
    }

    /// A day with its year, wherever it is read.
    fn whole_day(&self, day: Date) -> String {
        let month = self.say(&format!("month.{}", day.month()));
        let values = (day.day().to_string(), day.year().to_string());
        self.fill(
            "date.day_year",
            &[("day", &values.0), ("month", &month), ("year", &values.1)],
        )
    }

    /// The user's name, or a gap to be filled.
    fn signed(&self, user: Option<&str>) -> String {
        match user {
            Some(name) => shown(name, LONGEST),
            None => self.say("letter.gap.name"),
        }
    }

    /// Sentences of one paragraph.
    fn run(&self, sentences: impl Iterator<Item = String>) -> String {
        let between = match self.lang {
            Lang::En => " ",
            Lang::Ja => "",
        };
        sentences.collect::<Vec<_>>().join(between)
    }
}

/// Paragraphs, with an empty line between them.
fn joined(parts: impl Iterator<Item = String>) -> String {
    let mut body = parts.collect::<Vec<_>>().join("\n\n");
    body.push('\n');
    body
}

struct Page<'a> {
    words: &'a Words,
    letter: &'a Letter,
    service: String,
    address: String,
    user: Option<String>,
    authority: Option<&'a Authority>,
}

impl Page<'_> {
    fn fill(&self, key: &str, more: &[(&str, &str)]) -> String {
        let user = self.words.signed(self.user.as_deref());
        let authority = self.authority_name();
        let mut values = vec![
            ("service", self.service.as_str()),
            ("address", self.address.as_str()),
            ("user", user.as_str()),
            ("authority", authority.as_str()),
        ];
        values.extend_from_slice(more);
        self.words.fill(key, &values)
    }

    fn authority_name(&self) -> String {
        // Who only names the authority of a region is no authority to write to.
        let written_to = self.authority.filter(|one| one.remit != Remit::Regional);
        match (written_to, self.words.lang()) {
            (Some(one), Lang::Ja) => one.local.unwrap_or(one.name).to_owned(),
            (Some(one), Lang::En) => one.name.to_owned(),
            (None, Lang::En | Lang::Ja) => self.words.say("letter.gap.authority"),
        }
    }

    fn day(&self, day: Date) -> String {
        self.words.whole_day(day)
    }

    fn to_whom(&self) -> String {
        self.fill(&format!("letter.to.{}", self.letter.kind().word()), &[])
    }

    fn subject(&self) -> String {
        let kind = self.letter.kind().word();
        match self.letter.about() {
            Some(day) => {
                let day = self.day(day);
                self.fill(&format!("letter.subject.{kind}.dated"), &[("date", &day)])
            }
            None => self.fill(&format!("letter.subject.{kind}"), &[]),
        }
    }

    fn part(&self, part: &Part) -> String {
        let kind = self.letter.kind().word();
        match part {
            Part::Opening => self.fill(&format!("letter.opening.{kind}"), &[]),
            Part::Say(all) => self.paragraph(all),
            Part::Help => self.words.say("letter.help"),
            Part::Ask { presumes, topics } => self.questions(*presumes, topics),
            Part::AskMissing(items) => {
                let items = self.items(items);
                self.fill("letter.ask_missing", &[("items", &items)])
            }
            Part::AskSum => self.words.say("letter.ask_sum"),
            Part::Request => self.request(),
            Part::AnswerBy(by) => {
                let by = self.day(*by);
                let key = match self.letter.kind() {
                    LetterKind::Reminder => "letter.answer_by.again",
                    LetterKind::Questions
                    | LetterKind::Access
                    | LetterKind::InBreach
                    | LetterKind::Complaint => "letter.answer_by.first",
                };
                self.fill(key, &[("date", &by)])
            }
            Part::Closing => self.fill("letter.closing", &[]),
        }
    }

    fn questions(&self, presumes: Presumes, topics: &[Topic]) -> String {
        let lead = match self.letter.kind() {
            LetterKind::Reminder => "letter.lead.open",
            LetterKind::Questions
            | LetterKind::Access
            | LetterKind::InBreach
            | LetterKind::Complaint => "letter.lead.questions",
        };
        let lines = topics.iter().zip(1_u32..).map(|(topic, n)| {
            let key = match (presumes, topic) {
                (Presumes::Nothing, _) => "letter.ask.open",
                (Presumes::Incident, Topic::Affected) => "letter.ask.incident",
                (Presumes::Incident | Presumes::GotOut, _) => "letter.ask.known",
            };
            let text = self.words.say(&format!("{key}.{}", topic.word()));
            format!("{n}. {text}")
        });
        let lead = std::iter::once(self.words.say(lead));
        let body: Vec<String> = lead.chain(lines).collect();
        body.join("\n")
    }

    fn items(&self, items: &[Item]) -> String {
        let all: Vec<String> = items
            .iter()
            .map(|item| self.words.say(&format!("letter.item.{}", item.word())))
            .collect();
        match self.words.lang() {
            Lang::En => self.words.alternatives(&all),
            Lang::Ja => self.words.list(&all),
        }
    }

    /// What a letter asks for besides questions, by the law that it names.
    fn request(&self) -> String {
        let (kind, law) = (self.letter.kind().word(), self.letter.law().word());
        self.fill(&format!("letter.request.{kind}.{law}"), &[])
    }

    /// Sentences of which none names the day again that the one before has named.
    fn paragraph(&self, all: &[Statement]) -> String {
        let mut named = None;
        let sentences = all.iter().map(|one| {
            let day = one.says().day();
            let again = day.is_some() && day == named;
            named = day.or(named);
            self.statement(one, again)
        });
        self.words.run(sentences)
    }

    /// A sentence, to the service or about it; `again` where its day was just named.
    fn statement(&self, statement: &Statement, again: bool) -> String {
        let voice = match self.letter.kind() {
            LetterKind::Complaint => "they",
            LetterKind::Questions
            | LetterKind::Reminder
            | LetterKind::Access
            | LetterKind::InBreach => "you",
        };
        let key = |name: &str| format!("letter.{voice}.{name}");
        let date_of = |day: Date| match again {
            true => self.words.say("letter.same_day"),
            false => self.day(day),
        };
        let plain = |name: &str| self.fill(&key(name), &[]);
        let dated = |name: &str, day: Date| self.fill(&key(name), &[("date", &date_of(day))]);
        match statement.says() {
            Says::Carried { on, people, mine } => {
                let date = date_of(*on);
                let people = people.map(|n| self.words.people_on_list(n, true));
                let first = match &people {
                    Some(people) => self.fill(
                        &key("carried_people"),
                        &[("date", &date), ("people", people)],
                    ),
                    None => self.fill(&key("carried"), &[("date", &date)]),
                };
                let second = match mine {
                    Mine::NameAndAddress => Some("letter.mine.both"),
                    Mine::Address => Some("letter.mine.address"),
                    Mine::Name => Some("letter.mine.name"),
                    Mine::Nothing => None,
                };
                let second = second.map(|key| self.fill(key, &[]));
                self.words.run(std::iter::once(first).chain(second))
            }
            Says::Showed { on, people } => {
                let people = self.words.count("count.people", u64::from(*people), &[]);
                let date = date_of(*on);
                self.fill(&key("showed"), &[("date", &date), ("people", &people)])
            }
            Says::Wrote { on, claim } => {
                let name = match claim {
                    Claim::GotOut => "wrote_got_out",
                    Claim::MayHave => "wrote_may_have",
                    Claim::Incident => "wrote_incident",
                };
                dated(name, *on)
            }
            Says::LeftOut { items, .. } => {
                let items = self.items(items);
                self.fill(&key("left_out"), &[("items", &items)])
            }
            Says::OfferedNoSum { .. } => plain("offered_no_sum"),
            Says::Offered { amount, .. } => {
                let amount = shown(amount, LONGEST);
                self.fill(&key("offered"), &[("amount", &amount)])
            }
            Says::Published {
                name,
                happened,
                source,
            } => {
                let month = happened.map(|day| self.words.month_year(day));
                let (name, source) = (shown(name, LONGEST), shown(source, LONGEST));
                let values = [
                    ("name", name.as_str()),
                    ("source", &source),
                    ("month", month.as_deref().unwrap_or_default()),
                ];
                match month {
                    Some(_) => self.fill(&key("published_in"), &values),
                    None => self.fill(&key("published"), &values),
                }
            }
            Says::Stranger { on } => self.fill("letter.say.stranger", &[("date", &self.day(*on))]),
            Says::Junk { began } => {
                let (name, day) = match began {
                    Began::On(day) => ("letter.say.junk_on", *day),
                    Began::Growing(day) => ("letter.say.junk_growing", *day),
                    Began::Already(day) => ("letter.say.junk_already", *day),
                };
                self.fill(name, &[("date", &self.day(day))])
            }
            Says::Given { on } => dated("given", *on),
            Says::OnlyYou => plain("only_you"),
            Says::AmongOthers => plain("among_others"),
            Says::PointsToYou { confidence } => match confidence {
                Confidence::VeryLikely => plain("points_strongly"),
                Confidence::Likely | Confidence::OneOfThese | Confidence::CannotTell => {
                    plain("points")
                }
            },
            Says::CannotTell => self.words.say("letter.say.cannot_tell"),
            Says::NoClaim => plain("no_claim"),
            Says::Asked { on } => dated("asked", *on),
            Says::RepliedOpen { on, open } => {
                let date = date_of(*on);
                let n = u64::from(*open);
                let open = self.words.spelled(n);
                let values = [
                    ("date", date.as_str()),
                    ("service", &self.service),
                    ("open", &open),
                ];
                self.words.count(&key("replied"), n, &values)
            }
            Says::Silence { days } => {
                let service = [("service", self.service.as_str())];
                self.words
                    .count(&key("silence"), u64::from(*days), &service)
            }
            Says::Promised { on, what, by } => {
                let (on, by) = (date_of(*on), self.day(*by));
                let what = shown(what, LONGEST);
                let values = [("date", on.as_str()), ("what", &what), ("by", &by)];
                self.fill(&key("promised"), &values)
            }
        }
    }
}
