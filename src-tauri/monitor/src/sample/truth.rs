//! What is true of the sample, written beside its mail: a program that reads the mail can be held
//! against it.

use exposure::{AddressKind, FlagKind, Level, Purpose};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that is known about a sample because it was decided, not found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// Says in words that the whole is invented.
    pub note: String,
    /// The seed it was made from.
    pub seed: u64,
    /// The day it was made for; the mail ends with the day before.
    pub today: Date,
    /// The first day of the mail.
    pub first_day: Date,
    /// The zone in which its days are counted.
    pub zone: String,
    /// The freelancer's addresses.
    pub addresses: Vec<TrueAddress>,
    /// Domains where every local part is the freelancer's.
    pub own_domains: Vec<String>,
    /// What was given to whom.
    pub disclosures: Vec<TrueDisclosure>,
    /// Which of these got out.
    pub leaks: Vec<TrueLeak>,
    /// Services whose own mail lies in Junk.
    pub own_mail: Vec<TrueOwnMail>,
    /// Mail from people written with that lies in Junk by mistake.
    pub perhaps_not_junk: u32,
    /// Strangers that wrote to a dedicated address once or twice, with nothing following.
    pub unexpected: Vec<TrueStranger>,
    /// Messages to local parts that were never given to anyone, by local part.
    pub never_given: BTreeMap<String, u32>,
    /// What a program may say at the end of the year, and no more.
    pub expected: Vec<Expected>,
    /// Messages by folder.
    pub folders: BTreeMap<String, u32>,
    /// Judged junk (in the junk folder or marked by the server) by address.
    pub junk: BTreeMap<String, u32>,
}

/// One of the freelancer's addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueAddress {
    /// The address.
    pub address: String,
    /// Its kind.
    pub kind: AddressKind,
    /// Its purpose.
    pub purpose: Purpose,
}

/// An address that was given to a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueDisclosure {
    /// The address.
    pub address: String,
    /// Name of the service.
    pub service: String,
    /// The name by which the service signs its mail.
    pub own_name: String,
    /// The day on which it was given.
    pub given_on: Date,
    /// The domains the service owns.
    pub domains: Vec<String>,
    /// The domains of the companies that carry its newsletters.
    pub processors: Vec<String>,
}

/// An address that got out at a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueLeak {
    /// The address.
    pub address: String,
    /// The service where it got out.
    pub service: String,
    /// The first day with junk from it.
    pub onset: Date,
    /// The last observed day on or before which stray junk lay, or the day it was given, or the
    /// first day of the year, whichever is latest: quiet days are counted from here.
    pub quiet_since: Date,
    /// Quiet days before the onset.
    pub quiet_days: i64,
    /// Judged junk messages from the onset to the last day, both counted.
    pub junk: u32,
    /// The same a day.
    pub rate_per_day: f64,
    /// How strong it is.
    pub strength: Strength,
    /// Another address that gets some of the same campaigns, because the same list got out.
    pub shares_campaigns_with: Option<String>,
}

/// What can be asked of a program that reads the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// A dedicated address, at least one judged junk message a day, at least sixty quiet days
    /// before and 21 days after: its service must be named within 14 days.
    Strong,
    /// A dedicated address with less: it may be named or missed.
    Weak,
    /// An address that several services have: what the junk shows does not tell the source, and the
    /// list in the mailbox does.
    Shared,
}

/// A service that itself sends what the freelancer calls junk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueOwnMail {
    /// The address.
    pub address: String,
    /// The service.
    pub service: String,
    /// The first day on which its mail was put into Junk.
    pub since: Date,
    /// How many lie there.
    pub messages: u32,
}

/// A stranger that wrote to a dedicated address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueStranger {
    /// The address.
    pub address: String,
    /// The stranger's domain.
    pub domain: String,
    /// The days on which it wrote.
    pub days: Vec<Date>,
}

/// A statement that the mail supports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// The address.
    pub address: String,
    /// The level to be reached.
    pub level: Level,
    /// Leak or own mail.
    pub kind: FlagKind,
    /// The service to be named; `None` where none may be.
    pub service: Option<String>,
    /// Whether it must be said or may be.
    pub duty: Duty,
}

/// How binding an expectation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// A program that does not say it has missed something.
    Must,
    /// A program that does not say it is not wrong.
    May,
}
