//! The Services screen and the Service screen.

use super::{AddressLink, Badge, BreachRow, ExposureRow, FlagCard};
use exposure::assess::Standing;
use exposure::{Basis, Purpose};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A row of the Services screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ServiceRow {
    /// The service's number; below 0 where only the mail shows it.
    pub id: i64,
    /// Its name.
    pub service: String,
    /// The letter that stands for it.
    pub letter: String,
    /// Domains it writes from.
    pub domains: Vec<String>,
    /// Addresses it has.
    pub addresses: Vec<AddressLink>,
    /// What these are for, as far as the user has said.
    pub purposes: Vec<Purpose>,
    /// The day on which it first had one.
    pub given: Option<String>,
    /// The surest way in which that is known.
    pub basis: Basis,
    /// Whether it is on record.
    pub standing: Standing,
    /// It is on record, or wrote about an account of the user.
    pub sure: bool,
    /// Its wanted mail of all time.
    pub wanted_total: u64,
    /// The day of its last mail.
    pub last: Option<String>,
    /// It has not written for two years.
    pub silent: bool,
    /// Last mail, in words.
    pub last_mail: String,
    /// The badge of the first flag that names it.
    pub badge: Option<Badge>,
}

/// An address that a service has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct GivenAddress {
    /// The address's number.
    pub id: i64,
    /// The address.
    pub address: String,
    /// "given 12 March · You recorded it".
    pub given: String,
    /// Its state.
    pub badge: Badge,
}

/// A domain of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServiceDomain {
    /// The ledger's number.
    pub id: i64,
    /// The domain.
    pub domain: String,
    /// Its own, or that of a company that mails for it.
    pub detail: String,
}

/// Another service, to go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServiceLink {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub service: String,
}

/// The Service screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ServicePage {
    /// The row of the list.
    pub row: ServiceRow,
    /// What it sends, a sentence.
    pub mail: String,
    /// Where its mail comes from.
    pub domains: Vec<ServiceDomain>,
    /// The addresses that it has, with when and how that is known.
    pub addresses: Vec<GivenAddress>,
    /// Names it had before.
    pub former: Vec<String>,
    /// Services that look like the same company.
    pub alike: Vec<ServiceLink>,
    /// Flags that name it.
    pub flags: Vec<FlagCard>,
    /// Its mail that revealed addresses or says so, and fakes in its name, newest first.
    pub exposures: Vec<ExposureRow>,
    /// Published breaches of it.
    pub breaches: Vec<BreachRow>,
}
