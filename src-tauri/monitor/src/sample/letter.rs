//! One message: what is decided about it, and the bytes that its recipient's server would store.
//! The server is the freelancer's own, `mx.studio-jun.example`; what it writes stands on top, as
//! Postfix with a milter would write it. All network addresses are those reserved for
//! documentation (RFC 5737).

use super::calendar::stamp;
use super::encode::{Charset, words};
use super::random::Random;
use super::table::addresses::RELAY;
use std::fmt::Write;

/// The freelancer's own receiving server.
pub(super) const OWN_SERVER: &str = "mx.studio-jun.example";
/// The final mailbox, for mail that another provider forwards.
const FINAL_BOX: &str = "junbox@mx.studio-jun.example";

/// A name with an address.
#[derive(Clone)]
pub(super) struct Party {
    /// Display name; may be empty.
    pub name: String,
    /// The address.
    pub spec: String,
}

impl Party {
    /// A name with an address.
    pub(super) fn new(name: &str, spec: &str) -> Self {
        Party {
            name: name.to_owned(),
            spec: spec.to_owned(),
        }
    }

    /// The domain of the address.
    pub(super) fn domain(&self) -> &str {
        self.spec.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// What the receiving server found out about the sender.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Checked {
    /// DKIM and SPF passed, both for the domain in From.
    Both,
    /// DKIM passed for the domain in From, SPF for somebody who carried it.
    Dkim,
    /// SPF passed for the domain in From, there was no signature.
    Spf,
    /// Nothing passed.
    Fail,
    /// There was nothing to check.
    Nothing,
}

/// What the server's filter says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    /// Below its limit.
    Passed,
    /// Above its limit: the header carries its mark.
    Marked,
    /// Below its limit, and further down the sender had written a good score of his own.
    Fooled,
}

/// Whether the message came in or was sent.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// It was delivered to this address of the freelancer.
    To(String),
    /// The freelancer wrote it; nobody has delivered it here.
    Sent,
}

/// What the Date line says.
#[derive(Clone, Copy)]
pub(super) enum DateLine {
    /// The time at which it was sent, so many seconds before it came.
    Before(i64),
    /// Words that are no sensible time.
    Absurd(&'static str),
}

/// The lines of bulk mail.
#[derive(Clone)]
pub(super) struct Bulk {
    /// Identifier of the list.
    pub id: String,
    /// Where it can be cancelled.
    pub unsubscribe: String,
}

/// A file that travels with a message.
#[derive(Clone)]
pub(super) struct Attachment {
    /// Its name.
    pub name: &'static str,
    /// Its content in base64, line by line.
    pub base64: String,
}

/// A message that is not written yet.
#[derive(Clone)]
pub(super) struct Letter {
    /// When the freelancer's server took it, or when it was sent; UTC seconds.
    pub arrived: i64,
    /// Came in or went out.
    pub way: Way,
    /// From.
    pub from: Party,
    /// The domain of the envelope sender, when not that of From.
    pub carried_by: Option<String>,
    /// To; may be empty.
    pub to: Vec<Party>,
    /// Cc.
    pub cc: Vec<Party>,
    /// Subject, readable.
    pub subject: String,
    /// How it is encoded.
    pub charset: Charset,
    /// Text of the body.
    pub text: String,
    /// A file, if there is one.
    pub attachment: Option<Attachment>,
    /// Message-ID without brackets; `None` when the sender's program forgot it.
    pub id: Option<String>,
    /// Identifiers of the messages before it in its thread.
    pub thread: Vec<String>,
    /// Date.
    pub date: DateLine,
    /// What the receiving server found out.
    pub checked: Checked,
    /// What its filter says.
    pub filter: Filter,
    /// Set for bulk mail.
    pub bulk: Option<Bulk>,
}

impl Letter {
    /// A plain incoming message; what is special is set afterwards.
    pub(super) fn to(recipient: &str, from: Party, subject: String, charset: Charset) -> Self {
        Letter {
            arrived: 0,
            way: Way::To(recipient.to_owned()),
            from,
            carried_by: None,
            to: vec![Party::new("", recipient)],
            cc: Vec::new(),
            subject,
            charset,
            text: String::new(),
            attachment: None,
            id: None,
            thread: Vec::new(),
            date: DateLine::Before(4),
            checked: Checked::Both,
            filter: Filter::Passed,
            bulk: None,
        }
    }

    /// The message as it lies in the mailbox.
    pub(super) fn bytes(&self, random: &mut Random) -> Vec<u8> {
        let mut head = String::with_capacity(1500);
        if let Way::To(recipient) = &self.way {
            self.write_receipt(&mut head, recipient, random);
        }
        self.write_own_lines(&mut head);
        let mut bytes = head.into_bytes();
        self.append_body(&mut bytes);
        bytes
    }

