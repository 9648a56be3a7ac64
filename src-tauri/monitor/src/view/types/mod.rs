//! The shapes that cross to the window. Dates are `YYYY-MM-DD`, texts are ready to show.

mod address;
mod breaches;
mod exposures;
mod import;
mod overview;
mod service;

pub use address::{
    AddressLink, AddressPage, AliasRow, CousinRow, EvidenceRow, HolderRow, LookoutRow, MessageRow,
    SaidRow, SenderRow, SuspectRow,
};
pub use breaches::{BreachAddress, BreachLists, BreachRow, BreachTrouble};
pub use exposures::{ExposureRow, QuoteRow};
pub use import::{ImportColumn, ImportLine, ImportPreview, ImportRow, ImportWhat};
pub use overview::{ExceptionRow, MisfiledCard, MisfiledRow};
pub use service::{GivenAddress, ServiceDomain, ServiceLink, ServicePage, ServiceRow};

use exposure::{AddressKind, AddressState, AddressStatus, Level, Purpose, Role, Security};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How strongly a badge stands out: neutral, watch (amber), accent (vermilion).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Neutral.
    Neutral,
    /// Worth watching.
    Watch,
    /// Names a likely source.
    Accent,
}

/// The state of an address as a badge: colour, shape and word together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Badge {
    /// The state.
    pub state: AddressState,
    /// Its word.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
}

/// One day of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChartDay {
    /// The civil day.
    pub day: String,
    /// Junk messages.
    pub junk: u32,
    /// Messages from strangers that nobody judged.
    pub stranger: u32,
    /// Wanted messages.
    pub wanted: u32,
    /// Whether junk of this day could be seen.
    pub observed: bool,
}

/// Days of a small picture, as short as a list of thousands needs it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct DayCounts {
    /// The first civil day; empty where there is none.
    pub first: String,
    /// Junk messages by day.
    pub junk: Vec<u32>,
    /// Messages by day from strangers that nobody judged.
    pub stranger: Vec<u32>,
    /// Days on which junk could not be seen, counted from the first.
    pub unseen: Vec<u32>,
}

/// The onset over a chart. Every date may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct OnsetBand {
    /// Lower end.
    pub earliest: Option<String>,
    /// Median day.
    pub estimate: Option<String>,
    /// Upper end.
    pub latest: Option<String>,
}

/// What hangs as a pin on a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Pin {
    /// The civil day.
    pub day: String,
    /// What happened.
    pub kind: PinKind,
    /// Its words, for example "given 12 March".
    pub label: String,
}

/// The kinds of pins of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PinKind {
    /// The address was given to a service.
    Given,
    /// Junk began.
    Onset,
    /// Mail revealed the address, or says so.
    Exposed,
}

/// A flag as a card on Overview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FlagCard {
    /// The address's number: opens the Address screen.
    pub address_id: i64,
    /// The address.
    pub address: String,
    /// How much is claimed.
    pub level: Level,
    /// The badge.
    pub badge: Badge,
    /// The service where one is named, else words such as "The source cannot be told".
    pub title: String,
    /// "since about 14 May".
    pub since: String,
    /// "before: fewer than 1 a month"; empty when unknown.
    pub before: String,
    /// The figure after: "5.5"; empty when unknown.
    pub rate: String,
    /// Its unit: "junk a day".
    pub rate_unit: String,
    /// One or two sentences.
    pub why: String,
    /// The last 90 days.
    pub spark: Vec<ChartDay>,
    /// The onset in those days.
    pub onset: OnsetBand,
}

/// The first evening: what can be said already, and what cannot yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FirstEvening {
    /// Sentence 11 of wording.md, one per account whose junk goes back less than 60 days.
    pub sentence: String,
    /// What the mail already shows, in words with a number each.
    pub shown: Vec<Figure>,
}

/// A number with its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Figure {
    /// The number, ready to show.
    pub value: String,
    /// What it counts.
    pub label: String,
}

