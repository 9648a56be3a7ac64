import type { ChartDay, OnsetBand, Pin } from '$lib/api/types';
import { bars, extremes, type Bar } from './bars';
import { months, series, unobserved, type Grain, type Column, type Zoom } from './columns';
import { dayNumber } from './day';
import { placed, textWidth, type Placed } from './pins';
import { dayScale, halves, niceStep, ticks, type DayScale } from './scale';

/** What a chart of junk by day is drawn from. */
export interface Motif {
  days: readonly ChartDay[];
  onset: OnsetBand;
  pins: readonly Pin[];
  zoom: Zoom;
  /** Pixels from edge to edge. */
  width: number;
  /** Font size of the labels in pixels: every distance grows with it. */
  em: number;
  /** Height of the bars above and below the line, in em. */
  tall: number;
}

/** A label of an axis with its place. */
export interface Label {
  at: number;
  value: number;
}

/** A stretch of days, as pixels. */
export interface Stretch {
  x: number;
  width: number;
}

/** A drawn chart: everything has its place, the component only paints it. */
export interface Picture {
  width: number;
  height: number;
  /** Edges of the plot. */
  start: number;
  end: number;
  top: number;
  bottom: number;
  /** Height of the zero line. */
  line: number;
  grain: Grain;
  columns: Column[];
  bars: Bar[];
  /** Labels above the line, zero included, and below it. */
  up: Label[];
  down: Label[];
  /** First days of months; `value` is the day number. */
  months: Label[];
  /** Where junk began, with its uncertainty. */
  band: Stretch | null;
  /** Stretches of days that were not observed. */
  hatched: Stretch[];
  pins: Placed[];
  /** Height of a pin's head in a row. */
  head(row: number): number;
  x: DayScale;
}

/** Rows in which pins may stand, and the height of one, in em. */
const ROWS = 3;
const ROW = 1.9;

/** Draws a chart. Pure: the same motif gives the same picture. */
export function picture(motif: Motif): Picture {
  const { em, width, days, onset } = motif;
  const { from, to, grain, columns } = series(days, motif.zoom, onset.estimate);
  const { highest, deepest } = extremes(columns);
  const widest = Math.max(highest, deepest, 10).toString().length;
  const start = (widest * 0.62 + 0.9) * em;
  const end = width - 0.4 * em;
  const x = dayScale(from, to, start, end);
  const shown = motif.pins.filter((pin) => dayNumber(pin.day) >= from && dayNumber(pin.day) <= to);
  const gap = 0.65 * em;
  const pins = placed(shown, x.middle, { start, end, gap, rows: ROWS, width: (label) => textWidth(label, em) });
  const rows = pins.length === 0 ? 0 : 1 + Math.max(...pins.map((pin) => pin.row));
  const top = (rows * ROW + 0.6) * em;
  const y = halves(motif.tall * em, highest * 1.04, deepest);
  const line = top + y.up;
  const bottom = line + Math.max(y.down, 0.6 * em);
  return {
    width,
    height: bottom + 2.1 * em,
    start,
    end,
    top,
    bottom,
    line,
    grain,
    columns,
    bars: bars(columns, x, y, line),
    up: ticks(Math.max(highest, 4), 4).map((value) => ({ value, at: line - value * y.perUp })),
    down: below(deepest, y.perDown, em).map((value) => ({ value, at: line + value * y.perDown })),
    months: months(from, to, Math.floor((end - start) / (6 * em))).map((value) => ({ value, at: x.left(value) })),
    band: band(onset, from, to, x),
    hatched: unobserved(days, from, to - 1).map((run) => ({
      x: x.left(run.from),
      width: x.left(run.to + 1) - x.left(run.from),
    })),
    pins,
    head: (row) => (row * ROW + 0.9) * em,
    x,
  };
}

/** Labels below the line: at most two, and none where they would touch the zero or one another. */
function below(deepest: number, per: number, em: number): number[] {
  if (deepest === 0) return [];
  const step = niceStep(Math.max((1.5 * em) / per, deepest / 2.5));
  return [step, 2 * step].filter((value) => value <= deepest);
}

/** The onset's interval within the span; null where it is unknown or lies outside. */
function band(onset: OnsetBand, from: number, to: number, x: DayScale): Stretch | null {
  if (onset.earliest === null || onset.latest === null) return null;
  const first = Math.max(dayNumber(onset.earliest), from);
  const last = Math.min(dayNumber(onset.latest), to);
  if (last < first) return null;
  return { x: x.left(first), width: x.left(last + 1) - x.left(first) };
}
