//! The common factor: what rises at all addresses of a mail account at once, as before a holiday
//! or when the provider's filter changes, is no leak (detection.md section 1).
//!
//! For an address on a day it is (10 + Σ x) / (10 + Σ e) over the seven days before, of the other
//! addresses of its account: x what they got, e what they got a day in their own first sixty
//! observed days. So it rests on days before it alone, and no mail of today changes it. An address
//! joins the others when its first sixty days are over, and leaves them for good when its own rise
//! would be said, the factor allowed for: a leak is not to hide another.
//!
//! detection.md has the four days that end with the day itself. Measured (table "Everything rises
//! together", 500 address-years of each row): 1.0, 8.3, 2.6 and 15.3 flags per 100 address-years
//! with seven days before it, 1.0, 7.0, 9.9 and 20.0 with four.

use super::detect::{self, Feed};
use super::{AddressFacts, Ledger};
use crate::onset::{Bsr, nearest_factor, threshold};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What draws the factor to 1, campaigns.
const DRAWN: f64 = 10.0;
/// Days that the factor looks back.
const BACK: usize = 7;
/// Observed days from which an address's usual rate is taken.
const USUAL: u32 = 60;
/// So many times what is usual and so many campaigns more is the most that one address adds: a
/// flood at one of them is no common rise.
const FLOOD: (f64, f64) = (4.0, 3.0);
/// Other addresses, and campaigns a day of theirs, below which there is no factor.
const OTHERS: f64 = 4.0;
const OTHERS_GET: f64 = 0.5;

/// The common factors of a ledger's accounts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Common {
    accounts: BTreeMap<(i64, Feed), Account>,
    /// What the days before today of each address of an account were when it was last looked at.
    known: BTreeMap<i64, BTreeMap<i64, u64>>,
}

/// A fingerprint of what an address got and when it was seen, on the days before today: mail of
/// today changes no factor.
fn print(address: &AddressFacts, today: Date) -> u64 {
    let mut hasher = DefaultHasher::new();
    detect::start(address).hash(&mut hasher);
    detect::listens(address, Feed::Strangers).hash(&mut hasher);
    for day in address.days.iter().filter(|d| d.day < today) {
        let count = (
            day.count.new_junk_campaigns,
            day.count.new_stranger_campaigns,
        );
        if count != (0, 0) || !day.junk_observed || !day.all_observed {
            (day.day, count, day.junk_observed, day.all_observed).hash(&mut hasher);
        }
    }
    address.days.len().hash(&mut hasher);
    hasher.finish()
}

/// The addresses of one account together.
#[derive(Clone, Debug, PartialEq)]
struct Account {
    /// The day of the first sum.
    first: Date,
    /// What the members of each day got, and are used to get.
    days: Vec<Sum>,
    members: BTreeMap<i64, Member>,
}

/// Over some addresses, or some days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sum {
    campaigns: f64,
    usual: f64,
    members: f64,
    /// Days with a member.
    days: f64,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.campaigns += other.campaigns;
        self.usual += other.usual;
        self.members += other.members;
        self.days += other.days;
    }

    fn without(self, other: Sum) -> Sum {
        Sum {
            campaigns: self.campaigns - other.campaigns,
            usual: self.usual - other.usual,
            members: self.members - other.members,
            days: self.days,
        }
    }

    fn of<'a>(sums: impl Iterator<Item = &'a Sum>) -> Sum {
        sums.fold(Sum::default(), |mut all, one| {
            all.add(*one);
            all
        })
    }
}

/// One address among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Member {
    /// Campaigns a day in its first [`USUAL`] observed days.
    usual: f64,
    /// The day on which it joined.
    from: usize,
    /// The day on which it left.
    until: usize,
}

impl Member {
    /// What it adds on a day.
    fn adds(&self, at: usize, campaigns: u32, observed: bool) -> Sum {
        if observed && (self.from..self.until).contains(&at) {
            Sum {
                campaigns: f64::from(campaigns).min(FLOOD.0 * self.usual + FLOOD.1),
                usual: self.usual,
                members: 1.0,
                days: 0.0,
            }
        } else {
            Sum::default()
        }
    }
}

/// The factor that the others of [`BACK`] days bear.
fn factor(others: Sum) -> f64 {
    let enough = others.members >= OTHERS * others.days && others.usual >= OTHERS_GET * others.days;
    if others.days < 1.0 || !enough {
        return 1.0;
    }
    nearest_factor((DRAWN + others.campaigns) / (DRAWN + others.usual))
}

impl Common {
    /// Brings the accounts of `changed` addresses up to date, or all where none is known yet, and
    /// says of which accounts the factors changed.
    pub(super) fn update(&mut self, ledger: &Ledger, changed: &[i64]) -> Vec<i64> {
        let mut by_account: BTreeMap<i64, Vec<&AddressFacts>> = BTreeMap::new();
        for address in &ledger.addresses {
            if let Some(account) = address.account {
                by_account.entry(account).or_default().push(address);
            }
        }
        let mut moved = Vec::new();
        for (account, addresses) in by_account {
            let known = self.known.entry(account).or_default();
            let mut stale = false;
            for address in &addresses {
                if !known.contains_key(&address.id) || changed.contains(&address.id) {
                    let now = print(address, ledger.today);
                    stale |= known.insert(address.id, now) != Some(now);
                }
            }
            if !stale {
                continue;
            }
            for feed in [Feed::Junk, Feed::Strangers] {
                let now = Account::of(&addresses, feed);
                if self.accounts.get(&(account, feed)) != now.as_ref() {
                    moved.push(account);
                }
                match now {
                    Some(now) => self.accounts.insert((account, feed), now),
                    None => self.accounts.remove(&(account, feed)),
                };
            }
        }
        moved
    }

