//! What one file may take in the child before it is cut: bytes unpacked, and time.

use std::cell::Cell;
use std::io::{self, Read};
use std::time::{Duration, Instant};

/// Most bytes that all of a file unpacks to.
const UNPACKED: u64 = 64 * 1024 * 1024;
/// Time on the processor, and on the clock, after which what was counted so far is told.
const WORK: Duration = Duration::from_millis(1200);
const WAIT: Duration = Duration::from_millis(1600);

/// What is left.
pub(super) struct Budget {
    bytes: Cell<u64>,
    began: Instant,
    worked: Duration,
    spent: Cell<bool>,
}

impl Budget {
    pub(super) fn new() -> Budget {
        Budget {
            bytes: Cell::new(UNPACKED),
            began: Instant::now(),
            worked: worked(),
            spent: Cell::new(false),
        }
    }

    /// Whether something was left out, or has to be from here on.
    pub(super) fn is_spent(&self) -> bool {
        let late = || {
            let work = worked().saturating_sub(self.worked);
            work > WORK || self.began.elapsed() > WAIT
        };
        if !self.spent.get() && late() {
            self.spent.set(true);
        }
        self.spent.get()
    }

    /// How many of so many bytes may still be unpacked; fewer are the last ones.
    pub(super) fn take(&self, bytes: usize) -> usize {
        let most = usize::try_from(self.bytes.get()).unwrap_or(usize::MAX);
        let given = bytes.min(most);
        if given < bytes || self.is_spent() {
            self.spent.set(true);
            return 0;
        }
        self.bytes.set(self.bytes.get() - given as u64);
        given
    }
}

/// What is read of a file in a file; it ends where the budget does.
pub(super) struct Bounded<'b, R> {
    pub(super) inner: R,
    pub(super) budget: &'b Budget,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        Ok(self.budget.take(read))
    }
}

/// The time that this thread has had on a processor.
#[cfg(unix)]
fn worked() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(u64::MAX);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Elsewhere the clock alone counts.
#[cfg(not(unix))]
fn worked() -> Duration {
    Duration::ZERO
}
