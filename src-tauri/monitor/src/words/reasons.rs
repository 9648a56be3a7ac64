//! Why something is said, what would change it, and what was said before.

use super::Words;
use exposure::assess::{Change, Evidence, EvidenceKind, Standing, Turn};
use exposure::{Confidence, SuspectKind};
use jiff::civil::Date;

/// From this size (log10 of the change of the odds) an item is more than slight, and strong; the
/// grades of Jeffreys 1961, appendix B.
const CLEAR: f64 = 0.5;
const STRONG: f64 = 1.0;
/// An item below this changes nothing that could be said.
const NOTHING: f64 = 0.05;

/// What an item of evidence is about, as far as it has a name.
#[derive(Clone, Debug, Default)]
pub struct Behind {
    /// The day in words on which the suspect was given the address.
    pub given: Option<String>,
    /// The other addresses that the item is about.
    pub addresses: Vec<String>,
    /// Who says that the suspect has the address.
    pub standing: Standing,
}

impl Words {
    /// One item of evidence for or against a suspect.
    pub fn evidence(&self, item: &Evidence, behind: &Behind) -> String {
        let against = item.log10_bayes_factor < 0.0;
        let plain = || self.say(&format!("evidence.{}", item.kind.word()));
        match &item.kind {
            EvidenceKind::GivenBefore { days } => self.given_before(*days, behind),
            EvidenceKind::OthersHit { local_parts } => {
                self.count("evidence.others_hit", u64::from(*local_parts), &[])
            }
            EvidenceKind::SilentOthers { addresses } => {
                self.count("evidence.silent_others", u64::from(*addresses), &[])
            }
            EvidenceKind::OthersFlagged { .. } => {
                let key = match against {
                    true => "evidence.others_flagged_at_another_time",
                    false => "evidence.others_flagged",
                };
                self.fill(key, &[("addresses", &self.few(&behind.addresses))])
            }
            EvidenceKind::SharedCampaigns { common, of, .. } => {
                let key = match (against, *common) {
                    (true, 0) => "evidence.shared_none",
                    (true, _) => "evidence.shared_few",
                    (false, _) => "evidence.shared_campaigns",
                };
                self.fill(
                    key,
                    &[
                        ("common", &self.number(u64::from(*common))),
                        ("of", &self.number(u64::from(*of))),
                        (
                            "address",
                            behind.addresses.first().map_or("", String::as_str),
                        ),
                    ],
                )
            }
            EvidenceKind::ListMailed { days } | EvidenceKind::ShownToOthers { days } => {
                let key = format!("evidence.{}", item.kind.word());
                self.count(&key, u64::from(days.unsigned_abs()), &[])
            }
            EvidenceKind::OnlyHolder if behind.standing == Standing::Inferred => {
                self.say("evidence.only_holder_found")
            }
            EvidenceKind::OnlyHolder
            | EvidenceKind::Dedicated
            | EvidenceKind::HardToGuess
            | EvidenceKind::EasyToGuess
            | EvidenceKind::OwnName
            | EvidenceKind::NoOthersHit
            | EvidenceKind::Unrecorded
            | EvidenceKind::Notice
            | EvidenceKind::CatalogueEntry
            | EvidenceKind::OtherName
            | EvidenceKind::PersonalName
            | EvidenceKind::BrandMentioned => plain(),
        }
    }

    fn given_before(&self, days: i32, behind: &Behind) -> String {
        match (days, &behind.given) {
            (..0, Some(day)) => self.fill("evidence.given_after", &[("day", day)]),
            (..0, None) => self.say("evidence.given_after_undated"),
            (0, _) => self.say("evidence.given_same_day"),
            (_, Some(day)) => self.count(
                "evidence.given_before",
                u64::from(days.unsigned_abs()),
                &[("day", day)],
            ),
            (_, None) => self.count(
                "evidence.given_before_undated",
                u64::from(days.unsigned_abs()),
                &[],
            ),
        }
    }

    /// "a, b and 3 more": at most three by name.
    fn few(&self, names: &[String]) -> String {
        match names {
            [a, b, c, rest @ ..] if !rest.is_empty() => {
                let more = self.count("list.more", rest.len() as u64, &[]);
                self.list(&[a.clone(), b.clone(), c.clone(), more])
            }
            names => self.list(names),
        }
    }

    /// How much an item speaks for or against; empty where it changes nothing.
    pub fn weight(&self, log10_bayes_factor: f64) -> String {
        let size = match log10_bayes_factor.abs() {
            size if size >= STRONG => "strong",
            size if size >= CLEAR => "clear",
            size if size >= NOTHING => "slight",
            _ => return String::new(),
        };
        let side = match log10_bayes_factor > 0.0 {
            true => "for",
            false => "against",
        };
        self.say(&format!("weight.{side}.{size}"))
    }

    /// What one fact would change.
    pub fn turn(&self, turn: &Turn, lead: &str, behind: &Behind, service: Option<&str>) -> String {
        let then = self.naming(turn.confidence, turn.kind, service);
        match &turn.change {
            Change::Without(item) => self.fill(
                "turn.without",
                &[("fact", &self.evidence(item, behind)), ("then", &then)],
            ),
            Change::Notice { .. } => {
                self.fill("turn.notice", &[("service", lead), ("then", &then)])
            }
        }
    }

    /// "very likely source: Example Shop", as part of a sentence.
    pub fn naming(
        &self,
        confidence: Confidence,
        kind: SuspectKind,
        service: Option<&str>,
    ) -> String {
        let name = match (kind, service) {
            (SuspectKind::Service, Some(name)) => name.to_owned(),
            (kind, _) => self.inside(&self.say(&format!("suspect.{}", kind.word()))),
        };
        self.fill(&format!("naming.{}", confidence.word()), &[("name", &name)])
    }

    /// What was said on an earlier day: the level, the day of the onset as far as one was claimed,
    /// and who was named.
    pub fn history(&self, key: &str, onset: Option<Date>, naming: &str, today: Date) -> String {
        match onset {
            Some(day) => self.fill(
                &format!("history.{key}"),
                &[("day", &self.day(day, today)), ("naming", naming)],
            ),
            None => self.fill(&format!("history.{key}_undated"), &[("naming", naming)]),
        }
    }
}
