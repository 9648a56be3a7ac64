//! Why: what each piece of evidence is worth, and what would change the words.
//!
//! An item's weight is how much the odds of its origin fall when it alone is left out and what
//! every other address says stays as it is (detection.md 4.3).

use super::asked::LeavingOut;
use super::explanation::{Cause, Explanation, Origin, Shares, said, suspect, text};
use super::graph::{Junk, MadeFor, Mailed, Overlap, SourceKind};
use super::guessing::{Guessable, Tried};
use super::hazard::Without;
use super::messages::{Held, Link, Network};
use crate::assess::{Change, Evidence, EvidenceKind, Turn};
use std::collections::BTreeSet;

/// Items that change the odds by less than this (log10) are not worth a sentence.
const LEAST: f64 = 0.005;
/// An origin below this probability is listed without reasons.
const NEGLIGIBLE: f64 = 0.0005;
/// So many leading services are asked what a notice of theirs would change.
const ASKED: usize = 3;

/// What follows for a node: `shares` are the probabilities, `parts` the likelihood weights.
pub(super) fn explanation(
    network: &Network<'_>,
    node: usize,
    shares: &Shares,
    parts: &Shares,
    beliefs: &[Option<Shares>],
    temper: f64,
) -> Explanation {
    let causes: Vec<Cause> = shares
        .ranked()
        .into_iter()
        .map(|(origin, probability)| Cause {
            origin,
            probability,
            evidence: if probability >= NEGLIGIBLE {
                evidence(network, node, origin, parts, beliefs)
            } else {
                Vec::new()
            },
        })
        .collect();
    let turns = turns(network, node, &causes, parts, temper);
    Explanation {
        node,
        causes,
        turns,
    }
}

fn evidence(
    network: &Network<'_>,
    node: usize,
    origin: Origin,
    parts: &Shares,
    beliefs: &[Option<Shares>],
) -> Vec<Evidence> {
    let mut items = match origin {
        Origin::Recorded(_) => recorded(network, node, origin, parts),
        Origin::Guessed => guessed(network, node),
        Origin::Unrecorded => vec![Evidence {
            kind: EvidenceKind::Unrecorded,
            log10_bayes_factor: 0.0,
        }],
        Origin::Contact => Vec::new(),
    };
    items.extend(shared_campaigns(network, node, origin, beliefs));
    let text = text(network.graph, node, origin);
    let name = match origin {
        Origin::Recorded(_) => EvidenceKind::OtherName,
        Origin::Unrecorded | Origin::Guessed | Origin::Contact => EvidenceKind::PersonalName,
    };
    add(&mut items, name, text.name.log10());
    add(
        &mut items,
        EvidenceKind::BrandMentioned,
        text.mention.log10(),
    );
    items.sort_by(|a, b| {
        b.log10_bayes_factor
            .abs()
            .total_cmp(&a.log10_bayes_factor.abs())
    });
    items
}

/// What campaigns shared with other addresses say of an origin, all together; the address that
/// says most is named first.
fn shared_campaigns(
    network: &Network<'_>,
    node: usize,
    origin: Origin,
    beliefs: &[Option<Shares>],
) -> Option<Evidence> {
    let mut told: Vec<(f64, i64, Overlap)> = network
        .beside(node)
        .iter()
        .filter_map(|beside| {
            let belief = beliefs.get(beside.node)?.as_ref()?;
            let other = network.graph.nodes.get(beside.node)?;
            let worth = (1.0 + belief.shared(origin) * (beside.ratio - 1.0)).log10();
            Some((worth, other.id, beside.overlap))
        })
        .collect();
    let all: f64 = told.iter().map(|(worth, _, _)| worth).sum();
    if !all.is_finite() || all.abs() < LEAST {
        return None;
    }
    // Those that say the opposite of the whole are in its weight, not in its words.
    told.retain(|(worth, _, _)| worth * all > 0.0 && worth.abs() >= LEAST);
    told.sort_by(|(a, x, _), (b, y, _)| b.abs().total_cmp(&a.abs()).then(x.cmp(y)));
    let (_, _, strongest) = told.first()?;
    Some(Evidence {
        kind: EvidenceKind::SharedCampaigns {
            common: strongest.common,
            of: strongest.of,
            addresses: once(told.iter().map(|(_, id, _)| *id)),
        },
        log10_bayes_factor: round2(all),
    })
}

fn add(items: &mut Vec<Evidence>, kind: EvidenceKind, log10_bayes_factor: f64) {
    if log10_bayes_factor.is_finite() && log10_bayes_factor.abs() >= LEAST {
        items.push(Evidence {
            kind,
            log10_bayes_factor: round2(log10_bayes_factor),
        });
    }
}

