//! Mail that revealed addresses, or that says so.

use super::{AddressLink, ServiceLink, Tone};
use exposure::ExposureWay;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One exposure by mail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExposureRow {
    /// The exposure's number.
    pub id: i64,
    /// How it happened or became known.
    pub way: ExposureWay,
    /// "A list of people is attached", "From the service, verified" …
    pub title: String,
    /// How strongly it stands out.
    pub tone: Tone,
    /// "today 13:43".
    pub when: String,
    /// The civil day; empty where no date can be believed.
    pub day: String,
    /// The service as recorded, else the name or domain in From.
    pub sender: String,
    /// The service, where it is recorded.
    pub service: Option<ServiceLink>,
    /// What it is, each a sentence.
    pub sentences: Vec<String>,
    /// What a notice says, in its own words.
    pub says: Vec<QuoteRow>,
    /// What it does not say of what it should, each a part of a sentence: "how it happened".
    pub leaves_out: Vec<String>,
    /// The user's addresses that it revealed.
    pub addresses: Vec<AddressLink>,
    /// What came after it, each a sentence.
    pub afterwards: Vec<String>,
    /// What to do now, a sentence.
    pub advice: String,
}

/// A short quotation from a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuoteRow {
    /// What it is about.
    pub item: String,
    /// The words of the mail.
    pub quote: String,
    /// "line 4".
    pub place: String,
}
