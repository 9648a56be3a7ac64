//! Finding a mail server from an address: in which order it is asked where, what is believed, and
//! what is given away.

use acceptance::certificates::{Authority, Validity};
use acceptance::directory::{Directory, MX, Page, Pages, Records, SRV, mx, srv};
use acceptance::dovecot::{Abilities, Dovecot, LOGIN, PASSWORD};
use acceptance::scripted_imap::{ScriptedImap, Step};
use acceptance::terminal::Terminal;
use exposure::{AddrSpec, Security};
use monitor::discovery::{Found, Settings, Source, look_up};
use monitor::fault::{self, Code};
use monitor::mailbox::{self, Fingerprint, Trust};

fn description(kind: &str, host: &str, port: u16, socket: &str) -> Page {
    Page::Text(format!(
        "<clientConfig version=\"1.1\"><emailProvider id=\"x\"><displayShortName>Example Mail</displayShortName>\
         <incomingServer type=\"{kind}\"><hostname>{host}</hostname><port>{port}</port>\
         <socketType>{socket}</socketType><username>%EMAILLOCALPART%</username></incomingServer>\
         </emailProvider></clientConfig>"
    ))
}

async fn found(directory: &Directory, address: &str) -> Found {
    look_up(&AddrSpec::parse(address).unwrap(), &directory.places()).await
}

fn settings(found: Found) -> Settings {
    match found {
        Found::Settings(settings) => settings,
        other => panic!("nothing was found: {other:?}"),
    }
}

/// Questions alone, without the headers that came with them.
fn questions(directory: &Directory) -> Vec<String> {
    let asked = directory.asked().into_iter();
    asked.filter(|line| !line.starts_with(' ')).collect()
}

#[tokio::test]
async fn asks_in_order_and_no_further_than_the_first_answer() {
    let records = Records::from([
        (
            ("_imaps._tcp.example.org", SRV),
            vec![
                srv(20, 0, 993, "second.example.org"),
                srv(10, 5, 9993, "imap.example.org"),
            ],
        ),
        (("example.net", MX), vec![mx(10, "mx.hosted.example")]),
    ]);
    let pages = Pages::from([
        (
            "/own/example.com",
            description("imap", "own.example.com", 143, "STARTTLS"),
        ),
        (
            "/list/shop.example",
            description("imap", "%EMAILDOMAIN%.list.example", 993, "SSL"),
        ),
        (
            "/list/hosted.example",
            description("imap", "imap.hosted.example", 993, "SSL"),
        ),
        (
            "/list/pop.example",
            description("pop3", "pop.example", 995, "SSL"),
        ),
        (
            "/own/plain.example",
            description("imap", "imap.plain.example", 143, "plain"),
        ),
    ]);
    let directory = Directory::start(records, pages).await;

    let by_srv = settings(found(&directory, "ada@example.org").await);
    assert_eq!(
        (by_srv.host.as_str(), by_srv.port),
        ("imap.example.org", 9993),
        "the lowest priority"
    );
    assert_eq!(
        (by_srv.source, by_srv.security),
        (Source::Srv, Security::Tls)
    );
    assert_eq!(by_srv.login.as_deref(), Some("ada@example.org"));
    assert!(
        questions(&directory)
            .iter()
            .all(|asked| asked.starts_with("SRV ")),
        "nobody else was asked"
    );

    let own = settings(found(&directory, "ada@example.com").await);
    assert_eq!(
        (own.host.as_str(), own.source),
        ("own.example.com", Source::Domain)
    );
    assert_eq!(
        (own.security, own.login.as_deref()),
        (Security::Starttls, Some("ada"))
    );
    let listed = settings(found(&directory, "ada@shop.example").await);
    assert_eq!(
        (listed.host.as_str(), listed.source),
        ("shop.example.list.example", Source::PublicList)
    );
    let hosted = settings(found(&directory, "ada@example.net").await);
    assert_eq!(
        (hosted.host.as_str(), hosted.source),
        ("imap.hosted.example", Source::Exchanger)
    );
    assert_eq!(
        found(&directory, "ada@pop.example").await,
        Found::PopOnly("Example Mail".into())
    );
    assert_eq!(
        found(&directory, "ada@plain.example").await,
        Found::Nothing,
        "it could be overheard"
    );
    assert_eq!(
        found(&directory, "ada@nothing.example").await,
        Found::Nothing
    );

    let asked = directory.asked().join("\n");
    assert!(
        !asked.contains("ada"),
        "only the domain leaves this PC:\n{asked}"
    );
    assert!(
        !asked.contains("cookie") && !asked.contains("referer"),
        "{asked}"
    );
}

#[tokio::test]
async fn asks_nobody_about_providers_that_it_knows() {
    let directory = Directory::start(Records::new(), Pages::new()).await;
    let gmail = settings(found(&directory, "ada@gmail.com").await);
    assert_eq!(gmail.source, Source::BuiltIn);
    assert_eq!(directory.asked(), [""; 0]);
}

