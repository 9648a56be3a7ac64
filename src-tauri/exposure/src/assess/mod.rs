//! From facts to flags: the one function that the monitor calls after every change.

mod address;
mod common;
mod detect;
mod memory;

pub use memory::Memory;

use crate::attribution::{OneLeak, graph::Listing};
use crate::onset::Dated;
use crate::traffic::DayCount;
use crate::{AddressKind, AddressState, Confidence, FlagKind, Level, State, SuspectKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// Everything that an assessment looks at. `days` of an address run without a gap from its first
/// day of interest to `today`; all dates are civil days in the ledger's own zone.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The civil day that has not ended yet.
    pub today: Date,
    /// How much of `today` has passed, at least 1/24.
    pub today_fraction: f64,
    /// The user's addresses.
    pub addresses: Vec<AddressFacts>,
    /// One entry per own domain: what never-given local parts there received.
    pub pools: Vec<Pool>,
    /// Events that may have revealed addresses.
    pub exposures: Vec<Exposure>,
}

/// One event that may have revealed the addresses of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// The ledger's number of the service.
    pub service: i64,
    /// The day of the notice, or the day of the breach as the catalogue records it.
    pub day: Date,
    /// What kind of event.
    pub kind: ExposureKind,
    /// The ledger's numbers of the addresses that it revealed; none where that is not known.
    pub addresses: BTreeSet<i64>,
}

/// How an exposure became known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExposureKind {
    /// The service told the user.
    Notice,
    /// It stands in a published catalogue.
    Entry(Listing),
    /// A mail of the service carried a list of people with the addresses on it.
    List,
    /// A mail of the service showed the addresses to its other recipients.
    Recipients,
}

/// One of the user's addresses with what was seen.
#[derive(Clone, Debug)]
pub struct AddressFacts {
    /// The ledger's number of the address.
    pub id: i64,
    /// `local@domain`, canonical.
    pub spec: crate::AddrSpec,
    /// Its kind.
    pub kind: AddressKind,
    /// The user said "only for this service".
    pub dedicated_by_user: bool,
    /// Recorded holders (dismissed disclosures left out).
    pub holders: Vec<Holder>,
    /// People written with who hold this address.
    pub contacts: u32,
    /// Counts by day, ascending, without gaps, ending today; empty when nothing was ever seen.
    pub days: Vec<Day>,
    /// No junk folder of its accounts can be seen, and no other junk verdict ever was.
    pub junk_unseen: bool,
    /// First days of segments that the user opened by "this is fine" or by changing which
    /// folders count as junk.
    pub settled: Vec<Date>,
    /// First delivery of all, for never-disclosed catch-all parts and subaddresses.
    pub first_delivery: Option<Date>,
    /// Days on which strangers wrote (not junk, not accepted), newest last; for `unexpected_sender`.
    pub stranger_days: Vec<Date>,
    /// Days on which a holder's own authenticated mail was judged junk by user, keyword or
    /// folder, with the holder, one entry per delivery, ascending.
    pub own_junk: Vec<(Date, i64)>,
    /// Junk campaigns as counted: day and key, ascending.
    pub campaigns: Vec<(Date, i64)>,
    /// The mail account through which it is read; a relay lies under its alias provider instead.
    pub account: Option<i64>,
    /// Personal names in To, From and Subject of its junk that cannot be derived from the local
    /// part.
    pub greetings: BTreeSet<String>,
    /// Services whose brand its junk mentions, without brands that everybody is phished with.
    pub mentions: BTreeSet<i64>,
}

/// A service or a public page that has an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Holder {
    /// What it is.
    pub kind: HolderKind,
    /// The ledger's number of the service.
    pub service: i64,
    /// Its name as recorded.
    pub name: String,
    /// First day on which it can have been given.
    pub given_from: Option<Date>,
    /// Last day on which it can have been given.
    pub given_to: Option<Date>,
    /// The local part or tag is a word of the service's own name or domain.
    pub local_is_brand: bool,
    /// The personal name that it was given with the address, where that is known.
    pub name_given: Option<String>,
    /// Who says that it has the address.
    pub standing: Standing,
}

