//! What the window is started with: its arguments and a few variables, the same ones that the
//! terminal program knows.

use clap::Parser;
use jiff::Timestamp;
use monitor::{Clock, Lang, Words};
use std::path::PathBuf;

/// Which service's address got out, and since when.
#[derive(Debug, Parser)]
#[command(name = "atesaki-desktop", version)]
pub struct Arguments {
    /// Open on the sample, made-up mail that can be explored at once
    #[arg(long)]
    pub sample: bool,
    /// Start without the window, as with the PC; starting once more shows it
    #[arg(long)]
    pub hidden: bool,
    /// Folder of the ledger
    #[arg(long, value_name = "DIR", env = "ATESAKI_DATA")]
    data: Option<PathBuf>,
    /// Language: en or ja
    #[arg(long, value_name = "LANG", value_parser = lang)]
    lang: Option<Lang>,
    /// Instant at which the clock stands still, for pictures and tests
    #[arg(long, hide = true, value_name = "INSTANT", env = "ATESAKI_NOW")]
    now: Option<Timestamp>,
}

impl Arguments {
    /// Reads them; wrong usage ends the program with status 2. A fixed clock is said on stderr.
    pub fn read() -> Arguments {
        let arguments = Arguments::parse();
        if let Some(now) = arguments.now {
            eprintln!(
                "{}",
                arguments
                    .words()
                    .fill("terminal.fixed_clock", &[("now", &now.to_string())])
            );
        }
        arguments
    }

    /// The folder of the ledger: the one that was named, else the place of the operating system.
    pub fn data(&self) -> PathBuf {
        self.data
            .clone()
            .unwrap_or_else(monitor::system::data_folder)
    }

    /// The language that was named, else the system's.
    pub fn lang(&self) -> Lang {
        self.lang
            .unwrap_or_else(|| Lang::of_system(|name| std::env::var(name).ok()))
    }

    /// The words of that language.
    pub fn words(&self) -> &'static Words {
        Words::of(self.lang())
    }

    /// The clock.
    pub fn clock(&self) -> Clock {
        self.now.map_or(Clock::System, Clock::Fixed)
    }
}

fn lang(text: &str) -> Result<Lang, String> {
    match text {
        "en" => Ok(Lang::En),
        "ja" => Ok(Lang::Ja),
        other => Err(format!("{other} is not spoken here; en and ja are")),
    }
}
