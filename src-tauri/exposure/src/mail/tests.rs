#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use proptest::prelude::*;

fn receiver() -> Receiver {
    Receiver {
        orgs: ["me.example".to_owned()].into(),
    }
}

fn header(lines: &[&str]) -> Vec<u8> {
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

fn own(addresses: &[&str], domains: &[&str]) -> Own {
    Own {
        addresses: addresses
            .iter()
            .map(|a| AddrSpec::parse(a).unwrap())
            .collect(),
        domains: domains.iter().map(|d| (*d).to_owned()).collect(),
        separator: '+',
    }
}

#[test]
fn reads_subjects_in_the_charsets_of_real_mail() {
    let check = |value: &[u8], want: &str| {
        let mut raw = b"Subject: ".to_vec();
        raw.extend_from_slice(value);
        raw.extend_from_slice(b"\r\n\r\n");
        assert_eq!(
            read(&raw, &receiver()).subject,
            want,
            "{}",
            String::from_utf8_lossy(value)
        );
    };
    check(b"plain", "plain");
    check(b"=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本");
    check(
        b"=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?= =?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=",
        "日本日本",
    );
    check(b"=?UTF-8?B?5pel5pys6Kqe44Gu5Lu25ZCN?=", "日本語の件名");
    check(
        b"=?UTF-8?B?5pel5pys6Kqe44E=?=\r\n =?UTF-8?B?ruS7tuWQjQ==?=",
        "日本語の件名",
    );
    check(b"=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café");
    check(b"=?Shift_JIS?B?k/qWe4zq?=", "日本語");
    check("生の日本語".as_bytes(), "生の日本語");
    check(b"\x1b$BF|K\\\x1b(B", "日本");
    check(
        b"\x93\xfa\x96\x7b\x8c\xea\x82\xcc\x8c\x8f\x96\xbc",
        "日本語の件名",
    );
    check(b"a =?broken", "a =?broken");
    check(b"folded\r\n\tsubject", "folded subject");
}

#[test]
fn an_identity_does_not_depend_on_line_ends_or_other_fields() {
    let plain = read(
        b"Message-ID: <1@a.example>\r\nFrom: a@a.example\r\nSubject: x\r\n\r\n",
        &receiver(),
    );
    let other = read(b"Received: by b.example; Sat, 20 Jun 2026 09:00:00 +0900\nMessage-ID:  <1@a.example>\nFrom: a@a.example \nSubject: x\n\n", &receiver());
    assert_eq!(
        plain.identity, other.identity,
        "the same message in another mailbox is the same message"
    );
    let another = read(
        b"Message-ID: <2@a.example>\r\nFrom: a@a.example\r\nSubject: x\r\n\r\n",
        &receiver(),
    );
    assert_ne!(plain.identity, another.identity);
}

#[test]
fn believes_only_the_users_own_receiver() {
    let check = |results: &[&str], want: Auth, why: &str| {
        let mut lines = vec!["Received: from x by mx.me.example; Sat, 20 Jun 2026 09:00:00 +0900"];
        lines.extend_from_slice(results);
        lines.push("From: Shop <news@mail.shop.example>");
        assert_eq!(read(&header(&lines), &receiver()).auth, want, "{why}");
    };
    check(
        &["Authentication-Results: mx.me.example; dkim=pass header.d=shop.example"],
        Auth::Dkim,
        "aligned by organisation",
    );
    check(
        &[
            "Authentication-Results: mx.me.example 1; spf=pass smtp.mailfrom=b@shop.example; dkim=pass (ok; 2048) header.i=@shop.example",
        ],
        Auth::Both,
        "both, with a comment that holds a semicolon",
    );
    check(
        &["Authentication-Results: mx.me.example; dkim=pass header.d=sender.example"],
        Auth::Fail,
        "a pass of another domain",
    );
    check(
        &["Authentication-Results: mx.me.example; dkim=fail header.d=shop.example"],
        Auth::Fail,
        "a fail",
    );
    check(
        &["Authentication-Results: mx.me.example; none"],
        Auth::None,
        "nothing was checked",
    );
    check(
        &["Authentication-Results: mx.evil.example; dkim=pass header.d=shop.example"],
        Auth::None,
        "a stranger's word",
    );
    check(
        &[
            "Authentication-Results: mx.me.example; dkim=fail header.d=shop.example",
            "Authentication-Results: mx.me.example; dkim=pass header.d=shop.example",
        ],
        Auth::Fail,
        "only the topmost counts",
    );
    check(
        &["Authentication-Results: mx.me.example; dmarc=pass header.from=shop.example"],
        Auth::Spf,
        "DMARC alone",
    );
    check(&[], Auth::None, "no header at all");
}

#[test]
fn spam_headers_count_only_where_the_own_server_wrote_them() {
    let ours = "Received: from relay.example by mx.me.example; Sat, 20 Jun 2026 09:00:00 +0900";
    let theirs = "Received: from home by relay.example; Sat, 20 Jun 2026 08:59:00 +0900";
    let check = |lines: &[&str], want: Verdict, why: &str| {
        assert_eq!(read(&header(lines), &receiver()).by_header, want, "{why}");
    };
    check(
        &["X-Spam-Flag: YES", ours, theirs],
        Verdict::Junk,
        "above all Received lines",
    );
    check(
        &[ours, "X-Spam-Status: Yes, score=9.1", theirs],
        Verdict::Junk,
        "between own and foreign",
    );
    check(
        &[ours, theirs, "X-Spam-Flag: YES"],
        Verdict::Unjudged,
        "written by the sender's side",
    );
    check(
        &["X-Spam-Flag: NO", ours, theirs],
        Verdict::Unjudged,
        "nothing found is no verdict",
    );
    check(
        &["X-Forefront-Antispam-Report: CIP:1.2.3.4;SCL:6;SRV:;", ours],
        Verdict::Junk,
        "SCL from 5",
    );
    check(
        &["X-Forefront-Antispam-Report: SCL:-1;", ours],
        Verdict::Unjudged,
        "SCL below 5",
    );
    check(
        &["X-Spam-Flag: YES"],
        Verdict::Junk,
        "an archive without Received lines",
    );
}

#[test]
fn labels_of_archives_are_verdicts() {
    let label = |line: &str| read(&header(&[line]), &receiver()).by_label;
    assert_eq!(label("X-Gmail-Labels: Spam,Unread"), Verdict::Junk);
    assert_eq!(
        label("X-Gmail-Labels: =?UTF-8?B?6L+35oOR44Oh44O844Or?="),
        Verdict::Junk
    );
    assert_eq!(
        label("X-Gmail-Labels: Inbox,Not spam at all"),
        Verdict::Unjudged
    );
    assert_eq!(label("X-Mozilla-Keys: NonJunk $label1"), Verdict::Wanted);
}

#[test]
fn labels_of_takeout_are_read_in_every_language() {
    let check = |lines: &[&str], want: &[&str]| {
        assert_eq!(labels(&header(lines)), want, "{lines:?}");
    };
    check(
        &["X-Gmail-Labels: Spam,Category promotions,Unread"],
        &["Spam", "Category promotions", "Unread"],
    );
    check(
        &["X-Gmail-Labels: \"Bills, paid\",Inbox"],
        &["Bills, paid", "Inbox"],
    );
    check(
        &["X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe,Ge=C3=B6ffnet?="],
        &["Entwürfe", "Geöffnet"],
    );
    // A word that is cut in the middle of a character, over two lines.
    check(
        &[
            "X-Gmail-Labels: =?UTF-8?B?6L+35oOR44Oh44O844Or?=",
            " =?UTF-8?B?LOacqg==?=",
            " =?UTF-8?B?6Kqt?=",
        ],
        &["迷惑メール", "未読"],
    );
    check(&["Subject: none"], &[]);
    check(&["X-Gmail-Labels: , ,"], &[]);
}

#[test]
fn finds_whom_it_was_for() {
    let own = own(
        &["me@me.example", "shop@alias.example", "two@me.example"],
        &["alias.example"],
    );
    let check = |lines: &[&str],
                 want_own: &[&str],
                 want_never: &[&str],
                 want_candidate: Option<&str>,
                 why: &str| {
        let found = for_whom(&read(&header(lines), &receiver()), &own);
        let text = |all: &[AddrSpec]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(text(&found.own), want_own, "{why}");
        assert_eq!(text(&found.never_given), want_never, "{why}");
        assert_eq!(
            found.candidate.map(|c| c.to_string()).as_deref(),
            want_candidate,
            "{why}"
        );
    };
    check(
        &["To: Me <me@me.example>"],
        &["me@me.example"],
        &[],
        None,
        "To",
    );
    check(
        &["To: me@me.example", "Cc: two@me.example, x@y.example"],
        &["me@me.example", "two@me.example"],
        &[],
        None,
        "each own one in To and Cc counts",
    );
    check(
        &["To: list@lists.example", "Delivered-To: me@me.example"],
        &["me@me.example"],
        &[],
        None,
        "Bcc or list",
    );
    check(
        &[
            "Delivered-To: me@me.example",
            "Received: from a by b for <shop@alias.example>; Sat, 20 Jun 2026 09:00:00 +0900",
            "To: undisclosed-recipients:;",
        ],
        &["shop@alias.example"],
        &[],
        None,
        "the deepest one that is the user's, not the final box",
    );
    check(
        &["To: sales@alias.example"],
        &[],
        &["sales@alias.example"],
        None,
        "a never-given part of an own domain",
    );
    check(
        &["To: me+tag@me.example"],
        &[],
        &["me+tag@me.example"],
        None,
        "a tag is never silently its base",
    );
    check(
        &["To: someone@else.example"],
        &[],
        &[],
        Some("someone@else.example"),
        "one recipient alone",
    );
    check(
        &["To: a@else.example, b@else.example"],
        &[],
        &[],
        None,
        "several strangers",
    );
    check(
        &["To: l@l.example", "List-Id: <l.l.example>"],
        &[],
        &[],
        None,
        "a list is nobody's address",
    );
    check(&["Subject: nothing"], &[], &[], None, "unknown");
}

#[test]
fn copies_of_one_mailing_have_one_key() {
    let key = |subject: &str, to: &str| {
        let facts = read(
            &header(&[
                "From: a@deal.example",
                &format!("Subject: {subject}"),
                &format!("To: {to}"),
            ]),
            &receiver(),
        );
        campaign(&facts, &[AddrSpec::parse("jun@me.example").unwrap()])
    };
    let first = key("Jun, order 4711 is waiting", "Jun Hoshi <jun@me.example>");
    assert_eq!(
        first,
        key("jun, order 9 is waiting", "jun@me.example"),
        "figures, case and the local part vary"
    );
    assert_eq!(
        first,
        key("Re: jun, order 12 is waiting", "jun@me.example"),
        "a reply mark"
    );
    assert_ne!(first, key("Something else", "jun@me.example"));
}

#[test]
fn an_arrival_is_believed_in_this_order() {
    let day = 86_400;
    assert_eq!(
        arrival(Some(10 * day), Some(9 * day), None, None),
        Some(10 * day),
        "INTERNALDATE"
    );
    assert_eq!(
        arrival(Some(10 * day), Some(day), None, None),
        Some(day),
        "imported later"
    );
    assert_eq!(
        arrival(None, Some(day), Some(5 * day), None),
        Some(day),
        "an archive's Received line"
    );
    assert_eq!(
        arrival(None, None, Some(5 * day), Some((day, 9 * day))),
        Some(5 * day),
        "Date within the file"
    );
    assert_eq!(
        arrival(None, None, Some(50 * day), Some((day, 9 * day))),
        None,
        "a Date from nowhere"
    );
}

#[test]
fn dates_of_real_mail_are_read_or_refused() {
    let check = |text: &str, want: Option<i64>| assert_eq!(received::instant(text), want, "{text}");
    check("Sat, 20 Jun 2026 09:00:00 +0900", Some(1_781_913_600));
    check("Fri, 01 Jan 3606 00:00:00 +0000", None);
    check("nonsense", None);
    check("", None);
}

proptest! {
    #[test]
    fn never_fails_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let facts = read(&bytes, &receiver());
        prop_assert!(facts.subject.chars().count() <= SUBJECT_LIMIT);
        let _ = for_whom(&facts, &own(&["me@me.example"], &["me.example"]));
        let _ = campaign(&facts, &[]);
    }

    #[test]
    fn never_fails_on_broken_headers(at in 0_usize..600, with in proptest::collection::vec(any::<u8>(), 1..8)) {
        let mut raw = header(&[
            "Received: from x (a (b) c) by mx.me.example for <me@me.example>; Sat, 20 Jun 2026 09:00:00 +0900",
            "Authentication-Results: mx.me.example; dkim=pass header.d=shop.example; spf=pass smtp.mailfrom=shop.example",
            "From: =?ISO-2022-JP?B?GyRCRnxLXBsoQg==?= <a@shop.example>",
            "To: \"Me, Myself\" <me@me.example>, group: a@b.example, c@d.example;",
            "Subject: =?UTF-8?B?5pel5pys6Kqe44E=?= =?UTF-8?B?ruS7tuWQjQ==?=",
            "List-Id: news <news.shop.example>",
        ]);
        let at = at.min(raw.len() - 1);
        raw.splice(at..at, with);
        let facts = read(&raw, &receiver());
        prop_assert!(facts.candidates.len() < 50);
    }
}

