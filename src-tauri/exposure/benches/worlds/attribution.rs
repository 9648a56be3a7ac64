//! Who leaked, on made-up users (detection.md 4.4): top-1, top-3, Brier, calibration, what is said
//! at 80 % and how often that is wrong, by evidence and in every world.

use super::random::Random;
use super::table::{Better, Figure, Report, number, rows, share};
use super::users::{Rules, Truth, User, World, user, worlds};
use exposure::Confidence;
use exposure::attribution::graph::{Graph, Greeting, Junk, Mention, Name, SourceKind};
use exposure::attribution::{CAP, Explanation, Origin, TEMPER, explain, words};
use std::collections::BTreeMap;

const REFERENCE: &str = include_str!("reference/attribution.txt");
/// Users at full size: in the main table, and in each world.
const USERS: usize = 3_000;
const USERS_PER_WORLD: usize = 2_000;
/// Resamplings of users for standard errors.
const RESAMPLED: usize = 60;

/// One onset with its probabilities, most probable first.
struct Row {
    user: usize,
    shares: Vec<(Truth, f64)>,
    truth: Truth,
    evidence: &'static str,
    /// It is said to be very likely.
    surest: bool,
}

/// The metrics of some rows, in the order of the reference table.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    n: f64,
    top1: f64,
    top3: f64,
    brier: f64,
    ece: f64,
    said: f64,
    wrong: f64,
}

impl Score {
    fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Score {
        let mut score = Score::default();
        let mut bins = [(0.0, 0.0); 10];
        for row in rows {
            let first = row.shares.first().map_or(0.0, |(_, p)| *p);
            let hit = f64::from(u8::from(
                row.shares.first().is_some_and(|(z, _)| *z == row.truth),
            ));
            let third = row.shares.iter().take(3).any(|(z, _)| *z == row.truth);
            let known = row.shares.iter().any(|(z, _)| *z == row.truth);
            let square = |(z, p): &(Truth, f64)| (p - f64::from(u8::from(*z == row.truth))).powi(2);
            score.n += 1.0;
            score.top1 += hit;
            score.top3 += f64::from(u8::from(third));
            score.brier +=
                row.shares.iter().map(square).sum::<f64>() + if known { 0.0 } else { 1.0 };
            if first >= 0.8 {
                score.said += 1.0;
                score.wrong += 1.0 - hit;
            }
            let bin = &mut bins[((first * 10.0) as usize).min(9)];
            bin.0 += first;
            bin.1 += hit;
        }
        let ece: f64 = bins.iter().map(|(said, right)| (said - right).abs()).sum();
        Score {
            n: score.n,
            top1: score.top1 / score.n,
            top3: score.top3 / score.n,
            brier: score.brier / score.n,
            ece: ece / score.n,
            said: score.said / score.n,
            wrong: score.wrong / score.said,
        }
    }

    fn figures(self) -> [f64; 6] {
        [
            self.top1, self.top3, self.brier, self.ece, self.said, self.wrong,
        ]
    }

    /// Standard errors of the six figures, by resampling users.
    fn errors(rows: &[Row]) -> [f64; 6] {
        let mut by_user: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
        for row in rows {
            by_user.entry(row.user).or_default().push(row);
        }
        let users: Vec<Vec<&Row>> = by_user.into_values().collect();
        let mut random = Random::seeded(9);
        let mut sums = [(0.0, 0.0, 0.0); 6];
        for _ in 0..RESAMPLED {
            let drawn: Vec<&Row> = (0..users.len())
                .flat_map(|_| users[random.index(users.len())].iter().copied())
                .collect();
            for (sum, figure) in sums.iter_mut().zip(Score::of(drawn.into_iter()).figures()) {
                if figure.is_finite() {
                    *sum = (sum.0 + 1.0, sum.1 + figure, sum.2 + figure * figure);
                }
            }
        }
        sums.map(|(n, sum, squares)| (squares / n - (sum / n).powi(2)).max(0.0).sqrt())
    }
}

