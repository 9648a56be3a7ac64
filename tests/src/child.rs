//! A program that a test started and that ends with the test, whatever becomes of the test.

use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a program may take to end when it is asked to.
const GRACE: Duration = Duration::from_secs(5);

/// A running program with a process group of its own.
#[derive(Debug)]
pub struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts a program. Its input is empty and its errors are dropped unless the command says
    /// otherwise, so that a program that outlives its test never holds a pipe of it open.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Result<Running> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        Ok(Running { child, name })
    }

    /// The program's process, for its output.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Its process number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended.
    ///
    /// # Errors
    /// Those of the system.
    pub fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The group as well: a driver that is gone may have left its browser behind.
        signal("-TERM", &format!("-{}", self.child.id()));
        let end = Instant::now() + GRACE;
        while Instant::now() < end {
            if let Ok(Some(_)) = self.child.try_wait() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        signal("-KILL", &format!("-{}", self.child.id()));
        if let Err(error) = self.child.wait() {
            eprintln!("{}: {error}", self.name);
        }
    }
}

/// Sends a signal to a process, or to a group (`-N`). One that has ended is no fault.
pub fn signal(signal: &str, process: &str) {
    let sent = Command::new("kill")
        .args([signal, "--", process])
        .stderr(Stdio::null())
        .status();
    if let Err(error) = sent {
        eprintln!("kill {signal} {process}: {error}");
    }
}

/// Asks until the answer is there, for as long as a test may wait.
///
/// # Errors
/// When the time is over; `what` says what was waited for.
pub fn wait_until<T>(what: &str, limit: Duration, mut ask: impl FnMut() -> Option<T>) -> Result<T> {
    let end = Instant::now() + limit;
    loop {
        if let Some(answer) = ask() {
            return Ok(answer);
        }
        anyhow::ensure!(Instant::now() < end, "{what}: not within {limit:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
