//! Signing in: with a password that is never shown, and on a provider's page. On a real Dovecot
//! that asks a local authorization server about every token.

use acceptance::authorization::{Authorization, MARK, SCOPE, visit, way_back};
use acceptance::dovecot::{Abilities, Dovecot, LOGIN, LetsIn, PASSWORD};
use acceptance::keyring::Keyring;
use acceptance::scripted_imap::{ScriptedImap, Step};
use acceptance::terminal::Terminal;
use acceptance::watcher::{Heard, open};
use acceptance::wire::Wire;
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use exposure::Security;
use monitor::actor::Change;
use monitor::fault::{self, Code};
use monitor::mailbox::{self, Credential, Login, Secret, Trust};
use monitor::oauth::{self, Tokens};
use monitor::store::{Entry, NewAccount, SignIn};
use monitor::vault::Memory;
use monitor::{Handle, Keep, Lang, Vault, Words, view};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

const ADDRESS: &str = "ada@example.org";
const PROVIDER: &str = "example";
const NOW: &str = "2026-06-20T20:00:00Z";
/// Later than any token of an hour lives.
const LATER: &str = "2026-06-20T22:00:00Z";

/// A monitor on a fresh ledger, a mail server and the authorization server that it asks.
struct Place {
    home: tempfile::TempDir,
    vault: Arc<Memory>,
    handle: Handle,
    provider: Authorization,
    mail: Dovecot,
}

impl Place {
    async fn start(mechanisms: &'static str) -> Result<Place> {
        let provider = Authorization::start(LOGIN).await;
        let lets_in = LetsIn::Token {
            introspection: provider.introspection(),
            mechanisms,
        };
        let mail = Dovecot::letting_in(Abilities::All, &lets_in);
        for number in 0..3 {
            mail.deliver(
                "INBOX",
                1_780_000_000 + number * 3600,
                number,
                &letter(number),
            );
        }
        let home = tempfile::tempdir()?;
        let vault = Arc::new(Memory::default());
        let handle = open(home.path(), NOW, vault.clone(), Arc::new(Heard::default()))?;
        let setting = oauth::configured_with(None, PROVIDER, &provider.description())?;
        handle
            .change(Change::Setting(oauth::SETTING, Some(setting)))
            .await?;
        Ok(Place {
            home,
            vault,
            handle,
            provider,
            mail,
        })
    }

    /// The account, entered with a sign-in, by the port of the mail server or of a wire to it.
    fn account(&self, at: u16) -> NewAccount {
        let mut account = self.mail.account(ADDRESS);
        if let Entry::Imap { sign_in, port, .. } = &mut account.entry {
            *sign_in = SignIn::Provider(PROVIDER.to_owned());
            *port = at;
        }
        account
    }

    async fn add(&self, open: &oauth::Opener) -> Result<()> {
        let account = self.account(self.mail.port());
        self.handle
            .add_account_signed_in(account, Keep::Memory, Vec::new(), open)
            .await
            .map(drop)
    }

    /// The same ledger and vault at another hour.
    fn reopened(self, now: &str) -> Result<Place> {
        self.handle.close();
        let vault = Arc::clone(&self.vault);
        let handle = open(self.home.path(), now, vault, Arc::new(Heard::default()))?;
        Ok(Place { handle, ..self })
    }

    /// How many messages a scan added.
    async fn scan(&self) -> Result<u64> {
        let results = self.handle.scan(&[], &|_, _| {}).await?;
        let result = results.first().context("one account")?;
        match &result.fault {
            Some(fault) => Err(fault.clone().into()),
            None => Ok(result.recorded.messages_new),
        }
    }

    fn kept(&self) -> Result<Option<Tokens>> {
        let secret = self.vault.password(ADDRESS)?;
        Ok(secret.as_ref().and_then(Tokens::of_secret))
    }

    fn state(&self) -> Result<String> {
        let picture = self.handle.picture()?;
        let rows = view::accounts(&picture, self.handle.words(), &self.handle.activity());
        Ok(rows.first().context("one account")?.state.clone())
    }
}

