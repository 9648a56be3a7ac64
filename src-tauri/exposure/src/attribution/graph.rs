//! The ledger as a graph: the user's addresses, and the sources that can have let them out
//! (detection.md 4.1). Days are counted from any day 0 before everything that matters.

use super::guessing::{Guessable, Tried};
use crate::assess::Standing;
use std::collections::BTreeMap;

/// Addresses, sources, and what was seen on them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// The day it is now.
    pub now: f64,
    /// The user's addresses.
    pub nodes: Vec<Node>,
    /// Everyone on record who has them.
    pub sources: Vec<Source>,
    /// Campaigns that reached two addresses whose junk began, after both onsets: pairs of indices
    /// into `nodes`, the smaller first.
    pub overlaps: BTreeMap<(usize, usize), Overlap>,
}

/// One address.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The ledger's number of the address.
    pub id: i64,
    /// Whether and when junk began.
    pub junk: Junk,
    /// For whom it was made.
    pub made_for: MadeFor,
    /// How easily it is guessed.
    pub guessable: Guessable,
    /// What never-given local parts of its domain say.
    pub tried: Tried,
    /// People written with who hold it.
    pub contacts: u32,
    /// Whether its junk addresses the user by a personal name.
    pub greeting: Greeting,
}

/// The junk of an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Junk {
    /// None began while it was watched.
    Silent,
    /// It began.
    Began(Onset),
    /// It was there when watching began: it says nothing about other addresses.
    Already(Onset),
    /// Nobody looked: it says nothing.
    Unwatched,
}

impl Junk {
    /// When it began, where it did.
    pub fn onset(&self) -> Option<&Onset> {
        match self {
            Junk::Began(onset) | Junk::Already(onset) => Some(onset),
            Junk::Silent | Junk::Unwatched => None,
        }
    }
}

/// When junk began.
#[derive(Clone, Debug, PartialEq)]
pub struct Onset {
    /// The day that stands for it in words.
    pub day: f64,
    /// Days with their probability, ascending by day.
    pub days: Vec<(f64, f64)>,
}

/// For whom an address was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeFor {
    /// For one service alone: a dedicated address.
    OneService,
    /// For whoever needs it.
    Anyone,
    /// For nobody: a control address.
    Nobody,
}

/// Whether junk addresses the user by a personal name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greeting {
    /// It does not.
    None,
    /// It does, with a name that cannot be derived from the local part.
    Personal,
}

/// Someone on record who has addresses.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The ledger's number of the service; for a provider any number.
    pub id: i64,
    /// What it is.
    pub kind: SourceKind,
    /// Who says that it has them.
    pub standing: Standing,
    /// The addresses it has, by index into [`Graph::nodes`].
    pub edges: BTreeMap<usize, Edge>,
    /// Days of its notices.
    pub notices: Vec<f64>,
    /// Its entries in published catalogues: the recorded day of the breach, and who is listed.
    pub entries: Vec<(f64, Listing)>,
    /// Its mails that revealed an address themselves, by day.
    pub mails: Vec<(f64, Mailed)>,
}

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// A recorded service.
    Service,
    /// A recorded public page.
    Page,
    /// A mail account or an alias provider.
    Provider,
}

/// An address in the hands of a source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// First day on which it can have been given.
    pub from: f64,
    /// Last day on which it can have been given.
    pub until: f64,
    /// In which form.
    pub form: Form,
    /// Whether a personal name in the junk is the one this holder was given.
    pub name: Name,
    /// Whether the junk mentions its brand.
    pub mention: Mention,
}

/// In which form a holder has an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    AsIs,
    /// With a tag, which whoever sends junk may have taken off.
    Tagged,
}

/// A personal name in junk, as seen from one holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// No name was seen, or nobody knows which one this holder was given.
    Unknown,
    /// The one that it was given.
    Given,
    /// Another one.
    Other,
}

/// Whether junk mentions the brand of a holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention {
    /// It does not, or the brand is one that everybody is phished with.
    None,
    /// It does.
    Seen,
}

/// How a mail of a source revealed an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailed {
    /// A list of people with the address on it was attached.
    List,
    /// The address was shown to the other recipients.
    Recipients,
}

/// Who is listed in a published catalogue of breaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// This very address.
    ThisAddress,
    /// Only the service's domain is known.
    DomainOnly,
    /// The catalogue says that the address is not in it.
    Absent,
}

/// Campaigns that two addresses share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// So many reached both …
    pub common: u32,
    /// … of so many that were compared.
    pub of: u32,
}