    /// What servers write on the way, the last one first.
    fn write_receipt(&self, head: &mut String, recipient: &str, random: &mut Random) {
        let envelope = self
            .carried_by
            .clone()
            .unwrap_or_else(|| self.from.domain().to_owned());
        let forwarder = forwarder(recipient);
        let (delivered_to, last_sender) = match forwarder {
            Some(host) => (FINAL_BOX, host.to_owned()),
            None => (recipient, envelope.clone()),
        };
        let sender = format!("bounce-{}@{envelope}", random.token(6));
        line(head, format_args!("Return-Path: <{sender}>"));
        line(head, format_args!("X-Original-To: {delivered_to}"));
        line(head, format_args!("Delivered-To: {delivered_to}"));
        self.write_filter(head, random);
        self.write_checks(head, &envelope, &sender, forwarder, random);
        let hop = hop_host(&last_sender, random);
        let peer = peer_address(&last_sender);
        line(
            head,
            format_args!(
                "Received: from {hop} ({hop} [{peer}])\r\n\tby {OWN_SERVER} (Postfix) with ESMTPS id {}\r\n\tfor <{delivered_to}>; {} (JST)",
                random.token(11),
                stamp(self.arrived)
            ),
        );
        if let Some(host) = forwarder {
            let hop = hop_host(&envelope, random);
            let peer = peer_address(&envelope);
            line(
                head,
                format_args!(
                    "Received: from {hop} ({hop} [{peer}])\r\n\tby {host} with ESMTPS id {}\r\n\tfor <{recipient}>; {}",
                    random.token(14),
                    stamp(self.arrived - 2)
                ),
            );
        }
        if self.filter == Filter::Fooled {
            line(
                head,
                format_args!("X-Spam-Status: No, score=-4.9 required=5.0"),
            );
        }
        line(
            head,
            format_args!(
                "Received: from app{:02}.{envelope} (localhost [127.0.0.1])\r\n\tby mail.{envelope} with ESMTP id {}; {}",
                random.below(20),
                random.token(9),
                stamp(self.arrived - 3)
            ),
        );
    }

    fn write_filter(&self, head: &mut String, random: &mut Random) {
        match self.filter {
            Filter::Marked => {
                let score = random.between(62, 214);
                line(head, format_args!("X-Spam-Flag: YES"));
                line(
                    head,
                    format_args!(
                        "X-Spam-Status: Yes, score={}.{} required=5.0 tests=BAYES_99,HTML_MESSAGE,\r\n\tURIBL_BLOCKED autolearn=no version=4.0.1",
                        score / 10,
                        score % 10
                    ),
                );
            }
            Filter::Passed | Filter::Fooled => {
                let score = random.between(0, 41);
                line(
                    head,
                    format_args!(
                        "X-Spam-Status: No, score={}.{} required=5.0 tests=BAYES_20,SPF_HELO_NONE\r\n\tautolearn=no version=4.0.1",
                        score / 10,
                        score % 10
                    ),
                );
            }
        }
    }

    /// Authentication-Results (RFC 8601). Forwarded mail comes from the forwarder's servers, so
    /// SPF speaks for the forwarder only; signatures survive.
    fn write_checks(
        &self,
        head: &mut String,
        envelope: &str,
        sender: &str,
        forwarder: Option<&str>,
        random: &mut Random,
    ) {
        let domain = self.from.domain();
        let signed = format!(
            "dkim=pass (2048-bit key) header.d={domain} header.i=@{domain} header.s=s{} header.b={}",
            random.between(1, 4),
            random.token(8)
        );
        let (dkim, mut spf) = match self.checked {
            Checked::Both => (signed, format!("spf=pass smtp.mailfrom={sender}")),
            Checked::Dkim => (signed, format!("spf=pass smtp.mailfrom={sender}")),
            Checked::Spf => (
                "dkim=none".to_owned(),
                format!("spf=pass smtp.mailfrom={sender}"),
            ),
            Checked::Fail => (
                format!("dkim=fail (bad signature) header.d={domain}"),
                format!("spf=softfail smtp.mailfrom={sender}"),
            ),
            Checked::Nothing => (
                "dkim=none".to_owned(),
                format!("spf=none smtp.mailfrom={envelope}"),
            ),
        };
        if let Some(host) = forwarder {
            spf = format!("spf=pass smtp.mailfrom=forward@{host}");
        }
        let dmarc = match self.checked {
            Checked::Both | Checked::Dkim => "pass",
            Checked::Spf if forwarder.is_none() => "pass",
            Checked::Spf | Checked::Fail => "fail",
            Checked::Nothing => "none",
        };
        line(
            head,
            format_args!(
                "Authentication-Results: {OWN_SERVER};\r\n\t{dkim};\r\n\t{spf};\r\n\tdmarc={dmarc} header.from={domain}"
            ),
        );
    }

