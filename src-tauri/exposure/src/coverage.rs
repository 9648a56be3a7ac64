//! Coverage: on which days the junk, or all mail, of an account could be seen at all.

use crate::Role;
use jiff::civil::Date;

/// A mailbox with its complete scans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxFacts {
    /// The ledger's number of the mailbox.
    pub id: i64,
    /// The ledger's number of its account.
    pub account: i64,
    /// Its role.
    pub role: Role,
    /// How long messages stay in it, by the user's word or the provider's known value, in days.
    pub retention_days: Option<u32>,
    /// Complete scans, ascending by day.
    pub scans: Vec<Scan>,
    /// An archive is a file: it covers its first to its last message and nothing else.
    pub archive: bool,
}

/// One complete scan of a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The civil day on which it finished.
    pub day: Date,
    /// The civil day of the oldest message that lay there; `None` when it was empty.
    pub oldest: Option<Date>,
    /// The civil day of the newest message that lay there.
    pub newest: Option<Date>,
    /// How many messages lay there.
    pub messages: u64,
}

/// Which mail is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Junk.
    Junk,
    /// All mail, for strangers.
    All,
}

/// A set of civil days, as ascending runs that do not touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaySet {
    runs: Vec<(Date, Date)>,
}

impl DaySet {
    /// The days of possibly overlapping runs, each from its first to its last day.
    pub fn of_runs(mut runs: Vec<(Date, Date)>) -> DaySet {
        runs.retain(|(first, last)| first <= last);
        runs.sort();
        let mut joined: Vec<(Date, Date)> = Vec::new();
        for (first, last) in runs {
            match joined.last_mut() {
                Some((_, end)) if first <= end.saturating_add(jiff::Span::new().days(1)) => {
                    *end = (*end).max(last)
                }
                Some(_) | None => joined.push((first, last)),
            }
        }
        DaySet { runs: joined }
    }

    /// Whether a day is in the set.
    pub fn contains(&self, day: Date) -> bool {
        self.runs
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&day))
    }

    /// The first day.
    pub fn first(&self) -> Option<Date> {
        self.runs.first().map(|(first, _)| *first)
    }

    /// The runs, ascending.
    pub fn runs(&self) -> &[(Date, Date)] {
        &self.runs
    }

    /// The days in both sets.
    fn and(&self, other: &DaySet) -> DaySet {
        let pairs = self.runs.iter().flat_map(|(a, b)| {
            other
                .runs
                .iter()
                .map(move |(c, d)| ((*a).max(*c), (*b).min(*d)))
        });
        DaySet::of_runs(pairs.collect())
    }
}

/// Retentions that mail providers have, in days.
const USUAL: [i32; 5] = [7, 14, 30, 60, 90];
/// How near the greatest age must be to a usual retention, in days.
const NEAR: i32 = 3;
/// Above this age nothing is deleted by itself, in days.
const UNLIMITED: i32 = 120;

/// How long messages stay in a mailbox, in days; `None`: for ever.
///
/// The user's or provider's value, else the greatest age ever seen at a complete scan: a usual
/// one less a day if within three days of it.
fn retention(mailbox: &MailboxFacts) -> Option<i32> {
    if let Some(days) = mailbox.retention_days {
        return Some(i32::try_from(days).unwrap_or(i32::MAX));
    }
    let oldest = mailbox
        .scans
        .iter()
        .filter_map(|s| Some((s.day - s.oldest?).get_days()))
        .max()
        .unwrap_or(0);
    if oldest > UNLIMITED {
        return None;
    }
    let usual = USUAL
        .into_iter()
        .find(|usual| (oldest - usual).abs() <= NEAR);
    Some(usual.map_or(oldest, |usual| usual - 1))
}

/// On which days the mail of one mailbox could be seen (detection.md section 1, Observed days).
fn observed_in(mailbox: &MailboxFacts) -> DaySet {
    let Some(first) = mailbox.scans.first() else {
        return DaySet::default();
    };
    if mailbox.archive {
        let oldest = mailbox.scans.iter().filter_map(|s| s.oldest).min();
        let newest = mailbox.scans.iter().filter_map(|s| s.newest).max();
        return DaySet::of_runs(oldest.zip(newest).into_iter().collect());
    }
    // Before the oldest message that the first complete scan saw, nothing was observed: a folder
    // that was emptied looks just like one to which nothing came.
    let from = first.oldest.unwrap_or(first.day);
    let keeps = retention(mailbox);
    let runs = mailbox.scans.iter().map(|scan| {
        let back = match keeps {
            Some(days) => scan.day.saturating_sub(jiff::Span::new().days(days)),
            None => from,
        };
        (back.max(from), scan.day)
    });
    DaySet::of_runs(runs.collect())
}

