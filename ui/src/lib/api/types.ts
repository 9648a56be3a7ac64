// Made from Rust (`monitor::surface`). Do not edit: `make bindings` writes it anew.

export type Level = "unexpected_sender" | "junk_began" | "likely_source";
export type AddressKind = "plain" | "subaddress" | "catch_all" | "relay" | "control";
export type AddressState = "too_early" | "no_change" | "unseen" | "unusual" | "unexpected_sender" | "already" | "growing" | "junk_began" | "likely_source" | "very_likely_source" | "own_mail" | "accepted" | "told" | "found";
export type AddressStatus = "active" | "retiring" | "retired";
export type Basis = "declared" | "imported" | "inferred";
export type Purpose = "work" | "shopping" | "personal" | "throwaway";
export type Provenance = "service" | "processor" | "stranger";
export type SuspectKind = "service" | "guessed" | "scraped" | "provider" | "contact" | "stripped" | "unrecorded";
export type Verdict = "unjudged" | "wanted" | "junk";
export type VerdictSource = "user" | "keyword" | "folder" | "header" | "nobody";
export type Role = "inbox" | "junk" | "sent" | "drafts" | "trash" | "archive" | "all" | "other";
export type Security = "tls" | "starttls" | "none";
export type Keep = "keychain" | "memory";
export type PickKind = "file" | "folder";
export type ExportFormat = "json" | "csv";
export type Topic = "overview" | "addresses" | "services" | "accounts" | "incidents" | "settings" | "dragged";
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
export type DayCounts = { 
/**
 * The first civil day; empty where there is none.
 */
first: string, 
/**
 * Junk messages by day.
 */
junk: Array<number>, 
/**
 * Messages by day from strangers that nobody judged.
 */
stranger: Array<number>, 
/**
 * Days on which junk could not be seen, counted from the first.
 */
unseen: Array<number>, };
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
export type PinKind = "given" | "onset" | "exposed";
export type Pin = { 
/**
 * The civil day.
 */
day: string, 
/**
 * What happened.
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
export type JointCard = { 
/**
 * The service.
 */
service: string, 
/**
 * "Several increases, one source: …"
 */
sentence: string, 
/**
 * The addresses, each as its own card shows it.
 */
flags: Array<FlagCard>, };
export type ExposureWay = "notice" | "recipients" | "list";
export type QuoteRow = { 
/**
 * What it is about.
 */
item: string, 
/**
 * The words of the mail.
 */
quote: string, 
/**
 * "line 4".
 */
place: string, };
export type ExposureRow = { 
/**
 * The exposure's number.
 */
id: number, 
/**
 * How it happened or became known.
 */
way: ExposureWay, 
/**
 * "A list of people is attached", "From the service, verified" …
 */
title: string, 
/**
 * How strongly it stands out.
 */
tone: Tone, 
/**
 * "today 13:43".
 */
when: string, 
/**
 * The civil day; empty where no date can be believed.
 */
day: string, 
/**
 * The service as recorded, else the name or domain in From.
 */
sender: string, 
/**
 * The service, where it is recorded.
 */
service: ServiceLink | null, 
/**
 * What it is, each a sentence.
 */
sentences: Array<string>, 
/**
 * What a notice says, in its own words.
 */
says: Array<QuoteRow>, 
/**
 * What it does not say of what it should, each a part of a sentence: "how it happened".
 */
leaves_out: Array<string>, 
/**
 * The user's addresses that it revealed.
 */
addresses: Array<AddressLink>, 
/**
 * What came after it, each a sentence.
 */
afterwards: Array<string>, 
/**
 * What to do now, a sentence.
 */
advice: string, };
export type MisfiledRow = { 
/**
 * The message's number.
 */
message: number, 
/**
 * What the sender is called.
 */
who: string, 
/**
 * The address in From.
 */
sender: string, 
/**
 * Why it is perhaps not junk, in words.
 */
why: string, 
/**
 * The address that it came to.
 */
address: AddressLink, 
/**
 * "today 9:41".
 */
when: string, };
export type MisfiledCard = { 
/**
 * "2 messages from people you write with are in the junk folder.", one for each kind.
 */
sentences: Array<string>, 
/**
 * The newest.
 */
rows: Array<MisfiledRow>, 
/**
 * "3 more"; empty when all are listed.
 */
more: string, 
/**
 * How many claim to come from a known sender and are not verified; empty when none does.
 */
unverified: string, };
export type ExceptionRow = { 
/**
 * The address.
 */
address: AddressLink, 
/**
 * "3 services have your work address."
 */
sentence: string, 
/**
 * Their names, the first of them where there are many.
 */
services: string, };
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
 * Mail of the last weeks that revealed addresses or says so, newest first.
 */
exposures: Array<ExposureRow>, 
/**
 * Services that could explain the junk of several of these addresses.
 */
joint: Array<JointCard>, 
/**
 * Addresses that heard from a sender not on record.
 */
unexpected: Array<FlagCard>, 
/**
 * Domains that write like a recorded service.
 */
cousins: Array<CousinRow>, 
/**
 * Mail in Junk that is perhaps none; null when there is none.
 */
misfiled: MisfiledCard | null, 
/**
 * Addresses meant for people that services have.
 */
exceptions: Array<ExceptionRow>, 
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
 * What it is for, where the user said so.
 */
purpose: Purpose | null, 
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
spark: DayCounts, };
export type AddressLink = { 
/**
 * The address's number.
 */
id: number, 
/**
 * The address.
 */
address: string, };
export type CousinRow = { 
/**
 * The address at which it writes.
 */
address: AddressLink, 
/**
 * The service's number.
 */
service_id: number, 
/**
 * "Also Example Shop?"
 */
question: string, 
/**
 * The domain.
 */
domain: string, 
/**
 * "12 messages, verified, from 3 May to 12 June".
 */
detail: string, };
export type LookoutRow = { 
/**
 * The address.
 */
address: string, 
/**
 * What it would tell.
 */
tells: string, };
export type AliasRow = { 
/**
 * The address.
 */
address: string, 
/**
 * What it is, and what that means.
 */
tells: string, };
export type ProposalRow = { 
/**
 * Its number, below 0.
 */
id: number, 
/**
 * What it calls itself.
 */
name: string, 
/**
 * Its domains, the one that writes most first.
 */
domains: Array<string>, 
/**
 * The addresses that it writes to, in words.
 */
has: string, 
/**
 * "12 messages, the first on 3 May (an account was made), the last yesterday".
 */
detail: string, 
/**
 * It wrote about an account of the user.
 */
sure: boolean, };
export type EvidenceRow = { 
/**
 * What it is, a sentence.
 */
text: string, 
/**
 * "speaks strongly for it"; empty where it changes nothing.
 */
weight: string, 
/**
 * It speaks against its suspect.
 */
against: boolean, 
/**
 * The other addresses that it is about.
 */
addresses: Array<AddressLink>, };
export type SaidRow = { 
/**
 * The day in words.
 */
day: string, 
/**
 * What was said.
 */
text: string, };
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
 * What speaks for or against it, strongest first.
 */
evidence: Array<EvidenceRow>, 
/**
 * The suspect that the flag names.
 */
named: boolean, 
/**
 * One of the fewest that hold eight tenths of the probability together.
 */
leading: boolean, };
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
 * Other rises at this address, each a sentence.
 */
others: Array<string>, 
/**
 * How little chance explains the rise; empty where nothing is proved.
 */
chance: string, 
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
 * Mail that revealed it or says so, newest first.
 */
exposures: Array<ExposureRow>, 
/**
 * The sentence under the chart.
 */
sentence: string, 
/**
 * "Very likely source: Example Shop", "One of these: …"; empty where nothing began.
 */
conclusion: string, 
/**
 * Explanations, most probable first.
 */
suspects: Array<SuspectRow>, 
/**
 * "The same source could also explain …"; empty without one.
 */
joint: string, 
/**
 * The addresses that the same source could explain.
 */
joint_addresses: Array<AddressLink>, 
/**
 * What would change the words, each a sentence, nearest at hand first.
 */
would_change: Array<string>, 
/**
 * What was said before, newest first; empty while nothing else was said.
 */
history: Array<SaidRow>, 
/**
 * "This is a likelihood, not proof. …"; empty without a likely source.
 */
caveat: string, 
/**
 * Who writes like the service that has it.
 */
cousins: Array<CousinRow>, 
/**
 * Who writes here.
 */
senders: Array<SenderRow>, 
/**
 * Who has it.
 */
holders: Array<HolderRow>, 
/**
 * Published breaches of those who have it.
 */
breaches: Array<BreachRow>, 
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
 * "given 12 March · You recorded it".
 */
given: string, 
/**
 * Its state.
 */
