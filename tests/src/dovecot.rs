//! A real Dovecot for one test: on a free loopback port, in a folder of its own, as `nobody` when
//! the tests run as root, ended by its process number.

use crate::certificates::{Authority, Validity};
use crate::letter::Letter;
use exposure::Security;
use monitor::mailbox::{Credential, Login, Secret, Trust};
use monitor::store::{Entry, NewAccount, SignIn};
use rustls::pki_types::ServerName;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

/// The login name of the one user.
pub const LOGIN: &str = "ada";
/// The password of the one user: with everything that needs quoting.
pub const PASSWORD: &str = r#"s3cr"t\ pass wörd"#;

/// What the server lets its clients know of its abilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abilities {
    /// Everything, with a Junk folder called Spam that has its role.
    All,
    /// IMAP4rev1 and nothing else: no CONDSTORE, no SPECIAL-USE, no UIDPLUS.
    Bare,
    /// Everything, but no folder that could be Junk: the provider keeps it to itself.
    Hidden,
    /// Everything, to one connection at a time.
    Narrow,
    /// Everything and compression, with folders that are shared by all, but without this
    /// capability; the empty one is without none.
    Without(&'static str),
}

/// How the server keeps its mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A file for each message, by which tests may lay in mail past the server.
    Maildir,
    /// Many messages in a file of the server's own.
    Mdbox,
}

/// What the server can do, in its own words.
const CAPABILITIES: &str = "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT MULTIAPPEND UNSELECT CHILDREN \
     NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE QRESYNC ESEARCH SEARCHRES WITHIN LIST-STATUS BINARY MOVE \
     STATUS=SIZE LITERAL+ NOTIFY SPECIAL-USE COMPRESS=DEFLATE";

/// What the server lets its user in for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetsIn {
    /// The password, by PLAIN and LOGIN.
    Password,
    /// The password, by SCRAM-SHA-256 alone; what the server keeps is no password.
    Scram,
    /// A token that this address (introspection, RFC 7662) calls active, by these mechanisms.
    Token {
        /// Where a token is asked about.
        introspection: String,
        /// Mechanisms, separated by spaces.
        mechanisms: &'static str,
    },
}

/// A running Dovecot.
pub struct Dovecot {
    child: Child,
    dir: PathBuf,
    port: u16,
    authority: Authority,
}

/// Everything that can be seen of a mailbox store: nothing of it may change by reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Files of the store by path, with their length and time of change; the server's own indexes
    /// are left out. Flags stand in the names.
    pub files: BTreeMap<PathBuf, (u64, SystemTime)>,
    /// What LIST, LSUB, STATUS and FETCH say: folders, subscriptions, counts with \Recent and
    /// unseen, every message with its flags.
    pub said: Vec<String>,
}

impl Snapshot {
    /// What is in one of the two and not in the other, a line for each.
    pub fn differences(&self, later: &Snapshot) -> Vec<String> {
        let lines = |snapshot: &Snapshot| -> BTreeSet<String> {
            let files = snapshot
                .files
                .iter()
                .map(|(path, what)| format!("{} {what:?}", path.display()));
            files.chain(snapshot.said.iter().cloned()).collect()
        };
        let (before, after) = (lines(self), lines(later));
        let gone = before.difference(&after).map(|line| format!("- {line}"));
        gone.chain(after.difference(&before).map(|line| format!("+ {line}")))
            .collect()
    }
}

impl Dovecot {
    /// Starts a server and waits until it listens.
    pub fn start(abilities: Abilities) -> Dovecot {
        Dovecot::letting_in(abilities, &LetsIn::Password)
    }

    /// Starts a server that lets its user in by other means than a plain password.
    pub fn letting_in(abilities: Abilities, lets_in: &LetsIn) -> Dovecot {
        Dovecot::keeping(Format::Maildir, abilities, lets_in)
    }

