//! What a server sent, cut into responses. A response ends with a line that announces no literal
//! (RFC 3501, 2.2), so that the parser looks at each only once and only when it is whole.
//!
//! The limits stand here, before the parser, so that no answer can fill the memory.

use std::fmt;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

/// Longest line: the answer to a search for 20,000 UIDs of ten digits, and some room.
pub(super) const LINE_LIMIT: usize = 256 << 10;
/// Largest literal. Headers of more than this occur in no mail that a server would accept.
pub(super) const LITERAL_LIMIT: usize = 8 << 20;
/// Longest response with all its lines and literals.
const RESPONSE_LIMIT: usize = 2 * LITERAL_LIMIT;
/// Bytes that are read at once, as far as they are there.
const PIECE: usize = 64 << 10;

/// What no IMAP server says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nonsense {
    /// A line of more than [`LINE_LIMIT`] bytes.
    EndlessLine,
    /// A literal of more than [`LITERAL_LIMIT`] bytes.
    HugeLiteral,
    /// A response of more than [`RESPONSE_LIMIT`] bytes.
    EndlessResponse,
}

impl fmt::Display for Nonsense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Nonsense::EndlessLine => "a line without an end",
            Nonsense::HugeLiteral => "a literal beyond every header",
            Nonsense::EndlessResponse => "a response without an end",
        })
    }
}

impl std::error::Error for Nonsense {}

/// Bytes that came and were not taken yet.
#[derive(Default)]
pub(super) struct Inbound {
    bytes: Vec<u8>,
    /// Where the first response begins.
    start: usize,
    /// Where its last line so far begins: past a literal that may still be under way.
    line: usize,
    /// How far that line was looked at.
    seen: usize,
    /// The length of the first response, once it was found whole.
    whole: Option<usize>,
}

impl Inbound {
    /// Reads what is there; the number of bytes is 0 at the end of the stream. Nothing is lost
    /// when this is given up while it waits.
    pub(super) async fn read(&mut self, from: &mut (impl AsyncRead + Unpin)) -> io::Result<usize> {
        self.make_room();
        from.read_buf(&mut self.bytes).await
    }

    /// The length of the first response, when all of it is here.
    ///
    /// # Errors
    /// [`Nonsense`] when a limit is passed.
    pub(super) fn response(&mut self) -> Result<Option<usize>, Nonsense> {
        while self.whole.is_none() {
            if self.line - self.start > RESPONSE_LIMIT {
                return Err(Nonsense::EndlessResponse);
            }
            let Some(end) = self.line_end()? else {
                return Ok(None);
            };
            let announced = literal(self.bytes.get(self.line..end).unwrap_or_default());
            self.line = end;
            self.seen = end;
            match announced {
                None => self.whole = Some(end - self.start),
                Some(size) if size > LITERAL_LIMIT => return Err(Nonsense::HugeLiteral),
                Some(size) => {
                    self.line += size;
                    self.seen += size;
                }
            }
        }
        Ok(self.whole)
    }

    /// The length of the first line, when all of it is here, whatever it announces.
    ///
    /// # Errors
    /// [`Nonsense::EndlessLine`].
    pub(super) fn first_line(&mut self) -> Result<Option<usize>, Nonsense> {
        Ok(self.line_end()?.map(|end| end - self.start))
    }

    /// The first bytes.
    pub(super) fn first(&self, length: usize) -> &[u8] {
        let bytes = self.bytes.get(self.start..).unwrap_or_default();
        bytes.get(..length).unwrap_or(bytes)
    }

    /// Forgets the first bytes: a response or a line.
    pub(super) fn forget(&mut self, length: usize) {
        self.start = (self.start + length).min(self.bytes.len());
        self.line = self.start;
        self.seen = self.start;
        self.whole = None;
    }

    /// Everything that is here and not forgotten.
    pub(super) fn take_rest(&mut self) -> Vec<u8> {
        let rest = self.bytes.split_off(self.start);
        *self = Inbound::default();
        rest
    }

    /// Where the last line so far ends, past its line feed.
    fn line_end(&mut self) -> Result<Option<usize>, Nonsense> {
        let Some(unseen) = self.bytes.get(self.seen..) else {
            return Ok(None);
        };
        let feed = unseen.iter().position(|byte| *byte == b'\n');
        self.seen += feed.map_or(unseen.len(), |at| at + 1);
        if self.seen - self.line > LINE_LIMIT {
            return Err(Nonsense::EndlessLine);
        }
        Ok(feed.map(|_| self.seen))
    }

    /// Room for [`PIECE`] more bytes, at first where forgotten ones lie.
    fn make_room(&mut self) {
        if self.bytes.capacity() - self.bytes.len() >= PIECE {
            return;
        }
        self.bytes.drain(..self.start);
        self.line -= self.start;
        self.seen -= self.start;
        self.start = 0;
        if self.bytes.is_empty() {
            self.bytes.shrink_to(2 * PIECE);
        }
        self.bytes.reserve(PIECE);
    }
}

