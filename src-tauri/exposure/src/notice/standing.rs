//! Whether a notice is the service's: who sent it, and how that is known.

use super::{Reading, each, words};
use crate::directory::folded as folded_name;
use crate::proposals::everybodys;
use crate::vocab::coded;
use crate::{Auth, org_domain};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

coded! {
    /// What a notice is (wording.md section 6).
    Standing {
        /// From the service or who mails for it, verified.
        Genuine = 0 => "genuine",
        /// Verified, but from another company.
        ThirdParty = 1 => "third_party",
        /// Probably not from the service that it claims to be.
        Fake = 2 => "fake",
    }
}

coded! {
    /// Whose the domain of From is.
    Whose {
        /// A recorded service's own.
        Service = 0 => "service",
        /// Of a company that mails for a recorded service.
        Processor = 1 => "processor",
        /// Nobody's on record, but domain or name imitate a recorded service ([`imitates`]).
        Lookalike = 2 => "lookalike",
        /// Nobody's on record.
        Other = 3 => "other",
    }
}

/// Who sent a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    /// What the user's own receiver says of From.
    pub auth: Auth,
    /// Whose its domain is.
    pub of: Whose,
    /// It is judged junk.
    pub junk: bool,
}

/// What a notice is; `None` where nothing can be said. Asked from top to bottom:
///
/// | sender | verified | bait | junk | standing |
/// |---|---|---|---|---|
/// | look-alike | any | any | any | fake |
/// | service, processor | any | yes | any | fake |
/// | service, processor | passed | no | any | genuine |
/// | service, processor | failed | no | any | fake |
/// | service, processor | not said | no | yes | fake |
/// | service, processor | not said | no | no | none: the receiver says nothing of any mail |
/// | other | any | yes | any | fake |
/// | other | passed | no | no | third party |
/// | other | passed | no | yes | none |
/// | other | failed, not said | no | any | none: it claims to be nobody on record |
pub fn standing(sender: &Sender, reading: &Reading) -> Option<Standing> {
    if reading.bait {
        return Some(Standing::Fake);
    }
    match (sender.of, sender.auth) {
        (Whose::Lookalike, _) => Some(Standing::Fake),
        (Whose::Service | Whose::Processor, Auth::Spf | Auth::Dkim | Auth::Both) => {
            Some(Standing::Genuine)
        }
        (Whose::Service | Whose::Processor, Auth::Fail) => Some(Standing::Fake),
        (Whose::Service | Whose::Processor, Auth::None) => sender.junk.then_some(Standing::Fake),
        (Whose::Other, Auth::Spf | Auth::Dkim | Auth::Both) => {
            (!sender.junk).then_some(Standing::ThirdParty)
        }
        (Whose::Other, Auth::Fail | Auth::None) => None,
    }
}

/// A shorter label is part of too many others, in letters.
const LABEL: usize = 4;
/// From this length a label is told in the middle of another word.
const LONG: usize = 8;
/// From this length one wrong letter is a look-alike and no other word.
const TYPO: usize = 7;

/// Whether a sender's domain or display name imitates a service whose own domains are
/// `service_domains`. A domain of the service, one that has the same name under another public
/// suffix (which may well be its own), and one where everybody can have an address by their own
/// name, do not imitate by their domain.
pub fn imitates(
    service_domains: &[&str],
    service_name: &str,
    from_domain: &str,
    from_name: &str,
) -> bool {
    let org = org_domain(from_domain);
    let own: Vec<String> = service_domains
        .iter()
        .map(|domain| org_domain(domain))
        .collect();
    let name_of = |org: &str| org.split('.').next().unwrap_or_default().to_owned();
    let label = name_of(&org);
    if own.iter().any(|own| *own == org || name_of(own) == label) {
        return false;
    }
    let by_name = names_itself(service_name, from_name);
    if everybodys(&org) {
        return by_name;
    }
    by_name
        || own
            .iter()
            .any(|own| domain_imitates(&name_of(own), from_domain, &label))
}

/// Whether a domain shows the name of another one: letters that look alike, one wrong letter, or
/// the name among other words.
fn domain_imitates(label: &str, from_domain: &str, from_label: &str) -> bool {
    let length = label.chars().count();
    if length < LABEL {
        return false;
    }
    let name = looks(label);
    let theirs = looks(&readable(from_label));
    if theirs == name || length >= TYPO && one_apart(&theirs, &name) {
        return true;
    }
    let shown: Vec<String> = from_domain
        .to_lowercase()
        .split('.')
        .map(|part| looks(&readable(part)))
        .collect();
    let name_words: Vec<&str> = name.split('-').collect();
    shown.iter().any(|part| {
        let words: Vec<&str> = part.split('-').collect();
        let whole = words
            .windows(name_words.len())
            .any(|found| found == name_words);
        let joined = (part.replace('-', ""), name.replace('-', ""));
        whole || joined.1.chars().count() >= LONG && joined.0.contains(&joined.1)
    })
}

