//! What is said of mail that revealed addresses, or that says so.

use super::Words;
use exposure::notice::{Claim, DataClass, Reading};
use std::collections::BTreeSet;

/// What of the user's stands on a list of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnIt<'a> {
    /// A name and these addresses.
    NameAnd(&'a [String]),
    /// These addresses.
    Addresses(&'a [String]),
    /// A name.
    Name,
    /// Nothing that is known to be the user's.
    Nothing,
}

impl Words {
    /// "about 3,385 people", or "at least" so many.
    pub fn people_on_list(&self, people: u32, complete: bool) -> String {
        let key = match complete {
            true => "exposure.people_about",
            false => "exposure.people_at_least",
        };
        self.count(key, u64::from(people), &[])
    }

    /// A list of people that a mail carries.
    pub fn list_found(&self, service: &str, people: &str, on_it: OnIt<'_>) -> String {
        let first = self.fill(
            "exposure.list.found",
            &[("service", service), ("people", people)],
        );
        let on_it = match on_it {
            OnIt::NameAnd(all) => {
                self.fill("exposure.list.name_and", &[("addresses", &self.list(all))])
            }
            OnIt::Addresses(all) => self.count(
                "exposure.list.addresses",
                all.len() as u64,
                &[("addresses", &self.list(all))],
            ),
            OnIt::Name => self.say("exposure.list.name"),
            OnIt::Nothing => self.say("exposure.list.nothing"),
        };
        self.fill("notice.and_then", &[("first", &first), ("second", &on_it)])
    }

    /// A mail that shows addresses to strangers.
    pub fn shown_to(&self, sender: &str, addresses: &[String], people: u32) -> String {
        let addresses = self.list(addresses);
        self.count(
            "exposure.recipients.found",
            u64::from(people),
            &[("sender", sender), ("addresses", &addresses)],
        )
    }

    /// Kinds of data, as part of a sentence; "personal data" where none is named.
    pub fn data_classes(&self, data: &BTreeSet<DataClass>) -> String {
        let named: Vec<String> = data
            .iter()
            .filter(|class| **class != DataClass::Other)
            .map(|class| self.say(&format!("data.{}", class.word())))
            .collect();
        match named.is_empty() {
            true => self.say("data.personal"),
            false => self.list(&named),
        }
    }

    /// What a notice says, in one sentence.
    pub fn notice_says(&self, sender: &str, reading: &Reading) -> String {
        let key = match reading.claim {
            Claim::GotOut if calls_it_a_leak(reading) => "exposure.notice.leaked",
            Claim::GotOut => "exposure.notice.got_out",
            Claim::MayHave if calls_it_a_leak(reading) => "exposure.notice.may_have_leaked",
            Claim::MayHave => "exposure.notice.may_have",
            Claim::Incident => "exposure.notice.incident",
        };
        let data = self.data_classes(&reading.data);
        self.fill(key, &[("service", sender), ("data", &data)])
    }

    /// What a notice leaves out, in one sentence.
    pub fn notice_leaves_out(&self, items: &[String]) -> String {
        let all = self.alternatives(items);
        self.fill("exposure.notice.leaves_out", &[("items", &all)])
    }
}

/// Whether the notice itself uses the word; nobody else does.
fn calls_it_a_leak(reading: &Reading) -> bool {
    let names = |quote: &str| {
        ["漏え", "漏洩", "漏れ"]
            .iter()
            .any(|word| quote.contains(word))
    };
    reading.says.iter().any(|said| names(&said.quote))
}
