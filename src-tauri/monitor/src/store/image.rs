//! What a person edits by hand, as it stands at one moment, so that an edit can be taken back.

use super::Store;
use anyhow::Result;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use std::collections::BTreeMap;

/// A table of which an edit is undone.
#[derive(Debug)]
struct Table {
    name: &'static str,
    /// Its key, of whole numbers, then the other columns.
    columns: &'static [&'static str],
    /// How many columns are its key.
    key: usize,
    /// Rows come and go; else only what stands in them is put back.
    whole: bool,
}

const TABLES: [Table; 7] = [
    Table {
        name: "service",
        columns: &["id", "name", "first_at"],
        key: 1,
        whole: true,
    },
    Table {
        name: "service_domain",
        columns: &["service_id", "domain_id", "as_processor", "basis"],
        key: 2,
        whole: true,
    },
    Table {
        name: "refused_domain",
        columns: &["service_id", "domain_id"],
        key: 2,
        whole: true,
    },
    Table {
        name: "disclosure",
        columns: &[
            "address_id",
            "service_id",
            "given_from",
            "given_to",
            "basis",
            "also",
            "dismissed_at",
        ],
        key: 2,
        whole: true,
    },
    Table {
        name: "dismissed",
        columns: &["domain_id"],
        key: 1,
        whole: true,
    },
    Table {
        name: "address",
        columns: &["id", "kind", "status", "purpose", "dedicated"],
        key: 1,
        whole: false,
    },
    Table {
        name: "statement",
        columns: &["id", "service_id"],
        key: 1,
        whole: false,
    },
];

type Rows = BTreeMap<Vec<i64>, Vec<Value>>;

/// What stands in the tables that a person edits.
#[derive(Debug)]
pub struct Image(Vec<Rows>);

/// What an edit changed: by table, the rows before and after it.
#[derive(Debug, Default)]
pub struct Difference(Vec<Vec<Changed>>);

/// One row: its key, and what stood in it before and after.
type Changed = (Vec<i64>, Option<Vec<Value>>, Option<Vec<Value>>);

impl Image {
    /// What changed from this image to a later one.
    pub fn until(self, later: &Image) -> Difference {
        let pairs = self.0.into_iter().zip(&later.0);
        Difference(
            pairs
                .map(|(before, after)| changed(before, after))
                .collect(),
        )
    }
}

impl Difference {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }
}

fn changed(mut before: Rows, after: &Rows) -> Vec<Changed> {
    let mut changed = Vec::new();
    for (key, now) in after {
        let was = before.remove(key);
        if was.as_ref() != Some(now) {
            changed.push((key.clone(), was, Some(now.clone())));
        }
    }
    let gone = before.into_iter().map(|(key, was)| (key, Some(was), None));
    changed.extend(gone);
    changed
}

impl Store {
    /// What stands in the tables that a person edits.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn image(&self) -> Result<Image> {
        TABLES
            .iter()
            .map(|table| self.rows(table))
            .collect::<Result<_>>()
            .map(Image)
    }

    fn rows(&self, table: &Table) -> Result<Rows> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {} FROM {}",
            table.columns.join(", "),
            table.name
        ))?;
        let rows = statement.query_map([], |row| {
            let key = (0..table.key).map(|at| row.get(at));
            let rest = (table.key..table.columns.len()).map(|at| row.get(at));
            Ok((
                key.collect::<rusqlite::Result<Vec<i64>>>()?,
                rest.collect::<rusqlite::Result<Vec<Value>>>()?,
            ))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Takes an edit back, as far as nothing has changed the same rows since.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn take_back(&mut self, edit: &Difference) -> Result<()> {
        for (table, changed) in TABLES.iter().zip(&edit.0) {
            let now = self.rows(table)?;
            let unchanged = |(key, _, after): &&Changed| now.get(key) == after.as_ref();
            let all: Vec<&Changed> = changed.iter().filter(unchanged).collect();
            // What is gone first: of two rows that changed names, each has the other's.
            if table.whole {
                for (key, _, _) in all.iter().filter(|(_, _, after)| after.is_some()) {
                    self.take_out(table, key)?;
                }
            }
            for (key, before, _) in &all {
                if let Some(before) = before {
                    self.put_back(table, key, before)?;
                }
            }
        }
        Ok(())
    }

    fn take_out(&mut self, table: &Table, key: &[i64]) -> Result<()> {
        let sql = format!("DELETE FROM {} WHERE {}", table.name, matching(table, 1));
        self.connection
            .prepare_cached(&sql)?
            .execute(params_from_iter(key))?;
        Ok(())
    }

    fn put_back(&mut self, table: &Table, key: &[i64], row: &[Value]) -> Result<()> {
        let key = key.iter().map(|part| Value::Integer(*part));
        let (sql, values): (String, Vec<Value>) = if table.whole {
            let marks: Vec<String> = (1..=table.columns.len()).map(|n| format!("?{n}")).collect();
            let sql = format!(
                "INSERT OR IGNORE INTO {} ({}) VALUES ({})",
                table.name,
                table.columns.join(", "),
                marks.join(", ")
            );
            (sql, key.chain(row.iter().cloned()).collect())
        } else {
            let rest = table.columns.iter().skip(table.key);
            let set: Vec<String> = rest
                .zip(1..)
                .map(|(name, n)| format!("{name} = ?{n}"))
                .collect();
            let sql = format!(
                "UPDATE {} SET {} WHERE {}",
                table.name,
                set.join(", "),
                matching(table, row.len() + 1)
            );
            (sql, row.iter().cloned().chain(key).collect())
        };
        self.connection
            .prepare_cached(&sql)?
            .execute(params_from_iter(values))?;
        Ok(())
    }
}

/// The key's columns, each equal to a parameter from `first` on.
fn matching(table: &Table, first: usize) -> String {
    let key = table.columns.iter().take(table.key).zip(first..);
    let parts: Vec<String> = key.map(|(name, n)| format!("{name} = ?{n}")).collect();
    parts.join(" AND ")
}
