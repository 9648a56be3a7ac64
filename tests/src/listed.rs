//! Mail that should not have been sent: a workbook full of made-up people, and what carries it.

use crate::letter::Letter;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// Column names of the workbook.
const HEAD: [&str; 4] = ["お客様番号", "氏名", "メールアドレス", "住所"];

/// A workbook (.xlsx) of so many people who do not exist, `own` among them: name and address.
pub fn workbook(people: usize, own: (&str, &str)) -> Vec<u8> {
    let mut rows = String::new();
    let mut row = |number: usize, cells: [&str; 4]| {
        // Writing into a string cannot fail.
        let _ = write!(rows, "<row r=\"{number}\">");
        for (column, cell) in ["A", "B", "C", "D"].iter().zip(cells) {
            let _ = write!(
                rows,
                "<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"
            );
        }
        rows.push_str("</row>");
    };
    row(1, HEAD);
    for n in 0..people {
        let (name, address) = match n == people / 3 {
            true => (own.0.to_owned(), own.1.to_owned()),
            false => (
                format!("架空 {}", kana(n)),
                format!("kyaku{n}@customers.example"),
            ),
        };
        let number = format!("H{:06}", 100_003 + n * 7);
        let place = format!("架空県見本市星町{}-{}", n % 9 + 1, n % 30 + 1);
        row(n + 2, [&number, &name, &address, &place]);
    }
    let sheet = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetData>{rows}</sheetData></worksheet>"
    );
    let parts = [
        ("[Content_Types].xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>".to_owned()),
        ("_rels/.rels", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".to_owned()),
        ("xl/workbook.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".to_owned()),
        ("xl/_rels/workbook.xml.rels", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>".to_owned()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A name that is nobody's, another one for each number.
fn kana(n: usize) -> String {
    const LETTERS: [char; 10] = ['ア', 'カ', 'サ', 'タ', 'ナ', 'ハ', 'マ', 'ヤ', 'ラ', 'ワ'];
    let digit = |place: usize| LETTERS[n / place % 10];
    [digit(1000), digit(100), digit(10), digit(1)]
        .iter()
        .collect()
}

/// A letter with a text of its own, and a file with it.
pub fn carrying(letter: &Letter, text: &str, file: Option<(&str, &[u8])>) -> String {
    let whole = letter.text();
    let header = whole.split("\n\n").next().unwrap_or_default();
    let encoded = |bytes: &[u8]| -> String {
        let text = STANDARD.encode(bytes);
        let lines = text.as_bytes().chunks(76).map(String::from_utf8_lossy);
        lines.collect::<Vec<_>>().join("\n")
    };
    let plain = format!(
        "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n{}\n",
        encoded(text.as_bytes())
    );
    match file {
        None => format!("{header}\nMIME-Version: 1.0\n{plain}"),
        Some((name, bytes)) => format!(
            "{header}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"cut\"\n\n\
             --cut\n{plain}--cut\nContent-Type: application/octet-stream; name=\"{name}\"\n\
             Content-Disposition: attachment; filename=\"{name}\"\n\
             Content-Transfer-Encoding: base64\n\n{}\n--cut--\n",
            encoded(bytes)
        ),
    }
}
