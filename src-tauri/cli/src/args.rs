//! The command line, as contract.md of the project promises it.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Which of your addresses does junk know?
#[derive(Parser, Debug)]
#[command(name = "atesaki", version, about, propagate_version = true)]
pub struct Line {
    /// Folder of the ledger (default: the data folder of this system)
    #[arg(long, global = true, env = "ATESAKI_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Language
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    /// Print facts as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Say only what went wrong
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// A language of the program.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LangArg {
    /// English
    En,
    /// Japanese
    Ja,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Mailboxes on servers
    Account {
        /// What to do with them
        #[command(subcommand)]
        action: AccountAction,
    },
    /// Mail on this PC
    Archive {
        /// What to do with it
        #[command(subcommand)]
        action: ArchiveAction,
    },
    /// Read what is new, to the end, once
    Scan {
        /// Accounts (all when none is named)
        accounts: Vec<String>,
    },
    /// Keep reading and notify
    Watch,
    /// Record that an address was given to a service
    Give(GiveArgs),
    /// Your addresses
    Addresses,
    /// Services and what they have
    Services,
    /// What is to be said
    Flags,
    /// What is to be followed up
    Incidents,
    /// The why of an address or service
    Explain {
        /// Address or service
        name: String,
    },
    /// A made-up year of mail, from an empty folder to the report
    Demo {
        /// Which made-up year
        #[arg(long, default_value_t = monitor::surface::STORY_SEED)]
        seed: u64,
        /// Where it is written (default: the folder "sample" of the data folder)
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
    /// Check ledger, password store, accounts and clock
    Doctor {
        /// Make what is derived anew
        #[arg(long)]
        rebuild: bool,
    },
    /// Remove the ledger and all passwords
    Reset {
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// What to do with mailboxes on servers.
#[derive(Subcommand, Debug)]
pub enum AccountAction {
    /// Connect, log in, list the mailboxes, then record it
    Add(AddArgs),
    /// List them
    List,
    /// Connect and log in
    Test {
        /// Account
        account: String,
    },
    /// Remove one
    Remove {
        /// Account
        account: String,
        /// Forget its mail too
        #[arg(long)]
        with_mail: bool,
    },
}

/// How an account is reached.
#[derive(Args, Debug)]
pub struct AddArgs {
    /// Your address
    pub address: String,
    /// Mail server
    #[arg(long, value_name = "HOST[:PORT]")]
    pub server: Option<String>,
    /// How the connection is secured
    #[arg(long, value_enum, default_value_t = SecurityArg::Tls)]
    pub security: SecurityArg,
    /// Login name (default: the address)
    #[arg(long)]
    pub login: Option<String>,
    /// PEM file of the authority to trust
    #[arg(long, value_name = "PEM")]
    pub ca_file: Option<PathBuf>,
    /// A shell line that prints the password
    #[arg(long, value_name = "CMD", conflicts_with = "password_stdin")]
    pub password_command: Option<String>,
    /// Read the password from standard input
    #[arg(long)]
    pub password_stdin: bool,
    /// A domain where every local part is yours
    #[arg(long = "own-domain", value_name = "DOMAIN")]
    pub own_domains: Vec<String>,
    /// Separator of tags
    #[arg(long, default_value_t = '+')]
    pub separator: char,
}

/// How a connection is secured.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SecurityArg {
    /// TLS from the first byte
    Tls,
    /// STARTTLS, required
    Starttls,
    /// Nothing; loopback hosts only
    None,
}

/// What to do with mail on this PC.
#[derive(Subcommand, Debug)]
pub enum ArchiveAction {
    /// An mbox file, a Maildir or a folder of .eml
    Add {
        /// File or folder
        path: PathBuf,
        /// An address of yours
        #[arg(long = "own-address", value_name = "ADDRESS")]
        own_addresses: Vec<String>,
        /// A domain where every local part is yours
        #[arg(long = "own-domain", value_name = "DOMAIN")]
        own_domains: Vec<String>,
    },
}

/// What was given to whom.
#[derive(Args, Debug)]
pub struct GiveArgs {
    /// Your address
    pub address: String,
    /// The service's name
    pub service: String,
    /// A domain it writes from
    #[arg(long = "domain", value_name = "DOMAIN")]
    pub domains: Vec<String>,
    /// The day (default: found in the mail)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<String>,
    /// What else it got: name, phone, postal
    #[arg(long, value_delimiter = ',')]
    pub also: Vec<String>,
}
