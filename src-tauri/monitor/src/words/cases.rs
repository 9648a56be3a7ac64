//! What is said of a case: where it stands, what may not be done with it, what is due, and what it
//! cost against what was offered.

use super::Words;
use exposure::IncidentStatus;
use exposure::case::cost::{Gap, Money, Spent, compared};
use exposure::case::{Answer, Channel, Due, Offer, Refusal};
use jiff::civil::Date;

impl Words {
    /// Where a case stands; silence with its days where they are known.
    pub fn incident_status(&self, status: IncidentStatus, silent_days: Option<u32>) -> String {
        match (status, silent_days) {
            (IncidentStatus::Silent, Some(days)) => {
                self.count("incident.silent_days", u64::from(days), &[])
            }
            (_, _) => self.say(&format!("incident.{}", status.word())),
        }
    }

    /// What came back to a question.
    pub fn answer(&self, answer: Answer) -> String {
        self.say(&format!("case.answer.{}", answer.word()))
    }

    /// How something was said.
    pub fn channel(&self, channel: Channel) -> String {
        self.say(&format!("case.channel.{}", channel.word()))
    }

    /// Why a case cannot be moved.
    pub fn refused_move(&self, refusal: Refusal) -> String {
        self.say(&format!("case.refused.{}", refusal.word()))
    }

    /// One thing that is due; `promised` is what a promise was of.
    pub fn due(&self, due: &Due, promised: &str, today: Date) -> String {
        let days = |days: i32| u64::try_from(days).unwrap_or(0);
        match due {
            Due::Reminder => self.say("case.due.reminder"),
            Due::Silence { days: n } => self.count("incident.silent_days", days(*n), &[]),
            Due::DeadlinePassed { by, days: n } => {
                let day = self.day(*by, today);
                self.count("case.due.deadline", days(*n), &[("day", &day)])
            }
            Due::PromiseOverdue { by, .. } => self.fill(
                "case.due.promise",
                &[("what", promised), ("day", &self.day(*by, today))],
            ),
        }
    }

    /// An amount: "525 yen", "12.50 EUR".
    pub fn money(&self, money: Money) -> String {
        let unit = 10_u64.pow(money.currency.decimals());
        let whole = self.number(money.minor / unit);
        let figure = match unit {
            1 => whole,
            _ => format!("{whole}.{:02}", money.minor % unit),
        };
        match money.currency.letters() {
            "JPY" => self.fill("money.yen", &[("figure", &figure)]),
            letters => self.fill("money.other", &[("figure", &figure), ("currency", letters)]),
        }
    }

    /// What was offered.
    pub fn offer(&self, offer: Offer) -> String {
        match offer {
            Offer::Sum(sum) => self.fill("case.offer.sum", &[("amount", &self.money(sum))]),
            Offer::Unclear { at_most: None } => self.say("case.offer.unclear"),
            Offer::Unclear {
                at_most: Some(most),
            } => self.fill("case.offer.at_most", &[("amount", &self.money(most))]),
        }
    }

    /// What it cost so far against what was offered, in one or two sentences.
    pub fn cost_against(&self, spent: &Spent, offer: Option<Offer>) -> String {
        let time = self.count("time.minutes", u64::from(spent.minutes), &[]);
        let first = match spent.cost() {
            Some(cost) => self.fill(
                "case.cost.money",
                &[("time", &time), ("amount", &self.money(cost))],
            ),
            None => self.fill("case.cost.time", &[("time", &time)]),
        };
        let second = match compared(spent, offer) {
            Gap::Covered => self.say("case.gap.covered"),
            Gap::Missing(sum) => self.fill("case.gap.missing", &[("amount", &self.money(sum))]),
            Gap::MissingAtLeast(sum) => {
                self.fill("case.gap.at_least", &[("amount", &self.money(sum))])
            }
            Gap::PerhapsCovered => self.say("case.gap.perhaps"),
            Gap::NothingOffered => self.say("case.gap.nothing"),
            Gap::Unknown => return first,
        };
        self.fill("notice.and_then", &[("first", &first), ("second", &second)])
    }
}
