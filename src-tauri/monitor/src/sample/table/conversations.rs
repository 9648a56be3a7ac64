//! What people write about: subjects of threads and a few lines for their bodies.

/// Subjects of work threads in Japanese.
pub(in crate::sample) const WORK_JA: &[&str] = &[
    "{month}月号の表紙ラフについて",
    "パンフレット初校の件",
    "色校正のスケジュール",
    "打ち合わせ日程のご相談",
    "見積もりのお願い（リーフレットA4三つ折り）",
    "ロゴ案3点お送りします",
    "請求書の宛名について",
    "入稿データの確認をお願いします",
    "展示パネルの文字校正",
    "秋のフェアのチラシ",
    "名刺の増刷（100枚）",
    "Webバナーのサイズ変更",
    "契約書のご確認",
    "納品のお知らせ",
    "再校をお送りします",
    "【ご相談】小冊子の組版",
    "ラベルの材質について",
    "写真の差し替えをお願いできますか",
    "フォントのライセンスの件",
    "{month}月{day}日のお打ち合わせの議事メモ",
    "次回の企画展のご相談",
    "源泉徴収について教えてください",
    "奥付の表記について",
    "確定申告の資料",
    "お礼（先日の入稿）",
    "支払通知書のご送付",
    "ゲーム内フォントの字形について",
    "カタログの目次案",
    "年賀状デザインのお願い",
    "会員証の刷り直し",
    "ポスターの掲示許可について",
];

/// Subjects of work threads in English.
pub(in crate::sample) const WORK_EN: &[&str] = &[
    "Cover proof, second round",
    "Map legend in Japanese",
    "Invoice for the spring catalogue",
    "Line breaks in the Japanese edition",
    "Quick question about the style guide",
    "Schedule for the poster series",
    "Contract draft for your review",
    "Vertical text in the credits",
    "Missing glyphs on page {n}",
    "Call on Thursday?",
    "Paper samples arrived",
    "Final files – thank you",
    "Colour profile for the printer",
    "Rates for next year",
];

/// Subjects of threads with friends and relatives in Japanese.
pub(in crate::sample) const FRIENDS_JA: &[&str] = &[
    "お米送りました",
    "連休の予定",
    "写真ありがとう",
    "同窓会の出欠",
    "テントの件",
    "誕生日おめでとう",
    "本、返すの忘れてた",
    "来月の山行について",
    "畑のトマト、いる？",
    "甥っ子の写真",
    "引っ越しました",
    "おすすめの歯医者",
    "お盆は帰りますか",
    "ライブのチケット余ってる",
    "ねこの様子",
];

/// Subjects of threads with friends in English.
pub(in crate::sample) const FRIENDS_EN: &[&str] = &[
    "Coming to Japan in autumn!",
    "That noodle place you mentioned",
    "Postcards",
    "Photos from the lake",
];

/// Subjects that fit a part of the year only: a word in them and the months they are written in.
pub(in crate::sample) const SEASONS: &[(&str, &[i8])] = &[
    ("秋", &[7, 8, 9]),
    ("autumn", &[6, 7, 8]),
    ("spring", &[2, 3, 4]),
    ("next year", &[10, 11, 12]),
    ("年賀状", &[10, 11, 12]),
    ("確定申告", &[1, 2, 3]),
    ("お盆", &[7, 8]),
    ("連休", &[4, 8, 9]),
    ("年末年始", &[12]),
    ("夏季", &[7, 8]),
    ("新年", &[1]),
    ("next week", &[7, 12]),
];

/// Subjects of seasonal letters to many at once.
pub(in crate::sample) const CIRCULARS: &[&str] = &[
    "夏季休業のお知らせ",
    "年末年始の営業について",
    "担当者変更のお知らせ",
    "事務所移転のご案内",
    "価格改定のお願い",
    "Studio closed next week",
    "展示会のご案内",
    "新年のご挨拶",
];

/// Subjects on the mailing list.
pub(in crate::sample) const LIST: &[&str] = &[
    "活字の保管方法",
    "和紙の厚みと裏抜け",
    "組版の勉強会（{month}月）",
    "古い書体見本帳を譲ります",
    "縦組みの約物",
    "インキの乾きが遅い季節",
    "A question about ruby text",
    "手動印刷機の修理先",
    "紙の名前クイズ",
    "Lead type from an old newspaper",
    "断裁機の刃",
    "誤植コレクション",
    "{month}月の古本市",
];

/// First lines of mail in Japanese.
pub(in crate::sample) const OPENING_JA: &[&str] = &[
    "いつもお世話になっております。",
    "お世話になっております。先日はありがとうございました。",
    "ご連絡ありがとうございます。確認しました。",
    "遅くなってすみません。",
    "お忙しいところ恐れ入ります。",
];

/// Second lines of mail in Japanese.
pub(in crate::sample) const MIDDLE_JA: &[&str] = &[
    "添付はまだ仮の状態です。ご意見をいただけると助かります。",
    "週明けまでにお返事をいただければ間に合います。",
    "修正点は2か所だけです。",
    "この内容で進めてよろしいでしょうか。",
    "詳しくはお電話でご相談させてください。",
    "問題ありませんので、このままお願いします。",
];

/// First lines of mail in English.
pub(in crate::sample) const OPENING_EN: &[&str] = &[
    "Thanks for the quick turnaround.",
    "Hope the week is going well.",
    "Just back at my desk, sorry for the delay.",
    "This looks lovely already.",
];

/// Second lines of mail in English.
pub(in crate::sample) const MIDDLE_EN: &[&str] = &[
    "Two small corrections are marked on the proof.",
    "Could you send the files by Wednesday?",
    "No rush from our side.",
    "Let me know whether the dates still work for you.",
];
