import type { AddressRow, ServiceRow } from '$lib/api/types';

// Finding and ordering rows of the long lists: pure, so that it can be tested and measured.

/** A text in one form whatever its width, case and kana. */
export function folded(text: string): string {
  const wide = text.normalize('NFKC').toLowerCase();
  // Katakana reads as hiragana.
  return wide.replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** What is searched of each row, folded once. */
export function hay<Row>(rows: readonly Row[], texts: (row: Row) => readonly string[]): string[] {
  return rows.map((row) => folded(texts(row).join('\n')));
}

/** The rows that hold every word of what is searched for. */
export function matching<Row>(rows: readonly Row[], among: readonly string[], sought: string): readonly Row[] {
  const words = folded(sought).split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter((_, n) => words.every((word) => among[n]?.includes(word)));
}

export const serviceTexts = (row: ServiceRow): string[] => [row.service, ...row.domains, ...row.addresses.map((of) => of.address)];
export const addressTexts = (row: AddressRow): string[] => [row.address, ...row.services];

export type ServiceFilter = 'all' | 'inferred' | 'named' | 'silent' | 'work' | 'personal' | 'shopping' | 'throwaway' | `before-${string}`;
export type ServiceSort = 'name' | 'given_new' | 'given_old' | 'last' | 'wanted' | 'addresses';
export type AddressFilter = 'all' | 'look' | 'nobody' | 'several' | 'unsaid' | 'work' | 'personal' | 'shopping' | 'throwaway';
export type AddressSort = 'state' | 'name' | 'junk' | 'wanted';

/** Whether a service is shown. */
export function showsService(row: ServiceRow, filter: ServiceFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'inferred':
      return row.basis === 'inferred';
    case 'named':
      return row.badge !== null;
    case 'silent':
      return row.silent;
    case 'work':
    case 'personal':
    case 'shopping':
    case 'throwaway':
      return row.purposes.includes(filter);
    default:
      return row.given !== null && row.given < filter.slice('before-'.length);
  }
}

/** Whether an address is shown. */
export function showsAddress(row: AddressRow, filter: AddressFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'look':
      return row.badge.tone !== 'neutral';
    case 'nobody':
      return row.services.length === 0;
    case 'several':
      return row.services.length > 1;
    case 'unsaid':
      return row.purpose === null;
    case 'work':
    case 'personal':
    case 'shopping':
    case 'throwaway':
      return row.purpose === filter;
  }
}

/** Greater first; what is not known last. */
const down = (a: number | string | null, b: number | string | null): number => {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? 1 : -1;
};
const up = (a: string | null, b: string | null): number => (a === null || b === null ? down(a, b) : -down(a, b));

/** Services in an order; they come by name. */
export function sortedServices(rows: readonly ServiceRow[], sort: ServiceSort): readonly ServiceRow[] {
  const by: Record<Exclude<ServiceSort, 'name'>, (a: ServiceRow, b: ServiceRow) => number> = {
    given_new: (a, b) => down(a.given, b.given),
    given_old: (a, b) => up(a.given, b.given),
    last: (a, b) => down(a.last, b.last),
    wanted: (a, b) => down(a.wanted_total, b.wanted_total),
    addresses: (a, b) => down(a.addresses.length, b.addresses.length),
  };
  return sort === 'name' ? rows : [...rows].sort(by[sort]);
}

/** Addresses in an order; they come with what is worth a look first. */
export function sortedAddresses(rows: readonly AddressRow[], sort: AddressSort): readonly AddressRow[] {
  const by: Record<Exclude<AddressSort, 'state'>, (a: AddressRow, b: AddressRow) => number> = {
    name: (a, b) => (a.address < b.address ? -1 : 1),
    junk: (a, b) => down(a.junk_30d, b.junk_30d),
    wanted: (a, b) => down(a.wanted_total, b.wanted_total),
  };
  return sort === 'state' ? rows : [...rows].sort(by[sort]);
}

/** The years before which something was given, newest first. */
export function years(rows: readonly ServiceRow[]): string[] {
  const all = new Set(rows.map((row) => row.given?.slice(0, 4)).filter((year) => year !== undefined));
  const sorted = [...all].sort().reverse();
  // Before the oldest year there is nothing.
  return sorted.slice(0, -1);
}
