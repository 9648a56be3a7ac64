//! Splitting a header into fields: CRLF, LF and CR line ends, folded lines, stray lines.

use super::Oddity;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// How many bytes of a header are read at most.
const HEADER_LIMIT: usize = 256 * 1024;
/// Longest line that RFC 5322 allows, without its end.
const LINE_LIMIT: usize = 998;

/// The fields of a header in their order: name as it came, and value. Only a folded value is
/// copied.
pub(super) struct Fields<'a> {
    fields: Vec<(&'a [u8], Cow<'a, [u8]>)>,
    /// The lengths of their names, one bit each: most names that are asked for are not there.
    lengths: u64,
    pub(super) oddities: BTreeSet<Oddity>,
}

impl<'a> Fields<'a> {
    /// Splits header bytes. Reading ends at the first empty line.
    pub(super) fn split(header: &'a [u8]) -> Fields<'a> {
        let mut oddities = BTreeSet::new();
        let header = match header.get(..HEADER_LIMIT) {
            Some(cut) if header.len() > HEADER_LIMIT => {
                oddities.insert(Oddity::Cut);
                cut
            }
            Some(_) | None => header,
        };
        let mut fields: Vec<(&[u8], Cow<'_, [u8]>)> = Vec::with_capacity(16);
        let mut lengths = 0;
        for line in lines(header) {
            if line.len() > LINE_LIMIT {
                oddities.insert(Oddity::LongLine);
            }
            if line.is_empty() {
                // Some senders put empty lines before the first field.
                if fields.is_empty() { continue } else { break }
            }
            if matches!(line.first(), Some(b' ' | b'\t')) {
                match fields.last_mut() {
                    Some((_, value)) => {
                        let value = value.to_mut();
                        value.push(b' ');
                        value.extend_from_slice(line.trim_ascii());
                    }
                    None => {
                        oddities.insert(Oddity::StrayLines);
                    }
                }
                continue;
            }
            match field(line) {
                Some((name, value)) => {
                    lengths |= length(name);
                    fields.push((name, Cow::Borrowed(value)));
                }
                // The separator line of an mbox, quoted or not, is no field and no harm.
                None if line.starts_with(b"From ") || line.starts_with(b">From ") => {}
                None => {
                    oddities.insert(Oddity::StrayLines);
                }
            }
        }
        Fields {
            fields,
            lengths,
            oddities,
        }
    }

    /// The value of the first field of a name, unfolded.
    pub(super) fn first(&self, name: &str) -> Option<&[u8]> {
        self.all(name).next()
    }

    /// The values of all fields of a name, from the top.
    pub(super) fn all(&self, name: &str) -> impl DoubleEndedIterator<Item = &[u8]> {
        let named =
            move |field: &&(&[u8], Cow<'_, [u8]>)| field.0.eq_ignore_ascii_case(name.as_bytes());
        let asked = match self.lengths & length(name.as_bytes()) {
            0 => &[],
            _ => self.fields.as_slice(),
        };
        let fields = asked.iter().filter(named);
        fields.map(|(_, value)| value.as_ref())
    }

    /// Every field from the top: name as it came, and value.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.fields
            .iter()
            .map(|(name, value)| (*name, value.as_ref()))
    }
}

/// The bit of a name's length.
const fn length(name: &[u8]) -> u64 {
    1 << (name.len() % 64)
}

fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    let (name, value) = line.split_at_checked(colon)?;
    let name = name.trim_ascii_end();
    if name.is_empty() || !name.iter().all(|b| b.is_ascii_graphic()) {
        return None;
    }
    Some((name, value.get(1..)?.trim_ascii()))
}

/// Lines without their ends; CRLF, LF and a lone CR all end a line.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let bytes = rest?;
        let Some(end) = memchr::memchr2(b'\r', b'\n', bytes) else {
            rest = None;
            return (!bytes.is_empty()).then_some(bytes);
        };
        let (line, tail) = bytes.split_at(end);
        rest = tail.strip_prefix(b"\r\n").or_else(|| tail.get(1..));
        Some(line)
    })
}
