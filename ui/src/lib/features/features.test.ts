import { describe, expect, test } from 'vitest';
import { guess, isThisPc, looksLikeAppPassword } from './guess';
import { listed } from './listed';

describe('guess', () => {
  test('knows the hosts of common providers and guesses the others from their domain', () => {
    const check = (address: string, host: string | undefined, custom?: string): void => {
      const guessed = guess(address);
      expect(guessed?.host, address).toBe(host);
      if (custom) expect(guessed?.custom, address).toBe(custom);
    };
    check('someone@gmail.com', 'imap.gmail.com', 'app_password');
    check('someone@GMAIL.com ', 'imap.gmail.com', 'app_password');
    check('someone@hotmail.co.jp', 'outlook.office365.com', 'own_sign_in');
    check('someone@mail.example.org', 'imap.mail.example.org', 'none');
    check('someone@example', undefined);
    check('someone@', undefined);
    check('@example.org', undefined);
    check('', undefined);
  });

  test('encrypts unless told otherwise', () => {
    expect(guess('someone@example.org')).toMatchObject({ port: 993, security: 'tls' });
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