/// A made-up message.
fn letter(number: u64) -> String {
    format!(
        "Return-Path: <shop@example.net>\nMessage-ID: <{number}@example.net>\nDate: Thu, 28 May 2026 20:26:40 +0000\n\
         From: Example Shop <shop@example.net>\nTo: <ada@example.org>\nSubject: Letter {number}\n\nMade up.\n"
    )
}

/// A browser whose user allows everything; what it showed last is kept.
fn browser(shown: &Arc<Mutex<String>>) -> impl Fn(&str) -> Result<()> + Send + Sync + use<> {
    let shown = Arc::clone(shown);
    move |address: &str| {
        let (address, shown) = (address.to_owned(), Arc::clone(&shown));
        tokio::spawn(async move {
            let (_, page) = visit(&address).await.unwrap();
            *shown.lock().unwrap() = page;
        });
        Ok(())
    }
}

fn willing() -> impl Fn(&str) -> Result<()> + Send + Sync {
    browser(&Arc::default())
}

/// The code of an error that holds nothing of what was given out.
fn code<T>(outcome: Result<T>) -> Option<Code> {
    outcome.err().map(|error| {
        let fault = fault::of(&error);
        let shown = format!("{error:?} {error:#} {fault:?}");
        assert!(!shown.contains(MARK), "an error holds no secret: {shown}");
        fault.code
    })
}

