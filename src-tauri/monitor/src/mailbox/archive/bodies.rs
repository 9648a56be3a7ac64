//! Whole messages of mail on this PC, one after the other, for the rules that need a part of them.

use super::Place;
use super::{Cursor, files, mbox, packed};
use crate::mailbox::bodies::{self, Found, LIST_LIMIT, LISTS, TEXT_LIMIT};
use exposure::Wanted;
use exposure::mail::parts;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;

/// Most bytes of a message that are read.
const MESSAGE_LIMIT: u64 = 2 * LIST_LIMIT;

/// Messages of one place by their numbers, ascending.
pub(super) enum Whole {
    /// In files of their own.
    Files(files::Pages),
    /// In a stream that is read once.
    Stream {
        /// The bytes.
        stream: Box<dyn Read + Send>,
        /// How many of them were read.
        at: u64,
        /// Where each message lies.
        places: std::vec::IntoIter<(u32, Range<u64>)>,
    },
}

impl Whole {
    /// Opens a place for messages of it. Nothing where its numbers mean other messages by now.
    pub(super) fn open(
        place: &Place,
        uids: &BTreeSet<u32>,
        uidvalidity: u32,
    ) -> io::Result<Option<Whole>> {
        let known = Cursor {
            uidvalidity,
            oldest_uid: 1,
            ..Cursor::default()
        };
        let stream = |stream: Box<dyn Read + Send>, places: Vec<(u32, Range<u64>)>| Whole::Stream {
            stream,
            at: 0,
            places: places.into_iter(),
        };
        let opened = super::open(place, known)?;
        Ok(Some(match (opened.pages, place) {
            (super::Pages::Files(pages), _) => Whole::Files(pages),
            // The lowest bit counts how often the file was read anew.
            (super::Pages::Mbox(_), _) if opened.cursor.uidvalidity & !1 != uidvalidity & !1 => {
                return Ok(None);
            }
            (super::Pages::Packed(_), _) if opened.cursor.uidvalidity != uidvalidity => {
                return Ok(None);
            }
            (super::Pages::Mbox(pages), Place::Mbox(path)) => {
                stream(Box::new(File::open(path)?), mbox::places(pages, uids)?)
            }
            (super::Pages::Packed(_), Place::Packed(packed)) => stream(
                Box::new(packed.open()?),
                mbox::places(packed::whole(packed)?, uids)?,
            ),
            (super::Pages::Mbox(_) | super::Pages::Packed(_), _) => return Ok(None),
        }))
    }

    /// The bytes of a message, up to a limit; those asked for come in ascending order.
    pub(super) fn message(&mut self, uid: u32) -> io::Result<Option<Vec<u8>>> {
        match self {
            Whole::Files(pages) => pages.whole(uid, MESSAGE_LIMIT),
            Whole::Stream { stream, at, places } => {
                let Some((_, place)) = places.find(|(found, _)| *found == uid) else {
                    return Ok(None);
                };
                let ahead = place.start.saturating_sub(*at);
                io::copy(&mut stream.by_ref().take(ahead), &mut io::sink())?;
                let length = place.end.saturating_sub(place.start);
                let mut bytes = Vec::new();
                let wanted = length.min(MESSAGE_LIMIT);
                stream.by_ref().take(wanted).read_to_end(&mut bytes)?;
                *at = place.start + wanted;
                Ok(Some(bytes))
            }
        }
    }
}

/// What is wanted of a whole message.
pub(super) fn found(message: &[u8], what: Wanted) -> Found {
    match what {
        Wanted::Text => {
            let limit = usize::try_from(TEXT_LIMIT).unwrap_or(usize::MAX);
            Found::Text(message.get(..limit).unwrap_or(message).to_vec())
        }
        Wanted::Lists => {
            let all = parts(message).into_iter();
            let lists = all.filter(|(part, at)| bodies::may_be_list(part, at.len() as u64));
            let read = lists
                .take(LISTS)
                .filter_map(|(part, at)| Some(part.encoding.decoded(message.get(at)?)));
            Found::Lists(read.collect())
        }
    }
}