/// Who says that a holder has an address.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The user: recorded, imported, or accepted where it was found.
    #[default]
    Recorded,
    /// Only its mail ([`crate::proposals`]). It is weighed like the others, since 1.4 % of such
    /// services are wrong in the made-up mailboxes of the bench, but never named as very likely:
    /// nobody is accused in strong words whom the user has not seen.
    Inferred,
}

/// What kind of holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HolderKind {
    /// A service.
    Service,
    /// A public page on which the address stands.
    Page,
}

/// One civil day of an address.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day {
    /// The civil day.
    pub day: Date,
    /// What was counted on it.
    pub count: DayCount,
    /// Whether junk of this day could be seen.
    pub junk_observed: bool,
    /// Whether all mail of this day could be seen.
    pub all_observed: bool,
}

/// Never-given local parts of one own domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The domain.
    pub domain: String,
    /// Whether every local part there is the user's.
    pub catch_all: bool,
    /// A lookout address lies there that who guesses would try.
    pub lookout: bool,
    /// Distinct local parts or tags that were tried.
    pub local_parts: u32,
    /// Days on which a never-given part was hit, one per message, ascending.
    pub hits: Vec<Date>,
    /// Keys of the campaigns that hit never-given parts.
    pub campaigns: BTreeSet<i64>,
    /// Since when the domain was observed.
    pub observed_since: Option<Date>,
}

/// Says of every address what the facts bear today. Pure: the same ledger says the same.
pub fn assess(ledger: &Ledger) -> Assessment {
    Memory::default().assess(ledger, &[])
}

/// What [`assess`] says about every address of the ledger, in the ledger's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// One entry per address.
    pub addresses: Vec<AddressAssessment>,
    /// Services that are the likely origin of the junk of several addresses.
    pub leaks: Vec<OneLeak>,
}

/// What is said about one address.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressAssessment {
    /// The ledger's number of the address.
    pub id: i64,
    /// What the address shows on screen.
    pub state: AddressState,
    /// Observed days (junk stream) in the current segment.
    pub observed_days: u32,
    /// Days of the current segment that were not observed.
    pub missing_days: u32,
    /// First day of the current segment.
    pub since: Option<Date>,
    /// Flags, strongest first; none when nothing is to be said.
    pub flags: Vec<Flag>,
}

/// An onset with its ranked suspects: what the program shows and notifies.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// First day of the segment, for its n-th further rise n days after that: with address and
    /// kind the key of its incident.
    pub segment: Date,
    /// How much is claimed.
    pub level: Level,
    /// What the statistics say; `None` for `unexpected_sender` and `own_mail`.
    pub state: Option<State>,
    /// How sure the naming is; `None` for `unexpected_sender` and `own_mail`.
    pub confidence: Option<Confidence>,
    /// Strangers, or the service itself.
    pub kind: FlagKind,
    /// The named service: at `likely_source`, and for `own_mail`.
    pub service: Option<i64>,
    /// Shown probability of that service, capped at 0.95.
    pub probability: Option<f64>,
    /// The interval and estimate; every date may be missing.
    pub onset: Dated,
    /// From when it was seen, where no date can be claimed.
    pub seen_since: Option<Date>,
    /// First complete day on which the program, reading day by day, would have said so.
    pub flagged_on: Option<Date>,
    /// Junk messages per observed complete day before the onset.
    pub rate_before: Option<f64>,
    /// Junk messages per observed complete day since the onset, at most the last 90.
    pub rate_after: Option<f64>,
    /// The same from the onset to the day on which it was plainest; what comes later may be less.
    pub rate_height: Option<f64>,
    /// Without a change an address would show such a rise less than once in so many years, for
    /// every constant rate; only where that is proved, rounded down.
    pub chance_years: Option<u32>,
    /// Junk messages since the onset.
    pub junk_since_onset: u64,
    /// Explanations, most probable first.
    pub suspects: Vec<Suspect>,
    /// How many of the suspects, from the first on, hold 80 % of the probability together.
    pub shortest: usize,
    /// What would change the words, as far as one fact can.
    pub turns: Vec<Turn>,
}

/// One fact that would change what is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The fact.
    pub change: Change,
    /// How sure the naming would be then.
    pub confidence: Confidence,
    /// What kind of explanation would lead then.
    pub kind: SuspectKind,
    /// Its service, where it has one.
    pub service: Option<i64>,
}

