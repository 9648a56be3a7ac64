/** Steps that a person counts in. */
const STEPS = [1, 2, 5];

/**
 * Round values from 0 up to the largest that `max` reaches, about `count` of them above zero. Only
 * whole numbers, because messages are whole.
 */
export function ticks(max: number, count: number): number[] {
  if (max <= 0) return [0];
  const step = niceStep(max / Math.max(count, 1));
  const values: number[] = [];
  for (let value = 0; value <= max; value += step) values.push(value);
  return values;
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that is at least the given size. */
export function niceStep(size: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of STEPS) if (step * power >= size) return step * power;
  }
}

/** How a chart's height is shared between what rises and what hangs. */
export interface Halves {
  /** Pixels above and below the line. */
  up: number;
  down: number;
  /** Pixels of one message, above and below; equal unless the lower half had to be held back. */
  perUp: number;
  perDown: number;
}

/** The most of the height that the lower half may take. */
const LOWER = 0.4;
/** The fewest messages that the upper half is made for, so that one message is no tower. */
const LEAST = 4;

/**
 * Fits the tallest bar above and the deepest below into a height. Both halves share one scale; only
 * when wanted mail would take more than 40% of the height does it get a scale of its own.
 */
export function halves(height: number, highest: number, deepest: number): Halves {
  const high = Math.max(highest, LEAST);
  const per = height / (high + deepest);
  if (deepest * per <= height * LOWER) {
    const down = deepest * per;
    return { up: height - down, down, perUp: per, perDown: per };
  }
  const down = height * LOWER;
  return { up: height - down, down, perUp: (height - down) / high, perDown: down / deepest };
}

/** Where days stand between two edges. */
export interface DayScale {
  /** Pixels of one day. */
  step: number;
  /** The left edge of a day. */
  left(day: number): number;
  /** The middle of a day. */
  middle(day: number): number;
  /** The day number under a position, within the span. */
  at(x: number): number;
}

/** Spreads the days `from` to `to` over the pixels `start` to `end`. */
export function dayScale(from: number, to: number, start: number, end: number): DayScale {
  const step = (end - start) / Math.max(to - from + 1, 1);
  return {
    step,
    left: (day) => start + (day - from) * step,
    middle: (day) => start + (day - from + 0.5) * step,
    at: (x) => Math.min(to, Math.max(from, from + Math.floor((x - start) / step))),
  };
}
