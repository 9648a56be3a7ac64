//! Sum-product on the ledger's graph: a noisy-OR of sources with latent days of leaking
//! (detection.md 4.2). One leak explains many onsets; a silent address of a source speaks against
//! it; what another source explains already counts for little.

use super::graph::{Form, Graph, Junk, MadeFor, Node, Overlap, SourceKind};
use super::hazard::{Without, hazard, told_by};
use super::model::{
    DEDICATED, H_CONTACT, KAPPA, Lagged, MISS, STEP, STRIPPED, Steps, usual_hazard,
};
use super::overlap::same_source;
use super::product::{Message, Product};

/// Rounds of messages; each new one is averaged with the one before (geometric mean).
pub(super) const SWEEPS: usize = 5;
/// No message is below this.
const LEAST_MESSAGE: f64 = 1e-6;
/// No weight is below this.
pub(super) const LEAST_WEIGHT: f64 = 1e-30;

/// One source that may have caused the junk of one address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) source: usize,
    pub(super) node: usize,
    /// First step in which the source can have leaked this address.
    pub(super) from: usize,
    /// First step in which a leak would be too late to have caused it.
    pub(super) until: usize,
    /// Chance that a leak reaches the address, before the chance of ever getting junk.
    pub(super) reach: f64,
}

/// An address whose campaigns were compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    pub(super) node: usize,
    pub(super) overlap: Overlap,
    /// How many times likelier the overlap is from one source than from two.
    pub(super) ratio: f64,
}

fn beside(graph: &Graph) -> Vec<Vec<Beside>> {
    let mut all = vec![Vec::new(); graph.nodes.len()];
    for ((a, b), overlap) in &graph.overlaps {
        let ratio = same_source(overlap.common, overlap.of);
        for (node, other) in [(a, b), (b, a)] {
            if let Some(of) = all.get_mut(*node) {
                of.push(Beside {
                    node: *other,
                    overlap: *overlap,
                    ratio,
                });
            }
        }
    }
    all
}

/// The graph with everything that does not change between rounds.
pub(super) struct Network<'a> {
    pub(super) graph: &'a Graph,
    pub(super) steps: Steps,
    onsets: Vec<Option<Lagged>>,
    /// Links by source, then node.
    pub(super) links: Vec<Link>,
    /// Links of each node.
    pub(super) of_node: Vec<Vec<usize>>,
    /// Addresses whose campaigns were compared with those of each node.
    beside: Vec<Vec<Beside>>,
    /// Links of each source.
    of_source: Vec<Vec<usize>>,
    /// What those weigh at each node who are not on record.
    unnamed: Vec<Unnamed>,
    /// Σ φ of the links of each node.
    named: Vec<f64>,
    /// The answer of each source that has one flagged address only.
    lonely: Vec<f64>,
    pub(super) measures: Vec<Vec<f64>>,
    /// What the silent addresses of each source say.
    pub(super) silence: Vec<Vec<f64>>,
    /// φ of each link: how likely the source is to have caused the junk.
    pub(super) phi: Vec<f64>,
    /// How far the campaigns of each link's address allow that its source caused the junk at the
    /// source's other addresses too: 1 but for providers.
    together: Vec<f64>,
    /// What the addresses of each source say together, after [`Network::settle`].
    pub(super) told: Vec<Told>,
    /// When the leak was that a notice of today would tell of.
    pub(super) told_today: Vec<f64>,
}

/// What the addresses of one source say.
pub(super) struct Told {
    /// Those whose junk began.
    pub(super) flagged: Product,
    /// Those that are silent as well.
    pub(super) beside: Product,
    /// With its leak measure.
    pub(super) all: Product,
}

