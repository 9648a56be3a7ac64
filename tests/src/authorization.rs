//! An authorization server on loopback with the documented shapes: a page (RFC 6749, 4.1.1), a
//! token endpoint with PKCE (RFC 7636), introspection for the mail server (RFC 7662) and
//! revocation (RFC 7009). Everything it gives out begins with [`MARK`], so that a test can look
//! for it where it must not be.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

/// How every code and token begins.
pub const MARK: &str = "made-up-";
/// The registration of this program.
pub const CLIENT: &str = "example-client";
/// What is asked for.
pub const SCOPE: &str = "https://mail.example.org/imap offline_access";

/// A running server; it ends with its runtime.
pub struct Authorization {
    port: u16,
    desk: Arc<Mutex<Desk>>,
}

/// What the server knows and how it behaves.
#[derive(Default)]
pub struct Desk {
    /// The login name whose mail its tokens open.
    pub user: String,
    /// An error that the page sends the browser back with, in place of a code.
    pub refuses: Option<&'static str>,
    /// Whether a refresh brings a new refresh token and ends the old one.
    pub rotates: bool,
    /// How long access tokens are said to live, in seconds.
    pub lives: i64,
    /// What the token endpoint answers before it works again: status and Retry-After.
    pub troubles: VecDeque<(u16, &'static str)>,
    /// Forms that the token endpoint was sent.
    pub asked: Vec<BTreeMap<String, String>>,
    /// Tokens that were taken back.
    pub revoked: Vec<String>,
    codes: BTreeMap<String, Issued>,
    access: BTreeSet<String>,
    refresh: BTreeSet<String>,
    count: u32,
}

struct Issued {
    challenge: String,
    redirect: String,
}

impl Desk {
    /// Ends every access token, as time does.
    pub fn end_access(&mut self) {
        self.access.clear();
    }

    /// Ends every refresh token, as the user does at the provider.
    pub fn end_refresh(&mut self) {
        self.refresh.clear();
    }

    /// How often an access token was renewed, with success or without.
    pub fn renewals(&self) -> usize {
        let kind = |form: &&BTreeMap<String, String>| form["grant_type"] == "refresh_token";
        self.asked.iter().filter(kind).count()
    }

    fn named(&mut self, kind: &str) -> String {
        self.count += 1;
        format!("{MARK}{kind}-{}", self.count)
    }

    fn tokens(&mut self, keep: Option<&str>) -> Value {
        let access = self.named("access");
        self.access.insert(access.clone());
        let mut answer = json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": self.lives,
            "scope": SCOPE.split(' ').next(),
        });
        if keep.is_none() || self.rotates {
            if let Some(old) = keep {
                self.refresh.remove(old);
            }
            let refresh = self.named("refresh");
            self.refresh.insert(refresh.clone());
            answer["refresh_token"] = refresh.into();
        }
        answer
    }
}

type Shared = State<Arc<Mutex<Desk>>>;

impl Authorization {
    /// Listens on a free port and lets a user in.
    pub async fn start(user: &str) -> Authorization {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let port = listener.local_addr().unwrap().port();
        let desk = Arc::new(Mutex::new(Desk {
            user: user.to_owned(),
            lives: 3600,
            ..Desk::default()
        }));
        let app = Router::new()
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/introspect", post(introspect))
            .route("/revoke", post(revoke))
            .with_state(Arc::clone(&desk));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Authorization { port, desk }
    }

    /// What it knows and how it behaves.
    pub fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap()
    }

    /// Where the mail server asks about a token.
    pub fn introspection(&self) -> String {
        format!("http://127.0.0.1:{}/introspect", self.port)
    }

    /// How a program is told of it, as JSON.
    pub fn description(&self) -> String {
        let at = |path: &str| format!("http://127.0.0.1:{}/{path}", self.port);
        json!({
            "client_id": CLIENT,
            "authorization": at("authorize"),
            "token": at("token"),
            "revocation": at("revoke"),
            "scope": SCOPE,
        })
        .to_string()
    }
}

