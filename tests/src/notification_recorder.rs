//! A notification service that records what it is asked to show, on the session bus of the test.

use anyhow::{Context, Result};
use service::Service;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use zbus::blocking::{Connection, connection};

const PATH: &str = "/org/freedesktop/Notifications";

/// A notification as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The number it was given.
    pub id: u32,
    /// Name of the program.
    pub program: String,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Keys and words of its actions, one after the other.
    pub actions: Vec<String>,
    /// Milliseconds after which it goes by itself.
    pub timeout: i32,
}

/// A session bus has one notification service: tests that record wait for one another.
static ONE: Mutex<()> = Mutex::new(());

/// The service; it ends when dropped.
pub struct NotificationRecorder {
    bus: Connection,
    asked: Receiver<Asked>,
    _turn: MutexGuard<'static, ()>,
}

impl NotificationRecorder {
    /// Takes the service's name on the session bus.
    ///
    /// # Errors
    /// When there is no bus, or another service has the name.
    pub fn start() -> Result<NotificationRecorder> {
        let turn = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let (told, asked) = channel();
        let bus = connection::Builder::session()?
            .name("org.freedesktop.Notifications")?
            .serve_at(PATH, Service { told, last: 0 })?
            .build()
            .context("a private session bus; `scripts/with-display` starts one")?;
        Ok(NotificationRecorder {
            bus,
            asked,
            _turn: turn,
        })
    }

    /// The next notification.
    ///
    /// # Errors
    /// When none comes in that time.
    pub fn next(&self, limit: Duration) -> Result<Asked> {
        self.asked
            .recv_timeout(limit)
            .context("no notification came")
    }

    /// The notifications that came and were not looked at yet.
    pub fn rest(&self) -> Vec<Asked> {
        self.asked.try_iter().collect()
    }

    /// Plays the user who clicks on a notification.
    ///
    /// # Errors
    /// Those of the bus.
    pub fn click(&self, asked: &Asked) -> Result<()> {
        let action = asked.actions.first().cloned().unwrap_or_default();
        let service = self.bus.object_server().interface::<_, Service>(PATH)?;
        zbus::block_on(Service::action_invoked(
            service.signal_emitter(),
            asked.id,
            &action,
        ))?;
        Ok(())
    }
}

/// The interface of the Desktop Notifications Specification 1.2.
mod service {
    // The macro writes methods of its own without documentation.
    #![allow(missing_docs)]

    use super::Asked;
    use std::collections::HashMap;
    use std::sync::mpsc::Sender;
    use zbus::interface;
    use zbus::object_server::SignalEmitter;
    use zbus::zvariant::OwnedValue;

    pub struct Service {
        pub told: Sender<Asked>,
        pub last: u32,
    }

    #[interface(name = "org.freedesktop.Notifications")]
    impl Service {
        // The specification has these eight.
        #[allow(clippy::too_many_arguments)]
        fn notify(
            &mut self,
            program: String,
            _replaces: u32,
            _icon: String,
            title: String,
            text: String,
            actions: Vec<String>,
            _hints: HashMap<String, OwnedValue>,
            timeout: i32,
        ) -> u32 {
            self.last += 1;
            let asked = Asked {
                id: self.last,
                program,
                title,
                text,
                actions,
                timeout,
            };
            // A test that has ended no longer listens.
            let _ = self.told.send(asked);
            self.last
        }

        fn get_capabilities(&self) -> Vec<String> {
            ["actions", "body", "body-markup"]
                .map(String::from)
                .to_vec()
        }

        fn get_server_information(&self) -> (String, String, String, String) {
            (
                "recorder".into(),
                "Atesaki's tests".into(),
                "1".into(),
                "1.2".into(),
            )
        }

        fn close_notification(&self, _id: u32) {}

        /// The user chose an action.
        #[zbus(signal)]
        pub async fn action_invoked(
            emitter: &SignalEmitter<'_>,
            id: u32,
            action: &str,
        ) -> zbus::Result<()>;
    }
}
