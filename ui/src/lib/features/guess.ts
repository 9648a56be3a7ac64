import type { Security } from '$lib/api/types';

/** How a mailbox is probably reached. */
export interface Guess {
  host: string;
  port: number;
  security: Security;
  /** What its provider asks for beyond the usual password. */
  custom: 'app_password' | 'provider_password' | 'own_sign_in' | 'none';
}

/** Hosts of common providers, by domain. Anything else is guessed from its domain. */
const KNOWN: readonly { domains: readonly string[]; host: string; custom: Guess['custom'] }[] = [
  { domains: ['gmail.com', 'googlemail.com'], host: 'imap.gmail.com', custom: 'app_password' },
  {
    domains: ['outlook.com', 'outlook.jp', 'hotmail.com', 'hotmail.co.jp', 'live.com', 'live.jp', 'msn.com'],
    host: 'outlook.office365.com',
    custom: 'own_sign_in',
  },
  { domains: ['icloud.com', 'me.com', 'mac.com'], host: 'imap.mail.me.com', custom: 'provider_password' },
  { domains: ['yahoo.co.jp', 'ymail.ne.jp'], host: 'imap.mail.yahoo.co.jp', custom: 'provider_password' },
  { domains: ['yahoo.com'], host: 'imap.mail.yahoo.com', custom: 'provider_password' },
  { domains: ['fastmail.com', 'fastmail.fm'], host: 'imap.fastmail.com', custom: 'provider_password' },
  { domains: ['posteo.de', 'posteo.net'], host: 'posteo.de', custom: 'none' },
  { domains: ['gmx.net', 'gmx.de'], host: 'imap.gmx.net', custom: 'none' },
  { domains: ['web.de'], host: 'imap.web.de', custom: 'none' },
];

/** The port on which each kind of connection is usually offered. */
export function usualPort(security: Security): number {
  switch (security) {
    case 'tls':
      return 993;
    case 'starttls':
    case 'none':
      return 143;
  }
}

/** The domain of an address in small letters; empty while there is none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '' : address.slice(at + 1).trim().toLowerCase();
}

/** How the mailbox of an address is probably reached; null while there is no domain. */
export function guess(address: string): Guess | null {
  const domain = domainOf(address);
  if (!/^[^\s.]+(\.[^\s.]+)+$/u.test(domain)) return null;
  const known = KNOWN.find((each) => each.domains.includes(domain));
  return {
    host: known?.host ?? `imap.${domain}`,
    port: usualPort('tls'),
    security: 'tls',
    custom: known?.custom ?? 'none',
  };
}

/** Whether a text could be one of Google's app passwords: 16 letters, spaces between them allowed. */
export function looksLikeAppPassword(text: string): boolean {
  return /^[a-z]{16}$/iu.test(text.replace(/\s+/gu, ''));
}

/** Whether a host is this PC: only there may a connection be without encryption. */
export function isThisPc(host: string): boolean {
  const name = host.trim().toLowerCase();
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/u.test(name);
}