/// Whether a display name is the service's, without the words of its desks.
fn names_itself(service: &str, shown: &str) -> bool {
    let service = folded_name(service);
    let long = if service.is_ascii() { LABEL } else { 3 };
    if service.chars().count() < long {
        return false;
    }
    let mut left = shown.to_lowercase();
    if looks(&folded_name(&left)) == looks(&service) {
        return true;
    }
    for desk in each(words::DESKS) {
        left = left.replace(desk, " ");
    }
    looks(&folded_name(&left)) == looks(&service)
}

/// A label with letters instead of its ASCII form (RFC 3492); itself where it has none.
fn readable(label: &str) -> String {
    label
        .strip_prefix("xn--")
        .and_then(punycode)
        .unwrap_or_else(|| label.to_owned())
}

/// A label in one form for all that look like it.
fn looks(label: &str) -> String {
    let lower = label.to_lowercase();
    let one: String = lower
        .chars()
        .map(|c| match c {
            '0' | 'о' | 'ο' | 'ö' | 'ó' | 'ò' | 'ô' | 'ø' => 'o',
            '1' | 'i' | '|' | 'ı' | 'і' | 'ι' | 'í' | 'ì' | 'ï' | 'ł' | 'l' => 'l',
            '3' | 'е' | 'ё' | 'é' | 'è' | 'ê' | 'ë' | 'ε' => 'e',
            '4' | 'а' | 'α' | 'á' | 'à' | 'â' | 'ä' | 'å' | 'ã' | '@' => 'a',
            '5' | 'ѕ' | 'ś' | 'š' => 's',
            '7' | 'т' | 'τ' => 't',
            '8' => 'b',
            '9' => 'g',
            'с' | 'ç' | 'ć' | 'č' => 'c',
            'р' | 'ρ' => 'p',
            'х' | 'χ' => 'x',
            'у' | 'ý' | 'ÿ' => 'y',
            'ո' | 'ñ' | 'ń' => 'n',
            'υ' | 'ü' | 'ú' | 'ù' | 'û' => 'u',
            'κ' | 'к' => 'k',
            'м' => 'm',
            'ν' | 'ѵ' => 'v',
            'ԁ' => 'd',
            'ԛ' => 'q',
            'ԝ' => 'w',
            'ј' => 'j',
            'һ' => 'h',
            '_' => '-',
            c => c,
        })
        .collect();
    one.replace("rn", "m").replace("vv", "w").replace("cl", "d")
}

/// Whether two words differ by one letter: another, one more, one fewer, or two that changed places.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (
        a.get(same..).unwrap_or_default(),
        b.get(same..).unwrap_or_default(),
    );
    let tail =
        |from_a: usize, from_b: usize| a.get(from_a..).is_some_and(|a| b.get(from_b..) == Some(a));
    let swapped = a.len() >= 2 && b.len() >= 2 && a.first() == b.get(1) && a.get(1) == b.first();
    tail(1, 1) || tail(1, 0) || tail(0, 1) || swapped && tail(2, 2)
}

/// The letters of an encoded label without its `xn--`; `None` where it is not well formed.
fn punycode(encoded: &str) -> Option<String> {
    let (plain, rest) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    let mut out: Vec<char> = plain.chars().collect();
    let (mut n, mut i, mut bias) = (128_u32, 0_u32, 72_u32);
    let mut digits = rest.bytes();
    while digits.len() > 0 {
        let (before, mut weight, mut k) = (i, 1_u32, 36_u32);
        loop {
            let digit = match digits.next()? {
                b @ b'a'..=b'z' => b - b'a',
                b @ b'0'..=b'9' => b - b'0' + 26,
                _ => return None,
            };
            let digit = u32::from(digit);
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            k += 36;
        }
        let length = u32::try_from(out.len()).ok()? + 1;
        let mut delta = if before == 0 {
            (i - before) / 700
        } else {
            (i - before) / 2
        };
        delta += delta / length;
        let mut steps = 0;
        while delta > 455 {
            delta /= 35;
            steps += 36;
        }
        bias = steps + 36 * delta / (delta + 38);
        n = n.checked_add(i / length)?;
        i %= length;
        out.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    Some(out.into_iter().collect())
}
