//! Desktop notifications through the system's own service, each in a thread of its own that ends
//! with it: by a click, by being closed, or after ten minutes.

use crate::shell::Notice;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// How many notifications wait for a click at once.
const MOST_AT_ONCE: usize = 8;
/// How long a notification waits for a click.
const SHOWN_FOR: Duration = Duration::from_secs(600);

static WAITING: AtomicUsize = AtomicUsize::new(0);
static NO_SERVICE_SAID: AtomicBool = AtomicBool::new(false);

/// Shows a notification; `opened` is called when it is clicked. Without a notification service
/// the program goes on, and the log says so once.
pub fn show(notice: Notice, open: String, opened: impl FnOnce(Option<i64>) + Send + 'static) {
    if WAITING.fetch_add(1, Ordering::SeqCst) >= MOST_AT_ONCE {
        WAITING.fetch_sub(1, Ordering::SeqCst);
        return;
    }
    let shown = std::thread::Builder::new()
        .name("notification".into())
        .spawn(move || {
            let address = notice.address;
            match post(&notice, &open) {
                Ok(handle) => wait(handle, move || opened(address)),
                Err(error) => {
                    if !NO_SERVICE_SAID.swap(true, Ordering::SeqCst) {
                        tracing::warn!("no notification service answers: {error:#}");
                    }
                }
            }
            WAITING.fetch_sub(1, Ordering::SeqCst);
        });
    if let Err(error) = shown {
        WAITING.fetch_sub(1, Ordering::SeqCst);
        tracing::warn!("notification thread: {error:#}");
    }
}

/// Shows a notification that nobody waits for: it stays when the program ends.
///
/// # Errors
/// When no notification service answers.
pub fn post_once(notice: &Notice) -> anyhow::Result<()> {
    notify_rust::Notification::new()
        .appname("Atesaki")
        .summary(&notice.title)
        .body(&plain(&notice.text))
        .show()?;
    Ok(())
}

fn post(
    notice: &Notice,
    open: &str,
) -> Result<notify_rust::NotificationHandle, notify_rust::error::Error> {
    notify_rust::Notification::new()
        .appname("Atesaki")
        .summary(&notice.title)
        .body(&plain(&notice.text))
        .action("default", open)
        .timeout(i32::try_from(SHOWN_FOR.as_millis()).unwrap_or(i32::MAX))
        .show()
}

/// Text in which nothing is markup, where the service reads markup.
#[cfg(all(unix, not(target_os = "macos")))]
fn plain(text: &str) -> String {
    let markup =
        notify_rust::get_capabilities().is_ok_and(|all| all.iter().any(|one| one == "body-markup"));
    if !markup {
        return text.to_owned();
    }
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn plain(text: &str) -> String {
    text.to_owned()
}

#[cfg(all(unix, not(target_os = "macos")))]
fn wait(handle: notify_rust::NotificationHandle, opened: impl FnOnce()) {
    let mut opened = Some(opened);
    handle.wait_for_action(|action| {
        if action == "default"
            && let Some(opened) = opened.take()
        {
            opened();
        }
    });
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn wait(_handle: notify_rust::NotificationHandle, _opened: impl FnOnce()) {}
