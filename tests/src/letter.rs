//! Made-up mail, header field by header field, as a server would have stored it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt::Write;

/// A message to one of the user's addresses at `example.org`.
#[derive(Clone, Debug)]
pub struct Letter {
    /// When it arrived.
    pub arrived: Timestamp,
    /// The sender's address.
    pub from: String,
    /// What stands in To.
    pub to: String,
    /// For whom the server took it.
    pub delivered_to: String,
    /// The subject as it travels.
    pub subject: String,
    /// `Message-ID`; some mail has none.
    pub message_id: Option<String>,
    /// The user's server found a good signature of the sender's own domain.
    pub signed: bool,
    /// It says how to unsubscribe.
    pub subscribed: bool,
    /// The `Message-ID` that it answers.
    pub answers: Option<String>,
}

impl Letter {
    /// A signed message to one address.
    pub fn new(arrived: Timestamp, from: &str, to: &str, subject: &str) -> Letter {
        let domain = from.rsplit_once('@').map_or(from, |(_, domain)| domain);
        Letter {
            arrived,
            from: from.to_owned(),
            to: format!("<{to}>"),
            delivered_to: to.to_owned(),
            subject: subject.to_owned(),
            message_id: Some(format!("<{}.{to}@{domain}>", arrived.as_millisecond())),
            signed: true,
            subscribed: false,
            answers: None,
        }
    }

    /// The same from a sender whom nobody vouches for.
    pub fn unsigned(self) -> Letter {
        Letter {
            signed: false,
            ..self
        }
    }

    /// The same with a way to unsubscribe.
    pub fn subscribed(self) -> Letter {
        Letter {
            subscribed: true,
            ..self
        }
    }

    /// The same in answer to another.
    pub fn answering(self, other: &Letter) -> Letter {
        Letter {
            answers: other.message_id.clone(),
            ..self
        }
    }

    /// When it arrived, in Unix seconds.
    pub fn second(&self) -> u64 {
        self.arrived.as_second().cast_unsigned()
    }

    /// Its bytes, with bare line feeds as in a Maildir.
    pub fn text(&self) -> String {
        let date = self.arrived.to_zoned(TimeZone::UTC);
        let date = date.strftime("%a, %d %b %Y %H:%M:%S +0000");
        let domain = self.from.rsplit_once('@').map_or("", |(_, domain)| domain);
        let verdict = if self.signed { "pass" } else { "none" };
        let mut text = format!(
            "Return-Path: <{}>\nDelivered-To: {}\n\
             Received: from mx.{domain} by mx.example.org with ESMTPS; {date}\n\
             Authentication-Results: mx.example.org; dkim={verdict} header.d={domain}; \
             dmarc={verdict} header.from={domain}\n",
            self.from, self.delivered_to
        );
        if let Some(id) = &self.message_id {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "Message-ID: {id}");
        }
        if let Some(id) = &self.answers {
            let _ = writeln!(text, "In-Reply-To: {id}");
        }
        if self.subscribed {
            let _ = writeln!(text, "List-Unsubscribe: <https://{domain}/stop>");
        }
        let _ = write!(
            text,
            "Date: {date}\nFrom: <{}>\nTo: {}\nSubject: {}\n\n{}\n",
            self.from,
            self.to,
            self.subject,
            "This mail is made up. ".repeat(30)
        );
        text
    }
}
