//! The one typed table of commands that the window may call. The table makes the router here and
//! the TypeScript beside the pages; nothing else crosses.

mod desk;
mod export;
mod typescript;

pub use desk::{Desk, Pick, Picker, STORY_SEED, make_sample, sample_folder};
pub use export::{ChosenExport, Drag, Dragged};
pub use typescript::typescript;

use crate::actor::{Change, DomainIs, Edit, Give};
use crate::breaches::Wish;
use crate::discovery;
use crate::exporting::ExportFormat;
use crate::fault::{self, Code, Fault};
use crate::intake::{self, Ask};
use crate::oauth;
use crate::secret::Secret;
use crate::shell::Topic;
use crate::signing_in::NewPassword;
use crate::store::{Entry, NewAccount, SignIn, Store};
use crate::trust::{Fingerprint, Trust};
use crate::vault::Keep;
use crate::view::{self, types};
use crate::whole::Place;
use crate::words::{Lang, Words};
use anyhow::{Context, Result};
use exposure::{AddrSpec, AddressKind, Role, Security, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Why a command was refused, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// The fault's code.
    pub code: String,
    /// What happened.
    pub text: String,
    /// What to do.
    pub action: String,
    /// The fingerprint of the certificate that was not believed.
    pub fingerprint: Option<String>,
}

impl Refusal {
    /// An error in the words of a language.
    pub fn of(words: &Words, error: &anyhow::Error) -> Refusal {
        let fault = fault::of(error);
        let (text, action) = words.fault_in_window(&fault);
        let fingerprint = fault.params.iter().find(|(name, _)| *name == "fingerprint");
        Refusal {
            code: fault.code.word().to_owned(),
            fingerprint: fingerprint.map(|(_, value)| value.clone()),
            text,
            action,
        }
    }
}

