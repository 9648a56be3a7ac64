//! What a letter may say, and the fact that each sentence rests on.
//!
//! [`statements`] is the only maker of [`Statement`]s, and a letter is made of nothing else that
//! says something. A firm is written to about what its own mail holds or says, or about junk with
//! words that never run ahead of the level (product.md, promise 5): "junk began" is not "you
//! leaked".

use crate::assess;
use crate::notice::{Claim, Item, Standing};
use crate::{Confidence, Level};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What is known of a case, as seen from the one service that is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// When the address was given to it, where that is on record.
    pub given: Option<Date>,
    /// Who else has the address.
    pub holders: Holders,
    /// What junk at the address shows.
    pub junk: Option<Junk>,
    /// Mail that revealed the address, or says so, oldest first.
    pub mails: Vec<Mail>,
    /// A published breach of the service.
    pub breach: Option<Published>,
}

/// Who else has the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holders {
    /// Services and people besides the one that is written to.
    pub others: u32,
    /// The address was made for one service.
    pub dedicated: bool,
    /// Who says that the service has it.
    pub standing: assess::Standing,
}

impl Holders {
    /// Whether "recorded as given only to you" may be said.
    pub fn only_it(&self) -> bool {
        self.dedicated && self.others == 0 && self.standing == assess::Standing::Recorded
    }
}

/// What junk at the address shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Junk {
    /// How much is claimed.
    pub level: Level,
    /// How sure the naming is.
    pub confidence: Option<Confidence>,
    /// When it began.
    pub began: Began,
    /// The service that is named is the one that is written to.
    pub names_it: bool,
}

impl Junk {
    /// How sure it is that the service that is written to is the source, from likely on.
    pub fn points_to_it(&self) -> Option<Confidence> {
        let named = self.names_it && self.level == Level::LikelySource;
        let confidence = self.confidence.filter(|_| named)?;
        matches!(confidence, Confidence::Likely | Confidence::VeryLikely).then_some(confidence)
    }
}

/// When junk began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Began {
    /// About this day; for an unexpected sender, on it.
    On(Date),
    /// Bit by bit; it was seen by this day.
    Growing(Date),
    /// It was there when watching began on this day.
    Already(Date),
}

/// A mail that revealed the address, or says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The ledger's number of the exposure.
    pub id: i64,
    /// The day on which it came.
    pub on: Date,
    /// What is known of its sender. Only of a genuine one is said that it came from the service.
    pub standing: Option<Standing>,
    /// What it shows.
    pub shows: Shows,
}

impl Mail {
    fn is_genuine(&self) -> bool {
        self.standing == Some(Standing::Genuine)
    }
}

/// What a mail shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shows {
    /// A list of people is attached.
    List {
        /// The user's name is on it.
        name: bool,
        /// The user's address is on it.
        address: bool,
        /// How many people, about; `None` where that was not counted.
        people: Option<u32>,
    },
    /// The address stands among its recipients.
    Recipients {
        /// How many others see it.
        people: u32,
    },
    /// It says that data got out.
    Notice {
        /// How far it goes.
        claim: Claim,
        /// What it leaves out.
        leaves_out: Vec<Item>,
        /// Whether it offers something, and how much as it is written.
        offers: Offers,
    },
}

/// What a notice offers for the trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offers {
    /// Nothing.
    Nothing,
    /// Something, and no sum.
    NoSum,
    /// So much, as it is written.
    Sum(String),
}

/// A published breach of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its name in the catalogue.
    pub name: String,
    /// When it happened.
    pub happened: Option<Date>,
    /// Who publishes it.
    pub source: String,
}

/// How much a case bears, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// Nothing: only what anybody may ask.
    Nothing,
    /// A sender who is not on record.
    UnexpectedSender,
    /// Junk began; where the address got out cannot be told, or is one of several.
    JunkBegan,
    /// A breach of the service is published; whether the address is in it is not known.
    Published,
    /// The service is a likely source.
    Likely,
    /// It is a very likely one.
    VeryLikely,
    /// Its own mail says so.
    Told,
    /// Its own mail holds or shows the data.
    Found,
}

