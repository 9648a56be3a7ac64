// Made from Rust (`monitor::surface`). Do not edit: `make bindings` writes it anew.

export type Level = "unexpected_sender" | "junk_began" | "likely_source";
export type AddressKind = "plain" | "subaddress" | "catch_all" | "relay" | "control";
export type AddressState = "too_early" | "no_change" | "unseen" | "unusual" | "unexpected_sender" | "already" | "growing" | "junk_began" | "likely_source" | "very_likely_source" | "own_mail" | "accepted";
export type AddressStatus = "active" | "retiring" | "retired";
export type Basis = "declared" | "imported" | "inferred";
export type Provenance = "service" | "processor" | "stranger";
export type SuspectKind = "service" | "guessed" | "scraped" | "provider" | "contact" | "stripped" | "unrecorded";
export type Verdict = "unjudged" | "wanted" | "junk";
export type VerdictSource = "user" | "keyword" | "folder" | "header" | "nobody";
export type Role = "inbox" | "junk" | "sent" | "drafts" | "trash" | "archive" | "all" | "other";
export type Security = "tls" | "starttls" | "none";
export type Keep = "keychain" | "memory";
export type PickKind = "file" | "folder";
export type Topic = "overview" | "addresses" | "services" | "accounts" | "incidents" | "settings";
export type Tone = "neutral" | "watch" | "accent";
export type Badge = { 
/**
 * The state.
 */
state: AddressState, 
/**
 * Its word.
 */
text: string, 
/**
 * Its tone.
 */
tone: Tone, };
export type ChartDay = { 
/**
 * The civil day.
 */
day: string, 
/**
 * Junk messages.
 */
junk: number, 
/**
 * Messages from strangers that nobody judged.
 */
stranger: number, 
/**
 * Wanted messages.
 */
wanted: number, 
/**
 * Whether junk of this day could be seen.
 */
observed: boolean, };
export type OnsetBand = { 
/**
 * Lower end.
 */
earliest: string | null, 
/**
 * Median day.
 */
estimate: string | null, 
/**
 * Upper end.
 */
latest: string | null, };
export type PinKind = "given" | "onset";
export type Pin = { 
/**
 * The civil day.
 */
day: string, 
/**
 * `given` or `onset`.
 */
kind: PinKind, 
/**
 * Its words, for example "given 12 March".
 */
label: string, };
export type FlagCard = { 
/**
 * The address's number: opens the Address screen.
 */
address_id: number, 
/**
 * The address.
 */
address: string, 
/**
 * How much is claimed.
 */
level: Level, 
/**
 * The badge.
 */
badge: Badge, 
/**
 * The service where one is named, else words such as "The source cannot be told".
 */
title: string, 
/**
 * "since about 14 May".
 */
since: string, 
/**
 * "before: fewer than 1 a month"; empty when unknown.
 */
before: string, 
/**
 * The figure after: "5.5"; empty when unknown.
 */
rate: string, 
/**
 * Its unit: "junk a day".
 */
rate_unit: string, 
/**
 * One or two sentences.
 */
why: string, 
/**
 * The last 90 days.
 */
spark: Array<ChartDay>, 
/**
 * The onset in those days.
 */
onset: OnsetBand, };
export type Figure = { 
/**
 * The number, ready to show.
 */
value: string, 
/**
 * What it counts.
 */
label: string, };
export type FirstEvening = { 
/**
 * Sentence 11 of wording.md, one per account whose junk goes back less than 60 days.
 */
sentence: string, 
/**
 * What the mail already shows, in words with a number each.
 */
shown: Array<Figure>, };
export type Overview = { 
/**
 * One sentence that says how things stand.
 */
headline: string, 
/**
 * A second, quieter sentence; empty when there is none.
 */
headline_more: string, 
/**
 * Nothing was ever read: the Welcome screen comes first.
 */
empty: boolean, 
/**
 * Open flags from `junk_began` up, strongest first.
 */
flags: Array<FlagCard>, 
/**
 * Addresses that heard from a sender not on record.
 */
unexpected: Array<FlagCard>, 
/**
 * What an account cannot show, each a sentence (hidden junk folder, missing days).
 */
coverage: Array<string>, 
/**
 * The first evening, while it lasts.
 */
first_evening: FirstEvening | null, 
/**
 * All addresses together by day, up to two years back.
 */
total: Array<ChartDay>, 
/**
 * Figures of the same series: junk of the last 30 days, wanted mail of the last 30 days …
 */
figures: Array<Figure>, 
/**
 * Addresses found in mail that the user has not said yes or no to.
 */
candidates: number, };
export type AddressRow = { 
/**
 * The address's number; 0 for a domain's never-given pool.
 */
id: number, 
/**
 * The address, or `*@domain`.
 */
address: string, 
/**
 * Its kind; `None` for a pool.
 */
kind: AddressKind | null, 
/**
 * Its kind in words.
 */
kind_text: string, 
/**
 * Where it is in its life.
 */
status: AddressStatus, 
/**
 * Its state.
 */
badge: Badge, 
/**
 * Names of the services that have it.
 */
services: Array<string>, 
/**
 * First mail.
 */
first_seen: string | null, 
/**
 * Junk of all time.
 */
junk_total: number, 
/**
 * Wanted mail of all time.
 */
wanted_total: number, 
/**
 * Junk of the last 30 days.
 */
junk_30d: number, 
/**
 * The last 90 days.
 */
spark: Array<ChartDay>, };
export type SuspectRow = { 
/**
 * What kind.
 */
kind: SuspectKind, 
/**
 * The service's name, or the words of its kind.
 */
title: string, 
/**
 * "very likely (more than 9 in 10)"; empty where nothing can be told.
 */
likelihood: string, 
/**
 * Length of the bar, 0 to 1; `None` where nothing can be told.
 */
share: number | null, 
/**
 * What speaks for or against it, strongest first, each a sentence.
 */
evidence: Array<string>, 
/**
 * The suspect that the flag names.
 */
named: boolean, };
export type SenderRow = { 
/**
 * The organisational domain.
 */
domain: string, 
/**
 * Who it is, as seen from the disclosures of the address.
 */
provenance: Provenance, 
/**
 * Whether the user's server verified it.
 */
authenticated: boolean, 
/**
 * "Expected" or "Unexpected".
 */
expected: boolean, 
/**
 * Words under it: "the service · 25 messages".
 */
detail: string, 
/**
 * Messages.
 */
count: number, 
/**
 * Junk among them.
 */
junk: number, 
/**
 * First and last day.
 */
first: string | null, 
/**
 * Last day.
 */
last: string | null, };
export type MessageRow = { 
/**
 * The ledger's number.
 */
id: number, 
/**
 * Civil day.
 */
day: string, 
/**
 * Day in words.
 */
day_text: string, 
/**
 * Sender: name or domain, safe to show.
 */
sender: string, 
/**
 * Subject, safe to show; empty when forgotten.
 */
subject: string, 
/**
 * Current verdict.
 */
verdict: Verdict, 
/**
 * Who gave it.
 */
source: VerdictSource, 
/**
 * "Junk · Folder" in words.
 */
verdict_text: string, 
/**
 * Service, processor or stranger.
 */
provenance: Provenance, };
export type HolderRow = { 
/**
 * The service's number.
 */
service_id: number, 
/**
 * Its name.
 */
service: string, 
/**
 * "given 12 March", with how that is known.
 */
given: string, 
/**
 * The day.
 */
given_from: string | null, 
/**
 * How it is known.
 */
basis: Basis, };
export type AddressPage = { 
/**
 * The row of the list.
 */
row: AddressRow, 
/**
 * "Address on your own domain, given to one service on 12 March. …"
 */
about: string, 
/**
 * What is missing, each a sentence (days not watched, junk folder not visible).
 */
coverage: Array<string>, 
/**
 * Every day from the first to today.
 */
days: Array<ChartDay>, 
/**
 * The onset, if any.
 */
onset: OnsetBand, 
/**
 * What happened.
 */
pins: Array<Pin>, 
/**
 * The sentence under the chart.
 */
sentence: string, 
/**
 * Explanations, most probable first.
 */
suspects: Array<SuspectRow>, 
/**
 * "This is a likelihood, not proof. …"; empty without a likely source.
 */
caveat: string, 
/**
 * Who writes here.
 */
senders: Array<SenderRow>, 
/**
 * Who has it.
 */
holders: Array<HolderRow>, 
/**
 * The newest messages, at most 100.
 */
messages: Array<MessageRow>, };
export type GivenAddress = { 
/**
 * The address's number.
 */
id: number, 
/**
 * The address.
 */
address: string, 
/**
 * "given 12 March".
 */
given: string, 
/**
 * Its state.
 */
badge: Badge, };
export type ServiceRow = { 
/**
 * The service's number.
 */
id: number, 
/**
 * Its name.
 */
service: string, 
/**
 * Domains it writes from.
 */
domains: Array<string>, 
/**
 * Addresses it has.
 */
addresses: Array<GivenAddress>, 
/**
 * Its wanted mail of all time.
 */
wanted_total: number, 
/**
 * Last mail, in words; empty when there was none.
 */
last_mail: string, };
export type MailboxRow = { 
/**
 * The ledger's number.
 */
id: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Its role.
 */
role: Role, 
/**
 * Role in words.
 */
role_text: string, 
/**
 * The user chose the role.
 */
by_user: boolean, 
/**
 * Messages in the ledger.
 */
messages: number, };
export type ScanProgress = { 
/**
 * Messages read.
 */
read: number, 
/**
 * Messages in all, as far as known.
 */
total: number, 
/**
 * "48,200 of about 61,000 messages, 2 minutes left".
 */
text: string, };
export type AccountRow = { 
/**
 * The account's number.
 */
id: number, 
/**
 * Address or path.
 */
name: string, 
/**
 * Server, or "mail on this PC".
 */
detail: string, 
/**
 * How it is secured; `None` for mail on this PC.
 */
security: Security | null, 
/**
 * State in words: "Up to date, 4 min ago".
 */
state: string, 
/**
 * It is being read now.
 */
reading: boolean, 
/**
 * Messages read and to be read in this scan.
 */
progress: ScanProgress | null, 
/**
 * The last fault in words, with what to do; empty when there is none.
 */
fault: string, 
/**
 * Words about the junk folder; empty when it is seen.
 */
junk_folder: string, 
/**
 * Its mailboxes.
 */
mailboxes: Array<MailboxRow>, };
export type CandidateRow = { 
/**
 * The address.
 */
address: string, 
/**
 * Messages that came to it.
 */
messages: number, 
/**
 * Words: "412 messages since March 2024".
 */
detail: string, 
/**
 * It looks like the user's own (most of the mail came to it).
 */
likely: boolean, };
export type IncidentRow = { 
/**
 * The incident's number.
 */
id: number, 
/**
 * The address's number.
 */
address_id: number, 
/**
 * The address.
 */
address: string, 
/**
 * The service, where one is named.
 */
service: string | null, 
/**
 * Status in words.
 */
status: string, 
/**
 * Opened on, in words.
 */
opened: string, 
/**
 * What it says now, a sentence; says so when the facts no longer support it.
 */
sentence: string, 
/**
 * Its badge.
 */
badge: Badge, };
export type PageLine = { 
/**
 * What.
 */
title: string, 
/**
 * In words.
 */
text: string, 
/**
 * Whether it is happening; `None` where that has no meaning.
 */
on: boolean | null, };
export type Settings = { 
/**
 * Language in use: `en` or `ja`.
 */
lang: string, 
/**
 * The language follows the system.
 */
lang_from_system: boolean, 
/**
 * The ledger that is open is the sample.
 */
sample: boolean, 
/**
 * Where the ledger lies.
 */
data_folder: string, 
/**
 * The zone in which days are counted.
 */
zone: string, 
/**
 * Version of the program.
 */
version: string, 
/**
 * Addresses are hidden in notifications.
 */
hide_addresses: boolean, 
/**
 * What goes over the network.
 */
network: Array<PageLine>, 
/**
 * What is kept on this PC.
 */
kept: Array<PageLine>, 
/**
 * One real row of what is kept of a message, by field.
 */
kept_row: Array<Figure>, 
/**
 * The clock is fixed at this instant (samples, pictures, tests).
 */
fixed_now: string | null, };
export type Refusal = { 
/**
 * The fault's code.
 */
code: string, 
/**
 * What happened.
 */
text: string, 
/**
 * What to do.
 */
action: string, };
export type Nothing = Record<symbol, never>;
export type AddressAsk = { 
/**
 * The address's number. 
 */
id: number, };
export type LanguageAsk = { 
/**
 * `en`, `ja`, or null for the system's. 
 */
lang: string | null, };
export type HideAsk = { 
/**
 * Hide them. 
 */
hide: boolean, };
export type GiveAsk = { 
/**
 * The address. 
 */
address: string, 
/**
 * The service's name. 
 */
service: string, 
/**
 * Domains it writes from. 
 */
domains: Array<string>, 
/**
 * The day, YYYY-MM-DD. 
 */
on: string | null, 
/**
 * `name`, `phone`, `postal`. 
 */
also: Array<string>, };
export type AccountAsk = { 
/**
 * The address. 
 */
address: string, 
/**
 * Host. 
 */
host: string, 
/**
 * Port; null: the usual one. 
 */
port: number | null, 
/**
 * How it is secured. 
 */
security: Security, 
/**
 * Login name; null: the address. 
 */
login: string | null, 
/**
 * Password. 
 */
password: string, 
/**
 * PEM file of an authority. 
 */
ca_file: string | null, 
/**
 * Domains where every local part is the user's. 
 */
own_domains: Array<string>, 
/**
 * Where the password is kept. 
 */
keep: Keep, };
export type AccountId = { 
/**
 * The account's number. 
 */
id: number, };
export type RemoveAsk = { 
/**
 * The account's number. 
 */
id: number, 
/**
 * Forget its mail too. 
 */
with_mail: boolean, };
export type RoleAsk = { 
/**
 * The mailbox's number. 
 */
mailbox: number, 
/**
 * Its role. 
 */
role: Role, };
export type PickAsk = { 
/**
 * A file or a folder. 
 */
kind: PickKind, };
export type ArchiveAsk = { 
/**
 * File or folder. 
 */
path: string, 
/**
 * Addresses that are the user's. 
 */
own_addresses: Array<string>, 
/**
 * Domains that are. 
 */
own_domains: Array<string>, };
export type ScanAsk = { 
/**
 * The account's number; null: all. 
 */
account: number | null, };
export type ClaimAsk = { 
/**
 * The user's. 
 */
mine: Array<string>, 
/**
 * Not the user's. 
 */
not_mine: Array<string>, };
export type CorrectAsk = { 
/**
 * The message's number. 
 */
message: number, 
/**
 * The verdict; `unjudged` takes it back. 
 */
verdict: Verdict, };
export type SettleAsk = { 
/**
 * The address's number. 
 */
address: number, };

