//! The one socket on which anything is ever heard: the browser's way back (RFC 8252, 7.3). It
//! listens on 127.0.0.1 and a free port while a sign-in goes on, takes one answer, and is gone.

use super::grant::error_word;
use crate::secret::Secret;
use crate::words::Words;
use anyhow::Result;
use reqwest::Url;
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// How long one request may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the browser may take to read the page.
const READING: Duration = Duration::from_secs(2);
/// Most bytes of a request.
const REQUEST_LIMIT: usize = 16 << 10;
/// Most requests heard at the same time; a browser opens a few that it never uses.
const AT_ONCE: usize = 32;

/// What the provider's page sent the browser back with.
pub(super) enum Said {
    /// A code to be exchanged.
    Code(Secret),
    /// The user or an administrator said no.
    Denied,
    /// The provider refused; its code.
    Failed(String),
}

/// A listening socket.
pub(super) struct Redirect {
    listener: TcpListener,
    port: u16,
}

impl Redirect {
    /// Listens on a free port of this PC.
    ///
    /// # Errors
    /// Those of the system.
    pub(super) async fn listen() -> Result<Redirect> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        Ok(Redirect { listener, port })
    }

    /// Where the browser is sent back to.
    pub(super) fn address(&self) -> String {
        format!("http://{}", self.host())
    }

    /// Waits for the answer that belongs to `state`. Whatever else is heard (a picture for the
    /// tab, a stranger's guess) is turned away and changes nothing.
    ///
    /// # Errors
    /// Those of the socket.
    pub(super) async fn answer(self, state: &str, words: &Words) -> Result<Said> {
        let mut hearing = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => {
                    let (stream, _) = accepted?;
                    if hearing.len() < AT_ONCE {
                        hearing.spawn(heard(stream));
                    }
                }
                Some(heard) = hearing.join_next() => {
                    let Ok(Some((stream, request))) = heard else {
                        continue;
                    };
                    let verdict = judge(&request, &self.host(), state);
                    // The browser reads its page while the sign-in goes on.
                    tokio::spawn(show(stream, page(&verdict, words)));
                    if let Verdict::Said(said) = verdict {
                        return Ok(said);
                    }
                }
            }
        }
    }

    fn host(&self) -> String {
        format!("{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }
}

/// What a request is.
enum Verdict {
    /// The answer that was waited for.
    Said(Said),
    /// An answer to something else.
    Foreign,
    /// Nothing that there is.
    NotThere,
}

/// The head of a request; `None` for what is none.
async fn heard(mut stream: TcpStream) -> Option<(TcpStream, String)> {
    let mut head = Vec::new();
    let reading = async {
        while !head.windows(4).any(|end| end == b"\r\n\r\n") {
            if stream.read_buf(&mut head).await.ok()? == 0 || head.len() > REQUEST_LIMIT {
                return None;
            }
        }
        String::from_utf8(head).ok()
    };
    let head = tokio::time::timeout(PATIENCE, reading).await.ok()??;
    Some((stream, head))
}

fn judge(head: &str, host: &str, state: &str) -> Verdict {
    let mut lines = head.split("\r\n");
    let Some(("GET", rest)) = lines.next().and_then(|line| line.split_once(' ')) else {
        return Verdict::NotThere;
    };
    let target = rest.split(' ').next().unwrap_or_default();
    if !target.starts_with("/?") {
        return Verdict::NotThere;
    }
    // Whoever asks by another name was sent here by that name's owner.
    let named = lines.any(|line| {
        line.split_once(':')
            .is_some_and(|(name, value)| name.eq_ignore_ascii_case("host") && value.trim() == host)
    });
    let Some(url) = Url::parse(&format!("http://{host}{target}"))
        .ok()
        .filter(|_| named)
    else {
        return Verdict::Foreign;
    };
    let one = |wanted: &str| -> Option<String> {
        let mut values = url.query_pairs().filter(|(name, _)| name == wanted);
        let value = values.next()?.1.into_owned();
        // Said twice is not said (RFC 6749, 3.1).
        values.next().is_none().then_some(value)
    };
    if one("state").as_deref() != Some(state) {
        return Verdict::Foreign;
    }
    Verdict::Said(match (one("error").as_deref(), one("code")) {
        (Some("access_denied" | "consent_required"), _) => Said::Denied,
        (Some(error), _) => Said::Failed(error_word(error)),
        (None, Some(code)) if !code.is_empty() => Said::Code(Secret(code)),
        (None, Some(_) | None) => Said::Failed(error_word("no code")),
    })
}

/// A small page in the user's language. Every text comes from the catalogue; nothing of the
/// request is repeated.
fn page(verdict: &Verdict, words: &Words) -> String {
    let (status, text) = match verdict {
        Verdict::Said(Said::Code(_)) => ("200 OK", words.say("sign_in.page_done")),
        Verdict::Said(Said::Denied) => ("200 OK", words.say("sign_in.page_denied")),
        Verdict::Said(Said::Failed(_)) => ("200 OK", words.say("sign_in.page_failed")),
        Verdict::Foreign => ("400 Bad Request", words.say("sign_in.page_foreign")),
        Verdict::NotThere => ("404 Not Found", String::new()),
    };
    let lang = words.lang().code();
    let body = format!(
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\"><title>Atesaki</title>\
         <style>body{{font:1.1rem/1.6 system-ui,sans-serif;margin:15vh auto;max-width:34rem;padding:0 1rem;color-scheme:light dark}}</style>\
         <h1>Atesaki</h1><p>{text}</p></html>"
    );
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n\
         Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Gives the page to the browser; one that does not read it has seen enough.
async fn show(mut stream: TcpStream, page: String) {
    let reading = async {
        stream.write_all(page.as_bytes()).await?;
        stream.shutdown().await?;
        // Closing before the other side has read would tear the page away.
        let mut rest = [0; 512];
        while stream.read(&mut rest).await? > 0 {}
        std::io::Result::Ok(())
    };
    if let Ok(Err(error)) = tokio::time::timeout(READING, reading).await {
        tracing::debug!("the browser did not read the page: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "127.0.0.1:4711";

    fn check(head: &str, want: &str) {
        let said = match judge(head, HOST, "right") {
            Verdict::Said(Said::Code(code)) => format!("code {}", code.0),
            Verdict::Said(Said::Denied) => "denied".into(),
            Verdict::Said(Said::Failed(why)) => format!("failed {why}"),
            Verdict::Foreign => "foreign".into(),
            Verdict::NotThere => "not there".into(),
        };
        assert_eq!(said, want, "{head}");
    }

    fn get(target: &str) -> String {
        format!("GET {target} HTTP/1.1\r\nAccept: */*\r\nhost: {HOST}\r\n\r\n")
    }

    #[test]
    fn takes_the_answer_that_belongs_to_the_sign_in_and_no_other() {
        for (target, want) in [
            ("/?code=a%2Fb&state=right&scope=x", "code a/b"),
            ("/?state=right&error=access_denied", "denied"),
            ("/?state=right&error=access_denied&code=a", "denied"),
            ("/?state=right&error=server_error", "failed server_error"),
            ("/?state=right&error=%3Cscript%3E", "failed script"),
            ("/?state=right", "failed nocode"),
            ("/?state=right&code=", "failed nocode"),
            ("/?state=right&code=a&code=b", "failed nocode"),
            ("/?code=a&state=wrong", "foreign"),
            ("/?code=a", "foreign"),
            ("/?code=a&state=right&state=right", "foreign"),
            ("/?error=access_denied&state=wrong", "foreign"),
            ("/favicon.ico", "not there"),
            ("/", "not there"),
            ("/other?code=a&state=right", "not there"),
        ] {
            check(&get(target), want);
        }
        check(
            &get("/?code=a&state=right").replace("GET", "POST"),
            "not there",
        );
        check(
            &get("/?code=a&state=right").replace(HOST, "rebound.example.org:4711"),
            "foreign",
        );
        check("", "not there");
    }
}