    /// Starts a server that keeps its mail in this format.
    pub fn keeping(format: Format, abilities: Abilities, lets_in: &LetsIn) -> Dovecot {
        // A free port may be taken by another test before the server has it.
        (0..5)
            .find_map(|_| Dovecot::try_start(format, abilities, lets_in))
            .expect("Dovecot starts within five tries")
    }

    fn try_start(format: Format, abilities: Abilities, lets_in: &LetsIn) -> Option<Dovecot> {
        let port = TcpListener::bind(("127.0.0.1", 0))
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        // A short path: it holds Unix sockets, whose names are bounded.
        let dir = PathBuf::from(format!("/tmp/av-{}-{port}", std::process::id()));
        for below in ["", "run", "state", "mail", "home"] {
            fs::create_dir_all(dir.join(below)).unwrap();
        }
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
        let authority = Authority::new();
        let identity = authority.identity(&["localhost", "127.0.0.1"], Validity::Now);
        fs::write(dir.join("ca.pem"), &authority.pem).unwrap();
        fs::write(dir.join("server.pem"), identity.certificate).unwrap();
        fs::write(dir.join("server.key"), identity.key).unwrap();
        fs::write(dir.join("passwd"), format!("{LOGIN}:{}\n", kept(lets_in))).unwrap();
        if let LetsIn::Token { introspection, .. } = lets_in {
            let asking = format!(
                "introspection_mode = post\nintrospection_url = {introspection}\n\
                 force_introspection = yes\nusername_attribute = username\n\
                 active_attribute = active\nactive_value = true\n"
            );
            fs::write(dir.join("oauth2.conf.ext"), asking).unwrap();
        }
        let root = fs::metadata(&dir).unwrap().uid() == 0;
        let (user, group) = if root {
            ("nobody".to_owned(), "nogroup".to_owned())
        } else {
            (id("-un"), id("-gn"))
        };
        fs::write(
            dir.join("dovecot.conf"),
            configuration(&dir, port, format, abilities, lets_in, &user, &group),
        )
        .unwrap();
        let mut command = if root {
            let owned = Command::new("chown")
                .arg("-R")
                .arg("nobody:nogroup")
                .arg(&dir)
                .status()
                .unwrap();
            assert!(owned.success(), "the folder belongs to the server's user");
            let mut command = Command::new("setpriv");
            command.args([
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                "--pdeathsig=TERM",
                "dovecot",
            ]);
            command
        } else {
            Command::new("dovecot")
        };
        let path = format!(
            "{}:/usr/sbin:/usr/local/sbin",
            std::env::var("PATH").unwrap_or_default()
        );
        command
            .env("PATH", path)
            .arg("-F")
            .arg("-c")
            .arg(dir.join("dovecot.conf"));
        let noise = fs::File::create(dir.join("noise")).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(noise.try_clone().unwrap())
            .stderr(noise)
            .spawn()
            .unwrap();
        let mut server = Dovecot {
            child,
            dir,
            port,
            authority,
        };
        let patience = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if server.child.try_wait().unwrap().is_some() {
                eprintln!(
                    "Dovecot ended: {}{}",
                    server.text_of("noise"),
                    server.text_of("dovecot.log")
                );
                return None;
            }
            assert!(
                Instant::now() < patience,
                "Dovecot does not listen: {}",
                server.text_of("dovecot.log")
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(server)
    }

    /// How to reach and enter it, over TLS with its own authority.
    pub fn login(&self) -> Login {
        Login {
            host: "localhost".into(),
            port: self.port,
            security: Security::Tls,
            login: LOGIN.into(),
            credential: Credential::Password(Secret(PASSWORD.into())),
            trust: Trust::Authority(self.dir.join("ca.pem")),
            compress: false,
        }
    }

    /// The port on 127.0.0.1.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The PEM file of its authority, for `--ca-file`.
    pub fn ca_file(&self) -> PathBuf {
        self.dir.join("ca.pem")
    }

    /// The Maildir of the user, as it lies on disk.
    pub fn store(&self) -> PathBuf {
        self.dir.join("mail").join(LOGIN)
    }

    /// The authority that signed its certificate.
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Lays a message into a mailbox as if it had arrived then (Unix seconds); the server finds it
    /// by itself. It is new and unseen.
    pub fn deliver(&self, mailbox: &str, arrived_at: u64, number: u64, message: &str) {
        let folder = self.folder(mailbox);
        let name = format!("{arrived_at}.M{number}P1.example,S={}", message.len());
        let path = folder.join("new").join(name);
        fs::write(&path, message).unwrap();
        let arrived = SystemTime::UNIX_EPOCH + Duration::from_secs(arrived_at);
        fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(arrived)
            .unwrap();
        self.hand_over(&path);
    }

    /// Lays a letter into a mailbox as it arrived.
    pub fn post(&self, mailbox: &str, number: u64, letter: &Letter) {
        self.deliver(mailbox, letter.second(), number, &letter.text());
    }

    /// Deletes what arrived in a mailbox before an instant, as servers do with junk.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn expire(&self, mailbox: &str, before: jiff::Timestamp) -> std::io::Result<()> {
        for part in ["cur", "new"] {
            for entry in fs::read_dir(self.folder(mailbox).join(part))? {
                let entry = entry?;
                if entry.metadata()?.modified()? < SystemTime::from(before) {
                    fs::remove_file(entry.path())?;
                }
            }
        }
        Ok(())
    }

