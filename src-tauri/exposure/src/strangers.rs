//! Addresses shown to strangers: a mail that names many people in To and Cc shows each of them to
//! all the others.
//!
//! The rule: only people count whom the mail does not bring together anyway. Colleagues of the
//! sender and of the user are left out (same organisational domain, unless that is a mail provider
//! of everybody's), and so is mail of a list, of people whom the user writes to, and junk: friends
//! who write to friends expose nobody, and whoever sends junk has the addresses already. A service
//! may not show its customers to one another, so five others are enough there; of anyone else it
//! takes thirty.

use crate::mail::{MessageFacts, Own, StandsIn};
use crate::proposals::everybodys;
use crate::{AddrSpec, org_domain};
use std::collections::BTreeSet;

/// So many others in a mail of a service are an exposure.
pub const OF_A_SERVICE: u32 = 5;
/// So many others in a mail of anyone else that the user does not write with.
pub const OF_ANYONE: u32 = 30;

/// A mail that shows addresses to strangers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Own addresses that stand in To or Cc.
    pub own: Vec<AddrSpec>,
    /// Strangers in To and Cc.
    pub others: u32,
}

/// The own addresses that a mail shows, and to how many strangers; `None` where they are fewer
/// than [`OF_A_SERVICE`], or where none of the user's stands among them (Bcc).
pub fn shown(facts: &MessageFacts, own: &Own) -> Option<Shown> {
    if facts.list.is_some() {
        return None;
    }
    let named = || {
        let to = facts.candidates.iter();
        to.filter(|c| c.stands_in == StandsIn::ToCc)
            .map(|c| &c.spec)
    };
    let mine: Vec<AddrSpec> = named().filter(|spec| own.has(spec)).cloned().collect();
    if mine.is_empty() {
        return None;
    }
    let company = |spec: &AddrSpec| {
        let org = org_domain(spec.domain());
        (!everybodys(&org)).then_some(org)
    };
    let companies: BTreeSet<String> = mine.iter().chain(&facts.from).filter_map(company).collect();
    let strangers = named().filter(|spec| !own.has(spec) && Some(*spec) != facts.from.as_ref());
    let strangers = strangers.filter(|spec| !companies.contains(&org_domain(spec.domain())));
    let others: BTreeSet<&AddrSpec> = strangers.collect();
    let others = u32::try_from(others.len()).unwrap_or(u32::MAX);
    (others >= OF_A_SERVICE).then_some(Shown { own: mine, others })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::mail::{Receiver, read};

    fn check(from: &str, to: &[String], more: &str, expected: Option<u32>) {
        let header = format!("From: {from}\r\nTo: {}\r\n{more}", to.join(",\r\n "));
        let facts = read(header.as_bytes(), &Receiver::default());
        let own = Own {
            addresses: [AddrSpec::parse("me@me.example").unwrap()].into(),
            domains: BTreeSet::new(),
            separator: '+',
        };
        let shown = shown(&facts, &own);
        assert_eq!(shown.map(|s| s.others), expected, "{header}");
    }

    fn people(count: usize, domain: impl Fn(usize) -> String) -> Vec<String> {
        let named = |n: usize| format!("person{n}@{}", domain(n));
        let mut all: Vec<String> = (0..count).map(named).collect();
        all.push("me@me.example".into());
        all
    }

    #[test]
    fn counts_people_who_have_nothing_to_do_with_one_another() {
        let elsewhere = |n: usize| format!("company{n}.example");
        check("shop@shop.example", &people(214, elsewhere), "", Some(214));
        check("shop@shop.example", &people(5, elsewhere), "", Some(5));
        check("shop@shop.example", &people(4, elsewhere), "", None);
        check(
            "shop@shop.example",
            &people(9, |_| "gmail.com".into()),
            "",
            Some(9),
        );
        check(
            "a@shop.example",
            &people(50, |_| "shop.example".into()),
            "",
            None,
        );
        check(
            "a@shop.example",
            &people(50, |_| "me.example".into()),
            "",
            None,
        );
        check(
            "a@shop.example",
            &people(50, elsewhere),
            "List-Id: <club.example>\r\n",
            None,
        );
        let bcc: Vec<String> = people(50, elsewhere).into_iter().take(50).collect();
        check(
            "a@shop.example",
            &bcc,
            "Delivered-To: me@me.example\r\n",
            None,
        );
        let mut twice = people(5, elsewhere);
        twice.extend(people(5, elsewhere));
        check("shop@shop.example", &twice, "", Some(5));
    }
}