impl Ground {
    /// The strongest ground of a case.
    pub fn of(facts: &Facts) -> Ground {
        let genuine = facts.mails.iter().filter(|mail| mail.is_genuine());
        let by_mail = genuine.map(|mail| match mail.shows {
            Shows::List { .. } | Shows::Recipients { .. } => Ground::Found,
            Shows::Notice { .. } => Ground::Told,
        });
        let by_junk = facts
            .junk
            .map(|junk| match (junk.level, junk.points_to_it()) {
                (_, Some(Confidence::VeryLikely)) => Ground::VeryLikely,
                (_, Some(Confidence::Likely)) => Ground::Likely,
                (Level::UnexpectedSender, _) => Ground::UnexpectedSender,
                (Level::JunkBegan | Level::LikelySource, _) => Ground::JunkBegan,
            });
        let breach = facts.breach.as_ref();
        let published = breach.and_then(|breach| of_breach(breach, facts.given));
        let published = published.map(|_| Ground::Published);
        let all = by_mail.chain(by_junk).chain(published);
        all.max().unwrap_or(Ground::Nothing)
    }
}

/// One thing that a letter says, made by this module alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    says: Says,
    rests: Rests,
}

impl Statement {
    /// What it says.
    pub const fn says(&self) -> &Says {
        &self.says
    }

    /// The fact that it rests on.
    pub const fn rests(&self) -> &Rests {
        &self.rests
    }

    pub(super) const fn new(says: Says, rests: Rests) -> Statement {
        Statement { says, rests }
    }
}

/// The fact that a statement rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rests {
    /// A mail that revealed the address, or says so, by the ledger's number of the exposure.
    Exposure(i64),
    /// The flag of the address.
    Flag,
    /// What is recorded of who has the address.
    Records,
    /// The entry of a catalogue.
    Catalogue,
    /// The log of the case.
    Log,
}

/// What a statement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// A file with people's data was attached to the service's mail.
    Carried {
        /// The day.
        on: Date,
        /// About how many people.
        people: Option<u32>,
        /// What of the user's is in it.
        mine: Mine,
    },
    /// The service's mail showed the address to its other recipients.
    Showed {
        /// The day.
        on: Date,
        /// How many.
        people: u32,
    },
    /// The service wrote that data got out.
    Wrote {
        /// The day.
        on: Date,
        /// How far it went.
        claim: Claim,
    },
    /// What none of its notices says, in the order of [`Item::OWED`].
    LeftOut {
        /// The day of the last one.
        on: Date,
        /// What.
        items: Vec<Item>,
    },
    /// A notice offers something without a sum.
    OfferedNoSum {
        /// The day.
        on: Date,
    },
    /// A notice offers a sum, as it is written.
    Offered {
        /// The day.
        on: Date,
        /// The sum.
        amount: String,
    },
    /// A breach of the service is published; whether the address is in it is not known.
    Published {
        /// Its name in the catalogue.
        name: String,
        /// When it happened.
        happened: Option<Date>,
        /// Who publishes it.
        source: String,
    },
    /// A sender who was never given the address wrote to it.
    Stranger {
        /// The day.
        on: Date,
    },
    /// Junk reaches the address.
    Junk {
        /// Since when.
        began: Began,
    },
    /// The address was given to the service on a day.
    Given {
        /// The day.
        on: Date,
    },
    /// The address is recorded as given only to the service, for which it was made.
    OnlyYou,
    /// Others have the address too.
    AmongOthers,
    /// What is recorded fits the service better than the others, which is no proof.
    PointsToYou {
        /// Likely or very likely.
        confidence: Confidence,
    },
    /// Where it got out cannot be told.
    CannotTell,
    /// It is not claimed that the junk comes from the service.
    NoClaim,
    /// The user asked.
    Asked {
        /// The day.
        on: Date,
    },
    /// The service replied, and so many questions are open.
    RepliedOpen {
        /// The day of its last word.
        on: Date,
        /// How many.
        open: u32,
    },
    /// No word came for so many days.
    Silence {
        /// How many.
        days: u32,
    },
    /// The service promised something until a day that has passed.
    Promised {
        /// When it did.
        on: Date,
        /// What, as the user noted it.
        what: String,
        /// Until when.
        by: Date,
    },
}

impl Says {
    /// The day that a sentence of a mail or of the log names.
    pub const fn day(&self) -> Option<Date> {
        match self {
            Says::Carried { on, .. }
            | Says::Showed { on, .. }
            | Says::Wrote { on, .. }
            | Says::Asked { on }
            | Says::RepliedOpen { on, .. }
            | Says::Promised { on, .. } => Some(*on),
            Says::LeftOut { .. }
            | Says::OfferedNoSum { .. }
            | Says::Offered { .. }
            | Says::Published { .. }
            | Says::Stranger { .. }
            | Says::Junk { .. }
            | Says::Given { .. }
            | Says::OnlyYou
            | Says::AmongOthers
            | Says::PointsToYou { .. }
            | Says::CannotTell
            | Says::NoClaim
            | Says::Silence { .. } => None,
        }
    }
}

