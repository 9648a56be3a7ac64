// The shapes that cross from the program to the window, in the form the generator writes.
// Dates are `YYYY-MM-DD`, texts are ready to show.

export type Tone = 'neutral' | 'watch' | 'accent';
export type Verdict = 'unjudged' | 'wanted' | 'junk';
export type VerdictSource = 'user' | 'keyword' | 'folder' | 'header' | 'nobody';
export type Provenance = 'service' | 'processor' | 'stranger';
export type AddressKind = 'plain' | 'subaddress' | 'catch_all' | 'relay' | 'control';
export type AddressStatus = 'active' | 'retiring' | 'retired';
export type Basis = 'declared' | 'imported' | 'inferred';
export type Role = 'inbox' | 'junk' | 'sent' | 'drafts' | 'trash' | 'archive' | 'all' | 'other';
export type Level = 'unexpected_sender' | 'junk_began' | 'likely_source';
export type SuspectKind = 'service' | 'guessed' | 'scraped' | 'provider' | 'contact' | 'stripped' | 'unrecorded';
export type Security = 'tls' | 'starttls' | 'none';
export type PinKind = 'given' | 'onset';
export type AddressState =
  | 'too_early'
  | 'no_change'
  | 'unseen'
  | 'unusual'
  | 'unexpected_sender'
  | 'already'
  | 'growing'
  | 'junk_began'
  | 'likely_source'
  | 'very_likely_source'
  | 'own_mail'
  | 'accepted';

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
