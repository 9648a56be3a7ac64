//! Letters as the user's mail program takes them: a message file that it opens to be edited, or a
//! `mailto:` link. Nothing here sends or writes anything. The line From is left out: it is the mail
//! program that knows who writes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a mail program surely takes as a link, in bytes; longer ones are cut by some.
const LONGEST_LINK: usize = 2_000;
/// Signs of the base64 of a line (RFC 2045).
const LINE: usize = 76;
/// Bytes of text in one encoded word, so that it stays within 75 signs (RFC 2047).
const IN_A_WORD: usize = 42;

/// A message file (RFC 5322) that a mail program opens as a draft (`X-Unsent: 1`). Without `to` the
/// line is left out, to be filled by the user. Text is UTF-8; line ends are CR LF.
pub fn message_file(to: Option<&str>, subject: &str, body: &str) -> String {
    let mut file = String::new();
    if let Some(to) = to.and_then(plain_address) {
        file.push_str(&format!("To: {to}\r\n"));
    }
    file.push_str(&format!("Subject: {}\r\n", encoded(subject)));
    file.push_str("X-Unsent: 1\r\nMIME-Version: 1.0\r\n");
    file.push_str("Content-Type: text/plain; charset=utf-8\r\n");
    file.push_str("Content-Transfer-Encoding: base64\r\n\r\n");
    let whole = STANDARD.encode(crlf(body));
    let mut rest = whole.as_str();
    while !rest.is_empty() {
        // Base64 is ASCII.
        let (line, after) = rest.split_at(rest.len().min(LINE));
        file.push_str(line);
        file.push_str("\r\n");
        rest = after;
    }
    file
}

/// A `mailto:` link (RFC 6068); `None` where it would be too long, so that the text is copied or
/// opened as a file instead.
pub fn link(to: Option<&str>, subject: &str, body: &str) -> Option<String> {
    let to = to.and_then(plain_address).unwrap_or_default();
    let link = format!(
        "mailto:{}?subject={}&body={}",
        percent(to, b"@"),
        percent(&one_line(subject), b""),
        percent(&crlf(body), b"")
    );
    (link.len() <= LONGEST_LINK).then_some(link)
}

/// An address that can stand in a header line and a link as it is; anything else is left to the
/// user.
fn plain_address(text: &str) -> Option<&str> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let plain = |part: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(c);
        !part.is_empty() && part.chars().all(allowed)
    };
    (plain(local) && plain(domain)).then_some(text)
}

/// A header value without line ends: as it is where it is short and ASCII, else as encoded words,
/// one a line.
fn encoded(text: &str) -> String {
    let text = one_line(text);
    let plain = text.bytes().all(|b| b == b' ' || b.is_ascii_graphic());
    if plain && text.len() <= LINE - "Subject: ".len() && !text.contains("=?") {
        return text;
    }
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if word.len() + c.len_utf8() > IN_A_WORD {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.push(word);
    let words = words
        .iter()
        .map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word)));
    words.collect::<Vec<_>>().join("\r\n ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// Everything but unreserved signs (RFC 3986) and those named, as percent signs and figures.
fn percent(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use mail_parser::MessageParser;

    #[test]
    fn a_message_file_reads_back_as_it_was_written() {
        let check = |to: Option<&str>, subject: &str, body: &str| {
            let file = message_file(to, subject, body);
            assert!(file.is_ascii(), "{file}");
            assert!(
                file.split("\r\n")
                    .all(|line| line.len() <= 78 && !line.contains('\n'))
            );
            let read = MessageParser::default().parse(file.as_bytes()).unwrap();
            assert_eq!(read.subject(), Some(subject));
            assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n"), body);
            let told = read
                .to()
                .and_then(|to| to.first())
                .and_then(|a| a.address());
            assert_eq!(told, to);
            assert!(read.from().is_none(), "the mail program knows who writes");
            assert_eq!(read.header_raw("X-Unsent").map(str::trim), Some("1"));
        };
        check(
            Some("desk@shop.example"),
            "Questions",
            "One line\n\nAnother\n",
        );
        let long = "メールアドレスの件についてのお尋ね、そのほかにもお伺いしたいことがあります";
        check(None, long, &"個人情報の取扱いについて\n".repeat(40));
        check(None, "=?utf-8?B?eA==?=", ".\nFrom here\n");
        check(None, &"a".repeat(100), "");
    }

    #[test]
    fn nothing_gets_into_the_head_of_a_file_from_a_subject_or_an_address() {
        let file = message_file(
            Some("a@shop.example\r\nBcc: b@shop.example"),
            "Hello\r\nBcc: c@shop.example",
            "",
        );
        let (head, _) = file.split_once("\r\n\r\n").unwrap();
        assert!(!head.contains("\nBcc") && !head.contains("To:"), "{head}");
    }

    #[test]
    fn a_link_says_the_same_or_there_is_none() {
        let link = |body: &str| link(Some("desk+q@shop.example"), "Fünf & mehr?", body);
        assert_eq!(
            link("a b\nc").unwrap(),
            "mailto:desk%2Bq@shop.example?subject=F%C3%BCnf%20%26%20mehr%3F&body=a%20b%0D%0Ac"
        );
        assert_eq!(link(&"あ".repeat(300)), None, "too long for a link");
    }
}