const BETTER: [Better; 6] = [
    Better::Higher,
    Better::Higher,
    Better::Lower,
    Better::Lower,
    Better::Higher,
    Better::Lower,
];
const NAMES: [&str; 6] = [
    "top-1",
    "top-3",
    "Brier",
    "ECE",
    "says >= 80 %",
    "wrong of those",
];

/// The row of a table with its reference, where it has one.
fn row(report: &mut Report, table: &str, name: &str, rows: &[Row]) {
    let score = Score::of(rows.iter());
    let errors = Score::errors(rows);
    let reference = reference(table, name);
    let n_reference = reference.as_ref().map_or(f64::NAN, |r| number(r.get(2)));
    let mut cells = vec![name.to_owned(), format!("{} ({n_reference})", score.n)];
    for k in 0..6 {
        let of = if k == 5 {
            score.n * score.said
        } else {
            score.n
        };
        let plain = share(score.figures()[k].clamp(0.0, 1.0), of);
        let ours = Figure {
            value: score.figures()[k],
            error: match k {
                2 | 3 => errors[k],
                _ => errors[k].max(plain.error),
            },
        };
        let value = reference
            .as_ref()
            .map_or(f64::NAN, |r| number(r.get(3 + k)));
        let of_reference = if k == 5 {
            n_reference * reference.as_ref().map_or(f64::NAN, |r| number(r.get(7)))
        } else {
            n_reference
        };
        let scaled = ours.error * (of / of_reference).sqrt();
        let theirs = Figure {
            value,
            error: match k {
                2 | 3 => scaled,
                _ => scaled.max(share(value, of_reference).error),
            },
        };
        cells.push(report.cell(
            &format!("{table}: {name}: {}", NAMES[k]),
            ours,
            theirs,
            BETTER[k],
            3,
        ));
    }
    report.row(&cells);
}

fn reference(table: &str, name: &str) -> Option<Vec<&'static str>> {
    rows(REFERENCE).find(|r| r[0] == table && r[1] == name)
}

const COLUMNS: [&str; 8] = [
    "",
    "onsets",
    "top-1",
    "top-3",
    "Brier",
    "ECE (top)",
    "says >= 80 %",
    "wrong of those",
];

pub fn report(report: &mut Report, part: usize) {
    methods(report, part);
    every_world(report, part);
    one_holder(report, part);
}

/// Users of a world, from one seed.
fn users(world: World, rules: Rules, seed: u64, n: usize) -> impl Iterator<Item = User> {
    let mut random = Random::seeded(seed);
    (0..n).map(move |_| user(&mut random, world, rules))
}

/// The onsets of a user at addresses with this many holders, explained.
fn onsets(
    at: usize,
    user: &User,
    explanations: &[Explanation],
    holders: impl Fn(usize) -> bool,
) -> Vec<Row> {
    explanations
        .iter()
        .filter(|e| holders(user.holders[e.node]))
        .filter_map(|e| {
            let truth = *user.truth.get(&e.node)?;
            let shares = e
                .causes
                .iter()
                .map(|c| (named(&user.graph, c.origin), c.probability));
            Some(Row {
                user: at,
                shares: shares.collect(),
                truth,
                evidence: evidence(user, e.node, truth),
                surest: words(&user.graph, &e.causes).confidence == Confidence::VeryLikely,
            })
        })
        .collect()
}

fn named(graph: &Graph, origin: Origin) -> Truth {
    match origin {
        Origin::Recorded(source) => Truth::Recorded(graph.sources[source].id),
        Origin::Unrecorded => Truth::Unrecorded,
        Origin::Guessed => Truth::Guessed,
        Origin::Contact => Truth::Contact,
    }
}

