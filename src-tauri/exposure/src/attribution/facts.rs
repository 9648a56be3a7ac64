//! From the facts of a ledger to its graph.

use super::calendar::Calendar;
use super::compared::Overlaps;
use super::explanation::{Explanation, Origin, VERY_LIKELY, explain, said, suspect};
use super::graph::{
    Edge, Form, Graph, Greeting, Junk, MadeFor, Mailed, Mention, Name, Node, Onset, Source,
    SourceKind,
};
use super::guessing::{Guessable, Tried};
use super::model::{CAP, CAP_LIKELY, TEMPER};
use crate::assess::{
    AddressFacts, EvidenceKind, ExposureKind, Holder, HolderKind, Ledger, Standing, Suspect, Turn,
};
use crate::{AddressKind, Confidence};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is not known may have been given at any time; this many days before stand for it.
const UNKNOWN_GIVEN: f64 = 365.0;
/// What separates a tag from the local part (RFC 5233).
const SEPARATORS: [char; 2] = ['+', '-'];

/// Whether an address was made for one service alone (detection.md 4.1).
pub fn is_dedicated(address: &AddressFacts) -> bool {
    made_for_one(
        address.kind,
        address.dedicated_by_user,
        address.holders.len(),
    )
}

/// The same of an address of a kind that so many services have; `said`: by the user.
pub const fn made_for_one(kind: AddressKind, said: bool, holders: usize) -> bool {
    let by_kind = match kind {
        AddressKind::Relay | AddressKind::Subaddress | AddressKind::CatchAll => true,
        AddressKind::Plain | AddressKind::Control => said,
    };
    holders == 1 && by_kind
}

/// When the junk of an address began, as the attribution needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Began {
    /// Whether it was seen to begin.
    pub seen: Beginning,
    /// Civil day of the first entry of `posterior`.
    pub first: Date,
    /// Probability of each day.
    pub posterior: Vec<f64>,
    /// The day that stands for it in words.
    pub day: Date,
}

/// Whether the beginning of junk was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// It was.
    Seen,
    /// It was there when watching began: any day since the address was given may be the first.
    Missed,
}

/// What is said about the origin of the junk of one address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Every possible origin with its shown probability, most probable first.
    pub suspects: Vec<Suspect>,
    /// The tempered probability of the first of them, before the cap.
    pub leading: f64,
    /// How it is said, as far as probabilities go; `None` where no junk began.
    pub confidence: Option<Confidence>,
    /// How many of the suspects, from the first on, hold 80 % of the probability together.
    pub shortest: usize,
    /// What would change the words.
    pub turns: Vec<Turn>,
}

/// One source that explains the junk of several addresses.
#[derive(Clone, Debug, PartialEq)]
pub struct OneLeak {
    /// The ledger's number of the service.
    pub service: i64,
    /// The addresses of which it is the likely origin, at least two.
    pub addresses: Vec<i64>,
}

/// What one node of the graph stands for: an address that stays silent, or one beginning of junk
/// at an address.
pub(super) struct Subject<'a> {
    /// The address, by index into the ledger's.
    pub(super) at: usize,
    pub(super) address: &'a AddressFacts,
    /// Which beginning of this address, from 0.
    pub(super) number: usize,
    pub(super) began: Option<&'a Began>,
}

fn subjects<'a>(ledger: &'a Ledger, began: &[Vec<&'a Began>]) -> Vec<Subject<'a>> {
    let of = |(at, (address, began)): (usize, (&'a AddressFacts, &Vec<&'a Began>))| {
        let silent = began.is_empty().then_some(None);
        let rises: Vec<Option<&Began>> = began.iter().map(|b| Some(*b)).chain(silent).collect();
        rises
            .into_iter()
            .enumerate()
            .map(move |(number, began)| Subject {
                at,
                address,
                number,
                began,
            })
    };
    let all = ledger.addresses.iter().zip(began).enumerate();
    all.flat_map(of).collect()
}

/// The origins of the junk of all addresses together. `began` has one entry per address of the
/// ledger, with each time that its junk began; the result too. `overlaps` keeps comparisons for
/// the next time.
pub fn attribute(
    ledger: &Ledger,
    began: &[Vec<&Began>],
    overlaps: &mut Overlaps,
) -> (Vec<Vec<Attribution>>, Vec<OneLeak>) {
    Question::of(ledger, began, overlaps).answer(ledger)
}

/// Everything that the origins follow from. The same question has the same answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    graph: Graph,
    /// The address of each node, by index into the ledger's, and which of its beginnings it is.
    of: Vec<(usize, usize)>,
    /// How often junk began at each address.
    rises: Vec<usize>,
}

