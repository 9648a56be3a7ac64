//! The filter as a Sieve script, run by a real interpreter (Dovecot's `sieve-test`) on made-up mail.

use exposure::AddrSpec;
use exposure::sieve::{Comments, Filter, script};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const ME: &str = "me@example.org";
const WORDS: Comments<'_> = Comments {
    title: "振り分け\n\"; discard; #",
    elsewhere: "Mail to other addresses stays",
    services: "記録したサービス",
    people: "People you write with",
    answers: "Answers to your mail",
    rest: "Everything else",
};

/// The interpreter in a folder of its own.
struct Interpreter {
    home: TempDir,
}

impl Interpreter {
    fn with(filter: &Filter) -> Interpreter {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path();
        // It refuses to work as root, and so its user has to reach the folder.
        fs::set_permissions(dir, fs::Permissions::from_mode(0o777)).unwrap();
        let owner = fs::metadata(dir).unwrap();
        let (user, group) = match owner.uid() {
            0 => ("nobody".to_owned(), "nogroup".to_owned()),
            uid => (uid.to_string(), owner.gid().to_string()),
        };
        let configuration = format!(
            "log_path = /dev/stderr\nssl = no\nfirst_valid_uid = 0\nfirst_valid_gid = 0\n\
             mail_uid = {user}\nmail_gid = {group}\nmail_home = {home}\n\
             mail_location = maildir:{home}/Maildir\n",
            home = dir.display()
        );
        fs::write(dir.join("dovecot.conf"), configuration).unwrap();
        let made = script(filter, &WORDS).unwrap();
        fs::write(dir.join("filter.sieve"), made.text).unwrap();
        Interpreter { home }
    }

    /// The folder in which a message for an address would be stored.
    fn folder(&self, mail: &str, delivered_to: &str) -> String {
        let said = self.run(mail, delivered_to, false);
        let stored: Vec<&str> = said
            .lines()
            .filter_map(|line| line.trim().strip_prefix("* store message in folder: "))
            .collect();
        let [folder] = stored.as_slice() else {
            panic!("it is stored once, never discarded: {said}");
        };
        (*folder).to_owned()
    }

    /// What the interpreter says of a message; `really`: and does.
    fn run(&self, mail: &str, delivered_to: &str, really: bool) -> String {
        let dir = self.home.path();
        let letter = dir.join("letter.eml");
        fs::write(&letter, mail).unwrap();
        let mut command = Command::new("sieve-test");
        command.arg("-c").arg(dir.join("dovecot.conf"));
        command.args(["-a", delivered_to, "-f", "sender@elsewhere.example"]);
        if really {
            command.arg("-e");
        }
        let run = command
            .arg(dir.join("filter.sieve"))
            .arg(&letter)
            .output()
            .expect("dovecot-sieve is installed: scripts/install-packages test");
        let said = String::from_utf8(run.stdout).unwrap();
        let faults = String::from_utf8_lossy(&run.stderr);
        assert!(
            really || run.status.success(),
            "the script compiles and runs: {faults}"
        );
        said
    }
}

fn spec(text: &str) -> AddrSpec {
    AddrSpec::parse(text).unwrap()
}