/// On which days a stream of all these mailboxes' accounts could be seen: the days that every
/// mailbox which matters saw. For junk those are the junk mailboxes of each account, or its Inbox
/// where it has none; for all mail every mailbox that is delivered to. An archive covers what its
/// files cover together.
pub fn observed(mailboxes: &[MailboxFacts], stream: Stream, today: Date) -> DaySet {
    let mut accounts: Vec<i64> = mailboxes.iter().map(|m| m.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut seen: Option<DaySet> = None;
    let mut archived: Vec<(Date, Date)> = Vec::new();
    for account in accounts {
        let of: Vec<&MailboxFacts> = mailboxes
            .iter()
            .filter(|m| m.account == account && m.role.delivers())
            .collect();
        if of.iter().any(|m| m.archive) {
            let runs: Vec<(Date, Date)> = of.iter().flat_map(|m| observed_in(m).runs).collect();
            let first = runs.iter().map(|(first, _)| *first).min();
            let last = runs.iter().map(|(_, last)| *last).max();
            archived.extend(first.zip(last));
            continue;
        }
        let with_role = |role: Role| {
            of.iter()
                .filter(|m| m.role == role)
                .copied()
                .collect::<Vec<_>>()
        };
        let matter = match stream {
            Stream::All => of.clone(),
            Stream::Junk => match with_role(Role::Junk) {
                none if none.is_empty() => with_role(Role::Inbox),
                junk => junk,
            },
        };
        let mut days: Option<DaySet> = None;
        for mailbox in matter {
            // An empty mailbox that is not Junk hides nothing: it restricts from its first scan only
            // where it ever held mail.
            if stream == Stream::All
                && mailbox.role != Role::Junk
                && mailbox.scans.iter().all(|s| s.messages == 0)
            {
                continue;
            }
            let one = observed_in(mailbox);
            days = Some(days.map_or(one.clone(), |all| all.and(&one)));
        }
        let days = days.unwrap_or_default();
        seen = Some(seen.map_or(days.clone(), |all| all.and(&days)));
    }
    let until_today = |(first, last): (Date, Date)| (first, last.min(today));
    let living = seen.map(|s| s.runs).unwrap_or_default();
    DaySet::of_runs(
        living
            .into_iter()
            .chain(archived)
            .map(until_today)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn mailbox(role: Role, scans: &[(Date, Option<Date>)]) -> MailboxFacts {
        MailboxFacts {
            id: 1,
            account: 1,
            role,
            retention_days: None,
            scans: scans
                .iter()
                .map(|(day, oldest)| Scan {
                    day: *day,
                    oldest: *oldest,
                    newest: oldest.map(|_| *day),
                    messages: u64::from(oldest.is_some()),
                })
                .collect(),
            archive: false,
        }
    }

    #[test]
    fn only_days_that_could_be_seen_are_observed() {
        let today = date(2026, 6, 20);
        let check = |one: MailboxFacts, want: &[(&str, &str)], why: &str| {
            let got: Vec<(String, String)> = observed(&[one], Stream::Junk, today)
                .runs()
                .iter()
                .map(|(a, b)| (a.to_string(), b.to_string()))
                .collect();
            let want: Vec<(String, String)> = want
                .iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
                .collect();
            assert_eq!(got, want, "{why}");
        };
        check(
            mailbox(Role::Junk, &[(today, None)]),
            &[("2026-06-20", "2026-06-20")],
            "an empty folder from its first scan on",
        );
        check(
            mailbox(Role::Junk, &[(today, Some(date(2026, 6, 8)))]),
            &[("2026-06-08", "2026-06-20")],
            "a folder that was emptied 12 days ago",
        );
        check(
            mailbox(Role::Junk, &[(today, Some(date(2026, 5, 21)))]),
            &[("2026-05-22", "2026-06-20")],
            "30 days are kept: 29 are sure",
        );
        check(
            mailbox(
                Role::Junk,
                &[
                    (date(2026, 3, 1), Some(date(2025, 9, 1))),
                    (today, Some(date(2025, 9, 1))),
                ],
            ),
            &[("2025-09-01", "2026-06-20")],
            "nothing is ever deleted",
        );
        check(
            mailbox(
                Role::Junk,
                &[
                    (date(2026, 4, 1), Some(date(2026, 3, 2))),
                    (today, Some(date(2026, 5, 21))),
                ],
            ),
            &[("2026-03-03", "2026-04-01"), ("2026-05-22", "2026-06-20")],
            "days between scans that are too far apart are missing",
        );
        check(
            mailbox(Role::Inbox, &[(today, Some(date(2024, 1, 1)))]),
            &[("2024-01-01", "2026-06-20")],
            "Inbox stands in for Junk",
        );
        let mut archive = mailbox(Role::Junk, &[(today, Some(date(2026, 1, 1)))]);
        archive.archive = true;
        archive.scans[0].newest = Some(date(2026, 2, 1));
        check(
            archive,
            &[("2026-01-01", "2026-02-01")],
            "an archive ends with its last message",
        );
    }
}
