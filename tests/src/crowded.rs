//! A ledger of a long life: thousands of services and addresses, all made up.

use anyhow::Result;
use exposure::{AddrSpec, AddressKind, Basis};
use monitor::store::{DisclosureRecord, Entry, NewAccount, Store};
use std::path::Path;

/// How many services and addresses there are.
pub const SERVICES: usize = 5_000;
/// Own addresses.
pub const ADDRESSES: usize = 2_000;

/// Writes it into an empty data folder.
///
/// # Errors
/// Those of SQLite.
pub fn write(data: &Path) -> Result<()> {
    let mut store = Store::open(data)?;
    store.keep_setting("zone", Some("Asia/Tokyo"))?;
    // With mail of this PC: without any the page begins with the way in.
    let account = NewAccount {
        name: "made up".into(),
        entry: Entry::Archive {
            path: data.join("mail"),
        },
        separator: '+',
    };
    std::fs::create_dir_all(data.join("mail"))?;
    store.add_account(&account, 0)?;
    store.transaction(|store| {
        let mut addresses = Vec::with_capacity(ADDRESSES);
        for n in 0..ADDRESSES {
            let spec = AddrSpec::parse(&format!("made-up-{n}@me.example"))?;
            addresses.push(store.claim(&spec, AddressKind::CatchAll, 0)?);
        }
        for n in 0..SERVICES {
            let service = store.new_service(&format!("Made-up Service {n}"), 0)?;
            store.service_writes_from(
                service,
                &format!("service{n}.example"),
                false,
                Basis::Imported,
            )?;
            let day = 12_000 + i64::try_from(n)?;
            let Some(address) = addresses.get(n % ADDRESSES) else {
                continue;
            };
            store.disclose(&DisclosureRecord {
                address: *address,
                service,
                given_from: Some(day),
                given_to: Some(day),
                basis: Basis::Imported,
                also: Vec::new(),
            })?;
        }
        Ok(())
    })
}

/// Asks the page, on the Services or Addresses screen, how long it takes to answer a search, and
/// how long it takes to draw the rows that are seen once more, both in milliseconds: the median of
/// each. Also what was found, and how many rows are drawn. `arguments[0]`: what is searched for,
/// one after the other.
pub const SEARCH: &str = "
    const [sought, done] = arguments;
    const middle = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
    const timed = async (work) => {
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      const from = performance.now();
      await work();
      document.body.getBoundingClientRect();
      return performance.now() - from;
    };
    (async () => {
      const field = document.querySelector('input[type=search]');
      const grid = () => document.querySelector('[role=grid]');
      const draws = [];
      for (let n = 0; n < 9; n++) {
        let copy;
        draws.push(await timed(async () => {
          copy = grid().cloneNode(true);
          grid().after(copy);
        }));
        copy.remove();
      }
      const searches = [];
      const found = [];
      let drawn = 0;
      for (const words of sought) {
        searches.push(await timed(async () => {
          field.value = words;
          field.dispatchEvent(new Event('input', { bubbles: true }));
          // What the page does about it runs before this goes on.
          for (let n = 0; n < 5; n++) await Promise.resolve();
        }));
        await new Promise((next) => setTimeout(next));
        found.push(Number(grid().getAttribute('aria-rowcount')) - 1);
        drawn = Math.max(drawn, grid().querySelectorAll('[data-at]').length);
      }
      done({ search: middle(searches), draw: middle(draws), found, drawn });
    })().catch((error) => done({ no: String(error) }));
";
