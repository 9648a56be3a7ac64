//! A name server (RFC 1035) and a web server on loopback, for programs that look up how a mailbox
//! is reached. Both remember every question, so that a test can say what was given away.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use monitor::discovery::Places;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::{TcpListener, UdpSocket};

/// What the name server knows: data by name (in small letters, without the last dot) and type.
pub type Records = BTreeMap<(&'static str, u16), Vec<Vec<u8>>>;
/// What the web server answers at a path.
pub type Pages = BTreeMap<&'static str, Page>;

/// Type of SRV records.
pub const SRV: u16 = 33;
/// Type of MX records.
pub const MX: u16 = 15;

/// An answer of the web server.
#[derive(Clone, Debug)]
pub enum Page {
    /// This document.
    Text(String),
    /// This status and nothing else.
    Status(u16),
    /// Go there instead.
    Redirect(String),
    /// More bytes than anybody wants.
    Endless,
}

/// Both servers; they end with their runtime.
pub struct Directory {
    names: SocketAddr,
    web: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

struct Web {
    pages: Pages,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Directory {
    /// Starts both.
    pub async fn start(records: Records, pages: Pages) -> Directory {
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let socket = UdpSocket::bind(("127.0.0.1", 0)).await.unwrap();
        let names = socket.local_addr().unwrap();
        let heard = Arc::clone(&asked);
        tokio::spawn(async move {
            let mut packet = [0; 1500];
            while let Ok((length, from)) = socket.recv_from(&mut packet).await {
                let answer = answer(&packet[..length], &records, &heard);
                socket.send_to(&answer, from).await.unwrap();
            }
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let web = listener.local_addr().unwrap();
        let asked_there = Arc::clone(&asked);
        let state = Web {
            pages,
            asked: asked_there,
        };
        let app = Router::new().fallback(page).with_state(Arc::new(state));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Directory { names, web, asked }
    }

    /// The places to ask, as a program is told: the domain's own description lies at
    /// `/own/DOMAIN`, the public list at `/list/DOMAIN`.
    pub fn places(&self) -> Places {
        Places::of(|name| {
            let variables = self.variables();
            variables
                .into_iter()
                .find(|(n, _)| *n == name)
                .map(|(_, value)| value)
        })
    }

    /// The same as variables of the environment.
    pub fn variables(&self) -> [(&'static str, String); 3] {
        [
            (
                "ATESAKI_AUTOCONFIG",
                format!("http://{}/own/{{domain}}", self.web),
            ),
            (
                "ATESAKI_AUTOCONFIG_LIST",
                format!("http://{}/list/{{domain}}", self.web),
            ),
            ("ATESAKI_NAME_SERVER", self.names.to_string()),
        ]
    }

    /// Every question so far, in order: `SRV name`, `MX name`, `GET /path`.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Data of an SRV record.
pub fn srv(priority: u16, weight: u16, port: u16, target: &str) -> Vec<u8> {
    let mut data = [priority, weight, port].map(u16::to_be_bytes).concat();
    data.extend(labels(target));
    data
}

/// Data of an MX record.
pub fn mx(preference: u16, host: &str) -> Vec<u8> {
    let mut data = preference.to_be_bytes().to_vec();
    data.extend(labels(host));
    data
}

fn labels(name: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for label in name.split('.').filter(|label| !label.is_empty()) {
        out.push(u8::try_from(label.len()).unwrap());
        out.extend(label.as_bytes());
    }
    out.push(0);
    out
}

fn answer(packet: &[u8], records: &Records, asked: &Mutex<Vec<String>>) -> Vec<u8> {
    let (mut at, mut name) = (12, Vec::new());
    while packet[at] != 0 {
        let length = usize::from(packet[at]);
        name.push(String::from_utf8_lossy(&packet[at + 1..at + 1 + length]).to_ascii_lowercase());
        at += 1 + length;
    }
    let (name, question) = (name.join("."), &packet[12..at + 5]);
    let kind = u16::from_be_bytes([packet[at + 1], packet[at + 2]]);
    let word = match kind {
        SRV => "SRV",
        MX => "MX",
        _ => "other",
    };
    asked.lock().unwrap().push(format!("{word} {name}"));
    let found = records
        .iter()
        .find(|((of, its), _)| *of == name && *its == kind);
    let found = found.map(|(_, data)| data.as_slice()).unwrap_or_default();
    let mut out = packet[..2].to_vec();
    // A response, recursion available; NXDOMAIN where there is nothing.
    out.extend([0x81, if found.is_empty() { 0x83 } else { 0x80 }]);
    let count = u16::try_from(found.len()).unwrap();
    out.extend([1_u16, count, 0, 0].map(u16::to_be_bytes).concat());
    out.extend(question);
    for data in found {
        out.extend([0xC0, 0x0C]);
        out.extend([kind, 1].map(u16::to_be_bytes).concat());
        out.extend(60_u32.to_be_bytes());
        out.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        out.extend(data);
    }
    out
}

async fn page(State(web): State<Arc<Web>>, uri: Uri, headers: HeaderMap) -> Response {
    let mut asked = web.asked.lock().unwrap();
    asked.push(format!("GET {uri}"));
    asked.extend(
        headers
            .iter()
            .map(|(name, value)| format!("  {name}: {value:?}")),
    );
    match web.pages.get(uri.path()) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(Page::Text(text)) => text.clone().into_response(),
        Some(Page::Status(status)) => StatusCode::from_u16(*status).unwrap().into_response(),
        Some(Page::Redirect(to)) => Redirect::temporary(to).into_response(),
        Some(Page::Endless) => vec![b'<'; 64 << 20].into_response(),
    }
}