/// The link of a recorded source to a node.
fn link_of(network: &Network<'_>, node: usize, origin: Origin) -> Option<(usize, Link)> {
    let links = network.of_node.get(node)?.iter();
    links
        .filter_map(|l| Some((*l, *network.links.get(*l)?)))
        .find(|(_, link)| origin == Origin::Recorded(link.source))
}

fn recorded(network: &Network<'_>, node: usize, origin: Origin, parts: &Shares) -> Vec<Evidence> {
    let mut items = Vec::new();
    let (Some((link, at)), Some(one)) = (
        link_of(network, node, origin),
        network.graph.nodes.get(node),
    ) else {
        return items;
    };
    let Some(source) = network.graph.sources.get(at.source) else {
        return items;
    };
    let Some(asked) = network.asked(link) else {
        return items;
    };
    let all = asked.weight(LeavingOut::Nothing);
    let worth = |leaving_out: LeavingOut| (all / asked.weight(leaving_out)).log10();
    if let (Some(edge), Some(onset)) = (source.edges.get(&node), one.junk.onset()) {
        let days = (onset.day - edge.from).round() as i32;
        if source.kind == SourceKind::Service {
            items.push(Evidence {
                kind: EvidenceKind::GivenBefore { days },
                log10_bayes_factor: round2(worth(LeavingOut::Giving)),
            });
        }
    }
    let silent = source
        .edges
        .keys()
        .filter(|n| {
            network
                .graph
                .nodes
                .get(**n)
                .is_some_and(|n| n.junk == Junk::Silent)
        })
        .count();
    if silent > 0 {
        let addresses = u32::try_from(silent).unwrap_or(u32::MAX);
        add(
            &mut items,
            EvidenceKind::SilentOthers { addresses },
            worth(LeavingOut::Silent).min(0.0),
        );
    }
    let flagged = network.flagged_beside(link);
    let ids = flagged.iter().filter_map(|n| network.graph.nodes.get(*n));
    let others: BTreeSet<i64> = ids.map(|n| n.id).filter(|id| *id != one.id).collect();
    if !others.is_empty() {
        let kind = EvidenceKind::OthersFlagged {
            addresses: others.into_iter().collect(),
        };
        add(&mut items, kind, worth(LeavingOut::Flagged));
    }
    if !source.notices.is_empty() {
        let worth = worth(LeavingOut::Measure(Without::Notices));
        add(&mut items, EvidenceKind::Notice, worth);
    }
    if !source.entries.is_empty() {
        let worth = worth(LeavingOut::Measure(Without::Entries));
        add(&mut items, EvidenceKind::CatalogueEntry, worth);
    }
    if let Some(onset) = one.junk.onset() {
        let before = |mailed: Mailed| {
            let of = source.mails.iter().filter(|(_, how)| *how == mailed);
            let days = of.map(|(day, _)| (onset.day - day).round() as i32);
            days.filter(|days| *days >= 0).min()
        };
        if let Some(days) = before(Mailed::List) {
            let worth = worth(LeavingOut::Measure(Without::Lists));
            add(&mut items, EvidenceKind::ListMailed { days }, worth);
        }
        if let Some(days) = before(Mailed::Recipients) {
            let worth = worth(LeavingOut::Measure(Without::Recipients));
            add(&mut items, EvidenceKind::ShownToOthers { days }, worth);
        }
    }
    if source.kind == SourceKind::Service && network.holders(node) == 1 {
        items.extend(only_holder(network, node, origin, parts));
    }
    items
}

