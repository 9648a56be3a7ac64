//! Headers as nobody writes them: mutated for as long as `ATESAKI_FUZZ_SECONDS` says (3 unless
//! told) from made-up ones and, where it is present, from real mail. Nothing panics, and nothing
//! takes longer than its length explains. A failure names its round; the same rounds come again.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use exposure::AddrSpec;
use exposure::mail::{Own, Receiver, campaign, for_whom, read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Longest input, in bytes.
const LONGEST: usize = 128 * 1024;
/// Longest time for one input: a hundred times what the longest takes.
const PATIENCE: Duration = Duration::from_secs(5);

const HEADERS: &[&str] = &[
    "Return-Path: <a@b.example>\r\nReceived: from x (y [192.0.2.1]) by mx.me.example with ESMTP id 1 for <shop@me.example>; Sat, 20 Jun 2026 09:00:00 +0900 (JST)\r\nAuthentication-Results: mx.me.example; dkim=pass header.d=b.example; spf=pass smtp.mailfrom=b.example; dmarc=pass header.from=b.example\r\nFrom: =?UTF-8?B?5pel5pys?= <a@b.example>\r\nTo: shop@me.example, \"Doe, J.\" <other@me.example>\r\nSubject: =?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=\r\nDate: Sat, 20 Jun 2026 09:00:00 +0900\r\nMessage-ID: <1@b.example>\r\nList-Id: News <news.b.example>\r\n\r\n",
    "X-AnonAddy-Original-To: shop@ada.anonaddy.me\r\nX-AnonAddy-Authentication-Results: m; dkim=pass header.d=s.example\r\nX-AnonAddy-Original-From-Header: S <n@s.example>\r\nFrom: <shop+n=s.example@ada.anonaddy.me>\r\nTo: shop@ada.anonaddy.me\r\n\r\n",
    "X-ICLOUD-HME: p=a@icloud.com; d=; f=me@me.example; r=to; s=n@s.example\r\nFrom: n <n_at_s@privaterelay.appleid.com>\r\nTo: undisclosed-recipients:;\r\n\r\n",
    "X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:9;SFV:SPM\r\nX-Spam-Status: Yes, score=9.1 required=5.0\r\nFrom: \"x [via Relay]\" <m@mozmail.com>\r\nResent-From: n@s.example\r\nX-Gmail-Labels: =?UTF-8?Q?Spam,Inbox?=\r\n\r\n",
];
const AUTHENTICATION: &[&str] = &[
    "Authentication-Results: mx.me.example (comment (nested)); dkim=pass (2048-bit) header.d=b.example header.i=@b.example; spf=softfail smtp.mailfrom=\"x@b.example\"; dmarc=fail reason=\"a; b\" header.from=b.example\r\nFrom: a@b.example\r\n\r\n",
    "Received: by mx.me.example; Sat, 20 Jun 2026 09:00:00 +0000\r\nAuthentication-Results: mx.me.example 1; none\r\nFrom: a@b.example\r\n\r\n",
];
const RECIPIENTS: &[&str] = &[
    "To: group: a@x.example, b@y.example;, \"q\\\"uoted\" <c@z.example>, (comment) d@w.example (more)\r\nCc: =?utf-8?q?caf=C3=A9?= <e@v.example>\r\nDelivered-To: me@me.example\r\nX-Original-To: shop@me.example\r\n\r\n",
    "To: <\"odd local\"@me.example>, unicode@例え.example, a@[192.0.2.1]\r\nEnvelope-To: me+shop@me.example\r\n\r\n",
];
const DATES: &[&str] = &[
    "Received: from a by b; Tue, 31 Dec 2028 23:59:60 -0000\r\nReceived: from c by d for <x@me.example>; 1 Jan 102 00:00:00 GMT\r\nDate: Fri, 32 Foo 3606 25:61:61 +9999\r\nFrom: a@b.example\r\n\r\n",
];
/// What breaks parsers.
const PIECES: &[&[u8]] = &[
    b"=?",
    b"?=",
    b"=?utf-8?B?",
    b"=?ISO-2022-JP?B?GyRC",
    b"=?x?q?",
    b"\x1b$B",
    b"\x1b(B",
    b"\r\n ",
    b"\r\n",
    b"\n",
    b"\0",
    b"\xff\xfe",
    b"\xe3\x81",
    b"<",
    b">",
    b"<<<<",
    b"\"",
    b"\\",
    b"(((((",
    b")",
    b";",
    b":",
    b",",
    b"@",
    b"@@",
    b"..",
    b"=",
    b"From: ",
    b"To: ",
    b"99999999999999999999",
    b"-1",
    b"+9999",
    b"\xf0\x9f\x98\x80",
    b"xn--",
    b"[via Relay]",
];

struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).expect("it fits")
    }
}

