//! The sentences that matter most: what is said of an address, never ahead of its level.

use super::{Lang, Words};
use exposure::assess::{Flag, Standing, Suspect};
use exposure::{AddressState, Confidence, FlagKind, Level, State, SuspectKind};
use jiff::civil::Date;

/// Junk that was this many times more when it was plainest is said to have become less.
const SUBSIDED: f64 = 3.0;

/// How many hold an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holders {
    /// Services.
    pub services: u64,
    /// People written with.
    pub people: u64,
    /// Who says so of the services: the mail alone, where it is true of one of them.
    pub standing: Standing,
}

impl Words {
    /// The badge of a state.
    pub fn badge(&self, state: AddressState) -> String {
        self.say(&format!("state.{}", state.word()))
    }

    /// A figure per day with one decimal; what would round to nothing is said to be under 0.1.
    pub fn figure(&self, per_day: f64) -> String {
        if per_day < 0.05 {
            self.say("rate.under")
        } else {
            format!("{per_day:.1}")
        }
    }

    /// "5.8 a day"; below 1 in 10 days "fewer than n a month".
    pub fn rate(&self, per_day: f64) -> String {
        self.paced("rate", per_day)
    }

    /// "5.8 junk messages a day", as a sentence says it; below 1 in 10 days by month.
    fn amount(&self, per_day: f64) -> String {
        self.paced("amount", per_day)
    }

    fn paced(&self, prefix: &str, per_day: f64) -> String {
        if per_day >= 0.1 {
            return self.fill(
                &format!("{prefix}.per_day"),
                &[("n", &self.figure(per_day))],
            );
        }
        match fewer_than_a_month(per_day) {
            1 => self.say(&format!("{prefix}.one_per_month")),
            n => self.fill(&format!("{prefix}.per_month"), &[("n", &n.to_string())]),
        }
    }

    /// A likelihood in words with its range.
    pub fn likelihood(&self, kind: SuspectKind, p: f64) -> String {
        let service = kind == SuspectKind::Service;
        let key = match p {
            p if service && p >= 0.90 => "likelihood.service_very_likely",
            p if service && p >= 0.60 => "likelihood.service_likely",
            p if p >= 0.20 => "likelihood.possible",
            p if p >= 0.05 => "likelihood.unlikely",
            _ => "likelihood.very_unlikely",
        };
        self.say(key)
    }

    /// Who a suspect is; the name of a service where it is one.
    pub fn suspect(&self, suspect: &Suspect, service: Option<&str>) -> String {
        match (suspect.kind, service) {
            (SuspectKind::Service, Some(name)) => name.to_owned(),
            (SuspectKind::Stripped, Some(name)) => {
                self.fill("suspect.stripped_of", &[("service", name)])
            }
            (kind, _) => self.say(&format!("suspect.{}", kind.word())),
        }
    }

    /// "since about 14 May", as far as a day may be claimed.
    pub fn since(&self, flag: &Flag, today: Date) -> String {
        let day = |date: Date| self.day(date, today);
        match (flag.kind, flag.level, flag.state) {
            (FlagKind::OwnMail, _, _) => self.fill(
                "onset.own_mail",
                &[("day", &day(flag.onset.estimate.unwrap_or(flag.segment)))],
            ),
            (FlagKind::Leak, Level::UnexpectedSender, _) => self.fill(
                "onset.first",
                &[("day", &day(flag.onset.estimate.unwrap_or(flag.segment)))],
            ),
            (FlagKind::Leak, _, Some(State::Growing)) => {
                self.fill("onset.growing", &[("span", &self.span(flag, today))])
            }
            (FlagKind::Leak, _, Some(State::Already)) => self.fill(
                "onset.already",
                &[("day", &day(flag.seen_since.unwrap_or(flag.segment)))],
            ),
            (FlagKind::Leak, _, Some(State::Flagged | State::Confirmed) | None) => self.fill(
                "onset.since",
                &[("day", &day(flag.onset.estimate.unwrap_or(flag.segment)))],
            ),
        }
    }

    fn span(&self, flag: &Flag, today: Date) -> String {
        match (flag.onset.earliest, flag.onset.latest) {
            (Some(first), Some(last)) => self.between(first, last, today),
            (None, Some(last)) => self.fill("date.before", &[("last", &self.day(last, today))]),
            (Some(only), None) => self.day(only, today),
            (None, None) => self.day(flag.segment, today),
        }
    }

