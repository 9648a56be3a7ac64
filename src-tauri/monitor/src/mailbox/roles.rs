//! Roles of mailboxes by their names, where the server says nothing.
//!
//! Only whole names count: a folder that its owner calls "Junk mail rules" is not Junk.

use exposure::Role;

/// Prefixes below which servers keep the folders of an account.
const PREFIXES: &[&str] = &["inbox.", "inbox/", "[gmail]/", "[google mail]/"];

/// Names of the Inbox.
const INBOX: &[&str] = &[
    "inbox",
    "posteingang",
    "boîte de réception",
    "recibidos",
    "bandeja de entrada",
    "caixa de entrada",
    "posta in arrivo",
    "postvak in",
    "odebrane",
    "skrzynka odbiorcza",
    "входящие",
    "вхідні",
    "inkorgen",
    "indbakke",
    "innboks",
    "saapuneet",
    "doručená pošta",
    "beérkező levelek",
    "gelen kutusu",
    "εισερχόμενα",
    "hộp thư đến",
    "收件箱",
    "收件匣",
    "받은편지함",
    "受信トレイ",
    "受信箱",
];

/// Names of Junk in the large mail programs and languages, in lower case.
const JUNK: &[&str] = &[
    "junk",
    "spam",
    "junk e-mail",
    "junk email",
    "junk-e-mail",
    "junk-email",
    "junk mail",
    "junkmail",
    "spam mail",
    "bulk",
    "bulk mail",
    "spamverdacht",
    "unerwünscht",
    "unerwünschte e-mails",
    "courrier indésirable",
    "indésirables",
    "pourriel",
    "correo no deseado",
    "no deseado",
    "correo basura",
    "correo electrónico no deseado",
    "lixo eletrônico",
    "lixo eletrónico",
    "lixo electrónico",
    "correio de lixo",
    "posta indesiderata",
    "indesiderata",
    "ongewenste e-mail",
    "ongewenst",
    "wiadomości-śmieci",
    "niechciane",
    "спам",
    "нежелательная почта",
    "небажана пошта",
    "skräppost",
    "uønsket mail",
    "uønsket e-mail",
    "uønsket post",
    "søppelpost",
    "søppel-e-post",
    "roskaposti",
    "nevyžádaná pošta",
    "nevyžádané",
    "levélszemét",
    "gereksiz",
    "önemsiz e-posta",
    "istenmeyen",
    "ανεπιθύμητα",
    "ανεπιθύμητη αλληλογραφία",
    "thư rác",
    "垃圾邮件",
    "垃圾郵件",
    "垃圾信件",
    "垃圾郵件匣",
    "스팸",
    "스팸메일함",
    "스팸편지함",
    "정크 메일",
    "迷惑メール",
    "迷惑メールフォルダ",
    "迷惑メールフォルダー",
    "迷惑メールボックス",
    "スパム",
    "スパムメール",
    "ジャンク",
    "ジャンクメール",
];

/// Names of Sent.
const SENT: &[&str] = &[
    "sent",
    "sent items",
    "sent messages",
    "sent mail",
    "sent-mail",
    "sentmail",
    "outgoing",
    "gesendet",
    "gesendete elemente",
    "gesendete objekte",
    "gesendete nachrichten",
    "postausgang gesendet",
    "envoyés",
    "messages envoyés",
    "éléments envoyés",
    "objets envoyés",
    "enviados",
    "elementos enviados",
    "mensajes enviados",
    "itens enviados",
    "e-mails enviados",
    "correio enviado",
    "posta inviata",
    "inviata",
    "inviati",
    "messaggi inviati",
    "verzonden",
    "verzonden items",
    "verzonden berichten",
    "wysłane",
    "elementy wysłane",
    "отправленные",
    "отправленное",
    "надіслані",
    "skickat",
    "skickade objekt",
    "sendt",
    "sendt post",
    "sendte elementer",
    "lähetetyt",
    "odeslané",
    "odeslaná pošta",
    "elküldött",
    "elküldött elemek",
    "gönderilmiş öğeler",
    "gönderilenler",
    "απεσταλμένα",
    "thư đã gửi",
    "已发送",
    "已发送邮件",
    "已傳送郵件",
    "寄件備份",
    "已傳送的郵件",
    "보낸메일함",
    "보낸편지함",
    "보낸 편지함",
    "送信済み",
    "送信済みメール",
    "送信済みアイテム",
    "送信済みトレイ",
    "送信済みメッセージ",
    "送信トレイ済み",
    "送信箱",
];

