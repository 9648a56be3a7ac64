import type { ChartDay } from '$lib/api/types';
import { dayNumber, monthStart, nextMonth, weekday } from './day';

/** How much of the past a chart shows. */
export type Zoom = 'days' | 'year' | 'all';

/** How many days stand behind one bar. */
export type Grain = 'day' | 'week' | 'month';

/** One bar: the messages from the day number `from` to `to`, both included. */
export interface Column {
  from: number;
  to: number;
  /** Junk before the onset, or all of it where no onset is known. */
  early: number;
  /** Junk from the onset on. */
  junk: number;
  /** Messages from senders not on record that nobody judged. */
  stranger: number;
  wanted: number;
  /** Days of the bar that were observed. */
  observed: number;
}

/** What a chart shows: its first and last day number and the bars between them. */
export interface Series {
  from: number;
  to: number;
  grain: Grain;
  columns: Column[];
}

/** Days that the closest zoom shows. */
export const DAYS = 120;
/** Days that the middle zoom shows. */
export const YEAR = 365;
/** Below this length, in days, the whole history is shown by the week and not by the month. */
const MONTHS_FROM = 400;

/** The span of a zoom that ends on the last day of the history: its first and last day number. */
export function span(days: readonly ChartDay[], zoom: Zoom): { from: number; to: number } {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return { from: 0, to: -1 };
  const to = dayNumber(last.day);
  switch (zoom) {
    case 'days':
      return { from: to - DAYS + 1, to };
    case 'year':
      return { from: to - YEAR + 1, to };
    case 'all':
      return { from: Math.min(dayNumber(first.day), to - DAYS + 1), to };
  }
}

/** Days behind one bar at a zoom, so that bars stay wide enough to be told apart. */
export function grain(zoom: Zoom, from: number, to: number): Grain {
  switch (zoom) {
    case 'days':
      return 'day';
    case 'year':
      return 'week';
    case 'all':
      if (to - from < DAYS) return 'day';
      return to - from < MONTHS_FROM ? 'week' : 'month';
  }
}

/** The bars of a zoom. Days from the onset on (a `YYYY-MM-DD`) count as `junk`, others as `early`. */
export function series(days: readonly ChartDay[], zoom: Zoom, onset: string | null): Series {
  const { from, to } = span(days, zoom);
  const by = grain(zoom, from, to);
  const columns = empties(from, to, by);
  const began = onset === null ? Infinity : dayNumber(onset);
  let index = 0;
  for (const day of days) {
    const number = dayNumber(day.day);
    if (number < from || number > to) continue;
    let column = columns[index];
    while (column && column.to < number) column = columns[++index];
    if (!column) break;
    add(column, day, number >= began);
    // The last day is today: it is not over, and so it is not missed.
    if (number === to && !day.observed) column.observed += 1;
  }
  return { from, to, grain: by, columns };
}

function add(column: Column, day: ChartDay, since: boolean): void {
  if (since) column.junk += day.junk;
  else column.early += day.junk;
  column.stranger += day.stranger;
  column.wanted += day.wanted;
  if (day.observed) column.observed += 1;
}

/** Bars without messages; the first and the last may be shorter than the others. */
function empties(from: number, to: number, by: Grain): Column[] {
  const columns: Column[] = [];
  let start = from;
  while (start <= to) {
    const end = Math.min(lastOf(start, by), to);
    columns.push({ from: start, to: end, early: 0, junk: 0, stranger: 0, wanted: 0, observed: 0 });
    start = end + 1;
  }
  return columns;
}

function lastOf(number: number, by: Grain): number {
  switch (by) {
    case 'day':
      return number;
    case 'week':
      return number + 6 - weekday(number);
    case 'month':
      return nextMonth(number) - 1;
  }
}

/** A run of days, both ends included. */
export interface Run {
  from: number;
  to: number;
}

/**
 * Days within a span on which junk could not be seen, as runs. Days for which nothing is known at
 * all (before the first, between two) were not observed either.
 */
export function unobserved(days: readonly ChartDay[], from: number, to: number): Run[] {
  const seen = new Set(days.filter((day) => day.observed).map((day) => dayNumber(day.day)));
  const runs: Run[] = [];
  for (let number = from; number <= to; number += 1) {
    if (seen.has(number)) continue;
    const last = runs.at(-1);
    if (last && last.to === number - 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs;
}

/** First days of the months within a span, thinned so that at most `most` remain. */
export function months(from: number, to: number, most: number): number[] {
  const starts: number[] = [];
  for (let start = monthStart(from); start <= to; start = nextMonth(start)) {
    if (start >= from) starts.push(start);
  }
  const step = [1, 2, 3, 4, 6, 12, 24].find((every) => starts.length / every <= most) ?? 60;
  const counted = (number: number): number => {
    const date = new Date(number * 86_400_000);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  return starts.filter((start) => counted(start) % step === 0);
}
