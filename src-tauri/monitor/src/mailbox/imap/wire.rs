//! The byte stream below the protocol: counted, and given up when nothing comes.

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

/// The stream that the protocol runs on.
pub(super) struct Wire {
    stream: Box<dyn Stream>,
    meter: Meter,
    silence: Pin<Box<Sleep>>,
    patience: Duration,
    waiting: bool,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Stream>, meter: Meter) -> Wire {
        Wire {
            stream,
            meter,
            silence: Box::pin(tokio::time::sleep(SILENCE)),
            patience: SILENCE,
            waiting: false,
        }
    }

    /// From now on both directions are compressed; `ahead` is what has come of it already.
    pub(super) fn deflate(&mut self, ahead: Vec<u8>) {
        let nothing = tokio::io::join(tokio::io::empty(), tokio::io::sink());
        let stream = std::mem::replace(&mut self.stream, Box::new(nothing));
        self.stream = Box::new(Deflated::new(stream, ahead));
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
                this.meter.add(buffer.filled().len() - before);
                Poll::Ready(Ok(()))
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
    use tokio::io::AsyncReadExt;

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