/// What speaks for the one recorded holder because of what the address is: here the odds change
/// by what the others weigh.
fn only_holder(
    network: &Network<'_>,
    node: usize,
    origin: Origin,
    parts: &Shares,
) -> Vec<Evidence> {
    let mut items = Vec::new();
    let Some(one) = network.graph.nodes.get(node) else {
        return items;
    };
    let own = parts.shared(origin);
    let others = parts.total() - own;
    let now = network.unnamed(node);
    let anyone = network.weigh_unnamed(node, Held::ByAnyone);
    // log10 of how much the odds fall when the others weigh this much more.
    let worth = |more: f64| ((others + more).max(f64::MIN_POSITIVE) / others).log10();
    match one.made_for {
        MadeFor::OneService => add(
            &mut items,
            EvidenceKind::Dedicated,
            worth(anyone.unrecorded - now.unrecorded),
        ),
        MadeFor::Anyone | MadeFor::Nobody => {}
    }
    // Without the record nobody but an unrecorded service could be named. A record alone never
    // speaks against who is recorded.
    add(
        &mut items,
        EvidenceKind::OnlyHolder,
        (own / anyone.unrecorded).log10().max(0.0),
    );
    let usual = Guessable::Somewhat.hazard() * one.tried.factor() - now.guessed;
    match one.guessable {
        Guessable::Hardly | Guessable::Tag => {
            add(&mut items, EvidenceKind::HardToGuess, worth(usual));
        }
        Guessable::Easily => add(&mut items, EvidenceKind::EasyToGuess, worth(usual)),
        Guessable::Brand => add(&mut items, EvidenceKind::OwnName, worth(usual)),
        Guessable::Somewhat => {}
    }
    match one.tried {
        Tried::Nothing => add(
            &mut items,
            EvidenceKind::NoOthersHit,
            worth(one.guessable.hazard() - now.guessed),
        ),
        Tried::Unknown | Tried::Others { .. } => {}
    }
    items
}

fn guessed(network: &Network<'_>, node: usize) -> Vec<Evidence> {
    let mut items = Vec::new();
    let Some(one) = network.graph.nodes.get(node) else {
        return items;
    };
    let against_usual = (one.guessable.hazard() / Guessable::Somewhat.hazard()).log10();
    match one.guessable {
        Guessable::Hardly | Guessable::Tag => {
            add(&mut items, EvidenceKind::HardToGuess, against_usual);
        }
        Guessable::Easily => add(&mut items, EvidenceKind::EasyToGuess, against_usual),
        Guessable::Brand => add(&mut items, EvidenceKind::OwnName, against_usual),
        Guessable::Somewhat => {}
    }
    let worth = one.tried.factor().log10();
    match one.tried {
        Tried::Unknown => {}
        Tried::Nothing => add(&mut items, EvidenceKind::NoOthersHit, worth),
        Tried::Others { local_parts, .. } => {
            add(&mut items, EvidenceKind::OthersHit { local_parts }, worth);
        }
    }
    items
}

/// What would change the words: the leading origin without each item of its evidence, and a
/// notice today from each of the leading services.
fn turns(
    network: &Network<'_>,
    node: usize,
    causes: &[Cause],
    parts: &Shares,
    temper: f64,
) -> Vec<Turn> {
    let graph = network.graph;
    let ranked: Vec<(Origin, f64)> = causes.iter().map(|c| (c.origin, c.probability)).collect();
    let Some(lead) = causes.first() else {
        return Vec::new();
    };
    let now = said(graph, &ranked, &lead.evidence);
    let turned = |change: Change, of: Origin, factor: f64| {
        let scaled = parts.mapped(|origin, weight| {
            if origin == of {
                weight * factor
            } else {
                weight
            }
        });
        let then = scaled.tempered(temper).ranked();
        let (leads, _) = *then.first()?;
        let cause = causes.iter().find(|cause| cause.origin == leads)?;
        let mut evidence = cause.evidence.clone();
        match &change {
            Change::Without(item) => evidence.retain(|known| leads != of || known != item),
            Change::Notice { .. } if leads == of => evidence.push(Evidence {
                kind: EvidenceKind::Notice,
                log10_bayes_factor: factor.log10(),
            }),
            Change::Notice { .. } => {}
        }
        let words = said(graph, &then, &evidence);
        let differs = words.confidence != now.confidence || words.about != now.about;
        let (kind, service) = suspect(graph, node, leads);
        differs.then_some(Turn {
            change,
            confidence: words.confidence,
            kind,
            service,
        })
    };
    let without = lead.evidence.iter().filter_map(|item| {
        let factor = 10_f64.powf(-item.log10_bayes_factor);
        turned(Change::Without(item.clone()), lead.origin, factor)
    });
    let services = causes.iter().filter_map(|cause| {
        let (link, at) = link_of(network, node, cause.origin)?;
        let source = graph.sources.get(at.source)?;
        let tells = source.kind == SourceKind::Service && source.notices.is_empty();
        tells.then_some((cause.origin, link, source.id))
    });
    let notices = services.take(ASKED).filter_map(|(origin, link, service)| {
        let asked = network.asked(link)?;
        let factor = asked.weight(LeavingOut::PlusNotice) / asked.weight(LeavingOut::Nothing);
        turned(Change::Notice { service }, origin, factor)
    });
    without.chain(notices).collect()
}

/// Each address once, in the order of its first mention.
fn once(ids: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut all = Vec::new();
    for id in ids {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all
}

fn round2(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
