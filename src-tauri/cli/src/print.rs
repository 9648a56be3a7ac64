//! Tables and small charts for terminals; widths count East Asian characters as two.

use monitor::view::types::ChartDay;
use unicode_width::UnicodeWidthStr;

/// A table whose columns are as wide as their widest cell.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a head.
    pub fn new(head: &[String]) -> Table {
        Table { rows: vec![head.to_vec()] }
    }

    /// One more row.
    pub fn row(&mut self, cells: &[String]) {
        self.rows.push(cells.to_vec());
    }

    /// Prints it.
    pub fn print(&self) {
        for line in self.lines() {
            println!("{line}");
        }
    }

    fn lines(&self) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|at| self.rows.iter().filter_map(|r| r.get(at)).map(|c| c.width()).max().unwrap_or(0))
            .collect();
        self.rows
            .iter()
            .map(|row| {
                let cells = row.iter().zip(&widths).map(|(cell, width)| {
                    let space = " ".repeat(width - cell.width());
                    let number = !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || c == ',');
                    if number { format!("{space}{cell}") } else { format!("{cell}{space}") }
                });
                cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
            })
            .collect()
    }
}

/// Junk by day as one line of blocks; a day that was not observed is a dot.
pub fn spark(days: &[ChartDay]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = days.iter().map(|d| d.junk).max().unwrap_or(0).max(1);
    days.iter()
        .map(|day| match (day.observed, day.junk) {
            (false, _) => '·',
            (true, 0) => ' ',
            (true, junk) => {
                let step = (junk * 8).div_ceil(most).clamp(1, 8) as usize - 1;
                BLOCKS.get(step).copied().unwrap_or('█')
            }
        })
        .collect()
}

/// Text broken into lines of at most `width` columns, at spaces or between East Asian characters.
pub fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut out = String::new();
    let mut line = String::new();
    let mut word = String::new();
    let mut flush = |line: &mut String, word: &mut String| {
        if line.width() + word.width() > width && !line.is_empty() {
            out.push_str(indent);
            out.push_str(line.trim_end());
            out.push('\n');
            line.clear();
        }
        line.push_str(if line.is_empty() { word.trim_start() } else { word });
        word.clear();
    };
    for c in text.chars() {
        word.push(c);
        if c == ' ' || (c as u32 >= 0x3000 && !"、。）」".contains(c)) {
            flush(&mut line, &mut word);
        }
    }
    flush(&mut line, &mut word);
    out.push_str(indent);
    out.push_str(line.trim_end());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_with_wide_characters() {
        let mut table = Table::new(&["名".into(), "n".into()]);
        table.row(&["abcd".into(), "12".into()]);
        assert_eq!(table.lines(), ["名    n", "abcd  12"]);
    }

    #[test]
    fn a_spark_tells_unobserved_days_from_quiet_ones() {
        let day = |junk, observed| ChartDay { day: String::new(), junk, stranger: 0, wanted: 0, observed };
        assert_eq!(spark(&[day(0, true), day(0, false), day(1, true), day(8, true)]), " ·▁█");
    }

    #[test]
    fn long_text_is_broken_at_words() {
        assert_eq!(wrapped("one two three", 8, "  "), "  one two\n  three");
        assert_eq!(wrapped("日本語の文です。", 8, ""), "日本語の\n文です。");
    }
}
