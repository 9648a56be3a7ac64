//! The fact that an export holds: which service knows which addresses, since when. There is no
//! place here for a password, a one-time code or a user name that is no address.

use exposure::show::shown;
use exposure::{AddrSpec, org_domain};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// Longest name of a service, in characters.
const LONGEST_TITLE: usize = 100;
/// Most places and most addresses of one entry.
const MOST: usize = 20;
/// How much of a note is looked through for an address, in bytes.
const NOTE: usize = 16 * 1024;
/// 1995-01-01 in UTC seconds: no program that is imported from is older.
const EARLIEST: i64 = 788_918_400;
/// 2100-01-01 in UTC seconds.
const LATEST: i64 = 4_102_444_800;

/// Where a login is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// A web site by its host, in lower case.
    Site(String),
    /// An app on a phone by its identifier.
    App(String),
    /// A device in the user's own network: an IP address, `localhost`, a name without a domain.
    Device,
}

/// An alias that forwards to the user, and whether it still does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Alias {
    /// It forwards.
    On,
    /// It was switched off or deleted.
    Off,
}

/// One entry of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// Name of the service; empty where the export has none but the host.
    pub title: String,
    /// Where it is used, in the order of the export.
    pub places: Vec<Place>,
    /// The user's addresses in it.
    pub addresses: Vec<AddrSpec>,
    /// When it was made, in UTC seconds.
    pub given_at: Option<i64>,
    /// It is an alias of an alias provider.
    pub alias: Option<Alias>,
}

impl Entry {
    /// Sets the name of the service.
    pub fn name(&mut self, text: &str) {
        self.title = shown(text, LONGEST_TITLE);
    }

    /// Adds what a cell or field with addresses on the web holds: one, several with commas or line
    /// breaks between them, or a JSON list.
    pub fn used_at(&mut self, text: &str) {
        let text = text.trim();
        if text.starts_with('[')
            && let Ok(list) = serde_json::from_str::<Vec<String>>(text)
        {
            list.iter().for_each(|one| self.place(one));
            return;
        }
        for (at, part) in text.split([',', '\n', ' ']).enumerate() {
            // A comma may also stand inside an address on the web.
            if at == 0 || part.contains("://") {
                self.place(part);
            }
        }
    }

    fn place(&mut self, text: &str) {
        if let Some(place) = place_of(text)
            && self.places.len() < MOST
            && !self.places.contains(&place)
        {
            self.places.push(place);
        }
    }

    /// Adds a user name or address; one that is no address is forgotten at once.
    pub fn known_as(&mut self, text: &str) {
        match address_of(text) {
            Some(spec) => self.address(spec),
            None => {
                if text.contains('<') {
                    self.found_in(text);
                }
            }
        }
    }

    fn address(&mut self, spec: AddrSpec) {
        if self.addresses.len() < MOST && !self.addresses.contains(&spec) {
            self.addresses.push(spec);
        }
    }

    /// Adds the first address in a text that is not the service's own.
    pub fn found_in(&mut self, text: &str) {
        let orgs: Vec<String> = self.sites().map(org_domain).collect();
        let found = addresses_in(text).find(|spec| !orgs.contains(&org_domain(spec.domain())));
        if let Some(spec) = found {
            self.address(spec);
        }
    }

    /// Ends an entry of an export: a name that is only the host is no name, and where no user name
    /// was an address, one may stand in the notes.
    pub fn ended(mut self, notes: &[&str]) -> Entry {
        if let Some(Place::Site(host)) = place_of(&self.title) {
            let org = org_domain(&host);
            if self.sites().next().is_none() && !self.title.contains(' ') {
                self.places.push(Place::Site(host));
            }
            if self.sites().any(|site| org_domain(site) == org) {
                self.title.clear();
            }
        }
        for note in notes {
            if self.addresses.is_empty() {
                self.found_in(note);
            }
        }
        self
    }

