//! The hosts that this program may ask by itself, and what for: the network page shows this table
//! and [`super::ask`] holds to it. Hosts that the user entered, and the domain that is looked up,
//! come on top.

/// Thunderbird's public list of mail servers.
pub const PUBLIC_LIST: &str = "autoconfig.thunderbird.net";

/// The catalogue of published breaches.
pub const BREACHES: &str = "haveibeenpwned.com";
/// Mozilla's list of some of the same breaches, for when the catalogue cannot be had.
pub const FEWER_BREACHES: &str = "firefox.settings.services.mozilla.com";

/// What a host is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Server settings of a domain.
    LookUp,
    /// Tokens of a sign-in.
    SignIn,
    /// Published breaches.
    Breaches,
}

/// Every host, with its purpose.
pub const HOSTS: &[(Purpose, &str)] = &[
    (Purpose::LookUp, PUBLIC_LIST),
    (Purpose::SignIn, "accounts.google.com"),
    (Purpose::SignIn, "oauth2.googleapis.com"),
    (Purpose::SignIn, "login.microsoftonline.com"),
    (Purpose::Breaches, BREACHES),
    (Purpose::Breaches, FEWER_BREACHES),
];

/// The hosts of a purpose.
pub fn of(purpose: Purpose) -> impl Iterator<Item = &'static str> {
    HOSTS
        .iter()
        .filter(move |(its, _)| *its == purpose)
        .map(|(_, host)| *host)
}
