//! Published breaches, on the screens of the services and addresses that they touch.

use super::AddressLink;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A published breach of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BreachRow {
    /// The service's number.
    pub service_id: i64,
    /// Its name.
    pub service: String,
    /// What the catalogue calls the breach.
    pub title: String,
    /// "Happened in March 2015 · published on 26 October 2015 · 14,936,670 accounts".
    pub facts: String,
    /// What was taken.
    pub taken: String,
    /// The user's addresses that the service has.
    pub addresses: Vec<BreachAddress>,
    /// The catalogue could not verify it; empty where it did.
    pub unverified: String,
    /// Whom to thank for it.
    pub attribution: String,
}

/// An address that a service had, or got later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BreachAddress {
    /// Which.
    pub address: AddressLink,
    /// Given before it happened, or after.
    pub given: String,
    /// Whether it is in the breach.
    pub listed: String,
}

/// The catalogues of published breaches, as Settings shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BreachLists {
    /// Whether the public list may be fetched; null: the user was not asked.
    pub on: Option<bool>,
    /// What is kept of the public list, a line each.
    pub kept: Vec<String>,
    /// What stands in the way of it.
    pub trouble: Option<BreachTrouble>,
    /// The address or file of the catalogue that the user chose.
    pub chosen: Option<String>,
    /// What is kept of that one.
    pub chosen_kept: Vec<String>,
    /// What stands in the way of that one.
    pub chosen_trouble: Option<BreachTrouble>,
}

/// Why a list could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BreachTrouble {
    /// What happened.
    pub text: String,
    /// What to do.
    pub action: String,
}
