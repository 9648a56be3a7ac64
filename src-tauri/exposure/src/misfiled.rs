//! Perhaps not junk: mail that lies in a junk folder although its sender is known.
//!
//! The address of a friend in From is the commonest disguise of spam. So a message counts only
//! when the user's own receiver verified the domain of From ([`Auth::passed`]); what merely claims
//! to come from somebody known is counted apart ([`Misfiled::unverified`]) and never listed. Of a
//! message that lies in Junk, and nowhere else but Trash, these rules are asked one after the
//! other, and the first that applies decides:
//!
//! | rule | what becomes of it |
//! |---|---|
//! | it came more than [`RECENT_DAYS`] days ago | left out: junk folders empty themselves |
//! | From is one of the user's own addresses or domains | left out, verified or not: nobody writes to themselves from outside |
//! | the user, or a mark of the mail program, said anything of it | left out: that word stands |
//! | the user, or a mark, called other mail of this sender junk in that time | left out |
//! | From was written to, is of no recorded service, and it is no bulk mail of a role | [`Why::Person`] |
//! | From is of a recorded service's own domain, whose mail nobody called junk | [`Why::Service`] |
//! | it answers a message that the user sent | [`Why::Answer`] |
//!
//! An answer is taken for one whoever wrote it. Conversations that were stolen with somebody's
//! mailbox are answered by strangers too, so it is shown by its address and never by the name
//! that it gives itself.

use crate::mail::Own;
use crate::proposals::is_role;
use crate::{AddrSpec, Auth, Verdict, VerdictSource};
use std::collections::{BTreeMap, BTreeSet};

/// How long a message is recent, in days.
pub const RECENT_DAYS: i64 = 30;

/// A recent message that lies in Junk, or that was called junk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lying {
    /// The ledger's number of the message.
    pub message: i64,
    /// The ledger's number of the own address that it came to.
    pub address: i64,
    /// Arrival, UTC seconds.
    pub arrived_at: i64,
    /// From.
    pub from: AddrSpec,
    /// The ledger's number of its organisational domain.
    pub from_org: i64,
    /// Name in From; empty where none is kept.
    pub name: String,
    /// What the user's own receiver says of From.
    pub auth: Auth,
    /// The verdict in force.
    pub verdict: Verdict,
    /// Who gave it.
    pub source: VerdictSource,
    /// It can be unsubscribed from, or came through a list.
    pub bulk: bool,
    /// It lies in a junk folder now and nowhere else but Trash.
    pub in_junk: bool,
    /// It answers a message that the user sent.
    pub answers: bool,
}

/// Who is known.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// What is the user's own.
    pub own: &'a Own,
    /// Addresses written to that are of no recorded service.
    pub people: &'a BTreeSet<String>,
    /// Recorded services by the organisational domains that are their own.
    pub services: &'a BTreeMap<i64, i64>,
    /// Services of whose own mail something was called junk.
    pub unwanted: &'a BTreeSet<i64>,
}

/// Why a message is perhaps not junk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// From somebody written to.
    Person,
    /// It answers a message that the user sent.
    Answer,
    /// From a recorded service; its number.
    Service(i64),
}

/// What of the mail in Junk is perhaps none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Misfiled {
    /// Messages with the reason, newest first, each once.
    pub found: Vec<(Lying, Why)>,
    /// How many more claim to come from a person or a service that is known, and are not verified.
    pub unverified: u32,
}

