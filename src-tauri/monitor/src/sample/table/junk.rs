//! What spammers write. The firms they pretend to be are invented too.

use super::services::Language::{self, English, Japanese};

/// One kind of junk: pretended sender, subject, language.
#[derive(Clone, Copy)]
pub(in crate::sample) struct Lure {
    /// Display name in From.
    pub sender: &'static str,
    /// Subject with blanks.
    pub subject: &'static str,
    /// Its language.
    pub language: Language,
}

const fn ja(sender: &'static str, subject: &'static str) -> Lure {
    Lure {
        sender,
        subject,
        language: Japanese,
    }
}

const fn en(sender: &'static str, subject: &'static str) -> Lure {
    Lure {
        sender,
        subject,
        language: English,
    }
}

/// What arrives at an address that got out.
pub(in crate::sample) const LURES: &[Lure] = &[
    ja(
        "カード利用確認センター",
        "【重要】お支払い方法の確認のお願い No.{n}",
    ),
    ja(
        "カード利用確認センター",
        "【緊急】カードのご利用を一時停止しました",
    ),
    ja("みなつき信販", "ご請求金額のお知らせ（{yen}円）"),
    ja(
        "みなつき信販サポート",
        "【最終通知】会員資格の更新が必要です",
    ),
    ja(
        "お荷物センター",
        "お荷物のお届けにあがりましたが不在のため持ち帰りました {order}",
    ),
    ja("配達状況のご案内", "住所不明のためお荷物を保管しています"),
    ja(
        "電気料金還付窓口",
        "電気料金の還付金{yen}円を受け取っていません",
    ),
    ja("税金還付のご案内", "【重要】未払い税金お支払いのお願い"),
    ja("会員事務局", "{name}様 ポイント{n}Pの有効期限は本日です"),
    ja(
        "ポイント交換局",
        "ご当選おめでとうございます（受取番号 {order}）",
    ),
    ja("時計の蔵", "高級腕時計 最大{n}%OFF 在庫限り"),
    ja("ブランド市場", "新作バッグ入荷 送料無料 {n}点のみ"),
    ja("ブランド市場", "【激安】スーパーコピーではありません"),
    ja("すっきり堂", "飲むだけで-{n}kg？話題のサプリ"),
    ja("すっきり堂", "{name}様だけに初回{n}円のご案内"),
    ja(
        "在宅ワーク研究会",
        "スマホだけで月収{n}万円の方法を無料公開",
    ),
    ja("副業ナビ", "1日10分の作業で{yen}円、審査なし"),
    ja("投資の学校", "次に上がる銘柄を{name}様に先行公開"),
    ja("投資の学校", "【残り{n}名】AI自動売買の無料モニター"),
    ja("暗号資産サポート", "ウォレットの確認が完了していません"),
    ja("メール管理者", "メールボックスの容量が{n}%に達しました"),
    ja("メール管理者", "{local} のパスワードは本日失効します"),
    ja("システム通知", "新しい端末からのログインを検知しました"),
    ja("みどりの融資", "即日融資 最大{n}万円 ブラックOK"),
    ja("みどりの融資", "お借り換えのご提案（{name}様専用）"),
    ja("出会いの広場", "あなたに{n}通のメッセージが届いています"),
    ja("ゆかり", "先日お会いした件でご連絡しました"),
    ja("求人案内", "年収{n}万円以上の非公開求人"),
    ja("保険の窓口案内", "見直すだけで年間{yen}円お得に"),
    ja(
        "通販サポート",
        "お客様のアカウントに異常なアクティビティ {order}",
    ),
    ja(
        "通販サポート",
        "ご注文の確認 {order}（覚えのない場合はこちら）",
    ),
    ja("動画見放題事務局", "お支払い情報を更新できませんでした"),
    ja("鉄道ネット予約", "【重要】アカウントの自動退会処理について"),
    ja("防災グッズ本舗", "緊急備蓄セット {n}%引き"),
    ja("健康食品センター", "黒にんにく {n}粒 今だけ半額"),
    ja(
        "未納料金窓口",
        "本日中にご連絡なき場合、法的手続きに移行します",
    ),
    en("Account Security", "Unusual sign-in attempt, case {n}"),
    en(
        "Account Security",
        "Your mailbox {local} will be closed in 24 hours",
    ),
    en(
        "Parcel Desk",
        "Your parcel is waiting: confirm delivery {order}",
    ),
    en("Parcel Desk", "Customs fee of {n} USD is outstanding"),
    en("Luxe Outlet", "Designer watches, {n}% off, today only"),
    en("Luxe Outlet", "Dear {local}, your private sale starts now"),
    en(
        "Crypto Desk",
        "Withdraw your balance of {n} before it expires",
    ),
    en("Wallet Team", "Verify your recovery phrase"),
    en("Dr. Aldous Crane", "Confidential business proposal"),
    en("Claims Department", "Unclaimed inheritance, file {order}"),
    en("SEO Experts", "I found {n} errors on your website"),
    en("Growth Partners", "Quick question about {local}"),
    en("Web Rank Pro", "Page one in {n} days or you pay nothing"),
    en("Health Deals", "The vegetable you should never eat"),
    en("Pharmacy Online", "Refill without prescription, {n} pills"),
    en("Loan Approval", "You are approved for {n},000 USD"),
    en("Singles Nearby", "{n} people viewed your profile"),
    en(
        "Prize Committee",
        "Your entry number {order} has been drawn",
    ),
    en(
        "Solar Offers",
        "Homeowners are switching: see if you qualify",
    ),
    en(
        "Cloud Storage",
        "Your storage is full – photos will be deleted",
    ),
    en("Invoice Team", "Overdue invoice {order}"),
    en("Fax2Mail", "You have received a new fax ({n} pages)"),
    en("Survey Rewards", "Get a {n} USD voucher for your opinion"),
    en("Toner Direct", "Printer toner at half price, week {n}"),
];