/// A fact that is there and might not be, or the other way round.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The leading suspect without this item of its evidence.
    Without(Evidence),
    /// A notice of this service, today.
    Notice {
        /// The ledger's number of the service.
        service: i64,
    },
}

/// One explanation of an onset.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspect {
    /// What kind of explanation.
    pub kind: SuspectKind,
    /// The service, for `Service`.
    pub service: Option<i64>,
    /// Shown probability, capped at 0.95; `None` where none was weighed.
    pub probability: Option<f64>,
    /// What speaks for or against it, strongest first.
    pub evidence: Vec<Evidence>,
}

/// One item of evidence: rendered to words elsewhere, from its kind and figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What kind of item.
    pub kind: EvidenceKind,
    /// log10 of how much it changes the odds for (positive) or against its suspect.
    pub log10_bayes_factor: f64,
}

/// The kinds of evidence, with their figures.
#[derive(Clone, Debug, PartialEq)]
pub enum EvidenceKind {
    /// Only this service is recorded for the address.
    OnlyHolder,
    /// The address is dedicated: made for this service alone.
    Dedicated,
    /// It was given this many days before the onset.
    GivenBefore {
        /// Days between giving and onset.
        days: i32,
    },
    /// At least four random characters: hard to guess.
    HardToGuess,
    /// A name or a word that is tried on every domain.
    EasyToGuess,
    /// The service's own name, which somebody may try.
    OwnName,
    /// Never-given local parts of the domain were hit around the onset.
    OthersHit {
        /// Distinct never-given local parts.
        local_parts: u32,
    },
    /// No never-given local part of the domain was hit.
    NoOthersHit,
    /// Nobody else in the records explains it.
    Unrecorded,
    /// Other addresses of this service stay silent.
    SilentOthers {
        /// How many.
        addresses: u32,
    },
    /// Junk began at other addresses of this service too.
    OthersFlagged {
        /// The ledger's numbers of the addresses.
        addresses: Vec<i64>,
    },
    /// The junk is, or is not, the same as at other addresses whose origin is this one.
    SharedCampaigns {
        /// The ledger's numbers of the other addresses; the one that says most comes first.
        addresses: Vec<i64>,
        /// So many campaigns reached the first of them too …
        common: u32,
        /// … of so many that were compared.
        of: u32,
    },
    /// The service told of a leak.
    Notice,
    /// A published catalogue has an entry about the service.
    CatalogueEntry,
    /// The service mailed out a list with the address on it.
    ListMailed {
        /// So many days before the onset.
        days: i32,
    },
    /// A mail of the service showed the address to its other recipients.
    ShownToOthers {
        /// So many days before the onset.
        days: i32,
    },
    /// The junk uses a personal name that this suspect was not given.
    OtherName,
    /// The junk uses a personal name that does not follow from the address.
    PersonalName,
    /// The junk mentions the service's brand.
    BrandMentioned,
}

impl EvidenceKind {
    /// The word that stands in JSON.
    pub const fn word(&self) -> &'static str {
        match self {
            EvidenceKind::OnlyHolder => "only_holder",
            EvidenceKind::Dedicated => "dedicated",
            EvidenceKind::GivenBefore { .. } => "given_before",
            EvidenceKind::HardToGuess => "hard_to_guess",
            EvidenceKind::EasyToGuess => "easy_to_guess",
            EvidenceKind::OwnName => "own_name",
            EvidenceKind::OthersHit { .. } => "others_hit",
            EvidenceKind::NoOthersHit => "no_others_hit",
            EvidenceKind::Unrecorded => "unrecorded",
            EvidenceKind::SilentOthers { .. } => "silent_others",
            EvidenceKind::OthersFlagged { .. } => "others_flagged",
            EvidenceKind::SharedCampaigns { .. } => "shared_campaigns",
            EvidenceKind::Notice => "notice",
            EvidenceKind::CatalogueEntry => "catalogue_entry",
            EvidenceKind::ListMailed { .. } => "list_mailed",
            EvidenceKind::ShownToOthers { .. } => "shown_to_others",
            EvidenceKind::OtherName => "other_name",
            EvidenceKind::PersonalName => "personal_name",
            EvidenceKind::BrandMentioned => "brand_mentioned",
        }
    }
}

#[cfg(test)]
mod tests;