impl Question {
    /// What is asked of a ledger whose junk began as said.
    pub fn of(ledger: &Ledger, began: &[Vec<&Began>], overlaps: &mut Overlaps) -> Question {
        let rises: Vec<usize> = began.iter().map(Vec::len).collect();
        if rises.iter().all(|rises| *rises == 0) {
            return Question {
                rises,
                ..Question::default()
            };
        }
        let subjects = subjects(ledger, began);
        let mut graph = graph(ledger, &subjects);
        graph.overlaps = overlaps.of(&subjects);
        Question {
            graph,
            of: subjects.iter().map(|s| (s.at, s.number)).collect(),
            rises,
        }
    }

    /// The origins of each beginning at each address, and services that explain several.
    pub fn answer(&self, ledger: &Ledger) -> (Vec<Vec<Attribution>>, Vec<OneLeak>) {
        let nothing = |rises: &usize| vec![Attribution::default(); *rises];
        let mut all: Vec<Vec<Attribution>> = self.rises.iter().map(nothing).collect();
        let mut leaks: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for explanation in explain(&self.graph, TEMPER) {
            let Some((at, number)) = self.of.get(explanation.node) else {
                continue;
            };
            let slot = all.get_mut(*at).and_then(|rises| rises.get_mut(*number));
            let (Some(slot), Some(address)) = (slot, ledger.addresses.get(*at)) else {
                continue;
            };
            *slot = attribution(&self.graph, address, explanation);
            let likely = matches!(
                slot.confidence,
                Some(Confidence::Likely | Confidence::VeryLikely)
            );
            let leads = slot.suspects.first().filter(|_| likely);
            if let Some(service) = leads.and_then(|s| s.service) {
                leaks.entry(service).or_default().insert(address.id);
            }
        }
        let leaks = leaks
            .into_iter()
            .filter(|(_, addresses)| addresses.len() > 1)
            .map(|(service, addresses)| OneLeak {
                service,
                addresses: addresses.into_iter().collect(),
            })
            .collect();
        (all, leaks)
    }
}

fn attribution(graph: &Graph, address: &AddressFacts, of: Explanation) -> Attribution {
    let ranked: Vec<(Origin, f64)> = of
        .causes
        .iter()
        .map(|c| (c.origin, c.probability))
        .collect();
    let lead = of.causes.first().map_or(&[][..], |lead| &lead.evidence);
    let words = said(graph, &ranked, lead);
    let held_back = words.confidence == Confidence::Likely
        && ranked.first().is_some_and(|(_, p)| *p >= VERY_LIKELY);
    let cap = if held_back { CAP_LIKELY } else { CAP };
    let undated = |service: Option<i64>| {
        let mut holders = address.holders.iter();
        holders.any(|h| Some(h.service) == service && h.given_from.is_none())
    };
    let suspects = of
        .causes
        .into_iter()
        .map(|cause| {
            let (kind, service) = suspect(graph, of.node, cause.origin);
            let mut evidence = cause.evidence;
            // Nothing is said about a day that nobody knows.
            evidence.retain(|item| {
                !(matches!(item.kind, EvidenceKind::GivenBefore { .. }) && undated(service))
            });
            Suspect {
                kind,
                service,
                // What the cap takes away is given to nobody.
                probability: Some(round4(cause.probability.min(cap))),
                evidence,
            }
        })
        .collect();
    Attribution {
        suspects,
        leading: ranked.first().map_or(0.0, |(_, p)| *p),
        confidence: Some(words.confidence),
        shortest: words.shortest.len(),
        turns: of.turns,
    }
}

