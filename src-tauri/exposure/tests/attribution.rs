//! The sum-product against figures of the reference simulation: the toy of detection.md 2.7, and
//! small made-up ledgers with the probabilities that the reference gave for them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use exposure::assess::Standing;
use exposure::attribution::graph::{
    Edge, Form, Graph, Greeting, Junk, Listing, MadeFor, Mention, Name, Node, Onset, Overlap,
    Source, SourceKind,
};
use exposure::attribution::{Explanation, Guessable, Origin, TEMPER, Timing, Tried, explain};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Five equally likely days from `lo` to `hi`.
fn onset(lo: f64, hi: f64) -> Onset {
    let day = |k: usize| lo + (hi - lo) * k as f64 / 4.0;
    Onset {
        day: (lo + hi) / 2.0,
        days: (0..5).map(|k| (day(k), 0.2)).collect(),
    }
}

fn node(id: i64, junk: Junk) -> Node {
    Node {
        id,
        junk,
        made_for: MadeFor::Anyone,
        guessable: Guessable::Somewhat,
        tried: Tried::Unknown,
        contacts: 0,
        greeting: Greeting::None,
    }
}

fn source(id: i64, kind: SourceKind) -> Source {
    Source {
        id,
        kind,
        edges: BTreeMap::new(),
        standing: Standing::Recorded,
        notices: Vec::new(),
        entries: Vec::new(),
        mails: Vec::new(),
    }
}

fn edge(given: f64) -> Edge {
    Edge {
        from: given,
        until: given,
        form: Form::AsIs,
        name: Name::Unknown,
        mention: Mention::None,
    }
}

/// The probability of each source of a node by its number; −1 is unrecorded, −2 guessed.
fn by_number(graph: &Graph, explanations: &[Explanation], node: usize) -> BTreeMap<i64, f64> {
    let of = explanations
        .iter()
        .find(|e| e.node == node)
        .expect("junk began");
    of.causes
        .iter()
        .map(|cause| match cause.origin {
            Origin::Recorded(source) => (graph.sources[source].id, cause.probability),
            Origin::Unrecorded => (-1, cause.probability),
            Origin::Guessed => (-2, cause.probability),
            Origin::Contact => (-3, cause.probability),
        })
        .collect()
}

/// Addresses 0 and 1 go junky together, 2 stays silent; services 1 and 3 share address 0 with 2,
/// which also has address 1.
fn toy() -> Graph {
    let mut graph = Graph {
        now: 1000.0,
        nodes: vec![
            node(0, Junk::Began(onset(895.0, 905.0))),
            node(1, Junk::Began(onset(898.0, 908.0))),
            node(2, Junk::Silent),
        ],
        sources: [1, 2, 3].map(|id| source(id, SourceKind::Service)).into(),
        overlaps: [((0, 1), Overlap { common: 9, of: 14 })].into(),
    };
    for (address, service, given) in [
        (0, 0, 100),
        (0, 1, 600),
        (0, 2, 880),
        (1, 1, 610),
        (2, 2, 300),
    ] {
        graph.sources[service]
            .edges
            .insert(address, edge(f64::from(given)));
    }
    graph
}

#[test]
fn agrees_with_the_toy_of_the_design_to_the_printed_digits() {
    let check = |name: &str, graph: &Graph, want: [(i64, f64); 5]| {
        let got = by_number(graph, &explain(graph, 1.0), 0);
        for (source, want) in want {
            let p = got[&source];
            assert!(
                (p - want).abs() < 0.5e-4 + 1e-9,
                "{name}: {source} is {p:.5}, the design says {want}"
            );
        }
    };
    let unwatched = |nodes: &[usize]| {
        let mut graph = toy();
        graph.overlaps.clear();
        for node in nodes {
            graph.nodes[*node].junk = Junk::Unwatched;
        }
        graph
    };
    check(
        "time only",
        &unwatched(&[1, 2]),
        [
            (3, 0.7055),
            (2, 0.1263),
            (1, 0.08),
            (-1, 0.0697),
            (-2, 0.0186),
        ],
    );
    check(
        "with silent addresses",
        &unwatched(&[1]),
        [
            (3, 0.4496),
            (2, 0.236),
            (1, 0.1494),
            (-1, 0.1303),
            (-2, 0.0347),
        ],
    );
    check(
        "with other flagged addresses",
        &unwatched(&[]),
        [
            (2, 0.9703),
            (3, 0.0175),
            (1, 0.0058),
            (-1, 0.0051),
            (-2, 0.0014),
        ],
    );
    check(
        "all",
        &toy(),
        [
            (2, 0.9923),
            (3, 0.0045),
            (1, 0.0015),
            (-1, 0.0013),
            (-2, 0.0004),
        ],
    );
    let mut told = toy();
    told.sources[0].notices.push(960.0);
    check(
        "with a notice from 1",
        &told,
        [
            (2, 0.8547),
            (1, 0.1395),
            (3, 0.0041),
            (-1, 0.0013),
            (-2, 0.0003),
        ],
    );
}

