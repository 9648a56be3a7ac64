//! What a sender's name and a subject say of a mail: roles, departments, and what it is about.

use unicode_normalization::UnicodeNormalization;

/// Parts of a sender's local part that are a role and no person.
const ROLES: &str = "account accounts admin alert alerts auto automatic bestellung bestellungen \
    billing booking bookings bot care confirm confirmation contact customer customercare \
    customerservice deals delivery digest donotreply email event events feedback hello help info \
    invoice invoices kontakt kundenservice magazine mail mailer mailmagazine marketing member \
    members membership news newsletter newsletters no noreply notice notification notifications \
    notify offers order orders payment payments postmaster promo promotion rechnung receipt \
    receipts registration reply robot sales security service services shipping shop store support \
    survey system team tracking update updates verify web webmaster welcome";

/// Words in the subject of mail about an account, by kind; the first that is found decides.
const SUBJECTS: [(Kind, &[&str]); 5] = [
    (
        Kind::Welcome,
        &[
            "welcome",
            "thank you for registering",
            "thanks for signing up",
            "your new account",
            "willkommen",
            "bienvenue",
            "ようこそ",
            "登録完了",
            "登録が完了",
            "会員登録",
            "ご登録ありがとう",
        ],
    ),
    (
        Kind::Confirmation,
        &[
            "confirm",
            "verify your",
            "verification code",
            "activate your",
            "bestätig",
            "vérifi",
            "認証",
            "メールアドレスの確認",
            "確認コード",
            "本登録",
        ],
    ),
    (
        Kind::Receipt,
        &[
            "your order",
            "order no",
            "receipt",
            "invoice",
            "payment",
            "shipped",
            "has been dispatched",
            "booking",
            "bestellung",
            "rechnung",
            "facture",
            "commande",
            "ご注文",
            "注文",
            "領収",
            "請求",
            "発送",
            "お支払い",
            "予約",
        ],
    ),
    (
        Kind::Account,
        &[
            "password",
            "sign-in",
            "signed in",
            "new login",
            "security alert",
            "terms of service",
            "privacy policy",
            "subscription",
            "passwort",
            "mot de passe",
            "パスワード",
            "ログイン",
            "利用規約",
            "ご利用明細",
            "会員",
        ],
    ),
    (
        Kind::Newsletter,
        &[
            "newsletter",
            "this week",
            "weekly",
            "% off",
            "sale",
            "new arrivals",
            "メールマガジン",
            "メルマガ",
            "セール",
            "新着",
            "キャンペーン",
        ],
    ),
];

/// What an answer's or a forwarded mail's subject begins with.
const ANSWERS: [&str; 6] = ["re:", "aw:", "fw:", "fwd:", "sv:", "返信:"];

/// What a mail of a service is about, as far as its subject says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An account was made.
    Welcome,
    /// The address is to be confirmed.
    Confirmation,
    /// An order, a booking, a bill, a delivery.
    Receipt,
    /// Password, sign-in, terms.
    Account,
    /// News and offers.
    Newsletter,
    /// Something else.
    Other,
}

impl Kind {
    /// What a subject says; an answer is about whatever was asked.
    pub fn of(subject: &str) -> Kind {
        let subject = subject.nfkc().collect::<String>().to_lowercase();
        if ANSWERS.iter().any(|answer| subject.starts_with(answer)) {
            return Kind::Other;
        }
        let found = SUBJECTS
            .iter()
            .find(|(_, words)| words.iter().any(|word| subject.contains(word)));
        found.map_or(Kind::Other, |(kind, _)| *kind)
    }

    /// The word that stands in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Welcome => "welcome",
            Kind::Confirmation => "confirmation",
            Kind::Receipt => "receipt",
            Kind::Account => "account",
            Kind::Newsletter => "newsletter",
            Kind::Other => "other",
        }
    }

    /// It is sent only to who has an account.
    pub(super) const fn proves_account(self) -> bool {
        match self {
            Kind::Welcome | Kind::Confirmation | Kind::Receipt | Kind::Account => true,
            Kind::Newsletter | Kind::Other => false,
        }
    }
}

/// Whether a local part is a role and no person.
pub(crate) fn is_role(local: &str) -> bool {
    let local = local.to_lowercase();
    is_wholly_role(&local) || local.split(['-', '_', '.', '+']).any(is_word)
}

/// Whether a local part in lower case is nothing but the name of a role.
pub(crate) fn is_wholly_role(local: &str) -> bool {
    is_word(&local.replace(['-', '_', '.'], ""))
}

fn is_word(part: &str) -> bool {
    ROLES.split_whitespace().any(|role| role == part)
}

/// Words at the end of a sender's name that are a department of it.
const DEPARTMENTS: [&str; 12] = [
    "newsletter",
    "news",
    "support",
    "team",
    "service",
    "customer",
    "billing",
    "no-reply",
    "noreply",
    "notifications",
    "カスタマーサポート",
    "事務局",
];

/// A sender's name without what a department adds.
pub(super) fn without_department(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while let Some(last) = words.last() {
        let last = last
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        if words.len() < 2 || !(last.is_empty() || DEPARTMENTS.contains(&last.as_str())) {
            break;
        }
        words.pop();
    }
    words.join(" ")
}
