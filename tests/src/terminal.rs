//! The terminal program as a person runs it, with nothing of the tester's own around it.

use crate::place::program;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// The program with one data folder.
#[derive(Clone, Debug)]
pub struct Terminal {
    data: PathBuf,
    bus: Option<String>,
    /// The clock, where it stands still.
    pub now: Option<&'static str>,
    /// Variables of the environment beside the usual ones.
    pub variables: Vec<(&'static str, String)>,
    /// The largest file that the system lets it write, in bytes: a disk that is full.
    pub file_limit: Option<u64>,
}

/// What a run of the program came to.
#[derive(Clone, Debug)]
pub struct Run {
    /// The exit status; `None` where a signal ended it.
    pub status: Option<i32>,
    /// What it printed.
    pub out: String,
    /// What it said beside that, with its log.
    pub err: String,
}

impl Terminal {
    /// The program on a PC without a keychain.
    pub fn new(data: &Path) -> Terminal {
        Terminal {
            data: data.to_owned(),
            bus: None,
            now: None,
            variables: Vec::new(),
            file_limit: None,
        }
    }

    /// The program on the session bus of the test, with the keychain that runs there.
    pub fn with_keychain(data: &Path) -> Terminal {
        Terminal {
            bus: std::env::var("DBUS_SESSION_BUS_ADDRESS").ok(),
            ..Terminal::new(data)
        }
    }

    /// A command with the fullest log there is, ready to run.
    ///
    /// # Errors
    /// When the program was not built.
    pub fn command(&self, args: &[&str]) -> Result<Command> {
        let program = program("atesaki")?;
        let mut command = match self.file_limit {
            None => Command::new(program),
            Some(limit) => {
                let mut command = Command::new("prlimit");
                command.arg(format!("--fsize={limit}")).arg(program);
                command
            }
        };
        command
            .args(args)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", &self.data)
            .env("ATESAKI_DATA", &self.data)
            .env("ATESAKI_LOG", "trace")
            .envs(self.variables.iter().cloned())
            .envs(self.now.map(|now| ("ATESAKI_NOW", now)))
            .envs(self.bus.iter().map(|bus| ("DBUS_SESSION_BUS_ADDRESS", bus)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        Ok(command)
    }

    /// Runs it to its end with a text on its standard input.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn run(&self, args: &[&str], input: &str) -> Result<Run> {
        let mut child = self.command(args)?.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that reads nothing may be gone already.
            let _ = stdin.write_all(input.as_bytes()).await;
        }
        let output = child.wait_with_output().await?;
        Ok(Run {
            status: output.status.code(),
            out: String::from_utf8(output.stdout)?,
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }
}
