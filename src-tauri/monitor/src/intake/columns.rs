//! What the columns of a table are: guessed by what they are called, in English, German, French and
//! Japanese, and by what is in them.

mod table;

use super::entry::{address_of, instant_of, place_of};
use serde::{Deserialize, Serialize};
use table::CALLED;
use unicode_normalization::UnicodeNormalization;

/// Share of the cells of a column that must be of a kind for the column to be of it.
const MOSTLY: f64 = 0.6;

/// Declares what a column can be, with the word on the command line and in JSON.
macro_rules! roles {
    ($($(#[$meta:meta])* $variant:ident => $word:literal),+ $(,)?) => {
        /// What a column is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Role { $($(#[$meta])* #[serde(rename = $word)] $variant),+ }
        impl Role {
            /// The word on the command line and in JSON.
            pub const fn word(self) -> &'static str { match self { $(Role::$variant => $word),+ } }
        }
    };
}

roles! {
    /// The name of the service.
    Service => "service",
    /// An address of the user, or a user name.
    Address => "address",
    /// Addresses on the web, or domains.
    Url => "url",
    /// When the entry was made.
    Date => "date",
    /// Notes, in which an address may stand.
    Note => "note",
    /// Nothing of this program's.
    Ignore => "ignore",
    /// A password, a code or the like: never read, whatever anybody says.
    Secret => "secret",
    /// Which kind of entry a row is.
    Kind => "kind",
    /// An alias of an alias provider.
    Alias => "alias",
    /// Whether an alias forwards.
    Switch => "switch",
    /// When an alias was deleted.
    Ended => "ended",
}

impl Role {
    /// What a person can say that a column is.
    pub const SAID: &'static [Role] = &[
        Role::Address,
        Role::Service,
        Role::Url,
        Role::Date,
        Role::Note,
        Role::Ignore,
    ];

    /// The role of a word that a person can say.
    pub fn from_word(word: &str) -> Option<Role> {
        Role::SAID.iter().copied().find(|role| role.word() == word)
    }
}

/// What a column is, by what it is called; whether its whole name says so.
fn called(name: &str) -> Option<(Role, bool)> {
    let name: String = name
        .nfkc()
        .filter(|c| c.is_alphanumeric() || *c == '#')
        .flat_map(char::to_lowercase)
        .collect();
    // "Password Name" is the name of an entry, and "Password URL" where it is used.
    let of_entry = name
        .strip_prefix("password")
        .filter(|rest| ["name", "title", "url", "site", "website"].contains(rest));
    let name = of_entry.unwrap_or(&name);
    let named = |words: &[&str]| words.contains(&name);
    let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let secret = CALLED.first().filter(|c| named(c.whole) || holds(c.part));
    if let Some(secret) = secret {
        return Some((secret.role, true));
    }
    let whole = CALLED.iter().find(|c| named(c.whole));
    if let Some(whole) = whole {
        return Some((whole.role, true));
    }
    CALLED
        .iter()
        .find(|c| holds(c.part))
        .map(|c| (c.role, false))
}

/// Whether a column is called what passwords and codes are called.
pub(super) fn is_secret(name: &str) -> bool {
    called(name).is_some_and(|(role, _)| role == Role::Secret)
}

/// What a table's columns seem to be, by their names and the cells of its first rows. `cells` has
/// for each column what stands in it.
pub(super) fn guessed(names: &[String], cells: &[Vec<String>]) -> Vec<Role> {
    let none = Vec::new();
    let looks: Vec<Look> = (0..names.len())
        .map(|at| Look::of(cells.get(at).unwrap_or(&none)))
        .collect();
    let mut roles: Vec<Role> = names
        .iter()
        .zip(&looks)
        .map(|(name, look)| role(called(name), look))
        .collect();
    one_of(&mut roles, Role::Date, |at| whole(&names[at]));
    one_of(&mut roles, Role::Service, |at| whole(&names[at]));
    if !roles.contains(&Role::Service) && !roles.contains(&Role::Url) {
        // A table of two columns says nothing else than who has which address.
        let first = (0..names.len()).find(|at| {
            let empty = called(&names[*at]).is_none() && roles[*at] == Role::Ignore;
            // What is called an account is the service where the addresses stand elsewhere.
            let account = roles[*at] == Role::Address
                && looks[*at].addresses == 0.0
                && looks.iter().any(|look| look.addresses >= MOSTLY);
            (empty || account) && looks[*at].is_name()
        });
        if let Some(at) = first {
            roles[at] = Role::Service;
        }
    }
    roles
}

fn whole(name: &str) -> bool {
    called(name).is_some_and(|(_, whole)| whole)
}

/// Leaves one column its role: the first that is better, else the first.
fn one_of(roles: &mut [Role], role: Role, better: impl Fn(usize) -> bool) {
    let all: Vec<usize> = (0..roles.len()).filter(|at| roles[*at] == role).collect();
    let kept = all.iter().find(|at| better(**at)).or(all.first()).copied();
    for at in all {
        if Some(at) != kept {
            roles[at] = Role::Ignore;
        }
    }
}

/// What the cells of a column look like, as shares of those that are not empty.
struct Look {
    cells: usize,
    addresses: f64,
    places: f64,
    dates: f64,
    secrets: f64,
}

impl Look {
    fn of(cells: &[String]) -> Look {
        let full: Vec<&str> = cells
            .iter()
            .map(|c| c.trim())
            .filter(|c| !c.is_empty())
            .collect();
        let share = |is: &dyn Fn(&str) -> bool| {
            full.iter().filter(|cell| is(cell)).count() as f64 / full.len().max(1) as f64
        };
        Look {
            cells: full.len(),
            addresses: share(&|cell| address_of(cell).is_some()),
            places: share(&|cell| place_of(cell).is_some()),
            dates: share(&|cell| instant_of(cell).is_some()),
            secrets: share(&looks_secret),
        }
    }

    /// Whether names of services could stand there.
    fn is_name(&self) -> bool {
        self.cells > 0 && self.secrets < 0.2 && self.dates < MOSTLY && self.addresses < 0.2
    }
}

/// Whether a cell looks like a password: one word of some length with letters and digits or signs.
fn looks_secret(cell: &str) -> bool {
    let letters = cell.chars().any(char::is_alphabetic);
    let others = cell.chars().any(|c| !c.is_alphabetic());
    cell.chars().count() >= 6
        && !cell.contains(' ')
        && cell.is_ascii()
        && letters
        && others
        && address_of(cell).is_none()
        && place_of(cell).is_none()
}

fn role(called: Option<(Role, bool)>, look: &Look) -> Role {
    let by_name = called.map(|(role, _)| role);
    if by_name == Some(Role::Secret) {
        return Role::Secret;
    }
    if look.addresses >= MOSTLY {
        return Role::Address;
    }
    let by_cells = if look.places >= MOSTLY {
        Some(Role::Url)
    } else if look.dates >= MOSTLY {
        Some(Role::Date)
    } else {
        None
    };
    match (by_name, by_cells) {
        // Names of services are often their hosts, and a column of them is called one or the other.
        (Some(Role::Ignore), _) => Role::Ignore,
        (_, Some(role)) => role,
        // A date that cannot be read is none.
        (Some(Role::Date), _) if look.cells > 0 && look.dates == 0.0 => Role::Ignore,
        (Some(Role::Url), None) if look.cells > 0 && look.places < 0.2 => Role::Service,
        (Some(Role::Service), None) if look.secrets >= MOSTLY => Role::Ignore,
        (Some(role), _) => role,
        (None, None) => Role::Ignore,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_passwords_is_never_anything_else() {
        let check = |name: &str| assert!(is_secret(name), "{name}");
        check("Password");
        check("login_password");
        check("Kennwort (alt)");
        check("Mot de passe");
        check("パスワード");
        check("暗証番号");
        check("PIN");
        check("ＰＡＳＳＷＯＲＤ");
        assert!(!is_secret("Password Name"));
        assert!(!is_secret("Username"));
        assert!(!is_secret("E-Mail"));
    }

    #[test]
    fn cells_come_before_names_where_they_are_clear() {
        let column = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        let names = ["A", "B", "C", "D"].map(str::to_owned);
        let cells = [
            column(&["Example Shop", "Example News"]),
            column(&["ada@example.org", "ada+news@example.org"]),
            column(&["https://shop.example/", "news.example"]),
            column(&["2025-01-31", "2025-02-01"]),
        ];
        assert_eq!(
            guessed(&names, &cells),
            [Role::Ignore, Role::Address, Role::Url, Role::Date],
            "where sites say who it is, nothing is guessed from a name that says nothing"
        );
        assert_eq!(
            guessed(&names[..2], &cells[..2]),
            [Role::Service, Role::Address],
            "two columns are a service and an address"
        );
    }

    #[test]
    fn what_looks_like_passwords_is_not_taken_for_names() {
        let names = ["x", "y"].map(str::to_owned);
        let cells = [
            vec!["hunter2!".to_owned(), "Tr0ub4dor&3".to_owned()],
            vec!["ada@example.org".to_owned(), "bo@example.org".to_owned()],
        ];
        assert_eq!(guessed(&names, &cells), [Role::Ignore, Role::Address]);
    }
}
