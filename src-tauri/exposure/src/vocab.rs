//! The words that the database, the program and the window share. Enums are kept as small
//! integers in the ledger (`code`/`from_code`); those numbers never change their meaning.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Declares an enum whose variants have a fixed number in the ledger and a fixed word in JSON.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal => $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }
        impl $name {
            /// Every value, in order of its number.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The number that stands in the ledger.
            pub const fn code(self) -> i64 { match self { $($name::$variant => $code),+ } }
            /// The value of a number in the ledger; `None` for a number that no version has written.
            pub const fn from_code(code: i64) -> Option<Self> { match code { $($code => Some($name::$variant),)+ _ => None } }
            /// The word that stands in JSON.
            pub const fn word(self) -> &'static str { match self { $($name::$variant => $word),+ } }
            /// The value of a JSON word.
            pub fn from_word(word: &str) -> Option<Self> { match word { $($word => Some($name::$variant),)+ _ => None } }
        }
    };
}

pub(crate) use coded;

coded! {
    /// How a delivery is judged.
    Verdict {
        /// Nobody has said anything about it.
        Unjudged = 0 => "unjudged",
        /// Somebody or something called it wanted.
        Wanted = 1 => "wanted",
        /// Somebody or something called it junk.
        Junk = 2 => "junk",
    }
}

coded! {
    /// Who gave a verdict, strongest first.
    VerdictSource {
        /// The user, in Atesaki.
        User = 1 => "user",
        /// A keyword that a mail program set on the server ($Junk, $NotJunk …) or a label.
        Keyword = 2 => "keyword",
        /// The mailbox in which the message lies.
        Folder = 3 => "folder",
        /// A header that the user's own server wrote.
        Header = 4 => "header",
        /// There is no verdict.
        Nobody = 0 => "nobody",
    }
}

coded! {
    /// What the user's own receiving server says about the From domain.
    Auth {
        /// No believable Authentication-Results.
        None = 0 => "none",
        /// Checked, and neither DKIM nor SPF passed in alignment with From.
        Fail = 1 => "fail",
        /// SPF passed and is aligned with From.
        Spf = 2 => "spf",
        /// DKIM passed and is aligned with From.
        Dkim = 3 => "dkim",
        /// Both passed and are aligned.
        Both = 4 => "both",
    }
}

impl Auth {
    /// Whether the From domain may be believed.
    pub const fn passed(self) -> bool {
        matches!(self, Auth::Spf | Auth::Dkim | Auth::Both)
    }
}

coded! {
    /// Who sent a delivery, as seen from the disclosures of its address.
    Provenance {
        /// A service that has the address, authenticated.
        Service = 0 => "service",
        /// A company that mails for such a service, authenticated.
        Processor = 1 => "processor",
        /// Anyone else.
        Stranger = 2 => "stranger",
    }
}

coded! {
    /// The kind of one of the user's addresses.
    AddressKind {
        /// An ordinary mailbox address.
        Plain = 0 => "plain",
        /// A tagged form of another address (RFC 5233).
        Subaddress = 1 => "subaddress",
        /// A local part at a domain where every local part is the user's.
        CatchAll = 2 => "catch_all",
        /// A forwarding alias of an alias provider.
        Relay = 3 => "relay",
        /// A lookout address: never given to anyone.
        Control = 4 => "control",
    }
}

coded! {
    /// Where an address is in its life.
    AddressStatus {
        /// In use.
        Active = 0 => "active",
        /// Being replaced.
        Retiring = 1 => "retiring",
        /// No longer used.
        Retired = 2 => "retired",
    }
}

coded! {
    /// What an address is for.
    Purpose {
        /// Clients and colleagues.
        Work = 0 => "work",
        /// Shops and registrations.
        Shopping = 1 => "shopping",
        /// Friends and family.
        Personal = 2 => "personal",
        /// To be thrown away.
        Throwaway = 3 => "throwaway",
    }
}

coded! {
    /// How a disclosure became known.
    Basis {
        /// The user recorded it, with its day.
        Declared = 0 => "declared",
        /// It came from an export of another program.
        Imported = 1 => "imported",
        /// It was found in the mail, or its day was.
        Inferred = 2 => "inferred",
    }
}

coded! {
    /// The role of a mailbox (RFC 6154, or its well-known name, or the user's word).
    Role {
        /// Where mail arrives.
        Inbox = 0 => "inbox",
        /// Junk mail.
        Junk = 1 => "junk",
        /// Mail that the user sent.
        Sent = 2 => "sent",
        /// Drafts, Outbox, Templates.
        Drafts = 3 => "drafts",
        /// Deleted mail.
        Trash = 4 => "trash",
        /// An archive.
        Archive = 5 => "archive",
        /// A view of everything (Gmail's All Mail).
        All = 6 => "all",
        /// Any other mailbox.
        Other = 7 => "other",
    }
}

impl Role {
    /// Whether what lies here was delivered to the user (Sent and Drafts were not).
    pub const fn delivers(self) -> bool {
        !matches!(self, Role::Sent | Role::Drafts)
    }
}

coded! {
    /// How much a statement claims. A level includes those below it.
    Level {
        /// A sender that is not on record for this address.
        UnexpectedSender = 0 => "unexpected_sender",
        /// Junk (or strangers) began, is growing, or was there from the start.
        JunkBegan = 1 => "junk_began",
        /// One service is the likely source.
        LikelySource = 2 => "likely_source",
    }
}