    /// What the sender's program writes.
    fn write_own_lines(&self, head: &mut String) {
        match self.date {
            DateLine::Before(seconds) => {
                line(
                    head,
                    format_args!("Date: {}", stamp(self.arrived - seconds)),
                );
            }
            DateLine::Absurd(text) => line(head, format_args!("Date: {text}")),
        }
        line(head, format_args!("From: {}", self.shown(&self.from)));
        if !self.to.is_empty() {
            line(head, format_args!("To: {}", self.all_shown(&self.to)));
        }
        if !self.cc.is_empty() {
            line(head, format_args!("Cc: {}", self.all_shown(&self.cc)));
        }
        line(
            head,
            format_args!("Subject: {}", words(&self.subject, self.charset)),
        );
        if let Some(id) = &self.id {
            line(head, format_args!("Message-ID: <{id}>"));
        }
        if let Some(last) = self.thread.last() {
            line(head, format_args!("In-Reply-To: <{last}>"));
            line(
                head,
                format_args!("References: <{}>", self.thread.join(">\r\n <")),
            );
        }
        if let Some(bulk) = &self.bulk {
            line(head, format_args!("List-Id: <{}>", bulk.id));
            line(head, format_args!("List-Unsubscribe: {}", bulk.unsubscribe));
            line(head, format_args!("Precedence: bulk"));
        }
        line(head, format_args!("MIME-Version: 1.0"));
    }

    fn append_body(&self, bytes: &mut Vec<u8>) {
        let kind = format!(
            "Content-Type: text/plain; charset={}\r\nContent-Transfer-Encoding: {}\r\n\r\n",
            self.charset.name(),
            self.charset.transfer()
        );
        let text = self.charset.body(&self.text);
        let Some(file) = &self.attachment else {
            bytes.extend_from_slice(kind.as_bytes());
            bytes.extend_from_slice(&text);
            return;
        };
        const SEAM: &str = "=_part_of_a_made_up_message";
        let open =
            format!("Content-Type: multipart/mixed; boundary=\"{SEAM}\"\r\n\r\n--{SEAM}\r\n{kind}");
        let file_head = format!(
            "\r\n--{SEAM}\r\nContent-Type: text/csv; charset=UTF-8; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
            name = file.name
        );
        bytes.extend_from_slice(open.as_bytes());
        bytes.extend_from_slice(&text);
        bytes.extend_from_slice(file_head.as_bytes());
        bytes.extend_from_slice(file.base64.as_bytes());
        bytes.extend_from_slice(format!("--{SEAM}--\r\n").as_bytes());
    }

    fn shown(&self, party: &Party) -> String {
        if party.name.is_empty() {
            return party.spec.clone();
        }
        let plain = party
            .name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b' ');
        if party.name.is_ascii() && !plain {
            return format!("\"{}\" <{}>", party.name.replace('"', ""), party.spec);
        }
        let name = words(&party.name, self.charset);
        format!("{name} <{}>", party.spec)
    }

    fn all_shown(&self, parties: &[Party]) -> String {
        let shown: Vec<String> = parties.iter().map(|party| self.shown(party)).collect();
        shown.join(",\r\n ")
    }
}

/// Who passes on the mail of an address that is not on the freelancer's own server.
fn forwarder(recipient: &str) -> Option<&'static str> {
    if recipient == RELAY {
        return Some("relay1.kakurega.example");
    }
    recipient
        .ends_with("@example.org")
        .then_some("mx2.example.org")
}

fn hop_host(domain: &str, random: &mut Random) -> String {
    if domain.starts_with("relay") || domain.starts_with("mx") {
        return domain.to_owned();
    }
    format!("mta{}.{domain}", random.between(1, 6))
}

/// A network address for a domain, always the same, in the blocks kept for documentation.
fn peer_address(domain: &str) -> String {
    const BLOCKS: [&str; 3] = ["192.0.2", "198.51.100", "203.0.113"];
    let sum = domain.bytes().fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    format!("{}.{}", BLOCKS[(sum % 3) as usize], 1 + (sum / 3) % 254)
}

fn line(head: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = head.write_fmt(text);
    head.push_str("\r\n");
}