export type Badge = { state: AddressState; text: string; tone: Tone };
export type ChartDay = { day: string; junk: number; stranger: number; wanted: number; observed: boolean };
export type OnsetBand = { earliest: string | null; estimate: string | null; latest: string | null };
export type Pin = { day: string; kind: PinKind; label: string };
export type FlagCard = {
  address_id: number;
  address: string;
  level: Level;
  badge: Badge;
  title: string;
  since: string;
  before: string;
  rate: string;
  rate_unit: string;
  why: string;
  spark: Array<ChartDay>;
  onset: OnsetBand;
};
export type Figure = { value: string; label: string };
export type FirstEvening = { sentence: string; shown: Array<Figure> };
export type Overview = {
  headline: string;
  headline_more: string;
  empty: boolean;
  flags: Array<FlagCard>;
  unexpected: Array<FlagCard>;
  coverage: Array<string>;
  first_evening: FirstEvening | null;
  total: Array<ChartDay>;
  figures: Array<Figure>;
  candidates: number;
};
export type AddressRow = {
  id: number;
  address: string;
  kind: AddressKind | null;
  kind_text: string;
  status: AddressStatus;
  badge: Badge;
  services: Array<string>;
  first_seen: string | null;
  junk_total: number;
  wanted_total: number;
  junk_30d: number;
  spark: Array<ChartDay>;
};
export type SuspectRow = {
  kind: SuspectKind;
  title: string;
  likelihood: string;
  share: number | null;
  evidence: Array<string>;
  named: boolean;
};
export type SenderRow = {
  domain: string;
  provenance: Provenance;
  authenticated: boolean;
  expected: boolean;
  detail: string;
  count: number;
  junk: number;
  first: string | null;
  last: string | null;
};
export type MessageRow = {
  id: number;
  day: string;
  day_text: string;
  sender: string;
  subject: string;
  verdict: Verdict;
  source: VerdictSource;
  verdict_text: string;
  provenance: Provenance;
};
export type HolderRow = { service_id: number; service: string; given: string; given_from: string | null; basis: Basis };
export type AddressPage = {
  row: AddressRow;
  about: string;
  coverage: Array<string>;
  days: Array<ChartDay>;
  onset: OnsetBand;
  pins: Array<Pin>;
  sentence: string;
  suspects: Array<SuspectRow>;
  caveat: string;
  senders: Array<SenderRow>;
  holders: Array<HolderRow>;
  messages: Array<MessageRow>;
};
export type GivenAddress = { id: number; address: string; given: string; badge: Badge };
export type ServiceRow = {
  id: number;
  service: string;
  domains: Array<string>;
  addresses: Array<GivenAddress>;
  wanted_total: number;
  last_mail: string;
};
export type MailboxRow = {
  id: number;
  name: string;
  role: Role;
  role_text: string;
  by_user: boolean;
  messages: number;
};
export type ScanProgress = { read: number; total: number; text: string };
export type AccountRow = {
  id: number;
  name: string;
  detail: string;
  security: Security | null;
  state: string;
  reading: boolean;
  progress: ScanProgress | null;
  fault: string;
  junk_folder: string;
  mailboxes: Array<MailboxRow>;
};
export type CandidateRow = { address: string; messages: number; detail: string; likely: boolean };
export type IncidentRow = {
  id: number;
  address_id: number;
  address: string;
  service: string | null;
  status: string;
  opened: string;
  sentence: string;
  badge: Badge;
};
export type PageLine = { title: string; text: string; on: boolean | null };
export type Settings = {
  lang: string;
  lang_from_system: boolean;
  sample: boolean;
  data_folder: string;
  zone: string;
  version: string;
  hide_addresses: boolean;
  network: Array<PageLine>;
  kept: Array<PageLine>;
  kept_row: Array<Figure>;
  fixed_now: string | null;
};