/// The graph of a ledger whose junk began as said.
fn graph(ledger: &Ledger, subjects: &[Subject<'_>]) -> Graph {
    let calendar = Calendar::of(ledger, subjects);
    let mut graph = Graph {
        now: calendar.number(ledger.today),
        ..Graph::default()
    };
    for subject in subjects {
        let node = node(subject.address, subject.began, ledger, &calendar);
        graph.nodes.push(node);
    }
    let mut services: BTreeMap<(HolderKind, i64), Source> = BTreeMap::new();
    let mut providers: BTreeMap<Provider<'_>, Source> = BTreeMap::new();
    let all = ledger.addresses.iter();
    let tagged: Vec<&AddressFacts> = all.filter(|a| a.kind == AddressKind::Subaddress).collect();
    for (at, Subject { address, .. }) in subjects.iter().enumerate() {
        let reference = graph
            .nodes
            .get(at)
            .and_then(|n| n.junk.onset())
            .map_or(graph.now, |o| o.day);
        for holder in &address.holders {
            let edge = edge(address, holder, reference, Form::AsIs, &calendar);
            give(&mut services, holder, at, edge);
        }
        for tagged in tagged_forms(&tagged, address) {
            for holder in &tagged.holders {
                let edge = edge(address, holder, reference, Form::Tagged, &calendar);
                give(&mut services, holder, at, edge);
            }
        }
        if let Some(provider) = Provider::of(address) {
            let source = providers.entry(provider).or_insert_with(|| Source {
                id: 0,
                kind: SourceKind::Provider,
                standing: Standing::Recorded,
                edges: BTreeMap::new(),
                notices: Vec::new(),
                entries: Vec::new(),
                mails: Vec::new(),
            });
            source
                .edges
                .insert(at, under_provider(address, reference, &calendar));
        }
    }
    for exposure in &ledger.exposures {
        let Some(source) = services.get_mut(&(HolderKind::Service, exposure.service)) else {
            continue;
        };
        let day = calendar.number(exposure.day);
        match exposure.kind {
            ExposureKind::Notice => source.notices.push(day),
            ExposureKind::Entry(listing) => source.entries.push((day, listing)),
            ExposureKind::List => source.mails.push((day, Mailed::List)),
            ExposureKind::Recipients => source.mails.push((day, Mailed::Recipients)),
        }
    }
    graph.sources = services
        .into_values()
        .chain(providers.into_values())
        .collect();
    graph
}

fn node(
    address: &AddressFacts,
    began: Option<&Began>,
    ledger: &Ledger,
    calendar: &Calendar,
) -> Node {
    let pool = ledger
        .pools
        .iter()
        .find(|p| p.domain == address.spec.domain());
    let junk = match began {
        Some(began) => junk(address, began, calendar),
        None if address.days.is_empty() || address.junk_unseen => Junk::Unwatched,
        None => Junk::Silent,
    };
    let tried = began.map_or(Tried::Unknown, |began| {
        let until = began.day.saturating_add(jiff::Span::new().days(30));
        let campaigns: Vec<i64> = address
            .campaigns
            .iter()
            .filter(|(day, _)| *day >= began.day && *day < until)
            .map(|(_, key)| *key)
            .collect();
        Tried::of(address, began.day, &campaigns, pool)
    });
    Node {
        id: address.id,
        junk,
        made_for: match address.kind {
            AddressKind::Control => MadeFor::Nobody,
            AddressKind::Plain
            | AddressKind::Subaddress
            | AddressKind::CatchAll
            | AddressKind::Relay => {
                if is_dedicated(address) {
                    MadeFor::OneService
                } else {
                    MadeFor::Anyone
                }
            }
        },
        guessable: Guessable::of(address),
        tried,
        contacts: address.contacts,
        greeting: if address.greetings.is_empty() {
            Greeting::None
        } else {
            Greeting::Personal
        },
    }
}

fn junk(address: &AddressFacts, began: &Began, calendar: &Calendar) -> Junk {
    let first = calendar.number(began.first);
    match began.seen {
        Beginning::Seen => Junk::Began(Onset {
            day: calendar.number(began.day),
            days: rounded(&began.posterior)
                .map(|(k, p)| (first + k as f64, p))
                .collect(),
        }),
        Beginning::Missed => {
            // Uniform from the giving to the first observed day, one entry per ten days.
            let given = address.holders.iter().filter_map(|h| h.given_from).min();
            let from = given
                .map_or(first - UNKNOWN_GIVEN, |day| calendar.number(day))
                .min(first);
            let count = (((first - from) / 10.0).ceil() as usize).clamp(1, 400);
            let width = (first - from) / count as f64;
            let middle = |k: usize| from + (k as f64 + 0.5) * width;
            Junk::Already(Onset {
                day: calendar.number(began.day),
                days: (0..count)
                    .map(|k| (middle(k), 1.0 / count as f64))
                    .collect(),
            })
        }
    }
}

/// Steps between nothing and the likeliest day.
const FINE: f64 = 64.0;

/// The days of a posterior that matter, in steps of a 64th of the likeliest, so that one more
/// message long after an onset does not make it another question.
fn rounded(posterior: &[f64]) -> impl Iterator<Item = (usize, f64)> {
    let most = posterior.iter().copied().fold(0.0, f64::max);
    let step = move |p: &f64| (p / most.max(f64::MIN_POSITIVE) * FINE).round();
    let total: f64 = posterior.iter().map(step).sum();
    let steps = posterior.iter().map(step).enumerate();
    steps
        .filter(|(_, steps)| *steps > 0.0)
        .map(move |(k, steps)| (k, steps / total))
}

fn edge(
    address: &AddressFacts,
    holder: &Holder,
    reference: f64,
    form: Form,
    calendar: &Calendar,
) -> Edge {
    let known = holder
        .given_from
        .or(holder.given_to)
        .map(|day| calendar.number(day));
    let unknown = (reference - UNKNOWN_GIVEN).max(0.0);
    let from = match (holder.given_from, known) {
        (Some(_), Some(day)) => day,
        (None, Some(latest)) => unknown.min(latest),
        (_, None) => unknown,
    };
    let until = holder
        .given_to
        .map_or(from, |day| calendar.number(day))
        .max(from);
    let name = match &holder.name_given {
        Some(name) if address.greetings.contains(name) => Name::Given,
        Some(_) if !address.greetings.is_empty() => Name::Other,
        Some(_) | None => Name::Unknown,
    };
    let mention = if address.mentions.contains(&holder.service) {
        Mention::Seen
    } else {
        Mention::None
    };
    Edge {
        from,
        until,
        form,
        name,
        mention,
    }
}

/// Gives an address to a holder; whoever has it as it is does not need a tagged form.
fn give(
    services: &mut BTreeMap<(HolderKind, i64), Source>,
    holder: &Holder,
    node: usize,
    edge: Edge,
) {
    let source = services
        .entry((holder.kind, holder.service))
        .or_insert_with(|| Source {
            id: holder.service,
            kind: match holder.kind {
                HolderKind::Service => SourceKind::Service,
                HolderKind::Page => SourceKind::Page,
            },
            standing: holder.standing,
            edges: BTreeMap::new(),
            notices: Vec::new(),
            entries: Vec::new(),
            mails: Vec::new(),
        });
    let better = |old: &Edge| match (old.form, edge.form) {
        (Form::Tagged, Form::AsIs) => true,
        (Form::AsIs, Form::Tagged) => false,
        (Form::AsIs, Form::AsIs) | (Form::Tagged, Form::Tagged) => edge.from < old.from,
    };
    if source.edges.get(&node).is_none_or(better) {
        source.edges.insert(node, edge);
    }
}

/// Those of the `tagged` addresses that are forms of an address.
fn tagged_forms<'a>(
    tagged: &'a [&'a AddressFacts],
    base: &'a AddressFacts,
) -> impl Iterator<Item = &'a AddressFacts> {
    tagged.iter().copied().filter(|address| {
        SEPARATORS.iter().any(|separator| {
            let form = address.spec.subaddress(*separator);
            form.is_some_and(|(without, _)| without == base.spec)
        })
    })
}

/// Under whom an address lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Provider<'a> {
    Account(i64),
    Aliases(&'a str),
}

impl Provider<'_> {
    fn of(address: &AddressFacts) -> Option<Provider<'_>> {
        match address.kind {
            AddressKind::Relay => Some(Provider::Aliases(address.spec.domain())),
            AddressKind::Plain
            | AddressKind::Subaddress
            | AddressKind::CatchAll
            | AddressKind::Control => address.account.map(Provider::Account),
        }
    }
}

/// A provider knows an address from its first day.
fn under_provider(address: &AddressFacts, reference: f64, calendar: &Calendar) -> Edge {
    let given = address.holders.iter().filter_map(|h| h.given_from).min();
    let first = [
        given,
        address.first_delivery,
        address.days.first().map(|d| d.day),
    ]
    .into_iter()
    .flatten()
    .min();
    let from = first.map_or((reference - UNKNOWN_GIVEN).max(0.0), |day| {
        calendar.number(day)
    });
    Edge {
        from,
        until: from,
        form: Form::AsIs,
        name: Name::Unknown,
        mention: Mention::None,
    }
}

fn round4(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
