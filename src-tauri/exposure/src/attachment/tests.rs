//! What is a list of people and what only looks like one. Everybody here is made up.

use super::*;

#[test]
fn lists_are_told_by_name_type_and_size() {
    let check = |kind: &str, name: &str, want: bool| {
        assert_eq!(looks_like_list(kind, name, 9_000), want, "{kind} {name:?}");
    };
    let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    check(xlsx, "お客様一覧.xlsx", true);
    check("application/octet-stream", "LIST.XLS", true);
    check("application/octet-stream; name=x", "a.b.ods", true);
    check("text/csv; charset=shift_jis", "", true);
    check("TEXT/PLAIN", "members.txt", true);
    check("text/plain", "", false);
    check("text/html", "members.csv", true);
    check("application/x-zip-compressed", "送付.zip", true);
    check(xlsx, "list", true);
    check("application/vnd.ms-excel", "members.csv", true);
    check("application/pdf", "list.pdf", false);
    check("image/png", "list.xlsx", false);
    check("application/pkcs7-signature", "smime.p7s", false);
    check("text/calendar", "invite.ics", false);
    check("text/vcard", "ada.vcf", false);
    check("application/zip", "photo.jpg", false);
    check("application/vnd.ms-excel", "hidden.exe", false);
    assert!(!looks_like_list("text/csv", "a.csv", 0), "nothing is there");
    assert!(looks_like_list("text/csv", "a.csv", LARGEST));
    assert!(!looks_like_list("text/csv", "a.csv", LARGEST + 1));
}

/// Rows as they are written: cells parted by `|`.
fn rows(text: &str) -> Vec<Row> {
    let row = |line: &str| {
        let mut row = Row::default();
        for cell in line.split('|') {
            row.push(cell.trim());
        }
        row
    };
    text.lines().map(row).collect()
}

fn counted(tables: &[&str]) -> Counted {
    let own = Own {
        addresses: vec!["ada@jun.example".to_owned()],
        names: vec!["Ada Lovelace".to_owned(), "雨田 純".to_owned()],
    };
    let mut tally = Tally::new(&own);
    for table in tables {
        tally.table();
        for row in rows(table) {
            tally.row(&row);
        }
    }
    tally.counted()
}

/// A table with so many rows like this one, in which `#` is the number of the row.
fn table(head: &str, count: usize, row: &str) -> String {
    let rows = (1..=count).map(|n| format!("\n{}", row.replace('#', &n.to_string())));
    format!("{head}{}", rows.collect::<String>())
}

const NAMES: [&str; 12] = [
    "佐藤 翔",
    "鈴木 蓮",
    "高橋 結衣",
    "田中 大輔",
    "伊藤 健一",
    "渡辺 美咲",
    "山本 太一",
    "中村 恵",
    "小林 誠",
    "加藤 葵",
    "吉田 学",
    "山田 花",
];

/// A table with a row for each of twelve people, in which `@@` is the name.
fn twelve(head: &str, row: &str) -> String {
    let rows = NAMES.iter().enumerate();
    let rows = rows.map(|(n, name)| row.replace("@@", name).replace('#', &format!("{n:02}")));
    format!("{head}\n{}", rows.collect::<Vec<_>>().join("\n"))
}

#[test]
fn lists_of_people_are_told() {
    let check = |text: &str, people: u32| {
        let found = counted(&[text]);
        assert_eq!(found.people, people, "{found:?}\n{text}");
        assert!(found.is_list() && found.complete, "{found:?}\n{text}");
    };
    check(
        &table("name|mail", 10, "Somebody|somebody#@mail.example"),
        10,
    );
    check(
        &table("somebody0@mail.example", 10, "somebody#@mail.example"),
        11,
    );
    check(&twelve("氏名|電話番号", "@@|090-0000-00#"), 12);
    check(&twelve("会員番号|お名前", "M00#|@@"), 12);
    check(
        &twelve(
            "会員一覧\n出力日|2026-06-20\n\nNo|氏名|ご住所",
            "#|@@|東京都架空区#",
        ),
        12,
    );
    check(&twelve("Full name|Date of birth", "@@|1980-01-#"), 12);
    // Without names of columns, by what stands in them.
    check(
        &twelve(
            "架空 一郎|090-1234-5678|100-0001",
            "@@|080-1234-56#|150-00#0",
        ),
        13,
    );
    // Twelve people with two orders each are twelve.
    let orders = twelve("注文番号|氏名|住所", "A#|@@|大阪府見本市#");
    let twice = format!("{orders}\n{}", orders.split_once('\n').unwrap().1);
    check(&twice, 12);
    // All in one cell, as a line of recipients is.
    let line: Vec<String> = (0..15)
        .map(|n| format!("P {n} <p{n}@mail.example>"))
        .collect();
    check(&line.join("; "), 15);
}