const INTERSECTION: &str = "intersection (another flagged address of the same service)";
const BREACH: &str = "breach notice / catalogue, no intersection";
const TEXT: &str = "greeting or mention only";
const RECENT: &str = "given within 90 days before the onset, nothing else";
const NOTHING: &str = "nothing";
const UNRECORDED: &str = "unrecorded service (U)";
const GUESSED: &str = "guessed (G)";
const CONTACT: &str = "contact (C)";
const CLASSES: [&str; 7] = [
    INTERSECTION,
    BREACH,
    TEXT,
    RECENT,
    NOTHING,
    UNRECORDED,
    GUESSED,
];

/// What evidence there is on the true source.
fn evidence(user: &User, node: usize, truth: Truth) -> &'static str {
    let id = match truth {
        Truth::Recorded(id) => id,
        Truth::Unrecorded => return UNRECORDED,
        Truth::Guessed => return GUESSED,
        Truth::Contact => return CONTACT,
    };
    let graph = &user.graph;
    let Some(source) = graph.sources.iter().find(|s| s.id == id) else {
        return NOTHING;
    };
    let began = |n: usize| graph.nodes[n].junk.onset();
    let Some((edge, onset)) = source.edges.get(&node).zip(began(node)) else {
        return NOTHING;
    };
    let since = onset.day - edge.from;
    if source
        .edges
        .keys()
        .any(|n| *n != node && began(*n).is_some())
    {
        INTERSECTION
    } else if !source.notices.is_empty() || !source.entries.is_empty() {
        BREACH
    } else if graph.nodes[node].greeting == Greeting::Personal || edge.mention == Mention::Seen {
        TEXT
    } else if (-60.0..=90.0).contains(&since) {
        RECENT
    } else {
        NOTHING
    }
}

/// What the model may use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Uses {
    Time,
    Silent,
    Flagged,
    Campaigns,
    Breaches,
    All,
}

const VARIANTS: [(Uses, &str); 6] = [
    (Uses::Time, "model: time only"),
    (Uses::Silent, "model: + silent addresses"),
    (Uses::Flagged, "model: + other flagged addresses"),
    (Uses::Campaigns, "model: + campaigns, traps"),
    (Uses::Breaches, "model: + breach notices, catalogue"),
    (Uses::All, "model: all (+ greeting, mention)"),
];

/// The graph with only what may be used.
fn only(graph: &Graph, uses: Uses) -> Graph {
    let mut graph = graph.clone();
    if uses < Uses::All {
        graph
            .nodes
            .iter_mut()
            .for_each(|n| n.greeting = Greeting::None);
        for edge in graph.sources.iter_mut().flat_map(|s| s.edges.values_mut()) {
            edge.name = Name::Unknown;
            edge.mention = Mention::None;
        }
    }
    if uses < Uses::Breaches {
        for source in &mut graph.sources {
            source.notices.clear();
            source.entries.clear();
        }
    }
    if uses < Uses::Campaigns {
        graph.overlaps.clear();
        for node in &mut graph.nodes {
            node.tried = exposure::attribution::Tried::Unknown;
        }
    }
    graph
}

fn explained(graph: &Graph, uses: Uses, temper: f64) -> Vec<Explanation> {
    let graph = only(graph, uses);
    if uses >= Uses::Flagged {
        return explain(&graph, temper);
    }
    // Each onset for itself: the others say nothing.
    let flagged = (0..graph.nodes.len()).filter(|n| graph.nodes[*n].junk.onset().is_some());
    flagged
        .flat_map(|target| {
            let mut alone = graph.clone();
            for (n, node) in alone.nodes.iter_mut().enumerate() {
                let keeps = n == target || (uses == Uses::Silent && node.junk == Junk::Silent);
                if !keeps {
                    node.junk = Junk::Unwatched;
                }
            }
            explain(&alone, temper)
        })
        .collect()
}