/// The Overview screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Overview {
    /// One sentence that says how things stand.
    pub headline: String,
    /// A second, quieter sentence; empty when there is none.
    pub headline_more: String,
    /// Nothing was ever read: the Welcome screen comes first.
    pub empty: bool,
    /// Open flags from `junk_began` up, strongest first.
    pub flags: Vec<FlagCard>,
    /// Mail of the last weeks that revealed addresses or says so, newest first.
    pub exposures: Vec<ExposureRow>,
    /// Services that could explain the junk of several of these addresses.
    pub joint: Vec<JointCard>,
    /// Addresses that heard from a sender not on record.
    pub unexpected: Vec<FlagCard>,
    /// Domains that write like a recorded service.
    pub cousins: Vec<CousinRow>,
    /// Mail in Junk that is perhaps none; null when there is none.
    pub misfiled: Option<MisfiledCard>,
    /// Addresses meant for people that services have.
    pub exceptions: Vec<ExceptionRow>,
    /// What an account cannot show, each a sentence (hidden junk folder, missing days).
    pub coverage: Vec<String>,
    /// The first evening, while it lasts.
    pub first_evening: Option<FirstEvening>,
    /// All addresses together by day, up to two years back.
    pub total: Vec<ChartDay>,
    /// Figures of the same series: junk of the last 30 days, wanted mail of the last 30 days …
    pub figures: Vec<Figure>,
    /// Addresses found in mail that the user has not said yes or no to.
    pub candidates: u32,
}

/// One source that could explain the junk of several addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JointCard {
    /// The service.
    pub service: String,
    /// "Several increases, one source: …"
    pub sentence: String,
    /// The addresses, each as its own card shows it.
    pub flags: Vec<FlagCard>,
}

/// A row of the Addresses screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AddressRow {
    /// The address's number; 0 for a domain's never-given pool.
    pub id: i64,
    /// The address, or `*@domain`.
    pub address: String,
    /// Its kind; `None` for a pool.
    pub kind: Option<AddressKind>,
    /// Its kind in words.
    pub kind_text: String,
    /// Where it is in its life.
    pub status: AddressStatus,
    /// What it is for, where the user said so.
    pub purpose: Option<Purpose>,
    /// Its state.
    pub badge: Badge,
    /// Names of the services that have it.
    pub services: Vec<String>,
    /// First mail.
    pub first_seen: Option<String>,
    /// Junk of all time.
    pub junk_total: u64,
    /// Wanted mail of all time.
    pub wanted_total: u64,
    /// Junk of the last 30 days.
    pub junk_30d: u64,
    /// The last 90 days.
    pub spark: DayCounts,
}

/// A service that the mail shows and that is not on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProposalRow {
    /// Its number, below 0.
    pub id: i64,
    /// What it calls itself.
    pub name: String,
    /// Its domains, the one that writes most first.
    pub domains: Vec<String>,
    /// The addresses that it writes to, in words.
    pub has: String,
    /// "12 messages, the first on 3 May (an account was made), the last yesterday".
    pub detail: String,
    /// It wrote about an account of the user.
    pub sure: bool,
}

/// A mailbox of an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MailboxRow {
    /// The ledger's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// Role in words.
    pub role_text: String,
    /// The user chose the role.
    pub by_user: bool,
    /// Messages in the ledger.
    pub messages: u64,
}

/// A row of the Mailboxes screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountRow {
    /// The account's number.
    pub id: i64,
    /// Address or path.
    pub name: String,
    /// Server, or "mail on this PC".
    pub detail: String,
    /// How it is secured; `None` for mail on this PC.
    pub security: Option<Security>,
    /// State in words: "Up to date, 4 min ago".
    pub state: String,
    /// It is being read now.
    pub reading: bool,
    /// Messages read and to be read in this scan.
    pub progress: Option<ScanProgress>,
    /// The last fault in words, with what to do; empty when there is none.
    pub fault: String,
    /// Another password would help.
    pub enter_password: bool,
    /// Only signing in once more helps.
    pub sign_in_again: bool,
    /// Words about the junk folder; empty when it is seen.
    pub junk_folder: String,
    /// Its mailboxes.
    pub mailboxes: Vec<MailboxRow>,
}