    /// The hosts of its sites.
    pub fn sites(&self) -> impl Iterator<Item = &str> {
        self.places.iter().filter_map(|place| match place {
            Place::Site(host) => Some(host.as_str()),
            Place::App(_) | Place::Device => None,
        })
    }
}

/// Where an address on the web, or a bare host, leads; `None` for any other text.
pub fn place_of(text: &str) -> Option<Place> {
    let text = text.trim().trim_start_matches(['"', '<']);
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => (String::new(), text),
    };
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    if authority.len() > 1_000 {
        return None;
    }
    let host = match authority.rsplit_once('@') {
        Some(_) if scheme.is_empty() => return None,
        Some((_, host)) => host,
        None => authority,
    };
    match scheme.as_str() {
        "android" | "androidapp" | "iosapp" => {
            let app = shown(host, LONGEST_TITLE);
            return (!app.is_empty()).then_some(Place::App(app));
        }
        "file" | "about" | "chrome" | "data" | "javascript" => return None,
        _ => {}
    }
    if let Some(literal) = host.strip_prefix('[') {
        let literal = literal.split(']').next()?;
        return literal.parse::<IpAddr>().ok().map(|_| Place::Device);
    }
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        Some(_) | None => host,
    };
    let host = host.trim_end_matches('.').to_lowercase();
    if host.parse::<IpAddr>().is_ok() {
        return Some(Place::Device);
    }
    let inside = [".local", ".lan", ".localhost", ".internal", ".home.arpa"];
    if !host.contains('.') || inside.iter().any(|end| host.ends_with(end)) {
        let named = !host.is_empty() && (!scheme.is_empty() || host == "localhost");
        return named.then_some(Place::Device);
    }
    is_domain(&host).then_some(Place::Site(host))
}

/// Whether a text in lower case has the form of a domain name with a top level in letters.
pub(super) fn is_domain(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let top = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(label)
        && top.chars().count() > 1
        && (top.starts_with("xn--") || top.chars().all(char::is_alphabetic))
}

/// The address that a whole text is.
pub fn address_of(text: &str) -> Option<AddrSpec> {
    let text = text.trim();
    if text.len() > 400 {
        return None;
    }
    let spec = AddrSpec::parse(text).ok()?;
    is_domain(spec.domain()).then_some(spec)
}

/// The addresses in a running text, in their order.
pub fn addresses_in(text: &str) -> impl Iterator<Item = AddrSpec> {
    let mut end = text.len().min(NOTE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let apart = |c: char| c.is_whitespace() || ",;:<>()[]{}\"'|=「」『』、。（）：・".contains(c);
    text.get(..end)
        .unwrap_or_default()
        .split(apart)
        .filter(|word| word.contains('@'))
        .filter_map(|word| address_of(word.trim_matches(['.', '!', '?', '。'])))
}

/// The instant (UTC seconds) of a date as programs write it: seconds, milliseconds or microseconds
/// since 1970, RFC 3339, a civil date with or without time, `31.12.2025`, `2025年12月31日`. A day
/// without a time is its noon. `None` for what could be two dates, and for what is none.
pub fn instant_of(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.len() > 40 || text.is_empty() {
        return None;
    }
    let at = if text.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        match text.len() {
            8 => noon(number / 10_000, number / 100 % 100, number % 100)?,
            9..=11 => number,
            12..=14 => number / 1_000,
            15..=17 => number / 1_000_000,
            _ => return None,
        }
    } else if let Ok(instant) = text.parse::<Timestamp>() {
        instant.as_second()
    } else if text.contains(':') {
        match text.parse::<DateTime>() {
            Ok(civil) => civil
                .to_zoned(jiff::tz::TimeZone::UTC)
                .ok()?
                .timestamp()
                .as_second(),
            Err(_) => day_in_words(text.split([' ', 'T']).next()?)?,
        }
    } else {
        day_in_words(text)?
    };
    (EARLIEST..LATEST).contains(&at).then_some(at)
}

