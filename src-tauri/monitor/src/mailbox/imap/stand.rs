//! Where one mailbox stands in a reading.

use super::session::Examined;
use crate::mailbox::{Batch, Cursor, Gone, Known};
use exposure::Role;

/// Where one mailbox stands.
pub(super) struct Stand {
    pub(super) wire: String,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) cursor: Cursor,
    /// Messages of it in the ledger, with what this reading has reported.
    pub(super) sightings: u64,
    /// Messages still to be read, as far as known.
    pub(super) left: u64,
    pub(super) course: Course,
    /// What the server said of it when it listed its mailboxes.
    pub(super) stated: Option<Examined>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// Not looked at yet.
    Ahead,
    /// New mail was read; older mail is left.
    Back,
    /// Read to its end, or not to be opened.
    Done,
}

impl Stand {
    pub(super) fn new(wire: String, stated: Option<Examined>, known: Known) -> Stand {
        let exists = stated.map_or(0, |stated| u64::from(stated.exists));
        Stand {
            wire,
            name: known.name,
            role: known.role,
            cursor: known.cursor,
            sightings: known.sightings,
            left: exists.saturating_sub(known.sightings),
            course: Course::Ahead,
            stated,
        }
    }

    /// A batch of nothing, at the present cursor.
    pub(super) fn batch(&self) -> Batch {
        Batch {
            mailbox: self.name.clone(),
            messages: Vec::new(),
            marks: Vec::new(),
            gone: Gone::Unknown,
            cursor: self.cursor,
            restart: false,
        }
    }

    /// Whether messages that were read may have gone away since.
    pub(super) fn may_have_lost(&self) -> bool {
        self.cursor.modseq > 0 && !self.stated.is_some_and(|stated| self.is_as_known(stated))
    }

    /// Whether the server's numbers say that nothing at all has changed since a finished reading.
    pub(super) fn is_as_known(&self, opened: Examined) -> bool {
        self.cursor.oldest_uid == 1
            && opened.uidvalidity == self.cursor.uidvalidity
            && opened
                .modseq
                .is_some_and(|modseq| modseq == self.cursor.modseq)
            && opened
                .uidnext
                .is_some_and(|next| next - 1 <= self.cursor.newest_uid)
            && u64::from(opened.exists) == self.sightings
    }
}