/// What an alias provider hands over: the alias counts, the true sender is the sender, and its
/// word is taken only from a message that looks forwarded.
#[test]
fn mail_through_an_alias_provider_is_the_aliass_and_the_true_senders() {
    let check = |lines: &[&str], alias: &str, sender: &str, auth: Auth| {
        let facts = read(&header(lines), &receiver());
        let known = for_whom(&facts, &own(&[alias, "me@me.example"], &[]));
        let text: Vec<String> = known.own.iter().map(ToString::to_string).collect();
        assert_eq!(text, [alias], "{lines:?}: counted at the alias alone");
        let unknown = for_whom(&facts, &own(&["me@me.example"], &[]));
        assert_eq!(unknown.own, [], "{lines:?}: not at the mailbox behind it");
        let asked = unknown.candidate.map(|spec| spec.to_string());
        assert_eq!(asked.as_deref(), Some(alias), "{lines:?}: asked for");
        let from = facts.from.map(|spec| spec.to_string());
        assert_eq!(from.as_deref(), Some(sender), "{lines:?}");
        assert_eq!(facts.auth, auth, "{lines:?}");
    };
    let dkim = |domain: &str| {
        format!("Authentication-Results: mx.me.example; dkim=pass header.d={domain}")
    };
    let simplelogin = dkim("simplelogin.co");
    let to_alias = "To: shop.k7f2@aleeas.com";
    let envelope = "X-SimpleLogin-Envelope-To: shop.k7f2@aleeas.com";
    let alias = "shop.k7f2@aleeas.com";
    check(
        &[
            &simplelogin,
            "X-SimpleLogin-Type: Forward",
            envelope,
            "X-SimpleLogin-Original-From: Shop <news@shop.example>",
            "From: \"Shop - news at shop.example\" <abc.def@simplelogin.co>",
            to_alias,
            "Delivered-To: me@me.example",
        ],
        alias,
        "news@shop.example",
        Auth::None,
    );
    check(
        &[
            &simplelogin,
            "X-SimpleLogin-Type: Forward",
            envelope,
            "From: \"Shop - news at shop.example\" <abc.def@simplelogin.co>",
            to_alias,
        ],
        alias,
        "news@shop.example",
        Auth::None,
    );
    check(
        &[
            &dkim("anonaddy.me"),
            "X-AnonAddy-Original-To: shop@ada.anonaddy.me",
            "X-AnonAddy-Original-Sender: bounce@mailer.example",
            "X-AnonAddy-Original-From-Header: Shop <news@shop.example>",
            "X-AnonAddy-Authentication-Results: mail.anonaddy.me; dkim=pass header.d=shop.example",
            "From: \"Shop\" <shop+news=shop.example@ada.anonaddy.me>",
            "To: shop@ada.anonaddy.me",
        ],
        "shop@ada.anonaddy.me",
        "news@shop.example",
        Auth::Dkim,
    );
    check(
        &[
            "X-AnonAddy-Original-To: shop@ada.anonaddy.me",
            "From: \"Shop\" <shop+news=shop.example@ada.anonaddy.me>",
            "To: shop@ada.anonaddy.me",
        ],
        "shop@ada.anonaddy.me",
        "news@shop.example",
        Auth::None,
    );
    check(
        &[
            "From: \"Shop <news@shop.example> [via Relay]\" <x7k2m9@mozmail.com>",
            "Resent-From: news@shop.example",
            "To: me@me.example",
        ],
        "x7k2m9@mozmail.com",
        "news@shop.example",
        Auth::None,
    );
    check(
        &[
            "Duck-Original-From: Shop <news@shop.example>",
            "Duck-Original-To: ada@duck.com",
            "From: Shop <news_at_shop.example_ada@duck.com>",
            "To: me@me.example",
        ],
        "ada@duck.com",
        "news@shop.example",
        Auth::None,
    );
    check(
        &[
            "X-ICLOUD-HME: p=quiet_otter0@icloud.com; d=; f=me@me.example; r=to; s=news@shop.example",
            "From: Shop <news_at_shop_example_x1@privaterelay.appleid.com>",
            "To: quiet_otter0@icloud.com",
        ],
        "quiet_otter0@icloud.com",
        "news@shop.example",
        Auth::None,
    );
    // Anybody can write these fields: a From that no provider writes stays the sender.
    check(
        &[
            &dkim("prize.example"),
            envelope,
            "X-SimpleLogin-Original-From: Shop <news@shop.example>",
            "From: Prize <win@prize.example>",
            to_alias,
        ],
        alias,
        "win@prize.example",
        Auth::Dkim,
    );
}

