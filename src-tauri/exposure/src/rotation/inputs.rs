//! What the decision stands on, with defaults, their sources and the bounds of sense.

use crate::vocab::coded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Days in a month, on average.
pub const MONTH: f64 = 30.4;
/// For how many months a change of address is fresh in people's minds; ours.
pub const FRESH_MONTHS: u32 = 12;

coded! {
    /// Who has the address.
    Holding {
        /// It was made for one service: changing it there is the whole work.
        One = 0 => "one",
        /// Services and people.
        Several = 1 => "several",
    }
}

coded! {
    /// What takes the place of the old address.
    NewAddress {
        /// Every service gets an address of its own.
        OneEach = 0 => "one_each",
        /// Everybody gets the same new address, like for like.
        Same = 1 => "same",
    }
}

/// What becomes of the junk if the address stays.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Future {
    /// It stays as it is: the default, for no published half-life of a breached address exists.
    Stays,
    /// It halves in this many months. Six is the other end that is shown.
    Halves {
        /// Months.
        months: f64,
    },
    /// It fades as the user's own junk has so far ([`super::decay::fit`]). Growth is not carried
    /// into the future: it counts as "stays".
    Fitted {
        /// Natural logarithm by which it fades in a day.
        per_day: f64,
    },
}

impl Future {
    /// The other end that is shown beside "stays".
    pub const HALVES: Future = Future::Halves { months: 6.0 };

    /// By how much the logarithm of the junk falls in a month; never below 0.
    pub fn decay_per_month(self) -> f64 {
        match self {
            Future::Stays => 0.0,
            Future::Halves { months } if months > 0.0 => std::f64::consts::LN_2 / months,
            Future::Halves { .. } => 0.0,
            Future::Fitted { per_day } if per_day > 0.0 => (per_day * MONTH).min(f64::MAX),
            Future::Fitted { .. } => 0.0,
        }
    }
}

/// People who were told a new address before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Told {
    /// How many of those who would be told now.
    pub people: u32,
    /// When they were told last.
    #[serde(with = "civil")]
    #[ts(type = "string")]
    pub on: Date,
    /// Whole months since then.
    pub months_ago: u32,
}

impl Told {
    /// What is shown, whatever its age, and weighs within [`FRESH_MONTHS`].
    pub fn new(people: u32, on: Date, today: Date) -> Told {
        let months = (i32::from(today.year()) - i32::from(on.year())) * 12
            + i32::from(today.month())
            - i32::from(on.month())
            - i32::from(today.day() < on.day());
        Told {
            people,
            on,
            months_ago: u32::try_from(months).unwrap_or(0),
        }
    }

    /// How many people it weighs for.
    pub const fn fresh(&self) -> u32 {
        if self.months_ago < FRESH_MONTHS {
            self.people
        } else {
            0
        }
    }
}

