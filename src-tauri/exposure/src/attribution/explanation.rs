//! What follows for each address: every possible origin of its junk with its probability, and how
//! that is said (detection.md 4.2 and 4.3).

use super::evidence;
use super::graph::{Form, Graph, Greeting, Junk, Mention, Name, SourceKind};
use super::messages::{LEAST_WEIGHT, Network, SWEEPS};
use super::model::{MENTION, NAME_DIFFERS, NAME_UNRECORDED, SAME_UNRECORDED};
use crate::assess::{Evidence, EvidenceKind, Standing, Turn};
use crate::{Confidence, SuspectKind};

/// From these probabilities a source is likely, and very likely.
const LIKELY: f64 = 0.60;
pub(super) const VERY_LIKELY: f64 = 0.90;

/// A notice or an entry in a catalogue that nothing else in the mail bears out must leave less
/// than this to the others. Notices may be false, and most services never tell (detection.md
/// 4.4: Tripwire's 19 told nobody). Of verdicts "very likely" in the world that combines all
/// stresses 8.3 % were wrong with this rule and 11.4 % without it (132 and 149 verdicts), 4.4 and
/// 6.3 % among other users (427 and 478); as simulated 0.9 and 1.1 %.
const TOLD_ALONE: f64 = 0.95;
/// What else is on record bears an explanation out from this weight on (log10).
const BORNE_OUT: f64 = 0.3;

/// Where junk can have come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A source on record, by index into [`Graph::sources`].
    Recorded(usize),
    /// A service that is not on record.
    Unrecorded,
    /// The address was guessed.
    Guessed,
    /// The PC or account of a person written with.
    Contact,
}

/// One origin of the junk of one address.
#[derive(Clone, Debug)]
pub struct Cause {
    /// Where it came from.
    pub origin: Origin,
    /// Its tempered probability, before the cap; those of one address sum to 1.
    pub probability: f64,
    /// What speaks for and against it, strongest first.
    pub evidence: Vec<Evidence>,
}

/// The origins of the junk of one address.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The address, by index into [`Graph::nodes`].
    pub node: usize,
    /// Most probable first.
    pub causes: Vec<Cause>,
    /// What would change the words, nearest at hand first.
    pub turns: Vec<Turn>,
}

/// The probability of each origin at each address whose junk began or was there already, in the
/// order of the graph's addresses. `temper` is the exponent that likelihoods are tempered with:
/// [`super::TEMPER`] as shipped, 1 as modelled.
pub fn explain(graph: &Graph, temper: f64) -> Vec<Explanation> {
    let mut network = Network::of(graph);
    let mut beliefs: Vec<Option<Shares>> = vec![None; graph.nodes.len()];
    for _ in 0..SWEEPS {
        network.sweep();
        beliefs = (0..graph.nodes.len())
            .map(|node| Some(weights(&network, node, &beliefs)?.tempered(temper)))
            .collect();
    }
    network.settle();
    // The weights as they were before the last round changed the beliefs they rest on differ from
    // those after it by less than what is shown.
    (0..graph.nodes.len())
        .filter_map(|node| {
            let shares = beliefs.get(node)?.as_ref()?;
            let parts = weights(&network, node, &beliefs)?;
            Some(evidence::explanation(
                &network, node, shares, &parts, &beliefs, temper,
            ))
        })
        .collect()
}

/// One number per origin of the junk of one address.
#[derive(Clone, Debug)]
pub(super) struct Shares {
    /// By source, ascending.
    pub(super) recorded: Vec<(usize, f64)>,
    pub(super) unrecorded: f64,
    pub(super) guessed: f64,
    pub(super) contact: f64,
}

impl Shares {
    /// Of likelihood weights: probabilities, tempered.
    pub(super) fn tempered(&self, temper: f64) -> Shares {
        let one = |weight: f64| {
            if weight > 0.0 {
                weight.max(LEAST_WEIGHT).powf(temper)
            } else {
                0.0
            }
        };
        let all = self.mapped(|_, weight| one(weight));
        let total = all.total();
        if total > 0.0 {
            all.mapped(|_, weight| weight / total)
        } else {
            all
        }
    }

