import { describe, expect, test } from 'vitest';
import { domainOf, isThisPc, looksLikeAppPassword } from './server';
import { listed } from './listed';

describe('server', () => {
  test('takes the domain of an address once it is complete', () => {
    const check = (address: string, want: string): void => expect(domainOf(address), address).toBe(want);
    check('someone@GMAIL.com ', 'gmail.com');
    check('someone@mail.example.org', 'mail.example.org');
    check('"a@b"@example.org', 'example.org');
    check('someone@example', '');
    check('someone@', '');
    check('@example.org', '');
    check('', '');
  });

  test('tells an app password from a usual one before it is sent', () => {
    const check = (text: string, want: boolean): void => expect(looksLikeAppPassword(text), text).toBe(want);
    check('abcd efgh ijkl mnop', true);
    check('abcdefghijklmnop', true);
    check('correct horse 12', false);
    check('abcdefghijklmno', false);
    check('', false);
  });

  test('offers a connection without encryption to this PC only', () => {
    const check = (host: string, want: boolean): void => expect(isThisPc(host), host).toBe(want);
    check('localhost', true);
    check('127.0.0.1', true);
    check('::1', true);
    check('localhost.example.org', false);
    check('127.0.0.1.example.org', false);
    check('192.168.0.2', false);
  });
});

describe('listed', () => {
  test('takes entries apart in both languages and keeps each once', () => {
    expect(listed('a.example, b.example\nc.example、a.example')).toEqual(['a.example', 'b.example', 'c.example']);
    expect(listed('  ')).toEqual([]);
  });
});