/// Holds that no file of a folder has a token or a code in it.
fn nothing_given_out_lies_in(folder: &Path) -> Result<()> {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            let bytes = std::fs::read(&path)?;
            let found = bytes
                .windows(MARK.len())
                .any(|part| part == MARK.as_bytes());
            assert!(!found, "{} holds a secret", path.display());
            seen += 1;
        }
    }
    anyhow::ensure!(seen > 0, "there are files to look into");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn signs_in_with_the_browser_and_reads_mail_by_either_mechanism() -> Result<()> {
    for mechanisms in ["oauthbearer", "xoauth2", "xoauth2 oauthbearer"] {
        let place = Place::start(mechanisms).await?;
        let shown = Arc::new(Mutex::new(String::new()));
        place.add(&browser(&shown)).await?;
        assert_eq!(
            place.scan().await?,
            3,
            "{mechanisms}: every message is read"
        );
        let kept = place.kept()?.context("the sign-in is in the vault")?;
        assert!(kept.access.is_some() && kept.refresh.is_some());
        assert_eq!(
            kept.expires_at,
            Some(NOW.parse::<jiff::Timestamp>()?.as_second() + 3600),
            "an hour from now"
        );
        let page = shown.lock().unwrap().clone();
        assert!(
            page.contains(&Words::of(Lang::En).say("sign_in.page_done")),
            "the browser says that it is done: {page}"
        );
        assert_eq!(
            place.provider.desk().renewals(),
            0,
            "a fresh token needs no renewal"
        );
        let account = place.handle.read(|store| store.account(ADDRESS))?;
        assert!(
            !format!("{account:?}{kept:?}").contains(MARK),
            "what is printed for a developer holds no token"
        );
        place.handle.close();
        nothing_given_out_lies_in(place.home.path())?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn takes_one_answer_and_only_the_one_that_belongs_to_it() -> Result<()> {
    let place = Place::start("xoauth2").await?;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let open = {
        let seen = Arc::clone(&seen);
        move |address: &str| {
            let (address, seen) = (address.to_owned(), Arc::clone(&seen));
            tokio::spawn(async move {
                let right = way_back(&address).await.unwrap();
                let mut forged = right.clone();
                forged
                    .query_pairs_mut()
                    .clear()
                    .append_pair("code", "somebody-elses-code")
                    .append_pair("state", "somebody-elses-state");
                let mut picture = right.clone();
                picture.set_path("/favicon.ico");
                for address in [forged, picture, right] {
                    let status = visit(address.as_str()).await.map(|(status, _)| status).ok();
                    seen.lock().unwrap().push((address, status));
                }
            });
            Ok(())
        }
    };
    place.add(&open).await?;
    let exchanged: Vec<String> = place
        .provider
        .desk()
        .asked
        .iter()
        .map(|form| form["code"].clone())
        .collect();
    assert_eq!(exchanged.len(), 1, "one code is exchanged");
    assert!(
        exchanged[0].starts_with(MARK),
        "and it is not the stranger's: {exchanged:?}"
    );
    let seen = seen.lock().unwrap().clone();
    assert_eq!((seen[0].1, seen[1].1), (Some(400), Some(404)));
    let again = visit(seen[2].0.as_str()).await;
    assert!(again.is_err(), "a second redirect finds nobody: {again:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_somebody_else_asked_for_opens_nothing() -> Result<()> {
    let place = Place::start("xoauth2").await?;
    // The state was overheard; the code is the stranger's own, for a challenge of their own.
    let open = |address: &str| {
        let address = address.to_owned();
        tokio::spawn(async move {
            let mut strangers = url::Url::parse(&address).unwrap();
            let pairs: Vec<(String, String)> = strangers
                .query_pairs()
                .map(|(name, value)| match name.as_ref() {
                    "code_challenge" => (name.into_owned(), "x".repeat(43)),
                    _ => (name.into_owned(), value.into_owned()),
                })
                .collect();
            strangers.query_pairs_mut().clear().extend_pairs(pairs);
            visit(strangers.as_str()).await
        });
        Ok(())
    };
    assert_eq!(code(place.add(&open).await), Some(Code::SignInFailed));
    assert_eq!(place.kept()?, None, "nothing is kept");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn says_in_words_what_the_page_refused() -> Result<()> {
    let place = Place::start("xoauth2").await?;
    for (error, want, page) in [
        ("access_denied", Code::SignInDenied, "sign_in.page_denied"),
        ("server_error", Code::SignInFailed, "sign_in.page_failed"),
    ] {
        place.provider.desk().refuses = Some(error);
        let shown = Arc::new(Mutex::new(String::new()));
        assert_eq!(
            code(place.add(&browser(&shown)).await),
            Some(want),
            "{error}"
        );
        acceptance::child::wait_until("a page", std::time::Duration::from_secs(5), || {
            (!shown.lock().unwrap().is_empty()).then_some(())
        })?;
        let shown = shown.lock().unwrap().clone();
        assert!(shown.contains(&Words::of(Lang::En).say(page)), "{shown}");
    }
    let accounts = place.handle.read(monitor::store::Store::accounts)?;
    assert_eq!(accounts, [], "nothing was recorded");
    assert!(
        place.provider.desk().asked.is_empty(),
        "and nothing was exchanged"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_takes_no_token_leaves_nothing_behind() -> Result<()> {
    let place = Place::start("xoauth2").await?;
    place.provider.desk().user = "somebody-else".into();
    assert_eq!(
        code(place.add(&willing()).await),
        Some(Code::TokenRefused),
        "the sign-in is somebody else's"
    );
    assert_eq!(place.kept()?, None, "nothing is kept");
    assert_eq!(
        place.provider.desk().revoked.len(),
        1,
        "and it is taken back at the provider"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn renews_a_token_before_it_ends_and_keeps_the_refresh_token_that_came_with_it() -> Result<()>
{
    let place = Place::start("oauthbearer").await?;
    place.provider.desk().rotates = true;
    place.add(&willing()).await?;
    let first = place.kept()?.context("kept")?;
    place.scan().await?;
    let place = place.reopened(LATER)?;
    place.scan().await?;
    assert_eq!(place.provider.desk().renewals(), 1, "before it was refused");
    let second = place.kept()?.context("kept")?;
    assert_ne!(first.refresh, second.refresh, "the new one is kept");
    assert_ne!(first.access, second.access);
    place.scan().await?;
    assert_eq!(place.provider.desk().renewals(), 1, "and lives for an hour");
    // The old one is void: had it been shown again, the sign-in would be over.
    let place = place.reopened("2026-06-21T20:00:00Z")?;
    place.scan().await?;
    assert_eq!(place.provider.desk().renewals(), 2);
    place.handle.close();
    nothing_given_out_lies_in(place.home.path())
}

#[tokio::test(flavor = "multi_thread")]
async fn renews_once_when_the_server_refuses_a_token_that_should_live() -> Result<()> {
    let place = Place::start("xoauth2 oauthbearer").await?;
    place.add(&willing()).await?;
    place.provider.desk().end_access();
    assert_eq!(place.scan().await?, 3, "a refused token is renewed");
    assert_eq!(place.provider.desk().renewals(), 1);
    place.provider.desk().end_access();
    place.handle.test_account(ADDRESS).await?;
    assert_eq!(place.provider.desk().renewals(), 2, "for a test too");
    // A fresh one that is refused has another reason.
    place.provider.desk().user = "somebody-else".into();
    assert_eq!(code(place.scan().await), Some(Code::TokenRefused));
    assert_eq!(place.provider.desk().renewals(), 3, "once, and no more");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn asks_to_sign_in_again_when_the_refresh_token_has_died() -> Result<()> {
    let place = Place::start("xoauth2").await?;
    place.add(&willing()).await?;
    place.scan().await?;
    place.provider.desk().end_access();
    place.provider.desk().end_refresh();
    assert_eq!(code(place.scan().await), Some(Code::SignInAgain));
    assert_eq!(
        place.state()?,
        Words::of(Lang::En).say("account.sign_in_again")
    );
    let account = place.handle.read(|store| store.account(ADDRESS))?;
    let fault = account.fault.context("the fault is recorded")?;
    assert!(
        fault.contains("sign_in_again") && !fault.contains(MARK),
        "{fault}"
    );

    // Whoever says no keeps what was there, and the state.
    place.provider.desk().refuses = Some("access_denied");
    let again = place
        .handle
        .sign_in_again(ADDRESS, Keep::Memory, &willing())
        .await;
    assert_eq!(code(again), Some(Code::SignInDenied));
    assert!(place.kept()?.is_some());

    place.provider.desk().refuses = None;
    place
        .handle
        .sign_in_again(ADDRESS, Keep::Memory, &willing())
        .await?;
    assert_ne!(
        place.state()?,
        Words::of(Lang::En).say("account.sign_in_again"),
        "the state is over before the next reading"
    );
    assert_eq!(place.scan().await?, 0, "and reading goes on");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn waits_for_a_provider_that_is_busy_and_gives_up_in_the_end() -> Result<()> {
    let place = Place::start("xoauth2").await?;
    place.provider.desk().troubles = [(429, "0"), (503, "0"), (500, "0")].into();
    place.add(&willing()).await?;
    assert_eq!(place.provider.desk().asked.len(), 4, "the fourth try works");
    assert_eq!(place.scan().await?, 3);

    place.provider.desk().end_access();
    place.provider.desk().troubles = [(503, "0"); 9].into();
    assert_eq!(code(place.scan().await), Some(Code::SignInUnavailable));
    assert_eq!(
        place.provider.desk().troubles.len(),
        5,
        "four tries, and the next reading tries again"
    );
    place.provider.desk().troubles.clear();
    place.scan().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn goes_on_when_the_token_ends_in_the_middle_of_a_reading() -> Result<()> {
    let place = Place::start("oauthbearer").await?;
    for number in 10..1500 {
        place
            .mail
            .deliver("INBOX", 1_780_000_000 + number, number, &letter(number));
    }
    // The server hangs up, as it does when the token ends that opened the connection.
    let desk = Arc::new(place.provider);
    let ending = Arc::clone(&desk);
    let cut = move || ending.desk().end_access();
    let wire = Wire::start(place.mail.port(), 300_000, cut).await;
    let entry = {
        let mut account = place.mail.account(ADDRESS);
        if let Entry::Imap { sign_in, port, .. } = &mut account.entry {
            *sign_in = SignIn::Provider(PROVIDER.to_owned());
            *port = wire.port();
        }
        account
    };
    // The first connection must be the reading's: what adding needs is put there by hand.
    let shown = willing();
    let provider = oauth::Provider::named(
        PROVIDER,
        place.handle.read(|s| s.setting(oauth::SETTING))?.as_deref(),
        |_| None,
    )?;
    let tokens = oauth::sign_in(
        &provider,
        ADDRESS,
        place.handle.words(),
        place.handle.clock(),
        &shown,
    )
    .await?;
    place
        .vault
        .keep(ADDRESS, &tokens.to_secret(), Keep::Memory)?;
    place
        .handle
        .change(Change::AddAccount {
            account: entry,
            own_addresses: Vec::new(),
            own_domains: Vec::new(),
        })
        .await?;
    let results = place.handle.scan(&[], &|_, _| {}).await?;
    assert_eq!(results[0].fault, None, "the reading was not broken off");
    assert_eq!(
        results[0].recorded.messages_new, 1493,
        "every message is there, and each once"
    );
    assert_eq!(desk.desk().renewals(), 1, "the token was renewed once");
    assert_eq!(
        wire.connections(),
        3,
        "the one that was cut, the one with the old token, the one that went on"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn takes_the_sign_in_back_when_the_account_is_removed() -> Result<()> {
    let place = Place::start("xoauth2").await?;
    place.add(&willing()).await?;
    let refresh = place
        .kept()?
        .and_then(|kept| kept.refresh)
        .context("kept")?;
    place.handle.remove_account(ADDRESS, false).await?;
    assert_eq!(place.provider.desk().revoked, [refresh.0]);
    assert_eq!(place.kept()?, None, "and the vault has forgotten it");
    Ok(())
}

#[tokio::test]
async fn logs_in_with_scram_alone_and_never_shows_the_password() -> Result<()> {
    let server = Dovecot::letting_in(Abilities::All, &LetsIn::Scram);
    let mut login = server.login();
    assert_eq!(mailbox::imap::check(&login).await?.len(), 5);
    login.credential = Credential::Password(Secret("päss \"qx7zv\\".into()));
    let error = mailbox::imap::check(&login).await.unwrap_err();
    assert_eq!(fault::of(&error).code, Code::PasswordRefused);
    assert!(!format!("{error:?}").contains("qx7zv"));
    Ok(())
}

fn say(text: &str) -> Step {
    Step::Say(text.to_owned())
}

/// A server that offers these mechanisms and then follows a script.
async fn offering(mechanisms: &str, then: Vec<Step>) -> (ScriptedImap, Login) {
    let mut script = vec![
        say("* OK ready\r\n"),
        Step::Hear("CAPABILITY"),
        say(&format!(
            "* CAPABILITY IMAP4rev1 LOGINDISABLED {mechanisms}\r\n{{tag}} OK\r\n"
        )),
    ];
    script.extend(then);
    let server = ScriptedImap::start(Security::None, None, script).await;
    let login = server.login("localhost", Security::None, None);
    (server, login)
}

fn let_in() -> Vec<Step> {
    vec![
        say("{tag} OK in\r\n"),
        Step::Nod(1),
        Step::Hear("LIST"),
        say("* LIST () \"/\" INBOX\r\n{tag} OK\r\n"),
    ]
}

#[tokio::test]
async fn falls_to_the_next_mechanism_when_one_is_not_understood_and_never_after_a_refusal() {
    let both = "AUTH=SCRAM-SHA-256 AUTH=PLAIN";
    let mut script = vec![
        Step::Hear("AUTHENTICATE SCRAM-SHA-256"),
        say("{tag} BAD what\r\n"),
        Step::Hear("AUTHENTICATE PLAIN"),
        say("+ \r\n"),
        Step::Hear("=="),
    ];
    script.extend(let_in());
    let (_server, login) = offering(both, script).await;
    mailbox::imap::check(&login).await.unwrap();

    let script = vec![
        Step::Hear("AUTHENTICATE SCRAM-SHA-256"),
        say("+ \r\n"),
        Step::Hear(""),
        say("{tag} NO [AUTHENTICATIONFAILED] no\r\n"),
    ];
    let (server, login) = offering(both, script).await;
    let refused = mailbox::imap::check(&login).await;
    assert_eq!(code(refused), Some(Code::PasswordRefused));
    let heard = server.heard().join("\n");
    assert!(!heard.contains("PLAIN"), "a refusal is final: {heard}");

    let mut script = vec![
        Step::Hear("AUTHENTICATE OAUTHBEARER"),
        say("+ \r\n"),
        Step::Hear(""),
        say("{tag} BAD what\r\n"),
        Step::Hear("AUTHENTICATE XOAUTH2"),
        say("+ \r\n"),
        Step::Hear(""),
    ];
    script.extend(let_in());
    let (_server, mut login) = offering("AUTH=XOAUTH2 AUTH=OAUTHBEARER", script).await;
    login.credential = Credential::Token(Secret(format!("{MARK}token")));
    mailbox::imap::check(&login).await.unwrap();

    for (mechanism, understood) in [("XOAUTH2", ""), ("OAUTHBEARER", "AQ==")] {
        let error = STANDARD.encode(r#"{"status":"401","schemes":"bearer"}"#);
        let script = vec![
            Step::Hear(mechanism),
            say("+ \r\n"),
            Step::Hear(""),
            say(&format!("+ {error}\r\n")),
            Step::Hear(understood),
            say("{tag} NO no\r\n"),
        ];
        let (server, mut login) = offering(&format!("AUTH={mechanism}"), script).await;
        login.credential = Credential::Token(Secret(format!("{MARK}token")));
        let refused = mailbox::imap::check(&login).await;
        assert_eq!(code(refused), Some(Code::TokenRefused), "{mechanism}");
        assert_eq!(
            server.heard().last().map(String::as_str),
            Some(understood),
            "{mechanism}: the error is heard out"
        );
    }
}

#[tokio::test]
async fn a_token_is_never_sent_as_a_password() {
    let (server, mut login) = offering("AUTH=PLAIN AUTH=SCRAM-SHA-256", Vec::new()).await;
    login.credential = Credential::Token(Secret(format!("{MARK}token")));
    let refused = mailbox::imap::check(&login).await;
    assert_eq!(code(refused), Some(Code::ServerRefused));
    assert_eq!(server.heard().len(), 1, "only what it can do was asked");
}

/// A server that takes part in SCRAM without knowing the password, and ends it in this way.
async fn impostor(last: &'static str) -> u16 {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let (input, mut output) = stream.into_split();
        let mut lines = BufReader::new(input).lines();
        output.write_all(b"* OK ready\r\n").await.unwrap();
        let mut tag = String::new();
        while let Ok(Some(line)) = lines.next_line().await {
            let said = if let Some((of, _)) = line.split_once(" CAPABILITY") {
                format!("* CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256 AUTH=PLAIN\r\n{of} OK\r\n")
            } else if let Some((of, _)) = line.split_once(" AUTHENTICATE") {
                tag = of.to_owned();
                "+ \r\n".to_owned()
            } else if line.is_empty() {
                format!("{tag} OK in\r\n")
            } else {
                let message = String::from_utf8(STANDARD.decode(&line).unwrap()).unwrap();
                match message.split_once(",r=") {
                    Some((head, nonce)) if head.starts_with("n,,") => {
                        let first = format!("r={nonce}more,s=c2FsdA==,i=4096");
                        format!("+ {}\r\n", STANDARD.encode(first))
                    }
                    _ if last.is_empty() => format!("{tag} OK in\r\n"),
                    _ => format!("+ {}\r\n", STANDARD.encode(last)),
                }
            };
            output.write_all(said.as_bytes()).await.unwrap();
        }
    });
    port
}

#[tokio::test]
async fn believes_no_server_that_cannot_prove_that_it_knows_the_password() {
    for last in [
        "",
        "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        "nothing",
    ] {
        let login = Login {
            host: "localhost".into(),
            port: impostor(last).await,
            security: Security::None,
            login: "ada".into(),
            credential: Credential::Password(Secret(PASSWORD.into())),
            trust: Trust::System,
            compress: false,
        };
        let outcome = mailbox::imap::check(&login).await;
        assert_eq!(code(outcome), Some(Code::ServerUnproven), "{last:?}");
    }
}

/// The sentence of a code with what to do, without what it is filled with.
fn pieces(code: Code) -> Vec<String> {
    let words = Words::of(Lang::En).texts();
    ["", ".action"]
        .iter()
        .map(|key| &words[&format!("fault.{}{key}", code.word())])
        .filter_map(|text| text.split(['{', '}']).max_by_key(|piece| piece.len()))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn without_a_registration_the_terminal_says_what_can_be_done() -> Result<()> {
    let home = tempfile::tempdir()?;
    let terminal = Terminal::new(home.path());
    for (provider, want) in [
        ("google", Code::NoRegistrationGoogle),
        ("microsoft", Code::NoRegistrationMicrosoft),
    ] {
        let run = terminal
            .run(&["account", "add", ADDRESS, "--oauth", provider], "")
            .await?;
        assert_eq!(run.status, Some(1), "{}", run.err);
        for piece in pieces(want) {
            assert!(run.err.contains(&piece), "{piece:?}: {}", run.err);
        }
    }
    let args = [
        "account",
        "add",
        ADDRESS,
        "--oauth",
        "example",
        "--server",
        "localhost",
    ];
    let run = terminal.run(&args, "").await?;
    for piece in pieces(Code::NoRegistration) {
        assert!(run.err.contains(&piece), "{piece:?}: {}", run.err);
    }
    // With a registration in the environment nothing is lacking but a place to keep the sign-in.
    let mut command = terminal.command(&["account", "add", ADDRESS, "--oauth", "microsoft"])?;
    command.env("ATESAKI_MICROSOFT_CLIENT_ID", "of-the-shell");
    let output = command.output().await?;
    let err = String::from_utf8_lossy(&output.stderr);
    for piece in pieces(Code::SignInNeedsKeychain) {
        assert!(err.contains(&piece), "{piece:?}: {err}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_terminal_signs_in_keeps_it_in_the_keychain_and_logs_no_secret() -> Result<()> {
    let provider = Authorization::start(LOGIN).await;
    let lets_in = LetsIn::Token {
        introspection: provider.introspection(),
        mechanisms: "xoauth2",
    };
    let mail = Dovecot::letting_in(Abilities::All, &lets_in);
    mail.deliver("INBOX", 1_780_000_000, 1, &letter(1));
    let _keyring = Keyring::start()?;
    let home = tempfile::tempdir()?;
    let file = home.path().join("provider.json");
    std::fs::write(&file, provider.description())?;
    // The browser of this PC writes down what it is asked to open.
    let programs = home.path().join("bin");
    let asked = home.path().join("asked");
    std::fs::create_dir(&programs)?;
    let script = format!(
        "#!/bin/sh\necho \"$1\" > {0}.new && mv {0}.new {0}\n",
        asked.display()
    );
    std::fs::write(programs.join("xdg-open"), script)?;
    std::fs::set_permissions(
        programs.join("xdg-open"),
        std::fs::Permissions::from_mode(0o755),
    )?;

    let terminal = Terminal::with_keychain(home.path());
    let (server, ca) = (format!("localhost:{}", mail.port()), mail.ca_file());
    let args = [
        "account",
        "add",
        ADDRESS,
        "--oauth",
        PROVIDER,
        "--server",
        &server,
        "--login",
        LOGIN,
        "--provider-file",
        file.to_str().context("a path")?,
        "--ca-file",
        ca.to_str().context("a path")?,
    ];
    let path = format!(
        "{}:{}",
        programs.display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let mut command = terminal.command(&args)?;
    let running = command.env("PATH", path).spawn()?;
    let address = acceptance::child::wait_until(
        "the browser is asked",
        std::time::Duration::from_secs(20),
        || std::fs::read_to_string(&asked).ok(),
    )?;
    assert!(
        address
            .contains(&url::form_urlencoded::byte_serialize(SCOPE.as_bytes()).collect::<String>())
    );
    visit(address.trim()).await?;
    let output = running.wait_with_output().await?;
    let mut heard = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{heard}");
    assert!(
        heard.contains(&Words::of(Lang::En).say("terminal.open_page")),
        "the address is printed too: {heard}"
    );

    let mut runs = Vec::new();
    for args in [&["scan", "--json"][..], &["account", "list", "--json"]] {
        let run = terminal.run(args, "").await?;
        assert_eq!(run.status, Some(0), "{}", run.err);
        heard.push_str(&run.err);
        heard.push_str(&run.out);
        runs.push(run.out);
    }
    let scan: serde_json::Value = serde_json::from_str(&runs[0])?;
    assert_eq!(
        scan["accounts"][0]["messages_new"], 1,
        "a later start reads with what the keychain keeps"
    );
    let list: serde_json::Value = serde_json::from_str(&runs[1])?;
    assert_eq!(list[0]["sign_in"], PROVIDER);
    assert!(!heard.contains(MARK), "the fullest log holds no secret");
    nothing_given_out_lies_in(home.path())?;

    let removed = terminal.run(&["account", "remove", ADDRESS], "").await?;
    assert_eq!(removed.status, Some(0), "{}", removed.err);
    assert_eq!(provider.desk().revoked.len(), 1, "and it is taken back");
    Ok(())
}