    pub(super) fn mapped(&self, of: impl Fn(Origin, f64) -> f64) -> Shares {
        Shares {
            recorded: self
                .recorded
                .iter()
                .map(|(source, w)| (*source, of(Origin::Recorded(*source), *w)))
                .collect(),
            unrecorded: of(Origin::Unrecorded, self.unrecorded),
            guessed: of(Origin::Guessed, self.guessed),
            contact: of(Origin::Contact, self.contact),
        }
    }

    pub(super) fn total(&self) -> f64 {
        self.recorded.iter().map(|(_, w)| w).sum::<f64>()
            + self.unrecorded
            + self.guessed
            + self.contact
    }

    /// The share of an origin at another address that would also be the origin here.
    pub(super) fn shared(&self, origin: Origin) -> f64 {
        match origin {
            Origin::Recorded(source) => self
                .recorded
                .binary_search_by_key(&source, |(other, _)| *other)
                .ok()
                .and_then(|at| self.recorded.get(at))
                .map_or(0.0, |(_, p)| *p),
            Origin::Guessed => self.guessed,
            Origin::Unrecorded => self.unrecorded * SAME_UNRECORDED,
            Origin::Contact => self.contact * SAME_UNRECORDED,
        }
    }

    /// Every origin that is possible at all, most probable first.
    pub(super) fn ranked(&self) -> Vec<(Origin, f64)> {
        let recorded = self
            .recorded
            .iter()
            .map(|(s, p)| (Origin::Recorded(*s), *p));
        let mut all: Vec<(Origin, f64)> = recorded
            .chain([
                (Origin::Unrecorded, self.unrecorded),
                (Origin::Guessed, self.guessed),
                (Origin::Contact, self.contact),
            ])
            .filter(|(_, p)| *p > 0.0)
            .collect();
        all.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        all
    }
}

/// Likelihood weights of every origin at a node; `None` where no junk began.
fn weights(network: &Network<'_>, node: usize, beliefs: &[Option<Shares>]) -> Option<Shares> {
    let one = network.graph.nodes.get(node)?;
    match one.junk {
        Junk::Began(_) | Junk::Already(_) => {}
        Junk::Silent | Junk::Unwatched => return None,
    }
    let unnamed = network.unnamed(node);
    let links = network.of_node.get(node)?;
    let plain = Shares {
        recorded: links
            .iter()
            .filter_map(|l| {
                let source = network.links.get(*l)?.source;
                Some((source, network.phi.get(*l)?.max(LEAST_WEIGHT)))
            })
            .collect(),
        unrecorded: unnamed.unrecorded,
        guessed: unnamed.guessed,
        contact: unnamed.contact,
    };
    let pairs: Vec<(f64, &Shares)> = network
        .beside(node)
        .iter()
        .filter_map(|beside| Some((beside.ratio, beliefs.get(beside.node)?.as_ref()?)))
        .collect();
    Some(plain.mapped(|origin, weight| {
        let shared: f64 = pairs
            .iter()
            .map(|(ratio, other)| 1.0 + other.shared(origin) * (ratio - 1.0))
            .product();
        weight * shared * text(network.graph, node, origin).total()
    }))
}

/// What the text of the junk says of one origin.
pub(super) struct Text {
    pub(super) name: f64,
    pub(super) mention: f64,
}

impl Text {
    fn total(&self) -> f64 {
        self.name * self.mention
    }
}

/// The factors of greeting and mention (detection.md 4.2, text).
pub(super) fn text(graph: &Graph, node: usize, origin: Origin) -> Text {
    let personal = graph
        .nodes
        .get(node)
        .is_some_and(|n| n.greeting == Greeting::Personal);
    let edge = match origin {
        Origin::Recorded(source) => graph.sources.get(source).and_then(|s| s.edges.get(&node)),
        Origin::Unrecorded | Origin::Guessed | Origin::Contact => None,
    };
    let name = match (origin, edge.map(|e| e.name)) {
        (Origin::Recorded(_), Some(Name::Other)) => NAME_DIFFERS,
        (Origin::Recorded(_), _) => 1.0,
        (Origin::Unrecorded, _) if personal => NAME_UNRECORDED,
        (Origin::Guessed, _) if personal => NAME_DIFFERS,
        (Origin::Unrecorded | Origin::Guessed | Origin::Contact, _) => 1.0,
    };
    let mention = match edge.map(|e| e.mention) {
        Some(Mention::Seen) => MENTION,
        Some(Mention::None) | None => 1.0,
    };
    Text { name, mention }
}

