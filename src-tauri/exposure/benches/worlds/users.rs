//! Made-up users (detection.md 4.4). The truth follows other laws than the model: lognormal
//! delays, service risks that the program does not know, three spammers who trade lists and mix
//! them in a campaign, missing services, wrong dates, campaign copies that are not recognised,
//! false notices and innocent catalogue entries.

use super::random::Random;
use exposure::assess::Standing;
use exposure::attribution::graph::{
    Edge, Form, Graph, Greeting, Junk, Listing, MadeFor, Mention, Name, Node, Onset, Overlap,
    Source, SourceKind,
};
use exposure::attribution::{Guessable, Timing, Tried};
use std::collections::{BTreeMap, BTreeSet};

/// Days of the ledger, and the first one that is watched.
const DAYS: i64 = 2190;
const WATCHED: i64 = 1095;
/// The number of the public page.
const PAGE: i64 = 100_000;

/// The laws of one world.
#[derive(Clone, Copy)]
pub struct World {
    pub name: &'static str,
    /// Share of services that are not recorded, from and to.
    missing: (f64, f64),
    /// Median days from a leak to the use of its list.
    lag: f64,
    /// A leak is told, a service without one tells of one (per year).
    notice: f64,
    false_notice: f64,
    /// The same for entries in a catalogue.
    entry: f64,
    false_entry: f64,
    /// Share of given dates that are remembered wrongly, by about 60 days.
    wrong_date: f64,
    /// Share of leaks that are a passing on soon after giving.
    share: f64,
    /// Spammers have a list, and use one that they have in a campaign, this often.
    trade: f64,
    mixed: f64,
    /// Share of services with a second address.
    dual: f64,
    /// Share of campaign copies that are not recognised.
    unrecognised: f64,
    /// Share of users with a public page.
    page: f64,
    /// Leaks of people written with, per user.
    contact: f64,
    /// Share of leaked tagged forms whose tag is taken off.
    stripped: f64,
}

const BASE: World = World {
    name: "as simulated",
    missing: (0.08, 0.25),
    lag: 12.0,
    notice: 0.2,
    false_notice: 0.004,
    entry: 0.25,
    false_entry: 0.006,
    wrong_date: 0.2,
    share: 0.4,
    trade: 0.5,
    mixed: 0.7,
    dual: 0.12,
    unrecognised: 0.1,
    page: 0.15,
    contact: 0.0,
    stripped: 0.0,
};

/// The worlds of detection.md 4.4, and the two that 4.1 asks for.
pub fn worlds() -> Vec<World> {
    let rare = World {
        notice: 0.1,
        false_notice: 0.016,
        entry: 0.12,
        false_entry: 0.024,
        ..BASE
    };
    let named = |name: &'static str, world: World| World { name, ..world };
    vec![
        BASE,
        named(
            "a third of services missing in the ledger",
            World {
                missing: (0.25, 0.45),
                ..BASE
            },
        ),
        named(
            "slow lists (median lag 60 days)",
            World { lag: 60.0, ..BASE },
        ),
        named(
            "notices rarer (x1/2), false notices and innocent catalogue entries x4",
            rare,
        ),
        named(
            "60% of given dates wrong by ~60 days",
            World {
                wrong_date: 0.6,
                ..BASE
            },
        ),
        named("no sharing, breaches only", World { share: 0.0, ..BASE }),
        named(
            "spammers trade and mail everything together",
            World {
                trade: 1.0,
                mixed: 1.0,
                ..BASE
            },
        ),
        named(
            "40% of campaign copies not recognised",
            World {
                unrecognised: 0.4,
                ..BASE
            },
        ),
        named("nobody holds two addresses", World { dual: 0.0, ..BASE }),
        named(
            "everything at once",
            World {
                missing: (0.25, 0.45),
                lag: 60.0,
                wrong_date: 0.6,
                trade: 1.0,
                mixed: 1.0,
                unrecognised: 0.4,
                ..rare
            },
        ),
        named(
            "contacts leak (new)",
            World {
                contact: 1.0,
                ..BASE
            },
        ),
        named(
            "tags are taken off (new)",
            World {
                stripped: 0.5,
                ..BASE
            },
        ),
    ]
}