coded! {
    /// What the onset statistics say (detection.md 2.4).
    State {
        /// A clear rise with a date.
        Flagged = 0 => "flagged",
        /// The same, with the worst constant rate in the denominator.
        Confirmed = 1 => "confirmed",
        /// A rise without a clear date.
        Growing = 2 => "growing",
        /// Junk was there when watching began.
        Already = 3 => "already",
    }
}

coded! {
    /// Whether strangers reached the address or the service itself sends junk.
    FlagKind {
        /// Strangers or junk reach an address that was given to services.
        Leak = 0 => "leak",
        /// The service itself sends what the user calls junk.
        OwnMail = 1 => "own_mail",
    }
}

coded! {
    /// How sure the naming of a source is.
    Confidence {
        /// From 0.90.
        VeryLikely = 0 => "very_likely",
        /// 0.60 to 0.90.
        Likely = 1 => "likely",
        /// The best three named services together have 0.60, none alone.
        OneOfThese = 2 => "one_of_these",
        /// Nothing can be said.
        CannotTell = 3 => "cannot_tell",
    }
}

coded! {
    /// One kind of explanation of an onset.
    SuspectKind {
        /// A recorded service.
        Service = 0 => "service",
        /// The address was guessed.
        Guessed = 1 => "guessed",
        /// It was found on a public page.
        Scraped = 2 => "scraped",
        /// The mail or alias provider.
        Provider = 3 => "provider",
        /// The PC or account of a person written with.
        Contact = 4 => "contact",
        /// Another address with its tag removed.
        Stripped = 5 => "stripped",
        /// A service that is not in the ledger.
        Unrecorded = 6 => "unrecorded",
    }
}

coded! {
    /// What an address shows on screen (wording.md section 3).
    AddressState {
        /// Fewer than 30 observed days.
        TooEarly = 0 => "too_early",
        /// Nothing out of the ordinary.
        NoChange = 1 => "no_change",
        /// The junk folder cannot be read.
        Unseen = 2 => "unseen",
        /// The watch threshold is passed.
        Unusual = 3 => "unusual",
        /// A sender that is not on record.
        UnexpectedSender = 4 => "unexpected_sender",
        /// Junk was there when watching began.
        Already = 5 => "already",
        /// A slow rise without a date.
        Growing = 6 => "growing",
        /// A clear rise with a date.
        JunkBegan = 7 => "junk_began",
        /// One service is the likely source (0.60 to 0.90).
        LikelySource = 8 => "likely_source",
        /// One service is very likely the source (from 0.90).
        VeryLikelySource = 9 => "very_likely_source",
        /// The service's own mail is called junk.
        OwnMail = 10 => "own_mail",
        /// The user said it is fine.
        Accepted = 11 => "accepted",
        /// The service told the user that data got out.
        Told = 12 => "told",
        /// A list with this address lies in the mailbox.
        Found = 13 => "found",
    }
}

coded! {
    /// What of a message's body a rule needs.
    Wanted {
        /// The text of a suspected notice.
        Text = 0 => "text",
        /// Attachments that look like lists of people.
        Lists = 1 => "lists",
    }
}

coded! {
    /// How an exposure happened or became known.
    ExposureWay {
        /// A mail says that data got out.
        Notice = 0 => "notice",
        /// A mail shows the address to its other recipients.
        Recipients = 1 => "recipients",
        /// A list of people is attached to a mail.
        List = 2 => "list",
    }
}

coded! {
    /// What an incident is about.
    IncidentKind {
        /// Strangers or junk reach an address.
        Leak = 0 => "leak",
        /// The service itself sends what the user calls junk.
        OwnMail = 1 => "own_mail",
        /// Mail shows that an address got out, or says so; no junk is needed.
        Exposure = 2 => "exposure",
    }
}

impl From<FlagKind> for IncidentKind {
    fn from(kind: FlagKind) -> IncidentKind {
        match kind {
            FlagKind::Leak => IncidentKind::Leak,
            FlagKind::OwnMail => IncidentKind::OwnMail,
        }
    }
}

impl IncidentKind {
    /// Whether flags of a kind stand behind it.
    pub fn is_of(self, kind: FlagKind) -> bool {
        self == IncidentKind::from(kind)
    }
}

coded! {
    /// Status of an incident (wording.md section 7).
    IncidentStatus {
        /// The program noticed it.
        Noticed = 0 => "noticed",
        /// The user closed it.
        Closed = 1 => "closed",
        /// The user asked the service.
        Asked = 2 => "asked",
        /// The service wrote or called, without an answer.
        Acknowledged = 3 => "acknowledged",
        /// Some of the questions are answered.
        AnsweredInPart = 4 => "answered_in_part",
        /// All of them are.
        Answered = 5 => "answered",
        /// Nothing came for days.
        Silent = 6 => "silent",
        /// The user went to an authority.
        Escalated = 7 => "escalated",
    }
}

coded! {
    /// How an account is secured on the wire.
    Security {
        /// TLS from the first byte.
        Tls = 0 => "tls",
        /// STARTTLS, required.
        Starttls = 1 => "starttls",
        /// Nothing; loopback hosts only.
        None = 2 => "none",
    }
}

coded! {
    /// Whether the junk of an account can be seen.
    JunkFolder {
        /// A junk folder was found by role or name.
        Seen = 0 => "seen",
        /// None was found.
        NotVisible = 1 => "not_visible",
        /// The user said which one it is.
        Chosen = 2 => "chosen",
    }
}