fn methods(report: &mut Report, part: usize) {
    let n = (USERS / part).max(60);
    let world = worlds()[0];
    let mut all: Vec<Vec<Row>> = VARIANTS.iter().map(|_| Vec::new()).collect();
    let mut said: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut lists = (0.0, 0.0, Vec::new());
    for (at, user) in users(world, Rules::Reference, 2024, n).enumerate() {
        for ((uses, _), rows) in VARIANTS.iter().zip(&mut all) {
            rows.extend(onsets(
                at,
                &user,
                &explained(&user.graph, *uses, 1.0),
                |h| h > 1,
            ));
        }
        for e in explain(&user.graph, TEMPER) {
            let Some(truth) = user.truth.get(&e.node).filter(|_| user.holders[e.node] > 1) else {
                continue;
            };
            let words = words(&user.graph, &e.causes);
            let about: Vec<Truth> = words.about.iter().map(|o| named(&user.graph, *o)).collect();
            let unrecorded = about == [Truth::Unrecorded];
            let word = match (words.confidence, unrecorded) {
                (Confidence::VeryLikely, false) => "very likely X",
                (Confidence::VeryLikely, true) => "very likely X (X = a service not in the ledger)",
                (Confidence::Likely, false) => "likely X",
                (Confidence::Likely, true) => "likely X (X = a service not in the ledger)",
                (Confidence::OneOfThese, _) => "one of these (up to 3)",
                (Confidence::CannotTell, _) => "cannot tell",
            };
            let right = f64::from(u8::from(about.contains(truth)));
            let slot = said.entry(word).or_default();
            *slot = (slot.0 + 1.0, slot.1 + right);
            lists.0 += 1.0;
            let shortest: Vec<Truth> = words
                .shortest
                .iter()
                .map(|o| named(&user.graph, *o))
                .collect();
            lists.1 += f64::from(u8::from(shortest.contains(truth)));
            lists.2.push(shortest.len() as f64);
        }
    }
    report.title(
        &format!("Attribution of shared addresses, {n} users (reference 600): ours (reference)"),
        &COLUMNS,
    );
    for rival in [
        "uniform over holders",
        "latest given",
        "majority vote of flagged addresses",
    ] {
        let theirs = reference("method", rival).unwrap_or_default();
        let mut cells = vec![format!("{rival} (reference)")];
        cells.extend(theirs.iter().skip(2).map(|f| (*f).to_owned()));
        report.row(&cells);
    }
    for ((_, name), rows) in VARIANTS.iter().zip(&all) {
        row(report, "method", name, rows);
    }
    report.title(
        "The full model by the evidence on the true source: ours (reference)",
        &COLUMNS,
    );
    let full = all.pop().unwrap_or_default();
    for class in CLASSES {
        let of: Vec<Row> = full
            .iter()
            .filter(|r| r.evidence == class)
            .map(Row::copy)
            .collect();
        if of.len() >= 5 {
            row(report, "evidence", class, &of);
        }
    }
    report.title(
        "What is said, shipped: ours (reference)",
        &["words", "share of onsets", "true source among those named"],
    );
    for (word, (times, right)) in &said {
        let theirs = reference("said", word).unwrap_or_default();
        let right = share(right / times, *times);
        let reference = share(
            number(theirs.get(4)),
            number(theirs.get(2)) * number(theirs.get(3)),
        );
        let cell = if *word == "cannot tell" {
            "-".to_owned()
        } else {
            report.cell(
                &format!("said: {word}"),
                right,
                reference,
                Better::Higher,
                2,
            )
        };
        report.row(&[
            (*word).to_owned(),
            format!("{:.2} ({:.2})", times / lists.0, number(theirs.get(3))),
            cell,
        ]);
    }
    let median = super::table::median(&mut lists.2).value;
    report.line(&format!(
        "Shortest list with 80 % of the probability: holds the truth in {:.0} % of the onsets (reference 89 %); median size {median} (8).",
        100.0 * lists.1 / lists.0
    ));
}