/// How the origins of one address are said, and who is named by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// How sure it is.
    pub confidence: Confidence,
    /// The origins that the words are about: one, up to three, or none.
    pub about: Vec<Origin>,
    /// The shortest list, most probable first, that holds 80 % of the probability.
    pub shortest: Vec<Origin>,
}

/// What is said of an address with these causes, most probable first (detection.md 4.3).
pub fn words(graph: &Graph, causes: &[Cause]) -> Words {
    let ranked: Vec<(Origin, f64)> = causes.iter().map(|c| (c.origin, c.probability)).collect();
    let lead = causes.first().map_or(&[][..], |lead| &lead.evidence);
    said(graph, &ranked, lead)
}

/// Whether nothing but a notice or an entry in a catalogue speaks for an explanation.
fn only_told(evidence: &[Evidence]) -> bool {
    let speaking = || {
        evidence
            .iter()
            .filter(|item| item.log10_bayes_factor >= BORNE_OUT)
    };
    let told = |item: &Evidence| {
        matches!(
            item.kind,
            EvidenceKind::Notice | EvidenceKind::CatalogueEntry
        )
    };
    speaking().count() == 1 && speaking().all(told)
}

/// The same of ranked origins, with the evidence for the first.
pub(super) fn said(graph: &Graph, ranked: &[(Origin, f64)], lead: &[Evidence]) -> Words {
    let mut sum = 0.0;
    let shortest: Vec<Origin> = ranked
        .iter()
        .take_while(|(_, p)| {
            let more = sum < 0.80;
            sum += p;
            more
        })
        .map(|(origin, _)| *origin)
        .collect();
    let named = |origin: Origin| match origin {
        Origin::Recorded(source) => graph
            .sources
            .get(source)
            .is_some_and(|s| s.kind == SourceKind::Service),
        Origin::Unrecorded | Origin::Guessed | Origin::Contact => false,
    };
    let inferred = |origin: Origin| match origin {
        Origin::Recorded(source) => graph
            .sources
            .get(source)
            .is_some_and(|s| s.standing == Standing::Inferred),
        Origin::Unrecorded | Origin::Guessed | Origin::Contact => false,
    };
    let best: Vec<(Origin, f64)> = ranked
        .iter()
        .filter(|(origin, _)| named(*origin))
        .take(3)
        .copied()
        .collect();
    let together: f64 = best.iter().map(|(_, p)| p).sum();
    let (confidence, about) = match ranked.first() {
        Some((origin, p))
            if *p >= VERY_LIKELY
                && (*p >= TOLD_ALONE || !only_told(lead))
                && !inferred(*origin) =>
        {
            (Confidence::VeryLikely, vec![*origin])
        }
        Some((origin, p)) if *p >= LIKELY => (Confidence::Likely, vec![*origin]),
        Some(_) if together >= LIKELY => (
            Confidence::OneOfThese,
            best.iter().map(|(origin, _)| *origin).collect(),
        ),
        Some(_) | None => (Confidence::CannotTell, Vec::new()),
    };
    Words {
        confidence,
        about,
        shortest,
    }
}

/// What kind of suspect an origin is at a node, and the ledger's number of its service.
pub fn suspect(graph: &Graph, node: usize, origin: Origin) -> (SuspectKind, Option<i64>) {
    let source = match origin {
        Origin::Recorded(source) => source,
        Origin::Unrecorded => return (SuspectKind::Unrecorded, None),
        Origin::Guessed => return (SuspectKind::Guessed, None),
        Origin::Contact => return (SuspectKind::Contact, None),
    };
    let Some(source) = graph.sources.get(source) else {
        return (SuspectKind::Unrecorded, None);
    };
    let form = source.edges.get(&node).map_or(Form::AsIs, |e| e.form);
    match (source.kind, form) {
        (SourceKind::Service, Form::AsIs) => (SuspectKind::Service, Some(source.id)),
        (SourceKind::Service, Form::Tagged) => (SuspectKind::Stripped, Some(source.id)),
        (SourceKind::Page, _) => (SuspectKind::Scraped, Some(source.id)),
        (SourceKind::Provider, _) => (SuspectKind::Provider, None),
    }
}
