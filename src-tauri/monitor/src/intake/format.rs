//! The formats that are known, and how each is recognised: by what is in a file, never by its name.

use super::columns::Role;
use crate::exported::sheet::COLUMNS;
use std::collections::BTreeSet;

/// Declares the formats with their word on the command line and in the ledger, and the name that
/// people know.
macro_rules! formats {
    ($($(#[$meta:meta])* $variant:ident => $word:literal, $name:literal);+ $(;)?) => {
        /// What wrote an export.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum Format { $($(#[$meta])* #[serde(rename = $word)] $variant),+ }
        impl Format {
            /// Every format.
            pub const ALL: &'static [Format] = &[$(Format::$variant),+];
            /// The word on the command line, in JSON and in the ledger.
            pub const fn word(self) -> &'static str { match self { $(Format::$variant => $word),+ } }
            /// The name that people know; empty for a table that nobody has seen.
            pub const fn name(self) -> &'static str { match self { $(Format::$variant => $name),+ } }
        }
    };
}

formats! {
    /// Bitwarden, CSV.
    BitwardenCsv => "bitwarden-csv", "Bitwarden (CSV)";
    /// Bitwarden, JSON, also in a zip.
    BitwardenJson => "bitwarden-json", "Bitwarden (JSON)";
    /// 1Password 8, CSV.
    OnePasswordCsv => "1password-csv", "1Password (CSV)";
    /// 1Password, 1PUX.
    OnePux => "1pux", "1Password (1PUX)";
    /// KeePassXC, CSV.
    KeePassXc => "keepassxc", "KeePassXC";
    /// Chrome, Edge, Brave.
    Chromium => "chrome", "Chrome, Edge, Brave";
    /// Firefox.
    Firefox => "firefox", "Firefox";
    /// Safari and Apple Passwords.
    Apple => "apple", "Apple Passwords";
    /// Proton Pass, CSV.
    ProtonCsv => "proton-csv", "Proton Pass (CSV)";
    /// Proton Pass, JSON, also in a zip.
    ProtonJson => "proton-json", "Proton Pass (JSON)";
    /// The aliases of SimpleLogin.
    SimpleLogin => "simplelogin", "SimpleLogin";
    /// The aliases of addy.io.
    AddyIo => "addy", "addy.io";
    /// Our own export, JSON.
    AtesakiJson => "atesaki-json", "Atesaki (JSON)";
    /// Our own export, CSV.
    AtesakiCsv => "atesaki-csv", "Atesaki (CSV)";
    /// Any other table: its columns are guessed, or said.
    Table => "table", "";
}

/// The columns of a known table: which are always there, and what those are that count.
struct Shape {
    format: Format,
    needed: &'static [&'static str],
    /// Columns that count.
    roles: &'static [(&'static str, Role)],
    /// Columns that belong to it and do not count.
    other: &'static [&'static str],
}

/// A table is a known one when it has every needed column and no column of anybody else's.
const SHAPES: &[Shape] = &[
    Shape {
        format: Format::BitwardenCsv,
        needed: &["type", "name", "login_uri", "login_username"],
        roles: &[
            ("type", Role::Kind),
            ("name", Role::Service),
            ("notes", Role::Note),
            ("fields", Role::Note),
            ("login_uri", Role::Url),
            ("login_username", Role::Address),
            ("login_password", Role::Secret),
            ("login_totp", Role::Secret),
        ],
        other: &[
            "folder",
            "collections",
            "favorite",
            "reprompt",
            "archiveddate",
        ],
    },
    Shape {
        format: Format::OnePasswordCsv,
        needed: &[
            "title", "url", "username", "password", "favorite", "archived",
        ],
        roles: &[
            ("title", Role::Service),
            ("url", Role::Url),
            ("username", Role::Address),
            ("password", Role::Secret),
            ("otpauth", Role::Secret),
            ("notes", Role::Note),
        ],
        other: &["favorite", "archived", "tags"],
    },
    Shape {
        format: Format::KeePassXc,
        needed: &["group", "title", "username", "password", "url", "notes"],
        roles: &[
            ("title", Role::Service),
            ("username", Role::Address),
            ("password", Role::Secret),
            ("url", Role::Url),
            ("notes", Role::Note),
            ("totp", Role::Secret),
            ("created", Role::Date),
        ],
        other: &["group", "icon", "last modified"],
    },
    Shape {
        format: Format::Apple,
        needed: &["title", "url", "username", "password"],
        roles: &[
            ("title", Role::Service),
            ("url", Role::Url),
            ("username", Role::Address),
            ("password", Role::Secret),
            ("notes", Role::Note),
            ("otpauth", Role::Secret),
        ],
        other: &[],
    },
    Shape {
        format: Format::Chromium,
        needed: &["name", "url", "username", "password"],
        roles: &[
            ("name", Role::Service),
            ("url", Role::Url),
            ("username", Role::Address),
            ("password", Role::Secret),
            ("note", Role::Note),
        ],
        other: &[],
    },
    Shape {
        format: Format::Firefox,
        needed: &[
            "url",
            "username",
            "password",
            "httprealm",
            "formactionorigin",
        ],
        roles: &[
            ("url", Role::Url),
            ("username", Role::Address),
            ("password", Role::Secret),
            ("timecreated", Role::Date),
        ],
        other: &[
            "httprealm",
            "formactionorigin",
            "guid",
            "timelastused",
            "timepasswordchanged",
        ],
    },
    Shape {
        format: Format::ProtonCsv,
        needed: &["name", "url", "username", "password", "note", "totp"],
        roles: &[
            ("type", Role::Kind),
            ("name", Role::Service),
            ("url", Role::Url),
            ("autofillurls", Role::Url),
            ("email", Role::Address),
            ("username", Role::Address),
            ("password", Role::Secret),
            ("note", Role::Note),
            ("totp", Role::Secret),
            ("createtime", Role::Date),
        ],
        other: &["modifytime", "vault"],
    },
    Shape {
        format: Format::SimpleLogin,
        needed: &["alias", "note", "mailboxes"],
        roles: &[
            ("alias", Role::Alias),
            ("note", Role::Service),
            ("enabled", Role::Switch),
        ],
        other: &["mailboxes"],
    },
    Shape {
        format: Format::AddyIo,
        needed: &["local_part", "domain", "email", "active", "description"],
        roles: &[
            ("email", Role::Alias),
            ("description", Role::Service),
            ("active", Role::Switch),
            ("created_at", Role::Date),
            ("deleted_at", Role::Ended),
        ],
        other: &[
            "id",
            "user_id",
            "aliasable_id",
            "aliasable_type",
            "local_part",
            "extension",
            "domain",
            "pinned",
            "from_name",
            "attached_recipients_only",
            "emails_forwarded",
            "emails_blocked",
            "emails_replied",
            "emails_sent",
            "last_forwarded",
            "last_blocked",
            "last_replied",
            "last_sent",
            "updated_at",
            "recipients",
        ],
    },
    // Its rows are no entries: they say more.
    Shape {
        format: Format::AtesakiCsv,
        needed: &COLUMNS,
        roles: &[],
        other: &COLUMNS,
    },
];

