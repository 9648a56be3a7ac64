#![allow(clippy::unwrap_used)]

use super::*;
use std::fs;

/// A profile as Thunderbird 140 writes one; everything in it is made up.
const PREFS: &str = r#"// Mozilla User Preferences
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.account2.identities", "id1,id2");
user_pref("mail.account.account2.server", "server2");
user_pref("mail.account.account3.identities", "id3");
user_pref("mail.account.account3.server", "server3");
user_pref("mail.account.account4.server", "server4");
user_pref("mail.account.account5.server", "server5");
user_pref("mail.account.lastKey", 5);
user_pref("mail.accountmanager.accounts", "account1,account2,account3,account4,account5,account9");
user_pref("mail.identity.id1.useremail", "ada@example.org");
user_pref("mail.identity.id2.useremail", "a.shop@example.org");
user_pref("mail.identity.id3.useremail", "ada@example.net");
user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/Local Folders");
user_pref("mail.server.server1.hostname", "Local Folders");
user_pref("mail.server.server1.name", "Local Folders");
user_pref("mail.server.server1.type", "none");
user_pref("mail.server.server1.userName", "nobody");
user_pref("mail.server.server2.directory", "/nowhere/ImapMail/imap.example.org");
user_pref("mail.server.server2.directory-rel", "[ProfD]ImapMail/imap.example.org");
user_pref("mail.server.server2.hostname", "imap.example.org");
user_pref("mail.server.server2.name", "ada@example.org");
user_pref("mail.server.server2.password", "never read");
user_pref("mail.server.server2.port", 993);
user_pref("mail.server.server2.socketType", 3);
user_pref("mail.server.server2.type", "imap");
user_pref("mail.server.server2.userName", "ada@example.org");
user_pref("mail.server.server3.directory-rel", "[ProfD]Mail/pop.example.net");
user_pref("mail.server.server3.hostname", "pop.example.net");
user_pref("mail.server.server3.type", "pop3");
user_pref("mail.server.server3.userName", "ada");
user_pref("mail.server.server4.directory-rel", "[ProfD]Mail/Feeds");
user_pref("mail.server.server4.type", "rss");
user_pref("mail.server.server5.hostname", "old.example.org");
user_pref("mail.server.server5.socketType", 2);
user_pref("mail.server.server5.type", "imap");
user_pref("mail.server.server5.userName", "eve");
"#;

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn profile(home: &Path, root: &str) -> PathBuf {
    put(
        home,
        &format!("{root}/profiles.ini"),
        "[Install0]\r\nDefault=abcd.default-release\r\n\r\n[Profile0]\r\nName=default\r\nIsRelative=1\r\nPath=Profiles/abcd.default-release\r\n\r\n[Profile1]\r\nName=gone\r\nIsRelative=1\r\nPath=Profiles/gone\r\n",
    );
    let profile = format!("{root}/Profiles/abcd.default-release");
    put(home, &format!("{profile}/prefs.js"), PREFS);
    put(home, &format!("{profile}/logins.json"), "never read");
    for folder in [
        "Mail/Local Folders",
        "ImapMail/imap.example.org",
        "Mail/pop.example.net",
        "Mail/Feeds",
    ] {
        put(home, &format!("{profile}/{folder}/Inbox"), "");
        put(home, &format!("{profile}/{folder}/Inbox.msf"), "an index");
    }
    home.join(profile)
}

#[test]
fn finds_the_accounts_of_a_profile_with_their_folders() {
    for root in ROOTS {
        let home = tempfile::tempdir().unwrap();
        let profile = profile(home.path(), root);
        let found = accounts(home.path(), None);
        let short: Vec<(&str, Vec<String>, Option<&Path>)> = found
            .iter()
            .map(|account| {
                let folder = account.folder.as_deref();
                (
                    account.name.as_str(),
                    account.addresses.iter().map(ToString::to_string).collect(),
                    folder.map(|folder| folder.strip_prefix(&profile).unwrap()),
                )
            })
            .collect();
        let own = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            short,
            [
                (
                    "Local Folders",
                    own(&[]),
                    Some(Path::new("Mail/Local Folders"))
                ),
                (
                    "ada@example.org",
                    own(&["ada@example.org", "a.shop@example.org"]),
                    Some(Path::new("ImapMail/imap.example.org"))
                ),
                (
                    "ada@example.net",
                    own(&["ada@example.net"]),
                    Some(Path::new("Mail/pop.example.net"))
                ),
                ("old.example.org", own(&[]), None),
            ],
            "{root}"
        );
        let servers: Vec<&FoundServer> = found.iter().filter_map(|a| a.server.as_ref()).collect();
        assert_eq!(
            servers,
            [
                &FoundServer {
                    host: "imap.example.org".into(),
                    port: 993,
                    security: Security::Tls,
                    login: "ada@example.org".into()
                },
                &FoundServer {
                    host: "old.example.org".into(),
                    port: 143,
                    security: Security::Starttls,
                    login: "eve".into()
                }
            ]
        );
    }
}

#[test]
fn finds_profiles_that_lie_elsewhere_once() {
    let home = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let path = profile(elsewhere.path(), "kept");
    let ini = format!("[Profile0]\nIsRelative=0\nPath={}\n", path.display());
    put(home.path(), ".thunderbird/profiles.ini", &ini);
    put(home.path(), "settings/Thunderbird/profiles.ini", &ini);
    let settings = home.path().join("settings");
    assert_eq!(accounts(home.path(), Some(&settings)).len(), 4);
}

#[test]
fn looks_through_no_folder_that_holds_the_profile() {
    for folder in [
        "[ProfD]",
        "[ProfD]/",
        "[ProfD]..",
        "[ProfD]Mail/../../../..",
    ] {
        let home = tempfile::tempdir().unwrap();
        put(home.path(), ".thunderbird/profiles.ini", "Path=p\n");
        put(home.path(), ".thunderbird/p/Mail/Inbox", "From \n\n");
        let prefs = format!(
            "user_pref(\"mail.accountmanager.accounts\", \"a\");\n\
             user_pref(\"mail.account.a.server\", \"s\");\n\
             user_pref(\"mail.server.s.type\", \"none\");\n\
             user_pref(\"mail.server.s.name\", \"Local Folders\");\n\
             user_pref(\"mail.server.s.directory-rel\", \"{folder}\");\n"
        );
        put(home.path(), ".thunderbird/p/prefs.js", &prefs);
        assert!(accounts(home.path(), None).is_empty(), "{folder}");
    }
}

#[test]
fn finds_nothing_where_there_is_nothing() {
    let home = tempfile::tempdir().unwrap();
    assert!(accounts(home.path(), None).is_empty());
    put(
        home.path(),
        ".thunderbird/profiles.ini",
        "\u{0}=\nPath=\nPath=..\n",
    );
    assert!(accounts(home.path(), None).is_empty());
}
