//! The strings that the cells of a spreadsheet share, in one piece of memory.

/// Most strings that are kept: more than [`exposure::attachment::ROWS`] rows have.
const MOST: usize = 4_000_000;

/// Strings by their number.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// Adds a string; whether there was room.
    pub(super) fn push(&mut self, string: &str) -> bool {
        let room = self.ends.len() < MOST;
        if room {
            self.text.push_str(string);
            self.ends.push(self.text.len());
        }
        room
    }

    /// A string; empty where there is none.
    pub(super) fn at(&self, number: usize) -> &str {
        let start = match number {
            0 => Some(0),
            _ => self.ends.get(number - 1).copied(),
        };
        let end = self.ends.get(number).copied();
        let string = start
            .zip(end)
            .and_then(|(start, end)| self.text.get(start..end));
        string.unwrap_or_default()
    }
}
