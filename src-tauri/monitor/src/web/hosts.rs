//! The hosts that this program may ask by itself, and what for: the network page shows this table
//! and [`super::ask`] holds to it. Hosts that the user entered, and the domain that is looked up,
//! come on top.

/// Thunderbird's public list of mail servers.
pub const PUBLIC_LIST: &str = "autoconfig.thunderbird.net";

/// What a host is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Server settings of a domain.
    LookUp,
    /// Tokens of a sign-in.
    SignIn,
}

/// Every host, with its purpose.
pub const HOSTS: &[(Purpose, &str)] = &[
    (Purpose::LookUp, PUBLIC_LIST),
    (Purpose::SignIn, "accounts.google.com"),
    (Purpose::SignIn, "oauth2.googleapis.com"),
    (Purpose::SignIn, "login.microsoftonline.com"),
];

/// The hosts of a purpose.
pub fn of(purpose: Purpose) -> impl Iterator<Item = &'static str> {
    HOSTS
        .iter()
        .filter(move |(its, _)| *its == purpose)
        .map(|(_, host)| *host)
}
