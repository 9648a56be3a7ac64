//! The shapes of a catalogue: the documented one (`docs/catalogue.md`), in which it is also kept,
//! and those of Have I Been Pwned and Mozilla, which differ from it in the names of their fields.

use crate::fault::{Code, Fault};
use crate::web::Version;
use anyhow::Result;
use csv::ReaderBuilder;
use exposure::catalogue::{Blame, Entry, Source};
use jiff::Timestamp;
use jiff::civil::Date;
use reqwest::Url;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most bytes of a catalogue; that of Have I Been Pwned has 1.1 million.
pub const MOST_BYTES: usize = 16 << 20;
/// Most entries that are read.
const MOST_ENTRIES: usize = 20_000;
/// Whom to thank for the entries of Have I Been Pwned, as its licence asks.
const PWNED_THANKS: &str = "Have I Been Pwned, CC BY 4.0";
/// The same of Mozilla's list, which is made from them.
const MOZILLA_THANKS: &str = "Mozilla Monitor, from Have I Been Pwned, CC BY 4.0";

/// A catalogue with what is known of where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// When it was last known to be what its host gives, UTC seconds.
    pub fetched_at: i64,
    /// Which version it is.
    pub version: Version,
    /// Its newest entry as its host names it.
    pub latest: Option<String>,
    /// Whom to thank for it.
    pub attribution: String,
    /// Its entries.
    pub entries: Vec<Entry>,
    /// So many of its rows could not be read.
    pub skipped: usize,
}

impl Kept {
    /// The same, with somebody to thank where it names nobody.
    pub(crate) fn thanking(mut self, otherwise: &str) -> Kept {
        let nobody = self.entries.iter_mut().map(|entry| &mut entry.attribution);
        let nobody = nobody.chain(std::iter::once(&mut self.attribution));
        for attribution in nobody.filter(|attribution| attribution.is_empty()) {
            *attribution = exposure::show::shown(otherwise, 120);
        }
        self
    }

    /// The documented shape, with what is needed to ask for it again.
    ///
    /// # Errors
    /// None that is met: every part can be written.
    pub(super) fn to_json(&self) -> Result<Vec<u8>> {
        let file = File {
            fetched_at: Timestamp::from_second(self.fetched_at).ok(),
            version: self.version.clone(),
            latest: self.latest.clone(),
            attribution: self.attribution.clone(),
            breaches: self
                .entries
                .iter()
                .map(|entry| Line::Row(Box::new(Row::of(entry))))
                .collect(),
        };
        Ok(serde_json::to_vec(&file)?)
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct File {
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_at: Option<Timestamp>,
    #[serde(flatten)]
    version: Version,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
    attribution: String,
    #[serde(alias = "data")]
    breaches: Vec<Line>,
}

/// A row, or something that is none.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Row(Box<Row>),
    Odd(#[serde(skip_serializing)] IgnoredAny),
}

/// One entry by the names of its fields: ours, and those of Have I Been Pwned.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Row {
    #[serde(alias = "Name")]
    name: String,
    #[serde(alias = "Title")]
    title: String,
    #[serde(alias = "Domain")]
    domain: Option<String>,
    #[serde(skip_serializing)]
    url: Option<String>,
    #[serde(alias = "BreachDate")]
    happened: String,
    #[serde(alias = "AddedDate")]
    published: Option<String>,
    #[serde(alias = "PwnCount")]
    people: Option<u64>,
    #[serde(alias = "DataClasses")]
    data: Vec<String>,
    #[serde(alias = "Description")]
    description: Option<String>,
    source: Option<String>,
    blames: Option<String>,
    #[serde(rename = "IsVerified", skip_serializing)]
    verified: Option<bool>,
    #[serde(rename = "IsFabricated", skip_serializing)]
    fabricated: bool,
    #[serde(rename = "IsRetired", skip_serializing)]
    retired: bool,
    #[serde(rename = "IsSpamList", skip_serializing)]
    spam_list: bool,
    #[serde(rename = "IsMalware", skip_serializing)]
    malware: bool,
    #[serde(rename = "IsStealerLog", skip_serializing)]
    stealer_log: bool,
}

impl Row {
    fn of(entry: &Entry) -> Row {
        Row {
            name: entry.name.clone(),
            title: entry.title.clone(),
            domain: Some(entry.domain.clone()),
            happened: entry.happened.to_string(),
            published: entry.published.map(|day| day.to_string()),
            people: entry.people,
            data: entry.data.clone(),
            description: Some(entry.description.clone()),
            source: Some(entry.attribution.clone()),
            blames: Some(entry.blame.word().to_owned()),
            ..Row::default()
        }
    }

