//! What the user said and recorded, as it is exported and comes back: no fact of mail, no account,
//! no secret. The shape here is the document; `docs/export.md` describes it for other programs.
//! Keys may be added to it; one that changes its meaning makes a new [`VERSION`].

pub mod sheet;

use anyhow::Result;
use exposure::{AddrSpec, AddressKind, AddressStatus, Basis, Purpose};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The mark of the document: the value of its key `format`.
pub const FORMAT: &str = "atesaki-export";
/// The version of the shape: the value of its key `version`.
pub const VERSION: u32 = 1;

/// What an export holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exported {
    /// Services, by name.
    pub services: Vec<ExportedService>,
    /// The user's addresses, by their text.
    pub addresses: Vec<ExportedAddress>,
    /// Who was given which address, by address and service.
    pub disclosures: Vec<ExportedDisclosure>,
    /// Domains where every local part is the user's.
    pub own_domains: Vec<String>,
    /// Domains that the mail shows and that are no service of the user's.
    pub dismissed_domains: Vec<String>,
}

/// A service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedService {
    /// Its name.
    pub service: String,
    /// Domains from which it writes itself.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Domains of companies that mail for it.
    #[serde(default)]
    pub processors: Vec<String>,
    /// Domains of which the user said that they are not its own.
    #[serde(default)]
    pub refused_domains: Vec<String>,
}

/// One of the user's addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedAddress {
    /// The address.
    pub address: AddrSpec,
    /// Its kind; `None`: what its form suggests.
    #[serde(default)]
    pub kind: Option<AddressKind>,
    /// Where it is in its life.
    #[serde(default = "in_use")]
    pub status: AddressStatus,
    /// What it is for, where the user said so.
    #[serde(default)]
    pub purpose: Option<Purpose>,
    /// The user said "only for this service".
    #[serde(default)]
    pub dedicated: bool,
}

/// The fact that an address was given to a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedDisclosure {
    /// The address.
    pub address: AddrSpec,
    /// The service's name.
    pub service: String,
    /// First day on which it may have been given; `None`: not known.
    #[serde(default)]
    pub given_from: Option<Date>,
    /// Last day on which it may have been given; `None`: not known.
    #[serde(default)]
    pub given_to: Option<Date>,
    /// How it is known.
    #[serde(default = "imported")]
    pub basis: Basis,
    /// What else was given: `name`, `phone`, `postal`.
    #[serde(default)]
    pub also: Vec<String>,
}

impl ExportedAddress {
    /// An address of which nothing more is known.
    pub const fn new(address: AddrSpec) -> ExportedAddress {
        ExportedAddress {
            address,
            kind: None,
            status: in_use(),
            purpose: None,
            dedicated: false,
        }
    }
}

const fn in_use() -> AddressStatus {
    AddressStatus::Active
}

const fn imported() -> Basis {
    Basis::Imported
}

/// The document in JSON.
///
/// # Errors
/// None that these types can have.
pub fn json(exported: &Exported) -> Result<String> {
    #[derive(Serialize)]
    struct Document<'a> {
        format: &'a str,
        version: u32,
        #[serde(flatten)]
        exported: &'a Exported,
    }
    let document = Document {
        format: FORMAT,
        version: VERSION,
        exported,
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}
