//! The terminal program of Atesaki: a thin shell over the monitor's handle. It reads what it is
//! asked ([`args`]), lets the monitor do it, and prints what comes back ([`print`]). It decides
//! nothing.

mod args;
mod breaches;
mod care;
mod demo;
mod export;
mod facts;
mod found;
mod give;
mod help;
mod import;
mod mailboxes;
mod print;
mod proposals;
mod reading;
mod server;
mod shell;
mod sign_in;
mod terminal;
mod vault;

use anyhow::Result;
use args::{AccountCommand, ArchiveCommand, Cli, Command, Common};
use monitor::{Clock, Handle, Start, Words};
use shell::TerminalShell;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use terminal::{Form, Talk, Terminal};
use vault::TerminalVault;

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It could not be done, wholly or in part; why was said.
    NotDone,
}

/// Everything a command works with.
pub struct Session {
    /// Where it speaks.
    pub terminal: Terminal,
    /// The data folder.
    pub data: PathBuf,
    /// The clock.
    pub clock: Clock,
    /// The shell, told to finish before the program ends.
    pub shell: Arc<TerminalShell>,
    /// Where passwords are.
    pub vault: Arc<TerminalVault>,
}

impl Session {
    fn new(common: &Common) -> Session {
        let form = if common.json { Form::Json } else { Form::Text };
        let talk = if common.quiet {
            Talk::Quiet
        } else {
            Talk::Plain
        };
        let terminal = Terminal::new(common.lang(), form, talk);
        Session {
            terminal,
            data: common.data(),
            clock: common.now.map_or(Clock::System, Clock::Fixed),
            shell: Arc::new(TerminalShell::new(terminal)),
            vault: Arc::new(TerminalVault::new(terminal)),
        }
    }

    /// What a monitor of the data folder starts with.
    pub fn start(&self) -> Start {
        Start {
            data: self.data.clone(),
            clock: self.clock,
            lang: self.terminal.words.lang(),
            vault: Arc::clone(&self.vault) as Arc<dyn monitor::Vault>,
            shell: Arc::clone(&self.shell) as Arc<dyn monitor::Shell>,
            zone: None,
        }
    }

    /// Opens the ledger, or makes it.
    ///
    /// # Errors
    /// Those of [`Handle::open`].
    pub fn open(&self) -> Result<Handle> {
        Handle::open(self.start())
    }

    /// The words in use.
    pub fn words(&self) -> &'static Words {
        self.terminal.words
    }
}

fn main() -> ExitCode {
    if let Some(ended) = monitor::answered() {
        return ended;
    }
    let cli = help::parse();
    log();
    let lang = cli.common.lang();
    if let Some(now) = cli.common.now {
        eprintln!(
            "{}",
            Words::of(lang).fill("terminal.fixed_clock", &[("now", &now.to_string())])
        );
    }
    match run(&cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NotDone) => ExitCode::FAILURE,
        Err(error) => {
            Terminal::new(lang, Form::Text, Talk::Plain).error(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<Outcome> {
    if let Command::Completions(args) = &cli.command {
        let mut script = Vec::new();
        clap_complete::generate(
            args.shell,
            &mut help::command(cli.common.lang()),
            "atesaki",
            &mut script,
        );
        std::io::stdout().write_all(&script)?;
        return Ok(Outcome::Done);
    }
    let mut session = Session::new(&cli.common);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(command(&mut session, cli));
    session.shell.finish();
    outcome
}

async fn command(session: &mut Session, cli: &Cli) -> Result<Outcome> {
    monitor::system::outlive_file_limit();
    // What works without the ledger, or before it, comes first.
    match &cli.command {
        Command::Demo(args) => return demo::demo(session, args).await,
        Command::Reset(args) => return care::reset(session, args),
        Command::Restore(args) => return export::restore(session, args),
        Command::Completions(_) => return Ok(Outcome::Done),
        Command::Account(_)
        | Command::Archive(_)
        | Command::Scan(_)
        | Command::Watch
        | Command::Give(_)
        | Command::Suggest(_)
        | Command::Lookout(_)
        | Command::Proposals(_)
        | Command::Import(_)
        | Command::Export(_)
        | Command::Backup(_)
        | Command::Addresses
        | Command::Address(_)
        | Command::Services
        | Command::Flags
        | Command::Misfiled
        | Command::Exposures
        | Command::Attachments(_)
        | Command::Incidents
        | Command::Breaches(_)
        | Command::Explain(_)
        | Command::Doctor(_) => {}
    }
    let handle = session.open()?;
    if !cli.common.lang_named() {
        session.terminal.words = handle.words();
    }
    let outcome = with_ledger(session, &handle, &cli.command).await;
    handle.close();
    outcome
}

async fn with_ledger(session: &Session, handle: &Handle, command: &Command) -> Result<Outcome> {
    let terminal = session.terminal;
    match command {
        Command::Account(AccountCommand::Add(args)) => mailboxes::add(session, handle, args).await,
        Command::Account(AccountCommand::List) => mailboxes::list(terminal, handle),
        Command::Account(AccountCommand::Test(args)) => {
            mailboxes::test(terminal, handle, args).await
        }
        Command::Account(AccountCommand::Password(args)) => {
            mailboxes::password(session, handle, args).await
        }
        Command::Account(AccountCommand::SignIn(args)) => {
            sign_in::again(terminal, handle, args).await
        }
        Command::Account(AccountCommand::Remove(args)) => {
            mailboxes::remove(terminal, handle, args).await
        }
        Command::Archive(ArchiveCommand::Add(args)) => {
            mailboxes::add_archive(terminal, handle, args).await
        }
        Command::Archive(ArchiveCommand::Find) => found::find(terminal, handle),
        Command::Scan(args) => reading::scan(terminal, handle, args).await,
        Command::Watch => reading::watch(terminal, handle).await,
        Command::Give(args) => give::give(terminal, handle, args).await,
        Command::Suggest(args) => give::suggest(terminal, handle, args).await,
        Command::Lookout(args) => give::look_out(terminal, handle, args).await,
        Command::Proposals(args) => proposals::proposals(terminal, handle, args).await,
        Command::Import(args) => import::import(terminal, handle, args).await,
        Command::Export(args) => export::export(terminal, handle, args),
        Command::Backup(args) => export::back_up(terminal, handle, args),
        Command::Addresses => facts::addresses(terminal, handle),
        Command::Address(args) => give::address(terminal, handle, args).await,
        Command::Services => facts::services(terminal, handle),
        Command::Flags => facts::flags(terminal, handle),
        Command::Misfiled => facts::misfiled(terminal, handle),
        Command::Exposures => facts::exposures(terminal, handle),
        Command::Attachments(args) => give::attachments(terminal, handle, *args).await,
        Command::Incidents => facts::incidents(terminal, handle),
        Command::Breaches(what) => breaches::breaches(terminal, handle, what).await,
        Command::Explain(args) => facts::explain(terminal, handle, args),
        Command::Doctor(args) => care::doctor(session, handle, args).await,
        Command::Demo(_) | Command::Reset(_) | Command::Restore(_) | Command::Completions(_) => {
            Ok(Outcome::Done)
        }
    }
}

/// Logs to stderr what `ATESAKI_LOG` asks for; warnings without it.
fn log() {
    let filter = tracing_subscriber::EnvFilter::new(monitor::system::log_filter("error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
}