    /// "about 14 May (between 12 and 15 May)"; the interval is said where it is longer than a day,
    /// in Japanese without the month that was just named.
    fn about(&self, day: Date, flag: &Flag, today: Date) -> String {
        let said = self.day(day, today);
        let (first, last) = match (flag.onset.earliest, flag.onset.latest) {
            (Some(first), Some(last)) if first == last => {
                return self.fill("onset.about", &[("day", &said)]);
            }
            ends => ends,
        };
        let same_month = |date: Option<Date>| {
            date.is_some_and(|d| (d.year(), d.month()) == (day.year(), day.month()))
        };
        let span = match (self.lang, first, last) {
            (Lang::Ja, Some(first), Some(last))
                if same_month(Some(first)) && same_month(Some(last)) =>
            {
                let only =
                    |date: Date| self.fill("date.day_only", &[("day", &date.day().to_string())]);
                self.fill(
                    "date.between",
                    &[("first", &only(first)), ("last", &only(last))],
                )
            }
            (Lang::En | Lang::Ja, _, _) => self.span(flag, today),
        };
        self.fill("onset.about_span", &[("day", &said), ("span", &span)])
    }

    /// The sentence under the chart. It names no service, but for the service's own mail.
    pub fn sentence(&self, flag: &Flag, service: Option<&str>, today: Date) -> String {
        let day = |date: Option<Date>| self.day(date.unwrap_or(flag.segment), today);
        match (flag.kind, flag.level, flag.state) {
            (FlagKind::OwnMail, _, _) => self.fill(
                "sentence.own_mail",
                &[
                    ("day", &day(flag.onset.estimate)),
                    ("service", service.unwrap_or_default()),
                    (
                        "count",
                        &self.count("count.messages", flag.junk_since_onset, &[]),
                    ),
                ],
            ),
            (FlagKind::Leak, Level::UnexpectedSender, _) => {
                self.fill("sentence.unexpected", &[("day", &day(flag.onset.estimate))])
            }
            (FlagKind::Leak, _, Some(State::Growing)) => {
                let span = self.span(flag, today);
                match flag.rate_after {
                    Some(after) => self.fill(
                        "sentence.growing",
                        &[("span", &span), ("amount", &self.amount(after))],
                    ),
                    None => self.fill("sentence.growing_no_rate", &[("span", &span)]),
                }
            }
            (FlagKind::Leak, _, Some(State::Already)) => {
                let day = day(flag.seen_since);
                match flag.rate_after {
                    Some(after) => self.fill(
                        "sentence.already",
                        &[("day", &day), ("amount", &self.amount(after))],
                    ),
                    None => self.fill("sentence.already_no_rate", &[("day", &day)]),
                }
            }
            (FlagKind::Leak, _, Some(State::Flagged | State::Confirmed) | None) => {
                self.dated(flag, today)
            }
        }
    }

    /// How little chance explains the rise; empty where nothing is proved.
    pub fn chance(&self, flag: &Flag) -> String {
        let Some(years) = flag.chance_years else {
            return String::new();
        };
        let years = self.number(u64::from(years));
        self.fill("chance.years", &[("years", &years)])
    }

    /// A rise with a date, and with its rates as far as they are known.
    fn dated(&self, flag: &Flag, today: Date) -> String {
        let estimate = flag.onset.estimate.unwrap_or(flag.segment);
        let when = self.about(estimate, flag, today);
        if let (Some(height), Some(after)) = (flag.rate_height, flag.rate_after)
            && height >= SUBSIDED * after
        {
            let values = [
                ("when", when.as_str()),
                ("amount", &self.amount(height)),
                ("after", &self.rate(after)),
            ];
            return self.fill("sentence.subsided", &values);
        }
        match (flag.rate_after, flag.rate_before) {
            (None, _) => self.fill(
                "sentence.flagged_no_rate",
                &[("day", &self.day(estimate, today))],
            ),
            (Some(after), None) => self.fill(
                "sentence.flagged_no_before",
                &[("when", &when), ("amount", &self.amount(after))],
            ),
            (Some(after), Some(before)) => self.fill(
                "sentence.flagged",
                &[
                    ("when", &when),
                    ("amount", &self.amount(after)),
                    ("before", &self.rate(before)),
                ],
            ),
        }
    }