    /// The factor of each day of an address; `None` where it is 1 on all of them.
    pub(super) fn factors(&self, address: &AddressFacts, feed: Feed) -> Option<Vec<f64>> {
        let account = self.accounts.get(&(address.account?, feed))?;
        // Where nothing came there is nothing to be explained.
        address.days.iter().find(|day| feed.campaigns(day) > 0)?;
        let first = address.days.first()?.day;
        let offset = usize::try_from((first - account.first).get_days()).ok()?;
        let member = account.members.get(&address.id);
        let own = |at: usize| {
            let day = address.days.get(at.checked_sub(offset)?)?;
            Some(member?.adds(at, feed.campaigns(day), feed.observed(day)))
        };
        let mut window = [Sum::default(); BACK];
        let pass = |window: &mut [Sum; BACK], at: usize, own: Sum| {
            let of_day = account.days.get(at).copied().unwrap_or_default();
            if let Some(slot) = window.get_mut(at % BACK) {
                *slot = of_day.without(own);
            }
        };
        for at in offset.saturating_sub(BACK)..offset {
            pass(&mut window, at, Sum::default());
        }
        let mut all = Vec::with_capacity(address.days.len());
        for at in offset..offset + address.days.len() {
            all.push(factor(Sum::of(window.iter())));
            pass(&mut window, at, own(at).unwrap_or_default());
        }
        Some(all).filter(|all| all.iter().any(|factor| *factor != 1.0))
    }
}

impl Account {
    /// All addresses, day by day beside each other; `None` where they are too few or too quiet.
    fn of(addresses: &[&AddressFacts], feed: Feed) -> Option<Account> {
        let first = addresses.iter().filter_map(|a| Some(a.days.first()?.day));
        let first = first.min()?;
        let mut walks: Vec<Walk<'_>> = addresses
            .iter()
            .filter(|address| detect::listens(address, feed))
            .filter_map(|address| Walk::of(address, feed, first))
            .collect();
        let usual: f64 = walks.iter().map(|w| w.first_days / f64::from(USUAL)).sum();
        if (walks.len() as f64) <= OTHERS || usual < OTHERS_GET {
            return None;
        }
        let length = walks
            .iter()
            .map(|w| w.offset + w.address.days.len())
            .max()?;
        let mut days: Vec<Sum> = Vec::with_capacity(length);
        for at in 0..length {
            let window = days.get(at.saturating_sub(BACK)..at).unwrap_or_default();
            let before = Sum::of(window.iter());
            let mut of_day = Sum::default();
            for walk in &mut walks {
                of_day.add(walk.day(at, before));
            }
            of_day.days = f64::from(u8::from(of_day.members > 0.0));
            days.push(of_day);
        }
        Some(Account {
            first,
            days,
            members: walks
                .iter()
                .filter_map(|w| Some((w.address.id, w.member?)))
                .collect(),
        })
    }
}

/// One address on its way through the days.
struct Walk<'a> {
    address: &'a AddressFacts,
    feed: Feed,
    /// The account's number of its first day.
    offset: usize,
    /// The account's number of the first day of its segment.
    start: usize,
    /// What it has in its first [`USUAL`] observed days.
    first_days: f64,
    observed: u32,
    /// `None` where nothing ever came: then it gets no more than usual for itself.
    bsr: Option<Bsr>,
    member: Option<Member>,
    /// What it added on the last [`BACK`] days.
    added: [Sum; BACK],
}

impl<'a> Walk<'a> {
    fn of(address: &'a AddressFacts, feed: Feed, first: Date) -> Option<Walk<'a>> {
        let since = |day: Date| usize::try_from((day - first).get_days()).ok();
        let start = detect::start(address)?;
        let mut of_segment = address.days.iter().filter(|d| d.day >= start);
        let first_days = of_segment.clone().filter(|d| feed.observed(d));
        let first_days = first_days.take(USUAL as usize);
        Some(Walk {
            address,
            feed,
            offset: since(address.days.first()?.day)?,
            start: since(start)?,
            first_days: first_days.map(|d| f64::from(feed.campaigns(d))).sum(),
            observed: 0,
            bsr: of_segment
                .any(|d| feed.campaigns(d) > 0)
                .then(Bsr::without_level),
            member: None,
            added: [Sum::default(); BACK],
        })
    }

    /// What it adds on a day, `before` being the sum of all addresses over the days before it.
    fn day(&mut self, at: usize, before: Sum) -> Sum {
        let of_day = at
            .checked_sub(self.offset)
            .filter(|_| at >= self.start)
            .and_then(|number| self.address.days.get(number));
        let Some(day) = of_day.filter(|day| self.feed.observed(day)) else {
            return self.adding(at, Sum::default());
        };
        let campaigns = self.feed.campaigns(day);
        let own = Sum::of(self.added.iter());
        let u = factor(before.without(own));
        let step = self.bsr.as_mut().map(|bsr| bsr.day(campaigns, u));
        let adds = self.member.map(|m| m.adds(at, campaigns, true));
        self.observed += 1;
        match &mut self.member {
            None if self.observed == USUAL => {
                self.member = Some(Member {
                    usual: self.first_days / f64::from(USUAL),
                    from: at + 1,
                    until: usize::MAX,
                });
            }
            Some(member) if member.until == usize::MAX => {
                if step.is_some_and(|step| step.ln_m >= threshold(0).ln()) {
                    member.until = at + 1;
                }
            }
            Some(_) | None => {}
        }
        self.adding(at, adds.unwrap_or_default())
    }

    fn adding(&mut self, at: usize, adds: Sum) -> Sum {
        if let Some(slot) = self.added.get_mut(at % BACK) {
            *slot = adds;
        }
        adds
    }
}
