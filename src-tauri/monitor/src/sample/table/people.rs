//! The people the freelancer writes with: 43 at the work address, nine friends and relatives at
//! the personal one. All of them are invented.

use super::services::Language::{self, English, Japanese};

/// A made-up person.
#[derive(Clone, Copy)]
pub(in crate::sample) struct Person {
    /// Name as it stands in front of the address.
    pub name: &'static str,
    /// How one addresses them in a letter.
    pub called: &'static str,
    /// Address.
    pub spec: &'static str,
    /// The language they write in.
    pub language: Language,
}

const fn person(
    name: &'static str,
    called: &'static str,
    spec: &'static str,
    language: Language,
) -> Person {
    Person {
        name,
        called,
        spec,
        language,
    }
}

/// Clients, printers, fellow freelancers: those who have the work address.
pub(in crate::sample) const CLIENTS: &[Person] = &[
    person(
        "青柳 みのり",
        "青柳",
        "m.aoyagi@shiraume-print.example",
        Japanese,
    ),
    person("柚木 航", "柚木", "yunoki@shiraume-print.example", Japanese),
    person(
        "白梅印刷 受付",
        "白梅印刷",
        "uketsuke@shiraume-print.example",
        Japanese,
    ),
    person(
        "鴨下 直",
        "鴨下",
        "kamoshita@kinton-games.example",
        Japanese,
    ),
    person(
        "汐見 さくら",
        "汐見",
        "shiomi@kinton-games.example",
        Japanese,
    ),
    person(
        "Ren Tachibana (Kinton)",
        "Ren",
        "ren@kinton-games.example",
        English,
    ),
    person(
        "波多江 圭",
        "波多江",
        "hatae@namikaze-foods.example",
        Japanese,
    ),
    person(
        "早乙女 涼",
        "早乙女",
        "saotome@namikaze-foods.example",
        Japanese,
    ),
    person(
        "熊坂 文",
        "熊坂",
        "kumasaka@hibiki-museum.example",
        Japanese,
    ),
    person(
        "響ミュージアム 広報",
        "広報ご担当者",
        "koho@hibiki-museum.example",
        Japanese,
    ),
    person(
        "雪村 環",
        "雪村",
        "yukimura@tsumugi-textile.example",
        Japanese,
    ),
    person(
        "能登谷 順",
        "能登谷",
        "notoya@tsumugi-textile.example",
        Japanese,
    ),
    person("真壁 千歳", "真壁", "makabe@hakobune-pub.example", Japanese),
    person(
        "小鳥遊 晶",
        "小鳥遊",
        "takanashi@hakobune-pub.example",
        Japanese,
    ),
    person(
        "箱舟出版 編集部",
        "編集部",
        "henshu@hakobune-pub.example",
        Japanese,
    ),
    person(
        "御子柴 律",
        "御子柴",
        "mikoshiba@tanuki-brewing.example",
        Japanese,
    ),
    person(
        "倉持 泉",
        "倉持",
        "kuramochi@tanuki-brewing.example",
        Japanese,
    ),
    person(
        "門脇 修司",
        "門脇",
        "kadowaki@akari-clinic.example",
        Japanese,
    ),
    person(
        "灯クリニック 事務",
        "事務ご担当者",
        "jimu@akari-clinic.example",
        Japanese,
    ),
    person(
        "Maren Oakley",
        "Maren",
        "maren@fernhollow-studio.example",
        English,
    ),
    person(
        "Tobias Finch",
        "Tobias",
        "tobias@fernhollow-studio.example",
        English,
    ),
    person(
        "Priya Lindqvist",
        "Priya",
        "priya@fernhollow-studio.example",
        English,
    ),
    person(
        "Joss Whitlock",
        "Joss",
        "joss@papermoth-press.example",
        English,
    ),
    person(
        "Elena Marsh",
        "Elena",
        "elena@papermoth-press.example",
        English,
    ),
    person(
        "Accounts, Papermoth Press",
        "all",
        "accounts@papermoth-press.example",
        English,
    ),
    person("Dagny Holm", "Dagny", "dagny@nordvik-maps.example", English),
    person("Ole Sandby", "Ole", "ole@nordvik-maps.example", English),
    person("百瀬 遥", "百瀬", "momose@kazaguruma-npo.example", Japanese),
    person(
        "風車の会 事務局",
        "事務局",
        "jimukyoku@kazaguruma-npo.example",
        Japanese,
    ),
    person(
        "犬飼 慎",
        "犬飼",
        "inukai@midorinuma-city.example",
        Japanese,
    ),
    person(
        "緑沼市 文化課",
        "文化課",
        "bunka@midorinuma-city.example",
        Japanese,
    ),
    person("樫村 詩織", "樫村", "kashimura@example.net", Japanese),
    person("瀬名 亮太", "瀬名", "sena.photo@example.net", Japanese),
    person(
        "海老沢 麻衣",
        "海老沢",
        "ebisawa.text@example.net",
        Japanese,
    ),
    person("宇佐美 健", "宇佐美", "usami-web@example.net", Japanese),
    person("猪狩 百合", "猪狩", "igari.lily@example.net", Japanese),
    person(
        "税理士 梅津",
        "梅津先生",
        "umezu@umezu-tax.example",
        Japanese,
    ),
    person(
        "行方 そら",
        "行方",
        "namekata@coworking-mado.example",
        Japanese,
    ),
    person(
        "コワーキング窓",
        "窓の皆さま",
        "mado@coworking-mado.example",
        Japanese,
    ),
    person(
        "五十鈴 岬",
        "五十鈴",
        "isuzu@mizutama-design.example",
        Japanese,
    ),
    person("乙部 廉", "乙部", "otobe@mizutama-design.example", Japanese),
    person(
        "Hana Birk",
        "Hana",
        "hana@birk-illustration.example",
        English,
    ),
    person("Samuel Quill", "Sam", "sam@quillandco.example", English),
];

/// Friends and relatives: those who have the personal address.
pub(in crate::sample) const FRIENDS: &[Person] = &[
    person("母", "お母さん", "morino.haruko@example.net", Japanese),
    person("森野 岳", "岳", "gaku.morino@example.net", Japanese),
    person("ちひろ", "ちひろ", "chihiro.0418@example.net", Japanese),
    person("大槻 蓮", "大槻", "otsuki.ren@example.net", Japanese),
    person("みずき", "みずき", "mizukicchi@example.net", Japanese),
    person(
        "山岳部OB会 幹事",
        "幹事さん",
        "sangakubu-ob@example.net",
        Japanese,
    ),
    person("Lieke Vandam", "Lieke", "lieke.vandam@example.net", English),
    person("ほのか", "ほのか", "honoka.kite@example.net", Japanese),
    person("ユウキ", "ユウキ", "yuuki.tent@example.net", Japanese),
];

/// Members of the mailing list for type and paper, who write to it.
pub(in crate::sample) const LIST_MEMBERS: &[Person] = &[
    person("kanazuchi", "kanazuchi", "kanazuchi@example.net", Japanese),
    person("村雨活版", "村雨", "murasame@kappan-ya.example", Japanese),
    person("T. Igarashi", "Igarashi", "t-iga@example.net", Japanese),
    person("紙魚", "紙魚", "shimi@example.net", Japanese),
    person("Ines", "Ines", "ines.letters@example.net", English),
    person("和久井", "和久井", "wakui@example.net", Japanese),
    person("えのき", "えのき", "enoki.type@example.net", Japanese),
    person("Bram", "Bram", "bram@brasstype.example", English),
];
