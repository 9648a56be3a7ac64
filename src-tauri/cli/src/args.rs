//! What the terminal program is started with. The texts of its help stand in the catalogue
//! ([`crate::help`]), so that they follow the language; a comment on a value would be shown in
//! English beside them, so values have none.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use exposure::{Purpose, Security};
use jiff::Timestamp;
use monitor::Lang;
use monitor::intake::{Format, Role};
use monitor::trust::Fingerprint;
use std::path::PathBuf;

/// The whole command line.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "atesaki",
    version,
    propagate_version = true,
    subcommand_required = true
)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What holds for every command.
#[derive(Clone, Debug, Args)]
pub struct Common {
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "ATESAKI_DATA",
        hide_env_values = true
    )]
    data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Tongue>,
    /// Facts as JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// Facts and faults only.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Instant at which the clock stands still.
    #[arg(
        long,
        global = true,
        hide = true,
        value_name = "INSTANT",
        env = "ATESAKI_NOW"
    )]
    pub now: Option<Timestamp>,
}

impl Common {
    /// The data folder: the one that was named, else the place of the operating system.
    pub fn data(&self) -> PathBuf {
        self.data
            .clone()
            .unwrap_or_else(monitor::system::data_folder)
    }

    /// The language that was named, else the system's.
    pub fn lang(&self) -> Lang {
        match self.lang {
            Some(Tongue::En) => Lang::En,
            Some(Tongue::Ja) => Lang::Ja,
            None => Lang::of_system(|name| std::env::var(name).ok()),
        }
    }

    /// Whether a language was named: it then comes before the one kept in the ledger.
    pub const fn lang_named(&self) -> bool {
        self.lang.is_some()
    }
}

/// A language on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tongue {
    En,
    Ja,
}

/// The commands of this version.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Mailboxes on servers.
    #[command(subcommand)]
    Account(AccountCommand),
    /// Mail on this PC.
    #[command(subcommand)]
    Archive(ArchiveCommand),
    /// Reads what is new, once.
    Scan(ScanArgs),
    /// Keeps reading, and notifies.
    Watch,
    /// Records a disclosure.
    Give(GiveArgs),
    /// Proposes an address for a service, and records it.
    Suggest(SuggestArgs),
    /// Watches an address that nobody is given, or suggests one.
    Lookout(LookoutArgs),
    /// Lists services that the mail shows, and records or dismisses them.
    Proposals(ProposalsArgs),
    /// Imports the export of another program.
    Import(ImportArgs),
    /// Writes what the user recorded into a file.
    Export(ExportArgs),
    /// Writes the whole ledger into an encrypted file.
    Backup(BackupArgs),
    /// Puts a backup in the place of the ledger.
    Restore(RestoreArgs),
    /// Lists the user's addresses.
    Addresses,
    /// Says what an address is for.
    Address(AddressArgs),
    /// Lists services.
    Services,
    /// Lists flags.
    Flags,
    /// Lists mail in Junk that is perhaps none.
    Misfiled,
    /// Lists mail that revealed addresses, or says so.
    Exposures,
    /// Lets attachments be looked into, or not.
    Attachments(SwitchArgs),
    /// Lists incidents.
    Incidents,
    /// Lists of published breaches.
    #[command(subcommand)]
    Breaches(BreachesCommand),
    /// Shows the facts behind an address or a service.
    Explain(ExplainArgs),
    /// Makes the sample, reads it and reports.
    Demo(DemoArgs),
    /// Checks store, keychain, accounts and clock.
    Doctor(DoctorArgs),
    /// Removes data and secrets.
    Reset(ResetArgs),
    /// Prints completions for a shell.
    Completions(CompletionsArgs),
}

/// What can be done with accounts.
#[derive(Clone, Debug, Subcommand)]
pub enum AccountCommand {
    /// Connects, logs in, lists the mailboxes, then stores it.
    Add(AccountAddArgs),
    /// Lists accounts.
    List,
    /// Connects and logs in.
    Test(AccountTestArgs),
    /// Takes another password.
    Password(AccountPasswordArgs),
    /// Signs in again on the provider's page.
    SignIn(AccountTestArgs),
    /// Removes an account.
    Remove(AccountRemoveArgs),
}

