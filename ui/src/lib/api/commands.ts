import type {
  AccountRow,
  AddressPage,
  AddressRow,
  CandidateRow,
  IncidentRow,
  Overview,
  Role,
  Security,
  ServiceRow,
  Settings,
  Verdict,
} from './types';

/** A command that takes nothing. */
type Nothing = Record<string, never>;

/** What else a service was given with an address. */
export type Also = 'name' | 'phone' | 'postal';

/** Where a password stays: the system's password store, or memory until the program ends. */
export type Keep = 'keychain' | 'memory';

/** Everything the window can ask the program, with what it sends and what it gets back. */
export interface Commands {
  settings: { args: Nothing; result: Settings };
  set_language: { args: { lang: 'en' | 'ja' | null }; result: null };
  set_hide_addresses: { args: { hide: boolean }; result: null };
  overview: { args: Nothing; result: Overview };
  addresses: { args: Nothing; result: AddressRow[] };
  address: { args: { id: number }; result: AddressPage };
  services: { args: Nothing; result: ServiceRow[] };
  give: {
    args: { address: string; service: string; domains: string[]; on: string | null; also: Also[] };
    result: null;
  };
  accounts: { args: Nothing; result: AccountRow[] };
  add_account: {
    args: {
      address: string;
      host: string;
      port: number | null;
      security: Security;
      login: string | null;
      password: string;
      ca_file: string | null;
      own_domains: string[];
      keep: Keep;
    };
    result: null;
  };
  /** Resolves to a sentence that says how the test went. */
  test_account: { args: { id: number }; result: string };
  remove_account: { args: { id: number; with_mail: boolean }; result: null };
  set_role: { args: { mailbox: number; role: Role }; result: null };
  /** Opens the system's own dialog; null when the person changed their mind. */
  pick_archive: { args: { kind: 'file' | 'folder' }; result: string | null };
  add_archive: { args: { path: string; own_addresses: string[]; own_domains: string[] }; result: null };
  scan: { args: { account: number | null }; result: null };
  stop: { args: { account: number | null }; result: null };
  candidates: { args: Nothing; result: CandidateRow[] };
  claim: { args: { mine: string[]; not_mine: string[] }; result: null };
  correct: { args: { message: number; verdict: Verdict }; result: null };
  /** "This is fine": the address raises no flag for what came so far. */
  settle: { args: { address: number }; result: null };
  incidents: { args: Nothing; result: IncidentRow[] };
  open_sample: { args: Nothing; result: null };
  leave_sample: { args: Nothing; result: null };
}

export type Name = keyof Commands;
export type Args<K extends Name> = Commands[K]['args'];
export type Result<K extends Name> = Commands[K]['result'];

/** What a part of the window shows; the program says which of these changed. */
export type Topic = 'overview' | 'addresses' | 'services' | 'accounts' | 'incidents' | 'settings';

/** Why something could not be done: already in words, with what to do about it. */
export interface Fault {
  code: string;
  text: string;
  action: string;
}

/** Whether a rejection is one of the program's own faults. */
export function isFault(error: unknown): error is Fault {
  return (
    typeof error === 'object' &&
    error !== null &&
    'text' in error &&
    typeof error.text === 'string' &&
    'action' in error &&
    typeof error.action === 'string'
  );
}