impl Format {
    /// The format of a word.
    pub fn from_word(word: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|f| f.word() == word)
    }

    /// The known table whose columns have these names, in any order and any letter case.
    pub fn of_columns(names: &[String]) -> Option<Format> {
        let names: BTreeSet<String> = names.iter().map(|name| folded(name)).collect();
        let has = |name: &&str| names.contains(*name);
        let is = |shape: &&Shape| {
            let belongs = |name: &String| {
                shape.other.contains(&name.as_str())
                    || shape.roles.iter().any(|(known, _)| known == name)
            };
            shape.needed.iter().all(has) && names.iter().all(belongs)
        };
        SHAPES.iter().find(is).map(|shape| shape.format)
    }

    /// What the columns of a known table are; `None` for a format that is no table, or not known.
    pub(super) fn roles(self, names: &[String]) -> Option<Vec<Role>> {
        let shape = SHAPES.iter().find(|shape| shape.format == self)?;
        let role = |name: &String| {
            let name = folded(name);
            let known = shape.roles.iter().find(|(known, _)| *known == name);
            known.map_or(Role::Ignore, |(_, role)| *role)
        };
        Some(names.iter().map(role).collect())
    }
}

fn folded(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_every_header_of_the_facts_whatever_the_order() {
        let check = |header: &str, want: Option<Format>| {
            let mut names: Vec<String> = header.split(',').map(str::to_owned).collect();
            assert_eq!(Format::of_columns(&names), want, "{header}");
            names.reverse();
            assert_eq!(Format::of_columns(&names), want, "{header} from behind");
        };
        check(
            "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp",
            Some(Format::BitwardenCsv),
        );
        check(
            "folder,favorite,type,name,notes,fields,reprompt,archivedDate,login_uri,login_username,login_password,login_totp",
            Some(Format::BitwardenCsv),
        );
        check(
            "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes",
            Some(Format::OnePasswordCsv),
        );
        check(
            "Group,Title,Username,Password,URL,Notes,TOTP,Icon,Last Modified,Created",
            Some(Format::KeePassXc),
        );
        check(
            "Group,Title,Username,Password,URL,Notes",
            Some(Format::KeePassXc),
        );
        check("name,url,username,password,note", Some(Format::Chromium));
        check("name,url,username,password", Some(Format::Chromium));
        check(
            "url,username,password,httpRealm,formActionOrigin,guid,timeCreated,timeLastUsed,timePasswordChanged",
            Some(Format::Firefox),
        );
        check(
            "Title,URL,Username,Password,Notes,OTPAuth",
            Some(Format::Apple),
        );
        check(
            "type,name,url,autofillUrls,email,username,password,note,totp,createTime,modifyTime,vault",
            Some(Format::ProtonCsv),
        );
        check(
            "type,name,url,email,username,password,note,totp,createTime,modifyTime,vault",
            Some(Format::ProtonCsv),
        );
        check(
            "name,url,username,password,note,totp,createTime,modifyTime",
            Some(Format::ProtonCsv),
        );
        check("alias,note,enabled,mailboxes", Some(Format::SimpleLogin));
        check("alias,note,mailboxes", Some(Format::SimpleLogin));
        check(
            "id,user_id,aliasable_id,aliasable_type,local_part,extension,domain,email,active,description,emails_forwarded,emails_blocked,emails_replied,emails_sent,created_at,updated_at,deleted_at",
            Some(Format::AddyIo),
        );
        check("url,username,password,totp,extra,name,grouping,fav", None);
        check("Dienst;Adresse", None);
    }

    #[test]
    fn every_word_names_its_format() {
        for format in Format::ALL {
            assert_eq!(Format::from_word(format.word()), Some(*format));
        }
    }
}