    /// How the ledger records it as an account: the user's address and how to enter.
    pub fn account(&self, address: &str) -> NewAccount {
        NewAccount {
            name: address.to_owned(),
            entry: Entry::Imap {
                host: "localhost".into(),
                port: self.port,
                security: Security::Tls,
                login: LOGIN.into(),
                trust: Trust::Authority(self.ca_file()),
                password_command: None,
                sign_in: SignIn::Password,
            },
            separator: '+',
        }
    }

    /// Makes a mailbox (its name as it travels) without the server's help, so that it is there
    /// before anybody logs in.
    pub fn make(&self, mailbox: &str) {
        self.folder(mailbox);
    }

    /// Shuts a mailbox so that the server cannot open it.
    pub fn lock(&self, mailbox: &str) {
        fs::set_permissions(self.folder(mailbox), fs::Permissions::from_mode(0o000)).unwrap();
    }

    /// Another mail program, which may do whatever it wants.
    pub async fn mail_program(&self) -> MailProgram {
        let mut roots = rustls::RootCertStore::empty();
        let certificate =
            rustls::pki_types::pem::PemObject::from_pem_slice(self.authority.pem.as_bytes());
        let certificate: rustls::pki_types::CertificateDer<'static> = certificate.unwrap();
        roots.add(certificate).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let tcp = tokio::net::TcpStream::connect(("127.0.0.1", self.port))
            .await
            .unwrap();
        tcp.set_nodelay(true).unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let stream = tokio_rustls::TlsConnector::from(Arc::new(config))
            .connect(name, tcp)
            .await
            .unwrap();
        let mut program = MailProgram {
            stream: BufReader::new(stream),
            count: 0,
        };
        program.line().await;
        let secret = PASSWORD.len();
        program
            .say(&format!("LOGIN {LOGIN} {{{secret}+}}\r\n{PASSWORD}"))
            .await;
        program
    }

    /// Everything that can be seen of the store now.
    pub async fn snapshot(&self) -> Snapshot {
        let mut program = self.mail_program().await;
        let mut said = program.say("LIST \"\" \"*\"").await;
        let names: Vec<String> = said
            .iter()
            .filter_map(|line| Some(line.rsplit_once(" \"/\" ")?.1.to_owned()))
            .collect();
        said.extend(program.say("LSUB \"\" \"*\"").await);
        for name in names {
            let counts = "(MESSAGES RECENT UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ)";
            said.extend(program.say(&format!("STATUS {name} {counts}")).await);
            said.extend(program.say(&format!("EXAMINE {name}")).await);
            said.extend(
                program
                    .say("UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)")
                    .await,
            );
        }
        // The ends of commands say how long they took.
        said.retain(|line| line.starts_with("* "));
        // A hint on how fresh the server's own index is.
        for line in &mut said {
            *line = line.replace("\\UnMarked ", "").replace("\\Marked ", "");
        }
        let mut files = BTreeMap::new();
        files_below(&self.dir.join("mail"), &mut files);
        Snapshot { files, said }
    }

