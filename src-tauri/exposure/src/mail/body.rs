//! The text of a mail, as a person would read it: for the few mails whose text a rule asks for.
//! Nothing that it names is opened.

use super::decode;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::html::html_to_text;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    ContentType, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

/// How much of a text is read, in bytes of UTF-8.
pub const TEXT_LIMIT: usize = 64 * 1024;
/// How much of a mail is looked at, in bytes: enough for [`TEXT_LIMIT`] in any coding.
const RAW_LIMIT: usize = 1024 * 1024;
/// A plain part is a stub for programs without HTML when the HTML says this many times as much.
const STUB: usize = 8;

/// The text of a MIME entity (header lines, an empty line, a body), which may be a whole message
/// or one part of it: its first plain text, or its HTML as plain lines where there is no plain
/// text or only a stub. Lines end in `\n`; at most [`TEXT_LIMIT`] bytes. Any bytes will do: where
/// nothing can be read, the text is empty.
pub fn body_text(raw: &[u8]) -> String {
    let raw = raw.get(..RAW_LIMIT).unwrap_or(raw);
    let Some(message) = MessageParser::default().parse(raw) else {
        return String::new();
    };
    let (mut plain, mut html) = (None, None);
    collect(&message, &mut plain, &mut html);
    let plain = plain.map(|text| tidy(&text)).unwrap_or_default();
    match html.map(|source| tidy(&lines(&source))) {
        Some(html) if plain.len() * STUB < html.len() => html,
        Some(_) | None => plain,
    }
}

/// The first plain and the first HTML part that are no attachments, also of a message inside.
fn collect(message: &Message<'_>, plain: &mut Option<String>, html: &mut Option<String>) {
    for part in &message.parts {
        let attached = part
            .content_disposition()
            .is_some_and(ContentType::is_attachment);
        match &part.body {
            PartType::Text(text) if plain.is_none() && !attached => {
                let text = decoded(message, part, text);
                if !text.trim().is_empty() {
                    *plain = Some(unflowed(part, text));
                }
            }
            PartType::Html(text) if html.is_none() && !attached => {
                *html = Some(decoded(message, part, text));
            }
            PartType::Message(inner) if plain.is_none() && html.is_none() => {
                collect(inner, plain, html);
            }
            PartType::Text(_)
            | PartType::Html(_)
            | PartType::Binary(_)
            | PartType::InlineBinary(_)
            | PartType::Message(_)
            | PartType::Multipart(_) => {}
        }
    }
}

/// The text of a part. Where its charset is not named, not known or plainly wrong, it is guessed
/// as that of a header is.
fn decoded(message: &Message<'_>, part: &MessagePart<'_>, parsed: &str) -> String {
    let charset = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"));
    let named = charset.filter(|name| !name.eq_ignore_ascii_case("us-ascii"));
    let known = named.is_some_and(|name| charset_decoder(name.as_bytes()).is_some());
    if known && !parsed.contains(['\u{FFFD}', '\u{1b}']) {
        return parsed.to_owned();
    }
    let (from, to) = (part.offset_body as usize, part.offset_end as usize);
    let Some(bytes) = message.raw_message.get(from..to) else {
        return parsed.to_owned();
    };
    let bytes = match part.encoding {
        Encoding::None => Some(bytes.to_vec()),
        Encoding::Base64 => base64_decode(bytes),
        Encoding::QuotedPrintable => quoted_printable_decode(bytes),
    };
    match bytes.map(|bytes| decode::text_of(&bytes)) {
        Some(text) if !known || !text.contains('\u{FFFD}') => text,
        Some(_) | None => parsed.to_owned(),
    }
}

/// Lines that were folded only for the way are whole again (RFC 3676, format=flowed).
fn unflowed(part: &MessagePart<'_>, text: String) -> String {
    let attribute = |name: &str, value: &str| {
        let kind = part.content_type();
        let found = kind.and_then(|kind| kind.attribute(name));
        found.is_some_and(|found| found.eq_ignore_ascii_case(value))
    };
    if !attribute("format", "flowed") {
        return text;
    }
    let joined = attribute("delsp", "yes");
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        // A stuffed space only keeps a line from being taken for a quotation.
        let line = line.strip_prefix(' ').unwrap_or(line);
        let soft = line.ends_with(' ') && line != "-- ";
        out.push_str(if soft && joined {
            line.trim_end_matches(' ')
        } else {
            line
        });
        if !soft {
            out.push('\n');
        }
    }
    out
}