/// Arguments of a command, as the window sends them.
macro_rules! arguments {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident : $type:ty),* $(,)? })+) => {
        $($(#[$meta])*
        #[derive(Clone, Debug, Deserialize, TS)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type),* })+
    };
}

arguments! {
    /// No arguments.
    Nothing {}
    /// One address by its number.
    AddressAsk { /** The address's number. */ id: i64 }
    /// One service by its number.
    ServiceAsk { /** The service's number; below 0 where only the mail shows it. */ id: i64 }
    /// An edit that can be taken back.
    EditAsk { /** The edit. */ edit: Edit }
    /// A language, or the system's.
    LanguageAsk { /** `en`, `ja`, or null for the system's. */ lang: Option<String> }
    /// Whether notifications hide addresses.
    HideAsk { /** Hide them. */ hide: bool }
    /// Whether the program starts with the PC.
    StartAsk { /** It does. */ on: bool }
    /// Something that is off until it is switched on.
    SwitchAsk { /** It is on. */ on: bool }
    /// Whether the list of published breaches may be fetched.
    BreachesAsk { /** It may. */ on: bool }
    /// Which catalogue of breaches the user chooses.
    CatalogueAsk { /** An https address or a file; null: none. */ place: Option<String> }
    /// An address was given to a service.
    GiveAsk {
        /** The address. */ address: String,
        /** The service's name. */ service: String,
        /** Domains it writes from. */ domains: Vec<String>,
        /** The day, YYYY-MM-DD. */ on: Option<String>,
        /** `name`, `phone`, `postal`. */ also: Vec<String>,
    }
    /// Which address to give to a service.
    AliasAsk {
        /** The service's name. */ service: String,
        /** Domains it writes from. */ domains: Vec<String>,
    }
    /// An address that nobody is to be given.
    LookOutAsk { /** The address. */ address: String }
    /// Whose a domain is that writes like a service.
    DomainAsk {
        /** The service's number. */ service: i64,
        /** The domain. */ domain: String,
        /** What it is to the service. */ is: DomainIs,
    }
    /// A mailbox on a server.
    AccountAsk {
        /** The address. */ address: String,
        /** Host. */ host: String,
        /** Port; null: the usual one. */ port: Option<u16>,
        /** How it is secured. */ security: Security,
        /** Login name; null: the address. */ login: Option<String>,
        /** Password. */ password: String,
        /** PEM file of an authority. */ ca_file: Option<String>,
        /** Fingerprint of the one certificate to believe. */ certificate: Option<String>,
        /** Domains where every local part is the user's. */ own_domains: Vec<String>,
        /** Where the password is kept. */ keep: Keep,
    }
    /// How the mailbox of an address is reached.
    ServerAsk {
        /** The address. */ address: String,
        /** Ask at its domain and in the public list; the user said yes. */ look_up: bool,
    }
    /// A mailbox that is entered through its provider's own page.
    SignInAsk {
        /** The address. */ address: String,
        /** The provider. */ provider: String,
        /** Domains where every local part is the user's. */ own_domains: Vec<String>,
    }
    /// A page of a provider.
    PageAsk { /** Its address, as it was shown. */ page: String }
    /// One account by its number.
    AccountId { /** The account's number. */ id: i64 }
    /// Another password of an account.
    PasswordAsk {
        /** The account's number. */ id: i64,
        /** The password. */ password: Secret,
        /** Where it is kept. */ keep: Keep,
    }
    /// Which account goes.
    RemoveAsk {
        /** The account's number. */ id: i64,
        /** Forget its mail too. */ with_mail: bool,
    }
    /// What a mailbox is.
    RoleAsk {
        /** The mailbox's number. */ mailbox: i64,
        /** Its role. */ role: Role,
    }
    /// What is chosen in the system's dialog.
    PickAsk { /** A file or a folder. */ kind: PickKind }
    /// Mail on this PC.
    ArchiveAsk {
        /** File or folder. */ path: String,
        /** Addresses that are the user's. */ own_addresses: Vec<String>,
        /** Domains that are. */ own_domains: Vec<String>,
    }
    /// One account, or all.
    ScanAsk { /** The account's number; null: all. */ account: Option<i64> }
    /// An export that was chosen or dropped, by its number.
    ExportId { /** Its number. */ id: usize }
    /// How it is read.
    ImportAsk {
        /** Its number. */ id: usize,
        /** What its columns are, by their names; null: as guessed, or as said before. */ columns: Option<BTreeMap<String, String>>,
    }
    /// One import by its number.
    ImportId { /** The import's number. */ id: i64 }
    /// An export of our own.
    ExportAsk { /** What it is written as. */ format: ExportFormat }
    /// A backup to be made.
    BackupAsk { /** What opens it. */ passphrase: Secret }
    /// A backup to be restored.
    RestoreAsk {
        /** The file. */ path: String,
        /** What opens it. */ passphrase: Secret,
    }
    /// Answer to "which of these addresses are yours?".
    ClaimAsk {
        /** The user's. */ mine: Vec<String>,
        /** Not the user's. */ not_mine: Vec<String>,
    }
    /// A verdict of the user.
    CorrectAsk {
        /** The message's number. */ message: i64,
        /** The verdict; `unjudged` takes it back. */ verdict: Verdict,
    }
    /// One address by its number.
    SettleAsk { /** The address's number. */ address: i64 }
}

/// What is chosen in the system's dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PickKind {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Declares the table: name, arguments, result, and what it does.
macro_rules! table {
    ($($name:ident ( $desk:ident, $ask:ident : $args:ty ) -> $result:ty $body:block)+) => {
        /// Runs a command by its name.
        ///
        /// # Errors
        /// A [`Refusal`] in the language in use.
        pub async fn call(desk: &Desk, name: &str, args: Value) -> Result<Value, Refusal> {
            let outcome = match name {
                $(stringify!($name) => {
                    async fn run($desk: &Desk, $ask: $args) -> Result<$result> $body
                    match serde_json::from_value::<$args>(args) {
                        Ok(ask) => run(desk, ask).await.and_then(|r| Ok(serde_json::to_value(r)?)),
                        Err(error) => Err(anyhow::Error::new(error)),
                    }
                })+
                unknown => Err(anyhow::anyhow!("no command {unknown}")),
            };
            outcome.map_err(|error| Refusal::of(desk.handle().words(), &error))
        }

        /// Every command with its arguments and its result in TypeScript.
        pub(crate) fn commands(config: &ts_rs::Config) -> Vec<(&'static str, String, String)> {
            vec![$((stringify!($name), <$args as TS>::name(config), <$result as TS>::name(config))),+]
        }
    };
}

table! {
    settings(desk, _ask: Nothing) -> types::Settings {
        let handle = desk.handle();
        view::settings(&handle, handle.words(), desk.is_sample())
    }
    set_language(desk, ask: LanguageAsk) -> () {
        desk.handle().set_language(ask.lang.as_deref().and_then(Lang::parse)).await
    }
    set_hide_addresses(desk, ask: HideAsk) -> () {
        let value = ask.hide.then(|| "yes".to_owned());
        desk.handle().change(Change::Setting("hide_addresses", value)).await.map(drop)
    }
    set_attachments(desk, ask: SwitchAsk) -> () {
        desk.handle().allow_attachments(ask.on).await?;
        if ask.on {
            desk.scan(None);
        }
        Ok(())
    }
    exposures(desk, _ask: Nothing) -> Vec<types::ExposureRow> {
        let handle = desk.handle();
        Ok(view::exposures(&*handle.picture()?, handle.words()))
    }
    set_start_with_pc(desk, ask: StartAsk) -> () {
        let handle = desk.handle();
        handle.start().shell.start_with_pc(ask.on)?;
        handle.start().shell.changed(&[Topic::Settings]);
        Ok(())
    }
    set_breaches(desk, ask: BreachesAsk) -> () {
        desk.own()?.allow_breaches(ask.on).await
    }
    refresh_breaches(desk, _ask: Nothing) -> Vec<String> {
        let handle = desk.own()?;
        let all = handle.refresh_breaches(desk.lists(), Wish::ByHand).await?;
        let words = handle.words();
        let said: Vec<String> = all.iter().filter_map(|one| view::breach_news(words, one)).collect();
        match all.into_iter().find_map(|one| one.outcome.err()) {
            Some(fault) if said.is_empty() => Err(fault.into()),
            Some(_) | None => Ok(said),
        }
    }
    choose_catalogue(desk, ask: CatalogueAsk) -> () {
        desk.own()?.choose_catalogue(ask.place.as_deref()).await.map(drop)
    }
    overview(desk, _ask: Nothing) -> types::Overview {
        let handle = desk.handle();
        let (picture, running) = (handle.picture()?, handle.running());
        let first = picture.accounts.iter().any(|a| a.backfilled_at.is_none() && running.contains_key(&a.id));
        handle.read(|store| view::overview(&picture, store, handle.words(), first))
    }
    addresses(desk, _ask: Nothing) -> Vec<types::AddressRow> {
        let handle = desk.handle();
        view::addresses(&*handle.picture()?, handle.words())
    }
    address(desk, ask: AddressAsk) -> types::AddressPage {
        let handle = desk.handle();
        let picture = handle.picture()?;
        handle.read(|store| view::address(&picture, store, handle.words(), ask.id))
    }
    services(desk, _ask: Nothing) -> Vec<types::ServiceRow> {
        let handle = desk.handle();
        Ok(view::services(&*handle.picture()?, handle.words()))
    }
    service(desk, ask: ServiceAsk) -> types::ServicePage {
        let handle = desk.handle();
        let picture = handle.picture()?;
        handle.read(|store| view::service(&picture, store, handle.words(), ask.id))
    }
    edit(desk, ask: EditAsk) -> i64 {
        desk.handle().edit(ask.edit).await
    }
    undo(desk, _ask: Nothing) -> () {
        desk.handle().undo().await
    }
    give(desk, ask: GiveAsk) -> () {
        let on = match ask.on.as_deref().filter(|text| !text.is_empty()) {
            Some(text) => Some(text.parse().map_err(|_| Fault::new(Code::NotADate).with("text", text))?),
            None => None,
        };
        let give = Give { address: spec(&ask.address)?, service: ask.service.trim().to_owned(), domains: ask.domains, processors: Vec::new(), on, also: ask.also };
        desk.handle().change(Change::Give(give)).await.map(drop)
    }
    aliases(desk, ask: AliasAsk) -> Vec<types::AliasRow> {
        let handle = desk.handle();
        let picture = handle.picture()?;
        handle.read(|store| view::aliases(&picture, store, handle.words(), &ask.service, &ask.domains))
    }
    lookouts(desk, _ask: Nothing) -> Vec<types::LookoutRow> {
        let handle = desk.handle();
        let picture = handle.picture()?;
        handle.read(|store| view::lookouts(&picture, store, handle.words()))
    }
    proposals(desk, _ask: Nothing) -> Vec<types::ProposalRow> {
        let handle = desk.handle();
        Ok(view::proposals(&*handle.picture()?, handle.words()))
    }
    look_out(desk, ask: LookOutAsk) -> () {
        let change = Change::Kind(spec(&ask.address)?, AddressKind::Control);
        desk.handle().change(change).await.map(drop)
    }
    say_domain(desk, ask: DomainAsk) -> () {
        let change = Change::Domain { service: ask.service, domain: ask.domain, is: ask.is };
        desk.handle().change(change).await.map(drop)
    }
    accounts(desk, _ask: Nothing) -> Vec<types::AccountRow> {
        let handle = desk.handle();
        Ok(view::accounts(&*handle.picture()?, handle.words(), &handle.activity()))
    }
    add_account(desk, ask: AccountAsk) -> () {
        let name = spec(&ask.address)?.to_string();
        let port = ask.port.unwrap_or(match ask.security {
            Security::Tls => 993,
            Security::Starttls | Security::None => 143,
        });
        let entry = Entry::Imap {
            host: ask.host.trim().to_owned(),
            port,
            security: ask.security,
            login: ask.login.filter(|l| !l.is_empty()).unwrap_or_else(|| name.clone()),
            trust: Trust::of(
                ask.ca_file.filter(|f| !f.is_empty()).map(Into::into),
                ask.certificate.and_then(|text| Fingerprint::parse(&text)),
            ),
            password_command: None,
            sign_in: SignIn::Password,
        };
        let password = crate::mailbox::Secret(ask.password);
        let account = NewAccount { name, entry, separator: '+' };
        desk.handle().add_account(account, Some((password, ask.keep)), ask.own_domains).await?;
        desk.scan(None);
        Ok(())
    }
    server_of(desk, ask: ServerAsk) -> types::ServerAnswer {
        let (address, handle) = (spec(&ask.address)?, desk.handle());
        let providers = handle.providers()?;
        let can_sign_in = |name: &str| oauth::Provider::named(name, providers.as_deref(), |v| std::env::var(v).ok()).is_ok();
        Ok(if ask.look_up {
            let found = discovery::look_up(&address, desk.places()).await;
            view::looked_up(handle.words(), &address, found, can_sign_in)
        } else {
            view::known_server(handle.words(), &address, discovery::known(&address), can_sign_in)
        })
    }
    open_page(desk, ask: PageAsk) -> () {
        // Nothing but what the table holds is ever opened.
        let page = discovery::PROVIDERS.iter().filter_map(|p| p.page).find(|page| *page == ask.page);
        desk.opener()(page.ok_or_else(|| Fault::new(Code::NoBrowser))?)
    }
    sign_in(desk, ask: SignInAsk) -> () {
        let name = spec(&ask.address)?.to_string();
        let host = oauth::mail_server(&ask.provider).ok_or_else(|| Fault::new(Code::NoRegistration).with("provider", &ask.provider))?;
        let entry = Entry::Imap {
            host: host.to_owned(),
            port: 993,
            security: Security::Tls,
            login: name.clone(),
            trust: Trust::System,
            password_command: None,
            sign_in: SignIn::Provider(ask.provider),
        };
        let account = NewAccount { name, entry, separator: '+' };
        let (handle, open) = (desk.handle(), desk.opener());
        desk.waiting(handle.add_account_signed_in(account, Keep::Keychain, ask.own_domains, &open)).await?;
        desk.scan(None);
        Ok(())
    }
    sign_in_again(desk, ask: AccountId) -> () {
        let (handle, open) = (desk.handle(), desk.opener());
        desk.waiting(handle.sign_in_again(&ask.id.to_string(), Keep::Keychain, &open)).await?;
        desk.scan(Some(ask.id));
        Ok(())
    }
    enter_password(desk, ask: PasswordAsk) -> () {
        let password = NewPassword::Typed(ask.password, ask.keep);
        desk.handle().enter_password(&ask.id.to_string(), password).await?;
        desk.scan(Some(ask.id));
        Ok(())
    }
    stop_sign_in(desk, _ask: Nothing) -> () {
        desk.stop_waiting();
        Ok(())
    }
    test_account(desk, ask: AccountId) -> String {
        let handle = desk.handle();
        let listed = handle.test_account(&ask.id.to_string()).await?;
        Ok(handle.words().count("count.folders", listed.len() as u64, &[]))
    }
    remove_account(desk, ask: RemoveAsk) -> () {
        desk.handle().remove_account(&ask.id.to_string(), ask.with_mail).await
    }
    set_role(desk, ask: RoleAsk) -> () {
        desk.handle().change(Change::ChooseRole { mailbox: ask.mailbox, role: ask.role }).await.map(drop)
    }
    pick_archive(desk, ask: PickAsk) -> Option<String> {
        let what = match ask.kind {
            PickKind::File => Pick::File,
            PickKind::Folder => Pick::Folder,
        };
        Ok(desk.pick(what).await.map(|path| path.display().to_string()))
    }
    found_archives(desk, _ask: Nothing) -> Vec<types::FoundArchive> {
        let handle = desk.handle();
        let found = desk.found().await?;
        Ok(view::found_archives(handle.words(), &handle.read(Store::accounts)?, &found))
    }
    add_archive(desk, ask: ArchiveAsk) -> () {
        let own = ask.own_addresses.iter().map(|text| spec(text)).collect::<Result<_>>()?;
        desk.handle().add_archive(ask.path.as_ref(), own, ask.own_domains).await?;
        desk.scan(None);
        Ok(())
    }
    scan(desk, ask: ScanAsk) -> () {
        desk.handle().become_reader()?;
        desk.scan(ask.account);
        Ok(())
    }
    stop(desk, ask: ScanAsk) -> () {
        desk.handle().stop(ask.account);
        Ok(())
    }
    dragged(desk, _ask: Nothing) -> Dragged {
        desk.take_dragged()
    }
    pick_export(desk, _ask: Nothing) -> Option<ChosenExport> {
        Ok(desk.pick(Pick::File).await.map(|path| desk.choose_export(path)))
    }
    import_preview(desk, ask: ImportAsk) -> types::ImportPreview {
        let preview = desk.preview_export(ask.id, &about(ask.columns)).await?;
        Ok(view::import_preview(desk.handle().words(), &preview))
    }
    import(desk, ask: ImportAsk) -> types::ImportPreview {
        let imported = desk.import_export(ask.id, about(ask.columns)).await?;
        Ok(view::import_preview(desk.handle().words(), &imported))
    }
    delete_export(desk, ask: ExportId) -> () {
        desk.delete_export(ask.id).await
    }
    imports(desk, _ask: Nothing) -> Vec<types::ImportRow> {
        let handle = desk.handle();
        let picture = handle.picture()?;
        Ok(view::imports(&picture, handle.words(), &handle.read(Store::imports)?))
    }
    undo_import(desk, ask: ImportId) -> String {
        let handle = desk.handle();
        Ok(view::undone(handle.words(), handle.undo_import(Some(ask.id)).await?))
    }
    export(desk, ask: ExportAsk) -> Option<String> {
        let handle = desk.own()?;
        let name = match ask.format {
            ExportFormat::Json => "atesaki.json",
            ExportFormat::Csv => "atesaki.csv",
        };
        let Some(path) = desk.pick(Pick::Save(name)).await else { return Ok(None) };
        handle.export(&path, ask.format, Place::Any)?;
        Ok(Some(path.display().to_string()))
    }
    back_up(desk, ask: BackupAsk) -> Option<String> {
        let path = desk.back_up(ask.passphrase).await?;
        Ok(path.map(|path| path.display().to_string()))
    }
    restore(desk, ask: RestoreAsk) -> Vec<String> {
        let restored = desk.restore(ask.path.into(), ask.passphrase).await?;
        Ok(view::restored(desk.handle().words(), &restored))
    }
    candidates(desk, _ask: Nothing) -> Vec<types::CandidateRow> {
        let handle = desk.handle();
        let picture = handle.picture()?;
        handle.read(|store| view::candidates(&picture, store, handle.words()))
    }
    claim(desk, ask: ClaimAsk) -> () {
        let specs = |texts: &[String]| texts.iter().map(|text| spec(text)).collect::<Result<Vec<_>>>();
        let change = Change::Claim { mine: specs(&ask.mine)?, not_mine: specs(&ask.not_mine)? };
        desk.handle().change(change).await.map(drop)
    }
    correct(desk, ask: CorrectAsk) -> () {
        desk.handle().change(Change::Correct { message: ask.message, verdict: ask.verdict }).await.map(drop)
    }
    settle(desk, ask: SettleAsk) -> () {
        desk.handle().change(Change::Settle(ask.address)).await.map(drop)
    }
    incidents(desk, _ask: Nothing) -> Vec<types::IncidentRow> {
        let handle = desk.handle();
        let picture = handle.picture()?;
        handle.read(|store| view::incidents(&picture, store, handle.words()))
    }
    open_sample(desk, _ask: Nothing) -> () {
        desk.open_sample().await.context("the sample")
    }
    leave_sample(desk, _ask: Nothing) -> () {
        desk.leave_sample()
    }
}

/// What is asked about an export, by what the user said of its columns.
fn about(columns: Option<BTreeMap<String, String>>) -> Ask {
    let mut ask = Ask::default();
    for (name, word) in columns.into_iter().flatten() {
        // A column that is never read stays so, whatever is sent back about it.
        if let Some(role) = intake::Role::from_word(&word) {
            ask.columns.insert(name, role);
        }
    }
    ask
}

/// An address that a person typed.
fn spec(text: &str) -> Result<AddrSpec> {
    AddrSpec::parse(text).map_err(|_| Fault::new(Code::NotAnAddress).with("text", text).into())
}
