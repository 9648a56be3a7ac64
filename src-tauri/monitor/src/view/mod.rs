//! Read models: what each screen shows, with its sentences already in words, so that window,
//! terminal and notification say the same. Figures stand beside every picture drawn from them,
//! and are computed from the series that is drawn.

mod accounts;
mod address;
mod backup;
mod breaches;
mod common;
mod cousins;
mod exceptions;
mod exposures;
mod facts;
mod found;
mod imports;
mod incidents;
mod misfiled;
mod overview;
mod proposals;
mod reasons;
mod server;
mod service;
mod services;
mod settings;
pub mod types;

pub use accounts::{accounts, candidates};
pub use address::{address, addresses};
pub use backup::restored;
pub use breaches::{breach_lists, breach_news, breaches, breaches_json, refreshed_json};
pub use cousins::{aliases, lookouts};
pub use exceptions::exceptions;
pub use exposures::{exposures, exposures_json};
pub use facts::{
    addresses_json, explain_json, flags_json, incidents_json, scan_json, services_json,
};
pub use found::found_archives;
pub use imports::{import_json, import_preview, imports, imports_json, undone};
pub use incidents::incidents;
pub use misfiled::{misfiled, misfiled_json};
pub use overview::overview;
pub use proposals::{proposals, proposals_json};
pub use server::{known_server, looked_up};
pub use service::service;
pub use services::services;
pub use settings::settings;
