//! The sample: a made-up but lifelike year of mail for one freelancer, who exists as little as
//! the firms and people that write. It is made from a seed, relative to a day, and written as a
//! Maildir tree, so that it is read by the same path as real mail. What is true of it is written
//! beside it ([`Truth`]).
//!
//! [`table`] holds who there is and what they write; [`leak`] decides what gets out where and
//! when; [`junk`], [`customer`], [`circle`] and [`story`] write the mail that follows from it;
//! [`letter`] and [`encode`] turn each message into bytes; [`pile`] collects them.

mod calendar;
mod circle;
mod customer;
mod encode;
mod fill;
mod junk;
mod leak;
mod letter;
mod pile;
mod random;
mod reckoning;
mod story;
mod table;
mod truth;
mod write;

#[cfg(test)]
mod tests;

pub use truth::{
    Duty, Expected, Strength, TrueAddress, TrueDisclosure, TrueLeak, TrueOwnMail, TrueStranger,
    Truth,
};
pub use write::{mail_dir, truth_file, write};

use jiff::civil::Date;

/// The seed of the sample that is shown when nobody asks for another: one in which the story stands
/// out, with two likely sources, one that cannot be told, and nothing weak beside them.
pub const DEFAULT_SEED: u64 = 475;

/// A year of made-up mail, in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Every message in order of arrival; one that lies in two folders stands here twice.
    pub messages: Vec<SampleMessage>,
    /// The freelancer's addresses.
    pub own_addresses: Vec<String>,
    /// Domains where every local part is the freelancer's.
    pub own_domains: Vec<String>,
    /// What is true of it, the disclosures among it.
    pub truth: Truth,
}

/// One message of the sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleMessage {
    /// Where it lies.
    pub folder: Folder,
    /// When it came or was sent, UTC seconds.
    pub arrived_at: i64,
    /// The whole message as stored, lines ended with CR LF.
    pub bytes: Vec<u8>,
}

/// A folder of the freelancer's mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Folder {
    /// Where mail arrives.
    Inbox,
    /// Where the server's filter and the freelancer put junk.
    Junk,
    /// What the freelancer wrote.
    Sent,
    /// What is done with.
    Archive,
    /// What was thrown away.
    Trash,
}

impl Folder {
    /// Every folder.
    pub const ALL: [Folder; 5] = [
        Folder::Inbox,
        Folder::Junk,
        Folder::Sent,
        Folder::Archive,
        Folder::Trash,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Folder::Inbox => "Inbox",
            Folder::Junk => "Junk",
            Folder::Sent => "Sent",
            Folder::Archive => "Archive",
            Folder::Trash => "Trash",
        }
    }
}

/// Makes the year that ends with the day before `today`. The same seed and day give the same
/// bytes on every machine. Days are those of Japan (UTC+9).
pub fn plan(seed: u64, today: Date) -> Sample {
    let year = calendar::Year::before(today);
    let leaks = leak::leaks(seed);
    let mut pile = pile::Pile::new(seed, year);
    customer::lay(seed, &mut pile);
    circle::lay(seed, &mut pile);
    story::lay(seed, &leaks, &mut pile);
    junk::lay(seed, &leaks, &mut pile);
    pile::lay_edges(seed, &mut pile);
    reckoning::sample(seed, today, &leaks, pile)
}
