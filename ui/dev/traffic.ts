import type { ChartDay } from '../src/lib/api/types';
import { dayName, dayNumber } from '../src/lib/charts/day';

/** The day on which the made-up mailbox is looked at. */
export const TODAY = '2026-06-20';

/** A small generator of numbers between 0 and 1 that always begins the same way. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** How the made-up mail of one address goes. Rates are messages a day. */
export interface Story {
  seed: number;
  /** The first day, counted back from today. */
  long: number;
  before: number;
  after: number;
  /** The day on which junk began; none where it never did. */
  began?: string;
  wanted: number;
  stranger?: number;
  /** Days that were not observed, both ends included. */
  missed?: [string, string];
}

/** Counts by day for a story. */
export function traffic(story: Story): ChartDay[] {
  const random = seeded(story.seed);
  const today = dayNumber(TODAY);
  const began = story.began ? dayNumber(story.began) : Infinity;
  const [lost, found] = story.missed ? story.missed.map(dayNumber) : [Infinity, -Infinity];
  const count = (rate: number): number => {
    let n = 0;
    for (let left = Math.exp(-rate), p = random(); p > left; p *= random()) n += 1;
    return n;
  };
  const days: ChartDay[] = [];
  for (let number = today - story.long; number <= today; number += 1) {
    const burst = random() < 0.08 ? 2.1 : 1;
    const junk = count(number >= began ? story.after * burst : story.before);
    const wanted = count(story.wanted);
    const stranger = count(story.stranger ?? 0);
    const observed = !(number >= (lost ?? Infinity) && number <= (found ?? -Infinity));
    days.push(
      observed
        ? { day: dayName(number), junk, stranger, wanted, observed }
        : { day: dayName(number), junk: 0, stranger: 0, wanted: 0, observed },
    );
  }
  return days;
}

/** Adds several addresses together. */
export function together(all: readonly ChartDay[][]): ChartDay[] {
  const sum = new Map<string, ChartDay>();
  for (const day of all.flat()) {
    const so = sum.get(day.day) ?? { day: day.day, junk: 0, stranger: 0, wanted: 0, observed: true };
    so.junk += day.junk;
    so.stranger += day.stranger;
    so.wanted += day.wanted;
    sum.set(day.day, so);
  }
  return [...sum.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}
