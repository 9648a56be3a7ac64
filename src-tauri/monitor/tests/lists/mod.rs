//! Lists of made-up people in the files that programs write: just enough of each format for a
//! spreadsheet to open it. Names, numbers and addresses are invented.
#![allow(dead_code, missing_docs)]

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub type Rows = Vec<Vec<String>>;

const FAMILY: [&str; 12] = [
    "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田",
];
const GIVEN: [&str; 10] = [
    "翔",
    "蓮",
    "陽菜",
    "結衣",
    "大輔",
    "健一",
    "美咲",
    "さくら",
    "太一",
    "恵",
];
const PLACES: [&str; 5] = [
    "東京都千代田区架空町",
    "大阪府大阪市北区見本町",
    "北海道札幌市中央区例示",
    "神奈川県横浜市西区仮の丘",
    "福岡県福岡市博多区作例",
];

/// The user's address and name in every list.
pub const ADDRESS: &str = "ada+denwa@jun.example";
pub const NAME: &str = "雨田 純";

/// A list of so many people with the names of its columns: number, name, address, home. The user is
/// among them.
pub fn people(count: usize) -> Rows {
    let head = ["お客様番号", "氏名", "メールアドレス", "住所"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for n in 0..count {
        let name = format!("{}　{}", FAMILY[n % 12], GIVEN[n / 12 % 10]);
        let home = format!("{}{}-{}", PLACES[n % 5], n % 30 + 1, n % 9 + 1);
        rows.push(vec![
            format!("C{:07}", 1_000_003 + n * 7),
            name,
            format!("user.{n}@{}.example", ["docomo", "mail", "post"][n % 3]),
            home,
        ]);
    }
    if let Some(own) = rows.get_mut(count.div_ceil(2)).filter(|_| count > 0) {
        own[1] = "雨田　純 様".to_owned();
        own[2] = "Ada+Denwa@jun.example".to_owned();
    }
    rows
}

pub fn csv(rows: &Rows) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| format!("\"{cell}\"")).collect();
        writeln!(text, "{}\r", cells.join(",")).unwrap();
    }
    text
}