/// Names of Drafts, and of Outbox and Templates: mail that was not sent (yet).
const DRAFTS: &[&str] = &[
    "drafts",
    "draft",
    "outbox",
    "templates",
    "unsent messages",
    "entwürfe",
    "entwurf",
    "postausgang",
    "vorlagen",
    "brouillons",
    "brouillon",
    "modèles",
    "boîte d'envoi",
    "borradores",
    "bandeja de salida",
    "plantillas",
    "rascunhos",
    "caixa de saída",
    "modelos",
    "bozze",
    "posta in uscita",
    "modelli",
    "concepten",
    "postvak uit",
    "sjablonen",
    "szkice",
    "wersje robocze",
    "skrzynka nadawcza",
    "черновики",
    "исходящие",
    "шаблоны",
    "чернетки",
    "utkast",
    "utkorgen",
    "kladder",
    "udbakke",
    "luonnokset",
    "koncepty",
    "piszkozatok",
    "taslaklar",
    "πρόχειρα",
    "thư nháp",
    "草稿",
    "草稿箱",
    "草稿匣",
    "寄件匣",
    "发件箱",
    "임시보관함",
    "임시 보관함",
    "下書き",
    "下書きトレイ",
    "送信トレイ",
    "送信待ち",
    "テンプレート",
    "ひな形",
];

/// Names of Trash.
const TRASH: &[&str] = &[
    "trash",
    "deleted",
    "deleted items",
    "deleted messages",
    "bin",
    "wastebasket",
    "papierkorb",
    "gelöscht",
    "gelöschte elemente",
    "gelöschte objekte",
    "corbeille",
    "éléments supprimés",
    "messages supprimés",
    "papelera",
    "elementos eliminados",
    "lixeira",
    "lixo",
    "itens excluídos",
    "itens eliminados",
    "cestino",
    "posta eliminata",
    "eliminati",
    "prullenbak",
    "verwijderde items",
    "kosz",
    "elementy usunięte",
    "удаленные",
    "удалённые",
    "корзина",
    "кошик",
    "papperskorgen",
    "borttaget",
    "papirkurv",
    "slettet post",
    "slettede elementer",
    "roskakori",
    "poistetut",
    "koš",
    "odstraněná pošta",
    "lomtár",
    "törölt elemek",
    "çöp kutusu",
    "silinmiş öğeler",
    "κάδος",
    "απορρίμματα",
    "thùng rác",
    "已删除",
    "已删除邮件",
    "已刪除的郵件",
    "刪除的郵件",
    "垃圾桶",
    "휴지통",
    "지운편지함",
    "ごみ箱",
    "ゴミ箱",
    "削除済み",
    "削除済みアイテム",
    "削除済みメッセージ",
];

/// Names of an archive.
const ARCHIVE: &[&str] = &[
    "archive",
    "archives",
    "archiv",
    "archivo",
    "archivio",
    "arquivo",
    "archief",
    "archiwum",
    "архив",
    "архів",
    "arkiv",
    "arkisto",
    "arşiv",
    "αρχείο",
    "lưu trữ",
    "归档",
    "存档",
    "封存",
    "보관함",
    "アーカイブ",
    "保管",
];