/// Where junk really came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// A service or page by its number.
    Recorded(i64),
    Unrecorded,
    Guessed,
    Contact,
}

/// Which of the newer rules a graph follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// Those of the reference simulation: no dedicated addresses, two classes of guessing, no
    /// rule for domains where nothing was tried, no provider.
    Reference,
    /// All of detection.md 4.1 and 4.2.
    Shipped,
}

/// One user: what is recorded and seen, and the truth by address.
pub struct User {
    pub graph: Graph,
    pub truth: BTreeMap<usize, Truth>,
    /// Addresses whose recorded holders are at least two, or exactly one.
    pub holders: Vec<usize>,
}

struct Leak {
    truth: Truth,
    day: i64,
    addresses: Vec<usize>,
    breach: bool,
    /// Whether never-given local parts are hit too.
    attack: bool,
}

/// What kind of local part an alias has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alias {
    Main,
    Group,
    /// Made for one service: its brand, a random part, a tag or something else.
    Own(Guessable),
}

/// A user of this world.
pub fn user(random: &mut Random, world: World, rules: Rules) -> User {
    let addresses = random.below(5, 41) as usize;
    let services = random.below(20, 301);
    let mains = random.below(1, 4) as usize;
    let grouped = random.below(0, ((addresses - mains) / 3).max(1) as i64 + 1) as usize;
    let alias: Vec<Alias> = (0..addresses)
        .map(|a| {
            if a < mains {
                Alias::Main
            } else if a < mains + grouped {
                Alias::Group
            } else {
                Alias::Own(match random.index(4) {
                    0 => Guessable::Brand,
                    1 => Guessable::Hardly,
                    2 => Guessable::Tag,
                    _ => Guessable::Somewhat,
                })
            }
        })
        .collect();
    let mut free: Vec<usize> = (mains + grouped..addresses).collect();
    let own = random.uniform(0.1, 0.8);
    let mut given: Vec<BTreeMap<usize, i64>> = Vec::new();
    let mut special: Vec<bool> = Vec::new();
    for _ in 0..services {
        special.push(random.chance(0.2));
        let draw = random.unit();
        let address = if let Some(made) = free.pop_if(|_| draw < own) {
            made
        } else if draw < own + 0.15 && grouped > 0 {
            mains + random.index(grouped)
        } else {
            random.index(mains)
        };
        let day = random.below(0, DAYS - 60);
        let mut of = BTreeMap::from([(address, day)]);
        if random.chance(world.dual) {
            let second = random.index(addresses);
            if second != address {
                let later = day + random.exponential(300.0) as i64;
                of.insert(second, later.min(DAYS - 1));
            }
        }
        given.push(of);
    }
    let risk: Vec<f64> = given.iter().map(|_| random.gamma(0.7)).collect();
    let catch_all = random.chance(0.4);
    let easy: BTreeSet<usize> = (0..addresses)
        .filter(|a| random.chance(if *a < mains { 0.5 } else { 0.1 }))
        .collect();
    let page = random
        .chance(world.page)
        .then(|| (random.below(0, DAYS - 200), random.index(mains)));
    let contacts: u32 = if world.contact > 0.0 { 60 } else { 0 };
    let mut leaks = service_leaks(random, world, &given, &risk);
    if let Some((day, address)) = page.filter(|_| random.chance(0.6)) {
        let leaked = day + random.exponential(150.0) as i64;
        if (WATCHED..DAYS - 10).contains(&leaked) {
            leaks.push(Leak {
                truth: Truth::Recorded(PAGE),
                day: leaked,
                addresses: vec![address],
                breach: false,
                attack: false,
            });
        }
    }
    if catch_all && !easy.is_empty() && random.chance(0.15) {
        leaks.push(Leak {
            truth: Truth::Guessed,
            day: random.below(WATCHED, DAYS - 20),
            addresses: easy.iter().copied().collect(),
            breach: false,
            attack: true,
        });
    }
    if random.chance(world.contact) {
        leaks.push(Leak {
            truth: Truth::Contact,
            day: random.below(WATCHED, DAYS - 20),
            addresses: vec![random.index(mains)],
            breach: false,
            attack: false,
        });
    }
    let base = 0;
    for leak in &mut leaks {
        for address in &mut leak.addresses {
            let tagged = matches!(alias[*address], Alias::Own(Guessable::Tag));
            if tagged && random.chance(world.stripped) {
                *address = base;
            }
        }
        leak.addresses.dedup();
    }
    // When each list reaches each address, and which reached it first.
    let mut first: BTreeMap<usize, (f64, Truth)> = BTreeMap::new();
    let mut lists: Vec<(BTreeMap<usize, f64>, bool)> = Vec::new();
    for leak in &leaks {
        let lag = random.lognormal(world.lag, 1.0);
        let mut reached = BTreeMap::new();
        for address in &leak.addresses {
            if random.chance(0.8) {
                reached.insert(*address, leak.day as f64 + lag + random.exponential(6.0));
            }
        }
        for (address, day) in &reached {
            let earlier = first.get(address).is_none_or(|(known, _)| day < known);
            if *day < (DAYS - 3) as f64 && earlier {
                first.insert(*address, (*day, leak.truth));
            }
        }
        lists.push((reached, leak.attack));
    }
    let old: BTreeSet<usize> = (0..mains).filter(|_| random.chance(0.15)).collect();
    let flagged: BTreeMap<usize, (f64, Truth)> = first
        .into_iter()
        .filter(|(a, (day, _))| *day >= WATCHED as f64 && !old.contains(a))
        .collect();
    let seen = campaigns(random, world, &lists, &flagged);
    let first_hit = seen.iter().find(|c| c.attack && catch_all).map(|c| c.day);
    // The ledger as recorded.
    let missing = random.uniform(world.missing.0, world.missing.1);
    let hidden: BTreeSet<i64> = (0..services).filter(|_| random.chance(missing)).collect();
    let mut sources: BTreeMap<i64, Source> = BTreeMap::new();
    let edge = |given: f64| Edge {
        from: given,
        until: given,
        form: Form::AsIs,
        name: Name::Unknown,
        mention: Mention::None,
    };
    let source = |id: i64, kind: SourceKind| Source {
        id,
        kind,
        edges: BTreeMap::new(),
        standing: Standing::Recorded,
        notices: Vec::new(),
        entries: Vec::new(),
        mails: Vec::new(),
    };
    for (service, of) in (0..).zip(&given) {
        if hidden.contains(&service) {
            continue;
        }
        let mut one = source(service, SourceKind::Service);
        for (address, day) in of {
            let told = if random.chance(world.wrong_date) {
                (*day as f64 + random.normal(0.0, 60.0))
                    .clamp(0.0, (DAYS - 1) as f64)
                    .floor()
            } else {
                *day as f64
            };
            one.edges.insert(*address, edge(told));
        }
        sources.insert(service, one);
    }
    if let Some((day, address)) = page.filter(|_| random.chance(0.7)) {
        let mut one = source(PAGE, SourceKind::Page);
        one.edges.insert(address, edge(day as f64));
        sources.insert(PAGE, one);
    }
    public_knowledge(random, world, &given, &leaks, &mut sources);
    let mut greetings: BTreeMap<usize, Option<i64>> = BTreeMap::new();
    let mut truth = BTreeMap::new();
    for (address, (_, cause)) in &flagged {
        let known = match cause {
            Truth::Recorded(s) if !sources.contains_key(s) => Truth::Unrecorded,
            Truth::Recorded(_) | Truth::Unrecorded | Truth::Guessed | Truth::Contact => *cause,
        };
        truth.insert(*address, known);
        let service = match cause {
            Truth::Recorded(s) if *s != PAGE => Some(*s),
            Truth::Recorded(_) | Truth::Unrecorded | Truth::Guessed | Truth::Contact => None,
        };
        let spelt = service.filter(|s| special[*s as usize]);
        if spelt.is_some() && random.chance(0.3) {
            greetings.insert(*address, spelt);
        } else if random.chance(0.03) {
            greetings.insert(*address, None);
        }
        if let Some(s) = service.filter(|_| random.chance(0.1))
            && let Some(edge) = sources.get_mut(&s).and_then(|s| s.edges.get_mut(address))
        {
            edge.mention = Mention::Seen;
        }
        for one in sources.values_mut() {
            if let Some(edge) = one.edges.get_mut(address)
                && random.chance(0.003)
            {
                edge.mention = Mention::Seen;
            }
        }
    }
    for (address, of) in &greetings {
        for one in sources.values_mut() {
            let given = *of == Some(one.id);
            if let Some(edge) = one.edges.get_mut(address) {
                edge.name = if given { Name::Given } else { Name::Other };
            }
        }
    }
    if world.stripped > 0.0 {
        tagged_forms(&alias, &mut sources, base);
    }
    let holders: Vec<usize> = (0..addresses)
        .map(|a| {
            let has = |s: &&Source| s.edges.get(&a).is_some_and(|e| e.form == Form::AsIs);
            sources.values().filter(has).count()
        })
        .collect();
    let mut nodes = Vec::new();
    for a in 0..addresses {
        let onset = flagged.get(&a).map(|(day, _)| onset(random, *day));
        let tried = match (&onset, rules) {
            (Some(onset), _) if catch_all && first_hit.is_some() => {
                trap(&seen, a, flagged[&a].0, onset.day, first_hit.unwrap_or(0.0))
            }
            (Some(onset), Rules::Shipped) if catch_all && onset.day >= (WATCHED + 90) as f64 => {
                Tried::Nothing
            }
            _ => Tried::Unknown,
        };
        let dedicated =
            rules == Rules::Shipped && holders[a] == 1 && !matches!(alias[a], Alias::Main);
        let class = match (rules, alias[a]) {
            _ if easy.contains(&a) => Guessable::Easily,
            (Rules::Shipped, Alias::Own(class)) => class,
            (Rules::Shipped, Alias::Main | Alias::Group) | (Rules::Reference, _) => {
                Guessable::Somewhat
            }
        };
        nodes.push(Node {
            id: a as i64,
            junk: match onset {
                Some(onset) => Junk::Began(onset),
                None if old.contains(&a) => Junk::Unwatched,
                None => Junk::Silent,
            },
            made_for: if dedicated {
                MadeFor::OneService
            } else {
                MadeFor::Anyone
            },
            guessable: class,
            tried: match (class, tried) {
                (Guessable::Brand | Guessable::Hardly | Guessable::Tag, Tried::Others { .. }) => {
                    Tried::Unknown
                }
                _ => tried,
            },
            contacts: if a < mains { contacts } else { 0 },
            greeting: if greetings.contains_key(&a) {
                Greeting::Personal
            } else {
                Greeting::None
            },
        });
    }
    if rules == Rules::Shipped {
        let mut account = source(-1, SourceKind::Provider);
        for a in 0..addresses {
            account.edges.insert(a, edge(0.0));
        }
        sources.insert(i64::MAX, account);
    }
    let graph = Graph {
        now: DAYS as f64,
        nodes,
        overlaps: overlaps(&seen, &flagged),
        sources: sources.into_values().collect(),
    };
    User {
        graph,
        truth,
        holders,
    }
}

