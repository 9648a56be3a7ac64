import { describe, expect, it } from 'vitest';
import type { AddressRow, ServiceRow } from '$lib/api/types';
import { folded, hay, matching, serviceTexts, showsAddress, showsService, sortedServices, years } from './find';

const service = (over: Partial<ServiceRow>): ServiceRow => ({
  id: 1,
  service: 'Kumo',
  letter: 'K',
  domains: [],
  addresses: [],
  purposes: [],
  given: null,
  basis: 'declared',
  standing: 'recorded',
  sure: true,
  wanted_total: 0,
  last: null,
  silent: false,
  last_mail: '',
  badge: null,
  ...over,
});

describe('find', () => {
  it('finds every word whatever its width, case and kana', () => {
    const rows = [
      service({ service: 'Ｋｕｍｏ Books', domains: ['kumobooks.example'] }),
      service({ id: 2, service: 'くもり書房', addresses: [{ id: 1, address: 'kumori@me.example' }] }),
    ];
    const among = hay(rows, serviceTexts);
    const found = (text: string): number[] => matching(rows, among, text).map((row) => row.id);
    expect(found('kumo')).toEqual([1, 2]);
    expect(found('KUMO books')).toEqual([1]);
    expect(found('クモリ')).toEqual([2]);
    expect(found('me.example')).toEqual([2]);
    expect(found('kumo nowhere')).toEqual([]);
    expect(found('  ')).toEqual([1, 2]);
    expect(folded('ｶﾞ')).toBe(folded('が'));
  });

  it('shows what a filter asks for', () => {
    const row = service({ given: '2019-12-31', purposes: ['work'], basis: 'inferred', silent: true });
    expect(showsService(row, 'work')).toBe(true);
    expect(showsService(row, 'personal')).toBe(false);
    expect(showsService(row, 'inferred')).toBe(true);
    expect(showsService(row, 'silent')).toBe(true);
    expect(showsService(row, 'named')).toBe(false);
    expect(showsService(row, 'before-2020')).toBe(true);
    expect(showsService(row, 'before-2019')).toBe(false);
    expect(showsService(service({}), 'before-2020')).toBe(false);
    for (const state of ['told', 'found']) {
      const exposed = { purpose: null, services: [], badge: { state, tone: 'accent' } } as unknown as AddressRow;
      expect(showsAddress(exposed, 'look'), `an address whose state is ${state} is worth a look`).toBe(true);
    }
    const address = { purpose: 'work', services: [], badge: { tone: 'watch' } } as unknown as AddressRow;
    expect(showsAddress(address, 'work')).toBe(true);
    expect(showsAddress(address, 'nobody')).toBe(true);
    expect(showsAddress(address, 'look')).toBe(true);
    expect(showsAddress(address, 'several')).toBe(false);
  });

  it('orders with what is not known last', () => {
    const rows = [service({ id: 1 }), service({ id: 2, given: '2020-01-01' }), service({ id: 3, given: '2021-01-01' })];
    const order = (sort: Parameters<typeof sortedServices>[1]): number[] => sortedServices(rows, sort).map((row) => row.id);
    expect(order('given_new')).toEqual([3, 2, 1]);
    expect(order('given_old')).toEqual([2, 3, 1]);
    expect(order('name')).toEqual([1, 2, 3]);
    expect(years(rows)).toEqual(['2021']);
  });
});
