//! How many messages are asked for at once, and when new mail is looked for in between.

use std::time::Duration;

/// Messages of the first batch: the first sentence should not wait for more.
pub(super) const FIRST: u32 = 200;
/// Messages of the largest batch.
const LARGEST: usize = 1000;
/// A batch that took less than this may be followed by a larger one.
const QUICK: Duration = Duration::from_secs(1);
/// A batch that took more than this is followed by a smaller one.
const SLOW: Duration = Duration::from_secs(8);
/// How often Junk and Inbox are looked at while older mail is read.
pub(super) const LOOK: Duration = Duration::from_secs(30);

/// The size of the next batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    size: usize,
}

impl Pace {
    pub(super) const fn new() -> Pace {
        Pace {
            size: FIRST as usize,
        }
    }

    pub(super) const fn size(self) -> usize {
        self.size
    }

    /// Learns from how long a batch of the present size took.
    pub(super) fn took(&mut self, time: Duration) {
        if time < QUICK {
            self.size = (self.size * 2).min(LARGEST);
        } else if time > SLOW {
            self.size = (self.size / 2).max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_while_it_is_quick_and_shrinks_when_it_is_slow() {
        let mut pace = Pace::new();
        let seconds = [0, 0, 0, 0, 5, 9, 9, 30, 0];
        let sizes: Vec<usize> = seconds
            .map(|s| {
                pace.took(Duration::from_secs(s));
                pace.size()
            })
            .to_vec();
        assert_eq!(sizes, [400, 800, 1000, 1000, 1000, 500, 250, 125, 250]);
    }

    #[test]
    fn never_asks_for_nothing() {
        let mut pace = Pace::new();
        for _ in 0..20 {
            pace.took(Duration::from_secs(60));
        }
        assert_eq!(
            pace.size(),
            1,
            "the slowest line still gets one message at a time"
        );
    }
}