/// The size of the literal that a line with its end announces: `{n}` or `{n+}` before CRLF.
fn literal(line: &[u8]) -> Option<usize> {
    let line = line.strip_suffix(b"\n")?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = line.strip_suffix(b"}")?;
    let line = line.strip_suffix(b"+").unwrap_or(line);
    let digits = line.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let (before, size) = line.split_at(line.len() - digits.count());
    if size.is_empty() || before.last() != Some(&b'{') {
        return None;
    }
    let size = std::str::from_utf8(size).ok()?;
    // More digits than a number has are a size beyond every limit.
    Some(size.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn after(text: &[u8]) -> Inbound {
        Inbound {
            bytes: text.to_vec(),
            ..Inbound::default()
        }
    }

    fn check(text: &[u8], expected: Result<Option<usize>, Nonsense>) {
        let shown = String::from_utf8_lossy(text.get(..60).unwrap_or(text)).into_owned();
        let mut inbound = after(text);
        assert_eq!(inbound.response(), expected, "{shown:?}");
        if expected.is_ok() {
            assert_eq!(inbound.response(), expected, "the same when asked again");
        }
    }

    #[test]
    fn finds_the_end_of_a_response() {
        check(b"", Ok(None));
        check(b"* OK hello\r", Ok(None));
        check(b"* OK hello\r\n* BYE\r\n", Ok(Some(12)));
        check(b"* 1 FETCH (BODY[] {3}\r\na\nb)\r\n", Ok(Some(29)));
        check(b"* 1 FETCH (BODY[] {3+}\na\nb)\n", Ok(Some(28)));
        check(b"* 1 FETCH (BODY[] {3}\r\na\nb", Ok(None));
        check(b"* OK {x} {} a{3} {3}.\r\n", Ok(Some(23)));
    }

    #[test]
    fn bounds_lines_literals_and_responses() {
        check(b"* 1 FETCH (BODY[] {8388608}\r\n", Ok(None));
        let huge = Err(Nonsense::HugeLiteral);
        check(b"* 1 FETCH (BODY[] {8388609}\r\n", huge);
        check(b"* 1 FETCH (BODY[] {99999999999999999999999999}\r\n", huge);
        check(
            b"* OK {9999999999} is no literal inside a line\r\n",
            Ok(Some(47)),
        );
        check(&vec![b'a'; LINE_LIMIT], Ok(None));
        check(&vec![b'a'; LINE_LIMIT + 1], Err(Nonsense::EndlessLine));
        let mut row = Vec::new();
        for _ in 0..20 {
            row.extend(b"{1000000}\r\n");
            row.extend(vec![b'a'; 1_000_000]);
        }
        check(&row, Err(Nonsense::EndlessResponse));
    }

    #[tokio::test]
    async fn keeps_its_memory_where_little_is_left_over() {
        let mut inbound = Inbound::default();
        let text = b"* 12 FETCH (BODY[] {20}\r\n01234567890123456789 UID 7)\r\n";
        let all = text.repeat(50_000);
        let (mut from, mut found) = (all.as_slice(), 0);
        while inbound.read(&mut from).await.unwrap() > 0 {
            while let Some(length) = inbound.response().unwrap() {
                assert_eq!(inbound.first(length), text);
                inbound.forget(length);
                found += 1;
            }
        }
        assert_eq!(found, 50_000);
        assert!(inbound.bytes.capacity() <= 4 * PIECE);
    }

    proptest! {
        #[test]
        fn finds_the_same_however_the_bytes_are_cut(
            text in proptest::collection::vec(
                proptest::sample::select(vec!["{", "}", "1", "+", "\r", "\n", "a", "{2}\r\n"]),
                0..60,
            ),
            cuts in proptest::collection::vec(1usize..20, 0..40),
        ) {
            let text = text.concat().into_bytes();
            let mut whole = after(&text);
            let mut expected = Vec::new();
            while let Some(length) = whole.response().unwrap() {
                expected.push(whole.first(length).to_vec());
                whole.forget(length);
            }
            let mut parts = Inbound::default();
            let (mut found, mut rest) = (Vec::new(), text.as_slice());
            for cut in cuts.into_iter().chain([text.len()]) {
                let (piece, more) = rest.split_at(cut.min(rest.len()));
                rest = more;
                parts.make_room();
                parts.bytes.extend_from_slice(piece);
                while let Some(length) = parts.response().unwrap() {
                    found.push(parts.first(length).to_vec());
                    parts.forget(length);
                }
            }
            prop_assert_eq!(found, expected);
        }
    }
}
