//! The export as a table for spreadsheets: a row for each disclosure, in UTF-8 with its mark, as
//! RFC 4180 has it.

use super::{Exported, ExportedAddress, ExportedDisclosure, ExportedService};
use anyhow::Result;
use csv::{Terminator, WriterBuilder};
use exposure::{AddrSpec, Basis, Purpose};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The names of the columns, in their order.
pub const COLUMNS: [&str; 8] = [
    "service",
    "domains",
    "address",
    "given_from",
    "given_to",
    "basis",
    "also",
    "purpose",
];

/// The table.
///
/// # Errors
/// None that writing to memory can have.
pub fn csv(exported: &Exported) -> Result<Vec<u8>> {
    let domains = exported.services.iter().map(|s| (&s.service, &s.domains));
    let domains: BTreeMap<_, _> = domains.collect();
    let purposes = exported.addresses.iter().map(|a| (&a.address, a.purpose));
    let purposes: BTreeMap<_, _> = purposes.collect();
    let mut table = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    table.write_record(COLUMNS)?;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    for given in &exported.disclosures {
        let domains = domains.get(&given.service).map(|all| all.join(", "));
        let purpose = purposes.get(&given.address).copied().flatten();
        let cells = [
            given.service.clone(),
            domains.unwrap_or_default(),
            given.address.to_string(),
            day(given.given_from),
            day(given.given_to),
            given.basis.word().to_owned(),
            given.also.join(", "),
            purpose.map(Purpose::word).unwrap_or_default().to_owned(),
        ];
        table.write_record(cells.map(guarded))?;
    }
    Ok(table.into_inner()?)
}

/// Rows of the table become an export.
#[derive(Debug, Default)]
pub struct Rows {
    services: BTreeMap<String, Vec<String>>,
    addresses: BTreeMap<AddrSpec, Option<Purpose>>,
    disclosures: Vec<ExportedDisclosure>,
}

impl Rows {
    /// Adds a row, its cells in the order of [`COLUMNS`]; `day` reads the days as spreadsheets
    /// write them. `None` where it has no service or no address, and for a cell that is none of
    /// its column's.
    pub fn row(
        &mut self,
        cells: [&str; COLUMNS.len()],
        day: impl Fn(&str) -> Option<Date>,
    ) -> Option<()> {
        let [service, domains, address, from, to, basis, also, purpose] = cells.map(unguarded);
        let days = |cell: &str| match cell.trim() {
            "" => Some(None),
            text => day(text).map(Some),
        };
        let given = ExportedDisclosure {
            address: AddrSpec::parse(address).ok()?,
            service: Some(service)
                .filter(|name| !name.trim().is_empty())?
                .to_owned(),
            given_from: days(from)?,
            given_to: days(to)?,
            basis: match basis.trim() {
                "" => super::imported(),
                word => Basis::from_word(word)?,
            },
            also: listed(also),
        };
        let purpose = match purpose.trim() {
            "" => None,
            word => Some(Purpose::from_word(word)?),
        };
        let all = self.services.entry(given.service.clone()).or_default();
        for domain in listed(domains) {
            if !all.contains(&domain) {
                all.push(domain);
            }
        }
        let said = self.addresses.entry(given.address.clone()).or_default();
        *said = said.or(purpose);
        self.disclosures.push(given);
        Some(())
    }

    /// How many rows were added.
    pub const fn count(&self) -> usize {
        self.disclosures.len()
    }

    /// The export that the rows hold.
    pub fn exported(self) -> Exported {
        let service = |(service, domains)| ExportedService {
            service,
            domains,
            ..ExportedService::default()
        };
        let address = |(address, purpose)| ExportedAddress {
            purpose,
            ..ExportedAddress::new(address)
        };
        Exported {
            services: self.services.into_iter().map(service).collect(),
            addresses: self.addresses.into_iter().map(address).collect(),
            disclosures: self.disclosures,
            ..Exported::default()
        }
    }
}

fn listed(cell: &str) -> Vec<String> {
    let parts = cell.split(',').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A cell with an apostrophe before it where a spreadsheet would take it for a formula, or where
/// an apostrophe of its own would be taken off on the way back.
pub fn guarded(cell: String) -> String {
    match is_guardable(&cell) {
        true => format!("'{cell}"),
        false => cell,
    }
}

/// A cell without the apostrophe that guards spreadsheets against formulas.
pub fn unguarded(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'');
    bare.filter(|bare| is_guardable(bare)).unwrap_or(cell)
}

fn is_guardable(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_guarded_and_every_cell_comes_back() {
        let check = |cell: &str, want: &str| {
            let there = guarded(cell.to_owned());
            assert_eq!(there, want, "{cell:?}");
            assert_eq!(unguarded(&there), cell, "{cell:?} comes back");
        };
        check("=1+1", "'=1+1");
        check("+81 3", "'+81 3");
        check("-a@example.org", "'-a@example.org");
        check("@shop", "'@shop");
        check("\tshop", "'\tshop");
        check("\rshop", "'\rshop");
        check("'=1", "''=1");
        check("''@", "'''@");
        check("'quoted'", "'quoted'");
        check("Shop", "Shop");
        check("", "");
    }
}
