//! The terminal program of Atesaki: it reads the command line, asks the monitor, and prints.
//! Nothing is decided here.

mod account;
mod args;
mod facts;
mod print;
mod report;
mod terminal;
mod upkeep;

use anyhow::Result;
use args::{ArchiveAction, Command, Line};
use clap::{CommandFactory, Parser};
use terminal::Terminal;

fn main() -> std::process::ExitCode {
    let line = Line::parse();
    if let Command::Completions { shell } = line.command {
        clap_complete::generate(shell, &mut Line::command(), "atesaki", &mut std::io::stdout());
        return std::process::ExitCode::SUCCESS;
    }
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("ATESAKI_LOG").unwrap_or_else(|_| "error".into()))
        .init();
    let terminal = Terminal::of(&line);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return terminal.failed(&error.into()),
    };
    match runtime.block_on(run(&terminal, line.command)) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => terminal.failed(&error),
    }
}

async fn run(terminal: &Terminal, command: Command) -> Result<()> {
    match command {
        Command::Account { action } => account::run(terminal, action).await,
        Command::Archive { action: ArchiveAction::Add { path, own_addresses, own_domains } } => {
            account::add_archive(terminal, &path, &own_addresses, own_domains).await
        }
        Command::Scan { accounts } => account::scan(terminal, &accounts).await,
        Command::Watch => account::watch(terminal).await,
        Command::Give(given) => account::give(terminal, given).await,
        Command::Addresses => facts::addresses(terminal),
        Command::Services => facts::services(terminal),
        Command::Flags => facts::flags(terminal),
        Command::Incidents => facts::incidents(terminal),
        Command::Explain { name } => facts::explain(terminal, &name),
        Command::Demo { seed, to } => upkeep::demo(terminal, seed, to).await,
        Command::Doctor { rebuild } => upkeep::doctor(terminal, rebuild).await,
        Command::Reset { yes } => upkeep::reset(terminal, yes),
        // Answered before the terminal was made.
        Command::Completions { .. } => Ok(()),
    }
}