badge: Badge, };
export type ServiceRow = { 
/**
 * The service's number; below 0 where only the mail shows it.
 */
id: number, 
/**
 * Its name.
 */
service: string, 
/**
 * The letter that stands for it.
 */
letter: string, 
/**
 * Domains it writes from.
 */
domains: Array<string>, 
/**
 * Addresses it has.
 */
addresses: Array<AddressLink>, 
/**
 * What these are for, as far as the user has said.
 */
purposes: Array<Purpose>, 
/**
 * The day on which it first had one.
 */
given: string | null, 
/**
 * The surest way in which that is known.
 */
basis: Basis, 
/**
 * Whether it is on record.
 */
standing: Standing, 
/**
 * It is on record, or wrote about an account of the user.
 */
sure: boolean, 
/**
 * Its wanted mail of all time.
 */
wanted_total: number, 
/**
 * The day of its last mail.
 */
last: string | null, 
/**
 * It has not written for two years.
 */
silent: boolean, 
/**
 * Last mail, in words.
 */
last_mail: string, 
/**
 * The badge of the first flag that names it.
 */
badge: Badge | null, };
export type ServiceDomain = { 
/**
 * The ledger's number.
 */
id: number, 
/**
 * The domain.
 */
domain: string, 
/**
 * Its own, or that of a company that mails for it.
 */
detail: string, };
export type ServiceLink = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its name.
 */
service: string, };
export type ServicePage = { 
/**
 * The row of the list.
 */
row: ServiceRow, 
/**
 * What it sends, a sentence.
 */
mail: string, 
/**
 * Where its mail comes from.
 */
domains: Array<ServiceDomain>, 
/**
 * The addresses that it has, with when and how that is known.
 */
addresses: Array<GivenAddress>, 
/**
 * Names it had before.
 */
former: Array<string>, 
/**
 * Services that look like the same company.
 */
alike: Array<ServiceLink>, 
/**
 * Flags that name it.
 */
flags: Array<FlagCard>, 
/**
 * Its mail that revealed addresses or says so, and fakes in its name, newest first.
 */
exposures: Array<ExposureRow>, 
/**
 * Published breaches of it.
 */
breaches: Array<BreachRow>, };
export type BreachRow = { 
/**
 * The service's number.
 */
service_id: number, 
/**
 * Its name.
 */
service: string, 
/**
 * What the catalogue calls the breach.
 */
title: string, 
/**
 * "Happened in March 2015 · published on 26 October 2015 · 14,936,670 accounts".
 */
facts: string, 
/**
 * What was taken.
 */
taken: string, 
/**
 * The user's addresses that the service has.
 */
addresses: Array<BreachAddress>, 
/**
 * The catalogue could not verify it; empty where it did.
 */
unverified: string, 
/**
 * Whom to thank for it.
 */
attribution: string, };
export type BreachAddress = { 
/**
 * Which.
 */
address: AddressLink, 
/**
 * Given before it happened, or after.
 */
given: string, 
/**
 * Whether it is in the breach.
 */
listed: string, };
export type BreachLists = { 
/**
 * Whether the public list may be fetched; null: the user was not asked.
 */
on: boolean | null, 
/**
 * What is kept of the public list, a line each.
 */
kept: Array<string>, 
/**
 * What stands in the way of it.
 */
trouble: BreachTrouble | null, 
/**
 * The address or file of the catalogue that the user chose.
 */
chosen: string | null, 
/**
 * What is kept of that one.
 */
chosen_kept: Array<string>, 
/**
 * What stands in the way of that one.
 */
chosen_trouble: BreachTrouble | null, };
export type BreachTrouble = { 
/**
 * What happened.
 */
text: string, 
/**
 * What to do.
 */
action: string, };
export type Standing = "recorded" | "inferred";
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
export type FoundArchive = { 
/**
 * "Thunderbird: ada@example.org".
 */
title: string, 
/**
 * The folder of its mail; null where its mail lies on the server alone.
 */
path: string | null, 
/**
 * How many mailboxes lie there, in words.
 */
mailboxes: string, 
/**
 * Addresses its owner writes from, the usual one first.
 */
addresses: Array<string>, 
/**
 * How it is reached, for a mailbox on a server.
 */
server: FoundServer | null, 
/**
 * The folder is read already.
 */
added: boolean, 
/**
 * The mailbox on the server is read already.
 */
connected: boolean, };
export type FoundServer = { 
/**
 * Host name.
 */
host: string, 
/**
 * Port.
 */
port: number, 
/**
 * How the connection is secured.
 */
security: Security, 
/**
 * Login name.
 */
login: string, };
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
export type ServerAnswer = { 
/**
 * The settings; null where nothing is known.
 */
found: ServerFound | null, 
/**
 * What the provider wants in words; without settings the question, or what can be done.
 */
text: string, };
export type ServerFound = { 
/**
 * Who says so, in words.
 */
from: string, 
/**
 * Host.
 */
host: string, 
/**
 * Port.
 */
port: number, 
/**
 * How it is secured.
 */
security: Security, 
/**
 * Login name; null where only the user knows it.
 */
login: string | null, 
/**
 * What the user has to give.
 */
wanted: Wanted, 
/**
 * The provider's page for it.
 */
page: string | null, 
/**
 * The provider whose sign-in page can be used instead; null where it cannot.
 */
sign_in: string | null, };
export type Wanted = "password" | "google_app_password" | "sign_in" | "nothing";
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
 * Another password would help.
 */
enter_password: boolean, 
/**
 * Only signing in once more helps.
 */
sign_in_again: boolean, 
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
export type ImportColumn = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it is: `address`, `service`, `url`, `date`, `note`, `ignore`, or `secret`, which
 * nobody can change.
 */
role: string, 
/**
 * The same in words.
 */
says: string, 
/**
 * What stands in it; never from a column that could hold passwords.
 */
samples: Array<string>, };
export type ImportLine = { 
/**
 * The service; empty where there is none.
 */
service: string, 
/**
 * The address; empty where there is none.
 */
address: string, 
/**
 * What becomes of it.
 */
what: ImportWhat, 
/**
 * Why it is not added.
 */
why: string | null, };
export type ImportPreview = { 
/**
 * What wrote it, in words.
 */
format: string, 
/**
 * The columns of a table that is not known; empty for all others.
 */
columns: Array<ImportColumn>, 
/**
 * Whether it is known where the addresses stand.
 */
ready: boolean, 
/**
 * Its rows, at most 1,000: those that are added first.
 */
rows: Array<ImportLine>, 
/**
 * How many rows are not in `rows`.
 */
more: number, 
/**
 * How many rows are added.
 */
added: number, 
/**
 * How many are on record already.
 */
merged: number, 
/**
 * How many are left alone.
 */
left_alone: number, 
/**
 * The counts in words.
 */
counted: string, 
/**
 * What was not read, in words.
 */
notes: Array<string>, 
/**
 * The number of the import; null for a preview, and where nothing was added.
 */
import: number | null, 
/**
 * That the file is better deleted now; null where it holds nothing but what was recorded.
 */
file_left: string | null, };
export type ImportRow = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its day, in words.
 */
day: string, 
/**
 * What wrote the export, in words.
 */
format: string, 
/**
 * The counts in words.
 */
counted: string, };
export type ImportWhat = "added" | "merged" | "left_alone";
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
 * Attachments that look like lists are looked into; null: not said yet.
 */
attachments: boolean | null, 
/**
 * The program starts with the PC; null where it cannot.
 */
starts_with_pc: boolean | null, 
/**
 * The lists of published breaches.
 */
breaches: BreachLists, 
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
action: string, 
/**
 * The fingerprint of the certificate that was not believed.
 */
fingerprint: string | null, };
export type Nothing = Record<symbol, never>;
export type AddressAsk = { 
/**
 * The address's number. 
 */
id: number, };
export type ServiceAsk = { 
/**
 * The service's number; below 0 where only the mail shows it. 
 */
id: number, };
export type Edit = { "what": "rename", 
/**
 * The service's number.
 */
service: number, 
/**
 * Its name from now on.
 */
name: string, } | { "what": "merge", 
/**
 * Its name from now on.
 */
name: string, 
/**
 * Their numbers; those below 0 are known from the mail alone.
 */
services: Array<number>, } | { "what": "split", 
/**
 * The service's number.
 */
service: number, 
/**
 * The other one's name.
 */
name: string, 
/**
 * Numbers of the domains that are the other one's.
 */
domains: Array<number>, 
/**
 * Numbers of the addresses that the other one has.
 */
addresses: Array<number>, } | { "what": "remove", 
/**
 * Their numbers; those below 0 are known from the mail alone.
 */
services: Array<number>, } | { "what": "record", 
/**
 * Their numbers, below 0.
 */
services: Array<number>, } | { "what": "withdraw", 
/**
 * The service's number.
 */
service: number, 
/**
 * The address's number.
 */
address: number, } | { "what": "drop_domain", 
/**
 * The service's number.
 */
service: number, 
/**
 * The domain's number.
 */
domain: number, } | { "what": "purpose", 
/**
 * Their numbers.
 */
addresses: Array<number>, 
/**
 * What they are for; null: not said.
 */
purpose: Purpose | null, } | { "what": "status", 
/**
 * Their numbers.
 */
addresses: Array<number>, 
/**
 * Where they are.
 */
status: AddressStatus, };
export type EditAsk = { 
/**
 * The edit. 
 */
edit: Edit, };
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
export type StartAsk = { 
/**
 * It does. 
 */
on: boolean, };
export type SwitchAsk = { 
/**
 * It is on. 
 */
on: boolean, };
export type BreachesAsk = { 
/**
 * It may. 
 */
on: boolean, };
export type CatalogueAsk = { 
/**
 * An https address or a file; null: none. 
 */
place: string | null, };
export type LookOutAsk = { 
/**
 * The address. 
 */
address: string, };
export type AliasAsk = { 
/**
 * The service's name. 
 */
service: string, 
/**
 * Domains it writes from. 
 */
domains: Array<string>, };
export type DomainIs = "own" | "processor" | "stranger";
export type DomainAsk = { 
/**
 * The service's number. 
 */
service: number, 
/**
 * The domain. 
 */
domain: string, 
/**
 * What it is to the service. 
 */
is: DomainIs, };
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
 * Fingerprint of the one certificate to believe. 
 */