/// What is off until it is switched on.
#[derive(Clone, Copy, Debug, Args)]
pub struct SwitchArgs {
    #[arg(value_name = "on|off")]
    pub switch: Switch,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

/// `account add`.
#[derive(Clone, Debug, Args)]
pub struct AccountAddArgs {
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    #[arg(long, value_name = "HOST[:PORT]")]
    pub server: Option<String>,
    #[arg(long, value_name = "MODE", default_value = "tls")]
    pub security: SecurityArg,
    #[arg(long, value_name = "NAME")]
    pub login: Option<String>,
    #[arg(long, value_name = "PEM")]
    pub ca_file: Option<PathBuf>,
    #[arg(long, value_name = "SHA256", conflicts_with = "ca_file", value_parser = fingerprint)]
    pub fingerprint: Option<Fingerprint>,
    #[arg(long, conflicts_with = "server")]
    pub look_up: bool,
    #[arg(long, value_name = "CMD", conflicts_with = "password_stdin")]
    pub password_command: Option<String>,
    #[arg(long)]
    pub password_stdin: bool,
    #[arg(long, value_name = "PROVIDER", conflicts_with_all = ["password_command", "password_stdin"])]
    pub oauth: Option<String>,
    #[arg(long, value_name = "JSON", requires = "oauth")]
    pub provider_file: Option<PathBuf>,
    #[arg(long = "own-domain", value_name = "DOMAIN")]
    pub own_domains: Vec<String>,
    #[arg(long, value_name = "CHARACTER", default_value_t = '+')]
    pub separator: char,
}

/// How a connection is secured, as written on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SecurityArg {
    Tls,
    Starttls,
    None,
}

impl From<SecurityArg> for Security {
    fn from(arg: SecurityArg) -> Security {
        match arg {
            SecurityArg::Tls => Security::Tls,
            SecurityArg::Starttls => Security::Starttls,
            SecurityArg::None => Security::None,
        }
    }
}

fn fingerprint(text: &str) -> Result<Fingerprint, String> {
    Fingerprint::parse(text).ok_or_else(|| "64 hex digits".to_owned())
}

/// `account test` and `account sign-in`.
#[derive(Clone, Debug, Args)]
pub struct AccountTestArgs {
    #[arg(value_name = "ACCOUNT")]
    pub account: String,
}

/// `account password`.
#[derive(Clone, Debug, Args)]
pub struct AccountPasswordArgs {
    #[arg(value_name = "ACCOUNT")]
    pub account: String,
    #[arg(long, value_name = "CMD", conflicts_with = "password_stdin")]
    pub password_command: Option<String>,
    #[arg(long)]
    pub password_stdin: bool,
}

/// `account remove`.
#[derive(Clone, Debug, Args)]
pub struct AccountRemoveArgs {
    #[arg(value_name = "ACCOUNT")]
    pub account: String,
    #[arg(long)]
    pub with_mail: bool,
}

/// What can be done with mail on this PC.
#[derive(Clone, Debug, Subcommand)]
pub enum ArchiveCommand {
    /// Records an mbox file, a Maildir or a folder of .eml files.
    Add(ArchiveAddArgs),
    /// Lists the accounts of Thunderbird on this PC.
    Find,
}

/// `archive add`.
#[derive(Clone, Debug, Args)]
pub struct ArchiveAddArgs {
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    #[arg(long = "own-address", value_name = "ADDRESS")]
    pub own_addresses: Vec<String>,
    #[arg(long = "own-domain", value_name = "DOMAIN")]
    pub own_domains: Vec<String>,
}

/// `scan`.
#[derive(Clone, Debug, Args)]
pub struct ScanArgs {
    #[arg(value_name = "ACCOUNT")]
    pub accounts: Vec<String>,
}

/// `give`.
#[derive(Clone, Debug, Args)]
pub struct GiveArgs {
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    #[arg(value_name = "SERVICE")]
    pub service: String,
    #[arg(long = "domain", value_name = "DOMAIN")]
    pub domains: Vec<String>,
    #[arg(long = "processor", value_name = "DOMAIN")]
    pub processors: Vec<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<String>,
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub also: Vec<Also>,
}

/// `suggest`.
#[derive(Clone, Debug, Args)]
pub struct SuggestArgs {
    #[arg(value_name = "SERVICE")]
    pub service: String,
    #[arg(long = "domain", value_name = "DOMAIN")]
    pub domains: Vec<String>,
    #[arg(long)]
    pub record: bool,
}

/// `address`.
#[derive(Clone, Debug, Args)]
pub struct AddressArgs {
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    #[arg(long, value_name = "PURPOSE")]
    pub purpose: PurposeArg,
}

/// What an address is for, as written on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PurposeArg {
    Work,
    Shopping,
    Personal,
    Throwaway,
    None,
}