fn filter(folder: &str) -> Filter {
    Filter {
        address: spec(ME),
        domains: vec!["shop.example.net".into(), "hoshimachi.example".into()],
        people: vec![
            spec("bob@friend.example"),
            spec(r#""odd\"one\"\\two"@friend.example"#),
            spec(r#""needless"@friend.example"#),
            spec("o'neil+x*?@friend.example"),
        ],
        reply_hosts: vec!["mail.example.org".into()],
        folder: folder.into(),
    }
}

fn mail(from: &str, to: &str, more: &str) -> String {
    format!(
        "From: {from}\r\nTo: {to}\r\nSubject: Made up\r\nMessage-ID: <1@elsewhere.example>\r\n\
         {more}\r\nHello\r\n"
    )
}

#[test]
fn a_real_interpreter_keeps_and_files_what_the_rules_say() {
    let check = |folder: &str| {
        let interpreter = Interpreter::with(&filter(folder));
        let lands = |name: &str, mail: &str, delivered_to: &str, want: &str| {
            assert_eq!(interpreter.folder(mail, delivered_to), want, "{name}");
        };
        let answer = "References: <a@x.example>\r\n <7.ME@Mail.Example.ORG>\r\n";
        let other_answer = "In-Reply-To: <7@mail.example.org.evil.example>\r\n";
        for (name, from, more) in [
            ("a service", "news@shop.example.net", ""),
            (
                "what lies below its domain",
                "Shop <a@mail.SHOP.example.net>",
                "",
            ),
            (
                "a service's name in Japanese",
                "=?UTF-8?B?44G744GX44G+44Gh6Zu76Kmx?= <info@hoshimachi.example>",
                "",
            ),
            ("a person", "Bob <BOB@friend.example>", ""),
            (
                "with quotes and backslashes",
                r#"Odd <"odd\"one\"\\two"@friend.example>"#,
                "",
            ),
            ("with needless quotes", "needless@friend.example", ""),
            (
                "with signs that match",
                "\"O'Neil\" <o'neil+x*?@friend.example>",
                "",
            ),
            ("an answer", "someone@elsewhere.example", answer),
        ] {
            lands(name, &mail(from, ME, more), ME, "INBOX");
        }
        for (name, from, more) in [
            ("a stranger", "prize@elsewhere.example", ""),
            ("a domain that ends so", "a@evil-shop.example.net", ""),
            (
                "a domain that begins so",
                "a@shop.example.net.evil.example",
                "",
            ),
            (
                "a name that looks so",
                "\"bob@friend.example\" <a@evil.example>",
                "",
            ),
            (
                "somebody else at a person's domain",
                "carol@friend.example",
                "",
            ),
            ("no jokers in addresses", "o'neil+xyz@friend.example", ""),
            (
                "an answer to another",
                "someone@elsewhere.example",
                other_answer,
            ),
        ] {
            lands(name, &mail(from, ME, more), ME, folder);
        }
        let stranger = "prize@elsewhere.example";
        let hidden = mail(stranger, "undisclosed-recipients:;", "");
        lands("in Bcc", &hidden, ME, folder);
        let copied = mail(
            stranger,
            "a@elsewhere.example",
            &format!("Cc: Me <{ME}>\r\n"),
        );
        lands(
            "forwarded to the mailbox",
            &copied,
            "box@example.net",
            folder,
        );
        for other in ["me+shop@example.org", "you@example.org", "me@example.net"] {
            lands(
                "to another address",
                &mail(stranger, other, ""),
                other,
                "INBOX",
            );
        }
    };
    for folder in [
        "Set aside",
        "あとで見る",
        r#"a "quoted" \ folder"#,
        r#"\"; discard; #"#,
        "迷惑かも/{未確認}; stop",
    ] {
        check(folder);
    }
}

#[test]
fn a_filter_for_many_compiles_and_finds_the_last() {
    let interpreter = Interpreter::with(&Filter {
        domains: (0..200).map(|n| format!("shop{n:03}.example")).collect(),
        people: (0..700)
            .map(|n| spec(&format!("person{n:03}@friend.example")))
            .collect(),
        ..filter("Set aside")
    });
    for (from, want) in [
        ("a@news.shop199.example", "INBOX"),
        ("person000@friend.example", "INBOX"),
        ("person699@friend.example", "INBOX"),
        ("person700@friend.example", "Set aside"),
    ] {
        assert_eq!(interpreter.folder(&mail(from, ME, ""), ME), want, "{from}");
    }
}

#[test]
fn mail_is_not_lost_where_the_folder_is_missing() {
    let interpreter = Interpreter::with(&filter("Set aside"));
    let dir = interpreter.home.path();
    interpreter.run(&mail("a@elsewhere.example", ME, ""), ME, true);
    assert_eq!(
        stored(&dir.join("Maildir/new")) + stored(&dir.join("Maildir/cur")),
        1,
        "the server keeps it in the inbox"
    );
}

fn stored(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}
