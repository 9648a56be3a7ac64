//! Roles of mailboxes: by SPECIAL-USE in any letter case, else by their well-known whole names.

use exposure::Role;

/// Names that servers and mail programs give, lower case: large languages and Japanese.
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Junk,
        &[
            "junk", "spam", "junk e-mail", "junk email", "junk mail", "bulk", "bulk mail", "迷惑メール", "迷惑メールフォルダ",
            "迷惑メールフォルダー", "迷惑メール フォルダー", "spamverdacht", "unerwünscht", "junk-e-mail", "indésirables",
            "courrier indésirable", "pourriel", "correo no deseado", "no deseado", "posta indesiderata", "lixo eletrônico",
            "lixo eletrónico", "ongewenste e-mail", "skräppost", "søppelpost", "uønsket e-post", "roskaposti", "wiadomości-śmieci",
            "niechciane", "спам", "нежелательная почта", "垃圾邮件", "垃圾郵件", "스팸", "스팸메일함", "정크 메일",
        ],
    ),
    (
        Role::Sent,
        &[
            "sent", "sent items", "sent mail", "sent messages", "送信済み", "送信済みアイテム", "送信済みメール", "送信済みトレイ",
            "gesendet", "gesendete elemente", "gesendete objekte", "envoyés", "éléments envoyés", "messages envoyés", "enviados",
            "elementos enviados", "posta inviata", "inviati", "verzonden", "verzonden items", "skickat", "отправленные", "已发送",
            "已傳送", "보낸편지함",
        ],
    ),
    (
        Role::Drafts,
        &[
            "drafts", "draft", "outbox", "templates", "unsent messages", "下書き", "送信トレイ", "テンプレート", "entwürfe",
            "postausgang", "brouillons", "borradores", "bozze", "rascunhos", "concepten", "utkast", "черновики", "草稿", "임시보관함",
        ],
    ),
    (
        Role::Trash,
        &[
            "trash", "deleted items", "deleted messages", "deleted", "bin", "ゴミ箱", "ごみ箱", "削除済みアイテム", "削除済み",
            "papierkorb", "gelöschte elemente", "corbeille", "éléments supprimés", "papelera", "elementos eliminados", "cestino",
            "posta eliminata", "lixeira", "itens excluídos", "prullenbak", "verwijderde items", "papperskorgen", "корзина",
            "удаленные", "已删除", "刪除的郵件", "휴지통",
        ],
    ),
    (Role::Archive, &["archive", "archives", "アーカイブ", "archiv", "archivo", "archivio", "arquivo", "архив", "存档", "封存"]),
    (Role::All, &["all mail", "すべてのメール", "alle nachrichten", "tous les messages", "todos", "tutti i messaggi", "вся почта"]),
];

/// The role that SPECIAL-USE attributes name (RFC 6154), given as words without backslash.
pub(super) fn by_attribute<'a>(attributes: impl Iterator<Item = &'a str>) -> Option<Role> {
    for attribute in attributes {
        let role = match attribute.to_ascii_lowercase().as_str() {
            "junk" | "spam" => Role::Junk,
            "sent" => Role::Sent,
            "drafts" => Role::Drafts,
            "trash" => Role::Trash,
            "archive" => Role::Archive,
            "all" => Role::All,
            _ => continue,
        };
        return Some(role);
    }
    None
}

/// The role by the last part of a mailbox name; whole names only: "Junk mail rules" is not Junk.
pub(super) fn by_name(name: &str, separator: Option<&str>) -> Role {
    if name.eq_ignore_ascii_case("inbox") {
        return Role::Inbox;
    }
    let last = separator.filter(|s| !s.is_empty()).map_or(name, |s| name.rsplit(s).next().unwrap_or(name));
    let last = last.trim_start_matches('.').to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&last.as_str())).map_or(Role::Other, |(role, _)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_give_roles() {
        let check = |name: &str, separator: &str, want: Role| assert_eq!(by_name(name, Some(separator)), want, "{name}");
        check("INBOX", "/", Role::Inbox);
        check("INBOX.Spam", ".", Role::Junk);
        check("[Gmail]/Spam", "/", Role::Junk);
        check("迷惑メール", "/", Role::Junk);
        check("Junk mail rules", "/", Role::Other);
        check("Sent Items", "/", Role::Sent);
        check("送信済みアイテム", "/", Role::Sent);
        check("[Gmail]/All Mail", "/", Role::All);
        check("Work/Spammers", "/", Role::Other);
        assert_eq!(by_attribute(["HasNoChildren", "JUNK"].into_iter()), Some(Role::Junk));
        assert_eq!(by_attribute(["HasNoChildren"].into_iter()), None);
    }
}
