//! A stream whose both directions are compressed (COMPRESS=DEFLATE, RFC 4978). The limits of
//! [`super::inbound`] stand above it: they count what comes out here, so that a small answer that
//! unfolds without end is given up like any other.

use super::wire::Stream;
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Bytes that are read or written at once.
const PIECE: usize = 16 << 10;

/// A compressed stream over another one.
pub(super) struct Deflated {
    stream: Box<dyn Stream>,
    inflate: Decompress,
    deflate: Compress,
    /// Compressed bytes that were read and not yet unfolded: `incoming[read..]`.
    incoming: Vec<u8>,
    read: usize,
    /// Compressed bytes that are still to be written: `outgoing[written..]`.
    outgoing: Vec<u8>,
    written: usize,
    /// Something was folded that was not flushed.
    folded: bool,
}

impl Deflated {
    /// A stream of which some compressed bytes were read ahead.
    pub(super) fn new(stream: Box<dyn Stream>, ahead: Vec<u8>) -> Deflated {
        Deflated {
            stream,
            inflate: Decompress::new(false),
            deflate: Compress::new(Compression::fast(), false),
            incoming: ahead,
            read: 0,
            outgoing: Vec::new(),
            written: 0,
            folded: false,
        }
    }

    /// Unfolds what was read into a buffer; `false` when more has to be read first.
    fn unfold(&mut self, buffer: &mut ReadBuf<'_>) -> io::Result<bool> {
        let space = buffer.initialize_unfilled();
        let before = (self.inflate.total_in(), self.inflate.total_out());
        let folded = self.incoming.get(self.read..).unwrap_or_default();
        let status = self
            .inflate
            .decompress(folded, space, FlushDecompress::None)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let length = |now: u64, then: u64| usize::try_from(now - then).unwrap_or(0);
        self.read += length(self.inflate.total_in(), before.0);
        let unfolded = length(self.inflate.total_out(), before.1);
        buffer.advance(unfolded);
        // A server may not end the compression without ending the connection.
        Ok(unfolded > 0 || status == Status::StreamEnd)
    }

    /// Folds bytes into what is to be written.
    fn fold(&mut self, mut bytes: &[u8], flush: FlushCompress) -> io::Result<()> {
        loop {
            self.outgoing.reserve(PIECE);
            let before = self.deflate.total_in();
            self.deflate
                .compress_vec(bytes, &mut self.outgoing, flush)
                .map_err(io::Error::other)?;
            let taken = usize::try_from(self.deflate.total_in() - before).unwrap_or(0);
            bytes = bytes.get(taken..).unwrap_or_default();
            // With room left over everything was folded and flushed.
            if bytes.is_empty() && self.outgoing.len() < self.outgoing.capacity() {
                return Ok(());
            }
        }
    }

    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(left) = self
            .outgoing
            .get(self.written..)
            .filter(|left| !left.is_empty())
        {
            let sent = ready!(Pin::new(&mut self.stream).poll_write(cx, left))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.written += sent;
        }
        self.outgoing.clear();
        self.written = 0;
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Deflated {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        // What was taken in earlier may hold more than fitted, even with nothing left to read.
        while !this.unfold(buffer)? {
            this.incoming.resize(PIECE, 0);
            let mut piece = ReadBuf::new(&mut this.incoming);
            let polled = Pin::new(&mut this.stream).poll_read(cx, &mut piece);
            let length = piece.filled().len();
            this.incoming.truncate(length);
            this.read = 0;
            ready!(polled)?;
            if length == 0 {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Deflated {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_send(cx))?;
        let piece = bytes.get(..PIECE).unwrap_or(bytes);
        self.fold(piece, FlushCompress::None)?;
        self.folded = true;
        Poll::Ready(Ok(piece.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.folded {
            self.fold(&[], FlushCompress::Sync)?;
            self.folded = false;
        }
        ready!(self.poll_send(cx))?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.as_mut().poll_flush(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[tokio::test]
    async fn brings_over_what_was_written_in_pieces_of_any_size() {
        let (ours, theirs) = tokio::io::duplex(100);
        let (mut ours, mut theirs) = (
            Deflated::new(Box::new(ours), Vec::new()),
            Deflated::new(Box::new(theirs), Vec::new()),
        );
        let text: Vec<u8> = (0..40_000_u32)
            .flat_map(|n| n.wrapping_mul(n).to_le_bytes())
            .collect();
        let sent = text.clone();
        let sending = tokio::spawn(async move {
            for piece in sent.chunks(33_333) {
                ours.write_all(piece).await.unwrap();
                ours.flush().await.unwrap();
            }
            ours.shutdown().await.unwrap();
        });
        let mut got = Vec::new();
        theirs.read_to_end(&mut got).await.unwrap();
        sending.await.unwrap();
        assert!(
            got == text,
            "{} of {} bytes came over",
            got.len(),
            text.len()
        );
    }

    #[tokio::test]
    async fn what_is_no_deflate_is_an_error_and_not_an_end() {
        let (ours, mut theirs) = tokio::io::duplex(100);
        theirs.write_all(&[0xFF; 16]).await.unwrap();
        // A block of the kind that does not exist.
        drop(theirs);
        let mut ours = Deflated::new(Box::new(ours), Vec::new());
        let error = ours.read_to_end(&mut Vec::new()).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
