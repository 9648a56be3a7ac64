//! Compound files (MS-CFB), as far as finding a stream by its name takes it. Every chain of sectors
//! is followed no further than the file has sectors.

/// What a compound file begins with.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Sectors in the header that list where the table of chains is.
const IN_HEADER: usize = 109;
/// The numbers from here on are no sectors.
const NONE: u32 = 0xffff_fffa;
const ENTRY: usize = 128;
const SMALL: usize = 64;

/// An open compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    chains: Vec<u32>,
    streams: Vec<Stream>,
    /// Streams smaller than this lie in small sectors.
    least: u32,
    small: Vec<u8>,
    small_chains: Vec<u32>,
}

struct Stream {
    name: String,
    start: u32,
    size: u32,
}

impl<'a> Compound<'a> {
    /// `None` for a broken one.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Compound {
            bytes,
            sector,
            chains: Vec::new(),
            streams: Vec::new(),
            least: u32_at(bytes, 56)?,
            small: Vec::new(),
            small_chains: Vec::new(),
        };
        let tables = file.tables()?;
        for table in tables {
            file.chains.extend(numbers(file.sector_at(table)?));
        }
        let directory = file.chain(u32_at(bytes, 48)?)?;
        file.streams = directory.chunks_exact(ENTRY).filter_map(stream).collect();
        if let Some(root) = directory.chunks_exact(ENTRY).next() {
            file.small = file.chain(u32_at(root, 116)?).unwrap_or_default();
            let chains = file.chain(u32_at(bytes, 60)?).unwrap_or_default();
            file.small_chains = numbers(&chains).collect();
        }
        Some(file)
    }

    /// Whether it has a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|stream| stream.name == name)
    }

    /// Every stream of one of these names, wherever it lies; `None` for a broken one.
    pub(super) fn named(&self, names: &[&str]) -> impl Iterator<Item = Option<Vec<u8>>> {
        let is_named = |stream: &&Stream| names.contains(&stream.name.as_str());
        let streams: Vec<&Stream> = self.streams.iter().filter(is_named).collect();
        streams.into_iter().map(|stream| {
            let mut bytes = match stream.size < self.least {
                true => self.small_chain(stream.start)?,
                false => self.chain(stream.start)?,
            };
            bytes.truncate(usize::try_from(stream.size).ok()?);
            Some(bytes)
        })
    }

    /// The sectors that hold the table of chains.
    fn tables(&self) -> Option<Vec<u32>> {
        let head = self.bytes.get(76..76 + IN_HEADER * 4)?;
        let mut tables: Vec<u32> = numbers(head).filter(|at| *at < NONE).collect();
        let mut more = u32_at(self.bytes, 68)?;
        let mut left = self.sectors();
        while more < NONE {
            left = left.checked_sub(1)?;
            let mut list: Vec<u32> = numbers(self.sector_at(more)?).collect();
            more = list.pop()?;
            tables.extend(list.into_iter().filter(|at| *at < NONE));
            if tables.len() > self.sectors() {
                return None;
            }
        }
        Some(tables)
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector
    }

    /// A sector; the last one of a file may be short.
    fn sector_at(&self, number: u32) -> Option<&'a [u8]> {
        let start = (usize::try_from(number).ok()? + 1).checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        (!rest.is_empty()).then(|| rest.get(..self.sector).unwrap_or(rest))
    }

    /// What lies in a chain of sectors; `None` for one that is broken or goes in a circle.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let (mut at, mut left) = (start, self.sectors());
        while at < NONE {
            left = left.checked_sub(1)?;
            bytes.extend_from_slice(self.sector_at(at)?);
            at = *self.chains.get(usize::try_from(at).ok()?)?;
        }
        Some(bytes)
    }

    fn small_chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let (mut at, mut left) = (start, self.small.len().div_ceil(SMALL));
        while at < NONE {
            left = left.checked_sub(1)?;
            let number = usize::try_from(at).ok()?;
            let rest = self.small.get(number.checked_mul(SMALL)?..)?;
            bytes.extend_from_slice(rest.get(..SMALL).unwrap_or(rest));
            at = *self.small_chains.get(number)?;
        }
        Some(bytes)
    }
}

/// A stream of the directory; `None` for what is none.
fn stream(entry: &[u8]) -> Option<Stream> {
    let units = entry.get(..64)?.chunks_exact(2);
    let units: Vec<u16> = units.map_while(|unit| u16_at(unit, 0)).collect();
    let name = units.split(|unit| *unit == 0).next()?;
    (entry.get(66) == Some(&2)).then_some(Stream {
        name: String::from_utf16_lossy(name),
        start: u32_at(entry, 116)?,
        size: u32_at(entry, 120)?,
    })
}

/// Numbers of four bytes, one after the other.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0))
}

/// A number of two bytes at a place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

/// A number of four bytes at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