/// Which of these messages are perhaps not junk, at `now` (UTC seconds).
pub fn misfiled(lying: Vec<Lying>, known: &Known<'_>, now: i64) -> Misfiled {
    let said_junk = |one: &Lying| {
        one.verdict == Verdict::Junk
            && match one.source {
                VerdictSource::User | VerdictSource::Keyword => true,
                VerdictSource::Folder | VerdictSource::Header | VerdictSource::Nobody => false,
            }
    };
    // Who only claims to be the sender cannot make their mail unwanted.
    let refused: BTreeSet<AddrSpec> = lying
        .iter()
        .filter(|one| said_junk(one) && one.auth.passed())
        .map(|one| one.from.clone())
        .collect();
    let by_place_alone = |one: &Lying| {
        one.verdict == Verdict::Junk
            && match one.source {
                VerdictSource::Folder | VerdictSource::Header => true,
                VerdictSource::User | VerdictSource::Keyword | VerdictSource::Nobody => false,
            }
    };
    let since = now - RECENT_DAYS * 86_400;
    let mut seen = BTreeSet::new();
    let mut misfiled = Misfiled::default();
    for one in lying {
        let left_out = !one.in_junk
            || one.arrived_at < since
            || !by_place_alone(&one)
            || known.own.has(&one.from)
            || refused.contains(&one.from);
        if left_out {
            continue;
        }
        let Some(why) = why(&one, known) else {
            continue;
        };
        if !seen.insert(one.message) {
            continue;
        }
        match (one.auth.passed(), why) {
            (true, _) => misfiled.found.push((one, why)),
            (false, Why::Person | Why::Service(_)) => misfiled.unverified += 1,
            (false, Why::Answer) => {}
        }
    }
    misfiled
        .found
        .sort_by_key(|(one, _)| std::cmp::Reverse((one.arrived_at, one.message)));
    misfiled
}