export type Keep = 'keychain' | 'memory';
export type PickKind = 'file' | 'folder';
export type Topic = 'overview' | 'addresses' | 'services' | 'accounts' | 'incidents' | 'settings';
export type Refusal = { code: string; text: string; action: string };
export type Nothing = Record<symbol, never>;
export type AddressAsk = { id: number };
export type LanguageAsk = { lang: string | null };
export type HideAsk = { hide: boolean };
export type GiveAsk = { address: string; service: string; domains: Array<string>; on: string | null; also: Array<string> };
export type AccountAsk = {
  address: string;
  host: string;
  port: number | null;
  security: Security;
  login: string | null;
  password: string;
  ca_file: string | null;
  own_domains: Array<string>;
  keep: Keep;
};
export type AccountId = { id: number };
export type RemoveAsk = { id: number; with_mail: boolean };
export type RoleAsk = { mailbox: number; role: Role };
export type PickAsk = { kind: PickKind };
export type ArchiveAsk = { path: string; own_addresses: Array<string>; own_domains: Array<string> };
export type ScanAsk = { account: number | null };
export type ClaimAsk = { mine: Array<string>; not_mine: Array<string> };
export type CorrectAsk = { message: number; verdict: Verdict };
export type SettleAsk = { address: number };

export interface Commands {
  settings: { args: Nothing; result: Settings };
  set_language: { args: LanguageAsk; result: null };
  set_hide_addresses: { args: HideAsk; result: null };
  overview: { args: Nothing; result: Overview };
  addresses: { args: Nothing; result: Array<AddressRow> };
  address: { args: AddressAsk; result: AddressPage };
  services: { args: Nothing; result: Array<ServiceRow> };
  give: { args: GiveAsk; result: null };
  accounts: { args: Nothing; result: Array<AccountRow> };
  add_account: { args: AccountAsk; result: null };
  test_account: { args: AccountId; result: string };
  remove_account: { args: RemoveAsk; result: null };
  set_role: { args: RoleAsk; result: null };
  pick_archive: { args: PickAsk; result: string | null };
  add_archive: { args: ArchiveAsk; result: null };
  scan: { args: ScanAsk; result: null };
  stop: { args: ScanAsk; result: null };
  candidates: { args: Nothing; result: Array<CandidateRow> };
  claim: { args: ClaimAsk; result: null };
  correct: { args: CorrectAsk; result: null };
  settle: { args: SettleAsk; result: null };
  incidents: { args: Nothing; result: Array<IncidentRow> };
  open_sample: { args: Nothing; result: null };
  leave_sample: { args: Nothing; result: null };
}