/// What of the user's is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mine {
    /// Name and address.
    NameAndAddress,
    /// The address.
    Address,
    /// The name.
    Name,
    /// Nothing that was seen.
    Nothing,
}

/// Everything that may be said of a case, in the order in which a letter says it.
pub fn statements(facts: &Facts) -> Vec<Statement> {
    let mut all = of_mails(&facts.mails);
    all.extend(
        facts
            .breach
            .as_ref()
            .and_then(|breach| of_breach(breach, facts.given)),
    );
    if let Some(junk) = &facts.junk {
        of_junk(junk, facts, &mut all);
    }
    all
}

fn of_mails(mails: &[Mail]) -> Vec<Statement> {
    let mut all = Vec::new();
    let mut untold: Option<BTreeSet<Item>> = None;
    let mut last_notice = None;
    let mut offered = None;
    let genuine = || mails.iter().filter(|mail| mail.is_genuine());
    let is_notice = |mail: &&Mail| matches!(mail.shows, Shows::Notice { .. });
    // What mails show comes first, so that what notices leave out follows on what they say.
    let shown = genuine().filter(|mail| !is_notice(mail));
    for mail in shown.chain(genuine().filter(is_notice)) {
        let (on, rests) = (mail.on, Rests::Exposure(mail.id));
        let says = match &mail.shows {
            Shows::List {
                name,
                address,
                people,
            } => Says::Carried {
                on,
                people: *people,
                mine: match (name, address) {
                    (true, true) => Mine::NameAndAddress,
                    (false, true) => Mine::Address,
                    (true, false) => Mine::Name,
                    (false, false) => Mine::Nothing,
                },
            },
            Shows::Recipients { people } => Says::Showed {
                on,
                people: *people,
            },
            Shows::Notice {
                claim,
                leaves_out,
                offers,
            } => {
                let items: BTreeSet<Item> = leaves_out
                    .iter()
                    .copied()
                    .filter(|item| Item::OWED.contains(item))
                    .collect();
                untold = Some(untold.map_or(items.clone(), |before| &before & &items));
                last_notice = Some((on, rests));
                offered = match offers {
                    Offers::Nothing => offered,
                    Offers::NoSum => Some((Says::OfferedNoSum { on }, rests)),
                    Offers::Sum(amount) => {
                        let amount = amount.clone();
                        Some((Says::Offered { on, amount }, rests))
                    }
                };
                Says::Wrote { on, claim: *claim }
            }
        };
        all.push(Statement::new(says, rests));
    }
    let items: Vec<Item> = untold.into_iter().flatten().collect();
    if let Some((on, rests)) = last_notice.filter(|_| !items.is_empty()) {
        all.push(Statement::new(Says::LeftOut { on, items }, rests));
    }
    all.extend(offered.map(|(says, rests)| Statement::new(says, rests)));
    all
}

/// A breach that happened before the address was given says nothing of it.
fn of_breach(breach: &Published, given: Option<Date>) -> Option<Statement> {
    let before =
        matches!((breach.happened, given), (Some(happened), Some(given)) if happened < given);
    let says = Says::Published {
        name: breach.name.clone(),
        happened: breach.happened,
        source: breach.source.clone(),
    };
    (!before).then(|| Statement::new(says, Rests::Catalogue))
}

fn of_junk(junk: &Junk, facts: &Facts, all: &mut Vec<Statement>) {
    let holders = &facts.holders;
    let by_flag = |says: Says| Statement::new(says, Rests::Flag);
    let by_records = |says: Says| Statement::new(says, Rests::Records);
    match (junk.level, junk.began) {
        (Level::UnexpectedSender, Began::On(on) | Began::Growing(on) | Began::Already(on)) => {
            all.push(by_flag(Says::Stranger { on }));
        }
        (Level::JunkBegan | Level::LikelySource, began) => {
            all.push(by_flag(Says::Junk { began }));
        }
    }
    all.extend(facts.given.map(|on| by_records(Says::Given { on })));
    if holders.only_it() {
        all.push(by_records(Says::OnlyYou));
    } else if holders.others > 0 {
        all.push(by_records(Says::AmongOthers));
        match junk.points_to_it() {
            Some(confidence) => all.push(by_flag(Says::PointsToYou { confidence })),
            None => all.push(by_flag(Says::CannotTell)),
        }
    }
    all.push(by_flag(Says::NoClaim));
}
