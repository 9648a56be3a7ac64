//! The freelancer's fourteen addresses, and who was given which.

use exposure::{AddressKind, Purpose};

/// The name in front of the freelancer's addresses.
pub(in crate::sample) const OWN_NAME: &str = "森野 潤";
/// The same in Latin letters.
pub(in crate::sample) const OWN_NAME_LATIN: &str = "Jun Morino";

/// The work address of the story: clients, people and, by way of exception, services have it.
pub(in crate::sample) const WORK: &str = "jun@studio-jun.example";
/// For friends and two official bodies.
pub(in crate::sample) const PERSONAL: &str = "jun@jun.example";
/// An old free-mail address, known to spammers for years.
pub(in crate::sample) const FREE_MAIL: &str = "jun.morino@example.org";
/// Given to nobody.
pub(in crate::sample) const LOOKOUT: &str = "tsubaki.h4w8@jun.example";
/// The address of the telecom company alone.
pub(in crate::sample) const HOSHIMACHI: &str = "hoshimachi@jun.example";
/// The address whose own service sends more than was wanted.
pub(in crate::sample) const PIKAPON: &str = "pikapon@jun.example";
/// The address that one unexpected sender writes to.
pub(in crate::sample) const OYATSU: &str = "oyatsu@jun.example";
/// The alias at the alias provider.
pub(in crate::sample) const RELAY: &str = "lamplit.otter731@kakurega.example";
/// The domain where every local part is the freelancer's.
pub(in crate::sample) const OWN_DOMAIN: &str = "jun.example";

/// The freelancer's addresses.
pub(in crate::sample) const ADDRESSES: &[(&str, AddressKind, Purpose)] = &[
    (WORK, AddressKind::Plain, Purpose::Work),
    (PERSONAL, AddressKind::CatchAll, Purpose::Personal),
    (FREE_MAIL, AddressKind::Plain, Purpose::Shopping),
    (HOSHIMACHI, AddressKind::CatchAll, Purpose::Personal),
    (
        "kumo.k7f2@jun.example",
        AddressKind::CatchAll,
        Purpose::Shopping,
    ),
    (
        "nemurineko@jun.example",
        AddressKind::CatchAll,
        Purpose::Shopping,
    ),
    (PIKAPON, AddressKind::CatchAll, Purpose::Shopping),
    (
        "konoha.x4t9@jun.example",
        AddressKind::CatchAll,
        Purpose::Shopping,
    ),
    ("yuge@jun.example", AddressKind::CatchAll, Purpose::Shopping),
    (
        "zubora.m8q3@jun.example",
        AddressKind::CatchAll,
        Purpose::Shopping,
    ),
    (OYATSU, AddressKind::CatchAll, Purpose::Shopping),
    (RELAY, AddressKind::Relay, Purpose::Throwaway),
    (
        "jun.morino+manekiyu@example.org",
        AddressKind::Subaddress,
        Purpose::Personal,
    ),
    (LOOKOUT, AddressKind::Control, Purpose::Throwaway),
];

/// The dedicated addresses that may start to get junk in a seed, besides [`HOSHIMACHI`].
pub(in crate::sample) const MAY_LEAK: &[&str] = &[
    "kumo.k7f2@jun.example",
    "nemurineko@jun.example",
    "konoha.x4t9@jun.example",
    "yuge@jun.example",
    "zubora.m8q3@jun.example",
    RELAY,
    "jun.morino+manekiyu@example.org",
];

/// One address given to one service.
pub(in crate::sample) struct Given {
    /// The address.
    pub address: &'static str,
    /// Name of the service.
    pub service: &'static str,
    /// How many days before today.
    pub days_ago: i64,
    /// Days between newsletters; 0 when none comes.
    pub news_every: i64,
    /// Receipts and notes a year.
    pub notes_a_year: i64,
}

const fn given(
    address: &'static str,
    service: &'static str,
    days_ago: i64,
    news_every: i64,
    notes_a_year: i64,
) -> Given {
    Given {
        address,
        service,
        days_ago,
        news_every,
        notes_a_year,
    }
}

/// Everything that was given away. The work address is new: it came into use when the year began.
pub(in crate::sample) const DISCLOSURES: &[Given] = &[
    given(HOSHIMACHI, "Hoshimachi Denwa", 100, 14, 54),
    given("kumo.k7f2@jun.example", "Kumonoue Cycles", 243, 10, 14),
    given("nemurineko@jun.example", "Nemurineko Books", 420, 7, 14),
    given(PIKAPON, "Pikapon Mart", 300, 2, 8),
    given("konoha.x4t9@jun.example", "Konohazuku Travel", 512, 10, 10),
    given("yuge@jun.example", "Yuge Coffee", 333, 14, 14),
    given("zubora.m8q3@jun.example", "Zubora Camera", 288, 10, 10),
    given(OYATSU, "Oyatsu Dayori", 265, 14, 14),
    given(RELAY, "Driftwood Fonts", 390, 14, 8),
    given("jun.morino+manekiyu@example.org", "Manekiyu", 460, 14, 16),
    given(PERSONAL, "Asanagi Bank", 1190, 30, 34),
    given(PERSONAL, "Hinatabokko Power", 870, 45, 26),
    given(FREE_MAIL, "Kitsune Express", 2100, 120, 24),
    given(FREE_MAIL, "Kotori Shinpo", 1650, 4, 6),
    given(FREE_MAIL, "Nemurineko Books", 1900, 0, 2),
    given(WORK, "Tegami Cloud", 352, 30, 50),
    given(WORK, "Lantern Hosting", 351, 40, 30),
    given(WORK, "Asanagi Bank", 349, 0, 16),
    given(WORK, "Pixel Orchard", 344, 9, 16),
    given(WORK, "Kitsune Express", 338, 0, 16),
    given(WORK, "Hashiwatashi Works", 331, 3, 26),
    given(WORK, "Driftwood Fonts", 301, 0, 4),
    given(WORK, "Hinatabokko Power", 274, 0, 4),
    given(WORK, "Kotori Shinpo", 230, 0, 4),
    given(WORK, "Konohazuku Travel", 186, 0, 5),
    given(WORK, "Hoshimachi Denwa", 99, 0, 24),
];