/// A small ledger as the reference simulation made it, with what it found.
#[derive(Deserialize)]
struct Case {
    world: String,
    addresses: usize,
    days: f64,
    /// Address, service, day given, number of the name it was given with.
    edges: Vec<(usize, i64, f64, i64)>,
    pages: Vec<i64>,
    onset: BTreeMap<usize, (f64, f64)>,
    old: Vec<usize>,
    guessable: Vec<usize>,
    trap: BTreeMap<usize, (u32, u32)>,
    first_trap: Option<f64>,
    pairs: Vec<(usize, usize, u32, u32)>,
    notice: BTreeMap<i64, f64>,
    catalogue: BTreeMap<i64, (f64, String)>,
    greeting: BTreeMap<usize, Vec<i64>>,
    mention: BTreeMap<usize, Vec<i64>>,
    want: BTreeMap<usize, BTreeMap<i64, f64>>,
    tempered: BTreeMap<usize, BTreeMap<i64, f64>>,
}

impl Case {
    fn graph(&self) -> Graph {
        let nodes = (0..self.addresses).map(|a| self.node(a)).collect();
        let mut sources: BTreeMap<i64, Source> = BTreeMap::new();
        for (address, service, given, name) in &self.edges {
            let kind = if self.pages.contains(service) {
                SourceKind::Page
            } else {
                SourceKind::Service
            };
            let mut edge = edge(*given);
            if let Some(seen) = self.greeting.get(address) {
                edge.name = if seen.contains(name) {
                    Name::Given
                } else {
                    Name::Other
                };
            }
            if self
                .mention
                .get(address)
                .is_some_and(|m| m.contains(service))
            {
                edge.mention = Mention::Seen;
            }
            let edges = &mut sources
                .entry(*service)
                .or_insert_with(|| source(*service, kind))
                .edges;
            edges.insert(*address, edge);
        }
        for (service, source) in &mut sources {
            source.notices.extend(self.notice.get(service));
            source
                .entries
                .extend(self.catalogue.get(service).map(|(day, listing)| {
                    let listing = match listing.as_str() {
                        "listed" => Listing::ThisAddress,
                        "unknown" => Listing::DomainOnly,
                        "absent" => Listing::Absent,
                        other => panic!("a listing that the reference does not know: {other}"),
                    };
                    (*day, listing)
                }));
        }
        let overlaps = self.pairs.iter().map(|(a, b, common, of)| {
            (
                (*a, *b),
                Overlap {
                    common: *common,
                    of: *of,
                },
            )
        });
        Graph {
            now: self.days,
            nodes,
            sources: sources.into_values().collect(),
            overlaps: overlaps.collect(),
        }
    }

    fn node(&self, address: usize) -> Node {
        let began = self.onset.get(&address).map(|(lo, hi)| onset(*lo, *hi));
        let junk = match began.clone() {
            _ if self.old.contains(&address) => Junk::Unwatched,
            Some(onset) => Junk::Began(onset),
            None => Junk::Silent,
        };
        let tried = match (self.trap.get(&address), self.first_trap, began) {
            (Some((common, of)), Some(first), Some(onset)) => Tried::Others {
                common: *common,
                of: *of,
                timing: Timing::of(onset.day, first),
                local_parts: 1,
            },
            _ => Tried::Unknown,
        };
        Node {
            guessable: if self.guessable.contains(&address) {
                Guessable::Easily
            } else {
                Guessable::Somewhat
            },
            tried,
            greeting: if self.greeting.contains_key(&address) {
                Greeting::Personal
            } else {
                Greeting::None
            },
            ..node(address as i64, junk)
        }
    }
}

#[test]
fn agrees_with_the_reference_on_small_ledgers() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("reference/attribution.json")).unwrap();
    let mut compared = 0;
    for (at, case) in cases.iter().enumerate() {
        let graph = case.graph();
        for (temper, want) in [(1.0, &case.want), (TEMPER, &case.tempered)] {
            let got = explain(&graph, temper);
            assert_eq!(got.len(), want.len(), "the same addresses are explained");
            for (address, want) in want {
                let got = by_number(&graph, &got, *address);
                for (source, want) in want {
                    let p = got[source];
                    compared += 1;
                    assert!(
                        (p - want).abs() < 0.5e-3,
                        "case {at} ({}), temper {temper}, address {address}, source {source}: {p:.4}, the reference says {want}",
                        case.world
                    );
                }
            }
        }
    }
    assert!(compared > 50, "only {compared} figures were compared");
}