/// A civil day as `YYYY-MM-DD`.
mod civil {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// Everything the decision stands on. All of it can be changed by the user; [`Inputs::default`]
/// says which defaults are cited and which are ours. Bounds stand at [`Input::bounds`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Inputs {
    /// Junk messages a day at this address.
    pub junk_per_day: f64,
    /// Junk messages a day at an address that did not get out.
    pub quiet_per_day: f64,
    /// Share of the junk that reaches the inbox; the measured one where there is one.
    pub inbox_share: f64,
    /// Seconds for one junk message in the inbox.
    pub seconds_inbox: f64,
    /// Seconds for one message when skimming the junk folder; 0: it is never opened.
    pub seconds_folder: f64,
    /// Genuine messages a day from people not known yet.
    pub new_people_per_day: f64,
    /// Share of those that the filter takes for junk.
    pub overlooked_share: f64,
    /// Junk messages a day at which 63 % of them are overlooked in the junk folder.
    pub overlooked_at: f64,
    /// What one overlooked message costs, in minutes (a lead: its chance times its worth by the hour).
    pub overlooked_minutes: f64,
    /// Who has the address.
    pub holding: Holding,
    /// Services that have it.
    pub services: u32,
    /// People who have it, those told before among them.
    pub contacts: u32,
    /// Public places on which it stands.
    pub pages: u32,
    /// People who were told a new address before, and when.
    pub told: Option<Told>,
    /// Minutes for a new mailbox or alias, signature and forwarding.
    pub minutes_fixed: f64,
    /// Minutes to change the address at one service.
    pub minutes_service: f64,
    /// Minutes for one person.
    pub minutes_contact: f64,
    /// Minutes for one public page.
    pub minutes_page: f64,
    /// Share of the people who still use the old address when forwarding ends.
    pub late_share: f64,
    /// What one of those costs, in minutes.
    pub late_minutes: f64,
    /// How many times as much a person costs who was told a new address within twelve months.
    pub again_factor: f64,
    /// Minutes to set up the filter.
    pub filter_minutes: f64,
    /// Share of the inbox junk that still gets past the filter.
    pub filter_inbox: f64,
    /// How many times as many genuine messages of unknown people the filter sets aside.
    pub filter_overlooked: f64,
    /// Leaks a year for each service that has an address.
    pub leaks_per_service: f64,
    /// What takes the place of the old address.
    pub new_address: NewAddress,
    /// What becomes of the junk if the address stays.
    pub future: Future,
    /// Within how many months the work must have paid for itself.
    pub horizon_months: f64,
    /// What an hour is worth, in the user's currency.
    pub hourly_rate: Option<f64>,
}

impl Default for Inputs {
    /// No junk, nobody told; the rest as detection.md section 5 has it.
    ///
    /// Cited: 3 s between Gans (1 s) and Rao and Reiley (5 s, JEP 26(3) 2012); 4 min a service from
    /// ExpressVPN's survey of 8,000 (3:46 for a password reset). All others are ours.
    fn default() -> Inputs {
        Inputs {
            junk_per_day: 0.0,
            quiet_per_day: 0.05,
            inbox_share: 0.05,
            seconds_inbox: 3.0,
            seconds_folder: 0.3,
            new_people_per_day: 1.0,
            overlooked_share: 0.003,
            overlooked_at: 20.0,
            overlooked_minutes: 60.0,
            holding: Holding::Several,
            services: 0,
            contacts: 0,
            pages: 0,
            told: None,
            minutes_fixed: 30.0,
            minutes_service: 4.0,
            minutes_contact: 0.5,
            minutes_page: 15.0,
            late_share: 0.02,
            late_minutes: 30.0,
            again_factor: 2.0,
            filter_minutes: 10.0,
            filter_inbox: 0.3,
            filter_overlooked: 2.0,
            leaks_per_service: 0.01,
            new_address: NewAddress::OneEach,
            future: Future::Stays,
            horizon_months: 12.0,
            hourly_rate: None,
        }
    }
}

coded! {
    /// One input that is a number and that the user can weigh.
    Input {
        /// [`Inputs::junk_per_day`].
        JunkPerDay = 0 => "junk_per_day",
        /// [`Inputs::inbox_share`].
        InboxShare = 1 => "inbox_share",
        /// [`Inputs::seconds_inbox`].
        SecondsInbox = 2 => "seconds_inbox",
        /// [`Inputs::seconds_folder`].
        SecondsFolder = 3 => "seconds_folder",
        /// [`Inputs::new_people_per_day`].
        NewPeoplePerDay = 4 => "new_people_per_day",
        /// [`Inputs::overlooked_share`].
        OverlookedShare = 5 => "overlooked_share",
        /// [`Inputs::overlooked_minutes`].
        OverlookedMinutes = 6 => "overlooked_minutes",
        /// [`Inputs::services`].
        Services = 7 => "services",
        /// [`Inputs::contacts`].
        Contacts = 8 => "contacts",
        /// [`Inputs::pages`].
        Pages = 9 => "pages",
        /// [`Inputs::minutes_service`].
        MinutesService = 10 => "minutes_service",
        /// [`Inputs::minutes_contact`].
        MinutesContact = 11 => "minutes_contact",
        /// [`Inputs::minutes_page`].
        MinutesPage = 12 => "minutes_page",
        /// [`Inputs::minutes_fixed`].
        MinutesFixed = 13 => "minutes_fixed",
        /// [`Inputs::again_factor`].
        AgainFactor = 14 => "again_factor",
        /// [`Inputs::filter_minutes`].
        FilterMinutes = 15 => "filter_minutes",
        /// [`Inputs::leaks_per_service`].
        LeaksPerService = 16 => "leaks_per_service",
        /// [`Inputs::horizon_months`].
        HorizonMonths = 17 => "horizon_months",
        /// Months in which the junk halves, of [`Inputs::future`]; "stays" is no value of it.
        HalfLifeMonths = 18 => "half_life_months",
    }
}

