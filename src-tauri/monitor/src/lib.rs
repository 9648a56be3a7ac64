//! Everything of Atesaki that touches the world, behind one handle. The window and the terminal
//! are thin shells over it.
//!
//! [`store`] keeps facts, [`mailbox`] reads mail; they do not know one another. [`actor`] is the
//! one task that owns all change; [`view`] makes read models; [`surface`] is the table of commands
//! that the window may call; [`words`] is the message catalogue; [`sample`] writes made-up mail.

pub mod fault;
pub mod mailbox;
pub mod view;
