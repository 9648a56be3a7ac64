//! The window of Atesaki: one window over the monitor of one ledger. It shows and notifies, and
//! decides nothing.
//!
//! [`arguments`] is what it is started with, [`startup`] its start with the PC, [`room`] what stands
//! behind the page's one command, [`window`] the window and its life, [`tray`] the sign that it goes
//! on reading when closed.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod room;
mod startup;
mod tray;
mod window;

use arguments::Arguments;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(ended) = monitor::answered() {
        return ended;
    }
    let arguments = Arguments::read();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(monitor::system::log_filter("warn"))
        .init();
    if !window::has_display() {
        eprintln!("{}", arguments.words().say("window.no_display"));
        return ExitCode::FAILURE;
    }
    match window::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