#[test]
fn an_answer_names_the_message_that_it_answers() {
    let sent = own_id(b"From: me@example.org\r\nMessage-ID: <a.1@example.org>\r\n\r\n");
    assert!(sent.is_some());
    let check = |value: &str, want: bool| {
        let answer = format!("In-Reply-To: {value}\r\nMessage-ID: <b@other.example>\r\n\r\n");
        let answered = answered_id(answer.as_bytes());
        assert_eq!(answered.is_some() && answered == sent, want, "{value:?}");
    };
    check("<a.1@example.org>", true);
    check("a.1@example.org", true);
    check("\r\n\t<a.1@example.org>", true);
    check("<a.1@\r\n example.org>", true);
    check("your mail of Monday <a.1@example.org>", true);
    check("<a.1@example.org> <c@example.org>", true);
    check("<A.1@example.org>", false);
    check("<>", false);
    check("", false);
    assert_eq!(own_id(b"From: me@example.org\r\n\r\n"), None);
}

proptest! {
    #[test]
    fn an_identifier_is_recognised_however_it_is_folded(id in "[!-;=?-~]{1,40}", at in 0_usize..40) {
        let (before, after) = id.split_at(at.min(id.len()));
        let folded = format!("In-Reply-To: <{before}\r\n {after}>\r\n\r\n");
        let plain = format!("Message-ID: <{id}>\r\n\r\n");
        prop_assert_eq!(answered_id(folded.as_bytes()), own_id(plain.as_bytes()));
    }

    #[test]
    fn any_bytes_are_read_for_an_identifier(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let header = [b"Message-ID: ", &bytes[..], b"\r\n\r\n"].concat();
        let _ = (own_id(&header), answered_id(&header));
    }
}
