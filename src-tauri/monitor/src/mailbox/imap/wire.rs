//! The bytes of a connection: counted, and limited, so that a hostile server fills no memory.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Longest line that is read, in bytes. Header lines inside literals count as lines too.
const LINE_LIMIT: usize = 4 * 1024 * 1024;
/// Largest literal that is read, in bytes.
const LITERAL_LIMIT: u64 = 64 * 1024 * 1024;
/// How much of a line's end is looked at for the length of a literal.
const TAIL: usize = 24;

/// A stream that counts what comes and refuses what no mail server sends.
#[derive(Debug)]
pub(super) struct Wire<S> {
    inner: S,
    bytes_in: Arc<AtomicU64>,
    line: usize,
    tail: Vec<u8>,
}

impl<S> Wire<S> {
    pub(super) fn new(inner: S, bytes_in: Arc<AtomicU64>) -> Wire<S> {
        Wire { inner, bytes_in, line: 0, tail: Vec::with_capacity(TAIL) }
    }

    fn admit(&mut self, bytes: &[u8]) -> io::Result<()> {
        for byte in bytes {
            if *byte == b'\n' {
                if literal(&self.tail).is_some_and(|length| length > LITERAL_LIMIT) {
                    return Err(nonsense());
                }
                self.line = 0;
                self.tail.clear();
                continue;
            }
            self.line += 1;
            if self.line > LINE_LIMIT {
                return Err(nonsense());
            }
            if self.tail.len() == TAIL {
                self.tail.remove(0);
            }
            self.tail.push(*byte);
        }
        Ok(())
    }
}

/// The length of the literal that a line announces at its end.
fn literal(tail: &[u8]) -> Option<u64> {
    let tail = tail.strip_suffix(b"\r")?.strip_suffix(b"}")?;
    let open = tail.iter().rposition(|b| *b == b'{')?;
    std::str::from_utf8(tail.get(open + 1..)?).ok()?.parse().ok()
}

fn nonsense() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a line or literal beyond all limits")
}

impl<S: AsyncRead + Unpin> AsyncRead for Wire<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(cx, buf);
        if let Poll::Ready(Ok(())) = polled {
            let new = buf.filled().get(before..).unwrap_or_default();
            self.bytes_in.fetch_add(new.len() as u64, Ordering::Relaxed);
            let new = new.to_vec();
            if let Err(error) = self.admit(&new) {
                return Poll::Ready(Err(error));
            }
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
