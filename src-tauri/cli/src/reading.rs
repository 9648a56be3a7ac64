//! `scan` and `watch`: reading mail, with counts and time left on a terminal.

use crate::Outcome;
use crate::args::ScanArgs;
use crate::terminal::{Form, Talk, Terminal};
use anyhow::Result;
use exposure::show::shown;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use monitor::mailbox::Progress;
use monitor::scan::ScanResult;
use monitor::{Handle, Words, view};
use std::io::IsTerminal;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// `scan`: reads what is new, to the end, once. Ctrl-C stops it; what was read is kept.
pub async fn scan(terminal: Terminal, handle: &Handle, args: &ScanArgs) -> Result<Outcome> {
    let bar = Bar::new(terminal);
    let step = |account: &str, at: Progress| bar.step(account, at);
    let reading = handle.scan(&args.accounts, &step);
    tokio::pin!(reading);
    let results = tokio::select! {
        results = &mut reading => results?,
        () = interrupted() => {
            handle.stop(None);
            reading.await?
        }
    };
    bar.clear();
    if results.is_empty() && args.accounts.is_empty() {
        terminal.note(&terminal.words.say("terminal.no_accounts"));
    }
    tell(terminal, &results);
    if terminal.form == Form::Json {
        terminal.facts(|_| {}, || Ok(view::scan_json(&results)))?;
    }
    Ok(match results.iter().all(|result| result.fault.is_none()) {
        true => Outcome::Done,
        false => Outcome::NotDone,
    })
}

/// `watch`: reads again and again, and notifies, until it is ended.
pub async fn watch(terminal: Terminal, handle: &Handle) -> Result<Outcome> {
    terminal.note(&terminal.words.say("terminal.watching"));
    let bar = Bar::new(terminal);
    let step = |account: &str, at: Progress| bar.step(account, at);
    let first = std::sync::atomic::AtomicBool::new(true);
    let scanned = |results: &[ScanResult]| {
        bar.clear();
        let first = first.swap(false, std::sync::atomic::Ordering::SeqCst);
        let news = results
            .iter()
            .filter(|r| first || r.fault.is_some() || r.recorded.messages_new > 0);
        tell(terminal, &news.cloned().collect::<Vec<_>>());
    };
    let watching = handle.watch(&step, &scanned);
    tokio::pin!(watching);
    tokio::select! {
        ended = &mut watching => ended?,
        () = interrupted() => {
            handle.stop(None);
            bar.clear();
        }
    }
    Ok(Outcome::Done)
}

/// Until Ctrl-C, or until the system ends the program.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            heard = tokio::signal::ctrl_c() => if heard.is_err() { std::future::pending::<()>().await },
        }
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// One line for each account that was read, or its fault.
fn tell(terminal: Terminal, results: &[ScanResult]) {
    for result in results {
        terminal.done(&line(terminal.words, result));
        if let Some(fault) = &result.fault {
            eprintln!("{}:", shown(&result.account, 200));
            terminal.fault(fault);
        }
    }
}

fn line(words: &Words, result: &ScanResult) -> String {
    words.fill(
        "terminal.scanned",
        &[
            ("account", &shown(&result.account, 200)),
            ("new", &words.number(result.recorded.messages_new)),
            ("junk", &words.number(result.recorded.junk_new)),
            ("seconds", &format!("{:.1}", result.seconds)),
        ],
    )
}

/// A bar with counts and time left, on a terminal only.
struct Bar {
    words: &'static Words,
    bar: ProgressBar,
    reading: Mutex<Option<(String, Instant)>>,
}

impl Bar {
    fn new(terminal: Terminal) -> Bar {
        let visible = std::io::stderr().is_terminal() && terminal.talk == Talk::Plain;
        let target = if visible {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        // A template that does not parse leaves the plain bar.
        if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:24} {msg}") {
            bar.set_style(style.progress_chars("█▌░"));
        }
        Bar {
            words: terminal.words,
            bar,
            reading: Mutex::new(None),
        }
    }

    fn step(&self, account: &str, at: Progress) {
        let since = {
            let mut reading = self.reading();
            match reading.as_ref() {
                Some((name, since)) if name == account => *since,
                Some(_) | None => {
                    self.bar.reset();
                    self.bar.set_prefix(shown(account, 40));
                    let now = Instant::now();
                    *reading = Some((account.to_owned(), now));
                    now
                }
            }
        };
        self.bar.set_length(at.total.max(at.read));
        self.bar.set_position(at.read);
        self.bar.set_message(
            self.words
                .progress(at.read, at.total, since.elapsed().as_secs_f64()),
        );
    }

    fn clear(&self) {
        *self.reading() = None;
        self.bar.finish_and_clear();
    }

    fn reading(&self) -> MutexGuard<'_, Option<(String, Instant)>> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
