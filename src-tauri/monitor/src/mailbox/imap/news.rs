//! What a server mentions of itself and of the open mailbox, asked or not.

use imap_proto::{Capability, MailboxDatum, Response, ResponseCode};
use std::collections::BTreeSet;

/// What was mentioned last.
#[derive(Debug, Default)]
pub(super) struct News {
    /// What the server can do, in upper case.
    pub(super) capabilities: BTreeSet<String>,
    /// Whether it told so without being asked, since this was last set back.
    pub(super) told: bool,
    /// Messages in the open mailbox.
    pub(super) exists: u32,
    /// The open mailbox has grown since this was last set back.
    pub(super) grown: bool,
    /// How often messages went away from the open mailbox.
    pub(super) expunges: u64,
}

impl News {
    /// Keeps up with a response.
    pub(super) fn hear(&mut self, response: &Response<'_>) {
        self.hear_capabilities(response);
        match response {
            Response::MailboxData(MailboxDatum::Exists(count)) => {
                if *count > self.exists {
                    self.grown = true;
                }
                self.exists = *count;
            }
            Response::Expunge(_) => {
                self.exists = self.exists.saturating_sub(1);
                self.expunges += 1;
            }
            Response::Vanished {
                earlier: false,
                uids,
            } => {
                let gone: usize = uids.iter().map(|range| range.clone().count()).sum();
                self.exists = self
                    .exists
                    .saturating_sub(u32::try_from(gone).unwrap_or(u32::MAX));
                self.expunges += 1;
            }
            _ => {}
        }
    }

    /// Keeps up with what the server says that it can do; the last word counts.
    fn hear_capabilities(&mut self, response: &Response<'_>) {
        let list = match response {
            Response::Capabilities(list) => list,
            Response::Data { outcome, .. } | Response::Done { outcome, .. } => {
                match &outcome.code {
                    Some(ResponseCode::Capabilities(list)) => list,
                    Some(_) | None => return,
                }
            }
            _ => return,
        };
        self.capabilities = list.iter().map(capability).collect();
        self.told = true;
    }
}

fn capability(capability: &Capability<'_>) -> String {
    match capability {
        Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
        Capability::Auth(mechanism) => format!("AUTH={}", mechanism.to_ascii_uppercase()),
        Capability::Atom(atom) => atom.to_ascii_uppercase(),
    }
}