impl From<PurposeArg> for Option<Purpose> {
    fn from(arg: PurposeArg) -> Option<Purpose> {
        match arg {
            PurposeArg::Work => Some(Purpose::Work),
            PurposeArg::Shopping => Some(Purpose::Shopping),
            PurposeArg::Personal => Some(Purpose::Personal),
            PurposeArg::Throwaway => Some(Purpose::Throwaway),
            PurposeArg::None => None,
        }
    }
}

/// Which address is to be watched.
#[derive(Clone, Debug, Args)]
pub struct LookoutArgs {
    #[arg(value_name = "ADDRESS")]
    pub address: Option<String>,
}

/// `proposals`.
#[derive(Clone, Debug, Args)]
pub struct ProposalsArgs {
    #[arg(long, value_name = "DOMAIN")]
    pub accept: Vec<String>,
    #[arg(long)]
    pub accept_all: bool,
    #[arg(long, value_name = "DOMAIN")]
    pub dismiss: Vec<String>,
}

/// What else was given with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Also {
    Name,
    Phone,
    Postal,
}

impl Also {
    /// The word that stands in the ledger.
    pub const fn word(self) -> &'static str {
        match self {
            Also::Name => "name",
            Also::Phone => "phone",
            Also::Postal => "postal",
        }
    }
}

/// `import`.
#[derive(Clone, Debug, Args)]
pub struct ImportArgs {
    #[arg(value_name = "FILE", required_unless_present_any = ["undo", "list"], conflicts_with_all = ["undo", "list"])]
    pub file: Option<PathBuf>,
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub format: Option<Format>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long = "column", value_name = "NAME=WHAT", value_parser = column)]
    pub columns: Vec<(String, Role)>,
    #[arg(long, conflicts_with = "dry_run")]
    pub delete: bool,
    #[arg(long, value_name = "ID", num_args = 0..=1, conflicts_with = "list")]
    pub undo: Option<Option<i64>>,
    #[arg(long)]
    pub list: bool,
}

fn format(text: &str) -> Result<Format, String> {
    let words = || Format::ALL.iter().map(|format| format.word());
    Format::from_word(text).ok_or_else(|| words().collect::<Vec<_>>().join(", "))
}

fn column(text: &str) -> Result<(String, Role), String> {
    let words = || Role::SAID.iter().map(|role| role.word());
    let (name, role) = text.rsplit_once('=').unwrap_or((text, ""));
    let role = Role::from_word(role);
    let role = role.ok_or_else(|| words().collect::<Vec<_>>().join(", "))?;
    Ok((name.to_owned(), role))
}

/// `export`.
#[derive(Clone, Debug, Args)]
pub struct ExportArgs {
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ExportAs>,
    #[arg(long)]
    pub force: bool,
}

/// What an export is written as, on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportAs {
    Json,
    Csv,
}

/// `backup`.
#[derive(Clone, Debug, Args)]
pub struct BackupArgs {
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    #[arg(long)]
    pub passphrase_stdin: bool,
    #[arg(long)]
    pub force: bool,
}

/// `restore`.
#[derive(Clone, Debug, Args)]
pub struct RestoreArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long)]
    pub passphrase_stdin: bool,
}

/// What can be done with lists of published breaches.
#[derive(Clone, Debug, Subcommand)]
pub enum BreachesCommand {
    /// Allows the public list to be fetched.
    On,
    /// Forbids it.
    Off,
    /// Fetches the lists that are switched on.
    Refresh,
    /// Lists what of them touches the ledger.
    List,
    /// Chooses a list of the user's own.
    Use(BreachesUseArgs),
}

/// `breaches use`.
#[derive(Clone, Debug, Args)]
pub struct BreachesUseArgs {
    #[arg(value_name = "FILE|URL", required_unless_present = "none")]
    pub place: Option<String>,
    #[arg(long, conflicts_with = "place")]
    pub none: bool,
}

/// `explain`.
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    #[arg(value_name = "ADDRESS|SERVICE")]
    pub what: String,
}

/// `demo`.
#[derive(Clone, Debug, Args)]
pub struct DemoArgs {
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
}

/// `doctor`.
#[derive(Clone, Debug, Args)]
pub struct DoctorArgs {
    #[arg(long)]
    pub rebuild: bool,
}

/// `reset`.
#[derive(Clone, Debug, Args)]
pub struct ResetArgs {
    #[arg(long)]
    pub yes: bool,
}

/// `completions`.
#[derive(Clone, Debug, Args)]
pub struct CompletionsArgs {
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}