/// How the mailbox of an address is reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ServerAnswer {
    /// The settings; null where nothing is known.
    pub found: Option<ServerFound>,
    /// What the provider wants in words; without settings the question, or what can be done.
    pub text: String,
}

/// Settings of a mail server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ServerFound {
    /// Who says so, in words.
    pub from: String,
    /// Host.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How it is secured.
    pub security: Security,
    /// Login name; null where only the user knows it.
    pub login: Option<String>,
    /// What the user has to give.
    pub wanted: Wanted,
    /// The provider's page for it.
    pub page: Option<String>,
    /// The provider whose sign-in page can be used instead; null where it cannot.
    pub sign_in: Option<String>,
}

/// What a person has to give to enter a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// A password.
    Password,
    /// Google's app password.
    GoogleAppPassword,
    /// A sign-in at the provider's page.
    SignIn,
    /// Nothing helps: this program cannot enter.
    Nothing,
}

/// Mail of another program on this PC, found by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FoundArchive {
    /// "Thunderbird: ada@example.org".
    pub title: String,
    /// The folder of its mail; null where its mail lies on the server alone.
    pub path: Option<String>,
    /// How many mailboxes lie there, in words.
    pub mailboxes: String,
    /// Addresses its owner writes from, the usual one first.
    pub addresses: Vec<String>,
    /// How it is reached, for a mailbox on a server.
    pub server: Option<FoundServer>,
    /// The folder is read already.
    pub added: bool,
    /// The mailbox on the server is read already.
    pub connected: bool,
}

/// How a mailbox on a server is reached, as another program knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FoundServer {
    /// Host name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// Login name.
    pub login: String,
}

/// How far a scan is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ScanProgress {
    /// Messages read.
    pub read: u64,
    /// Messages in all, as far as known.
    pub total: u64,
    /// "48,200 of about 61,000 messages, 2 minutes left".
    pub text: String,
}

/// An address found in mail that may be the user's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CandidateRow {
    /// The address.
    pub address: String,
    /// Messages that came to it.
    pub messages: u64,
    /// Words: "412 messages since March 2024".
    pub detail: String,
    /// It looks like the user's own (most of the mail came to it).
    pub likely: bool,
}

/// An incident in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentRow {
    /// The incident's number.
    pub id: i64,
    /// The address's number.
    pub address_id: i64,
    /// The address.
    pub address: String,
    /// The service, where one is named.
    pub service: Option<String>,
    /// Status in words.
    pub status: String,
    /// Opened on, in words.
    pub opened: String,
    /// What it says now, a sentence; says so when the facts no longer support it.
    pub sentence: String,
    /// Its badge.
    pub badge: Badge,
}

/// A line of the page "What goes over the network" or "What is kept on this PC".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PageLine {
    /// What.
    pub title: String,
    /// In words.
    pub text: String,
    /// Whether it is happening; `None` where that has no meaning.
    pub on: Option<bool>,
}

/// Settings and the two pages that promise something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Settings {
    /// Language in use: `en` or `ja`.
    pub lang: String,
    /// The language follows the system.
    pub lang_from_system: bool,
    /// The ledger that is open is the sample.
    pub sample: bool,
    /// Where the ledger lies.
    pub data_folder: String,
    /// The zone in which days are counted.
    pub zone: String,
    /// Version of the program.
    pub version: String,
    /// Addresses are hidden in notifications.
    pub hide_addresses: bool,
    /// Attachments that look like lists are looked into; null: not said yet.
    pub attachments: Option<bool>,
    /// The program starts with the PC; null where it cannot.
    pub starts_with_pc: Option<bool>,
    /// The lists of published breaches.
    pub breaches: BreachLists,
    /// What goes over the network.
    pub network: Vec<PageLine>,
    /// What is kept on this PC.
    pub kept: Vec<PageLine>,
    /// One real row of what is kept of a message, by field.
    pub kept_row: Vec<Figure>,
    /// The clock is fixed at this instant (samples, pictures, tests).
    pub fixed_now: Option<String>,
}