/// One to three services leak: a breach, or a passing on soon after giving.
fn service_leaks(
    random: &mut Random,
    world: World,
    given: &[BTreeMap<usize, i64>],
    risk: &[f64],
) -> Vec<Leak> {
    let mut left: Vec<(usize, f64)> = risk.iter().copied().enumerate().collect();
    let count = random.below(1, 4) as usize;
    let mut leaks = Vec::new();
    for _ in 0..count.min(left.len()) {
        let total: f64 = left.iter().map(|(_, r)| r).sum();
        let mut draw = random.unit() * total;
        let at = left
            .iter()
            .position(|(_, r)| {
                draw -= r;
                draw <= 0.0
            })
            .unwrap_or(left.len() - 1);
        let (service, _) = left.remove(at);
        let of = &given[service];
        let first = of.values().copied().min().unwrap_or(0);
        let breach = !random.chance(world.share) || first < WATCHED;
        let day = if breach {
            let from = (first + 5).max(WATCHED - 60);
            if from < DAYS - 20 {
                random.below(from, DAYS - 20)
            } else {
                DAYS - 21
            }
        } else {
            (first + random.exponential(35.0) as i64).min(DAYS - 5)
        };
        leaks.push(Leak {
            truth: Truth::Recorded(service as i64),
            day,
            addresses: of
                .iter()
                .filter(|(_, g)| **g <= day)
                .map(|(a, _)| *a)
                .collect(),
            breach,
            attack: false,
        });
    }
    leaks
}

