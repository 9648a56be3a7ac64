//! Thunderbird's mail on this PC: its profiles, the accounts in them, and where the mail of each
//! lies. Read are `profiles.ini` and `prefs.js`; nothing is written.

mod prefs;

use exposure::{AddrSpec, Security};
use prefs::Prefs;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Where Thunderbird keeps its profiles, below the user's own folder: Linux, snap, flatpak, newer
/// Linux, macOS, Windows.
const ROOTS: [&str; 6] = [
    ".thunderbird",
    "snap/thunderbird/common/.thunderbird",
    ".var/app/org.mozilla.Thunderbird/.thunderbird",
    ".config/thunderbird",
    "Library/Thunderbird",
    "AppData/Roaming/Thunderbird",
];
/// Longest `prefs.js` or `profiles.ini` that is read, in bytes.
const LONGEST: u64 = 16 * 1024 * 1024;

/// An account of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundAccount {
    /// The profile's folder.
    pub profile: PathBuf,
    /// What Thunderbird calls it.
    pub name: String,
    /// The addresses that its owner writes from, the usual one first.
    pub addresses: Vec<AddrSpec>,
    /// The folder of its mail, if mail lies there.
    pub folder: Option<PathBuf>,
    /// How many mailboxes lie there.
    pub mailboxes: usize,
    /// How it is reached, for an IMAP account.
    pub server: Option<FoundServer>,
}

/// How an IMAP account is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundServer {
    /// Host name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// Login name.
    pub login: String,
}

/// The accounts of every profile below the user's own folder, and below the folder of programs'
/// settings where that lies elsewhere.
pub fn accounts(home: &Path, settings: Option<&Path>) -> Vec<FoundAccount> {
    let elsewhere = settings.map(|folder| folder.join("Thunderbird"));
    let roots = ROOTS.iter().map(|root| home.join(root)).chain(elsewhere);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for root in roots {
        for profile in profiles(&root) {
            // One folder may be reached by several ways.
            let real = std::fs::canonicalize(&profile).unwrap_or_else(|_| profile.clone());
            if seen.insert(real) {
                found.extend(accounts_of(&profile));
            }
        }
    }
    found
}

/// The folders that `profiles.ini` names, and that hold a profile.
fn profiles(root: &Path) -> Vec<PathBuf> {
    let Some(text) = text_of(&root.join("profiles.ini")) else {
        return Vec::new();
    };
    let paths = text.lines().filter_map(|line| {
        let (name, value) = line.split_once('=')?;
        (name.trim() == "Path").then(|| value.trim())
    });
    // An absolute path stays what it is when it is joined.
    paths
        .map(|path| root.join(path))
        .filter(|profile| profile.join("prefs.js").is_file())
        .collect()
}

fn accounts_of(profile: &Path) -> Vec<FoundAccount> {
    let Some(text) = text_of(&profile.join("prefs.js")) else {
        return Vec::new();
    };
    let prefs = Prefs::read(&text);
    prefs
        .keys("mail.accountmanager.accounts")
        .into_iter()
        .filter_map(|account| account_of(profile, &prefs, account))
        .collect()
}

fn account_of(profile: &Path, prefs: &Prefs, account: &str) -> Option<FoundAccount> {
    let server = prefs.value("account", account, "server")?;
    let of_server = |name: &str| prefs.value("server", server, name);
    let kind = of_server("type")?;
    // Feeds, news groups and chats are no mail.
    if matches!(kind, "rss" | "nntp" | "im") {
        return None;
    }
    let identities = prefs.keys(&format!("mail.account.{account}.identities"));
    let mut addresses = Vec::new();
    for text in identities
        .iter()
        .filter_map(|identity| prefs.value("identity", identity, "useremail"))
    {
        match AddrSpec::parse(text) {
            Ok(spec) if !addresses.contains(&spec) => addresses.push(spec),
            Ok(_) | Err(_) => {}
        }
    }
    let login = of_server("realuserName").or(of_server("userName"));
    let host = of_server("realhostname").or(of_server("hostname"));
    let server = match (kind, host, login) {
        ("imap", Some(host), Some(login)) => Some(server_of(
            host,
            login,
            of_server("port"),
            of_server("socketType"),
        )),
        _ => None,
    };
    let folder = folder_of(profile, of_server("directory-rel"), of_server("directory"));
    let mailboxes = folder.as_deref().map_or(0, mailboxes_in);
    let folder = folder.filter(|_| mailboxes > 0);
    if folder.is_none() && server.is_none() {
        return None;
    }
    let name = of_server("name")
        .map(str::to_owned)
        .or_else(|| addresses.first().map(ToString::to_string))
        .or(host.map(str::to_owned))?;
    Some(FoundAccount {
        profile: profile.to_owned(),
        name,
        addresses,
        folder,
        mailboxes,
        server,
    })
}

/// How many mailboxes lie in a folder. An account whose mail stays on the server has indexes only.
fn mailboxes_in(folder: &Path) -> usize {
    match super::archive::check(folder) {
        Ok(listed) => listed.len(),
        Err(error) => {
            tracing::debug!("nothing to read of an account of Thunderbird: {error:#}");
            0
        }
    }
}

fn server_of(host: &str, login: &str, port: Option<&str>, socket: Option<&str>) -> FoundServer {
    let security = match socket {
        Some("3") => Security::Tls,
        Some("1" | "2") => Security::Starttls,
        Some(_) | None => Security::None,
    };
    let usual = match security {
        Security::Tls => 993,
        Security::Starttls | Security::None => 143,
    };
    let port = port.and_then(|port| port.parse().ok()).filter(|p| *p != 0);
    FoundServer {
        host: host.to_owned(),
        port: port.unwrap_or(usual),
        security,
        login: login.to_owned(),
    }
}

/// The folder of an account's mail: beside the profile's other files, so that it is found in a
/// profile that was moved, else where it was when it was made.
fn folder_of(profile: &Path, beside: Option<&str>, absolute: Option<&str>) -> Option<PathBuf> {
    let beside = beside
        .and_then(|path| path.strip_prefix("[ProfD]"))
        .map(|path| profile.join(path));
    let absolute = absolute.map(PathBuf::from);
    [beside, absolute]
        .into_iter()
        .flatten()
        .find(|folder| folder.is_dir() && !holds(folder, profile))
}

/// Whether a folder is the profile's own or one above it: no account's, and far too much to look
/// through.
fn holds(folder: &Path, profile: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    real(profile).starts_with(real(folder))
}

fn text_of(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut bytes));
    match read {
        Ok(_) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => {
            tracing::debug!("no profile of Thunderbird there: {error}");
            None
        }
    }
}

#[cfg(test)]
mod tests;
