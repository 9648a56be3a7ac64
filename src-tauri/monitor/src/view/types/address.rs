//! The Address screen.

use super::{AddressRow, BreachRow, ChartDay, ExposureRow, OnsetBand, Pin};
use exposure::{Basis, Provenance, SuspectKind, Verdict, VerdictSource};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A candidate explanation on the Address screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SuspectRow {
    /// What kind.
    pub kind: SuspectKind,
    /// The service's name, or the words of its kind.
    pub title: String,
    /// "very likely (more than 9 in 10)"; empty where nothing can be told.
    pub likelihood: String,
    /// Length of the bar, 0 to 1; `None` where nothing can be told.
    pub share: Option<f64>,
    /// What speaks for or against it, strongest first.
    pub evidence: Vec<EvidenceRow>,
    /// The suspect that the flag names.
    pub named: bool,
    /// One of the fewest that hold eight tenths of the probability together.
    pub leading: bool,
}

/// One item of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceRow {
    /// What it is, a sentence.
    pub text: String,
    /// "speaks strongly for it"; empty where it changes nothing.
    pub weight: String,
    /// It speaks against its suspect.
    pub against: bool,
    /// The other addresses that it is about.
    pub addresses: Vec<AddressLink>,
}

/// Another address, to go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressLink {
    /// The address's number.
    pub id: i64,
    /// The address.
    pub address: String,
}

/// A domain that writes like the one service that has an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CousinRow {
    /// The address at which it writes.
    pub address: AddressLink,
    /// The service's number.
    pub service_id: i64,
    /// "Also Example Shop?"
    pub question: String,
    /// The domain.
    pub domain: String,
    /// "12 messages, verified, from 3 May to 12 June".
    pub detail: String,
}

/// An address that could become a lookout address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LookoutRow {
    /// The address.
    pub address: String,
    /// What it would tell.
    pub tells: String,
}

/// An address that could be given to a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AliasRow {
    /// The address.
    pub address: String,
    /// What it is, and what that means.
    pub tells: String,
}

/// What was said of an address on an earlier day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaidRow {
    /// The day in words.
    pub day: String,
    /// What was said.
    pub text: String,
}

/// A sender on the Address screen, by organisational domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SenderRow {
    /// The organisational domain.
    pub domain: String,
    /// Who it is, as seen from the disclosures of the address.
    pub provenance: Provenance,
    /// Whether the user's server verified it.
    pub authenticated: bool,
    /// "Expected" or "Unexpected".
    pub expected: bool,
    /// Words under it: "the service · 25 messages".
    pub detail: String,
    /// Messages.
    pub count: u64,
    /// Junk among them.
    pub junk: u64,
    /// First and last day.
    pub first: Option<String>,
    /// Last day.
    pub last: Option<String>,
}

/// One message on the Address screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MessageRow {
    /// The ledger's number.
    pub id: i64,
    /// Civil day.
    pub day: String,
    /// Day in words.
    pub day_text: String,
    /// Sender: name or domain, safe to show.
    pub sender: String,
    /// Subject, safe to show; empty when forgotten.
    pub subject: String,
    /// Current verdict.
    pub verdict: Verdict,
    /// Who gave it.
    pub source: VerdictSource,
    /// "Junk · Folder" in words.
    pub verdict_text: String,
    /// Service, processor or stranger.
    pub provenance: Provenance,
}

/// A service that has the address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HolderRow {
    /// The service's number.
    pub service_id: i64,
    /// Its name.
    pub service: String,
    /// "given 12 March", with how that is known.
    pub given: String,
    /// The day.
    pub given_from: Option<String>,
    /// How it is known.
    pub basis: Basis,
}

/// The Address screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AddressPage {
    /// The row of the list.
    pub row: AddressRow,
    /// "Address on your own domain, given to one service on 12 March. …"
    pub about: String,
    /// Other rises at this address, each a sentence.
    pub others: Vec<String>,
    /// How little chance explains the rise; empty where nothing is proved.
    pub chance: String,
    /// What is missing, each a sentence (days not watched, junk folder not visible).
    pub coverage: Vec<String>,
    /// Every day from the first to today.
    pub days: Vec<ChartDay>,
    /// The onset, if any.
    pub onset: OnsetBand,
    /// What happened.
    pub pins: Vec<Pin>,
    /// Mail that revealed it or says so, newest first.
    pub exposures: Vec<ExposureRow>,
    /// The sentence under the chart.
    pub sentence: String,
    /// "Very likely source: Example Shop", "One of these: …"; empty where nothing began.
    pub conclusion: String,
    /// Explanations, most probable first.
    pub suspects: Vec<SuspectRow>,
    /// "The same source could also explain …"; empty without one.
    pub joint: String,
    /// The addresses that the same source could explain.
    pub joint_addresses: Vec<AddressLink>,
    /// What would change the words, each a sentence, nearest at hand first.
    pub would_change: Vec<String>,
    /// What was said before, newest first; empty while nothing else was said.
    pub history: Vec<SaidRow>,
    /// "This is a likelihood, not proof. …"; empty without a likely source.
    pub caveat: String,
    /// Who writes like the service that has it.
    pub cousins: Vec<CousinRow>,
    /// Who writes here.
    pub senders: Vec<SenderRow>,
    /// Who has it.
    pub holders: Vec<HolderRow>,
    /// Published breaches of those who have it.
    pub breaches: Vec<BreachRow>,
    /// The newest messages, at most 100.
    pub messages: Vec<MessageRow>,
}