impl<'a> Network<'a> {
    pub(super) fn of(graph: &'a Graph) -> Network<'a> {
        let steps = Steps::until(graph.now);
        let onsets: Vec<Option<Lagged>> = graph
            .nodes
            .iter()
            .map(|node| Some(Lagged::of(&node.junk.onset()?.days, steps)))
            .collect();
        let mut links = Vec::new();
        let mut of_node = vec![Vec::new(); graph.nodes.len()];
        let mut of_source = vec![Vec::new(); graph.sources.len()];
        for (s, source) in graph.sources.iter().enumerate() {
            for (n, edge) in &source.edges {
                let Some(Some(onset)) = onsets.get(*n) else {
                    continue;
                };
                if let (Some(of_node), Some(of_source)) =
                    (of_node.get_mut(*n), of_source.get_mut(s))
                {
                    of_node.push(links.len());
                    of_source.push(links.len());
                }
                links.push(Link {
                    source: s,
                    node: *n,
                    from: steps.from(edge.from),
                    until: onset.until,
                    reach: reach(edge.form),
                });
            }
        }
        let by_now = Lagged::by_now(steps);
        let asked = |s: usize| {
            of_source
                .get(s)
                .is_some_and(|links: &Vec<usize>| !links.is_empty())
        };
        let measures = graph
            .sources
            .iter()
            .enumerate()
            .map(|(s, source)| {
                if asked(s) {
                    hazard(source, steps, Without::Nothing)
                } else {
                    Vec::new()
                }
            })
            .collect();
        let silence = (0..graph.sources.len())
            .map(|s| {
                if asked(s) {
                    silence(graph, s, steps, &by_now)
                } else {
                    Vec::new()
                }
            })
            .collect();
        let mut network = Network {
            graph,
            steps,
            onsets,
            phi: vec![0.0; links.len()],
            links,
            of_node,
            beside: beside(graph),
            of_source,
            measures,
            silence,
            together: Vec::new(),
            told: Vec::new(),
            told_today: Vec::new(),
            unnamed: Vec::new(),
            named: Vec::new(),
            lonely: Vec::new(),
        };
        network.together = (0..network.links.len())
            .map(|link| network.as_one_list(link))
            .collect();
        network.unnamed = (0..graph.nodes.len())
            .map(|node| network.weigh_unnamed(node, Held::AsRecorded))
            .collect();
        let phi = (0..network.links.len()).map(|l| network.alone(l)).collect();
        network.believe(phi);
        network.lonely = (0..graph.sources.len())
            .map(|source| network.answer_alone(source).unwrap_or(0.0))
            .collect();
        network
    }

    /// Addresses whose campaigns were compared with those of a node.
    pub(super) fn beside(&self, node: usize) -> &[Beside] {
        self.beside.get(node).map_or(&[], Vec::as_slice)
    }

    /// One round of messages, from all weights to all weights.
    pub(super) fn sweep(&mut self) {
        let mut next = self.phi.clone();
        for source in 0..self.of_source.len() {
            if let Some([only]) = self.of_source.get(source).map(Vec::as_slice) {
                // Nobody tells this source anything: its answer is always the same.
                if let (Some(next), Some(weight)) = (next.get_mut(*only), self.lonely.get(source)) {
                    *next = (next.max(LEAST_WEIGHT) * weight.max(LEAST_WEIGHT)).sqrt();
                }
                continue;
            }
            for (link, weight) in self.answers(source) {
                if let (Some(next), Some(old)) = (next.get_mut(link), self.phi.get(link)) {
                    *next = (old.max(LEAST_WEIGHT) * weight.max(LEAST_WEIGHT)).sqrt();
                }
            }
        }
        self.believe(next);
    }

    fn believe(&mut self, phi: Vec<f64>) {
        let named = |links: &Vec<usize>| links.iter().filter_map(|l| phi.get(*l)).sum();
        self.named = self.of_node.iter().map(named).collect();
        self.phi = phi;
    }

    /// Keeps the last messages, for [`Network::weight`].
    pub(super) fn settle(&mut self) {
        let quiet = vec![1.0; self.steps.count];
        let told = |(source, links): (usize, &Vec<usize>)| {
            let messages: Vec<Message> = links.iter().filter_map(|l| self.message(*l)).collect();
            let flagged = Product::of(quiet.clone()).heard(messages.iter());
            let of = |all: &[Vec<f64>]| all.get(source).filter(|of| !of.is_empty()).cloned();
            let silence = of(&self.silence).unwrap_or_else(|| quiet.clone());
            let beside = flagged.times(&silence);
            let all = beside.times(&of(&self.measures).unwrap_or_default());
            Told {
                flagged,
                beside,
                all,
            }
        };
        self.told = self.of_source.iter().enumerate().map(told).collect();
        let kernel = told_by(self.graph.now);
        let steps = 0..self.steps.count;
        self.told_today = steps.map(|s| kernel(self.steps.middle(s))).collect();
    }

    /// A provider's leak is one list of every address there, so junk that began at many of them
    /// about the same time points to it although each has a reason of its own. What one list
    /// would also do is bring them the same mailings. The likelihood of every pair's campaigns is
    /// shared between both of its addresses, and never speaks for a provider here: shared
    /// campaigns have their own factor. At most 1.
    fn as_one_list(&self, link: usize) -> f64 {
        let Some(at) = self.links.get(link) else {
            return 1.0;
        };
        let source = self.graph.sources.get(at.source);
        let Some(source) = source.filter(|s| s.kind == SourceKind::Provider) else {
            return 1.0;
        };
        let beside = self.beside(at.node).iter();
        let pairs = beside.filter(|b| source.edges.contains_key(&b.node));
        pairs.map(|b| b.ratio.sqrt()).product::<f64>().min(1.0)
    }

    /// φ of a link before any message.
    fn alone(&self, link: usize) -> f64 {
        let Some((at, density)) = self.density(link) else {
            return 0.0;
        };
        let measure = self.measures.get(at.source).into_iter().flatten();
        let possible = measure.zip(density).take(at.until).skip(at.from);
        let sum: f64 = possible.map(|(h, l)| h * l).sum();
        sum * KAPPA * at.reach * STEP
    }

    /// The answer of a source to its only flagged address.
    fn answer_alone(&self, source: usize) -> Option<f64> {
        let [only] = self.of_source.get(source)?.as_slice() else {
            return None;
        };
        let (at, density) = self.density(*only)?;
        let all = Product::of(self.measures.get(source)?.clone());
        let all = all.times(self.silence.get(source)?);
        Some(all.weight(None, at, density))
    }

    /// A link with what the onset of its address says of each step.
    pub(super) fn density(&self, link: usize) -> Option<(Link, &[f64])> {
        let at = *self.links.get(link)?;
        let onset = self.onsets.get(at.node)?.as_ref()?;
        Some((at, &onset.density))
    }

    /// New weights of every link of a source.
    fn answers(&self, source: usize) -> Vec<(usize, f64)> {
        let (Some(links), Some(measure), Some(silence)) = (
            self.of_source.get(source).filter(|links| !links.is_empty()),
            self.measures.get(source),
            self.silence.get(source),
        ) else {
            return Vec::new();
        };
        let messages: Vec<Option<Message>> = links.iter().map(|l| self.message(*l)).collect();
        let all = Product::of(measure.clone())
            .times(silence)
            .heard(messages.iter().flatten());
        let answer = |link: usize, message: Option<&Message>| {
            let (at, density) = self.density(link)?;
            Some((link, all.weight(message, at, density)))
        };
        links
            .iter()
            .zip(&messages)
            .filter_map(|(link, message)| answer(*link, message.as_ref()))
            .collect()
    }

    /// What a flagged address tells its source about the day of a leak: R in each step. `None`
    /// where it tells nothing.
    pub(super) fn message(&self, link: usize) -> Option<Message> {
        let at = self.links.get(link)?;
        let node = self.graph.nodes.get(at.node)?;
        match node.junk {
            Junk::Began(_) => {}
            Junk::Already(_) | Junk::Silent | Junk::Unwatched => return None,
        }
        let onset = self.onsets.get(at.node)?.as_ref()?;
        let own = self.phi.get(link)?;
        let unnamed = self.unnamed.get(at.node)?.total();
        let beta = (self.named.get(at.node)? - own).max(0.0) + unnamed;
        let reach = KAPPA * at.reach;
        let explained = self.together.get(link)? * reach / beta.max(1e-12);
        let possible = at.from..at.until.clamp(at.from, self.steps.count);
        let density = onset.density.get(possible.clone()).unwrap_or_default();
        let reached = onset.reached.get(possible).unwrap_or_default();
        let told = |(density, reached): (&f64, &f64)| {
            let message = 1.0 - reach * reached + explained * density;
            if message > LEAST_MESSAGE {
                message
            } else {
                LEAST_MESSAGE
            }
        };
        Some(Message {
            from: at.from,
            values: density.iter().zip(reached).map(told).collect(),
        })
    }

    /// Other addresses of the source of a link whose junk began.
    pub(super) fn flagged_beside(&self, link: usize) -> Vec<usize> {
        let Some(at) = self.links.get(link) else {
            return Vec::new();
        };
        let beside = self.of_source.get(at.source).into_iter().flatten();
        beside
            .filter(|other| **other != link)
            .filter_map(|other| self.links.get(*other))
            .filter(|other| {
                let node = self.graph.nodes.get(other.node);
                node.is_some_and(|n| matches!(n.junk, Junk::Began(_)))
            })
            .map(|other| other.node)
            .collect()
    }

    /// What those weigh who are not on record.
    pub(super) fn unnamed(&self, node: usize) -> Unnamed {
        self.unnamed.get(node).copied().unwrap_or_default()
    }

    /// The same, with or without the dedicated rule.
    pub(super) fn weigh_unnamed(&self, node: usize, held: Held) -> Unnamed {
        let Some(one) = self.graph.nodes.get(node) else {
            return Unnamed::default();
        };
        Unnamed {
            unrecorded: unrecorded(one, self.holders(node), held),
            guessed: one.guessable.hazard() * one.tried.factor(),
            contact: match one.made_for {
                MadeFor::Anyone => KAPPA * H_CONTACT * f64::from(one.contacts),
                MadeFor::OneService | MadeFor::Nobody => 0.0,
            },
        }
    }

    /// How many services and pages have an address as it is.
    pub(super) fn holders(&self, node: usize) -> usize {
        let links = self.of_node.get(node).into_iter().flatten();
        links
            .filter_map(|l| {
                let at = self.links.get(*l)?;
                let source = self.graph.sources.get(at.source)?;
                let edge = source.edges.get(&at.node)?;
                let holds = match source.kind {
                    SourceKind::Service | SourceKind::Page => edge.form == Form::AsIs,
                    SourceKind::Provider => false,
                };
                holds.then_some(())
            })
            .count()
    }
}

/// Whether the dedicated rule is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// As the records say.
    AsRecorded,
    /// As if the address had not been made for one service alone.
    ByAnyone,
}

