//! Children in which files are read that others wrote: this program once more, with a hidden
//! argument, the file as its input and facts as its output. A child knows no path and no ledger, has
//! an empty environment, bounded memory and time, may open and write no file and no socket, and
//! cannot be looked into. What is read in one is the business of its [`Task`].

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

/// Where files of others are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worker {
    /// In a child that runs this program.
    Child(PathBuf),
    /// In this process; for tests, whose program answers no hidden argument.
    Here,
}

impl Worker {
    /// A child that runs the program that runs now.
    ///
    /// # Errors
    /// Where the system does not say which one that is.
    pub fn this_program() -> Result<Worker> {
        Ok(Worker::Child(std::env::current_exe()?))
    }
}

/// What a child is for, and what it may take.
#[derive(Debug)]
pub struct Task {
    /// The hidden argument.
    pub argument: &'static str,
    /// Memory, in bytes of address space beyond what the program takes to start.
    pub memory: u64,
    /// Time on a processor, in seconds.
    pub seconds: u64,
    /// Time on the clock.
    pub patience: Duration,
    /// Longest output, in bytes.
    pub output: u64,
    /// The work, given what follows the argument: from the input to the output of the process.
    pub work: fn(Option<OsString>) -> Result<()>,
}

/// What a child reads.
#[derive(Debug)]
pub enum Input<'a> {
    /// An open file.
    File(File),
    /// Bytes, one piece after the other.
    Bytes(&'a [&'a [u8]]),
}

impl Task {
    /// What a child wrote before it ended, whatever ended it; `more` follows its argument, where
    /// others on this PC can see it.
    ///
    /// # Errors
    /// Where the program cannot be started.
    pub async fn output(
        &self,
        program: &Path,
        more: Option<String>,
        input: Input<'_>,
    ) -> Result<Vec<u8>> {
        let mut command = Command::new(program);
        command
            .arg(self.argument)
            .args(more)
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let pieces = match input {
            Input::File(file) => {
                command.stdin(Stdio::from(file));
                &[][..]
            }
            Input::Bytes(pieces) => {
                command.stdin(Stdio::piped());
                pieces
            }
        };
        let mut child = command.spawn().context("the worker does not start")?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let mut output = Vec::new();
        let writing = async {
            if let Some(mut to) = stdin {
                for piece in pieces {
                    // It may have ended, or heard enough.
                    if to.write_all(piece).await.is_err() {
                        break;
                    }
                }
            }
        };
        let reading = async {
            if let Some(out) = stdout {
                out.take(self.output).read_to_end(&mut output).await?;
            }
            child.wait().await
        };
        let both = async { tokio::join!(writing, reading).1 };
        match tokio::time::timeout(self.patience, both).await {
            Ok(Ok(status)) => tracing::debug!("the worker ended: {status}"),
            Ok(Err(error)) => tracing::debug!("the worker was lost: {error}"),
            Err(_) => tracing::debug!("the worker took too long"),
        }
        Ok(output)
    }

    /// Takes from this process what it does not need.
    #[cfg(unix)]
    fn confine(&self) -> Result<()> {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = |resource, most| {
            let limit = Rlimit {
                current: Some(most),
                maximum: Some(most),
            };
            setrlimit(resource, limit)
        };
        #[cfg(target_os = "linux")]
        let started = mapped()?;
        limit(Resource::Cpu, self.seconds)?;
        limit(Resource::Fsize, 0)?;
        limit(Resource::Core, 0)?;
        // Its input, its output and its errors are open, and nothing else ever is.
        limit(Resource::Nofile, 3)?;
        #[cfg(target_os = "linux")]
        {
            use rustix::process::{DumpableBehavior, set_dumpable_behavior};
            limit(Resource::As, started.saturating_add(self.memory))?;
            set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
        }
        Ok(())
    }

    /// Other systems have no such limits; the parent's clock and the bounds of the work hold there.
    #[cfg(not(unix))]
    fn confine(&self) -> Result<()> {
        Ok(())
    }
}

/// Address space that this process has now, in bytes: a window's libraries alone are hundreds of
/// megabytes of it.
#[cfg(target_os = "linux")]
fn mapped() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kib: u64 = size
        .and_then(|size| size.trim().strip_suffix("kB")?.trim().parse().ok())
        .context("the system does not say how much is mapped")?;
    Ok(kib.saturating_mul(1024))
}

/// Does the work of a child, if that is what this process was started for.
pub fn answered(tasks: &[&Task]) -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let first = arguments.next()?;
    let task = tasks.iter().find(|task| first == task.argument)?;
    let done = task.confine().and_then(|()| (task.work)(arguments.next()));
    Some(match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    })
}
