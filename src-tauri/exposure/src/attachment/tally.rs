//! Counting the people in the rows of tables. What is kept of a row is numbers that stand for texts.

use super::column::{self, ColumnKind};
use super::find::{self, mark};
use super::{Counted, Own};
use crate::proposals::is_wholly_role;
use std::collections::BTreeSet;

/// Most rows that are looked at, in all tables of a file.
pub const ROWS: u32 = 200_000;
/// Most columns of a table that are looked at.
pub const COLUMNS: usize = 500;
/// Longest row that is looked at, in bytes: one cell may hold a whole list.
const LONGEST: usize = 1024 * 1024;
/// How many rows of a table tell what its columns are, and how many bytes of rows at most.
const TELLING: usize = 64;
const TELLING_SIZE: usize = 4 * LONGEST;
/// Most different addresses, and most different people, that are told apart.
const MOST: usize = 1_000_000;

/// The cells of one row, read into the same room again and again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    text: String,
    ends: Vec<usize>,
    over: bool,
}

impl Row {
    /// Takes all cells out.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.over = false;
    }

    /// Adds a cell. What is beyond [`COLUMNS`], or beyond the longest row, is left out.
    pub fn push(&mut self, cell: &str) {
        if self.ends.len() >= COLUMNS {
            self.over |= !cell.is_empty();
            return;
        }
        let room = LONGEST - self.text.len();
        let mut ends = (0..=room.min(cell.len())).rev();
        let end = ends.find(|end| cell.is_char_boundary(*end));
        let part = end.and_then(|end| cell.get(..end)).unwrap_or_default();
        self.over |= part.len() < cell.len();
        self.text.push_str(part);
        self.ends.push(self.text.len());
    }

    /// Adds empty cells until there are so many.
    pub fn widen(&mut self, to: usize) {
        let end = self.text.len();
        let to = to.clamp(self.ends.len(), COLUMNS);
        self.ends.resize(to, end);
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// A cell; empty where there is none.
    pub fn cell(&self, at: usize) -> &str {
        let start = match at {
            0 => Some(0),
            _ => self.ends.get(at - 1).copied(),
        };
        let end = self.ends.get(at).copied();
        let cell = start
            .zip(end)
            .and_then(|(start, end)| self.text.get(start..end));
        cell.unwrap_or_default()
    }

    /// Its cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.cell(at))
    }
}

/// One count over all tables of a file.
#[derive(Debug)]
pub struct Tally {
    own_addresses: Vec<u64>,
    own_names: Vec<String>,
    found: Counted,
    kinds: BTreeSet<ColumnKind>,
    addresses: BTreeSet<u64>,
    /// People by their address, and the names beside those.
    known: BTreeSet<u64>,
    known_names: BTreeSet<u64>,
    /// People by their name, with what tells them apart.
    named: BTreeSet<(u64, u64)>,
    /// Which of all these are the user.
    self_known: BTreeSet<u64>,
    self_named: BTreeSet<(u64, u64)>,
    waiting: Vec<Row>,
    columns: Option<Vec<Option<ColumnKind>>>,
}

impl Tally {
    /// A count that looks for what is the user's own.
    pub fn new(own: &Own) -> Tally {
        let address = |text: &String| mark(&text.trim().to_lowercase());
        let name = |text: &String| find::plain(text.chars()).collect();
        Tally {
            own_addresses: own.addresses.iter().map(address).collect(),
            own_names: own.names.iter().map(name).collect(),
            found: Counted {
                complete: true,
                ..Counted::default()
            },
            kinds: BTreeSet::new(),
            addresses: BTreeSet::new(),
            known: BTreeSet::new(),
            known_names: BTreeSet::new(),
            named: BTreeSet::new(),
            self_known: BTreeSet::new(),
            self_named: BTreeSet::new(),
            waiting: Vec::new(),
            columns: None,
        }
    }

    /// Something was not read.
    pub fn cut(&mut self) {
        self.found.complete = false;
    }

    /// Something is locked with a password.
    pub fn locked(&mut self) {
        self.found.locked = true;
    }

    /// The next table begins.
    pub fn table(&mut self) {
        self.tell();
        self.columns = None;
    }

    /// Counts a row of the table; whether more rows are wanted.
    pub fn row(&mut self, row: &Row) -> bool {
        if row.over {
            self.cut();
        }
        if row.is_empty() {
            return true;
        }
        if self.found.rows >= ROWS {
            self.cut();
            return false;
        }
        self.found.rows += 1;
        match self.columns.take() {
            Some(columns) => {
                self.count(row, &columns);
                self.columns = Some(columns);
            }
            None => {
                self.waiting.push(row.clone());
                let size: usize = self.waiting.iter().map(|row| row.text.len()).sum();
                if self.waiting.len() >= TELLING || size >= TELLING_SIZE {
                    self.tell();
                }
            }
        }
        true
    }

