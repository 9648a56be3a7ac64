//! Everything of Atesaki that touches the world, behind one [`Handle`]. The window and the
//! terminal are thin shells over it.
//!
//! [`store`] keeps facts, [`mailbox`] reads mail, [`intake`] reads exports of other programs,
//! [`catalogue`] keeps lists of published breaches ([`breaches`] says when they are asked for);
//! they do not know one another. [`discovery`] finds
//! mail servers and [`oauth`] signs in, both over [`web`]. [`actor`] is the
//! one task that owns all change; [`ledger`] is one consistent look at the facts and what they
//! say; [`view`] makes read models of it; [`surface`] is the table of commands that the window may
//! call; [`words`] is the message catalogue; [`sample`] writes made-up mail. [`exported`] is what an
//! export of our own holds, [`backup`] a whole ledger in a file; both are [`whole`] files.
//! [`drafts`] makes files and links of letters, which the user sends.
//! [`attachment`] counts what an attachment holds; files of others are read in a [`confined`] child.

pub mod actor;
pub mod aliases;
pub mod attachment;
pub mod backup;
pub mod breaches;
pub mod catalogue;
mod charset;
pub mod clock;
pub mod confined;
pub mod cursor;
pub mod discovery;
pub mod drafts;
pub mod entrance;
pub mod exported;
mod exporting;
pub mod fault;
mod handle;
mod importing;
pub mod intake;
pub mod ledger;
pub mod lookout;
pub mod mailbox;
pub mod notification;
pub mod oauth;
mod proposals;
pub mod sample;
pub mod scan;
pub mod secret;
pub mod shell;
mod signing_in;
pub mod store;
pub mod surface;
pub mod system;
pub mod trust;
pub mod vault;
pub mod view;
mod watch;
pub mod web;
pub mod whole;
pub mod words;

pub use clock::Clock;
pub use exporting::ExportFormat;
pub use handle::{Activity, Handle, Prospect, Running, Start};
pub use importing::Preview;
pub use shell::{Notice, Shell, Topic};
pub use signing_in::NewPassword;
pub use vault::{Keep, SystemVault, Vault};
pub use words::{Lang, Words};

/// Does the work of a confined child, if that is what this process was started for. Every program of
/// Atesaki asks this before anything else.
pub fn answered() -> Option<std::process::ExitCode> {
    confined::answered(&[&intake::worker::TASK, &attachment::TASK])
}