/// Lines with one kind of end and nothing at their ends, at most [`TEXT_LIMIT`] bytes.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len().min(TEXT_LIMIT));
    let mut empty = 0;
    for line in text.lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty > 1 {
            continue;
        }
        let left = TEXT_LIMIT.saturating_sub(out.len() + 1);
        let cut = (0..=left.min(line.len()))
            .rev()
            .find(|at| line.is_char_boundary(*at));
        out.push_str(line.get(..cut.unwrap_or(0)).unwrap_or_default());
        out.push('\n');
        if out.len() >= TEXT_LIMIT {
            break;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Elements that begin a line of their own.
const BLOCKS: &str = "address article aside blockquote br button caption center dd div dl dt \
    fieldset figcaption footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section \
    table tbody td tfoot th thead title tr ul";
/// Elements whose content is not for reading.
const UNREAD: [&str; 7] = [
    "script", "style", "head", "template", "noscript", "svg", "object",
];

/// HTML as plain lines: blocks, items and table cells each on a line of their own.
fn lines(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        words(rest.get(..at).unwrap_or_default(), &mut out);
        let inner = rest.get(at + 1..).unwrap_or_default();
        if let Some(comment) = inner.strip_prefix("!--") {
            rest = comment
                .find("-->")
                .and_then(|end| comment.get(end + 3..))
                .unwrap_or_default();
            continue;
        }
        let opens =
            inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !opens {
            words("<", &mut out);
            rest = inner;
            continue;
        }
        let end = tag_end(inner);
        let tag = inner.get(..end).unwrap_or_default();
        rest = inner.get(end + 1..).unwrap_or_default();
        let name = tag.trim_start_matches('/');
        let name = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if UNREAD.contains(&name.as_str()) && !tag.starts_with('/') && !tag.ends_with('/') {
            rest = after_close(rest, &name);
        } else if BLOCKS.split_whitespace().any(|block| block == name) {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            if name == "li" && !tag.starts_with('/') {
                out.push_str("- ");
            }
        }
        if out.len() > 2 * TEXT_LIMIT {
            return out;
        }
    }
    words(rest, &mut out);
    // What begins or ends a block leaves empty lines behind; a paragraph needs one.
    let mut tight = String::with_capacity(out.len());
    for line in out
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && *line != "-")
    {
        tight.push_str(line);
        tight.push('\n');
    }
    tight
}

/// Where a tag ends, past signs in quoted values.
fn tag_end(inner: &str) -> usize {
    let mut quote = None;
    for (at, b) in inner.bytes().enumerate().take(8_192) {
        match (quote, b) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if inner.as_bytes().get(at.wrapping_sub(1)) == Some(&b'=') => {
                quote = Some(b)
            }
            (Some(open), b) if open == b => quote = None,
            (None | Some(_), _) => {}
        }
    }
    inner.find('>').unwrap_or(inner.len())
}

fn after_close<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut at = 0;
    while let Some(found) = rest.get(at..).and_then(|rest| rest.find("</")) {
        let from = at + found + 2;
        let close = rest.get(from..from + name.len());
        if close.is_some_and(|close| close.eq_ignore_ascii_case(name)) {
            let end = rest.get(from..).and_then(|rest| rest.find('>'));
            return end
                .and_then(|end| rest.get(from + end + 1..))
                .unwrap_or_default();
        }
        at = from;
    }
    ""
}

/// Text between tags: entities opened, white space folded.
fn words(piece: &str, out: &mut String) {
    if piece.is_empty() {
        return;
    }
    let inside = piece.trim_matches([' ', '\t', '\r', '\n']);
    let white = |end: bool| {
        if end {
            piece.ends_with([' ', '\t', '\r', '\n'])
        } else {
            piece.starts_with([' ', '\t', '\r', '\n'])
        }
    };
    if white(false) && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
    if inside.contains('&') {
        out.push_str(&html_to_text(inside));
    } else {
        for (n, word) in inside.split_ascii_whitespace().enumerate() {
            if n > 0 {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    if white(true) && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}
