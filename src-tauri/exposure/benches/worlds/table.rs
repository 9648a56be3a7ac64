//! Measured against reference: cells, their standard errors, and the tables that show them.

use std::fmt::Write as _;

/// More than so many standard errors of the difference is worse.
const TOO_FAR: f64 = 3.0;

/// A figure with its standard error.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    pub value: f64,
    pub error: f64,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    Higher,
    Lower,
}

/// A share of `of` cases that is never certain: its error is that of one more case each way.
pub fn share(value: f64, of: f64) -> Figure {
    if of <= 0.0 {
        return Figure {
            value: f64::NAN,
            error: f64::NAN,
        };
    }
    let p = (value * of + 1.0) / (of + 2.0);
    Figure {
        value,
        error: (p * (1.0 - p) / of).sqrt(),
    }
}

/// A rate of events over `exposure`; its error is that of one event more.
pub fn rate(events: f64, exposure: f64) -> Figure {
    Figure {
        value: events / exposure,
        error: (events + 1.0).sqrt() / exposure,
    }
}

/// Tables as text, and how many of their cells are worse than the reference.
#[derive(Default)]
pub struct Report {
    pub text: String,
    pub worse: Vec<String>,
    pub compared: usize,
    pub broken: Vec<String>,
    pub kept: usize,
}

impl Report {
    pub fn title(&mut self, title: &str, columns: &[&str]) {
        let _ = writeln!(self.text, "\n{title}\n\n| {} |", columns.join(" | "));
        let _ = writeln!(self.text, "|{}", "---|".repeat(columns.len()));
    }

    pub fn row(&mut self, cells: &[String]) {
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }

    pub fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "\n{line}");
    }

    /// A cell: ours, the reference with its standard error, and whether ours is worse.
    pub fn cell(
        &mut self,
        what: &str,
        ours: Figure,
        reference: Figure,
        better: Better,
        digits: usize,
    ) -> String {
        let difference = match better {
            Better::Higher => reference.value - ours.value,
            Better::Lower => ours.value - reference.value,
        };
        let both = format!("{} ({})", shown(ours, digits), shown(reference, digits));
        // A median beyond the year has no error; the share flagged within the year judges it.
        if difference.is_nan() || ours.error.is_infinite() {
            return both;
        }
        self.compared += 1;
        let error = ours.error.hypot(reference.error);
        if difference > TOO_FAR * error {
            self.worse.push(format!("{what}: {both}"));
            return format!("{both} WORSE");
        }
        both
    }

    /// A promise of the shipped setting: at most `allowed` of something, `seen` in all. At full
    /// size to the letter; a part of it may be off by three standard errors.
    pub fn promise(&mut self, what: &str, seen: f64, allowed: f64, part: usize) {
        let chance = if part > 1 {
            TOO_FAR * (allowed + 1.0).sqrt()
        } else {
            0.0
        };
        if seen > allowed + chance {
            self.broken
                .push(format!("{what}: {seen} where {allowed:.1} are allowed"));
        } else {
            self.kept += 1;
        }
    }

    pub fn summary(&mut self) {
        let line = format!(
            "{} cells compared, {} worse than the reference by more than 3 standard errors{}",
            self.compared,
            self.worse.len(),
            self.worse
                .iter()
                .map(|w| format!("\n  {w}"))
                .collect::<String>()
        );
        self.line(&line);
        let line = format!(
            "{} promises kept, {} broken{}",
            self.kept,
            self.broken.len(),
            self.broken
                .iter()
                .map(|w| format!("\n  {w}"))
                .collect::<String>()
        );
        self.line(&line);
    }
}

fn shown(figure: Figure, digits: usize) -> String {
    if figure.value.is_nan() {
        return "-".to_owned();
    }
    if figure.value.is_infinite() {
        return "not in a year".to_owned();
    }
    format!("{:.digits$}±{:.digits$}", figure.value, figure.error)
}

/// The median with its standard error, from the spread of the middle order statistics; days and
/// messages are whole, so it is at least that of rounding.
pub fn median(values: &mut [f64]) -> Figure {
    if values.is_empty() {
        return Figure {
            value: f64::NAN,
            error: f64::NAN,
        };
    }
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let at = |q: f64| values[((q * n) as usize).min(values.len() - 1)];
    let middle = 0.5 * (at(0.5) + values[(values.len() - 1) / 2]);
    let spread = at(0.5 + 0.5 / n.sqrt()) - at((0.5 - 0.5 / n.sqrt()).max(0.0));
    let error = if spread.is_finite() {
        spread / 2.0
    } else {
        f64::INFINITY
    };
    Figure {
        value: middle,
        error: error.max(0.29),
    }
}

/// The rows of a reference table: fields separated by `|`, `#` begins a comment.
pub fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('|').collect())
}

/// A field of a reference table; NaN where the reference has none.
pub fn number(field: Option<&&str>) -> f64 {
    field.and_then(|f| f.parse().ok()).unwrap_or(f64::NAN)
}