/// A campaign as far as it was recognised.
struct Campaign {
    day: f64,
    reached: BTreeSet<usize>,
    attack: bool,
}

fn campaigns(
    random: &mut Random,
    world: World,
    lists: &[(BTreeMap<usize, f64>, bool)],
    flagged: &BTreeMap<usize, (f64, Truth)>,
) -> Vec<Campaign> {
    let mut spammers: Vec<BTreeSet<usize>> = (0..3)
        .map(|_| {
            (0..lists.len())
                .filter(|_| random.chance(world.trade))
                .collect()
        })
        .collect();
    for list in 0..lists.len() {
        if !spammers.iter().any(|s| s.contains(&list)) {
            let one = random.index(3);
            spammers[one].insert(list);
        }
    }
    let mut all = Vec::new();
    for spammer in &spammers {
        let rate = random.uniform(0.03, 0.4);
        if spammer.is_empty() {
            continue;
        }
        let span = (DAYS - WATCHED) as f64;
        let mut days: Vec<f64> = (0..random.poisson(rate * span))
            .map(|_| random.uniform(WATCHED as f64, DAYS as f64))
            .collect();
        days.sort_by(f64::total_cmp);
        for day in days {
            let used: Vec<usize> = spammer
                .iter()
                .copied()
                .filter(|_| random.chance(world.mixed))
                .collect();
            let reach = random.beta(3.0, 2.0);
            let mut reached = BTreeSet::new();
            let mut attack = false;
            for list in used {
                let (since, guessing) = &lists[list];
                for (address, from) in since {
                    if *from <= day && random.chance(reach) {
                        reached.insert(*address);
                    }
                }
                let began = since.values().copied().reduce(f64::min);
                if *guessing && began.is_some_and(|b| day >= b) && random.chance(0.8) {
                    attack = true;
                }
            }
            if reached.is_empty() {
                continue;
            }
            reached.retain(|a| flagged.contains_key(a) && !random.chance(world.unrecognised));
            all.push(Campaign {
                day,
                reached,
                attack,
            });
        }
    }
    all.sort_by(|a, b| a.day.total_cmp(&b.day));
    all
}

