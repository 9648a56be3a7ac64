//! The terminal: facts go to stdout, everything else to stderr.

use crate::print::{Canvas, Paint};
use anyhow::Result;
use console::Term;
use monitor::fault::{self, Fault};
use monitor::mailbox::Secret;
use monitor::{Lang, Words};
use serde_json::Value;
use std::io::{BufRead, ErrorKind, IsTerminal, Write};

/// How facts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As text for people.
    Text,
    /// As JSON.
    Json,
}

/// Whether anything but facts and faults is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// What was done, and how far it is.
    Plain,
    /// Nothing.
    Quiet,
}

/// Where the program speaks, and in which language.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// The language.
    pub words: &'static Words,
    /// How facts are printed.
    pub form: Form,
    /// Whether anything else is said.
    pub talk: Talk,
}

impl Terminal {
    /// A terminal that speaks this language.
    pub fn new(lang: Lang, form: Form, talk: Talk) -> Terminal {
        Terminal {
            words: Words::of(lang),
            form,
            talk,
        }
    }

    /// A place for text as wide as the terminal, with colours where it shows them.
    pub fn canvas(self) -> Canvas {
        let out = Term::stdout();
        let bounded = std::io::stdout().is_terminal();
        let columns = bounded
            .then(|| usize::from(out.size().1))
            .filter(|columns| *columns > 0);
        let colours = bounded && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Canvas::new(if colours { Paint::Ansi } else { Paint::Plain }, columns)
    }

    /// Prints facts: what `lay` draws, or the JSON.
    ///
    /// # Errors
    /// Those of `json`.
    pub fn facts(
        self,
        lay: impl FnOnce(&mut Canvas),
        json: impl FnOnce() -> Result<Value>,
    ) -> Result<()> {
        let text = match self.form {
            Form::Json => format!("{:#}\n", json()?),
            Form::Text => {
                let mut canvas = self.canvas();
                lay(&mut canvas);
                canvas.into_text()
            }
        };
        print(&text);
        Ok(())
    }

    /// Says what was done, unless JSON or quiet was asked for.
    pub fn done(self, text: &str) {
        match (self.form, self.talk) {
            (Form::Text, Talk::Plain) => print(&format!("{text}\n")),
            (Form::Json, _) | (_, Talk::Quiet) => {}
        }
    }

    /// Says something beside the facts, on stderr.
    pub fn note(self, text: &str) {
        match self.talk {
            Talk::Plain => eprintln!("{text}"),
            Talk::Quiet => {}
        }
    }

    /// Says what went wrong and what to do, on stderr.
    pub fn fault(self, fault: &Fault) {
        let (text, action) = self.words.fault(fault);
        eprintln!("atesaki: {text}");
        if !action.is_empty() {
            eprintln!("{action}");
        }
    }

    /// Says an error in words; its chain goes to the log.
    pub fn error(self, error: &anyhow::Error) {
        tracing::debug!("{error:#}");
        self.fault(&fault::of(error));
    }

    /// A secret that is the first line of stdin; `None` for an empty one.
    ///
    /// # Errors
    /// Those of reading it.
    pub fn first_line_of_stdin() -> Result<Option<Secret>> {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        let secret = line.trim_end_matches(['\r', '\n']);
        Ok((!secret.is_empty()).then(|| Secret(secret.to_owned())))
    }

    /// Asks a question that only the whole word "yes" answers; says so where nobody can be asked.
    ///
    /// # Errors
    /// Those of reading the answer.
    pub fn agreed(self, question: &str) -> Result<bool> {
        if !std::io::stdin().is_terminal() {
            eprintln!("atesaki: {}", self.words.say("terminal.confirm_tty"));
            return Ok(false);
        }
        eprint!("{question}");
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        Ok(answer.trim().eq_ignore_ascii_case("yes"))
    }
}

/// Prints to stdout. A reader that has gone away (`| head`) has seen what it wanted.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        tracing::warn!("stdout: {error}");
    }
}