/// Where a value stops making sense, and within what it is looked for what would turn the advice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Values outside are read as the nearest end.
    pub allowed: (f64, f64),
    /// Values that occur; ours, but for those said at [`Input::bounds`].
    pub sensible: (f64, f64),
}

impl Input {
    /// The bounds of an input. The seconds are those of Gans and of Rao and Reiley; the greatest
    /// sensible share in the inbox is above the worse of FTC 2005's two providers (13.6 %).
    pub const fn bounds(self) -> Bounds {
        let (least, most, low, high) = match self {
            Input::JunkPerDay => (0.0, 1e6, 0.05, 300.0),
            Input::InboxShare => (0.0, 1.0, 0.0, 0.3),
            Input::SecondsInbox => (0.0, 3600.0, 1.0, 5.0),
            Input::SecondsFolder => (0.0, 3600.0, 0.0, 1.0),
            Input::NewPeoplePerDay => (0.0, 1e4, 0.0, 10.0),
            Input::OverlookedShare => (0.0, 1.0, 0.0, 0.02),
            Input::OverlookedMinutes => (0.0, 1e5, 5.0, 480.0),
            Input::Services => (0.0, 1e5, 0.0, 300.0),
            Input::Contacts => (0.0, 1e6, 0.0, 1000.0),
            Input::Pages => (0.0, 1e4, 0.0, 20.0),
            Input::MinutesService => (0.0, 1e4, 1.0, 15.0),
            Input::MinutesContact => (0.0, 1e4, 0.1, 5.0),
            Input::MinutesPage => (0.0, 1e4, 5.0, 60.0),
            Input::MinutesFixed => (0.0, 1e5, 5.0, 120.0),
            Input::AgainFactor => (1.0, 100.0, 1.0, 5.0),
            Input::FilterMinutes => (0.0, 1e5, 2.0, 60.0),
            Input::LeaksPerService => (0.0, 10.0, 0.001, 0.05),
            Input::HorizonMonths => (0.0, 600.0, 3.0, 36.0),
            Input::HalfLifeMonths => (0.01, 1200.0, 1.0, 60.0),
        };
        Bounds {
            allowed: (least, most),
            sensible: (low, high),
        }
    }

    /// Whether only whole numbers make sense.
    pub const fn is_whole(self) -> bool {
        matches!(self, Input::Services | Input::Contacts | Input::Pages)
    }

    /// The value in a set of inputs; `None` where junk does not fade.
    pub fn of(self, inputs: &Inputs) -> Option<f64> {
        Some(match self {
            Input::JunkPerDay => inputs.junk_per_day,
            Input::InboxShare => inputs.inbox_share,
            Input::SecondsInbox => inputs.seconds_inbox,
            Input::SecondsFolder => inputs.seconds_folder,
            Input::NewPeoplePerDay => inputs.new_people_per_day,
            Input::OverlookedShare => inputs.overlooked_share,
            Input::OverlookedMinutes => inputs.overlooked_minutes,
            Input::Services => f64::from(inputs.services),
            Input::Contacts => f64::from(inputs.contacts),
            Input::Pages => f64::from(inputs.pages),
            Input::MinutesService => inputs.minutes_service,
            Input::MinutesContact => inputs.minutes_contact,
            Input::MinutesPage => inputs.minutes_page,
            Input::MinutesFixed => inputs.minutes_fixed,
            Input::AgainFactor => inputs.again_factor,
            Input::FilterMinutes => inputs.filter_minutes,
            Input::LeaksPerService => inputs.leaks_per_service,
            Input::HorizonMonths => inputs.horizon_months,
            Input::HalfLifeMonths => {
                let decay = inputs.future.decay_per_month();
                return (decay > 0.0).then_some(std::f64::consts::LN_2 / decay);
            }
        })
    }

