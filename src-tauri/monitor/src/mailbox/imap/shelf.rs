//! The mailboxes of a reading, shared by its connections. Each is worked on by one at a time.

use super::pace;
use super::stand::{Course, Stand};
use crate::mailbox::Progress;
use exposure::Role;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::time::Instant;

/// A second connection is worth its login when so many messages could be read beside the largest
/// mailbox.
const WORTH_A_CONNECTION: u64 = 2_000;

/// Mailboxes in the order in which they are read.
pub(super) struct Shelf(Mutex<Shelved>);

struct Shelved {
    places: Vec<Place>,
    /// Messages that were fetched.
    read: u64,
    /// When Junk and Inbox were last looked at.
    looked: Instant,
}

struct Place {
    /// `None` while a connection works on it.
    stand: Option<Stand>,
    /// Messages still to be read, as far as known.
    left: u64,
}

/// From which end a connection takes the next mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Junk and Inbox first.
    First,
    /// What can wait first.
    Last,
}

impl Shelf {
    pub(super) fn new(stands: Vec<Stand>) -> Shelf {
        let place = |stand: Stand| Place {
            left: stand.left,
            stand: Some(stand),
        };
        Shelf(Mutex::new(Shelved {
            places: stands.into_iter().map(place).collect(),
            read: 0,
            looked: Instant::now(),
        }))
    }

    /// Takes the mailbox at a place; `None` behind the last, and while another works on it.
    pub(super) fn take(&self, at: usize) -> Option<Stand> {
        self.open().places.get_mut(at)?.stand.take()
    }

    /// How many mailboxes there are.
    pub(super) fn len(&self) -> usize {
        self.open().places.len()
    }

    /// Takes the next mailbox whose older mail is still to be read, with its place.
    pub(super) fn take_next(&self, end: End) -> Option<(usize, Stand)> {
        let mut open = self.open();
        let mut waiting = open.places.iter_mut().enumerate().filter(|(_, place)| {
            let stand = place.stand.as_ref();
            stand.is_some_and(|stand| stand.course == Course::Back)
        });
        let (at, place) = match end {
            End::First => waiting.next()?,
            End::Last => waiting.next_back()?,
        };
        Some((at, place.stand.take()?))
    }

    /// Puts a mailbox back.
    pub(super) fn put(&self, at: usize, stand: Stand) {
        self.note(at, &stand);
        if let Some(place) = self.open().places.get_mut(at) {
            place.stand = Some(stand);
        }
    }

    /// Takes note of how much of a mailbox is left.
    pub(super) fn note(&self, at: usize, stand: &Stand) {
        if let Some(place) = self.open().places.get_mut(at) {
            place.left = match stand.course {
                Course::Ahead | Course::Back => stand.left,
                Course::Done => 0,
            };
        }
    }

    /// Takes note of messages that were fetched.
    pub(super) fn count(&self, messages: usize) {
        self.open().read += messages as u64;
    }

    /// How far the reading is.
    pub(super) fn progress(&self) -> Progress {
        let open = self.open();
        let left: u64 = open.places.iter().map(|place| place.left).sum();
        Progress {
            read: open.read,
            total: open.read + left,
        }
    }

    /// Places of Junk and Inbox, which are looked at while older mail is read.
    pub(super) fn first_of_all(&self) -> Vec<usize> {
        let open = self.open();
        let places = open.places.iter().enumerate();
        let first = |stand: &Stand| matches!(stand.role, Role::Junk | Role::Inbox);
        places
            .filter(|(_, place)| place.stand.as_ref().is_some_and(first))
            .map(|(at, _)| at)
            .collect()
    }

    /// Whether it is time to look at Junk and Inbox.
    pub(super) fn is_due(&self) -> bool {
        self.open().looked.elapsed() > pace::LOOK
    }

    /// Whether it is time to look at Junk and Inbox; whoever asks does so.
    pub(super) fn take_turn(&self) -> bool {
        let mut open = self.open();
        let due = open.looked.elapsed() > pace::LOOK;
        if due {
            open.looked = Instant::now();
        }
        due
    }

    /// Whether a second connection has enough to do.
    pub(super) fn is_worth_two(&self) -> bool {
        let open = self.open();
        let left = open.places.iter().map(|place| place.left);
        left.clone().sum::<u64>() - left.max().unwrap_or(0) >= WORTH_A_CONNECTION
    }

    fn open(&self) -> MutexGuard<'_, Shelved> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::mailbox::{Cursor, Known};

    fn shelf(mailboxes: &[(Role, Course, u64)]) -> Shelf {
        let stand = |(role, course, left): &(Role, Course, u64)| {
            let known = Known {
                name: "made up".into(),
                role: *role,
                cursor: Cursor::default(),
                sightings: 0,
                backfill: true,
            };
            let mut stand = Stand::new("made up".into(), None, known);
            (stand.course, stand.left) = (*course, *left);
            stand
        };
        Shelf::new(mailboxes.iter().map(stand).collect())
    }

    #[test]
    fn each_mailbox_is_worked_on_by_one_connection() {
        let shelf = shelf(&[
            (Role::Junk, Course::Done, 0),
            (Role::Inbox, Course::Back, 9_000),
            (Role::Archive, Course::Back, 4_000),
        ]);
        let place = |end| shelf.take_next(end).map(|(at, _)| at);
        assert_eq!(place(End::Last), Some(2));
        assert_eq!(place(End::Last), Some(1), "the other is taken");
        assert_eq!(place(End::First), None);
        assert_eq!(shelf.first_of_all(), [0], "Inbox is worked on");
    }

    #[test]
    fn what_a_connection_gives_up_the_other_goes_on_with() {
        let shelf = shelf(&[(Role::Archive, Course::Back, 4_000)]);
        let (at, mut stand) = shelf.take_next(End::Last).unwrap();
        stand.left = 1_000;
        shelf.count(3_000);
        shelf.put(at, stand);
        let progress = Progress {
            read: 3_000,
            total: 4_000,
        };
        assert_eq!(shelf.progress(), progress);
        let (_, stand) = shelf.take_next(End::First).unwrap();
        assert_eq!(stand.left, 1_000);
    }

    #[test]
    fn a_second_connection_needs_work_beside_the_largest_mailbox() {
        for (left, worth) in [
            (&[100_000][..], false),
            (&[100_000, 1_999], false),
            (&[100_000, 1_500, 500], true),
            (&[], false),
        ] {
            let mailboxes: Vec<_> = left
                .iter()
                .map(|left| (Role::Archive, Course::Back, *left))
                .collect();
            assert_eq!(shelf(&mailboxes).is_worth_two(), worth, "{left:?}");
        }
    }
}