#[test]
fn what_only_looks_like_a_list_is_none() {
    let check = |why: &str, text: &str| {
        let found = counted(&[text]);
        assert!(!found.is_list(), "{why}: {found:?}\n{text}");
    };
    check("nothing", "");
    check(
        "an invoice",
        &table(
            "請求書\n請求先|雨田 純 様\n住所|東京都架空区1-1\n電話|03-0000-0000\n\n品名|数量|単価|金額",
            30,
            "部品 #|2|1000|2000",
        ),
    );
    check(
        "an invoice in English",
        &table(
            "Bill to|Ada Lovelace\nAddress|1 Made-up Street\nItem|Qty|Unit price|Amount",
            40,
            "Part #|1|9.00|9.00",
        ),
    );
    check(
        "a price list",
        &table("商品番号|商品名|価格|在庫", 500, "P-#|青い上着 #|1200|3"),
    );
    check(
        "a price list in English",
        &table("ID|Name|Price", 500, "#|Blue Shirt|12.00"),
    );
    check(
        "a price list without names of columns",
        &table("Blue Shirt|12.00", 50, "Red Shirt|#"),
    );
    check(
        "a time sheet",
        &table(
            "日付|氏名|開始|終了|時間",
            31,
            "2026-06-#|雨田 純|9:00|18:00|8",
        ),
    );
    check(
        "a time sheet of a team",
        &twelve("Date|Name|Hours", "2026-06-#|@@|8"),
    );
    check(
        "the user's own orders",
        &table(
            "注文番号|注文日|氏名|住所|電話番号|商品名",
            60,
            "A-#|2026-01-02|雨田　純|東京都架空区1-1|090-0000-0000|本 #",
        ),
    );
    check(
        "the user's own calls",
        &table(
            "Date|Number called|Name|Customer number",
            90,
            "2026-06-01|090-0000-00#|Ada Lovelace|C1",
        ),
    );
    check(
        "a calendar",
        &table(
            "Subject|Start date|End date|Location|Organizer",
            50,
            "Meeting #|2026-06-01|2026-06-01|Room #|boss@firm.example",
        ),
    );
    check(
        "shops",
        &table(
            "店舗名|住所|電話番号",
            47,
            "見本#号店|東京都架空区#|03-0000-00#",
        ),
    );
    check(
        "shops under a plain name",
        &table(
            "Name|Address|Phone",
            47,
            "Example Store #|# Made-up Street|+1 555 0100 0#",
        ),
    );
    check(
        "firms",
        &table(
            "会社名|住所|電話番号",
            30,
            "株式会社見本#|東京都架空区#|03-0000-00#",
        ),
    );
    check(
        "desks",
        "support@a.example\ninfo@b.example\nsales@c.example\nno-reply@d.example\nbilling@e.example\nnews@f.example\norders@g.example\nhelp@h.example\ncontact@i.example\nservice@j.example\npostmaster@k.example",
    );
    check(
        "a few people",
        &table("氏名|電話番号", 9, "山田 #|090-0000-00#"),
    );
    check(
        "a log",
        &table(
            "2026-06-01 10:00:00 GET / 200",
            400,
            "2026-06-01 10:00:# GET /shop?id=# 200 Mozilla/5.0",
        ),
    );
    check(
        "the user's own addresses",
        &table("mail", 40, "ada@jun.example"),
    );
    check(
        "files",
        &table(
            "File name|Size|Path|Server id",
            300,
            "photo#.jpg|100|/a/#|#",
        ),
    );
    check(
        "measurements",
        &table("id|temperature|phone home", 300, "#|21.5|0"),
    );
}

#[test]
fn who_stands_in_several_tables_is_one() {
    let with = twelve(
        "氏名|メールアドレス|電話番号",
        "@@|p#@mail.example|090-0000-00#",
    );
    let without = twelve("氏名|住所", "@@|東京都架空区#");
    let found = counted(&[&with, &without, &with]);
    assert_eq!((found.people, found.addresses, found.rows), (12, 12, 36));
    let kinds = [
        ColumnKind::Email,
        ColumnKind::Name,
        ColumnKind::Postal,
        ColumnKind::Phone,
    ];
    assert_eq!(found.columns, kinds);
}

#[test]
fn the_user_is_found_by_address_and_by_name() {
    let check = |text: &str, want: (&[usize], &[usize])| {
        let found = counted(&[text]);
        assert_eq!(
            (&found.own_addresses[..], &found.own_names[..]),
            want,
            "{text}"
        );
    };
    check("ADA@jun.example", (&[0], &[]));
    check("x@jun.example|ａｄａ＠ｊｕｎ．ｅｘａｍｐｌｅ", (&[0], &[]));
    check("xada@jun.example|ada@jun.example.org", (&[], &[]));
    check("姓|名\n雨田|純", (&[], &[1]));
    check("氏名\n雨田　純 様", (&[], &[1]));
    check("氏名\n雨田 純一", (&[], &[]));
    check("ADA LOVELACE", (&[], &[0]));
    check("Lovelace|Ada", (&[], &[]));
}

#[test]
fn what_is_not_looked_at_is_said() {
    let cells = |count: usize| "x|".repeat(count) + "x";
    assert!(counted(&[&cells(COLUMNS - 1)]).complete);
    assert!(!counted(&[&cells(COLUMNS)]).complete, "a column too many");
    let mut tally = Tally::new(&Own::default());
    let mut row = Row::default();
    row.push("somebody@mail.example");
    for _ in 0..ROWS {
        assert!(tally.row(&row));
    }
    assert!(!tally.row(&row), "a row too many");
    let found = tally.counted();
    assert_eq!((found.rows, found.people, found.complete), (ROWS, 1, false));
    row.clear();
    row.push(&"ö".repeat(1024 * 1024));
    let mut tally = Tally::new(&Own::default());
    tally.row(&row);
    assert!(
        !tally.counted().complete,
        "a longer row than there is room for"
    );
}