    /// The inputs with this one changed. Whole numbers are rounded.
    pub fn with(self, inputs: &Inputs, value: f64) -> Inputs {
        let mut inputs = inputs.clone();
        // `as` saturates, and takes what is no number for 0.
        let whole = value.round() as u32;
        match self {
            Input::JunkPerDay => inputs.junk_per_day = value,
            Input::InboxShare => inputs.inbox_share = value,
            Input::SecondsInbox => inputs.seconds_inbox = value,
            Input::SecondsFolder => inputs.seconds_folder = value,
            Input::NewPeoplePerDay => inputs.new_people_per_day = value,
            Input::OverlookedShare => inputs.overlooked_share = value,
            Input::OverlookedMinutes => inputs.overlooked_minutes = value,
            Input::Services => inputs.services = whole,
            Input::Contacts => inputs.contacts = whole,
            Input::Pages => inputs.pages = whole,
            Input::MinutesService => inputs.minutes_service = value,
            Input::MinutesContact => inputs.minutes_contact = value,
            Input::MinutesPage => inputs.minutes_page = value,
            Input::MinutesFixed => inputs.minutes_fixed = value,
            Input::AgainFactor => inputs.again_factor = value,
            Input::FilterMinutes => inputs.filter_minutes = value,
            Input::LeaksPerService => inputs.leaks_per_service = value,
            Input::HorizonMonths => inputs.horizon_months = value,
            Input::HalfLifeMonths => inputs.future = Future::Halves { months: value },
        }
        inputs
    }
}

impl Inputs {
    /// The same within its bounds: infinities and negative numbers become the nearest bound, what
    /// is no number its default, and no more people were told before than would be told now.
    pub fn within_bounds(&self) -> Inputs {
        let usual = Inputs::default();
        let mut inputs = self.clone();
        for input in Input::ALL {
            let (Some(value), (low, high)) = (input.of(self), input.bounds().allowed) else {
                continue;
            };
            let kept = match value.is_nan() {
                true => input.of(&usual).unwrap_or(high),
                false => value.clamp(low, high),
            };
            if kept != value || value.is_nan() {
                inputs = input.with(&inputs, kept);
            }
        }
        let bound = |value: f64, usual: f64, low: f64, high: f64| match value.is_nan() {
            true => usual,
            false => value.clamp(low, high),
        };
        inputs.quiet_per_day = bound(self.quiet_per_day, usual.quiet_per_day, 0.0, 1e6);
        inputs.overlooked_at = bound(self.overlooked_at, usual.overlooked_at, 0.01, 1e6);
        inputs.late_share = bound(self.late_share, usual.late_share, 0.0, 1.0);
        inputs.late_minutes = bound(self.late_minutes, usual.late_minutes, 0.0, 1e5);
        inputs.filter_inbox = bound(self.filter_inbox, usual.filter_inbox, 0.0, 1.0);
        inputs.filter_overlooked =
            bound(self.filter_overlooked, usual.filter_overlooked, 0.0, 100.0);
        let fitted = matches!(self.future, Future::Fitted { per_day } if per_day.is_finite());
        if inputs.future.decay_per_month() <= 0.0 && !fitted {
            inputs.future = Future::Stays;
        }
        inputs.hourly_rate = self
            .hourly_rate
            .filter(|rate| !rate.is_nan())
            .map(|rate| rate.clamp(0.0, 1e9));
        if let Some(told) = &mut inputs.told {
            told.people = told.people.min(inputs.contacts);
        }
        inputs
    }
}
