import type { Security } from '$lib/api/types';

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

/** The domain of an address in small letters; empty while it is not complete. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = at < 1 ? '' : address.slice(at + 1).trim().toLowerCase();
  return /^[^\s.]+(\.[^\s.]+)+$/u.test(domain) ? domain : '';
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