fn overlaps(
    seen: &[Campaign],
    flagged: &BTreeMap<usize, (f64, Truth)>,
) -> BTreeMap<(usize, usize), Overlap> {
    let count = |of: &dyn Fn(&Campaign) -> bool| seen.iter().filter(|c| of(c)).count() as u32;
    let addresses: Vec<usize> = flagged.keys().copied().collect();
    let mut all = BTreeMap::new();
    for (k, a) in addresses.iter().enumerate() {
        for b in addresses.iter().skip(k + 1) {
            let of = count(&|c| c.reached.contains(a))
                .min(count(&|c| c.reached.contains(b)))
                .min(40);
            let both = count(&|c| c.reached.contains(a) && c.reached.contains(b));
            if of > 0 {
                let common = both.min(of);
                all.insert((*a, *b), Overlap { common, of });
            }
        }
    }
    all
}

/// Campaigns of the first thirty days of an address that hit never-given parts too.
fn trap(seen: &[Campaign], address: usize, began: f64, day: f64, first_hit: f64) -> Tried {
    let early = seen
        .iter()
        .filter(|c| c.reached.contains(&address) && c.day <= began + 30.0);
    let (mut common, mut of) = (0, 0);
    for campaign in early {
        of += 1;
        common += u32::from(campaign.attack);
    }
    Tried::Others {
        common,
        of,
        timing: Timing::of(day, first_hit),
        local_parts: 1,
    }
}

