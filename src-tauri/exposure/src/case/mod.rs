//! Following up an incident: where it stands ([`status`]), what was asked and said ([`log`]), what
//! is due ([`waiting`]), what happened in which order ([`timeline`]), what it cost ([`cost`]), what
//! a letter may say ([`statement`], [`letter`]) and which authority there is ([`authorities`]).
//!
//! Nothing here sends anything or knows a clock: the user writes, the user says what came back, and
//! `today` is an argument.

pub mod authorities;
pub mod cost;
pub mod letter;
pub mod log;
pub mod statement;
pub mod status;
pub mod timeline;
pub mod waiting;

pub use letter::{Law, Letter, LetterKind, NoLetter, Part, Presumes};
pub use log::{Answer, Channel, Entry, Offer, Promise, Question, Topic, Way};
pub use statement::{Facts, Ground, Rests, Says, Statement};
pub use status::{Held, Next, Refusal};
pub use waiting::{Due, Waiting};