/// Weights of sources that are not on record.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unnamed {
    pub(super) unrecorded: f64,
    pub(super) guessed: f64,
    pub(super) contact: f64,
}

impl Unnamed {
    pub(super) fn total(self) -> f64 {
        self.unrecorded + self.guessed + self.contact
    }
}

/// b_U: what an unrecorded service weighs (detection.md 4.2, with the dedicated rule of 4.1).
fn unrecorded(node: &Node, holders: usize, held: Held) -> f64 {
    let services = match (node.made_for, held, holders) {
        (MadeFor::OneService, Held::AsRecorded, 0 | 1) | (MadeFor::Nobody, _, _) => DEDICATED,
        (MadeFor::OneService | MadeFor::Anyone, _, n) => (MISS / (1.0 - MISS) * n as f64).max(0.5),
    };
    KAPPA * services * usual_hazard()
}

fn reach(form: Form) -> f64 {
    match form {
        Form::AsIs => 1.0,
        Form::Tagged => STRIPPED,
    }
}

/// What the silent addresses of a source say about the day of a leak: Π (1 − κ F(now − τ)) over
/// those that it had by then.
fn silence(graph: &Graph, source: usize, steps: Steps, by_now: &[f64]) -> Vec<f64> {
    let mut had = vec![[0_i32; 2]; steps.count];
    let edges = graph.sources.get(source).map(|s| &s.edges);
    for (node, edge) in edges.into_iter().flatten() {
        let silent = graph
            .nodes
            .get(*node)
            .is_some_and(|n| n.junk == Junk::Silent);
        if let (true, Some([as_is, tagged])) = (silent, had.get_mut(steps.from(edge.from))) {
            match edge.form {
                Form::AsIs => *as_is += 1,
                Form::Tagged => *tagged += 1,
            }
        }
    }
    let mut now = [0, 0];
    had.iter()
        .zip(by_now)
        .map(|(more, reached)| {
            now = [now[0] + more[0], now[1] + more[1]];
            let of = |count: i32, reach: f64| match count {
                0 => 1.0,
                count => (1.0 - reach * reached).powi(count),
            };
            of(now[0], KAPPA) * of(now[1], KAPPA * STRIPPED)
        })
        .collect()
}
