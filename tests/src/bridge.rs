//! The bridge: the built page in a browser, over the real monitor. It exists in the tests only.
//!
//! It listens on loopback at a port of the system's choice, answers only its own host, and runs a
//! command only for a page of its own origin that knows the token. The page gets the same content
//! policy as in the window, with the bridge in the place of Tauri's channel.

use crate::place;
use anyhow::{Context, Result};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures::Stream;
use monitor::catalogue::fetch::Places;
use monitor::confined::Worker;
use monitor::surface::{self, Desk, Pick};
use monitor::vault::Memory;
use monitor::{Clock, Lang, Notice, Shell, Start, Topic};
use serde::Deserialize;
use serde_json::Value;
use std::convert::Infallible;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

/// What stands in for Tauri in the page; it runs before the page's own scripts.
const STAND_IN: &str = include_str!("bridge.js");

/// A page on the real monitor.
pub struct Bridge {
    room: Arc<Room>,
    server: JoinHandle<()>,
    host: String,
}

struct Room {
    desk: Desk,
    recorder: Arc<Recorder>,
    picked: Arc<Mutex<Option<PathBuf>>>,
    token: String,
    policy: String,
    host: String,
}

impl Bridge {
    /// Opens a ledger and serves the built page on it. Mail of other programs is looked for below
    /// `home` in its folder.
    ///
    /// # Errors
    /// Those of the ledger and of the socket, or when the page was not built.
    pub async fn start(data: &Path, clock: Clock, lang: Lang) -> Result<Bridge> {
        anyhow::ensure!(
            place::page().join("index.html").is_file(),
            "the page is not built; `make page` builds it"
        );
        let recorder = Arc::new(Recorder::new());
        let picked = Arc::new(Mutex::new(None));
        let start = Start {
            data: data.to_owned(),
            clock,
            lang,
            vault: Arc::new(Memory::default()),
            shell: Arc::clone(&recorder) as Arc<dyn Shell>,
            zone: Some("Asia/Tokyo".to_owned()),
        };
        let choice = Arc::clone(&picked);
        let desk = Desk::open(
            start,
            Box::new(move |_what: Pick| {
                let path = choice
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .clone();
                Box::pin(async move { path })
            }),
        )?
        .with_home(data.join("home"))
        .with_lists(nobody());
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let host = listener.local_addr()?.to_string();
        let room = Arc::new(Room {
            desk,
            recorder,
            picked,
            token: token()?,
            policy: policy()?,
            host: host.clone(),
        });
        let routes = Router::new()
            .route("/call", post(call))
            .route("/changed", get(changed))
            .fallback(get(file))
            .layer(middleware::from_fn_with_state(Arc::clone(&room), guard))
            .with_state(Arc::clone(&room));
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).await {
                eprintln!("bridge: {error}");
            }
        });
        Ok(Bridge { room, server, host })
    }

    /// The address of the page, with the token.
    pub fn address(&self) -> String {
        format!("http://{}/?token={}", self.host, self.room.token)
    }

    /// The monitor's desk.
    pub fn desk(&self) -> &Desk {
        &self.room.desk
    }

    /// What the next file dialog gives.
    pub fn choose(&self, path: &Path) {
        *self
            .room
            .picked
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
    }

    /// Notices raised so far.
    pub fn notices(&self) -> Vec<Notice> {
        self.room
            .recorder
            .notices
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Places of lists of breaches where nobody answers: no test leaves this PC.
fn nobody() -> Places {
    Places {
        pwned: "http://127.0.0.1:9/v3".to_owned(),
        mozilla: "http://127.0.0.1:9/fewer".to_owned(),
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.server.abort();
        self.room.desk.handle().close();
    }
}

/// The page and the notices, as the monitor sees them.
struct Recorder {
    changed: broadcast::Sender<Vec<Topic>>,
    notices: Mutex<Vec<Notice>>,
}

impl Recorder {
    fn new() -> Recorder {
        let (changed, _) = broadcast::channel(1024);
        Recorder {
            changed,
            notices: Mutex::default(),
        }
    }
}

impl Shell for Recorder {
    fn changed(&self, topics: &[Topic]) {
        // Without a page nobody listens, and that is no fault.
        let _ = self.changed.send(topics.to_vec());
    }

    fn worker(&self) -> Result<Worker> {
        // This program answers no hidden argument; the terminal program is the same child.
        Ok(Worker::Child(place::program("atesaki")?))
    }

    fn notify(&self, notice: Notice) {
        self.notices
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(notice);
    }
}

/// Refuses every request for another host, and every command from elsewhere or without the token.
async fn guard(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is = |name: header::HeaderName, want: &str| {
        headers
            .get(name)
            .is_some_and(|value| value.as_bytes() == want.as_bytes())
    };
    if !is(header::HOST, &room.host) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let path = request.uri().path();
    let asked = request.uri().query().unwrap_or_default();
    let knows_token = asked
        .split('&')
        .any(|pair| pair == format!("token={}", room.token));
    let origin = headers
        .get(header::ORIGIN)
        .is_none_or(|_| is(header::ORIGIN, &format!("http://{}", room.host)));
    let answer = match path {
        "/call" if !is(header::ORIGIN, &format!("http://{}", room.host)) => {
            StatusCode::FORBIDDEN.into_response()
        }
        "/call" | "/changed" if !knows_token || !origin => StatusCode::FORBIDDEN.into_response(),
        _page => next.run(request).await,
    };
    let mut answer = answer;
    if let Ok(policy) = HeaderValue::from_str(&room.policy) {
        answer
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

#[derive(Deserialize)]
struct Call {
    name: String,
    args: Value,
}

async fn call(State(room): State<Arc<Room>>, Json(call): Json<Call>) -> Response {
    match surface::call(&room.desk, &call.name, call.args).await {
        Ok(value) => Json(value).into_response(),
        Err(refusal) => (StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)).into_response(),
    }
}

async fn changed(
    State(room): State<Arc<Room>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let heard = room.recorder.changed.subscribe();
    Sse::new(futures::stream::unfold(heard, |mut heard| async move {
        let topics = match heard.recv().await {
            Ok(topics) => topics,
            // Whoever lags behind asks for everything again.
            Err(broadcast::error::RecvError::Lagged(_)) => vec![
                Topic::Overview,
                Topic::Addresses,
                Topic::Services,
                Topic::Accounts,
                Topic::Incidents,
                Topic::Settings,
                Topic::Dragged,
            ],
            Err(broadcast::error::RecvError::Closed) => return None,
        };
        let event = Event::default().json_data(topics).unwrap_or_default();
        Some((Ok(event), heard))
    }))
}

async fn file(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path == "favicon.ico" {
        // A browser asks for it by itself; a window does not.
        return StatusCode::NO_CONTENT.into_response();
    }
    if path == "bridge.js" {
        return content("js", STAND_IN.as_bytes().to_vec());
    }
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    if !path
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Ok(bytes) = std::fs::read(place::page().join(path)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    if ending != "html" {
        return content(ending, bytes);
    }
    let page = String::from_utf8_lossy(&bytes).replacen(
        "<head>",
        "<head><script src=\"/bridge.js\"></script>",
        1,
    );
    content(ending, page.into_bytes())
}

fn content(ending: &str, bytes: Vec<u8>) -> Response {
    let kind = match ending {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _other => "application/octet-stream",
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    (headers, bytes).into_response()
}

/// The window's own content policy, in which only the channel is another.
fn policy() -> Result<String> {
    let file = std::fs::read_to_string(place::checkout().join("src-tauri/tauri.conf.json"))?;
    let config: Value = serde_json::from_str(&file)?;
    let policy = config
        .pointer("/app/security/csp")
        .and_then(Value::as_str)
        .context("the window has a content policy")?;
    Ok(policy.replace(
        "connect-src ipc: http://ipc.localhost",
        "connect-src 'self'",
    ))
}

/// 16 bytes from the system's source of chance, as hexadecimal digits.
fn token() -> Result<String> {
    use std::fmt::Write;
    use std::io::Read;
    let mut bytes = [0_u8; 16];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    let mut text = String::new();
    for byte in bytes {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}
