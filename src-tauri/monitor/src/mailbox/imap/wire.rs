//! The byte stream below the protocol: counted, bounded, and given up when nothing comes.
//!
//! The limits stand here, under the parser, so that no answer of a server can fill the memory.

use super::deflate::Deflated;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// How long a server may be silent while it is waited for.
pub(super) const SILENCE: Duration = Duration::from_secs(60);
/// Longest line: the answer to a search for 20,000 UIDs of ten digits, and some room. The parser
/// looks at a line anew whenever more of it has come, so that long lines cost more than memory.
pub(super) const LINE_LIMIT: u64 = 256 << 10;
/// Largest literal. Headers of more than this occur in no mail that a server would accept.
pub(super) const LITERAL_LIMIT: u64 = 8 << 20;

/// A stream to a server, secured or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync> Stream for T {}

/// Bytes received so far, inside TLS.
#[derive(Clone, Debug, Default)]
pub(super) struct Meter(Arc<AtomicU64>);

impl Meter {
    pub(super) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// What no IMAP server says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nonsense {
    /// A line of more than [`LINE_LIMIT`] bytes.
    EndlessLine,
    /// A literal of more than [`LITERAL_LIMIT`] bytes.
    HugeLiteral,
}

impl fmt::Display for Nonsense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Nonsense::EndlessLine => "a line without an end",
            Nonsense::HugeLiteral => "a literal beyond every header",
        })
    }
}

impl std::error::Error for Nonsense {}

/// Follows lines and literals in what a server sends, holding on to none of it.
#[derive(Debug, Default)]
pub(super) struct Framing {
    line: u64,
    literal: u64,
    tail: Tail,
}

/// The end of the line so far, as far as it may announce a literal: `{n}` or `{n+}`, CRLF.
#[derive(Clone, Copy, Debug, Default)]
enum Tail {
    #[default]
    Text,
    Open(u64),
    Plus(u64),
    Closed(u64),
}

impl Framing {
    /// Looks at the next bytes.
    ///
    /// # Errors
    /// [`Nonsense`] when a limit is passed.
    pub(super) fn pass(&mut self, mut bytes: &[u8]) -> Result<(), Nonsense> {
        loop {
            let inside = usize::try_from(self.literal)
                .unwrap_or(usize::MAX)
                .min(bytes.len());
            self.literal -= inside as u64;
            let Some((byte, rest)) = bytes.get(inside..).and_then(<[u8]>::split_first) else {
                return Ok(());
            };
            bytes = rest;
            self.step(*byte)?;
        }
    }

    fn step(&mut self, byte: u8) -> Result<(), Nonsense> {
        self.line += 1;
        if self.line > LINE_LIMIT {
            return Err(Nonsense::EndlessLine);
        }
        self.tail = match (self.tail, byte) {
            (Tail::Closed(size), b'\n') => {
                if size > LITERAL_LIMIT {
                    return Err(Nonsense::HugeLiteral);
                }
                self.literal = size;
                Tail::Text
            }
            (Tail::Closed(size), b'\r') => Tail::Closed(size),
            (_, b'{') => Tail::Open(0),
            (Tail::Open(size), b'0'..=b'9') => Tail::Open(
                size.saturating_mul(10)
                    .saturating_add(u64::from(byte - b'0')),
            ),
            (Tail::Open(size), b'+') => Tail::Plus(size),
            (Tail::Open(size) | Tail::Plus(size), b'}') => Tail::Closed(size),
            (Tail::Text | Tail::Open(_) | Tail::Plus(_) | Tail::Closed(_), _) => Tail::Text,
        };
        // The line goes on after a literal, but the literal starts the count anew: a row of
        // literals is bounded by the answer's limit.
        if byte == b'\n' {
            self.line = 0;
        }
        Ok(())
    }
}