certificate: string | null, 
/**
 * Domains where every local part is the user's. 
 */
own_domains: Array<string>, 
/**
 * Where the password is kept. 
 */
keep: Keep, };
export type ServerAsk = { 
/**
 * The address. 
 */
address: string, 
/**
 * Ask at its domain and in the public list; the user said yes. 
 */
look_up: boolean, };
export type SignInAsk = { 
/**
 * The address. 
 */
address: string, 
/**
 * The provider. 
 */
provider: string, 
/**
 * Domains where every local part is the user's. 
 */
own_domains: Array<string>, };
export type PageAsk = { 
/**
 * Its address, as it was shown. 
 */
page: string, };
export type AccountId = { 
/**
 * The account's number. 
 */
id: number, };
export type PasswordAsk = { 
/**
 * The account's number. 
 */
id: number, 
/**
 * The password. 
 */
password: Secret, 
/**
 * Where it is kept. 
 */
keep: Keep, };
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
export type ChosenExport = { 
/**
 * Its number.
 */
id: number, 
/**
 * Where it lies.
 */
path: string, };
export type Dragged = { "what": "nothing" } | { "what": "over" } | { "what": "file" } & ChosenExport | { "what": "folder", 
/**
 * Where it lies.
 */
path: string, };
export type ExportId = { 
/**
 * Its number. 
 */
id: number, };
export type ImportAsk = { 
/**
 * Its number. 
 */
id: number, 
/**
 * What its columns are, by their names; null: as guessed, or as said before. 
 */
columns: { [key in string]: string } | null, };
export type ImportId = { 
/**
 * The import's number. 
 */
id: number, };
export type Secret = string;
export type ExportAsk = { 
/**
 * What it is written as. 
 */
format: ExportFormat, };
export type BackupAsk = { 
/**
 * What opens it. 
 */
passphrase: Secret, };
export type RestoreAsk = { 
/**
 * The file. 
 */
path: string, 
/**
 * What opens it. 
 */
passphrase: Secret, };
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

export interface Commands {
  settings: { args: Nothing; result: Settings };
  set_language: { args: LanguageAsk; result: null };
  set_hide_addresses: { args: HideAsk; result: null };
  set_attachments: { args: SwitchAsk; result: null };
  exposures: { args: Nothing; result: Array<ExposureRow> };
  set_start_with_pc: { args: StartAsk; result: null };
  set_breaches: { args: BreachesAsk; result: null };
  refresh_breaches: { args: Nothing; result: Array<string> };
  choose_catalogue: { args: CatalogueAsk; result: null };
  overview: { args: Nothing; result: Overview };
  addresses: { args: Nothing; result: Array<AddressRow> };
  address: { args: AddressAsk; result: AddressPage };
  services: { args: Nothing; result: Array<ServiceRow> };
  service: { args: ServiceAsk; result: ServicePage };
  edit: { args: EditAsk; result: number };
  undo: { args: Nothing; result: null };
  give: { args: GiveAsk; result: null };
  aliases: { args: AliasAsk; result: Array<AliasRow> };
  lookouts: { args: Nothing; result: Array<LookoutRow> };
  proposals: { args: Nothing; result: Array<ProposalRow> };
  look_out: { args: LookOutAsk; result: null };
  say_domain: { args: DomainAsk; result: null };
  accounts: { args: Nothing; result: Array<AccountRow> };
  add_account: { args: AccountAsk; result: null };
  server_of: { args: ServerAsk; result: ServerAnswer };
  open_page: { args: PageAsk; result: null };
  sign_in: { args: SignInAsk; result: null };
  sign_in_again: { args: AccountId; result: null };
  enter_password: { args: PasswordAsk; result: null };
  stop_sign_in: { args: Nothing; result: null };
  test_account: { args: AccountId; result: string };
  remove_account: { args: RemoveAsk; result: null };
  set_role: { args: RoleAsk; result: null };
  pick_archive: { args: PickAsk; result: string | null };
  found_archives: { args: Nothing; result: Array<FoundArchive> };
  add_archive: { args: ArchiveAsk; result: null };
  scan: { args: ScanAsk; result: null };
  stop: { args: ScanAsk; result: null };
  dragged: { args: Nothing; result: Dragged };
  pick_export: { args: Nothing; result: ChosenExport | null };
  import_preview: { args: ImportAsk; result: ImportPreview };
  import: { args: ImportAsk; result: ImportPreview };
  delete_export: { args: ExportId; result: null };
  imports: { args: Nothing; result: Array<ImportRow> };
  undo_import: { args: ImportId; result: string };
  export: { args: ExportAsk; result: string | null };
  back_up: { args: BackupAsk; result: string | null };
  restore: { args: RestoreAsk; result: Array<string> };
  candidates: { args: Nothing; result: Array<CandidateRow> };
  claim: { args: ClaimAsk; result: null };
  correct: { args: CorrectAsk; result: null };
  settle: { args: SettleAsk; result: null };
  incidents: { args: Nothing; result: Array<IncidentRow> };
  open_sample: { args: Nothing; result: null };
  leave_sample: { args: Nothing; result: null };
}

