//! What happens once: the list that the telecom company mails out, its apology the same evening,
//! and a stranger at an address that only one shop was given.

use super::Folder;
use super::calendar::Year;
use super::customer::sheet;
use super::encode::{Charset, folded_base64};
use super::fill::{Blanks, filled};
use super::leak::{LIST_MAILED_AGO, Leak, TELECOM};
use super::letter::{Attachment, Checked, Letter, Party};
use super::pile::Pile;
use super::random::Random;
use super::table::addresses::{HOSHIMACHI, OWN_NAME, OYATSU, WORK};

/// How many people stand on the list that was mailed out.
const PEOPLE_ON_THE_LIST: usize = 3385;
/// The stranger that writes to the address of the sweets shop.
pub(super) const STRANGER: &str = "komorebi-research.example";
/// Days before today on which the stranger may have written first, and the days between its two
/// letters.
const STRANGER_AGO: (i64, i64) = (34, 70);

/// Lays what happens once in the year.
pub(super) fn lay(seed: u64, leaks: &[Leak], pile: &mut Pile) {
    let mut random = Random::of(seed, "story");
    let list = Attachment {
        name: "okyakusama_ichiran.csv",
        base64: folded_base64(customer_list(&mut random).as_bytes()),
    };
    for leak in leaks.iter().filter(|leak| leak.service == TELECOM) {
        lay_list_and_apology(leak.address, &list, pile, &mut random);
    }
    lay_stranger(pile, &mut random);
}

/// 13:43, a price cut of one yen, out of proportion to its mark; 21:18, the apology, which gives
/// no number and does not say how much the fee will be reduced.
fn lay_list_and_apology(address: &str, list: &Attachment, pile: &mut Pile, random: &mut Random) {
    let day = Year::ago(LIST_MAILED_AGO);
    let month = pile.year.date(day).month();
    let telecom = sheet(TELECOM);
    let from = Party::new(
        telecom.own_name,
        &format!("{}@{}", telecom.note_sender, telecom.domains[0]),
    );

    let subject = format!(
        "【重要】{}月ご利用分からの料金改定（1円の値下げ）について",
        month % 12 + 1
    );
    let mut notice = Letter::to(address, from.clone(), subject, Charset::Iso2022Jp);
    notice.arrived = pile
        .year
        .at(day, (13 * 60 + 43) * 60 + random.between(2, 50));
    notice.text = format!(
        "{OWN_NAME} 様\n\n平素よりほしまち電話をご利用いただき、誠にありがとうございます。\n来月ご利用分より「おまもりメール」の月額料金を1円値下げいたします。\n詳しくは添付の資料をご覧ください。\n\nほしまち電話 お客様係\n"
    );
    notice.id = Some(pile.sure_id(telecom.domains[0]));
    notice.attachment = Some(list.clone());
    pile.lay(Folder::Inbox, notice);

    let subject = "【お詫び】本日お送りしたメールについて".to_owned();
    let mut apology = Letter::to(address, from, subject, Charset::Iso2022Jp);
    apology.arrived = pile
        .year
        .at(day, (21 * 60 + 18) * 60 + random.between(2, 50));
    apology.text = format!(
        "{OWN_NAME} 様\n\n本日13時43分ごろにお送りしたメールに、他のお客様の情報が含まれておりました。\nお手数ですが、当該メールと添付ファイルの削除をお願いいたします。\nご不安な場合は、メールアドレスの変更をご検討ください。\n来月分の月額料金を減額させていただきます。\nご迷惑をおかけし、深くお詫び申し上げます。\n\nほしまち電話 お客様係\n"
    );
    apology.id = Some(pile.sure_id(telecom.domains[0]));
    pile.lay(Folder::Inbox, apology);
}

/// A list of invented people at places that do not exist.
fn customer_list(random: &mut Random) -> String {
    const FAMILY: [&str; 12] = [
        "見本", "架空", "例田", "仮名", "試山", "空野", "作田", "虚木", "想川", "無井", "似島",
        "夢原",
    ];
    const GIVEN: [&str; 10] = [
        "一郎",
        "二葉",
        "三平",
        "四季",
        "五月",
        "六花",
        "七海",
        "八重",
        "九太",
        "十和子",
    ];
    const PLACES: [&str; 4] = [
        "mail.example",
        "kokyaku.example",
        "example.net",
        "example.org",
    ];
    const TOWN: [&str; 6] = ["星町", "雲上", "朝凪", "灯台", "根雪", "風待"];
    // The freelancer is a customer twice.
    let own_row = random.below(PEOPLE_ON_THE_LIST as u64 / 2) as usize;
    let own_rows = [
        (own_row, HOSHIMACHI),
        (own_row + PEOPLE_ON_THE_LIST / 2, WORK),
    ];
    let mut text = String::with_capacity(PEOPLE_ON_THE_LIST * 80);
    // Spreadsheets know UTF-8 by the mark at its beginning.
    text.push_str("\u{feff}お客様番号,氏名,メールアドレス,住所\r\n");
    for row in 0..PEOPLE_ON_THE_LIST {
        let own = own_rows.iter().find(|(own, _)| *own == row);
        let (name, address) = match own {
            Some((_, address)) => (OWN_NAME.to_owned(), (*address).to_owned()),
            None => (
                format!("{} {}", random.pick(&FAMILY), random.pick(&GIVEN)),
                format!("customer{}@{}", 1_000 + row * 3, random.pick(&PLACES)),
            ),
        };
        text.push_str(&format!(
            "H{:06},{name},{address},架空県見本市{}{}-{}-{}\r\n",
            100_003 + row * 7,
            random.pick(&TOWN),
            random.between(1, 9),
            random.between(1, 30),
            random.between(1, 20)
        ));
    }
    text
}

/// Two letters of one firm, signed and polite, to an address that it should not know. Nothing
/// more comes.
fn lay_stranger(pile: &mut Pile, random: &mut Random) {
    let subjects = [
        "おやつについてのアンケートのお願い（{n}問）",
        "アンケートへのご協力ありがとうございます",
    ];
    let mut ago = random.between(STRANGER_AGO.0, STRANGER_AGO.1);
    for subject in subjects {
        let arrived = pile
            .year
            .at(Year::ago(ago), random.between(10 * 3600, 17 * 3600));
        let blanks = Blanks {
            date: pile.year.date(Year::ago(ago)),
            items: &[],
            name: OWN_NAME,
            local: "oyatsu",
            host: STRANGER,
        };
        let from = Party::new("こもれび調査室", &format!("enquete@{STRANGER}"));
        let subject = filled(subject, &blanks, random);
        let mut letter = Letter::to(OYATSU, from, subject, Charset::Utf8);
        letter.arrived = arrived;
        letter.checked = Checked::Both;
        letter.text = format!(
            "{OWN_NAME} 様\n\nこもれび調査室です。アンケートへのご協力をお願いいたします。\n"
        );
        letter.id = Some(pile.sure_id(STRANGER));
        pile.lay(Folder::Inbox, letter);
        ago -= random.between(12, 20);
    }
}