    fn folder(&self, mailbox: &str) -> PathBuf {
        let store = self.store();
        let folder = match mailbox {
            "INBOX" => store.clone(),
            other => store.join(format!(".{}", other.replace('/', "."))),
        };
        for part in ["cur", "new", "tmp"] {
            let part = folder.join(part);
            if !part.exists() {
                fs::create_dir_all(&part).unwrap();
                for made in [&store, &folder, &part] {
                    self.hand_over(made);
                }
            }
        }
        folder
    }

    /// Gives a path to the user as whom the server runs.
    fn hand_over(&self, path: &Path) {
        let owner = fs::metadata(self.dir.join("run")).unwrap();
        let this = fs::metadata(path).unwrap();
        if this.uid() != owner.uid() {
            std::os::unix::fs::chown(path, Some(owner.uid()), Some(owner.gid())).unwrap();
        }
    }

    /// How often somebody has logged in.
    pub fn logins(&self) -> usize {
        let log = self.text_of("dovecot.log");
        log.lines()
            .filter(|line| line.contains("imap-login: Info: Login: "))
            .count()
    }

    fn text_of(&self, name: &str) -> String {
        fs::read_to_string(self.dir.join(name)).unwrap_or_default()
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        let stopped = Command::new("kill")
            .arg("-TERM")
            .arg(self.child.id().to_string())
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// A mail program with all its rights: it says lines of IMAP.
pub struct MailProgram {
    stream: BufReader<tokio_rustls::client::TlsStream<tokio::net::TcpStream>>,
    count: u32,
}

impl MailProgram {
    /// Says a command and returns the lines of its answer, the last without its tag.
    pub async fn say(&mut self, command: &str) -> Vec<String> {
        self.count += 1;
        let tag = format!("m{}", self.count);
        self.stream
            .write_all(format!("{tag} {command}\r\n").as_bytes())
            .await
            .unwrap();
        self.stream.flush().await.unwrap();
        let mut lines = Vec::new();
        loop {
            let line = self.line().await;
            if let Some(end) = line.strip_prefix(&format!("{tag} ")) {
                assert!(
                    end.starts_with("OK"),
                    "{command:?} is answered with {end:?}"
                );
                lines.push(end.to_owned());
                return lines;
            }
            lines.push(line);
        }
    }

    /// Appends a message, seen or not, without a date of its own.
    pub async fn append(&mut self, mailbox: &str, message: &str) {
        self.say(&format!(
            "APPEND {mailbox} {{{}+}}\r\n{message}",
            message.len()
        ))
        .await;
    }

    async fn line(&mut self) -> String {
        let mut line = Vec::new();
        self.stream.read_until(b'\n', &mut line).await.unwrap();
        assert!(
            !line.is_empty(),
            "the server does not hang up on a mail program"
        );
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        // A literal belongs to its line.
        if let Some(size) = text
            .strip_suffix('}')
            .and_then(|t| t.rsplit_once('{'))
            .and_then(|(_, n)| n.parse().ok())
        {
            let mut literal = vec![0; size];
            self.stream.read_exact(&mut literal).await.unwrap();
            return format!(
                "{text}{}{}",
                String::from_utf8_lossy(&literal),
                Box::pin(self.line()).await
            );
        }
        text
    }
}

/// What `id` says of the present user.
fn id(what: &str) -> String {
    let output = Command::new("id").arg(what).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn files_below(folder: &Path, files: &mut BTreeMap<PathBuf, (u64, SystemTime)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            files.insert(entry.path(), (0, SystemTime::UNIX_EPOCH));
            files_below(&entry.path(), files);
        } else if !entry.file_name().to_string_lossy().starts_with("dovecot") {
            files.insert(entry.path(), (metadata.len(), metadata.modified().unwrap()));
        }
    }
}

/// What the server keeps of the password.
fn kept(lets_in: &LetsIn) -> String {
    match lets_in {
        LetsIn::Password | LetsIn::Token { .. } => format!("{{PLAIN}}{PASSWORD}"),
        LetsIn::Scram => {
            let made = Command::new("doveadm")
                .args([
                    "-c",
                    "/dev/null",
                    "pw",
                    "-s",
                    "SCRAM-SHA-256",
                    "-p",
                    PASSWORD,
                ])
                .output()
                .unwrap();
            let made = String::from_utf8_lossy(&made.stdout).trim().to_owned();
            assert!(made.starts_with("{SCRAM-SHA-256}"), "{made:?}");
            made
        }
    }
}

fn configuration(
    dir: &Path,
    port: u16,
    format: Format,
    abilities: Abilities,
    lets_in: &LetsIn,
    user: &str,
    group: &str,
) -> String {
    let dir = dir.display();
    let by_passwd =
        format!("driver = passwd-file\n  args = scheme=PLAIN username_format=%u {dir}/passwd");
    let (mechanisms, asks) = match lets_in {
        LetsIn::Password => ("plain login", by_passwd),
        LetsIn::Scram => ("scram-sha-256", by_passwd),
        LetsIn::Token { mechanisms, .. } => (
            *mechanisms,
            format!("driver = oauth2\n  mechanisms = {mechanisms}\n  args = {dir}/oauth2.conf.ext"),
        ),
    };
    let with_roles = "  mailbox Spam {\n    auto = create\n    special_use = \\Junk\n  }\n  mailbox Sent {\n    auto = create\n    special_use = \\Sent\n  }\n  mailbox Drafts {\n    auto = create\n    special_use = \\Drafts\n  }\n  mailbox Archive {\n    auto = create\n    special_use = \\Archive\n  }\n";
    let store = match format {
        Format::Maildir => "maildir",
        Format::Mdbox => "mdbox",
    };
    let (capability, roles) = match abilities {
        Abilities::Without(left_out) => {
            let left = CAPABILITIES.split_whitespace();
            let left: Vec<&str> = left.filter(|capability| *capability != left_out).collect();
            (
                format!(
                    "mail_plugins = zlib imap_zlib\nimap_capability = {}\n",
                    left.join(" ")
                ),
                with_roles,
            )
        }
        Abilities::All | Abilities::Narrow => (String::new(), with_roles),
        Abilities::Hidden => (String::new(), ""),
        Abilities::Bare => (
            "imap_capability = IMAP4rev1\n".to_owned(),
            "  mailbox Junk {\n    auto = create\n  }\n",
        ),
    };
    let connections = if abilities == Abilities::Narrow {
        1
    } else {
        50
    };
    let shared = match abilities {
        Abilities::Without(_) => format!(
            "namespace shared {{\n  type = public\n  prefix = Public/\n  separator = /\n  \
             location = maildir:{dir}/public\n  list = yes\n}}\n"
        ),
        Abilities::All | Abilities::Bare | Abilities::Hidden | Abilities::Narrow => String::new(),
    };
    format!(
        "base_dir = {dir}/run
state_dir = {dir}/state
log_path = {dir}/dovecot.log
instance_name = acceptance-{port}
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
first_valid_gid = 0
ssl = required
ssl_cert = <{dir}/server.pem
ssl_key = <{dir}/server.key
disable_plaintext_auth = yes
auth_mechanisms = {mechanisms}
auth_username_chars =
mail_location = {store}:{dir}/mail/%u
mail_max_userip_connections = {connections}
default_vsz_limit = 0
auth_failure_delay = 0
shutdown_clients = yes
maildir_stat_dirs = no
mail_fsync = never
passdb {{
  {asks}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={dir}/home/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
{roles}}}
{shared}protocol imap {{
  {capability}}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {port}
    ssl = yes
  }}
  process_min_avail = 1
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap {{
  process_min_avail = 1
}}
"
    )
}