async fn authorize(State(desk): Shared, RawQuery(query): RawQuery) -> Response {
    let asked = pairs(&query.unwrap_or_default());
    let of = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let redirect = of("redirect_uri");
    let fits = of("client_id") == CLIENT
        && of("response_type") == "code"
        && of("scope") == SCOPE
        && of("code_challenge_method") == "S256"
        && redirect.starts_with("http://127.0.0.1:");
    if !fits {
        return (StatusCode::BAD_REQUEST, format!("{asked:?}")).into_response();
    }
    let mut desk = desk.lock().unwrap();
    let mut back = url::Url::parse(&redirect).unwrap();
    let (name, value) = match desk.refuses {
        Some(error) => ("error", error.to_owned()),
        None => {
            let code = desk.named("code");
            let issued = Issued {
                challenge: of("code_challenge"),
                redirect,
            };
            desk.codes.insert(code.clone(), issued);
            ("code", code)
        }
    };
    back.query_pairs_mut().append_pair(name, &value);
    back.query_pairs_mut().append_pair("state", &of("state"));
    (StatusCode::FOUND, [(header::LOCATION, back.to_string())]).into_response()
}

async fn token(State(desk): Shared, body: String) -> Response {
    let form = pairs(&body);
    let of = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let mut desk = desk.lock().unwrap();
    desk.asked.push(form.clone());
    if let Some((status, wait)) = desk.troubles.pop_front() {
        let status = StatusCode::from_u16(status).unwrap();
        return (status, [(header::RETRY_AFTER, wait)], "busy").into_response();
    }
    if of("client_id") != CLIENT {
        return refused("invalid_client");
    }
    let answer = match of("grant_type") {
        "authorization_code" => {
            // A code is good for one use, and only for whoever asked for it.
            let issued = desk.codes.remove(of("code"));
            let fits = issued.is_some_and(|issued| {
                issued.redirect == of("redirect_uri")
                    && issued.challenge == challenge(of("code_verifier"))
            });
            if !fits {
                return refused("invalid_grant");
            }
            desk.tokens(None)
        }
        "refresh_token" if desk.refresh.contains(of("refresh_token")) => {
            desk.tokens(Some(of("refresh_token")))
        }
        "refresh_token" => return refused("invalid_grant"),
        _ => return refused("unsupported_grant_type"),
    };
    json_of(StatusCode::OK, &answer)
}

async fn introspect(State(desk): Shared, body: String) -> Response {
    let desk = desk.lock().unwrap();
    let known = pairs(&body)
        .get("token")
        .is_some_and(|token| desk.access.contains(token));
    let answer = if known {
        json!({ "active": true, "username": desk.user, "scope": SCOPE })
    } else {
        json!({ "active": false })
    };
    json_of(StatusCode::OK, &answer)
}

async fn revoke(State(desk): Shared, body: String) -> StatusCode {
    let token = pairs(&body).remove("token").unwrap_or_default();
    let mut desk = desk.lock().unwrap();
    desk.refresh.remove(&token);
    desk.revoked.push(token);
    StatusCode::OK
}

fn refused(error: &str) -> Response {
    // Descriptions are for developers; this one holds what must reach nobody.
    let description = format!("{MARK}description");
    let answer = json!({ "error": error, "error_description": description });
    json_of(StatusCode::BAD_REQUEST, &answer)
}

fn json_of(status: StatusCode, value: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, value.to_string()).into_response()
}

fn pairs(text: &str) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect()
}

fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

/// What a browser shows at the end of an address, with the status of the last page.
///
/// # Errors
/// When nobody answers.
pub async fn visit(address: &str) -> anyhow::Result<(u16, String)> {
    let answer = client(10).get(address).send().await?;
    Ok((answer.status().as_u16(), answer.text().await?))
}

/// Where the provider's page sends the browser back to, without going there.
///
/// # Errors
/// When nobody answers, or the page does not send it back.
pub async fn way_back(address: &str) -> anyhow::Result<url::Url> {
    let answer = client(0).get(address).send().await?;
    let location = answer
        .headers()
        .get(header::LOCATION)
        .ok_or_else(|| anyhow::anyhow!("no way back: {}", answer.status()))?;
    Ok(url::Url::parse(location.to_str()?)?)
}

fn client(redirects: usize) -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(if redirects == 0 {
            reqwest::redirect::Policy::none()
        } else {
            reqwest::redirect::Policy::limited(redirects)
        })
        .build()
        .unwrap()
}
