//! The report that a person understands at a glance: which service, which address, since when,
//! before and after, how sure, why, and what else could explain it.

use crate::print::{spark, wrapped};
use crate::terminal::Terminal;
use monitor::view::types::{AddressPage, FlagCard, Overview};

/// Columns of running text.
const WIDTH: usize = 76;

/// The whole Overview.
pub fn overview(terminal: &Terminal, overview: &Overview) {
    println!("{}", overview.headline);
    if !overview.headline_more.is_empty() {
        println!("{}", overview.headline_more);
    }
    println!();
    if let Some(evening) = &overview.first_evening {
        println!("{}", wrapped(&evening.sentence, WIDTH, ""));
        for figure in &evening.shown {
            println!("  {:>6}  {}", figure.value, figure.label);
        }
        println!();
    }
    for flag in overview.flags.iter().chain(&overview.unexpected) {
        card(flag);
    }
    if overview.flags.is_empty() && overview.unexpected.is_empty() {
        println!("{}\n", terminal.words().say("terminal.no_flags"));
    }
    for note in &overview.coverage {
        println!("{}", wrapped(note, WIDTH, ""));
    }
}

fn card(flag: &FlagCard) {
    println!("[{}] {}", flag.badge.text, flag.title);
    println!("    {}  {}", flag.address, flag.since);
    let figures: Vec<String> = [
        (!flag.before.is_empty()).then(|| flag.before.clone()),
        (!flag.rate.is_empty()).then(|| format!("→ {} {}", flag.rate, flag.rate_unit)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !figures.is_empty() {
        println!("    {}", figures.join("  "));
    }
    println!("    {}", spark(&flag.spark));
    println!("{}\n", wrapped(&flag.why, WIDTH, "    "));
}

/// What could explain an onset, with the evidence.
pub fn suspects(terminal: &Terminal, page: &AddressPage) {
    if page.suspects.is_empty() {
        return;
    }
    println!("{}", terminal.words().say("terminal.why"));
    for suspect in &page.suspects {
        let likelihood = if suspect.likelihood.is_empty() { String::new() } else { format!(": {}", suspect.likelihood) };
        println!("  {}{likelihood}", suspect.title);
        for item in &suspect.evidence {
            println!("{}", wrapped(item, WIDTH, "      "));
        }
    }
    if !page.caveat.is_empty() {
        println!("\n{}", wrapped(&page.caveat, WIDTH, ""));
    }
    println!();
}
