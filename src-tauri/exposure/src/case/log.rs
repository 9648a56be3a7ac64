//! What was asked, and what was said on which way: mails, calls, forms and letters, with what was
//! promised and offered.

use super::cost::Money;
use crate::vocab::coded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

coded! {
    /// What one of the four questions is about (wording.md section 14), in their order.
    Topic {
        /// How it happened, and why.
        Cause = 0 => "cause",
        /// Who is responsible for preventing it, and what will be done.
        Prevention = 1 => "prevention",
        /// Whether the authority was told, and when.
        Authority = 2 => "authority",
        /// What will be done for those affected.
        Affected = 3 => "affected",
    }
}

coded! {
    /// What came back to one question.
    Answer {
        /// Nothing yet.
        Open = 0 => "open",
        /// An answer.
        Answered = 1 => "answered",
        /// Words that are none.
        Evaded = 2 => "evaded",
        /// A reply that passes over it.
        NotAnswered = 3 => "not_answered",
    }
}

/// One question and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub topic: Topic,
    /// When it was asked; `None` while it is only drafted.
    pub asked_on: Option<Date>,
    /// What came back.
    pub answer: Answer,
}

coded! {
    /// How something was said.
    Channel {
        /// A mail.
        Mail = 0 => "mail",
        /// A phone call.
        Call = 1 => "call",
        /// A form on a page.
        Form = 2 => "form",
        /// A letter on paper.
        Post = 3 => "post",
    }
}

coded! {
    /// From whom to whom.
    Way {
        /// From the user.
        Went = 0 => "went",
        /// To the user.
        Came = 1 => "came",
    }
}

/// One mail, call, form or letter of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The civil day.
    pub on: Date,
    /// How.
    pub channel: Channel,
    /// From whom.
    pub way: Way,
    /// With whom, as the user noted it.
    pub who: String,
    /// What was said, as the user noted it.
    pub said: String,
    /// What was promised.
    pub promises: Vec<Promise>,
    /// What was offered for the trouble.
    pub offer: Option<Offer>,
}

/// Something that the service said it would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What, as the user noted it.
    pub what: String,
    /// Until when; `None` where no day was said.
    pub by: Option<Date>,
    /// It was done.
    pub kept: bool,
}

/// What was offered for the trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// So much.
    Sum(Money),
    /// Something; how much was not said, but it can be no more than this where a bound is known
    /// (a reduction of one monthly fee of 525 yen).
    Unclear {
        /// The bound.
        at_most: Option<Money>,
    },
}