#[tokio::test]
async fn is_not_led_astray_by_what_answers() {
    let elsewhere = Directory::start(
        Records::new(),
        Pages::from([(
            "/own/example.org",
            description("imap", "imap.evil.example", 993, "SSL"),
        )]),
    )
    .await;
    let stolen = elsewhere.places().at_domain[0].replace("{domain}", "example.org");
    let pages = Pages::from([
        ("/own/example.org", Page::Redirect(stolen)),
        (
            "/own/moved.example",
            Page::Redirect("/list/moved.example".into()),
        ),
        (
            "/list/moved.example",
            description("imap", "imap.moved.example", 993, "SSL"),
        ),
        ("/own/endless.example", Page::Endless),
        ("/own/broken.example", Page::Status(500)),
        (
            "/own/odd.example",
            Page::Text("<html><incomingServer type=\"imap\"><hostname>a b".into()),
        ),
        (
            "/own/loop.example",
            Page::Redirect("/own/loop.example".into()),
        ),
    ]);
    let records = Records::from([
        (("_imaps._tcp.none.example", SRV), vec![srv(0, 0, 0, ".")]),
        (("none.example", MX), vec![mx(0, ".")]),
    ]);
    let directory = Directory::start(records, pages).await;
    assert_eq!(found(&directory, "ada@example.org").await, Found::Nothing);
    assert_eq!(elsewhere.asked(), [""; 0], "another host was never asked");
    let moved = settings(found(&directory, "ada@moved.example").await);
    assert_eq!(moved.host, "imap.moved.example", "moved within its host");
    for domain in ["endless", "broken", "odd", "loop", "none"] {
        let outcome = found(&directory, &format!("ada@{domain}.example")).await;
        assert_eq!(outcome, Found::Nothing, "{domain}");
    }
}

#[tokio::test]
async fn the_terminal_looks_up_only_when_told_and_says_where_from() {
    let mail = Dovecot::start(Abilities::All);
    let records = Records::from([(
        ("_imaps._tcp.example.org", SRV),
        vec![srv(0, 0, mail.port(), "localhost")],
    )]);
    let directory = Directory::start(records, Pages::new()).await;
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::new(home.path());
    terminal.variables = directory.variables().to_vec();
    let ca = mail.ca_file();
    let add = [
        "account",
        "add",
        "ada@example.org",
        "--password-stdin",
        "--login",
        LOGIN,
        "--ca-file",
        ca.to_str().unwrap(),
    ];
    let refused = terminal.run(&add, PASSWORD).await.unwrap();
    assert_eq!(refused.status, Some(1), "{refused:?}");
    assert!(refused.err.contains("--look-up"), "{refused:?}");
    assert_eq!(
        directory.asked(),
        [""; 0],
        "nobody was asked without a word"
    );
    let told = [&add[..], &["--look-up"]].concat();
    let done = terminal.run(&told, PASSWORD).await.unwrap();
    assert_eq!(done.status, Some(0), "{done:?}");
    let said = format!("localhost:{}", mail.port());
    assert!(
        done.err.contains(&said) && done.err.contains("DNS"),
        "{done:?}"
    );
    assert!(
        !done.err.contains("_tcp.example.org"),
        "what the resolver says is no matter for a log: {done:?}"
    );
}

#[tokio::test]
async fn a_certificate_of_its_own_is_shown_and_believed_by_its_fingerprint_alone() {
    // As Proton Mail Bridge does it: STARTTLS on this PC, a certificate that names nobody.
    let (_, identity) = Authority::of_a_server(&["bridge.example"], Validity::Expired);
    let script = vec![Step::Say("* BYE not today\r\n".into())];
    let server = ScriptedImap::start(Security::Tls, Some(&identity), script.clone()).await;
    let mut login = server.login("127.0.0.1", Security::Tls, None);
    let refused = fault::of(&mailbox::imap::check(&login).await.unwrap_err());
    assert_eq!(refused.code, Code::Certificate);
    let (_, shown) = refused
        .params
        .iter()
        .find(|(name, _)| *name == "fingerprint")
        .unwrap();
    let fingerprint = Fingerprint::parse(shown).unwrap();
    login.trust = Trust::Certificate(fingerprint);
    let next = fault::of(&mailbox::imap::check(&login).await.unwrap_err());
    assert_ne!(next.code, Code::Certificate, "now it is believed");
    let (_, other) = Authority::of_a_server(&["bridge.example"], Validity::Now);
    let server = ScriptedImap::start(Security::Tls, Some(&other), script).await;
    let mut login = server.login("127.0.0.1", Security::Tls, None);
    login.trust = Trust::Certificate(fingerprint);
    let changed = fault::of(&mailbox::imap::check(&login).await.unwrap_err());
    assert_eq!(changed.code, Code::CertificateChanged, "no other one is");
}