    /// Counts a text that belongs to no table: a note, what is remembered of another file.
    pub fn loose(&mut self, text: &str) {
        let mut row = Row::default();
        row.push(text);
        self.count(&row, &[]);
    }

    /// What was counted.
    pub fn counted(mut self) -> Counted {
        self.tell();
        // Who stands in one table with an address and in another without is one.
        let apart = |named: &BTreeSet<(u64, u64)>| {
            let apart = named
                .iter()
                .filter(|(name, _)| !self.known_names.contains(name));
            apart.count()
        };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let people = number(self.known.len() + apart(&self.named));
        let user = number(self.self_known.len() + apart(&self.self_named));
        Counted {
            people,
            others: people - user.min(people),
            addresses: number(self.addresses.len()),
            columns: self.kinds.iter().copied().collect(),
            ..self.found
        }
    }

    /// Finds out what the columns of the table are, and counts the rows that waited for that.
    fn tell(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return;
        }
        let (head, columns) = column::columns(&waiting);
        self.kinds.extend(columns.iter().flatten());
        for (at, row) in waiting.iter().enumerate() {
            // What stands above the names of the columns is no row of the table.
            let of_table = head.is_none_or(|head| at > head);
            self.found.rows -= u32::from(!of_table);
            self.count(row, if of_table { &columns } else { &[] });
        }
        self.columns = Some(columns);
    }

    fn count(&mut self, row: &Row, columns: &[Option<ColumnKind>]) {
        let mut own = self.finds_own_names(row);
        let (mut name, mut beside) = (String::new(), None);
        for (cell, kind) in row.cells().zip(columns) {
            let Some(kind) = kind.filter(|_| !cell.trim().is_empty()) else {
                continue;
            };
            if kind == ColumnKind::Name {
                name.extend(find::plain(cell.chars()));
            } else if kind.tells_people() && beside.is_none() {
                beside = Some((kind, mark(cell.trim())));
            }
        }
        let name_mark = mark(&name);
        // A row with a name or a number of somebody is one person, whatever else stands in it.
        let one = !name.is_empty() || matches!(beside, Some((ColumnKind::Id, _)));
        let mut people: Vec<u64> = Vec::new();
        let mut own_people: Vec<u64> = Vec::new();
        for cell in row.cells() {
            find::addresses(cell, |address| {
                let address_mark = mark(address);
                let mine = self
                    .own_addresses
                    .iter()
                    .position(|own| *own == address_mark);
                if let Some(at) = mine {
                    own = true;
                    own_people.push(address_mark);
                    note(&mut self.found.own_addresses, at);
                }
                if self.addresses.len() >= MOST {
                    self.found.complete &= self.addresses.contains(&address_mark);
                } else {
                    self.addresses.insert(address_mark);
                }
                if mine.is_some() || self.known.contains(&address_mark) || !is_desk(address) {
                    people.push(address_mark);
                }
            });
        }
        if self.known.len() + self.named.len() >= MOST {
            self.found.complete = false;
            return;
        }
        match people.first().copied() {
            Some(first) if one => {
                self.known.insert(first);
                if !name.is_empty() {
                    self.known_names.insert(name_mark);
                }
                if own {
                    self.self_known.insert(first);
                }
            }
            Some(_) => {
                self.known.extend(people);
                self.self_known.extend(own_people);
            }
            None => {
                if let (false, Some((_, beside))) = (name.is_empty(), beside) {
                    self.named.insert((name_mark, beside));
                    if own {
                        self.self_named.insert((name_mark, beside));
                    }
                }
            }
        }
    }

    /// Whether a row has a name of the user's, in one cell or in two side by side.
    fn finds_own_names(&mut self, row: &Row) -> bool {
        let mut found = false;
        for (at, name) in self.own_names.iter().enumerate() {
            // One letter is anybody's.
            if name.chars().nth(1).is_none() {
                continue;
            }
            let mut before = "";
            for cell in row.cells() {
                let both = before.chars().chain(cell.chars());
                let is_here = find::is_name(name, cell.chars())
                    || (!before.is_empty() && find::is_name(name, both));
                if is_here {
                    found = true;
                    note(&mut self.found.own_names, at);
                }
                before = cell;
            }
        }
        found
    }
}

/// Whether an address is a desk's and no person's.
fn is_desk(address: &str) -> bool {
    let (local, _) = address.split_once('@').unwrap_or_default();
    is_wholly_role(local)
}

/// Adds a place to those found, once.
fn note(found: &mut Vec<usize>, at: usize) {
    if let Err(place) = found.binary_search(&at) {
        found.insert(place, at);
    }
}
