//! `proposals`: services that the mail shows and that are not on record.

use crate::Outcome;
use crate::args::ProposalsArgs;
use crate::print::{Canvas, Tint};
use crate::terminal::Terminal;
use anyhow::Result;
use exposure::proposals::Proposal;
use monitor::{Handle, view};

/// Records or dismisses what was named, then lists what is left.
pub async fn proposals(
    terminal: Terminal,
    handle: &Handle,
    args: &ProposalsArgs,
) -> Result<Outcome> {
    let words = terminal.words;
    let named = |of: &[String], proposal: &Proposal| {
        let mut domains = proposal.domains.iter();
        domains.any(|(_, domain)| of.iter().any(|named| named.eq_ignore_ascii_case(domain)))
    };
    // All mail is gone through for an answer, so none is asked for where nothing was named.
    let (mut dismissed, mut accepted) = (0, 0);
    if !args.dismiss.is_empty() {
        let of = |p: &Proposal| named(&args.dismiss, p);
        dismissed = handle.answer_proposals(of, false).await?;
    }
    if args.accept_all || !args.accept.is_empty() {
        let of = |p: &Proposal| args.accept_all || named(&args.accept, p);
        accepted = handle.answer_proposals(of, true).await?;
    }
    for (key, count) in [
        ("terminal.proposals_accepted", accepted),
        ("terminal.proposals_dismissed", dismissed),
    ] {
        if count > 0 {
            terminal.note(&words.count(key, count as u64, &[]));
        }
    }
    let picture = handle.picture()?;
    let rows = view::proposals(&picture, words);
    terminal.facts(
        |canvas: &mut Canvas| {
            if rows.is_empty() {
                canvas.prose(&words.say("proposal.none"), 0);
            }
            for row in &rows {
                let values = [
                    ("name", row.name.as_str()),
                    ("domains", &row.domains.join(&words.say("list.comma"))),
                ];
                canvas.tinted(&words.fill("terminal.proposal", &values), 0, Tint::Strong);
                canvas.prose(&row.has, 2);
                canvas.prose(&row.detail, 2);
            }
            if !rows.is_empty() {
                canvas.gap();
                canvas.prose(&words.say("terminal.proposals_hint"), 0);
            }
        },
        || Ok(view::proposals_json(&picture)),
    )?;
    Ok(Outcome::Done)
}