    /// What a card says under its title: why a service is named, or why none is.
    pub fn why(
        &self,
        flag: &Flag,
        service: Option<&str>,
        holders: Holders,
        lookout: bool,
    ) -> String {
        match (flag.kind, flag.level) {
            (FlagKind::OwnMail, _) => self.say("why.own_mail"),
            (FlagKind::Leak, _) if lookout => self.say("why.lookout"),
            (FlagKind::Leak, Level::UnexpectedSender) => self.say("why.unexpected"),
            (FlagKind::Leak, Level::LikelySource) if holders.services > 1 => self.fill(
                "why.several_holders",
                &[
                    ("service", service.unwrap_or_default()),
                    (
                        "services",
                        &self.count("count.services", holders.services, &[]),
                    ),
                ],
            ),
            (FlagKind::Leak, Level::LikelySource) => self.fill(
                match holders.standing {
                    Standing::Recorded => "why.one_holder",
                    Standing::Inferred => "why.one_holder_found",
                },
                &[("service", service.unwrap_or_default())],
            ),
            (FlagKind::Leak, Level::JunkBegan)
                if flag.confidence == Some(Confidence::OneOfThese) =>
            {
                self.say("why.one_of_these")
            }
            (FlagKind::Leak, Level::JunkBegan) => self.cannot_tell(holders),
        }
    }

    fn cannot_tell(&self, holders: Holders) -> String {
        let services = self.count("count.services", holders.services, &[]);
        let people = self.count("count.people", holders.people, &[]);
        let all = match (holders.services, holders.people) {
            (0, 0) => return self.say("why.no_holder"),
            (1, 0) => return self.say("why.one_holder_untold"),
            (_, 0) => services,
            (0, _) => people,
            (_, _) => self.fill(
                "why.holders_both",
                &[("services", &services), ("people", &people)],
            ),
        };
        self.fill("why.cannot_tell", &[("holders", &all)])
    }

    /// What stands under every likely source; empty below that level.
    pub fn caveat(&self, flag: &Flag) -> String {
        if flag.level != Level::LikelySource {
            return String::new();
        }
        let other_services = flag
            .suspects
            .iter()
            .any(|s| s.kind == SuspectKind::Service && s.service != flag.service);
        let mut kinds: Vec<SuspectKind> = Vec::new();
        for suspect in &flag.suspects {
            if suspect.kind != SuspectKind::Service && !kinds.contains(&suspect.kind) {
                kinds.push(suspect.kind);
            }
        }
        let phrase =
            |kind: SuspectKind| self.inside(&self.say(&format!("suspect.{}", kind.word())));
        let others: Vec<String> = other_services
            .then(|| self.say("caveat.other_services"))
            .into_iter()
            .chain(kinds.into_iter().map(phrase))
            .collect();
        self.fill("caveat.likely", &[("list", &self.alternatives(&others))])
    }

    /// A phrase as it stands inside a sentence: in English it begins small.
    pub fn inside(&self, phrase: &str) -> String {
        let mut letters = phrase.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_lowercase().chain(letters).collect()
        })
    }

    /// Title and text of a notification about a flag.
    pub fn notice(
        &self,
        flag: &Flag,
        address: &str,
        service: Option<&str>,
        today: Date,
    ) -> (String, String) {
        let growing = flag.state == Some(State::Growing);
        let title = if growing {
            "notice.growing.title"
        } else {
            "notice.junk_began.title"
        };
        let title = self.fill(title, &[("address", address)]);
        let text = match (flag.level, service) {
            (Level::LikelySource, Some(service)) => {
                self.fill("notice.likely.text", &[("service", service)])
            }
            (Level::LikelySource, None) | (Level::JunkBegan | Level::UnexpectedSender, _) => {
                self.untold(flag, today)
            }
        };
        (title, text)
    }

    /// The text of a notification that names nobody: what came, as far as it is known.
    fn untold(&self, flag: &Flag, today: Date) -> String {
        let day = self.day(flag.onset.estimate.unwrap_or(flag.segment), today);
        let rate = |per_day: Option<f64>| per_day.map(|rate| self.rate(rate));
        match (flag.state, rate(flag.rate_after), rate(flag.rate_before)) {
            (Some(State::Growing), Some(after), _) => {
                self.fill("notice.growing.text", &[("after", &after)])
            }
            (_, Some(after), Some(before)) => self.fill(
                "notice.junk_began.text",
                &[("day", &day), ("after", &after), ("before", &before)],
            ),
            (_, Some(after), None) => self.fill(
                "notice.junk_began.no_before",
                &[("day", &day), ("after", &after)],
            ),
            (_, None, _) => self.fill("notice.junk_began.no_rate", &[("day", &day)]),
        }
    }

    /// "three" in English up to ten, figures in Japanese.
    pub fn spelled(&self, n: u64) -> String {
        if n <= 10 {
            self.say(&format!("number.{n}"))
        } else {
            self.number(n)
        }
    }
}

/// The whole number that a rate below 1 in 10 days stays under in a month of 30.4 days.
fn fewer_than_a_month(per_day: f64) -> u64 {
    (per_day * 30.4).floor() as u64 + 1
}