fn day_in_words(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let letters = text
        .chars()
        .any(|c| !c.is_ascii_digit() && !"-/.年月日 ".contains(c));
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    if letters {
        return None;
    }
    let number = |text: &str| text.parse::<i64>().ok();
    let (first, second, third) = (number(a)?, number(b)?, number(c)?);
    match (a.len(), c.len()) {
        (4, _) => noon(first, second, third),
        (_, 4) if text.contains('.') || first > 12 => noon(third, second, first),
        (_, 4) if second > 12 || first == second => noon(third, first, second),
        _ => None,
    }
}

fn noon(year: i64, month: i64, day: i64) -> Option<i64> {
    let small = |number: i64| i8::try_from(number).ok();
    let date = Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()?;
    let noon = date
        .at(12, 0, 0, 0)
        .to_zoned(jiff::tz::TimeZone::UTC)
        .ok()?;
    Some(noon.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_where_a_login_is_used() {
        let check = |text: &str, want: Option<Place>| assert_eq!(place_of(text), want, "{text}");
        let site = |host: &str| Some(Place::Site(host.to_owned()));
        check("https://Shop.Example/login?x=1", site("shop.example"));
        check("https://me:secret@shop.example:8443/", site("shop.example"));
        check("shop.example", site("shop.example"));
        check("www.店.example/a", site("www.店.example"));
        check("me@shop.example", None);
        check("two words", None);
        check("3.14", None);
        check("=1+1", None);
        check("https://192.168.1.1/", Some(Place::Device));
        check("http://[::1]:80/", Some(Place::Device));
        check("http://localhost:3000", Some(Place::Device));
        check("http://printer.local/", Some(Place::Device));
        check(
            "android://abc==@com.example.shop/",
            Some(Place::App("com.example.shop".to_owned())),
        );
        check("file:///etc/passwd", None);
        check("", None);
    }

    #[test]
    fn reads_dates_as_programs_write_them() {
        let day = |text: &str| {
            instant_of(text).map(|at| {
                let instant = Timestamp::from_second(at).unwrap();
                instant.to_string().get(..10).unwrap_or_default().to_owned()
            })
        };
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(day(text).as_deref(), want, "{text}");
        };
        check("1735689600", Some("2025-01-01"));
        check("1735689600000", Some("2025-01-01"));
        check("2025-01-01T09:00:00Z", Some("2025-01-01"));
        check("2025-01-01 09:00:00", Some("2025-01-01"));
        check("2025/1/31 9:00", Some("2025-01-31"));
        check("2025-01-31", Some("2025-01-31"));
        check("31.01.2025", Some("2025-01-31"));
        check("31/01/2025", Some("2025-01-31"));
        check("01/31/2025", Some("2025-01-31"));
        check("03/04/2025", None);
        check("2025年1月31日", Some("2025-01-31"));
        check("20250131", Some("2025-01-31"));
        check("1970-01-01", None);
        check("never", None);
        check("", None);
    }

    #[test]
    fn an_address_in_the_notes_counts_where_the_user_name_is_none_and_the_services_own_never_does()
    {
        let mut entry = Entry::default();
        entry.name("Shop");
        entry.used_at("https://www.shop.example/");
        entry.known_as("ada_77");
        let entry = entry.ended(&["help: help@shop.example, mine: <ada+shop@example.org>."]);
        assert_eq!(
            entry.addresses,
            [AddrSpec::parse("ada+shop@example.org").unwrap()]
        );
    }

    #[test]
    fn a_name_that_is_only_the_host_is_no_name() {
        let check = |title: &str, url: &str, want: &str| {
            let mut entry = Entry::default();
            entry.name(title);
            entry.used_at(url);
            assert_eq!(entry.ended(&[]).title, want, "{title} at {url}");
        };
        check("www.shop.example", "https://shop.example/", "");
        check("shop.example", "", "");
        check("Shop", "https://shop.example/", "Shop");
        check("other.example", "https://shop.example/", "other.example");
    }
}