impl Row {
    fn copy(&self) -> Row {
        Row {
            user: self.user,
            shares: self.shares.clone(),
            truth: self.truth,
            evidence: self.evidence,
            surest: self.surest,
        }
    }

    fn capped(&self) -> Row {
        let mut row = self.copy();
        for (_, p) in &mut row.shares {
            *p = p.min(CAP);
        }
        row
    }
}

fn every_world(report: &mut Report, part: usize) {
    let n = (USERS_PER_WORLD / part).max(60);
    let mut very_likely = Vec::new();
    for (table, title) in [
        ("world", "as modelled (temper 1, no cap)"),
        ("shipped", "shipped (temper 0.9, cap 0.95)"),
        (
            "rules",
            "shipped, with the dedicated, guessing, no-hit, provider and contact rules",
        ),
    ] {
        report.title(
            &format!("Worlds, {n} users each (reference 250), {title}: ours (reference)"),
            &COLUMNS,
        );
        for world in worlds() {
            let rules = if table == "rules" {
                Rules::Shipped
            } else {
                Rules::Reference
            };
            let temper = if table == "world" { 1.0 } else { TEMPER };
            let mut all = Vec::new();
            let mut sure = (0.0, 0.0);
            for (at, user) in users(world, rules, 77, n).enumerate() {
                let explanations = explain(&user.graph, temper);
                let rows = onsets(at, &user, &explanations, |h| h > 1);
                for row in rows.iter().filter(|_| table == "rules") {
                    let service = row
                        .shares
                        .first()
                        .filter(|(z, _)| row.surest && is_service(&user.graph, *z));
                    if let Some((z, _)) = service {
                        sure = (sure.0 + 1.0, sure.1 + f64::from(u8::from(*z != row.truth)));
                    }
                }
                all.extend(
                    rows.iter()
                        .map(|r| if temper < 1.0 { r.capped() } else { r.copy() }),
                );
            }
            row(report, table, world.name, &all);
            if table == "rules" {
                very_likely.push((world.name, sure));
            }
        }
    }
    report.title(
        "Verdicts \"very likely\" that name a service of a shared address, shipped",
        &["world", "verdicts", "wrong"],
    );
    for (name, (times, wrong)) in very_likely {
        report.row(&[
            name.to_owned(),
            format!("{times}"),
            format!("{wrong} ({:.1} %)", 100.0 * wrong / times),
        ]);
        let limit = if name == "as simulated" { 0.03 } else { 0.10 };
        report.promise(
            &format!(
                "at most {:.0} % of \"very likely\" wrong: {name}",
                100.0 * limit
            ),
            wrong,
            limit * times,
            part,
        );
    }
}

fn is_service(graph: &Graph, truth: Truth) -> bool {
    match truth {
        Truth::Recorded(id) => graph
            .sources
            .iter()
            .any(|s| s.id == id && s.kind == SourceKind::Service),
        Truth::Unrecorded | Truth::Guessed | Truth::Contact => false,
    }
}

fn one_holder(report: &mut Report, part: usize) {
    let n = (USERS_PER_WORLD / part).max(100);
    for (rules, title) in [
        (Rules::Reference, "rules of the reference"),
        (
            Rules::Shipped,
            "dedicated, guessing, no-hit and provider rules",
        ),
    ] {
        report.title(
            &format!(
                "Addresses with one recorded holder, {n} users, {title}, temper 1: ours (reference)"
            ),
            &COLUMNS,
        );
        for world in worlds() {
            let mut all = Vec::new();
            for (at, user) in users(world, rules, 5, n).enumerate() {
                all.extend(onsets(at, &user, &explain(&user.graph, 1.0), |h| h == 1));
            }
            let name = if world.name == "as simulated" {
                "one recorded holder"
            } else {
                world.name
            };
            row(report, "single", name, &all);
        }
    }
}
