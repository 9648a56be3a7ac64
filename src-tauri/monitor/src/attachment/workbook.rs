//! Workbooks of Excel before 2007 (BIFF 5 and 8 in a compound file): the cells of every sheet,
//! hidden ones and those of workbooks within as well. Formulas are not computed, and macros not seen.

use super::budget::Budget;
use super::compound::{Compound, u16_at, u32_at};
use super::strings::Strings;
use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_1252};
use exposure::attachment::{Row, Tally};

/// Kinds of records (MS-XLS 2.3).
mod kind {
    pub(super) const FORMULA: [u16; 3] = [0x0006, 0x0206, 0x0406];
    pub(super) const FILEPASS: u16 = 0x002f;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const CODEPAGE: u16 = 0x0042;
    pub(super) const MULRK: u16 = 0x00bd;
    pub(super) const RSTRING: u16 = 0x00d6;
    pub(super) const SST: u16 = 0x00fc;
    pub(super) const LABELSST: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const RK: u16 = 0x027e;
    pub(super) const BOF: u16 = 0x0809;
}
/// The version of Excel 97 to 2003 in the first record.
const BIFF8: u16 = 0x0600;

/// Counts a workbook.
pub(super) fn read(bytes: &[u8], budget: &Budget, tally: &mut Tally) {
    let Some(file) = Compound::open(bytes) else {
        return tally.cut();
    };
    // A newer workbook with a password is a compound file.
    if file.has("EncryptedPackage") {
        return tally.locked();
    }
    let mut found = false;
    for stream in file.named(&["Workbook", "Book"]) {
        found = true;
        match stream {
            Some(stream) => Sheets::new(budget, tally).read(&stream),
            None => tally.cut(),
        }
    }
    if !found {
        tally.cut();
    }
}

/// The sheets of a workbook while they are read.
struct Sheets<'t, 'b> {
    budget: &'b Budget,
    tally: &'t mut Tally,
    wide: bool,
    encoding: &'static Encoding,
    strings: Strings,
    row: Row,
    at: u16,
    /// Where the text of a formula belongs, which follows it.
    formula: Option<(u16, u16)>,
}

impl<'t, 'b> Sheets<'t, 'b> {
    fn new(budget: &'b Budget, tally: &'t mut Tally) -> Sheets<'t, 'b> {
        Sheets {
            budget,
            tally,
            wide: true,
            encoding: WINDOWS_1252,
            strings: Strings::default(),
            row: Row::default(),
            at: 0,
            formula: None,
        }
    }

    fn read(mut self, stream: &[u8]) {
        let mut rest = stream;
        while let Some((kind, body, after)) = record(rest) {
            rest = after;
            let mut pieces = vec![body];
            while kind == kind::SST
                && let Some((kind::CONTINUE, body, after)) = record(rest)
            {
                pieces.push(body);
                rest = after;
            }
            if kind == kind::FILEPASS {
                return self.tally.locked();
            }
            let whole = match kind {
                kind::SST => self.share(Pieces::new(pieces)),
                _ => self.learn(kind, body).unwrap_or(true),
            };
            if !whole {
                return self.tally.cut();
            }
        }
        if !rest.is_empty() && rest.iter().any(|byte| *byte != 0) {
            self.tally.cut();
        }
        self.tally.row(&self.row);
    }

    /// Takes what a record says; `Some(false)` where no more may be read.
    fn learn(&mut self, kind: u16, body: &[u8]) -> Option<bool> {
        let (row, column) = (u16_at(body, 0)?, u16_at(body, 2));
        match kind {
            kind::BOF => {
                self.wide = row >= BIFF8;
                self.tally.row(&self.row);
                self.row.clear();
                self.tally.table();
            }
            kind::CODEPAGE => {
                self.encoding = match row {
                    932 => SHIFT_JIS,
                    936 => GBK,
                    949 => EUC_KR,
                    950 => BIG5,
                    _ => WINDOWS_1252,
                }
            }
            kind::LABELSST => {
                let number = usize::try_from(u32_at(body, 6)?).ok()?;
                let strings = std::mem::take(&mut self.strings);
                let more = self.cell(row, column?, strings.at(number));
                self.strings = strings;
                return Some(more);
            }
            kind::LABEL | kind::RSTRING => {
                let text = self.text(body.get(6..)?)?;
                return Some(self.cell(row, column?, &text));
            }
            kind::NUMBER => {
                let number = f64::from_le_bytes(body.get(6..14)?.try_into().ok()?);
                return Some(self.cell(row, column?, &number.to_string()));
            }
            kind::RK => {
                let number = unpacked(u32_at(body, 6)?);
                return Some(self.cell(row, column?, &number.to_string()));
            }
            kind::MULRK => {
                let cells = body.get(4..body.len().checked_sub(2)?)?;
                for (number, cell) in (column?..).zip(cells.chunks_exact(6)) {
                    let value = unpacked(u32_at(cell, 2)?).to_string();
                    if !self.cell(row, number, &value) {
                        return Some(false);
                    }
                }
            }
            kind::STRING => {
                let text = self.text(body)?;
                let (row, column) = self.formula.take()?;
                return Some(self.cell(row, column, &text));
            }
            _ if kind::FORMULA.contains(&kind) => self.formula = Some((row, column?)),
            _ => {}
        }
        Some(true)
    }