fn mutated(chance: &mut Chance, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut text = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(8) {
        let at = chance.below(text.len() + 1);
        let end = (at + chance.below(40)).min(text.len());
        match chance.below(6) {
            0 => text.truncate(at),
            1 => drop(text.drain(at..end)),
            2 => drop(text.splice(at..at, PIECES[chance.below(PIECES.len())].iter().copied())),
            3 if at < text.len() => text[at] = u8::try_from(chance.below(256)).expect("a byte"),
            4 => {
                let piece = text[at..end].repeat(1 + chance.below(400));
                drop(text.splice(at..at, piece));
            }
            _ => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len() + 1);
                text.extend_from_slice(&other[from..]);
            }
        }
        text.truncate(LONGEST);
    }
    text
}

/// Real mail beside the checkout, if it is there.
fn corpus() -> Vec<Vec<u8>> {
    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => files(&path, found),
                path => found.push(path),
            }
        }
    }
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/mail");
    files(&root, &mut found);
    found.sort();
    let texts = found.iter().filter_map(|path| std::fs::read(path).ok());
    texts.filter(|text| text.len() < LONGEST).collect()
}

fn fuzz(name: &str, seed: u64, seeds: &[Vec<u8>]) {
    let seconds = std::env::var("ATESAKI_FUZZ_SECONDS").ok();
    let seconds = seconds.and_then(|s| s.parse().ok()).unwrap_or(3);
    let receiver = Receiver {
        orgs: ["me.example".to_owned()].into(),
    };
    let own = Own {
        addresses: [AddrSpec::parse("shop@me.example").unwrap()].into(),
        domains: ["me.example".to_owned()].into(),
        separator: '+',
    };
    let mut chance = Chance(seed);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut round = 0_u64;
    while Instant::now() < end {
        let text = mutated(&mut chance, seeds);
        let began = Instant::now();
        let looked = std::panic::catch_unwind(|| {
            let facts = read(&text, &receiver);
            let whom = for_whom(&facts, &own);
            (facts.subject.chars().count(), campaign(&facts, &whom.own))
        });
        let Ok((subject, _)) = looked else {
            panic!(
                "{name}, round {round}: {:?}",
                String::from_utf8_lossy(&text)
            );
        };
        assert!(subject <= 121, "{name}, round {round}: a subject is cut");
        let took = began.elapsed();
        assert!(
            took < PATIENCE,
            "{name}, round {round}: {took:?} for {} bytes",
            text.len()
        );
        round += 1;
    }
    println!("{name}: {round} rounds");
    assert!(round > 100, "{name}: only {round} rounds");
}

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

#[test]
fn headers_of_every_shape_are_read() {
    fuzz(
        "headers",
        0x9e37_79b9_7f4a_7c15,
        &[bytes(HEADERS), corpus()].concat(),
    );
}

#[test]
fn recipients_of_every_shape_are_read() {
    fuzz("recipients", 0xbf58_476d_1ce4_e5b9, &bytes(RECIPIENTS));
}

#[test]
fn authentication_results_of_every_shape_are_read() {
    fuzz(
        "authentication",
        0x94d0_49bb_1331_11eb,
        &bytes(AUTHENTICATION),
    );
}

#[test]
fn dates_of_every_shape_are_read() {
    fuzz("dates", 0xd6e8_feb8_6659_fd93, &bytes(DATES));
}