fn onset(random: &mut Random, day: f64) -> Onset {
    let error = random.normal(0.0, 4.0);
    let (lo, hi) = ((day + error - 7.0).max(0.0), day + error + 7.0);
    let at = |k: usize| lo + (hi - lo) * k as f64 / 4.0;
    Onset {
        day: (lo + hi) / 2.0,
        days: (0..5).map(|k| (at(k), 0.2)).collect(),
    }
}

/// Notices and catalogue entries, true and false.
fn public_knowledge(
    random: &mut Random,
    world: World,
    given: &[BTreeMap<usize, i64>],
    leaks: &[Leak],
    sources: &mut BTreeMap<i64, Source>,
) {
    for (id, source) in sources.iter_mut().filter(|(id, _)| **id != PAGE) {
        let breach = leaks
            .iter()
            .find(|l| l.breach && l.truth == Truth::Recorded(*id))
            .map(|l| l.day);
        if let Some(day) = breach {
            if random.chance(world.notice) {
                source
                    .notices
                    .push((day + random.exponential(150.0) as i64) as f64);
            }
            if random.chance(world.entry) {
                let listing = if random.chance(0.5) {
                    Listing::ThisAddress
                } else {
                    Listing::DomainOnly
                };
                let recorded = day + random.normal(0.0, 30.0) as i64;
                source.entries.push((recorded as f64, listing));
            }
        }
        let watched = (DAYS - WATCHED) as f64 / 365.0;
        if source.notices.is_empty() && random.chance(world.false_notice * watched) {
            source.notices.push(random.below(WATCHED, DAYS) as f64);
        }
        source.notices.retain(|day| *day <= DAYS as f64);
        let first = given[*id as usize].values().copied().min().unwrap_or(0);
        let known = (DAYS - first) as f64 / 365.0;
        if source.entries.is_empty() && random.chance(world.false_entry * known) {
            let listing = if random.chance(0.5) {
                Listing::DomainOnly
            } else {
                Listing::Absent
            };
            source
                .entries
                .push((random.below(first, DAYS) as f64, listing));
        }
    }
}

/// Every holder of a tagged form may be the source of junk at its base.
fn tagged_forms(alias: &[Alias], sources: &mut BTreeMap<i64, Source>, base: usize) {
    for source in sources.values_mut() {
        let tagged = source
            .edges
            .iter()
            .find(|(a, _)| matches!(alias[**a], Alias::Own(Guessable::Tag)))
            .map(|(_, edge)| Edge {
                form: Form::Tagged,
                ..*edge
            });
        if let Some(edge) = tagged {
            source.edges.entry(base).or_insert(edge);
        }
    }
}
