import type { ChartDay, DayCounts, OnsetBand } from '$lib/api/types';
import { unobserved, type Run } from './columns';
import { dayName, dayNumber } from './day';

/** A rectangle of a sparkline. */
export interface Tick {
  x: number;
  y: number;
  width: number;
  height: number;
  kind: 'early' | 'junk' | 'stranger';
}

/** A sparkline: a small picture of junk by day without axes. */
export interface Spark {
  ticks: Tick[];
  /** Where junk began, as x and width. */
  band: { x: number; width: number } | null;
  /** Stretches that were not observed, as x and width. */
  gaps: { x: number; width: number }[];
}

/** The fewest messages that the height stands for, so that one message is no tower. */
const LEAST = 3;

/** The days of a row of a list. */
export function daysOf(counts: DayCounts): ChartDay[] {
  if (counts.first === '') return [];
  const from = dayNumber(counts.first);
  const unseen = new Set(counts.unseen);
  return counts.junk.map((junk, n) => ({
    day: dayName(from + n),
    junk,
    stranger: counts.stranger[n] ?? 0,
    wanted: 0,
    observed: !unseen.has(n),
  }));
}

/** Draws the days into a box of the given size. */
export function spark(days: readonly ChartDay[], onset: OnsetBand, width: number, height: number): Spark {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return { ticks: [], band: null, gaps: [] };
  const from = dayNumber(first.day);
  const to = dayNumber(last.day);
  const step = width / (to - from + 1);
  const most = Math.max(LEAST, ...days.map((day) => day.junk + day.stranger));
  const began = onset.estimate === null ? Infinity : dayNumber(onset.estimate);
  const ticks: Tick[] = [];
  for (const day of days) {
    const number = dayNumber(day.day);
    const junk = (day.junk / most) * height;
    const stranger = (day.stranger / most) * height;
    const x = (number - from) * step;
    const box = { x, width: step * 0.74 };
    if (junk > 0) ticks.push({ ...box, y: height - junk, height: junk, kind: number >= began ? 'junk' : 'early' });
    if (stranger > 0) ticks.push({ ...box, y: height - junk - stranger, height: stranger, kind: 'stranger' });
  }
  const boxed = ({ from: start, to: end }: Run): { x: number; width: number } => ({
    x: (Math.max(start, from) - from) * step,
    width: (Math.min(end, to) - Math.max(start, from) + 1) * step,
  });
  return { ticks, band: band(onset, from, to, boxed), gaps: unobserved(days, from, to - 1).map(boxed) };
}

function band(
  onset: OnsetBand,
  from: number,
  to: number,
  boxed: (run: Run) => { x: number; width: number },
): { x: number; width: number } | null {
  if (onset.earliest === null || onset.latest === null) return null;
  const run = { from: dayNumber(onset.earliest), to: dayNumber(onset.latest) };
  return run.to < from || run.from > to ? null : boxed(run);
}