fn why(one: &Lying, known: &Known<'_>) -> Option<Why> {
    let of_office = one.bulk && is_role(one.from.local());
    if !of_office && known.people.contains(&one.from.to_string()) {
        return Some(Why::Person);
    }
    let service = known.services.get(&one.from_org);
    if let Some(service) = service.filter(|service| !known.unwanted.contains(service)) {
        return Some(Why::Service(*service));
    }
    one.answers.then_some(Why::Answer)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::bool::ANY as ANY_BOOL;
    use proptest::prelude::*;
    use proptest::sample::select;

    const NOW: i64 = 1_781_956_800;
    const SHOP: i64 = 7;

    fn lying() -> Lying {
        Lying {
            message: 1,
            address: 1,
            arrived_at: NOW - 3600,
            from: AddrSpec::parse("ada@friend.example").unwrap(),
            from_org: 3,
            name: "Ada".into(),
            auth: Auth::Dkim,
            verdict: Verdict::Junk,
            source: VerdictSource::Folder,
            bulk: false,
            in_junk: true,
            answers: false,
        }
    }

    fn own() -> Own {
        Own {
            addresses: [AddrSpec::parse("me@example.org").unwrap()].into(),
            domains: ["me.example".to_owned()].into(),
            separator: '+',
        }
    }

    fn people() -> BTreeSet<String> {
        ["ada@friend.example", "info@firm.example", "x@me.example"]
            .map(str::to_owned)
            .into()
    }

    fn found(lying: Vec<Lying>) -> (Vec<Why>, u32) {
        let known = Known {
            own: &own(),
            people: &people(),
            services: &[(SHOP, 70), (8, 80)].into(),
            unwanted: &[80].into(),
        };
        let misfiled = misfiled(lying, &known, NOW);
        let found = misfiled.found.iter().map(|(_, why)| *why).collect();
        (found, misfiled.unverified)
    }

    #[test]
    fn lists_who_is_known_and_verified_and_nobody_else() {
        let check = |name: &str, change: &dyn Fn(&mut Lying), want: Option<Why>| {
            let mut one = lying();
            change(&mut one);
            assert_eq!(found(vec![one]).0, Vec::from_iter(want), "{name}");
        };
        let from = |one: &mut Lying, spec: &str, org: i64| {
            one.from = AddrSpec::parse(spec).unwrap();
            one.from_org = org;
        };
        check("a person written to", &|_| {}, Some(Why::Person));
        check(
            "judged by its header",
            &|o| o.source = VerdictSource::Header,
            Some(Why::Person),
        );
        check("SPF alone", &|o| o.auth = Auth::Spf, Some(Why::Person));
        check("not verified", &|o| o.auth = Auth::None, None);
        check("a failed check", &|o| o.auth = Auth::Fail, None);
        check("too old", &|o| o.arrived_at = NOW - 31 * 86_400, None);
        check("moved away", &|o| o.in_junk = false, None);
        check(
            "the user said junk",
            &|o| o.source = VerdictSource::User,
            None,
        );
        check(
            "the mail program said junk",
            &|o| o.source = VerdictSource::Keyword,
            None,
        );
        check(
            "the user said wanted",
            &|o| (o.verdict, o.source) = (Verdict::Wanted, VerdictSource::User),
            None,
        );
        check("a stranger", &|o| from(o, "x@stranger.example", 5), None);
        check(
            "another at the same firm",
            &|o| from(o, "bob@friend.example", 3),
            None,
        );
        check("an own address", &|o| from(o, "me@example.org", 4), None);
        check("a tag of one", &|o| from(o, "me+shop@example.org", 4), None);
        check("an own domain", &|o| from(o, "x@me.example", 4), None);
        check(
            "a role written to",
            &|o| from(o, "info@firm.example", 6),
            Some(Why::Person),
        );
        check(
            "a role's bulk mail",
            &|o| {
                from(o, "info@firm.example", 6);
                o.bulk = true;
            },
            None,
        );
        check(
            "a person through a list",
            &|o| o.bulk = true,
            Some(Why::Person),
        );
        check(
            "a service",
            &|o| from(o, "news@shop.example", SHOP),
            Some(Why::Service(70)),
        );
        check(
            "one whose mail is unwanted",
            &|o| from(o, "news@loud.example", 8),
            None,
        );
        let answer = |o: &mut Lying| {
            from(o, "bob@other.example", 5);
            o.answers = true;
        };
        check("an answer", &answer, Some(Why::Answer));
        check(
            "an answer that is not verified",
            &|o| {
                answer(o);
                o.auth = Auth::None;
            },
            None,
        );
        check(
            "an answer in the user's own name",
            &|o| {
                answer(o);
                from(o, "me@example.org", 4);
            },
            None,
        );
    }

    #[test]
    fn a_disguise_is_counted_apart() {
        let forged = |message: i64| Lying {
            message,
            auth: Auth::Fail,
            ..lying()
        };
        let true_one = Lying {
            message: 9,
            ..lying()
        };
        assert_eq!(
            found(vec![forged(1), true_one, forged(2), forged(2)]),
            (vec![Why::Person], 2)
        );
    }

    #[test]
    fn who_was_called_junk_is_not_listed_again_and_a_disguise_cannot_bring_that_about() {
        let said = |auth: Auth| Lying {
            message: 2,
            source: VerdictSource::User,
            in_junk: false,
            auth,
            ..lying()
        };
        assert_eq!(found(vec![lying(), said(Auth::Both)]).0, []);
        assert_eq!(found(vec![lying(), said(Auth::Fail)]).0, [Why::Person]);
    }

    fn any() -> impl Strategy<Value = Lying> {
        let from = select(vec![
            ("ada@friend.example", 3),
            ("info@firm.example", 6),
            ("me+tag@example.org", 4),
            ("news@shop.example", SHOP),
            ("news@loud.example", 8),
            ("x@stranger.example", 5),
        ]);
        let judged = (select(Verdict::ALL), select(VerdictSource::ALL));
        let flags = (ANY_BOOL, ANY_BOOL, ANY_BOOL);
        (1_i64..9, 0_i64..40, from, select(Auth::ALL), judged, flags).prop_map(
            |(message, days, (from, from_org), auth, (verdict, source), flags)| Lying {
                message,
                arrived_at: NOW - days * 86_400 - message,
                from: AddrSpec::parse(from).unwrap(),
                from_org,
                auth,
                verdict,
                source,
                bulk: flags.0,
                in_junk: flags.1,
                answers: flags.2,
                ..lying()
            },
        )
    }

    proptest! {
        #[test]
        fn nothing_is_listed_that_is_not_verified_recent_in_junk_and_left_to_the_filter(
            all in proptest::collection::vec(any(), 0..12))
        {
            let own = own();
            let people = people();
            let services = [(SHOP, 70), (8, 80)].into();
            let unwanted = [80].into();
            let known = Known { own: &own, people: &people, services: &services, unwanted: &unwanted };
            let found = misfiled(all, &known, NOW).found;
            for (one, _) in &found {
                prop_assert!(one.auth.passed() && one.in_junk && !own.has(&one.from));
                prop_assert!(one.arrived_at >= NOW - RECENT_DAYS * 86_400);
                prop_assert!(matches!(one.source, VerdictSource::Folder | VerdictSource::Header));
            }
            let order: Vec<i64> = found.iter().map(|(one, _)| one.arrived_at).collect();
            prop_assert!(order.is_sorted_by(|a, b| a >= b), "newest first: {order:?}");
            let each: BTreeSet<i64> = found.iter().map(|(one, _)| one.message).collect();
            prop_assert_eq!(each.len(), found.len(), "each once");
        }
    }
}
