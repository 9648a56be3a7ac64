//! Tables whose columns line up in either language.

use super::canvas::{Canvas, Tint};
use super::text::{Side, cut, padded, width, wrapped};
use exposure::show::shown;

/// Longest text of a cell, in characters.
const CELL: usize = 200;
/// Spaces between columns.
const GUTTER: usize = 2;
/// No column is squeezed below this.
const NARROWEST: usize = 10;

/// A table that grows row by row.
#[derive(Clone, Debug)]
pub struct Table {
    head: Vec<(String, Side)>,
    rows: Vec<Vec<(String, Option<Tint>)>>,
    long: Long,
}

/// What becomes of a cell that is too long for its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Long {
    /// It is broken into several lines.
    Broken,
    /// In the last column it is cut; elsewhere it is broken.
    LastCut,
}

impl Table {
    /// A table with these headings.
    pub const fn new(head: Vec<(String, Side)>, long: Long) -> Table {
        Table {
            head,
            rows: Vec::new(),
            long,
        }
    }

    /// Adds a row; a tint colours its cell.
    pub fn row(&mut self, cells: Vec<(String, Option<Tint>)>) {
        // Names come from people and from mail: nothing in them may steer the terminal.
        self.rows.push(
            cells
                .into_iter()
                .map(|(text, tint)| (shown(&text, CELL), tint))
                .collect(),
        );
    }

    /// Lays the table; where it is too wide its widest columns are broken into several lines.
    pub fn lay(&self, canvas: &mut Canvas, indent: usize) {
        let widths = self.widths(canvas.table_columns().saturating_sub(indent));
        let head: Vec<_> = self
            .head
            .iter()
            .map(|(text, _)| (text.clone(), Some(Tint::Faint)))
            .collect();
        for row in std::iter::once(&head).chain(&self.rows) {
            self.lay_row(canvas, row, &widths, indent);
        }
    }

    fn lay_row(
        &self,
        canvas: &mut Canvas,
        row: &[(String, Option<Tint>)],
        widths: &[usize],
        indent: usize,
    ) {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .enumerate()
            .map(|(at, ((text, _), columns))| {
                let last = at + 1 == self.head.len();
                match self.long {
                    Long::LastCut if last => vec![cut(text, *columns)],
                    Long::LastCut | Long::Broken => wrapped(text, *columns),
                }
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1);
        for at in 0..height {
            let mut line = " ".repeat(indent);
            for ((lines, columns), ((_, side), (_, tint))) in
                cells.iter().zip(widths).zip(self.head.iter().zip(row))
            {
                let text = lines.get(at).map_or("", String::as_str);
                let cell = padded(text, *columns, *side);
                match tint {
                    Some(tint) => line.push_str(&canvas.paint().tinted(&cell, *tint)),
                    None => line.push_str(&cell),
                }
                line.push_str(&" ".repeat(GUTTER));
            }
            canvas.line(&line);
        }
    }

    fn widths(&self, limit: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = self.head.iter().map(|(text, _)| width(text)).collect();
        for row in &self.rows {
            for (wide, (text, _)) in widths.iter_mut().zip(row) {
                *wide = (*wide).max(width(text));
            }
        }
        loop {
            let all = widths.iter().sum::<usize>() + GUTTER * widths.len().saturating_sub(1);
            if all <= limit {
                return widths;
            }
            let Some(widest) = widths.iter_mut().max() else {
                return widths;
            };
            if *widest <= NARROWEST {
                return widths;
            }
            *widest = (*widest - 1).max(NARROWEST);
        }
    }
}