pub fn zip(method: CompressionMethod, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The letters of a column.
pub fn letters(mut column: usize) -> String {
    let mut letters = String::new();
    loop {
        let letter = u8::try_from(column % 26).unwrap();
        letters.insert(0, char::from(b'A' + letter));
        if column < 26 {
            return letters;
        }
        column = column / 26 - 1;
    }
}

/// The parts of a workbook with these sheets, the last of which is hidden if there are several.
pub fn workbook(sheets: &[&Rows]) -> Vec<(String, String)> {
    let (mut shared, mut parts, mut listed) = (String::new(), Vec::new(), String::new());
    let (mut strings, mut related) = (0, String::new());
    for (at, rows) in sheets.iter().enumerate() {
        let mut sheet = String::new();
        for (y, row) in rows.iter().enumerate() {
            write!(sheet, "<row r=\"{}\">", y + 1).unwrap();
            for (x, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let place = format!("{}{}", letters(x), y + 1);
                let cell = escaped(cell);
                match x % 3 {
                    _ if cell.parse::<f64>().is_ok() => {
                        write!(sheet, "<c r=\"{place}\"><v>{cell}</v></c>")
                    }
                    2 => write!(
                        sheet,
                        "<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"
                    ),
                    _ => {
                        let spoken = "<rPh sb=\"0\" eb=\"1\"><t>ヨミ</t></rPh>";
                        write!(shared, "<si><r><t>{cell}</t></r>{spoken}</si>").unwrap();
                        strings += 1;
                        let number = strings - 1;
                        write!(sheet, "<c r=\"{place}\" t=\"s\"><v>{number}</v></c>")
                    }
                }
                .unwrap();
            }
            sheet.push_str("</row>");
        }
        let number = at + 1;
        let hidden = if at > 0 && number == sheets.len() {
            " state=\"hidden\""
        } else {
            ""
        };
        write!(
            listed,
            "<sheet name=\"S{number}\" sheetId=\"{number}\"{hidden} r:id=\"rId{number}\"/>"
        )
        .unwrap();
        let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        write!(related, "<Relationship Id=\"rId{number}\" Type=\"{of}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>").unwrap();
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ));
    }
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let types = "http://schemas.openxmlformats.org/package/2006";
    related.push_str(&format!(
        "<Relationship Id=\"rId0\" Type=\"{of}/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    ));
    parts.push((
        "xl/workbook.xml".into(),
        format!(
            "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{of}\"><sheets>{listed}</sheets></workbook>"
        ),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".into(),
        format!("{HEAD}<Relationships xmlns=\"{types}/relationships\">{related}</Relationships>"),
    ));
    parts.push(("_rels/.rels".into(), format!("{HEAD}<Relationships xmlns=\"{types}/relationships\"><Relationship Id=\"rId1\" Type=\"{of}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")));
    parts.push(("[Content_Types].xml".into(), format!("{HEAD}<Types xmlns=\"{types}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>")));
    parts.push(("xl/sharedStrings.xml".into(), format!("{HEAD}<sst xmlns=\"{MAIN}\" count=\"{strings}\" uniqueCount=\"{strings}\">{shared}</sst>")));
    parts
}

pub const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

pub fn pack(method: CompressionMethod, parts: &[(String, String)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    zip(method, &parts)
}

pub fn xlsx(sheets: &[&Rows]) -> Vec<u8> {
    pack(CompressionMethod::Deflated, &workbook(sheets))
}

/// The parts of an OpenDocument spreadsheet.
pub fn document(sheets: &[&Rows]) -> Vec<(String, String)> {
    let mut body = String::new();
    for (at, rows) in sheets.iter().enumerate() {
        write!(body, "<table:table table:name=\"S{at}\">").unwrap();
        for row in *rows {
            body.push_str("<table:table-row>");
            for cell in row {
                write!(body, "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>", escaped(cell)).unwrap();
            }
            body.push_str(
                "<table:table-cell table:number-columns-repeated=\"16380\"/></table:table-row>",
            );
        }
        body.push_str("<table:table-row table:number-rows-repeated=\"1045191\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>");
    }
    let of = "urn:oasis:names:tc:opendocument:xmlns";
    let text = format!(
        "{HEAD}<office:document-content xmlns:office=\"{of}:office:1.0\" xmlns:table=\"{of}:table:1.0\" xmlns:text=\"{of}:text:1.0\"><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = format!(
        "{HEAD}<manifest:manifest xmlns:manifest=\"{of}:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/></manifest:manifest>"
    );
    vec![
        (
            "mimetype".into(),
            "application/vnd.oasis.opendocument.spreadsheet".into(),
        ),
        ("content.xml".into(), text),
        ("META-INF/manifest.xml".into(), manifest),
    ]
}

pub fn ods(sheets: &[&Rows]) -> Vec<u8> {
    pack(CompressionMethod::Deflated, &document(sheets))
}

/// Longest body of a record.
const RECORD: usize = 8224;

fn record(stream: &mut Vec<u8>, kind: u16, body: &[u8]) {
    stream.extend(kind.to_le_bytes());
    stream.extend(u16::try_from(body.len()).unwrap().to_le_bytes());
    stream.extend(body);
}

/// The stream of a workbook of Excel 97 (BIFF8) with these sheets, without a compound file around it.
pub fn biff(sheets: &[&Rows]) -> Vec<u8> {
    let begin = |kind: u16| {
        let mut body = [0_u8; 16];
        body[..2].copy_from_slice(&0x0600_u16.to_le_bytes());
        body[2..4].copy_from_slice(&kind.to_le_bytes());
        body
    };
    let mut bodies = Vec::new();
    let strings: Vec<&String> = sheets
        .iter()
        .flat_map(|rows| rows.iter().flatten())
        .collect();
    let mut number = 0_u32;
    for rows in sheets {
        let mut body = Vec::new();
        record(&mut body, 0x0809, &begin(0x0010));
        for (y, row) in rows.iter().enumerate() {
            for x in 0..row.len() {
                let place = [y, x, 0].map(|n| u16::try_from(n).unwrap().to_le_bytes());
                let mut cell = place.concat();
                cell.extend(number.to_le_bytes());
                number += 1;
                record(&mut body, 0x00fd, &cell);
            }
        }
        record(&mut body, 0x000a, &[]);
        bodies.push(body);
    }
    let mut shared = Shared::default();
    shared
        .body
        .extend([number.to_le_bytes(), number.to_le_bytes()].concat());
    for string in strings {
        shared.push(string);
    }
    let mut stream = Vec::new();
    record(&mut stream, 0x0809, &begin(0x0005));
    record(&mut stream, 0x0042, &1200_u16.to_le_bytes());
    let mut before = stream.len() + bodies.len() * 14 + shared.length() + 4;
    for (at, body) in bodies.iter().enumerate() {
        let mut sheet = u32::try_from(before).unwrap().to_le_bytes().to_vec();
        // The last of several is hidden.
        sheet.extend([u8::from(at > 0 && at + 1 == bodies.len()), 0, 2, 0, b'S']);
        sheet.push(b'0' + u8::try_from(at).unwrap());
        record(&mut stream, 0x0085, &sheet);
        before += body.len();
    }
    shared.write(&mut stream);
    record(&mut stream, 0x000a, &[]);
    stream.extend(bodies.concat());
    stream
}

/// A table of strings that goes on in other records, in the middle of a string as well.
#[derive(Default)]
struct Shared {
    full: Vec<Vec<u8>>,
    body: Vec<u8>,
}

impl Shared {
    fn push(&mut self, string: &str) {
        if self.body.len() + 16 > RECORD {
            self.next();
        }
        let units: Vec<u16> = string.encode_utf16().collect();
        let wide = units.iter().any(|unit| *unit > 0xff);
        self.body
            .extend(u16::try_from(units.len()).unwrap().to_le_bytes());
        // With a run of letters in another hand, for every second string of that length.
        let runs = u16::from(units.len() % 2 == 1);
        self.body
            .push(u8::from(wide) | if runs == 1 { 8 } else { 0 });
        if runs == 1 {
            self.body.extend(runs.to_le_bytes());
        }
        for unit in units {
            let bytes = unit.to_le_bytes();
            let bytes = if wide { &bytes[..] } else { &bytes[..1] };
            if self.body.len() + bytes.len() > RECORD {
                self.next();
                self.body.push(u8::from(wide));
            }
            self.body.extend(bytes);
        }
        for byte in [1, 0, 1, 0].iter().take(usize::from(runs) * 4) {
            if self.body.len() + 1 > RECORD {
                self.next();
            }
            self.body.push(*byte);
        }
    }

    fn next(&mut self) {
        self.full.push(std::mem::take(&mut self.body));
    }

    fn length(&self) -> usize {
        self.full
            .iter()
            .chain([&self.body])
            .map(|body| body.len() + 4)
            .sum()
    }

    fn write(&self, stream: &mut Vec<u8>) {
        for (at, body) in self.full.iter().chain([&self.body]).enumerate() {
            record(stream, if at == 0 { 0x00fc } else { 0x003c }, body);
        }
    }
}

/// A compound file with one stream. It lies first, the directory behind it, the table of chains last.
pub fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    let number = |n: usize| u32::try_from(n).unwrap();
    let mut bytes = stream.to_vec();
    bytes.resize(stream.len().max(4096).div_ceil(512) * 512, 0);
    let (size, sectors) = (bytes.len(), bytes.len() / 512);
    let mut tables = 1;
    while tables * 128 < sectors + 1 + tables {
        tables += 1;
    }
    assert!(tables <= 109, "the header lists all tables");
    let entry = |name: &str, kind: u8, start: u32, child: u32, size: usize| {
        let mut entry = [0_u8; 128];
        for (at, unit) in name.encode_utf16().enumerate() {
            entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[64] = u8::try_from(name.len() * 2 + 2).unwrap();
        (entry[66], entry[67]) = (kind, 1);
        entry[68..76].fill(0xff);
        entry[76..80].copy_from_slice(&child.to_le_bytes());
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&number(size).to_le_bytes());
        entry
    };
    bytes.extend(entry("Root Entry", 5, END, 1, 0));
    bytes.extend(entry(name, 2, 0, u32::MAX, size));
    for _ in 0..2 {
        let mut empty = [0; 128];
        empty[68..80].fill(0xff);
        bytes.extend(empty);
    }
    let mut chains: Vec<u32> = (1..sectors).map(number).collect();
    chains.extend([END, END]);
    chains.resize(chains.len() + tables, 0xffff_fffd);
    chains.resize(tables * 128, u32::MAX);
    bytes.extend(chains.iter().flat_map(|next| next.to_le_bytes()));
    let mut head = vec![0_u8; 512];
    head[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    for (at, value) in [(24, 0x3e_u16), (26, 3), (28, 0xfffe), (30, 9), (32, 6)] {
        head[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    let fields = [
        (44, number(tables)),
        (48, number(sectors)),
        (56, 4096),
        (60, END),
        (68, END),
    ];
    for (at, value) in fields {
        head[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    head[76..].fill(0xff);
    for table in 0..tables {
        let at = 76 + table * 4;
        head[at..at + 4].copy_from_slice(&number(sectors + 1 + table).to_le_bytes());
    }
    [head, bytes].concat()
}

pub fn xls(sheets: &[&Rows]) -> Vec<u8> {
    compound("Workbook", &biff(sheets))
}