    /// Takes a cell; whether more are wanted.
    fn cell(&mut self, row: u16, column: u16, text: &str) -> bool {
        if row != self.at {
            let more = self.tally.row(&self.row);
            self.row.clear();
            self.at = row;
            if !more || self.budget.is_spent() {
                return false;
            }
        }
        self.row.widen(usize::from(column));
        self.row.push(text);
        true
    }

    /// A text with its length before it.
    fn text(&self, body: &[u8]) -> Option<String> {
        let length = usize::from(u16_at(body, 0)?);
        if !self.wide {
            let bytes = body.get(2..)?;
            let bytes = bytes.get(..length).unwrap_or(bytes);
            return Some(self.encoding.decode(bytes).0.into_owned());
        }
        let mut pieces = Pieces::new(vec![body.get(3..)?]);
        Some(pieces.characters(length, body.get(2)? & 1 == 1))
    }

    /// Reads the shared strings; whether there was room for all of them.
    fn share(&mut self, mut pieces: Pieces<'_>) -> bool {
        pieces.skip(8);
        while !self.budget.is_spent() {
            let Some(string) = pieces.string() else {
                return true;
            };
            if !self.strings.push(&string) {
                return false;
            }
        }
        false
    }
}

/// The next record: its kind, its body, and what follows it.
fn record(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let end = 4 + usize::from(u16_at(bytes, 2)?);
    Some((u16_at(bytes, 0)?, bytes.get(4..end)?, bytes.get(end..)?))
}

/// A number that was packed into four bytes (MS-XLS 2.5.217).
fn unpacked(packed: u32) -> f64 {
    let number = match packed & 2 {
        0 => f64::from_bits(u64::from(packed & !3) << 32),
        _ => f64::from(packed.cast_signed() >> 2),
    };
    if packed & 1 == 1 {
        number / 100.0
    } else {
        number
    }
}

/// A record that goes on in others. Where characters go on, the next piece says anew how wide they
/// are (MS-XLS 2.5.293).
struct Pieces<'a> {
    now: &'a [u8],
    next: std::vec::IntoIter<&'a [u8]>,
}

impl<'a> Pieces<'a> {
    fn new(pieces: Vec<&'a [u8]>) -> Pieces<'a> {
        Pieces {
            now: &[],
            next: pieces.into_iter(),
        }
    }

    /// Bytes of one piece: at most so many, at least one; `None` at the end.
    fn some(&mut self, most: usize) -> Option<&'a [u8]> {
        while self.now.is_empty() {
            self.now = self.next.next()?;
        }
        let (some, rest) = self.now.split_at(most.min(self.now.len()));
        self.now = rest;
        Some(some)
    }

    fn skip(&mut self, mut bytes: usize) {
        while bytes > 0 {
            let Some(some) = self.some(bytes) else { return };
            bytes -= some.len();
        }
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut number = 0;
        for at in 0..bytes {
            number |= usize::from(*self.some(1)?.first()?) << (8 * at);
        }
        Some(number)
    }

    /// The next string of a table of strings (MS-XLS 2.5.293).
    fn string(&mut self) -> Option<String> {
        let length = self.number(2)?;
        let flags = self.number(1)?;
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let more = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let string = self.characters(length, flags & 1 == 1);
        self.skip(runs * 4);
        self.skip(more);
        Some(string)
    }

    /// So many characters, fewer where it ends.
    fn characters(&mut self, mut length: usize, mut wide: bool) -> String {
        let mut units: Vec<u16> = Vec::new();
        while length > 0 {
            if self.now.is_empty() {
                let begun = !units.is_empty();
                let Some(piece) = self.next.next() else { break };
                self.now = piece;
                if begun && let Some(flags) = self.number(1) {
                    wide = flags & 1 == 1;
                }
            }
            let width = if wide { 2 } else { 1 };
            let Some(bytes) = self.some(length * width) else {
                break;
            };
            match wide {
                true => units.extend(bytes.chunks_exact(2).filter_map(|two| u16_at(two, 0))),
                false => units.extend(bytes.iter().map(|byte| u16::from(*byte))),
            }
            // Half a character at the end of a piece counts as one: it must go on.
            length -= bytes.len().div_ceil(width).min(length);
        }
        String::from_utf16_lossy(&units)
    }
}
