//! Signing in with OAuth 2.0: the authorization code with PKCE (RFC 6749, RFC 7636) in the user's
//! own browser, with a redirect to this PC (RFC 8252). No password passes through here, and no
//! client secret is in the program.
//!
//! [`provider`] says where a provider is asked and as whom; [`flow`] goes to its page and waits at
//! [`redirect`]; [`grant`] asks its token endpoint, through [`crate::web`]; [`tokens`] is what comes back
//! and is kept in the vault. Nothing here knows the ledger, a mailbox or a vault.

mod flow;
mod grant;
mod provider;
mod redirect;
mod tokens;

pub use flow::{Opener, sign_in};
pub use grant::{refresh, revoke};
pub use provider::{Provider, SETTING, configured_with, mail_server};
pub use tokens::Tokens;