/// What dictionary attacks on a whole domain send.
pub(in crate::sample) const DICTIONARY_LURES: &[Lure] = &[
    en("Global Trade Leads", "Price list for your company"),
    en("Purchasing Dept", "RFQ {n} / urgent quotation"),
    en("Mail Server", "Pending messages for {local}"),
    ja("ホームページ制作局", "貴社ホームページについてのご提案"),
    en("Payroll", "Updated payroll form"),
    ja("助成金相談窓口", "【{month}月締切】使える助成金のご案内"),
    en("LED Factory", "LED panel from the manufacturer"),
];

/// Local parts that dictionary attacks try and that were never given to anyone.
pub(in crate::sample) const TRIED_PARTS: &[&str] = &[
    "info",
    "sales",
    "admin",
    "contact",
    "support",
    "webmaster",
    "office",
    "hr",
    "press",
    "test",
    "taro",
    "hanako",
    "postmaster",
    "accounting",
    "service",
];

/// First halves of the domains that spammers register.
pub(in crate::sample) const DOMAIN_WORDS: &[&str] = &[
    "deal", "luxe", "promo", "shop", "best", "click", "fast", "gold", "happy", "lucky", "mega",
    "news", "offer", "point", "prime", "quick", "rich", "sale", "smart", "super", "top", "value",
    "win", "world", "zen", "bonus", "card", "cash", "check", "daily", "easy", "extra", "fresh",
    "info", "king", "life", "mail", "market", "member", "mobile", "online", "pay", "plus", "safe",
    "secure", "service", "speed", "star", "store", "team", "trend", "update", "web", "wow",
];

/// Lines of junk bodies.
pub(in crate::sample) const BODIES_JA: &[&str] = &[
    "下記のリンクよりお手続きをお願いいたします。\nhttps://{host}/c/{order}\n",
    "詳細はこちらをご確認ください。\nhttps://{host}/{order}\n配信停止はこちら https://{host}/u\n",
];

/// Lines of junk bodies in English.
pub(in crate::sample) const BODIES_EN: &[&str] = &[
    "Please follow the link below.\nhttps://{host}/c/{order}\n",
    "See the details here: https://{host}/{order}\nUnsubscribe: https://{host}/u\n",
];

/// Times that no clock was ever set to, as they stand in the Date lines of some junk.
pub(in crate::sample) const ABSURD_DATES: &[&str] = &[
    "Tue, 01 Jan 1980 00:00:00 +0000",
    "Fri, 13 Aug 2038 04:12:07 -0500",
    "Thu, 04 Nov 3609 22:40:11 +0000",
    "Mon, 07 Jan 102 11:08:59 +0800",
    "Sat, 31 Jan 1970 09:00:00 +0900",
    "Wed, 20 Mar 2031 16:45:30 +0300",
];