export type Key =
  | "account.again"
  | "account.listening"
  | "account.local"
  | "account.never"
  | "account.progress"
  | "account.progress_soon"
  | "account.reading"
  | "account.reading_soon"
  | "account.server"
  | "account.sign_in_again"
  | "account.trouble"
  | "account.up_to_date"
  | "address.about"
  | "address.done.one"
  | "address.done.other"
  | "address.found_one"
  | "address.given_many"
  | "address.given_nobody"
  | "address.given_one"
  | "address.given_unknown"
  | "address.kind_for"
  | "address.never_given"
  | "address.pin_given"
  | "address.pin_onset"
  | "address.purpose_given"
  | "address.set_purpose"
  | "address.set_status"
  | "address.totals"
  | "address.watched"
  | "address.watched_every_day"
  | "alias.choose"
  | "alias.copied"
  | "alias.none"
  | "alias.own_domain"
  | "alias.propose"
  | "alias.record"
  | "alias.shared"
  | "alias.tag"
  | "also.name"
  | "also.phone"
  | "also.postal"
  | "amount.one_per_month"
  | "amount.per_day"
  | "amount.per_month"
  | "archive.thunderbird"
  | "auth.both"
  | "auth.dkim"
  | "auth.fail"
  | "auth.none"
  | "auth.spf"
  | "basis.declared"
  | "basis.imported"
  | "basis.inferred"
  | "breach.entries.one"
  | "breach.entries.other"
  | "breach.fetched.one"
  | "breach.fetched.other"
  | "breach.given.after"
  | "breach.given.before"
  | "breach.given.unknown"
  | "breach.happened_in"
  | "breach.happened_in_year"
  | "breach.happened_on"
  | "breach.list"
  | "breach.listed"
  | "breach.mozilla_scope"
  | "breach.name.chosen"
  | "breach.name.mozilla"
  | "breach.name.pwned"
  | "breach.people.one"
  | "breach.people.other"
  | "breach.published"
  | "breach.same"
  | "breach.source"
  | "breach.taken"
  | "breach.unverified"
  | "button.cancel"
  | "button.choose_file"
  | "button.choose_folder"
  | "button.connect"
  | "button.decide_later"
  | "button.fine"
  | "button.give"
  | "button.hide"
  | "button.junk"
  | "button.later"
  | "button.leave_sample"
  | "button.look_out"
  | "button.not_junk"
  | "button.open"
  | "button.read_here"
  | "button.record"
  | "button.remove"
  | "button.retry"
  | "button.sample"
  | "button.scan"
  | "button.see_why"
  | "button.stop"
  | "button.take_back"
  | "button.test"
  | "button.these_are_mine"
  | "candidate.detail.one"
  | "candidate.detail.other"
  | "case.answer.answered"
  | "case.answer.evaded"
  | "case.answer.not_answered"
  | "case.answer.open"
  | "case.channel.call"
  | "case.channel.form"
  | "case.channel.mail"
  | "case.channel.post"
  | "case.cost.money"
  | "case.cost.time"
  | "case.due.deadline.one"
  | "case.due.deadline.other"
  | "case.due.promise"
  | "case.due.reminder"
  | "case.gap.at_least"
  | "case.gap.covered"
  | "case.gap.missing"
  | "case.gap.nothing"
  | "case.gap.perhaps"
  | "case.offer.at_most"
  | "case.offer.sum"
  | "case.offer.unclear"
  | "case.refused.already"
  | "case.refused.more_came"
  | "case.refused.not_waiting"
  | "case.refused.nothing_asked"
  | "case.refused.was_asked"
  | "case.refused.with_authority"
  | "caveat.likely"
  | "caveat.other_services"
  | "chance.years"
  | "column.birth"
  | "column.card"
  | "column.email"
  | "column.id"
  | "column.name"
  | "column.other"
  | "column.phone"
  | "column.postal"
  | "conclusion.one_of_these"
  | "conclusion.other"
  | "connect.ask"
  | "connect.bridge"
  | "connect.from.built_in"
  | "connect.from.domain"
  | "connect.from.exchanger"
  | "connect.from.list"
  | "connect.from.srv"
  | "connect.gmail"
  | "connect.nothing"
  | "connect.outlook"
  | "connect.outlook_unregistered"
  | "connect.pop_only"
  | "connect.provider_password"
  | "connect.switch_on"
  | "count.addresses.one"
  | "count.addresses.other"
  | "count.days.one"
  | "count.days.other"
  | "count.folders.one"
  | "count.folders.other"
  | "count.messages.one"
  | "count.messages.other"
  | "count.people.one"
  | "count.people.other"
  | "count.services.one"
  | "count.services.other"
  | "count.worth_a_look.one"
  | "count.worth_a_look.other"
  | "cousin.detail"
  | "cousin.done"
  | "cousin.lead"
  | "cousin.own"
  | "cousin.processor"
  | "cousin.question"
  | "cousin.stranger"
  | "data.account_id"
  | "data.bank"
  | "data.birth"
  | "data.card"
  | "data.email"
  | "data.employer"
  | "data.gender"
  | "data.health"
  | "data.identity"
  | "data.messages"
  | "data.name"
  | "data.network"
  | "data.password"
  | "data.personal"
  | "data.phone"
  | "data.postal"
  | "data.purchases"
  | "date.before"
  | "date.between"
  | "date.day"
  | "date.day_only"
  | "date.day_year"
  | "date.from_to"
  | "date.month_year"
  | "date.on"
  | "evidence.brand_mentioned"
  | "evidence.catalogue_entry"
  | "evidence.dedicated"
  | "evidence.easy_to_guess"
  | "evidence.given_after"
  | "evidence.given_after_undated"
  | "evidence.given_before.one"
  | "evidence.given_before.other"
  | "evidence.given_before_undated.one"
  | "evidence.given_before_undated.other"
  | "evidence.given_same_day"
  | "evidence.hard_to_guess"
  | "evidence.list_mailed.one"
  | "evidence.list_mailed.other"
  | "evidence.no_others_hit"
  | "evidence.notice"
  | "evidence.only_holder"
  | "evidence.only_holder_found"
  | "evidence.other_name"
  | "evidence.others_flagged"
  | "evidence.others_flagged_at_another_time"
  | "evidence.others_hit.one"
  | "evidence.others_hit.other"
  | "evidence.own_name"
  | "evidence.personal_name"
  | "evidence.shared_campaigns"
  | "evidence.shared_few"
  | "evidence.shared_none"
  | "evidence.shown_to_others.one"
  | "evidence.shown_to_others.other"
  | "evidence.silent_others.one"
  | "evidence.silent_others.other"
  | "evidence.unrecorded"
  | "exception.personal.one"
  | "exception.personal.other"
  | "exception.work.one"
  | "exception.work.other"
  | "exposure.about"
  | "exposure.addresses"
  | "exposure.advice.fake"
  | "exposure.advice.genuine"
  | "exposure.advice.list"
  | "exposure.advice.recipients"
  | "exposure.advice.third_party"
  | "exposure.afterwards"
  | "exposure.attachments_off"
  | "exposure.corrected"
  | "exposure.does_not_say"
  | "exposure.fake.asks"
  | "exposure.fake.plain"
  | "exposure.fake.unverified"
  | "exposure.fake.unverified_asks"
  | "exposure.genuine"
  | "exposure.head"
  | "exposure.hint"
  | "exposure.junk_began.one"
  | "exposure.junk_began.other"
  | "exposure.leaves_out.hint"
  | "exposure.line"
  | "exposure.list"
  | "exposure.list.addresses.one"
  | "exposure.list.addresses.other"
  | "exposure.list.found"
  | "exposure.list.holds"
  | "exposure.list.name"
  | "exposure.list.name_and"
  | "exposure.list.nothing"
  | "exposure.none"
  | "exposure.not_corrected"
  | "exposure.notice.got_out"
  | "exposure.notice.incident"
  | "exposure.notice.leaked"
  | "exposure.notice.leaves_out"
  | "exposure.notice.may_have"
  | "exposure.notice.may_have_leaked"
  | "exposure.now"
  | "exposure.people_about.one"
  | "exposure.people_about.other"
  | "exposure.people_at_least.one"
  | "exposure.people_at_least.other"
  | "exposure.quote"
  | "exposure.recipients"
  | "exposure.recipients.found.one"
  | "exposure.recipients.found.other"
  | "exposure.says"
  | "exposure.third_party"
  | "fault.account_exists"
  | "fault.account_exists.action"
  | "fault.already_reading"
  | "fault.already_reading.action"
  | "fault.archive_locked"
  | "fault.archive_locked.action"
  | "fault.archive_too_much"
  | "fault.archive_too_much.action"
  | "fault.autostart"
  | "fault.autostart.action"
  | "fault.backup_damaged"
  | "fault.backup_damaged.action"
  | "fault.breaches_damaged"
  | "fault.breaches_damaged.action"
  | "fault.breaches_damaged.window"
  | "fault.breaches_nonsense"
  | "fault.breaches_nonsense.action"
  | "fault.breaches_off"
  | "fault.breaches_off.action"
  | "fault.breaches_off.window"
  | "fault.breaches_refused"
  | "fault.breaches_refused.action"
  | "fault.breaches_soon"
  | "fault.breaches_soon.action"
  | "fault.breaches_trouble"
  | "fault.breaches_trouble.action"
  | "fault.breaches_unreachable"
  | "fault.breaches_unreachable.action"
  | "fault.breaches_wait"
  | "fault.breaches_wait.action"
  | "fault.cannot_delete"
  | "fault.cannot_delete.action"
  | "fault.cannot_read"
  | "fault.cannot_read.action"
  | "fault.cannot_write"
  | "fault.cannot_write.action"
  | "fault.catalogue_address"
  | "fault.catalogue_address.action"
  | "fault.catalogue_unknown"
  | "fault.catalogue_unknown.action"
  | "fault.certificate"
  | "fault.certificate.action"
  | "fault.certificate.window"
  | "fault.certificate_changed"
  | "fault.certificate_changed.action"
  | "fault.connection_lost"
  | "fault.connection_lost.action"
  | "fault.data_folder"
  | "fault.data_folder.action"
  | "fault.disk_full"
  | "fault.disk_full.action"
  | "fault.encryption_stripped"
  | "fault.encryption_stripped.action"
  | "fault.export_changed"
  | "fault.export_changed.action"
  | "fault.export_format"
  | "fault.export_format.action"
  | "fault.export_newer"
  | "fault.export_newer.action"
  | "fault.file_exists"
  | "fault.file_exists.action"
  | "fault.import_columns"
  | "fault.import_columns.action"
  | "fault.import_columns.window"
  | "fault.import_damaged"
  | "fault.import_damaged.action"
  | "fault.import_encrypted"
  | "fault.import_encrypted.action"
  | "fault.import_encrypted.window"
  | "fault.import_is_mail"
  | "fault.import_is_mail.action"
  | "fault.import_is_mail.window"
  | "fault.import_too_large"
  | "fault.import_too_large.action"
  | "fault.import_too_large.window"
  | "fault.import_too_many"
  | "fault.import_too_many.action"
  | "fault.import_unknown"
  | "fault.import_unknown.action"
  | "fault.import_unknown.window"
  | "fault.import_unpacks"
  | "fault.import_unpacks.action"
  | "fault.login_needed"
  | "fault.login_needed.action"
  | "fault.name_taken"
  | "fault.name_taken.action"
  | "fault.newer_ledger"
  | "fault.newer_ledger.action"
  | "fault.no_browser"
  | "fault.no_browser.action"
  | "fault.no_connection"
  | "fault.no_connection.action"
  | "fault.no_keychain"
  | "fault.no_keychain.action"
  | "fault.no_keychain.window"
  | "fault.no_mail_there"
  | "fault.no_mail_there.action"
  | "fault.no_name"
  | "fault.no_name.action"
  | "fault.no_registration"
  | "fault.no_registration.action"
  | "fault.no_registration.window"
  | "fault.no_registration_google"
  | "fault.no_registration_google.action"
  | "fault.no_registration_microsoft"
  | "fault.no_registration_microsoft.action"
  | "fault.no_such_account"
  | "fault.no_such_account.action"
  | "fault.no_such_address"
  | "fault.no_such_address.action"
  | "fault.no_such_column"
  | "fault.no_such_column.action"
  | "fault.no_such_column.window"
  | "fault.no_such_import"
  | "fault.no_such_import.action"
  | "fault.no_such_import.window"
  | "fault.no_such_service"
  | "fault.no_such_service.action"
  | "fault.not_a_backup"
  | "fault.not_a_backup.action"
  | "fault.not_a_backup.window"
  | "fault.not_a_date"
  | "fault.not_a_date.action"
  | "fault.not_a_ledger"
  | "fault.not_a_ledger.action"
  | "fault.not_an_address"
  | "fault.not_an_address.action"
  | "fault.nothing_to_undo"
  | "fault.nothing_to_undo.action"
  | "fault.other"
  | "fault.other.action"
  | "fault.other.window"
  | "fault.passphrase_missing"
  | "fault.passphrase_missing.action"
  | "fault.passphrase_missing.window"
  | "fault.passphrase_wrong"
  | "fault.passphrase_wrong.action"
  | "fault.passphrases_differ"
  | "fault.passphrases_differ.action"
  | "fault.password_command"
  | "fault.password_command.action"
  | "fault.password_missing"
  | "fault.password_missing.action"
  | "fault.password_missing.window"
  | "fault.password_refused"
  | "fault.password_refused.action"
  | "fault.plain_refused"
  | "fault.plain_refused.action"
  | "fault.plain_refused.window"
  | "fault.pop_only"
  | "fault.pop_only.action"
  | "fault.server_nonsense"
  | "fault.server_nonsense.action"
  | "fault.server_refused"
  | "fault.server_refused.action"
  | "fault.server_unknown"
  | "fault.server_unknown.action"
  | "fault.server_unknown.window"
  | "fault.server_unproven"
  | "fault.server_unproven.action"
  | "fault.several_dropped"
  | "fault.several_dropped.action"
  | "fault.sign_in_again"
  | "fault.sign_in_again.action"
  | "fault.sign_in_again.window"
  | "fault.sign_in_denied"
  | "fault.sign_in_denied.action"
  | "fault.sign_in_failed"
  | "fault.sign_in_failed.action"
  | "fault.sign_in_needs_keychain"
  | "fault.sign_in_needs_keychain.action"
  | "fault.sign_in_timeout"
  | "fault.sign_in_timeout.action"
  | "fault.sign_in_unavailable"
  | "fault.sign_in_unavailable.action"
  | "fault.stopped"
  | "fault.stopped.action"
  | "fault.token_refused"
  | "fault.token_refused.action"
  | "fault.unknown_host"
  | "fault.unknown_host.action"
  | "figure.addresses"
  | "figure.junk_30d"
  | "figure.junk_addresses"
  | "figure.messages"
  | "figure.services"
  | "figure.strangers"
  | "figure.wanted_30d"
  | "filter.all"
  | "filter.before"
  | "filter.inferred"
  | "filter.look"
  | "filter.named"
  | "filter.nobody"
  | "filter.personal"
  | "filter.several"
  | "filter.shopping"
  | "filter.silent"
  | "filter.throwaway"
  | "filter.unsaid"
  | "filter.work"
  | "help"
  | "help.account"
  | "help.account.add"
  | "help.account.add.address"
  | "help.account.add.ca_file"
  | "help.account.add.fingerprint"
  | "help.account.add.login"
  | "help.account.add.look_up"
  | "help.account.add.oauth"
  | "help.account.add.own_domains"
  | "help.account.add.password_command"
  | "help.account.add.password_stdin"
  | "help.account.add.provider_file"
  | "help.account.add.security"
  | "help.account.add.separator"
  | "help.account.add.server"
  | "help.account.list"
  | "help.account.password"
  | "help.account.password.account"
  | "help.account.password.password_command"
  | "help.account.password.password_stdin"
  | "help.account.remove"
  | "help.account.remove.account"
  | "help.account.remove.with_mail"
  | "help.account.sign-in"
  | "help.account.sign-in.account"
  | "help.account.test"
  | "help.account.test.account"
  | "help.address"
  | "help.address.address"
  | "help.address.purpose"
  | "help.addresses"
  | "help.archive"
  | "help.archive.add"
  | "help.archive.add.own_addresses"
  | "help.archive.add.own_domains"
  | "help.archive.add.path"
  | "help.archive.find"
  | "help.attachments"
  | "help.attachments.switch"
  | "help.backup"
  | "help.backup.force"
  | "help.backup.passphrase_stdin"
  | "help.backup.to"
  | "help.breaches"
  | "help.breaches.list"
  | "help.breaches.off"
  | "help.breaches.on"
  | "help.breaches.refresh"
  | "help.breaches.use"
  | "help.breaches.use.none"
  | "help.breaches.use.place"
  | "help.completions"
  | "help.completions.shell"
  | "help.data"
  | "help.demo"
  | "help.demo.seed"
  | "help.demo.to"
  | "help.doctor"
  | "help.doctor.rebuild"
  | "help.explain"
  | "help.explain.what"
  | "help.export"
  | "help.export.force"
  | "help.export.format"
  | "help.export.to"
  | "help.exposures"
  | "help.flags"
  | "help.give"
  | "help.give.address"
  | "help.give.also"
  | "help.give.domains"
  | "help.give.on"
  | "help.give.processors"
  | "help.give.service"
  | "help.import"
  | "help.import.columns"
  | "help.import.delete"
  | "help.import.dry_run"
  | "help.import.file"
  | "help.import.format"
  | "help.import.list"
  | "help.import.undo"
  | "help.incidents"
  | "help.json"
  | "help.lang"
  | "help.lookout"
  | "help.lookout.address"
  | "help.misfiled"
  | "help.now"
  | "help.proposals"
  | "help.proposals.accept"
  | "help.proposals.accept_all"
  | "help.proposals.dismiss"
  | "help.quiet"
  | "help.reset"
  | "help.reset.yes"
  | "help.restore"
  | "help.restore.file"
  | "help.restore.passphrase_stdin"
  | "help.scan"
  | "help.scan.accounts"
  | "help.services"
  | "help.suggest"
  | "help.suggest.domains"
  | "help.suggest.record"
  | "help.suggest.service"
  | "help.watch"
  | "history.already"
  | "history.already_undated"
  | "history.growing"
  | "history.growing_undated"
  | "history.junk_began"
  | "history.junk_began_undated"
  | "history.own_mail"
  | "history.own_mail_undated"
  | "history.today_nothing"
  | "history.unexpected_sender"
  | "history.unexpected_sender_undated"
  | "incident.acknowledged"
  | "incident.answered"
  | "incident.answered_in_part"
  | "incident.asked"
  | "incident.closed"
  | "incident.escalated"
  | "incident.noticed"
  | "incident.opened"
  | "incident.silent"
  | "incident.silent_days.one"
  | "incident.silent_days.other"
  | "incident.unsupported"
  | "intake.counts"
  | "intake.damaged.one"
  | "intake.damaged.other"
  | "intake.export_left"
  | "intake.kept.one"
  | "intake.kept.other"
  | "intake.others.one"
  | "intake.others.other"
  | "intake.role.address"
  | "intake.role.date"
  | "intake.role.ignore"
  | "intake.role.note"
  | "intake.role.secret"
  | "intake.role.service"
  | "intake.role.url"
  | "intake.table"
  | "intake.undone.one"
  | "intake.undone.other"
  | "intake.what.added"
  | "intake.what.left_alone"
  | "intake.what.merged"
  | "intake.why.device"
  | "intake.why.known"
  | "intake.why.lookout"
  | "intake.why.no_address"
  | "intake.why.no_service"
  | "intake.why.not_yours"
  | "intake.why.twice"
  | "item.asks"
  | "item.authority"
  | "item.consequences"
  | "item.contact"
  | "item.data"
  | "item.deadline"
  | "item.how"
  | "item.measures"
  | "item.offer"
  | "item.people"
  | "item.when"
  | "joint.address"
  | "joint.card"
  | "kept.copies.text"
  | "kept.copies.title"
  | "kept.dismissed.text"
  | "kept.dismissed.title"
  | "kept.evidence.text"
  | "kept.evidence.title"
  | "kept.exposures.text"
  | "kept.exposures.title"
  | "kept.imports.text"
  | "kept.imports.title"
  | "kept.message.text"
  | "kept.message.title"
  | "kept.not.text"
  | "kept.not.title"
  | "kept.people.text"
  | "kept.people.title"
  | "kept.row.arrived"
  | "kept.row.auth"
  | "kept.row.bytes"
  | "kept.row.name"
  | "kept.row.sender"
  | "kept.row.size"
  | "kept.row.subject"
  | "kept.secrets.text"
  | "kept.secrets.title"
  | "kind.catch_all"
  | "kind.control"
  | "kind.never_given"
  | "kind.plain"
  | "kind.relay"
  | "kind.subaddress"
  | "kind.unknown"
  | "leaves_out.authority"
  | "leaves_out.consequences"
  | "leaves_out.contact"
  | "leaves_out.data"
  | "leaves_out.how"
  | "leaves_out.measures"
  | "leaves_out.people"
  | "leaves_out.when"
  | "letter.answer_by.again"
  | "letter.answer_by.first"
  | "letter.ask.incident.affected"
  | "letter.ask.known.affected"
  | "letter.ask.known.authority"
  | "letter.ask.known.cause"
  | "letter.ask.known.prevention"
  | "letter.ask.open.affected"
  | "letter.ask.open.authority"
  | "letter.ask.open.cause"
  | "letter.ask.open.prevention"
  | "letter.ask_missing"
  | "letter.ask_sum"
  | "letter.closing"
  | "letter.gap.authority"
  | "letter.gap.name"
  | "letter.help"
  | "letter.item.authority"
  | "letter.item.consequences"
  | "letter.item.contact"
  | "letter.item.data"
  | "letter.item.how"
  | "letter.item.measures"
  | "letter.item.people"
  | "letter.item.when"
  | "letter.lead.open"
  | "letter.lead.questions"
  | "letter.mine.address"
  | "letter.mine.both"
  | "letter.mine.name"
  | "letter.moved.again"
  | "letter.moved.closing"
  | "letter.moved.hello"
  | "letter.moved.junk"
  | "letter.moved.new"
  | "letter.moved.note"
  | "letter.moved.please"
  | "letter.moved.subject"
  | "letter.moved.until"
  | "letter.note"
  | "letter.opening.access"
  | "letter.opening.complaint"
  | "letter.opening.in_breach"
  | "letter.opening.questions"
  | "letter.opening.reminder"
  | "letter.request.access.appi"
  | "letter.request.access.gdpr"
  | "letter.request.access.uk_gdpr"
  | "letter.request.access.unnamed"
  | "letter.request.complaint.appi"
  | "letter.request.complaint.gdpr"
  | "letter.request.complaint.uk_gdpr"
  | "letter.request.complaint.unnamed"
  | "letter.request.in_breach.appi"
  | "letter.request.in_breach.gdpr"
  | "letter.request.in_breach.uk_gdpr"
  | "letter.request.in_breach.unnamed"
  | "letter.same_day"
  | "letter.say.cannot_tell"
  | "letter.say.junk_already"
  | "letter.say.junk_growing"
  | "letter.say.junk_on"
  | "letter.say.stranger"
  | "letter.subject.access"
  | "letter.subject.complaint"
  | "letter.subject.in_breach"
  | "letter.subject.in_breach.dated"
  | "letter.subject.questions"
  | "letter.subject.questions.dated"
  | "letter.subject.reminder.dated"
  | "letter.they.among_others"
  | "letter.they.asked"
  | "letter.they.carried"
  | "letter.they.carried_people"
  | "letter.they.given"
  | "letter.they.left_out"
  | "letter.they.no_claim"
  | "letter.they.offered"
  | "letter.they.offered_no_sum"
  | "letter.they.only_you"
  | "letter.they.points"
  | "letter.they.points_strongly"
  | "letter.they.promised"
  | "letter.they.published"
  | "letter.they.published_in"
  | "letter.they.replied.one"
  | "letter.they.replied.other"
  | "letter.they.showed"
  | "letter.they.silence.one"
  | "letter.they.silence.other"
  | "letter.they.wrote_got_out"
  | "letter.they.wrote_incident"
  | "letter.they.wrote_may_have"
  | "letter.to.access"
  | "letter.to.complaint"
  | "letter.to.in_breach"
  | "letter.to.questions"
  | "letter.to.reminder"
  | "letter.you.among_others"
  | "letter.you.asked"
  | "letter.you.carried"
  | "letter.you.carried_people"
  | "letter.you.given"
  | "letter.you.left_out"
  | "letter.you.no_claim"
  | "letter.you.offered"
  | "letter.you.offered_no_sum"
  | "letter.you.only_you"
  | "letter.you.points"
  | "letter.you.points_strongly"
  | "letter.you.promised"
  | "letter.you.published"
  | "letter.you.published_in"
  | "letter.you.replied.one"
  | "letter.you.replied.other"
  | "letter.you.showed"
  | "letter.you.silence.one"
  | "letter.you.silence.other"
  | "letter.you.wrote_got_out"
  | "letter.you.wrote_incident"
  | "letter.you.wrote_may_have"
  | "likelihood.possible"
  | "likelihood.service_likely"
  | "likelihood.service_very_likely"
  | "likelihood.unlikely"
  | "likelihood.very_unlikely"
  | "list.and"
  | "list.choose"
  | "list.chosen.head"
  | "list.chosen.one"
  | "list.chosen.other"
  | "list.clear"
  | "list.comma"
  | "list.found.one"
  | "list.found.other"
  | "list.keys"
  | "list.more.one"
  | "list.more.other"
  | "list.none"
  | "list.or"
  | "list.search.addresses"
  | "list.search.services"
  | "list.show"
  | "list.sort"
  | "list.undo"
  | "list.undone"
  | "lookout.guessable"
  | "lookout.random"
  | "misfiled.answer"
  | "misfiled.answers.one"
  | "misfiled.answers.other"
  | "misfiled.hint"
  | "misfiled.more.one"
  | "misfiled.more.other"
  | "misfiled.none"
  | "misfiled.people.one"
  | "misfiled.people.other"
  | "misfiled.person"
  | "misfiled.service"
  | "misfiled.services.one"
  | "misfiled.services.other"
  | "misfiled.to"
  | "misfiled.unverified.one"
  | "misfiled.unverified.other"
  | "money.other"
  | "money.yen"
  | "month.1"
  | "month.10"
  | "month.11"
  | "month.12"
  | "month.2"
  | "month.3"
  | "month.4"
  | "month.5"
  | "month.6"
  | "month.7"
  | "month.8"
  | "month.9"
  | "naming.cannot_tell"
  | "naming.likely"
  | "naming.one_of_these"
  | "naming.very_likely"
  | "nav.accounts"
  | "nav.addresses"
  | "nav.incidents"
  | "nav.kept"
  | "nav.network"
  | "nav.overview"
  | "nav.sample"
  | "nav.services"
  | "nav.settings"
  | "nav.welcome"
  | "nav.why"
  | "network.breaches.text"
  | "network.breaches.title"
  | "network.lookup.text"
  | "network.lookup.title"
  | "network.others.text"
  | "network.others.title"
  | "network.servers.text"
  | "network.servers.title"
  | "network.signin.text"
  | "network.signin.title"
  | "notice.and_also"
  | "notice.and_then"
  | "notice.first_reading.text"
  | "notice.first_reading.title"
  | "notice.genuine.got_out"
  | "notice.genuine.incident"
  | "notice.genuine.may_have"
  | "notice.genuine.title"
  | "notice.growing.text"
  | "notice.growing.title"
  | "notice.hidden.text"
  | "notice.hidden.title"
  | "notice.junk_began.no_before"
  | "notice.junk_began.no_rate"
  | "notice.junk_began.text"
  | "notice.junk_began.title"
  | "notice.junk_hidden.text"
  | "notice.junk_hidden.title"
  | "notice.likely.text"
  | "notice.list.text"
  | "notice.list.text_others"
  | "notice.list.title"
  | "notice.misfiled.text"
  | "notice.misfiled.title"
  | "notice.misfiled_answer.title"
  | "notice.misfiled_several.text"
  | "notice.misfiled_several.title"
  | "notice.open"
  | "notice.several.text"
  | "notice.several.title.one"
  | "notice.several.title.other"
  | "notice.shown.text"
  | "notice.shown.title.one"
  | "notice.shown.title.other"
  | "number.0"
  | "number.1"
  | "number.10"
  | "number.2"
  | "number.3"
  | "number.4"
  | "number.5"
  | "number.6"
  | "number.7"
  | "number.8"
  | "number.9"
  | "onset.about"
  | "onset.about_span"
  | "onset.already"
  | "onset.first"
  | "onset.growing"
  | "onset.own_mail"
  | "onset.since"
  | "overview.already.one"
  | "overview.already.other"
  | "overview.began.one"
  | "overview.began.other"
  | "overview.each"
  | "overview.empty"
  | "overview.exposed.one"
  | "overview.exposed.other"
  | "overview.exposed_more"
  | "overview.first_evening"
  | "overview.junk_hidden"
  | "overview.junk_hidden_at"
  | "overview.junk_hidden_gmail"
  | "overview.missing"
  | "overview.none_named"
  | "overview.nothing_new"
  | "overview.of_them.one"
  | "overview.of_them.other"
  | "overview.one_one"
  | "overview.reading"
  | "overview.reading_more"
  | "overview.too_early"
  | "overview.unseen"
  | "overview.watched"
  | "pin.breach"
  | "pin.list"
  | "pin.notice"
  | "pin.recipients"
  | "proposal.accept"
  | "proposal.accept_all"
  | "proposal.accept_group"
  | "proposal.detail"
  | "proposal.detail_one"
  | "proposal.dismiss"
  | "proposal.dismiss_group"
  | "proposal.done"
  | "proposal.gone"
  | "proposal.group.account"
  | "proposal.group.news"
  | "proposal.kind.account"
  | "proposal.kind.confirmation"
  | "proposal.kind.newsletter"
  | "proposal.kind.other"
  | "proposal.kind.receipt"
  | "proposal.kind.welcome"
  | "proposal.lead"
  | "proposal.more"
  | "proposal.none"
  | "proposal.show_all"
  | "provenance.processor"
  | "provenance.service"
  | "provenance.stranger"
  | "provenance.unverified"
  | "purpose.none"
  | "purpose.personal"
  | "purpose.shopping"
  | "purpose.throwaway"
  | "purpose.work"
  | "rate.before"
  | "rate.before_card_month"
  | "rate.one_per_month"
  | "rate.per_day"
  | "rate.per_month"
  | "rate.under"
  | "rate.unit"
  | "rate.unit_strangers"
  | "restore.done"
  | "restore.kept"
  | "restore.locked"
  | "role.all"
  | "role.archive"
  | "role.drafts"
  | "role.inbox"
  | "role.junk"
  | "role.other"
  | "role.sent"
  | "role.trash"
  | "screen.accounts.add"
  | "screen.accounts.by_user"
  | "screen.accounts.folder"
  | "screen.accounts.folders"
  | "screen.accounts.junk.choose"
  | "screen.accounts.lead"
  | "screen.accounts.messages"
  | "screen.accounts.none"
  | "screen.accounts.none.text"
  | "screen.accounts.password"
  | "screen.accounts.password.do"
  | "screen.accounts.password.lead"
  | "screen.accounts.plain"
  | "screen.accounts.progress"
  | "screen.accounts.removed"
  | "screen.accounts.role"
  | "screen.accounts.role.done"
  | "screen.accounts.role_of"
  | "screen.accounts.scan_all"
  | "screen.accounts.sign_in_again"
  | "screen.accounts.tested"
  | "screen.address.history"
  | "screen.address.holders"
  | "screen.address.messages"
  | "screen.address.purpose"
  | "screen.address.purpose.done"
  | "screen.address.purpose.none"
  | "screen.address.senders"
  | "screen.address.senders.none"
  | "screen.address.suspects"
  | "screen.address.would_change"
  | "screen.addresses.address"
  | "screen.addresses.junk_30d"
  | "screen.addresses.more.one"
  | "screen.addresses.more.other"
  | "screen.addresses.none"
  | "screen.addresses.none.text"
  | "screen.addresses.spark"
  | "screen.addresses.state"
  | "screen.addresses.title.one"
  | "screen.addresses.title.other"
  | "screen.addresses.wanted"
  | "screen.archive.domains"
  | "screen.archive.domains.hint"
  | "screen.archive.lead"
  | "screen.archive.own"
  | "screen.archive.own.hint"
  | "screen.archive.read"
  | "screen.archive.zone"
  | "screen.back"
  | "screen.backup"
  | "screen.backup.again"
  | "screen.backup.differ"
  | "screen.backup.do"
  | "screen.backup.done"
  | "screen.backup.hint"
  | "screen.backup.lead"
  | "screen.backup.passphrase"
  | "screen.breaches.address"
  | "screen.breaches.service"
  | "screen.card.settled"
  | "screen.chart.band"
  | "screen.chart.early"
  | "screen.chart.exposed"
  | "screen.chart.hatched"
  | "screen.chart.help"
  | "screen.chart.junk"
  | "screen.chart.name"
  | "screen.chart.read.junk.one"
  | "screen.chart.read.junk.other"
  | "screen.chart.read.missed.one"
  | "screen.chart.read.missed.other"
  | "screen.chart.read.stranger.one"
  | "screen.chart.read.stranger.other"
  | "screen.chart.read.unwatched"
  | "screen.chart.read.wanted.one"
  | "screen.chart.read.wanted.other"
  | "screen.chart.role"
  | "screen.chart.stranger"
  | "screen.chart.wanted"
  | "screen.chart.zoom"
  | "screen.chart.zoom.all"
  | "screen.chart.zoom.days"
  | "screen.chart.zoom.year"
  | "screen.claim.go_on"
  | "screen.claim.hint"
  | "screen.claim.meanwhile"
  | "screen.claim.none"
  | "screen.claim.none_yet"
  | "screen.claim.reading"
  | "screen.close"
  | "screen.connect.app_password"
  | "screen.connect.believe"
  | "screen.connect.by_hand"
  | "screen.connect.ca"
  | "screen.connect.ca.hint"
  | "screen.connect.connect"
  | "screen.connect.connecting"
  | "screen.connect.fingerprint"
  | "screen.connect.gmail.1"
  | "screen.connect.gmail.2"
  | "screen.connect.gmail.3"
  | "screen.connect.gmail.4"
  | "screen.connect.gmail.mail"
  | "screen.connect.gmail.no_page"
  | "screen.connect.gmail.no_page.why"
  | "screen.connect.host"
  | "screen.connect.keep"
  | "screen.connect.keep.keychain"
  | "screen.connect.keep.memory"
  | "screen.connect.login"
  | "screen.connect.login.hint"
  | "screen.connect.look_up"
  | "screen.connect.looking"
  | "screen.connect.not_app_password"
  | "screen.connect.page"
  | "screen.connect.password"
  | "screen.connect.port"
  | "screen.connect.port.wrong"
  | "screen.connect.security"
  | "screen.connect.security.none"
  | "screen.connect.security.starttls"
  | "screen.connect.security.tls"
  | "screen.connect.server"
  | "screen.connect.sign_in"
  | "screen.connect.stop"
  | "screen.connect.waiting"
  | "screen.cousins"
  | "screen.door.sample.making"
  | "screen.drop"
  | "screen.drop.mail"
  | "screen.exceptions"
  | "screen.exceptions.lead"
  | "screen.export.csv"
  | "screen.export.done"
  | "screen.export.json"
  | "screen.export.lead"
  | "screen.exposures"
  | "screen.fault.unforeseen"
  | "screen.fault.unforeseen.action"
  | "screen.first_evening"
  | "screen.found"
  | "screen.give"
  | "screen.give.address"
  | "screen.give.also"
  | "screen.give.also.name"
  | "screen.give.also.phone"
  | "screen.give.also.postal"
  | "screen.give.domains"
  | "screen.give.domains.hint"
  | "screen.give.done"
  | "screen.give.lead"
  | "screen.give.on"
  | "screen.give.on.hint"
  | "screen.give.service"
  | "screen.give.service.hint"
  | "screen.holders.none"
  | "screen.import"
  | "screen.import.columns"
  | "screen.import.delete"
  | "screen.import.delete.hint"
  | "screen.import.deleted"
  | "screen.import.do"
  | "screen.import.done"
  | "screen.import.undo"
  | "screen.imports"
  | "screen.imports.lead"
  | "screen.incidents.none"
  | "screen.incidents.none.text"
  | "screen.incidents.title.one"
  | "screen.incidents.title.other"
  | "screen.lookout"
  | "screen.lookout.address"
  | "screen.lookout.done"
  | "screen.lookout.lead"
  | "screen.lookout.none"
  | "screen.messages.corrected"
  | "screen.messages.junk"
  | "screen.messages.local"
  | "screen.messages.no_subject"
  | "screen.messages.not_junk"
  | "screen.misfiled"
  | "screen.more.one"
  | "screen.more.other"
  | "screen.named"
  | "screen.nav"
  | "screen.nav.open.one"
  | "screen.nav.open.other"
  | "screen.overview.candidates.choose"
  | "screen.overview.candidates.one"
  | "screen.overview.candidates.other"
  | "screen.overview.joint"
  | "screen.overview.total"
  | "screen.overview.unexpected"
  | "screen.proposals"
  | "screen.remove"
  | "screen.remove.forget"
  | "screen.remove.keep"
  | "screen.remove.text"
  | "screen.restore"
  | "screen.restore.do"
  | "screen.restore.lead"
  | "screen.sample.text"
  | "screen.sender.known"
  | "screen.services.none"
  | "screen.services.none.text"
  | "screen.services.title.one"
  | "screen.services.title.other"
  | "screen.settings.about"
  | "screen.settings.attachments"
  | "screen.settings.breaches"
  | "screen.settings.breaches.chosen"
  | "screen.settings.breaches.chosen.drop"
  | "screen.settings.breaches.chosen.file"
  | "screen.settings.breaches.chosen.hint"
  | "screen.settings.breaches.chosen.use"
  | "screen.settings.breaches.never"
  | "screen.settings.breaches.now"
  | "screen.settings.copies"
  | "screen.settings.fixed"
  | "screen.settings.folder"
  | "screen.settings.hide.hint"
  | "screen.settings.kept.lead"
  | "screen.settings.kept.row"
  | "screen.settings.language"
  | "screen.settings.language.system"
  | "screen.settings.network.lead"
  | "screen.settings.notifications"
  | "screen.settings.off"
  | "screen.settings.on"
  | "screen.settings.saved"
  | "screen.settings.start"
  | "screen.settings.version"
  | "screen.settings.zone"
  | "screen.suspects.open"
  | "screen.suspects.rest.one"
  | "screen.suspects.rest.other"
  | "screen.waiting"
  | "screen.welcome.promise"
  | "security.none"
  | "security.starttls"
  | "security.tls"
  | "sender.detail"
  | "sender.expected"
  | "sender.none"
  | "sender.unexpected"
  | "sentence.already"
  | "sentence.already_no_rate"
  | "sentence.another"
  | "sentence.flagged"
  | "sentence.flagged_no_before"
  | "sentence.flagged_no_rate"
  | "sentence.growing"
  | "sentence.growing_no_rate"
  | "sentence.no_change"
  | "sentence.no_days"
  | "sentence.own_mail"
  | "sentence.subsided"
  | "sentence.too_early"
  | "sentence.unexpected"
  | "sentence.unusual"
  | "service.addresses"
  | "service.alike"
  | "service.alike.lead"
  | "service.also"
  | "service.back"
  | "service.column.given"
  | "service.column.has"
  | "service.column.last"
  | "service.column.service"
  | "service.column.wanted"
  | "service.dismiss"
  | "service.domains"
  | "service.domains.none"
  | "service.done.merge"
  | "service.done.record.one"
  | "service.done.record.other"
  | "service.done.remove.one"
  | "service.done.remove.other"
  | "service.done.saved"
  | "service.done.split"
  | "service.drop"
  | "service.flags"
  | "service.former"
  | "service.found"
  | "service.inferred_lead"
  | "service.last_mail"
  | "service.mail"
  | "service.merge"
  | "service.merge.lead"
  | "service.merge.name"
  | "service.merge.title"
  | "service.more"
  | "service.name"
  | "service.no_mail"
  | "service.record"
  | "service.remove"
  | "service.rename"
  | "service.split"
  | "service.split.lead"
  | "service.split.name"
  | "service.split.title"
  | "service.withdraw"
  | "sign_in.page_denied"
  | "sign_in.page_done"
  | "sign_in.page_failed"
  | "sign_in.page_foreign"
  | "sort.addresses"
  | "sort.given_new"
  | "sort.given_old"
  | "sort.junk"
  | "sort.last"
  | "sort.name"
  | "sort.state"
  | "sort.wanted"
  | "source.folder"
  | "source.header"
  | "source.keyword"
  | "source.nobody"
  | "source.user"
  | "state.accepted"
  | "state.already"
  | "state.found"
  | "state.growing"
  | "state.junk_began"
  | "state.likely_source"
  | "state.no_change"
  | "state.own_mail"
  | "state.told"
  | "state.too_early"
  | "state.unexpected_sender"
  | "state.unseen"
  | "state.unusual"
  | "state.very_likely_source"
  | "status.active"
  | "status.retired"
  | "status.retiring"
  | "suspect.contact"
  | "suspect.guessed"
  | "suspect.provider"
  | "suspect.scraped"
  | "suspect.service"
  | "suspect.stripped"
  | "suspect.stripped_of"
  | "suspect.unrecorded"
  | "terminal.account_added"
  | "terminal.address"
  | "terminal.addresses"
  | "terminal.also_possible"
  | "terminal.archive_added"
  | "terminal.arrived"
  | "terminal.attachments_off"
  | "terminal.attachments_on"
  | "terminal.backed_up"
  | "terminal.bar.one"
  | "terminal.bar.other"
  | "terminal.breaches_chosen.one"
  | "terminal.breaches_chosen.other"
  | "terminal.breaches_dropped"
  | "terminal.breaches_none"
  | "terminal.breaches_off"
  | "terminal.breaches_on"
  | "terminal.breaches_unfetched"
  | "terminal.change"
  | "terminal.change_head"
  | "terminal.confirm_tty"
  | "terminal.counts_gone"
  | "terminal.counts_kept"
  | "terminal.cousin"
  | "terminal.cousin_hint"
  | "terminal.cousins"
  | "terminal.day"
  | "terminal.demo_made"
  | "terminal.demo_more"
  | "terminal.demo_where"
  | "terminal.doctor_account"
  | "terminal.doctor_bad"
  | "terminal.doctor_clock"
  | "terminal.doctor_clock_wrong"
  | "terminal.doctor_folder"
  | "terminal.doctor_keychain"
  | "terminal.doctor_keychain_answers"
  | "terminal.doctor_ledger"
  | "terminal.doctor_ledger_at"
  | "terminal.doctor_line"
  | "terminal.doctor_look"
  | "terminal.doctor_ok"
  | "terminal.domains"
  | "terminal.evidence"
  | "terminal.exported"
  | "terminal.fixed_clock"
  | "terminal.flag_heading"
  | "terminal.flag_other"
  | "terminal.found"
  | "terminal.found_added"
  | "terminal.given"
  | "terminal.history"
  | "terminal.holder"
  | "terminal.holders"
  | "terminal.holding"
  | "terminal.import_column"
  | "terminal.import_columns"
  | "terminal.import_delete"
  | "terminal.import_deleted"
  | "terminal.import_dry"
  | "terminal.import_format"
  | "terminal.import_nothing"
  | "terminal.import_undo"
  | "terminal.import_what"
  | "terminal.import_why"
  | "terminal.junk"
  | "terminal.junk_30d"
  | "terminal.kept_all"
  | "terminal.last"
  | "terminal.less_likely"
  | "terminal.look_up"
  | "terminal.lookout"
  | "terminal.lookout_made"
  | "terminal.messages"
  | "terminal.more.one"
  | "terminal.more.other"
  | "terminal.next_scan"
  | "terminal.no_accounts"
  | "terminal.no_addresses"
  | "terminal.no_imports"
  | "terminal.no_incidents"
  | "terminal.no_services"
  | "terminal.nothing_found"
  | "terminal.number"
  | "terminal.open_page"
  | "terminal.opened"
  | "terminal.passphrase_again"
  | "terminal.passphrase_prompt"
  | "terminal.password_command"
  | "terminal.password_prompt"
  | "terminal.proposal"
  | "terminal.proposals_accepted.one"
  | "terminal.proposals_accepted.other"
  | "terminal.proposals_dismissed.one"
  | "terminal.proposals_dismissed.other"
  | "terminal.proposals_hint"
  | "terminal.purpose"
  | "terminal.purpose_set"
  | "terminal.purpose_unset"
  | "terminal.rate"
  | "terminal.rebuilt"
  | "terminal.recorded"
  | "terminal.removed"
  | "terminal.reset_ask"
  | "terminal.reset_done"
  | "terminal.restore_locked"
  | "terminal.said"
  | "terminal.scanned"
  | "terminal.sender"
  | "terminal.senders"
  | "terminal.service"
  | "terminal.services"
  | "terminal.services_found.one"
  | "terminal.services_found.other"
  | "terminal.signed_in"
  | "terminal.since"
  | "terminal.source"
  | "terminal.state"
  | "terminal.status"
  | "terminal.subject"
  | "terminal.suspect"
  | "terminal.suspects"
  | "terminal.typed_each_start"
  | "terminal.unexpected"
  | "terminal.unexpected_at"
  | "terminal.unknown_recipients"
  | "terminal.verdict"
  | "terminal.wanted"
  | "terminal.watching"
  | "terminal.who"
  | "terminal.why"
  | "terminal.works"
  | "terminal.would_change"
  | "time.ago_days.one"
  | "time.ago_days.other"
  | "time.ago_hours.one"
  | "time.ago_hours.other"
  | "time.ago_minutes.one"
  | "time.ago_minutes.other"
  | "time.ago_now"
  | "time.minutes.one"
  | "time.minutes.other"
  | "time.on_day"
  | "time.seconds.one"
  | "time.seconds.other"
  | "time.today"
  | "time.yesterday"
  | "title.already"
  | "title.cannot_tell"
  | "title.one_of_these"
  | "title.unexpected"
  | "tray.quit"
  | "turn.notice"
  | "turn.without"
  | "verdict.junk"
  | "verdict.unjudged"
  | "verdict.wanted"
  | "verdict.with_source"
  | "weight.against.clear"
  | "weight.against.slight"
  | "weight.against.strong"
  | "weight.for.clear"
  | "weight.for.slight"
  | "weight.for.strong"
  | "welcome.address"
  | "welcome.attachments"
  | "welcome.attachments.hint"
  | "welcome.attachments.yes"
  | "welcome.breaches"
  | "welcome.breaches.hint"
  | "welcome.breaches.yes"
  | "welcome.connect"
  | "welcome.no_keychain"
  | "welcome.read_here"
  | "welcome.read_only"
  | "welcome.sample"
  | "welcome.stay"
  | "welcome.stay.hint"
  | "welcome.stay.yes"
  | "welcome.title"
  | "welcome.under"
  | "welcome.whose"
  | "why.cannot_tell"
  | "why.holders_both"
  | "why.lookout"
  | "why.no_holder"
  | "why.one_holder"
  | "why.one_holder_found"
  | "why.one_holder_untold"
  | "why.one_of_these"
  | "why.own_mail"
  | "why.several_holders"
  | "why.unexpected"
  | "window.no_display"
;
