//! The terminal as the shell of the monitor: words, prompts, progress.

use crate::args::{LangArg, Line};
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use monitor::fault::{Code, Fault};
use monitor::mailbox::Progress;
use monitor::{Clock, Handle, Lang, Notice, Shell, Start, SystemVault, Topic, Words};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

/// What every command needs.
pub struct Terminal {
    start: Result<Start, String>,
    lang: Lang,
    /// Facts are printed as JSON.
    pub json: bool,
    quiet: bool,
}

/// Shows the monitor's notifications on the desktop.
struct OnDesktop(Lang);

impl Shell for OnDesktop {
    fn changed(&self, _topics: &[Topic]) {}
    fn notify(&self, notice: Notice) {
        monitor::notification::show(notice, Words::of(self.0).say("notice.open"), |_| {});
    }
}

impl Terminal {
    /// Reads data folder, language and clock from the command line and the environment.
    pub fn of(line: &Line) -> Terminal {
        let variable = |name: &str| std::env::var(name).ok();
        let lang = match line.lang {
            Some(LangArg::En) => Lang::En,
            Some(LangArg::Ja) => Lang::Ja,
            None => Lang::of_system(variable),
        };
        let clock = match variable("ATESAKI_NOW") {
            None => Ok(Clock::System),
            Some(text) => text.parse().map(Clock::Fixed).map_err(|_| text),
        };
        let start = clock.map(|clock| Start {
            data: line.data.clone().unwrap_or_else(monitor::data_folder),
            clock,
            lang,
            vault: Arc::new(SystemVault::default()),
            shell: Arc::new(OnDesktop(lang)),
            zone: None,
        });
        let terminal = Terminal { start, lang, json: line.json, quiet: line.quiet };
        if let Ok(Start { clock: Clock::Fixed(now), .. }) = &terminal.start {
            eprintln!("{}", terminal.words().fill("terminal.fixed_clock", &[("now", &now.to_string())]));
        }
        terminal
    }

    /// The words of the language in use.
    pub fn words(&self) -> &'static Words {
        Words::of(self.lang)
    }

    /// What a monitor starts with.
    ///
    /// # Errors
    /// [`Code::NotADate`] for a clock that is no instant.
    pub fn start(&self) -> Result<&Start> {
        self.start.as_ref().map_err(|text| Fault::new(Code::NotADate).with("text", text).into())
    }

    /// Opens the ledger.
    ///
    /// # Errors
    /// Those of the store.
    pub fn open(&self) -> Result<Handle> {
        Handle::open(self.start()?.clone())
    }

    /// Prints a line, unless told to be quiet.
    pub fn say(&self, text: &str) {
        if !self.quiet && !self.json {
            println!("{text}");
        }
    }

    /// Prints facts as JSON.
    ///
    /// # Errors
    /// Those of writing.
    pub fn print(&self, value: &serde_json::Value) -> Result<()> {
        println!("{}", serde_json::to_string_pretty(value)?);
        Ok(())
    }

    /// Says what went wrong and what to do.
    pub fn failed(&self, error: &anyhow::Error) -> ExitCode {
        let (text, action) = self.words().fault(&monitor::fault::of(error));
        eprintln!("{text}\n{action}");
        ExitCode::FAILURE
    }

    /// A question whose answer is not shown while it is typed.
    ///
    /// # Errors
    /// Where there is no terminal to ask on.
    pub fn secret(&self, question: &str) -> Result<String> {
        rpassword::prompt_password(question).with_context(|| Fault::new(Code::PasswordMissing).with("account", ""))
    }

    /// A progress bar on a terminal; nothing elsewhere.
    pub fn progress(&self) -> Reading {
        let shown = !self.quiet && std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(
            Some(0),
            if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
        );
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {msg}") {
            bar.set_style(style);
        }
        Reading { bar, words: self.words(), since: Instant::now() }
    }
}

/// A progress bar with counts and time left.
pub struct Reading {
    bar: ProgressBar,
    words: &'static Words,
    since: Instant,
}

impl Reading {
    /// Shows how far a reading is.
    pub fn at(&self, progress: Progress) {
        self.bar.set_length(progress.total);
        self.bar.set_position(progress.read);
        self.bar.set_message(self.words.progress(progress.read, progress.total, self.since.elapsed().as_secs_f64()));
    }

    /// Takes the bar away.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}

/// Where the sample of a data folder lies.
pub fn sample_folder(start: &Start) -> PathBuf {
    monitor::surface::sample_folder(&start.data)
}