/// The stream that the protocol runs on.
pub(super) struct Wire {
    stream: Box<dyn Stream>,
    meter: Meter,
    framing: Framing,
    silence: Pin<Box<Sleep>>,
    patience: Duration,
    waiting: bool,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Stream>, meter: Meter) -> Wire {
        Wire {
            stream,
            meter,
            framing: Framing::default(),
            silence: Box::pin(tokio::time::sleep(SILENCE)),
            patience: SILENCE,
            waiting: false,
        }
    }

    /// From now on both directions are compressed.
    pub(super) fn deflate(&mut self) {
        let nothing = tokio::io::join(tokio::io::empty(), tokio::io::sink());
        let stream = std::mem::replace(&mut self.stream, Box::new(nothing));
        self.stream = Box::new(Deflated::new(stream));
    }

    /// How long the server may be silent from now on.
    pub(super) const fn wait_for(&mut self, patience: Duration) {
        self.patience = patience;
        self.waiting = false;
    }

    /// Ready with an error when the server has been silent for too long.
    fn given_up(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        if !self.waiting {
            self.waiting = true;
            let patience = self.patience;
            self.silence.as_mut().reset(Instant::now() + patience);
        }
        ready!(self.silence.as_mut().poll(cx));
        Poll::Ready(io::Error::from(io::ErrorKind::TimedOut))
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire")
            .field("bytes_in", &self.meter.bytes())
            .finish_non_exhaustive()
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(cx, buffer) {
            Poll::Pending => this.given_up(cx).map(Err),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Ready(Ok(())) => {
                this.waiting = false;
                let new = buffer.filled().get(before..).unwrap_or_default();
                this.meter.add(new.len());
                let checked = this.framing.pass(new);
                Poll::Ready(checked.map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e)))
            }
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(cx, bytes) {
            Poll::Pending => self.given_up(cx).map(Err),
            ready => {
                self.waiting = false;
                ready
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_flush(cx) {
            Poll::Pending => self.given_up(cx).map(Err),
            ready => {
                self.waiting = false;
                ready
            }
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;
    use tokio::io::AsyncReadExt;

    fn check(text: &[u8], expected: Result<(), Nonsense>) {
        let mut whole = Framing::default();
        assert_eq!(
            whole.pass(text),
            expected,
            "{:?}",
            String::from_utf8_lossy(text.get(..60).unwrap_or(text))
        );
    }

    #[test]
    fn bounds_lines_and_literals() {
        check(b"* OK hello\r\n", Ok(()));
        check(b"* 1 FETCH (BODY[] {8388608}\r\n", Ok(()));
        check(
            b"* 1 FETCH (BODY[] {8388609}\r\n",
            Err(Nonsense::HugeLiteral),
        );
        check(
            b"* 1 FETCH (BODY[] {99999999999999999999999999}\r\n",
            Err(Nonsense::HugeLiteral),
        );
        check(
            b"* 1 FETCH (BODY[] {9999999999+}\n",
            Err(Nonsense::HugeLiteral),
        );
        check(b"* OK {9999999999} is no literal inside a line\r\n", Ok(()));
        check(&vec![b'a'; 256 << 10], Ok(()));
        check(&vec![b'a'; (256 << 10) + 1], Err(Nonsense::EndlessLine));
    }

    #[test]
    fn counts_no_literal_as_a_line() {
        let mut answer = b"* 1 FETCH (BODY[] {3000000}\r\n".to_vec();
        answer.extend(vec![b'x'; 3_000_000]);
        answer.extend(b" UID 7)\r\n");
        check(&answer, Ok(()));
    }

    proptest! {
        #[test]
        fn judges_the_same_however_the_bytes_are_cut(
            text in proptest::collection::vec(prop_oneof![Just(b'{'), Just(b'}'), Just(b'9'), Just(b'+'), Just(b'\r'), Just(b'\n'), Just(b'a')], 0..200),
            cut in 0usize..200,
        ) {
            let mut whole = Framing::default();
            let expected = whole.pass(&text);
            let mut parts = Framing::default();
            let (first, second) = text.split_at(cut.min(text.len()));
            let cut_up = parts.pass(first).and_then(|()| parts.pass(second));
            prop_assert_eq!(cut_up, expected);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn gives_up_on_a_server_that_falls_silent() {
        let (ours, _theirs) = tokio::io::duplex(64);
        let mut wire = Wire::new(Box::new(ours), Meter::default());
        let error = wire.read_u8().await.unwrap_err();
        assert_eq!(
            error.kind(),
            io::ErrorKind::TimedOut,
            "nobody waits for ever"
        );
    }
}