    /// The entry; `None` without a day, or without anything to call it by.
    fn entry(self, source: Source, attribution: &str) -> Option<Entry> {
        let happened = day(&self.happened)?;
        let blame = self.blame();
        let domain = host(self.domain.as_deref())
            .or_else(|| host(self.url.as_deref()))
            .unwrap_or_default();
        let named = [&self.name, &self.title, &domain];
        let name = named.into_iter().find(|name| !name.trim().is_empty())?;
        let own = self.source.filter(|own| !own.trim().is_empty());
        let entry = Entry {
            name: name.clone(),
            title: self.title,
            domain,
            happened,
            published: self.published.as_deref().and_then(day),
            people: self.people,
            data: self.data,
            description: self.description.unwrap_or_default(),
            source,
            attribution: own.unwrap_or_else(|| attribution.to_owned()),
            blame,
        };
        Some(entry.bounded())
    }

    fn blame(&self) -> Blame {
        let nobodys = [
            self.fabricated,
            self.retired,
            self.spam_list,
            self.malware,
            self.stealer_log,
        ];
        let said = self.blames.as_deref().and_then(Blame::from_word);
        match (said, self.verified) {
            _ if nobodys.contains(&true) => Blame::Nobody,
            (Some(said), _) => said,
            (None, Some(false)) => Blame::Unverified,
            (None, Some(true) | None) => Blame::Service,
        }
    }
}

/// A day; of a month or a year alone its first, as catalogues write it.
fn day(text: &str) -> Option<Date> {
    let text = text.trim().get(..10).unwrap_or(text.trim());
    let filled = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    filled.parse().ok()
}

/// The host of a domain or an address, as name servers write it.
fn host(text: Option<&str>) -> Option<String> {
    let text = text?.trim();
    let url = match text.contains("://") {
        true => Url::parse(text),
        false => Url::parse(&format!("https://{text}")),
    };
    Some(url.ok()?.host_str()?.to_owned())
}

/// Reads a catalogue of any of the shapes: JSON, or a table in CSV.
///
/// # Errors
/// [`Code::CatalogueUnknown`] for anything else, and where no row can be read.
pub fn read(bytes: &[u8], source: Source) -> Result<Kept> {
    let unknown = || Fault::new(Code::CatalogueUnknown);
    if bytes.len() > MOST_BYTES {
        return Err(unknown().into());
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let file = match first {
        Some(b'{') => serde_json::from_slice(bytes)?,
        Some(b'[') => File {
            breaches: serde_json::from_slice(bytes)?,
            ..File::default()
        },
        Some(_) => File {
            breaches: table(bytes)?,
            ..File::default()
        },
        None => File::default(),
    };
    let attribution = match source {
        Source::Pwned => PWNED_THANKS.to_owned(),
        Source::Mozilla => MOZILLA_THANKS.to_owned(),
        Source::Chosen => exposure::show::shown(&file.attribution, 120),
    };
    let rows = file.breaches.len();
    let entries: Vec<Entry> = file
        .breaches
        .into_iter()
        .take(MOST_ENTRIES)
        .filter_map(|line| match line {
            Line::Row(row) => row.entry(source, &attribution),
            Line::Odd(_) => None,
        })
        .collect();
    if entries.is_empty() {
        return Err(unknown().into());
    }
    Ok(Kept {
        fetched_at: file.fetched_at.map_or(0, Timestamp::as_second),
        version: file.version,
        latest: file.latest,
        attribution,
        skipped: rows - entries.len(),
        entries,
    })
}

/// The rows of a table whose first row names its columns.
fn table(bytes: &[u8]) -> Result<Vec<Line>> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
    let head: Vec<String> = reader
        .headers()?
        .iter()
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    let mut lines = Vec::new();
    for record in reader.records().take(MOST_ENTRIES) {
        let record = record?;
        let cells: BTreeMap<&str, &str> = head
            .iter()
            .zip(&record)
            .map(|(name, cell)| (name.as_str(), cell.trim()))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        let text = |name: &str| cells.get(name).map(|cell| (*cell).to_owned());
        let digits = |cell: String| cell.replace([',', ' '], "").parse().ok();
        let row = Row {
            name: text("name").unwrap_or_default(),
            title: text("title").unwrap_or_default(),
            domain: text("domain"),
            url: text("url"),
            happened: text("happened").unwrap_or_default(),
            published: text("published"),
            people: text("people").and_then(digits),
            data: text("data")
                .map(|cell| cell.split(';').map(|kind| kind.trim().to_owned()).collect())
                .unwrap_or_default(),
            description: text("description"),
            source: text("source"),
            blames: text("blames"),
            ..Row::default()
        };
        lines.push(Line::Row(Box::new(row)));
    }
    Ok(lines)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_table_and_json_of_the_documented_shape_say_the_same() {
        let table = "\u{feff}Name,URL,Happened,Published,People,Data,Source\r\n\
            \"みかん書店\",https://www.mikan.example/news?id=1,2024-05,2024-06-02,\"3,385\",氏名; メールアドレス,見本\r\n\
            ,,2024-05-01,,,,\r\n\
            Ringo,ringo.example,no day,,,,\r\n";
        let json = r#"{"attribution": "見本", "later": 1, "breaches": [
            {"name": "みかん書店", "domain": "mikan.example", "happened": "2024-05-01",
             "published": "2024-06-02T10:00:00Z", "people": 3385, "data": ["氏名", "メールアドレス"]},
            {"name": "odd", "happened": 7}, "odd", null]}"#;
        let table = read(table.as_bytes(), Source::Chosen).unwrap();
        let json = read(json.as_bytes(), Source::Chosen).unwrap();
        assert_eq!(table.entries, json.entries);
        let entry = &json.entries[0];
        assert_eq!(entry.domain, "mikan.example");
        assert_eq!(entry.happened, date(2024, 5, 1));
        assert_eq!(entry.published, Some(date(2024, 6, 2)));
        assert_eq!(entry.people, Some(3_385));
        assert_eq!(entry.data, ["氏名", "メールアドレス"]);
        assert_eq!(entry.attribution, "見本");
        assert_eq!((table.skipped, json.skipped), (2, 3), "it is said how many");
    }

    #[test]
    fn what_was_kept_comes_back() {
        let entries = read(PWNED.as_bytes(), Source::Pwned).unwrap().entries;
        let kept = Kept {
            fetched_at: 1_781_956_800,
            version: Version {
                etag: Some("\"a\"".into()),
                last_modified: None,
            },
            latest: Some("B".into()),
            attribution: PWNED_THANKS.into(),
            entries,
            skipped: 0,
        };
        let back = read(&kept.to_json().unwrap(), Source::Pwned).unwrap();
        assert_eq!(back, kept);
    }

    /// The shape of Have I Been Pwned, made up.
    const PWNED: &str = r#"[
        {"Name":"A","Title":"A &amp; B","Domain":"a.example","BreachDate":"2015-03-01","AddedDate":"2015-10-26T23:35:45Z",
         "PwnCount":7,"Description":"In <a href=\"x\">March</a>","DataClasses":["Passwords"],"IsVerified":true,"IsFabricated":false,
         "IsRetired":false,"IsSpamList":false,"IsMalware":false,"IsStealerLog":false,"Attribution":null,"DisclosureUrl":null},
        {"Name":"B","Title":"B","Domain":"","BreachDate":"2015-03-02","IsVerified":true},
        {"Name":"C","Title":"C","Domain":"c.example","BreachDate":"2015-03-02","IsVerified":true,"IsSpamList":true},
        {"Name":"D","Title":"D","Domain":"d.example","BreachDate":"2015-03-02","IsVerified":false},
        {"Name":"E","Title":"E","Domain":"e.example","BreachDate":"2015-03-02","IsVerified":true,"IsStealerLog":true}]"#;

    #[test]
    fn entries_that_blame_nobody_are_known_by_their_marks() {
        let kept = read(PWNED.as_bytes(), Source::Pwned).unwrap();
        let blames: Vec<Blame> = kept.entries.iter().map(|entry| entry.blame).collect();
        let nobody = Blame::Nobody;
        assert_eq!(
            blames,
            [Blame::Service, nobody, nobody, Blame::Unverified, nobody]
        );
        let first = &kept.entries[0];
        assert_eq!(first.title, "A & B");
        assert_eq!(first.description, "In March");
        assert_eq!(first.attribution, PWNED_THANKS);
    }

    #[test]
    fn what_is_no_catalogue_is_refused() {
        for text in [
            "",
            "[]",
            "{}",
            "[1, 2]",
            "<html>busy</html>",
            "{\"breaches\": [",
            "name,domain\nA,a.example\n",
            "\0\u{1}",
        ] {
            assert!(read(text.as_bytes(), Source::Chosen).is_err(), "{text:?}");
        }
    }
}