/// Names of a view of everything.
const ALL: &[&str] = &[
    "all mail",
    "all mail including spam and trash",
    "alle nachrichten",
    "tous les messages",
    "todos",
    "todos os e-mails",
    "tutti i messaggi",
    "alle berichten",
    "wszystkie",
    "вся почта",
    "所有邮件",
    "所有郵件",
    "전체보관함",
    "すべてのメール",
    "すべてのメール（迷惑メール、ゴミ箱のメールを含む）",
];

/// The role that a mailbox name stands for. `name` is decoded; its levels may be separated by
/// anything, since only a prefix that servers use is taken off.
pub(super) fn by_name(name: &str) -> Role {
    let name = name.trim().to_lowercase();
    let bare = PREFIXES
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(&name);
    [
        (INBOX, Role::Inbox),
        (JUNK, Role::Junk),
        (SENT, Role::Sent),
        (DRAFTS, Role::Drafts),
        (TRASH, Role::Trash),
        (ARCHIVE, Role::Archive),
        (ALL, Role::All),
    ]
    .into_iter()
    .find(|(names, _)| names.contains(&bare))
    .map_or(Role::Other, |(_, role)| role)
}

/// Whether a name speaks of junk, among other things.
pub(super) fn mentions_junk(name: &str) -> bool {
    let name = name.to_lowercase();
    JUNK.iter().any(|junk| name.contains(junk))
}

/// The order in which mailboxes are read: what the first sentence needs comes first, then Sent,
/// which tells people from strangers.
pub(super) const fn rank(role: Role) -> u8 {
    match role {
        Role::Junk => 0,
        Role::Inbox => 1,
        Role::Sent => 2,
        Role::Other => 3,
        Role::Archive => 4,
        Role::All => 5,
        Role::Trash => 6,
        Role::Drafts => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(name: &str, role: Role) {
        assert_eq!(by_name(name), role, "the role of a mailbox called {name:?}");
    }

    #[test]
    fn knows_the_usual_names_in_any_case_and_below_the_usual_prefixes() {
        check("INBOX", Role::Inbox);
        check("Inbox", Role::Inbox);
        check("Junk", Role::Junk);
        check("SPAM", Role::Junk);
        check("受信トレイ", Role::Inbox);
        check("INBOX.Spam", Role::Junk);
        check("INBOX/Junk E-mail", Role::Junk);
        check("[Gmail]/迷惑メール", Role::Junk);
        check("[Google Mail]/Spam", Role::Junk);
        check("迷惑メール", Role::Junk);
        check("Спам", Role::Junk);
        check("Courrier indésirable", Role::Junk);
        check("垃圾邮件", Role::Junk);
        check("Gesendet", Role::Sent);
        check("送信済みメール", Role::Sent);
        check("INBOX.Drafts", Role::Drafts);
        check("Outbox", Role::Drafts);
        check("Templates", Role::Drafts);
        check("ごみ箱", Role::Trash);
        check("Archives", Role::Archive);
        check("[Gmail]/All Mail", Role::All);
        check("All mail Including Spam and Trash", Role::All);
    }

    #[test]
    fn takes_no_part_of_a_name_for_a_role() {
        for name in [
            "Junk mail rules",
            "Not spam",
            "Spam/2024",
            "Work/Sent",
            "Archive 2019",
            "",
            "INBOX.",
            "INBOX.Clients",
        ] {
            check(name, Role::Other);
        }
    }

    #[test]
    fn has_each_name_once() {
        let mut seen = std::collections::BTreeSet::new();
        for name in [INBOX, JUNK, SENT, DRAFTS, TRASH, ARCHIVE, ALL].concat() {
            assert!(seen.insert(name), "{name:?} may stand for one role only");
            assert_eq!(
                name,
                name.to_lowercase(),
                "names are compared in lower case"
            );
        }
    }

    proptest! {
        #[test]
        fn says_something_about_every_name(name in ".{0,40}") {
            by_name(&name);
        }
    }
}
