//! Where text is laid: how wide, and whether colours may be used.

use super::text::{width, wrapped};
use exposure::show::shown;

/// Whether colours may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Plain text.
    Plain,
    /// ANSI colours.
    Ansi,
}

/// What a text stands for. Words always stand beside a tint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// A heading.
    Strong,
    /// Beside the point.
    Faint,
    /// Worth watching.
    Watch,
    /// Names a likely source.
    Accent,
}

impl Paint {
    /// The text in its tint.
    pub fn tinted(self, text: &str, tint: Tint) -> String {
        let code = match tint {
            Tint::Strong => "1",
            Tint::Faint => "2",
            Tint::Watch => "33",
            Tint::Accent => "1;31",
        };
        match self {
            Paint::Plain => text.to_owned(),
            Paint::Ansi => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

/// Longer lines are hard to read.
const WIDEST: usize = 96;

/// Longest text of a paragraph, in characters. Names and texts come from people and from mail:
/// nothing in them may steer the terminal.
const PARAGRAPH: usize = 4_000;

/// A place for text of a given width.
#[derive(Clone, Debug)]
pub struct Canvas {
    paint: Paint,
    columns: Option<usize>,
    text: String,
}

impl Canvas {
    /// An empty place; `columns` is `None` where no terminal bounds the lines.
    pub const fn new(paint: Paint, columns: Option<usize>) -> Canvas {
        Canvas {
            paint,
            columns,
            text: String::new(),
        }
    }

    /// Whether colours may be used.
    pub const fn paint(&self) -> Paint {
        self.paint
    }

    /// How wide a table may be.
    pub fn table_columns(&self) -> usize {
        self.columns.unwrap_or(usize::MAX)
    }

    /// How wide prose is set.
    pub fn prose_columns(&self) -> usize {
        self.columns.unwrap_or(WIDEST).clamp(20, WIDEST)
    }

    /// One line as it is.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) {
        let line = self.paint.tinted(&shown(text, PARAGRAPH), Tint::Strong);
        self.line(&line);
    }

    /// A paragraph, broken to fit, each line after `indent` spaces; nothing for an empty one.
    pub fn prose(&mut self, text: &str, indent: usize) {
        if !text.is_empty() {
            self.marked("", text, indent);
        }
    }

    /// A paragraph in a tint.
    pub fn tinted(&mut self, text: &str, indent: usize, tint: Tint) {
        for line in wrapped(
            &shown(text, PARAGRAPH),
            self.prose_columns().saturating_sub(indent),
        ) {
            let line = format!("{}{}", " ".repeat(indent), self.paint.tinted(&line, tint));
            self.line(&line);
        }
    }

    /// A paragraph whose first line begins with a mark and whose others stand under its text.
    pub fn marked(&mut self, mark: &str, text: &str, indent: usize) {
        let hang = indent + width(mark);
        for (at, line) in wrapped(
            &shown(text, PARAGRAPH),
            self.prose_columns().saturating_sub(hang),
        )
        .iter()
        .enumerate()
        {
            let start = if at == 0 {
                format!("{}{mark}", " ".repeat(indent))
            } else {
                " ".repeat(hang)
            };
            self.line(&format!("{start}{line}"));
        }
    }

    /// Everything that was laid.
    pub fn into_text(self) -> String {
        self.text
    }
}
