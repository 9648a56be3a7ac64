import { language } from './words.svelte';

// Day numbers (days since 1970-01-01) in words. Days carry no zone, so they are written in UTC.

const DAY = 86_400_000;

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = language.current === 'ja' ? 'ja-JP' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
}

/** "Thursday, 14 May 2026", "2026年5月14日木曜日". */
export function dayInFull(day: number): string {
  return format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(day * DAY);
}

/** "11–17 May 2026", "2026年5月11日～17日". */
export function daysFromTo(from: number, to: number): string {
  const full = format({ day: 'numeric', month: 'long', year: 'numeric' });
  if (language.current === 'en') return full.formatRange(from * DAY, to * DAY);
  const [first, last] = [new Date(from * DAY), new Date(to * DAY)];
  const sameMonth = first.getUTCMonth() === last.getUTCMonth();
  const end = sameMonth ? format({ day: 'numeric' }) : format({ day: 'numeric', month: 'long' });
  return `${full.format(first)}～${end.format(last)}`;
}

/** "May 2026", "2026年5月". */
export function monthInFull(day: number): string {
  return format({ month: 'long', year: 'numeric' }).format(day * DAY);
}

/** "May", "5月"; January carries its year. */
export function monthTick(day: number): string {
  const january = new Date(day * DAY).getUTCMonth() === 0;
  if (!january) return format({ month: 'short' }).format(day * DAY);
  return format({ year: 'numeric', month: 'short' }).format(day * DAY);
}

/** "14 May 2026", "2026年5月14日" of a `YYYY-MM-DD`. */
export function dateInWords(day: string): string {
  return format({ day: 'numeric', month: 'long', year: 'numeric' }).format(Date.parse(`${day}T00:00:00Z`));
}
