//! Verdicts that stand in the header: of the user's own server, and of a label or mark.

use super::fields::Fields;
use super::received::Hop;
use super::{Receiver, decode};
use crate::{Verdict, org_domain};

/// Microsoft's spam confidence from which mail is junk (facts.md section 7).
const SCL_JUNK: i32 = 5;

/// The verdict of the user's own server: spam headers above the first Received line that it did
/// not write. The topmost Received line is taken as its own.
pub(super) fn by_header(fields: &Fields<'_>, hops: &[Hop], receiver: &Receiver) -> Verdict {
    let topmost = hops.first().and_then(|hop| hop.by.as_deref());
    let is_own = |by: &str| {
        topmost.is_some_and(|top| top == by || org_domain(top) == org_domain(by))
            || receiver.orgs.contains(&org_domain(by))
    };
    let mut hop = hops.iter();
    let mut verdict = Verdict::Unjudged;
    for (name, value) in fields.iter() {
        if name.eq_ignore_ascii_case(b"received") {
            let by_own = hop.next().and_then(|h| h.by.as_deref()).is_some_and(is_own);
            if !by_own {
                break;
            }
            continue;
        }
        match judged(name, value) {
            Verdict::Junk => return Verdict::Junk,
            Verdict::Wanted => verdict = Verdict::Wanted,
            Verdict::Unjudged => {}
        }
    }
    // "Not spam" of a filter is no verdict: it says that nothing was found.
    if verdict == Verdict::Wanted {
        Verdict::Unjudged
    } else {
        verdict
    }
}

fn judged(name: &[u8], value: &[u8]) -> Verdict {
    let is = |names: &[&str]| {
        let mut names = names.iter();
        names.any(|spam| name.eq_ignore_ascii_case(spam.as_bytes()))
    };
    let word = || decode::plain(value).trim().to_ascii_lowercase();
    if is(&["x-spam-flag", "x-spam-status", "x-spam", "x-anonaddy-spam"]) {
        return yes_no(&word());
    }
    if is(&["x-spam-action"]) {
        let acted = ["reject", "add header", "rewrite subject"].contains(&word().as_str());
        return if acted {
            Verdict::Junk
        } else {
            Verdict::Unjudged
        };
    }
    if is(&["x-forefront-antispam-report"]) {
        let word = word();
        let mut parts = word.split(';');
        let level = parts.find_map(|part| part.trim().strip_prefix("scl:"));
        return level.map_or(Verdict::Unjudged, scl);
    }
    if is(&["x-ms-exchange-organization-scl"]) {
        return scl(&word());
    }
    Verdict::Unjudged
}

fn yes_no(word: &str) -> Verdict {
    if word.starts_with("yes") || word.starts_with("true") || word == "spam" {
        Verdict::Junk
    } else if word.starts_with("no") || word.starts_with("false") {
        Verdict::Wanted
    } else {
        Verdict::Unjudged
    }
}

/// The verdict of Microsoft's spam confidence level.
fn scl(text: &str) -> Verdict {
    match text.trim().parse::<i32>() {
        Ok(level) if level >= SCL_JUNK => Verdict::Junk,
        Ok(_) => Verdict::Wanted,
        Err(_) => Verdict::Unjudged,
    }
}

/// Labels that mean junk in the large languages of Takeout.
const JUNK_LABELS: &[&str] = &[
    "spam",
    "junk",
    "迷惑メール",
    "correo no deseado",
    "courrier indésirable",
    "lixo eletrônico",
    "垃圾邮件",
    "垃圾郵件",
    "스팸함",
];

/// The verdict of a label or mark that a mail program wrote into an archive: Takeout's
/// `X-Gmail-Labels`, Thunderbird's `X-Mozilla-Keys`.
pub(super) fn by_label(fields: &Fields<'_>) -> Verdict {
    if labels(fields)
        .iter()
        .any(|label| JUNK_LABELS.contains(&label.to_lowercase().as_str()))
    {
        return Verdict::Junk;
    }
    let keys = fields
        .first("x-mozilla-keys")
        .map(decode::plain)
        .unwrap_or_default();
    let mut verdict = Verdict::Unjudged;
    for key in keys.split_whitespace() {
        match key.to_ascii_lowercase().trim_start_matches('$') {
            "junk" => verdict = Verdict::Junk,
            "nonjunk" | "notjunk" => verdict = Verdict::Wanted,
            _ => {}
        }
    }
    verdict
}

/// The labels of a message in a Takeout export; one with a comma in it stands in quotes.
pub(super) fn labels(fields: &Fields<'_>) -> Vec<String> {
    let Some(value) = fields.first("x-gmail-labels") else {
        return Vec::new();
    };
    let text = decode::text(value).text;
    let mut labels = vec![String::new()];
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => labels.push(String::new()),
            plain => {
                if let Some(label) = labels.last_mut() {
                    label.push(plain);
                }
            }
        }
    }
    labels
        .iter()
        .map(|label| label.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|label| !label.is_empty())
        .collect()
}
